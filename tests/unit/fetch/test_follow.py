"""Chains: redirects hop by hop, cookies, the gate at every hop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest

from archivist.errors import FetchError, Forbidden, Unreachable
from archivist.fetch.client import Validators
from tests.press import Press, Reply, Request
from tests.press import responses as r
from tests.unit.fetch.conftest import Making, block
from tests.unit.fetch.test_gate import Names


def test_hops_are_kept_in_order(press: Press, fetcher: Making) -> None:
    """Each hop is an exchange of its own, with its role, where it leads, and what led to it."""
    press.serve_all(r.chain("/a", length=3, end="/end"))
    press.serve("/end", r.plain())

    fetched = fetcher().fetch(press.url("/a"), role="requisite", kind="image", via="http://front.example/")

    assert fetched.error is None
    assert [press.url(path) for path in ("/a", "/a/1", "/a/2", "/end")] == [item.uri for item in fetched.exchanges]
    assert ["redirect"] * 3 + ["requisite"] == [item.role for item in fetched.exchanges]
    assert ["image"] * 4 == [item.kind for item in fetched.exchanges]
    assert "http://front.example/" == fetched.exchanges[0].via
    for before, after in pairwise(fetched.exchanges):
        assert before.location == after.uri
        assert before.uri == after.via
    assert fetched.answer is fetched.exchanges[-1]
    assert fetched.answer.location is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_redirect_status_is_followed(press: Press, fetcher: Making, status: int) -> None:
    """All five redirects lead on."""
    press.serve("/a", r.redirect("/b", status=status))
    press.serve("/b", r.plain())

    assert 2 == len(fetcher().fetch(press.url("/a"), role="page").exchanges)


@pytest.mark.parametrize("status", [200, 201, 300, 304, 305, 404])
def test_other_status_is_an_answer(press: Press, fetcher: Making, status: int) -> None:
    """A Location beside another status leads nowhere."""
    press.serve("/a", Reply.of(r.head(status, [("Location", "/b"), ("Content-Length", "0")]), keep=True))

    answer = fetcher().fetch(press.url("/a"), role="page").answer

    assert answer is not None
    assert (status, None, "page") == (answer.head.status, answer.location, answer.role)


def test_redirect_without_location_is_an_answer(press: Press, fetcher: Making) -> None:
    """A 302 that does not say where to is kept as what was asked for."""
    press.serve("/a", r.redirect(None))

    answer = fetcher().fetch(press.url("/a"), role="page").answer

    assert answer is not None
    assert "page" == answer.role


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/é".encode(), "/%C3%A9"),
        (b"/\xe9", "/%C3%A9"),
        (b"b?q=a b", "/b?q=a%20b"),
        (b"//127.0.0.1:%d/c", "/c"),
        (b"/d#fragment", "/d"),
    ],
)
def test_location_is_read_as_browsers_read_it(press: Press, fetcher: Making, location: bytes, leads_to: str) -> None:
    """UTF-8, Latin-1, blanks, relative and scheme-less forms all lead on."""
    if b"%d" in location:
        location %= press.port
    press.serve(
        "/a", Reply.of(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % location, keep=True)
    )
    press.serve("*", r.plain())

    fetched = fetcher().fetch(press.url("/a"), role="page")

    assert fetched.answer is not None
    assert press.url(leads_to) == fetched.answer.uri


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("file:///etc/passwd", "file:"),
        ("javascript:alert(1)", "javascript:"),
        ("data:text/html,x", "data:"),
        ("ftp://example.org/x", "ftp:"),
        ("gopher://example.org/", "gopher:"),
        ("http://[::1", "which is not fetched"),
        ("http://user:word@example.org/", "which is not fetched"),
        ("/" + "a" * 10_000, "which is not fetched"),
    ],
)
def test_redirect_to_what_is_not_fetched(press: Press, fetcher: Making, location: str, said: str) -> None:
    """Other schemes and addresses that are none end the chain; the hop is kept, and the error says where it led."""
    press.serve("/a", r.redirect(location))

    fetched = fetcher().fetch(press.url("/a"), role="page")

    assert isinstance(fetched.error, Forbidden)
    assert said in str(fetched.error)
    assert ["redirect"] == [item.role for item in fetched.exchanges]


@pytest.mark.parametrize(
    "host",
    ["127.0.0.2", "[::1]", "2130706434", "0177.0.0.2", "0x7f.2", "0.0.0.0", "169.254.169.254", "[::ffff:127.0.0.1]"],
)
def test_redirect_into_private_network_is_refused(press: Press, fetcher: Making, host: str) -> None:
    """The gate stands before every hop."""
    press.serve("/a", r.redirect(f"http://{host}:{press.port}/secret"))

    fetched = fetcher(allow=(press.address,)).fetch(press.url("/a"), role="page")

    assert isinstance(fetched.error, Forbidden)
    assert 1 == len(fetched.exchanges)
    assert 0 == press.count("/secret")


@pytest.mark.parametrize("length", [1, 2, 5])
def test_circle_of_redirects_is_an_error(press: Press, fetcher: Making, length: int) -> None:
    """A circle ends where it closes, with its hops kept."""
    press.serve_all(r.loop("/a", length=length))

    fetched = fetcher().fetch(press.url("/a"), role="page")

    assert type(fetched.error) is FetchError
    assert "in a circle" in str(fetched.error)
    assert length == len(fetched.exchanges)


def test_endless_chain_is_an_error(press: Press, fetcher: Making) -> None:
    """``max_redirects`` hops are followed and no more."""
    press.serve("*", lambda request: r.redirect(f"{request.target}x"))

    fetched = fetcher(max_redirects=4).fetch(press.url("/"), role="page")

    assert "redirects more than 4 times" in str(fetched.error)
    assert 5 == len(fetched.exchanges)


def test_cookies_last_for_one_chain(press: Press, fetcher: Making) -> None:
    """A site that asks for its cookie back gets it, within the chain; the next chain begins without."""

    def respond(request: Request) -> Reply:
        if "seen=1" in request.header("cookie"):
            return r.plain()
        return r.redirect("/a", headers=[("Set-Cookie", "seen=1; Path=/"), ("Set-Cookie", "session=s3cret")])

    press.serve("/a", respond)
    client = fetcher()

    for _ in range(2):
        fetched = client.fetch(press.url("/a"), role="page")
        assert fetched.error is None
        assert ["redirect", "page"] == [item.role for item in fetched.exchanges]
    assert 4 == len(press.seen)
    assert ["", "", ""] == [press.seen[at].header("cookie") for at in (0, 2)] + [""]


def test_secret_is_not_recorded(press: Press, fetcher: Making) -> None:
    """The server got the cookie; the record holds a placeholder and the field's name."""
    press.serve("/a", r.redirect("/b", headers=[("Set-Cookie", "session=s3cret; Path=/")]))
    press.serve("/b", r.plain())

    answer = fetcher().fetch(press.url("/a"), role="page").answer

    assert answer is not None
    assert "session=s3cret" == press.seen[1].header("cookie")
    assert b"s3cret" not in answer.request
    assert b"\r\nCookie: archivist-redacted\r\n" in answer.request
    assert ("Cookie",) == answer.redacted
    assert press.requests[1].replace(b"session=s3cret", b"archivist-redacted") == answer.request


