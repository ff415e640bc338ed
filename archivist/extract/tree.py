"""Questions to elements: their text as a reader sees it, the words in their class, where they stand.

Nothing here knows what an article is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from lxml import etree

from archivist.extract.html import Element

__all__ = [
    "INLINE",
    "SILENT",
    "collapse",
    "inside",
    "is_hidden",
    "length_of",
    "link_length_of",
    "marks_of",
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
_string = etree.XPath("string()")


def collapse(text: str) -> str:
    """White space collapsed; soft hyphens and zero-width characters gone."""
    return " ".join(_INVISIBLE.sub("", text).split())


def text_of(element: Element, *, without: Collection[Element] = ()) -> str:
    """The text a reader sees in the element, white space collapsed."""
    if not len(element) and not without:  # a leaf needs no walk
        return "" if element.tag in SILENT or is_hidden(element) else collapse(element.text or "")
    return collapse("".join(_pieces(element, without)))


def _pieces(element: Element, without: Collection[Element]) -> Iterator[str]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        gap = "" if node.tag in INLINE else " "
        if event == "start":
            if node.tag in SILENT or is_hidden(node) or node in without:
                walk.skip_subtree()
            else:
                yield gap
                yield node.text or ""
        elif node is not element:
            yield gap
            yield node.tail or ""


def length_of(element: Element) -> int:
    """About how much text is in the element: fast, scripts included."""
    return len(str(_string(element)))


def link_length_of(element: Element) -> int:
    """How much of that text is in links."""
    return sum(length_of(link) for link in element.iter("a"))


def marks_of(element: Element) -> str:
    """The element's class and id."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def words_of(element: Element) -> frozenset[str]:
    """The words in class and id, in lower case: ``articleBody__lead-text`` has article, body, lead and text."""
    return words_in(marks_of(element))


@lru_cache(maxsize=8_192)
def words_in(marks: str) -> frozenset[str]:
    """The words in a class or id."""
    return frozenset(word.lower() for word in _WORD.findall(marks[:500]))


def is_hidden(element: Element) -> bool:
    """The element is there for machines or screen readers only."""
    if element.get("hidden") is not None:
        return True
    marks = element.get("class") or ""
    return not _HIDDEN_MARKS.isdisjoint(marks.split())


def inside(element: Element, tags: Collection[str]) -> bool:
    """An element of one of these kinds holds this one."""
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


def path_of(element: Element) -> str:
    """The XPath of the element."""
    return element.getroottree().getpath(element)
