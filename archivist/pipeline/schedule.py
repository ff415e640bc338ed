"""When a page is looked at again: decided from what the archive has seen of it and of its outlet.

News is edited early: of the edits of articles that anybody has counted (GDELT's Global Difference Graph; Timmerman on
Flemish sites) four of five fall into the first day, about evenly over each doubling of the article's age. So the time
to the next look grows with the age, and the share of the age that it is follows from how many edits are to be expected:

    expected = what the outlet does at this age x what this page has done so far, against what its outlet would
    interval = age x MISSED / expected

Rule 1: moments are compared within one page only, and in the order of the log: a clock that is set back makes nothing
due twice, and nothing due never.
Rule 2: the same history gives the same moment: no clock is read here, and even the jitter is computed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, TypeAlias

__all__ = [
    "BACK_OFF",
    "EARLY",
    "LONGEST",
    "MARKS",
    "SHORTEST",
    "Check",
    "Habits",
    "Health",
    "Past",
    "Plan",
    "next_check",
    "past_of",
]

SHORTEST: Final = dt.timedelta(minutes=10)
LONGEST: Final = dt.timedelta(days=7)
EARLY: Final = dt.timedelta(minutes=2)
"""A page is due so long before its moment: a run that comes every ten minutes reaches it now some seconds earlier,
now some seconds later, and should not find it due every other time."""
MARKS: Final = (dt.timedelta(hours=24), dt.timedelta(days=7), dt.timedelta(days=30))
"""Ages at which a page is looked at whatever it has done: most deletions come after the first day (GDELT)."""
BACK_OFF: Final = (dt.timedelta(minutes=15), dt.timedelta(hours=1), dt.timedelta(hours=6), dt.timedelta(days=1))
"""After the first, second … look in a row that met a wall or a server in trouble."""

MISSED: Final = 0.005
"""Edits that may be expected between two looks. ``scripts/bench/quarter --curve`` shows what it buys: half of it costs
half as many looks again, and sees hardly more, for the shortest interval sets the bound."""
BURST: Final = (1 / 40, 1 / 5)
"""The interval as a share of the time since the newest change: edits come in bursts, so a page is looked at soon after
one whatever the averages say; and what was lively once and has been quiet for long is quiet."""
JITTER: Final = 0.1

Health: TypeAlias = Literal["well", "gone", "walled", "faulty"]
"""``gone``: the server says that there is no such page. ``walled``: only its beginning is shown, which tells something
about a page that was never seen whole. ``faulty``: what came tells nothing about the page: a block, a server in
trouble."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One look at a page, as the archive remembers it."""

    at: dt.datetime
    fingerprint: str
    health: Health = "well"
    claimed: dt.datetime | None = None
    """The newest date that the page gives itself."""

    def tells(self, seen: Check | None) -> bool:
        """Whether what came tells something about the page, of which ``seen`` was the last that did."""
        if self.health == "walled":
            return seen is None or seen.health == "walled"
        return self.health != "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What matters of a page's history, as durations: moments of a clock that was set mean nothing beside others."""

    number: int
    """Of looks."""
    last: dt.datetime
    """The last of them, by the clock of then."""
    age: dt.timedelta
    """Of the page at the last look: since it was first seen, or since the date it gave itself then."""
    watched: dt.timedelta
    """How long of that it has been looked at."""
    quiet: dt.timedelta
    """At the last look: since its newest change."""
    edits: tuple[dt.timedelta, ...] = ()
    """Ages at which a change was seen."""
    health: Health = "well"
    faults: int = 0
    """Looks in a row, the last ones, that were faulty."""


def past_of(checks: Sequence[Check]) -> Past:
    """The history of one page.

    Args:
        checks: at least one, in the order of the log.
    """
    first = checks[0]
    start = max(first.at - first.claimed, dt.timedelta()) if first.claimed else dt.timedelta()
    age, changed = start, dt.timedelta()
    edits: list[dt.timedelta] = []
    seen = first if first.tells(None) else None
    faults = int(seen is None)
    for before, check in pairwise(checks):
        # A clock that was wrong once, by years, must not make a page old.
        age += min(max(check.at - before.at, dt.timedelta()), LONGEST)
        if not check.tells(seen):
            faults += 1
            continue
        faults = 0
        if seen is not None and (seen.fingerprint, seen.health) != (check.fingerprint, check.health):
            edits.append(age)
            changed = age
        seen = check
    return Past(
        number=len(checks),
        last=checks[-1].at,
        age=age,
        watched=age - start,
        quiet=age - changed,
        edits=tuple(edits),
        health=checks[-1].health,
        faults=faults,
    )


