"""The header of a WARC record (ISO 28500:2017, WARC/1.1) as bytes and as a value.

Rule 1: what is written is legal for every peer: CRLF, UTF-8, no control characters, no field twice that may not be.
Rule 2: what is read is held to the same, whoever wrote it: a header that two readers could read in two ways is damage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from archivist.errors import BadWarc

__all__ = ["EXCHANGE", "Fault", "Fields", "RecordHeader", "WarcFault", "header_bytes", "parse_header"]

Fields = tuple[tuple[str, str], ...]

VERSION = "WARC/1.1"
EXCHANGE = "Archivist-Exchange"
"""A field of our own (WARC 1.1 4: extension fields)."""
# The drafts 0.17 and 0.18 differ in nothing that is read here; some writers use lower case throughout.
_VERSIONS = re.compile(rb"WARC/(?:1\.[01]|0\.1[78])", re.IGNORECASE)
# WARC 1.1 4: field-name is a token of RFC 2616 2.2.
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_CONTROLS = bytes([*range(9), *range(10, 32), 127])
_PLAIN_VERSIONS = frozenset({"WARC/1.0", "WARC/1.1"})
_PLAIN_LENGTH = 8 * 1024
_LENGTH = re.compile(r"[0-9]{1,18}")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MANDATORY = ("warc-type", "warc-record-id", "warc-date", "content-length")
# WARC 1.1 5.7: only WARC-Concurrent-To may be repeated; peers repeat the proposed WARC-Protocol as well.
_REPEATABLE = frozenset({"warc-concurrent-to", "warc-protocol"})


class Fault(StrEnum):
    """What is wrong with a record or with its place in the file."""

    TORN = "torn"
    """The file ends inside this member: recovery cuts at its offset."""
    GZIP = "gzip-damaged"
    """The gzip header, the deflate stream, the checksum or the size is wrong."""
    JUNK = "junk-between-members"
    """Bytes that begin neither a gzip member nor a record."""
    HEADER = "header-damaged"
    """The record header is not legal WARC."""
    LARGE = "header-too-large"
    """The record header is longer than the limit."""
    LENGTH = "content-length-wrong"
    """The member ends before the block that Content-Length promises."""
    TRAILER = "trailer-wrong"
    """The block is not followed by CRLF CRLF."""
    EXTRA = "more-than-one-record"
    """The member goes on after its record."""


class WarcFault(BadWarc):
    """A record is damaged: what, and at which offset of the file its member begins."""

    def __init__(self, code: Fault, offset: int, sentence: str) -> None:
        super().__init__(f"{code} at byte {offset}: {sentence}")
        self.code = code
        self.offset = offset


@dataclass(frozen=True, slots=True)
class RecordHeader:
    """The named fields of one record, in order, names as written."""

    fields: Fields
    version: str = VERSION
    _first: dict[str, str] = field(init=False, repr=False, compare=False)
    """The first value of each name, in lower case: a verifier asks a record for ten."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_first", {name.lower(): value for name, value in reversed(self.fields)})

    def get(self, name: str) -> str | None:
        """Return the value of the first field of that name, whatever its case, or None."""
        return self._first.get(name.lower())

    def get_all(self, name: str) -> tuple[str, ...]:
        """Return the values of all fields of that name, in order."""
        wanted = name.lower()
        return tuple(value for key, value in self.fields if key.lower() == wanted)

    @property
    def type(self) -> str:
        """WARC-Type, such as response; empty when missing."""
        return self._first.get("warc-type") or ""

    @property
    def record_id(self) -> str:
        """WARC-Record-ID without its angle brackets."""
        return _bare(self._first.get("warc-record-id"))

    @property
    def date(self) -> str:
        """WARC-Date as written."""
        return self._first.get("warc-date") or ""

    @property
    def content_length(self) -> int:
        """The length of the block in bytes."""
        return int(self._first.get("content-length") or 0)

    @property
    def content_type(self) -> str | None:
        """The media type of the block, as written."""
        return self._first.get("content-type")

    @property
    def target_uri(self) -> str | None:
        """WARC-Target-URI without the angle brackets that WARC/1.0 writers put around it."""
        value = self._first.get("warc-target-uri")
        return None if value is None else _bare(value)

    @property
    def concurrent_to(self) -> tuple[str, ...]:
        """The ids of the records made by the same capture, without angle brackets."""
        return tuple(_bare(value) for value in self.get_all("WARC-Concurrent-To"))

    @property
    def refers_to(self) -> str | None:
        """The id of the record this one is about, without angle brackets."""
        return _bare(self._first.get("warc-refers-to")) or None

    @property
    def block_digest(self) -> str | None:
        """WARC-Block-Digest as written, such as sha256:<hex>."""
        return self._first.get("warc-block-digest")

    @property
    def payload_digest(self) -> str | None:
        """WARC-Payload-Digest as written."""
        return self._first.get("warc-payload-digest")

    @property
    def exchange(self) -> str | None:
        """What archivist says of the exchange of a revisit, as JSON; of a response a metadata record says it."""
        return self.get(EXCHANGE)

    @property
    def truncated(self) -> str | None:
        """Why the block is shorter than what was sent, or None when it is whole."""
        return self._first.get("warc-truncated")


