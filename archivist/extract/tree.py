"""Questions to elements: their text as a reader sees it, the words in their class, where they stand.

Nothing here knows what an article is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import cast

from lxml import etree

from archivist.extract.html import Element

__all__ = [
    "INLINE",
    "SILENT",
    "collapse",
    "inside",
    "is_hidden",
    "length_of",
    "path_of",
    "text_of",
    "words_in",
    "words_of",
]

SILENT = frozenset(
    "script style noscript template svg iframe object embed canvas audio video map head select option textarea button "
    "input progress math".split()
)
"""Elements whose content is no text of the page."""

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb rp rt "
    "ruby s samp small "
    "span strike strong sub sup time tt u var wbr amp-img img picture source".split()
)
"""Elements that do not begin a new line."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_HIDDEN_MARKS = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "u-visually-hidden", "screenreader"}
)
_NOTHING: frozenset[str] = frozenset()
_length = etree.XPath("string-length()")


def collapse(text: str) -> str:
    """White space collapsed; soft hyphens and zero-width characters gone."""
    return " ".join(_INVISIBLE.sub("", text).split())


def text_of(element: Element, *, without: Collection[Element] = ()) -> str:
    """The text a reader sees in the element, white space collapsed."""
    if not len(element) and not without:  # a third of all that are asked
        is_seen = element.tag not in SILENT and not is_hidden(element)
        return collapse(element.text or "") if is_seen else ""
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if event == "start":
            if tag in SILENT or is_hidden(node) or node in without:
                walk.skip_subtree()
                continue
            text = node.text
        else:
            text = node.tail if node is not element else None
        if tag not in INLINE:
            pieces.append(" ")
        if text:
            pieces.append(text)
    return collapse("".join(pieces))


def length_of(element: Element) -> int:
    """About how much text is in the element: fast, scripts included."""
    return int(cast("float", _length(element)))


def words_of(element: Element) -> frozenset[str]:
    """The words in class and id, in lower case: ``articleBody__lead-text`` has article, body, lead and text."""
    marks, name = element.get("class"), element.get("id")
    return _NOTHING if marks is None and name is None else _words(marks or "", name or "")


@lru_cache(maxsize=16_384)
def _words(marks: str, name: str) -> frozenset[str]:
    return _NOTHING.union(*map(words_in, f"{marks} {name}"[:500].split()))


@lru_cache(maxsize=16_384)
def words_in(name: str) -> frozenset[str]:
    """The words in one class or id, or in several."""
    return frozenset(word.lower() for word in _WORD.findall(name))


def is_hidden(element: Element) -> bool:
    """The element is there for machines or screen readers only."""
    marks = element.get("class")
    return (marks is not None and _hides(marks)) or element.get("hidden") is not None


@lru_cache(maxsize=8_192)
def _hides(marks: str) -> bool:
    return not _HIDDEN_MARKS.isdisjoint(marks.split())


def inside(element: Element, tags: Collection[str]) -> bool:
    """An element of one of these kinds holds this one."""
    return next(element.iterancestors(*tags), None) is not None


def path_of(element: Element) -> str:
    """The XPath of the element."""
    return element.getroottree().getpath(element)
