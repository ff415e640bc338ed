"""Step 3 of ``proof.check``, the calendars: each proof begins with its checkpoint, and ends where it says.

Nobody can say from the archive alone whether a Bitcoin block exists. A proof that leads to one is held against the
header of that block where the reader brings it; where not, that is said, and is no fault of the archive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archivist.proof.bitcoin import Header
from archivist.proof.digest import sha256_hex
from archivist.proof.ots import Attestation, BadOts, OtsProof, attestations_in

__all__ = ["OtsJudged", "judge_ots"]

_ROOT: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class OtsJudged:
    """A proof that begins with its checkpoint."""

    pending: tuple[str, ...]
    """Calendars that promise more."""
    heights: tuple[int, ...]
    """Blocks that it leads to, whether a header is known or not."""
    times: tuple[dt.datetime, ...]
    """Of those blocks that were held against their headers."""


def judge_ots(data: bytes, text: bytes, *, headers: Mapping[int, Header]) -> OtsJudged:
    """What a proof over a checkpoint's text is worth.

    Args:
        data: the file.
        text: of the checkpoint.
        headers: of blocks, by height.

    Raises:
        BadOts: it is no proof, begins with something else, or leads to no block where it says so.
    """
    proof = OtsProof.parse(data)
    if proof.hash != "sha256" or proof.timestamp.message != bytes.fromhex(sha256_hex(text)):
        raise BadOts("it is a proof of something else")
    pending, heights, times = [], [], []
    for message, attestation in attestations_in(proof.timestamp):
        if attestation.uri is not None:
            pending.append(attestation.uri)
        if attestation.height is not None and message is not None:
            heights.append(attestation.height)
            if attestation.height in headers:
                times.append(_held(message, attestation, headers[attestation.height]))
    return OtsJudged(pending=tuple(pending), heights=tuple(heights), times=tuple(times))


def _held(message: bytes, attestation: Attestation, header: Header) -> dt.datetime:
    if len(message) != _ROOT or message != header.root:
        raise BadOts(f"it does not lead to block {attestation.height}, whose header has another root")
    return header.time
