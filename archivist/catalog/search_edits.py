"""Edits by what they took out or put in, and by their kinds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from archivist.catalog.hits import Found, Hit, LookUp
from archivist.catalog.match import Pattern
from archivist.catalog.query import KINDS
from archivist.catalog.snippet import Snippet, snippet_of

__all__ = ["find_edits"]

_MATCHING: Final = "WITH matching(id) AS MATERIALIZED (SELECT value FROM json_each(?))"
_ONLY: Final = """
    SELECT newer FROM edits
    WHERE {one}_text IN (SELECT id FROM matching) AND ifnull({two}_text NOT IN (SELECT id FROM matching), 1)
    UNION
    SELECT newer FROM documents AS one JOIN edits ON {one}er = one.snapshot
    WHERE one.text IN (SELECT id FROM matching) AND NOT EXISTS (
        SELECT 1 FROM documents AS two
        WHERE two.snapshot = {two}er AND two.uri = one.uri AND two.text IN (SELECT id FROM matching))
"""
"""The article holds it on one side and not on the other, or a document of one address does."""
_REMOVED: Final = _ONLY.format(one="old", two="new")
_ADDED: Final = _ONLY.format(one="new", two="old")
_STILL: Final = """
    SELECT newer FROM edits WHERE new_text IN (SELECT id FROM matching)
    UNION SELECT newer FROM documents JOIN edits ON newer = snapshot WHERE text IN (SELECT id FROM matching)
"""
"""The newer side holds it."""
_HAS_HELD: Final = """
    UNION SELECT newer FROM edits WHERE old_text IN (SELECT id FROM matching)
    UNION SELECT newer FROM documents JOIN edits ON older = snapshot WHERE text IN (SELECT id FROM matching)
"""
_HOLDING: Final = _STILL + _HAS_HELD
"""Either side does."""


def find_edits(look: LookUp, *, limit: int) -> Found:
    """The edits that did all that is asked for, the newest first."""
    removed, added = look.patterns(look.query.removed), look.patterns(look.query.added)
    sql = "SELECT count(*) FROM edits WHERE categories IS NULL"
    untold: int = look.connection.execute(sql).fetchone()[0] if look.query.changed else 0
    shown = (*removed, *added, *look.terms)
    if not all(pattern.expression for pattern in shown):
        return Found(untold=untold)
    where, values = _conditions(look)
    sets = [
        *(_changing(look, pattern, _REMOVED) for pattern in removed),
        *(_changing(look, pattern, _ADDED) for pattern in added),
        *(_changing(look, pattern, _HOLDING) for pattern in look.terms),
    ]
    if sets:
        where += " AND newer IN (SELECT value FROM json_each(?))"
        values.append(json.dumps([*set.intersection(*sets)]))
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


def _changing(look: LookUp, pattern: Pattern, sql: str) -> set[int]:
    """The edits, by their newer snapshots, that did this with what the pattern looks for."""
    ids = json.dumps([*look.texts_with(pattern)])
    return {row[0] for row in look.connection.execute(f"{_MATCHING} {sql}", (ids,))}


def _conditions(look: LookUp) -> tuple[str, list[str]]:
    """The conditions on an edit that are not of words that must stand, or have stood, in it."""
    parts, values = ["1"], list[str]()
    for pattern in look.patterns(look.query.without):
        parts.append("newer NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps([*_changing(look, pattern, _STILL)] if pattern.expression else []))
    for kind in look.query.changed:
        parts.append(f"({' OR '.join('instr(categories, ?)' for _ in KINDS[kind])})")
        values += [f" {category} " for category in KINDS[kind]]
    for condition, value in look.dates():
        parts.append(condition)
        values.append(value)
    return " AND ".join(parts), values


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
