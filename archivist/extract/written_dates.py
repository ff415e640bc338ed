"""Dates as readers are shown them, turned into ISO 8601 with exactly the precision and the zone that stand there.

Nothing is added: no zone where none is given, no time where only a day is. Relative times ("5 hours ago") are no
dates. Where a numeric date can be read in two ways and neither the page's language nor a date known of the page
decides, there is no date. What a line leaves out (the year, the day) is taken from a date known of the page, and never
from today. Every expression is possessive or of bounded length, so that time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from archivist.extract.calendars import ERAS, FIRST_YEAR, LAST_YEAR, day, jalali_day
from archivist.extract.clocks import clock_after, clock_before, numeric_zone
from archivist.extract.months import is_weekday, jalali_month, month_number, weekday_number
from archivist.extract.writing import legible

__all__ = ["Written", "find_date", "is_nothing_but", "partial_date", "written_date"]

MAX_TEXT: Final = 300
"""Characters of a dateline that are looked at."""
MAX_APART: Final = 16
"""Characters before the name of a month in which its day and year are looked for."""
SAME_YEAR: Final = timedelta(days=183)
"""Around a date known of the page, within which a day without year has one year only."""
MAX_REST: Final = 12
"""Letters beside a date in a line that is nothing but a date: a place, "at", "page 1"."""

AMERICAN_DATES: Final = frozenset({"en-us", "en-ph", "es-us", "fil", "tl"})
"""Where 5/8/2023 is the eighth of May (CLDR, short date formats)."""
UNDECIDED: Final = frozenset({"", "en", "en-ca", "zh", "ja", "ko"})
"""Where a number of two parts before a year tells nothing: both orders are printed, or neither is."""

_MONTH_FIRST: Final = frozenset({"zh", "ja", "ko", "hu", "lt", "mn"})
"""Languages that write month and day in this order where they leave out the year."""
SOON: Final = timedelta(days=10)
"""From a known date, within which only one reading of two numbers is likely."""
_JALALI: Final = frozenset({"fa", "ps"})
"""Languages whose newspapers count by the Solar Hijri calendar."""

_ISO: Final = re.compile(
    r"(?<!\d)(\d{4}-\d\d-\d\d)(?:[Tt]|\s)((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?:[.,]\d{1,9})?\s?(Z|[+-]\d\d:?\d\d|[+-]\d\d(?!\d))?(?!\d)"
)
_YEAR: Final = r"(?:(?:19|20|25)\d\d(?=\d?\d:\d\d)|\d{4}(?!\d))"
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s?(?:[-./]|年|년)\s?(?P<month>\d\d?)\s?(?:[-./]|月|월)\s?(?P<day>\d\d?)(?!\d)(?:日|일|\.)?"
)
_ERA: Final = re.compile(
    rf"(?P<era>{'|'.join(ERAS)})\s?(?P<year>\d{{1,3}}|元)\s?年\s?(?P<month>\d\d?)\s?月\s?(?P<day>\d\d?)\s?日"
)
_TAIWAN: Final = re.compile(r"(?<![\d/.])(?P<year>1\d\d)(?P<mark>[/.])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?![\d/.])")
_DAY_FIRST: Final = re.compile(
    rf"(?<![\d.])(?P<one>\d\d?)\s?(?P<mark>[./-])\s?(?P<two>\d\d?)\s?(?P=mark)\s?(?P<year>{_YEAR}|\d\d(?![.:\d]?\d))"
)
_VIETNAMESE: Final = re.compile(
    rf"(?<!\d)(?P<day>\d\d?)\s?tháng\s(?P<month>\d\d?),?\s(?:năm\s)?(?P<year>{_YEAR})", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\s\d.,:;/|()\[\]{}<>•·–—\-_\"'’‘“”،؛۔।、。·]{2,20}")
_FIGURE: Final = re.compile(r"\d")
_AMERICAN_CLOCK: Final = re.compile(r"\d\s?(?:[AaPp]\.?[Mm]\.?)?\s?(?:[ECMP][SD]T|ET|PT)\b")
"""A time of day in a zone of the United States: the date beside it has its month first."""
_THAI: Final = re.compile("[ก-๛]")
_PERSIAN: Final = re.compile("[۰-۹]")
"""Figures that Persian, and not Arabic, is written with."""
_GLUED: Final = re.compile(r"(?<=[ก-๛])(?=\d)|(?<=\d)(?=[ก-๛])")
_BEFORE: Final = re.compile(
    r"(?<!\d)(\d\d?)(?:st|nd|rd|th|er|[oaºª°]|\.|\s?-?го|-ти|-ви|-ма|-ша|-га)?\s?(?:de\s|d'|d’|of\s|-|/|ngày\s)?\s?$",
    re.IGNORECASE,
)
_YEAR_AFTER: Final = re.compile(rf"\.?\s?(?:,|،|de[l]?\s|d'|-|/)?\s?({_YEAR})", re.IGNORECASE)
_SHORT_YEAR_AFTER: Final = re.compile(r"\.?\s?['’/-]?\s?(\d\d)(?![\d:.])")
_DAY_AFTER: Final = re.compile(
    rf"\.?\s?(\d\d?)(?:st|nd|rd|th)?(?![\d:])\s?(?:d\.|dieną|an?\b|ean\b)?,?\s?(?:at\s|an\s)?({_YEAR})", re.IGNORECASE
)
_YEAR_BEFORE: Final = re.compile(r"(?<!\d)(\d{4})(?:\.|,|\s?m\.|e?ko|\sж\.|\sоны)?\s?$", re.IGNORECASE)
_YEAR_AND_DAY_BEFORE: Final = re.compile(r"(?<!\d)(\d{4})\.?\s?gada\s(\d\d?)\.?\s?$", re.IGNORECASE)
_DAY_ONLY_AFTER: Final = re.compile(r"\.?\s(\d\d?)(?![\d:])(?:st|nd|rd|th|\s?d\.|\.|(?:e?an?|а)\b)?", re.IGNORECASE)
_DAY_AND_MONTH: Final = re.compile(r"(?<![\d.:/])(\d\d?)\s?(?:([./])\s?(\d\d?)(?:\.|(?![\d/:.]))|月\s?(\d\d?)日)")
_FILLER: Final = frozenset(
    "at on the of um am den der vom le la les à du el al del a las los de di il alle ore dei op om kl klo kell kello "
    "den d h hrs hr uhr ore ora ob u в о у г год года года. г. року р. рік г. на від ч час годин godz godzina dnia o "
    "roku r v ve dne hod hodin val d m dieną mgada gada plkst saat tarih tarihi pukul jam wib tgl hari ngày lúc giờ th "
    "น เวลา วันที่ วัน เมื่อ พ ศ พศ в. στις ώρα في يوم م هـ بتاريخ الساعة ساعت تاریخ ב בשעה को बजे at. às h. og "
    "och och. and und et y e și i".split()
)
"""Words that join a day to a time of day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date found in a text."""

    value: str
    before: str
    """What stands before it."""
    after: str
    """What stands behind it and its time of day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    value: str
    start: int
    end: int


