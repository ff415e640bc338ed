"""What a page of the Courier needs besides words: style sheets, a script, an icon, a background and a font."""

from __future__ import annotations

import struct
from functools import cache
from typing import Final

__all__ = ["BACKGROUND", "ICON", "SCRIPT", "STYLE", "TYPE_STYLE", "font"]

STYLE: Final = """\
@import url("type.css");
:root { --ink: #1b2733; --sea: #14364f; --paper: #fbf9f4; }
body { margin: 0 auto; max-width: 44rem; padding: 0 1rem; color: var(--ink);
  background: var(--paper) url("/assets/waves.svg") repeat-x bottom; }
header.masthead { border-bottom: 3px double var(--sea); padding: 1rem 0; }
header.masthead a { color: var(--sea); text-decoration: none; font-size: 2rem; }
nav a { margin-right: 1rem; }
figure { margin: 1.5rem 0; }
figure img { width: 100%; height: auto; }
figcaption { font-size: .85rem; }
.credit { color: #5d6b78; }
blockquote { border-left: 4px solid var(--sea); margin: 1.5rem 0; padding-left: 1rem; font-style: italic; }
aside, footer { border-top: 1px solid #c9c4b6; margin-top: 2rem; padding-top: .5rem; font-size: .9rem; }
"""

TYPE_STYLE: Final = """\
@font-face { font-family: "Courier Anchor"; src: url(anchor.ttf) format("truetype"); unicode-range: U+2693; }
body { font: 1.05rem/1.6 Georgia, "Courier Anchor", serif; }
h1 { line-height: 1.2; }
"""

SCRIPT: Final = """\
// Pictures wait until they are near the window.
document.querySelectorAll("img[data-src]").forEach(function (image) {
  image.src = image.dataset.src;
});
"""

ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#14364f"/>'
    '<path d="M16 6v21M9 12h14M7 20c2 8 16 8 18 0" stroke="#faf6ee" stroke-width="3" fill="none"/></svg>\n'
)

BACKGROUND: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="24">'
    '<path d="M0 14q20-14 40 0t40 0" stroke="#d5dde2" stroke-width="3" fill="none"/></svg>\n'
)

_ANCHOR: Final = 0x2693
_EM: Final = 1000
_OUTLINE: Final = ((450, 0), (300, 150), (450, 150), (450, 700), (550, 700), (550, 150), (700, 150), (550, 0))
_MAGIC: Final = 0x5F0F3CF5
_CHECKSUM_BASE: Final = 0xB1B0AFBA


@cache
def font() -> bytes:
    """Return a whole TrueType font of two glyphs: nothing, and the anchor of the masthead (OpenType 1.9, chapter 5)."""
    glyph = _glyph()
    names = _names({1: "Courier Anchor", 2: "Regular", 4: "Courier Anchor", 6: "CourierAnchor"})
    tables = {
        b"OS/2": _os2(),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12) + _cmap(),
        b"glyf": glyph,
        b"head": _head(),
        b"hhea": struct.pack(">IhhhHhhhhhh8xhH", 0x10000, 800, -200, 0, _EM, 0, 0, 700, 1, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 300),
        b"loca": struct.pack(">HHH", 0, 0, len(glyph) // 2),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, len(_OUTLINE), 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": names,
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    return _sealed(tables)


def _glyph() -> bytes:
    """One closed outline of straight lines."""
    xs, ys = [x for x, _ in _OUTLINE], [y for _, y in _OUTLINE]
    body = struct.pack(">hhhhhHH", 1, min(xs), min(ys), max(xs), max(ys), len(_OUTLINE) - 1, 0)
    body += b"\x01" * len(_OUTLINE)
    for values in (xs, ys):
        body += b"".join(struct.pack(">h", b - a) for a, b in zip([0, *values], values, strict=False))
    return body + bytes(-len(body) % 4)


def _cmap() -> bytes:
    """A segment mapping of one character (format 4), closed as the format demands."""
    segments = struct.pack(">HHHHHHHhhHH", _ANCHOR, 0xFFFF, 0, _ANCHOR, 0xFFFF, (1 - _ANCHOR) & 0xFFFF, 1, 0, 0, 0, 0)
    body = struct.pack(">HHHH", 4, 4, 1, 0) + segments[: 2 * 9]
    return struct.pack(">HHH", 4, len(body) + 6, 0) + body


def _head() -> bytes:
    fixed = struct.pack(">IIIIHH", 0x10000, 0x10000, 0, _MAGIC, 3, _EM)
    return fixed + bytes(16) + struct.pack(">hhhhHHhhh", 300, 0, 700, 700, 0, 8, 2, 0, 0)


def _names(names: dict[int, str]) -> bytes:
    records, text = b"", b""
    for number, name in names.items():
        words = name.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(words), len(text))
        text += words
    return struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + text


def _os2() -> bytes:
    sizes = struct.pack(">HhHHHhhhhhhhhhhh", 4, _EM, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0)
    marks = bytes(10) + struct.pack(">IIII", 0, 0, 0, 0) + b"NONE" + struct.pack(">HHH", 0x40, _ANCHOR, _ANCHOR)
    return sizes + marks + struct.pack(">hhhHHIIhhHHH", 800, -200, 0, 800, 200, 1, 0, 500, 700, 0, 32, 1)


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return sum(int.from_bytes(padded[at : at + 4], "big") for at in range(0, len(padded), 4)) & 0xFFFFFFFF


def _sealed(tables: dict[bytes, bytes]) -> bytes:
    """The table directory, the tables, and the sum of all in ``head``."""
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, len(tables) * 16 - 128)
    offset, bodies = 12 + 16 * len(tables), b""
    for tag, data in sorted(tables.items()):
        directory += tag + struct.pack(">III", _checksum(data), offset + len(bodies), len(data))
        bodies += data + bytes(-len(data) % 4)
    whole = bytearray(directory + bodies)
    place = directory.index(b"head") + 8
    head = int.from_bytes(whole[place : place + 4], "big")
    struct.pack_into(">I", whole, head + 8, (_CHECKSUM_BASE - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)
