"""What only the bytes of a PDF file tell: whether it is whole, how often it was added to, its XMP, who signed.

Cited sections are those of ISO 32000-1:2008 (PDF 1.7).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from archivist.extract.xmp import MAX_PACKET, read_xmp

if TYPE_CHECKING:
    import mmap

__all__ = ["Data", "document_xmp", "is_cut", "mended", "no_pdf", "signer_of", "updates_of"]

Data: TypeAlias = "bytes | mmap.mmap"
"""The file, in memory or mapped into it."""

_HEADER: Final = b"%PDF-"
_HEADER_WITHIN: Final = 1024
"""Annex H, implementation note 13: the header may stand anywhere within the first 1024 bytes."""
_END: Final = b"%%EOF"
_OBJECT: Final = re.compile(rb"\d obj\b")
_TRAILER_END: Final = re.compile(rb"startxref\s{1,8}\d{1,20}\s{1,8}%%EOF")
_LINEARIZED: Final = re.compile(rb"/Linearized\b")
_NUMBERED: Final = re.compile(rb"\b(\d{1,7}) 0 obj\b")
_KIND: Final = re.compile(rb"/Type\s{0,4}/(Catalog|Page)\b")
_BODY_END: Final = re.compile(rb"endobj|stream")
_TRAILER: Final = b"\n%strailer\n<< /Root %s 0 R >>\nstartxref\n0\n%%%%EOF\n"
_FREE: Final = 4_000_000
"""Number of an object that no file has, and pdfium still reads."""
MAX_OBJECTS: Final = 200_000
"""Of a file without an end that are looked at."""
MAX_SEARCHED: Final = 32 * 1024 * 1024
"""Bytes of a file in which updates and packets are looked for; a report with photos has ten million."""
MAX_MENDED: Final = 64 * 1024 * 1024
_TYPE: Final = re.compile(rb"/Type\s{0,4}\Z")
_STREAM: Final = re.compile(rb"stream\r?\n")
_DICTIONARY: Final = 1_000
"""Bytes around ``/Type /Metadata`` in which the rest of the stream's dictionary stands."""
MAX_PACKETS: Final = 50
"""XMP packets that are looked at; pictures inside a document may each have one."""
_NAME: Final = re.compile(rb"/Name\s{0,4}(?:\(((?:[^\\()]|\\.){0,500}+)\)|<([0-9A-Fa-f\s]{0,2000})>)", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_SIGNATURE_DICTIONARY: Final = 4_000
"""Bytes before and behind the signature itself in which its dictionary stands."""


def no_pdf(data: Data) -> str | None:
    """Why the bytes are no PDF; None where they have its header."""
    head = data[:_HEADER_WITHIN]
    if _HEADER in head:
        return None
    if not head:
        return "the document is empty"
    if head.lstrip()[:1] == b"<":
        return "the document is a web page, not a PDF"
    return "the document is no PDF"


def is_cut(data: Data) -> bool:
    """There is no end of file, or objects follow after the last one (7.5.5)."""
    end = data.rfind(_END)
    return end < 0 or _OBJECT.search(data, end) is not None


def mended(data: Data) -> Iterator[bytes]:
    """The file with a trailer, which was cut off: one for its catalog, then one for a catalog of the pages it has."""
    if not is_cut(data) or len(data) > MAX_MENDED:
        return
    # What is left of the last object would swallow the trailer.
    whole = data[: data.rfind(b"endobj") + len(b"endobj")]
    objects = list(_trees(whole))
    catalogs = [number for number, kind in objects if kind == b"Catalog"]
    for number in catalogs[-1:]:
        yield whole + _TRAILER % (b"", number)
    pages = [number for number, kind in objects if kind == b"Page"]
    if pages:
        kids = b" ".join(b"%s 0 R" % number for number in pages)
        tree = b"%d 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n" % (_FREE, kids, len(pages))
        root = b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (_FREE + 1, _FREE)
        yield whole + _TRAILER % (tree + root, b"%d" % (_FREE + 1))


def _trees(data: Data) -> Iterator[tuple[bytes, bytes]]:
    """The numbers of the catalogs and pages."""
    for found in islice(_NUMBERED.finditer(data), MAX_OBJECTS):
        dictionary = _BODY_END.split(data[found.end() : found.end() + _DICTIONARY], maxsplit=1)[0]
        if kind := _KIND.search(dictionary):
            yield found[1], kind[1]


def _searched(data: Data) -> Data:
    """Where things are looked for that may stand anywhere: all of the file, of a large one both ends.

    A file that is mapped counts as memory wherever it was looked at.
    """
    half = MAX_SEARCHED // 2
    return data if len(data) <= MAX_SEARCHED else data[:half] + data[-half:]


def updates_of(data: Data) -> int:
    """How often objects were added (7.5.6); a linearized file has two parts from the beginning (Annex F)."""
    begin, parts, data = 0, 0, _searched(data)
    for end in _TRAILER_END.finditer(data):
        # Word writes a second trailer for old readers (7.5.8.4), which adds nothing.
        parts += _OBJECT.search(data, begin, end.start()) is not None
        begin = end.end()
    return max(0, parts - (2 if _LINEARIZED.search(data, 0, 2 * _HEADER_WITHIN) else 1))


def document_xmp(data: Data) -> dict[str, tuple[str, ...]]:
    """The properties of the document's own packet (14.3.2): the last that speaks of a PDF, or the only one."""
    packets = [found for packet in islice(_packets(_searched(data)), MAX_PACKETS) if (found := read_xmp(packet))]
    for found in reversed(packets):
        if "application/pdf" in found.get("dc:format", ()) or any(name.startswith("pdf") for name in found):
            return found
    is_other = len(packets) != 1 or any(name.startswith("image/") for name in packets[0].get("dc:format", ()))
    return {} if is_other else packets[0]


def _packets(data: Data) -> Iterator[bytes]:
    """XMP as it stands in the file, then in streams that are compressed; each in the order of the file."""
    at = 0
    while (at := data.find(b"<rdf:RDF", at)) >= 0:
        end = data.find(b"</rdf:RDF>", at, at + MAX_PACKET)
        if end < 0:
            break
        yield data[at : end + len(b"</rdf:RDF>")]
        at = end
    at = 0
    while (at := data.find(b"/Metadata", at) + 1) > 0:
        stream = _STREAM.search(data, at, at + _DICTIONARY)
        if stream and _TYPE.search(data[max(0, at - 20) : at - 1]):
            dictionary = data[max(0, at - _DICTIONARY) : stream.start()].rpartition(b" obj")[2]
            if b"/FlateDecode" in dictionary:
                yield _inflated(data[stream.end() : stream.end() + MAX_PACKET])


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MAX_PACKET)
    except zlib.error:
        return b""


