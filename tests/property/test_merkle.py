"""What must hold for trees of every size: proofs verify, any change breaks them, tiles do not depend on the steps."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archivist.proof import merkle, tiles
from archivist.proof.merkle import ProofFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

BIGGEST = 1100
LEAVES = [merkle.leaf_hash(sha256(number.to_bytes(4, "big")).digest()) for number in range(BIGGEST)]

sizes = st.integers(1, BIGGEST)


def entry(index: int) -> bytes:
    """The entry with this index."""
    return sha256(index.to_bytes(4, "big")).digest()


def mth(hashes: Sequence[bytes]) -> bytes:
    """The Merkle Tree Hash, written down from RFC 6962 2.1 without any cleverness."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else sha256(b"").digest()
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return sha256(b"\x01" + mth(hashes[:split]) + mth(hashes[split:])).digest()


def node(level: int, index: int) -> bytes:
    """The root of one complete subtree, from the definition."""
    return mth(LEAVES[index << level : (index + 1) << level])


def flipped(data: bytes, bit: int) -> bytes:
    """``data`` with one bit turned over."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def publish(steps: Sequence[int]) -> dict[str, bytes]:
    """All files of a log that was grown to each of these sizes in turn."""
    files: dict[str, bytes] = {}
    old = 0
    for new in steps:
        files.update(tiles.bundles_after(old, new, entry=entry, read_tile=files.__getitem__))
        files.update(tiles.tiles_after(old, new, leaf=LEAVES.__getitem__, read_tile=files.__getitem__))
        old = new
    return files


@given(sizes)
def test_roots_follow_the_definition(size: int) -> None:
    """The root from the frontier, from nodes and from the definition are one."""
    expected = mth(LEAVES[:size])

    assert expected == merkle.root(LEAVES[:size])
    assert expected == merkle.root_at(size, node=node)
    assert expected == merkle.Frontier.at(size, node=node).root()


@given(sizes, st.integers(0, 20))
def test_frontier_resumes(size: int, more: int) -> None:
    """A frontier that is taken up again from nodes appends as if it had never been put down."""
    frontier = merkle.Frontier.at(size, node=node)
    end = min(size + more, BIGGEST)
    for leaf in LEAVES[size:end]:
        frontier.append(leaf)

    assert (end, mth(LEAVES[:end])) == (frontier.size, frontier.root())


@given(st.data(), sizes)
def test_inclusion_proofs_verify(data: st.DataObject, size: int) -> None:
    """The proof of every leaf verifies, and is no longer than the tree is high."""
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, node=node)

    merkle.verify_inclusion(LEAVES[index], index, size=size, proof=proof, root=mth(LEAVES[:size]))
    assert len(proof) <= (size - 1).bit_length()


@given(st.data(), sizes)
def test_no_bit_of_an_inclusion_proof_can_change(data: st.DataObject, size: int) -> None:
    """One flipped bit in the leaf, the root, a hash or the index, or one hash more or less, is refused."""
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, node=node)
    leaf, root = LEAVES[index], mth(LEAVES[:size])
    bit = data.draw(st.integers(0, 255))
    place = data.draw(st.integers(0, max(len(proof) - 1, 0)))
    forgeries = [
        (flipped(leaf, bit), index, proof, root),
        (leaf, index, proof, flipped(root, bit)),
        (leaf, index ^ (1 << bit % 12), proof, root),
        (leaf, index, (*proof, root), root),
        (leaf, -1 - index, proof, root),
    ]
    if proof:
        changed = [*proof[:place], flipped(proof[place], bit), *proof[place + 1 :]]
        forgeries += [(leaf, index, tuple(changed), root), (leaf, index, proof[:-1], root)]

    for bad_leaf, bad_index, bad_proof, bad_root in forgeries:
        with pytest.raises(ProofFailed):
            merkle.verify_inclusion(bad_leaf, bad_index, size=size, proof=bad_proof, root=bad_root)


@given(st.data(), sizes)
def test_consistency_proofs_verify_and_cannot_change(data: st.DataObject, new: int) -> None:
    """The proof between any two sizes verifies; one flipped bit or one hash more or less is refused."""
    old = data.draw(st.integers(1, new))
    proof = merkle.consistency_proof(old, new, node=node)
    old_root, new_root = mth(LEAVES[:old]), mth(LEAVES[:new])

    merkle.verify_consistency(old, new, proof=proof, old_root=old_root, new_root=new_root)

    bit = data.draw(st.integers(0, 255))
    forgeries = [
        (proof, flipped(old_root, bit), new_root),
        (proof, old_root, flipped(new_root, bit)),
        ((*proof, new_root), old_root, new_root),
    ]
    for place in range(len(proof)):
        changed = (*proof[:place], flipped(proof[place], bit), *proof[place + 1 :])
        forgeries.append((changed, old_root, new_root))
    if proof:
        forgeries.append((proof[:-1], old_root, new_root))
    for bad_proof, bad_old, bad_new in forgeries:
        with pytest.raises(ProofFailed):
            merkle.verify_consistency(old, new, proof=bad_proof, old_root=bad_old, new_root=bad_new)


@example({255, 256, 257})
@example({256, 512, 768, 1024})
@given(st.sets(sizes, min_size=1, max_size=6))
def test_tiles_do_not_depend_on_the_steps(steps: set[int]) -> None:
    """A log grown in random steps has every file of the log written at once, and otherwise only partial tiles."""
    size = max(steps)
    at_once, in_steps = publish([size]), publish(sorted(steps))

    assert at_once == {path: in_steps[path] for path in at_once}
    assert all(tiles.parse_tile_path(path).width < tiles.TILE_WIDTH for path in in_steps.keys() - at_once.keys())


@given(st.data(), st.sets(sizes, min_size=1, max_size=4))
def test_tiles_give_roots_and_proofs(data: st.DataObject, steps: set[int]) -> None:
    """The tiles alone give the root and the proofs of every size at which the log was published."""
    files = publish(sorted(steps))
    size = data.draw(st.sampled_from(sorted(steps)))
    index = data.draw(st.integers(0, size - 1))
    reader = tiles.node_reader(files.__getitem__, size)

    assert mth(LEAVES[:size]) == merkle.root_at(size, node=reader)
    assert merkle.inclusion_proof(index, size, node=node) == merkle.inclusion_proof(index, size, node=reader)
    assert merkle.consistency_proof(index + 1, size, node=node) == merkle.consistency_proof(
        index + 1, size, node=reader
    )
