"""The schedule: bounds, what makes it sooner and later, and clocks that are wrong."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.pipeline.schedule import (
    BACK_OFF,
    LONGEST,
    MARKS,
    SHORTEST,
    Check,
    Habits,
    Health,
    Past,
    next_check,
    past_of,
)

START = dt.datetime(2026, 3, 28, 22, 0, tzinfo=dt.UTC)
"""The evening before clocks change in Europe, three days before the month ends."""
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
USUAL = Habits()


def checks_of(*steps: tuple[dt.timedelta, str], start: dt.datetime = START) -> list[Check]:
    """Looks, each so long after the one before, with what was there."""
    found, at = [], start
    for step, fingerprint in steps:
        at += step
        found.append(Check(at=at, fingerprint=fingerprint))
    return found


def interval(past: Past, habits: Habits = USUAL, *, every: dt.timedelta | None = None) -> dt.timedelta:
    """From the last look to the next."""
    return next_check(past, habits=habits, seed="https://www.example.org/", every=every).at - past.last


steps = st.lists(
    st.tuples(st.timedeltas(min_value=-DAY, max_value=40 * DAY), st.sampled_from("abc")), min_size=1, max_size=60
)
healths = st.sampled_from(["well", "gone", "walled", "faulty"])


@given(steps, st.lists(healths, min_size=60, max_size=60))
def test_every_history_has_a_next_look_within_bounds(
    history: list[tuple[dt.timedelta, str]], states: list[Health]
) -> None:
    """Whatever the history and however the clock jumped, the next look comes, in about a week at most."""
    checks = [
        Check(at=check.at, fingerprint=check.fingerprint, health=health)
        for check, health in zip(checks_of(*history), states, strict=False)
    ]
    past = past_of(checks)
    found = interval(past)
    assert SHORTEST * 0.9 <= found <= LONGEST * 1.1
    assert dt.timedelta() <= past.quiet <= past.age
    assert past.watched <= past.age
    assert found == interval(past_of(checks))


@given(st.timedeltas(min_value=-400 * DAY, max_value=400 * DAY))
def test_moments_mean_nothing_beside_those_of_others(by: dt.timedelta) -> None:
    """The same history at another time of the year, over any change of clocks, has the same intervals."""
    history = [(10 * MINUTE, "a"), (HOUR, "a"), (HOUR, "b"), (9 * HOUR, "b"), (DAY, "b")]
    here, there = (past_of(checks_of(*history, start=start)) for start in (START, START + by))
    assert interval(here) == interval(there)


@given(st.integers(min_value=1, max_value=4), st.timedeltas(min_value=MINUTE, max_value=2 * DAY))
def test_a_clock_that_is_set_back_costs_nothing(at: int, by: dt.timedelta) -> None:
    """A page's age is the sum of what passed between looks, as far as the clock tells: at most the jump is lost."""
    history = [(dt.timedelta(), "a"), (HOUR, "a"), (HOUR, "b"), (3 * HOUR, "b"), (DAY, "b"), (DAY, "b")]
    straight = checks_of(*history)
    jumped = [*straight[:at], *(Check(at=check.at - by, fingerprint=check.fingerprint) for check in straight[at:])]
    before, after = past_of(straight), past_of(jumped)
    assert before.age - by <= after.age <= before.age
    assert dt.timedelta() <= after.quiet
    assert len(before.edits) == len(after.edits)


def test_a_clock_that_was_wrong_once() -> None:
    """One look dated 1970 makes no page fifty years old."""
    good = checks_of((dt.timedelta(), "a"), (HOUR, "a"), (HOUR, "a"))
    wrong = [good[0], Check(at=dt.datetime(1970, 1, 1, tzinfo=dt.UTC), fingerprint="a"), good[2]]
    assert past_of(wrong).age <= LONGEST


def test_looks_grow_apart_and_come_together_after_a_change() -> None:
    """A quiet page is looked at less and less; a change makes the next look as soon as it may be."""
    looks = [(dt.timedelta(), "a")]
    intervals = []
    for _ in range(60):
        intervals.append(interval(past_of(checks_of(*looks))))
        looks.append((intervals[-1], "a"))
    assert all(early < late for early, late in pairwise(intervals[::20]))
    assert intervals[0] <= SHORTEST * 1.1
    assert intervals[-1] > 5 * HOUR
    changed = past_of(checks_of(*looks[:-1], (intervals[-1], "b")))
    assert interval(changed) <= SHORTEST * 1.1


