"""What a search finds, and the look-ups that all searches share."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archivist.catalog.match import Pattern, pattern_of
from archivist.catalog.query import Query, Term
from archivist.catalog.rows import SNAPSHOTS, SnapshotRow, snapshot_row
from archivist.catalog.snippet import Snippet
from archivist.catalog.texts import Passage, unpacked

__all__ = ["NOTHING", "Found", "Hit", "LookUp", "marks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article in which something was found: a text with its versions, or one edit."""

    row: SnapshotRow
    """The newest snapshot that holds it; of an edit, the newer of its two."""
    older: SnapshotRow | None = None
    """Of an edit, the snapshot before it."""
    versions: tuple[int, ...]
    """Those that hold it, rising; of an edit, the two that it lies between."""
    total: int
    """How many versions the article has."""
    document: str | None
    """Address of the linked document that it was found in; None for the article itself."""
    categories: tuple[str, ...] = ()
    """Of an edit."""
    snippet: Snippet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that was found."""

    hits: tuple[Hit, ...] = ()
    """The best first; edits the newest first."""
    is_more: bool = False
    """There are more than were asked for."""
    is_capped: bool = False
    """The words stand in more texts than are ranked; the newest of them were."""
    untold: int = 0
    """Edits whose kinds are not in the catalog yet."""
    unindexed: int = 0
    """Texts that were not looked at, because they are not in the index of words yet."""


NOTHING: Final = Found()


class LookUp:
    """A catalog that is open, and a query.

    Raises:
        UsageError: a word with a star stands for too many words.
    """

    def __init__(self, connection: sqlite3.Connection, query: Query) -> None:
        self.connection = connection
        self.query = query
        self.terms = self.patterns(query.terms)
        self.without = [each.expression for each in self.patterns(query.without) if each.expression]

    def patterns(self, terms: Sequence[Term]) -> list[Pattern]:
        """What the terms look for."""
        return [pattern_of(term, self.connection) for term in terms]

    def texts_with(self, pattern: Pattern) -> set[int]:
        """All texts that hold what the pattern looks for."""
        sql = "SELECT rowid FROM words WHERE words MATCH ?"
        expressions = pattern.parts or (pattern.expression,)
        return {row[0] for each in expressions for row in self.connection.execute(sql, (each,))}

    def dates(self) -> list[tuple[str, str]]:
        """The conditions on a snapshot, each with its value."""
        query = self.query
        found = [
            ("snapshots.started >= ?", query.after),
            ("snapshots.started < ?", query.before),
            (f"substr(snapshots.published, 1, {len(query.published or '')}) = ?", query.published),
        ]
        return [(condition, value) for condition, value in found if value is not None]

    def passages(self, text: int) -> list[Passage]:
        """A text."""
        return unpacked(self.connection.execute("SELECT body FROM texts WHERE id = ?", (text,)).fetchone()[0])

    def row(self, position: int) -> SnapshotRow:
        """A snapshot."""
        return snapshot_row(self.connection.execute(f"{SNAPSHOTS} WHERE position = ?", (position,)).fetchone())

    def versions_of(self, article: str) -> int:
        """How many an article has."""
        found: int = self.connection.execute("SELECT versions FROM articles WHERE key = ?", (article,)).fetchone()[0]
        return found


def marks(values: Sequence[object]) -> str:
    """Question marks for ``IN``."""
    return ", ".join("?" * len(values))
