"""A statement as rows: what one statement adds to the tables, whether it is added live or in a rebuild.

There is one way in, so a rebuilt catalog equals a live one. All of it happens in the caller's transaction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from archivist.clock import parse_utc, utc_text
from archivist.model.article import Document
from archivist.model.capture import Capture
from archivist.model.manifest import ArchiveStatement, Snapshot, Statement
from archivist.model.url import host_of

__all__ = ["record"]


def record(connection: sqlite3.Connection, statement: Statement, *, statement_id: str, path: str) -> bool:
    """The statement's rows are there; false if they already were."""
    snapshot = statement if isinstance(statement, Snapshot) else None
    cursor = connection.execute(
        "INSERT INTO statements (id, path, type, article, number, at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        (
            statement_id,
            path,
            _type_of(statement),
            snapshot.article if snapshot else None,
            snapshot.number if snapshot else None,
            _utc(_moment_of(statement)),
        ),
    )
    position = cursor.lastrowid
    if cursor.rowcount == 0 or position is None:
        return False
    if not isinstance(statement, ArchiveStatement):
        connection.executemany(
            "INSERT OR IGNORE INTO spans (file, offset, length, statement) VALUES (?, ?, ?, ?)",
            [(span.file, span.offset, span.length, position) for span in statement.stored],
        )
    if snapshot:
        _Entry(connection=connection, position=position, id=statement_id, snapshot=snapshot).insert()
    return True


def _type_of(statement: Statement) -> str:
    match statement:
        case ArchiveStatement():
            return "archive"
        case Snapshot():
            return "snapshot"
        case _:
            return "event"


def _moment_of(statement: Statement) -> str:
    match statement:
        case ArchiveStatement():
            return statement.created
        case Snapshot():
            return statement.started
        case _:
            return statement.at


def _utc(text: str) -> str:
    # Another program's statement may write the moment otherwise; in the catalog, texts compare as the moments do.
    try:
        return utc_text(parse_utc(text))
    except (ValueError, OverflowError):
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """The fields that a list of snapshots shows."""

    title: str | None = None
    published: str | None = None
    updated: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One snapshot on its way into the tables."""

    connection: sqlite3.Connection
    position: int
    id: str
    snapshot: Snapshot

    def insert(self) -> None:
        """The rows of the snapshot, its article, captures and documents are there."""
        newest = self.connection.execute(
            "SELECT number, version, fingerprint FROM snapshots WHERE article = ? ORDER BY number DESC LIMIT 1",
            (self.snapshot.article,),
        ).fetchone()
        version = 1 if newest is None else newest[1] + (newest[2] != self.snapshot.fingerprint)
        read = self._read()
        self._insert_snapshot(read, version)
        self._count(read, version)
        if newest is not None and newest[0] >= self.snapshot.number:
            _recount(self.connection, self.snapshot.article)
        self._insert_captures()
        self._insert_documents()

    def _read(self) -> _Read:
        article = self.snapshot.article_reading
        if article:
            return _Read(
                title=article.value("title") or article.value("title_shown"),
                published=article.value("published"),
                updated=article.value("updated"),
                site=article.value("site_name"),
            )
        row = self.connection.execute(
            "SELECT title, published, updated, site FROM snapshots WHERE id = ?", (self.snapshot.same_reading_as,)
        ).fetchone()
        return _Read(title=row[0], published=row[1], updated=row[2], site=row[3]) if row else _Read()

    def _insert_snapshot(self, read: _Read, version: int) -> None:
        snapshot, page = self.snapshot, self.snapshot.page
        row = {
            "position": self.position,
            "id": self.id,
            "article": snapshot.article,
            "number": snapshot.number,
            "version": version,
            "started": _utc(snapshot.started),
            "ended": _utc(snapshot.ended),
            "fingerprint": snapshot.fingerprint,
            "title": read.title,
            "published": read.published,
            "updated": read.updated,
            "site": read.site,
            "verdict": snapshot.quality.verdict,
            "page_uri": page.uri if page else None,
            "page_sha256": page.payload.sha256 if page else None,
            "bytes": sum(capture.payload.length for capture in snapshot.captures),
            "captures": len(snapshot.captures),
            "problems": len(snapshot.problems),
            "previous": snapshot.previous,
            "is_adopted": snapshot.is_adopted,
        }
        self.connection.execute(_INSERT_SNAPSHOT, row)

    def _count(self, read: _Read, version: int) -> None:
        key, started = self.snapshot.article, _utc(self.snapshot.started)
        self.connection.execute(
            """
            INSERT INTO articles (key, title, site, first_seen, last_seen, snapshots, versions)
            VALUES (:key, :title, coalesce(:site, :host), :started, :started, 1, :version)
            ON CONFLICT (key) DO UPDATE SET
                title = coalesce(:title, title),
                site = coalesce(:site, site),
                first_seen = min(first_seen, :started),
                last_seen = max(last_seen, :started),
                snapshots = snapshots + 1,
                versions = :version
            """,
            {
                "key": key,
                "title": read.title,
                "site": read.site,
                "host": _host(key),
                "started": started,
                "version": version,
            },
        )

    def _insert_captures(self) -> None:
        self.connection.executemany(
            _INSERT_CAPTURE,
            [
                (self.position, ordinal, *_capture_row(capture))
                for ordinal, capture in enumerate(self.snapshot.captures)
            ],
        )

    def _insert_documents(self) -> None:
        read = {document.sha256: document for document in self.snapshot.documents}
        stored = {
            (capture.uri, capture.payload.sha256): None for capture in self.snapshot.captures if _is_document(capture)
        }
        digests = {sha256 for _, sha256 in stored}
        stored |= {
            (document.url, document.sha256): None for document in read.values() if document.sha256 not in digests
        }
        self.connection.executemany(
            "INSERT INTO documents (snapshot, ordinal, uri, sha256, title, page_count) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (self.position, ordinal, uri, sha256, *self._read_document(sha256, read.get(sha256)))
                for ordinal, (uri, sha256) in enumerate(stored)
            ],
        )

    def _read_document(self, sha256: str, document: Document | None) -> tuple[str | None, int | None]:
        if document:
            return document.value("title"), document.page_count
        row = self.connection.execute(
            "SELECT documents.title, page_count FROM documents JOIN snapshots ON snapshots.position = snapshot"
            " WHERE snapshots.id = ? AND sha256 = ? LIMIT 1",
            (self.snapshot.same_documents_as.get(sha256), sha256),
        ).fetchone()
        return (row[0], row[1]) if row else (None, None)


_INSERT_SNAPSHOT = """
    INSERT INTO snapshots VALUES (
        :position, :id, :article, :number, :version, :started, :ended, :fingerprint, :title, :published, :updated,
        :site, :verdict, :page_uri, :page_sha256, :bytes, :captures, :problems, :previous, :is_adopted
    )
