"""The records of an exchange as gzip members, ready to be appended: what stands in them, and in which order."""

from __future__ import annotations

import base64
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archivist.clock import utc_text
from archivist.model.capture import RecordRef
from archivist.proof.digest import sha256_hex
from archivist.store.metadata import CONTENT_TYPE, Original, metadata_of, one_line
from archivist.wire import warc
from archivist.wire.exchange import Exchange
from archivist.wire.warc import Block, Fields, Origin

__all__ = ["NOT_MODIFIED", "Part", "Planned", "certificates_part", "plan", "warcinfo_part"]

NOT_MODIFIED: Final = 304

IN_MEMORY: Final = 4 * 1024 * 1024
"""Bytes of a block that is compressed before its turn to be appended; a larger one is streamed when it comes."""

IN_MEMORY_TOGETHER: Final = 64 * 1024 * 1024
"""Bytes of the blocks of one call that are kept like this; the rest is streamed whatever its size."""

_PEM_LINE: Final = 64
"""RFC 7468 2: generators MUST wrap the base64 lines so that each line consists of exactly 64 characters."""

_PACKED: Final = (
    "image/",
    "audio/",
    "video/",
    "font/woff",
    "application/font-woff",
    "application/pdf",
    "application/zip",
)
_LOOSE_IMAGES: Final = frozenset({"image/svg+xml", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One record."""

    record_id: str
    pieces: Callable[[], Iterable[bytes]]
    """Its gzip member."""
    chain: tuple[bytes, ...] = ()
    """The certificate chain that it holds, if it is such a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An exchange and its records in the order in which they are appended."""

    exchange: Exchange
    record_id: str
    """Of the response or revisit."""
    original: Original | None
    """What the revisit refers to; its place in the file is not known yet where it belongs to the same call."""
    parts: tuple[Part, ...]


def plan(
    exchanges: Sequence[Exchange], *, snapshot: str, page: str, find_original: Callable[[Exchange], Original | None]
) -> tuple[Planned, ...]:
    """The records of all exchanges; a payload that several of them have is stored with the first.

    Raises:
        BadWarc: one of them cannot be written as WARC records.
    """
    seen: dict[str, Original] = {}
    planned = []
    spent = 0
    for exchange in exchanges:
        spent += min(exchange.response.length, IN_MEMORY)
        origin = _origin(exchange)
        original = _original(exchange, seen, find_original)
        if original is None:
            first = _response(exchange, origin, is_streamed=spent > IN_MEMORY_TOGETHER)
            about = [_about(origin, of=first.record_id, metadata=metadata_of(exchange, snapshot=snapshot, page=page))]
        else:
            first, about = _revisit(exchange, origin, original, snapshot=snapshot, page=page), []
        parts = (first, _request(exchange, origin, of=first.record_id), *about)
        each = Planned(exchange=exchange, record_id=first.record_id, original=original, parts=parts)
        if original is not None and original.confirmed is None:
            seen.setdefault(exchange.payload.sha256, original)
        elif original is None and _may_be_shared(exchange):
            here = RecordRef(file="", offset=0, length=0, id=each.record_id)
            seen[exchange.payload.sha256] = Original(record=here, uri=exchange.uri, date=utc_text(exchange.started))
        planned.append(each)
    return tuple(planned)


def warcinfo_part(about: Mapping[str, str], *, date: str, filename: str) -> Part:
    """The record that opens a file (WARC 1.1 6.2)."""
    said = {
        "software": about["software"],
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        **about,
    }
    block = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in said.items()).encode()
    measured = _measured(block)
    return _part(measured.record_id, warc.warcinfo_fields(measured, date=date, filename=filename), block)


def certificates_part(exchange: Exchange, chain: tuple[bytes, ...]) -> Part:
    """The certificates that the server sent with this exchange, leaf first, as PEM."""
    block = "".join(map(_pem, chain)).encode()
    measured = _measured(block)
    origin = Origin(date=utc_text(exchange.started), uri=f"urn:archivist:certificates:{sha256_hex(chain[0])}")
    fields = warc.resource_fields(origin, measured, content_type="application/x-pem-file")
    return _part(measured.record_id, fields, block, chain=chain)


def _original(
    exchange: Exchange, seen: Mapping[str, Original], find_original: Callable[[Exchange], Original | None]
) -> Original | None:
    if exchange.head.status == NOT_MODIFIED:
        return find_original(exchange)
    if not _may_be_shared(exchange):
        return None
    return seen.get(exchange.payload.sha256) or find_original(exchange)


def _may_be_shared(exchange: Exchange) -> bool:
    return exchange.payload.length > 0 and exchange.truncated is None


def _origin(exchange: Exchange) -> Origin:
    tls = exchange.peer.tls
    return Origin(
        date=utc_text(exchange.started),
        uri=exchange.uri,
        ip=exchange.peer.ip,
        protocol=exchange.head.version.lower(),
        cipher_suite=tls.cipher if tls else None,
    )


def _request(exchange: Exchange, origin: Origin, *, of: str) -> Part:
    """The request that goes with the record named ``of``."""
    block = Block(record_id=_new_id(), length=len(exchange.request), sha256=exchange.request_sha256)
    return _part(block.record_id, warc.request_fields(origin, block, concurrent_to=(of,)), exchange.request)


def _about(origin: Origin, *, of: str, metadata: bytes) -> Part:
    """The metadata record that goes with the response named ``of``."""
    block = _measured(metadata)
    # A name of its own: players index a metadata record that has the page's address, and show it instead of the page.
    named = replace(origin, uri=f"urn:archivist:exchange:{of.removeprefix('urn:uuid:')}")
    fields = warc.metadata_fields(named, block, concurrent_to=(of,), content_type=CONTENT_TYPE)
    return _part(block.record_id, fields, metadata)


def _response(exchange: Exchange, origin: Origin, *, is_streamed: bool) -> Part:
    spool = exchange.response
    block = Block(record_id=_new_id(), length=spool.length, sha256=exchange.block_sha256)
    fields = warc.response_fields(
        origin,
        block,
        # Validators disagree on what to digest under a transfer coding; the metadata record has the digest.
        payload_sha256=None if exchange.is_transfer_coded else exchange.payload.sha256,
        truncated=exchange.truncated,
    )
    is_packed = _is_packed(exchange)
    if is_streamed or spool.length > IN_MEMORY:
        return Part(
            record_id=block.record_id,
            pieces=lambda: warc.member_stream(fields, spool.pieces(), packed=is_packed),
        )
    return _part(block.record_id, fields, b"".join(spool.pieces()), is_packed=is_packed)


def _revisit(exchange: Exchange, origin: Origin, original: Original, *, snapshot: str, page: str) -> Part:
    """A revisit, which is so small that a record beside it would double it: it says itself what there is to say."""
    head = _first(exchange.response.pieces(), exchange.head_length)
    # Players show the head that they find in the block, and that of a 304 is no page's.
    block, told = (b"", head) if original.confirmed else (head, b"")
    measured = _measured(block)
    held = warc.Original(
        record_id=original.record.id,
        uri=original.uri,
        date=original.date,
        # A player that finds a digest looks for it, and a transfer-coded original has none.
        payload_sha256=None if original.confirmed else exchange.payload.sha256,
    )
    metadata = metadata_of(exchange, snapshot=snapshot, page=page, original=original, head=told)
    fields = warc.revisit_fields(origin, measured, original=held, profile=original.profile, exchange=one_line(metadata))
    return _part(measured.record_id, fields, block)


def _part(
    record_id: str, fields: Fields, block: bytes, *, is_packed: bool = False, chain: tuple[bytes, ...] = ()
) -> Part:
    made = warc.member(fields, block, packed=is_packed)
    return Part(record_id=record_id, pieces=lambda: (made,), chain=chain)


def _first(pieces: Iterator[bytes], length: int) -> bytes:
    taken = bytearray()
    for piece in pieces:
        taken += piece
        if len(taken) >= length:
            break
    return bytes(taken[:length])


def _measured(block: bytes) -> Block:
    return Block(record_id=_new_id(), length=len(block), sha256=sha256_hex(block))


def _new_id() -> str:
    return f"urn:uuid:{uuid.UUID(bytes=os.urandom(16), version=4)}"


def _is_packed(exchange: Exchange) -> bool:
    """Whether deflate would find nothing in the body."""
    coding = (exchange.head.get("content-encoding") or "identity").strip().lower()
    kind = exchange.media_type or ""
    return coding != "identity" or (kind.startswith(_PACKED) and kind not in _LOOSE_IMAGES)


def _pem(certificate: bytes) -> str:
    body = base64.b64encode(certificate).decode("ascii")
    lines = (body[start : start + _PEM_LINE] for start in range(0, len(body), _PEM_LINE))
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))
