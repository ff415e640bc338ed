"""Replies out of order, sorted by what a careful client must make of them.

``ODD``      complete: the stored block equals the sent bytes exactly
``INTERIM``  complete, after one or more 1xx messages: the final message begins behind the last interim one
``CUT``      ends by itself before it is complete: stored, and marked as truncated
``STALLED``  stops in the middle and never ends: a time limit must cut it
``ENDLESS``  never stops: a size limit must cut it
``BROKEN``   framing that cannot be trusted: stored as truncated or failed, never as complete
``REFUSED``  no HTTP answer at all, or one that a client must not accept: nothing stored
"""

from __future__ import annotations

import gzip

from tests.press import responses as r
from tests.press.reply import Close, Repeat, Reply, Reset, Stall
from tests.press.responses import HELLO, chunks

__all__ = [
    "BROKEN",
    "CUT",
    "ENDLESS",
    "INTERIM",
    "ODD",
    "REFUSED",
    "STALLED",
    "close_delimited",
    "cut",
    "huge_header",
    "interim",
    "many_headers",
    "raw",
    "surplus",
]

_LENGTH = b"Content-Length: %d" % len(HELLO)
_TYPE = b"Content-Type: text/html; charset=utf-8"


def raw(*lines: bytes, body: bytes = HELLO, start: bytes = b"HTTP/1.1 200 OK", end: bytes = b"\r\n") -> Reply:
    """A head of exactly these lines, an empty line and a body; then the connection is closed."""
    return Reply.of(end.join([start, *lines, b"", b""]), body)


def _sized(*lines: bytes, start: bytes = b"HTTP/1.1 200 OK", end: bytes = b"\r\n") -> Reply:
    """The same with the right Content-Length and a type in front."""
    return raw(_TYPE, _LENGTH, *lines, start=start, end=end)


def _chunky(*lines: bytes, body: bytes) -> Reply:
    return raw(_TYPE, b"Transfer-Encoding: chunked", *lines, body=body)


def close_delimited(body: bytes = HELLO, *, version: bytes = b"1.1") -> Reply:
    """A body that ends where the connection ends (RFC 9112 6.3, rule 8)."""
    return raw(_TYPE, body=body, start=b"HTTP/%s 200 OK" % version)


def many_headers(count: int = 400) -> Reply:
    """A head with this many extra fields."""
    return _sized(*(b"X-Filler-%d: %d" % (number, number) for number in range(count)))


def huge_header(size: int = 1 << 20) -> Reply:
    """A head with one field of this many bytes."""
    return _sized(b"X-Filler: " + b"x" * size)


