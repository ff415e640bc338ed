"""The parts of a picture's file that say something of it, as its format hands them over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

__all__ = ["MAX_PACKETS", "MAX_PART", "Parts"]

MAX_PART: Final = 4 * 1024 * 1024
"""Bytes of one part that are kept; metadata without pictures in it has some thousand."""
MAX_PACKETS: Final = 4
"""XMP packets of one file that are read; one, or two with its extension, is what there should be."""


@dataclass(slots=True, kw_only=True)
class Parts:
    """What was found in a file so far."""

    media_type: str
    width: int | None = None
    height: int | None = None
    xmp: list[bytes] = field(default_factory=list)
    """The packet, and its extension where it has one."""
    iim: bytes = b""
    exif: bytes = b""
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Texts of PNG, by keyword."""
    credentials: int = 0
    """Bytes of C2PA manifests."""
    problems: list[str] = field(default_factory=list)
