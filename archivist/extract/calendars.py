"""Days of other calendars as days of ours: Solar Hijri, Buddhist era, Japanese eras, the Republic of China."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

__all__ = ["ERAS", "FIRST_YEAR", "LAST_YEAR", "day", "jalali_day"]

FIRST_YEAR: Final = 1600
"""The first newspaper (Relation, Strasbourg) is of 1605."""
LAST_YEAR: Final = 2200
BUDDHIST: Final = 543
"""Years that the Thai calendar is ahead of ours."""

ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before the first of each era."""

_LEAP_YEARS: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Of the 33 years of a Solar Hijri cycle; right for 1244 to 1502, which is 1865 to 2123 (Heydari-Malayeri)."""


def day(year: int, month: int, number: int) -> str | None:
    """A day as ISO 8601; None where there is no such day, or where newspapers cannot mean it.

    A year five centuries ahead is one of the Buddhist era, the only calendar in use there.
    """
    if LAST_YEAR + 200 < year < LAST_YEAR + BUDDHIST:
        year -= BUDDHIST
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def jalali_day(year: int, month: int, number: int) -> str | None:
    """A day of the Solar Hijri calendar as ISO 8601; None where there is no such day."""
    if not (1244 <= year <= 1502 and 1 <= month <= 12 and 1 <= number <= _length(year, month)):
        return None
    first = date(1865, 3, 21)  # 1 Farvardin 1244
    leap_days = sum((past % 33) in _LEAP_YEARS for past in range(1244, year))
    before = 31 * min(month - 1, 6) + 30 * max(month - 7, 0)
    return (first + timedelta(days=365 * (year - 1244) + leap_days + before + number - 1)).isoformat()


def _length(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month <= 11 or year % 33 in _LEAP_YEARS else 29
