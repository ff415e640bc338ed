"""Content codings undone within bounds (RFC 9110 8.4.1): gzip, deflate, br, zstd and stacks of them.

Rule 1: no step holds more than a piece of output at a time: a bomb costs a piece, not its size.
Rule 2: what could be decoded before a fault goes out; then comes the fault.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Final, cast

from archivist.errors import BadCoding

__all__ = ["Decoded", "decode", "decode_stream", "is_packed"]

# Two codings happen by mistake; the cases seen with more of them were attacks.
MAX_CODINGS: Final = 3
_PIECE: Final = 256 * 1024
# Input is cut to this size first, so that what a bounded step leaves over is cheap to keep.
_READ: Final = 64 * 1024
# Input handed to the decoders that cannot bound their output well: 256 bytes of zstd are at most 8 MiB.
_SLICE: Final = 256
# RFC 9659: content coded with zstd must not need a window of more than 8 MiB.
_ZSTD_WINDOW: Final = 8 * 1024 * 1024
# Below this much output a high ratio is an ordinary page of white space.
_RATIO_FROM: Final = 16 * 1024 * 1024
# RFC 1952 2.3.1: no flags, or a name alone; what is rarer is left to the decoder that looks at all of it.
_PLAIN_MEMBERS: Final = (b"\x00", b"\x08")
_ALIASES: Final = {"x-gzip": "gzip", "x-deflate": "deflate", "zstandard": "zstd"}
_PACKED_CODINGS: Final = frozenset({"gzip", "br", "zstd", "deflate", "compress"})
_PACKED_TYPES: Final = frozenset(
    {
        "application/epub+zip",
        "application/font-woff",
        "application/gzip",
        "application/java-archive",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/x-7z-compressed",
        "application/x-bzip2",
        "application/x-gzip",
        "application/x-pdf",
        "application/x-rar-compressed",
        "application/x-xz",
        "application/zip",
        "application/zstd",
        "audio/aac",
        "audio/mp4",
        "audio/mpeg",
        "audio/ogg",
        "audio/webm",
        "font/woff",
        "font/woff2",
        "image/avif",
        "image/gif",
        "image/heic",
        "image/jpeg",
        "image/jpg",
        "image/jxl",
        "image/png",
        "image/webp",
    }
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body with its content codings undone, as far as they could be."""

    data: bytes
    problem: str | None
    """What went wrong, as a sentence; None when nothing did."""


def decode_stream(
    pieces: Iterable[bytes], header: str | None, *, max_bytes: int, max_ratio: int = 200
) -> Iterator[bytes]:
    """Yield the body with the codings of its Content-Encoding undone.

    Args:
        pieces: the body as received.
        header: the value of Content-Encoding, several joined by commas; None is identity.
        max_bytes: the most bytes of output.
        max_ratio: the most bytes of output for one of input, once there are more than 16 MiB of output.

    Raises:
        BadCoding: a coding is unknown, damaged, cut short, or exceeds a bound; what was yielded before stands.
    """
    codings = _codings(header)
    received = _Counted(pieces)
    stream: Iterator[bytes] = iter(received)
    for coding in codings:
        stream = _undo(coding, stream)
    size = 0
    for piece in stream:
        size += len(piece)
        if size > max_bytes:
            yield piece[: len(piece) - (size - max_bytes)]
            raise BadCoding(f"{_shown(header)}: too large: more than {max_bytes} bytes")
        yield piece
        if codings and size > max(_RATIO_FROM, max_ratio * received.size):
            raise BadCoding(f"{_shown(header)}: ratio: more than {max_ratio} bytes out of each byte received")


def decode(data: bytes, header: str | None, *, max_bytes: int) -> Decoded:
    """Return the body with its codings undone; what could be decoded is kept, the first fault is told beside it.

    A coding that the body does not even begin with was declared but not applied: it is passed over, as a problem.
    """
    try:
        codings = _codings(header) or ["identity"]
    except BadCoding as error:
        return Decoded(data[:max_bytes], str(error))
    if codings == ["gzip"] and (whole := _gunzipped(data, max_bytes=max_bytes)) is not None:
        return Decoded(whole, None)
    problem = None
    for coding in codings:
        decoded = bytearray()
        try:
            for piece in decode_stream((data,), coding, max_bytes=max_bytes):
                decoded += piece
        except _NotCoded as error:
            problem = problem or str(error)
            continue
        except BadCoding as error:
            problem = problem or str(error)
        data = bytes(decoded)
    return Decoded(data[:max_bytes], problem)


def is_packed(media_type: str, coding: str | None) -> bool:
    """Whether bytes of this type and coding are compressed already, so that deflating them again gains nothing."""
    if not _PACKED_CODINGS.isdisjoint(_names(coding)):
        return True
    bare = media_type.partition(";")[0].strip().lower()
    return bare in _PACKED_TYPES or bare.startswith("video/")


class _NotCoded(BadCoding):
    """The body does not begin as its declared coding does."""