def signer_of(data: Data, signed: tuple[int, ...]) -> str | None:
    """The signer's name in the dictionary that holds the signature (12.8.1, table 252).

    Args:
        data: the file.
        signed: the byte range: offset and length before the signature, offset and length behind it.
    """
    if len(signed) != 4:
        return None
    start, end = signed[0] + signed[1], signed[2]
    before = data[max(0, start - _SIGNATURE_DICTIONARY) : start].rpartition(b" obj")[2]
    behind = data[end : end + _SIGNATURE_DICTIONARY].partition(b"endobj")[0]
    found = _NAME.search(before) or _NAME.search(behind)
    if found is None:
        return None
    return " ".join((_unescaped(found[1]) if found[1] is not None else _of_hex(found[2])).split()) or None


def _unescaped(literal: bytes) -> str:
    """A literal string (7.3.4.2)."""

    def resolved(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8) & 255]) if code[:1].isdigit() and code < b"8" else _ESCAPES.get(code, code)

    return _text(_ESCAPE.sub(resolved, literal))


def _of_hex(digits: bytes) -> str:
    plain = b"".join(digits.split())
    return _text(bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii")))


def _text(data: bytes) -> str:
    """A text string (7.9.2.2); PDFDocEncoding has Latin-1's letters."""
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "latin-1", "replace")
