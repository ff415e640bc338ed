"""EXIF: the few text fields of a TIFF structure that say who made a picture and when (CIPA DC-008, EXIF 2.32)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

__all__ = ["Tags", "exif_date", "exif_of"]

Tags = dict[str, str]
"""``Artist`` to its value."""

MAX_ENTRIES: Final = 500
"""Of one directory; cameras write fewer than a hundred."""
MAX_VALUE: Final = 5_000
"""Bytes of one value."""

_ASCII: Final = 2
_BYTE: Final = 1
_EXIF_DIRECTORY: Final = 0x8769
_NAMES: Final = {
    0x010E: "ImageDescription",
    0x0131: "Software",
    0x0132: "DateTime",
    0x013B: "Artist",
    0x8298: "Copyright",
    0x9003: "DateTimeOriginal",
    0x9010: "OffsetTime",
    0x9011: "OffsetTimeOriginal",
    0x9C9B: "XPTitle",
    0x9C9D: "XPAuthor",
}
_PREFIX: Final = b"Exif\0\0"


def exif_of(data: bytes) -> Tags:
    """The tags, from a TIFF structure with or without its prefix; empty where it is none."""
    data = data.removeprefix(_PREFIX)
    orders: dict[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}
    order = orders.get(data[:4])
    if order is None:
        return {}
    first = dict(_entries(data, int.from_bytes(data[4:8], order), order))
    inner = first.pop(_EXIF_DIRECTORY, None)
    every = {**first, **dict(_entries(data, inner, order))} if isinstance(inner, int) else first
    return {_NAMES[number]: value for number, value in every.items() if isinstance(value, str) and value}


def _entries(data: bytes, at: int, order: Literal["little", "big"]) -> Iterator[tuple[int, str | int]]:
    """The texts of a directory (TIFF 6.0, section 2), and the place of the EXIF directory."""
    count = int.from_bytes(data[at : at + 2], order)
    for start in range(at + 2, at + 2 + 12 * min(count, MAX_ENTRIES), 12):
        entry = data[start : start + 12]
        if len(entry) < 12:
            return
        number, kind, length, value = (
            int.from_bytes(entry[begin:end], order) for begin, end in ((0, 2), (2, 4), (4, 8), (8, 12))
        )
        if number == _EXIF_DIRECTORY:
            yield number, value
        elif number in _NAMES and kind in {_ASCII, _BYTE}:
            cut = min(length, MAX_VALUE)
            yield number, _text(entry[8 : 8 + cut] if length <= 4 else data[value : value + cut], kind)


def _text(value: bytes, kind: int) -> str:
    if kind == _BYTE:
        # Windows writes its own tags in UTF-16.
        text = value.decode("utf-16-le", "replace")
    else:
        try:
            text = value.decode("utf-8")
        except UnicodeDecodeError:
            text = value.decode("latin-1")
    # Copyright holds the photographer's and the editor's, with a zero between them (EXIF 2.32, 4.6.4 D).
    return "; ".join(filter(None, (" ".join(part.split()) for part in text.split("\0"))))


def exif_date(date: str, offset: str | None) -> str | None:
    """``2026:11:16 14:03:22`` with its offset as ISO 8601; None where it is not of this form."""
    day, _, time = date.strip().partition(" ")
    parts = day.replace("-", ":").split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    zone = (offset or "").strip()
    return f"{'-'.join(parts)}T{time}{zone}" if time else "-".join(parts)
