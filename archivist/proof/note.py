"""Signed notes (C2SP signed-note): a text, a blank line, and one line for each signature; and the keys that check them.

Rule 1: the text of a note means nothing until ``verify_note`` has returned.
Rule 2: only Ed25519 (signature type 0x01) is checked; signatures of other types are kept and ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NewType, Self

from archivist.errors import BadNote
from archivist.proof.armour import decode_base64, encode_base64
from archivist.proof.signing import PUBLIC_LENGTH, SignatureFailed, verify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.proof.signing import SigningKey

__all__ = [
    "ED25519",
    "MAX_NOTE",
    "KeyName",
    "Note",
    "NoteSignature",
    "VerifierKey",
    "check_name",
    "key_id",
    "parse_note",
    "parse_signature",
    "sign_note",
    "verify_note",
]

KeyName = NewType("KeyName", str)
"""Who signs, best as a URL without scheme: ``example.org/log``."""

ED25519: Final = 0x01
"""The signature type byte of plain Ed25519 (C2SP signed-note, signature types)."""

MAX_NOTE: Final = 1024 * 1024
"""Bytes of one note; a checkpoint with twenty post-quantum cosignatures has a tenth."""

MAX_SIGNATURES: Final = 100
"""C2SP signed-note: verifiers SHOULD apply a maximum, but MUST accept at least up to 16."""

_ID_LENGTH: Final = 4
_DASH: Final = "\N{EM DASH} "
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
"""C2SP signed-note: MUST be valid UTF-8 and MUST NOT contain any ASCII control characters other than newline."""

_HEX_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """A public key with the name under which it signs; two are the same key only if name and key are."""

    name: KeyName
    public: bytes
    """32 bytes, Ed25519."""

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public) != PUBLIC_LENGTH:
            raise BadNote(f"public key of {self.name} is {len(self.public)} bytes long, not {PUBLIC_LENGTH}")

    @classmethod
    def of(cls, name: str, key: SigningKey) -> Self:
        """The public half of a key that signs under this name."""
        return cls(name=KeyName(name), public=key.public_bytes())

    @property
    def key_id(self) -> bytes:
        """The 4 bytes that name this key in a signature line."""
        return key_id(self.name, self.public)

    def __str__(self) -> str:
        """The key as one line to hand out (vkey): name, key id in hex, type and key in base64."""
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([ED25519]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that ``str`` of it wrote.

        Raises:
            BadNote: the text is no vkey, its key id belongs to another key, or the type is not Ed25519.
        """
        parts = text.split("+", 2)  # base64 may hold a plus, a name may not
        if len(parts) != 3 or _HEX_ID.fullmatch(parts[1]) is None:
            raise BadNote(f"not a verifier key: {text[:80]!r}")
        name, hex_id, encoded = parts
        typed = decode_base64(encoded)
        if typed[:1] != bytes([ED25519]):
            raise BadNote(f"verifier key of {name[:60]!r} is not of the Ed25519 type")
        key = cls(name=KeyName(name), public=typed[1:])
        if key.key_id.hex() != hex_id:
            raise BadNote(f"verifier key of {name} has the key id {hex_id}, which belongs to another key")
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignature:
    """One signature line, not yet checked."""

    name: KeyName
    key_id: bytes
    """4 bytes."""
    signature: bytes
    """What the algorithm of the key made; 64 bytes for Ed25519."""

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {encode_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text and its signatures, as read; nothing is proved yet."""

    text: str
    """With its final newline, without the blank line that follows."""
    signatures: tuple[NoteSignature, ...]

    def to_bytes(self) -> bytes:
        """The note as a file; ``parse_note`` gives an equal note back."""
        return f"{self.text}\n{''.join(map(str, self.signatures))}".encode()


def key_id(name: str, public: bytes, *, algorithm: int = ED25519) -> bytes:
    """SHA-256(key name || 0x0A || signature type || public key)[:4] (C2SP signed-note, signatures)."""
    return sha256(name.encode() + b"\n" + bytes([algorithm]) + public).digest()[:_ID_LENGTH]


def sign_note(text: str, *, name: str, key: SigningKey) -> bytes:
    """The note of ``text`` with one signature, by ``key`` under this name.

    Raises:
        BadNote: the text does not end in a newline or holds a control character, or the name is no key name.
    """
    signer = VerifierKey.of(name, key)
    _check_text(text)
    signature = NoteSignature(name=signer.name, key_id=signer.key_id, signature=key.sign(text.encode()))
    return Note(text=text, signatures=(signature,)).to_bytes()


def parse_note(data: bytes) -> Note:
    """The text and the signature lines of a note; no signature is checked.

    Raises:
        BadNote: the bytes are no signed note.
    """
    if len(data) > MAX_NOTE:
        raise BadNote(f"note of {len(data)} bytes exceeds the limit of {MAX_NOTE}")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadNote(f"note is not UTF-8 at byte {error.start}") from error
    # "the text is separated from the signatures by the last empty line in the note"
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise BadNote("note has no blank line followed by whole signature lines")
    text += "\n"
    _check_text(text)
    signatures = lines[:-1].split("\n")
    if len(signatures) > MAX_SIGNATURES:
        raise BadNote(f"note has {len(signatures)} signatures, more than {MAX_SIGNATURES}")
    return Note(text=text, signatures=tuple(map(parse_signature, signatures)))


def verify_note(note: Note, keys: Iterable[VerifierKey]) -> tuple[KeyName, ...]:
    """The names of those ``keys`` that have signed the text, in the order of the note; at least one.

    Signatures by unknown keys are ignored; every signature by a known key must be right.

    Raises:
        SignatureFailed: a signature by a known key is wrong, or no known key has signed.
    """
    known = {(key.name, key.key_id): key for key in keys}
    text = note.text.encode()
    verified: dict[KeyName, None] = {}
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        try:
            verify(key.public, text, signature=line.signature)
        except SignatureFailed as error:
            raise SignatureFailed(f"signature of {line.name} is not over this text") from error
        verified[line.name] = None
    if not verified:
        raise SignatureFailed("no known key has signed this note")
    return tuple(verified)


def parse_signature(line: str) -> NoteSignature:
    """One signature line, without its newline; not yet checked.

    Raises:
        BadNote: it is none.
    """
    if not line.startswith(_DASH):
        raise BadNote(f"not a signature line: {line[:80]!r}")
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    check_name(name)
    data = decode_base64(encoded)
    if len(data) <= _ID_LENGTH:
        raise BadNote(f"signature of {name} is too short")
    return NoteSignature(name=KeyName(name), key_id=data[:_ID_LENGTH], signature=data[_ID_LENGTH:])


def _check_text(text: str) -> None:
    if not text.endswith("\n"):
        raise BadNote("text of a note does not end in a newline")
    if forbidden := _FORBIDDEN.search(text):
        raise BadNote(f"text of a note holds the forbidden character U+{ord(forbidden[0]):04X}")


def check_name(name: str) -> None:
    """Return for a name that a key may have.

    C2SP signed-note: key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus characters.

    Raises:
        BadNote: it may not.
    """
    if not name or "+" in name or _FORBIDDEN.search(name) or any(map(str.isspace, name)):
        raise BadNote(f"not a key name: {name[:60]!r}")