class _Counted:
    """Pieces that pass through, counted."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.size = 0
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            if piece:
                yield piece


def _names(header: str | None) -> list[str]:
    names = [name.strip(" \t").lower() for name in (header or "").split(",")]
    return [_ALIASES.get(name, name) for name in names if name not in {"", "identity"}]


def _shown(header: str | None) -> str:
    return ", ".join(_names(header))[:80] or "identity"


def _codings(header: str | None) -> list[str]:
    """Return the codings in the order to undo them: RFC 9110 8.4 lists them in the order applied."""
    names = _names(header)
    if len(names) > MAX_CODINGS:
        raise BadCoding(f"{len(names)} content codings on one body, at most {MAX_CODINGS} are undone")
    return names[::-1]


def _undo(coding: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces with one coding undone; an empty body is taken as it is."""
    pieces = _sliced(pieces, _READ)
    first = next(pieces, None)
    if first is None:
        return
    if coding not in _DECODERS:
        raise _NotCoded(f"{coding[:80]}: unknown content coding")
    # Two bytes tell gzip, zlib and raw deflate apart.
    while len(first) < 2 and (more := next(pieces, None)):
        first += more
    yield from _DECODERS[coding](first, pieces)


def _gunzip(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo gzip, all its members (RFC 1952 2.2)."""
    if not first.startswith(b"\x1f\x8b"):
        raise _NotCoded(f"gzip: the body is not gzip, it begins with {first[:8]!r}")
    rest = first
    while rest:
        rest = yield from _inflate("gzip", 31, rest, pieces)
        while len(rest) < 2 and (more := next(pieces, None)):
            rest += more
        if rest.strip(b"\0") and not rest.startswith(b"\x1f\x8b"):
            raise BadCoding("gzip: damaged: other bytes follow its end")
        rest = rest if rest.startswith(b"\x1f") else b""


def _gunzipped(data: bytes, *, max_bytes: int) -> bytes | None:
    """The whole of what nearly every page is: one undamaged member of modest size; None where it is anything else."""
    from isal import isal_zlib  # noqa: PLC0415

    most = min(max_bytes, _RATIO_FROM)
    if data[3:4] not in _PLAIN_MEMBERS or most <= 0:
        return None
    inflater = isal_zlib.decompressobj(31)
    try:
        whole: bytes = inflater.decompress(data, most)
    except cast("type[Exception]", isal_zlib.error):  # the stubs of isal call this class an instance
        return None
    return whole if inflater.eof and not inflater.unused_data else None


def _undeflate(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo deflate: zlib's format (RFC 1950) as the RFC says, or raw (RFC 1951) as many servers do."""
    # RFC 1950 2.2: CM is 8, and the first two bytes as a number are a multiple of 31.
    is_zlib = first[0] & 15 == 8 and int.from_bytes(first[:2], "big") % 31 == 0
    if (yield from _inflate("deflate", 15 if is_zlib else -15, first, pieces)):
        raise BadCoding("deflate: damaged: other bytes follow its end")


def _inflate(coding: str, wbits: int, first: bytes, pieces: Iterator[bytes]) -> Generator[bytes, None, bytes]:
    """Yield one deflate stream inflated and return the bytes after it."""
    inflater = zlib.decompressobj(wbits)
    is_begun = wbits == 31
    for piece in chain((first,), pieces):
        data = piece
        while not inflater.eof:
            before = inflater.copy()
            try:
                output = inflater.decompress(data, _PIECE)
            except zlib.error as error:
                saved = b"".join(_salvage(before.decompress, data))
                yield saved
                raise _damaged(coding, error, is_begun=is_begun or bool(saved)) from error
            is_begun = is_begun or bool(output)
            yield output
            data = inflater.unconsumed_tail
            if not data and len(output) < _PIECE:
                break
        if inflater.eof:
            return inflater.unused_data
    raise BadCoding(f"{coding}: cut short: the body ends inside its coding")


def _salvage(inflate: Callable[[bytes], bytes], data: bytes) -> Iterator[bytes]:
    """Yield what can be inflated before the damage: zlib gives out nothing from the call in which it fails."""
    with suppress(zlib.error):
        yield from (inflate(data[at : at + 1]) for at in range(len(data)))


def _unbrotli(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo br (RFC 7932)."""
    import brotli  # noqa: PLC0415

    decoder = brotli.Decompressor()
    is_begun = False
    for piece in _sliced(chain((first,), pieces), _SLICE):
        data = piece
        try:
            while output := decoder.process(data, output_buffer_limit=_PIECE):
                is_begun = True
                yield output
                data = b""
        except brotli.error as error:
            raise _damaged("br", error, is_begun=is_begun) from error
    if not decoder.is_finished():
        raise BadCoding("br: cut short: the body ends inside its coding")


def _unzstd(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Undo zstd, all its frames (RFC 8878 3)."""
    import zstandard  # noqa: PLC0415

    context = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    decoder = context.decompressobj()
    is_begun = False
    for piece in _sliced(chain((first,), pieces), _SLICE):
        data = piece
        while data:
            decoder = context.decompressobj() if decoder.eof else decoder
            try:
                output = decoder.decompress(data)
            except zstandard.ZstdError as error:
                raise _damaged("zstd", error, is_begun=is_begun) from error
            if output:
                is_begun = True
                yield output
            data = decoder.unused_data
    if not decoder.eof:
        raise BadCoding("zstd: cut short: the body ends inside its coding")


def _sliced(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    for piece in pieces:
        for at in range(0, len(piece), size):
            yield piece[at : at + size]


def _damaged(coding: str, error: Exception, *, is_begun: bool) -> BadCoding:
    kind = BadCoding if is_begun else _NotCoded
    return kind(f"{coding}: damaged: {error}")


_DECODERS: Final[dict[str, Callable[[bytes, Iterator[bytes]], Iterator[bytes]]]] = {
    "br": _unbrotli,
    "deflate": _undeflate,
    "gzip": _gunzip,
    "zstd": _unzstd,
}
