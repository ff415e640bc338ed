"""A snapshot that is to leave the archive, with all that is said of it; and what a bundle says of how it is read."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.model.article import Reading
from archivist.model.capture import Capture, Problem
from archivist.model.json import Json, JsonObject, Reader, without_nothing
from archivist.model.manifest import Snapshot
from archivist.model.quality import Quality

__all__ = ["Chosen", "Earlier", "ReadAs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAs:
    """A snapshot's newest reading, with its references followed: ``reading.json``."""

    snapshot: str
    """Id of the manifest."""
    statement: str
    """Id of the statement that holds the reading or refers to it: the manifest, or a later one."""
    by: str
    """What read it: ``archivist 0.1.0``."""
    at: str
    reading: Reading
    quality: Quality
    problems: tuple[Problem, ...] = ()

    @property
    def title(self) -> str | None:
        """The headline."""
        article = self.reading.article
        return (article.value("title_shown") or article.value("title")) if article else None

    def to_json(self) -> JsonObject:
        """As it stands in the bundle."""
        return {
            "snapshot": self.snapshot,
            "statement": self.statement,
            "by": self.by,
            "at": self.at,
            "reading": self.reading.to_json(),
            "quality": self.quality.to_json(),
            **without_nothing({"problems": [each.to_json() for each in self.problems]}),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> ReadAs:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            snapshot=reader.text("snapshot"),
            statement=reader.text("statement"),
            by=reader.text("by"),
            at=reader.text("at"),
            reading=reader.one("reading", Reading.from_json),
            quality=reader.one("quality", Quality.from_json),
            problems=reader.many("problems", Problem.from_json),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier snapshot that lists captures of a chosen one: its word goes along, its other records do not."""

    id: str
    manifest: bytes
    receipt: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One snapshot to be packed."""

    id: str
    manifest: bytes
    """Canonical JSON, as it stands in the archive."""
    snapshot: Snapshot
    captures: tuple[Capture, ...]
    """All of them: its own first, then those that earlier snapshots list."""
    read: ReadAs
    receipt: bytes | None
    """None where the log does not hold it yet."""
    earlier: tuple[Earlier, ...] = ()