def written_date(text: str, *, language: str | None, known: Sequence[str] = ()) -> str | None:
    """The first date in words or figures meant for readers; None where there is none.

    Args:
        text: a line.
        language: of the page, with its region where one is given: it decides which of two numbers is the month.
        known: dates of the same page in ISO 8601, which decide where the language does not.
    """
    found = find_date(text, language=language, known=known)
    return found.value if found else None


def find_date(text: str, *, language: str | None, known: Sequence[str] = ()) -> Written | None:
    """The first date of a text that gives day, month and year, or month and year, and what else stands there."""
    text, language = _prepared(text, language)
    if (found := _ISO.search(text)) and day(*map(int, found[1].split("-"))):
        zone = found[3] if not found[3] or found[3] == "Z" else numeric_zone(found[3])
        value = f"{found[1]}T{found[2]}{zone or ''}"
        return Written(value=value, before=text[: found.start()], after=text[found.end() :])
    whole = _in_figures(text, language, known) or _in_words(text, language)
    return _with_clock(text, whole, language) if whole else None


def partial_date(text: str, *, language: str | None, known: Sequence[str], is_announced: bool) -> Written | None:
    """A date that leaves out the year, or all but the day of the week or the clock, completed from a known one.

    Args:
        text: a line.
        language: of the page.
        known: dates of the same page in ISO 8601, the nearest to the line first; without them there is no date.
        is_announced: "Updated" or its like stands before it, so that a clock alone is enough; else the clock may be
            that of a player, and a day without a time that of anything.
    """
    text, language = _prepared(text, language)
    first = next((date.fromisoformat(value[:10]) for value in known if len(value) >= len("2026-11-23")), None)
    if first is None:
        return None
    whole = _without_year(text, language, first) or _on_weekday(text, language, first)
    if whole:
        found = _with_clock(text, whole, language)
        is_dateline = "T" in found.value and is_nothing_but(found.before, found.after)
        return found if is_announced or is_dateline else None
    if not is_announced:
        return None
    clock = clock_after(text, day=first.isoformat(), language=language)
    rest = text if clock is None else f"{text[: clock.start]} {text[clock.end :]}"
    if clock is None or _FIGURE.search(rest) or not is_nothing_but(rest, letters=0):
        return None
    return Written(value=f"{first.isoformat()}T{clock.value}", before=text[: clock.start], after=text[clock.end :])