def test_cookie_stays_with_its_host(press: Press, fetcher: Making) -> None:
    """Another host in the chain does not learn the cookie."""
    resolve = {"a.example": press.address, "b.example": press.address}
    press.serve("/", r.redirect("http://b.example/", headers=[("Set-Cookie", "a=1")]), host="a.example")
    press.serve("/", r.plain(), host="b.example")

    fetched = fetcher(resolve=resolve).fetch("http://a.example/", role="page")

    assert fetched.answer is not None
    assert "" == press.seen[1].header("cookie")
    assert ("127.0.0.1", "settings") == (fetched.answer.peer.ip, fetched.answer.peer.resolved_by)


def test_answer_is_pinned_to_the_address_that_was_checked(press: Press, fetcher: Making) -> None:
    """A name is looked up once a connection: a resolver that would answer otherwise later is not asked."""
    press.serve("/", r.plain())
    names = Names(["127.0.0.1", "10.0.0.1"], ["169.254.169.254"])

    client = fetcher(allow=("127.0.0.1",), lookup=names)
    first = client.fetch(f"http://rebind.example:{press.port}/", role="page").answer
    second = client.fetch(f"http://rebind.example:{press.port}/", role="page").answer

    assert first is not None
    assert second is not None
    assert [("rebind.example", press.port)] == names.calls
    assert first.peer.ip == second.peer.ip == "127.0.0.1"
    assert ("127.0.0.1", "10.0.0.1") == first.peer.resolved
    assert "dns" == first.peer.resolved_by


