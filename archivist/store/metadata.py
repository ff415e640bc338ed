"""An exchange as a capture, and as the metadata that stands with it in the WARC file.

That is a record beside a response, and a field of a revisit (``one_line``). It says all that the other records do not,
so that the records alone are enough to describe a capture: a run that dies between storing and sealing is adopted from
them (``store.leftover``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from archivist.clock import utc_text
from archivist.model.capture import Capture, Profile, RecordRef, Revisit
from archivist.model.digest import Digests
from archivist.model.json import Json, JsonObject, Reader, without_nothing
from archivist.proof.canonical import canonical
from archivist.proof.digest import sha256_hex
from archivist.wire.exchange import Exchange
from archivist.wire.http1 import ResponseHead

__all__ = [
    "CONTENT_TYPE",
    "Original",
    "capture_of",
    "certificate_of",
    "is_told",
    "media_type_of",
    "metadata_of",
    "one_line",
    "recalled",
]

CONTENT_TYPE = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A response that is stored and holds a payload; never a revisit."""

    record: RecordRef
    """Its place is not known yet, and its length 0, where it belongs to the same call."""
    uri: str
    date: str
    confirmed: Capture | None = None
    """The earlier capture of which the server says that nothing has changed (304)."""

    @property
    def profile(self) -> Profile:
        """Of a revisit that refers to it."""
        return "server-not-modified" if self.confirmed else "identical-payload-digest"

    @property
    def last_full(self) -> str | None:
        """When the payload that a server confirms was last sent, if that was after it was stored."""
        last_full = self.confirmed.last_full if self.confirmed else self.date
        return None if last_full == self.date else last_full


def capture_of(exchange: Exchange, *, record: RecordRef, original: Original | None) -> Capture:
    """The exchange as stored in ``record``.

    Args:
        exchange: what was stored.
        record: where.
        original: what it refers to, where it is a revisit.
    """
    confirmed = original.confirmed if original else None
    revisit = (
        Revisit(
            record=original.record,
            uri=original.uri,
            date=original.date,
            profile=original.profile,
            last_full=original.last_full,
        )
        if original
        else None
    )
    return Capture(
        uri=exchange.uri,
        role=exchange.role,
        kind=exchange.kind,
        via=exchange.via,
        method=exchange.method,
        date=utc_text(exchange.started),
        milliseconds=_milliseconds(exchange),
        status=exchange.head.status,
        media_type=confirmed.media_type if confirmed else exchange.media_type,
        payload=_payload(exchange, original),
        record=record,
        revisit=revisit,
        truncated=exchange.truncated,
        ip=exchange.peer.ip,
        certificate=certificate_of(exchange),
        location=exchange.location,
        redacted=exchange.redacted,
        notes=exchange.notes,
    )


def metadata_of(
    exchange: Exchange, *, snapshot: str, page: str, original: Original | None = None, head: bytes = b""
) -> bytes:
    """What is to be said of an exchange: canonical JSON.

    Args:
        exchange: what was stored.
        snapshot: what the records of one snapshot have in common, until its manifest names them.
        page: the address that the snapshot was asked for.
        original: what a revisit refers to.
        head: of the answer, where it stands nowhere else.
    """
    payload = _payload(exchange, original)
    tls = exchange.peer.tls
    return canonical(
        without_nothing(
            {
                "snapshot": snapshot,
                "page": page,
                "role": exchange.role,
                "kind": exchange.kind,
                "via": exchange.via,
                "method": None if exchange.method == "GET" else exchange.method,
                "milliseconds": _milliseconds(exchange),
                "payload": without_nothing({"sha256": payload.sha256, "blake3": payload.blake3})
                | {"length": payload.length},
                "truncated": exchange.truncated,
                "notes": list(exchange.notes),
                "redacted": list(exchange.redacted),
                "peer": {
                    "ip": exchange.peer.ip,
                    "port": exchange.peer.port,
                    "resolved": list(exchange.peer.resolved),
                    "by": exchange.peer.resolved_by,
                },
                "tls": {"version": tls.version, "cipher": tls.cipher, "certificate": certificate_of(exchange)}
                if tls
                else None,
                "location": exchange.location,
                "original": original.record.to_json() if original and original.record.length else None,
                "confirmed": _confirmed(original),
                "head": head.decode("latin-1"),
            }
        )
    )


