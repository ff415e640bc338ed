"""What a statement read, as rows: kept for each statement, so that a later reading never changes an earlier one."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass

from archivist.model.article import Article
from archivist.model.held import Held

__all__ = ["Noted", "document_facts", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The fields that a list of snapshots shows."""

    title: str | None = None
    published: str | None = None
    updated: str | None = None
    site: str | None = None


def note(connection: sqlite3.Connection, held: Held, *, position: int) -> Noted:
    """The reading that a statement holds, or refers to, is in the tables; what lists show of it."""
    read = _of_article(held.article) if held.article else _of_holder(connection, held.same_as)
    connection.execute(
        "INSERT INTO readings (statement, title, published, updated, site)"
        " VALUES (:statement, :title, :published, :updated, :site)",
        {"statement": position, **asdict(read)},
    )
    connection.executemany(
        "INSERT OR IGNORE INTO document_readings (statement, sha256, title, page_count) VALUES (?, ?, ?, ?)",
        [(position, each.sha256, each.value("title"), each.page_count) for each in held.documents],
    )
    return read


def document_facts(connection: sqlite3.Connection, held: Held, sha256: str) -> tuple[str | None, int | None]:
    """Title and number of pages of a document, as the reading has them, itself or by reference."""
    for document in held.documents:
        if document.sha256 == sha256:
            return document.value("title"), document.page_count
    row = connection.execute(
        "SELECT title, page_count FROM document_readings JOIN statements ON statements.position = statement"
        " WHERE statements.id = ? AND sha256 = ?",
        (held.same_documents_as.get(sha256), sha256),
    ).fetchone()
    return (row[0], row[1]) if row else (None, None)


def _of_article(article: Article) -> Noted:
    return Noted(
        title=article.value("title") or article.value("title_shown"),
        published=article.value("published"),
        updated=article.value("updated"),
        site=article.value("site_name"),
    )


def _of_holder(connection: sqlite3.Connection, holder: str | None) -> Noted:
    row = connection.execute(
        "SELECT title, published, updated, site FROM readings JOIN statements ON statements.position = statement"
        " WHERE statements.id = ?",
        (holder,),
    ).fetchone()
    return Noted(title=row[0], published=row[1], updated=row[2], site=row[3]) if row else Noted()
