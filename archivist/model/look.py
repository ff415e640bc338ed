"""What a picture looks like, small enough to be held against another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from archivist.errors import BadDocument
from archivist.model.json import Json, JsonObject, Reader

__all__ = ["SIDE", "Look"]

SIDE: Final = 64
"""Rows of grey dots, and dots of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A picture as ``SIDE`` by ``SIDE`` dots, stretched to a square."""

    width: int
    """In pixels, as it is shown."""
    height: int
    dots: bytes
    """Brightness, row by row from the top left."""

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {"width": self.width, "height": self.height, "dots": self.dots.hex()}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Look:
        """Read back.

        Raises:
            BadDocument: there are more or fewer dots than there should be.
        """
        reader = Reader(value, at)
        try:
            dots = bytes.fromhex(reader.text("dots"))
        except ValueError:
            dots = b""
        width, height = reader.number("width"), reader.number("height")
        if len(dots) != SIDE * SIDE or min(width, height) < 1:
            raise BadDocument(f"{at} should be a picture of {SIDE} by {SIDE} dots")
        return cls(width=width, height=height, dots=dots)