def test_next_permitted_address_is_tried(press: Press, fetcher: Making) -> None:
    """Where the first permitted address refuses, the next one of the same answer is used."""
    press.serve("/", r.plain())
    names = Names(["127.0.0.9", "127.0.0.1"])

    client = fetcher(allow=("127.0.0.1", "127.0.0.9"), lookup=names)
    answer = client.fetch(f"http://two.example:{press.port}/", role="page").answer

    assert answer is not None
    assert "127.0.0.1" == answer.peer.ip
    assert 1 == len(names.calls)


@pytest.mark.parametrize("url", ["ftp://example.org/", "http://user@example.org/", "nonsense", "http://", "file:///x"])
def test_address_that_is_none_is_forbidden(fetcher: Making, url: str) -> None:
    """Only http and https without credentials are asked for."""
    fetched = fetcher().fetch(url, role="requisite")

    assert isinstance(fetched.error, Forbidden)


def test_closed_port_is_said_plainly(fetcher: Making) -> None:
    """A port that nobody listens on refuses, and the error names host and port."""
    with Press() as gone:
        url = gone.url("/")

    fetched = fetcher().fetch(url, role="page")

    assert isinstance(fetched.error, Unreachable)
    assert f"127.0.0.1:{gone.port} refuses connections" == str(fetched.error)


def test_validators_make_a_conditional_request(press: Press, fetcher: Making) -> None:
    """ETag and date are sent at the hop that they are of, and 304 is an answer."""
    moment = dt.datetime(2026, 11, 23, 18, 15, 12, tzinfo=dt.UTC)
    press.serve("/a", r.redirect("/b"))
    press.serve("/b", r.conditional(etag='"one"', modified=moment))
    validators = Validators(etag='"one"', last_modified="Mon, 23 Nov 2026 18:15:12 GMT")

    def known(of: str) -> Callable[[str], Validators | None]:
        return lambda url: validators if url == press.url(of) else None

    straight = fetcher().fetch(press.url("/b"), role="page", known=known("/b")).answer
    around = fetcher().fetch(press.url("/a"), role="page", known=known("/b")).answer
    other = fetcher().fetch(press.url("/a"), role="page", known=known("/a")).answer

    assert straight is not None
    assert around is not None
    assert other is not None
    assert (304, 304, 200) == (straight.head.status, around.head.status, other.head.status)
    assert b"" == block(straight).partition(b"\r\n\r\n")[2]


def test_wanted_is_asked_about_the_end_of_the_chain(press: Press, fetcher: Making) -> None:
    """Redirects are followed whatever is wanted; their exchanges go where the answer is not wanted."""
    press.serve("/a", r.redirect("/b"))
    press.serve("/b", r.plain())

    fetched = fetcher().fetch(press.url("/a"), role="document", wanted=lambda head: head.status == 404)

    assert fetched.declined
    assert () == fetched.exchanges
