"""Questions to elements: their text as a reader sees it, the words in their class, where they stand.

Nothing here knows what an article is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import cast

from lxml import etree

from archivist.extract.html import Element, remembered
from archivist.extract.index import MAX_MARKS, is_hidden, marks_of, words_in, words_of

__all__ = [
    "INLINE",
    "MAX_MARKS",
    "SILENT",
    "collapse",
    "inside",
    "is_hidden",
    "length_of",
    "lowered",
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

# Scripts whose letters join; in those of India a joiner at the end of a word has a meaning too (Unicode 12.1, 23.2).
_INDIC = "\u0900-\u0dff"
_JOINED = (
    f"\u0600-\u08ff{_INDIC}\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
)
_MAY_BE_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_INVISIBLE = re.compile(
    f"[\u00ad\u200b\u200e\u200f\u2060\ufeff]|(?<![{_JOINED}])[\u200c\u200d]"
    f"|\u200c(?![{_JOINED}])|(?<![{_INDIC}])\u200d(?![{_JOINED}])"
)
_PLAIN_PATH = re.compile(r"(?:/(?:[A-Za-z_][A-Za-z0-9_.\-]*+|\*)(?:\[\d+\])?)+")
_length = etree.XPath("string-length()")
_count_before = etree.XPath("count(preceding-sibling::*)")


def collapse(text: str) -> str:
    """White space collapsed; soft hyphens and zero-width characters gone, but for joiners in scripts that need them."""
    if text.isprintable() and "  " not in text:  # no other blank than the space is printable, nor is what is invisible
        return text.strip(" ")
    if not text.isascii() and _MAY_BE_INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def text_of(element: Element, *, without: Collection[Element] = ()) -> str:
    """The text a reader sees in the element, white space collapsed."""
    return _text(element, without) if without else _whole_text(element)


@remembered
def _whole_text(element: Element) -> str:
    if not len(element):  # a third of all that are asked
        text = element.text
        return collapse(text) if text and element.tag not in SILENT and not is_hidden(element) else ""
    return _text(element, ())


def _text(element: Element, without: Collection[Element]) -> str:
    pieces: list[str] = []
    if not (element.tag in SILENT or is_hidden(element) or element in without):
        _gather(element, pieces, without)
    return collapse("".join(pieces))


def _gather(element: Element, pieces: list[str], without: Collection[Element]) -> None:
    """Add the text in the element, which no page nests deeper than ``html.MAX_DEPTH``."""
    if text := element.text:
        pieces.append(text)
    for child in element:
        tag = child.tag
        is_block = tag not in INLINE
        if not (tag in SILENT or is_hidden(child) or child in without):
            if is_block:
                pieces.append(" ")
            if len(child):
                _gather(child, pieces, without)
            elif text := child.text:
                pieces.append(text)
        if is_block:
            pieces.append(" ")
        if tail := child.tail:
            pieces.append(tail)


def lowered(text: str) -> str:
    """The text in small letters, one for one: the expressions of a hundred words are twice as fast without case."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(map(_small, text))


def _small(letter: str) -> str:
    return letter.lower()[:1]


@remembered
def length_of(element: Element) -> int:
    """About how much text is in the element: fast, scripts included."""
    return int(cast("float", _length(element))) if len(element) else len(element.text or "")


def inside(element: Element, tags: Collection[str]) -> bool:
    """An element of one of these kinds holds this one."""
    return next(element.iterancestors(*tags), None) is not None


def path_of(element: Element) -> str:
    """The XPath of the element; where a name on the way cannot stand in one (``o:p``), the child is counted."""
    path = element.getroottree().getpath(element)
    if _PLAIN_PATH.fullmatch(path):
        return path
    steps = [f"*[{_count_before(each) + 1:.0f}]" for each in (element, *element.iterancestors())]
    return f"/{'/'.join(reversed(steps))}"
