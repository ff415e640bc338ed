"""Offline proofs (C2SP tlog-proof@v1): one text file that shows a stranger that an entry stands in a signed log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from archivist.errors import BadNote
from archivist.proof.armour import decode_base64, encode_base64, parse_decimal
from archivist.proof.checkpoint import Checkpoint, open_checkpoint
from archivist.proof.merkle import HASH_LENGTH, leaf_hash, verify_inclusion
from archivist.proof.note import MAX_NOTE, parse_note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.proof.note import VerifierKey

__all__ = ["TlogProof", "verify_tlog_proof"]

_HEADER: Final = "c2sp.org/tlog-proof@v1"

_MAX_HASHES: Final = 63
"""The height of the largest tree whose size we can read."""

_MAX_PROOF: Final = 2 * MAX_NOTE
"""Bytes: a note, and room for extra data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TlogProof:
    """The parts of a proof as read; nothing is proved yet."""

    index: int
    """Position of the entry in the log, from 0."""
    hashes: tuple[bytes, ...]
    """The inclusion proof from the leaf's sibling upward, 32 bytes each (RFC 6962 2.1.1)."""
    checkpoint: bytes
    """The signed note of the log, verbatim."""
    extra: bytes | None = None
    """Opaque and *not* authenticated; None when absent."""

    def to_bytes(self) -> bytes:
        """The proof as a file; ``parse`` gives an equal proof back."""
        extra = [f"extra {encode_base64(self.extra)}"] if self.extra else []
        lines = [_HEADER, *extra, f"index {self.index}", *map(encode_base64, self.hashes), "", ""]
        return "\n".join(lines).encode() + self.checkpoint

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """The parts of a proof; neither the hashes nor a signature is checked.

        Raises:
            BadNote: the bytes are no tlog-proof of version 1.
        """
        if len(data) > _MAX_PROOF:
            raise BadNote(f"proof of {len(data)} bytes exceeds the limit of {_MAX_PROOF}")
        head, blank, checkpoint = data.partition(b"\n\n")
        lines = _ascii_lines(head)
        if not blank or lines.pop(0) != _HEADER:
            raise BadNote(f"proof does not begin with {_HEADER}")
        extra = _field(lines, "extra") if lines and lines[0].startswith("extra ") else None
        index = parse_decimal(_field(lines, "index"))
        Checkpoint.parse(parse_note(checkpoint).text)
        return cls(
            index=index,
            hashes=_hashes(lines),
            checkpoint=checkpoint,
            extra=None if extra is None else _extra(extra),
        )


def verify_tlog_proof(proof: TlogProof, entry: bytes, *, keys: Iterable[VerifierKey]) -> Checkpoint:
    """The checkpoint, signed by its log, of a tree in which ``entry`` stands at the index of the proof.

    Raises:
        BadNote: the checkpoint cannot be parsed.
        SignatureFailed: the log has not signed the checkpoint.
        ProofFailed: the entry does not stand there.
    """
    checkpoint = open_checkpoint(proof.checkpoint, keys)
    verify_inclusion(leaf_hash(entry), proof.index, size=checkpoint.size, proof=proof.hashes, root=checkpoint.root)
    return checkpoint


def _ascii_lines(head: bytes) -> list[str]:
    try:
        return head.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise BadNote(f"proof has a byte that is not ASCII at {error.start}") from error


def _field(lines: list[str], name: str) -> str:
    """Take the next line, which must be ``name``, a space and a value; return the value."""
    label, space, value = lines.pop(0).partition(" ") if lines else ("", "", "")
    if label != name or not space:
        raise BadNote(f"proof lacks its {name} line")
    return value


def _extra(value: str) -> bytes:
    extra = decode_base64(value)
    if not extra:
        raise BadNote("proof has an extra line without data")
    return extra


def _hashes(lines: list[str]) -> tuple[bytes, ...]:
    if len(lines) > _MAX_HASHES:
        raise BadNote(f"proof has {len(lines)} hashes, more than {_MAX_HASHES}")
    hashes = tuple(map(decode_base64, lines))
    if any(len(each) != HASH_LENGTH for each in hashes):
        raise BadNote(f"proof has a hash that is not {HASH_LENGTH} bytes long")
    return hashes