def surplus(extra: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfake") -> Reply:
    """More bytes than Content-Length says: those behind it belong to no response."""
    return Reply.of(r.plain().data + extra)


def interim(*messages: bytes, final: Reply | None = None) -> Reply:
    """Interim messages, then the final one."""
    last = final or r.plain()
    return Reply.of(*messages, last.data, keep=last.keep)


def cut(reply: Reply, *, after: int, by: Close | Reset | Stall | None = None) -> Reply:
    """The first ``after`` bytes of a reply, then its end: orderly, by a reset, or by silence."""
    return Reply.of(reply.data[:after], by or Close())


_NAMED = {
    "plain": r.plain(),
    "chunked": r.chunked(),
    "chunked one byte each": r.chunked(HELLO, [1] * len(HELLO)),
    "gzip": r.gzipped(),
    "gzip and chunked": r.gzipped_and_chunked(),
    "deflate": r.deflated(),
    "deflate raw": r.deflated(raw=True),
    "br": r.brotlied(),
    "zstd": r.zstandarded(),
    "cookies": r.cookies("a=1; Path=/", "b=2; HttpOnly"),
}
_FRAMING = {
    "chunked with extensions": _chunky(
        body=b'5;name=value\r\n<html\r\n6 ; q="a;b"\r\n>hello\r\n000;last\r\n\r\n',
    ),
    "chunked with trailers": _chunky(
        b"Trailer: X-Checksum",
        body=chunks(HELLO, [20], last=b"0\r\nX-Checksum: 42\r\nX-Other:\tyes\r\n\r\n"),
    ),
    "chunk sizes in capitals with zeros": _chunky(body=b"0000A\r\n0123456789\r\n00\r\n\r\n"),
    "empty chunked": _chunky(body=b"0\r\n\r\n"),
    "length and chunked": _chunky(_LENGTH, body=chunks(HELLO, [8])),
    "equal lengths twice": _sized(_LENGTH),
    "close-delimited": close_delimited(),
    "http 1.0": close_delimited(version=b"1.0"),
    "http 1.0 with length": _sized(start=b"HTTP/1.0 200 OK"),
    "length zero": raw(_TYPE, b"Content-Length: 0", body=b""),
    "no content": Reply.of(b"HTTP/1.1 204 No Content\r\nX-Desk: night\r\n\r\n", keep=True),
    "not modified unasked": Reply.of(b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\n\r\n', keep=True),
    "gzip cut in complete framing": r.plain(
        gzip.compress(HELLO, mtime=0)[:-12],
        headers=[("Content-Encoding", "gzip")],
    ),
    "gzip that is none": r.plain(HELLO, headers=[("Content-Encoding", "gzip")]),
    "unknown coding": r.plain(HELLO, headers=[("Content-Encoding", "x-morse")]),
}
_SPELLING = {
    "odd spacing": raw(
        b"Content-Type:text/html", b"CONTENT-length:   %d  \t" % len(HELLO), b"X-Empty:", b"X-Tab:\tone"
    ),
    "folded header": _sized(b"X-Folded: one", b"\t two", b"   three"),
    "latin-1 in a value": _sized(b"X-Editor: Andr\xe9 M\xfcller"),
    "utf-8 in a value": _sized("X-Editor: André".encode()),
    "latin-1 in the reason": _sized(start=b"HTTP/1.1 200 Tr\xe8s bien"),
    "line feeds only": _sized(b"X-Desk: night", end=b"\n"),
    "no reason": _sized(start=b"HTTP/1.1 200"),
    "empty reason": _sized(start=b"HTTP/1.1 200 "),
    "lower-case status line": _sized(start=b"http/1.1 200 ok"),
    "status 999": _sized(start=b"HTTP/1.1 999 Request denied"),
    "same field many times": _sized(*[b"X-Again: yes"] * 5),
    "space before colon": _sized(b"X-Space : one"),
    "no colon": _sized(b"this line has no colon"),
    "empty name": _sized(b": nobody"),
    "nul in a value": _sized(b"X-Nul: a\x00b"),
    "control characters in a value": _sized(b"X-Control: a\x01\x0b\x7fb"),
    "looks like warc": _sized(b"WARC-Type: response", b"WARC/1.1"),
    "long header": huge_header(60_000),
    "400 headers": many_headers(400),
}

ODD: dict[str, Reply] = {**_NAMED, **_FRAMING, **_SPELLING}

INTERIM: dict[str, Reply] = {
    "100 continue": interim(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "103 early hints": interim(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n"),
    "three hints, then chunks": interim(*[b"HTTP/1.1 103 Early Hints\r\nX-N: 1\r\n\r\n"] * 3, final=r.chunked()),
}

CUT: dict[str, Reply] = {
    "length 5000, nine bytes sent": raw(_TYPE, b"Content-Length: 5000", body=b"nine byte"),
    "length 10^18": raw(_TYPE, b"Content-Length: 1000000000000000000"),
    "no byte of the body": raw(_TYPE, b"Content-Length: 5000", body=b""),
    "chunked cut in a chunk": _chunky(body=b"40\r\nhalf of it"),
    "chunked cut in a size": _chunky(body=b"5\r\nhello\r\n1"),
    "chunked cut in the last chunk": _chunky(body=b"5\r\nhello\r\n0\r\n"),
    "chunked without a last chunk": _chunky(body=b"5\r\nhello\r\n"),
    "gzip and chunked, cut": cut(r.gzipped_and_chunked(), after=len(r.gzipped_and_chunked().data) - 20),
}

STALLED: dict[str, Reply] = {
    "no answer": Reply.of(Stall()),
    "in the status line": Reply.of(b"HTTP/1.1 20", Stall()),
    "in the head": Reply.of(b"HTTP/1.1 200 OK\r\nContent-Le", Stall()),
    "in the body": cut(r.plain(), after=len(r.plain().data) - 20, by=Stall()),
    "in a chunk": cut(r.chunked(), after=len(r.chunked().data) - 20, by=Stall()),
    "instead of closing": Reply.of(close_delimited().data, Stall()),
}

ENDLESS: dict[str, Reply] = {
    "chunks": Reply.of(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", Repeat(chunks(b"x" * 4096, last=b""))),
    "until close": Reply.of(b"HTTP/1.1 200 OK\r\n\r\n", Repeat(b"x" * 4096)),
    "trailers": Reply.of(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", Repeat(b"X-More: yes\r\n" * 99)
    ),
}

BROKEN: dict[str, Reply] = {
    "lie about chunks": _chunky(body=HELLO),
    "chunk size not hexadecimal": _chunky(body=b"5\r\nhello\r\nzz\r\nworld\r\n0\r\n\r\n"),
    "chunk size negative": _chunky(body=b"-5\r\nhello\r\n0\r\n\r\n"),
    "chunk size 2^64": _chunky(body=b"10000000000000000\r\nhello\r\n0\r\n\r\n"),
    "transfer coding unknown": raw(_TYPE, b"Transfer-Encoding: xchunked", _LENGTH),
}

REFUSED: dict[str, Reply] = {
    "empty": Reply.of(Close()),
    "reset": Reply.of(Reset()),
    "http 0.9": Reply.of(HELLO),
    "ssh banner": Reply.of(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
    "noise": Reply.of(bytes(range(256))),
    "length negative": raw(_TYPE, b"Content-Length: -5"),
    "length in words": raw(_TYPE, b"Content-Length: many"),
    "lengths that differ": _sized(b"Content-Length: 12"),
    "endless headers": Reply.of(b"HTTP/1.1 200 OK\r\n", Repeat(b"X-More: yes\r\n" * 99)),
    "endless header": Reply.of(b"HTTP/1.1 200 OK\r\nX-More: ", Repeat(b"x" * 4096)),
    "endless interim messages": Reply.of(Repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 99)),
}
