"""Trying again: when, how often, and after how long."""

from __future__ import annotations

import datetime as dt

import pytest

from archivist.clock import FixedClock
from archivist.errors import Unreachable
from tests.press import Close, Press, Reply, odd
from tests.press import responses as r
from tests.unit.fetch.conftest import Making, block

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


class Sleeper(FixedClock):
    """A clock that advances when it is slept by, and remembers."""

    def __init__(self) -> None:
        super().__init__(NOON)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Advance, and remember."""
        self.slept.append(seconds)
        super().sleep(seconds)


def test_silence_is_asked_again(press: Press, fetcher: Making) -> None:
    """Without an answer the request is repeated, ``retries`` times, after half a second, one, two."""
    press.serve("/x", Reply.of(Close()))
    clock = Sleeper()

    fetched = fetcher(clock=clock, retries=3).fetch(press.url("/x"), role="page")

    assert isinstance(fetched.error, Unreachable)
    assert [0.5, 1.0, 2.0] == clock.slept
    assert 4 == press.count("/x")


def test_answer_at_last_is_kept(press: Press, fetcher: Making) -> None:
    """The answer to a repeated request says that it was one."""
    press.serve("/x", Reply.of(Close()), r.unavailable(None), r.plain())
    clock = Sleeper()

    answer = fetcher(clock=clock, retries=2).fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert (200, ("retried",)) == (answer.head.status, answer.notes)
    assert dt.timedelta(seconds=1.5) == answer.started - NOON


@pytest.mark.parametrize("status", [429, 502, 503, 504])
@pytest.mark.parametrize(
    ("retry_after", "slept"),
    [
        ("7", [7.0]),
        ("0", [0.0]),
        ("Mon, 23 Nov 2026 12:00:09 GMT", [9.0]),
        ("Mon, 23 Nov 2026 12:00:09 -0000", [9.0]),
        ("Mon, 23 Nov 2026 11:00:00 GMT", [0.0]),
        (None, [0.5]),
        ("soon", [0.5]),
        ("-3", [0.5]),
        ("Mon, 99 Nov 2026 12:00:00 GMT", [0.5]),
        ("31", []),
        ("99999999999999999999", []),
        ("Mon, 23 Nov 2027 12:00:09 GMT", []),
    ],
)
def test_retry_after_is_honoured(
    press: Press, fetcher: Making, status: int, retry_after: str | None, slept: list[float]
) -> None:
    """Seconds and dates are waited for up to ``max_retry_after``; above it the refusal is the answer."""
    press.serve("/x", r.unavailable(retry_after, status=status), r.plain())
    clock = Sleeper()

    answer = fetcher(clock=clock, retries=1, max_retry_after=30.0).fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert slept == clock.slept
    assert (200 if slept else status) == answer.head.status


@pytest.mark.parametrize("status", [200, 404, 410, 451, 500])
def test_other_answers_stand(press: Press, fetcher: Making, status: int) -> None:
    """What is not temporary is not asked for again."""
    press.serve("/x", r.gone(status))
    clock = Sleeper()

    answer = fetcher(clock=clock, retries=2).fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert [] == clock.slept
    assert () == answer.notes


def test_last_refusal_is_kept(press: Press, fetcher: Making) -> None:
    """A server that stays busy is recorded as it is."""
    press.serve("/x", r.unavailable("1"))

    answer = fetcher(clock=Sleeper(), retries=2).fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert (503, ("retried",)) == (answer.head.status, answer.notes)
    assert 3 == press.count("/x")


def test_cut_body_is_asked_again(press: Press, fetcher: Making) -> None:
    """A body cut by disconnection gets another chance, and comes whole."""
    press.serve("/x", odd.CUT["length 5000, nine bytes sent"], r.plain())

    answer = fetcher(clock=Sleeper(), retries=2).fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert answer.truncated is None
    assert r.plain().data == block(answer)


def test_body_that_stays_cut_is_kept(press: Press, fetcher: Making) -> None:
    """After the last try the cut body is kept, with its truncation."""
    press.serve("/x", odd.CUT["length 5000, nine bytes sent"])

    answer = fetcher(clock=Sleeper(), retries=2).fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert ("disconnect", ("retried",)) == (answer.truncated, answer.notes)
    assert 3 == press.count("/x")


def test_cut_body_is_better_than_silence(press: Press, fetcher: Making) -> None:
    """Where later tries bring nothing, what came earlier is kept."""
    press.serve("/x", odd.CUT["length 5000, nine bytes sent"], Reply.of(Close()))

    answer = fetcher(clock=Sleeper(), retries=2).fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert "disconnect" == answer.truncated


def test_certain_refusal_is_not_asked_again(fetcher: Making) -> None:
    """The gate's no, and a name that does not exist, are final."""
    clock = Sleeper()
    client = fetcher(clock=clock, retries=2)

    assert client.fetch("http://10.0.0.1/", role="page").error is not None
    assert client.fetch(f"http://{'a' * 64}.example/", role="page").error is not None
    assert [] == clock.slept


def test_connection_closed_while_idle_costs_no_try(press: Press, fetcher: Making) -> None:
    """A kept-alive connection that the server has closed is replaced at once, without a pause or a note."""
    press.serve("/x", Reply.of(r.plain().data, keep=False))
    clock = Sleeper()
    client = fetcher(clock=clock, retries=0)

    answers = [client.fetch(press.url("/x"), role="page").answer for _ in range(4)]

    assert [r.plain().data] * 4 == [block(answer) for answer in answers if answer]
    assert [] == clock.slept


def test_connection_that_breaks_on_reuse_costs_no_try(press: Press, fetcher: Making) -> None:
    """A second request that meets nothing but the end of a reused connection goes out again on a new one."""
    press.serve("/x", r.plain())
    press.serve("/y", Reply.of(Close()), r.plain(b"second"))
    client = fetcher(retries=0)

    client.fetch(press.url("/x"), role="page")
    answer = client.fetch(press.url("/y"), role="page").answer

    assert answer is not None
    assert block(answer).endswith(b"second")
    assert [1, 1, 2] == [request.connection for request in press.seen]


def test_wanted_is_not_asked_about_passing_refusals(press: Press, fetcher: Making) -> None:
    """A 503 is tried again before anybody judges whether its head is wanted."""
    press.serve("/x", r.unavailable("1"), r.pdf(b"%PDF-"))

    fetched = fetcher(clock=Sleeper(), retries=1).fetch(
        press.url("/x"), role="document", wanted=lambda head: head.get("content-type") == "application/pdf"
    )

    assert fetched.answer is not None


def test_cut_redirect_is_followed_at_once(press: Press, fetcher: Making) -> None:
    """The body of a redirect is not worth another try: its Location is there."""
    whole = r.redirect("/there")
    press.serve("/x", odd.cut(whole, after=len(whole.data) - 2))
    press.serve("/there", r.plain())
    clock = Sleeper()

    fetched = fetcher(clock=clock, retries=2).fetch(press.url("/x"), role="page")

    assert fetched.error is None
    assert ["disconnect", None] == [item.truncated for item in fetched.exchanges]
    assert [] == clock.slept
