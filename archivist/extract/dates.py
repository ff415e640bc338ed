"""Dates as machines write them, turned into ISO 8601, and dates compared by what both have.

Nothing is added: the precision and the zone are those that stand there.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from archivist.extract.calendars import FIRST_YEAR, LAST_YEAR, day
from archivist.extract.clocks import numeric_zone, zone_after
from archivist.extract.written_dates import written_date

__all__ = ["day_of", "has_time", "has_zone", "instant_of", "machine_date", "same_moment", "zone_between", "zone_of"]

MAX_TEXT: Final = 300
"""Characters of an attribute that are looked at."""

_ISO: Final = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)(?:-?(?P<day>\d\d)"
    r"(?:(?:T|t|\s{1,3}|,\s?)(?P<hour>\d\d?):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[AaPp])\.?[Mm]\b)?"
    r"\s?(?P<zone>Z|z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d(?!\d)|[+-]\d:\d\d)?)?)?(?!\d)"
)
_COMPACT: Final = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)?")
_UNIX: Final = re.compile(
    r"(?:[A-Z][a-z]{2},?\s)?([A-Z][a-z]{2})\s{1,2}(\d\d?)\s(\d\d:\d\d:\d\d)\s(?:([A-Z]{1,5}(?:[+-]\d\d:?\d\d)?)\s)?(\d{4})"
)
"""``Thu Apr 25 10:15:30 CEST 2024``: what date(1) and Java print."""
_EPOCH: Final = re.compile(r"(1\d{9}|\d{9})(?:\d{3})?(?:\.\d{1,6})?")
_MIDNIGHT: Final = re.compile(r"T00:00(?::00)?(?:Z|\+00:00)?$")
_FRACTIONS: Final = frozenset({-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825})
"""Minutes of the zones that are no whole hours from UTC (IANA time zone database)."""
_EPOCH_BEGINS: Final = ("1970-01-01", "1969-12-31")
"""What programs print for no date at all, in UTC and west of it."""


@lru_cache(maxsize=256)
def machine_date(text: str) -> str | None:
    """The date in an attribute or in mark-up meant for machines; None where it is none.

    Midnight without a zone, or in UTC, is how programs write a day without a time (RFC 3339 has no other way).
    """
    text = text.strip()[:MAX_TEXT]
    if found := _COMPACT.fullmatch(text):  # asked first: as milliseconds, 202603051012 were a day in 1976
        year, month, number, hour, minute, second = found.groups()
        text = f"{year}-{month}-{number}T{hour}:{minute}:{second or '00'}"
    elif _EPOCH.fullmatch(text):
        return _of_epoch(int(text.partition(".")[0]))
    found = _ISO.match(text)
    value = _of_parts(found, text) if found else None
    if value is None:
        value = written_date(_UNIX.sub(r"\2 \1 \5 \3 \4", text), language="en")
    return None if value is None or value.startswith(_EPOCH_BEGINS) else _MIDNIGHT.sub("", value)


def _of_parts(found: re.Match[str], text: str) -> str | None:
    year, month = int(found["year"]), int(found["month"])
    if found["day"] is None:
        is_month = "-" in found[0] and 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR
        return f"{year:04}-{month:02}" if is_month else None
    value = day(year, month, int(found["day"]))
    if value is None or found["hour"] is None:
        return value
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0) if hour <= 12 else hour
    if hour > 23 or minute > 59 or second > 59:
        return value
    seconds = f":{second:02}" if found["second"] else ""
    if not (zone := found["zone"]):
        zone, _ = zone_after(text[found.end() :], day=value)
    else:
        zone = numeric_zone(zone) if zone[0] in "+-" else "Z"
    return f"{value}T{hour:02}:{minute:02}{seconds}{zone}"


def _of_epoch(number: int) -> str:
    seconds = number // 1000 if number >= 10**11 else number
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def has_time(value: str) -> bool:
    """The date says a time of day."""
    return "T" in value


def has_zone(value: str) -> bool:
    """The date says its zone."""
    return "T" in value and (value.endswith("Z") or value[-6] in "+-")


def day_of(value: str) -> str:
    """The day as written, or what there is of it."""
    return value[:10]


def instant_of(value: str) -> datetime | None:
    """The moment, with a zone only where one is written; None where only a day or month is."""
    return datetime.fromisoformat(value) if has_time(value) else None


def same_moment(first: str, second: str) -> bool:
    """Both name one minute; a value without zone or time is compared by what it has."""
    one, two = instant_of(first), instant_of(second)
    if one is None or two is None:
        return day_of(first) == day_of(second)
    if one.tzinfo is None or two.tzinfo is None:
        one, two = one.replace(tzinfo=None), two.replace(tzinfo=None)
    return abs((one - two).total_seconds()) < 61


def zone_of(value: str) -> str:
    """The zone as the date writes it; nothing where it has none."""
    if not has_zone(value):
        return ""
    return "Z" if value.endswith("Z") else value[-6:]


def zone_between(local: str, moment: str) -> str | None:
    """The zone in which a clock shows ``local`` at the given moment; None where no zone on earth makes it do so.

    Args:
        local: a date with a time of day; its own zone, where it has one, is the only one asked.
        moment: a date with time and zone.
    """
    if not (has_time(local) and has_zone(moment)):
        return None
    if has_zone(local):
        return zone_of(local) if same_moment(local, moment) else None
    if same_moment(local, moment):
        return zone_of(moment)
    shown, then = datetime.fromisoformat(local), datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None)
    away = (shown - then) / timedelta(minutes=1)
    minutes = next((near for near in _zones_near(away) if abs(away - near) < 1), None)
    if minutes is None:
        return None
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def _zones_near(minutes: float) -> list[int]:
    """Zones at most half an hour away."""
    whole = round(minutes / 60) * 60
    return [zone for zone in (whole, *_FRACTIONS) if -720 <= zone <= 840 and abs(zone - minutes) <= 30]
