"""The response reader: what it tells about odd, cut and hostile messages."""

import pytest

from archivist.errors import BadHttp
from archivist.wire.http1 import Field, ResponseHead, ResponseReader, parse_request_head, split_response

OK = b"HTTP/1.1 200 OK\r\n"


def read(raw: bytes, *, method: str = "GET") -> tuple[ResponseReader, bytes]:
    """Feed everything at once, then close."""
    reader = ResponseReader(method)
    payload = b"".join(reader.feed(raw))
    reader.eof()
    return reader, payload


def head_of(raw: bytes) -> ResponseHead:
    """The head of a response that has one."""
    reader, _ = read(raw)
    assert reader.head is not None
    return reader.head


def test_head_is_read() -> None:
    """Version, status, reason and fields come out as sent, in order, duplicates included."""
    head = head_of(OK + b"Set-Cookie: a=1\r\nX: \xe9\r\nset-cookie:  b=2 \r\n\r\n")

    expected = ResponseHead(
        "HTTP/1.1", 200, "OK", (Field("Set-Cookie", "a=1"), Field("X", "\xe9"), Field("set-cookie", "b=2"))
    )
    assert expected == head
    assert head.get("SET-COOKIE") == "a=1"
    assert head.get_all("Set-Cookie") == ("a=1", "b=2")
    assert head.get("Missing") is None


@pytest.mark.parametrize(
    ("raw", "version", "status", "reason"),
    [
        (b"http/1.1 200 ok\r\n\r\n", "HTTP/1.1", 200, "ok"),
        (b"HTTP/1.0 404\r\n\r\n", "HTTP/1.0", 404, ""),
        (b"HTTP/1.1 200 \r\n\r\n", "HTTP/1.1", 200, ""),
        (b"HTTP/1.1 200 Gar\xe7on \xff\r\n\r\n", "HTTP/1.1", 200, "Gar\xe7on \xff"),
        (b"HTTP/1.1  999\tNo\r\n\r\n", "HTTP/1.1", 999, "No"),
        (b"HTTP/2 200\r\n\r\n", "HTTP/2", 200, ""),
        (b"HTTP/1.1 200 a\x85b\r\n\r\n", "HTTP/1.1", 200, "a\x85b"),
        (b"\r\n\nHTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1", 200, "OK"),
    ],
)
def test_odd_status_lines_are_read(raw: bytes, version: str, status: int, reason: str) -> None:
    """A status line that browsers understand is understood."""
    head = head_of(raw)

    assert (version, status, reason) == (head.version, head.status, head.reason)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>an HTTP/0.9 answer</html>",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x16\x03\x01\x02\x00",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/x 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\r\n",
        b"HTTP",
    ],
)
def test_what_is_no_response_is_refused(raw: bytes) -> None:
    """Noise, other protocols, an empty answer and a cut head are errors."""
    with pytest.raises(BadHttp):
        read(raw)


def test_noise_is_refused_at_its_first_bytes() -> None:
    """A server that speaks first and then waits is found out without waiting for a blank line."""
    with pytest.raises(BadHttp, match="not an HTTP response: it begins with b'SSH-2"):
        ResponseReader().feed(b"SSH-2.0-x\r\n")


@pytest.mark.parametrize(
    ("lines", "fields", "note"),
    [
        (b"A: b\r\n c\r\n\t d \r\n", (Field("A", "b c d"),), "obs-fold"),
        (b"A:\r\n b\r\n", (Field("A", "b"),), "obs-fold"),
        (b" lost\r\nA: b\r\n", (Field("A", "b"),), "obs-fold"),
        (b"no colon here\r\nA: b\r\n", (Field("A", "b"),), "no-colon"),
        (b"A : b\r\n", (Field("A", "b"),), "space-before-colon"),
        (b": b\r\nC: d\r\n", (Field("C", "d"),), "no-name"),
        (b"A: b\x00c\r\n", (Field("A", "b\x00c"),), "control-byte"),
        (b"A: b\nC: d\r\n", (Field("A", "b"), Field("C", "d")), "lf-only"),
        (b"A: b:c\r\n", (Field("A", "b:c"),), None),
        (b"A: \xa0b\x85\r\n", (Field("A", "\xa0b\x85"),), None),
    ],
)
def test_odd_fields_are_read_and_noted(lines: bytes, fields: tuple[Field, ...], note: str | None) -> None:
    """Odd field lines are read as browsers read them, and leave a note."""
    reader, _ = read(OK + lines + b"Content-Length: 0\r\n\r\n")

    assert reader.head is not None
    assert (*fields, Field("Content-Length", "0")) == reader.head.fields
    assert ((note,) if note else ()) == reader.notes