def header_bytes(fields: Fields) -> bytes:
    """Return the header of a WARC/1.1 record, its blank line included.

    Raises:
        BadWarc: a name is no token, or a value would not be read back as it is.
    """
    # Importing warcio costs 44 ms, which only those who write should pay.
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415

    for name, value in fields:
        if not _is_name(name):
            raise BadWarc(f"not a WARC field name: {name[:80]!r}")
        # Whatever is unwritable is not printable either, which is asked for far less.
        if value != value.strip() or (not value.isprintable() and _UNWRITABLE.search(value)):
            raise BadWarc(f"{name} cannot be written into a WARC header: {value[:80]!r}")
    written: bytes = StatusAndHeaders("", list(fields), protocol=VERSION).to_bytes()
    return written


@lru_cache(maxsize=128)
def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def parse_header(raw: bytes, *, offset: int) -> RecordHeader:
    """Read a complete record header, blank line included; ``offset`` is where its member begins, for the fault.

    Raises:
        WarcFault: HEADER, with the line.
    """
    if (plain := _plain(raw)) is not None:
        return plain
    version, *lines = _lines(raw, offset)
    pairs: list[tuple[str, str]] = []
    for line in lines:
        if line[:1] in {" ", "\t"} and pairs:
            name, value = pairs.pop()
            pairs.append((name, f"{value} {line.strip()}".strip()))
        else:
            name, colon, value = line.partition(":")
            if not colon or not _is_name(name):
                raise WarcFault(Fault.HEADER, offset, f"not a named field: {line[:80]!r}")
            pairs.append((name, value.strip(" \t")))
    _check_names([name.lower() for name, _ in pairs], offset)
    header = RecordHeader(tuple(pairs), version.upper())
    length = header.get("Content-Length") or ""
    if _LENGTH.fullmatch(length) is None:
        raise WarcFault(Fault.HEADER, offset, f"Content-Length is no length: {length[:40]!r}")
    return header


def _plain(raw: bytes) -> RecordHeader | None:
    """The same of a header in which nothing is odd, sooner; None where something may be."""
    if len(raw) > _PLAIN_LENGTH or not raw.isascii():
        return None
    version, *lines = raw[:-4].decode("ascii").split("\r\n")
    if version not in _PLAIN_VERSIONS or len(raw) - len(raw.translate(None, _CONTROLS)) != 2 * (len(lines) + 2):
        return None
    names, colons, values = zip(*[line.partition(":") for line in lines], strict=True) if lines else ((), (), ())
    if not all(colons) or not _are_plain(names):
        return None
    header = RecordHeader(tuple(zip(names, [value.strip(" \t") for value in values], strict=True)), version)
    return header if _LENGTH.fullmatch(header.get("Content-Length") or "") else None


@lru_cache(maxsize=128)
def _are_plain(names: tuple[str, ...]) -> bool:
    """Whether a record may have these fields, in one of the few orders in which writers put them."""
    lower = [name.lower() for name in names]
    return all(map(_is_name, names)) and len(set(lower)) == len(lower) and set(_MANDATORY) <= set(lower)


def _lines(raw: bytes, offset: int) -> list[str]:
    """The lines of a header, that of the version first."""
    lines = raw[:-4].split(b"\r\n")
    if _VERSIONS.fullmatch(lines[0]) is None:
        raise WarcFault(Fault.HEADER, offset, f"not a WARC version line: {lines[0][:40]!r}")
    joined = b"".join(lines)
    if b"\n" in joined:
        raise WarcFault(Fault.HEADER, offset, "a header line ends in LF alone")
    # Looked at once for all lines; which one it is matters only where there is damage.
    if not joined.isascii() or _CONTROL.search(joined):
        return [_text(line, offset) for line in lines]
    return [line.decode("ascii") for line in lines]


def _check_names(names: list[str], offset: int) -> None:
    for mandatory in _MANDATORY:
        if mandatory not in names:
            raise WarcFault(Fault.HEADER, offset, f"the record has no {mandatory}")
    if len(set(names)) < len(names):
        for name in names:
            if name not in _REPEATABLE and names.count(name) > 1:
                raise WarcFault(Fault.HEADER, offset, f"the field {name} stands there twice")


def _text(line: bytes, offset: int) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WarcFault(Fault.HEADER, offset, f"a header line is not UTF-8: {line[:80]!r}") from error
    if _CONTROL.search(line):
        raise WarcFault(Fault.HEADER, offset, f"a header line holds a control character: {line[:80]!r}")
    return text


def _bare(value: str | None) -> str:
    """Return the text without the angle brackets around it."""
    if value and value.startswith("<") and value.endswith(">"):
        return value[1:-1]
    return value or ""
