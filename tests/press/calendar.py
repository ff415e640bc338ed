"""An OpenTimestamps calendar on loopback, made of the reference implementation, and a blockchain of its own."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from typing import Any

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

from tests.press.service import Service

__all__ = ["Calendar", "header", "written"]


class Calendar(Service):
    """Promises at once; when ``height`` is set, the block of that height has all."""

    def __init__(self) -> None:
        super().__init__()
        self.height: int | None = None
        self.change: Callable[[bytes], bytes] = lambda data: data
        self.status = 200
        self.is_slow = False
        self.roots: dict[int, bytes] = {}
        """Of the blocks, by height."""
        self._known: set[bytes] = set()

    def answer(self, path: str, body: bytes | None) -> tuple[int, str, bytes]:
        """As a calendar does."""
        if self.is_slow:
            self.delay.wait(30)
        if path == "/digest" and body is not None:
            return self.status, "application/octet-stream", self.change(self._promise(body))
        commitment = bytes.fromhex(path.removeprefix("/timestamp/"))
        if self.height is None or commitment not in self._known:
            return 404, "text/plain", b"Pending confirmation in Bitcoin blockchain"
        return self.status, "application/octet-stream", self.change(self._mined(commitment, self.height))

    def header(self, height: int) -> str:
        """A line of a file of headers."""
        return f"{height} {header(self.roots[height]).hex()}\n"

    def _promise(self, digest: bytes) -> bytes:
        stamp = Timestamp(digest)
        end = stamp.ops.add(OpAppend(b"\x07" * 16)).ops.add(OpSHA256())
        end.attestations.add(PendingAttestation(self.url))
        self._known.add(end.msg)
        return written(stamp)

    def _mined(self, commitment: bytes, height: int) -> bytes:
        stamp = Timestamp(commitment)
        end = stamp.ops.add(OpPrepend(b"\x01" * 40)).ops.add(OpSHA256()).ops.add(OpSHA256())
        end.attestations.add(BitcoinBlockHeaderAttestation(height))
        self.roots[height] = end.msg
        return written(stamp)


def written(stamp: Any) -> bytes:
    """What the reference implementation writes."""
    context = BytesSerializationContext()
    stamp.serialize(context)
    return bytes(context.getbytes())


def header(root: bytes, *, seconds: int = 1_800_000_000) -> bytes:
    """A block header with this Merkle root, with as little work as the easiest target asks for."""
    for nonce in range(1 << 20):
        made = struct.pack("<I32s32sIII", 4, bytes(32), root, seconds, 0x207FFFFF, nonce)
        digest = hashlib.sha256(hashlib.sha256(made).digest()).digest()
        if int.from_bytes(digest, "little") < 0x7FFFFF << 8 * 29:
            return made
    raise AssertionError
