"""The answers of time-stamping authorities, beside the log whose checkpoints they stamp; written once.

    manifests/log/timestamps/0000000000000042/tsa.example.org.tsr    the authority's answer, DER
    manifests/log/timestamps/0000000000000042/tsa.example.org.pem    its certificates up to a root, authority first

The certificates are written first: an answer that stands there has them beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archivist.store.durable import AlreadyThere, Disk
from archivist.store.layout import Layout

__all__ = ["Stamp", "Stamps"]

_DIGITS: Final = 16
_SIZE = re.compile(r"[0-9]{16}")
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,200}")


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
    """All stamps of one archive."""

    def __init__(self, layout: Layout, *, disk: Disk) -> None:
        self._folder = layout.log / "timestamps"
        self._disk = disk

    def sizes(self) -> tuple[int, ...]:
        """The sizes of the log that are stamped, smallest first."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(int(path.name) for path in self._folder.iterdir() if _SIZE.fullmatch(path.name)))

    def of(self, size: int) -> tuple[Stamp, ...]:
        """The stamps on the checkpoint of this size, by the names of their authorities.

        Raises:
            NotFound: an answer has lost its certificates.
        """
        return tuple(self._of(size))

    def _of(self, size: int) -> Iterator[Stamp]:
        folder = self._at(size)
        for path in sorted(folder.glob("*.tsr")) if folder.is_dir() else ():
            chain = self._disk.read(path.with_suffix(".pem"))
            yield Stamp(size=size, authority=path.stem, response=self._disk.read(path), chain=chain)

    def keep(self, stamp: Stamp) -> None:
        """The stamp is durable.

        Raises:
            ValueError: the authority's name makes no file name.
            AlreadyThere: it has stamped this checkpoint before.
            DiskFailed: the disk would not.
        """
        if _NAME.fullmatch(stamp.authority) is None:
            raise ValueError(f"{stamp.authority[:80]!r} makes no file name")
        path = self._at(stamp.size) / f"{stamp.authority}.tsr"
        try:
            self._disk.create_once(path.with_name(f"{stamp.authority}.pem"), stamp.chain)
        except AlreadyThere:
            # An interrupted run wrote the certificates and not the answer: they must serve this one, too.
            if self._disk.read(path.with_name(f"{stamp.authority}.pem")) != stamp.chain:
                raise
        self._disk.create_once(path, stamp.response)

    def _at(self, size: int) -> Path:
        return self._folder / f"{size:0{_DIGITS}d}"
