"""IPTC-IIM as pictures carry it: datasets within a Photoshop image resource (IIM 4.2; Adobe Photoshop file formats)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

__all__ = ["Datasets", "datasets_of", "iim_of"]

Datasets = dict[str, tuple[str, ...]]
"""``2:80`` to its values."""

MAX_DATASETS: Final = 1_000
MAX_RESOURCES: Final = 1_000
MAX_VALUE: Final = 5_000
"""Bytes of one value; a caption has 2,000 (IIM 4.2, 2:120)."""

_RESOURCE: Final = b"8BIM"
_IIM: Final = 0x0404
_MARKER: Final = 0x1C
_CODED_CHARACTER_SET: Final = "1:90"
_UTF8: Final = frozenset({b"\x1b%G", b"\x1b%/G", b"\x1b%/H", b"\x1b%/I"})
"""ISO 2022 with return to UTF-8 and without (ECMA-35; IANA registers 196, 190 to 192)."""


def iim_of(resources: bytes) -> bytes:
    """The IIM record among Photoshop's image resources; empty where there is none."""
    at = 0
    for _ in range(MAX_RESOURCES):
        if resources[at : at + 4] != _RESOURCE:
            break
        kind = int.from_bytes(resources[at + 4 : at + 6], "big")
        name = resources[at + 6] if at + 6 < len(resources) else 0
        start = at + 6 + name + 1 + (name + 1) % 2
        length = int.from_bytes(resources[start : start + 4], "big")
        if kind == _IIM:
            return resources[start + 4 : start + 4 + length]
        at = start + 4 + length + length % 2
    return b""


def datasets_of(iim: bytes) -> Datasets:
    """The values of each dataset, as text.

    Without a character set named in 1:90 they are UTF-8 where they can be, for many programs write it and do not say
    so, and Latin-1 elsewhere.
    """
    found: dict[str, list[bytes]] = {}
    for name, value in islice(_datasets(iim), MAX_DATASETS):
        found.setdefault(name, []).append(value)
    is_utf8 = bool(_UTF8.intersection(found.get(_CODED_CHARACTER_SET, ())))
    texts = {
        name: tuple(filter(None, (_text(value, is_utf8=is_utf8) for value in values))) for name, values in found.items()
    }
    return {name: values for name, values in texts.items() if values and name != _CODED_CHARACTER_SET}


def _datasets(iim: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at + 5 <= len(iim) and iim[at] == _MARKER:
        name, length = f"{iim[at + 1]}:{iim[at + 2]}", int.from_bytes(iim[at + 3 : at + 5], "big")
        at += 5
        if length & 0x8000:
            # IIM 4.2, 1.6: an extended dataset gives the number of bytes of its length.
            digits = length & 0x7FFF
            if digits > 4:
                return
            length = int.from_bytes(iim[at : at + digits], "big")
            at += digits
        yield name, iim[at : at + min(length, MAX_VALUE)]
        at += length


def _text(value: bytes, *, is_utf8: bool) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("utf-8", "replace") if is_utf8 else value.decode("latin-1")
    return " ".join(text.replace("\0", " ").split())
