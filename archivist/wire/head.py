"""The head of an HTTP/1.x message: start line and field lines, read as tolerantly as browsers read them.

Rule 1: this module sees one complete head (its blank line included) and knows nothing of bodies.
Rule 2: nothing is repaired silently: whatever is odd leaves a note, and the raw bytes stay with the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archivist.errors import BadHttp

__all__ = ["END_OF_HEAD", "Field", "RequestHead", "ResponseHead", "first_value", "parse_request", "parse_response"]

# RFC 9112 2.2: "a recipient MAY recognize a single LF as a line terminator and ignore any preceding CR".
END_OF_HEAD = re.compile(rb"\n\r?\n")
_STATUS_LINE = re.compile(r"(HTTP/[0-9]+(?:\.[0-9]+)?)[ \t]+([0-9]{3})(?![0-9])[ \t]*(.*)", re.IGNORECASE | re.DOTALL)
_VERSION = re.compile(r"HTTP/[0-9]+(?:\.[0-9]+)?", re.IGNORECASE)
_CONTROL = bytes({*range(32), 127} - {*b"\t\r\n"})
_SPACE = " \t\r"


@dataclass(frozen=True, slots=True)
class Field:
    """One header field, as Latin-1 text of the bytes received."""

    name: str
    """As sent, without the space around it."""
    value: str
    """Without the space around it; a folded value is joined with single spaces."""


def first_value(fields: tuple[Field, ...], name: str) -> str | None:
    """Return the value of the first field of that name, whatever its case, or None."""
    wanted = name.lower()
    for field in fields:
        if field.name.lower() == wanted:
            return field.value
    return None


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """The status line and the fields of a response."""

    version: str
    """Upper case, such as HTTP/1.1."""
    status: int
    """Three digits as sent: 999 is kept."""
    reason: str
    """Latin-1 text; empty when missing."""
    fields: tuple[Field, ...]

    def get(self, name: str) -> str | None:
        """Return the value of the first field of that name, whatever its case, or None."""
        return first_value(self.fields, name)

    def get_all(self, name: str) -> tuple[str, ...]:
        """Return the values of all fields of that name, in the order received."""
        wanted = name.lower()
        return tuple([field.value for field in self.fields if field.name.lower() == wanted])


@dataclass(frozen=True, slots=True)
class RequestHead:
    """The request line and the fields of a request."""

    method: str
    target: str
    """As sent: a path, or a whole URL towards a proxy."""
    version: str
    fields: tuple[Field, ...]

    def get(self, name: str) -> str | None:
        """Return the value of the first field of that name, whatever its case, or None."""
        return first_value(self.fields, name)


def parse_response(raw: bytes) -> tuple[ResponseHead, tuple[str, ...]]:
    """Read one complete response head; the second value holds the notes.

    Raises:
        BadHttp: the first line is no status line.
    """
    start, *lines = _lines(raw)
    found = _STATUS_LINE.fullmatch(start)
    if found is None:
        raise BadHttp(f"not an HTTP status line: {start[:80]!r}")
    notes = dict.fromkeys(_byte_notes(raw))
    version, status, reason = found.groups()
    if version != version.upper():
        notes["lower-case-version"] = None
    fields = _fields(lines, notes)
    return ResponseHead(version.upper(), int(status), reason.strip(_SPACE), fields), tuple(notes)


def parse_request(raw: bytes) -> RequestHead:
    """Read one complete request head.

    Raises:
        BadHttp: the first line is no request line.
    """
    start, *lines = _lines(raw)
    # RFC 9112 3: method SP request-target SP HTTP-version; a target with spaces in it is taken whole, as browsers do.
    method, _, rest = start.partition(" ")
    target, _, version = rest.rstrip(_SPACE).rpartition(" ")
    if not method or not target.strip(_SPACE) or _VERSION.fullmatch(version) is None:
        raise BadHttp(f"not an HTTP request line: {start[:80]!r}")
    return RequestHead(method, target.strip(_SPACE), version.upper(), _fields(lines, {}))


def _lines(raw: bytes) -> list[str]:
    return [line.rstrip("\r") for line in raw.decode("latin-1").rstrip("\r\n").split("\n")]


def _byte_notes(raw: bytes) -> list[str]:
    notes = []
    line_ends = raw.count(b"\r\n")
    if raw.count(b"\n") != line_ends:
        notes.append("lf-only")
    if raw.count(b"\r") != line_ends or len(raw.translate(None, _CONTROL)) != len(raw):
        notes.append("control-byte")
    return notes


def _fields(lines: list[str], notes: dict[str, None]) -> tuple[Field, ...]:
    """Return the fields; a line without a colon or without a name is kept out and noted."""
    pairs: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.startswith((" ", "\t")):
            # RFC 9112 5.2: obs-fold. What continues no line at all is kept in the throw-away pair.
            notes["obs-fold"] = None
            (pairs[-1][1] if pairs else []).append(line.strip(_SPACE))
            continue
        name, colon, value = line.partition(":")
        bare = name.rstrip(_SPACE)
        if not colon or not bare:
            notes["no-name" if colon else "no-colon"] = None
            bare = ""
        elif bare != name:
            notes["space-before-colon"] = None
        pairs.append((bare, [value.strip(_SPACE)]))
    return tuple(
        [
            Field(name, values[0] if len(values) == 1 else " ".join(filter(None, values)))
            for name, values in pairs
            if name
        ]
    )