def test_fold_after_a_line_without_colon_is_dropped_with_it() -> None:
    """What continues a line that is no field does not end up in the field before it."""
    reader, _ = read(OK + b"A: b\r\nno colon\r\n folded\r\nContent-Length: 0\r\n\r\n")

    assert reader.head is not None
    assert reader.head.get("A") == "b"
    assert reader.notes == ("no-colon", "obs-fold")


def test_lf_only_message() -> None:
    """A message with bare line feeds throughout is read whole."""
    reader, payload = read(b"HTTP/1.1 200 OK\nContent-Length: 2\n\nhi")

    assert payload == b"hi"
    assert reader.notes == ("lf-only",)
    assert reader.head_length == 35
    assert reader.message_length == 37


def test_head_limit_counts_the_blank_line() -> None:
    """A head of exactly the limit is read, one byte more is refused, however it arrives."""
    raw = OK + b"A: b\r\n\r\n"
    exact = ResponseReader(max_head=len(raw))
    exact.feed(raw)

    assert exact.head is not None
    for pieces in ([raw], [raw[:5], raw[5:]], [raw[:5], raw[5:-1]]):
        short = ResponseReader(max_head=len(raw) - 1)
        for piece in pieces[:-1]:
            short.feed(piece)
        with pytest.raises(BadHttp, match="longer than 24 bytes"):
            short.feed(pieces[-1])


def test_endless_blank_lines_are_refused() -> None:
    """Blank lines before a response are skipped, but not for ever."""
    reader = ResponseReader(max_head=100)
    with pytest.raises(BadHttp, match="came before the response"):
        reader.feed(b"\r\n" * 5000)


def test_interim_responses_are_counted_and_measured() -> None:
    """1xx responses before the final one are no part of its length."""
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    final = OK + b"Content-Length: 2\r\n\r\n"
    reader, payload = read(b"HTTP/1.1 100 Continue\r\n\r\n" + early + final + b"hi")

    assert payload == b"hi"
    assert reader.interim == 2
    assert reader.interim_length == 25 + len(early)
    assert reader.head_length == len(final)
    assert reader.message_length == len(final) + 2
    assert reader.keep_alive


def test_too_many_interim_responses_are_refused() -> None:
    """Twenty interim responses are read, the next is an error."""
    interim = b"HTTP/1.1 100 Continue\r\n\r\n"
    reader, _ = read(interim * 20 + OK + b"\r\n")

    assert reader.interim == 20
    with pytest.raises(BadHttp, match="more than 20 interim"):
        read(interim * 10_000 + OK + b"\r\n")


def test_switching_protocols_is_final() -> None:
    """101 ends HTTP on the connection: what follows is surplus, and nothing is reused."""
    reader, payload = read(b"HTTP/1.1 101 Switching Protocols\r\n\r\nframes")

    assert (payload, reader.framing, reader.surplus, reader.keep_alive) == (b"", "none", 6, False)


@pytest.mark.parametrize("method", ["HEAD", "head"])
def test_response_to_head_has_no_body(method: str) -> None:
    """The length that a HEAD response declares is not waited for."""
    reader, payload = read(OK + b"Content-Length: 10\r\n\r\n", method=method)

    assert (payload, reader.framing, reader.is_done, reader.is_truncated) == (b"", "none", True, False)


@pytest.mark.parametrize("status", [b"204", b"304"])
def test_no_body_by_status(status: bytes) -> None:
    """204 and 304 have no body whatever they declare; a body sent all the same is surplus."""
    reader, payload = read(b"HTTP/1.1 " + status + b" x\r\nContent-Length: 3\r\n\r\nabc")

    assert (payload, reader.is_done, reader.surplus, reader.keep_alive) == (b"", True, 3, False)
    assert reader.notes == ("surplus-bytes",)


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        (b"Content-Length: -5\r\n", "bad-content-length"),
        (b"Content-Length: +5\r\n", "bad-content-length"),
        (b"Content-Length: five\r\n", "bad-content-length"),
        (b"Content-Length: \xb2\r\n", "bad-content-length"),
        (b"Content-Length: 5.0\r\n", "bad-content-length"),
        (b"Content-Length:\r\n", "bad-content-length"),
        (b"Content-Length: 99999999999999999999\r\n", "bad-content-length"),
        (b"Content-Length: 3, x\r\n", "bad-content-length"),
        (b"Content-Length: 3\r\nContent-Length: 4\r\n", "differing-content-length"),
        (b"Content-Length: 3, 4\r\n", "differing-content-length"),
        (b"Transfer-Encoding: xchunked\r\n", "unknown-transfer-coding"),
        (b"Transfer-Encoding: chunked, gzip\r\n", "unknown-transfer-coding"),
    ],
)
def test_unusable_framing_reads_until_close(fields: bytes, note: str) -> None:
    """A length that is none, and a transfer coding that is unknown, leave the close as the end."""
    reader, payload = read(OK + fields + b"\r\nhello world")

    assert (payload, reader.framing, reader.is_done, reader.keep_alive) == (b"hello world", "close", True, False)
    assert (note,) == reader.notes


