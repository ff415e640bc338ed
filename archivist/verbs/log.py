"""The history of one article: its versions, and what lies between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from archivist.catalog.rows import ArticleRow, SnapshotRow
from archivist.catalog.select import find_article
from archivist.diff.history import ParagraphHistory, histories
from archivist.model.change import Diff
from archivist.model.json import JsonObject
from archivist.pipeline.compare import compare_sides
from archivist.pipeline.sides import Side, side_of_snapshot
from archivist.sandbox import Sandbox
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
    rows = list(workspace.catalog.history(article.key))
    with _reader(workspace, [row.fingerprint for row in rows]) as sandbox:
        return History(article=article, entries=tuple(_entries(workspace, rows, sandbox)))


def _entries(workspace: Workspace, rows: Sequence[SnapshotRow], sandbox: Sandbox | None) -> Iterator[Entry]:
    """Every snapshot, each first one of a version held against the first of the version before, as ``diff`` does."""
    before: Side | None = None
    last: SnapshotRow | None = None
    for row in rows:
        if last is not None and last.fingerprint == row.fingerprint:
            yield Entry(row=row, diff=None)
            continue
        side = side_of_snapshot(workspace, row, sandbox)
        yield Entry(row=row, diff=compare_sides(workspace, before, side, sandbox)[2] if before else None)
        before, last = side, row


@contextmanager
def _reader(workspace: Workspace, fingerprints: Sequence[str]) -> Iterator[Sandbox | None]:
    """A confined reader, where there is more than one version to be read; None where it does not start."""
    with ExitStack() as stack:
        sandbox = None
        if len(set(fingerprints)) > 1:
            with suppress(OSError):
                sandbox = stack.enter_context(Sandbox(workspace.settings.read))
        yield sandbox


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
    with _reader(workspace, [row.fingerprint for row in rows]) as sandbox:
        articles = [side_of_snapshot(workspace, row, sandbox).reading.article for row in rows]
    paragraphs = histories([each.blocks if each else () for each in articles])
    return Blame(article=article, versions=rows, paragraphs=tuple(paragraphs))
