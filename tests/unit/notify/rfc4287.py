"""What RFC 4287 says a feed must be, checked without a reader of feeds: the musts of its sections 3 and 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

__all__ = ["faults_of"]

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
FEED = {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title",
        "updated", "entry"}  # fmt: skip
ENTRY = {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary",
         "title", "updated"}  # fmt: skip
ATTRIBUTES = {
    "link": {"href", "rel", "type", "hreflang", "title", "length"},
    "category": {"term", "scheme", "label"},
    "title": {"type"},
    "summary": {"type"},
    "content": {"type", "src"},
    "generator": {"uri", "version"},
}


def faults_of(data: bytes) -> list[str]:
    """What is wrong with the feed; nothing, if all is well."""
    try:
        root = ET.fromstring(data)  # section 2: well-formed XML
    except ET.ParseError as error:
        return [f"no XML: {error}"]
    if root.tag != f"{ATOM}feed":
        return [f"the root is {root.tag}"]
    entries = root.findall(f"{ATOM}entry")
    faults = [*_of_one(root, FEED, is_feed=True)]
    # 4.1.1: feed elements stand in any order, but authors are of the feed or of every entry.
    if root.find(f"{ATOM}author") is None and not all(entry.find(f"{ATOM}author") is not None for entry in entries):
        faults.append("an entry has no author")
    for entry in entries:
        faults += _of_one(entry, ENTRY, is_feed=False)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(ids)) != len(ids):
        faults.append("an id stands there twice")
    return faults


def _of_one(element: ET.Element, known: set[str], *, is_feed: bool) -> Iterator[str]:
    """4.1.1 and 4.1.2."""
    names = [child.tag.removeprefix(ATOM) for child in element]
    yield from (f"{name} is no element of a feed" for name in names if name not in known)
    for name in ("id", "title", "updated"):
        if names.count(name) != 1:
            yield f"{name} stands there {names.count(name)} times"
    for name in ("generator", "icon", "logo", "rights", "subtitle", "content", "published", "source", "summary"):
        if names.count(name) > 1:
            yield f"{name} stands there {names.count(name)} times"
    links = element.findall(f"{ATOM}link")
    alternate = [
        (each.get("type"), each.get("hreflang")) for each in links if each.get("rel", "alternate") == "alternate"
    ]
    if len(set(alternate)) != len(alternate):
        yield "two alternates of one type"
    if not is_feed and not alternate and element.find(f"{ATOM}content") is None:
        yield "an entry without content leads nowhere"
    for child in element:
        if child.tag != f"{ATOM}entry":
            yield from _of_child(child)


def _of_child(child: ET.Element) -> Iterator[str]:
    name, text = child.tag.removeprefix(ATOM), child.text or ""
    yield from (f"{name} has {each}" for each in child.attrib if each not in ATTRIBUTES.get(name, set()))
    if name in {"updated", "published"} and not MOMENT.fullmatch(text):  # 3.3
        yield f"{text} is no date"
    if name == "id" and not urlsplit(text).scheme:  # 4.2.6
        yield f"{text} is no IRI"
    if name == "link" and not re.fullmatch(r"[a-z]+:[^\s<>\"{}|\\^`]+", child.get("href", "")):  # 4.2.7.1
        yield f"{child.get('href')} is no IRI"
    if name == "category" and not child.get("term"):  # 4.2.2.1
        yield "a category without a term"
    if name in {"title", "summary", "content"} and len(child):  # 3.1.1.1, 3.1.1.2
        yield f"{name} has elements in it"
    if name in {"title", "summary", "content"} and child.get("type", "text") not in {"text", "html"}:
        yield f"{name} is {child.get('type')}"
    if name in {"author", "contributor"} and [each.tag for each in child].count(f"{ATOM}name") != 1:  # 3.2
        yield "a person has one name"