@pytest.mark.parametrize("field", [b"Content-Length: 3\r\nContent-Length: 3\r\n", b"Content-Length: 3,003\r\n"])
def test_equal_duplicate_lengths_are_fine(field: bytes) -> None:
    """The same length twice is that length, noted."""
    reader, payload = read(OK + field + b"\r\nabc")

    assert (payload, reader.framing, reader.expected_length) == (b"abc", "length", 3)
    assert reader.notes == ("duplicate-content-length",)


def test_enormous_length_costs_nothing() -> None:
    """10^18 is a length like another, and its body a truncated one."""
    reader, payload = read(OK + b"Content-Length: 1000000000000000000\r\n\r\nabc")

    assert (payload, reader.expected_length, reader.is_truncated, reader.is_done) == (b"abc", 10**18, True, False)


def test_length_body_goes_out_uncopied() -> None:
    """A piece inside a length-framed body is given out as the very object that came in."""
    reader = ResponseReader()
    reader.feed(OK + b"Content-Length: 100000\r\n\r\n")
    piece = bytes(1000)

    assert reader.feed(piece)[0] is piece


def test_surplus_after_length() -> None:
    """Bytes after the declared end are counted and end the connection, but are no part of the message."""
    reader, payload = read(OK + b"Content-Length: 3\r\n\r\nabcdef")

    assert (payload, reader.surplus, reader.message_length) == (b"abc", 3, reader.head_length + 3)
    assert (reader.is_done, reader.is_truncated, reader.keep_alive) == (True, False, False)


def test_empty_length_body_is_done_at_once() -> None:
    """Content-Length 0 ends with the head."""
    reader = ResponseReader()
    reader.feed(OK + b"Content-Length: 0\r\n\r\n")

    assert reader.is_done
    assert reader.keep_alive


def test_chunked_body() -> None:
    """Chunks of several sizes, extensions and trailers are undone and noted."""
    raw = b'5\r\nhello\r\n1;name="v"\r\n \r\n05 \r\nworld\r\n0\r\nDigest: x\r\n\r\n'
    reader, payload = read(OK + b"Transfer-Encoding: chunked\r\n\r\n" + raw)

    assert payload == b"hello world"
    assert (reader.framing, reader.is_done, reader.payload_length) == ("chunked", True, 11)
    assert reader.message_length == reader.head_length + len(raw)
    assert reader.notes == ("chunk-extension", "trailer")
    assert reader.keep_alive


@pytest.mark.parametrize(
    ("body", "payload"),
    [
        (b"zz\r\nhello\r\n", b""),
        (b"-5\r\nhello\r\n", b""),
        (b"0x5\r\nhello\r\n", b""),
        (b"\r\n5\r\nhello\r\n", b""),
        (b"8000000000000000\r\nhello\r\n", b""),
        (b"FFFFFFFFFFFFFFFFFFFFFF\r\nhello\r\n", b""),
        (b"5\r\nhelloX\r\n0\r\n\r\n", b"hello"),
        (b"5\r\nhello5\r\nworld", b"hello"),
        (b"5\r\nhello" + b"X", b"hello"),
        (b"5" + b" " * 20_000 + b"\r\nhello", b""),
        (b"5\r\nhello\r\n" + b"1" * 20_000, b"hello"),
    ],
)
def test_bad_chunks_stop_the_reading(body: bytes, payload: bytes) -> None:
    """A broken chunk ends the payload; every byte received still counts as part of the message."""
    head = OK + b"Transfer-Encoding: chunked\r\n\r\n"
    reader, got = read(head + body)
    reader.feed(b"more")

    assert (payload, len(payload)) == (got, reader.payload_length)
    assert (reader.is_truncated, reader.is_done, reader.surplus, reader.keep_alive) == (True, False, 0, False)
    assert reader.notes == ("bad-chunk",)
    assert reader.message_length == len(head + body) + 4


