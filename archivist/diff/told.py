"""A diff told row by row, whatever it is shown on: what each change is called, and its words with their marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archivist.diff.words import compare_words
from archivist.model.change import (
    BlockChange,
    Diff,
    DocumentChange,
    FieldChange,
    LinkChange,
    Looks,
    PageChange,
    PhotoChange,
    Span,
    SpanOp,
)

__all__ = ["Row", "rows", "sentence"]

_FIELD_LABELS = {
    "title": "headline",
    "title_shown": "headline",
    "description": "standfirst",
    "authors": "byline",
    "organisations": "byline",
    "contributors": "contrib.",
    "keywords": "keywords",
    "notes": "note",
}
_LOOKS = {"cropped": "cropped", "swapped": "another picture", None: "what they show was not compared"}
_SIGNS = {"insert": "+ ", "delete": "- ", "move": "~ ", "replace": ""}


class Row(NamedTuple):
    """One change."""

    label: str
    """What changed, in a word."""
    spans: Sequence[Span]
    is_foldable: bool = False
    """Its unchanged text may be cut where it is long."""


def sentence(diff: Diff) -> str:
    """The verdict."""
    return f"{diff.verdict.kind}: {'; '.join(diff.verdict.reasons)}"


def rows(diff: Diff) -> Iterator[Row]:
    """Every change, in the order in which a reader wants to know."""
    yield from map(_field, diff.fields)
    yield from map(_photo, diff.photos)
    yield from map(_block, diff.blocks)
    yield from map(_link, diff.links)
    for document in diff.documents:
        yield from _document(document)


def _field(change: FieldChange) -> Row:
    label = _FIELD_LABELS.get(change.field, change.field)
    old, new = ", ".join(change.old), ", ".join(change.new)
    if change.field in ("published", "updated"):
        return Row(label, _replaced(old, new))
    return Row(label, compare_words(old, new), is_foldable=True)


def _photo(change: PhotoChange) -> Row:
    if change.what in ("added", "removed"):
        op: SpanOp = "insert" if change.what == "added" else "delete"
        text = change.old or change.new or change.image or "without caption"
        return Row("photo", (*_equal(f"{change.what}: "), Span(op=op, text=text)))
    if change.what == "image":
        return Row("photo", (*_equal("image: "), *_other_image(change)))
    words = compare_words(change.old or "", change.new or "")
    return Row("photo", (*_equal(f"{change.what}: "), *words), is_foldable=True)


def _other_image(change: PhotoChange) -> Sequence[Span]:
    seen = _LOOKS[change.look]
    if change.old == change.new:
        return _equal(f"{change.new} ({seen}, under the same address)")
    return (*_replaced(change.old or "", change.new or ""), *_equal(f" ({seen})"))


def _block(change: BlockChange) -> Row:
    return Row(f"¶{_number(change)}", _told(change), is_foldable=True)


def _told(change: BlockChange) -> Sequence[Span]:
    note = f"{change.kind}: " if change.kind == "correction" else ""
    if change.op == "move":
        note = f"moved from ¶{(change.old_index or 0) + 1}: "
    return (*_equal(f"{_SIGNS[change.op]}{note}"), *change.words)


def _number(change: BlockChange) -> int:
    index = change.old_index if change.new_index is None else change.new_index
    return (index or 0) + 1


def _link(change: LinkChange) -> Row:
    return Row("link", (*_equal(f"“{change.text}”: "), *_replaced(change.old or "", change.new or "")))


def _document(change: DocumentChange) -> Iterator[Row]:
    hashes = f": sha256 {_short(change.old_sha256)} → {_short(change.new_sha256)}" if change.what == "replaced" else ""
    yield Row("document", _equal(f"{change.url} {change.what}{hashes}"))
    yield from _looks(change.looks)
    for field in change.fields:
        row = _field(field)
        label = "title" if field.field == "title" else row.label
        yield Row("", (*_equal(f"{label}: "), *row.spans), is_foldable=True)
    for page in change.pages:
        yield from _page(page)
    if change.what == "replaced" and not change.is_read:
        yield Row("", _equal("what differs could not be read in full"))
    elif change.what == "replaced" and change.reads_same:
        yield Row("", _equal("saved again: text and metadata are the same"))


def _looks(looks: Looks) -> Iterator[Row]:
    """What is not for every eye is said first."""
    for text in looks.covered:
        yield Row("", (*_equal("COVERED, NOT REDACTED: a dark box hides text that is still in the file: "), _new(text)))
    for text in looks.removed:
        yield Row("", (*_equal("redacted: a dark box, and the text is gone: "), Span(op="delete", text=text)))
    for text in looks.hidden:
        yield Row("", (*_equal("HIDDEN: text that no reader sees: "), _new(text)))
    if looks.pictures:
        yield Row("", _equal(f"other pictures on page {', '.join(map(str, looks.pictures))}"))
    if looks.attachments:
        yield Row("", _equal(f"files within it changed: {', '.join(looks.attachments)}"))
    if looks.notes:
        yield Row("", _equal(f"annotations changed: {'; '.join(looks.notes)}"), is_foldable=True)
    if looks.has_no_text:
        yield Row("", _equal("scanned: pages hold pictures and no text, so no words were compared"))


def _page(page: PageChange) -> Iterator[Row]:
    if page.op == "insert":
        yield Row("", _equal(f"page {page.new_number} inserted"))
    if page.op == "delete":
        yield Row("", _equal(f"page {page.old_number} deleted"))
    number = page.new_number or page.old_number
    for block in page.blocks:
        yield Row(f"  page {number}", _told(block), is_foldable=True)


def _new(text: str) -> Span:
    return Span(op="insert", text=text)


def _short(sha256: str | None) -> str:
    return f"{sha256[:12]}…" if sha256 else "unknown"


def _equal(text: str) -> tuple[Span, ...]:
    return (Span(op="equal", text=text),) if text else ()


def _replaced(old: str, new: str) -> tuple[Span, ...]:
    """The one and the other whole: half an address or half a date says nothing."""
    spans = (Span(op="delete", text=old), Span(op="insert", text=new))
    return tuple(span for span in spans if span.text)
