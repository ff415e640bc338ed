"""What a statement read, as rows: kept for each statement, so that a later reading never changes an earlier one."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass

from archivist.catalog.texts import keep_article, keep_document
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
    text: int | None = None
    """Of ``texts``; None where nothing was read, or texts are not kept."""


def note(connection: sqlite3.Connection, held: Held, *, position: int, key: str, has_texts: bool) -> Noted:
    """The reading that a statement holds, or refers to, is in the tables; what lists show of it.

    Args:
        connection: to the catalog.
        held: the reading.
        position: of the statement.
        key: of the article.
        has_texts: whether texts are kept and indexed.
    """
    read = _of_holder(connection, held.same_as)
    if held.article:
        text = keep_article(connection, held.article, key=key) if has_texts else None
        read = _of_article(held.article, text=text)
    connection.execute(
        "INSERT INTO readings (statement, title, published, updated, site, text)"
        " VALUES (:statement, :title, :published, :updated, :site, :text)",
        {"statement": position, **asdict(read)},
    )
    connection.executemany(
        "INSERT OR IGNORE INTO document_readings (statement, sha256, title, page_count, text) VALUES (?, ?, ?, ?, ?)",
        [
            (
                position,
                each.sha256,
                each.value("title"),
                each.page_count,
                keep_document(connection, each) if has_texts else None,
            )
            for each in held.documents
        ],
    )
    return read


def document_facts(
    connection: sqlite3.Connection, held: Held, sha256: str, *, position: int
) -> tuple[str | None, int | None, int | None]:
    """Title, number of pages and text of a document, as the reading has them, itself or by reference.

    Args:
        connection: to the catalog, which has noted the reading.
        held: the reading.
        sha256: of the document.
        position: of the reading's own statement.
    """
    if any(document.sha256 == sha256 for document in held.documents):
        wanted: str = "statement = ?"
        holder: str | int | None = position
    else:
        wanted = "statement = (SELECT position FROM statements WHERE id = ?)"
        holder = held.same_documents_as.get(sha256)
    row = connection.execute(
        f"SELECT title, page_count, text FROM document_readings WHERE {wanted} AND sha256 = ?",  # noqa: S608  # ours
        (holder, sha256),
    ).fetchone()
    return (row[0], row[1], row[2]) if row else (None, None, None)


def _of_article(article: Article, *, text: int | None) -> Noted:
    return Noted(
        title=article.value("title") or article.value("title_shown"),
        published=article.value("published"),
        updated=article.value("updated"),
        site=article.value("site_name"),
        text=text,
    )


def _of_holder(connection: sqlite3.Connection, holder: str | None) -> Noted:
    row = connection.execute(
        "SELECT title, published, updated, site, text FROM readings JOIN statements ON statements.position = statement"
        " WHERE statements.id = ?",
        (holder,),
    ).fetchone()
    return Noted(title=row[0], published=row[1], updated=row[2], site=row[3], text=row[4]) if row else Noted()
