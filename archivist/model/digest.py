"""Digests as values. Computing them is the work of ``archivist.proof.digest``."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Digests"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """The two digests and the length of one run of bytes."""

    length: int
    """Bytes."""
    sha256: str
    """64 lower-case hex digits."""
    blake3: str
    """64 lower-case hex digits."""
