"""robots.txt: RFC 9309, once for each origin."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from archivist.errors import DiskFailed, Forbidden, Unreachable
from archivist.fetch.outcome import Fetched
from archivist.fetch.robots import MAX_ROBOTS, Robots
from tests.press import Close, Press, Repeat, Reply
from tests.press import responses as r
from tests.unit.fetch.conftest import Making

FREE, CLOSED = "/free", "/closed/page"


@pytest.fixture
def pages(press: Press) -> Press:
    """A press with pages everywhere."""
    press.serve("*", r.plain())
    return press


def test_rules_are_obeyed_and_recorded(pages: Press, fetcher: Making) -> None:
    """The exchange about robots.txt comes first, once; what it forbids is not asked for."""
    pages.serve("/robots.txt", r.robots("Disallow: /closed"))
    client = fetcher(robots="obey")

    first = client.fetch(pages.url(FREE), role="page")
    second = client.fetch(pages.url(FREE), role="document")
    third = client.fetch(pages.url(CLOSED), role="page")

    assert ["robots", "page"] == [item.role for item in first.exchanges]
    assert pages.url("/robots.txt") == first.exchanges[0].uri
    assert ["document"] == [item.role for item in second.exchanges]
    assert isinstance(third.error, Forbidden)
    assert f"robots.txt of {pages.address} forbids /closed/page to archivist" == str(third.error)
    assert () == third.exchanges
    assert (1, 0) == (pages.count("/robots.txt"), pages.count(CLOSED))


def test_our_group_wins_over_the_common_one(pages: Press, fetcher: Making) -> None:
    """The group that names archivist is the one that holds, wherever it stands among thousands."""
    others = "".join(f"User-agent: bot{number}\n" for number in range(9000))
    text = f"{others}User-agent: *\nDisallow: /\n\nUser-Agent: Archivist # us\nDisallow: /closed\n"
    pages.serve("/robots.txt", r.plain(text.encode(), media_type="text/plain"))
    client = fetcher(robots="obey")

    assert client.fetch(pages.url(FREE), role="page").error is None
    assert client.fetch(pages.url(CLOSED), role="page").error is not None


def test_many_agents_with_many_rules_take_no_time(pages: Press, fetcher: Making) -> None:
    """Ten thousand agents above ten thousand rules are read in linear time."""
    agents = "".join(f"User-agent: x{number}\n" for number in range(10_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(10_000))
    pages.serve("/robots.txt", r.plain((agents + rules).encode(), media_type="text/plain"))

    assert fetcher(robots="obey").fetch(pages.url("/77"), role="page").error is None


def test_requisites_are_not_asked_about(pages: Press, fetcher: Making) -> None:
    """What a page shows is part of it."""
    pages.serve("/robots.txt", r.robots("Disallow: /"))

    assert fetcher(robots="obey").fetch(pages.url(FREE), role="requisite").error is None
    assert 0 == pages.count("/robots.txt")


def test_robots_may_be_ignored(pages: Press, fetcher: Making) -> None:
    """The settings can pass over robots.txt."""
    pages.serve("/robots.txt", r.robots("Disallow: /"))

    assert fetcher(robots="ignore").fetch(pages.url(FREE), role="page").error is None
    assert 0 == pages.count("/robots.txt")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 451])
def test_missing_file_allows_everything(pages: Press, fetcher: Making, status: int) -> None:
    """RFC 9309 2.3.1.3: "If a server status code indicates that the robots.txt file is unavailable ... MAY access"."""
    pages.serve("/robots.txt", r.gone(status))

    fetched = fetcher(robots="obey").fetch(pages.url(FREE), role="page")

    assert ["robots", "page"] == [item.role for item in fetched.exchanges]


@pytest.mark.parametrize("status", [500, 502, 503])
def test_failing_server_forbids_everything(pages: Press, fetcher: Making, status: int) -> None:
    """RFC 9309 2.3.1.4: unreachable by server errors: "the crawler MUST assume complete disallow"."""
    pages.serve("/robots.txt", r.gone(status))
    client = fetcher(robots="obey")

    first, second = (client.fetch(pages.url(FREE), role="page") for _ in range(2))

    assert isinstance(first.error, Unreachable)
    assert f"robots.txt answers {status}" in str(first.error)
    assert ["robots"] == [item.role for item in first.exchanges]
    assert str(first.error) == str(second.error)
    assert first.error is not second.error
    assert 0 == pages.count(FREE)


def test_silent_server_forbids_everything(pages: Press, fetcher: Making) -> None:
    """RFC 9309 2.3.1.4: network errors too; the error tells how to go on."""
    pages.serve("/robots.txt", Reply.of(Close()))

    error = fetcher(robots="obey").fetch(pages.url(FREE), role="page").error

    assert isinstance(error, Unreachable)
    assert error.hint is not None
    assert "fetch.robots" in error.hint


def test_gate_speaks_for_itself(fetcher: Making) -> None:
    """A forbidden host is told as that, not as a robots.txt that could not be had."""
    error = fetcher(robots="obey").fetch("http://10.0.0.1/", role="page").error

    assert isinstance(error, Forbidden)
    assert "private" in str(error)


def test_redirected_file_is_followed(pages: Press, fetcher: Making) -> None:
    """RFC 9309 2.3.1.2: redirects of robots.txt are followed; every hop has the role ``robots``."""
    pages.serve("/robots.txt", r.redirect("/elsewhere"))
    pages.serve("/elsewhere", r.robots("Disallow: /closed"))

    fetched = fetcher(robots="obey").fetch(pages.url(CLOSED), role="page")

    assert isinstance(fetched.error, Forbidden)
    assert ["robots", "robots"] == [item.role for item in fetched.exchanges]


@pytest.mark.parametrize("location", ["/robots.txt", "ftp://example.org/", "http://10.0.0.1/robots.txt"])
def test_file_that_leads_nowhere_is_unavailable(pages: Press, fetcher: Making, location: str) -> None:
    """Redirects that cannot be followed make the file unavailable, which allows everything."""
    pages.serve("/robots.txt", r.redirect(location))

    assert fetcher(robots="obey").fetch(pages.url(FREE), role="page").error is None


def test_every_hop_is_asked_about(press: Press, fetcher: Making) -> None:
    """A redirect into a forbidden part, or to another origin that forbids it, ends the chain there."""
    resolve = {"a.example": press.address, "b.example": press.address}
    press.serve("/robots.txt", r.gone(404), host="a.example")
    press.serve("/robots.txt", r.robots("Disallow: /"), host="b.example")
    press.serve("/x", r.redirect("http://b.example/x"), host="a.example")

    fetched = fetcher(robots="obey", resolve=resolve).fetch("http://a.example/x", role="page")

    assert isinstance(fetched.error, Forbidden)
    assert "robots.txt of b.example forbids /x" in str(fetched.error)
    assert ["robots", "redirect", "robots"] == [item.role for item in fetched.exchanges]


def test_endless_file_is_bounded(pages: Press, fetcher: Making) -> None:
    """512 KiB are read, and the rules in them hold (RFC 9309 2.5)."""
    begin = b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /closed\n"
    pages.serve("/robots.txt", Reply.of(begin, Repeat(b"# more\n" * 500)))

    fetched = fetcher(robots="obey").fetch(pages.url(CLOSED), role="page")

    assert isinstance(fetched.error, Forbidden)
    assert "length" == fetched.exchanges[0].truncated
    assert MAX_ROBOTS == fetched.exchanges[0].response.length


@pytest.mark.parametrize(
    "reply",
    [
        r.gzipped(b"User-agent: *\nDisallow: /closed\n"),
        r.gzipped_and_chunked(b"User-agent: *\nDisallow: /closed\n"),
        r.deflated(b"User-agent: *\nDisallow: /closed\n"),
        r.plain("\ufeffUser-agent: *\nDisallow: /closed\n".encode()),
        r.plain(b"# caf\xe9\r\nUser-agent: *\r\nDisallow: /closed\r\n"),
    ],
    ids=["gzip", "gzip-chunked", "deflate", "mark", "latin-1"],
)
def test_file_is_read_however_it_comes(pages: Press, fetcher: Making, reply: Reply) -> None:
    """Codings, byte order marks and bytes that are no UTF-8 hide no rule."""
    pages.serve("/robots.txt", reply)

    assert isinstance(fetcher(robots="obey").fetch(pages.url(CLOSED), role="page").error, Forbidden)


def test_many_threads_ask_once(pages: Press, fetcher: Making) -> None:
    """Sixteen threads that meet a new origin together ask for its robots.txt once."""
    pages.serve("/robots.txt", r.robots("Disallow: /closed"))
    client = fetcher(robots="obey", connections=16)

    with ThreadPoolExecutor(16) as pool:
        fetched = list(pool.map(lambda number: client.fetch(pages.url(f"/{number}"), role="page"), range(64)))

    assert 1 == pages.count("/robots.txt")
    assert [None] * 64 == [item.error for item in fetched]
    assert 1 == sum(exchange.role == "robots" for item in fetched for exchange in item.exchanges)


def test_robots_survives_an_unwanted_answer(pages: Press, fetcher: Making) -> None:
    """robots.txt is asked for only once, so its exchange is handed out even where the answer is declined."""
    fetched = fetcher(robots="obey").fetch(pages.url(FREE), role="document", wanted=lambda _: False)

    assert fetched.declined
    assert ["robots"] == [item.role for item in fetched.exchanges]


def test_accident_reaches_everyone_who_waits() -> None:
    """An accident while asking is told to all who need the rules; nobody waits for ever."""
    judge = Robots("archivist/1")

    def ask(url: str) -> Fetched:
        raise DiskFailed(f"no room for {url}")

    for _ in range(2):
        with pytest.raises(DiskFailed, match=r"no room for http://a\.example/robots\.txt"):
            judge.judge("http://a.example/page", ask)
