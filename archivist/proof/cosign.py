"""Cosignatures of witnesses (C2SP tlog-cosignature, cosignature/v1), and what a witness is asked (C2SP tlog-witness).

A witness says that it has seen this checkpoint of a log, at a time, and that the log only ever grew since it saw it
last. Of cosignatures only Ed25519 (type 0x04) is known here; those of other types are passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

from archivist.errors import BadNote
from archivist.proof.armour import decode_base64, encode_base64
from archivist.proof.note import KeyName, NoteSignature, check_name, key_id, parse_signature
from archivist.proof.signing import PUBLIC_LENGTH, SignatureFailed, verify

__all__ = [
    "COSIGNATURE",
    "Cosignature",
    "WitnessKey",
    "add_checkpoint",
    "cosigned",
    "parse_lines",
    "verify_cosignature",
]

COSIGNATURE: Final = 0x04
"""The signature type byte of cosignature/v1 with Ed25519."""

_TIME_LENGTH: Final = 8
_MAX_TIME: Final = 253_402_300_799
"""The end of the year 9999; the format allows more, and no calendar has it."""
_MAX_LINES: Final = 16
_HEX_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessKey:
    """The public key of a witness, with the name under which it cosigns."""

    name: KeyName
    public: bytes

    @property
    def key_id(self) -> bytes:
        """SHA-256(name || 0x0A || 0x04 || public key)[:4]."""
        return key_id(self.name, self.public, algorithm=COSIGNATURE)

    def __str__(self) -> str:
        """The key as its owner publishes it (vkey)."""
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([COSIGNATURE]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that ``str`` of it wrote.

        Raises:
            BadNote: the text is no vkey of this type, or its key id belongs to another key.
        """
        parts = text.split("+", 2)
        if len(parts) != 3 or _HEX_ID.fullmatch(parts[1]) is None:
            raise BadNote(f"not a verifier key: {text[:80]!r}")
        name, hex_id, encoded = parts
        typed = decode_base64(encoded)
        if typed[:1] != bytes([COSIGNATURE]) or len(typed) != PUBLIC_LENGTH + 1:
            raise BadNote(f"verifier key of {name[:60]!r} is not of a witness with Ed25519 (type 0x04)")
        check_name(name)
        key = cls(name=KeyName(name), public=typed[1:])
        if key.key_id.hex() != hex_id:
            raise BadNote(f"verifier key of {name[:60]!r} has the key id {hex_id}, which belongs to another key")
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosignature:
    """A witness's word on a checkpoint, verified."""

    name: KeyName
    time: dt.datetime
    """When the witness had seen no larger tree of this log, UTC."""
    line: NoteSignature


def cosigned(text: bytes, seconds: int) -> bytes:
    """What a witness signs (tlog-cosignature, Ed25519 signed message)."""
    return b"cosignature/v1\ntime %d\n" % seconds + text


def verify_cosignature(line: NoteSignature, key: WitnessKey, text: bytes) -> Cosignature:
    """The witness's word, which is over this text of a checkpoint.

    Raises:
        SignatureFailed: it is not, or of another key.
    """
    if (line.name, line.key_id) != (key.name, key.key_id):
        raise SignatureFailed(f"the cosignature of {line.name} is of another key than the one that is known")
    seconds = int.from_bytes(line.signature[:_TIME_LENGTH], "big")
    if seconds > _MAX_TIME:
        raise SignatureFailed(f"the cosignature of {line.name} is of a time that no calendar has")
    try:
        verify(key.public, cosigned(text, seconds), signature=line.signature[_TIME_LENGTH:])
    except SignatureFailed as error:
        raise SignatureFailed(f"the cosignature of {line.name} is not over this checkpoint") from error
    return Cosignature(name=line.name, time=dt.datetime.fromtimestamp(seconds, dt.UTC), line=line)


def parse_lines(data: bytes) -> tuple[NoteSignature, ...]:
    """The signature lines that a witness answers, not yet checked.

    Raises:
        BadNote: they are none.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadNote("signature lines are not UTF-8") from error
    if not text.endswith("\n"):
        raise BadNote("signature lines do not end in a newline")
    lines = text[:-1].split("\n")
    if len(lines) > _MAX_LINES:
        raise BadNote(f"more than {_MAX_LINES} signature lines")
    return tuple(map(parse_signature, lines))


def add_checkpoint(note: bytes, *, old: int, proof: Sequence[bytes]) -> bytes:
    """The request that a witness cosigns a checkpoint (tlog-witness, add-checkpoint).

    Args:
        note: the checkpoint with the signature of its log.
        old: size of the log that the witness saw last.
        proof: that the log goes on from there (RFC 6962 2.1.2); empty for a size of 0, or of the checkpoint itself.
    """
    lines: Iterable[str] = (f"old {old}", *map(encode_base64, proof), "")
    return "".join(f"{line}\n" for line in lines).encode("ascii") + note
