"""The Merkle tree of RFC 6962 over SHA-256: roots, proofs, and their verification.

Rule 1: this file knows hashes and positions, neither files nor what an entry means.
Rule 2: a verifier returns None or raises; there is no boolean that someone can forget to read.

A *node* is named by (level, index): the root of the complete subtree over the 2^level leaves that start at
index * 2^level. Whoever can give nodes (tiles, a list in memory) can have any root and any proof.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Self, TypeAlias

from archivist.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    NodeReader: TypeAlias = Callable[[int, int], bytes]

__all__ = [
    "EMPTY_ROOT",
    "HASH_LENGTH",
    "Frontier",
    "ProofFailed",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "root",
    "root_at",
    "verify_consistency",
    "verify_inclusion",
]

HASH_LENGTH = 32
"""Bytes of a SHA-256."""

EMPTY_ROOT = sha256(b"").digest()
"""RFC 6962 2.1: the hash of an empty list is the hash of an empty string."""


class ProofFailed(FormatError):
    """A Merkle proof does not prove what it claims to prove."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 || entry) (RFC 6962 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right) (RFC 6962 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """The Merkle Tree Hash over these leaf hashes (RFC 6962 2.1)."""
    frontier = Frontier()
    for leaf in hashes:
        frontier.append(leaf)
    return frontier.root()


def root_at(size: int, *, node: NodeReader) -> bytes:
    """The Merkle Tree Hash over the first ``size`` leaves, from at most log2(size) nodes."""
    return _span(0, size, node) if size else EMPTY_ROOT


class Frontier:
    """The right edge of a growing tree: everything that is needed to append and to know the root, in O(log n).

    It holds the roots of the complete subtrees into which the binary digits of the size cut the leaves.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._peaks: list[bytes] = []

    @classmethod
    def at(cls, size: int, *, node: NodeReader) -> Self:
        """The frontier of the tree over the first ``size`` leaves, from at most log2(size) nodes."""
        frontier = cls()
        frontier._size = size
        frontier._peaks = [node(level, index) for level, index in _cover(0, size)]
        return frontier

    @property
    def size(self) -> int:
        """The number of leaves appended."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """The tree has one more leaf, whose hash is ``leaf``."""
        joined = leaf
        remaining = self._size
        while remaining & 1:  # two subtrees of equal height become one
            joined = node_hash(self._peaks.pop(), joined)
            remaining >>= 1
        self._peaks.append(joined)
        self._size += 1

    def root(self) -> bytes:
        """The Merkle Tree Hash over all leaves appended so far."""
        return _fold(self._peaks) if self._peaks else EMPTY_ROOT


def inclusion_proof(index: int, size: int, *, node: NodeReader) -> tuple[bytes, ...]:
    """The audit path of leaf ``index`` in the tree of ``size`` leaves, from the leaf upward (RFC 6962 2.1.1).

    Raises:
        ProofFailed: there is no such leaf.
    """
    if not 0 <= index < size:
        raise ProofFailed(f"leaf {index} is not in a tree of size {size}")
    path = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_span(middle, high, node))
            high = middle
        else:
            path.append(_span(low, middle, node))
            low = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, *, node: NodeReader) -> tuple[bytes, ...]:
    """The proof that the tree of ``new`` leaves begins with the tree of ``old`` leaves (RFC 6962 2.1.2).

    Raises:
        ProofFailed: the old tree is empty, which proves nothing, or larger than the new one.
    """
    _check_sizes(old, new)
    path = []
    low, high = 0, new
    while high > old:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_span(middle, high, node))
            high = middle
        else:
            path.append(_span(low, middle, node))
            low = middle
    # SUBPROOF(m, D[m], true) is empty: only a tree that is whole in itself is known to the verifier already.
    if low > 0:
        path.append(_span(low, high, node))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, *, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Return when ``leaf`` is the hash of leaf ``index`` in the tree of ``size`` leaves with this root.

    The steps are those of RFC 9162 2.1.3.2, which spells out what RFC 6962 2.1.1 leaves to the reader.

    Raises:
        ProofFailed: in every other case.
    """
    if not 0 <= index < size:
        raise ProofFailed(f"leaf {index} is not in a tree of size {size}")
    _check_hashes((leaf, *proof))
    position, last = index, size - 1
    computed = leaf
    for sibling in proof:
        if last == 0:
            raise ProofFailed("inclusion proof is too long")
        if position & 1 or position == last:
            computed = node_hash(sibling, computed)
            position, last = _climb_to_right_child(position, last)
        else:
            computed = node_hash(computed, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofFailed("inclusion proof is too short")
    if computed != root:
        raise ProofFailed(f"inclusion proof of leaf {index} leads to another root")


def verify_consistency(old: int, new: int, *, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Return when the tree of ``new`` leaves begins with the tree of ``old`` leaves (RFC 9162 2.1.4.2).

    Raises:
        ProofFailed: in every other case, and for an empty old tree: every tree begins with it.
    """
    _check_sizes(old, new)
    if old == new:
        if proof:
            raise ProofFailed("consistency proof of a tree with itself is not empty")
        if old_root != new_root:
            raise ProofFailed(f"two roots for one tree size {old}")
        return
    if not proof:
        raise ProofFailed("consistency proof is empty")
    # A power of two: the old root is itself a node of the new tree, and the proof leaves it out.
    path = (old_root, *proof) if old & (old - 1) == 0 else tuple(proof)
    _check_hashes(path)
    computed_old, computed_new = _replay(path, old - 1, new - 1)
    if computed_old != old_root:
        raise ProofFailed(f"consistency proof leads to another root at size {old}")
    if computed_new != new_root:
        raise ProofFailed(f"consistency proof leads to another root at size {new}")


def _replay(path: Sequence[bytes], position: int, last: int) -> tuple[bytes, bytes]:
    """The old and the new root to which a consistency path leads (RFC 9162 2.1.4.2, steps 3 to 6)."""
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofFailed("consistency proof is too long")
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            position, last = _climb_to_right_child(position, last)
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofFailed("consistency proof is too short")
    return old, new


def _climb_to_right_child(position: int, last: int) -> tuple[int, int]:
    """Skip the levels at which a node on the right edge has no sibling."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _check_sizes(old: int, new: int) -> None:
    if not 0 < old <= new:
        raise ProofFailed(f"no consistency can be proved from size {old} to size {new}")


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(each) != HASH_LENGTH for each in hashes):
        raise ProofFailed(f"proof holds a hash that is not {HASH_LENGTH} bytes long")


def _split(count: int) -> int:
    """The largest power of two smaller than ``count`` (RFC 6962 2.1)."""
    return 1 << (count - 1).bit_length() - 1


def _cover(low: int, high: int) -> Iterator[tuple[int, int]]:
    """The nodes, left to right and shrinking, that cover the leaves from ``low`` to ``high``.

    ``low`` must be a multiple of the largest power of two that fits, as it is wherever RFC 6962 cuts a tree.
    """
    while low < high:
        level = (high - low).bit_length() - 1
        yield level, low >> level
        low += 1 << level


def _span(low: int, high: int, node: NodeReader) -> bytes:
    """The Merkle Tree Hash of D[low:high]."""
    return _fold([node(level, index) for level, index in _cover(low, high)])


def _fold(peaks: Sequence[bytes]) -> bytes:
    """The root over complete subtrees of shrinking height: joined from the right."""
    *rest, joined = peaks
    for peak in reversed(rest):
        joined = node_hash(peak, joined)
    return joined
