"""Lines of a printed page joined to paragraphs, across lines, columns and pages.

A paragraph ends where the step to the next line is wide, the type changes, or the next word would still have found
room. Running heads, feet and page numbers are no text. Nothing here knows PDF.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from archivist.model.sheets import FlowText

__all__ = ["Line", "flow"]

WIDE: Final = 1.3
"""Times the usual step from line to line: a wider one begins a paragraph."""
ROOM: Final = 0.1
"""Share of a column's width that is left over behind the last sentence of a paragraph."""
MUCH_ROOM: Final = 0.35
"""The same behind words that end no sentence: a heading, an item of a list."""
ENOUGH: Final = 4
"""Steps from which a page tells its own."""
USUAL: Final = 1.45
"""Times the type size: the step from line to line where the document does not tell."""
SIZES: Final = 0.12
"""Share of the type size: a larger change begins a paragraph."""
MARGIN: Final = 0.09
"""Share of the page's height at head and foot in which running lines stand."""
MAX_NUMBERED: Final = 80
"""Characters of a running line."""

_SENTENCE_END: Final = re.compile(r"[.!?:;…。！？]['”\"»)\]]*$")
_DIGITS: Final = re.compile(r"\d+")
_HYPHEN: Final = re.compile(r"[^\W\d_][-\u00ad\ufffe\u2010]$")
_ITEM: Final = re.compile(r"(?:[•◦▪–—*·‣]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)])\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, or a cell of a table, as set. Lengths are in points, from the bottom left of the page."""

    page: int
    text: str
    left: float
    right: float
    top: float
    size: float
    first_word: float
    """Width of its first word."""
    height: float
    """Of the page."""
    is_hidden: bool = False


def flow(lines: Sequence[Line]) -> Iterator[FlowText]:
    """The paragraphs in reading order; hidden text stands by itself."""
    running = _running(lines)
    visible = [line for line in lines if not line.is_hidden and not _is_running(line, running)]
    steps = _usual_steps(visible)
    rights = _rights(visible)
    kept: list[Line] = []
    for line in visible:
        if kept and _is_break(kept[-1], line, step=_step(line, steps), rights=rights):
            yield _joined(kept)
            kept = []
        kept.append(line)
    if kept:
        yield _joined(kept)
    for line in lines:
        if line.is_hidden:
            yield FlowText(page=line.page, text=_joined([line]).text, is_hidden=True)


def _running(lines: Sequence[Line]) -> frozenset[str]:
    """What stands in the margins of several pages, numbers apart."""
    pages: defaultdict[str, set[int]] = defaultdict(set)
    for line in lines:
        if _is_margin(line):
            pages[_masked(line.text)].add(line.page)
    return frozenset(mark for mark, found in pages.items() if len(found) > 1)


def _is_running(line: Line, running: frozenset[str]) -> bool:
    if not _is_margin(line) or len(line.text) > MAX_NUMBERED:
        return False
    # At head or foot, a line that begins or ends with the number of its page needs no second page to tell.
    numbers = _DIGITS.findall(line.text)
    is_numbered = bool(numbers) and str(line.page) in (numbers[0], numbers[-1])
    at_edge = bool(numbers) and (line.text[-1].isdigit() or line.text[0].isdigit())
    return _masked(line.text) in running or (is_numbered and at_edge)


def _is_margin(line: Line) -> bool:
    return not MARGIN * line.height <= line.top <= (1 - MARGIN / 2) * line.height


def _masked(text: str) -> str:
    return _DIGITS.sub("#", text)


def _usual_steps(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """The smallest common step from line to line, by size of type and page; page 0 stands for all."""
    steps: defaultdict[tuple[int, int], Counter[float]] = defaultdict(Counter)
    for above, line in pairwise(lines):
        step = above.top - line.top
        is_near = above.page == line.page and 0.9 * line.size <= step <= 2 * line.size
        if is_near and round(above.size) == round(line.size):
            for page in (0, line.page):
                steps[round(line.size), page][round(step * 2) / 2] += 1
    usual: dict[tuple[int, int], float] = {}
    for place, counts in steps.items():
        total = sum(counts.values())
        if place[1] == 0 or total >= ENOUGH:
            usual[place] = min(step for step, count in counts.items() if count >= max(1, total // 8))
    return usual


def _step(line: Line, steps: dict[tuple[int, int], float]) -> float:
    size = round(line.size)
    return steps.get((size, line.page)) or steps.get((size, 0)) or USUAL * line.size


def _rights(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """How far lines of one column reach, by page and left edge."""
    rights: dict[tuple[int, int], float] = {}
    for line in lines:
        column = (line.page, round(line.left / 8))
        rights[column] = max(rights.get(column, 0.0), line.right)
    return rights


def _is_break(above: Line, line: Line, *, step: float, rights: dict[tuple[int, int], float]) -> bool:
    """A paragraph ends between the two."""
    if _HYPHEN.search(above.text) and line.text[:1].islower():
        return False
    if abs(above.size - line.size) > SIZES * max(above.size, line.size) or _ITEM.match(line.text):
        return True
    has_room = _has_room(above, line, rights[above.page, round(above.left / 8)])
    down = above.top - line.top
    if above.page != line.page or down < 0:
        # Over to the next column or page: only what plainly goes on.
        return has_room or bool(_SENTENCE_END.search(above.text)) or not line.text[:1].islower()
    if down < 0.5 * line.size:
        return True  # the next cell of a row
    is_indented = line.left - above.left > line.size and above.left <= line.left
    return down > step * WIDE or has_room or is_indented


def _has_room(above: Line, line: Line, reach: float) -> bool:
    """The next word would have found room in the line above, and plainly so: not every program fills its lines."""
    room = reach - above.right - line.first_word - 0.3 * above.size
    width = reach - above.left
    return room > (ROOM if _SENTENCE_END.search(above.text) else MUCH_ROOM) * width


def _joined(lines: Sequence[Line]) -> FlowText:
    """One paragraph: hyphens at line ends undone, white space folded."""
    text = ""
    for line in lines:
        piece = " ".join(re.sub(r"\ufffe(?=\w)", "", line.text).split())
        if _HYPHEN.search(text) and piece[:1].islower():
            text = text[:-1] + piece
        else:
            text = f"{text} {piece}" if text else piece
    return FlowText(page=lines[0].page, text=text)
