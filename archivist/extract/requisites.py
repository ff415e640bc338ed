"""What a page needs to be shown again: pictures, style sheets, fonts, icons, scripts.

Addresses only: whether one is fetched is for the caller to decide. Links that a reader would have to follow (``a``)
and other pages (``iframe``) are no requisites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from archivist.extract.html import Element, Html
from archivist.extract.tree import path_of
from archivist.model.page import Requisite, RequisiteKind
from archivist.model.url import absolute

__all__ = ["css_references", "image_addresses", "requisites", "srcset_choice"]

MAX_REQUISITES = 500
MAX_WIDTH = 2_000
"""Of the pictures in a ``srcset`` the largest up to this width is taken: enough to read a caption in the picture."""

_FONTS = (".woff2", ".woff", ".ttf", ".otf", ".eot")
_LAZY_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-lazy")
_LAZY_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_PRELOADS: dict[str, RequisiteKind] = {"style": "stylesheet", "font": "font", "image": "image", "script": "script"}
_ICONS = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"})
_IMAGE_PROPERTIES = frozenset({"og:image", "og:image:url", "og:image:secure_url"})

_Reference: TypeAlias = tuple[str, RequisiteKind, str]
"""An address as written, what it is, and the attribute it stands in."""


def requisites(html: Html, *, limit: int = MAX_REQUISITES) -> tuple[Requisite, ...]:
    """What the page needs, in document order, each address once, at most ``limit``."""
    found: dict[str, Requisite] = {}
    seen: set[str] = set()
    for element in _elements(html.root):
        for reference, kind, attribute in _references(element):
            if reference in seen:
                continue
            seen.add(reference)
            url = html.absolute(reference)
            if url is None or url in found:
                continue
            if len(found) >= limit:
                return tuple(found.values())
            found[url] = Requisite(url=url, kind=kind, at=path_of(element) + attribute)
    return tuple(found.values())


def _elements(root: Element) -> Iterator[Element]:
    """Those that may name a requisite, in document order."""
    is_styled = any("url(" in str(style).lower() for style in _STYLES(root))
    if not is_styled:
        return root.iter(*_READERS)
    return (element for element in root.iter("*") if element.tag in _READERS or element.get("style"))


def css_references(text: str, *, base_url: str, limit: int = MAX_REQUISITES) -> tuple[Requisite, ...]:
    """What a style sheet needs, in its order, each address once, at most ``limit``."""
    found: dict[str, Requisite] = {}
    for reference, kind, at in _css(text):
        url = absolute(base_url, reference)
        if url is not None and url not in found and len(found) < limit:
            found[url] = Requisite(url=url, kind=kind, at=at)
    return tuple(found.values())


def image_addresses(element: Element) -> tuple[str, ...]:
    """The addresses of the picture that an ``img`` or ``source`` shows, as written: the best one last."""
    return tuple(reference for reference, _, _ in _image(element) if not reference.startswith(("data:", "blob:", "#")))


def srcset_choice(text: str) -> str | None:
    """The address in a ``srcset`` that is kept: the largest not above ``MAX_WIDTH``, or else the smallest."""
    candidates = list(_srcset(text))
    fitting = [candidate for candidate in candidates if candidate[1] <= MAX_WIDTH]
    if fitting:
        return max(fitting, key=lambda candidate: candidate[1])[0]
    return min(candidates, key=lambda candidate: candidate[1])[0] if candidates else None


def _references(element: Element) -> Iterator[_Reference]:
    """What one element needs."""
    reader = _READERS.get(str(element.tag))
    if reader is not None:
        for reference, kind, attribute in reader(element):
            if not reference.lstrip()[:5].lower().startswith(("data:", "#", "blob:")):
                yield reference, kind, attribute
    for reference, kind, _ in _css(element.get("style") or ""):
        yield reference, kind, "/@style"


def _image(element: Element) -> Iterator[_Reference]:
    said = dict(element.items())
    for name in _LAZY_SOURCES:
        if value := said.get(name):
            yield value, "image", f"/@{name}"
    for name in _LAZY_SETS:
        if (value := said.get(name)) and (choice := srcset_choice(value)):
            yield choice, "image", f"/@{name}"


def _source(element: Element) -> Iterator[_Reference]:
    """Only the pictures: the sources of films are left."""
    parent = element.getparent()
    if parent is not None and parent.tag == "picture":
        yield from _image(element)


def _video(element: Element) -> Iterator[_Reference]:
    if value := element.get("poster"):
        yield value, "image", "/@poster"


def _input(element: Element) -> Iterator[_Reference]:
    if (element.get("type") or "").lower() == "image" and (value := element.get("src")):
        yield value, "image", "/@src"


def _vector(element: Element) -> Iterator[_Reference]:
    if value := element.get("href"):
        yield value, "image", "/@href"
    if value := element.get("xlink:href"):  # the parser knows no namespaces
        yield value, "image", "/@*[name()='xlink:href']"


def _link(element: Element) -> Iterator[_Reference]:
    relations = (element.get("rel") or "").lower().split()
    href = element.get("href") or ""
    if "stylesheet" in relations:
        yield href, "stylesheet", "/@href"
    elif _ICONS.intersection(relations):
        yield href, "icon", "/@href"
    elif "modulepreload" in relations:
        yield href, "script", "/@href"
    elif "preload" in relations and (kind := _PRELOADS.get((element.get("as") or "").lower())):
        if href:
            yield href, kind, "/@href"
        if choice := srcset_choice(element.get("imagesrcset") or ""):
            yield choice, "image", "/@imagesrcset"


def _script(element: Element) -> Iterator[_Reference]:
    if value := element.get("src"):
        yield value, "script", "/@src"


def _style(element: Element) -> Iterator[_Reference]:
    for reference, kind, _ in _css(element.text or ""):
        yield reference, kind, "/text()"


def _meta(element: Element) -> Iterator[_Reference]:
    if (element.get("property") or element.get("name") or "").lower() in _IMAGE_PROPERTIES:
        yield element.get("content") or "", "image", "/@content"


_READERS = {
    "img": _image,
    "source": _source,
    "video": _video,
    "input": _input,
    "image": _vector,
    "use": _vector,
    "link": _link,
    "script": _script,
    "style": _style,
    "meta": _meta,
}

_STYLES = etree.XPath("//@style", smart_strings=False)

_CANDIDATE = re.compile(r"[\s,]*+(\S++)")
_DESCRIPTORS = re.compile(r"(?:[^,(]|\([^)]*+\)?)*+")
_WIDTH = re.compile(r"\s(\d{1,6}(?:\.\d{1,4})?)(w|x)(?=\s|$)")


def _srcset(text: str) -> Iterator[tuple[str, float]]:
    """Addresses with their width in pixels (WHATWG HTML 4.8.4.2.1); a density counts as that many thousands."""
    at = 0
    while found := _CANDIDATE.match(text, at):
        at = found.end()
        url = found[1]
        descriptors = ""
        if url.endswith(","):
            url = url.rstrip(",")
        elif rest := _DESCRIPTORS.match(text, at):
            at = rest.end()
            descriptors = rest[0]
        width = _WIDTH.search(descriptors)
        if url:
            yield url, _pixels(width)


def _pixels(width: re.Match[str] | None) -> float:
    if width is None:
        return 1_000.0
    return float(width[1]) * (1 if width[2] == "w" else 1_000)


# CSS Syntax 3, section 4. Every repetition is possessive: no character is looked at twice, whatever is unclosed. Every
# alternative of a token begins with one certain character, so that all other text is passed over fast.
_ESCAPED = r"\\(?:[0-9a-fA-F]{1,6}+\s?|[\s\S])"
_STRING = rf"\"(?:[^\"\\\n]++|{_ESCAPED})*+\"?|'(?:[^'\\\n]++|{_ESCAPED})*+'?"
_COMMENT = r"/\*(?:[^*]++|\*(?!/))*+(?:\*/)?"
_URL = rf"\s*+(?:{_STRING}|(?:[^)\"'\s\\]++|{_ESCAPED})*+)"
_TOKEN = re.compile(
    rf"{_COMMENT}|@(?:(?i:namespace)[^;{{}}]*+"
    rf"|(?i:import)(?:\s++|{_COMMENT})*+(?P<import>{_STRING}|(?i:url)\({_URL}))"
    rf"|\((?<=[uU][rR][lL]\()(?<![\w-]...\()(?P<url>{_URL})|{_STRING}"
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\r?\n|([\s\S]))")


def _css(text: str) -> Iterator[_Reference]:
    lower = text.lower()
    if "url(" not in lower and "@import" not in lower:
        return
    for token in _TOKEN.finditer(text):
        if found := token["import"]:
            yield from _used(_unquoted(found), "stylesheet", token.start())
        elif found := token["url"]:
            reference = _unquoted(found)
            kind: RequisiteKind = "font" if _path(reference).endswith(_FONTS) else "image"
            yield from _used(reference, kind, token.start() - len("url"))


def _used(reference: str, kind: RequisiteKind, at: int) -> Iterator[_Reference]:
    if reference and not reference.lower().startswith(("data:", "#")):
        yield reference, kind, str(at)


def _path(reference: str) -> str:
    return reference.partition("#")[0].partition("?")[0].lower()


def _unquoted(token: str) -> str:
    """The address in ``url(...)`` or in a string, escapes undone."""
    token = token[4:].lstrip() if token[:4].lower() == "url(" else token.lstrip()
    if token[:1] in {'"', "'"}:
        quote, token = token[0], token[1:]
        token = token.removesuffix(quote)
    return _ESCAPE.sub(_unescaped, token)


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1]:
        number = int(escape[1], 16)
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return escape[2] or ""
