"""A small writer of PDF 1.7: pages of plain lines in Helvetica, the same bytes for the same words.

Streams are not compressed, so that the bytes depend on no compression library and a person can read the file.
Cited sections are those of ISO 32000-1:2008 (PDF 1.7).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Line", "Page", "document"]

_WIDTH: Final = 595  # A4 in points
_HEIGHT: Final = 842
_MARGIN: Final = 72
_LEADING: Final = 1.5
_FONT_OBJECTS: Final = 2
_FIRST_PAGE: Final = 4 + _FONT_OBJECTS  # after catalog, page tree, information and the two fonts


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text; an empty one leaves room."""

    text: str = ""
    """Characters of Windows code page 1252 only (WinAnsiEncoding, Annex D)."""

    size: float = 11
    """In points."""

    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Lines from the top of one A4 page; the caller breaks them."""

    lines: tuple[Line, ...]


def document(
    pages: tuple[Page, ...],
    *,
    title: str,
    author: str,
    created: datetime,
    modified: datetime | None = None,
    producer: str = "Courier Press 1.0",
) -> bytes:
    """Return a whole PDF file; the same arguments always give the same bytes."""
    numbers = range(_FIRST_PAGE, _FIRST_PAGE + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    info = {
        "Title": _text(title),
        "Author": _text(author),
        "Producer": _text(producer),
        "CreationDate": _date(created),
        "ModDate": _date(modified or created),
    }
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode("ascii"),
        b"<< " + b" ".join(b"/%s %s" % (key.encode("ascii"), value) for key, value in info.items()) + b" >>",
        _font("Helvetica"),
        _font("Helvetica-Bold"),
    ]
    for number, page in zip(numbers, pages, strict=True):
        objects += [_page(number + 1), _stream(_content(page))]
    return _file(objects)


def _font(name: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode("ascii")


def _page(content: int) -> bytes:
    fonts = "<< /Font << /F1 4 0 R /F2 5 0 R >> >>"
    box = f"[0 0 {_WIDTH} {_HEIGHT}]"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources {fonts} /Contents {content} 0 R >>"
    return page.encode("ascii")


def _content(page: Page) -> bytes:
    """The text operators of one page (9.4)."""
    parts, y = [b"BT"], float(_HEIGHT - _MARGIN)
    for line in page.lines:
        y -= line.size * _LEADING
        if line.text:
            font = "/F2" if line.bold else "/F1"
            place = f"{font} {line.size:g} Tf 1 0 0 1 {_MARGIN} {y:g} Tm ".encode("ascii")
            parts.append(place + _literal(line.text.encode("cp1252")) + b" Tj")
    return b"\n".join([*parts, b"ET"])


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _literal(data: bytes) -> bytes:
    """A literal string (7.3.4.2)."""
    return b"(" + data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _text(words: str) -> bytes:
    """A text string: ASCII as it is, all else in UTF-16 with its mark (7.9.2.2)."""
    return _literal(words.encode("ascii") if words.isascii() else b"\xfe\xff" + words.encode("utf-16-be"))


def _date(moment: datetime) -> bytes:
    """A date with its zone (7.9.4)."""
    zone = moment.strftime("%z")
    if not zone:
        raise ValueError(f"date without a zone: {moment.isoformat()}")
    return _literal(f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'".encode("ascii"))


def _file(objects: list[bytes]) -> bytes:
    """Header, objects, cross-reference table and trailer (7.5)."""
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), len(objects) + 1
    identity = hashlib.sha256(out).hexdigest()[:32]
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R /ID [<{identity}> <{identity}>] >>\n".encode("ascii")
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)
