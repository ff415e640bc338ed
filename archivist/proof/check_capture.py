"""Step 7 of ``proof.check``: the records, inflated and digested again, are what the captures of the manifests say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Final

from archivist.errors import BadHttp, BadWarc
from archivist.model.capture import Capture
from archivist.model.digest import Digests
from archivist.model.finding import Finding
from archivist.proof.digest import Hasher
from archivist.wire.http1 import ResponseHead, ResponseReader
from archivist.wire.told import head_told
from archivist.wire.warc import Member, RecordHeader, target_uri

__all__ = ["Examined", "Expected", "check_capture", "check_metadata", "examine", "not_met"]

_HTTP: Final = "application/http"
_MAX_METADATA: Final = 1 << 20
_REVISIT: Final = "http://netpreserve.org/warc/1.1/revisit/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A capture whose record, or whose original's record, should stand at a place."""

    capture: Capture
    by: str
    """The manifest and the path in it: ``manifests/…/0001.json $.captures[3]``."""
    is_original: bool = False
    """The record is the one that the capture's revisit refers to."""

    @property
    def place(self) -> tuple[str, int]:
        """File and offset."""
        ref = self.capture.original if self.is_original else self.capture.record
        return ref.file, ref.offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A record as read to its end."""

    offset: int
    length: int
    header: RecordHeader
    is_block_right: bool
    """Whether the block has its own WARC-Block-Digest."""
    head: ResponseHead | None
    """The HTTP head of a response or revisit."""
    payload: Digests | None
    """After transfer decoding, before content decoding (WARC 1.1 5.9); None for a revisit, which has none, and for
    what no capture names."""
    metadata: bytes
    """The block of a metadata record, or what a revisit says itself of its exchange."""


def examine(member: Member, *, method: str = "GET", is_named: bool = True) -> Examined:
    """The record, read and digested to its end.

    Args:
        member: the record.
        method: of the request that it answers.
        is_named: a capture names it, so that its payload counts as well.

    Raises:
        BadWarc: it is damaged.
    """
    header = member.header
    kind = header.type
    is_http = kind in {"response", "revisit"} and (header.content_type or "").lower().startswith(_HTTP)
    message = _Message(method) if is_named and is_http else None
    if message is not None and (head := head_told(header)):
        message.feed(head)
    payload = Hasher() if is_named and message is None and kind != "metadata" else None
    block, metadata = hashlib.sha256(), bytearray()
    for piece in member.block():
        block.update(piece)
        if message is not None:
            message.feed(piece)
        elif payload is not None:
            payload.update(piece)
        elif kind == "metadata" and len(metadata) <= _MAX_METADATA:
            metadata += piece
    if kind == "revisit" and header.exchange:
        metadata += header.exchange.encode()
    digests = message.payload() if message is not None else payload.digests() if payload is not None else None
    return Examined(
        offset=member.offset,
        length=member.length,
        header=header,
        is_block_right=header.block_digest in {None, f"sha256:{block.hexdigest()}"},
        head=message.head if message is not None else None,
        payload=None if kind == "revisit" else digests,
        metadata=bytes(metadata),
    )


def check_capture(expected: Expected, record: Examined) -> Finding | None:
    """Step 7a: the record at a place is the one that the capture says."""
    faults = _original_faults(expected.capture, record) if expected.is_original else _faults(expected.capture, record)
    return _finding(expected, [*_place_faults(expected, record), *faults])


def check_metadata(expected: Expected, told: Capture) -> Finding | None:
    """Step 7b: the metadata record beside a capture tells the same as the manifest.

    Args:
        expected: a capture at its own place.
        told: the capture as its records alone tell it.
    """
    capture = replace(expected.capture, is_carried=False, rest={})
    faults = [
        f"its metadata says {field.name} {_shown(getattr(told, field.name))}, "
        f"the manifest {_shown(getattr(capture, field.name))}"
        for field in fields(Capture)
        if getattr(told, field.name) != getattr(capture, field.name)
    ]
    return _finding(expected, faults)


def not_met(expected: Expected) -> Finding:
    """Step 7c: no record begins where the capture says."""
    what = "the original of this revisit" if expected.is_original else "this capture"
    finding = _finding(expected, [f"no record begins where the manifest says that {what} stands"])
    assert finding is not None
    return finding


class _Message:
    """The HTTP message in a block, fed in pieces."""

    def __init__(self, method: str) -> None:
        self._reader = ResponseReader(method)
        self._payload = Hasher()
        self._body = Hasher()
        """All that follows the head: what other writers store with the chunks undone and the field kept."""
        self._length = 0
        self._is_http = True

    @property
    def head(self) -> ResponseHead | None:
        return self._reader.head

    def feed(self, piece: bytes) -> None:
        if not self._is_http:
            return
        try:
            for part in self._reader.feed(piece):
                self._payload.update(part)
        except BadHttp:
            self._is_http = False
            return
        self._length += len(piece)
        if self._reader.framing == "chunked":
            body = self._length - self._reader.interim_length - self._reader.head_length
            self._body.update(piece[max(0, len(piece) - body) :])

    def payload(self) -> Digests | None:
        if not self._is_http or self._reader.head is None:
            return None
        is_undone = "bad-chunk" in self._reader.notes and not self._reader.payload_length
        return (self._body if is_undone else self._payload).digests()


def _place_faults(expected: Expected, record: Examined) -> Iterator[str]:
    ref = expected.capture.original if expected.is_original else expected.capture.record
    if record.header.record_id != ref.id:
        yield f"the record is {record.header.record_id[:80]}, not {ref.id}"
    if record.length != ref.length:
        yield f"the record is {record.length} bytes long, not {ref.length}"
    if not record.is_block_right:
        yield "the block is not what its own WARC-Block-Digest says"


def _faults(capture: Capture, record: Examined) -> Iterator[str]:
    header, revisit = record.header, capture.revisit
    said: list[tuple[str, object, object]] = [
        ("type", header.type, "revisit" if revisit else "response"),
        ("address", header.target_uri, _target(capture.uri)),
        ("date", header.date, capture.date),
        ("WARC-IP-Address", header.get("WARC-IP-Address"), capture.ip),
        ("WARC-Payload-Digest", header.payload_digest or _sha256(capture), _sha256(capture)),
    ]
    if revisit is not None:
        said += [
            ("WARC-Refers-To", header.refers_to, revisit.record.id),
            ("WARC-Refers-To-Target-URI", header.get("WARC-Refers-To-Target-URI"), _target(revisit.uri)),
            ("WARC-Refers-To-Date", header.get("WARC-Refers-To-Date"), revisit.date),
            ("WARC-Profile", header.get("WARC-Profile"), f"{_REVISIT}{revisit.profile}"),
        ]
    else:
        said += [("WARC-Truncated", header.truncated, capture.truncated), *_payload(capture, record)]
    if record.head is None:
        yield "the record holds no HTTP response"
    else:
        said.append(("status", record.head.status, capture.status))
        if not capture.is_confirmed:  # a 304 need not say again what it is about
            said.append(("media type", _media_type(record.head), capture.media_type))
    yield from _differences(said)


def _original_faults(capture: Capture, record: Examined) -> Iterator[str]:
    """A revisit's payload stands in a response, never in another revisit."""
    if record.header.type not in {"response", "resource"}:
        yield f"the original of a revisit is a {record.header.type or 'nameless'} record, which holds no payload"
        return
    if record.payload is None:
        yield "the original of a revisit holds no HTTP response"
    said: list[tuple[str, object, object]] = list(_payload(capture, record))
    if capture.revisit is not None:
        said += [
            ("address", record.header.target_uri, _target(capture.revisit.uri)),
            ("date", record.header.date, capture.revisit.date),
        ]
    yield from _differences(said)


