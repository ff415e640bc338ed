"""All text of a page, passage by passage: what the comparison of two versions judges together.

A reading tells the article from the rest of one page. Two versions side by side tell it better: what stood still on
both is the page, and a passage that one reading took for the article and the other did not is no edit.
"""

from __future__ import annotations

from dataclasses import dataclass

from archivist.model.article import Article, Block
from archivist.model.json import Json, JsonObject, Reader

__all__ = ["MAX_PASSAGES", "Edition", "Outline", "Passage", "Picture"]

MAX_PASSAGES = 10_000
"""Of one page; a live ticker of a whole day has a third of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of text of a page, in reading order."""

    block: Block
    """Its ``path`` is the path of tags from the root of the page."""
    is_main: bool
    """The reading took it for the article's own text."""
    is_apart: bool = False
    """It stands in navigation, an aside, a form or what is named so."""
    linked: int = 0
    """Characters that are links."""
    marks: str = ""
    """Class and id of the element in which its paragraph, list or table stands."""
    own: str = ""
    """The same of the list or table itself, and of its item; nothing for a paragraph."""

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {
            "block": self.block.to_json(),
            "is_main": self.is_main,
            "is_apart": self.is_apart,
            "linked": self.linked,
            "marks": self.marks,
            "own": self.own,
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Passage:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            block=reader.one("block", Block.from_json),
            is_main=reader.flag("is_main"),
            is_apart=reader.flag("is_apart"),
            linked=reader.number("linked"),
            marks=reader.text("marks"),
            own=reader.text("own"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image that the page shows."""

    url: str
    """As written."""
    at: int
    """How many passages stand before it."""
    path: str = ""
    """Tags from the root of the page to the block around it."""
    is_apart: bool = False
    """As for a passage."""

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {"url": self.url, "at": self.at, "path": self.path, "is_apart": self.is_apart}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Picture:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            url=reader.text("url"),
            at=reader.number("at"),
            path=reader.text("path"),
            is_apart=reader.flag("is_apart"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """All that a page shows, in reading order."""

    passages: tuple[Passage, ...] = ()
    pictures: tuple[Picture, ...] = ()
    card: str | None = None
    """The image that stands for the page elsewhere (``og:image``)."""

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {
            "passages": [passage.to_json() for passage in self.passages],
            "pictures": [picture.to_json() for picture in self.pictures],
            "card": self.card,
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Outline:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            passages=reader.many("passages", Passage.from_json),
            pictures=reader.many("pictures", Picture.from_json),
            card=reader.text_or_none("card"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A page as one side of a comparison: as article, and as a whole."""

    article: Article | None
    outline: Outline

    def to_json(self) -> JsonObject:
        """For the way back from the confined reader."""
        return {"article": self.article.to_json() if self.article else None, "outline": self.outline.to_json()}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Edition:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            article=reader.one_or_none("article", Article.from_json), outline=reader.one("outline", Outline.from_json)
        )
