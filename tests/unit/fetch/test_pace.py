"""Pace: how far apart, how many at one time, and never in a circle."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from archivist.fetch.pace import Pace
from archivist.model.config import FetchSettings
from tests.press import Press, Reply, Request
from tests.press import responses as r
from tests.unit.fetch.conftest import Making, block
from tests.unit.fetch.test_retry import Sleeper


def test_turns_of_one_host_are_apart() -> None:
    """Each turn of a host comes ``delay`` after the one before; another host has its own."""
    clock = Sleeper()
    pace = Pace(FetchSettings(delay=2.0), clock=clock)

    pace.wait("a.example")
    pace.wait("b.example")
    pace.wait("a.example")
    clock.advance(1.5)
    pace.wait("a.example")
    clock.advance(10)
    pace.wait("a.example")

    assert [2.0, 0.5] == clock.slept


def test_turns_are_given_out_in_advance() -> None:
    """Threads that come together get turns one after another, not the same one."""
    clock = Sleeper()
    clock.advance = lambda seconds: None  # type: ignore[method-assign] # all come at the same moment
    pace = Pace(FetchSettings(delay=1.0), clock=clock)

    for _ in range(4):
        pace.wait("a.example")

    assert [1.0, 2.0, 3.0] == clock.slept


def test_no_delay_no_wait() -> None:
    """A delay of nothing never sleeps."""
    clock = Sleeper()
    pace = Pace(FetchSettings(delay=0), clock=clock)

    pace.wait("a.example")
    pace.wait("a.example")

    assert [] == clock.slept


@pytest.mark.parametrize(("connections", "workers", "most"), [(3, 16, 3), (6, 2, 2), (1, 1, 1)])
def test_slots_are_bounded(connections: int, workers: int, most: int) -> None:
    """No more than ``connections`` of one host and ``workers`` in all are inside at one time."""
    pace = Pace(FetchSettings(connections=connections, workers=workers), clock=Sleeper())
    lock, full = threading.Lock(), threading.Event()
    inside, highest = 0, 0

    def enter(_: int) -> None:
        nonlocal inside, highest
        with pace.slot("a.example"):
            with lock:
                inside += 1
                highest = max(highest, inside)
                if inside == most:
                    full.set()
            assert full.wait(10)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(enter, range(24)))

    assert most == highest


def test_pages_are_paced_and_requisites_are_not(press: Press, fetcher: Making) -> None:
    """Pages and documents of one host wait for their turn; requisites, robots.txt and redirects within it do not."""
    press.serve("*", r.plain())
    press.serve("/moved", r.redirect("/there"))
    clock = Sleeper()
    client = fetcher(clock=clock, delay=3.0, robots="obey")

    client.fetch(press.url("/one"), role="page")
    client.fetch(press.url("/i.png"), role="requisite")
    client.fetch(press.url("/moved"), role="page")
    client.fetch(press.url("/doc"), role="document")

    assert [3.0, 3.0] == clock.slept


def test_redirect_to_another_host_waits_for_its_turn(press: Press, fetcher: Making) -> None:
    """A hop to another host is a page of that host."""
    resolve = {"a.example": press.address, "b.example": press.address}
    press.serve("/", r.redirect("http://b.example/"), host="a.example")
    press.serve("/", r.plain(), host="b.example")
    clock = Sleeper()
    client = fetcher(clock=clock, delay=3.0, resolve=resolve)

    client.fetch("http://b.example/", role="page")
    client.fetch("http://a.example/", role="page")

    assert [3.0] == clock.slept


def test_requisites_from_inside_a_page_do_not_deadlock(press: Press, fetcher: Making) -> None:
    """One slot in all is enough for pages that fetch their own requisites, from as many threads as there are."""
    press.serve("*", r.plain())
    client = fetcher(workers=1, connections=1)

    def page(number: int) -> int:
        first = client.fetch(press.url(f"/{number}"), role="page")
        parts = [client.fetch(press.url(f"/{number}/{part}"), role="requisite") for part in range(3)]
        return sum(item.error is None for item in (first, *parts))

    with ThreadPoolExecutor(8) as pool:
        assert [4] * 16 == list(pool.map(page, range(16)))


def test_sixty_requisites_from_threads_are_exact(press: Press, fetcher: Making) -> None:
    """Sixteen threads over six kept-alive connections: every block is its own request's answer, byte for byte."""

    def respond(request: Request) -> Reply:
        number = int(request.path.strip("/"))
        body = f"{number} ".encode() * (number * 50 + 1)
        return r.chunked(body, [number + 1, 7]) if number % 2 else r.plain(body)

    press.serve("*", respond)
    client = fetcher(connections=6, workers=16)

    def get(number: int) -> tuple[bytes, bytes]:
        answer = client.fetch(press.url(f"/{number}"), role="requisite", kind="image").answer
        assert answer is not None
        assert answer.truncated is None
        assert answer.request.startswith(b"GET /%d HTTP/1.1\r\n" % number)
        return press.sent(f"/{number}"), block(answer)

    with ThreadPoolExecutor(16) as pool:
        pairs = list(pool.map(get, range(60)))

    assert [sent for sent, _ in pairs] == [kept for _, kept in pairs]
    assert press.connections <= 6
