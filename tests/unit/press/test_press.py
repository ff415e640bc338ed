"""The press does what it claims: every odd reply is on the wire as it says, and nothing outlives the block."""

from __future__ import annotations

import gzip
import http.client
import io
import socket
import ssl
import threading
import time
import zlib

import brotli
import pytest
import zstandard

from tests.press import Close, Pause, Press, Repeat, Reply, Request, Reset, Stall, odd
from tests.press import responses as r

COMPLETE = {**odd.ODD, **odd.INTERIM, **odd.CUT, **odd.BROKEN}
ENDLESS = {
    **odd.ENDLESS,
    **{name: reply for name, reply in odd.REFUSED.items() if any(isinstance(step, Repeat) for step in reply.steps)},
}


def ask(press: Press, path: str, *fields: str) -> socket.socket:
    """A connection on which the path has been asked for."""
    connection = socket.create_connection((press.host, press.port), timeout=20)
    lines = [f"GET {path} HTTP/1.1", f"Host: {press.address}", *fields, "", ""]
    connection.sendall("\r\n".join(lines).encode())
    return connection


def drain(connection: socket.socket) -> bytes:
    """Every byte until the other side ends."""
    with connection:
        return b"".join(iter(lambda: connection.recv(65536), b""))


def exactly(connection: socket.socket, count: int) -> bytes:
    """The next ``count`` bytes, or fewer where the other side ends."""
    received = b""
    while len(received) < count and (piece := connection.recv(count - len(received))):
        received += piece
    return received


def get(press: Press, path: str, *fields: str) -> bytes:
    """The exact answer to one request after which the connection closes."""
    return drain(ask(press, path, "Connection: close", *fields))


def parsed(data: bytes) -> http.client.HTTPResponse:
    """A response as the standard library reads it from bytes."""

    class Fake:
        def makefile(self, *_: object) -> io.BytesIO:
            return io.BytesIO(data)

    response = http.client.HTTPResponse(Fake())  # type: ignore[arg-type] # a file is all that it asks for
    response.begin()
    return response


@pytest.mark.parametrize("name", COMPLETE)
def test_reply_is_on_the_wire_byte_for_byte(name: str) -> None:
    """A client that reads to the end gets exactly the reply's bytes, and the press remembers the same."""
    with Press() as press:
        press.serve("/x", COMPLETE[name])

        received = get(press, "/x")

        assert COMPLETE[name].data == received
        assert received == press.sent("/x")


@pytest.mark.parametrize("name", [name for name in odd.REFUSED if name not in ENDLESS and name != "reset"])
def test_refused_reply_is_on_the_wire_byte_for_byte(name: str) -> None:
    """Replies that are no HTTP arrive as they are."""
    with Press() as press:
        press.serve("/x", odd.REFUSED[name])

        assert odd.REFUSED[name].data == get(press, "/x")


@pytest.mark.parametrize("name", odd.STALLED)
def test_stalled_reply_holds_the_connection_open(name: str) -> None:
    """After its last byte a stalled reply neither sends nor closes, and the press ends all the same."""
    with Press() as press:
        press.serve("/x", odd.STALLED[name])
        with ask(press, "/x") as connection:
            expected = odd.STALLED[name].data

            received = exactly(connection, len(expected))
            connection.settimeout(0.05)
            with pytest.raises(TimeoutError):
                connection.recv(1)

            assert expected == received
            assert expected == press.sent("/x")


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_reply_goes_on_until_the_client_leaves(name: str) -> None:
    """A megabyte arrives and there is more; when the client leaves, the press notices."""
    with Press() as press:
        press.serve("/x", ENDLESS[name])
        with ask(press, "/x") as connection:
            received = exactly(connection, 1 << 20)

        assert len(received) == 1 << 20
        assert press.sent("/x").startswith(received)


def test_reset_is_a_tcp_reset() -> None:
    """The client sees a reset, not an orderly end."""
    with Press() as press:
        press.serve("/x", odd.REFUSED["reset"])

        with pytest.raises(ConnectionResetError):
            get(press, "/x")


