"""An exchange as a capture, and as the metadata record that stands beside it in the WARC file.

The metadata record says all that the other records do not, so that the records alone are enough to describe a
capture: a run that dies between storing and sealing is adopted from them (``store.leftover``).
"""

from __future__ import annotations

from dataclasses import replace

from archivist.clock import utc_text
from archivist.model.capture import Capture, RecordRef, Revisit
from archivist.model.json import Json, Reader, without_nothing
from archivist.proof.canonical import canonical
from archivist.proof.digest import sha256_hex
from archivist.wire.exchange import Exchange
from archivist.wire.http1 import ResponseHead

__all__ = ["CONTENT_TYPE", "capture_of", "certificate_of", "media_type_of", "metadata_of", "recalled"]

CONTENT_TYPE = "application/json"


def capture_of(
    exchange: Exchange, *, record: RecordRef, revisit: Revisit | None, confirmed: Capture | None = None
) -> Capture:
    """The exchange as stored in ``record``.

    Args:
        exchange: what was stored.
        record: where.
        revisit: what it refers to.
        confirmed: the earlier capture that a 304 confirms, whose payload it stands for.
    """
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
        payload=(confirmed or exchange).payload,
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
    exchange: Exchange,
    *,
    snapshot: str,
    page: str,
    original: RecordRef | None = None,
    confirmed: Capture | None = None,
) -> bytes:
    """The block of the exchange's metadata record: canonical JSON.

    Args:
        exchange: what was stored.
        snapshot: what the records of one snapshot have in common, until its manifest names them.
        page: the address that the snapshot was asked for.
        original: where the payload of a revisit stands, if it has a place already.
        confirmed: the earlier capture that a 304 confirms.
    """
    payload = (confirmed or exchange).payload
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
                "payload": {
                    "length": payload.length,
                    "sha256": payload.sha256,
                    "blake3": payload.blake3,
                },
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
                "original": original.to_json() if original else None,
                "confirmed": {"media_type": confirmed.media_type or "", "last_full": confirmed.last_full}
                if confirmed
                else None,
            }
        )
    )


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
        revisit = replace(revisit, profile="server-not-modified", last_full=confirmed.text("last_full"))
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
            "blake3": payload.text("blake3"),
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


def certificate_of(exchange: Exchange) -> str | None:
    """SHA-256 of the server's certificate, or None where there was none."""
    tls = exchange.peer.tls
    return sha256_hex(tls.chain[0]) if tls and tls.chain else None


def media_type_of(head: ResponseHead) -> str | None:
    """As declared, without parameters, lower case."""
    return (head.get("content-type") or "").split(";")[0].strip().lower() or None


def _milliseconds(exchange: Exchange) -> int:
    return round(exchange.seconds * 1000)
