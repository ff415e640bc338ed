"""Times of day as written, in 12 and 24 hours, with the zone that stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

__all__ = ["Clock", "clock_after", "clock_before", "numeric_zone", "zone_after"]

NEAR: Final = 40
"""Characters between a day and its time of day: "Monday, March 4, 2026 | Updated by the newsroom at" has fewer."""

ZONES: Final[dict[str, str]] = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "WET": "Z", "WEZ": "Z",
    "NST": "-03:30", "NDT": "-02:30", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00",
    "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "AKST": "-09:00", "AKDT": "-08:00",
    "HST": "-10:00", "HNE": "-05:00", "HAE": "-04:00", "BRT": "-03:00", "ART": "-03:00", "COT": "-05:00",
    "BST": "+01:00", "WEST": "+01:00", "CET": "+01:00", "MEZ": "+01:00", "SEČ": "+01:00", "WAT": "+01:00",
    "CEST": "+02:00", "MESZ": "+02:00", "SELČ": "+02:00", "EET": "+02:00", "OEZ": "+02:00", "SAST": "+02:00",
    "CAT": "+02:00", "EEST": "+03:00", "OESZ": "+03:00", "IDT": "+03:00", "EAT": "+03:00", "MSK": "+03:00",
    "МСК": "+03:00", "мск": "+03:00", "TRT": "+03:00", "IRST": "+03:30", "GST": "+04:00", "PKT": "+05:00",
    "SLST": "+05:30", "NPT": "+05:45", "MMT": "+06:30", "WIB": "+07:00", "ICT": "+07:00", "WITA": "+08:00",
    "MYT": "+08:00", "SGT": "+08:00", "HKT": "+08:00", "PHT": "+08:00", "AWST": "+08:00", "WIT": "+09:00",
    "JST": "+09:00", "KST": "+09:00", "ACST": "+09:30", "ACDT": "+10:30", "AEST": "+10:00", "AEDT": "+11:00",
    "NZST": "+12:00", "NZDT": "+13:00", "BJT": "+08:00", "UYT": "-03:00", "PET": "-05:00", "AZT": "+04:00",
    "AFT": "+04:30", "UZT": "+05:00", "غرينتش": "Z", "جرينتش": "Z",
}  # fmt: skip
"""Abbreviations with one meaning in a newspaper. AST (Atlantic, Arabia) has none, IST (India, Israel, Ireland) only
together with the language."""

DAYLIGHT_ZONES: Final[dict[str, tuple[str, str]]] = {
    "ET": ("-05:00", "-04:00"),
    "CT": ("-06:00", "-05:00"),
    "MT": ("-07:00", "-06:00"),
    "PT": ("-08:00", "-07:00"),
    "Eastern": ("-05:00", "-04:00"),
    "Central": ("-06:00", "-05:00"),
    "Mountain": ("-07:00", "-06:00"),
    "Pacific": ("-08:00", "-07:00"),
}
"""American names that hold all year: offset in winter, and in summer."""

_OTHERWISE: Final = {("CST", "zh"), ("BST", "bn"), ("PST", "fil"), ("PST", "tl"), ("GST", "ko")}
"""What the abbreviation would mean in this language is another zone: China, Bangladesh, the Philippines."""

_INDIAN: Final = frozenset("hi bn mr ta te ml kn gu pa or as en-in".split())
"""Where these are written, IST is India's time."""

_MORNING: Final = frozenset(
    "am 오전 午前 上午 早上 凌晨 清晨 πμ de ص صباحا صباحاً صباحًا قظ صبح पूर्वाह्न एएम এএম পূর্বাহ্ণ "
    "sa pg pagi öö முற்பகல் midnight".split()
)
_AFTERNOON: Final = frozenset(
    "pm 오후 午後 下午 晚上 晚間 晚间 傍晚 中午 夜 μμ du م مساء مساءً مساءا ظهرا بظ عصر अपराह्न पीएम পিএম অপরাহ্ণ অপরাহ্ন "
    "ch ptg petang malam ös "
    "பிற்பகல் noon".split()
)
_CLOCK: Final = re.compile(
    r"(?<![\d.:/])(?:(?P<early>오전|오후|午前|午後|上午|下午|早上|凌晨|清晨|晚上|晚間|晚间|傍晚|中午|d[eu]\.)\s?)?"
    r"(?P<hour>[01]?\d|2[0-4])"
    r"(?:(?P<mark>:\s?|[.٫]|\s?h\s?|시\s?|[時时点點]\s?|\s?giờ\s?)(?P<minute>[0-5]\d[분分]?|\d(?=[분分]))(?:[:.\s]?(?P<second>(?<=[:.])[0-5]\d))?"
    r"|(?P<full>h(?!\w)|시|[時时点點]))?(?!\d)"
    r"(?:\s?(?P<half>[ap]\.?\s?m\b\.?|Uhr\b|hrs?\b|π\.?\s?μ\.?|μ\.?\s?μ\.?|ق\.\s?ظ|ب\.\s?ظ|صباح[اًا]*|مساء[ًا]*|ظهرا|صبح|عصر|"
    r"[صم](?!\w)|पूर्वाह्न|अपराह्न|एएम|पीएम|এএম|পিএম|পূর্বাহ্ণ|অপরাহ্[ণন]|முற்பகல்|பிற்பகல்|(?:ptg|petang|malam|pagi|pg|öö|ös|noon|midnight)\b))?",
    re.IGNORECASE,
)
_VIETNAMESE_HALF: Final = re.compile(r"\s?(SA|CH)\b")
_ZONE: Final = re.compile(
    r"[\s(\[,]{0,3}(?:(?:GMT|UTC)\s?(?P<from_utc>[+\-−–]\s?\d\d?(?::?\d\d)?)(?!\d)"
    r"|(?P<bare>[+−-]\d\d:?\d\d)(?!\d)|(?P<name>[^\W\d_]{1,8})\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day in a text."""

    value: str
    """``18:15`` or ``18:15:00``, with the zone where one is written."""
    start: int
    end: int


def clock_after(text: str, *, day: str, language: str | None) -> Clock | None:
    """The first time of day in a text that follows a date."""
    found = next(filter(_is_clock, _CLOCK.finditer(text[: 3 * NEAR])), None)
    return _read(found, text, day, language) if found and found.start() <= NEAR else None


def clock_before(text: str, *, day: str, language: str | None) -> Clock | None:
    """The last time of day in a text that stands before a date."""
    found = list(filter(_is_clock, _CLOCK.finditer(text)))
    return _read(found[-1], text, day, language) if found and found[-1].end() >= len(text) - NEAR else None


def _is_clock(found: re.Match[str]) -> bool:
    return bool(found["minute"] or found["half"] or found["full"])


def _read(found: re.Match[str], text: str, day: str, language: str | None) -> Clock | None:
    half = (found["early"] or found["half"] or "").lower().replace(".", "").replace(" ", "")
    end = found.end()
    if (language or "").startswith("vi") and (late := _VIETNAMESE_HALF.match(text, end)):
        half, end = late[1].lower(), late.end()
    hour = int(found["hour"])
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    if hour > 23:
        return None
    minute = (found["minute"] or "00").rstrip("분分").zfill(2)
    second = f":{found['second']}" if found["second"] else ""
    zone, width = zone_after(text[end : end + NEAR], day=day, language=language)
    return Clock(value=f"{hour:02}:{minute}{second}{zone}", start=found.start(), end=end + width)


def zone_after(text: str, *, day: str, language: str | None = None) -> tuple[str, int]:
    """The zone that a text begins with, and how many characters name it; nothing where none is or it is ambiguous."""
    found = _ZONE.match(text)
    if found is None:
        return "", 0
    if written := found["from_utc"] or found["bare"]:
        return numeric_zone(written), found.end()
    name, spoken = found["name"], (language or "").lower()
    if (name, spoken.partition("-")[0]) in _OTHERWISE:
        return "", 0
    if name == "IST" and not _INDIAN.isdisjoint({spoken, spoken.partition("-")[0]}):
        return "+05:30", found.end()
    if name in DAYLIGHT_ZONES and not text[found.end() :].startswith(" Euro"):
        return DAYLIGHT_ZONES[name][_is_american_summer(date.fromisoformat(day))], found.end()
    zone = ZONES.get(name, "")
    return zone, found.end() if zone else 0


def numeric_zone(written: str) -> str:
    """``+0530``, ``+5:30`` or ``+5`` as ISO 8601 has it; nothing where there is no such zone on earth."""
    digits = re.sub(r"\D", "", written)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    if int(hours) > 14 or int(minutes) > 59:
        return ""
    return f"{'+' if written[0] == '+' else '-'}{int(hours):02}:{minutes}"


def _is_american_summer(day: date) -> bool:
    """Second Sunday of March to first Sunday of November (15 U.S.C. 260a, since 2007)."""
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    begin = march + timedelta(days=(6 - march.weekday()) % 7)
    end = november + timedelta(days=(6 - november.weekday()) % 7)
    return begin <= day < end
