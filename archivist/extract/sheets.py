"""What the pages of a PDF show: lines with their places, pictures, boxes over text, text that no reader sees.

As ``archivist.extract.pdf``, to be run in a child process with limits of time and memory.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, Final

from archivist.extract.flow import Line, flow
from archivist.model.sheets import Box, Sheet, Sheets

__all__ = ["read_sheets"]

MAX_PAGES: Final = 2_000
MAX_TEXT: Final = 5_000_000
"""Characters of the document."""
MAX_OBJECTS: Final = 20_000
"""Drawn objects of one page that are looked at."""
MAX_IMAGES: Final = 200
"""Pictures of the document that are looked at."""
MAX_PIXELS: Final = 20_000_000
MAX_NOTES: Final = 500
MAX_NOTE: Final = 2_000
"""Characters of one annotation."""
OPAQUE: Final = 250
"""Of 255: what is less lets the text beneath through, as a highlighter does."""
CELL: Final = 2.0
"""Times the type size: a wider gap within a line parts two cells of a table."""
DARK: Final = 90
"""Of 255: a box of this lightness or darker hides black text."""
WHITE: Final = 250
_WORD: Final = re.compile(r"\S+")
SMALL: Final = 6.0
"""Points: a box lower or narrower than this hides no word."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A filled shape."""

    left: float
    bottom: float
    right: float
    top: float
    order: int
    """Its place in the order of drawing."""
    light: int
    """0 for black to 255 for white."""

    def holds(self, x: float, y: float) -> bool:
        """The point lies within it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as set."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    order: int
    """Of the text object that draws it; -1 where it is not known."""
    light: int
    is_inkless: bool
    """Drawn with invisible ink (ISO 32000-1, 9.3.6, mode 3): so are the texts beneath scanned pages."""

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a page draws besides text."""

    orders: dict[int, int]
    """Place in the order of drawing, by the address of the object."""
    shapes: list[_Shape]
    pictures: list[_Shape]
    hashes: list[str]


def read_sheets(file: BinaryIO | bytes) -> Sheets:
    """What the pages show, as far as they can be read; nothing of a file that is no PDF."""
    import pypdfium2  # noqa: PLC0415  # heavy, and wanted only here

    try:
        pdf = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError:
        return Sheets()
    try:
        sheets: list[Sheet] = []
        lines: list[Line] = []
        notes: list[str] = []
        room, images = MAX_TEXT, MAX_IMAGES
        for index in range(min(len(pdf), MAX_PAGES)):
            if room <= 0:
                break
            try:
                sheet, found = _sheet(pdf, index, room=room, images=images)
                notes += _notes(pdf, index)
            except pypdfium2.PdfiumError:
                continue
            sheets.append(sheet)
            lines += found
            room -= sum(len(line.text) for line in found)
            images -= len(sheet.images)
        return Sheets(
            flow=tuple(flow(lines)),
            sheets=tuple(sheets),
            attachments=tuple(_attachments(pdf)),
            notes=tuple(notes[:MAX_NOTES]),
        )
    finally:
        pdf.close()


def _sheet(pdf: Any, index: int, *, room: int, images: int) -> tuple[Sheet, list[Line]]:  # noqa: ANN401  # untyped
    page = pdf[index]
    try:
        drawn = _drawn(page, images)
        text_page = page.get_textpage()
        try:
            words = list(_words(text_page, room, drawn.orders))
        finally:
            text_page.close()
        boxes = tuple(_boxes(drawn.shapes, [word for line in words for word in line]))
        lines = [
            _line(run, page=index + 1, height=page.get_height(), is_hidden=is_hidden)
            for line in words
            for is_hidden, run in _runs(line, drawn)
        ]
        return Sheet(number=index + 1, images=tuple(drawn.hashes), boxes=boxes), lines
    finally:
        page.close()


def _drawn(page: Any, images: int) -> _Drawn:  # noqa: ANN401  # pypdfium2 has no types
    import pypdfium2  # noqa: PLC0415  # as above
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    drawn = _Drawn({}, [], [], [])
    for order, item in enumerate(islice(page.get_objects(max_depth=3), MAX_OBJECTS)):
        drawn.orders[ctypes.cast(item.raw, ctypes.c_void_p).value or 0] = order
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            light = _fill(item.raw)
            if light is not None:
                drawn.shapes.append(_shape(item.get_bounds(), order=order, light=light))
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.pictures.append(_shape(item.get_bounds(), order=order, light=0))
            if len(drawn.hashes) < images:
                try:
                    drawn.hashes.append(_picture(item))
                except (pypdfium2.PdfiumError, ValueError, OSError):
                    continue
    return drawn


def _shape(bounds: tuple[float, float, float, float], *, order: int, light: int) -> _Shape:
    left, bottom, right, top = bounds
    return _Shape(left, bottom, right, top, order, light)


