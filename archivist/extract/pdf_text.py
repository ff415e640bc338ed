"""The text of a PDF's pages: lines as they are set, joined to paragraphs, in the order of reading.

pdfium gives the characters in the order in which the page draws them, with a line break where the next one stands
lower. What is drawn row by row across two columns is taken apart here; words split at line ends are made whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass, replace
from itertools import pairwise
from math import hypot
from statistics import median
from typing import Any, Final

__all__ = ["Line", "Paragraph", "body_size", "is_heading", "leading_of", "lines_of", "paragraphs_of", "vocabulary"]

WIDE_STEP: Final = 1.35
"""Times the usual step from line to line: a wider one begins a paragraph. Usual is what a quarter of the lines keep
below, for every paragraph of a page may be short."""
FULL_PAGE: Final = 8
"""Steps of a page that tell what is usual on it, if not one of so many is as usual elsewhere."""
WIDEST: Final = 2.5
"""Times the type size: no line of a paragraph stands further below another, not even where lines are set double."""
TIGHT: Final = 0.7
"""Times the type size: no line stands so close below another; what does is a raised figure or an accent."""
SIZE_CHANGE: Final = 0.08
"""Share of the type size: a larger change begins a paragraph."""
LARGER: Final = 1.15
"""Times the size of the running text: headings are set at least so large."""
MAX_HEADING: Final = 200
GUTTER: Final = 1.2
"""Times the type size: no space between two words of a line is as wide, but every gutter between columns is."""
COLUMN_LINES: Final = 4
"""Lines on both sides of a gutter that make columns; fewer may be a letterhead."""
COLUMN_TEXT: Final = 18
"""Characters of a usual line of a column; the cells of a table, which is read across, hold fewer."""
SAMPLE: Final = 8
"""Lines of a page that are measured word by word before all are."""
MAX_LINES: Final = 5_000
"""Lines of one page that are put into order."""

_LINE_END: Final = re.compile("\r\n|\ufffe")
_SOFT: Final = "\ufffe"
"""What pdfium gives for a hyphen at the end of a line, in place of the hyphen and the line break."""
_SPACE: Final = re.compile(r"(?<=\S)\s++(?=\S)")
_SPLIT_WORD: Final = re.compile(r"[^\W_]-$")
_LAST_WORD: Final = re.compile(r"[^\W_]++$")
_FIRST_WORD: Final = re.compile(r"^[^\W_]++")
_WORD: Final = re.compile(r"[^\W_]++(?:-[^\W_]++)*+")
_BULLETS: Final = tuple(f"{bullet} " for bullet in "•‣◦▪●■◆►➢✓")
_SENTENCE_END: Final = tuple('.!?:;。！？؟…"”»)')


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as set, or the part of it that stands in one column."""

    text: str
    top: float
    """Of its first letter, in points from the bottom of the page."""
    size: float
    """Of its type, in points."""
    left: float = 0
    right: float = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, joined."""

    text: str
    size: float


def lines_of(text_page: Any, limit: int) -> list[Line]:  # noqa: ANN401  # pypdfium2 has no types
    """The lines of a page in the order of reading, from at most ``limit`` characters."""
    text = text_page.get_text_range(0, min(text_page.count_chars(), limit))
    glyphs = _Glyphs(text_page)
    pieces: list[tuple[int, str]] = []
    at = 0
    for end in (*_LINE_END.finditer(text), None):
        piece = text[at : end.start() if end else len(text)]
        if piece.strip():
            pieces.append((at, piece + _SOFT if end is not None and end[0] == _SOFT else piece))
        at = end.end() if end else len(text)
    if not _goes_across(pieces, glyphs):
        return [_line(piece, at, glyphs) for at, piece in pieces]
    return _in_reading_order([_cut(_line(piece, at, glyphs), piece, at, glyphs) for at, piece in pieces])


def _goes_across(pieces: Sequence[tuple[int, str]], glyphs: _Glyphs) -> bool:
    """Some of the page's long lines have a space as wide as a gutter: a few lines from top to bottom tell."""
    long = [(at, piece) for at, piece in pieces if len(piece) >= 2 * COLUMN_TEXT]
    few = long[:: max(1, len(long) // SAMPLE)] if len(long) >= COLUMN_LINES and len(pieces) <= MAX_LINES else []
    return any(len(_cut(_line(piece, at, glyphs), piece, at, glyphs)) > 1 for at, piece in few)


class _Glyphs:
    """Where the characters of a page stand, by their index in its text."""

    def __init__(self, text_page: Any) -> None:  # noqa: ANN401  # pypdfium2 has no types
        import pypdfium2.raw as pdfium  # noqa: PLC0415  # heavy, and wanted only where a PDF is read

        self._pdfium, self._page = pdfium, text_page.raw
        self._edges = c_double(), c_double(), c_double(), c_double()
        self._places = tuple(byref(edge) for edge in self._edges)
        self._rect, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()

    def across(self, index: int) -> tuple[float, float]:
        """Left and right edge."""
        self._pdfium.FPDFText_GetCharBox(self._page, self._glyph(index), *self._places)
        return self._edges[0].value, self._edges[1].value

    def top(self, index: int) -> float:
        """Upper edge of the line's box, the same for all letters of one font."""
        self._pdfium.FPDFText_GetLooseCharBox(self._page, self._glyph(index), byref(self._rect))
        return float(self._rect.top)

    def size(self, index: int) -> float:
        """Of the type, as it is seen on the page."""
        glyph = self._glyph(index)
        size = float(self._pdfium.FPDFText_GetFontSize(self._page, glyph))
        if self._pdfium.FPDFText_GetMatrix(self._page, glyph, byref(self._matrix)):
            size *= hypot(self._matrix.c, self._matrix.d) or 1.0
        return size

    def _glyph(self, index: int) -> int:
        return max(0, int(self._pdfium.FPDFText_GetCharIndexFromTextIndex(self._page, index)))


def _line(piece: str, start: int, glyphs: _Glyphs) -> Line:
    first = start + len(piece) - len(piece.lstrip())
    return Line(piece.strip(), glyphs.top(first), glyphs.size(first))


def _cut(line: Line, piece: str, start: int, glyphs: _Glyphs) -> list[Line]:
    """The line, cut at spaces as wide as gutters."""
    begin, stop = len(piece) - len(piece.lstrip()), len(piece.rstrip().rstrip(_SOFT))
    left, parts = glyphs.across(start + begin)[0], []
    for space in _SPACE.finditer(piece, begin, stop):
        right, following = glyphs.across(start + space.start() - 1)[1], glyphs.across(start + space.end())[0]
        if following - right > GUTTER * line.size > 0:
            parts.append(replace(line, text=piece[begin : space.start()], left=left, right=right))
            begin, left = space.end(), following
    right = glyphs.across(start + stop - 1)[1]
    return [*parts, replace(line, text=piece[begin:].strip(), left=left, right=right)]


def _in_reading_order(rows: list[list[Line]]) -> list[Line]:
    """Column after column where the rows go across columns; row after row elsewhere."""
    ordered: list[Line] = []
    run: list[list[Line]] = []
    split = [row for row in rows if len(row) > 1]
    gutter = _gutter(split) if len(split) >= COLUMN_LINES else None
    for row in rows:
        if gutter is not None and all(part.right <= gutter or part.left >= gutter for part in row):
            run.append(row)
            continue
        ordered += (*_by_column(run, gutter), _whole(row))
        run = []
    return [*ordered, *_by_column(run, gutter)]


def _gutter(split: Sequence[Sequence[Line]]) -> float | None:
    """The line from top to bottom that most of these rows leave free, if there are columns of prose beside it."""
    gaps = [(left.right, right.left) for row in split for left, right in pairwise(row)]
    middles = Counter(round(right) for _, right in gaps)
    at = middles.most_common(1)[0][0] - 1.0
    free = [row for row in split if any(left.right <= at <= right.left for left, right in pairwise(row))]
    sides = [[part for row in free for part in row if (part.left < at) is is_left] for is_left in (True, False)]
    are_columns = all(
        len(side) >= COLUMN_LINES and median(len(part.text) for part in side) >= COLUMN_TEXT for side in sides
    )
    return at if are_columns else None


def _by_column(run: Sequence[Sequence[Line]], gutter: float | None) -> Iterator[Line]:
    if gutter is None or sum(len(row) > 1 for row in run) < COLUMN_LINES:
        yield from (_whole(row) for row in run)
        return
    for is_left in (True, False):
        for row in run:
            own = [part for part in row if (part.left < gutter) is is_left]
            if own:
                yield _whole(own)


def _whole(row: Sequence[Line]) -> Line:
    """The parts of a row as one line."""
    first, last = row[0], row[-1]
    return first if len(row) == 1 else replace(first, text=" ".join(part.text for part in row), right=last.right)


def leading_of(pages: Iterable[Sequence[Line]]) -> float:
    """How far a line usually stands below another of its paragraph, in times the type size; 0 where nothing tells."""
    return _usual([leading for lines in pages for leading in _leadings(lines)])


def _leadings(lines: Sequence[Line]) -> list[float]:
    steps = ((above.top - below.top, above.size) for above, below in pairwise(lines))
    return [step / size for step, size in steps if TIGHT * size < step < WIDEST * size]


def _usual(leadings: Sequence[float]) -> float:
    return sorted(leadings)[len(leadings) // 4] if leadings else 0.0


def paragraphs_of(lines: Sequence[Line], *, words: frozenset[str], leading: float) -> Iterator[Paragraph]:
    """The lines joined where they stand as close as most do and are set in one size.

    Args:
        lines: of one page, in the order of reading.
        words: of the whole document; they tell whether a hyphen at a line end belongs to the word.
        leading: of the whole document, for pages of few lines.
    """
    own = _leadings(lines)
    as_elsewhere = sum(step <= leading * (1 + SIZE_CHANGE) for step in own)
    # A page of one-line paragraphs has few steps within them, and one that is set wider than the others has none.
    usual = _usual(own) if as_elsewhere * FULL_PAGE < len(own) >= FULL_PAGE else leading
    steps = [above.top - below.top for above, below in pairwise(lines)]
    kept: list[Line] = []
    for step, above, line in zip([0.0, *steps], [None, *lines], lines, strict=False):
        if above is not None and _is_break(step, usual, above, line):
            yield Paragraph(_joined(kept, words), kept[0].size)
            kept = []
        kept.append(line)
    if kept:
        yield Paragraph(_joined(kept, words), kept[0].size)


def _is_break(step: float, usual: float, above: Line, line: Line) -> bool:
    if abs(above.size - line.size) > SIZE_CHANGE * max(above.size, line.size):
        return True
    if step < -line.size:
        # The next column: the sentence goes on there, or a new paragraph begins.
        return above.text.endswith(_SENTENCE_END) or not (line.text[:1].islower() or above.text.endswith(_SOFT))
    return step > usual * WIDE_STEP * above.size or line.text.startswith(_BULLETS)


def _joined(lines: Iterable[Line], words: frozenset[str]) -> str:
    """One paragraph: hyphens at line ends undone, white space folded."""
    text = ""
    for line in lines:
        stripped = " ".join(line.text.split())
        if text.endswith(_SOFT) or (_SPLIT_WORD.search(text) and (stripped[:1].islower() or stripped[:1].isdigit())):
            text = _made_whole(text[:-1], stripped, words)
        else:
            text = f"{text} {stripped}" if text else stripped
    return text.replace(_SOFT, "-")


def _made_whole(start: str, end: str, words: frozenset[str]) -> str:
    """The word that a line end splits: without the hyphen, unless it has one elsewhere or only one makes sense."""
    first, second = _LAST_WORD.search(start), _FIRST_WORD.search(end)
    if first is None or second is None:
        return f"{start}-{end}"
    is_known = (first[0] + second[0]).lower() in words
    is_hyphenated = f"{first[0]}-{second[0]}".lower() in words
    is_word = first[0][-1:].isalpha() and second[0][:1].islower() and not first[0][1:].isupper()
    return start + end if is_known or (is_word and not is_hyphenated) else f"{start}-{end}"


def vocabulary(pages: Iterable[Sequence[Line]]) -> frozenset[str]:
    """The words of the document that stand whole within a line; empty where no line ends in a hyphen."""
    lines = [line.text for page in pages for line in page]
    if not any(text.endswith((_SOFT, "-")) for text in lines):
        return frozenset()
    return frozenset(word.lower() for text in lines for word in _WORD.findall(text))


def body_size(pages: Iterable[Sequence[Line]]) -> float:
    """The size in which most of the document is set; 0 where there is no text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def is_heading(paragraph: Paragraph, *, body: float) -> bool:
    """It is short, has a letter, and is set larger than the running text."""
    is_larger = paragraph.size >= LARGER * body > 0
    return is_larger and len(paragraph.text) <= MAX_HEADING and any(map(str.isalpha, paragraph.text))
