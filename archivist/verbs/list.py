"""List the articles of the archive."""

from __future__ import annotations

from archivist.catalog.rows import ArticleRow
from archivist.model.json import JsonObject
from archivist.workspace import Workspace

__all__ = ["article_json", "list_articles"]


def list_articles(workspace: Workspace, words: str = "") -> list[ArticleRow]:
    """The articles, the one captured last first; only those whose headline or address holds each of the words."""
    return workspace.catalog.mentioning(words) if words.strip() else workspace.catalog.articles()


def article_json(row: ArticleRow) -> JsonObject:
    """One line of ``list --json``."""
    return {
        "article": row.key,
        "title": row.title,
        "site": row.site,
        "first_seen": row.first_seen,
        "last_seen": row.last_seen,
        "snapshots": row.snapshots,
        "versions": row.versions,
    }
