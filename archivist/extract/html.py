"""Bytes of a page, parsed within bounds.

Whatever arrives, the result is a tree. What had to be cut is said in ``problems``. Nothing is fetched, no entity is
resolved, no script is run. The bounds stand before the parser, because libxml2 compares every attribute of a tag with
every other (200,000 of them take it most of a minute).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from archivist.model.url import absolute
from archivist.wire.charset import decode_text

__all__ = ["Element", "Html", "parse_html"]

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type of an element

MAX_BYTES = 8_000_000
"""The largest of 20,000 news pages measured has 5 MB."""
MAX_ATTRIBUTES = 256
MAX_TAGS = 300_000
"""Half a gigabyte of tree; a live ticker of a whole day has 60,000."""

# WHATWG HTML 13.2.5: a tag's name ends at white space, "/" or ">"; an attribute's name also at "="; a value may be
# quoted. Every repetition is possessive and every part is optional, so that no position is looked at twice.
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?)?"
_TAG = re.compile(rf"<(?:!--|/?([a-zA-Z][^\s/>]*+)(?:{_ATTRIBUTE})*+[\s/]*+>?|/?[!?][^>]*+)")
_FIRST_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+")
# WHATWG HTML 13.2.3.5: control characters are errors; libxml2 would take them into names that no path can spell.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_REPLACED = "\ufffd"
_COMMENT_END = re.compile(r"--!?>")
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Html:
    """A page as a tree."""

    root: Element
    """The ``html`` element; without children where the bytes were no HTML."""
    url: str
    """The address that the bytes came from."""
    base_url: str
    """What relative addresses are relative to."""
    encoding: str
    problems: tuple[str, ...] = ()
    """What was cut, and why."""

    def absolute(self, reference: str) -> str | None:
        """The reference as an absolute http(s) address without fragment, or None."""
        return absolute(self.base_url, reference)


def parse_html(data: bytes, *, url: str, content_type: str | None) -> Html:
    """A tree of the page, whatever the bytes are."""
    problems: list[str] = []
    if len(data) > MAX_BYTES:
        problems.append(f"page cut at {MAX_BYTES} of {len(data)} bytes")
        data = data[:MAX_BYTES]
    decoded = decode_text(data, content_type)
    text = (
        _bounded(_CONTROL.sub(_REPLACED, decoded.text), problems) if _looks_like_markup(decoded.text, problems) else ""
    )
    root = _tree(text, problems)
    return Html(root=root, url=url, base_url=_base_url(root, url), encoding=decoded.encoding, problems=tuple(problems))


def _looks_like_markup(text: str, problems: list[str]) -> bool:
    if not text.strip():
        problems.append("page is empty")
        return False
    start = text[:2_000]
    controls = sum(character < " " and character not in "\t\n\f\r" for character in start)
    if start.startswith("%PDF-") or controls * 20 > len(start) or not re.search(r"<[a-zA-Z!]", text):
        problems.append("page is not HTML")
        return False
    return True


def _bounded(text: str, problems: list[str]) -> str:
    """The text without what would keep the parser busy for minutes."""
    pieces: list[str] = []
    kept = cut = 0
    for count, (start, end) in enumerate(_start_tags(text), start=1):
        if count > MAX_TAGS:
            problems.append(f"page cut after {MAX_TAGS} tags")
            text = text[:start]
            break
        if end - start > 2 * MAX_ATTRIBUTES:
            first = _FIRST_ATTRIBUTES.match(text, start, end)
            if first and text[first.end() : end].strip(" \t\n\f\r/>"):
                pieces += (text[kept : first.end()], ">")
                kept = end
                cut += 1
    if cut:
        problems.append(f"{cut} tags cut after {MAX_ATTRIBUTES} attributes")
    return "".join((*pieces, text[kept:]))


def _start_tags(text: str) -> Iterator[tuple[int, int]]:
    """Where each start tag begins and ends; comments and raw text are passed over, as the parser does."""
    at = 0
    while found := _TAG.search(text, at):
        at = found.end()
        name = found[1]
        if name is None:
            if found[0] == "<!--":
                end = _COMMENT_END.search(text, found.start() + 2)
                at = end.end() if end else len(text)
        elif text[found.start() + 1] != "/":
            yield found.span()
            if name.lower() in _RAW_TEXT:
                at = _end_of_raw_text(text, at, name.lower())


def _end_of_raw_text(text: str, at: int, name: str) -> int:
    """Where the end tag of a ``script`` or its like begins."""
    end_tag = _END_TAGS[name]
    begin = at
    while end := end_tag.search(text, at):
        # WHATWG HTML 13.2.5.27, "script data double escaped": "<!--<script></script>" does not end the script.
        comment = text.rfind("<!--", begin, end.start()) if name == "script" else -1
        if comment < 0 or "-->" in text[comment : end.start()] or not _SCRIPT.search(text, comment, end.start()):
            return end.start()
        at = begin = end.end()
    return len(text)


_END_TAGS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_TEXT}
_SCRIPT = re.compile(r"<script[\s/>]", re.IGNORECASE)


def _tree(text: str, problems: list[str]) -> Element:
    """The root element; an empty one where there is nothing to parse."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text else None
    except etree.LxmlError as error:
        problems.append(f"page cannot be parsed: {error}"[:200])
        root = None
    last = parser.error_log.last_error
    if last is not None and "Excessive depth" in last.message:
        problems.append("page cut where its elements are nested too deeply")
    return etree.Element("html") if root is None else root


def _base_url(root: Element, url: str) -> str:
    """The address in the first ``base`` element that has one (WHATWG HTML 4.2.3)."""
    for element in root.iter("base"):
        if href := element.get("href"):
            return absolute(url, href) or url
    return url
