"""PDF files written by hand, object by object (ISO 32000-1)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
FONT_NUMBER = 90


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def text(*lines: tuple[float, float, float, str]) -> bytes:
    """A content stream that sets each line at (x, y) in a size."""
    parts = [b"BT"]
    for x, y, size, words in lines:
        literal = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        parts.append(b"/F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj" % (size, x, y, literal))
    return stream(b"\n".join([*parts, b"ET"]))


def page(content: int, more: bytes = b"") -> bytes:
    """A page object."""
    font = b"/Resources << /Font << /F1 %d 0 R >> >>" % FONT_NUMBER
    return b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s /Contents %d 0 R %s >>" % (font, content, more)


def pdf(
    *contents: bytes,
    catalog: bytes = b"",
    pages: Mapping[int, bytes] | None = None,
    objects: Mapping[int, bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """A whole file.

    Args:
        contents: the content stream of each page; pages are the objects 10, 12 …, their contents 11, 13 …
        catalog: further entries of the catalog.
        pages: further entries of a page, by its number from 1.
        objects: further objects, by number.
        trailer: further entries of the trailer.
    """
    numbers = [10 + 2 * index for index in range(len(contents))]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    every = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        FONT_NUMBER: FONT,
        **dict(objects or {}),
    }
    for index, (number, content) in enumerate(zip(numbers, contents, strict=True), start=1):
        every[number] = page(number + 1, (pages or {}).get(index, b""))
        every[number + 1] = content
    return b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n" + section(every, start=15, trailer=trailer)


def section(objects: Mapping[int, bytes], *, start: int, trailer: bytes = b"") -> bytes:
    """Objects with their cross-reference table and trailer, to stand at ``start`` (7.5)."""
    out, rows = b"", [b"0 1\n0000000000 65535 f \n"]
    for number, body in sorted(objects.items()):
        rows.append(b"%d 1\n%010d 00000 n \n" % (number, start + len(out)))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = start + len(out)
    end = b"trailer\n<< /Size 200 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, table)
    return out + b"xref\n" + b"".join(rows) + end


def updated(data: bytes, objects: Mapping[int, bytes]) -> bytes:
    """The file with objects added behind it (7.5.6)."""
    previous = int(data.rpartition(b"startxref\n")[2].split()[0])
    return data + section(objects, start=len(data), trailer=b"/Prev %d" % previous)


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
IDENTITY = b"0123456789abcdef"


def encrypted(words: str) -> bytes:
    """A file that anybody may open and nobody may print: RC4 with an empty user password (7.6.3, revision 2)."""
    owner, rights = rc4(hashlib.md5(PAD).digest()[:5], PAD), -44
    key = hashlib.md5(PAD + owner + rights.to_bytes(4, "little", signed=True) + IDENTITY).digest()[:5]
    own = hashlib.md5(key + (11).to_bytes(3, "little") + b"\0\0").digest()[:10]
    plain = text((72, 700, 11, words)).partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    entries = b"/Filter /Standard /V 1 /R 2 /P %d /O <%s> /U <%s>" % (
        rights,
        owner.hex().encode(),
        rc4(key, PAD).hex().encode(),
    )
    identity = IDENTITY.hex().encode()
    trailer = b"/Encrypt << %s >> /ID [<%s> <%s>]" % (entries, identity, identity)
    return pdf(stream(rc4(own, plain)), trailer=trailer)


def rc4(key: bytes, data: bytes) -> bytes:
    """Encrypted, or back again."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" dc:format="application/pdf" pdf:Producer="Pressroom 4"{attributes}>
{elements}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def xmp(elements: str = "", attributes: str = "") -> bytes:
    """An XMP packet."""
    return XMP.replace("{elements}", elements).replace("{attributes}", attributes).encode()


def with_xmp(packet: bytes, entries: bytes = b"", **more: bytes) -> bytes:
    """A file with this packet, compressed or not as ``entries`` say."""
    metadata = stream(packet, b"/Type /Metadata /Subtype /XML " + entries)
    return pdf(text((72, 700, 11, "Kran 7.")), catalog=b"/Metadata 50 0 R", objects={50: metadata}, **more)  # type: ignore[arg-type]
