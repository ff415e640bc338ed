"""The feeds that an OPML file lists: what readers of feeds export. Hostile until shown otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from archivist.errors import BadDocument

__all__ = ["Outline", "read_opml"]

MAX_BYTES: Final = 16 * 1024 * 1024
MAX_OUTLINES: Final = 100_000
MAX_DEPTH: Final = 64
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One outline that leads somewhere."""

    url: str
    is_feed: bool
    tags: tuple[str, ...]
    """The folders that it lies in, and its categories."""


def read_opml(data: bytes) -> list[Outline]:
    """The outlines that have an address (OPML 2.0, "Subscription lists"): ``xmlUrl`` of a feed, else ``url``.

    Raises:
        BadDocument: it is no OPML, or goes beyond what such lists have; nothing outside the file is ever read.
    """
    if len(data) > MAX_BYTES:
        raise BadDocument(f"a list of more than {MAX_BYTES} bytes is not read")
    # In UTF-16 there is a zero between the letters.
    if _DOCTYPE.search(data.replace(b"\0", b"")):
        raise BadDocument("a document type stands in it, which OPML has none of", hint="export the list again")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadDocument(f"it is no XML: {str(error)[:200]}") from error
    body = root.find("body")
    if root.tag != "opml" or body is None:
        raise BadDocument("it is XML and no OPML")
    return list(_outlines(body))


def _outlines(body: etree._Element) -> Iterator[Outline]:
    count = 0
    folders: list[tuple[str, ...]] = []
    for event, element in etree.iterwalk(body, events=("start", "end"), tag="outline"):
        if event == "end":
            folders.pop()
            continue
        count += 1
        if count > MAX_OUTLINES or len(folders) > MAX_DEPTH:
            raise BadDocument(f"more than {MAX_OUTLINES} outlines, or {MAX_DEPTH} within each other, are not read")
        feed = element.get("xmlUrl") or element.get("xmlurl") or ""
        url = feed or element.get("url") or ""
        above = folders[-1] if folders else ()
        name = (element.get("text") or element.get("title") or "").strip()
        folders.append(above if url else (*above, *([name] if name else [])))
        if url:
            categories = [each.strip().rpartition("/")[2] for each in (element.get("category") or "").split(",")]
            yield Outline(url=url, is_feed=bool(feed), tags=tuple(dict.fromkeys([*above, *filter(None, categories)])))
