"""Where a page says when: the elements around its headline and text that may be datelines.

In the article's head, from the headline to the first long paragraph, any short line counts; elsewhere a line has to be
marked as one of dates, or to announce itself. Lists, margins and other stories' articles speak of themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from lxml import etree

from archivist.extract.date_labels import begins_with_label
from archivist.extract.html import Element, Html
from archivist.extract.index import index_of
from archivist.extract.main_text import MainText
from archivist.extract.tree import length_of, text_of, words_of

__all__ = ["MAX_LINE", "Place", "is_time", "places"]

MAX_LINE: Final = 200
"""Characters of a line of dates."""
MAX_RAW: Final = 10 * MAX_LINE
"""Characters, white space and scripts included, above which an element is too large to be a line."""
MAX_ANNOUNCEMENT: Final = 80
"""Characters of a line without any mark: a longer one that begins with "Published" is a sentence."""
MAX_SHORT: Final = 280
"""Characters of a line in the head, white space included."""
MAX_CHILDREN: Final = 8
MAX_HEAD: Final = 1_500
"""Characters around a headline that still are its head, with kicker, standfirst, byline and dates."""
MAX_MORE: Final = 600
"""Characters that an element has besides the article within it, where it is the frame of just that article."""
LONG: Final = 100
"""Characters of a block of text that is no dateline: with it the article's head ends."""

EDGE: Final = 4
"""Blocks at either end of a text among which a line of dates may be."""

