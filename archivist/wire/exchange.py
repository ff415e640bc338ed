"""One HTTP request and its response as bytes, between the network that saw them and the disk that will keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from archivist.model.capture import Role, Truncation
from archivist.model.digest import Digests
from archivist.wire.http1 import ResponseHead, ResponseReader

__all__ = ["Exchange", "Peer", "Spool", "Tls", "payload_of"]


class Spool(Protocol):
    """Bytes kept aside, in memory or in a temporary file, until they are stored."""

    @property
    def length(self) -> int:
        """How many bytes there are."""
        ...

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """All bytes from ``start`` on, in pieces of at most 64 KiB; may be called again."""
        ...

    def close(self) -> None:
        """Give the memory or the temporary file back."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """The TLS session that carried the exchange."""

    version: str
    """``TLSv1.3``."""
    cipher: str
    """``TLS_AES_256_GCM_SHA384``."""
    chain: tuple[bytes, ...]
    """The certificates that the peer sent, DER, leaf first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Who answered."""

    ip: str
    """The address that was really connected to."""
    port: int
    resolved: tuple[str, ...]
    """All addresses that the name resolved to."""
    resolved_by: str
    """``dns``, ``settings`` (``[fetch] resolve``) or ``literal``."""
    tls: Tls | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and the response to it, complete or cut short.

    ``response`` is the final response message byte for byte as it came off the wire: status line, fields, body in
    its transfer coding. Interim responses and bytes after the end of the message are no part of it.
    """

    uri: str
    method: str
    role: Role
    kind: str | None
    via: str | None
    started: dt.datetime
    seconds: float
    request: bytes
    """Head (and body, if any) as sent, secrets replaced by a placeholder."""
    redacted: tuple[str, ...]
    """Names of the request fields that were replaced."""
    head: ResponseHead
    response: Spool
    head_length: int
    """Bytes of ``response`` up to and including the blank line."""
    block_sha256: str
    """SHA-256 of ``response``."""
    request_sha256: str
    payload: Digests
    """Of the body after transfer decoding."""
    is_transfer_coded: bool
    truncated: Truncation | None
    notes: tuple[str, ...]
    peer: Peer
    location: str | None = None
    """Where a 3xx answer leads, absolute; None elsewhere."""

    @property
    def is_whole(self) -> bool:
        """It is what was asked for, uncut: an error page, or half of a document, is not."""
        return self.head.status == 200 and not self.truncated

    @property
    def media_type(self) -> str | None:
        """As declared, without parameters, lower case."""
        declared = (self.head.get("content-type") or "").split(";")[0].strip().lower()
        return declared or None


def payload_of(exchange: Exchange) -> Iterator[bytes]:
    """The body after transfer decoding and before content decoding, in pieces."""
    if not exchange.is_transfer_coded:
        yield from exchange.response.pieces(exchange.head_length)
        return
    reader = ResponseReader(exchange.method)
    for piece in exchange.response.pieces():
        yield from reader.feed(piece)
