"""Dates in citations: as precise as the page gives them, and no more."""

from __future__ import annotations

import re
from typing import Final

from archivist.cite.line import one_line

__all__ = [
    "NO_DATE",
    "american_date",
    "date_parts",
    "day_and_month",
    "iso_day",
    "later_day",
    "long_date",
    "short_date",
    "spelled",
]

NO_DATE = "n.d."
"""No date: what a citation says where the page gives none. The time of capture is no substitute."""

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:[T ].*)?)?)?", re.ASCII)
_ENGLISH: Final = tuple("January February March April May June July August September October November December".split())
_GERMAN: Final = tuple(  # codespell:ignore-next-line
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)
_FRENCH: Final = tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())
_SHORT: Final = tuple("Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split())
"""As MLA and the Bluebook (table T12) shorten them."""


def date_parts(date: str | None) -> tuple[int, ...]:
    """Year, month and day as far as given, in the page's own zone; empty for no date, or one that is not ISO 8601."""
    found = _DATE.fullmatch((date or "").strip())
    return tuple(int(part) for part in found.groups() if part) if found else ()


def iso_day(date: str | None) -> str | None:
    """``2023-05-09``, ``2023-05`` or ``2023``; None for no date."""
    parts = date_parts(date)
    return "-".join(f"{part:02}" for part in parts) or None


def later_day(published: str | None, updated: str | None) -> str | None:
    """The date of the update, where it is another day than that of the publication as it is printed."""
    return updated if date_parts(updated) != date_parts(published) else None


def long_date(date: str | None) -> str:
    """``9 May 2023``, ``May 2023`` or ``2023``; what is no ISO date is given as it stands, and none is ``n.d.``."""
    return spelled(date) or one_line(date or "") or NO_DATE


def spelled(date: str | None, *, language: str = "en") -> str:
    """``9 May 2023``, ``9 mai 2023``, ``9. Mai 2023``; empty for no date."""
    months = {"de": _GERMAN, "fr": _FRENCH}.get(language, _ENGLISH)
    year, month, day = _words(date, months)
    if day and language == "de":
        day += "."
    if day == "1" and language == "fr":
        day = "1er"
    return " ".join(filter(None, (day, month, year)))


def american_date(date: str | None, *, is_short: bool = False) -> str:
    """``May 9, 2023`` (``Nov. 9, 2023`` where short), ``May 2023`` or ``2023``; empty for no date."""
    year, month, day = _words(date, _SHORT if is_short else _ENGLISH)
    return f"{month} {day}, {year}" if day else f"{month} {year}".strip()


def short_date(date: str | None) -> str:
    """``9 Nov. 2023``, as MLA has it; empty for no date."""
    year, month, day = _words(date, _SHORT)
    return " ".join(filter(None, (day, month, year)))


def day_and_month(date: str | None) -> str:
    """``9 May``, or ``May``; empty where the date has no month."""
    _, month, day = _words(date, _ENGLISH)
    return f"{day} {month}".strip()


def _words(date: str | None, months: tuple[str, ...]) -> tuple[str, str, str]:
    """Year, month in words and day; each empty where it is not given."""
    year, month, day = (*date_parts(date), 0, 0, 0)[:3]
    return (str(year) if year else "", months[month - 1] if month else "", str(day) if day else "")
