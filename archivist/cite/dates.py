"""Dates in citations: as precise as the page gives them, and no more."""

from __future__ import annotations

import re

from archivist.cite.line import one_line

__all__ = ["NO_DATE", "date_parts", "iso_day", "long_date"]

NO_DATE = "n.d."
"""No date: what a citation says where the page gives none. The time of capture is no substitute."""

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(?:[T ].*)?)?)?", re.ASCII)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def date_parts(date: str | None) -> tuple[int, ...]:
    """Year, month and day as far as given, in the page's own zone; empty for no date, or one that is not ISO 8601."""
    found = _DATE.fullmatch((date or "").strip())
    return tuple(int(part) for part in found.groups() if part) if found else ()


def iso_day(date: str | None) -> str | None:
    """``2023-05-09``, ``2023-05`` or ``2023``; None for no date."""
    parts = date_parts(date)
    return "-".join(f"{part:02}" for part in parts) or None


def long_date(date: str | None) -> str:
    """``9 May 2023``, ``May 2023`` or ``2023``; what is no ISO date is given as it stands, and none is ``n.d.``."""
    parts = date_parts(date)
    if not parts:
        return one_line(date or "") or NO_DATE
    year, *rest = parts
    words = [str(year)]
    if rest:
        words.append(_MONTHS[rest[0] - 1])
    words.extend(str(day) for day in rest[1:])
    return " ".join(reversed(words))
