"""What the pages of a document show, for the comparison of two versions: text as it flows, pictures, what is hidden."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.model.json import Json, JsonObject, Reader

__all__ = ["Box", "FlowText", "Sheet", "Sheets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowText:
    """A paragraph, joined across lines, columns and pages."""

    page: int
    """The page on which it begins, from 1."""
    text: str
    is_hidden: bool = False
    """No reader sees it: white on white, of no ink, off the page."""

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {"page": self.page, "text": self.text, "is_hidden": self.is_hidden}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> FlowText:
        """Read back."""
        reader = Reader(value, at)
        return cls(page=reader.number("page"), text=reader.text("text"), is_hidden=reader.flag("is_hidden"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A dark box, as is drawn over what nobody shall read."""

    place: str
    """Left, bottom, right and top in whole points."""
    text: str
    """What still stands beneath it; empty for nothing."""

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {"place": self.place, "text": self.text}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Box:
        """Read back."""
        reader = Reader(value, at)
        return cls(place=reader.text("place"), text=reader.text("text"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page."""

    number: int
    """From 1."""
    images: tuple[str, ...] = ()
    """Of each picture: SHA-256 of its data, a colon, and 16 hex digits, nearly equal for pictures that look alike."""
    boxes: tuple[Box, ...] = ()

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {"number": self.number, "images": list(self.images), "boxes": [box.to_json() for box in self.boxes]}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Sheet:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            number=reader.number("number"), images=reader.texts("images"), boxes=reader.many("boxes", Box.from_json)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """All pages of a document."""

    flow: tuple[FlowText, ...] = ()
    """The text in reading order, without running heads and page numbers."""
    sheets: tuple[Sheet, ...] = ()
    attachments: tuple[str, ...] = ()
    """Of each file within the document: its name and the SHA-256 of its bytes."""
    notes: tuple[str, ...] = ()
    """What annotations say."""

    @property
    def is_scanned(self) -> bool:
        """There are pictures of pages, and no text."""
        return not self.flow and any(sheet.images for sheet in self.sheets)

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {
            "flow": [text.to_json() for text in self.flow],
            "sheets": [sheet.to_json() for sheet in self.sheets],
            "attachments": list(self.attachments),
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Sheets:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            flow=reader.many("flow", FlowText.from_json),
            sheets=reader.many("sheets", Sheet.from_json),
            attachments=reader.texts("attachments"),
            notes=reader.texts("notes"),
        )
