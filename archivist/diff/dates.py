"""Dates as pages give them: ISO 8601 with more or less precision, compared no finer than both allow."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal, TypeAlias

from archivist.diff.key import key

__all__ = ["Movement", "movement", "shown"]

Movement: TypeAlias = Literal["same", "later", "earlier", "unclear"]

_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.ASCII,
)


def movement(old: str, new: str) -> Movement:
    """Which way a date moved; ``unclear`` where one of two different texts is not a date that we read."""
    if key(old) == key(new):
        return "same"
    before, after = _DATE.fullmatch(old.strip()), _DATE.fullmatch(new.strip())
    if not before or not after:
        return "unclear"
    first, second = _numbers(before), _numbers(after)
    if before[7] and after[7]:
        try:
            first, second = _in_utc(first, before[7]), _in_utc(second, after[7])
        except ValueError:
            return "unclear"
    # "2026-11-20" and "2026-11-20T09:15" do not contradict each other.
    precision = min(len(_numbers(before)), len(_numbers(after)))
    first, second = first[:precision], second[:precision]
    if first == second:
        return "same"
    return "later" if first < second else "earlier"


def shown(date: str) -> str:
    """The date for a reader: ``2026-11-20 09:15``, with the zone where the page gives one."""
    found = _DATE.fullmatch(date.strip())
    if not found or not found[4]:
        return date
    zone = {"Z": " UTC", None: ""}.get(found[7], f" {found[7]}")
    return f"{found[1]}-{found[2]}-{found[3]} {found[4]}:{found[5]}{zone}"


def _numbers(found: re.Match[str]) -> tuple[int, ...]:
    """Year, month, day, hour, minute, second, as far as given."""
    return tuple(int(part) for part in found.groups()[:6] if part)


def _in_utc(numbers: tuple[int, ...], zone: str) -> tuple[int, ...]:
    """The same moment in UTC.

    Raises:
        ValueError: no such day, hour or zone.
    """
    year, month, day, hour, minute, second = (*numbers, 0)[:6]
    offset = timedelta()
    if zone != "Z":
        hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset)).astimezone(UTC)
    except OverflowError as error:  # the first hours of year 1, the last of 9999
        raise ValueError(str(error)) from error
    return tuple(moment.timetuple()[:6])
