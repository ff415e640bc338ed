"""Whether two pictures show the same: saved again, cut out of one another, or exchanged.

Brightness is compared and no byte, for each server compresses anew and in another size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import sqrt
from typing import Final, Literal, TypeAlias

from archivist.model.look import SIDE, Look

__all__ = ["Sight", "sight"]

Sight: TypeAlias = Literal["same", "cropped", "swapped"]

ALIKE: Final = 0.98
"""Correlation of brightness from which two pictures show the same; compression and scaling leave 0.995 and more."""
SPOT: Final = 40
"""Of 255: a dot that differs by more, where the rest is the same, was painted over."""
SHAPE: Final = 0.04
"""By how much the proportions of one picture may differ when it is saved in another size."""
EDGES: Final = 3
"""Cells of a part that may differ by as much."""
CELLS: Final = 12
"""Rows and columns of cells in which a part of a picture is compared."""
ROUGHLY: Final = 0.8
"""Correlation from which a part is looked at more closely."""
LEAST: Final = 0.45
"""Width of the smallest part that is looked for, of the whole picture's."""
STEPS: Final = 16
"""Places in either direction at which a part is looked for at first."""
MOST: Final = 0.94
"""Share of the picture that a part of it has at most: a larger one of the same proportions is all of it."""
FLAT: Final = 3.0
"""Spread of brightness below which a picture is of one colour, and looks like every other of that colour."""


def sight(old: Look, new: Look) -> Sight:
    """What became of the picture."""
    if _is_of_one_shape(old, new) and _is_same(old, new):
        return "same"
    return "cropped" if _is_part(old, new) or _is_part(new, old) else "swapped"


def _is_of_one_shape(old: Look, new: Look) -> bool:
    one, other = old.width * new.height, new.width * old.height
    return abs(one - other) <= SHAPE * max(one, other)


def _is_same(old: Look, new: Look) -> bool:
    """Dot by dot, but for what is brighter or darker as a whole."""
    spread = [_spread(look.dots) for look in (old, new)]
    before, after = (sum(look.dots) / len(look.dots) for look in (old, new))
    if min(spread) < FLAT:
        return max(spread) < FLAT and abs(before - after) < SPOT
    if _correlation(old.dots, new.dots) < ALIKE:
        return False
    return not _spots(old.dots, new.dots)


def _spots(old: Sequence[float], new: Sequence[float]) -> int:
    """How many dots differ, but for what is brighter, darker or of more contrast as a whole."""
    before, after = sum(old) / len(old), sum(new) / len(new)
    gain = _spread(new) / _spread(old)
    return sum(abs((a - before) * gain - (b - after)) > SPOT for a, b in zip(old, new, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Window:
    """A part of a picture, in dots."""

    left: float
    top: float
    width: float
    height: float


_WHOLE: Final = _Window(left=0, top=0, width=SIDE, height=SIDE)


def _is_part(whole: Look, part: Look) -> bool:
    """A window of the one shows all of the other."""
    sums = _sums(whole.dots)
    wanted = _cells(_sums(part.dots), _WHOLE)
    if _spread(wanted) < FLAT:
        return False
    slant = whole.width * part.height / (whole.height * part.width)
    found, window = _best(sums, wanted, _windows(slant))
    if found < ROUGHLY:
        return False
    step = SIDE / STEPS / 2
    while step >= 0.25 and found < ALIKE:
        nearer = max(
            (_correlation(_cells(sums, each), wanted), -at, each) for at, each in enumerate(_near(window, step))
        )
        if nearer[0] > found:
            found, _, window = nearer
        else:
            step /= 2
    if found < ALIKE or window.width * window.height > MOST * SIDE * SIDE:
        return False
    dots = window.width * window.height / CELLS**2
    shown = [cell / dots for cell in _cells(sums, window)]
    # Where it is cut by a hair's breadth elsewhere, what stands at an edge falls into another cell.
    return _spots(shown, [cell * CELLS**2 / SIDE**2 for cell in wanted]) <= EDGES


def _best(sums: Sequence[Sequence[int]], wanted: Sequence[float], windows: Iterable[_Window]) -> tuple[float, _Window]:
    """The first of the windows that shows most of what is wanted, and how well."""
    found = (-1.0, _WHOLE)
    for window in windows:
        alike = _correlation(_cells(sums, window), wanted)
        if alike > found[0]:
            found = (alike, window)
    return found


def _windows(slant: float) -> Iterator[_Window]:
    """Windows of the part's proportions, all over the picture, the largest first."""
    steps = round((1 - LEAST) * 20)
    for size in range(steps + 1):
        width = SIDE * (1 - size / 20)
        height = width * slant
        if height > SIDE * 1.02 or height < LEAST * SIDE:
            continue
        height = min(height, SIDE)
        for row in _places(SIDE - height):
            for column in _places(SIDE - width):
                yield _Window(left=column, top=row, width=width, height=height)


def _places(room: float) -> list[float]:
    count = max(1, round(room / (SIDE / STEPS)))
    return [room * at / count for at in range(count + 1)] if room > 0 else [0.0]


def _near(window: _Window, step: float) -> Iterator[_Window]:
    """The window moved and scaled by a step, within the picture."""
    for grow in (0.0, -step, step):
        width = min(SIDE, window.width + grow)
        height = min(SIDE, window.height * width / window.width)
        for down in (0.0, -step, step):
            for right in (0.0, -step, step):
                left = min(max(0.0, window.left + right - grow / 2), SIDE - width)
                top = min(max(0.0, window.top + down - grow / 2), SIDE - height)
                yield _Window(left=left, top=top, width=width, height=height)


def _sums(dots: bytes) -> list[list[int]]:
    """Of all dots above and to the left of each corner."""
    sums = [[0] * (SIDE + 1)]
    for row in range(SIDE):
        along = [0, *accumulate(dots[row * SIDE : (row + 1) * SIDE])]
        sums.append([above + here for above, here in zip(sums[-1], along, strict=True)])
    return sums


def _cells(sums: Sequence[Sequence[int]], window: _Window) -> list[float]:
    """The brightness of each cell of the window."""
    rows = [window.top + window.height * at / CELLS for at in range(CELLS + 1)]
    columns = [window.left + window.width * at / CELLS for at in range(CELLS + 1)]
    corners = [[_at(sums, row, column) for column in columns] for row in rows]
    return [low[at + 1] - low[at] - high[at + 1] + high[at] for high, low in pairwise(corners) for at in range(CELLS)]


def _at(sums: Sequence[Sequence[int]], row: float, column: float) -> float:
    """The sum at a place between dots."""
    above, left = min(int(row), SIDE - 1), min(int(column), SIDE - 1)
    down, right = row - above, column - left
    top = sums[above][left] * (1 - right) + sums[above][left + 1] * right
    bottom = sums[above + 1][left] * (1 - right) + sums[above + 1][left + 1] * right
    return top * (1 - down) + bottom * down


def _spread(values: Sequence[float]) -> float:
    """Standard deviation."""
    mean = sum(values) / len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / len(values))


def _correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """From -1 to 1; 0 where one of them is flat."""
    means = sum(one) / len(one), sum(other) / len(other)
    both = sum((a - means[0]) * (b - means[1]) for a, b in zip(one, other, strict=True))
    size = _spread(one) * _spread(other) * len(one)
    return both / size if size else 0.0
