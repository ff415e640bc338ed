"""Checkpoints (C2SP tlog-checkpoint): the signed note in which a log commits to its size and its root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from archivist.errors import BadNote
from archivist.proof.armour import decode_base64, encode_base64, parse_decimal
from archivist.proof.merkle import EMPTY_ROOT, HASH_LENGTH
from archivist.proof.note import parse_note, verify_note
from archivist.proof.signing import SignatureFailed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.proof.note import VerifierKey

__all__ = ["Checkpoint", "open_checkpoint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The state of a log at one size."""

    origin: str
    """Which log: one line, the same as the name of its key."""
    size: int
    """Entries in the log."""
    root: bytes
    """Merkle Tree Hash over them, 32 bytes."""
    extensions: tuple[str, ...] = ()
    """Further lines, opaque; we write none."""

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if not all(lines) or any("\n" in line for line in lines):
            raise BadNote("a line of the checkpoint is empty or more than one")
        if self.size < 0 or len(self.root) != HASH_LENGTH:
            raise BadNote(f"checkpoint of size {self.size} with a root of {len(self.root)} bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:  # RFC 6962 2.1
            raise BadNote("checkpoint of an empty log has the root of another tree")

    def to_text(self) -> str:
        """The text of the note, ready to be signed."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, encode_base64(self.root), *self.extensions))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The checkpoint that ``to_text`` wrote; it is worth what the signature over ``text`` is worth.

        Raises:
            BadNote: the text is no checkpoint.
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "":  # three lines, each with its newline
            raise BadNote("checkpoint has fewer than three whole lines")
        origin, size, root, *extensions = lines
        return cls(origin=origin, size=parse_decimal(size), root=decode_base64(root), extensions=tuple(extensions))


def open_checkpoint(data: bytes, keys: Iterable[VerifierKey]) -> Checkpoint:
    """The checkpoint in this note, signed by that one of ``keys`` which bears the name of its log.

    Raises:
        BadNote: the bytes are no signed note, or its text is no checkpoint.
        SignatureFailed: the log has not signed it, or a known key's signature is wrong.
    """
    note = parse_note(data)
    names = verify_note(note, keys)
    checkpoint = Checkpoint.parse(note.text)
    if checkpoint.origin not in names:
        raise SignatureFailed(f"checkpoint of {checkpoint.origin[:60]!r} is signed by {', '.join(names)} only")
    return checkpoint
