"""Reading records out of the WARC files, one by its place or all in order; whatever a file holds is met as foreign."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BufferedReader
from itertools import chain
from typing import BinaryIO

from blake3 import blake3

from archivist.errors import BadHttp, BadWarc, DiskFailed, NotFound
from archivist.model.capture import Capture, RecordRef
from archivist.store.layout import Layout
from archivist.wire.http1 import ResponseHead, ResponseReader
from archivist.wire.told import head_told
from archivist.wire.warc import Member, RecordHeader, iter_members, read_member

__all__ = ["ArchiveReader", "Record"]

_HTTP = "application/http"
_PIECE = 256 * 1024
_DIGESTED = 1024 * 1024
_TO_THE_END = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record and where it stands."""

    offset: int
    length: int
    """Of the gzip member."""
    header: RecordHeader


class ArchiveReader:
    """The WARC files of one archive; safe for several threads."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def block(self, record: RecordRef) -> Generator[bytes, None, None]:
        """The block of a record in pieces, checked when the last one is out.

        Raises:
            NotFound: the file is missing.
            BadWarc: the record is damaged, or another one stands in its place.
        """
        with self._open(record.file) as file:
            member = _member(file, record)
            try:
                yield from member.block()
            except BadWarc as error:
                raise BadWarc(f"{_where(record)}: {error}") from error
            except OSError as error:
                raise _unreadable(record.file, error) from error
            if member.length != record.length:
                raise BadWarc(f"{_where(record)} is {member.length} bytes long, not {record.length}")

    def payload(self, of: Capture | RecordRef) -> Iterator[bytes]:
        """The payload in pieces: transfer coding undone, content coding kept (WARC 1.1 5.9); a revisit's original's.

        Raises:
            NotFound: the file is missing.
            BadWarc: the record is damaged, another one stands in its place, or it holds no payload of its own.
        """
        record = of.original if isinstance(of, Capture) else of
        method = of.method if isinstance(of, Capture) and of.revisit is None else "GET"
        header = self.header(record)
        if header.type == "revisit":
            raise BadWarc(f"{_where(record)} is a revisit, whose payload stands in {header.refers_to or 'no record'}")
        if header.type != "response" or not (header.content_type or "").lower().startswith(_HTTP):
            return self.block(record)
        return self._http_payload(record, method, is_whole=header.truncated is None)

    def head(self, record: RecordRef) -> ResponseHead:
        """The HTTP head of a response or revisit.

        Raises:
            NotFound: the file is missing.
            BadWarc: the record is damaged, another one stands in its place, or it holds no HTTP response.
        """
        reader = ResponseReader()
        told = head_told(self.header(record))
        with closing(self.block(record)) as block:
            _fed(reader, chain((told,), block), record)
        if reader.head is None:
            raise BadWarc(f"{_where(record)} holds no whole HTTP head")
        return reader.head

    def header(self, record: RecordRef) -> RecordHeader:
        """The named fields of a record.

        Raises:
            NotFound: the file is missing.
            BadWarc: the record is damaged, or another one stands in its place.
        """
        with self._open(record.file) as file:
            return _member(file, record).header

    def records(self, file: str, *, start: int = 0, end: int | None = None) -> Iterator[Record]:
        """All records of a file, each checked to its end.

        Raises:
            NotFound: the file is missing.
            BadWarc: the first damage met; all records before it are whole.
        """
        for member in self.members(file, start=start, end=end):
            for _ in member.block():
                pass
            yield Record(offset=member.offset, length=member.length, header=member.header)

    def members(self, file: str, *, start: int = 0, end: int | None = None) -> Iterator[Member]:
        """All records of a file, whose blocks may be read in passing.

        Raises:
            NotFound: the file is missing.
            BadWarc: the first damage met; all records before it are whole.
        """
        with self._open(file) as opened:
            try:
                yield from iter_members(opened, start=start, end=end)
            except OSError as error:
                raise _unreadable(file, error) from error

    def stored(self, file: str, *, offset: int, length: int) -> Iterator[bytes]:
        """The bytes of a part of a file as they are stored, compressed; fewer where the file ends before.

        Raises:
            NotFound: the file is missing.
        """
        with self._open(file) as opened:
            try:
                opened.seek(offset)
                while length > 0 and (piece := opened.read(min(length, _PIECE))):
                    length -= len(piece)
                    yield piece
            except OSError as error:
                raise _unreadable(file, error) from error

    def blake3(self, file: str, *, offset: int = 0, length: int = _TO_THE_END) -> str:
        """BLAKE3 of a part of a file as it is stored; to its end, where no length is given.

        Args:
            file: relative to ``archives/``.
            offset: where the part begins.
            length: bytes; fewer where the file ends before.

        Raises:
            NotFound: the file is missing.
        """
        return self.blake3s(file, [(offset, length)])[0]

    def blake3s(
        self, file: str, places: Sequence[tuple[int, int]], *, read: Callable[[int], None] = lambda _: None
    ) -> list[str]:
        """The same of several parts of a file, each given by where it begins and its length.

        Args:
            file: relative to ``archives/``.
            places: best in order.
            read: told how many bytes were read.

        Raises:
            NotFound: the file is missing.
        """
        # One buffer for all pieces, not larger than a processor's own memory: new ones cost more than the digest.
        piece = memoryview(bytearray(min(_DIGESTED, max((length for _, length in places), default=0))))
        with self._open(file) as opened:
            try:
                return [_blake3(opened, offset, left, piece=piece, read=read) for offset, left in places]
            except OSError as error:
                raise _unreadable(file, error) from error

    def _http_payload(self, record: RecordRef, method: str, *, is_whole: bool) -> Iterator[bytes]:
        reader = ResponseReader(method)
        try:
            for piece in self.block(record):
                yield from reader.feed(piece)
            reader.eof()
        except BadHttp as error:
            raise BadWarc(f"{_where(record)} holds no HTTP response: {error}") from error
        if is_whole and reader.framing == "chunked" and reader.is_truncated and not reader.payload_length:
            # Other writers undo the chunked coding and keep the field that announces it.
            yield from _after(self.block(record), reader.interim_length + reader.head_length)

    @contextmanager
    def _open(self, file: str) -> Iterator[BufferedReader]:
        try:
            opened = self._layout.warc(file).open("rb")
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotFound(f"archives/{file} does not exist") from error
        except OSError as error:
            raise _unreadable(file, error) from error
        with opened:
            yield opened


def _blake3(file: BufferedReader, offset: int, left: int, *, piece: memoryview, read: Callable[[int], None]) -> str:
    hasher = blake3()
    file.seek(offset)
    while count := file.readinto(piece[: min(left, len(piece))]):
        hasher.update(piece[:count])
        left -= count
        read(count)
    return hasher.hexdigest()


def _member(file: BinaryIO, record: RecordRef) -> Member:
    """The record that ``record`` names, which can neither reach beyond its place nor be another one."""
    left = record.length

    def read(size: int) -> bytes:
        nonlocal left
        data = file.read(min(size, left))
        left -= len(data)
        return data

    try:
        file.seek(record.offset)
        member = read_member(read, offset=record.offset)
    except OSError as error:
        raise _unreadable(record.file, error) from error
    except BadWarc as error:
        raise BadWarc(f"{_where(record)}: {error}") from error
    if member.header.record_id != record.id:
        raise BadWarc(f"{_where(record)} should be {record.id}, and is {member.header.record_id[:80]}")
    return member


def _fed(reader: ResponseReader, block: Iterator[bytes], record: RecordRef) -> None:
    try:
        for piece in block:
            reader.feed(piece)
            if reader.head is not None:
                return
    except BadHttp as error:
        raise BadWarc(f"{_where(record)} holds no HTTP response: {error}") from error


def _after(pieces: Iterator[bytes], length: int) -> Iterator[bytes]:
    for piece in pieces:
        if length < len(piece):
            yield piece[length:]
        length = max(0, length - len(piece))


def _where(record: RecordRef) -> str:
    return f"the record at byte {record.offset} of archives/{record.file}"


def _unreadable(file: str, error: OSError) -> DiskFailed:
    return DiskFailed(f"archives/{file} cannot be read: {(error.strerror or str(error)).lower()}")
