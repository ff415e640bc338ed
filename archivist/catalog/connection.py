"""Opening the database file, and saying in archivist's words what went wrong with it.

At rest the catalog is one file with a rollback journal; it is in write-ahead mode only while a writer is at work.
A read-only connection to a file in write-ahead mode would create two files beside it, and fail in a folder that
cannot be written, which no reading command may do.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from archivist.catalog.schema import SCHEMA_VERSION, migrate, schema_of
from archivist.errors import ArchivistError, DiskFailed, Locked

__all__ = ["CatalogDamaged", "failures", "open_reading", "open_writing", "rest", "unmoved"]

_WAIT = 10.0
"""Seconds to wait for another connection's transaction; ours take milliseconds."""

_HINT = "it is a cache, and what was stored before is whole; run archivist again when the disk is mended"
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

_WAL_VERSION = 2
"""Of bytes 18 and 19 of the file (SQLite file format, section 1.3.3)."""


class CatalogDamaged(ArchivistError):
    """The catalog is absent, damaged or not of this version: a cache, to be made anew from the statements."""

    exit_code: ClassVar[int] = 8

    def __init__(self, message: str) -> None:
        super().__init__(message, hint="archivist reindex makes it anew; it holds nothing that is not elsewhere")


@contextlib.contextmanager
def failures(path: Path) -> Iterator[None]:
    """Inside, SQLite's and the system's errors become archivist's.

    Raises:
        CatalogDamaged: the file is no catalog that can be read.
        Locked: another process is in the middle of a transaction.
        DiskFailed: full, read-only or failing.
    """
    try:
        yield
    except OSError as error:
        raise DiskFailed(f"the catalog {path} failed: {(error.strerror or str(error)).lower()}", hint=_HINT) from error
    except sqlite3.DatabaseError as error:
        # Python's own complaint about text that is not UTF-8 carries no code of SQLite's.
        code = getattr(error, "sqlite_errorcode", None)
        primary = sqlite3.SQLITE_CORRUPT if code is None else code & 0xFF
        if primary in _DAMAGED:
            raise CatalogDamaged(f"the catalog {path} cannot be read: {error}") from error
        if primary in _BUSY:
            raise Locked(f"another program is writing to the catalog {path}") from error
        raise DiskFailed(f"the catalog {path} failed: {error}", hint=_HINT) from error


def open_reading(path: Path) -> sqlite3.Connection:
    """A connection that creates and changes nothing.

    Raises:
        CatalogDamaged: there is no catalog of this version.
    """
    if not path.is_file():
        raise CatalogDamaged(f"there is no catalog at {path}")
    address = f"{path.absolute().as_uri()}?mode=ro"
    if _is_wal_without_log(path):
        address += "&immutable=1"
    # The reader's own lock lets one thread in at a time.
    connection = sqlite3.connect(address, uri=True, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    try:
        _check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def open_writing(path: Path) -> sqlite3.Connection:
    """A connection in write-ahead mode to a catalog of this version, made or migrated where it was not.

    Raises:
        CatalogDamaged: the file is another program's, a later version's, or damaged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # The caller lets one thread in at a time.
    connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    try:
        version = schema_of(connection)
        if version is not None and version < SCHEMA_VERSION:
            migrate(connection)
        _check(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        # Power that fails may take the last rows, never the file; the next start finds what is missing.
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def rest(connection: sqlite3.Connection) -> None:
    """The file is closed, and one file again unless somebody is reading it at this moment."""
    connection.execute("PRAGMA busy_timeout = 0")
    with contextlib.suppress(sqlite3.OperationalError):  # a reader: it shares the log, and the next writer retries
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


@contextlib.contextmanager
def unmoved(path: Path) -> Iterator[None]:
    """Inside, nobody puts another file in the place of the catalog, whose side files SQLite finds by their names."""
    # The folder itself is locked: a file for that would be one more to be explained.
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    version = schema_of(connection)
    if version is None:
        raise CatalogDamaged(f"{path} is not a catalog but another program's database")
    if version != SCHEMA_VERSION:
        raise CatalogDamaged(f"the catalog {path} is of version {version}, and this archivist reads {SCHEMA_VERSION}")


def _is_wal_without_log(path: Path) -> bool:
    # A catalog that was copied without its log: a plain read-only connection would create one.
    with path.open("rb") as file:
        header = file.read(20)
    return len(header) == 20 and header[18] == _WAL_VERSION and not path.with_name(path.name + "-wal").exists()
