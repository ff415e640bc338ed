"""Time as an argument: nothing else in archivist reads the clock.

All moments are aware datetimes in UTC; as text they are RFC 3339 with six digits of fraction and ``Z``, which is
also a valid WARC-Date (WARC 1.1, section 5.4).
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol

__all__ = ["Clock", "FixedClock", "SystemClock", "parse_utc", "stamp14", "utc_text"]


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
        ValueError: the text is no RFC 3339 moment or has no zone.
    """
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    return moment.astimezone(dt.UTC)


def stamp14(text: str) -> str:
    """``YYYYMMDDHHMMSS`` of an RFC 3339 text, as Memento and CDX use it."""
    return parse_utc(text).strftime("%Y%m%d%H%M%S")
