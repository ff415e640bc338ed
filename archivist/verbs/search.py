"""Search the text and the facts of everything that was ever read, through all versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archivist.catalog.hits import Found, Hit
from archivist.catalog.query import FIELDS, parse_query
from archivist.catalog.reader import Catalog
from archivist.catalog.rows import SnapshotRow
from archivist.errors import UsageError
from archivist.model.json import JsonObject, without_nothing
from archivist.pipeline.indexing import Indexing, bring_up_to_date
from archivist.workspace import Workspace

__all__ = ["DEFAULT_LIMIT", "Searched", "hit_json", "query_of", "search"]

DEFAULT_LIMIT = 20
"""Hits."""
MAX_LIMIT = 1_000
MAX_COPY = 512 * 1024 * 1024
"""Bytes of a catalog that is copied into memory for a search; of a larger one, what is not indexed is not searched."""
_FACT = re.compile(rf"(?:(?<=\s)|^)-?(?:{'|'.join(FIELDS)}):")


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was asked and what was found."""

    query: str
    found: Found
    is_of_edits: bool
    """The hits are edits."""

    def summary(self) -> JsonObject:
        """The last line of ``search --json``."""
        return {
            "query": self.query,
            "hits": len(self.found.hits),
            "is_more": self.found.is_more,
            **without_nothing(
                {
                    "is_capped": self.found.is_capped,
                    "untold_edits": self.found.untold or None,
                    "unindexed_texts": self.found.unindexed or None,
                }
            ),
        }


def search(
    workspace: Workspace,
    query: str,
    *,
    limit: int = DEFAULT_LIMIT,
    tell: Callable[[Indexing], None] = lambda _: None,
) -> Searched:
    """The articles whose versions hold the words, or the edits that are asked for.

    What was captured since the last search is put into the index of words first; where that cannot be written, into a
    copy of it for this search alone.

    Args:
        workspace: the archive.
        query: the grammar stands in ``catalog.query``.
        limit: hits that are wanted.
        tell: told how far the index is brought up to date.

    Raises:
        UsageError: the query is wrong; the message names the piece.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise UsageError(f"--limit {limit} is out of bounds", hint=f"1 to {MAX_LIMIT}")
    parsed = parse_query(query)
    is_up_to_date = bring_up_to_date(workspace, tell=tell)
    if workspace.catalog.is_in_memory:
        with _made(workspace, is_of_edits=parsed.is_of_edits) as catalog:
            found = catalog.search(parsed, limit=limit)
    elif not is_up_to_date and workspace.layout.catalog.stat().st_size <= MAX_COPY:
        with _copied(workspace.catalog) as catalog:
            found = catalog.search(parsed, limit=limit)
    else:
        found = workspace.catalog.search(parsed, limit=limit)
    return Searched(query=query, found=found, is_of_edits=parsed.is_of_edits)


def _made(workspace: Workspace, *, is_of_edits: bool) -> Catalog:
    """Where the disk has no catalog that could be searched, one is made for this search alone."""
    from archivist.catalog.writer import in_memory  # noqa: PLC0415  # most archives have one
    from archivist.pipeline.compare import categories_of  # noqa: PLC0415

    return in_memory(workspace.statements(damaged=[]), categories=categories_of(workspace) if is_of_edits else None)


def _copied(catalog: Catalog) -> Catalog:
    """Where the catalog is behind and may only be read, a copy that is up to date serves this search alone."""
    from archivist.catalog.writer import indexed_copy  # noqa: PLC0415  # most archives can be written

    return indexed_copy(catalog)


def query_of(words: Iterable[str]) -> str:
    """The query that arguments of a command line mean: the shell has taken the quotation marks, and they come back.

    An argument with blanks is a phrase, ``removed:a phrase`` a fact with one; unless it holds quotation marks of its
    own, or several facts: then it is a query as it stands.
    """
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if '"' in word or not any(map(str.isspace, word.strip())) or len(_FACT.findall(word)) > 1:
        return word
    fact = _FACT.match(word)
    name = fact[0] if fact else ""
    return f'{name}"{word[len(name) :].strip()}"'


def hit_json(hit: Hit) -> JsonObject:
    """One line of ``search --json``."""
    row = hit.row
    return {
        "article": row.article,
        "title": row.title,
        "site": row.site,
        "versions": list(hit.versions),
        "of": hit.total,
        **(_edit_json(hit.older, row) if hit.older else {"id": row.id, "captured": row.started}),
        **without_nothing(
            {
                "published": row.published,
                "document": hit.document,
                "categories": list(hit.categories),
                "snippet": hit.snippet.to_json() if hit.snippet else None,
            }
        ),
    }


def _edit_json(older: SnapshotRow, newer: SnapshotRow) -> JsonObject:
    return {
        "id": newer.id,
        "older": older.id,
        "last_seen_as_it_was": older.started,
        "first_seen_edited": newer.started,
    }
