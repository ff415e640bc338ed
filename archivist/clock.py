"""Time as an argument: nothing else in archivist reads the clock.

All moments are aware datetimes in UTC; as text they are RFC 3339 with six digits of fraction and ``Z``, which is
also a valid WARC-Date (WARC 1.1, section 5.4).
"""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Final, Protocol

__all__ = ["NEVER", "Clock", "FixedClock", "SystemClock", "parse_utc", "read_utc", "utc_text"]

NEVER: Final = dt.datetime.min.replace(tzinfo=dt.UTC)
"""Before every moment."""
_LEAP: Final = re.compile(r"(:\d\d):60(?!\d)")


class Clock(Protocol):
    """Where a program gets the time from."""

    def now(self) -> dt.datetime:
        """The wall clock, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow, for durations."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> dt.datetime:
        """The wall clock, aware, in UTC."""
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        """Seconds that only ever grow, for durations."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class FixedClock:
    """A clock that moves only when it is told to, for tests and golden files."""

    def __init__(self, start: dt.datetime) -> None:
        self._now = start
        self._ticks = 0.0

    def now(self) -> dt.datetime:
        """The moment it was set to."""
        return self._now

    def monotonic(self) -> float:
        """Seconds advanced so far."""
        return self._ticks

    def sleep(self, seconds: float) -> None:
        """Advance without waiting."""
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Move both clocks forward (or the wall clock back, for a negative number)."""
        self._now += dt.timedelta(seconds=seconds)
        self._ticks += max(seconds, 0.0)


def utc_text(moment: dt.datetime) -> str:
    """The moment as ``2026-11-23T18:15:12.123456Z``."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def parse_utc(text: str) -> dt.datetime:
    """The moment that ``utc_text`` (or any RFC 3339 writer) wrote.

    Raises:
        ValueError: the text is no RFC 3339 moment, has no zone, or lies in no year from 1 to 9999.
    """
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is out of range") from error


def read_utc(text: str) -> dt.datetime:
    """The moment that a stored text tells, for comparing it with others.

    A leap second (RFC 3339, section 5.7) is taken for the second before it; what is no moment is ``NEVER``, so that
    nothing is earlier.
    """
    for each in (text, _LEAP.sub(r"\1:59", text)):
        try:
            return parse_utc(each)
        except ValueError:
            continue
    return NEVER
