"""An OpenTimestamps calendar over HTTP: a digest is handed in, and later the way to a Bitcoin block fetched."""

from __future__ import annotations

from typing import Final

from archivist.errors import Unreachable
from archivist.fetch.ask import Asker, Reply
from archivist.proof.ots import (
    MAX_REPLY,
    BadOts,
    OtsProof,
    Timestamp,
    attestations_in,
    completed,
    parse_reply,
)

__all__ = ["NotYet", "complete", "submit"]

_ACCEPT: Final = {"Accept": "application/vnd.opentimestamps.v1"}


class NotYet(Unreachable):
    """The calendar has the digest, and no block has it yet."""


def submit(asker: Asker, url: str, digest: bytes, *, until: float) -> OtsProof:
    """The calendar's promise for the digest.

    Raises:
        Unreachable: there was no answer in time, or none of a calendar.
        BadOts: the answer is no proof, or promises nothing.
    """
    fields = {**_ACCEPT, "Content-Type": "application/octet-stream"}
    reply = asker.ask(f"{url.rstrip('/')}/digest", until=until, max_bytes=MAX_REPLY, body=digest, fields=fields)
    timestamp = _timestamp(reply, url, digest)
    if not any(each.uri is not None or each.height is not None for _, each in attestations_in(timestamp)):
        raise BadOts("what the calendar answers leads nowhere")
    return OtsProof(timestamp=timestamp)


def complete(asker: Asker, proof: OtsProof, *, until: float) -> OtsProof:
    """The proof with the way to a block, from the first of its calendars that has one.

    Raises:
        NotYet: none has one yet.
        Unreachable: there was no answer in time, or none of a calendar.
        BadOts: an answer is no proof.
    """
    for message, attestation in attestations_in(proof.timestamp):
        if message is None or attestation.uri is None:
            continue
        # The gate decides whether this address, which the calendar itself has named, may be asked.
        url = f"{attestation.uri.rstrip('/')}/timestamp/{message.hex()}"
        reply = asker.ask(url, until=until, max_bytes=MAX_REPLY, fields=_ACCEPT)
        if reply.status == 404:
            continue
        more = _timestamp(reply, url, message)
        if any(_leads_to_a_block(found, each.height) for found, each in attestations_in(more)):
            return OtsProof(timestamp=completed(proof.timestamp, more))
    raise NotYet("no block has it yet")


def _timestamp(reply: Reply, url: str, message: bytes) -> Timestamp:
    if reply.status != 200:
        raise Unreachable(f"{url} answered {reply.status}")
    return parse_reply(reply.body, message)


def _leads_to_a_block(message: bytes | None, height: int | None) -> bool:
    return height is not None and message is not None and len(message) == 32
