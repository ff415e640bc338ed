"""What our requests say, and what of it is recorded."""

from __future__ import annotations

import pytest

from archivist.fetch.request import Cookies, Validators, accept_for, redacted, referer
from archivist.wire.head import Field, ResponseHead
from tests.press import Press
from tests.press import responses as r
from tests.unit.fetch.conftest import Making


def setting(*cookies: str) -> ResponseHead:
    """A response that sets these cookies."""
    return ResponseHead("HTTP/1.1", 302, "Found", tuple(Field("Set-Cookie", cookie) for cookie in cookies))


def test_request_says_who_asks(press: Press, fetcher: Making) -> None:
    """User-Agent with the version and an address, gzip and no other coding, and nothing else."""
    press.serve("/", r.plain())

    fetcher().fetch(press.url("/"), role="page")

    assert [
        ("host", press.address),
        ("user-agent", "archivist/1.2 (+https://archivist.example/bot)"),
        ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("accept-encoding", "gzip"),
    ] == list(press.seen[0].headers)


@pytest.mark.parametrize(
    ("role", "kind", "begin"),
    [
        ("page", None, "text/html"),
        ("document", None, "text/html"),
        ("requisite", "image", "image/webp"),
        ("requisite", "icon", "image/webp"),
        ("requisite", "stylesheet", "text/css"),
        ("requisite", "font", "font/woff2"),
        ("requisite", "script", "*/*"),
        ("requisite", None, "*/*"),
        ("robots", None, "text/plain"),
    ],
)
def test_accept_is_a_browsers(role: str, kind: str | None, begin: str) -> None:
    """Each kind is asked for as browsers ask for it."""
    assert accept_for(role, kind).startswith(begin)


@pytest.mark.parametrize(
    ("url", "via", "said"),
    [
        ("https://a.example/i.png", "https://a.example/page?q=1", "https://a.example/page?q=1"),
        ("https://cdn.example/i.png", "https://a.example/page", "https://a.example/"),
        ("http://a.example/i.png", "https://a.example/page", None),
        ("http://b.example/i.png", "http://a.example/page", "http://a.example/"),
        ("http://a.example/i.png", None, None),
    ],
)
def test_referer_is_a_browsers(url: str, via: str | None, said: str | None) -> None:
    """The whole page for its own origin, the origin for others, nothing from https to http."""
    assert said == referer(url, via)


def test_requisite_names_its_page(press: Press, fetcher: Making) -> None:
    """Pictures that are served only to readers of the page are served to us; a page names nobody."""
    press.serve("*", r.plain())
    client = fetcher()

    client.fetch(press.url("/i.png"), role="requisite", kind="image", via=press.url("/page"))
    client.fetch(press.url("/next"), role="page", via=press.url("/page"))

    assert [press.url("/page"), ""] == [request.header("referer") for request in press.seen]


def test_secrets_are_replaced() -> None:
    """Cookie and both authorisations are replaced, whatever their case; their names are kept as sent."""
    request = (
        b"POST /cookie:x HTTP/1.1\r\nHost: a\r\nCOOKIE: a=b\r\nauthorization:Basic eA==\r\n"
        b"Proxy-Authorization: \tx\r\nX-Cookie: seen\r\n\r\nCookie: body"
    )

    kept, names = redacted(request)

    assert ("COOKIE", "authorization", "Proxy-Authorization") == names
    assert kept == (
        b"POST /cookie:x HTTP/1.1\r\nHost: a\r\nCOOKIE: archivist-redacted\r\nauthorization:archivist-redacted\r\n"
        b"Proxy-Authorization: \tarchivist-redacted\r\nX-Cookie: seen\r\n\r\nCookie: body"
    )


def test_request_without_secrets_is_left_alone() -> None:
    """Nothing to hide: the same bytes."""
    request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    assert (request, ()) == redacted(request)


@pytest.mark.parametrize(
    ("cookie", "url", "said"),
    [
        ("a=1", "http://www.a.example/x", "a=1"),
        ("a=1; Path=/y", "http://www.a.example/x", None),
        ("a=1; Secure", "http://www.a.example/x", None),
        ("a=1; Domain=a.example", "http://b.a.example/x", "a=1"),
        ("a=1; Domain=evil.example", "http://evil.example/", None),
        ("a=1", "http://b.example/", None),
        ("a=1; Max-Age=0", "http://www.a.example/x", None),
        ("a=b\x00c", "http://www.a.example/x", "a=bc"),
        ("nonsense; ; =;", "http://www.a.example/x", None),
    ],
)
def test_cookies_go_where_they_may(cookie: str, url: str, said: str | None) -> None:
    """Host, path, scheme and age decide (RFC 6265 5.4); control characters never travel."""
    cookies = Cookies()
    cookies.take("http://www.a.example/start", setting(cookie))

    got = cookies.header(url)

    assert said == got or (said is None and got is not None and "a=" not in got)


def test_no_cookie_no_field() -> None:
    """A chain without cookies says nothing."""
    cookies = Cookies()
    cookies.take("http://a.example/", setting())

    assert cookies.header("http://a.example/") is None


@pytest.mark.parametrize(
    ("etag", "last_modified", "names"),
    [
        ('W/"x"', "Mon, 23 Nov 2026 18:15:12 GMT", ["If-None-Match", "If-Modified-Since"]),
        ('"caf\xe9"', None, ["If-None-Match"]),
        (None, None, []),
        ('"x"\r\nX-Injected: 1', "a\nb", []),
        ("", "", []),
    ],
)
def test_validators_cannot_inject(etag: str | None, last_modified: str | None, names: list[str]) -> None:
    """A hostile ETag of an earlier capture becomes no field of ours."""
    assert names == [name for name, _ in Validators(etag=etag, last_modified=last_modified).fields()]