def one_line(metadata: bytes) -> str:
    """The same JSON as the value of a field: printable ASCII."""
    return json.dumps(json.loads(metadata), separators=(",", ":")).replace("\x7f", "\\u007f")


def recalled(
    metadata: Json, *, uri: str, date: str, head: ResponseHead, record: RecordRef, revisit: Revisit | None
) -> Capture:
    """The capture that was stored with this metadata, read back from its records alone.

    Raises:
        BadManifest: the metadata is none of ours.
    """
    reader = Reader(metadata, "metadata")
    payload = reader.one("payload", Reader)
    peer = reader.one("peer", Reader)
    tls = reader.one_or_none("tls", Reader)
    confirmed = reader.one_or_none("confirmed", Reader)
    if revisit is not None and confirmed is not None:
        revisit = replace(revisit, profile="server-not-modified", last_full=confirmed.text_or_none("last_full"))
    return Capture.from_json(
        {
            "uri": uri,
            "role": reader.text("role"),
            "kind": reader.text_or_none("kind"),
            "via": reader.text_or_none("via"),
            "method": reader.text_or_none("method"),
            "date": date,
            "milliseconds": reader.number_or_none("milliseconds") or 0,
            "status": head.status,
            "media_type": confirmed.text("media_type") or None if confirmed else media_type_of(head),
            "length": payload.number("length"),
            "sha256": payload.text("sha256"),
            "blake3": payload.text_or_none("blake3"),
            "record": record.to_json(),
            "revisit": revisit.to_json() if revisit else None,
            "truncated": reader.text_or_none("truncated"),
            "ip": peer.text("ip"),
            "certificate": tls.text_or_none("certificate") if tls else None,
            "location": reader.text_or_none("location"),
            "redacted": list(reader.texts("redacted")),
            "notes": list(reader.texts("notes")),
        },
        "metadata",
    )


def is_told(capture: Capture, metadata: Json, *, head: ResponseHead) -> bool:
    """Whether ``recalled`` would give this capture of a response; told from what differs much sooner than by making it.

    False where that is not plain: of a revisit, or of metadata that is none of ours.
    """
    if capture.revisit is not None or not isinstance(metadata, dict) or metadata.keys() & {"confirmed", "original"}:
        return False
    payload, peer, tls = metadata.get("payload"), metadata.get("peer"), metadata.get("tls", {})
    if not isinstance(payload, dict) or not isinstance(peer, dict) or not isinstance(tls, dict):
        return False
    numbers = (metadata.get("milliseconds", 0), payload.get("length"))
    if not all(type(number) is int for number in numbers) or not isinstance(peer.get("ip"), str):
        return False
    said = (
        *(metadata.get("role"), metadata.get("kind"), metadata.get("via"), metadata.get("method", "GET")),
        *(payload.get("sha256"), payload.get("blake3", ""), peer.get("ip"), tls.get("certificate")),
        *(metadata.get("truncated"), metadata.get("location")),
        *(metadata.get("redacted", []), metadata.get("notes", [])),
        *(head.status, media_type_of(head)),
    )
    digests = capture.payload
    return numbers == (capture.milliseconds, digests.length) and said == (
        *(capture.role, capture.kind, capture.via, capture.method),
        *(digests.sha256, digests.blake3, capture.ip, capture.certificate),
        *(capture.truncated, capture.location),
        *(list(capture.redacted), list(capture.notes)),
        *(capture.status, capture.media_type),
    )


def certificate_of(exchange: Exchange) -> str | None:
    """SHA-256 of the server's certificate, or None where there was none."""
    tls = exchange.peer.tls
    return sha256_hex(tls.chain[0]) if tls and tls.chain else None


def media_type_of(head: ResponseHead) -> str | None:
    """As declared, without parameters, lower case."""
    return (head.get("content-type") or "").split(";")[0].strip().lower() or None


def _payload(exchange: Exchange, original: Original | None) -> Digests:
    """Of a payload that is stored elsewhere, BLAKE3 stands where that is described."""
    confirmed = original.confirmed if original else None
    payload = (confirmed or exchange).payload
    return replace(payload, blake3="") if original else payload


def _confirmed(original: Original | None) -> JsonObject | None:
    """What a 304 does not say again."""
    if original is None or original.confirmed is None:
        return None
    last_full = {"last_full": original.last_full} if original.last_full else {}
    return {"media_type": original.confirmed.media_type or "", **last_full}


def _milliseconds(exchange: Exchange) -> int:
    return round(exchange.seconds * 1000)
