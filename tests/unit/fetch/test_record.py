"""The recorder: what is kept is what crossed the wire."""

from __future__ import annotations

import hashlib

import pytest
from blake3 import blake3

from archivist.clock import SystemClock
from archivist.errors import Unreachable
from archivist.fetch.spool import FileSpool
from archivist.wire.http1 import split_response
from tests.press import Press, Repeat, Reply, Reset, Stall, odd
from tests.press import responses as r
from tests.unit.fetch.conftest import Making, block

ENDED = {**odd.ODD, **odd.INTERIM, **odd.CUT, **odd.BROKEN}
NO_ANSWER = {"no answer", "in the status line", "in the head"}


@pytest.mark.parametrize("name", odd.ODD)
def test_odd_reply_is_kept_byte_for_byte(press: Press, fetcher: Making, name: str) -> None:
    """Every complete reply, however odd, equals the bytes sent, with its digests and no truncation."""
    press.serve("/x", odd.ODD[name])

    answer = fetcher().fetch(press.url("/x"), role="page").answer

    assert answer is not None
    kept = block(answer)
    assert press.sent("/x") == kept
    assert hashlib.sha256(kept).hexdigest() == answer.block_sha256
    head, payload, reader = split_response(kept)
    assert head == answer.head
    assert reader.head_length == answer.head_length
    assert len(payload) == answer.payload.length
    assert hashlib.sha256(payload).hexdigest() == answer.payload.sha256
    assert blake3(payload).hexdigest() == answer.payload.blake3
    assert answer.truncated is None


@pytest.mark.parametrize("name", odd.ODD)
def test_request_is_kept_byte_for_byte(press: Press, fetcher: Making, name: str) -> None:
    """The recorded request is what the server received."""
    press.serve("/x", odd.ODD[name])

    answer = fetcher().fetch(press.url("/x?a[]=%c3%a9&b=|"), role="page").answer

    assert answer is not None
    assert press.requests == [answer.request]
    assert hashlib.sha256(answer.request).hexdigest() == answer.request_sha256
    assert answer.request.startswith(b"GET /x?a[]=%c3%a9&b=%7C HTTP/1.1\r\nHost: 127.0.0.1:")
    assert press.url("/x?a[]=%c3%a9&b=%7C") == answer.uri


@pytest.mark.parametrize("name", odd.INTERIM)
def test_interim_responses_are_no_part_of_it(press: Press, fetcher: Making, name: str) -> None:
    """The block begins with the final status line."""
    press.serve("/x", odd.INTERIM[name])

    answer = fetcher().fetch(press.url("/x"), role="page").answer

    assert answer is not None
    kept = block(answer)
    assert press.sent("/x").endswith(kept)
    assert kept.startswith(b"HTTP/1.1 200")
    assert hashlib.sha256(kept).hexdigest() == answer.block_sha256
    assert hashlib.sha256(r.HELLO).hexdigest() == answer.payload.sha256


@pytest.mark.parametrize("sizes", [(), (1,) * 105, (10, 1, 25), (104, 1), (50,)])
def test_payload_digest_does_not_depend_on_chunks(press: Press, fetcher: Making, sizes: tuple[int, ...]) -> None:
    """One payload in five chunkings has one digest, and five blocks."""
    press.serve("/x", r.chunked(r.HELLO, sizes))

    answer = fetcher().fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert hashlib.sha256(r.HELLO).hexdigest() == answer.payload.sha256
    assert answer.is_transfer_coded
    assert r.chunked(r.HELLO, sizes).data == block(answer)


@pytest.mark.parametrize("name", odd.CUT)
def test_cut_reply_is_marked(press: Press, fetcher: Making, name: str) -> None:
    """What ends before its promised end is kept as far as it came, and says ``disconnect``."""
    press.serve("/x", odd.CUT[name])

    answer = fetcher().fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert "disconnect" == answer.truncated
    assert press.sent("/x") == block(answer)


@pytest.mark.parametrize("after", [60, 100, 150])
def test_reset_in_the_body_is_a_disconnect(press: Press, fetcher: Making, after: int) -> None:
    """A TCP reset behind the head cuts the body; what came before it stays, or nothing was answered at all."""
    press.serve("/x", odd.cut(odd.close_delimited(bytes(500)), after=after, by=Reset()))

    fetched = fetcher().fetch(press.url("/x"), role="page")

    # The kernel may throw received bytes away at a reset: then there is no answer.
    assert isinstance(fetched.error, Unreachable) or (fetched.answer and fetched.answer.truncated == "disconnect")


@pytest.mark.parametrize("name", [name for name in odd.STALLED if name not in NO_ANSWER])
def test_stalled_body_is_cut_by_time(press: Press, fetcher: Making, name: str) -> None:
    """A server that falls silent inside the body is given up, and the capture says ``time``."""
    press.serve("/x", odd.STALLED[name])

    answer = fetcher(read_timeout=0.1).fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert "time" == answer.truncated
    assert press.sent("/x") == block(answer)


@pytest.mark.parametrize("name", NO_ANSWER)
def test_stalled_head_is_no_answer(press: Press, fetcher: Making, name: str) -> None:
    """A server that falls silent before the end of its head is unreachable."""
    press.serve("/x", odd.STALLED[name])

    fetched = fetcher(read_timeout=0.1).fetch(press.url("/x"), role="page")

    assert isinstance(fetched.error, Unreachable)
    assert () == fetched.exchanges


