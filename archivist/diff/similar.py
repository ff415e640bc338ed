"""Which blocks are two forms of one: similar enough, and in the same order on both sides."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from archivist.diff.align import Pair
from archivist.diff.chain import heaviest_chain
from archivist.diff.words import CJK

__all__ = ["ENOUGH", "FULL", "Likeness", "features", "likeness", "pair_anywhere", "pair_similar"]

Likeness: TypeAlias = frozenset[str]

_WORDS = re.compile(r"[^\W_]+")
_SIGNS = re.compile(f"[{CJK}]")

ENOUGH = 0.5
"""Share of words in common from which two blocks are one that was edited."""
FULL = 6_400
"""Cells of a gap up to which every block is held against every other: 80 by 80."""
BAND = 20
"""In a larger gap a block is held against the 20 before and after its proportional place."""
CLEARLY = 0.6
"""Share of words in common from which a block elsewhere is the same one, edited."""
RARE = 8
"""A word that stands in at most so many blocks helps to find one."""
CANDIDATES = 3
"""How many of the blocks found by rare words are looked at."""


@lru_cache(maxsize=8_192)
def features(text: str) -> Likeness:
    """What a text is recognised by: its words in lower case, and pairs of neighbouring signs where those are words."""
    words = _WORDS.findall(text.casefold())
    if text.isascii():
        found = {word for word in words if len(word) > 1}
    else:
        signs = [sign for word in words for sign in _SIGNS.findall(word)]
        found = {a + b for a, b in pairwise(signs)}
        found.update(part for word in words for part in _SIGNS.split(word) if len(part) > 1)
    return frozenset(found or words or {text})


def likeness(old: Likeness, new: Likeness) -> float:
    """0 to 1: the share of features that both have (Dice)."""
    return 2 * len(old & new) / (len(old) + len(new))


def pair_similar(old: Sequence[Likeness], new: Sequence[Likeness]) -> list[Pair]:
    """Index pairs of similar items, rising on both sides, with the greatest sum of likeness."""
    candidates = (
        ((i, j), alike)
        for i, item in enumerate(old)
        for j in reversed(_window(i, len(old), len(new)))
        if (alike := likeness(item, new[j])) >= ENOUGH
    )
    return heaviest_chain(candidates, width=len(new))


def pair_anywhere(old: Sequence[Likeness], new: Sequence[Likeness]) -> list[Pair]:
    """Index pairs of items that are alike wherever they stand, the likest first served.

    Candidates are those that share a rare feature, so that the work stays near linear.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for j, item in enumerate(new):
        for feature in item:
            places[feature].append(j)
    found: list[tuple[float, int, int]] = []
    for i, item in enumerate(old):
        shared = Counter(j for feature in item if len(places.get(feature, ())) <= RARE for j in places.get(feature, ()))
        for j, _ in sorted(shared.items(), key=lambda entry: (-entry[1], entry[0]))[:CANDIDATES]:
            alike = likeness(item, new[j])
            if alike >= CLEARLY:
                found.append((-alike, i, j))
    pairs: list[Pair] = []
    old_taken: set[int] = set()
    new_taken: set[int] = set()
    for _, i, j in sorted(found):
        if i not in old_taken and j not in new_taken:
            pairs.append((i, j))
            old_taken.add(i)
            new_taken.add(j)
    return sorted(pairs)


def _window(i: int, height: int, width: int) -> range:
    if height * width <= FULL:
        return range(width)
    centre = i * width // height
    return range(max(0, centre - BAND), min(width, centre + BAND + 1))
