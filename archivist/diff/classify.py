"""Which kinds of edits a diff holds, by the names that newsrooms and media researchers use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archivist.diff.looks import without_redactions
from archivist.diff.verdict import adds_note
from archivist.diff.wording import changes_number, changes_quote, renames
from archivist.diff.words import compare_words
from archivist.model.article import BlockKind
from archivist.model.change import BlockChange, Diff, DocumentChange

__all__ = ["classify"]

_FIELDS = {
    "title_shown": "headline_changed",
    "title": "headline_changed",
    "description": "lede_changed",
    "authors": "byline_changed",
    "organisations": "byline_changed",
    "contributors": "byline_changed",
    "updated": "date_updated",
    "published": "date_updated",
}
_PHOTOS = {
    "credit": "credit_changed",
    "caption": "caption_changed",
    "image": "photo_changed",
    "added": "photo_changed",
    "removed": "photo_changed",
}
_BLOCKS = {
    "insert": "paragraph_inserted",
    "delete": "paragraph_deleted",
    "replace": "paragraph_edited",
    "move": "paragraph_moved",
}
_PAGES = {"insert": "pdf_page_inserted", "delete": "pdf_page_deleted", "edit": "pdf_text_changed"}
_LABELS = {"caption": "caption_changed", "credit": "credit_changed"}
"""Blocks that belong to a picture."""


def classify(diff: Diff, *, is_article: bool, lede: int | None) -> tuple[str, ...]:
    """The categories of all changes in ``diff``, sorted.

    Args:
        diff: with its verdict.
        is_article: a page was compared, not a document alone.
        lede: place of the older article's first paragraph.
    """
    found = {
        *(_FIELDS[change.field] for change in diff.fields if change.field in _FIELDS),
        *_of_photos(diff),
        *_of_blocks(diff.blocks, lede=lede),
        *_of_wording([*diff.blocks, *_told_as_blocks(diff)]),
        *("link_changed" for change in diff.links if change.old and change.new),
        *(category for change in diff.documents for category in _of_document(change)),
    }
    if adds_note(diff):
        found.add("correction_added")
    if diff.verdict.kind == "undeclared" and is_article:
        found.add("stealth_edit")
    return tuple(sorted(found))


def _of_photos(diff: Diff) -> Iterator[str]:
    for change in diff.photos:
        yield _PHOTOS[change.what]
        if change.what in ("added", "removed") and (change.old or change.new):
            yield "caption_changed"


def _of_blocks(blocks: Sequence[BlockChange], *, lede: int | None) -> Iterator[str]:
    for change in blocks:
        if change.kind in _LABELS:
            yield _LABELS[change.kind]
        elif change.kind != "correction":
            yield _BLOCKS[change.op]
            # What stands above the first paragraph is the standfirst.
            is_lede = change.old_index is not None and lede is not None and change.old_index <= lede
            if change.op in ("replace", "delete") and is_lede and change.kind == "paragraph":
                yield "lede_changed"


def _of_wording(changes: Sequence[BlockChange]) -> Iterator[str]:
    edited = [change for change in changes if change.op == "replace"]
    if any(map(changes_number, edited)):
        yield "number_changed"
    if any(map(changes_quote, edited)):
        yield "quote_changed"
    if renames(edited):
        yield "name_changed"


def _told_as_blocks(diff: Diff) -> Iterator[BlockChange]:
    """Headline, captions and the text of documents, in which numbers and names count as in the text."""
    for field in diff.fields:
        if field.field in ("title_shown", "title") and field.old and field.new:
            yield _edited(field.old[0], field.new[0], kind="heading")
    for photo in diff.photos:
        if photo.what == "caption" and photo.old and photo.new:
            yield _edited(photo.old, photo.new, kind="caption")
    for document in diff.documents:
        for page in document.pages:
            yield from page.blocks


def _edited(old: str, new: str, *, kind: BlockKind) -> BlockChange:
    words = compare_words(old, new)
    return BlockChange(op="replace", kind=kind, old=old, new=new, old_index=0, new_index=0, words=words)


def _of_document(change: DocumentChange) -> Iterator[str]:
    yield from (_PAGES[page.op] for page in without_redactions(change.pages, change.looks))
    if change.looks.covered:
        yield "pdf_covered_text"
    if change.looks.removed:
        yield "pdf_redacted"
    if change.looks.pictures:
        yield "pdf_image_changed"
    if change.fields:
        yield "pdf_metadata_changed"