def _fill(path: Any) -> int | None:  # noqa: ANN401  # pypdfium2 has no types
    """How light a shape is filled; None for none, or where it lets something through."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, mode, stroke) or mode.value == pdfium.FPDF_FILLMODE_NONE:
        return None
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha) or alpha.value < OPAQUE:
        return None
    return max(red.value, green.value, blue.value)


def _picture(item: Any) -> str:  # noqa: ANN401  # pypdfium2 has no types
    """SHA-256 of the data, and what pictures have in common that look alike: where brightness falls from left to right.

    The second is the "difference hash": 8 by 8 comparisons of neighbours in a picture of 9 by 8.
    """
    data = hashlib.sha256(bytes(item.get_data(decode_simple=True))).hexdigest()
    width, height = item.get_px_size()
    if not 0 < width * height <= MAX_PIXELS:
        return f"{data}:"
    dots = item.get_bitmap().to_pil().convert("L").resize((9, 8)).tobytes()
    bits = [dots[row * 9 + column] > dots[row * 9 + column + 1] for row in range(8) for column in range(8)]
    return f"{data}:{sum(bit << at for at, bit in enumerate(bits)):016x}"


def _words(text_page: Any, room: int, orders: dict[int, int]) -> Iterator[list[_Word]]:  # noqa: ANN401  # untyped
    """The words, line by line."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    at = 0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    for text in text_page.get_text_range(0, min(text_page.count_chars(), room)).split("\r\n"):
        line: list[_Word] = []
        for found in _WORD.finditer(text):
            first, last = at + found.start(), at + found.end() - 1
            left, bottom, _, top = text_page.get_charbox(first, loose=True)
            right = text_page.get_charbox(last, loose=True)[2]
            item = pdfium.FPDFText_GetTextObject(text_page, first)
            has_fill = pdfium.FPDFText_GetFillColor(text_page, first, red, green, blue, alpha)
            line.append(
                _Word(
                    text=found[0],
                    left=left,
                    bottom=bottom,
                    right=right,
                    top=top,
                    size=pdfium.FPDFText_GetFontSize(text_page, first),
                    order=orders.get(ctypes.cast(item, ctypes.c_void_p).value or 0, -1),
                    light=min(red.value, green.value, blue.value) if has_fill else 0,
                    is_inkless=pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE,
                )
            )
        if line:
            yield line
        at += len(text) + 2


def _boxes(shapes: list[_Shape], words: list[_Word]) -> Iterator[Box]:
    """The dark boxes on which nothing is written, with what is written beneath them."""
    for shape in shapes:
        if shape.light > DARK or min(shape.right - shape.left, shape.top - shape.bottom) < SMALL:
            continue
        within = [word for word in words if shape.holds(*word.centre)]
        if not any(word.order > shape.order and word.light > DARK for word in within):
            place = " ".join(f"{length:.0f}" for length in (shape.left, shape.bottom, shape.right, shape.top))
            yield Box(place=place, text=" ".join(word.text for word in within))


def _runs(line: list[_Word], drawn: _Drawn) -> Iterator[tuple[bool, list[_Word]]]:
    """The line cut into cells of a table, and words that are seen apart from words that are not."""
    hidden = [word for word in line if _is_hidden(word, drawn)]
    run: list[_Word] = []
    for word in line:
        if word in hidden:
            continue
        if run and word.left - run[-1].right > CELL * word.size and not _is_boxed(run[-1], word, drawn.shapes):
            yield False, run
            run = []
        run.append(word)
    if run:
        yield False, run
    if hidden:
        yield True, hidden


def _is_boxed(before: _Word, after: _Word, shapes: list[_Shape]) -> bool:
    """A dark box stands in the gap: a word was taken out there, and the line goes on."""
    middle = (before.right + after.left) / 2, before.centre[1]
    return any(shape.light <= DARK and shape.holds(*middle) for shape in shapes)


def _is_hidden(word: _Word, drawn: _Drawn) -> bool:
    """White on nothing but paper, of invisible ink beside no picture, or too small for any eye."""
    is_backed = any(shape.holds(*word.centre) and shape.light < WHITE for shape in drawn.shapes)
    is_pictured = any(picture.holds(*word.centre) for picture in drawn.pictures)
    if is_backed or is_pictured:
        return False
    return word.is_inkless or word.light >= WHITE or word.right <= 0 or word.top <= 0


def _line(run: list[_Word], *, page: int, height: float, is_hidden: bool) -> Line:
    return Line(
        page=page,
        text=" ".join(word.text for word in run),
        left=run[0].left,
        right=run[-1].right,
        top=run[0].top,
        size=max(word.size for word in run),
        first_word=run[0].right - run[0].left,
        height=height,
        is_hidden=is_hidden,
    )


def _notes(pdf: Any, index: int) -> Iterator[str]:  # noqa: ANN401  # pypdfium2 has no types
    """What annotations say."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    page = pdf[index]
    try:
        for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_NOTES)):
            note = pdfium.FPDFPage_GetAnnot(page, at)
            if not note:
                continue
            try:
                size = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
                buffer = ctypes.create_string_buffer(min(size, 2 * MAX_NOTE))
                pdfium.FPDFAnnot_GetStringValue(
                    note, b"Contents", ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), len(buffer)
                )
            finally:
                pdfium.FPDFPage_CloseAnnot(note)
            text = " ".join(buffer.raw.decode("utf-16-le", "replace").rstrip("\0").split())
            if text:
                yield text
    finally:
        page.close()


def _attachments(pdf: Any) -> Iterator[str]:  # noqa: ANN401  # pypdfium2 has no types
    """Name and SHA-256 of the files within the document."""
    for at in range(min(pdf.count_attachments(), MAX_NOTES)):
        attachment = pdf.get_attachment(at)
        yield f"{attachment.get_name()}:{hashlib.sha256(bytes(attachment.get_data())).hexdigest()}"
