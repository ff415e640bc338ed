"""Two sequences aligned by their equal items, in near-linear time and always with the same result.

Patience first: items that occur once on each side are anchors, and the gaps between them are aligned in turn. A small
gap without anchors gets its longest common subsequence; a large one, or one too deep, pairs the k-th occurrence of an
item with the k-th on the other side. Work is bounded by counts, never by a clock, so that an answer does not depend on
how busy the machine is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

__all__ = ["Alignment", "Pair", "align", "matches"]

Pair: TypeAlias = tuple[int, int]

MAX_CELLS = 10_000
"""A gap of 100 by 100 items: n items in such gaps cost at most 100 n steps."""
MAX_DEPTH = 24
"""Rounds of patience: text needs three or four; what needs more was made to be slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Which items of two sequences are the same."""

    pairs: list[Pair]
    """Indices, rising on both sides."""
    is_exact: bool
    """No bound of work was met."""


def align(old: Sequence[str], new: Sequence[str]) -> Alignment:
    """The equal items of both sides, in order.

    ``align(new, old)`` is the same alignment seen from the other side: among equally good alignments an algorithm
    takes the first, so the two sides are put in an order that does not depend on which is called old.
    """
    if list(new) < list(old):
        turned = _align(new, old)
        return Alignment(pairs=[(i, j) for j, i in turned.pairs], is_exact=turned.is_exact)
    return _align(old, new)


def matches(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Index pairs of equal items, rising on both sides."""
    return align(old, new).pairs


def _longest_increasing(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest run of pairs, given in rising order of the first item, that rises in the second too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(second)
            ends.append(at)
        else:
            tails[place] = second
            ends[place] = at
    chain: list[Pair] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _align(old: Sequence[str], new: Sequence[str]) -> Alignment:
    found: list[Pair] = []
    is_exact = True
    gaps = [(0, len(old), 0, len(new), 0)]
    while gaps:
        old_start, old_end, new_start, new_end, depth = gaps.pop()
        while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
            found.append((old_start, new_start))
            old_start, new_start = old_start + 1, new_start + 1
        while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
            old_end, new_end = old_end - 1, new_end - 1
            found.append((old_end, new_end))
        if old_start == old_end or new_start == new_end:
            continue
        old_gap, new_gap = old[old_start:old_end], new[new_start:new_end]
        anchors = _anchors(old_gap, new_gap) if depth < MAX_DEPTH else []
        if anchors:
            fence = [(-1, -1), *anchors, (len(old_gap), len(new_gap))]
            gaps.extend(
                (old_start + i + 1, old_start + next_i, new_start + j + 1, new_start + next_j, depth + 1)
                for (i, j), (next_i, next_j) in pairwise(fence)
            )
        else:
            is_small = len(old_gap) * len(new_gap) <= MAX_CELLS
            # Where nothing of a gap is on both sides there was nothing to find.
            is_exact &= is_small or set(old_gap).isdisjoint(new_gap)
            anchors = _common_subsequence(old_gap, new_gap) if is_small else _occurrences(old_gap, new_gap)
        found.extend((old_start + i, new_start + j) for i, j in anchors)
    return Alignment(pairs=sorted(found), is_exact=is_exact)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Items that occur exactly once on each side."""
    new_counts = Counter(new)
    places = {item: at for at, item in enumerate(new) if new_counts[item] == 1}
    old_counts = Counter(old)
    return _longest_increasing(
        [(at, places[item]) for at, item in enumerate(old) if item in places and old_counts[item] == 1]
    )


def _occurrences(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The k-th occurrence of an item with the k-th on the other side."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, item in enumerate(new):
        places[item].append(at)
    seen: Counter[str] = Counter()
    pairs: list[Pair] = []
    for at, item in enumerate(old):
        nth = seen[item]
        if nth < len(places.get(item, ())):
            pairs.append((at, places[item][nth]))
        seen[item] += 1
    return _longest_increasing(pairs)


def _common_subsequence(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The longest common subsequence, by the table."""
    width = len(new)
    # lengths[i][j]: of the longest common subsequence of old[i:] and new[j:].
    lengths = [[0] * (width + 1)]
    for item in reversed(old):
        below = lengths[-1]
        row = [0] * (width + 1)
        for j in range(width - 1, -1, -1):
            row[j] = below[j + 1] + 1 if item == new[j] else max(below[j], row[j + 1])
        lengths.append(row)
    lengths.reverse()
    pairs: list[Pair] = []
    i = j = 0
    while i < len(old) and j < width:
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs
