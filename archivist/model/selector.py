"""The words that name a snapshot (SNAP), taken apart.

    7f3a9c                                  the beginning of an id, six hex digits or more
    https://example.org/a                   the newest snapshot of an address
    https://example.org/a@2                 version 2: the first snapshot of it
    https://example.org/a@-1                the version one before the newest
    https://example.org/a@2026-11-23        the one in force at the end of that day; also …T10:00, …T10:00:05Z
    @last                                   the newest snapshot of all
    crane                                   a piece of one headline or address, with or without ``@`` and the rest

Here is only the grammar. What is in the archive, and so whether ``https://example.org/@2`` is an address or a
version, is known to ``catalog.select``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TypeAlias

from archivist.errors import UsageError

__all__ = ["IdPrefix", "InForce", "Last", "Named", "Selector", "Version", "parse_selector"]

_ID = re.compile(r"[0-9a-f]{6,64}", re.ASCII | re.IGNORECASE)
_VERSION = re.compile(r"-?[0-9]{1,9}", re.ASCII)
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?:[Tt ](?P<minute>\d\d:\d\d)(?P<second>:\d\d(?P<fraction>\.\d{1,6})?)?(?:[Zz]|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_GRAMMAR = "an id, URL, URL@2, URL@-1, URL@2026-11-23 or @last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The newest snapshot of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdPrefix:
    """The beginning of an id."""

    prefix: str
    """6 to 64 hex digits, lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article."""

    number: int
    """From 1 for the oldest; -1 for the one before the newest, -2 for the one before that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What was the newest at a moment."""

    until: dt.datetime
    """The last microsecond, UTC, of the day, minute or second that was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An article by its address, or by a piece of its headline or address."""

    whole: str
    """All that was written. It goes before the rest where it is the address of an article itself."""
    name: str
    """The part before ``@``."""
    at: Version | InForce | None = None
    """None for the newest snapshot."""


Selector: TypeAlias = Last | IdPrefix | Named


def parse_selector(text: str) -> Selector:
    """What the words select.

    Raises:
        UsageError: they are empty, name no article before ``@``, or give a date or version that cannot be.
    """
    text = text.strip()
    if text == "@last":
        return Last()
    if _ID.fullmatch(text):
        return IdPrefix(prefix=text.lower())
    name, _, tail = text.rpartition("@")
    at = _at(tail) if name or text.startswith("@") else None
    if at is None:
        name = text
    if not name:
        raise UsageError(f"{text!r} names no article", hint=f"a snapshot is named by {_GRAMMAR}")
    return Named(whole=text, name=name, at=at)


def _at(tail: str) -> Version | InForce | None:
    # An @ inside an address is followed by something else: https://example.org/@editor/story
    if _VERSION.fullmatch(tail):
        number = int(tail)
        if number == 0:
            raise UsageError("there is no version 0", hint="versions are counted from 1; @-1 is one before the newest")
        return Version(number=number)
    written = _DATE.fullmatch(tail)
    return InForce(until=_end_of(written)) if written else None


def _end_of(written: re.Match[str]) -> dt.datetime:
    text = written[0]
    try:
        moment = dt.datetime.fromisoformat(text.upper())
        # The end is found before the zone is applied: +05:30 moves minutes, too.
        if written["minute"] is None:
            moment = moment.replace(hour=23, minute=59, second=59, microsecond=999_999)
        elif written["second"] is None:
            moment = moment.replace(second=59, microsecond=999_999)
        elif written["fraction"] is None:
            moment = moment.replace(microsecond=999_999)
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text} is no date: {error}", hint="2026-11-23 or 2026-11-23T10:00, in UTC") from error
