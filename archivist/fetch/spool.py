"""Bytes kept aside while they stream in: in memory while they are few, in an unlinked temporary file above that.

What is written here is read again by the archive writer; nothing here knows what the bytes mean.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from archivist.errors import DiskFailed
from archivist.wire.exchange import Spool

__all__ = ["FileSpool", "MemorySpool", "SpoolWriter"]

_PIECE: Final = 64 * 1024
_MEMORY: Final = 1024 * 1024
"""A page, its style sheets and nearly all pictures stay below this and touch no disk before the archive does."""


class MemorySpool:
    """Bytes in memory."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    @property
    def length(self) -> int:
        """How many bytes there are."""
        return len(self._data)

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """All bytes from ``start`` on, in pieces of at most 64 KiB; may be called again."""
        if start == 0 and 0 < len(self._data) <= _PIECE:
            yield self._data
            return
        for at in range(start, len(self._data), _PIECE):
            yield self._data[at : at + _PIECE]

    def close(self) -> None:
        """The memory is given back."""
        self._data = b""


class FileSpool:
    """Bytes in a temporary file that has no name: it is gone when it is closed, and when the program dies."""

    __slots__ = ("_file", "_length")

    def __init__(self, file: BinaryIO, *, length: int) -> None:
        self._file = file
        self._length = length

    @property
    def length(self) -> int:
        """How many bytes there are."""
        return self._length

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """All bytes from ``start`` on, in pieces of at most 64 KiB; may be called again, from several threads.

        Raises:
            DiskFailed: the file cannot be read, or is shorter than what was written.
        """
        at = start
        while at < self._length:
            try:
                # pread keeps no position, so two readers do not disturb each other.
                piece = os.pread(self._file.fileno(), min(_PIECE, self._length - at), at)
            except OSError as error:
                raise DiskFailed(f"a temporary file cannot be read: {error.strerror}") from error
            if not piece:
                raise DiskFailed(f"a temporary file ended at byte {at} of {self._length}")
            yield piece
            at += len(piece)

    def close(self) -> None:
        """The file is gone."""
        self._file.close()


class SpoolWriter:
    """Takes bytes as they arrive; ``finish`` gives them back as a spool.

    Args:
        folder: where a temporary file goes, made when one is needed.
        memory: the most bytes that are held in memory.
    """

    def __init__(self, folder: Path, *, memory: int = _MEMORY) -> None:
        self._folder = folder
        self._memory = memory
        self._pieces: list[bytes] = []
        self._file: BinaryIO | None = None
        self.length = 0
        """How many bytes were written."""

    def write(self, data: bytes) -> None:
        """``data`` is kept, behind what was kept before.

        Raises:
            DiskFailed: the disk is full or the folder cannot be written to.
        """
        self.length += len(data)
        if self._file is None and self.length <= self._memory:
            self._pieces.append(data)
            return
        try:
            if self._file is None:
                self._file = self._spill()
            self._file.write(data)
        except OSError as error:
            raise self._failed(error) from error

    def finish(self) -> Spool:
        """Return what was written; the writer must not be used again.

        Raises:
            DiskFailed: the disk is full.
        """
        if self._file is None:
            data = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
            return MemorySpool(data)
        try:
            self._file.flush()
        except OSError as error:
            raise self._failed(error) from error
        return FileSpool(self._file, length=self.length)

    def discard(self) -> None:
        """What was written is given up, and its memory or file with it."""
        self._pieces.clear()
        if self._file is not None:
            try:
                self._file.close()
            except OSError as error:  # closing flushes, and a full disk says so here again
                raise self._failed(error) from error

    def _spill(self) -> BinaryIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        # The name goes at once: no file is left behind by a crash. The spool closes it.
        file: BinaryIO = tempfile.TemporaryFile(dir=self._folder, buffering=_PIECE)  # type: ignore[assignment]  # noqa: SIM115
        file.writelines(self._pieces)
        self._pieces.clear()
        return file

    def _failed(self, error: OSError) -> DiskFailed:
        return DiskFailed(
            f"a response cannot be kept in {self._folder}: {(error.strerror or str(error)).lower()}",
            hint="what was stored before is whole; run archivist again when there is room",
        )
