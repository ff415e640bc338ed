"""The settled fields of two readings, held against each other.

Only what a reader would call part of the article is compared: a new section, keyword or canonical address is the
site's housekeeping and no edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archivist.diff.dates import movement
from archivist.diff.key import key
from archivist.model.article import Article, Document, FieldName, Settled
from archivist.model.change import COMPARED_FIELDS, FieldChange

__all__ = ["compare_article_fields", "compare_document_fields"]

DOCUMENT_FIELDS: tuple[FieldName, ...] = ("title", "authors", "description", "keywords")
"""Not the producer, and not the dates: every program that saves a PDF sets them anew."""

DATES = frozenset({"published", "updated"})
NAMES = frozenset({"authors", "organisations", "contributors"})
"""Compared without case: ``HANNAH NG`` above one version and ``Hannah Ng`` above the other are one byline."""


def compare_article_fields(old: Article, new: Article) -> tuple[FieldChange, ...]:
    """The fields that differ.

    A note that stands among the blocks of its reading is left to them, and a headline that changed as shown is not
    told again for its other forms.
    """
    changes = _compare(_without_block_notes(old), _without_block_notes(new), COMPARED_FIELDS)
    shown = next(((change.old, change.new) for change in changes if change.field == "title_shown"), None)
    return tuple(change for change in changes if change.field != "title" or (change.old, change.new) != shown)


def compare_document_fields(old: Document, new: Document) -> tuple[FieldChange, ...]:
    """The fields that differ, of those that say what the document is."""
    return _compare(_texts(old.fields), _texts(new.fields), DOCUMENT_FIELDS)


def _compare(
    old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]], names: Sequence[FieldName]
) -> tuple[FieldChange, ...]:
    changes = (FieldChange(field=name, old=old.get(name, ()), new=new.get(name, ())) for name in names)
    return tuple(change for change in changes if not _is_same(change))


def _is_same(change: FieldChange) -> bool:
    if change.field in DATES and len(change.old) == len(change.new) == 1:
        return movement(change.old[0], change.new[0]) == "same"
    old, new = [key(text) for text in change.old], [key(text) for text in change.new]
    if change.field in NAMES:
        return [text.casefold() for text in old] == [text.casefold() for text in new]
    return old == new


def _texts(fields: Mapping[str, Settled]) -> dict[str, tuple[str, ...]]:
    return {name: settled.texts for name, settled in fields.items()}


def _without_block_notes(article: Article) -> dict[str, tuple[str, ...]]:
    texts = _texts(article.fields)
    in_blocks = {key(block.text) for block in article.blocks}
    return {**texts, "notes": tuple(note for note in texts.get("notes", ()) if key(note) not in in_blocks)}
