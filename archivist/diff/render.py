"""A diff as text for a terminal: what changed, with the unchanged folded away, and the verdict in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from archivist.diff.words import compare_words
from archivist.diff.wrap import Marks, columns, visible, wrap
from archivist.model.change import (
    BlockChange,
    Diff,
    DocumentChange,
    FieldChange,
    LinkChange,
    PageChange,
    PhotoChange,
    Span,
    SpanOp,
)

__all__ = ["Row", "render_text"]

_PLAIN = Marks(delete=("[-", "-]"), insert=("{+", "+}"), width=4)
_COLOUR = Marks(delete=("\x1b[9;31m", "\x1b[29;39m"), insert=("\x1b[4;32m", "\x1b[24;39m"), width=0)
"""Struck out and underlined, so that the marks do not depend on colour alone (ECMA-48 8.3.117)."""

LABEL = 11
"""Columns of the left margin."""
CONTEXT = 60
"""Characters of unchanged text kept on each side of a change."""

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
_SIGNS = {"insert": "+ ", "delete": "- ", "move": "~ ", "replace": ""}

Row = tuple[str, Sequence[Span]]
"""Left margin, and what stands beside it."""


def render_text(diff: Diff, *, old_label: str, new_label: str, colour: bool, width: int = 100) -> str:
    """The whole diff, ending with the verdict; no control character of the page comes through.

    Args:
        diff: what to show.
        old_label: what the older version is called, as ``v2 2026-11-20 09:14 UTC``.
        new_label: what the newer version is called.
        colour: True for ANSI underline, strike and colour; False for ``[-deleted-]{+inserted+}``.
        width: columns of the terminal.
    """
    marks = _COLOUR if colour else _PLAIN
    room = max(width - LABEL, 24)
    lines = wrap(_equal(f"{old_label} → {new_label}"), width=LABEL + room, marks=marks)
    for label, spans in _rows(diff):
        first, *more = wrap(spans, width=room, marks=marks)
        margin = visible(label)
        lines.append(f"{margin}{' ' * max(LABEL - columns(margin), 1)}{first}".rstrip())
        lines.extend(f"{' ' * LABEL}{line}".rstrip() for line in more)
    lines.extend(wrap(_equal(_sentence(diff)), width=LABEL + room, marks=marks))
    return "\n".join(lines) + "\n"


def _sentence(diff: Diff) -> str:
    return f"{diff.verdict.kind}: {'; '.join(diff.verdict.reasons)}"


def _rows(diff: Diff) -> Iterator[Row]:
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
        return label, _replaced(old, new)
    return label, _folded(compare_words(old, new))


def _photo(change: PhotoChange) -> Row:
    if change.what in ("added", "removed"):
        op: SpanOp = "insert" if change.what == "added" else "delete"
        text = change.old or change.new or change.image or "without caption"
        return "photo", (*_equal(f"{change.what}: "), Span(op=op, text=text))
    spans = _replaced if change.what == "image" else compare_words
    return "photo", (*_equal(f"{change.what}: "), *_folded(spans(change.old or "", change.new or "")))


def _block(change: BlockChange) -> Row:
    return f"¶{_number(change)}", _told(change)


def _told(change: BlockChange) -> Sequence[Span]:
    note = f"{change.kind}: " if change.kind == "correction" else ""
    if change.op == "move":
        note = f"moved from ¶{(change.old_index or 0) + 1}: "
    return (*_equal(f"{_SIGNS[change.op]}{note}"), *_folded(change.words))


def _number(change: BlockChange) -> int:
    index = change.old_index if change.new_index is None else change.new_index
    return (index or 0) + 1


def _link(change: LinkChange) -> Row:
    return "link", (*_equal(f"“{change.text}”: "), *_replaced(change.old or "", change.new or ""))


def _document(change: DocumentChange) -> Iterator[Row]:
    hashes = f": sha256 {_short(change.old_sha256)} → {_short(change.new_sha256)}" if change.what == "replaced" else ""
    yield "document", _equal(f"{change.url} {change.what}{hashes}")
    for field in change.fields:
        label, spans = _field(field)
        yield "", (*_equal(f"{'title' if field.field == 'title' else label}: "), *spans)
    for page in change.pages:
        yield from _page(page)
    if change.what == "replaced" and not change.pages and not change.fields:
        yield "", _equal("text and metadata are the same" if change.is_read else "what differs could not be read")


def _page(page: PageChange) -> Iterator[Row]:
    if page.op == "insert":
        yield "", _equal(f"page {page.new_number} inserted")
    if page.op == "delete":
        yield "", _equal(f"page {page.old_number} deleted")
    number = page.new_number or page.old_number
    for block in page.blocks:
        yield f"  page {number}", _told(block)


def _short(sha256: str | None) -> str:
    return f"{sha256[:12]}…" if sha256 else "unknown"


def _equal(text: str) -> tuple[Span, ...]:
    return (Span(op="equal", text=text),) if text else ()


def _replaced(old: str, new: str) -> tuple[Span, ...]:
    """The one and the other whole: half an address or half a date says nothing."""
    spans = (Span(op="delete", text=old), Span(op="insert", text=new))
    return tuple(span for span in spans if span.text)


def _folded(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans with long runs of unchanged text cut to what stands beside a change."""
    whole = tuple(spans)
    return tuple(
        Span(op="equal", text=_fold(span.text, is_first=at == 0, is_last=at == len(whole) - 1))
        if span.op == "equal"
        else span
        for at, span in enumerate(whole)
    )


def _fold(text: str, *, is_first: bool, is_last: bool) -> str:
    """The beginning, if a change stands before it, and the end, if one follows; unchanged text keeps its beginning."""
    head = "" if is_first and not is_last else re.sub(r"\S*\Z", "", text[:CONTEXT]) or text[:CONTEXT]
    tail = "" if is_last else re.sub(r"\A\S*", "", text[-CONTEXT:]) or text[-CONTEXT:]
    return text if len(text) <= CONTEXT or len(head) + len(tail) >= len(text) else f"{head.rstrip()}…{tail.lstrip()}"
