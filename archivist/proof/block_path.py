"""One way of an OpenTimestamps proof to a Bitcoin block, by the steps that all calendars use: append, prepend, SHA-256.

It is a proof by itself, which ``ots verify`` reads, and so plain that a receipt can carry it and anybody check it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archivist.proof.digest import sha256_hex
from archivist.proof.ots import Attestation, BadOts, Made, OtsProof, Step, Timestamp

__all__ = ["BlockPath", "block_paths"]

_PLAIN: Final = frozenset({0xF0, 0xF1, 0x08})
"""Append, prepend, SHA-256."""
_ROOT: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPath:
    """The way from a checkpoint's text to a block."""

    encoded: bytes
    """The ``.ots`` file."""
    height: int
    root: bytes
    """What the block's header has as the root of its Merkle tree, if the proof is true."""

    @classmethod
    def parse(cls, data: bytes, text: bytes) -> BlockPath:
        """The way in a file.

        Raises:
            BadOts: it is no proof, of something else, or leads to a block in another manner.
        """
        proof = OtsProof.parse(data)
        if proof.hash != "sha256" or proof.timestamp.message != bytes.fromhex(sha256_hex(text)):
            raise BadOts("it is a proof of something else")
        found = [*block_paths(proof)]
        if [each.encoded for each in found] != [data]:
            raise BadOts("it is not one way to a Bitcoin block by plain steps")
        return found[0]


def block_paths(proof: OtsProof) -> Iterator[BlockPath]:
    """Every such way in a proof."""
    for steps, message, attestation in _ways(proof.timestamp):
        if proof.hash == "sha256" and attestation.height is not None and message is not None and len(message) == _ROOT:
            alone = OtsProof(timestamp=_alone(proof.timestamp.message, steps, attestation))
            yield BlockPath(encoded=alone.to_bytes(), height=attestation.height, root=message)


def _ways(node: Timestamp) -> Iterator[tuple[tuple[Step, ...], bytes | None, Attestation]]:
    for branch in node.branches:
        if isinstance(branch, Attestation):
            yield (), node.message, branch
        elif branch.step.tag in _PLAIN:
            for steps, message, attestation in _ways(branch.node):
                yield (branch.step, *steps), message, attestation


def _alone(message: bytes | None, steps: tuple[Step, ...], attestation: Attestation) -> Timestamp:
    if not steps:
        return Timestamp(message=message, branches=(attestation,))
    behind = _alone(steps[0].of(message), steps[1:], attestation)
    return Timestamp(message=message, branches=(Made(step=steps[0], node=behind),))
