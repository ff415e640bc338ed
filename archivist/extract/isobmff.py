"""AVIF and HEIF: the items of an ISO base media file that hold XMP and EXIF (ISO/IEC 14496-12; 23008-12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from archivist.extract.picture_parts import MAX_PART, Parts

__all__ = ["BRANDS", "read_boxes"]

BRANDS: Final = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
}
MAX_BOXES: Final = 1_000
MAX_ITEMS: Final = 2_000
MAX_EXTENTS: Final = 100

_CREDENTIALS: Final = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""UUID of the box that holds a C2PA manifest store (C2PA 2.1, A.5)."""


def read_boxes(data: bytes, parts: Parts) -> None:
    """What the boxes of the file say, added to ``parts``."""
    for kind, start, end in _boxes(data, 0, len(data)):
        if kind == b"meta":
            _read_meta(data, start + 4, end, parts)
        elif kind == b"uuid" and data[start : start + 16] == _CREDENTIALS:
            parts.credentials += end - start


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, begin and end of each box (14496-12, 4.2)."""
    for _ in range(MAX_BOXES):
        size, kind, start = _number(data, at, 4), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, start = _number(data, at + 8, 8), at + 16
        elif size == 0:
            size = end - at
        if len(kind) < 4 or size < start - at or at + size > end:
            return
        yield kind, start, at + size
        at += size


@dataclass(slots=True)
class _Cursor:
    """Numbers read one after another."""

    data: bytes
    at: int

    def take(self, length: int) -> int:
        """The next number."""
        self.at += length
        return _number(self.data, self.at - length, length)


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")


def _read_meta(data: bytes, start: int, end: int, parts: Parts) -> None:
    found = {kind: (begin, stop) for kind, begin, stop in _boxes(data, start, end)}
    for kind, begin, stop in _boxes(data, *found.get(b"iprp", (0, 0))):
        if kind == b"ipco":
            _read_sizes(data, begin, stop, parts)
    if b"iinf" not in found or b"iloc" not in found:
        return
    kinds = dict(islice(_kinds(data, *found[b"iinf"]), MAX_ITEMS))
    inside = found.get(b"idat", (0, 0))[0]
    for item, place in islice(_places(data, *found[b"iloc"], inside=inside), MAX_ITEMS):
        if kinds.get(item) == "xmp":
            parts.xmp.append(_joined(data, place))
        elif kinds.get(item) == "exif":
            exif = _joined(data, place)
            parts.exif = exif[4 + _number(exif, 0, 4) :]


def _read_sizes(data: bytes, start: int, end: int, parts: Parts) -> None:
    """The size of the largest picture, which the others are tiles or thumbnails of (23008-12, 6.5.3)."""
    for kind, begin, _ in _boxes(data, start, end):
        if kind == b"ispe":
            width, height = _number(data, begin + 4, 4), _number(data, begin + 8, 4)
            if width * height > (parts.width or 0) * (parts.height or 0):
                parts.width, parts.height = width, height


def _kinds(data: bytes, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The items that hold XMP or EXIF (14496-12, 8.11.6)."""
    wide = 4 if data[start : start + 1] != b"\0" else 2
    for kind, begin, stop in _boxes(data, start + 4 + wide, end):
        version = _number(data, begin, 1)
        if kind != b"infe" or version < 2:
            continue
        length = 4 if version > 2 else 2
        item, after = _number(data, begin + 4, length), begin + 4 + length + 2
        if data[after : after + 4] == b"Exif":
            yield item, "exif"
        elif data[after : after + 4] == b"mime" and b"application/rdf+xml" in data[after:stop]:
            yield item, "xmp"


def _places(data: bytes, start: int, end: int, *, inside: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Where each item stands: offset and length of its extents (14496-12, 8.11.3)."""
    version, sizes = _number(data, start, 1), _number(data, start + 4, 2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version > 1 else 2
    cursor = _Cursor(data, start + 6)
    for _ in range(min(cursor.take(wide), MAX_ITEMS)):
        item = cursor.take(wide)
        method = cursor.take(2) & 15 if version else 0
        cursor.take(2)
        base, extents = cursor.take(base_size), []
        for _ in range(min(cursor.take(2), MAX_EXTENTS)):
            cursor.take(index_size if version else 0)
            offset = base + cursor.take(offset_size) + (inside if method == 1 else 0)
            extents.append((offset, cursor.take(length_size)))
        if cursor.at > end:
            return
        yield item, extents


def _joined(data: bytes, extents: list[tuple[int, int]]) -> bytes:
    return b"".join(data[offset : offset + min(length, MAX_PART)] for offset, length in extents)[:MAX_PART]
