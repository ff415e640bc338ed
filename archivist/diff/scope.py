"""Which passages of two pages are the article's text, judged with both pages in hand.

One page alone must be believed when it calls a passage its text. Two pages tell more: a passage that stands on both is
no edit wherever either reading put it; and what was edited stands where the unchanged paragraphs stand, while an
advertisement or a promotion stands in a box of its own, whatever its classes are called.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from archivist.diff.align import matches
from archivist.diff.furniture import is_furniture
from archivist.diff.key import key
from archivist.model.article import Block
from archivist.model.outline import Passage

__all__ = ["Scope", "scope"]

KNOWN: Final = 4
"""Paragraphs in one place from which it is where the article's text stands."""
FEW: Final = 0.25
"""Share of the paragraphs that is enough where an article has fewer."""
NEARLY_ALL: Final = 0.8
TIMES: Final = 3
"""How much more prose must stand still elsewhere for both readings to be wrong about where the article is."""
STANDING: Final = 0.66
"""Share of a list's items on both pages from which it is the article's, and not one that turns."""
MINOR: Final = 0.1
"""Share of the paragraphs below which a place is a box of its own, however many it has."""
PROSE: Final = 25
"""Characters from which a passage speaks for the place where it stands."""
SAID: Final = 60
"""Characters from which it says something."""

_INNER: Final = re.compile(
    r"/(?:p|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|table|thead|tbody|tfoot|tr|figure|figcaption|center|font|span|b|q)"
)
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d\d(?:\s?(?:uhr|h|am|pm|a\.m\.|p\.m\.))?", re.IGNORECASE)
_WORD: Final = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is compared of one page."""

    blocks: tuple[Block, ...]
    is_sure: tuple[bool, ...]
    """By block: it stands where the article's paragraphs stand."""
    left_out: int
    """Passages that the other page does not have, and that are no part of the article."""


def scope(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Scope, Scope]:
    """The passages of each page that belong to the article, as far as both pages together tell."""
    if _is_elsewhere(old, new):
        old, new = _believed(old, new)
    old_keys, new_keys = [key(passage.block.text) for passage in old], [key(passage.block.text) for passage in new]
    pairs = matches(old_keys, new_keys)
    shared = [(i, j) for i, j in pairs if old[i].is_main or new[j].is_main]
    entries = (_entries(old), _entries(new))
    if 2 * sum(i in entries[0] for i, _ in shared) > len(shared):
        entries = (frozenset(), frozenset())  # a report minute by minute is one itself
    places = _places([(old[i], new[j]) for i, j in shared if i not in entries[0]], old, new)
    # What is apart on one page and not on the other is named so for no good reason.
    mixed = {_place(old[i].block.path) for i, j in shared if old[i].is_apart != new[j].is_apart}
    mixed |= {_place(new[j].block.path) for i, j in shared if old[i].is_apart != new[j].is_apart}
    sides = [
        _Side(
            passages=passages,
            keys=keys,
            shared={pair[at] for pair in shared},
            paired={pair[at] for pair in pairs},
            mixed=mixed,
            entries=entries[at],
        )
        for at, (passages, keys) in enumerate(((old, old_keys), (new, new_keys)))
    ]
    before, after = (side.chosen(places) for side in sides)
    # What the other page has too, outside of its article, was not edited.
    old_around = set(old_keys) - {old_keys[at] for at in before}
    new_around = set(new_keys) - {new_keys[at] for at in after}
    return sides[0].scope(before, without=new_around), sides[1].scope(after, without=old_around)


def _entries(passages: Sequence[Passage]) -> frozenset[int]:
    """Paragraphs below a time of day, in one box with it."""
    return frozenset(
        at
        for at, (clock, passage) in enumerate(pairwise(passages), start=1)
        if _CLOCK.fullmatch(clock.block.text)
        and clock.block.path.count("/") >= passage.block.path.count("/") - 1
        and passage.block.path.startswith(clock.block.path.rpartition("/")[0])
    )


def _is_elsewhere(old: Sequence[Passage], new: Sequence[Passage]) -> bool:
    """No reading found an article, or both took for it a small part of what stands still on both pages."""
    told = [sum(len(one.block.text) for one in side if one.is_main and _speaks(one)) for side in (old, new)]
    if not any(told):
        return True
    # Most pages need no second look.
    total = sum(len(one.block.text) for one in old)
    return total > TIMES * max(told) and max(_standing(old, new).values(), default=0) > TIMES * max(told)


def _standing(old: Sequence[Passage], new: Sequence[Passage]) -> Counter[str]:
    """Characters of prose that stands on both pages, by place."""
    known = {key(passage.block.text) for passage in new}
    prose: Counter[str] = Counter()
    for passage in old:
        if _speaks(passage) and not passage.is_apart and key(passage.block.text) in known:
            prose[_place(passage.block.path)] += len(passage.block.text) - passage.linked
    return prose


