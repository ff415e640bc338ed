"""A round over pages of many hosts: no host holds up another, and a dead one is left alone."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable

import pytest

from archivist.clock import FixedClock
from archivist.errors import ArchivistError, DiskFailed, FetchError, Unreachable
from archivist.pipeline.outcome import Failed, Outcome
from archivist.pipeline.round import Bounds, Round

START = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def round_of(take: Callable[[str], Outcome], *, workers: int = 8, of_host: int = 8, **more: object) -> Round:
    """A round by a clock that stands."""
    bounds = Bounds(workers=workers, of_host=of_host, **more)  # type: ignore[arg-type]
    return Round(take, bounds=bounds, clock=FixedClock(START))


def failing(url: str, error: ArchivistError | None = None) -> Outcome:
    """Any outcome will do."""
    return Failed(url=url, error=error or FetchError("no"))


def test_every_page_is_taken_once() -> None:
    """Each page of each host once, whatever the order."""
    urls = [f"http://h{number % 7}.example/{number}" for number in range(200)]
    found = Counter(each.url for each in round_of(failing).outcomes(urls) if isinstance(each, Failed))
    assert Counter(urls) == found


def test_a_host_that_never_answers_holds_up_nobody() -> None:
    """Many pages of a silent host stand first in line, and the others are all taken beside it."""
    silence, others = threading.Event(), [f"http://b.example/{number}" for number in range(40)]
    left = set(others)

    def take(url: str) -> Outcome:
        if "silent" in url:
            assert silence.wait(20)
            return failing(url, Unreachable("silent"))
        left.discard(url)
        if not left:
            silence.set()
        return failing(url)

    taken = round_of(take, workers=4)
    found = list(taken.outcomes([*(f"http://silent.example/{number}" for number in range(500)), *others]))
    assert not left
    assert silence.is_set()
    struck = [each for each in found if isinstance(each, Failed) and isinstance(each.error, Unreachable)]
    assert 3 <= len(struck) <= 4
    assert 500 == len(struck) + len(taken.held["silent.example"])


def test_a_frail_host_is_asked_once() -> None:
    """A host that did not answer the last time is asked for one page; when it answers, for all."""
    urls = [f"http://a.example/{number}" for number in range(9)]
    dead = round_of(lambda url: failing(url, Unreachable("x")), frail=frozenset({"a.example"}))
    assert 1 == len(list(dead.outcomes(urls)))
    assert 8 == len(dead.held["a.example"])
    alive = round_of(failing, frail=frozenset({"a.example"}))
    assert 9 == len(list(alive.outcomes(urls)))


def test_a_host_that_asks_for_peace_has_it() -> None:
    """After Retry-After no further page of the host is begun; other hosts go on."""
    urls = [f"http://{host}.example/{number}" for number in range(9) for host in "ab"]
    waits = {"a.example": 3_600.0}
    bounds = Bounds(workers=1, of_host=1)
    taken = Round(failing, bounds=bounds, clock=FixedClock(START), wait_of=lambda host: waits.get(host, 0.0))
    hosts = Counter(each.url[7] for each in taken.outcomes(urls) if isinstance(each, Failed))
    assert {"a": 1, "b": 9} == hosts


def test_no_page_is_begun_after_the_end() -> None:
    """When the time is up, what is left is counted."""
    clock = FixedClock(START)

    def take(url: str) -> Outcome:
        clock.advance(10)
        return failing(url)

    taken = Round(take, bounds=Bounds(workers=1, of_host=1, until=25.0), clock=clock)
    assert 3 == len(list(taken.outcomes([f"http://a.example/{number}" for number in range(8)])))
    assert 5 == taken.left


def test_what_was_under_way_is_told_to_the_end() -> None:
    """Who stops listening gets what was under way, and nothing else is begun."""
    gate, begun = threading.Event(), threading.Semaphore(0)

    def take(url: str) -> Outcome:
        begun.release()
        if not url.endswith("/0"):
            assert gate.wait(20)
        return failing(url)

    taken = round_of(take, workers=2, of_host=2)
    outcomes = taken.outcomes([f"http://a.example/{number}" for number in range(50)])
    next(outcomes)
    for _ in range(3):
        begun.acquire()
    taken.stop()
    gate.set()
    outcomes.close()  # type: ignore[attr-defined]  # it is a generator
    assert 2 == len(list(taken.rest()))
    assert 47 == taken.left


def test_the_disk_failed() -> None:
    """What could be stored all the same is told before the failure is raised, and nothing more is begun."""
    taken: list[str] = []

    def take(url: str) -> Outcome:
        taken.append(url)
        if len(taken) == 3:
            raise DiskFailed("full")
        return failing(url)

    outcomes = iter(round_of(take, workers=1, of_host=1).outcomes([f"http://a.example/{n}" for n in range(9)]))
    assert 2 == len([next(outcomes), next(outcomes)])
    with pytest.raises(DiskFailed, match="full"):
        next(outcomes)
    assert 3 == len(taken)
