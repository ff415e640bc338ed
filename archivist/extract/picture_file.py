"""Where the formats of pictures on the web keep what is said of them: JPEG, PNG, WebP, AVIF and HEIF.

Nothing is decoded. A JPEG is read up to its first scan; of the others only the heads of the parts that hold pixels are
looked at. Sources: ITU-T T.81 annex B; PNG (third edition) 5 and 11; RFC 9649; XMP specification part 3 (Adobe, 2020);
C2PA 2.1, A.3 (embedding manifests).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Final

from archivist.extract.iptc import iim_of
from archivist.extract.isobmff import BRANDS, read_boxes
from archivist.extract.picture_parts import MAX_PACKETS, MAX_PART, Parts

__all__ = ["parts_of"]

MAX_SEGMENTS: Final = 5_000
MAX_TEXTS: Final = 100
"""Texts of a PNG that are kept."""
MAX_TEXT: Final = 20_000
"""Bytes of one of them."""

_EXIF: Final = b"Exif\0\0"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP: Final = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP: Final = b"Photoshop 3.0\0"
_SIZES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Start of frame, all kinds (T.81, table B.1)."""
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a segment."""
_SCAN_OR_END: Final = frozenset({0xDA, 0xD9})
_C2PA: Final = bytes.fromhex("6332706100110010800000aa00389b71")
"""UUID of a C2PA manifest store (C2PA 2.1, 11.1.4.2)."""


def parts_of(data: bytes) -> Parts | None:
    """What the file hands over, or None where its first bytes are those of no format known here."""
    for is_own, media_type, read in _FORMATS:
        if is_own(data):
            parts = Parts(media_type=media_type)
            read(data, parts)
            return parts
    brand = BRANDS.get(data[8:12]) if data[4:8] == b"ftyp" else None
    if brand is None:
        return None
    parts = Parts(media_type=brand)
    read_boxes(data, parts)
    return parts


# JPEG


def _read_jpeg(data: bytes, parts: Parts) -> None:
    photoshop: list[bytes] = []
    more: dict[bytes, list[tuple[int, int, bytes]]] = {}
    credentials: dict[bytes, int] = {}
    for marker, start, end in _segments(data, parts):
        match marker:
            case 0xE1 if data.startswith(_EXIF, start):
                parts.exif = parts.exif or data[start:end]
            case 0xE1 if data.startswith(_XMP, start):
                parts.xmp.append(data[start + len(_XMP) : end])
            case 0xE1 if data.startswith(_MORE_XMP, start):
                _collect(data[start + len(_MORE_XMP) : end], more)
            case 0xED if data.startswith(_PHOTOSHOP, start):
                photoshop.append(data[start + len(_PHOTOSHOP) : end])
            case 0xEB if data.startswith(b"JP", start):
                _count_credentials(data[start:end], credentials)
            case _ if marker in _SIZES:
                parts.height, parts.width = (int.from_bytes(data[start + n : start + n + 2], "big") for n in (1, 3))
    parts.iim = iim_of(b"".join(photoshop))
    # A length that is a lie is no longer than the file.
    parts.credentials = min(sum(credentials.values()), len(data))
    parts.xmp += [packet for guid, packet in _extensions(more) if parts.xmp and guid in parts.xmp[0]]


def _segments(data: bytes, parts: Parts) -> Iterator[tuple[int, int, int]]:
    """Marker, begin and end of each segment before the first scan (T.81, B.1.1)."""
    at = 2
    for _ in range(MAX_SEGMENTS):
        if data[at : at + 1] != b"\xff":
            break
        while data[at + 1 : at + 2] == b"\xff":
            at += 1
        marker = data[at + 1] if at + 1 < len(data) else 0
        if marker in _SCAN_OR_END:
            return
        if marker in _ALONE:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > len(data):
            break
        yield marker, at + 4, at + 2 + length
        at += 2 + length
    parts.problems.append("the JPEG is damaged or ends before its first scan")


def _collect(segment: bytes, more: dict[bytes, list[tuple[int, int, bytes]]]) -> None:
    """A piece of an extended packet: GUID, length of the whole, offset of the piece (XMP part 3, 1.1.3.1)."""
    whole, offset = int.from_bytes(segment[32:36], "big"), int.from_bytes(segment[36:40], "big")
    more.setdefault(segment[:32], []).append((offset, whole, segment[40:]))


def _extensions(more: dict[bytes, list[tuple[int, int, bytes]]]) -> Iterator[tuple[bytes, bytes]]:
    """The extended packets that are complete."""
    for guid, pieces in more.items():
        ordered, length = [], 0
        for offset, _, piece in sorted(pieces):
            if offset == length:
                ordered.append(piece)
                length += len(piece)
        if length == pieces[0][1] <= MAX_PART:
            yield guid, b"".join(ordered)


def _count_credentials(segment: bytes, credentials: dict[bytes, int]) -> None:
    """The length of a manifest store, from the segment that begins it (ISO/IEC 19566-5, D.2; C2PA 2.1, A.3.1)."""
    instance, box = segment[2:4], segment[8:]
    head = 16 if box[:4] == b"\0\0\0\x01" else 8
    if box[4:8] == b"jumb" and box[head + 4 : head + 24] == b"jumd" + _C2PA:
        length = box[8:16] if head == 16 else box[:4]
        credentials.setdefault(instance, int.from_bytes(length, "big"))


# PNG


def _read_png(data: bytes, parts: Parts) -> None:
    at = 8
    for _ in range(MAX_SEGMENTS):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        start, end = at + 8, at + 8 + length
        if kind == b"IEND":
            return
        if len(kind) < 4 or end > len(data):
            break
        match kind:
            case b"IHDR":
                parts.width, parts.height = (int.from_bytes(data[start + n : start + n + 4], "big") for n in (0, 4))
            case b"eXIf":
                parts.exif = data[start:end]
            case b"caBX":
                parts.credentials += length
            case b"tEXt" | b"zTXt" | b"iTXt":
                _add_text(kind, data[start : min(end, start + MAX_PART)], parts)
        at = end + 4
    parts.problems.append("the PNG is damaged or ends too early")


def _add_text(kind: bytes, chunk: bytes, parts: Parts) -> None:
    """A text with its keyword (PNG 11.3.3); XMP, and what ImageMagick puts there, are taken out of it."""
    keyword, _, rest = chunk.partition(b"\0")
    is_packed = kind == b"zTXt"
    if kind == b"iTXt":
        is_packed, (_, _, rest) = rest[:1] == b"\x01", rest[2:].partition(b"\0")
        rest = rest.partition(b"\0")[2]
    elif is_packed:
        rest = rest[1:]

    def text(limit: int) -> bytes:
        return _inflated(rest, limit) if is_packed else rest[:limit]

    match keyword:
        case b"XML:com.adobe.xmp" if len(parts.xmp) < MAX_PACKETS:
            parts.xmp.append(text(MAX_PART))
        case b"Raw profile type iptc" if not parts.iim:
            profile = _of_raw_profile(text(MAX_PART))
            parts.iim = iim_of(profile) or profile
        case b"Raw profile type exif" | b"Raw profile type APP1" if not parts.exif:
            parts.exif = _of_raw_profile(text(MAX_PART))
        case _ if len(parts.texts) < MAX_TEXTS:
            coding = "utf-8" if kind == b"iTXt" else "latin-1"
            parts.texts.append((keyword.decode("latin-1"), text(MAX_TEXT).decode(coding, "replace")))


def _inflated(data: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, limit)
    except zlib.error:
        return b""


def _of_raw_profile(text: bytes) -> bytes:
    """Name, length, and the bytes in hexadecimal, each on lines of their own (ImageMagick, coders/png.c)."""
    digits = b"".join(text.split()[2:])
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return b""


# WebP


def _read_webp(data: bytes, parts: Parts) -> None:
    at = 12
    for _ in range(MAX_SEGMENTS):
        if at >= len(data):
            return
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        start, end = at + 8, at + 8 + length
        if len(kind) < 4 or end > len(data):
            break
        match kind:
            case b"VP8X":
                parts.width, parts.height = (
                    int.from_bytes(data[start + n : start + n + 3], "little") + 1 for n in (4, 7)
                )
            case b"VP8 " if parts.width is None and data[start + 3 : start + 6] == b"\x9d\x01\x2a":
                parts.width, parts.height = (
                    int.from_bytes(data[start + n : start + n + 2], "little") & 0x3FFF for n in (6, 8)
                )
            case b"VP8L" if parts.width is None:
                bits = int.from_bytes(data[start + 1 : start + 5], "little")
                parts.width, parts.height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
            case b"EXIF":
                parts.exif = data[start : min(end, start + MAX_PART)]
            case b"XMP ":
                parts.xmp.append(data[start : min(end, start + MAX_PART)])
            case b"C2PA":
                parts.credentials += length
        at = end + length % 2
    parts.problems.append("the WebP is damaged or ends too early")


_FORMATS: Final[tuple[tuple[Callable[[bytes], bool], str, Callable[[bytes, Parts], None]], ...]] = (
    (lambda data: data.startswith(b"\xff\xd8\xff"), "image/jpeg", _read_jpeg),
    (lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), "image/png", _read_png),
    (lambda data: data.startswith(b"RIFF") and data[8:12] == b"WEBP", "image/webp", _read_webp),
)