def is_nothing_but(*rests: str, letters: int = MAX_REST) -> bool:
    """What stands around a date says hardly anything: a day of the week, "at", a place."""
    count = 0
    for rest in rests:
        for word in _WORD.findall(rest):
            if word.lower() not in _FILLER and not is_weekday(word):
                count += len(word)
    return count <= letters


def _prepared(text: str, language: str | None) -> tuple[str, str | None]:
    raw = text[:MAX_TEXT]
    if (language or "").lower() in {"", "en"} and _AMERICAN_CLOCK.search(raw):
        language = "en-us"
    if raw.isascii():
        return " ".join(raw.split()), language
    if _THAI.search(raw):
        return _GLUED.sub(" ", legible(raw)), "th"
    if not language and _PERSIAN.search(raw):
        language = "fa"
    return legible(raw), language


def _with_clock(text: str, found: _Day, language: str | None) -> Written:
    """The date with the time of day that stands behind it, or else before it."""
    before, after = text[: found.start], text[found.end :]
    if len(found.value) < len("2026-11-23"):
        return Written(value=found.value, before=before, after=after)
    clock = clock_after(after, day=found.value, language=language)
    if clock is not None and (clock.start <= MAX_APART or not _holds_date(after[: clock.start], language)):
        return Written(
            value=f"{found.value}T{clock.value}", before=before, after=f"{after[: clock.start]} {after[clock.end :]}"
        )
    if clock is None and (clock := clock_before(before, day=found.value, language=language)):
        return Written(
            value=f"{found.value}T{clock.value}", before=f"{before[: clock.start]} {before[clock.end :]}", after=after
        )
    return Written(value=found.value, before=before, after=after)


def _holds_date(text: str, language: str | None) -> bool:
    """Another date stands there: the time of day behind it is not the first one's."""
    return (_in_figures(text, language, ()) or _in_words(text, language)) is not None


def _in_figures(text: str, language: str | None, known: Sequence[str]) -> _Day | None:
    for expression, read in _READERS:
        for found in expression.finditer(text):
            if value := read(found, language, known):
                return _Day(value=value, start=found.start(), end=found.end())
    return None


def _of_era(found: re.Match[str], language: str | None, known: Sequence[str]) -> str | None:
    del language, known
    year = 1 if found["year"] == "元" else int(found["year"])
    return day(ERAS[found["era"]] + year, int(found["month"]), int(found["day"]))


def _of_taiwan(found: re.Match[str], language: str | None, known: Sequence[str]) -> str | None:
    del known
    is_chinese = _code(language) == "zh"
    return day(ERAS["民國"] + int(found["year"]), int(found["month"]), int(found["day"])) if is_chinese else None


def _of_year_first(found: re.Match[str], language: str | None, known: Sequence[str]) -> str | None:
    del known
    year = int(found["year"])
    named = jalali_day if _code(language) in _JALALI and year < FIRST_YEAR else day
    return named(year, int(found["month"]), int(found["day"]))


def _of_day_first(found: re.Match[str], language: str | None, known: Sequence[str]) -> str | None:
    year, one, two = _year_of(found["year"], _code(language)), int(found["one"]), int(found["two"])
    if _code(language) in _JALALI and year < FIRST_YEAR:
        return jalali_day(year, two, one)
    return _ordered(one, two, year, order=_order(found["mark"], language), known=known)


_READERS: Final = (
    (_ERA, _of_era),
    (_YEAR_FIRST, _of_year_first),
    (_TAIWAN, _of_taiwan),
    (_VIETNAMESE, _of_year_first),
    (_DAY_FIRST, _of_day_first),
)


def _code(language: str | None) -> str:
    return (language or "").lower().replace("_", "-").partition("-")[0]


def _year_of(figures: str, code: str) -> int:
    if len(figures) == 4:
        return int(figures)
    return int(figures) + (2500 if code == "th" and int(figures) > 50 else 2000)


def _order(mark: str, language: str | None) -> str | None:
    """Which comes first, "day" or "month"; None where that cannot be told."""
    tag = (language or "").lower().replace("_", "-")
    if mark == ".":
        return "day"
    if tag in AMERICAN_DATES:
        return "month"
    return None if tag in UNDECIDED or _code(tag) in UNDECIDED - {"en"} else "day"


def _ordered(one: int, two: int, year: int, *, order: str | None, known: Sequence[str]) -> str | None:
    """The day that two numbers and a year name: what can only be read in one way is; then what the page knows."""
    by_day, by_month = day(year, two, one), day(year, one, two)
    if by_day is None or by_month is None or by_day == by_month:
        return by_day or by_month
    near = [value for value in (by_day, by_month) if any(_is_near(value, other) for other in known)]
    if len(near) == 1:
        return near[0]
    return by_month if order == "month" else by_day if order == "day" else None


def _is_near(value: str, other: str) -> bool:
    """At most a day apart, as zones may make it."""
    if len(other) < len(value):
        return False
    return abs(date.fromisoformat(value) - date.fromisoformat(other[:10])) <= timedelta(days=1)


