"""Bytes of a page or feed to text, in the order of the WHATWG: byte order mark, HTTP header, markup, default.

Rule 1: decoding never fails: what cannot be decoded becomes U+FFFD and is counted.
Rule 2: only the first 1024 bytes of markup are searched for a declaration, as the HTML Standard 13.2.3.2 says.
Rule 3: who reads rather than shows a page may see through a wrong declaration: the bytes themselves tell UTF-8.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from archivist.wire.labels import SINGLE_BYTE, Encoding, encoding_of

__all__ = ["Source", "Text", "decode_text", "read_text"]

Source = Literal["bom", "header", "meta", "default", "bytes"]
"""What decided; ``bytes``: what they are, against what was declared."""

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

_LANGUAGE = re.compile(
    rb"<html[^>]{0,500}?\s(?:xml:)?lang\s{0,9}=\s{0,9}[\"']?([a-zA-Z]{2,3}(?:-[a-zA-Z]{2,4})?)", re.IGNORECASE
)
_OF_LANGUAGE: Final = {
    language: encoding_of(label)
    for label, languages in {
        "windows-1250": "cs hr sk",
        "windows-1251": "az ba be bg kk ky mk ru sah sr tg tt uk",
        "windows-1254": "ku tr",
        "windows-1255": "he",
        "windows-1256": "ar fa",
        "windows-1257": "et lt lv",
        "windows-1258": "vi",
        "windows-874": "th",
        "iso-8859-2": "hu pl sl",
        "iso-8859-7": "el",
        "shift_jis": "ja",
        "euc-kr": "ko",
        "gbk": "zh zh-cn zh-hans zh-sg",
        "big5": "zh-hant zh-hk zh-tw",
    }.items()
    for language in languages.split()
}
"""HTML 13.2.3.2, step 9: what is meant where nothing is declared, by language."""
_HIGH: Final = bytes(range(0x80, 0x100))
_CERTAIN: Final = 3
"""Characters of several bytes from which on valid UTF-8 is no accident."""
_RARE: Final = 20
"""Well-formed characters for each damaged one, in a text that is UTF-8 all the same."""


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


def read_text(data: bytes, content_type: str | None) -> Text:
    """Return the body as text for reading: like ``decode_text``, but declarations that the bytes disprove are dropped.

    Args:
        data: the body, content codings undone.
        content_type: the value of the Content-Type field.
    """
    text = decode_text(data, content_type)
    if text.encoding == "utf-8":
        return text if not text.replaced or text.replaced <= _several_bytes(text) else _not_utf_8(data, content_type)
    if text.source == "bom":
        return text
    if text.encoding.startswith("utf-16") and b"\0" not in data[:_PRESCAN]:
        return read_text(data, None)
    utf_8 = _decoded(data, _UTF_8, "bytes")
    if _several_bytes(utf_8) >= max(_CERTAIN, _RARE * utf_8.replaced):
        return utf_8
    return (_of_language(data) or text) if text.source == "default" else text


def _several_bytes(text: Text) -> int:
    """Return how many characters of the text, which was read as UTF-8, are well-formed and of several bytes."""
    return len(text.text) - len(text.text.encode("ascii", "ignore")) - text.replaced


def _not_utf_8(data: bytes, content_type: str | None) -> Text:
    """Return the text of what was declared as UTF-8, but is not."""
    declared = (_from_header(content_type or ""), _from_markup(data[:_PRESCAN]))
    other = next((encoding for encoding in declared if encoding and encoding != _UTF_8), None)
    return _decoded(data, other, "bytes") if other else _of_language(data) or _decoded(data, _WINDOWS_1252, "bytes")


def _of_language(data: bytes) -> Text | None:
    """Return the text in the usual encoding of the language that the page names, where it can be that."""
    found = _LANGUAGE.search(data, 0, _PRESCAN)
    tag = found[1].decode().lower() if found else ""
    encoding = _OF_LANGUAGE.get(tag) or _OF_LANGUAGE.get(tag.partition("-")[0])
    text = _decoded(data, encoding, "bytes") if encoding else None
    return text if text and text.replaced * _RARE <= len(data) - len(data.translate(None, _HIGH)) else None


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
