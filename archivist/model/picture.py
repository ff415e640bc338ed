"""What a picture's own bytes say of it, read from the file as captured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from archivist.model.claim import Settled, fields_to_json
from archivist.model.json import Json, JsonObject, Reader, without_nothing

__all__ = ["PictureFacts", "PictureField"]

PictureField: TypeAlias = Literal[
    "credit",  # the line as the agency wants it shown
    "creators",
    "creator_title",  # staff, stringer, contributor …
    "copyright",
    "caption",
    "headline",
    "title",
    "source",
    "created",  # when the picture was taken or made
    "location",
    "city",
    "region",
    "country",
    "usage_terms",
    "rights_url",
    "instructions",
    "alt_text",
    "digital_source",  # IPTC Digital Source Type, as trainedAlgorithmicMedia
    "provenance_url",  # where a C2PA manifest is kept that is not in the file
    "software",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """A picture as read."""

    url: str
    sha256: str
    """Of the payload."""
    media_type: str | None = None
    """As recognised by the first bytes, whatever the server called it."""
    width: int | None = None
    """In pixels, before any turning."""
    height: int | None = None
    fields: Mapping[str, Settled] = field(default_factory=dict)
    """By ``PictureField``; a field without any claim is absent. Later versions may add names."""
    credentials: int = 0
    """Bytes of C2PA content credentials in the file. They are there: nothing of them was checked."""
    problems: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """There is more in it than a size: most pictures on the web have lost all else."""
        return bool(self.fields or self.credentials)

    def value(self, name: PictureField) -> str | None:
        """The field's winner, or None for unknown."""
        settled = self.fields.get(name)
        return settled.value if settled else None

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {
            "url": self.url,
            "sha256": self.sha256,
            **without_nothing(
                {
                    "media_type": self.media_type,
                    "width": self.width,
                    "height": self.height,
                    "fields": fields_to_json(self.fields),
                    "credentials": self.credentials or None,
                    "problems": list(self.problems),
                }
            ),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> PictureFacts:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            url=reader.text("url"),
            sha256=reader.text("sha256"),
            media_type=reader.text_or_none("media_type"),
            width=reader.number_or_none("width"),
            height=reader.number_or_none("height"),
            fields=reader.mapping("fields", Settled.from_json),
            credentials=reader.number_or_none("credentials") or 0,
            problems=reader.texts("problems"),
        )
