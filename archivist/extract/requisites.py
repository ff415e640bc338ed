"""What a page needs to be shown again: pictures, style sheets, fonts, icons, scripts.

Addresses only: whether one is fetched is for the caller to decide. Links that a reader would have to follow (``a``)
and other pages (``iframe``) are no requisites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
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
_SOURCES = {"src": 1, "data-src": 2, "data-original": 3, "data-lazy-src": 4, "data-lazy": 5}
"""Attributes with an address, in the order in which they are taken; others called like these come next, then sets."""
_NAMED_SO, _SET, _SET_NAMED_SO = 6, 7, 10
_SOURCES |= {"srcset": _SET, "data-srcset": 8, "data-lazy-srcset": 9}
_INLINE = ("data:", "#", "blob:")
_PRELOADS: dict[str, RequisiteKind] = {"style": "stylesheet", "font": "font", "image": "image", "script": "script"}
_ICONS = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"})
_IMAGE_PROPERTIES = frozenset({"og:image", "og:image:url", "og:image:secure_url"})

_Reference: TypeAlias = tuple[str, RequisiteKind, str]
"""An address as written, what it is, and the attribute it stands in."""


def requisites(html: Html, *, limit: int = MAX_REQUISITES) -> tuple[Requisite, ...]:
    """What the page needs, in document order, each address once, at most ``limit``."""
    found: dict[str, Requisite] = {}
    seen: set[str] = set()
    styled = _styled(html.root)
    for element in _elements(html.root, styled):
        for reference, kind, attribute in _references(element, is_styled=element in styled):
            if reference in seen:
                continue
            seen.add(reference)
            url = None if reference.lstrip()[:5].lower().startswith(_INLINE) else html.absolute(reference)
            if url is None or url in found:
                continue
            if len(found) >= limit:
                return tuple(found.values())
            found[url] = Requisite(url=url, kind=kind, at=path_of(element) + attribute)
    return tuple(found.values())


def _styled(root: Element) -> AbstractSet[Element]:
    """The elements with a style, where that of one of them may name something."""
    elements: list[Element] = _STYLED(root)
    text = " ".join([element.get("style") or "" for element in elements]).lower()
    return set(elements) if "url(" in text or "@import" in text else frozenset()


def _elements(root: Element, styled: AbstractSet[Element]) -> Iterable[Element]:
    """Those that may name a requisite, in document order."""
    if not styled:
        return root.iter(*_READERS)
    return [element for element in root.iter("*") if element.tag in _READERS or element in styled]


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


@lru_cache(maxsize=256)
def srcset_choice(text: str) -> str | None:
    """The address in a ``srcset`` that is kept: the largest not above ``MAX_WIDTH``, or else the smallest."""
    candidates = list(_srcset(text))
    fitting = [candidate for candidate in candidates if candidate[1] <= MAX_WIDTH]
    if fitting:
        return max(fitting, key=lambda candidate: candidate[1])[0]
    return min(candidates, key=lambda candidate: candidate[1])[0] if candidates else None


def _references(element: Element, *, is_styled: bool) -> Iterable[_Reference]:
    """What one element needs."""
    reader = _READERS.get(str(element.tag))
    references = () if reader is None else reader(element)
    if not is_styled:
        return references
    return [*references, *((url, kind, "/@style") for url, kind, _ in _css(element.get("style") or ""))]


def _image(element: Element) -> Sequence[_Reference]:
    ranked: list[tuple[int, str, str]] = []
    for name, value in element.items():
        if ("src" in name or name in _SOURCES) and (rank := _rank(name)):
            ranked.append((rank, name, value))
    ranked.sort()
    found: list[_Reference] = []
    for rank, name, value in ranked:
        address = value if rank < _SET else srcset_choice(value)
        if address and (name in _SOURCES or _ADDRESS.fullmatch(address)):
            found.append((address, "image", f"/@{name}"))
    return found


@lru_cache(maxsize=1_024)
def _rank(name: str) -> int:
    """The place of an attribute among those that give a picture's address; 0 where it gives none."""
    if known := _SOURCES.get(name):
        return known
    if not (name.startswith("data-") and "src" in name):
        return 0
    return _SET_NAMED_SO if "srcset" in name else _NAMED_SO


def _source(element: Element) -> Sequence[_Reference]:
    """Only the pictures: the sources of films are left."""
    parent = element.getparent()
    return _image(element) if parent is not None and parent.tag == "picture" else ()


def _video(element: Element) -> Sequence[_Reference]:
    return (((element.get("poster") or ""), "image", "/@poster"),)


def _input(element: Element) -> Sequence[_Reference]:
    is_image = (element.get("type") or "").lower() == "image"
    return ((element.get("src") or "", "image", "/@src"),) if is_image else ()


def _vector(element: Element) -> Sequence[_Reference]:
    # The parser knows no namespaces.
    names = {"/@href": element.get("href"), "/@*[name()='xlink:href']": element.get("xlink:href")}
    return [(value, "image", at) for at, value in names.items() if value]


def _link(element: Element) -> Sequence[_Reference]:
    relations = (element.get("rel") or "").lower().split()
    href = element.get("href") or ""
    if "stylesheet" in relations:
        return ((href, "stylesheet", "/@href"),)
    if not _ICONS.isdisjoint(relations):
        return ((href, "icon", "/@href"),)
    if "modulepreload" in relations:
        return ((href, "script", "/@href"),)
    if "preload" in relations and (kind := _PRELOADS.get((element.get("as") or "").lower())):
        choice = srcset_choice(element.get("imagesrcset") or "") or ""
        return (href, kind, "/@href"), (choice, "image", "/@imagesrcset")
    return ()


def _script(element: Element) -> Sequence[_Reference]:
    return ((value, "script", "/@src"),) if (value := element.get("src")) else ()


def _style(element: Element) -> Sequence[_Reference]:
    return [(reference, kind, "/text()") for reference, kind, _ in _css(element.text or "")]


def _meta(element: Element) -> Sequence[_Reference]:
    is_image = (element.get("property") or element.get("name") or "").lower() in _IMAGE_PROPERTIES
    return ((element.get("content") or "", "image", "/@content"),) if is_image else ()


_READERS = {
    "img": _image,
    "amp-img": _image,
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

_STYLED = etree.XPath("descendant-or-self::*[@style]")
_ADDRESS = re.compile(r"[^\s<>{}\[\]]*[./][^\s<>{}\[\]]+")
"""An address, and no number, word or JSON."""
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
_FETCHED = re.compile(rb"url\(\s*+[\"']?+\s*+(?!data:|#)")
"""Most of what style sheets in pages use stands in them."""
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\r?\n|([\s\S]))")


def _css(text: str) -> Iterator[_Reference]:
    if "(" not in text and "@" not in text:
        return
    lower = text.encode("utf-8", "replace").lower()  # of bytes, that is ten times as fast
    if b"@import" not in lower and _FETCHED.search(lower) is None:
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