@pytest.mark.parametrize("cut", range(1, 26))
def test_cut_chunked_body_is_truncated(cut: int) -> None:
    """A chunked body without its last chunk is never taken as complete."""
    whole = OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    reader, _ = read(whole[:-cut])

    assert (reader.is_done, reader.is_truncated) == (False, True)


def test_endless_trailer_is_cut() -> None:
    """Trailers are bounded."""
    reader, payload = read(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n" + b"A: b\r\n" * 20_000)

    assert (payload, reader.is_truncated) == (b"hi", True)
    assert reader.notes == ("trailer", "bad-trailer")


def test_surplus_after_chunked() -> None:
    """A response glued behind a chunked one is surplus."""
    reader, payload = read(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n")

    assert (payload, reader.surplus, reader.keep_alive) == (b"hi", 17, False)


@pytest.mark.parametrize(
    ("fields", "notes", "keeps"),
    [
        (b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", ("length-and-chunked",), False),
        (b"Content-Length: 2\r\nTransfer-Encoding: Chunked\r\n", ("length-and-chunked",), False),
        (b"Transfer-Encoding: gzip, chunked\r\n", ("transfer-coding-kept",), False),
        (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", ("chunked-twice",), False),
        (b"Transfer-Encoding: ,chunked;q=1\r\n", (), True),
    ],
)
def test_transfer_encoding_beats_length(fields: bytes, notes: tuple[str, ...], keeps: bool) -> None:
    """Chunked as the last coding decides, whatever length stands beside it."""
    reader, payload = read(OK + fields + b"\r\n2\r\nhi\r\n0\r\n\r\n")

    assert (payload, reader.framing, reader.notes, reader.keep_alive) == (b"hi", "chunked", notes, keeps)


def test_identity_transfer_coding_is_no_coding() -> None:
    """The withdrawn coding "identity" leaves the length in force."""
    reader, payload = read(OK + b"Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi")

    assert (payload, reader.framing, reader.is_done) == (b"hi", "length", True)
    assert reader.notes == ("identity-transfer-coding",)


@pytest.mark.parametrize(
    ("version", "fields", "keeps"),
    [
        (b"1.1", b"", True),
        (b"1.1", b"Connection: Close\r\n", False),
        (b"1.1", b"Connection: x, close\r\n", False),
        (b"1.0", b"", False),
        (b"1.0", b"Connection: Keep-Alive\r\n", True),
        (b"0.9", b"", False),
    ],
)
def test_keep_alive(version: bytes, fields: bytes, keeps: bool) -> None:
    """Persistence follows the version and the connection options."""
    reader, _ = read(b"HTTP/" + version + b" 200 OK\r\nContent-Length: 0\r\n" + fields + b"\r\n")

    assert keeps == reader.keep_alive


def test_unfinished_message_is_not_reusable() -> None:
    """Before the end of the message the connection is not free."""
    reader = ResponseReader()

    assert not reader.keep_alive
    reader.feed(OK + b"Content-Length: 2\r\n\r\nh")
    assert not reader.keep_alive
    reader.feed(b"i")
    assert reader.keep_alive


def test_chunked_in_http_1_0_ends_the_connection() -> None:
    """An HTTP/1.0 response with a transfer coding is read, noted, and the connection given up."""
    reader, payload = read(
        b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
    )

    assert (payload, reader.notes, reader.keep_alive) == (b"hi", ("http-1.0-chunked",), False)


def test_split_response() -> None:
    """A stored block gives head, payload and the finished reader."""
    head, payload, reader = split_response(OK + b"Content-Length: 9\r\n\r\nabc")

    assert (head.status, payload, reader.is_truncated) == (200, b"abc", True)
    with pytest.raises(BadHttp):
        split_response(b"")


def test_request_head_is_read() -> None:
    """Method, target, version and fields of a stored request come out."""
    head = parse_request_head(b"POST /a?b HTTP/1.1\r\nHost: example.org\r\n\r\nbody\r\n\r\n")

    assert (head.method, head.target, head.version) == ("POST", "/a?b", "HTTP/1.1")
    assert head.get("host") == "example.org"
    assert head.get("cookie") is None


@pytest.mark.parametrize("block", [b"", b"GET / HTTP/1.1\r\n", b"GET /\r\n\r\n", b"GET HTTP/1.1\r\n\r\n", b"\r\n\r\n"])
def test_bad_request_head_is_refused(block: bytes) -> None:
    """What is no request is an error."""
    with pytest.raises(BadHttp):
        parse_request_head(block)


def test_request_target_with_spaces_is_taken_whole() -> None:
    """A target that a careless client sent unescaped is kept as sent."""
    assert parse_request_head(b"GET /a b HTTP/1.0\r\n\r\n").target == "/a b"
