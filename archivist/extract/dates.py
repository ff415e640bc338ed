"""Dates as written, turned into ISO 8601 with exactly the precision and the zone that stand there.

Nothing is added: no zone where none is given, no time where only a day is. Relative times ("5 hours ago") are no
dates. Where a numeric date can be read in two ways and the page's language does not decide, there is no date.
Every expression is possessive or of bounded length, so that time is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

from archivist.extract.months import AMERICAN_DATES, DAYLIGHT_ZONES, ZONES, month_number

__all__ = ["day_of", "has_time", "has_zone", "instant_of", "machine_date", "same_moment", "written_date"]

MAX_TEXT = 300
"""Characters of a dateline that are looked at."""
FIRST_YEAR = 1600
"""The first newspaper (Relation, Strasbourg) is of 1605."""
LAST_YEAR = 2200

_ISO = re.compile(
    r"(?P<year>\d{4})-?(?P<month>\d\d)(?:-?(?P<day>\d\d)"
    r"(?:(?:T|t|\s{1,3}|,\s?)(?P<hour>\d\d?):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"\s?(?P<zone>Z|z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d(?!\d)|\+\d:\d\d)?)?)?(?!\d)"
)
_EPOCH = re.compile(r"(?:1\d{9}|\d{9})(?:\d{3})?")
_CLOCK = re.compile(
    r"(?<![\d.:])(?P<hour>[01]?\d|2[0-4])(?:(?P<mark>[:.hH]|\s?h\s?|시\s?|時)(?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?)?(?![\d])"
    r"(?:\s?(?P<half>[ap]\.?\s?m\b\.?|Uhr\b|hrs?\b))?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\W{0,3}(?:(?P<sign>(?:GMT|UTC)?\s?[+-])(?P<offset>\d\d?(?::?\d\d)?)(?!\d)|(?P<name>[A-Z]{1,5})\b)")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?(?:[-./]|年|년)\s{0,2}(\d\d?)\s?(?:[-./]|月|월)\s{0,2}(\d\d?)(?!\d)(?:日|일|\.)?"
)
_DAY_FIRST = re.compile(r"(?<![\d.])(\d\d?)([./-])\s?(\d\d?)\2\s?(\d{4}|\d\d)(?![\d.]\d|\d)")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(
    r"(?<!\d)(\d\d?)(?:st|nd|rd|th|er|o|a|°|\.)?\s{0,2}(?:de\s|of\s|d'|d’|-|/)?\s{0,2}$", re.IGNORECASE
)
_YEAR_AFTER = re.compile(r"\.?\s{0,2}(?:,|del?\s|d'|-|/)?\s{0,2}(\d{4})(?!\d)", re.IGNORECASE)
_DAY_AFTER = re.compile(
    r"\.?\s{0,2}(\d\d?)(?:st|nd|rd|th)?(?!\d|:)\s?(?:d\.|dieną)?,?\s{0,2}(?:at\s)?(\d{4})(?!\d)", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})(?:\.|,|\s?m\.)?\s{0,2}$")
_DAY_ONLY_AFTER = re.compile(r"\s{1,2}(\d\d?)(?!\d)(?:\s?d\.|\.)?")


def machine_date(text: str) -> str | None:
    """The date in an attribute or in mark-up meant for machines; None where it is none.

    Midnight without a zone, or in UTC, is how programs write a day without a time (RFC 3339 has no other way).
    """
    text = text.strip()[:MAX_TEXT]
    if _EPOCH.fullmatch(text):
        return _of_epoch(int(text))
    found = _ISO.match(text)
    value = _of_parts(found) if found else None
    if value is None:
        return written_date(text, language="en")
    return re.sub(r"T00:00(?::00)?Z?$", "", value)


def written_date(text: str, *, language: str | None) -> str | None:
    """The first date in words or figures meant for readers; None where there is none."""
    text = unicodedata.normalize("NFKC", text[:MAX_TEXT])
    found = _ISO.search(text)
    if found and found["day"] and (value := _of_parts(found)):
        return value
    day = _in_figures(text, language) or _in_words(text, language)
    if day is None:
        return None
    value, start, end = day
    if len(value) < len("2026-11-23"):
        return value
    return value + (_clock(text[end:], value) or _clock(text[:start], value, is_last=True) or "")


def _in_figures(text: str, language: str | None) -> tuple[str, int, int] | None:
    if found := _YEAR_FIRST.search(text):
        value = _day(int(found[1]), int(found[2]), int(found[3]))
        return (value, *found.span()) if value else None
    if found := _DAY_FIRST.search(text):
        year = int(found[4]) if len(found[4]) == 4 else 2000 + int(found[4])
        value = _ordered(int(found[1]), int(found[3]), year, _order(found[2], language))
        return (value, *found.span()) if value else None
    return None


def _order(mark: str, language: str | None) -> str | None:
    """Which comes first, "day" or "month"; None where that cannot be told."""
    code = (language or "").lower().replace("_", "-")
    if code in AMERICAN_DATES and mark != ".":
        return "month"
    if mark == "." or (code and code != "en"):
        return "day"
    return None


def _ordered(first: int, second: int, year: int, order: str | None) -> str | None:
    if order == "month" and first <= 12:
        return _day(year, first, second)
    if order == "day" or first > 12:
        return _day(year, second, first)
    if first == second:
        return _day(year, first, second)
    return _day(year, first, second) if second > 12 else None


def _in_words(text: str, language: str | None) -> tuple[str, int, int] | None:
    for word in _WORD.finditer(text):
        month = month_number(word[0], language)
        if month is None:
            continue
        found = _around(text, word, month)
        if found:
            return found
    return None


def _around(text: str, word: re.Match[str], month: int) -> tuple[str, int, int] | None:
    """The date whose month is this word."""
    before = _BEFORE.search(text, max(0, word.start() - 12), word.start())
    year_after = _YEAR_AFTER.match(text, word.end())
    day_after = _DAY_AFTER.match(text, word.end())
    if before and year_after:
        value = _day(int(year_after[1]), month, int(before[1]))
        return (value, before.start(), year_after.end()) if value else None
    if day_after:
        value = _day(int(day_after[2]), month, int(day_after[1]))
        return (value, word.start(), day_after.end()) if value else None
    year_before = _YEAR_BEFORE.search(text, max(0, word.start() - 12), word.start())
    only = _DAY_ONLY_AFTER.match(text, word.end())
    if year_before and only:
        value = _day(int(year_before[1]), month, int(only[1]))
        return (value, year_before.start(), only.end()) if value else None
    if year_after and FIRST_YEAR <= int(year_after[1]) <= LAST_YEAR:
        return f"{year_after[1]}-{month:02}", word.start(), year_after.end()
    return None


def _clock(text: str, day: str, *, is_last: bool = False) -> str | None:
    """``T18:15`` with the zone, where a time of day stands in the text beside the date."""
    candidates = [found for found in _CLOCK.finditer(text) if found["minute"] or found["half"]]
    near = candidates[-1:] if is_last else candidates[:1]
    for found in near:
        if not is_last and found.start() > 40:
            return None
        hour = _hour(int(found["hour"]), (found["half"] or "").lower())
        if _is_afternoon(text[: found.start()]) and hour < 12:
            hour += 12
        if hour > 23:
            return None
        second = f":{found['second']}" if found["second"] else ""
        return f"T{hour:02}:{found['minute'] or '00'}{second}{_zone(text[found.end() :], day)}"
    return None


def _hour(hour: int, half: str) -> int:
    if half.startswith("p") and hour < 12:
        return hour + 12
    if half.startswith("a") and hour == 12:
        return 0
    return hour


def _is_afternoon(text: str) -> bool:
    return text.rstrip().endswith(("오후", "午後", "下午"))


def _zone(text: str, day: str) -> str:
    found = _ZONE.match(text)
    if found is None:
        return ""
    if found["sign"]:
        digits = found["offset"].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
        return _offset(found["sign"].strip()[-1], int(hours), int(minutes))
    name = found["name"]
    if name in DAYLIGHT_ZONES:
        return DAYLIGHT_ZONES[name][_is_american_summer(date.fromisoformat(day))]
    return ZONES.get(name, "")


def _is_american_summer(day: date) -> bool:
    """Second Sunday of March to first Sunday of November (15 U.S.C. 260a, since 2007)."""
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    begin = march + timedelta(days=(6 - march.weekday()) % 7)
    end = november + timedelta(days=(6 - november.weekday()) % 7)
    return begin <= day < end


def _offset(sign: str, hours: int, minutes: int) -> str:
    return f"{sign}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""


def _of_parts(found: re.Match[str]) -> str | None:
    year, month = int(found["year"]), int(found["month"])
    if found["day"] is None:
        is_month = "-" in found[0] and 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR
        return f"{year:04}-{month:02}" if is_month else None
    value = _day(year, month, int(found["day"]))
    if value is None or found["hour"] is None:
        return value
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 60:
        return value
    seconds = f":{second:02}" if found["second"] else ""
    return f"{value}T{hour:02}:{minute:02}{seconds}{_iso_zone(found['zone'])}"


def _iso_zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] not in "+-":
        return "Z"
    hours, minutes = re.fullmatch(r"[+-](\d\d?):?(\d\d)?", zone).groups()  # type: ignore[union-attr]
    return _offset(zone[0], int(hours), int(minutes or 0))


def _of_epoch(number: int) -> str | None:
    seconds = number // 1000 if number >= 10**11 else number
    try:
        moment = datetime.fromtimestamp(seconds, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(year: int, month: int, day: int) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


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
