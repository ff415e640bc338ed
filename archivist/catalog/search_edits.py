"""Edits by what they took out or put in, and by their kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from archivist.catalog.hits import Found, Hit, LookUp
from archivist.catalog.match import Pattern
from archivist.catalog.query import KINDS
from archivist.catalog.snippet import Snippet, snippet_of

__all__ = ["find_edits"]

_Side: TypeAlias = Literal["older", "newer"]
_TEXTS: Final[dict[_Side, str]] = {"older": "old_text", "newer": "new_text"}
_MATCHING: Final = "SELECT rowid FROM words WHERE words MATCH ?"


def find_edits(look: LookUp, *, limit: int) -> Found:
    """The edits that did all that is asked for, the newest first."""
    removed, added = look.patterns(look.query.removed), look.patterns(look.query.added)
    sql = "SELECT count(*) FROM edits WHERE categories IS NULL"
    untold: int = look.connection.execute(sql).fetchone()[0] if look.query.changed else 0
    shown = (*removed, *added, *look.terms)
    if not all(pattern.expression for pattern in shown):
        return Found(untold=untold)
    where, values = _conditions(look, removed, added)
    rows = look.connection.execute(
        "SELECT newer, older, new_text, old_text, categories FROM edits JOIN snapshots ON position = newer"  # noqa: S608
        f" WHERE {where} ORDER BY started DESC, newer DESC LIMIT ?",
        (*values, limit + 1),
    ).fetchall()
    hits = []
    for newer, older, new_text, old_text, categories in rows[:limit]:
        row, before = look.row(newer), look.row(older)
        side, text = (older, old_text) if removed else (newer, new_text)
        document, snippet = _place(look, side, text, shown)
        hits.append(
            Hit(
                row=row,
                older=before,
                versions=(before.version, row.version),
                total=look.versions_of(row.article),
                document=document,
                categories=tuple((categories or "").split()),
                snippet=snippet,
            )
        )
    return Found(hits=tuple(hits), is_more=len(rows) > limit, untold=untold)


def _conditions(look: LookUp, removed: Sequence[Pattern], added: Sequence[Pattern]) -> tuple[str, list[str]]:
    parts, values = [], list[str]()
    for pattern in removed:
        parts.append(_only("older", than="newer"))
        values += [pattern.expression] * 4
    for pattern in added:
        parts.append(_only("newer", than="older"))
        values += [pattern.expression] * 4
    for pattern in look.terms:
        parts.append(f"({_holds('newer')} OR {_holds('older')})")
        values += [pattern.expression] * 4
    for expression in look.without:
        parts.append(f"NOT {_holds('newer')}")
        values += [expression] * 2
    for kind in look.query.changed:
        parts.append(f"({' OR '.join('instr(categories, ?)' for _ in KINDS[kind])})")
        values += [f" {category} " for category in KINDS[kind]]
    for condition, value in look.dates():
        parts.append(condition)
        values.append(value)
    return " AND ".join(parts), values


def _only(side: _Side, *, than: _Side) -> str:
    """The article holds it on one side and not on the other, or a document of one address does."""
    return (
        f"((ifnull({_TEXTS[side]} IN ({_MATCHING}), 0) AND NOT ifnull({_TEXTS[than]} IN ({_MATCHING}), 0))"  # noqa: S608
        f" OR EXISTS (SELECT 1 FROM documents AS one WHERE one.snapshot = {side} AND one.text IN ({_MATCHING})"
        f" AND NOT EXISTS (SELECT 1 FROM documents AS two WHERE two.snapshot = {than} AND two.uri = one.uri"
        f" AND two.text IN ({_MATCHING}))))"
    )


def _holds(side: _Side) -> str:
    return (
        f"(ifnull({_TEXTS[side]} IN ({_MATCHING}), 0) OR EXISTS (SELECT 1 FROM documents"  # noqa: S608  # our own pieces
        f" WHERE documents.snapshot = {side} AND documents.text IN ({_MATCHING})))"
    )


def _place(
    look: LookUp, snapshot: int, text: int | None, patterns: Sequence[Pattern]
) -> tuple[str | None, Snippet | None]:
    """Where it stands: in the article, or in which of its documents."""
    snippet = snippet_of(look.passages(text), patterns) if text is not None else None
    if snippet is not None or not patterns:
        return None, snippet
    rows = look.connection.execute(
        "SELECT uri, text FROM documents WHERE snapshot = ? AND text IS NOT NULL ORDER BY ordinal", (snapshot,)
    ).fetchall()
    for uri, each in rows:
        if (snippet := snippet_of(look.passages(each), patterns)) is not None:
            return uri, snippet
    return None, None
