"""Writing the catalog: one statement at a time behind a capture, or all of them anew."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

from archivist.catalog.connection import CatalogDamaged, failures, open_writing, rest, unmoved
from archivist.catalog.edits import untold
from archivist.catalog.reader import Catalog
from archivist.catalog.record import record
from archivist.catalog.rows import SnapshotRow
from archivist.catalog.schema import migrate
from archivist.model.manifest import Statement

__all__ = ["CatalogDamaged", "CatalogWriter", "Categories", "in_memory", "indexed_copy"]

Categories: TypeAlias = Callable[[SnapshotRow, SnapshotRow], Iterable[str]]
"""Tells of which kinds the edit between an older and a newer snapshot is."""

_SIDE_FILES = ("-wal", "-shm", "-journal")


class CatalogWriter:
    """The one writer of a catalog; the archive's lock is held by the caller.

    The file is opened, and made or migrated if need be, by the first ``add``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """The file is closed; a later ``add`` opens it again."""
        connection, self._connection = self._connection, None
        if connection:
            with failures(self._path):
                rest(connection)

    def add(self, statement_id: str, path: str, statement: Statement) -> bool:
        """The statement is in the catalog, in one transaction; false if it already was.

        Args:
            statement_id: 64 hex digits.
            path: of its file, relative to ``manifests/``.
            statement: as read from it.

        Raises:
            CatalogDamaged: the file is no catalog of ours; ``rebuild`` makes one.
            DiskFailed: full, read-only or failing; nothing of the statement is in the catalog.
            Locked: another program is in the middle of a transaction.
        """
        with failures(self._path):
            if self._connection is None:
                self._connection = open_writing(self._path)
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                is_new = record(connection, statement, statement_id=statement_id, path=path)
                connection.execute("COMMIT")
            except BaseException:
                # A full disk ends the transaction by itself.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        return is_new

    def tell(self, categories: Categories, *, most: int | None = None) -> int:
        """Every edit says of which kinds it is; the number of those that did not, and do now.

        Args:
            categories: of the edit between an older and a newer snapshot.
            most: tell of the newest so many alone.

        Raises:
            DiskFailed: full, read-only or failing; what was told before stays told.
            CatalogDamaged: the file is no catalog of ours.
        """
        with failures(self._path):
            if self._connection is None:
                self._connection = open_writing(self._path)
            return _tell(self._connection, categories, most=most)

    def rebuild(self, statements: Iterable[tuple[str, str, Statement]], *, is_indexed: bool = True) -> int:
        """A new catalog of these statements has replaced whatever was there; their number.

        Readers that have the old file open go on seeing it.

        Args:
            statements: in the order of writing: that of the log.
            is_indexed: whether it can be searched at once; else its texts wait, as those of a capture do.

        Raises:
            DiskFailed: full, read-only or failing; the old file is as it was.
        """
        self.close()
        fresh = self._path.with_name(self._path.name + ".new")
        with failures(self._path):
            fresh.parent.mkdir(parents=True, exist_ok=True)
            _remove(fresh)
            try:
                count = _build(fresh, statements, is_indexed=is_indexed)
                with unmoved(self._path):
                    _replace(self._path, fresh)
            finally:
                _remove(fresh)
        return count


def in_memory(
    statements: Iterable[tuple[str, str, Statement]],
    *,
    has_texts: bool = True,
    categories: Categories | None = None,
) -> Catalog:
    """A catalog of these statements that is nowhere on the disk: for an archive that may only be read.

    Args:
        statements: in the order of writing.
        has_texts: whether it can be searched, which takes most of the time.
        categories: of the edit between two snapshots, where edits are to say of which kinds they are.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _fill(connection, statements, has_texts=has_texts, is_indexed=has_texts)
    if categories is not None:
        _tell(connection, categories)
    return Catalog(Path(":memory:"), connection=connection)


def indexed_copy(catalog: Catalog) -> Catalog:
    """A copy of a catalog that is nowhere on the disk, with all its texts in the index of words."""
    from archivist.catalog.indexing import index_texts  # noqa: PLC0415  # a capture indexes nothing

    connection = catalog.copied()
    index_texts(connection, known=set())
    return Catalog(Path(":memory:"), connection=connection)


def _build(fresh: Path, statements: Iterable[tuple[str, str, Statement]], *, is_indexed: bool) -> int:
    connection = sqlite3.connect(fresh, isolation_level=None)
    try:
        # Until it takes the old one's place, the file is worth nothing: no journal, and one fsync at the end.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        count = _fill(connection, statements, is_indexed=is_indexed)
    finally:
        connection.close()
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    return count


def _fill(
    connection: sqlite3.Connection,
    statements: Iterable[tuple[str, str, Statement]],
    *,
    has_texts: bool = True,
    is_indexed: bool,
) -> int:
    migrate(connection)
    connection.execute("BEGIN")
    count = sum(
        record(connection, statement, statement_id=statement_id, path=path, has_texts=has_texts)
        for statement_id, path, statement in statements
    )
    if is_indexed:
        from archivist.catalog.indexing import index_texts  # noqa: PLC0415  # a capture indexes nothing

        index_texts(connection, known=set())
    connection.execute("COMMIT")
    return count


def _tell(connection: sqlite3.Connection, categories: Categories, *, most: int | None = None) -> int:
    found = untold(connection, most=most)
    for older, newer in found:
        said = f" {' '.join(categories(older, newer))} "
        connection.execute("UPDATE edits SET categories = ? WHERE newer = ?", (said, newer.position))
    return len(found)


def _replace(path: Path, fresh: Path) -> None:
    # A log that a killed writer left behind belongs to the old file, and would be replayed into the new one. Should
    # we die between the two steps there is no catalog, which is a state that every reader knows.
    if any(path.with_name(path.name + suffix).exists() for suffix in _SIDE_FILES):
        _remove(path)
    fresh.replace(path)


def _remove(path: Path) -> None:
    for suffix in ("", *_SIDE_FILES):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
