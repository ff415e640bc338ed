"""What outside witnesses say of the log, beside the checkpoints that they say it of; each file is written once.

    manifests/log/timestamps/0000000000000042/tsa.example.org.tsr       an authority's answer (RFC 3161), DER
    manifests/log/timestamps/0000000000000042/tsa.example.org.pem       its certificates up to a root, its own first
    manifests/log/timestamps/0000000000000042/tsa.example.org.0.ocsp    whether one of them was revoked, by its place
    manifests/log/timestamps/0000000000000042/alice.example.pending.ots a calendar's promise (OpenTimestamps)
    manifests/log/timestamps/0000000000000042/alice.example.ots         the way from the checkpoint to a Bitcoin block
    manifests/log/timestamps/0000000000000042/witness.example.cosig     signature lines of a witness (C2SP)

The certificates are written before the answer: an answer that stands there has them beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from archivist.store.durable import AlreadyThere, Disk
from archivist.store.layout import Layout

__all__ = ["Stamp", "Stamps", "file_name_of"]

_DIGITS: Final = 16
_SIZE = re.compile(r"[0-9]{16}")
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,200}")
_MAX_FILE: Final = 1 << 21
"""Bytes of one; a list of revoked certificates is the largest."""
_NOT_IN_NAMES = re.compile(r"[^a-z0-9.-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One authority's stamp on one checkpoint, as stored; nothing is proved yet."""

    size: int
    """Of the log under the checkpoint."""
    authority: str
    """The server's name."""
    response: bytes
    chain: bytes
    """PEM."""


class Stamps:
    """All that outside witnesses said of one archive's log."""

    def __init__(self, layout: Layout, *, disk: Disk) -> None:
        self._folder = layout.log / "timestamps"
        self._disk = disk

    def sizes(self) -> tuple[int, ...]:
        """The sizes of the log of which a witness said something, smallest first."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(int(path.name) for path in self._folder.iterdir() if _SIZE.fullmatch(path.name)))

    def names(self, size: int) -> frozenset[str]:
        """The names of the files beside the checkpoint of this size."""
        folder = self._at(size)
        return frozenset(path.name for path in folder.iterdir()) if folder.is_dir() else frozenset()

    def witnesses(self, size: int, *suffixes: str) -> frozenset[str]:
        """The servers that have said this of the checkpoint, by the ends of the names of their files."""
        names = self.names(size)
        return frozenset(name.removesuffix(each) for each in suffixes for name in names if name.endswith(each))

    def completed(self, size: int) -> frozenset[str]:
        """The calendars whose proof of the checkpoint leads to a Bitcoin block."""
        names = (name.removesuffix(".ots") for name in self.names(size) if name.endswith(".ots"))
        return frozenset(name for name in names if not name.endswith(".pending"))

    def stamped(self) -> Iterator[int]:
        """The sizes of the log that an authority has stamped, smallest first."""
        return (size for size in self.sizes() if self.witnesses(size, ".tsr"))

    def of(self, size: int) -> tuple[Stamp, ...]:
        """The authorities' stamps on the checkpoint of this size, by their names.

        Raises:
            NotFound: an answer has lost its certificates.
        """
        return tuple(
            Stamp(
                size=size,
                authority=name,
                response=self.read(size, f"{name}.tsr"),
                chain=self.read(size, f"{name}.pem"),
            )
            for name in sorted(self.witnesses(size, ".tsr"))
        )

    def read(self, size: int, name: str) -> bytes:
        """One of the files beside the checkpoint of this size.

        Raises:
            NotFound: there is none.
        """
        return self._disk.read(self._at(size) / name, max_bytes=_MAX_FILE)

    def keep(self, size: int, files: Sequence[tuple[str, bytes]], *, extras: Sequence[tuple[str, bytes]] = ()) -> None:
        """The files are durable beside the checkpoint, in their order; then the extras that are not there yet.

        Raises:
            ValueError: one has a name that no file of a witness has.
            AlreadyThere: the last of them is there, or an earlier one with other bytes.
            DiskFailed: the disk would not.
        """
        if any(_NAME.fullmatch(name) is None for name, _ in (*files, *extras)):
            raise ValueError(f"no file of a witness is called {[name for name, _ in files]!r}")
        for position, (name, data) in enumerate(files, start=1):
            path = self._at(size) / name
            try:
                self._disk.create_once(path, data)
            except AlreadyThere:
                # What an interrupted run has written of these may serve again, if it is the same.
                if position == len(files) or self._disk.read(path, max_bytes=_MAX_FILE) != data:
                    raise
        for name, data in extras:
            with suppress(AlreadyThere):
                self._disk.create_once(self._at(size) / name, data)

    def _at(self, size: int) -> Path:
        return self._folder / f"{size:0{_DIGITS}d}"


def file_name_of(url: str) -> str:
    """What a server's files are called: its name, and its port where it has one."""
    host = (urlsplit(url).netloc.rpartition("@")[2] or url).lower()
    return _NOT_IN_NAMES.sub("-", host)
