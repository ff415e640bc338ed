"""ZIP as a bundle uses it, in one spelling: the same files give the same bytes, and any other byte is noticed.

APPNOTE 6.3.10, and of it only: no compression, no encryption, no comment, one date, plain names, the entries one after
the other from the first byte on, then the central directory. So a reader unpacks nothing, follows no offset of its
own, and there is nothing between two entries. Reading makes the structure again and compares it.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from archivist.errors import BadBundle

__all__ = ["MAX_ENTRY", "Entry", "ZipWriter", "end_of_zip", "is_zip", "read_entries", "read_entry", "tail_bytes"]

MAX_ENTRY: Final = 0xFFFFFFFE
"""Bytes of one file: more would need fields of another width in front of it, whose size is known only behind it."""
_MAX_TAIL: Final = 64 * 1024 * 1024
"""Bytes of the central directory: some 400,000 files."""
_PIECE: Final = 256 * 1024
_END_READ: Final = 1024 * 1024
_END_WITHIN: Final = 22 + 65535
"""APPNOTE 4.3.16: the last record, and the longest comment behind it."""
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}){0,8}")
"""Relative, below the folder it is unpacked in, legal on every system, and never hidden."""
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END64: Final = struct.Struct("<4sQ2H2I4Q")
_LOCATOR: Final = struct.Struct("<4sIQI")
_END: Final = struct.Struct("<4s4H2IH")
_NEEDED: Final = 20
_NEEDED64: Final = 45
_DATE: Final = 0x21
"""1 January 1980: a ZIP has no time zone, so a real time would be read in two ways."""
_UNIX: Final = 3 << 8
_MODE: Final = 0o100644 << 16
_FULL16: Final = 0xFFFF
_FULL32: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file in the ZIP."""

    name: str
    offset: int
    """Of its header."""
    size: int
    crc: int

    @property
    def start(self) -> int:
        """Offset of its first byte."""
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        """Offset of the byte behind its last one."""
        return self.start + self.size


class ZipWriter:
    """A ZIP that is being written, in flat memory.

    Args:
        file: empty, seekable; not closed here.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._entries: dict[str, Entry] = {}
        self._at = 0

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """The file stands in the ZIP; its SHA-256 is returned.

        Raises:
            BadBundle: the name is unfit or was there before, or the file is too large.
        """
        if _NAME.fullmatch(name) is None or name in self._entries:
            raise BadBundle(f"a bundle cannot hold a file {name[:150]!r}, or holds one already")
        entry = Entry(name=name, offset=self._at, size=0, crc=0)
        self._file.write(_local_bytes(entry))
        digest, size, crc = hashlib.sha256(), 0, 0
        for piece in pieces:
            digest.update(piece)
            crc = zlib.crc32(piece, crc)
            size += len(piece)
            if size > MAX_ENTRY:
                raise BadBundle(f"{name} is larger than the {MAX_ENTRY:,} bytes that one file in a bundle may have")
            self._file.write(piece)
        entry = Entry(name=name, offset=self._at, size=size, crc=crc)
        self._file.seek(self._at)
        self._file.write(_local_bytes(entry))
        self._file.seek(entry.end)
        self._at = entry.end
        self._entries[name] = entry
        return digest.hexdigest()

    def size(self, name: str) -> int:
        """Bytes of a file that was added."""
        return self._entries[name].size

    def close(self) -> None:
        """The ZIP is complete."""
        self._file.write(tail_bytes(tuple(self._entries.values()), at=self._at))


def is_zip(head: bytes) -> bool:
    """Whether a file begins as a ZIP does that holds something."""
    return head.startswith(b"PK\x03\x04")


def end_of_zip(file: BinaryIO) -> bytes:
    """The last bytes of any ZIP, with as much of its directory as that is; nothing where it does not end as one."""
    size = file.seek(0, 2)
    end = _at(file, max(0, size - _END_READ), _END_READ)
    return end if b"PK\5\6" in end[-_END_WITHIN:] else b""


def read_entries(file: BinaryIO) -> tuple[Entry, ...]:
    """The files in a ZIP, every byte around them held to the one spelling.

    Raises:
        BadBundle: it has another; the message names the place.
    """
    size = file.seek(0, 2)
    start = _tail_start(file, size)
    if size - start > _MAX_TAIL:
        raise BadBundle(f"its directory has {size - start:,} bytes, more than {_MAX_TAIL:,}")
    tail = _at(file, start, size - start)
    entries = tuple(_central_entries(tail))
    at, names = 0, set[str]()
    for entry in entries:
        if _NAME.fullmatch(entry.name) is None or entry.name in names:
            raise BadBundle(f"it holds a file {entry.name[:150]!r}, whose name is unfit or stands there twice")
        names.add(entry.name)
        if entry.offset != at or entry.end > start:
            raise BadBundle(f"{entry.name} stands at byte {entry.offset}, and not behind the file before it")
        at = entry.end
        if _at(file, entry.offset, _LOCAL.size + len(entry.name)) != _local_bytes(entry):
            raise BadBundle(f"the header of {entry.name}, at byte {entry.offset}, is not what the directory says of it")
    if at != start or tail != tail_bytes(entries, at=at):
        raise BadBundle(f"its directory, at byte {start}, is not the one that these files have")
    return entries


def read_entry(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The bytes of a file in the ZIP, in pieces; nothing is checked."""
    file.seek(entry.start)
    left = entry.size
    while left and (piece := file.read(min(left, _PIECE))):
        left -= len(piece)
        yield piece


