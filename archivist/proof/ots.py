"""OpenTimestamps proofs (``.ots``): the way from a digest, by hashing, to what a calendar or a blockchain has written.

A proof is a tree. In each node stands a message; a step makes another message of it, an attestation says of it when
it was there. The format has no specification but its first implementation, python-opentimestamps, whose bounds are
kept. One proof has one spelling: reading it and writing it again gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from archivist.errors import FormatError

__all__ = [
    "MAX_REPLY",
    "Attestation",
    "BadOts",
    "Made",
    "OtsProof",
    "Step",
    "Timestamp",
    "attestations_in",
    "completed",
    "parse_reply",
]

MAX_REPLY: Final = 10_000
"""Bytes of a calendar's answer."""
MAX_PROOF: Final = 1 << 16
"""Bytes of a file; the largest of the published examples has 900."""

_MAGIC: Final = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
_VERSION: Final = 1
_MAX_MESSAGE: Final = 4096
_MAX_PAYLOAD: Final = 8192
_MAX_DEPTH: Final = 256
_MAX_URI: Final = 1000
_FORK: Final = 0xFF
_ATTESTATION: Final = 0x00
_APPEND: Final = 0xF0
_PREPEND: Final = 0xF1
_REVERSE: Final = 0xF2
_HEXLIFY: Final = 0xF3
_HASHES: Final[Mapping[int, tuple[str, int]]] = {
    0x02: ("sha1", 20),
    0x03: ("ripemd160", 20),
    0x08: ("sha256", 32),
    0x67: ("keccak256", 32),
}
"""Name and length of the digest, by tag."""
_SHA256: Final = 0x08
_PENDING: Final = bytes.fromhex("83dfe30d2ef90c8e")
_BITCOIN: Final = bytes.fromhex("0588960d73d71901")
_BLOCKS: Final = frozenset({_BITCOIN, bytes.fromhex("06869a0d73d71b45"), bytes.fromhex("30fe8087b5c7ead7")})
"""Bitcoin, Litecoin, Ethereum: what vouches is a block, named by its height."""
_URI = re.compile(rb"[A-Za-z0-9._/:-]*")


