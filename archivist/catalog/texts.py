"""The text of a version or a document: kept once, however many snapshots hold it.

It is put into the index of words later (``catalog.indexing``): that takes longer than all the rest of a capture's rows.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archivist.model.article import Article, Document
from archivist.model.claim import FieldName
from archivist.wire.packed import pack

__all__ = ["COLUMNS", "WAITING", "Passage", "count_waiting", "keep_article", "keep_document", "unpacked"]

COLUMNS: Final = ("title", "text", "author", "credit", "site")
"""Of the index, in its order."""
MAX_TEXT: Final = 1_000_000
"""Characters of one text that are indexed: a report of some 500 pages."""
_PASSAGE: Final = "\x1e"
_PART: Final = "\x1f"
"""Between passages and between the parts of one: ASCII's own separators of records and units, which no page shows."""
_SEPARATORS: Final = str.maketrans(_PASSAGE + _PART, "  ")

_FIELDS: Final[tuple[tuple[FieldName, str], ...]] = (
    ("title_shown", "title"),
    ("title", "title"),
    ("description", "text"),
    ("authors", "author"),
    ("organisations", "author"),
    ("contributors", "author"),
    ("site_name", "site"),
)
_OF_DOCUMENT: Final[tuple[tuple[FieldName, str], ...]] = (
    ("title", "title"), ("authors", "author"), ("description", "text"), ("keywords", "text")
)  # fmt: skip


WAITING: Final = "FROM texts WHERE id > (SELECT coalesce(max(id), 0) FROM words_docsize)"
"""The texts that are not in the index of words: FTS5 notes there the length of each that is, under the text's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a text that stands together."""

    column: str
    """One of ``COLUMNS``."""
    where: str
    """What it is: a field, a kind of block, or ``page 3`` of a document."""
    text: str


def keep_article(connection: sqlite3.Connection, article: Article, *, key: str) -> int:
    """The version's text is in the tables, and waits to be indexed; its id.

    The same words of the same article are one text.
    """
    return _keep(connection, _bounded(_of_article(article, key)), owner=key, article=key)


def keep_document(connection: sqlite3.Connection, document: Document) -> int:
    """The document's text is in the tables, and waits to be indexed; its id."""
    return _keep(connection, _bounded(_of_document(document)), owner=document.sha256, article=None)


def count_waiting(connection: sqlite3.Connection) -> int:
    """Texts that are not in the index of words yet."""
    found: int = connection.execute(f"SELECT count(*) {WAITING}").fetchone()[0]
    return found


def unpacked(body: bytes) -> list[Passage]:
    """A text as it was kept."""
    text = zlib.decompress(body).decode()
    parts = (passage.split(_PART) for passage in text.split(_PASSAGE)) if text else ()
    return [Passage(column=column, where=where, text=text) for column, where, text in parts]


def _of_article(article: Article, key: str) -> Iterator[Passage]:
    told: set[str] = set()
    for name, column in _FIELDS:
        for text in article.settled(name).texts:
            if text not in told or column != "text":
                yield Passage(column=column, where=name, text=text)
            told.add(text)
    yield Passage(column="site", where="address", text=key)
    for photo in article.photos:
        if photo.caption and photo.caption.value not in told:
            told.add(photo.caption.value)
            yield Passage(column="text", where="caption", text=photo.caption.value)
        for text in dict.fromkeys(
            (*((photo.credit.value,) if photo.credit else ()), *photo.photographers, *photo.agencies)
        ):
            yield Passage(column="credit", where="credit", text=text)
    for block in article.blocks:
        if block.text not in told:
            yield Passage(column="text", where=block.kind, text=block.text)


def _of_document(document: Document) -> Iterator[Passage]:
    for name, column in _OF_DOCUMENT:
        settled = document.fields.get(name)
        for text in settled.texts if settled else ():
            yield Passage(column=column, where=name, text=text)
    for page in document.pages:
        for text in page.paragraphs:
            yield Passage(column="text", where=f"page {page.label or page.number}", text=text)


def _joined(passages: Sequence[Passage]) -> str:
    parts = [part for each in passages for part in (each.column, each.where, each.text)]
    if any(_PASSAGE in part or _PART in part for part in parts):
        parts = [part.translate(_SEPARATORS) for part in parts]
    return _PASSAGE.join([_PART.join(parts[at : at + 3]) for at in range(0, len(parts), 3)])


def _bounded(passages: Iterable[Passage]) -> list[Passage]:
    room, kept = MAX_TEXT, []
    for passage in passages:
        room -= len(passage.text)
        if room < 0:
            break
        kept.append(passage)
    return kept


def _keep(connection: sqlite3.Connection, passages: list[Passage], *, owner: str, article: str | None) -> int:
    body = _joined(passages).encode(errors="replace")
    digest = hashlib.sha256(f"{owner}\n".encode(errors="replace") + body).hexdigest()[:32]
    found = connection.execute("SELECT id FROM texts WHERE digest = ?", (digest,)).fetchone()
    if found:
        known: int = found[0]
        return known
    cursor = connection.execute(
        "INSERT INTO texts (digest, article, body) VALUES (?, ?, ?)", (digest, article, pack(body))
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
