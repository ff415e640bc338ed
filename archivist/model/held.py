"""A reading as statements hold it: what stands in the statement itself, and which ones hold the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from archivist.errors import BadManifest
from archivist.model.article import Article, Document
from archivist.model.capture import Capture, Problem
from archivist.model.json import Json, JsonObject, Reader, without_nothing
from archivist.model.picture import PictureFacts
from archivist.model.quality import Quality

__all__ = ["REREAD", "Held", "Reread", "in_order"]

_Read = TypeVar("_Read", Document, PictureFacts)

REREAD: Final = "reading"
"""Kind of the events that say how a snapshot was read anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The ``reading`` object of a statement."""

    article: Article | None = None
    documents: tuple[Document, ...] = ()
    pictures: tuple[PictureFacts, ...] = ()
    same_as: str | None = None
    """Id of the statement that holds the article's reading, where it is equal to the byte."""
    same_documents_as: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of a document's payload to the id of the statement that holds its reading."""
    same_pictures_as: Mapping[str, str] = field(default_factory=dict)
    """The same of the article's photos."""

    @property
    def holders(self) -> frozenset[str]:
        """Ids of the statements that it refers to."""
        named = {*self.same_documents_as.values(), *self.same_pictures_as.values(), self.same_as}
        return frozenset(filter(None, named))

    def article_holder(self, own: str) -> str:
        """Id of the statement that holds the article's reading; ``own`` is that of the one this stands in."""
        return self.same_as or own

    def document_holders(self, own: str) -> dict[str, str]:
        """The same of each document, by the SHA-256 of its payload."""
        return {**self.same_documents_as, **{document.sha256: own for document in self.documents}}

    def picture_holders(self, own: str) -> dict[str, str]:
        """The same of the article's photos."""
        return {**self.same_pictures_as, **{picture.sha256: own for picture in self.pictures}}

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return without_nothing(
            {
                "article": self.article.to_json() if self.article else None,
                "documents": [document.to_json() for document in self.documents],
                "pictures": [picture.to_json() for picture in self.pictures],
                "same_as": self.same_as,
                "same_documents_as": dict(self.same_documents_as),
                "same_pictures_as": dict(self.same_pictures_as),
            }
        )

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Held:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            article=reader.one_or_none("article", Article.from_json),
            documents=reader.many("documents", Document.from_json),
            pictures=reader.many("pictures", PictureFacts.from_json),
            same_as=reader.text_or_none("same_as"),
            same_documents_as=reader.mapping("same_documents_as", _id),
            same_pictures_as=reader.mapping("same_pictures_as", _id),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What an event of kind ``reading`` says: how a snapshot is read by a later reader. Evidence is untouched."""

    snapshot: str
    """Id of its manifest."""
    held: Held
    fingerprint: str
    """In place of the manifest's: equal for two snapshots of one version."""
    quality: Quality
    problems: tuple[Problem, ...] = ()
    """Met in this reading."""

    def to_json(self) -> JsonObject:
        """The event's ``details``."""
        return {
            "snapshot": self.snapshot,
            "reading": self.held.to_json(),
            "fingerprint": self.fingerprint,
            "quality": self.quality.to_json(),
            **without_nothing({"problems": [problem.to_json() for problem in self.problems]}),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Reread:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            snapshot=reader.text("snapshot"),
            held=reader.one("reading", Held.from_json),
            fingerprint=reader.text("fingerprint"),
            quality=reader.one("quality", Quality.from_json),
            problems=reader.many("problems", Problem.from_json),
        )


def in_order(read: Iterable[_Read], captures: Sequence[Capture]) -> tuple[_Read, ...]:
    """What was read of payloads, in the order in which these were captured."""
    order = {capture.payload.sha256: place for place, capture in enumerate(captures)}
    return tuple(sorted(read, key=lambda each: order.get(each.sha256, len(order))))


def _id(value: Json, at: str) -> str:
    if not isinstance(value, str):
        raise BadManifest(f"{at} should be a string")
    return value
