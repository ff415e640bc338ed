"""Texts by their words: of each article the best one, and the versions in which any of its texts holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from archivist.catalog.hits import NOTHING, Found, Hit, LookUp, marks
from archivist.catalog.rows import SNAPSHOTS, snapshot_row
from archivist.catalog.snippet import snippet_of

__all__ = ["find_texts"]

MAX_RANKED: Final = 2_000
"""Texts that are ranked: of words that stand in more of them, the newest."""
_WEIGHTS: Final = "10.0, 1.0, 4.0, 3.0, 0.5"
"""Of the columns, for BM25: a word of a headline says more of an article than one of its text."""
_BATCH: Final = 100
"""Texts whose articles are looked up at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """The texts that may become hits."""

    ids: list[int]
    """The best first."""
    all: set[int] | None
    """All that match; None where they were too many to be looked at."""
    is_capped: bool

    @classmethod
    def of(cls, ids: list[int], *, is_capped: bool) -> Self:
        """Those, which are all unless they were capped."""
        return cls(ids=ids, all=None if is_capped else set(ids), is_capped=is_capped)


def find_texts(look: LookUp, *, limit: int) -> Found:
    """The articles whose text holds all the terms, the best first."""
    if not all(pattern.expression for pattern in look.terms):
        return NOTHING
    if any(pattern.parts for pattern in look.terms):
        chosen = _of_many_words(look)
    else:
        chosen = _ranked(look) if look.terms else _newest(look)
    hits: list[Hit] = []
    known: set[str] = set()
    for batch in _batches(chosen.ids):
        for text, article, document in _articles(look, batch):
            if article in known:
                continue
            if len(hits) == limit:
                return Found(hits=tuple(hits), is_more=True, is_capped=chosen.is_capped)
            hit = _hit(look, text, article, document, chosen.all)
            if hit is not None:
                known.add(article)
                hits.append(hit)
    return Found(hits=tuple(hits), is_capped=chosen.is_capped)


def _ranked(look: LookUp) -> _Chosen:
    """The texts with all the terms, the best first."""
    match = _match(look)
    where, values = _in_time(look, "words.rowid")
    rows = look.connection.execute(
        f"SELECT rowid FROM words WHERE words MATCH ?{where} ORDER BY rowid DESC LIMIT ?",  # noqa: S608  # our pieces
        (match, *values, MAX_RANKED + 1),
    ).fetchall()
    newest = [row[0] for row in rows[:MAX_RANKED]]
    ids, is_capped = set(newest), len(rows) > MAX_RANKED
    if len(ids) < 2:
        return _Chosen.of(newest, is_capped=is_capped)
    ranked = look.connection.execute(
        f"SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? ORDER BY bm25(words, {_WEIGHTS}), rowid DESC",  # noqa: S608
        (match, min(ids)),
    )
    return _Chosen.of([row[0] for row in ranked if row[0] in ids], is_capped=is_capped)


def _of_many_words(look: LookUp) -> _Chosen:
    """Where a star stands for so many words that how rare each is says nothing: the newest first."""
    sets = [look.texts_with(pattern) for pattern in look.terms]
    barred = [look.texts_with(pattern) for pattern in look.patterns(look.query.without) if pattern.expression]
    ids = set.intersection(*sets).difference(*barred)
    where, values = _in_time(look, "texts.id")
    if where:
        sql = f"SELECT id FROM texts WHERE id IN (SELECT value FROM json_each(?)){where}"  # noqa: S608  # our pieces
        ids = {row[0] for row in look.connection.execute(sql, (json.dumps([*ids]), *values))}
    newest = sorted(ids, reverse=True)[:MAX_RANKED]
    return _Chosen(ids=newest, all=ids, is_capped=len(ids) > MAX_RANKED)


def _newest(look: LookUp) -> _Chosen:
    """Where only facts are asked for that are no words: the texts of articles, the newest first."""
    where, values = _in_time(look, "texts.id")
    rows = look.connection.execute(
        f"SELECT id FROM texts WHERE article IS NOT NULL{where} ORDER BY id DESC LIMIT ?",  # noqa: S608  # our pieces
        (*values, MAX_RANKED + 1),
    ).fetchall()
    return _Chosen.of([row[0] for row in rows[:MAX_RANKED]], is_capped=len(rows) > MAX_RANKED)


def _match(look: LookUp) -> str:
    wanted = " AND ".join(f"({pattern.expression})" for pattern in look.terms)
    return f"({wanted})" + "".join(f" NOT ({each})" for each in look.without)