@pytest.mark.parametrize("begin", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_endless_drip_is_cut_by_total_time(press: Press, fetcher: Making, begin: bytes) -> None:
    """Bytes that never stop coming, slowly, meet the limit on the whole exchange, in the head as in the body."""
    press.serve("/x", Reply.of(begin, Repeat(b"x")))

    fetched = fetcher(total_timeout=0.2, max_head=1 << 30, max_bytes=1 << 40).fetch(press.url("/x"), role="page")

    if begin.endswith(b"\r\n\r\n"):
        assert fetched.answer is not None
        assert "time" == fetched.answer.truncated
    else:
        assert isinstance(fetched.error, Unreachable)
    fetched.close()


@pytest.mark.parametrize("name", odd.ENDLESS)
@pytest.mark.parametrize("limit", [100, 1000, 99_999])
def test_endless_reply_is_cut_by_length(press: Press, fetcher: Making, name: str, limit: int) -> None:
    """Exactly ``max_bytes`` of the message are kept, and the capture says ``length``."""
    press.serve("/x", odd.ENDLESS[name])

    answer = fetcher(max_bytes=limit).fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert ("length", limit) == (answer.truncated, answer.response.length)
    assert press.sent("/x").startswith(block(answer))


def test_reply_as_long_as_the_limit_is_whole(press: Press, fetcher: Making) -> None:
    """The limit cuts what is longer than itself, and nothing else."""
    press.serve("/length", r.plain())
    press.serve("/close", odd.close_delimited())
    for path in ("/length", "/close"):
        size = len((r.plain() if path == "/length" else odd.close_delimited()).data)

        whole = fetcher(max_bytes=size).fetch(press.url(path), role="page").answer
        short = fetcher(max_bytes=size - 1).fetch(press.url(path), role="page").answer

        assert whole is not None
        assert short is not None
        assert (None, "length") == (whole.truncated, short.truncated)


@pytest.mark.parametrize("name", odd.BROKEN)
def test_broken_framing_is_never_complete(press: Press, fetcher: Making, name: str) -> None:
    """A body whose framing breaks is kept byte for byte and marked."""
    press.serve("/x", odd.BROKEN[name])

    answer = fetcher().fetch(press.url("/x"), role="page").answer

    assert answer is not None
    assert "unspecified" == answer.truncated
    assert press.sent("/x") == block(answer)


@pytest.mark.parametrize("name", odd.REFUSED)
def test_what_is_no_http_is_refused(press: Press, fetcher: Making, name: str) -> None:
    """Noise, other protocols, endless heads and lengths that cannot be trusted leave nothing but an error."""
    press.serve("/x", odd.REFUSED[name])

    fetched = fetcher().fetch(press.url("/x"), role="page")

    assert isinstance(fetched.error, Unreachable)
    assert str(fetched.error).startswith(f"127.0.0.1:{press.port} ")
    assert () == fetched.exchanges


@pytest.mark.parametrize("size", [1000, 5000])
def test_head_is_bounded(press: Press, fetcher: Making, size: int) -> None:
    """A head longer than ``max_head`` is refused; a shorter one is not."""
    press.serve("/x", odd.huge_header(size))

    fetched = fetcher(max_head=3000).fetch(press.url("/x"), role="page")

    assert (size < 3000) == (fetched.error is None)
    if fetched.error:
        assert "longer than 3000 bytes" in str(fetched.error)


def test_surplus_bytes_are_counted_and_end_the_connection(press: Press, fetcher: Making) -> None:
    """A response glued behind another is no part of it, and never answers the next request."""
    press.serve("/glued", Reply.of(odd.surplus().data, keep=True))
    press.serve("/next", r.plain(b"the real one"))
    client = fetcher()

    first = client.fetch(press.url("/glued"), role="page").answer
    second = client.fetch(press.url("/next"), role="page").answer

    assert first is not None
    assert r.plain().data == block(first)
    assert "surplus-bytes" in first.notes
    assert second is not None
    assert block(second).endswith(b"the real one")
    assert 2 == press.connections


def test_large_body_goes_to_disk(press: Press, fetcher: Making) -> None:
    """64 MB are held in an unlinked file, and every byte is there."""
    piece = bytes(range(256)) * 4096
    steps = [r.head(200, [("Content-Length", str(64 << 20))]), *[piece] * 64]
    press.serve("/x", Reply.of(*steps))

    answer = fetcher().fetch(press.url("/x"), role="document").answer

    assert answer is not None
    assert isinstance(answer.response, FileSpool)
    assert answer.truncated is None
    assert 64 << 20 == answer.payload.length
    digest = hashlib.sha256()
    for part in answer.response.pieces():
        digest.update(part)
    assert digest.hexdigest() == answer.block_sha256
    answer.response.close()


def test_unwanted_body_is_not_read(press: Press, fetcher: Making) -> None:
    """A head that is not wanted ends the exchange: nothing is kept and the connection is closed."""
    press.serve(
        "/x", Reply.of(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 9999999\r\n\r\n", Stall())
    )
    press.serve("/y", r.pdf(b"%PDF-"))
    client = fetcher()

    no = client.fetch(press.url("/x"), role="document", wanted=lambda head: head.get("content-type") != "video/mp4")
    yes = client.fetch(press.url("/y"), role="document", wanted=lambda head: head.get("content-type") != "video/mp4")

    assert (True, (), None) == (no.declined, no.exchanges, no.answer)
    assert yes.answer is not None
    assert 2 == press.connections


@pytest.mark.parametrize("name", ["no answer", "in the body"])
def test_total_time_holds_while_waiting(press: Press, fetcher: Making, name: str) -> None:
    """A read that could wait longer than the whole exchange may take is cut short."""
    press.serve("/x", odd.STALLED[name])
    clock = SystemClock()
    begun = clock.monotonic()

    fetched = fetcher(read_timeout=60.0, total_timeout=0.2).fetch(press.url("/x"), role="page")

    assert clock.monotonic() - begun < 10
    assert isinstance(fetched.error, Unreachable) or (fetched.answer and fetched.answer.truncated == "time")
