"""Asking the catalog. Nothing here writes, creates a file, or imports ``sqlite_utils``."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

from archivist.catalog.connection import CatalogDamaged, failures, open_reading
from archivist.catalog.rows import SNAPSHOTS, ArticleRow, Counts, LookRow, OriginalRow, SnapshotRow, snapshot_row
from archivist.catalog.schema import TABLES
from archivist.catalog.texts import count_waiting
from archivist.errors import NotFound, UsageError
from archivist.model.capture import RecordRef

if TYPE_CHECKING:
    from archivist.catalog.hits import Found
    from archivist.catalog.query import Query

__all__ = ["MAX_LISTED", "ArticleRow", "Catalog", "CatalogDamaged", "Counts", "OriginalRow", "SnapshotRow"]

MAX_LISTED = 10
"""Candidates that an ambiguous name lists."""

_ARTICLE = "SELECT key, title, site, first_seen, last_seen, snapshots, versions FROM articles "

_LOOKS = """
    SELECT started, fingerprint, verdict, status, is_truncated, published, updated
    FROM snapshots LEFT JOIN captures ON snapshot = position AND role = 'page'
    WHERE article = ? ORDER BY number, snapshots.id
"""

_LINKED = """
    SELECT DISTINCT uri, media_type FROM captures WHERE role = 'document' AND status = 200 AND snapshot = (
        SELECT position FROM snapshots WHERE article = ? AND verdict IN ('article', 'page')
        ORDER BY number DESC, id DESC LIMIT 1
    ) ORDER BY ordinal
"""

_STIRRED = """
    WHERE position > ? AND (
        SELECT before.fingerprint = snapshots.fingerprint AND before.verdict = snapshots.verdict
            AND before.verdict IN ('article', 'page', 'not-html')
        FROM snapshots AS before
        WHERE before.article = snapshots.article AND (before.number, before.id) < (snapshots.number, snapshots.id)
        ORDER BY before.number DESC, before.id DESC LIMIT 1
    ) = 0
"""

_ORIGINAL = """
    SELECT uri, date, file, offset, record_length, record_id FROM captures
    WHERE is_revisit = 0 AND is_truncated = 0 AND is_carried = 0 AND sha256 = :sha256 AND length = :length
    ORDER BY uri = :uri DESC, date DESC, uri LIMIT 1
"""

_HOLDING = """
    WHERE position IN (
        SELECT snapshot FROM captures
        WHERE role IN ('page', 'document')
        AND (sha256 >= :low AND sha256 < :high OR blake3 >= :low AND blake3 < :high)
    )
    ORDER BY started, position