def _in_time(look: LookUp, text: str) -> tuple[str, list[str]]:
    """The condition that a snapshot with the text, or with the document, is of the dates that were asked for."""
    dates = look.dates()
    if not dates:
        return "", []
    when = " AND ".join(condition for condition, _ in dates)
    where = (
        f" AND (EXISTS (SELECT 1 FROM snapshots WHERE text = {text} AND {when})"  # noqa: S608  # our own pieces
        " OR EXISTS (SELECT 1 FROM documents JOIN snapshots ON position = snapshot"
        f" WHERE documents.text = {text} AND {when}))"
    )
    return where, [value for _ in range(2) for _, value in dates]


def _articles(look: LookUp, ids: Sequence[int]) -> list[tuple[int, str, str | None]]:
    """By text, in the order given: the article that it is of, and the address if it is a document's."""
    rows = look.connection.execute(f"SELECT id, article FROM texts WHERE id IN ({marks(ids)})", ids)  # noqa: S608
    articles: dict[int, list[tuple[str, str | None]]] = {text: [(key, None)] for text, key in rows if key}
    linked = look.connection.execute(
        "SELECT DISTINCT documents.text, snapshots.article, documents.uri FROM documents"  # noqa: S608  # question marks
        f" JOIN snapshots ON position = snapshot WHERE documents.text IN ({marks(ids)}) ORDER BY 1, 2, 3",
        ids,
    )
    for text, article, uri in linked:
        articles.setdefault(text, []).append((article, uri))
    return [(text, article, uri) for text in ids for article, uri in articles.get(text, [])]


def _hit(look: LookUp, text: int, article: str, document: str | None, found: set[int] | None) -> Hit | None:
    """The versions of the article that hold what is looked for, and the place in this text; None where none does.

    Args:
        look: the search.
        text: the best text of the article.
        article: its key.
        document: address of the linked document that the text is of.
        found: all texts that match; None where there are too many of them.
    """
    conditions, values = _standing(look, article, found)
    holding = "position IN (SELECT snapshot FROM documents WHERE text = ?)" if document else "snapshots.text = ?"
    newest = look.connection.execute(
        f"{SNAPSHOTS} WHERE {conditions} AND {holding} ORDER BY snapshots.number DESC LIMIT 1", (*values, text)
    ).fetchone()
    if newest is None:
        return None
    versions = look.connection.execute(
        f"SELECT DISTINCT version FROM snapshots WHERE {conditions} ORDER BY version",  # noqa: S608  # our own pieces
        values,
    )
    return Hit(
        row=snapshot_row(newest),
        versions=tuple(version for (version,) in versions),
        total=look.versions_of(article),
        document=document,
        snippet=snippet_of(look.passages(text), look.terms),
    )


def _standing(look: LookUp, article: str, found: set[int] | None) -> tuple[str, list[str | int]]:
    """The conditions on the snapshots of the article in which a text of it, or of its documents, matches."""
    own = look.connection.execute(
        "SELECT id FROM texts WHERE article = ? UNION SELECT documents.text FROM documents"
        " JOIN snapshots ON position = snapshot WHERE article = ? AND documents.text IS NOT NULL",
        (article, article),
    )
    ids = [row[0] for row in own]
    if found is not None:
        matching = [each for each in ids if each in found]
    else:
        matching = _among(look, ids, _match(look)) if look.terms else ids
    barred = [text for expression in look.without for text in _among(look, ids, expression)]
    holding = "(snapshots.text IN ({0}) OR position IN (SELECT snapshot FROM documents WHERE documents.text IN ({0})))"
    parts, values = ["snapshots.article = ?", holding.format(marks(matching))], [article, *matching, *matching]
    if barred:
        parts.append(f"coalesce(NOT {holding.format(marks(barred))}, 1)")
        values += [*barred, *barred]
    for condition, value in look.dates():
        parts.append(condition)
        values.append(value)
    return " AND ".join(parts), values


def _among(look: LookUp, ids: Sequence[int], match: str) -> list[int]:
    sql = f"SELECT rowid FROM words WHERE words MATCH ? AND rowid IN ({marks(ids)})"  # noqa: S608  # question marks
    return [row[0] for row in look.connection.execute(sql, (match, *ids))]


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    listed = [*ids]
    yield from (listed[at : at + _BATCH] for at in range(0, len(listed), _BATCH))