def tail_bytes(entries: Sequence[Entry], *, at: int) -> bytes:
    """The central directory and the end of the ZIP.

    Args:
        entries: all files, in order.
        at: where the directory begins.
    """
    directory = b"".join(map(_central_bytes, entries))
    count, end64 = len(entries), b""
    if count >= _FULL16 or at >= _FULL32 or len(directory) >= _FULL32:
        needed = _UNIX | _NEEDED64
        end64 = _END64.pack(b"PK\6\6", 44, needed, _NEEDED64, 0, 0, count, count, len(directory), at)
        end64 += _LOCATOR.pack(b"PK\6\7", 0, at + len(directory), 1)
    short = min(count, _FULL16)
    end = _END.pack(b"PK\5\6", 0, 0, short, short, min(len(directory), _FULL32), min(at, _FULL32), 0)
    return directory + end64 + end


def _local_bytes(entry: Entry) -> bytes:
    name = entry.name.encode("ascii")
    size = entry.size
    return _LOCAL.pack(b"PK\3\4", _NEEDED, 0, 0, 0, _DATE, entry.crc, size, size, len(name), 0) + name


def _central_bytes(entry: Entry) -> bytes:
    name = entry.name.encode("ascii")
    size, offset, extra, needed = entry.size, entry.offset, b"", _NEEDED
    if offset >= _FULL32:
        # APPNOTE 4.5.3: of the fields of the Zip64 extra only those that are full in front of it.
        offset, extra, needed = _FULL32, struct.pack("<2HQ", 1, 8, entry.offset), _NEEDED64
    made = _UNIX | needed
    head = (b"PK\1\2", made, needed, 0, 0, 0, _DATE, entry.crc, size, size)
    return _CENTRAL.pack(*head, len(name), len(extra), 0, 0, 0, _MODE, offset) + name + extra


def _tail_start(file: BinaryIO, size: int) -> int:
    """Where the directory begins, as the end of the file says."""
    if size < _END.size:
        raise BadBundle("it is no ZIP: it is too short")
    end = _END.unpack(_at(file, size - _END.size, _END.size))
    start: int = end[6]
    if start == _FULL32 or end[3] == _FULL16:
        before = size - _END.size - _LOCATOR.size - _END64.size
        found = _at(file, before, _END64.size) if before >= 0 else b""
        start = _END64.unpack(found)[9] if found[:4] == b"PK\6\6" else size
    if end[0] != b"PK\5\6" or start > size:
        raise BadBundle("it does not end as a ZIP does: it was cut, or something was added")
    return start


def _central_entries(tail: bytes) -> Iterator[Entry]:
    at = 0
    while tail[at : at + 4] == b"PK\1\2":
        if len(tail) < at + _CENTRAL.size:
            raise BadBundle("its directory ends inside an entry")
        fields = _CENTRAL.unpack_from(tail, at)
        crc, size, name_length, extra_length, offset = fields[7], fields[8], fields[10], fields[11], fields[16]
        at += _CENTRAL.size
        name = tail[at : at + name_length].decode("latin-1")
        extra = tail[at + name_length : at + name_length + extra_length]
        if offset == _FULL32 and len(extra) == 12:
            offset = struct.unpack("<2HQ", extra)[2]
        yield Entry(name=name, offset=offset, size=size, crc=crc)
        at += name_length + extra_length


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    return file.read(length)
