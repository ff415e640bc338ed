"""The index of words: the texts that a capture kept are put into it later, when somebody searches or nobody waits.

What is not in it yet are the texts behind the last one that is, for they are taken in the order in which they came: no
mark is kept that could be wrong. All that is done to the tables happens in the caller's transaction, or in one of the
short ones of an ``Indexer``; whoever dies in the middle has done nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from archivist.catalog.connection import CatalogDamaged, failures, open_writing, rest, unmoved
from archivist.catalog.fold import fold, parted, words_of
from archivist.catalog.texts import COLUMNS, WAITING, Passage, count_waiting, unpacked

__all__ = ["Indexer", "index_texts"]

MIN_WORD: Final = 3
"""Letters; the list of all words is searched by runs of three, and the pieces of scripts without blanks have two."""
MAX_WORD: Final = 40
"""Letters of a word that a search with a star can find; longer ones are addresses and the waste of machines."""
AT_ONCE: Final = 400_000
"""Bytes of packed text of one transaction, which takes half a second: so long may a run have to wait for its own."""
_KNOWN: Final = 500_000
"""Words that are remembered to be listed, so that the list need not be asked for each word of each text."""


def index_texts(connection: sqlite3.Connection, *, known: set[str], at_once: int | None = None) -> int:
    """Texts that waited are in the index, the oldest first; how many.

    Args:
        connection: to a catalog, inside a transaction.
        known: words that are listed already; grows.
        at_once: packed bytes after which no further text is begun; None: all of them.
    """
    count = room = 0
    for row, body in connection.execute(f"SELECT id, body {WAITING} ORDER BY id"):
        if len(known) > _KNOWN:
            known.clear()
        _index(connection, unpacked(body), row=row, known=known)
        count, room = count + 1, room + len(body)
        if at_once is not None and room >= at_once:
            break
    return count


def _index(connection: sqlite3.Connection, passages: Collection[Passage], *, row: int, known: set[str]) -> None:
    """The words are in the index; those that were never seen before are in the list of all words."""
    found: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for passage in passages:
        found[passage.column].append(parted(fold(passage.text)))
    said = ["\n".join(found[column]) for column in COLUMNS]
    connection.execute(
        f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608  # our constants
        (row, *said),
    )
    fresh = {*words_of("\n".join(said))} - known
    known |= fresh
    listed = sorted(word for word in fresh if MIN_WORD <= len(word) <= MAX_WORD)
    last = connection.execute("SELECT coalesce(max(id), 0) FROM terms").fetchone()
    connection.execute(
        "INSERT INTO terms (term) SELECT value FROM json_each(?)"
        " WHERE NOT EXISTS (SELECT 1 FROM terms WHERE term = value)",
        (json.dumps(listed, ensure_ascii=False),),
    )
    connection.execute("INSERT INTO grams (rowid, term) SELECT id, term FROM terms WHERE id > ?", last)


class Indexer:
    """Brings the index of a catalog up to date, beside a run and beside others that do the same.

    The archive's lock is not needed: SQLite lets one transaction in at a time, and each begins where the last ended.

    Args:
        path: of the catalog.
        at_once: packed bytes after which a transaction begins no further text.

    Raises:
        CatalogDamaged: it is no catalog of ours.
        DiskFailed: it cannot be written.
        Locked: another program is in the middle of a long transaction.
    """

    def __init__(self, path: Path, *, at_once: int = AT_ONCE) -> None:
        self._path = path
        self._at_once = at_once
        self._known: set[str] = set()
        with failures(path):
            self._connection, self._file = self._opened()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with failures(self._path), unmoved(self._path):
            # SQLite removes the side files of the name that it knows, which may be another file's by now.
            if _identity(self._path) == self._file:
                rest(self._connection)
            else:
                self._connection.close()

    def waiting(self) -> int:
        """Texts that are not in the index yet."""
        with failures(self._path):
            return count_waiting(self._connection)

    def index_some(self) -> int:
        """Some of the texts that waited are in the index, in one transaction; how many.

        Raises:
            CatalogDamaged: the catalog was replaced by something that is none.
            DiskFailed: full, read-only or failing; nothing was done.
            Locked: another program did not end its transaction.
        """
        with failures(self._path), unmoved(self._path):
            if _identity(self._path) != self._file:
                # Made anew meanwhile: what would be put into the old one is lost.
                self._connection.close()
                self._connection, self._file = self._opened()
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                count = index_texts(connection, known=self._known, at_once=self._at_once)
                connection.execute("COMMIT")
            except BaseException:
                self._known.clear()
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        return count

    def _opened(self) -> tuple[sqlite3.Connection, tuple[int, int]]:
        file = _identity(self._path)
        if file is None:
            raise CatalogDamaged(f"there is no catalog at {self._path}")
        self._known.clear()
        return open_writing(self._path), file


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at the path, if one does."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
