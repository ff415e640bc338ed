"""Replies in order: what a well-behaved or at least well-meaning server sends. The misbehaving ones are in ``odd``."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

import brotli
import zstandard

from tests.press.reply import Reply

if TYPE_CHECKING:
    from tests.press.reply import Request, Responder

__all__ = [
    "HELLO",
    "bomb",
    "brotlied",
    "chain",
    "chunked",
    "chunks",
    "conditional",
    "cookies",
    "deflated",
    "gone",
    "gzipped",
    "gzipped_and_chunked",
    "head",
    "loop",
    "page",
    "pdf",
    "plain",
    "redirect",
    "robots",
    "unavailable",
    "zstandarded",
]

HELLO = b"<!DOCTYPE html><html><head><title>Hello</title></head><body><p>Good morning, Saltmere.</p></body></html>\n"
HTML = "text/html; charset=utf-8"

Headers = Iterable[tuple[str, str]]

_REASONS = {
    200: "OK",
    204: "No Content",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    403: "Forbidden",
    404: "Not Found",
    410: "Gone",
    429: "Too Many Requests",
    451: "Unavailable For Legal Reasons",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


def head(status: int = 200, headers: Headers = (), *, reason: str | None = None) -> bytes:
    """Return a response head with its empty line."""
    words = _REASONS.get(status, "Something") if reason is None else reason
    lines = [f"HTTP/1.1 {status} {words}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def plain(
    body: bytes = HELLO,
    *,
    status: int = 200,
    reason: str | None = None,
    media_type: str = HTML,
    headers: Headers = (),
) -> Reply:
    """A body with its length; the connection stays open."""
    fields = [("Content-Type", media_type), ("Content-Length", str(len(body))), *headers]
    return Reply.of(head(status, fields, reason=reason), body, keep=True)


def pdf(body: bytes, *, headers: Headers = ()) -> Reply:
    """A PDF with its length and type."""
    return plain(body, media_type="application/pdf", headers=headers)


def page(body: str = "<p>Good morning, Saltmere.</p>", head: str = "", *, title: str = "Hello") -> bytes:
    """Return a whole HTML page around the markup given."""
    start = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>'
    return f"{start}\n<body>\n{body}\n</body></html>\n".encode()


def robots(*rules: str, agent: str = "*") -> Reply:
    """A robots.txt with one group; rules such as ``Disallow: /private``."""
    lines = [f"User-agent: {agent}", *rules, ""]
    return plain("\n".join(lines).encode(), media_type="text/plain; charset=utf-8")


def chunks(body: bytes, sizes: Iterable[int] = (), *, last: bytes = b"0\r\n\r\n") -> bytes:
    """Return a body in the chunked coding (RFC 9112 7.1): first these sizes, then what remains as one chunk."""
    out, rest = b"", body
    for size in sizes:
        piece, rest = rest[:size], rest[size:]
        out += b"%x\r\n%s\r\n" % (len(piece), piece) if piece else b""
    out += b"%x\r\n%s\r\n" % (len(rest), rest) if rest else b""
    return out + last


def chunked(body: bytes = HELLO, sizes: Iterable[int] = (10, 1, 25), *, headers: Headers = ()) -> Reply:
    """A body in chunks of these sizes; the connection stays open."""
    fields = [("Content-Type", HTML), ("Transfer-Encoding", "chunked"), *headers]
    return Reply.of(head(200, fields), chunks(body, sizes), keep=True)


def _coded(data: bytes, coding: str, *, media_type: str = HTML) -> Reply:
    return plain(data, media_type=media_type, headers=[("Content-Encoding", coding)])


def gzipped(body: bytes = HELLO) -> Reply:
    """A gzip body with its length."""
    return _coded(gzip.compress(body, mtime=0), "gzip")


def gzipped_and_chunked(body: bytes = HELLO, sizes: Iterable[int] = (7, 30)) -> Reply:
    """A gzip body in chunks."""
    return chunked(gzip.compress(body, mtime=0), sizes, headers=[("Content-Encoding", "gzip")])


def deflated(body: bytes = HELLO, *, raw: bool = False) -> Reply:
    """A deflate body: in the zlib format that RFC 9110 8.4.1.2 asks for, or raw as some servers send it."""
    packer = zlib.compressobj(wbits=-15 if raw else 15)
    return _coded(packer.compress(body) + packer.flush(), "deflate")


def brotlied(body: bytes = HELLO) -> Reply:
    """A Brotli body, asked for or not."""
    return _coded(brotli.compress(body), "br")


def zstandarded(body: bytes = HELLO) -> Reply:
    """A Zstandard body, asked for or not."""
    return _coded(zstandard.compress(body), "zstd")


def bomb(size: int = 64 << 20) -> Reply:
    """A small gzip body that unpacks to ``size`` zero bytes."""
    packer, zeros, out = zlib.compressobj(9, wbits=31), bytes(1 << 20), bytearray()
    for start in range(0, size, len(zeros)):
        out += packer.compress(zeros[: size - start])
    return _coded(bytes(out + packer.flush()), "gzip")


def redirect(to: str | None, *, status: int = 302, headers: Headers = ()) -> Reply:
    """A redirect; with None it has no Location."""
    fields = [] if to is None else [("Location", to)]
    return plain(b"moved\n", status=status, media_type="text/plain", headers=[*fields, *headers])


def chain(start: str, *, length: int, end: str) -> dict[str, Reply]:
    """Return the replies, by path, of ``length`` redirects from ``start`` to ``end``."""
    stops = [start, *(f"{start}/{number}" for number in range(1, length)), end]
    return {here: redirect(there) for here, there in pairwise(stops)}


def loop(start: str, *, length: int = 2) -> dict[str, Reply]:
    """Return the replies, by path, of redirects in a circle; with 1 the path leads to itself."""
    return chain(start, length=length, end=start)


def gone(status: int = 410) -> Reply:
    """An error page, such as 404, 410, 451 or 500."""
    return plain(page(f"<h1>{status}</h1>", title=_REASONS.get(status, "Error")), status=status)


def unavailable(retry_after: str | None = "120", *, status: int = 503) -> Reply:
    """An error that may pass; Retry-After in seconds or as a date, or any words at all."""
    headers = [] if retry_after is None else [("Retry-After", retry_after)]
    return plain(b"later\n", status=status, media_type="text/plain", headers=headers)


def cookies(*values: str, body: bytes = HELLO) -> Reply:
    """A page that sets cookies."""
    return plain(body, headers=[("Set-Cookie", value) for value in values])


def conditional(
    body: bytes = HELLO,
    *,
    etag: str = '"one"',
    modified: datetime | None = None,
    media_type: str = HTML,
) -> Responder:
    """A page with validators: 304 for a client that holds it (RFC 9110 13.1.2, 13.1.3)."""
    headers = [("ETag", etag)]
    if modified is not None:
        headers.append(("Last-Modified", format_datetime(modified.astimezone(UTC), usegmt=True)))

    def respond(request: Request) -> Reply:
        tags, since = request.header("if-none-match"), request.header("if-modified-since")
        if tags:
            is_current = etag.removeprefix("W/") in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        else:
            is_current = bool(since and modified and modified.replace(microsecond=0) <= parsedate_to_datetime(since))
        if is_current:
            return Reply.of(head(304, headers), keep=True)
        return plain(body, media_type=media_type, headers=headers)

    return respond
