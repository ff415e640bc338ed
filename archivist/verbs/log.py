"""The history of one article: its versions, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.catalog.rows import ArticleRow, SnapshotRow
from archivist.catalog.select import find_article
from archivist.diff.history import ParagraphHistory, histories
from archivist.model.change import Diff
from archivist.model.json import JsonObject
from archivist.pipeline.compare import compare_rows
from archivist.workspace import Workspace

__all__ = ["Blame", "Entry", "History", "blame", "log"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One snapshot, and the edit that it was the first to see."""

    row: SnapshotRow
    diff: Diff | None
    """Against the version before; None where the content is the same, or nothing came before."""

    def to_json(self) -> JsonObject:
        """One line of ``log --json``."""
        return {
            "id": self.row.id,
            "number": self.row.number,
            "version": self.row.version,
            "captured": self.row.started,
            "title": self.row.title,
            "published": self.row.published,
            "updated": self.row.updated,
            "quality": self.row.verdict,
            "categories": list(self.diff.categories) if self.diff else [],
            "verdict": self.diff.verdict.to_json() if self.diff else None,
            "problems": self.row.problems,
            "is_adopted": self.row.is_adopted,
            "read_by": self.row.read_by,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An article through time."""

    article: ArticleRow
    entries: tuple[Entry, ...]
    """Oldest first."""


def log(workspace: Workspace, words: str) -> History:
    """The history of the article that the words name.

    Raises:
        NotFound: there is none.
        UsageError: the words are wrong, or name several articles.
    """
    article = find_article(workspace.catalog, words)
    entries = []
    before: SnapshotRow | None = None
    for row in workspace.catalog.history(article.key):
        is_edit = before is not None and before.fingerprint != row.fingerprint
        entries.append(Entry(row=row, diff=compare_rows(workspace, before, row) if before and is_edit else None))
        before = row
    return History(article=article, entries=tuple(entries))


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """An article's paragraphs through its versions."""

    article: ArticleRow
    versions: tuple[SnapshotRow, ...]
    """The first snapshot of each, oldest first."""
    paragraphs: tuple[ParagraphHistory, ...]


def blame(workspace: Workspace, words: str) -> Blame:
    """When each paragraph was first seen, changed, and last seen.

    Raises:
        NotFound: there is no such article.
        UsageError: the words are wrong, or name several articles.
    """
    article = find_article(workspace.catalog, words)
    versions: dict[int, SnapshotRow] = {}
    for row in workspace.catalog.history(article.key):
        versions.setdefault(row.version, row)
    rows = tuple(versions[number] for number in sorted(versions))
    readings = [workspace.newest(row).reading.article for row in rows]
    paragraphs = histories([each.blocks if each else () for each in readings])
    return Blame(article=article, versions=rows, paragraphs=tuple(paragraphs))