def test_reset_can_follow_bytes() -> None:
    """A reply may be cut in its body by a reset, which no client can take for its end."""
    with Press() as press:
        press.serve("/x", odd.cut(r.plain(), after=60, by=Reset()))

        with pytest.raises(ConnectionResetError):
            get(press, "/x")

        assert r.plain().data[:60] == press.sent("/x")


def test_stalled_reply_is_over_when_the_client_leaves() -> None:
    """What was sent before a stall is known at once, and nothing is added."""
    with Press() as press:
        press.serve("/x", Reply.of(b"HTTP/1.1 200", Stall()))
        ask(press, "/x").close()
        press.wait_for("/x")

        assert press.sent("/x") == b"HTTP/1.1 200"


def test_waiting_for_a_request_that_never_comes_fails() -> None:
    """A test that waits in vain is told so."""
    with Press() as press, pytest.raises(TimeoutError, match="/x was asked for 0 times, not 1"):
        press.wait_for("/x", seconds=0.01)


def test_pause_waits_for_the_event() -> None:
    """Bytes behind a pause come only when the test says so."""
    go_on = threading.Event()
    with Press() as press:
        press.serve("/x", Reply.of(b"first", Pause(go_on), b"second", Close()))
        with ask(press, "/x") as connection:
            first = connection.recv(100)
            connection.settimeout(0.05)
            with pytest.raises(TimeoutError):
                connection.recv(1)
            go_on.set()
            connection.settimeout(20)

            assert first == b"first"
            assert connection.recv(100) == b"second"


def test_end_of_the_block_ends_pauses_and_stalls() -> None:
    """A forgotten pause, stall, silent client and endless reply hold nothing back."""
    before = threading.active_count()
    with Press() as press:
        press.serve("/pause", Reply.of(Pause(threading.Event())))
        press.serve("/stall", Reply.of(b"x", Stall()))
        press.serve("/endless", odd.ENDLESS["chunks"])
        clients = [ask(press, path) for path in ("/pause", "/stall", "/endless")]
        clients.append(socket.create_connection((press.host, press.port)))
        assert clients[1].recv(1) == b"x"

    assert before == threading.active_count()
    for client in clients:
        client.close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((press.host, press.port))


def test_requests_are_kept_byte_for_byte() -> None:
    """The exact bytes of each request are kept in order, its parts can be read, and paths are counted."""
    with Press() as press:
        press.serve("/x", r.plain())
        get(press, "/x?q=1", "X-Odd:  two  spaces")
        with socket.create_connection((press.host, press.port)) as connection:
            connection.sendall(b"POST /hook HTTP/1.1\r\nHost: a.example:80\r\nContent-Length: 3\r\n")
            connection.sendall(b"Connection: close\r\n\r\nabc")
            drain(connection)

        expected = f"GET /x?q=1 HTTP/1.1\r\nHost: {press.address}\r\nConnection: close\r\nX-Odd:  two  spaces\r\n\r\n"
        assert expected.encode() == press.requests[0]
        assert press.requests[1].endswith(b"\r\n\r\nabc")
        hook = press.seen[1]
        assert (hook.method, hook.target, hook.host, hook.body) == ("POST", "/hook", "a.example", b"abc")
        assert (press.count("/x"), press.count("/x?q=1"), press.count("/x?q=2")) == (1, 1, 0)


