"""A page read in one pass: what it says, what it needs, what it links, and what kind of answer it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from archivist.errors import BadManifest
from archivist.model.article import Article, LinkedDocument
from archivist.model.json import Json, JsonObject, Reader
from archivist.model.quality import Quality

__all__ = ["PageReading", "Requisite", "RequisiteKind"]

RequisiteKind: TypeAlias = Literal["image", "stylesheet", "font", "icon", "script", "media"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisite:
    """Something that a page or a style sheet needs to be shown again."""

    url: str
    """Absolute http(s), without fragment."""
    kind: RequisiteKind
    at: str
    """XPath of the element and attribute, or the offset in the style sheet."""

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {"url": self.url, "kind": self.kind, "at": self.at}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Requisite:
        """Read back.

        Raises:
            BadManifest: a kind that is none.
        """
        reader = Reader(value, at)
        kind = reader.text("kind")
        for known in get_args(RequisiteKind):
            if kind == known:
                return cls(url=reader.text("url"), kind=known, at=reader.text("at"))
        raise BadManifest(f"{at}.kind is {kind!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """A page as read, and where to go on from it."""

    article: Article | None
    quality: Quality
    requisites: tuple[Requisite, ...] = ()
    possible: tuple[LinkedDocument, ...] = ()
    """Links in the text that may lead to a document; the answer will tell."""

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {
            "article": self.article.to_json() if self.article else None,
            "quality": self.quality.to_json(),
            "requisites": [item.to_json() for item in self.requisites],
            "possible": [link.to_json() for link in self.possible],
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> PageReading:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            article=reader.one_or_none("article", Article.from_json),
            quality=reader.one("quality", Quality.from_json),
            requisites=reader.many("requisites", Requisite.from_json),
            possible=reader.many("possible", LinkedDocument.from_json),
        )
