"""The tables of the catalog, and how an older catalog becomes a current one.

The catalog is a cache over ``archives/`` and ``manifests/``: it may be deleted at any time. ``sqlite_utils`` costs
86 ms to import, which a command that only reads must not pay; so it is imported where tables are made, and a current
catalog is known by SQLite's own ``application_id`` and ``user_version``.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from archivist.catalog.texts import COLUMNS

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["APPLICATION_ID", "SCHEMA_VERSION", "TABLES", "migrate", "schema_of"]

APPLICATION_ID = 0x41524356
"""``ARCV``: bytes 68 to 71 of the file (SQLite file format, section 1.3.17)."""

SCHEMA_VERSION = 4
"""A catalog of another version is made anew from the statements, never converted."""

TABLES = {
    "statements": "position",
    "articles": "key",
    "snapshots": "position",
    "captures": "snapshot, ordinal",
    "documents": "snapshot, ordinal",
    "readings": "statement",
    "document_readings": "statement, sha256",
    "spans": "file, offset, statement",
    "texts": "id",
    "edits": "newer",
}
"""Each table, and the order that makes two dumps of it comparable; the index of words follows from ``texts``."""


def schema_of(connection: sqlite3.Connection) -> int | None:
    """The version of the catalog's schema; 0 for an empty file, None for another program's database."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID:
        return version
    is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    return 0 if is_empty and application == 0 else None


def migrate(connection: sqlite3.Connection) -> None:
    """Every table is there, as the current version wants it."""
    from sqlite_utils import Database  # noqa: PLC0415  # 86 ms that only the maker of tables pays
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415

    migrations = Migrations("archivist")
    migrations(name="0001_tables")(_tables)
    migrations.apply(Database(connection, strict=True, execute_plugins=False))


def _tables(db: Database) -> None:
    _statements(db)
    _snapshots(db)
    _captures(db)
    _readings(db)
    _texts(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _statements(db: Database) -> None:
    db.table("statements").create(
        {"position": int, "id": str, "path": str, "type": str, "article": str, "number": int, "at": str},
        pk="position",
        not_null=("id", "path", "type", "at"),
    )
    db.table("statements").create_index(["id"], unique=True)
    db.table("spans").create(
        {"file": str, "offset": int, "length": int, "statement": int},
        pk=("file", "offset", "statement"),
        not_null=("length",),
        foreign_keys=[("statement", "statements", "position")],
    )


def _snapshots(db: Database) -> None:
    db.table("articles").create(
        {
            "key": str,
            "title": str,
            "site": str,
            "first_seen": str,
            "last_seen": str,
            "snapshots": int,
            "versions": int,
        },
        pk="key",
        not_null=("site", "first_seen", "last_seen", "snapshots", "versions"),
    )
    db.table("snapshots").create(
        {
            "position": int,
            "id": str,
            "article": str,
            "number": int,
            "version": int,
            "started": str,
            "ended": str,
            "fingerprint": str,
            "title": str,
            "published": str,
            "updated": str,
            "site": str,
            "verdict": str,
            "page_uri": str,
            "page_sha256": str,
            "bytes": int,
            "captures": int,
            "problems": int,
            "previous": str,
            "is_adopted": int,
            "reading": str,
            "read_by": str,
            "text": int,
        },
        pk="position",
        not_null=("id", "article", "number", "version", "started", "ended", "fingerprint", "verdict", "reading"),
        foreign_keys=[("position", "statements", "position"), ("article", "articles", "key")],
    )
    db.table("snapshots").create_index(["id"], unique=True)
    db.table("snapshots").create_index(["article", "number"])
    db.table("snapshots").create_index(["started"])
    db.table("snapshots").create_index(["text"])


def _captures(db: Database) -> None:
    # A capture points at its snapshot by position, not by id: rows and their key are then written in order, which
    # keeps a live catalog of millions of captures as quick as a new one.
    db.table("captures").create(
        {
            "snapshot": int,
            "ordinal": int,
            "uri": str,
            "role": str,
            "status": int,
            "media_type": str,
            "date": str,
            "sha256": str,
            "blake3": str,
            "length": int,
            "file": str,
            "offset": int,
            "record_length": int,
            "record_id": str,
            "is_revisit": int,
            "is_truncated": int,
            "is_carried": int,
        },
        pk=("snapshot", "ordinal"),
        foreign_keys=[("snapshot", "snapshots", "position")],
    )
    # Only what a revisit may refer to; ``Catalog.original`` repeats the condition word for word.
    db.execute(
        "CREATE INDEX originals ON captures (sha256, uri, date)"
        " WHERE is_revisit = 0 AND is_truncated = 0 AND is_carried = 0"
    )
    db.table("documents").create(
        {"snapshot": int, "ordinal": int, "uri": str, "sha256": str, "title": str, "page_count": int, "text": int},
        pk=("snapshot", "ordinal"),
        not_null=("uri", "sha256"),
        foreign_keys=[("snapshot", "snapshots", "position")],
    )
    db.table("documents").create_index(["sha256"])
    db.table("documents").create_index(["text", "snapshot"])


def _readings(db: Database) -> None:
    # What each statement itself says, while ``snapshots`` and ``documents`` have what the newest says: a statement
    # that refers to an earlier reading means that one, whatever was read since.
    db.table("readings").create(
        {"statement": int, "title": str, "published": str, "updated": str, "site": str, "text": int},
        pk="statement",
        foreign_keys=[("statement", "statements", "position")],
    )
    db.table("document_readings").create(
        {"statement": int, "sha256": str, "title": str, "page_count": int, "text": int},
        pk=("statement", "sha256"),
        foreign_keys=[("statement", "statements", "position")],
    )


def _texts(db: Database) -> None:
    # ``body`` is what a reader sees, packed; ``words`` is the index over it, which keeps no text of its own.
    # The words that it holds are levelled and parted by us (``catalog.fold``), so that its tokenizer only has to
    # part them again at the blanks.
    db.table("texts").create(
        {"id": int, "digest": str, "article": str, "body": bytes}, pk="id", not_null=("digest", "body")
    )
    db.table("texts").create_index(["digest"], unique=True)
    db.table("texts").create_index(["article"])
    db.execute(
        f"CREATE VIRTUAL TABLE words USING fts5({', '.join(COLUMNS)}, content = '', tokenize = 'ascii')",
    )
    # Every word once, and by its runs of three letters: what stands inside a compound is found among the words.
    db.table("terms").create({"id": int, "term": str}, pk="id", not_null=("term",))
    db.table("terms").create_index(["term"], unique=True)
    db.execute(
        "CREATE VIRTUAL TABLE grams USING"
        " fts5(term, content = '', detail = 'none', columnsize = 0, tokenize = 'trigram')"
    )
    # An edit lies between two snapshots that follow each other; its categories come later (``CatalogWriter.tell``).
    db.table("edits").create(
        {"newer": int, "older": int, "new_text": int, "old_text": int, "categories": str},
        pk="newer",
        not_null=("older",),
        foreign_keys=[("newer", "snapshots", "position"), ("older", "snapshots", "position")],
    )
    db.table("edits").create_index(["old_text"])
    db.table("edits").create_index(["new_text"])
    db.table("edits").create_index(["older"])
    db.execute("CREATE INDEX untold ON edits (newer) WHERE categories IS NULL")