def test_chunked_request_is_read_to_its_end() -> None:
    """A chunked upload, too, is kept with its framing."""
    with Press() as press, socket.create_connection((press.host, press.port)) as connection:
        body = b"3\r\nabc\r\n0\r\n\r\n"
        connection.sendall(b"POST /x HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
        drain(connection)

        assert body == press.seen[0].body


def test_connection_is_kept_alive_where_the_reply_allows_it() -> None:
    """Two whole replies share a connection; after one that forbids it the connection is closed."""
    with Press() as press:
        press.serve("/keep", r.plain())
        press.serve("/end", odd.close_delimited())
        with socket.create_connection((press.host, press.port)) as connection:
            for path in (b"/keep", b"/keep", b"/end"):
                connection.sendall(b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % path)
                assert exactly(connection, 12) == b"HTTP/1.1 200"
                rest = len(press.sent(path.decode())) - 12
                exactly(connection, rest)

            assert connection.recv(1) == b""

        assert [request.connection for request in press.seen] == [1, 1, 1]
        assert press.connections == 1


def test_replies_come_in_turn_and_the_last_one_stays() -> None:
    """A path with several replies gives each once, then the last for ever."""
    with Press() as press:
        press.serve("/x", b"one", b"two")

        assert [get(press, "/x") for _ in range(3)] == [b"one", b"two", b"two"]


def test_reply_can_depend_on_the_request() -> None:
    """A function of the request is as good as a reply."""

    def echo(request: Request) -> Reply:
        return r.plain(request.target.encode())

    with Press() as press:
        press.serve("*", echo)

        assert get(press, "/any?thing=1").endswith(b"\r\n\r\n/any?thing=1")


def test_hosts_are_told_apart() -> None:
    """One address serves different sites by the Host field; a route without host serves all."""
    with Press() as press:
        press.serve("/", b"first", host="a.example")
        press.serve("/", b"second", host="b.example")
        press.serve("/all", b"shared")

        def at(host: str, path: str) -> bytes:
            with socket.create_connection((press.host, press.port)) as connection:
                connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                return drain(connection)

        assert [at("a.example", "/"), at("B.example:8080", "/")] == [b"first", b"second"]
        assert [at("a.example", "/all"), at("b.example", "/all")] == [b"shared", b"shared"]
        assert (press.count("/", host="a.example"), press.count("/")) == (1, 2)


def test_unknown_path_is_not_found() -> None:
    """What was never served is 404."""
    with Press() as press:
        assert get(press, "/nothing").startswith(b"HTTP/1.1 404 ")


def test_unasked_path_has_no_bytes() -> None:
    """Asking for the bytes of a request that never came is the test's mistake."""
    with Press() as press, pytest.raises(KeyError, match="/never"):
        press.sent("/never")


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])
def test_press_listens_where_it_is_told() -> None:
    """Another loopback address is another machine."""
    with Press(host="127.0.0.2") as press:
        press.serve("/", b"here")

        assert f"http://127.0.0.2:{press.port}/" == press.url("/")
        assert f"http://a.example:{press.port}/" == press.url("/", host="a.example")
        assert get(press, "/") == b"here"


def test_latency_is_spent_on_connection_and_request() -> None:
    """Distance costs a round trip for the connection and one for each request."""
    with Press(latency=0.05) as press:
        press.serve("/", b"far")
        start = time.monotonic()

        get(press, "/")

        assert time.monotonic() - start >= 0.1


class TestTls:
    """The press over TLS."""

    def secure(self, press: Press, name: str = "localhost") -> ssl.SSLSocket:
        """A verified connection."""
        context = ssl.create_default_context(cadata=press.ca_pem.decode())
        connection = socket.create_connection((press.host, press.port), timeout=20)
        try:
            return context.wrap_socket(connection, server_hostname=name, suppress_ragged_eofs=False)
        except ssl.SSLError:
            connection.close()
            raise

    def test_certificate_is_trusted_and_the_end_is_orderly(self) -> None:
        """A client that trusts the authority reads the reply, and a TLS farewell behind it."""
        with Press(tls=True) as press:
            press.serve("/x", odd.close_delimited())
            with self.secure(press) as connection:
                connection.sendall(b"GET /x HTTP/1.1\r\n\r\n")

                assert odd.close_delimited().data == drain(connection)

            assert press.url("/x").startswith("https://127.0.0.1:")
            assert odd.close_delimited().data == press.sent("/x")

    def test_certificate_holds_the_names_asked_for(self) -> None:
        """A name that is not in the certificate is refused, the one that is in it is accepted."""
        with Press(tls=True, names=("courier.example",)) as press:
            self.secure(press, "courier.example").close()

            with pytest.raises(ssl.SSLCertVerificationError):
                self.secure(press, "other.example")

    def test_certificate_can_be_expired(self) -> None:
        """An expired certificate is refused."""
        with Press(tls=True, expired=True) as press, pytest.raises(ssl.SSLCertVerificationError, match="expired"):
            self.secure(press)

    def test_endless_reply_and_silent_client_end_with_the_block(self) -> None:
        """Neither a half-done handshake nor an endless reply over TLS outlives the block."""
        before = threading.active_count()
        with Press(tls=True) as press:
            press.serve("/x", odd.ENDLESS["chunks"])
            silent = socket.create_connection((press.host, press.port))
            connection = self.secure(press)
            connection.sendall(b"GET /x HTTP/1.1\r\n\r\n")
            connection.recv(100)

        assert before == threading.active_count()
        silent.close()
        connection.close()


