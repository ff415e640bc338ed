"""A diff as text for a terminal: what changed, with the unchanged folded away, and the verdict in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archivist.diff.told import Row, rows, sentence
from archivist.diff.wrap import Marks, columns, visible, wrap
from archivist.model.change import Diff, Span

__all__ = ["LABEL", "marks_for", "render_text", "shown_spans"]

_PLAIN = Marks(delete=("[-", "-]"), insert=("{+", "+}"), width=4)
_COLOUR = Marks(delete=("\x1b[9;31m", "\x1b[29;39m"), insert=("\x1b[4;32m", "\x1b[24;39m"), width=0)
"""Struck out and underlined, so that the marks do not depend on colour alone (ECMA-48 8.3.117)."""

LABEL = 11
"""Columns of the left margin."""
CONTEXT = 60
"""Characters of unchanged text kept on each side of a change."""


def render_text(diff: Diff, *, old_label: str, new_label: str, colour: bool, width: int = 100) -> str:
    """The whole diff, ending with the verdict; no control character of the page comes through.

    Args:
        diff: what to show.
        old_label: what the older version is called, as ``v2 2026-11-20 09:14 UTC``.
        new_label: what the newer version is called.
        colour: True for ANSI underline, strike and colour; False for ``[-deleted-]{+inserted+}``.
        width: columns of the terminal.
    """
    marks = marks_for(colour=colour)
    room = max(width - LABEL, 24)
    lines = wrap(_plain(f"{old_label} → {new_label}"), width=LABEL + room, marks=marks)
    for row in rows(diff):
        first, *more = wrap(shown_spans(row), width=room, marks=marks)
        margin = visible(row.label)
        lines.append(f"{margin}{' ' * max(LABEL - columns(margin), 1)}{first}".rstrip())
        lines.extend(f"{' ' * LABEL}{line}".rstrip() for line in more)
    lines.extend(wrap(_plain(sentence(diff)), width=LABEL + room, marks=marks))
    return "\n".join(lines) + "\n"


def marks_for(*, colour: bool) -> Marks:
    """What stands around deleted and inserted words."""
    return _COLOUR if colour else _PLAIN


def shown_spans(row: Row) -> Sequence[Span]:
    """The words of a row, as far as they are shown on a terminal."""
    return _folded(row.spans) if row.is_foldable else row.spans


def _plain(text: str) -> tuple[Span, ...]:
    return (Span(op="equal", text=text),)


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
