"""A statement as rows: what one statement adds to the tables, whether it is added live or in a rebuild.

There is one way in, so a rebuilt catalog equals a live one. All of it happens in the caller's transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from archivist.catalog.edits import list_edits
from archivist.catalog.noted import Noted, document_facts, note
from archivist.clock import parse_utc, utc_text
from archivist.model.capture import Capture
from archivist.model.held import Reread
from archivist.model.manifest import ArchiveStatement, Event, Snapshot, Statement, software_name
from archivist.model.quality import IN_ITS_PLACE
from archivist.model.url import host_of

__all__ = ["record"]


def record(
    connection: sqlite3.Connection, statement: Statement, *, statement_id: str, path: str, has_texts: bool = True
) -> bool:
    """The statement's rows are there; false if they already were.

    Args:
        connection: to the catalog.
        statement: as read from its file.
        statement_id: 64 hex digits.
        path: of the file, relative to ``manifests/``.
        has_texts: whether what was read is kept and indexed for searches.
    """
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
        entry = _Entry(
            connection=connection, position=position, id=statement_id, snapshot=snapshot, has_texts=has_texts
        )
        entry.insert()
    if isinstance(statement, Event) and (reread := statement.reread):
        anew = _Anew(
            connection=connection, position=position, id=statement_id, reread=reread, read_by=statement.software
        )
        anew.insert(has_texts=has_texts)
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
    except ValueError:
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Anew:
    """A later reading of a snapshot on its way into the tables."""

    connection: sqlite3.Connection
    position: int
    id: str
    reread: Reread
    read_by: Mapping[str, str]

    def insert(self, *, has_texts: bool) -> None:
        """The snapshot is listed as it is read now; the versions of its article are counted anew."""
        connection, reread = self.connection, self.reread
        found = connection.execute(
            "SELECT position, article FROM snapshots WHERE id = ?", (reread.snapshot,)
        ).fetchone()
        # Of a snapshot that is damaged or gone, which is for `verify` to judge, only the reading itself is noted.
        snapshot, article = found or (None, "")
        read = note(connection, reread.held, position=self.position, key=article, has_texts=has_texts)
        if snapshot is None:
            return
        connection.execute(
            """
            UPDATE snapshots SET title = :title, published = :published, updated = :updated, site = :site,
                   text = :text, fingerprint = :fingerprint, verdict = :verdict, reading = :reading, read_by = :read_by
            WHERE position = :position
            """,
            {
                **asdict(read),
                "fingerprint": reread.fingerprint,
                "verdict": reread.quality.verdict,
                "reading": self.id,
                "read_by": software_name(self.read_by),
                "position": snapshot,
            },
        )
        listed = connection.execute("SELECT ordinal, sha256 FROM documents WHERE snapshot = ?", (snapshot,)).fetchall()
        connection.executemany(
            "UPDATE documents SET title = ?, page_count = ?, text = ? WHERE snapshot = ? AND ordinal = ?",
            [
                (*document_facts(connection, reread.held, sha256, position=self.position), snapshot, ordinal)
                for ordinal, sha256 in listed
            ],
        )
        _recount(connection, article)
        list_edits(connection, article, around=snapshot)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One snapshot on its way into the tables."""

    connection: sqlite3.Connection
    position: int
    id: str
    snapshot: Snapshot
    has_texts: bool

    def insert(self) -> None:
        """The rows of the snapshot, its article, captures and documents are there."""
        newest = self.connection.execute(
            "SELECT number, version, fingerprint FROM snapshots WHERE article = ? ORDER BY number DESC LIMIT 1",
            (self.snapshot.article,),
        ).fetchone()
        version = 1 if newest is None else newest[1] + (newest[2] != self.snapshot.fingerprint)
        read = note(
            self.connection,
            self.snapshot.held,
            position=self.position,
            key=self.snapshot.article,
            has_texts=self.has_texts,
        )
        self._insert_snapshot(read, version)
        self._count(read, version)
        if newest is not None and newest[0] >= self.snapshot.number:
            _recount(self.connection, self.snapshot.article)
        self._insert_captures()
        self._insert_documents()
        list_edits(self.connection, self.snapshot.article, around=self.position)

    def _insert_snapshot(self, read: Noted, version: int) -> None:
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
            "reading": self.id,
            "read_by": software_name(snapshot.software),
            "text": read.text,
        }
        self.connection.execute(_INSERT_SNAPSHOT, row)

    def _count(self, read: Noted, version: int) -> None:
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
                "title": None if self.snapshot.quality.verdict in _NAMELESS else read.title,
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
        stored = {
            (capture.uri, capture.payload.sha256): None for capture in self.snapshot.captures if _is_document(capture)
        }
        digests = {sha256 for _, sha256 in stored}
        read = self.snapshot.documents
        stored |= {(document.url, document.sha256): None for document in read if document.sha256 not in digests}
        self.connection.executemany(
            "INSERT INTO documents (snapshot, ordinal, uri, sha256, title, page_count, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    self.position,
                    ordinal,
                    uri,
                    sha256,
                    *document_facts(self.connection, self.snapshot.held, sha256, position=self.position),
                )
                for ordinal, (uri, sha256) in enumerate(stored)
            ],
        )


_NAMELESS = tuple(sorted(IN_ITS_PLACE))
"""What stands in an article's place has a title of its own, which is not the article's."""

_INSERT_SNAPSHOT = """
    INSERT INTO snapshots VALUES (
        :position, :id, :article, :number, :version, :started, :ended, :fingerprint, :title, :published, :updated,
        :site, :verdict, :page_uri, :page_sha256, :bytes, :captures, :problems, :previous, :is_adopted,
        :reading, :read_by, :text
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
        f"""
        UPDATE articles SET
            versions = (SELECT max(version) FROM snapshots WHERE article = :key),
            title = (SELECT title FROM snapshots WHERE article = :key AND title IS NOT NULL
                     AND verdict NOT IN {_NAMELESS}
                     ORDER BY number DESC, id DESC LIMIT 1),
            site = coalesce((SELECT site FROM snapshots WHERE article = :key AND site IS NOT NULL
                             ORDER BY number DESC, id DESC LIMIT 1), :host)
        WHERE key = :key
        """,  # noqa: S608  # words of ours
        {"key": article, "host": _host(article)},
    )
