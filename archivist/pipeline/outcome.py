"""What came of a page: a snapshot, or why there is none. Light to load, for a run is loaded while its reader starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from archivist.errors import ArchivistError
from archivist.model.article import Article
from archivist.model.manifest import Snapshot

if TYPE_CHECKING:
    from archivist.pipeline.seal import Previous

__all__ = ["Failed", "Outcome", "Taken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A snapshot that is sealed: nothing that happens later can lose it."""

    id: str
    snapshot: Snapshot
    path: Path
    previous: Previous | None

    @property
    def article(self) -> Article | None:
        """What was read, whether this manifest holds it or refers to it."""
        if self.previous is not None and self.snapshot.same_reading_as is not None:
            return self.previous.reading.article
        return self.snapshot.article_reading

    @property
    def title(self) -> str | None:
        """The headline."""
        article = self.article
        return (article.value("title_shown") or article.value("title")) if article else None

    @property
    def is_new_version(self) -> bool:
        """Whether the content differs from the article's last snapshot, or there was none."""
        return self.previous is None or self.previous.fingerprint != self.snapshot.fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A page of which nothing was stored."""

    url: str
    error: ArchivistError


Outcome: TypeAlias = Taken | Failed
