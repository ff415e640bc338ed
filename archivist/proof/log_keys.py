"""Which key signs a log, and how one key follows another: a change is a note that both the old and the new key sign.

    archivist key change v1
    archivist/499553e8-db6a-4350-9d16-78efc4df54a7        the log
    archivist/499553e8-…+f7925284+AeJM…                   the key that signed so far
    archivist/499553e8-…+1c0f3a77+AX2b…                   the key that signs from now on
    42                                                    entries of the log that the old key has signed

The old key signs checkpoints up to that size, the new one all that are larger. So whoever knows the first key, or any
of them, knows the others by the notes alone; and a key that was changed cannot sign a longer log any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from archivist.errors import BadNote, FormatError
from archivist.proof.armour import parse_decimal
from archivist.proof.checkpoint import Checkpoint, open_checkpoint
from archivist.proof.note import Note, NoteSignature, VerifierKey, parse_note, verify_note
from archivist.proof.signing import SignatureFailed, SigningKey

__all__ = ["KEY", "KeyChange", "LogKeys", "linked", "open_signed", "sign_change"]

KEY: Final = "key"
"""Kind of the events that hold a change."""

_HEAD: Final = "archivist key change v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """One key follows another, and both say so."""

    old: VerifierKey
    new: VerifierKey
    size: int
    """Entries of the log that the old key has signed."""
    note: bytes
    """As it was signed."""

    @classmethod
    def parse(cls, note: bytes) -> Self:
        """The change in a note, signed by both keys.

        Raises:
            BadNote: the bytes are no such note, or not in their one spelling.
            SignatureFailed: one of the keys has not signed it.
        """
        parsed = parse_note(note)
        lines = parsed.text.split("\n")
        if len(lines) != 6 or lines[0] != _HEAD or lines[5]:
            raise BadNote("this is no change of a key")
        old, new = VerifierKey.parse(lines[2]), VerifierKey.parse(lines[3])
        if not old.name == new.name == lines[1] or old == new:
            raise BadNote("the keys are not two keys of this log")
        if parsed.to_bytes() != note or [each.key_id for each in parsed.signatures] != [old.key_id, new.key_id]:
            raise BadNote("a change of a key has two signatures, that of the old key first")
        for key in (old, new):
            verify_note(parsed, [key])
        return cls(old=old, new=new, size=parse_decimal(lines[4]), note=note)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogKeys:
    """The keys of one log, one after the other."""

    first: VerifierKey
    changes: tuple[KeyChange, ...] = ()
    """Each begins with the key that the one before it has brought, and at no smaller size."""

    @property
    def newest(self) -> VerifierKey:
        """Which signs now."""
        return self.changes[-1].new if self.changes else self.first

    @property
    def all(self) -> tuple[VerifierKey, ...]:
        """In the order in which they signed."""
        return (self.first, *(change.new for change in self.changes))

    def until(self, size: int) -> tuple[KeyChange, ...]:
        """The changes before a checkpoint of this size."""
        return tuple(change for change in self.changes if change.size < size)

    def at(self, size: int) -> VerifierKey:
        """Which signs a checkpoint of this size."""
        changes = self.until(size)
        return changes[-1].new if changes else self.first


def sign_change(old: SigningKey, new: SigningKey, *, name: str, size: int) -> KeyChange:
    """The change, signed by both keys.

    Args:
        old: the key that signed so far.
        new: the key that signs from now on.
        name: of the log.
        size: entries that the old key has signed.
    """
    keys = [VerifierKey.of(name, each) for each in (old, new)]
    text = "".join(f"{line}\n" for line in (_HEAD, name, *keys, size))
    signatures = tuple(
        NoteSignature(name=key.name, key_id=key.key_id, signature=each.sign(text.encode()))
        for key, each in zip(keys, (old, new), strict=True)
    )
    return KeyChange.parse(Note(text=text, signatures=signatures).to_bytes())


def linked(first: VerifierKey, changes: Iterable[KeyChange]) -> LogKeys:
    """The keys that lead on from the first.

    Raises:
        BadNote: a change leads on from none of them, or two from the same one.
    """
    left = list(changes)
    found: list[KeyChange] = []
    while left:
        current = found[-1].new if found else first
        following = [change for change in left if change.old == current]
        if len(following) != 1:
            raise BadNote(
                f"two changes of the key lead on from {current}"
                if following
                else f"a change of the key leads on from {left[0].old}, which is not a key of this log before"
            )
        if found and following[0].size < found[-1].size:
            raise BadNote("the changes of the key are not in the order of the log")
        found += following
        left.remove(following[0])
    return LogKeys(first=first, changes=tuple(found))


def open_signed(note: bytes, keys: LogKeys | VerifierKey) -> Checkpoint:
    """The checkpoint in a note, signed by that key of its log which signs at its size.

    Raises:
        BadNote: the bytes are no signed note, or its text is no checkpoint.
        SignatureFailed: the log has not signed it.
    """
    if isinstance(keys, VerifierKey):
        return open_checkpoint(note, [keys])
    size = Checkpoint.parse(parse_note(note).text).size
    try:
        return open_checkpoint(note, [keys.at(size)])
    except SignatureFailed as error:
        others = [each for each in keys.all if each != keys.at(size) and _has_signed(note, each)]
        if others:
            raise SignatureFailed(
                f"a checkpoint of {size} entries is signed by a key that did not sign then"
            ) from error
        raise


def _has_signed(note: bytes, key: VerifierKey) -> bool:
    try:
        open_checkpoint(note, [key])
    except FormatError:
        return False
    return True
