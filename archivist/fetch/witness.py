"""A witness over HTTP (C2SP tlog-witness): it cosigns where the log only ever grew since it saw it last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from archivist.errors import BadNote, Unreachable
from archivist.fetch.ask import Asker, Reply
from archivist.proof.armour import parse_decimal
from archivist.proof.cosign import Cosignature, WitnessKey, add_checkpoint, parse_lines, verify_cosignature

__all__ = ["Disagrees", "Submitted", "ask_witness"]

_MAX_REPLY: Final = 64 * 1024
_SIZE_TYPE: Final = "text/x.tlog.size"
_REFUSED: Final = {
    400: "it does not understand the request",
    403: "it knows another key for this log: tell its owner the key that archivist key prints",
    404: "it does not know this log: give its owner the key that archivist key prints",
    422: "it does not accept the proof that the log goes on from what it saw",
}


class Disagrees(Unreachable):
    """The witness has seen another history of this log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A checkpoint that is to be cosigned."""

    note: bytes
    """With the signature of its log."""
    text: bytes
    size: int
    """Of the log under it."""
    prove: Callable[[int, int], Sequence[bytes]]
    """That the log of the second size goes on from the first (RFC 6962 2.1.2)."""


def ask_witness(asker: Asker, url: str, *, log: Submitted, old: int, key: WitnessKey, until: float) -> Cosignature:
    """The witness's word on the checkpoint, verified.

    Args:
        asker: asks.
        url: the submission prefix of the witness.
        log: the checkpoint.
        old: size of the log that the witness saw last, as far as we know.
        key: of the witness.
        until: when the answer must be there, on the monotonic clock.

    Raises:
        Disagrees: it has seen a larger log, or another one of this size.
        Unreachable: there was no answer in time, or the witness refuses.
        BadNote: the answer is none of a witness.
        SignatureFailed: its cosignature is false.
    """

    def asked(old: int) -> Reply:
        proof = log.prove(old, log.size) if 0 < old < log.size else ()
        body = add_checkpoint(log.note, old=old, proof=proof)
        fields = {"Content-Type": "text/plain; charset=utf-8"}
        where = f"{url.rstrip('/')}/add-checkpoint"
        return asker.ask(where, until=until, max_bytes=_MAX_REPLY, body=body, fields=fields)

    reply = asked(old)
    if reply.status == 409 and reply.media_type == _SIZE_TYPE:
        seen = _size(reply)
        if seen > log.size:
            raise Disagrees(f"it has seen {seen} entries of this log, which has {log.size}: the log was rolled back")
        if seen != old:
            reply = asked(seen)
    if reply.status == 409:
        raise Disagrees("it has seen another history of this log: two were signed with the same key")
    if reply.status != 200:
        raise Unreachable(_REFUSED.get(reply.status, f"{url} answered {reply.status}"))
    for line in parse_lines(reply.body):
        if (line.name, line.key_id) == (key.name, key.key_id):
            return verify_cosignature(line, key, log.text)
    raise BadNote(f"what it answers holds no cosignature of {key.name}")


def _size(reply: Reply) -> int:
    try:
        return parse_decimal(reply.body.decode("ascii").removesuffix("\n"))
    except UnicodeDecodeError as error:
        raise BadNote("the witness names no size") from error
