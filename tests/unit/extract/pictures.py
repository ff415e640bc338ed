"""Pictures with metadata, put together by hand around pixels that pillow wrote."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

from PIL import Image

NAMESPACES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
    ("xmpNote", "http://ns.adobe.com/xmp/note/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
    ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
)


def packet(attributes: str = "", elements: str = "") -> bytes:
    """An XMP packet."""
    names = " ".join(f'xmlns:{prefix}="{url}"' for prefix, url in NAMESPACES)
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{rdf}"><rdf:Description rdf:about="" {names} {attributes}>{elements}</rdf:Description>'
        f'</rdf:RDF></x:xmpmeta>{" " * 200}<?xpacket end="w"?>'
    ).encode()


def datasets(*values: tuple[int, int, bytes], charset: bytes = b"") -> bytes:
    """An IIM record."""
    every = ((1, 90, charset), *values) if charset else values
    return b"".join(
        b"\x1c%c%c%s%s" % (record, number, len(value).to_bytes(2, "big"), value) for record, number, value in every
    )


def resource(iim: bytes, *, number: int = 0x0404, name: bytes = b"") -> bytes:
    """An image resource of Photoshop's."""
    title = bytes([len(name)]) + name
    title += b"\0" * (len(title) % 2)
    return b"8BIM" + number.to_bytes(2, "big") + title + len(iim).to_bytes(4, "big") + iim + b"\0" * (len(iim) % 2)


def segment(marker: int, data: bytes) -> bytes:
    """A segment of a JPEG."""
    return b"\xff" + bytes([marker]) + (len(data) + 2).to_bytes(2, "big") + data


def xmp_segment(data: bytes) -> bytes:
    """APP1 with XMP."""
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + data)


def iptc_segment(*resources: bytes) -> bytes:
    """APP13."""
    return segment(0xED, b"Photoshop 3.0\0" + b"".join(resources))


def exif(entries: dict[int, str], *, is_big: bool = False) -> bytes:
    """A TIFF structure as pillow writes it."""
    tags = Image.Exif()
    tags.endian = ">" if is_big else "<"
    inner = {number: value for number, value in entries.items() if number in {0x9003, 0x9011}}
    tags.update({number: value for number, value in entries.items() if number not in inner})
    tags.get_ifd(0x8769).update(inner)
    return tags.tobytes()


def jumbf(content: bytes = b"", *, label: bytes = b"c2pa") -> bytes:
    """A superbox as C2PA embeds it."""
    uuid = bytes.fromhex("6332706100110010800000aa00389b71") if label == b"c2pa" else b"\0" * 16
    described = uuid + b"\x03" + label + b"\0"
    inner = (len(described) + 8).to_bytes(4, "big") + b"jumd" + described + content
    return (len(inner) + 8).to_bytes(4, "big") + b"jumb" + inner


def image(width: int = 40, height: int = 30) -> Image.Image:
    """Pixels."""
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def jpeg(*segments: bytes, width: int = 40, height: int = 30) -> bytes:
    """A JPEG with these segments at its beginning."""
    out = io.BytesIO()
    image(width, height).save(out, "JPEG")
    return out.getvalue()[:2] + b"".join(segments) + out.getvalue()[2:]


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(*chunks: bytes, is_behind: bool = False) -> bytes:
    """A PNG with these chunks behind its head, or behind its pixels."""
    out = io.BytesIO()
    image().save(out, "PNG")
    at = -12 if is_behind else 33
    return out.getvalue()[:at] + b"".join(chunks) + out.getvalue()[at:]


def webp(*chunks: tuple[bytes, bytes], width: int = 40, height: int = 30) -> bytes:
    """A WebP in the extended form (RFC 9649, 2.7)."""
    out = io.BytesIO()
    image(width, height).save(out, "WEBP")
    head = (b"VP8X", b"\x0c\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"))
    body = b"".join(_riff(*each) for each in (head,)) + out.getvalue()[12:] + b"".join(_riff(*each) for each in chunks)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _riff(kind: bytes, data: bytes) -> bytes:
    return kind + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of an ISO base media file."""
    data = b"".join(parts)
    return (len(data) + 8).to_bytes(4, "big") + kind + data


def avif(items: Sequence[tuple[bytes, bytes, bytes]], *, credentials: bytes = b"", version: int = 0) -> bytes:
    """An AVIF without pixels: items (type, content type, data) that stand behind the boxes."""
    wide = 4 if version > 1 else 2

    def made(start: int) -> bytes:
        infos, places, at = b"", b"", start
        for number, (kind, content_type, data) in enumerate(items, start=1):
            info = b"\x02\0\0\0" + number.to_bytes(2, "big") + b"\0\0" + kind + b"\0"
            infos += box(b"infe", info, content_type + b"\0" if kind == b"mime" else b"")
            places += number.to_bytes(wide, "big") + (b"\0\0" if version else b"") + b"\0\0\0\x01"
            places += at.to_bytes(4, "big") + len(data).to_bytes(4, "big")
            at += len(data)
        sizes = box(
            b"ipco",
            box(b"ispe", b"\0\0\0\0", (8).to_bytes(4, "big"), (6).to_bytes(4, "big")),
            box(b"ispe", b"\0\0\0\0", (40).to_bytes(4, "big"), (30).to_bytes(4, "big")),
        )
        head = bytes([version]) + b"\0\0\0\x44\0" + len(items).to_bytes(wide, "big")
        meta = box(
            b"meta",
            b"\0\0\0\0",
            box(b"iinf", b"\0\0\0\0", len(items).to_bytes(2, "big"), infos),
            box(b"iloc", head, places),
            box(b"iprp", sizes),
        )
        uuid = box(b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481"), credentials) if credentials else b""
        return box(b"ftyp", b"avif\0\0\0\0avifmif1") + uuid + meta

    return made(len(made(0)) + 8) + box(b"mdat", b"".join(data for _, _, data in items))