def _in_words(text: str, language: str | None) -> _Day | None:
    """The date around the first word that names a month and has day and year, or at least a year, beside it."""
    vague: _Day | None = None
    for word, month, is_jalali in _months(text, language):
        found = _around(text, word, month, is_jalali=is_jalali, code=_code(language))
        if found and len(found.value) == len("2026-11-23"):
            return found
        vague = vague or found
    return vague


def _months(text: str, language: str | None) -> Iterator[tuple[re.Match[str], int, bool]]:
    if not _FIGURE.search(text):
        return
    for word in _WORD.finditer(text):
        name = word[0].lower()
        if month := month_number(name, language):
            yield word, month, False
        elif "\u0600" <= name[0] <= "\u06ff" and (month := jalali_month(name)):
            yield word, month, True


def _around(text: str, word: re.Match[str], month: int, *, is_jalali: bool, code: str) -> _Day | None:
    """The date whose month is this word."""
    named = jalali_day if is_jalali else day
    shapes = list(_shapes(text, word, code))
    for year, number, start, end in shapes:
        if value := named(year, month, number):
            return _Day(value=value, start=start, end=end)
    if shapes:
        return None
    year_after = _YEAR_AFTER.match(text, word.end())
    if year_after and FIRST_YEAR <= int(year_after[1]) <= LAST_YEAR:
        return _Day(value=f"{year_after[1]}-{month:02}", start=word.start(), end=year_after.end())
    return None


def _shapes(text: str, word: re.Match[str], code: str) -> Iterator[tuple[int, int, int, int]]:
    """Year and day beside the name of a month, in each order that they are written in; and where they stand."""
    start = max(0, word.start() - MAX_APART)
    before = _BEFORE.search(text, start, word.start())
    if both := _YEAR_AND_DAY_BEFORE.search(text, start, word.start()):
        yield int(both[1]), int(both[2]), both.start(), word.end()
    if before and (year := _YEAR_AFTER.match(text, word.end())):
        yield int(year[1]), int(before[1]), before.start(), year.end()
    if after := _DAY_AFTER.match(text, word.end()):
        yield int(after[2]), int(after[1]), word.start(), after.end()
    year = _YEAR_BEFORE.search(text, start, word.start())
    if year and (only := _DAY_ONLY_AFTER.match(text, word.end())):
        yield int(year[1]), int(only[1]), year.start(), only.end()
    if before and (short := _SHORT_YEAR_AFTER.match(text, word.end())):
        yield _year_of(short[1], code), int(before[1]), before.start(), short.end()


def _spanning(value: str | None, start: int, end: int) -> _Day | None:
    return _Day(value=value, start=start, end=end) if value else None


def _without_year(text: str, language: str | None, known: date) -> _Day | None:
    """A day and month, in the year that brings it nearest to the known date."""
    for word, month, is_jalali in _months(text, language):
        before = _BEFORE.search(text, max(0, word.start() - 12), word.start())
        after = None if before else _DAY_ONLY_AFTER.match(text, word.end())
        found = before or after
        if found and not is_jalali:
            value = _nearest(month, int(found[1]), known)
            return _spanning(value, min(word.start(), found.start()), max(word.end(), found.end()))
    if found := _DAY_AND_MONTH.search(text):
        one, two = int(found[1]), int(found[3] or found[4])
        return _spanning(_numeric_day(one, two, "月" if found[4] else found[2], language, known), *found.span())
    return None


def _numeric_day(one: int, two: int, mark: str, language: str | None, known: date) -> str | None:
    order = "month" if mark == "月" or _code(language) in _MONTH_FIRST else _order(mark, language)
    if order is not None:
        return _nearest(one, two, known) if order == "month" else _nearest(two, one, known)
    values = {value for value in (_nearest(one, two, known), _nearest(two, one, known)) if value}
    soon = [value for value in values if abs(date.fromisoformat(value) - known) <= SOON]
    return soon[0] if len(soon) == 1 else None


def _nearest(month: int, number: int, known: date) -> str | None:
    values = [value for year in (-1, 0, 1) if (value := day(known.year + year, month, number))]
    near = [value for value in values if abs(date.fromisoformat(value) - known) <= SAME_YEAR]
    return near[0] if len(near) == 1 else None


def _on_weekday(text: str, language: str | None, known: date) -> _Day | None:
    """The first day of that name from the known date on; only where a time of day stands beside it."""
    for word in _WORD.finditer(text):
        number = weekday_number(word[0], language)
        if number is not None and clock_after(text[word.end() :], day=known.isoformat(), language=language):
            value = known + timedelta(days=(number - known.weekday()) % 7)
            return _Day(value=value.isoformat(), start=word.start(), end=word.end())
    return None
