"""The rising chain of pairs that weighs most, in n log n."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from archivist.diff.align import Pair

__all__ = ["heaviest_chain"]

_Chain: TypeAlias = tuple[float, int]
"""The weight of a chain, and the place of its last pair."""


def heaviest_chain(candidates: Iterable[tuple[Pair, float]], *, width: int) -> list[Pair]:
    """The chain that rises on both sides with the greatest sum of weights.

    A Fenwick tree over the second side knows for each place the best chain that ends before it.

    Args:
        candidates: pairs with their weights, by rising first index; those with one first index by falling second
            index, so that none can follow another of its row.
        width: number of items on the second side.
    """
    tree: list[_Chain] = [(0.0, -1)] * (width + 1)
    links: list[tuple[Pair, int]] = []
    for pair, weight in candidates:
        total, previous = _best_before(tree, pair[1])
        links.append((pair, previous))
        _enter(tree, pair[1], (total + weight, len(links) - 1))
    chain: list[Pair] = []
    at = _best_before(tree, width)[1]
    while at >= 0:
        pair, at = links[at]
        chain.append(pair)
    return chain[::-1]


def _best_before(tree: Sequence[_Chain], column: int) -> _Chain:
    best = (0.0, -1)
    while column > 0:
        if tree[column][0] > best[0]:
            best = tree[column]
        column -= column & -column
    return best


def _enter(tree: list[_Chain], column: int, chain: _Chain) -> None:
    column += 1
    while column < len(tree):
        if chain[0] > tree[column][0]:
            tree[column] = chain
        column += column & -column
