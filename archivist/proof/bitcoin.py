"""Block headers of Bitcoin, as a person hands them to us: what an OpenTimestamps proof is held against.

The file is text. Each line is the height of a block, a blank, and the 80 bytes of its header in hex; what follows a
``#`` is a remark. ``bitcoin-cli getblockheader "$(bitcoin-cli getblockhash HEIGHT)" false`` prints the hex.

Nothing here can tell whether a block is in the chain that everybody else has: that is what the person vouches for.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from archivist.errors import FormatError

__all__ = ["MAX_HEADERS", "BadHeader", "Header", "parse_headers"]

MAX_HEADERS: Final = 256 << 20
"""Bytes of a file of them; all of Bitcoin has a million blocks, of 170 characters each."""

_LINE = re.compile(r"([0-9]{1,9})\s+([0-9a-fA-F]{160})")


class BadHeader(FormatError):
    """A file of block headers has a line that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Of one block."""

    root: bytes
    """Of the Merkle tree over its transactions, in the order of the bytes in the header."""
    time: dt.datetime
    """As the miner has it; Bitcoin lets it be wrong by two hours."""
    hash: str
    """As people write it."""

    @classmethod
    def parse(cls, data: bytes) -> Header:
        """The header in its 80 bytes.

        Raises:
            BadHeader: its hash is not below the target that it names itself, so that no miner made it.
        """
        digest = hashlib.sha256(hashlib.sha256(data).digest()).digest()
        bits = int.from_bytes(data[72:76], "little")
        exponent, mantissa = bits >> 24, bits & 0x7FFFFF
        target = mantissa << 8 * (exponent - 3) if exponent >= 3 else mantissa >> 8 * (3 - exponent)
        if int.from_bytes(digest, "little") > target:
            raise BadHeader("no work stands behind it: a digit is wrong, or somebody made it up")
        seconds = int.from_bytes(data[68:72], "little")
        return cls(root=data[36:68], time=dt.datetime.fromtimestamp(seconds, dt.UTC), hash=digest[::-1].hex())


def parse_headers(data: bytes) -> dict[int, Header]:
    """The headers in a file, by height.

    Raises:
        BadHeader: a line is none; the message names it.
    """
    if len(data) > MAX_HEADERS:
        raise BadHeader(f"the file is larger than {MAX_HEADERS:,} bytes, which no headers are")
    found: dict[int, Header] = {}
    for number, line in enumerate(data.decode("latin-1").splitlines(), start=1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        parts = _LINE.fullmatch(said)
        if parts is None:
            raise BadHeader(f"line {number} is not HEIGHT and the 160 hex digits of a header")
        try:
            found[int(parts[1])] = Header.parse(bytes.fromhex(parts[2]))
        except BadHeader as error:
            raise BadHeader(f"line {number}, block {parts[1]}: {error}") from error
    return found
