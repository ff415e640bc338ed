"""A picture decoded, and made small and grey: what it shows, whatever its file format, size or compression."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from archivist.model.look import SIDE, Look

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

__all__ = ["read_look"]

MAX_PIXELS: Final = 64_000_000
"""Of a picture that is decoded: more than any newspaper shows, and a quarter of a gigabyte."""
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")
"""What browsers show, as far as the decoder knows it."""
_WHITE: Final = (255, 255, 255, 255)


def read_look(data: bytes) -> Look | None:
    """What the picture looks like; None where it cannot be decoded within bounds."""
    from PIL import Image, ImageOps  # noqa: PLC0415  # heavy, and wanted only where pictures differ

    Image.init()
    try:
        with Image.open(io.BytesIO(data), formats=[name for name in _FORMATS if name in Image.OPEN]) as image:
            wide, high = image.size
            if not 0 < wide * high <= MAX_PIXELS:
                return None
            # A JPEG is decoded at an eighth of its size where that is enough.
            image.draft("L", (4 * SIDE, 4 * SIDE))
            is_upright = (image.width >= image.height) == (wide >= high)
            shown = ImageOps.exif_transpose(image)
            is_turned = is_upright and (shown.width >= shown.height) != (wide >= high)
            dots = _grey(shown).resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return Look(width=high if is_turned else wide, height=wide if is_turned else high, dots=dots)


def _grey(image: Picture) -> Picture:
    """Brightness, on white where the picture is transparent."""
    from PIL import Image  # noqa: PLC0415  # as above

    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", clear.size, _WHITE), clear).convert("L")
    return image.convert("L")