def test_a_page_that_was_looked_at_whatever_it_does() -> None:
    """At 24 hours, 7 days and 30 days of age a look is due, since that is when pages are taken down."""
    looks = [(dt.timedelta(), "a")]
    age = dt.timedelta()
    ages = []
    while age < 40 * DAY:
        step = interval(past_of(checks_of(*looks)))
        looks.append((step, "a"))
        age += step
        ages.append(age)
    for mark in MARKS:
        assert any(mark <= age <= mark + SHORTEST for age in ages), mark


def test_a_lively_page_is_looked_at_more_often() -> None:
    """Of two pages of one age that changed last at the same time, the one that changed more often comes first."""
    steps = [(HOUR, str(number)) for number in range(10)] + [(2 * DAY, "9")]
    lively = past_of(checks_of(*steps))
    quiet = past_of(checks_of(*((step, "8" if number < 9 else "9") for number, (step, _) in enumerate(steps))))
    assert (lively.age, lively.quiet) == (quiet.age, quiet.quiet)
    assert interval(lively) < interval(quiet) / 2


def test_an_outlet_that_edits_late_is_looked_at_late() -> None:
    """What the other pages of an outlet did at an age, or did not do, moves the looks at a page of that age."""
    edited = [(dt.timedelta(), "0"), *((6 * HOUR, "0"),) * 28]
    late = [(6 * HOUR, str(number)) for number in range(1, 40)]
    eager = Habits.of(past_of(checks_of(*edited, *late)) for _ in range(40))
    never = Habits.of(past_of(checks_of(*edited, *((6 * HOUR, "0"),) * 39)) for _ in range(40))
    page = past_of(checks_of((dt.timedelta(), "a"), (HOUR, "b"), *((12 * HOUR, "b"),) * 20))
    assert interval(page, eager) < interval(page, USUAL)
    young = past_of(checks_of((dt.timedelta(), "a"), *((HOUR, "a"),) * 12))
    assert interval(young, USUAL) < interval(young, never)


def test_little_is_learnt_from_little() -> None:
    """One page of an outlet moves its habits by no more than a twentieth."""
    one = Habits.of([past_of(checks_of((dt.timedelta(), "a"), (DAY, "a")))])
    assert all(0.9 * usual <= rate <= 1.001 * usual for rate, usual in zip(one.rates, USUAL.rates, strict=True))


def test_an_old_article_is_not_taken_for_new() -> None:
    """Of an article that says that it is a month old the second look is not due in ten minutes."""
    claimed = START - 30 * DAY
    old = past_of([Check(at=START, fingerprint="a", claimed=claimed)])
    assert interval(old) > 12 * HOUR
    assert interval(past_of([Check(at=START, fingerprint="a", claimed=START + DAY)])) <= SHORTEST * 1.1


@given(st.timedeltas(min_value=MINUTE, max_value=60 * DAY))
def test_a_fixed_interval_is_kept(every: dt.timedelta) -> None:
    """--every is what it says, whatever the history."""
    assert every == interval(past_of(checks_of((dt.timedelta(), "a"), (DAY, "b"))), every=every)


@pytest.mark.parametrize("faults", range(1, 7))
def test_faults_are_looked_at_less_and_less(faults: int) -> None:
    """A wall or a server in trouble: again after 15 minutes, an hour, six hours, a day; and no edit."""
    sound = checks_of((dt.timedelta(), "a"), (HOUR, "a"))
    walls = [
        Check(at=sound[-1].at + number * HOUR, fingerprint="x", health="faulty") for number in range(1, faults + 1)
    ]
    past = past_of([*sound, *walls])
    wanted = BACK_OFF[min(faults, len(BACK_OFF)) - 1]
    assert wanted * 0.9 <= interval(past) <= wanted * 1.1
    assert ((), faults) == (past.edits, past.faults)
    again = past_of([*sound, *walls, Check(at=walls[-1].at + HOUR, fingerprint="a")])
    assert ((), 0) == (again.edits, again.faults)


def test_a_wall_is_a_page_where_there_never_was_another() -> None:
    """A page behind a wall from the first is followed as it is; one that turned into a wall waits to be itself."""
    usual = past_of(
        [Check(at=START + number * HOUR, fingerprint=each, health="walled") for number, each in enumerate("ab")]
    )
    turned = past_of([Check(at=START, fingerprint="a"), Check(at=START + HOUR, fingerprint="b", health="walled")])
    assert ((HOUR,), 0) == (usual.edits, usual.faults)
    assert ((), 1) == (turned.edits, turned.faults)


def test_going_is_a_change() -> None:
    """A page that is gone was changed, even where its words are the same: it is looked at again soon."""
    gone = past_of([Check(at=START, fingerprint="a"), Check(at=START + 9 * DAY, fingerprint="a", health="gone")])
    assert 1 == len(gone.edits)
    assert interval(gone) <= SHORTEST * 1.1
