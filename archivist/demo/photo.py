"""Photographs for the Courier, drawn rather than taken: JPEG with EXIF and an XMP packet that name the photographer."""

from __future__ import annotations

from functools import cache
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.ImageDraw import ImageDraw

__all__ = ["Colour", "draw", "icon"]

_IMAGE_DESCRIPTION: Final = 0x010E  # EXIF 2.32, table 4
_ARTIST: Final = 0x013B
_COPYRIGHT: Final = 0x8298
_QUALITY: Final = 82

Colour: TypeAlias = tuple[int, int, int]
_SKIES: Final[dict[str, tuple[Colour, Colour]]] = {
    "cranes": ((120, 160, 205), (246, 214, 170)),
    "dusk": ((38, 30, 66), (214, 104, 74)),
    "monitor": ((176, 188, 196), (222, 226, 224)),
}


@cache
def draw(scene: str, *, width: int, artist: str, rights: str, caption: str) -> bytes:
    """Return one scene as a JPEG, three wide by two high, with the artist and the rights embedded."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and only the demo draws

    height = width * 2 // 3
    image = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(image)
    _sky(pen, scene=scene, width=width, height=height)
    _SCENES[scene](pen, width / 1200)
    exif = Image.Exif()
    exif[_IMAGE_DESCRIPTION] = caption
    exif[_ARTIST] = artist
    exif[_COPYRIGHT] = rights
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, exif=exif, xmp=_xmp(artist, rights=rights, caption=caption))
    return out.getvalue()


@cache
def icon() -> bytes:
    """Return the favicon: an anchor's cross in 32 by 32 pixels."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and only the demo draws

    image = Image.new("RGB", (32, 32), (20, 54, 84))
    pen = ImageDraw.Draw(image)
    pen.line((16, 6, 16, 27), fill=(250, 246, 238), width=3)
    pen.line((9, 12, 23, 12), fill=(250, 246, 238), width=3)
    pen.arc((6, 12, 26, 28), 20, 160, fill=(250, 246, 238), width=3)
    out = BytesIO()
    image.save(out, "ICO", sizes=[(32, 32)])
    return out.getvalue()


def _sky(pen: ImageDraw, *, scene: str, width: int, height: int) -> None:
    """Draw the sky as a gradient over the upper two thirds and the water below it."""
    top, low = _SKIES[scene]
    horizon = height * 2 // 3
    for y in range(horizon):
        part = y / horizon
        red, green, blue = (round(a + (b - a) * part) for a, b in zip(top, low, strict=True))
        pen.line((0, y, width, y), fill=(red, green, blue))
    for y in range(horizon, height):
        shade = (y - horizon) * 40 // (height - horizon)
        ripple = 6 if (y // 5) % 2 else 0
        pen.line((0, y, width, y), fill=(58 - shade + ripple, 92 - shade + ripple, 112 - shade + ripple))


def _cranes(pen: ImageDraw, scale: float) -> None:
    """Two travelling cranes above a ship; coordinates are those of a picture 1200 wide."""

    def box(*corners: float, fill: Colour) -> None:
        pen.rectangle([corner * scale for corner in corners], fill=fill)

    def line(*points: float, fill: Colour, width: float) -> None:
        pen.line([point * scale for point in points], fill=fill, width=max(1, round(width * scale)))

    for left, colour in ((180, (150, 46, 38)), (660, (52, 76, 110))):
        for x in (left, left + 130):
            line(x, 560, x + 20, 250, fill=colour, width=14)
        line(left - 110, 250, left + 420, 238, fill=colour, width=18)
        line(left + 90, 250, left + 110, 110, fill=colour, width=12)
        line(left + 110, 110, left + 400, 238, fill=colour, width=5)
        line(left + 320, 240, left + 320, 400, fill=(40, 40, 44), width=3)
    for index, colour in enumerate(((196, 120, 52), (64, 112, 96), (158, 60, 60), (88, 96, 150), (188, 170, 110))):
        box(300 + index * 110, 440, 400 + index * 110, 500, fill=colour)
    pen.polygon(
        [(x * scale, y * scale) for x, y in ((220, 500), (1000, 500), (940, 610), (290, 610))], fill=(28, 32, 40)
    )


def _monitor(pen: ImageDraw, scale: float) -> None:
    """A measuring box on its pole."""
    pen.rectangle([590 * scale, 330 * scale, 612 * scale, 720 * scale], fill=(96, 100, 104))
    pen.rectangle([500 * scale, 160 * scale, 702 * scale, 340 * scale], fill=(198, 202, 204), outline=(80, 84, 88))
    pen.ellipse([540 * scale, 200 * scale, 600 * scale, 260 * scale], fill=(44, 60, 52))
    for slat in range(5):
        y = (200 + slat * 24) * scale
        pen.line((626 * scale, y, 684 * scale, y), fill=(90, 94, 98), width=max(1, round(6 * scale)))


_SCENES: Final[dict[str, Callable[[ImageDraw, float], None]]] = {
    "cranes": _cranes,
    "dusk": _cranes,
    "monitor": _monitor,
}


def _xmp(artist: str, *, rights: str, caption: str) -> bytes:
    """The XMP packet (ISO 16684-1): Dublin Core creator, rights, description, and Photoshop's credit line."""
    who, whose, what = escape(artist), escape(rights), escape(caption)
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        f"<dc:creator><rdf:Seq><rdf:li>{who}</rdf:li></rdf:Seq></dc:creator>"
        f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{whose}</rdf:li></rdf:Alt></dc:rights>'
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{what}</rdf:li></rdf:Alt></dc:description>'
        f"<photoshop:Credit>{whose}</photoshop:Credit>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    )
    return packet.encode("utf-8")
