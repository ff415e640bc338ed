"""The main text, block by block: what stayed, what moved, what was edited, what came and went.

1. Equal blocks are pairs: in order first, then wherever they stand.
2. In the gaps between equal blocks in order, similar blocks are pairs; then clearly similar ones wherever they stand.
3. Of all pairs those that weigh most keep their place; an equal pair out of order is a move.
4. What has no pair was inserted or deleted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from archivist.diff.align import Pair, align
from archivist.diff.chain import heaviest_chain
from archivist.diff.key import key
from archivist.diff.similar import FULL, features, pair_anywhere, pair_similar
from archivist.diff.words import compare_words
from archivist.model.article import Block
from archivist.model.change import BlockChange, Span

__all__ = ["BlockComparison", "compare_blocks"]


PARAGRAPH: Final = 60
"""Characters from which a block counts as one, however long: one long paragraph moves rather than three short ones."""
SLIGHT: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockComparison:
    """Every block of both sides, once."""

    same: tuple[Pair, ...]
    """Indices of equal blocks that kept their place."""
    changes: tuple[BlockChange, ...]
    """In the order of the newer text, deletions where they stood."""
    is_approximate: bool
    """A bound of work was met: some blocks were held only against those at about the same place."""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Indices of all blocks that exist on both sides: same, moved or edited."""
        changed = (
            (change.old_index, change.new_index)
            for change in self.changes
            if change.old_index is not None and change.new_index is not None
        )
        return tuple(sorted([*self.same, *changed]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairing:
    """Which block is which."""

    equal: list[Pair]
    edited: list[Pair]
    kept: list[Pair]
    """Those of both kinds that keep their order."""
    is_exact: bool

    def turned(self) -> _Pairing:
        """The same, seen from the other side."""
        equal, edited, kept = ([(i, j) for j, i in pairs] for pairs in (self.equal, self.edited, self.kept))
        return _Pairing(equal=equal, edited=edited, kept=kept, is_exact=self.is_exact)


def compare_blocks(old: Sequence[Block], new: Sequence[Block]) -> BlockComparison:
    """Every block of both sides accounted for exactly once.

    The same blocks are paired when the sides are exchanged.
    """
    old_keys, new_keys = [key(block.text) for block in old], [key(block.text) for block in new]
    # See align.matches: the outcome must not depend on which side is called old.
    pairing = _pairing(new_keys, old_keys).turned() if new_keys < old_keys else _pairing(old_keys, new_keys)
    moved = set(pairing.equal) - set(pairing.kept)
    paired = pairing.equal + pairing.edited
    changes = [
        *(_pair("move", old, new, pair) for pair in moved),
        *(_pair("replace", old, new, pair) for pair in pairing.edited),
        *(_deletion(old[i], i) for i in set(range(len(old))) - {i for i, _ in paired}),
        *(_insertion(new[j], j) for j in set(range(len(new))) - {j for _, j in paired}),
    ]
    same = tuple(sorted(set(pairing.equal) - moved))
    return BlockComparison(same=same, changes=_in_order(changes, pairing.kept), is_approximate=not pairing.is_exact)


def _pairing(old_keys: Sequence[str], new_keys: Sequence[str]) -> _Pairing:
    alignment = align(old_keys, new_keys)
    in_order = alignment.pairs
    equal = in_order + _elsewhere(old_keys, new_keys, in_order)
    edited, is_full = _edits(old_keys, new_keys, in_order=in_order, equal=equal)
    weights = (((i, j), _weight(old_keys[i])) for i, j in sorted(equal + edited))
    kept = heaviest_chain(weights, width=len(new_keys))
    return _Pairing(equal=equal, edited=edited, kept=kept, is_exact=alignment.is_exact and is_full)


def _weight(text: str) -> float:
    """What speaks for leaving a block where it is: the fewest are said to have moved, and of equally many the short."""
    return 1 + min(len(text), PARAGRAPH) + len(text) * SLIGHT


def _elsewhere(old_keys: Sequence[str], new_keys: Sequence[str], in_order: Sequence[Pair]) -> list[Pair]:
    """Equal blocks that are out of order, first with first."""
    old_taken, new_taken = {i for i, _ in in_order}, {j for _, j in in_order}
    places: dict[str, deque[int]] = defaultdict(deque)
    for j, new_key in enumerate(new_keys):
        if j not in new_taken:
            places[new_key].append(j)
    return [
        (i, places[old_key].popleft())
        for i, old_key in enumerate(old_keys)
        if i not in old_taken and places.get(old_key)
    ]


def _edits(
    old_keys: Sequence[str], new_keys: Sequence[str], *, in_order: Sequence[Pair], equal: Sequence[Pair]
) -> tuple[list[Pair], bool]:
    """Blocks that are two forms of one: those in the gaps, then those elsewhere; and whether all were held together."""
    is_full = True
    old_taken, new_taken = {i for i, _ in equal}, {j for _, j in equal}
    old_left = {i: features(text) for i, text in enumerate(old_keys) if i not in old_taken}
    new_left = {j: features(text) for j, text in enumerate(new_keys) if j not in new_taken}
    edits: list[Pair] = []
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *in_order, (len(old_keys), len(new_keys))]):
        old_gap = [n for n in range(i + 1, next_i) if n in old_left]
        new_gap = [n for n in range(j + 1, next_j) if n in new_left]
        is_full &= len(old_gap) * len(new_gap) <= FULL
        found = pair_similar([old_left[n] for n in old_gap], [new_left[n] for n in new_gap])
        edits.extend((old_gap[a], new_gap[b]) for a, b in found)
    for i, j in edits:
        del old_left[i], new_left[j]
    old_rest, new_rest = list(old_left), list(new_left)
    found = pair_anywhere(list(old_left.values()), list(new_left.values()))
    return edits + [(old_rest[a], new_rest[b]) for a, b in found], is_full


def _pair(op: str, old: Sequence[Block], new: Sequence[Block], pair: Pair) -> BlockChange:
    before, after = old[pair[0]], new[pair[1]]
    return BlockChange(
        op="move" if op == "move" else "replace",
        kind=after.kind,
        old=before.text,
        new=after.text,
        old_index=pair[0],
        new_index=pair[1],
        words=compare_words(before.text, after.text),
    )


def _deletion(block: Block, at: int) -> BlockChange:
    words = (Span(op="delete", text=block.text),) if block.text else ()
    return BlockChange(
        op="delete", kind=block.kind, old=block.text, new=None, old_index=at, new_index=None, words=words
    )


def _insertion(block: Block, at: int) -> BlockChange:
    words = (Span(op="insert", text=block.text),) if block.text else ()
    return BlockChange(
        op="insert", kind=block.kind, old=None, new=block.text, old_index=None, new_index=at, words=words
    )


def _in_order(changes: Sequence[BlockChange], kept: Sequence[Pair]) -> tuple[BlockChange, ...]:
    """The changes as one reads the newer text; a deletion follows what stood before it."""
    old_kept = [i for i, _ in kept]

    def place(change: BlockChange) -> tuple[int, int, int]:
        if change.new_index is not None:
            return (change.new_index, 0, 0)
        old_index = change.old_index or 0
        before = bisect_left(old_kept, old_index)
        return (kept[before - 1][1] if before else -1, 1, old_index)

    return tuple(sorted(changes, key=place))
