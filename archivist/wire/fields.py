"""The named fields of each record type that archivist writes (ISO 28500:2017 5 and 6), from explicit values.

Rule 1: a field stands only in the record types that allow it, and no field stands twice but WARC-Concurrent-To.
Rule 2: ids go in and out without angle brackets; the brackets are put on here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from archivist.errors import BadWarc
from archivist.wire.record import EXCHANGE, Fields

__all__ = [
    "Block",
    "Origin",
    "Original",
    "Truncated",
    "metadata_fields",
    "request_fields",
    "resource_fields",
    "response_fields",
    "revisit_fields",
    "target_uri",
    "warcinfo_fields",
]

Truncated = Literal["length", "time", "disconnect", "unspecified"]

_PROFILES = {
    "identical-payload-digest": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
    "server-not-modified": "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
}
# WARC 1.1 5.4: W3C-DTF in UTC, up to nine fraction digits.
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?Z")
_RECORD_ID = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[!-;=?-~]+")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# RFC 3986 2: reserved, unreserved and "%"; all other characters are percent-encoded.
_URI_SAFE = "!#$%&'()*+,-./:;=?@[]_~"
_PLAIN_URI = re.compile(r"https?://[A-Za-z0-9.\-:]+(?:[/?#][A-Za-z0-9!#$%&'()*+,\-./:;=?@[\]_~]*)?")
"""Nothing of it is written otherwise."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = "".join(map(chr, range(33)))
_DOTS = re.compile("[.\u3002\uff0e\uff61]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What all records of one exchange have in common: when, from where."""

    date: str
    """When the exchange began: UTC, such as 2026-11-23T18:15:12.000123Z (WARC 1.1 5.4)."""
    uri: str
    """The URL asked; written through ``target_uri``."""
    ip: str | None = None
    """The address actually connected to."""
    protocol: str | None = None
    """Such as http/1.1 (proposed WARC-Protocol)."""
    cipher_suite: str | None = None
    """Such as TLS_AES_128_GCM_SHA256 (proposed WARC-Cipher-Suite)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One record's name, and the measure of its block."""

    record_id: str
    """Without angle brackets: urn:uuid:…"""
    length: int
    """Bytes."""
    sha256: str
    """64 lower-case hex digits."""


def warcinfo_fields(block: Block, *, date: str, filename: str) -> Fields:
    """Return the fields of the record that opens a file (WARC 1.1 6.2)."""
    return (
        *_head("warcinfo", block, date),
        ("WARC-Filename", filename),
        *_tail("application/warc-fields", block),
    )


def response_fields(
    origin: Origin,
    block: Block,
    *,
    concurrent_to: tuple[str, ...] = (),
    payload_sha256: str | None = None,
    truncated: Truncated | None = None,
) -> Fields:
    """Return the fields of a response as received (WARC 1.1 6.3).

    Args:
        origin: when and from where.
        block: the record.
        concurrent_to: ids of the other records of this exchange.
        payload_sha256: None when the body is transfer-coded: validators disagree on what to digest then.
        truncated: why the block is shorter than what was sent.
    """
    return (
        *_head("response", block, origin.date),
        *_from(origin),
        *_concurrent(concurrent_to),
        *_truncated(truncated),
        *_tail("application/http;msgtype=response", block, payload_sha256=payload_sha256),
    )


def request_fields(origin: Origin, block: Block, *, concurrent_to: tuple[str, ...] = ()) -> Fields:
    """Return the fields of a request as sent (WARC 1.1 6.5)."""
    return (
        *_head("request", block, origin.date),
        *_from(origin),
        *_concurrent(concurrent_to),
        *_tail("application/http;msgtype=request", block),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The response that a revisit stands for; never itself a revisit."""

    record_id: str
    """Without angle brackets."""
    uri: str
    date: str
    payload_sha256: str | None
    """64 lower-case hex digits; None for ``server-not-modified``, which compared none (WARC 1.1 6.7.3)."""


def revisit_fields(
    origin: Origin,
    block: Block,
    *,
    original: Original,
    profile: Literal["identical-payload-digest", "server-not-modified"],
    concurrent_to: tuple[str, ...] = (),
    exchange: str | None = None,
) -> Fields:
    """Return the fields of a response whose payload is already held (WARC 1.1 6.7); the block is its HTTP head.

    Args:
        origin: when and from where.
        block: the record.
        original: the record that holds the payload.
        profile: how it is known that the payload is the same.
        concurrent_to: ids of the other records of this exchange.
        exchange: what else there is to say of the exchange, in one line.
    """
    return (
        *_head("revisit", block, origin.date),
        *_from(origin),
        *_concurrent(concurrent_to),
        ("WARC-Profile", _PROFILES[profile]),
        ("WARC-Refers-To", _bracketed(original.record_id)),
        ("WARC-Refers-To-Target-URI", target_uri(original.uri)),
        ("WARC-Refers-To-Date", _dated(original.date)),
        # WARC 1.1 6.7.2: a block without the payload is marked as truncated by length.
        *_truncated("length" if block.length else None),
        *(((EXCHANGE, exchange),) if exchange else ()),
        *_tail("application/http;msgtype=response", block, payload_sha256=original.payload_sha256),
    )


def metadata_fields(
    origin: Origin, block: Block, *, concurrent_to: tuple[str, ...] = (), content_type: str = "application/warc-fields"
) -> Fields:
    """Return the fields of a record about the exchange (WARC 1.1 6.6)."""
    return (
        *_head("metadata", block, origin.date),
        *_from(origin, is_wire=False),
        *_concurrent(concurrent_to),
        *_tail(content_type, block),
    )


def resource_fields(origin: Origin, block: Block, *, content_type: str, concurrent_to: tuple[str, ...] = ()) -> Fields:
    """Return the fields of bytes that came without HTTP (WARC 1.1 6.4); the block is the payload."""
    return (
        *_head("resource", block, origin.date),
        *_from(origin, is_wire=False),
        *_concurrent(concurrent_to),
        *_tail(content_type, block, payload_sha256=block.sha256),
    )


@lru_cache(maxsize=64)  # every record of an exchange names it, and those of a snapshot stand together
def target_uri(url: str) -> str:
    """Return the URL as RFC 3986 text for WARC-Target-URI (WARC 1.1 5.14): ASCII, IDN as punycode, no credentials.

    Raises:
        BadWarc: it has no scheme, or no possible host.
    """
    if _PLAIN_URI.fullmatch(url):
        return url
    # WHATWG URL 4.4: space and controls around a URL and tabs and line ends within it are no part of it.
    text = _SURROGATE.sub("\ufffd", re.sub(r"[\t\n\r]", "", url).strip(_SPACE))
    scheme, colon, rest = text.partition(":")
    if not colon or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.\-]*", scheme) is None:
        raise BadWarc(f"not an absolute URL: {url[:200]!r}")
    if rest.startswith("//"):
        end = next((at for at, sign in enumerate(rest[2:], 2) if sign in "/?#"), len(rest))
        host = rest[2:end].rpartition("@")[2]
        rest = f"//{_ascii_host(host)}{rest[end:]}"
    return f"{scheme}:{quote(rest, safe=_URI_SAFE)}"


def _ascii_host(host: str) -> str:
    """Return the host with its non-ASCII labels in punycode, mapped as UTS 46 does (non-transitional)."""
    if host.isascii():
        return host
    mapped = unicodedata.normalize("NFKC", host).lower()
    # A sign such as U+2100 maps to "a/c": the URL would then name another host.
    if not set("/?#@").isdisjoint(mapped) or mapped.count(":") != host.count(":"):
        raise BadWarc(f"not an absolute URL: its host {host[:80]!r} is none")
    labels = _DOTS.split(mapped)
    return ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}" for label in labels)


def _head(kind: str, block: Block, date: str) -> Fields:
    return (("WARC-Type", kind), ("WARC-Record-ID", _bracketed(block.record_id)), ("WARC-Date", _dated(date)))


def _from(origin: Origin, *, is_wire: bool = True) -> Fields:
    optional = [("WARC-IP-Address", origin.ip)]
    if is_wire:
        optional += [("WARC-Protocol", origin.protocol), ("WARC-Cipher-Suite", origin.cipher_suite)]
    return (("WARC-Target-URI", target_uri(origin.uri)), *((name, value) for name, value in optional if value))


def _concurrent(ids: tuple[str, ...]) -> Fields:
    return tuple(("WARC-Concurrent-To", _bracketed(record_id)) for record_id in ids)


def _truncated(reason: Truncated | None) -> Fields:
    return (("WARC-Truncated", reason),) if reason else ()


def _tail(content_type: str, block: Block, *, payload_sha256: str | None = None) -> Fields:
    digests = [("WARC-Block-Digest", block.sha256), ("WARC-Payload-Digest", payload_sha256)]
    return (
        ("Content-Type", content_type),
        *((name, _digest(value)) for name, value in digests if value is not None),
        ("Content-Length", str(block.length)),
    )


def _digest(sha256: str) -> str:
    if _SHA256.fullmatch(sha256) is None:
        raise BadWarc(f"not a SHA-256 in lower-case hex: {sha256[:80]!r}")
    return f"sha256:{sha256}"


def _bracketed(record_id: str) -> str:
    if _RECORD_ID.fullmatch(record_id) is None:
        raise BadWarc(f"not a record id: {record_id[:80]!r}")
    return f"<{record_id}>"


def _dated(date: str) -> str:
    if _DATE.fullmatch(date) is None:
        raise BadWarc(f"not a WARC date in UTC: {date[:40]!r}")
    return date
