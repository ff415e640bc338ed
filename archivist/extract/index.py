"""What the elements of a page are called, gathered in one walk.

A page has a thousand elements and two hundred different classes. Each class is taken apart once, all of them together;
who looks for what is named after an author or a date asks for all such elements at once, not of every one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml import etree

from archivist.extract.html import Element, Memory, remembered

__all__ = ["MAX_MARKS", "Index", "index_of", "is_hidden", "marks_of", "words_in", "words_of"]

MAX_MARKS: Final = 500
"""Characters of class and id that are looked at."""

_TELLING: Final = frozenset(
    "hidden itemprop itemtype property typeof rel data-testid data-test-id data-test data-qa data-component "
    "data-link-name data-type aria-label".split()
)
"""Attributes besides class and id that say what an element is."""
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_WORD_OR_END: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\0")
_END: Final = "\0"
"""Between names that are taken apart together: no parsed text has it."""
_NO_LETTERS: Final = bytes(code if chr(code).isalpha() or not code else 0x20 for code in range(0x80)) + b" " * 0x80
_HIDDEN_ENDINGS: Final = (
    *("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader", "screen-reader-only"),
    *("a11y-hidden", "show-for-sr", "element-invisible", "offscreen-text"),
)
"""How classes end that leave a text to screen readers, with the prefix of whatever style sheet before it."""
_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The elements of a page, in document order, by what they are called."""

    elements: Sequence[Element]
    """All of them; lxml makes an object anew for each that nobody holds."""
    plain: Sequence[Element]
    """Those without any attribute."""
    telling: Mapping[str, Sequence[Element]]
    """Those with an attribute that says what they are, class and id left out, by its name."""
    named: Sequence[tuple[frozenset[str], Sequence[Element]]]
    """Those with a class or an id, by the words in them."""
    known: dict[frozenset[str], AbstractSet[Element]] = field(default_factory=dict)
    """Answers that were given."""

    def called(self, words: frozenset[str]) -> AbstractSet[Element]:
        """The elements in whose class or id one of the words stands."""
        found = self.known.get(words)
        if found is None:
            is_other = words.isdisjoint
            found = {each for own, alike in self.named if not is_other(own) for each in alike}
            self.known[words] = found
        return found

    def place(self, element: Element) -> int:
        """The number of the element on its page."""
        return self.elements.index(element)

    def after(self, element: Element) -> Sequence[Element]:
        """All that begin after the end of this one."""
        inner = sum(1 for _ in element.iter(etree.Element))
        return self.elements[self.place(element) + inner :]


@remembered
def index_of(root: Element) -> Index:
    """The index of a page.

    Args:
        root: its outermost element.
    """
    elements = list(root.iter(etree.Element))
    plain: list[Element] = []
    telling: dict[str, list[Element]] = {name: [] for name in _TELLING}
    by_marks: dict[str, list[Element]] = {}
    is_silent = _TELLING.isdisjoint
    for element in elements:
        attributes = element.keys()
        if not attributes:
            plain.append(element)
            continue
        marks = element.get("class") if "class" in attributes else None
        if "id" in attributes:
            marks = f"{marks or ''} {element.get('id')}"
        if marks:
            if marks in by_marks:
                by_marks[marks].append(element)
            else:
                by_marks[marks] = [element]
        if not is_silent(attributes):
            for name in _TELLING.intersection(attributes):
                telling[name].append(element)
    named = list(zip(_words_in_all(by_marks), by_marks.values(), strict=True))
    known = dict.fromkeys(elements, _NOTHING)
    for words, alike in named:
        for element in alike:
            known[element] = words
    _WORDS.update(known)
    _HIDDEN.update(dict.fromkeys(elements, False))
    _HIDDEN.update((element, _is_hidden(element)) for element in _hiding(by_marks))
    _HIDDEN.update(dict.fromkeys(telling["hidden"], True))
    return Index(elements=elements, plain=plain, telling=telling, named=named)


def marks_of(element: Element) -> str:
    """The element's class and id."""
    attributes = element.keys()  # a third of all elements has none, and to look for one takes longer than to see that
    marks = (element.get("class") or "") if "class" in attributes else ""
    name = element.get("id") if "id" in attributes else None
    return (f"{marks} {name}" if marks else name) if name else marks


def _words_in_all(names: Iterable[str]) -> list[frozenset[str]]:
    """The words in each of the names."""
    short = [name[:MAX_MARKS] for name in names]
    plain = [name for name in short if name.islower() and name.isascii()]  # most are: other signs part the words
    texts = _END.join(plain).encode().translate(_NO_LETTERS).decode().split(_END)
    known = dict(zip(plain, texts, strict=False))
    other = [name for name in short if name not in known]
    known.update(zip(other, " ".join(_WORD_OR_END.findall(_END.join(other))).lower().split(_END), strict=False))
    return [frozenset(known[name].split()) for name in short]


@lru_cache(maxsize=4_096)
def words_in(name: str) -> frozenset[str]:
    """The words in one class or id, or in several."""
    return frozenset(map(str.lower, _WORD.findall(name)))


def _words_of(element: Element) -> frozenset[str]:
    index_of(element.getroottree().getroot())
    return _WORDS.get(element) or words_in(marks_of(element)[:MAX_MARKS])


_WORDS: Final = Memory(_words_of)

words_of = _WORDS.__getitem__
"""The words in class and id, in lower case: ``articleBody__lead-text`` has article, body, lead and text."""


def _hiding(by_marks: Mapping[str, Sequence[Element]]) -> Iterator[Element]:
    """The elements in whose class or id one of the endings stands, wherever that is."""
    text = _END.join(by_marks).lower()
    if endings := [ending for ending in _HIDDEN_ENDINGS if ending in text]:
        for marks, alike in by_marks.items():
            lower = marks.lower()
            if any(map(lower.__contains__, endings)):
                yield from alike


def _is_hidden(element: Element) -> bool:
    names = (element.get("class") or "").lower().split()
    return element.get("hidden") is not None or any(name.endswith(_HIDDEN_ENDINGS) for name in names)


def _asked_whether_hidden(element: Element) -> bool:
    index_of(element.getroottree().getroot())
    known = _HIDDEN.get(element)
    return _is_hidden(element) if known is None else known


_HIDDEN: Final = Memory(_asked_whether_hidden)

is_hidden = _HIDDEN.__getitem__
"""The element is there for machines or screen readers only."""