"""


class Catalog:
    """A catalog, read-only; it can be shared by threads.

    It goes on seeing the same file where that is replaced by a rebuild.

    Args:
        path: of the file; in a catalog that is held in memory, only for messages.
        connection: to a catalog that is open already; ``writer.in_memory`` gives one.

    Raises:
        CatalogDamaged: there is none, or none of this version.
    """

    def __init__(self, path: Path, *, connection: sqlite3.Connection | None = None) -> None:
        self._path = path
        self.is_in_memory = connection is not None
        """It is nowhere on the disk."""
        self._lock = threading.Lock()
        with failures(path):
            self._connection = connection or open_reading(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """The file is closed."""
        self._connection.close()

    def original(self, uri: str, sha256: str, length: int) -> OriginalRow | None:
        """The newest stored response that holds this payload in full, of the same address if there is one.

        Never a revisit (WARC 1.1 section 6.7.2), never truncated, and described by the manifest that stored it.
        """
        wanted: dict[str, str | int] = {"uri": uri, "sha256": sha256, "length": length}
        for found, date, file, offset, record_length, record_id in self._rows(_ORIGINAL, wanted):
            record = RecordRef(file=file, offset=offset, length=record_length, id=record_id)
            return OriginalRow(uri=found, date=date, record=record)
        return None

    def articles(self) -> list[ArticleRow]:
        """Every article, the one captured last first."""
        return [_article(row) for row in self._rows(_ARTICLE + "ORDER BY last_seen DESC, key")]

    def article(self, key: str) -> ArticleRow | None:
        """The article of this key."""
        return next((_article(row) for row in self._rows(_ARTICLE + "WHERE key = ?", (key,))), None)

    def addresses(self, prefix: str, *, limit: int) -> list[ArticleRow]:
        """The articles whose key begins so, in the order of keys."""
        # A range uses the index, which LIKE does not.
        sql = _ARTICLE + "WHERE key >= ? AND key < ? ORDER BY key LIMIT ?"
        return [_article(row) for row in self._rows(sql, (prefix, prefix + "\U0010ffff", limit))]

    def mentioning(self, words: str) -> list[ArticleRow]:
        """The articles whose headline or address holds each of the words, the one captured last first.

        Case, accents and the like make no difference, as in a search.
        """
        from archivist.catalog.fold import fold  # noqa: PLC0415  # takes 15 ms to load, and a run asks for no words

        wanted = fold(words).split()
        return [
            _article(row)
            for row in self._rows(_ARTICLE + "ORDER BY last_seen DESC, key")
            if _holds(fold(f"{unquote(row[0])}\n{row[1] or ''}"), wanted)
        ]

    def history(self, key: str) -> list[SnapshotRow]:
        """The article's snapshots, oldest first."""
        return self._snapshots(
            SNAPSHOTS + "WHERE snapshots.article = ? ORDER BY snapshots.number, snapshots.id", (key,)
        )

    def looks(self, key: str) -> list[LookRow]:
        """The article's snapshots as the schedule sees them, in the order of the log."""
        return [
            LookRow(
                started=started,
                fingerprint=fingerprint,
                verdict=verdict,
                status=status,
                is_truncated=bool(is_truncated),
                published=published,
                updated=updated,
            )
            for started, fingerprint, verdict, status, is_truncated, published, updated in self._rows(_LOOKS, (key,))
        ]

    def looked(self) -> dict[str, int]:
        """By article, how many snapshots there are."""
        return dict(self._rows("SELECT key, snapshots FROM articles"))

    def linked(self, key: str) -> list[tuple[str, str]]:
        """The documents that came with the article when it was last seen whole: address and media type."""
        return [(uri, media_type or "") for uri, media_type in self._rows(_LINKED, (key,))]

    def stirred(self, *, after: int = 0, limit: int) -> list[SnapshotRow]:
        """The snapshots behind a position that are not just as the one before: an edit, if there is one, is here."""
        return self._snapshots(f"{SNAPSHOTS} {_STIRRED} ORDER BY position LIMIT ?", (after, limit))

    def newest_stirred(self, *, limit: int) -> list[SnapshotRow]:
        """The last of the same, the newest first."""
        return self._snapshots(f"{SNAPSHOTS} {_STIRRED} ORDER BY position DESC LIMIT ?", (0, limit))

    def last_statement(self) -> tuple[int, str]:
        """Where the order of writing ends: position from 1 and id; 0 and nothing where there is no statement."""
        rows = self._rows("SELECT position, id FROM statements ORDER BY position DESC LIMIT 1")
        return rows[0] if rows else (0, "")

    def stored_since(self, moment: str) -> int:
        """Bytes of WARC that statements since this moment (``utc_text``) describe."""
        found: int = self._rows(
            "SELECT coalesce(sum(length), 0) FROM spans JOIN statements ON position = statement WHERE at >= ?",
            (moment,),
        )[0][0]
        return found

    def newest(self, key: str) -> SnapshotRow | None:
        """The article's newest snapshot."""
        return self._one(
            SNAPSHOTS + "WHERE snapshots.article = ? ORDER BY snapshots.number DESC, snapshots.id DESC LIMIT 1", (key,)
        )

    def last(self) -> SnapshotRow | None:
        """The newest snapshot of all."""
        return self._one(SNAPSHOTS + "ORDER BY started DESC, position DESC LIMIT 1")

    def first_of_version(self, key: str, version: int) -> SnapshotRow | None:
        """The snapshot in which this version of the article was first seen."""
        return self._one(
            SNAPSHOTS + "WHERE snapshots.article = ? AND version = ? ORDER BY snapshots.number, snapshots.id LIMIT 1",
            (key, version),
        )

    def in_force(self, key: str, until: str) -> SnapshotRow | None:
        """The article's last snapshot that began at this moment (``utc_text``) or before."""
        return self._one(
            SNAPSHOTS
            + "WHERE snapshots.article = ? AND started <= ? ORDER BY snapshots.number DESC, snapshots.id DESC LIMIT 1",
            (key, until),
        )

    def beginning(self, prefix: str, *, limit: int) -> list[SnapshotRow]:
        """The snapshots whose id begins so (lower-case hex), in the order of ids."""
        # "g" comes after every hex digit: a range uses the index, LIKE does not.
        return self._snapshots(
            SNAPSHOTS + "WHERE snapshots.id >= ? AND snapshots.id < ? ORDER BY snapshots.id LIMIT ?",
            (prefix, prefix + "g", limit),
        )

    def snapshot(self, prefix: str) -> SnapshotRow:
        """The one snapshot whose id begins so (lower-case hex).

        Raises:
            NotFound: none does.
            UsageError: several do; the message lists them.
        """
        found = self.beginning(prefix, limit=MAX_LISTED + 1)
        if not found:
            raise NotFound(f"no snapshot's id begins with {prefix}", hint="archivist list")
        if len(found) > 1:
            raise UsageError(f"{prefix} is the beginning of several ids: {_listed(found)}", hint="give more digits")
        return found[0]

    def holding(self, digest: str) -> list[SnapshotRow]:
        """The snapshots with a page or document whose SHA-256 or BLAKE3 begins so (lower-case hex), oldest first."""
        return self._snapshots(SNAPSHOTS + _HOLDING, {"low": digest, "high": digest + "g"})

    def spans(self) -> dict[str, list[tuple[int, int]]]:
        """By WARC file, the (offset, length) of what statements describe, in the order of the file."""
        found: dict[str, list[tuple[int, int]]] = {}
        for file, offset, length in self._rows("SELECT file, offset, length FROM spans ORDER BY file, offset, length"):
            found.setdefault(file, []).append((offset, length))
        return found

    def statement_ids(self) -> list[str]:
        """The ids of all statements, in the order of writing."""
        return [row[0] for row in self._rows("SELECT id FROM statements ORDER BY position")]

    def statement_path(self, statement_id: str) -> str | None:
        """The file of the statement with this id, relative to ``manifests/``."""
        return next((row[0] for row in self._rows("SELECT path FROM statements WHERE id = ?", (statement_id,))), None)

    def position(self, statement_id: str) -> int:
        """Where the statement stands in the order of writing, from 0: mostly its index in the log."""
        rows = self._rows("SELECT position FROM statements WHERE id = ?", (statement_id,))
        return rows[0][0] - 1 if rows else 0

    def statement_paths(self) -> list[str]:
        """The files of all statements, relative to ``manifests/``, in the order of writing."""
        return [row[0] for row in self._rows("SELECT path FROM statements ORDER BY position")]

    def counts(self) -> Counts:
        """How much there is of everything."""
        row = self._rows(
            """
            SELECT (SELECT count(*) FROM statements), (SELECT count(*) FROM articles),
                   (SELECT count(*) FROM snapshots), (SELECT coalesce(sum(versions), 0) FROM articles),
                   (SELECT coalesce(sum(captures), 0) FROM snapshots), (SELECT count(*) FROM documents),
                   (SELECT coalesce(sum(length), 0) FROM spans)
            """
        )[0]
        statements, articles, snapshots, versions, captures, documents, stored = row
        return Counts(
            statements=statements,
            articles=articles,
            snapshots=snapshots,
            versions=versions,
            captures=captures,
            documents=documents,
            stored=stored,
        )

    def search(self, query: Query, *, limit: int) -> Found:
        """The articles, or the edits, that a query finds in the texts that are indexed.

        Raises:
            UsageError: a word with a star stands for too many words.
        """
        from archivist.catalog.search import run_query  # noqa: PLC0415  # most verbs do not search

        with failures(self._path), self._lock:
            return run_query(self._connection, query, limit=limit)

    def waiting(self) -> int:
        """Texts that a search does not find yet, because they are not in the index of words."""
        with failures(self._path), self._lock:
            return count_waiting(self._connection)

    def copied(self) -> sqlite3.Connection:
        """A copy that is nowhere on the disk."""
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        with failures(self._path), self._lock:
            self._connection.backup(copy)
        return copy

    def dump(self) -> list[tuple[str | int | bytes | None, ...]]:
        """Every row of every table, each after its table's name, in an order that depends on nothing but the rows."""
        return [
            (table, *row)
            for table, order in TABLES.items()
            for row in self._rows(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608  # our own constants
        ]

    def _one(self, sql: str, values: Sequence[str | int] = ()) -> SnapshotRow | None:
        return next(iter(self._snapshots(sql, values)), None)

    def _snapshots(self, sql: str, values: Sequence[str | int] | Mapping[str, str | int] = ()) -> list[SnapshotRow]:
        return [snapshot_row(row) for row in self._rows(sql, values)]

    def _rows(self, sql: str, values: Sequence[str | int] | Mapping[str, str | int] = ()) -> list[tuple[Any, ...]]:
        with failures(self._path), self._lock:
            return self._connection.execute(sql, values).fetchall()


_ARTICLE_FIELDS = tuple(field.name for field in fields(ArticleRow))


def _article(row: tuple[Any, ...]) -> ArticleRow:
    return ArticleRow(**dict(zip(_ARTICLE_FIELDS, row, strict=True)))


def _holds(folded: str, wanted: Sequence[str]) -> bool:
    return all(word in folded for word in wanted)


def _listed(found: Sequence[SnapshotRow]) -> str:
    shown = found[:MAX_LISTED]
    digits = next(n for n in range(12, 65) if n == 64 or len({row.id[:n] for row in shown}) == len(shown))
    items = [f"{row.id[:digits]} ({row.article}, {row.started[:16]}Z)" for row in shown]
    return ", ".join([*items, "…"] if len(found) > len(shown) else items)
