"""Text whose encoding was broken on the way, mended for the comparison.

UTF-8 that was read as Windows-1252 or Latin-1 and saved again shows ``Ã©`` for ``é``. That is a fault of the server or
of the capture and no edit of the article. Only whole UTF-8 sequences are mended, so that sound text is left alone.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["repaired"]

_C1: Final = {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"}
"""What Windows-1252 has where Latin-1 has control characters."""
_TRAIL: Final = "[\u0080-\u00bf" + "".join(map(re.escape, _C1)) + "]"
# Of two bytes only those that begin Latin, Greek, Cyrillic, Hebrew and Arabic letters: «CAFÉ» is sound.
_SEQUENCE: Final = re.compile(
    f"[ÂÃÄÅÎÏÐÑ×ØÙ]{_TRAIL}|[\u00e0-\u00ef]{_TRAIL}{{2}}|[\u00f0-\u00f4]{_TRAIL}{{3}}"
    f"|\u00c2(?= |$)|(?<=\\w)\u00c2(?=\\W)"
)


def repaired(text: str) -> str:
    """The text with sequences of UTF-8 that were taken for single bytes read as what they were."""
    return text if text.isascii() else _SEQUENCE.sub(_read, text)


def _read(found: re.Match[str]) -> str:
    if found[0] == "\u00c2":
        return ""  # the rest of a no-break space
    try:
        return bytes(_C1.get(letter, ord(letter) & 0xFF) for letter in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