class TestCodings:
    """Bodies are coded as their heads say."""

    def test_chunks_have_the_sizes_asked_for(self) -> None:
        """The sizes stand in the framing, what remains is one more chunk, and the body comes out whole."""
        assert r.chunks(b"abcdef", [2, 1]) == b"2\r\nab\r\n1\r\nc\r\n3\r\ndef\r\n0\r\n\r\n"
        assert r.chunks(b"", [2]) == b"0\r\n\r\n"
        assert parsed(r.chunked().data).read() == r.HELLO

    @pytest.mark.parametrize("name", ["chunked with extensions", "chunked with trailers", "length and chunked"])
    def test_odd_chunks_can_be_undone(self, name: str) -> None:
        """Extensions, trailers and a Content-Length beside them leave the body readable."""
        expected = b"<html>hello" if name == "chunked with extensions" else r.HELLO

        assert expected == parsed(odd.ODD[name].data).read()

    def test_bodies_decode_to_the_page(self) -> None:
        """Every content coding gives the same page back."""
        bodies = [
            gzip.decompress(parsed(r.gzipped().data).read()),
            gzip.decompress(parsed(r.gzipped_and_chunked().data).read()),
            zlib.decompress(parsed(r.deflated().data).read()),
            zlib.decompress(parsed(r.deflated(raw=True).data).read(), wbits=-15),
            brotli.decompress(parsed(r.brotlied().data).read()),
            zstandard.decompress(parsed(r.zstandarded().data).read()),
        ]

        assert bodies == [r.HELLO] * 6

    def test_bomb_is_small_and_unpacks_to_its_size(self) -> None:
        """Some kilobytes become as many zeros as asked for."""
        reply = r.bomb((3 << 20) + 5)

        assert len(reply.data) < 10_000
        assert bytes((3 << 20) + 5) == gzip.decompress(parsed(reply.data).read())


