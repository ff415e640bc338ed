"""RFC 6962 section 2.1: the Merkle tree, held against the vectors of transparency-dev/merkle."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from archivist.proof import merkle
from archivist.proof.merkle import ProofFailed

VECTORS = Path(__file__).parents[3] / "shared" / "data" / "trust" / "rfc6962"

# The eight leaves that every Certificate Transparency implementation is tested with.
LEAVES = tuple(
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
)
ROOT_OF_EIGHT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def vectors(name: str) -> list[dict[str, Any]]:
    """The vectors of one kind."""
    path = VECTORS / name
    if not path.exists():
        pytest.skip(f"shared test vectors are absent: {name}")
    return [json.loads(line) for line in path.read_text().splitlines()]


def unwrap(value: str | None) -> bytes:
    """The bytes of one base64 field."""
    return base64.b64decode(value or "")


def refused(check: Any, /, *arguments: Any, **named: Any) -> bool:
    """Whether the check raises ProofFailed."""
    try:
        check(*arguments, **named)
    except ProofFailed:
        return True
    return False


class TestTree:
    """MTH({}) = SHA-256(); MTH({d(0)}) = SHA-256(0x00 || d(0)); MTH(D[n]) = SHA-256(0x01 || MTH || MTH)."""

    def test_empty(self) -> None:
        """The root of no leaves is the hash of the empty string."""
        assert sha256(b"").digest() == merkle.root([]) == merkle.EMPTY_ROOT

    def test_single(self) -> None:
        """The root of one leaf is its leaf hash, with the 0x00 prefix."""
        assert sha256(b"\x00entry").digest() == merkle.root([merkle.leaf_hash(b"entry")])

    def test_eight(self) -> None:
        """The root over the eight reference leaves is the published one."""
        assert ROOT_OF_EIGHT == merkle.root([merkle.leaf_hash(leaf) for leaf in LEAVES]).hex()

    def test_reference_roots(self) -> None:
        """All sizes from 0 to 8 give the reference roots."""
        path = VECTORS / "reference_tree.json"
        if not path.exists():
            pytest.skip("shared test vectors are absent: reference_tree.json")
        hashes = [merkle.leaf_hash(leaf) for leaf in LEAVES]

        expected = json.loads(path.read_text())["roots_hex"]

        assert expected == {str(size): merkle.root(hashes[:size]).hex() for size in range(9)}


class TestInclusion:
    """A Merkle audit path is the shortest list of additional nodes required to compute the root."""

    def test_vectors(self) -> None:
        """All 98 inclusion vectors are accepted or refused as they ask, the empty leaf hash among them."""
        rows = vectors("inclusion.jsonl")
        wrong = [
            row["desc"]
            for row in rows
            if row["wantErr"]
            != refused(
                merkle.verify_inclusion,
                unwrap(row["leafHash"]),
                row["leafIdx"],
                size=row["treeSize"],
                proof=[unwrap(each) for each in row["proof"] or []],
                root=unwrap(row["root"]),
            )
        ]

        assert (98, []) == (len(rows), wrong)

    def test_example_paths(self) -> None:
        """The audit paths in the seven-leaf example of section 2.1.3 have the stated lengths."""
        hashes = [merkle.leaf_hash(bytes([number])) for number in range(7)]
        node = nodes(hashes)

        a, b, c = hashes[0:3]
        d = hashes[3]
        g, h = merkle.node_hash(a, b), merkle.node_hash(c, d)
        i, j = merkle.node_hash(hashes[4], hashes[5]), hashes[6]
        k = merkle.node_hash(g, h)
        el = merkle.node_hash(i, j)

        assert (b, h, el) == merkle.inclusion_proof(0, 7, node=node)
        assert (c, g, el) == merkle.inclusion_proof(3, 7, node=node)
        assert (hashes[5], j, k) == merkle.inclusion_proof(4, 7, node=node)
        assert (i, k) == merkle.inclusion_proof(6, 7, node=node)

    @pytest.mark.parametrize(("index", "size"), [(7, 7), (-1, 7), (0, 0)])
    def test_no_such_leaf(self, index: int, size: int) -> None:
        """A leaf outside the tree has no proof."""
        with pytest.raises(ProofFailed, match=f"leaf {index} is not in a tree of size {size}"):
            merkle.inclusion_proof(index, size, node=nodes([]))


class TestConsistency:
    """Merkle consistency proofs prove the append-only property of the tree."""

    def test_vectors(self) -> None:
        """All 98 consistency vectors are accepted or refused as they ask, those from size 0 among them."""
        rows = vectors("consistency.jsonl")
        wrong = [
            row["desc"]
            for row in rows
            if row["wantErr"]
            != refused(
                merkle.verify_consistency,
                row["size1"],
                row["size2"],
                proof=[unwrap(each) for each in row["proof"] or []],
                old_root=unwrap(row["root1"]),
                new_root=unwrap(row["root2"]),
            )
        ]

        assert (98, []) == (len(rows), wrong)

    def test_example_paths(self) -> None:
        """The consistency proofs in the seven-leaf example of section 2.1.3 are the stated ones."""
        hashes = [merkle.leaf_hash(bytes([number])) for number in range(7)]
        node = nodes(hashes)

        c, d = hashes[2:4]
        g, h = merkle.node_hash(*hashes[0:2]), merkle.node_hash(c, d)
        i, j = merkle.node_hash(*hashes[4:6]), hashes[6]
        k, el = merkle.node_hash(g, h), merkle.node_hash(i, j)

        assert (c, d, g, el) == merkle.consistency_proof(3, 7, node=node)
        assert (el,) == merkle.consistency_proof(4, 7, node=node)
        assert (i, j, k) == merkle.consistency_proof(6, 7, node=node)

    def test_nothing_from_nothing(self) -> None:
        """Neither a proof nor its verification exists for an empty old tree."""
        with pytest.raises(ProofFailed, match="no consistency can be proved from size 0"):
            merkle.consistency_proof(0, 7, node=nodes([]))
        with pytest.raises(ProofFailed, match="no consistency can be proved from size 0"):
            merkle.verify_consistency(0, 0, proof=(), old_root=merkle.EMPTY_ROOT, new_root=merkle.EMPTY_ROOT)

    def test_no_shrinking(self) -> None:
        """A log that has become smaller is not consistent with itself."""
        with pytest.raises(ProofFailed, match="from size 8 to size 7"):
            merkle.verify_consistency(8, 7, proof=(), old_root=bytes(32), new_root=bytes(32))


def nodes(hashes: list[bytes]) -> Any:
    """A node reader straight from the definition of the tree."""

    def node(level: int, index: int) -> bytes:
        if level == 0:
            return hashes[index]
        return merkle.node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1))

    return node