_NEAR_WORDS: Final = frozenset(
    "date dates dateline published publish pubdate timestamp time updated update modified byline meta datum "
    "fecha zeit data datestamp postdate".split()
)
_BYLINE_WORDS: Final = frozenset("byline bylines author authors meta dateline".split())
_OTHERS: Final = frozenset(
    "related comment comments sidebar recommended teaser teasers popular trending latest mostread footer nav promo "
    "expiry expires expiration".split()
)
_LISTS: Final = frozenset("event events card cards list live ticker".split())
"""Outside the head, these name lists of stories; within it, they may name the list of date and author."""
_MARGINS: Final = frozenset({"aside", "nav", "footer"})
_FIGURES: Final = frozenset({"figure", "figcaption"})
"""A line in these says when a picture was taken."""
_BLOCKS: Final = frozenset("p span div li small dd h4 h5 h6".split())
"""Below the head, only these are lines of their own."""
_LINE_TAGS: Final = frozenset(
    "p span div li small dd dt td strong b em i cite h4 h5 h6 abbr font address dl ul section".split()
)
_TIME_TAGS: Final = frozenset(
    "time relative-time local-time time-ago timeago amp-timeago lite-timeago bsp-timestamp".split()
)
"""``time`` and the elements that scripts put in its place."""
_FIGURE: Final = re.compile(r"\d")
_string: Final = etree.XPath("string()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An element that may say when."""

    element: Element
    is_near: bool
    """It stands in the article's head."""
    is_marked: bool
    """Class, id or ``itemprop`` call it a line of dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What belongs to the article."""

    scope: Element
    own: AbstractSet[Element]
    """Elements that hold its headline or its text: whatever they are called, they are no other story's."""
    head: Element
    body: Element | None
    """The first long block of text, with which the head ends."""
    text: AbstractSet[Element]
    """Blocks in the midst of the text, which are no lines of dates."""


def places(html: Html, main: MainText | None, headline: Element | None) -> Iterator[Place]:
    """Elements that may say when, in document order."""
    frame = _frame(html, main, headline)
    marked = _marked(html.root)
    is_near = frame.head is frame.scope
    marks = {each.tag for each in (frame.head, frame.body) if each is not None}
    for element in frame.scope.iter(*_TIME_TAGS, *_LINE_TAGS, *map(str, marks)):
        if element is frame.head:
            is_near = True
        elif element is frame.body:
            is_near = False
        if element.tag in _LINE_TAGS:
            may_be = is_near or (element.tag in _BLOCKS and element not in frame.text)
            is_marked = element in marked
            is_candidate = (
                may_be and len(element) <= MAX_CHILDREN and _is_line(element, is_near=is_near, is_marked=is_marked)
            )
        else:
            is_candidate = is_time(element)
        if is_candidate and not _is_elsewhere(element, frame, is_near=is_near):
            yield Place(element=element, is_near=is_near, is_marked=element in marked)


def is_time(element: Element) -> bool:
    """A ``time`` element, or one made to replace it, such as ``relative-time``."""
    return element.tag in _TIME_TAGS


def _marked(root: Element) -> AbstractSet[Element]:
    """The elements that class, id or ``itemprop`` call lines of dates."""
    index = index_of(root)
    dates = (each for each in index.telling["itemprop"] if (each.get("itemprop") or "").startswith("date"))
    return {*index.called(_NEAR_WORDS), *dates}


def _frame(html: Html, main: MainText | None, headline: Element | None) -> _Frame:
    if main is None:
        return _Frame(scope=html.root, own={html.root}, head=html.root, body=None, text=frozenset())
    around = set() if headline is None else {headline, *headline.iterancestors()}
    scope = _widened(_scope(html, main, around))
    both = zip(main.blocks, main.elements, strict=True)
    long = [
        each for block, each in both if block.kind == "paragraph" and len(block.text) >= LONG and each not in around
    ]
    if len(long) > 1 and headline is not None and long[0].getprevious() is headline:
        long.pop(0)  # the standfirst, above byline and dates
    return _Frame(
        scope=scope,
        own={main.element, *main.element.iterancestors(), *around},
        head=_head(scope, headline),
        text=frozenset(main.elements[EDGE:-EDGE]),
        body=long[0] if long else None,
    )


def _scope(html: Html, main: MainText, around: AbstractSet[Element]) -> Element:
    """What holds the article's text and its headline, and the article around both."""
    for ancestor in (main.element, *main.element.iterancestors()):
        if ancestor in around or (not around and ancestor.tag in {"article", "main", "body"}):
            return next(ancestor.iterancestors("article"), ancestor)
    return html.root


def _widened(scope: Element) -> Element:
    """Out to the frame around it, where that holds hardly anything else."""
    for ancestor in scope.iterancestors():
        if ancestor.tag in {"body", "html"} or length_of(ancestor) > length_of(scope) + MAX_MORE:
            break
        scope = ancestor
    return scope


def _head(scope: Element, headline: Element | None) -> Element:
    """Where the head begins: with the headline, or with what stands around it and is not much longer."""
    if headline is None or headline is scope:
        return scope
    head = headline
    for ancestor in headline.iterancestors():
        if ancestor is scope:
            return scope if _length_before(head, scope) <= MAX_MORE else head
        if length_of(ancestor) > MAX_HEAD and _length_before(head, ancestor) > MAX_MORE:
            break
        head = ancestor
    return head


def _length_before(element: Element, parent: Element) -> int:
    """Characters of the parent's text before its child."""
    return len(parent.text or "") + sum(length_of(sibling) for sibling in element.itersiblings(preceding=True))


def _is_line(element: Element, *, is_near: bool, is_marked: bool) -> bool:
    """It is marked, announces itself, or is short and stands in the head."""
    if is_marked:
        return length_of(element) <= MAX_RAW and element.find(".//time") is None
    if is_near:
        text = str(_string(element)) if len(element) else element.text or ""
        return len(text) <= MAX_SHORT and _FIGURE.search(text) is not None and element.find(".//time") is None
    return _announces(element) and element.find(".//time") is None


def _announces(element: Element) -> bool:
    """Its first words are those before a date, and not much follows."""
    first = element.text or ""
    if len(element) and (not first or first.isspace()):
        first = element[0].text or ""
    if not first or not begins_with_label(first):
        return False
    return length_of(element) <= MAX_RAW and len(text_of(element)) <= MAX_ANNOUNCEMENT


def _is_elsewhere(element: Element, frame: _Frame, *, is_near: bool) -> bool:
    """It stands in a list, a margin, or another story's article inside this one's."""
    for around in (element, *element.iterancestors()):
        if around in frame.own or around is frame.scope:
            return around.tag in _FIGURES and not is_time(element)
        if around.tag == "article" and around.find(".//h1") is None and not (is_near and _is_byline(around)):
            return True
        if around.tag in _FIGURES and not is_time(element):
            return True
        if _is_margin(around, frame, is_near=is_near) or _is_list(around, is_near=is_near):
            return True
    return True


def _is_margin(around: Element, frame: _Frame, *, is_near: bool) -> bool:
    if around.tag == "footer":
        return around.getparent() not in frame.own
    return around.tag in _MARGINS and not (is_near and around.tag == "aside" and _is_byline(around))


def _is_byline(aside: Element) -> bool:
    """The margin holds author and date of the article, as some designs have it, and no other story."""
    if length_of(aside) > MAX_SHORT or next(aside.iter("h2", "h3", "h4"), None) is not None:
        return False
    if aside.tag == "article":
        return aside.find(".//img") is None
    return any(each.tag == "address" or not words_of(each).isdisjoint(_BYLINE_WORDS) for each in aside.iter("*"))


def _is_list(around: Element, *, is_near: bool) -> bool:
    """A list of stories, as far as its tag and its name tell."""
    if around.tag == "a" or (around.tag == "li" and not (is_near and around.find(".//a") is None)):
        return True
    words = words_of(around)
    if is_near:
        # What is named after a date too ("byline-and-comments") holds the date all the same.
        is_links = words & _OTHERS != {"nav"} or around.find(".//a") is not None
        return not _OTHERS.isdisjoint(words) and words.isdisjoint(_NEAR_WORDS) and is_links
    return not _OTHERS.isdisjoint(words) or not _LISTS.isdisjoint(words)
