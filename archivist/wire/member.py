"""WARC records read one by one, each held to be exactly one record, whole and undamaged.

Rule 1: memory stays flat whatever a header or a deflate stream promises: everything is inflated in bounded pieces.
Rule 2: a fault names its kind and the offset at which the member begins.
What gzip itself does not protect (its MTIME, XFL and OS bytes, padding bits of the deflate stream) changes no byte of
the record; the digest of the stored member, kept in the manifest, covers those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, Protocol, cast

from archivist.wire.record import Fault, RecordHeader, WarcFault, parse_header

__all__ = ["Member", "iter_members", "read_member"]

MAX_HEADER: Final = 1024 * 1024
_READ: Final = 64 * 1024
_PIECE: Final = 256 * 1024
_GZIP: Final = b"\x1f\x8b"
# RFC 1952 2.3.1: "Reserved FLG bits must be zero".
_RESERVED_FLAGS: Final = 0xE0
_END: Final = b"\r\n\r\n"


class _Source:
    """A reader with push-back that knows its offset."""

    def __init__(self, read: Callable[[int], bytes], *, offset: int, end: int | None) -> None:
        self.offset = offset
        self._read = read
        self._left = None if end is None else max(0, end - offset)
        self._waiting = b""

    def take(self) -> bytes:
        """Return the next bytes, none at the end."""
        data, self._waiting = self._waiting, b""
        data = data or self._fresh()
        self.offset += len(data)
        return data

    def give_back(self, data: bytes) -> None:
        """Put back the end of what was just taken."""
        self.offset -= len(data)
        self._waiting = data

    def peek(self, size: int) -> bytes:
        """Return the next ``size`` bytes, or as many as there are, without taking them."""
        while len(self._waiting) < size and (fresh := self._fresh()):
            self._waiting += fresh
        return self._waiting[:size]

    def _fresh(self) -> bytes:
        want = _READ if self._left is None else min(_READ, self._left)
        data = self._read(want) if want else b""
        if self._left is not None:
            self._left -= len(data)
        return data


class _Stream(Protocol):
    """The bytes of one record."""

    def piece(self) -> bytes:
        """Return the next bytes of the record, none at its end."""

    def finish(self, rest: bytes) -> bool:
        """Close the record after its trailer; False when it goes on. ``rest`` is what was taken too much."""


class _Plain:
    """A record in an uncompressed file: the next record follows without a seam."""

    def __init__(self, source: _Source) -> None:
        self._source = source

    def piece(self) -> bytes:
        return self._source.take()

    def finish(self, rest: bytes) -> bool:
        self._source.give_back(rest)
        return True


class _Inflated:
    """A record in its own gzip member (RFC 1952; WARC 1.1 annex D.2)."""

    def __init__(self, source: _Source) -> None:
        from isal import isal_zlib  # noqa: PLC0415

        self._source = source
        self._offset = source.offset
        # The stubs of isal call this class an instance.
        self._error = cast("type[Exception]", isal_zlib.error)
        self._inflater = isal_zlib.decompressobj(31)
        self._waiting = b""
        self._is_full = False
        flags = source.peek(4)[3:]
        if flags and flags[0] & _RESERVED_FLAGS:
            raise WarcFault(Fault.GZIP, self._offset, "reserved flags are set in the gzip header")

    def piece(self) -> bytes:
        while not self._inflater.eof:
            data = self._waiting
            if not data and not self._is_full:
                data = self._source.take()
                if not data:
                    raise WarcFault(Fault.TORN, self._offset, "the file ends inside this gzip member")
            try:
                piece: bytes = self._inflater.decompress(data, _PIECE)
            except self._error as error:
                raise WarcFault(Fault.GZIP, self._offset, f"the gzip member is damaged ({error})") from error
            self._waiting = self._inflater.unconsumed_tail
            self._is_full = len(piece) == _PIECE
            # Only at the end of the member is anything unused, and the loop does not come here again.
            self._source.give_back(self._inflater.unused_data)
            if piece:
                return piece
        return b""

    def finish(self, rest: bytes) -> bool:
        # Reading to the end is what checks CRC and size.
        return not rest and not self.piece()


class Member:
    """One record as it stands in a file; its block is read once, in pieces."""

    def __init__(self, source: _Source, stream: _Stream, *, max_header: int) -> None:
        self.offset = source.offset
        """Where the member (or the uncompressed record) begins."""
        self.length = 0
        """The stored length in bytes, trailer included; 0 until the block is exhausted."""
        self._source = source
        self._stream = stream
        self._rest = b""
        self.header = self._read_header(max_header)
        """The record header."""
        self._left = self.header.content_length
        self._is_checked = False

    def block(self) -> Iterator[bytes]:
        """Yield what is left of the block in pieces, then check all that follows it.

        Raises:
            WarcFault: the record is damaged; pieces given out before may be damaged too.
        """
        while self._left:
            piece = self._rest or self._stream.piece()
            self._rest = b""
            if not piece:
                raise self._short()
            if len(piece) > self._left:
                self._rest = piece[self._left :]
                piece = piece[: self._left]
            self._left -= len(piece)
            yield piece
        if not self._is_checked:
            self._check_end()

    def _read_header(self, max_header: int) -> RecordHeader:
        piece = self._stream.piece()
        if piece.startswith(b"WARC/") and (end := piece.find(_END, 0, max_header)) >= 0:
            self._rest = piece[end + 4 :]
            return parse_header(piece[: end + 4], offset=self.offset)
        return self._read_long_header(piece, max_header)

    def _read_long_header(self, piece: bytes, max_header: int) -> RecordHeader:
        """One that does not stand in the first piece, or is none."""
        head = bytearray()
        end = -1
        while end < 0:
            if not piece:
                raise self._no_header(bytes(head))
            old = len(head)
            head += piece
            if not b"WARC/".startswith(head[:5].upper()):
                raise WarcFault(Fault.HEADER, self.offset, f"not a WARC version line: {bytes(head[:40])!r}")
            end = head.find(_END, max(0, old - 3), max_header)
            if end < 0 and len(head) >= max_header:
                raise WarcFault(Fault.LARGE, self.offset, f"the record header is longer than {max_header} bytes")
            if end < 0:
                piece = self._stream.piece()
        self._rest = bytes(head[end + 4 :])
        return parse_header(bytes(head[: end + 4]), offset=self.offset)

    def _no_header(self, head: bytes) -> WarcFault:
        if isinstance(self._stream, _Plain):
            return WarcFault(Fault.TORN, self.offset, "the file ends inside this record header")
        what = f"it holds {head[:40]!r}" if head else "it is empty"
        return WarcFault(Fault.HEADER, self.offset, f"the gzip member holds no complete record header: {what}")

    def _short(self) -> WarcFault:
        if isinstance(self._stream, _Plain):
            return WarcFault(Fault.TORN, self.offset, "the file ends inside this record")
        promised = self.header.content_length
        found = promised - self._left
        return WarcFault(
            Fault.LENGTH, self.offset, f"Content-Length promises {promised} bytes, the member holds {found}"
        )

    def _check_end(self) -> None:
        trailer = self._rest
        while len(trailer) < len(_END) and (piece := self._stream.piece()):
            trailer += piece
        if len(trailer) < len(_END) and _END.startswith(trailer) and isinstance(self._stream, _Plain):
            raise WarcFault(Fault.TORN, self.offset, "the file ends inside the trailer of this record")
        if not trailer.startswith(_END):
            raise WarcFault(
                Fault.TRAILER, self.offset, f"after {self.header.content_length} bytes comes {trailer[:16]!r}"
            )
        if not self._stream.finish(trailer[len(_END) :]):
            raise WarcFault(Fault.EXTRA, self.offset, "the gzip member goes on after its record")
        self._rest = b""
        self._is_checked = True
        self.length = self._source.offset - self.offset


def iter_members(
    file: BinaryIO, *, start: int = 0, end: int | None = None, max_header: int = MAX_HEADER
) -> Iterator[Member]:
    """Yield every record from ``start`` up to ``end``; a block left unread is read and checked before the next one.

    Raises:
        WarcFault: the first damage met; what was yielded before it is whole.
    """
    if file.seekable():
        file.seek(start)
    source = _Source(file.read, offset=start, end=end)
    is_gzip: bool | None = None
    while magic := source.peek(2):
        is_gzip = magic == _GZIP[: len(magic)] if is_gzip is None else is_gzip
        member = Member(source, _stream(source, is_gzip=is_gzip), max_header=max_header)
        yield member
        for _ in member.block():
            pass


def read_member(read: Callable[[int], bytes], *, offset: int = 0, max_header: int = MAX_HEADER) -> Member:
    """Return the record that begins with the next byte; ``offset`` is where that byte stands, for faults.

    More may be taken from ``read`` than belongs to the record.

    Raises:
        WarcFault: there is no record, or its header is damaged.
    """
    source = _Source(read, offset=offset, end=None)
    magic = source.peek(2)
    if not magic:
        raise WarcFault(Fault.TORN, offset, "the file ends where a record should begin")
    return Member(source, _stream(source, is_gzip=magic == _GZIP), max_header=max_header)


def _stream(source: _Source, *, is_gzip: bool) -> _Stream:
    magic = source.peek(5)
    expected = _GZIP if is_gzip else b"WARC/"
    if not magic.upper().startswith(expected[: len(magic)]):
        raise WarcFault(Fault.JUNK, source.offset, f"neither a gzip member nor a record begins here: {magic!r}")
    return _Inflated(source) if is_gzip else _Plain(source)
