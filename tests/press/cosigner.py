"""A witness on loopback, written from C2SP tlog-witness and tlog-cosignature and not from our code."""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.press.service import Service

__all__ = ["Cosigner"]

NAME = "witness.example/w1"


class Cosigner(Service):
    """Knows the keys of logs by origin, and remembers of each the last checkpoint that it cosigned."""

    def __init__(self) -> None:
        super().__init__()
        self._key = Ed25519PrivateKey.generate()
        self.logs: dict[str, str] = {}
        """Verifier key by origin."""
        self.seen: dict[str, tuple[int, bytes]] = {}
        self.seconds = 1_800_000_000
        self.change: Callable[[bytes], bytes] = lambda data: data

    @property
    def vkey(self) -> str:
        """To be handed out."""
        public = b"\x04" + self._key.public_key().public_bytes_raw()
        return f"{NAME}+{self._id().hex()}+{base64.b64encode(public).decode()}"

    def answer(self, path: str, body: bytes | None) -> tuple[int, str, bytes]:  # noqa: PLR0911  # one for each status
        """add-checkpoint."""
        if path != "/add-checkpoint" or body is None:
            return 404, "text/plain", b""
        head, _, checkpoint = body.partition(b"\n\n")
        text, _, signatures = checkpoint.rpartition(b"\n\n")
        text += b"\n"
        first, *proof = head.decode().split("\n")
        old = int(first.removeprefix("old "))
        origin, size, root = text.decode().split("\n")[:3]
        if origin not in self.logs:
            return 404, "text/plain", b"unknown log\n"
        if not self._is_signed(origin, text, signatures.decode()):
            return 403, "text/plain", b"no known signature\n"
        if old > int(size):
            return 400, "text/plain", b"old is larger\n"
        last, last_root = self.seen.get(origin, (0, hashlib.sha256().digest()))
        new_root = base64.b64decode(root)
        if old != last:
            return 409, "text/x.tlog.size", f"{last}\n".encode()
        if old == int(size) and new_root != last_root:
            return 409, "text/plain", b"another root\n"
        hashes = [base64.b64decode(line) for line in proof]
        if not _is_consistent(old, int(size), last_root, new_root, hashes):
            return 422, "text/plain", b"not consistent\n"
        self.seen[origin] = (int(size), new_root)
        return 200, "text/plain", self.change(self.line(text))

    def line(self, text: bytes) -> bytes:
        """A cosignature over this text."""
        message = f"cosignature/v1\ntime {self.seconds}\n".encode() + text
        signature = self._id() + struct.pack(">Q", self.seconds) + self._key.sign(message)
        return f"— {NAME} {base64.b64encode(signature).decode()}\n".encode()

    def _id(self) -> bytes:
        public = self._key.public_key().public_bytes_raw()
        return hashlib.sha256(NAME.encode() + b"\n\x04" + public).digest()[:4]

    def _is_signed(self, origin: str, text: bytes, signatures: str) -> bool:
        name, hex_id, key = self.logs[origin].split("+", 2)
        for line in signatures.splitlines():
            _, by, encoded = line.split(" ")
            data = base64.b64decode(encoded)
            if by == name and data[:4].hex() == hex_id:
                try:
                    Ed25519PublicKey.from_public_bytes(base64.b64decode(key)[1:]).verify(data[4:], text)
                except InvalidSignature:
                    return False
                return True
        return False


def _is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 2.1.4.2."""
    if old in {0, new}:
        return not proof and (old == 0 or old_root == new_root)
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = hashlib.sha256(b"\x01" + c + fr).digest(), hashlib.sha256(b"\x01" + c + sr).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = hashlib.sha256(b"\x01" + sr + c).digest()
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and sn == 0
