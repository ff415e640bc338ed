"""Reads pages with one reader, archivist or a peer, in a process of its own, and measures each page.

    python readers.py NAME PAGES.jsonl PREDICTIONS.jsonl [--without WITNESS]

NAME is archivist or a name of ``PEERS``. The last line on stdout is JSON: CPU seconds of each page, what raised, and
the reader's version. It runs in environments that have no archivist, so it imports nothing of ours but for archivist.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

__all__ = ["OURS", "PEERS", "witnesses"]

OURS = "archivist"
Prediction = dict[str, Any]
Read = Callable[[bytes, str], Prediction]
"""A reading of a page's bytes and address, in the form of the scorer."""

WARM = b"<!DOCTYPE html><html lang='en'><head><title>Warm</title></head><body><article><h1>Warm</h1><p>%s</p></article>"
"""Read once before anything is measured: a reader's lazy imports are no page's cost."""

_GZIP = b"\x1f\x8b"
_PROSE = frozenset("paragraph quote list-item heading correction preformatted table-row".split())
_NORWEGIAN = {"nb": "no", "nn": "no"}
"""Labels name the language, pages its written form (ISO 639-3: macrolanguage ``nor``)."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)


def load(page: dict[str, Any], folder: Path) -> bytes:
    """The bytes of a page; its file is named relative to that of the list, and may be gzipped."""
    data = (folder / page["file"]).read_bytes()
    return gzip.decompress(data) if data.startswith(_GZIP) else data


def main() -> None:
    """Read all pages; one that raises has an empty prediction, and the others are read all the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=(OURS, *PEERS))
    parser.add_argument("pages", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--without", metavar="WITNESS")
    wanted = parser.parse_args()
    socket.socket.connect = _refused  # type: ignore[method-assign,assignment]
    read = _ours(wanted.without) if wanted.name == OURS else PEERS[wanted.name]()
    costs: dict[str, float] = {}
    raised: dict[str, str] = {}
    read(WARM % (b"Nothing is measured here. " * 30), "https://warm.example/a")
    with wanted.predictions.open("w", encoding="utf-8") as out:
        for page in _pages(wanted.pages):
            prediction: Prediction = {}
            try:
                data = load(page, wanted.pages.parent)
                start = time.process_time()
                try:
                    prediction = read(data, page["url"])
                finally:
                    costs[page["id"]] = time.process_time() - start
            except Exception as error:  # noqa: BLE001  # what is measured is other people's code, and ours
                raised[page["id"]] = f"{type(error).__name__}: {error}"[:200]
            out.write(json.dumps({"id": page["id"], **prediction}, ensure_ascii=False, default=str) + "\n")
    print(json.dumps({"costs": costs, "raised": raised, "version": _version(wanted.name)}))


def _refused(*_: object) -> None:
    raise OSError("nothing is fetched while pages are read: some readers ask for pictures")


def _version(name: str) -> str:
    if name != OURS:
        return version(name)
    import archivist  # noqa: PLC0415  # the one that was measured, which may not be the one that is installed

    return archivist.__version__


def _pages(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


# archivist


def _ours(without: str | None) -> Read:
    from archivist.extract.page import read_page  # noqa: PLC0415  # each reader imports its own

    if without is not None:
        _silence(without)

    def read(data: bytes, url: str) -> Prediction:
        # As "show FILE" reads it: what a page needs to be shown again is asked for by captures alone.
        page = read_page(data, url=url, status=200, headers=(), media_type="text/html", with_requisites=False)
        article = page.article
        return _predicted(article, without) if article else {}

    return read


def _silence(witness: str) -> None:
    """The witness is in no field's list any more, as if it were never heard."""
    from dataclasses import replace  # noqa: PLC0415  # beside its only use

    from archivist.extract.settle import TABLE  # noqa: PLC0415  # as above

    for name, rule in TABLE.items():
        TABLE[name] = replace(
            rule,
            witnesses=tuple(each for each in rule.witnesses if each != witness),
            confirmed_by="" if rule.confirmed_by == witness else rule.confirmed_by,
            day_by="" if rule.day_by == witness else rule.day_by,
        )


def _predicted(article: Any, without: str | None) -> Prediction:  # noqa: ANN401  # archivist may not be there
    single = ("published", "updated", "site_name", "canonical_url", "section")
    photos = [(photo, _heard(photo.caption, without), _heard(photo.credit, without)) for photo in article.photos]
    return {
        **{name: article.value(name) for name in single},
        "title": article.value("title_shown") or article.value("title"),
        "authors": list(article.settled("authors").texts),
        "contributors": list(article.settled("contributors").texts),
        "language": _language(article.value("language")),
        "lead_caption": next((caption for photo, caption, _ in photos if photo.is_lead), None),
        "photo_credits": [
            {
                "credit": credit,
                "photographer": list(photo.photographers),
                "agency": list(photo.agencies),
                "image": photo.image,
            }
            for photo, _, credit in photos
            if credit
        ],
        "linked_documents": [link.url for link in article.documents if link.evidence.witness != without],
        "body": "\n".join(block.text for block in article.blocks if block.kind in _PROSE) or None,
    }


def _language(tag: str | None) -> str | None:
    code = (tag or "")[:2].lower()
    return _NORWEGIAN.get(code, code) or None


def _heard(claim: Any, without: str | None) -> str | None:  # noqa: ANN401  # as above
    return claim.value if claim and claim.evidence.witness != without else None


def witnesses() -> set[str]:
    """What ``--without`` may name."""
    from archivist.extract.settle import TABLE  # noqa: PLC0415  # as above

    return {witness for rule in TABLE.values() for witness in rule.witnesses} | {"figure", "link"}


# Peers: each is asked as its own documentation does, for all that it claims.


def _trafilatura() -> Read:
    from trafilatura import bare_extraction  # noqa: PLC0415

    def read(data: bytes, url: str) -> Prediction:
        found = bare_extraction(data, url=url, with_metadata=True)
        if found is None:
            return {}
        told = found if isinstance(found, dict) else found.as_dict()
        return {
            "title": told.get("title"),
            "authors": _names(told.get("author")),
            "published": told.get("date"),
            "site_name": told.get("sitename"),
            "canonical_url": told.get("url"),
            "body": told.get("text"),
        }

    return read


def _htmldate() -> Read:
    from htmldate import find_date  # noqa: PLC0415

    def read(data: bytes, url: str) -> Prediction:
        text = _text(data)
        return {
            "published": find_date(text, url=url, original_date=True),
            "updated": find_date(text, url=url, original_date=False),
        }

    return read


def _newspaper4k() -> Read:
    from newspaper import Article  # noqa: PLC0415

    def read(data: bytes, url: str) -> Prediction:
        article = Article(url, fetch_images=False)
        article.download(input_html=_text(data))
        article.parse()
        return {
            "title": article.title,
            "authors": list(article.authors),
            "published": _iso(article.publish_date),
            "site_name": getattr(article, "meta_site_name", None),
            "canonical_url": article.canonical_link,
            "language": article.meta_lang,
            "body": article.text,
        }

    return read


def _extruct() -> Read:
    import extruct  # noqa: PLC0415

    def read(data: bytes, url: str) -> Prediction:
        found = extruct.extract(
            _text(data), base_url=url, syntaxes=["json-ld", "microdata", "opengraph"], uniform=True, errors="ignore"
        )
        items = [item for kind in ("json-ld", "microdata") for item in _items(found.get(kind))]
        article = next(
            (item for item in items if "Article" in str(item.get("@type")) or "Posting" in str(item.get("@type"))), {}
        )
        graph = next(iter(found.get("opengraph") or ()), {})
        return {
            "title": article.get("headline") or graph.get("og:title"),
            "authors": [name for each in _items(article.get("author")) if (name := each.get("name"))],
            "published": article.get("datePublished") or graph.get("article:published_time"),
            "updated": article.get("dateModified") or graph.get("article:modified_time"),
            "site_name": graph.get("og:site_name"),
            "canonical_url": graph.get("og:url"),
            "section": article.get("articleSection") or graph.get("article:section"),
            "language": article.get("inLanguage"),
        }

    return read


def _goose3() -> Read:
    from goose3 import Goose  # noqa: PLC0415

    goose = Goose({"enable_image_fetching": False, "http_timeout": 1})

    def read(data: bytes, url: str) -> Prediction:
        article = goose.extract(url=url, raw_html=_text(data))
        return {
            "title": article.title,
            "authors": list(article.authors),
            "published": article.publish_date,
            "site_name": (article.opengraph or {}).get("site_name"),
            "canonical_url": article.canonical_link,
            "language": article.meta_lang,
            "body": article.cleaned_text,
        }

    return read


def _readability() -> Read:
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    def read(data: bytes, url: str) -> Prediction:
        document = Document(_text(data), url=url)
        return {"title": document.short_title(), "body": fromstring(document.summary()).text_content()}

    return read


PEERS: dict[str, Callable[[], Read]] = {
    "trafilatura": _trafilatura,
    "htmldate": _htmldate,
    "newspaper4k": _newspaper4k,
    "extruct": _extruct,
    "goose3": _goose3,
    "readability-lxml": _readability,
}
"""By the name of the package."""


def _text(data: bytes) -> str:
    """For readers that want text: UTF-8, or what the page declares."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
        try:
            return data.decode(declared[1].decode() if declared else "windows-1252", "replace")
        except LookupError:
            return data.decode("windows-1252", "replace")


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(";") if name.strip()]


def _iso(moment: Any) -> str | None:  # noqa: ANN401  # peers give text or a datetime
    return moment.isoformat() if hasattr(moment, "isoformat") else moment or None


def _items(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # whatever the page says
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each
            yield from _items(each.get("@graph"))
        elif isinstance(each, str):
            yield {"name": each}


if __name__ == "__main__":
    sys.exit(main())