def _payload(capture: Capture, record: Examined) -> Iterator[tuple[str, object, object]]:
    if record.payload is not None:
        yield "length of the payload", record.payload.length, capture.payload.length
        yield "SHA-256 of the payload", record.payload.sha256, capture.payload.sha256
        if capture.payload.blake3:
            yield "BLAKE3 of the payload", record.payload.blake3, capture.payload.blake3


def _differences(said: list[tuple[str, object, object]]) -> Iterator[str]:
    for name, found, expected in said:
        if found != expected:
            yield f"{name} is {_shown(found)}, the manifest says {_shown(expected)}"


def _finding(expected: Expected, faults: list[str]) -> Finding | None:
    if not faults:
        return None
    file, offset = expected.place
    said = f"{expected.capture.uri} ({expected.by}): {'; '.join(faults)}"
    return Finding(state="failed", code="capture", where=f"archives/{file}, byte {offset}", said=said)


def _sha256(capture: Capture) -> str:
    return f"sha256:{capture.payload.sha256}"


def _target(uri: str) -> str:
    try:
        return target_uri(uri)
    except BadWarc:
        return uri


def _media_type(head: ResponseHead) -> str | None:
    return (head.get("content-type") or "").split(";")[0].strip().lower() or None


def _shown(value: object) -> str:
    return "absent" if value is None else str(value)[:100]
