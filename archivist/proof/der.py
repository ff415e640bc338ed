"""Reading DER (ITU-T X.690 10): as much of it as time-stamp tokens need, over bytes that may be anybody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from archivist.errors import FormatError

__all__ = ["GENERALIZED_TIME", "INTEGER", "OCTET_STRING", "OID", "SEQUENCE", "SET", "BadDer", "Der", "encode"]

SEQUENCE: Final = 0x30
SET: Final = 0x31
INTEGER: Final = 0x02
OCTET_STRING: Final = 0x04
OID: Final = 0x06
GENERALIZED_TIME: Final = 0x18
MAX_CHILDREN: Final = 1_000
"""Of one value; a token has a dozen."""


class BadDer(FormatError):
    """The bytes are not DER, or not the values that should stand there."""


@dataclass(frozen=True, slots=True)
class Der:
    """One value: its tag, its content, and the whole of it."""

    tag: int
    """The identifier octet; tags of more than one octet are refused, for no format of ours has any."""
    content: bytes
    encoded: bytes
    """Tag, length and content."""

    @classmethod
    def parse(cls, data: bytes) -> Der:
        """The one value that the bytes are.

        Raises:
            BadDer: they are not one value.
        """
        value, end = _read(data, 0)
        if end != len(data):
            raise BadDer(f"{len(data) - end} bytes stand behind the value")
        return value

    def children(self) -> tuple[Der, ...]:
        """The values in a constructed one, in their order.

        Raises:
            BadDer: the content is not a run of values.
        """
        found: list[Der] = []
        at = 0
        while at < len(self.content):
            if len(found) == MAX_CHILDREN:
                raise BadDer(f"more than {MAX_CHILDREN} values in one")
            value, at = _read(self.content, at)
            found.append(value)
        return tuple(found)

    def expect(self, tag: int) -> Der:
        """This value, which has the tag.

        Raises:
            BadDer: it has another one.
        """
        if self.tag != tag:
            raise BadDer(f"a value has the tag 0x{self.tag:02x} where 0x{tag:02x} should be")
        return self

    def fields(self, tag: int, *, least: int) -> tuple[Der, ...]:
        """The children of a value that has the tag and that many of them at least.

        Raises:
            BadDer: it has not.
        """
        found = self.expect(tag).children()
        if len(found) < least:
            raise BadDer(f"a value has {len(found)} parts, and should have {least}")
        return found

    def integer(self) -> int:
        """The number.

        Raises:
            BadDer: it is none, or not written in the one way.
        """
        data = self.expect(INTEGER).content
        if not data or (len(data) > 1 and data[0] in {0x00, 0xFF} and (data[0] ^ data[1]) < 0x80):
            raise BadDer("an integer is not in its shortest form")
        return int.from_bytes(data, "big", signed=True)

    def oid(self) -> str:
        """The object identifier in dotted form.

        Raises:
            BadDer: it is none.
        """
        data = self.expect(OID).content
        if not data or data[-1] & 0x80 or len(data) > 60:
            raise BadDer("an object identifier is cut short or too long")
        numbers: list[int] = []
        value = 0
        for byte in data:
            value = value << 7 | byte & 0x7F
            if not byte & 0x80:
                numbers.append(value)
                value = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def encode(tag: int, content: bytes) -> bytes:
    """The value in DER (X.690 8.1.3, 10.1)."""
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def _read(data: bytes, at: int) -> tuple[Der, int]:
    """The value that begins there, and where it ends."""
    if at + 2 > len(data):
        raise BadDer("a value is cut short")
    tag, length, start = data[at], data[at + 1], at + 2
    if tag & 0x1F == 0x1F:
        raise BadDer("a tag has more than one octet")
    if length >= 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[start : start + count], "big")
        start += count
        # X.690 10.1: definite, and with as few octets as possible.
        if not 1 <= count <= 4 or length < 0x80 or length >> 8 * (count - 1) == 0:
            raise BadDer("a length is not in the form that DER has")
    end = start + length
    if end > len(data):
        raise BadDer("a value is cut short")
    return Der(tag, data[start:end], data[at:end]), end