class TestOddities:
    """The odd replies hold the oddness in their names."""

    @pytest.mark.parametrize(
        ("name", "oddness"),
        [
            ("odd spacing", b"CONTENT-length:   105  \t\r\nX-Empty:\r\nX-Tab:\tone\r\n"),
            ("folded header", b"X-Folded: one\r\n\t two\r\n   three\r\n"),
            ("latin-1 in a value", b"Andr\xe9 M\xfcller"),
            ("latin-1 in the reason", b"HTTP/1.1 200 Tr\xe8s bien\r\n"),
            ("no reason", b"HTTP/1.1 200\r\n"),
            ("lower-case status line", b"http/1.1 200 ok\r\n"),
            ("nul in a value", b"a\x00b"),
            ("equal lengths twice", b"\r\nContent-Length: 105\r\nContent-Length: 105\r\n"),
            ("http 1.0", b"HTTP/1.0 200 OK\r\n"),
            ("chunked with trailers", b"0\r\nX-Checksum: 42\r\nX-Other:\tyes\r\n\r\n"),
        ],
    )
    def test_oddness_is_in_the_bytes(self, name: str, oddness: bytes) -> None:
        """The reply holds the very bytes that make it odd."""
        assert oddness in odd.ODD[name].data

    def test_line_feeds_stand_alone(self) -> None:
        """No carriage return is in the LF-only reply."""
        assert b"\r" not in odd.ODD["line feeds only"].data

    def test_headers_are_many_or_huge_as_asked(self) -> None:
        """Four hundred fields, or one of a mebibyte."""
        assert odd.many_headers().data.count(b"X-Filler-") == 400
        assert b"x" * (1 << 20) in odd.huge_header().data

    @pytest.mark.parametrize("name", odd.INTERIM)
    def test_final_message_follows_the_interim_ones(self, name: str) -> None:
        """Each begins with a 1xx status and ends with a whole 200."""
        data = odd.INTERIM[name].data

        assert data.startswith(b"HTTP/1.1 10")
        assert data.endswith((r.plain().data, r.chunked().data))

    @pytest.mark.parametrize("name", odd.CUT)
    def test_cut_reply_lacks_its_end(self, name: str) -> None:
        """The standard library, too, calls each of them incomplete, save one that it forgives."""
        if name == "chunked cut in the last chunk":
            assert not odd.CUT[name].data.endswith(b"0\r\n\r\n")
            return

        response = parsed(odd.CUT[name].data)
        with pytest.raises(http.client.IncompleteRead):
            response.read()

    def test_surplus_stands_behind_the_body(self) -> None:
        """More bytes come than the length says."""
        assert r.plain().data + b"more" == odd.surplus(b"more").data


class TestAnswers:
    """Redirects, errors and validators."""

    def test_chain_leads_from_start_to_end(self) -> None:
        """A chain of three redirects has three replies, each pointing to the next."""
        replies = r.chain("/a", length=3, end="/z")

        assert list(replies) == ["/a", "/a/1", "/a/2"]
        assert [parsed(reply.data).getheader("Location") for reply in replies.values()] == ["/a/1", "/a/2", "/z"]

    def test_loop_comes_back(self) -> None:
        """A loop of one leads to itself, a loop of two back and forth."""
        assert parsed(r.loop("/a", length=1)["/a"].data).getheader("Location") == "/a"
        assert parsed(r.loop("/a")["/a/1"].data).getheader("Location") == "/a"

    def test_redirect_can_lack_its_location(self) -> None:
        """With None there is no Location field; the status is the one asked for."""
        response = parsed(r.redirect(None, status=301).data)

        assert response.getheader("Location") is None
        assert response.status == 301

    def test_errors_say_when_to_come_back(self) -> None:
        """503 carries Retry-After as given, or none."""
        assert parsed(r.unavailable().data).getheader("Retry-After") == "120"
        assert parsed(r.unavailable(None).data).getheader("Retry-After") is None
        assert [parsed(r.gone(status).data).status for status in (404, 410, 500)] == [404, 410, 500]

    def test_validators_give_304(self) -> None:
        """The entity tag decides; another tag gets the page."""
        with Press() as press:
            press.serve("/x", r.conditional(etag='W/"two"'))

            assert get(press, "/x", 'If-None-Match: "one", W/"two"').startswith(b"HTTP/1.1 304 ")
            assert get(press, "/x", 'If-None-Match: "one"').startswith(b"HTTP/1.1 200 ")
            assert get(press, "/x").startswith(b"HTTP/1.1 200 ")

    def test_robots_is_a_group_of_rules(self) -> None:
        """The rules stand below their agent."""
        body = parsed(r.robots("Disallow: /private", "Crawl-delay: 2", agent="archivist").data).read()

        assert body == b"User-agent: archivist\nDisallow: /private\nCrawl-delay: 2\n"

    def test_page_is_whole(self) -> None:
        """Body and head markup stand inside one HTML page."""
        page = r.page("<p>hi</p>", '<link rel="icon" href="/i">', title="A & B")

        assert b'<title>A &amp; B</title><link rel="icon" href="/i"></head>' in page
        assert b"<body>\n<p>hi</p>\n</body></html>" in page

    def test_cookies_are_set(self) -> None:
        """Each cookie has its own field."""
        assert b"\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n" in r.cookies("a=1", "b=2").data
