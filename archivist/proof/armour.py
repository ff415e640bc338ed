"""Bytes and numbers as they stand in the text files of C2SP: one spelling each, every other one refused."""

from __future__ import annotations

import base64
import binascii
import re

from archivist.errors import BadNote

__all__ = ["decode_base64", "encode_base64", "parse_decimal"]

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
"""At most 19 digits: a tree size or an index fits 63 bits by far."""


def encode_base64(data: bytes) -> str:
    """Standard Base 64 with padding (RFC 4648 4)."""
    return base64.b64encode(data).decode("ascii")


def decode_base64(text: str) -> bytes:
    """The bytes whose standard Base 64 is exactly ``text``.

    Raises:
        BadNote: a character, the padding or a trailing bit is not what ``encode_base64`` would write.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote(f"not base64: {text[:60]!r}") from error
    if encode_base64(data) != text:  # RFC 4648 3.5: other trailing bits would be a second spelling
        raise BadNote(f"base64 is not in its canonical form: {text[:60]!r}")
    return data


def parse_decimal(text: str) -> int:
    """The number that ``text`` writes in ASCII digits without leading zeros.

    Raises:
        BadNote: it is no such number, or has more than 19 digits.
    """
    if _DECIMAL.fullmatch(text) is None:
        raise BadNote(f"not a decimal number: {text[:30]!r}")
    return int(text)