_AGES: Final = (300.0, 3_600.0, 6 * 3_600.0, 86_400.0, 7 * 86_400.0, 30 * 86_400.0, math.inf)
"""Where the parts of a page's life begin, in seconds; before the first nothing is expected."""
_USUAL: Final = (0.13, 0.13, 0.13, 0.08, 0.027, 0.027)
"""Edits of an article for each e-fold of its age, by part of its life: 0.9 in all, 82 % of them in the first day.
Nobody has counted those after the first week; as many are assumed as are needed to go on looking."""
_WEIGHT: Final = 40.0
"""E-folds of age, of all pages of an outlet together, that weigh as much as what is usual elsewhere: some twenty
articles in each part of their lives. Outlets differ by a factor of three."""
_LIKENESS: Final = 0.25
"""Shape of the gamma distribution of how lively pages are around their outlet's mean: two of three are never edited,
one of twenty of those that are is edited more than nine times (Timmerman)."""


@dataclass(frozen=True, slots=True)
class Habits:
    """When an outlet edits: how many edits an article of it meets for each e-fold of its age, by part of its life."""

    rates: tuple[float, ...] = field(default=_USUAL)

    @classmethod
    def of(cls, pasts: Iterable[Past]) -> Habits:
        """What the outlet's pages have shown, beside what is usual where they have shown little."""
        met = [rate * _WEIGHT for rate in _USUAL]
        looked = [_WEIGHT for _ in _USUAL]
        for past in pasts:
            for part in range(len(_USUAL)):
                looked[part] += _spent(past, part)
            for edit in past.edits:
                part = bisect_right(_AGES, edit.total_seconds()) - 1
                if part >= 0:
                    met[part] += 1
        return cls(tuple(edits / exposure for edits, exposure in zip(met, looked, strict=True)))

    def by(self, seconds: float) -> float:
        """Edits that an article has usually met by this age."""
        return sum(
            rate * math.log(min(max(seconds, begin), end) / begin)
            for rate, (begin, end) in zip(self.rates, pairwise(_AGES), strict=True)
        )

    def at(self, seconds: float) -> float:
        """Edits that an article meets while its age grows e-fold, at this age."""
        return self.rates[max(bisect_right(_AGES, seconds) - 1, 0)]


def _spent(past: Past, part: int) -> float:
    """How much of a part of its life a page has been looked at, in e-folds."""
    end = min(past.age.total_seconds(), _AGES[part + 1])
    begin = max((past.age - past.watched).total_seconds(), _AGES[part])
    return math.log(end / begin) if end > begin else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a page is looked at next, and why then."""

    at: dt.datetime
    why: str
    """One phrase for a person."""


def next_check(past: Past, *, habits: Habits, seed: str, every: dt.timedelta | None = None) -> Plan:
    """The moment of the next look at a page that has been looked at.

    Args:
        past: of the page.
        habits: of its outlet.
        seed: names the page: pages that were added together are not to be asked for together for ever.
        every: a fixed interval; None lets history decide.
    """
    if past.faults:
        back_off = BACK_OFF[min(past.faults, len(BACK_OFF)) - 1]
        interval, why = max(back_off, every or back_off), f"not itself {past.faults} times"
    elif every is not None:
        # As often as was asked for: what jitter takes away it gives back the next time.
        return Plan(at=past.last + every, why="fixed")
    else:
        interval, why = _expected(past, habits), "as its history tells"
    interval *= 1 + JITTER * _noise(f"{seed} {past.number}")
    at = past.last + interval
    mark = next((mark for mark in MARKS if past.age < mark), None)
    if mark is not None and not past.faults and past.age + interval > mark:
        return Plan(at=past.last + max(mark - past.age, SHORTEST), why=f"{mark.days} days old: is it still there?")
    return Plan(at=at, why=why)


def _expected(past: Past, habits: Habits) -> dt.timedelta:
    """The interval that history tells."""
    age, quiet = past.age.total_seconds(), past.quiet.total_seconds()
    usual = habits.by(age) - habits.by(age - past.watched.total_seconds())
    liveliness = (_LIKENESS + len(past.edits)) / (_LIKENESS + usual)
    interval = age * MISSED / (habits.at(age) * liveliness)
    least, most = (share * quiet for share in BURST)
    seconds = min(max(interval, least), most)
    return min(max(dt.timedelta(seconds=seconds), SHORTEST), LONGEST)


def _noise(seed: str) -> float:
    """A number from -1 to 1 that looks random and is not."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") / 0x7FFF_FFFF - 1
