"""Bytes of a page or feed to text, in the order of the WHATWG: byte order mark, HTTP header, markup, default.

Rule 1: decoding never fails: what cannot be decoded becomes U+FFFD and is counted.
Rule 2: only the first 1024 bytes of markup are searched for a declaration, as the HTML Standard 13.2.3.2 says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from archivist.wire.labels import SINGLE_BYTE, Encoding, encoding_of

__all__ = ["Source", "Text", "decode_text"]

Source = Literal["bom", "header", "meta", "default"]

_PRESCAN: Final = 1024
_UTF_8: Final = Encoding("utf-8", "utf-8")
_WINDOWS_1252: Final = Encoding("windows-1252", "cp1252")
_BOMS: Final = (
    (b"\xef\xbb\xbf", _UTF_8),
    (b"\xfe\xff", Encoding("utf-16be", "utf-16-be")),
    (b"\xff\xfe", Encoding("utf-16le", "utf-16-le")),
)
_HEADER = re.compile(r";[ \t]*charset=(?:\"((?:[^\"\\]|\\.)*)\"?|([^;\"]*))", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')[^>]*>")
# HTML 13.2.3.2: what may stand at a "<"; other markup than meta is passed over whole.
_MARKUP = re.compile(
    rb"<!--(?:>|->|.*?-->)"
    rb"|<(?P<meta>meta)(?=[\t\n\f\r /])"
    rb"|<(?P<tag>/?[a-z][^\t\n\f\r >]*)"
    rb"|<[!/?][^>]*>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*(?P<name>[^\t\n\f\r />][^\t\n\f\r />=]*)"
    rb"(?:[\t\n\f\r ]*=[\t\n\f\r ]*"
    rb"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\t\n\f\r >\"'][^\t\n\f\r >]*)?))?"
)
_CONTENT = re.compile(
    rb"charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r ;\"'][^\t\n\f\r ;]*))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Text:
    """A body as text, with what decided the encoding."""

    text: str
    encoding: str
    """The name in the WHATWG Encoding Standard, lower case."""
    source: Source
    replaced: int
    """How many U+FFFD stand for bytes that could not be decoded."""


def decode_text(data: bytes, content_type: str | None) -> Text:
    """Return the body as text; the byte order mark is no part of it.

    Args:
        data: the body, content codings undone.
        content_type: the value of the Content-Type field.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding, "bom")
    if sent := _from_header(content_type or ""):
        return _decoded(data, sent, "header")
    if declared := _from_markup(data[:_PRESCAN]):
        return _decoded(data, declared, "meta")
    return _decoded(data, _UTF_8 if _is_utf_8(data) else _WINDOWS_1252, "default")


def _decoded(data: bytes, encoding: Encoding, source: Source) -> Text:
    if encoding.codec in SINGLE_BYTE:
        text, _ = codecs.charmap_decode(data, "replace", _table(encoding.codec))
        return Text(text, encoding.name, source, text.count("\ufffd"))
    try:
        return Text(data.decode(encoding.codec), encoding.name, source, 0)
    except UnicodeDecodeError:
        text = data.decode(encoding.codec, "replace")
    sent = data.count(b"\xef\xbf\xbd") if encoding == _UTF_8 else 0
    return Text(text, encoding.name, source, text.count("\ufffd") - sent)


@cache
def _table(codec: str) -> str:
    """Return the 256 characters of a single-byte codec; undefined bytes below 0xA0 are C1 controls (Encoding 9)."""
    signs = []
    for value in range(256):
        sign = bytes([value]).decode(codec, "replace")
        signs.append(chr(value) if sign == "\ufffd" and value < 0xA0 else sign)
    return "".join(signs).replace("\ufffd", "\ufffe")


def _is_utf_8(data: bytes) -> bool:
    """Whether this is UTF-8; a cut last character is forgiven where others show what it is."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and not data[: error.start].isascii()
    return True


def _from_header(content_type: str) -> Encoding | None:
    found = _HEADER.search(content_type)
    return encoding_of(found.group(1) or found.group(2) or "") if found else None


def _from_markup(start: bytes) -> Encoding | None:
    """Prescan the first bytes (HTML 13.2.3.2); an XML declaration counts only when no meta does."""
    if start.startswith(b"<\0?\0x\0"):
        return encoding_of("utf-16le")
    if start.startswith(b"\0<\0?\0x"):
        return encoding_of("utf-16be")
    declared = (_meta_encoding(attributes) for attributes in _metas(start))
    found = next(filter(None, declared), None)
    if found is None and (xml := _XML.match(start)):
        found = _label(xml.group(1) or xml.group(2) or b"")
    return found


def _metas(start: bytes) -> Iterator[dict[bytes, bytes]]:
    at = 0
    while found := _MARKUP.search(start, at):
        at = found.end()
        if found.group("meta") or found.group("tag"):
            attributes, at = _attributes(start, at)
            if found.group("meta"):
                yield attributes


def _attributes(start: bytes, at: int) -> tuple[dict[bytes, bytes], int]:
    """Return the attributes that stand there, the first of each name, and where they end."""
    attributes: dict[bytes, bytes] = {}
    while found := _ATTRIBUTE.match(start, at):
        value = found.group("double") or found.group("single") or found.group("bare") or b""
        attributes.setdefault(found.group("name").lower(), value)
        at = found.end()
    return attributes, at


def _meta_encoding(attributes: dict[bytes, bytes]) -> Encoding | None:
    if b"charset" in attributes:
        return _label(attributes[b"charset"])
    if attributes.get(b"http-equiv", b"").lower() != b"content-type":
        return None
    found = _CONTENT.search(attributes.get(b"content", b""))
    return _label(found.group(1) or found.group(2) or found.group(3) or b"") if found else None


def _label(label: bytes) -> Encoding | None:
    """Return the encoding declared in markup; UTF-16 there is a lie, for the markup itself was readable as ASCII."""
    encoding = encoding_of(label.decode("latin-1"))
    return _UTF_8 if encoding and encoding.name.startswith("utf-16") else encoding