def _believed(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Where no reading found an article: the place that holds most prose which stands on both pages."""
    prose = _standing(old, new)
    best = max(prose, key=lambda place: (prose[place], place), default="")
    before, after = (
        [replace(one, is_main=not one.is_apart and _place(one.block.path) == best) for one in side]
        for side in (old, new)
    )
    return before, after


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where the paragraphs of the article stand, on both pages."""

    counts: Mapping[str, int]
    marks: Mapping[str, frozenset[str]]
    """Words in class and id that nearly all paragraphs of one place have around them, on both pages."""
    words: Mapping[str, frozenset[str]]
    """All such words of a place whose paragraphs share them, or have none: what has others there is of another kind."""
    lists: frozenset[str]
    """Words in class and id of the lists and tables that stand on both pages."""
    total: int

    def holds(self, passage: Passage) -> bool:
        """The passage stands where the article's paragraphs stand."""
        place = _place(passage.block.path)
        if self.counts.get(place, 0) < max(min(KNOWN, max(1, self.total * FEW)), self.total * MINOR):
            return False
        words = _words(passage.marks)
        own = _words(passage.own)
        if own and own.isdisjoint(self.lists):
            return False
        wanted = self.marks.get(place, frozenset())
        if wanted:
            return not wanted.isdisjoint(words)
        known = self.words.get(place)
        return known is None or not words or not known.isdisjoint(words)


def _places(shared: Sequence[tuple[Passage, Passage]], old: Sequence[Passage], new: Sequence[Passage]) -> _Places:
    """Of the unchanged paragraphs; where there are hardly any, of all that both readings took for the text."""
    before = [one for one, _ in shared if _speaks(one)]
    after = [one for _, one in shared if _speaks(one)]
    if len(before) < KNOWN:
        before = [passage for passage in old if passage.is_main and _speaks(passage)]
        after = [passage for passage in new if passage.is_main and _speaks(passage)]
    counts = Counter(_place(one.block.path) for one in before) | Counter(_place(one.block.path) for one in after)
    marks, words = _marks([*before, *after])
    lists = _standing_lists([one for one, _ in shared], old) | _standing_lists([one for _, one in shared], new)
    return _Places(counts=counts, marks=marks, words=words, lists=lists, total=max(len(before), len(after)))


def _standing_lists(shared: Sequence[Passage], page: Sequence[Passage]) -> frozenset[str]:
    """Words in class and id of lists and tables most of whose items stand on both pages; the others turn."""
    still = Counter(passage.own for passage in shared)
    there = Counter(passage.own for passage in page)
    return frozenset(word for own, count in still.items() if count >= STANDING * there[own] for word in _words(own))


def _marks(passages: Sequence[Passage]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """By place: the words that nearly all paragraphs have around them; and all words, where they are shared ones."""
    groups: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for passage in passages:
        groups[_place(passage.block.path)].append(_words(passage.marks))
    common: dict[str, frozenset[str]] = {}
    known: dict[str, frozenset[str]] = {}
    for place, each in groups.items():
        counts = Counter(word for words in each for word in words)
        common[place] = frozenset(word for word, count in counts.items() if count >= NEARLY_ALL * len(each))
        # Each unchanged paragraph is there twice, once for each page.
        shared = frozenset(word for word, count in counts.items() if count > 2)
        if sum(not words or not words.isdisjoint(shared) for words in each) >= NEARLY_ALL * len(each):
            known[place] = frozenset(counts)
    return common, known


@lru_cache(maxsize=4_096)
def _words(marks: str) -> frozenset[str]:
    return frozenset(_WORD.findall(marks))


def _speaks(passage: Passage) -> bool:
    return passage.block.kind in ("paragraph", "quote", "list-item") and len(passage.block.text) >= PROSE


@lru_cache(maxsize=4_096)
def _place(path: str) -> str:
    """The path without what a paragraph, a list or a table is made of; loose text has a place of its own."""
    head = path
    while True:
        at = head.rfind("/")
        if at < 0 or not _INNER.fullmatch(head, at):
            return head if head != path else f"{path}/"
        head = head[:at]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One page, and what of it the other page has."""

    passages: Sequence[Passage]
    keys: Sequence[str]
    shared: Collection[int]
    """Passages that stand on both pages and belong to the article by either reading."""
    paired: Collection[int]
    """All passages that stand on both pages."""
    mixed: Collection[str]
    """Places in which unchanged paragraphs are apart on one page only."""
    entries: Collection[int]
    """Passages of a ticker beside the article, which goes on by itself."""

    def chosen(self, places: _Places) -> dict[int, bool]:
        """Which passages belong to the article, and of each whether it is sure."""
        first, last = min(self.shared, default=0), max(self.shared, default=len(self.passages))
        chosen: dict[int, bool] = {}
        for at, passage in enumerate(self.passages):
            if at in self.paired and at not in self.shared:
                continue
            is_near = first - 1 <= at <= last + 1
            if not (passage.is_main or is_near or at in self.shared):
                continue
            is_free = passage.is_main or not passage.is_apart or _place(passage.block.path) in self.mixed
            is_place = at not in self.entries and (places.holds(passage) or self._is_beside_still(at))
            is_sure = is_free and is_place
            if at in self.shared or ((passage.is_main or is_sure) and not is_furniture(passage)):
                chosen[at] = is_sure
        return chosen

    def _is_beside_still(self, at: int) -> bool:
        """A paragraph of the reading's text in one element with one that stands still: a few stand above the text."""
        passage = self.passages[at]
        if not passage.is_main or passage.linked or len(passage.block.text) < SAID or passage.block.kind != "paragraph":
            return False
        beside = (self.passages[other] for other in (at - 1, at + 1) if other in self.shared)
        return any((one.block.path, one.marks) == (passage.block.path, passage.marks) for one in beside)

    def scope(self, chosen: Mapping[int, bool], *, without: Collection[str]) -> Scope:
        """The chosen passages but those with these keys."""
        kept = {at: is_sure for at, is_sure in chosen.items() if self.keys[at] not in without}
        return Scope(
            blocks=tuple(self.passages[at].block for at in kept),
            is_sure=tuple(kept.values()),
            left_out=len(self.passages) - len(self.paired) - sum(at not in self.paired for at in kept),
        )