class BadOts(FormatError):
    """The bytes are no OpenTimestamps proof, or not the one that should stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """What vouches for a message; those of kinds that are not known here are kept as they are."""

    tag: bytes
    """8 bytes."""
    payload: bytes

    def to_bytes(self) -> bytes:
        """As it stands in a node."""
        return bytes([_ATTESTATION]) + self.tag + _sized(self.payload)

    @classmethod
    def pending(cls, uri: str) -> Attestation:
        """A calendar has the message and promises more."""
        return cls(tag=_PENDING, payload=_sized(uri.encode("ascii")))

    @classmethod
    def bitcoin(cls, height: int) -> Attestation:
        """The message is the root of a block's Merkle tree."""
        return cls(tag=_BITCOIN, payload=_number(height))

    @property
    def uri(self) -> str | None:
        """Of the calendar that promises more."""
        return _Bytes(self.payload).sized(_MAX_URI).decode("ascii") if self.tag == _PENDING else None

    @property
    def height(self) -> int | None:
        """Of the Bitcoin block."""
        return _Bytes(self.payload).number() if self.tag == _BITCOIN else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that is done to a message."""

    tag: int
    argument: bytes = b""

    def of(self, message: bytes | None) -> bytes | None:
        """What comes of it; None where that takes a hash function that is not here.

        Raises:
            BadOts: it comes to more than the format allows.
        """
        if message is None:
            return None
        made = _made(self, message)
        if made is not None and not 0 < len(made) <= _MAX_MESSAGE:
            raise BadOts("a step makes a message of a length that no proof has")
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A step, and what stands behind it."""

    step: Step
    node: Timestamp

    def to_bytes(self) -> bytes:
        """The step and all behind it."""
        argument = _sized(self.step.argument) if self.step.tag in {_APPEND, _PREPEND} else b""
        return bytes([self.step.tag]) + argument + self.node.to_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """A node: a message, who vouches for it, and what is made of it."""

    message: bytes | None
    """None where a step before it takes a hash function that is not here."""
    branches: tuple[Attestation | Made, ...]
    """In the order in which they stand."""

    def to_bytes(self) -> bytes:
        """The node and all behind it, without its message."""
        parts = [branch.to_bytes() for branch in self.branches]
        return b"".join(bytes([_FORK]) + part for part in parts[:-1]) + parts[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtsProof:
    """A file: the digest of what is stamped, and its proof."""

    timestamp: Timestamp
    hash: str = "sha256"
    """Of the file that is stamped."""

    def to_bytes(self) -> bytes:
        """The file."""
        tag = next(tag for tag, (name, _) in _HASHES.items() if name == self.hash)
        head = _MAGIC + _number(_VERSION) + bytes([tag]) + (self.timestamp.message or b"")
        return head + self.timestamp.to_bytes()

    @classmethod
    def parse(cls, data: bytes) -> OtsProof:
        """The proof in a file.

        Raises:
            BadOts: it is none, or of a version that is not known here.
        """
        if len(data) > MAX_PROOF:
            raise BadOts(f"a proof of {len(data)} bytes is larger than any")
        reader = _Bytes(data)
        if reader.take(len(_MAGIC)) != _MAGIC:
            raise BadOts("it does not begin as a proof does")
        if (version := reader.number()) != _VERSION:
            raise BadOts(f"it is a proof of version {version}, and {_VERSION} is known here")
        tag = reader.take(1)[0]
        if tag not in _HASHES:
            raise BadOts(f"the digest is of a kind that is not known: 0x{tag:02x}")
        name, length = _HASHES[tag]
        timestamp = _node(reader, reader.take(length), depth=_MAX_DEPTH)
        reader.end()
        return cls(timestamp=timestamp, hash=name)


def parse_reply(data: bytes, message: bytes) -> Timestamp:
    """What a calendar answers about a message.

    Raises:
        BadOts: it is no proof.
    """
    if len(data) > MAX_REPLY:
        raise BadOts(f"an answer of {len(data)} bytes is none of a calendar")
    reader = _Bytes(data)
    timestamp = _node(reader, message, depth=_MAX_DEPTH)
    reader.end()
    return timestamp


def attestations_in(timestamp: Timestamp) -> Iterator[tuple[bytes | None, Attestation]]:
    """All that is vouched for, each with its message."""
    for branch in timestamp.branches:
        if isinstance(branch, Attestation):
            yield timestamp.message, branch
        else:
            yield from attestations_in(branch.node)


def completed(timestamp: Timestamp, more: Timestamp) -> Timestamp:
    """The proof, with what a calendar has added to the message of a node in place of its promise."""
    branches = tuple(
        Made(step=branch.step, node=completed(branch.node, more)) if isinstance(branch, Made) else branch
        for branch in timestamp.branches
    )
    if timestamp.message is not None and timestamp.message == more.message:
        kept = (each for each in branches if isinstance(each, Made) or each.uri is None)
        branches = (*kept, *more.branches)
    return Timestamp(message=timestamp.message, branches=branches)


def _made(step: Step, message: bytes) -> bytes | None:
    match step.tag:
        case 0xF0:
            return message + step.argument
        case 0xF1:
            return step.argument + message
        case 0xF2:
            return message[::-1]
        case 0xF3:
            return message.hex().encode("ascii")
    name = _HASHES[step.tag][0]
    try:
        return hashlib.new(name, message).digest()
    except ValueError:
        return None  # not every openssl has the old ones, and none has keccak256


def _node(reader: _Bytes, message: bytes | None, *, depth: int) -> Timestamp:
    if not depth:
        raise BadOts("a proof is nested too deep")
    branches: list[Attestation | Made] = []
    is_last = False
    while not is_last:
        tag = reader.take(1)[0]
        is_last = tag != _FORK
        tag = tag if is_last else reader.take(1)[0]
        if tag == _ATTESTATION:
            branches.append(_attestation(reader))
            continue
        step = _read_step(reader, tag)
        branches.append(Made(step=step, node=_node(reader, step.of(message), depth=depth - 1)))
    return Timestamp(message=message, branches=tuple(branches))


def _read_step(reader: _Bytes, tag: int) -> Step:
    if tag in {_APPEND, _PREPEND}:
        argument = reader.sized(_MAX_MESSAGE)
        if not argument:
            raise BadOts("a step adds nothing")
        return Step(tag=tag, argument=argument)
    if tag in {_REVERSE, _HEXLIFY} or tag in _HASHES:
        return Step(tag=tag)
    raise BadOts(f"a step is of a kind that is not known: 0x{tag:02x}")


def _attestation(reader: _Bytes) -> Attestation:
    found = Attestation(tag=reader.take(8), payload=reader.sized(_MAX_PAYLOAD))
    payload = _Bytes(found.payload)
    if found.tag in _BLOCKS:
        payload.number()
        payload.end()
    if found.tag == _PENDING:
        if not _URI.fullmatch(payload.sized(_MAX_URI)):
            raise BadOts("a calendar has an address with a character that none has")
        payload.end()
    return found


def _number(value: int) -> bytes:
    """A variable-length number, seven bits a byte, the lowest first."""
    parts = [value & 0x7F]
    while value := value >> 7:
        parts.append(value & 0x7F)
    return bytes([*(part | 0x80 for part in parts[:-1]), parts[-1]])


def _sized(data: bytes) -> bytes:
    return _number(len(data)) + data


class _Bytes:
    """Bytes that are read from the front."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        found = self._data[self._at : self._at + count]
        if len(found) < count:
            raise BadOts("the proof is cut short")
        self._at += count
        return found

    def number(self) -> int:
        value = 0
        for shift in range(0, 63, 7):
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if not byte & 0x80:
                if not byte and shift:
                    raise BadOts("a number is not in its shortest form")
                return value
        raise BadOts("a number is larger than any")

    def sized(self, most: int) -> bytes:
        length = self.number()
        if length > most:
            raise BadOts(f"{length} bytes stand where {most} may")
        return self.take(length)

    def end(self) -> None:
        if self._at != len(self._data):
            raise BadOts("something stands behind the proof")