"""

_INSERT_CAPTURE = "INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _capture_row(capture: Capture) -> tuple[str | int | None, ...]:
    return (
        capture.uri,
        capture.role,
        capture.status,
        capture.media_type,
        capture.date,
        capture.payload.sha256,
        capture.payload.blake3,
        capture.payload.length,
        capture.record.file,
        capture.record.offset,
        capture.record.length,
        capture.record.id,
        capture.revisit is not None,
        capture.truncated is not None,
        capture.is_carried,
    )


def _is_document(capture: Capture) -> bool:
    # A 304 is a document, too: the revisit says of which payload.
    return capture.role == "document" and (200 <= capture.status < 300 or capture.revisit is not None)


def _host(key: str) -> str:
    try:
        return host_of(key) or key
    except ValueError:  # a statement may be an attacker's
        return key


def _recount(connection: sqlite3.Connection, article: str) -> None:
    """The article's versions and names are as if its snapshots had come in the order of their numbers."""
    connection.execute(
        """
        UPDATE snapshots SET version = counted.version FROM (
            SELECT position, sum(is_new) OVER (ORDER BY number, id) AS version FROM (
                SELECT position, number, id, fingerprint IS NOT lag(fingerprint) OVER (ORDER BY number, id) AS is_new
                FROM snapshots WHERE article = ?
            )
        ) AS counted WHERE counted.position = snapshots.position
        """,
        (article,),
    )
    connection.execute(
        """
        UPDATE articles SET
            versions = (SELECT max(version) FROM snapshots WHERE article = :key),
            title = (SELECT title FROM snapshots WHERE article = :key AND title IS NOT NULL
                     ORDER BY number DESC, id DESC LIMIT 1),
            site = coalesce((SELECT site FROM snapshots WHERE article = :key AND site IS NOT NULL
                             ORDER BY number DESC, id DESC LIMIT 1), :host)
        WHERE key = :key
        """,
        {"key": article, "host": _host(article)},
    )
