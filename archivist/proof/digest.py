"""Digests of bytes: SHA-256 for the world, BLAKE3 for speed, both computed in one pass over the same bytes.

Here lives the computing; the values are ``archivist.model.digest.Digests``. Nothing here reads a file.
"""

from __future__ import annotations

import hashlib
from typing import TypeAlias

from blake3 import blake3

from archivist.model.digest import Digests

__all__ = ["Buffer", "Hasher", "blake3_hex", "digest", "sha256_hex"]

Buffer: TypeAlias = bytes | bytearray | memoryview


class Hasher:
    """Both digests and the length of bytes that arrive in pieces; memory stays flat whatever the total."""

    __slots__ = ("_blake3", "_length", "_sha256")

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._blake3 = blake3()
        self._length = 0

    def update(self, data: Buffer) -> None:
        """Both digests cover ``data`` after everything given before."""
        view = memoryview(data).cast("B")  # blake3 takes no other items, and the length is in bytes
        self._sha256.update(view)
        self._blake3.update(view)
        self._length += len(view)

    def digests(self) -> Digests:
        """The digests of everything given so far; more may be given afterwards."""
        return Digests(length=self._length, sha256=self._sha256.hexdigest(), blake3=self._blake3.hexdigest())


def digest(data: Buffer) -> Digests:
    """Both digests of bytes that are already in memory."""
    hasher = Hasher()
    hasher.update(data)
    return hasher.digests()


def sha256_hex(data: Buffer) -> str:
    """The SHA-256 of ``data`` as 64 lower-case hex digits (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()


def blake3_hex(data: Buffer) -> str:
    """The BLAKE3 of ``data`` as 64 lower-case hex digits."""
    return blake3(data).hexdigest()
