"""A diff as two columns, the older version to the left, and as one line of counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from archivist.diff.render import LABEL, marks_for, shown_spans
from archivist.diff.told import rows, sentence
from archivist.diff.words import tokens
from archivist.diff.wrap import columns, visible, wrap
from archivist.model.change import BlockChange, Diff, Span, SpanOp

__all__ = ["render_columns", "render_stat", "word_counts"]

LEAST: Final = 20
"""Characters of a column, on the narrowest terminal."""
_BETWEEN: Final = " │ "
_STYLE: Final = re.compile(r"\x1b\[[\d;]*m")
_BLOCKS: Final = {"insert": "inserted", "delete": "deleted", "replace": "edited", "move": "moved"}


def render_columns(diff: Diff, *, old_label: str, new_label: str, colour: bool, width: int = 120) -> str:
    """The whole diff side by side, ending with the verdict; no control character of the page comes through.

    Args:
        diff: what to show.
        old_label: what the older version is called.
        new_label: what the newer version is called.
        colour: True for ANSI underline, strike and colour; False for ``[-deleted-]`` and ``{+inserted+}``.
        width: characters of a line.
    """
    room = max((width - LABEL - len(_BETWEEN)) // 2, LEAST)
    marks = marks_for(colour=colour)

    def beside(label: str, left: Sequence[Span], right: Sequence[Span]) -> Iterator[str]:
        pairs = zip_longest(wrap(left, width=room, marks=marks), wrap(right, width=room, marks=marks), fillvalue="")
        for at, (one, other) in enumerate(pairs):
            margin = visible(label) if at == 0 else ""
            space = " " * max(LABEL - columns(margin), 1)
            fill = " " * (room - columns(_STYLE.sub("", one)))
            yield f"{margin}{space}{one}{fill}{_BETWEEN}{other}".rstrip()

    lines = list(beside("", (Span(op="equal", text=old_label),), (Span(op="equal", text=new_label),)))
    for row in rows(diff):
        spans = shown_spans(row)
        lines += beside(row.label, _without("insert", spans), _without("delete", spans))
    lines += wrap((Span(op="equal", text=sentence(diff)),), width=max(width, 2 * LEAST), marks=marks)
    return "\n".join(lines) + "\n"


def _without(op: SpanOp, spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if span.op != op]


def render_stat(diff: Diff) -> str:
    """One line: what changed how often, words that went and came, and the verdict."""
    blocks = _all_blocks(diff)
    counts = Counter(_BLOCKS[block.op] for block in blocks if block.kind != "correction")
    parts = [f"{count} paragraph{'s' * (count > 1)} {what}" for what, count in sorted(counts.items())]
    notes = sum(block.kind == "correction" and block.op == "insert" for block in blocks)
    others = (
        ("correction note", notes),
        ("field", len(diff.fields)),
        ("photo change", len(diff.photos)),
        ("link", sum(bool(link.old and link.new) for link in diff.links)),
        ("document", len(diff.documents)),
    )
    parts += [f"{count} {what}{'s' * (count > 1)}" for what, count in others if count]
    gone, come = word_counts(diff)
    return f"{diff.verdict.kind}: {', '.join(parts) or 'nothing'}; −{gone} +{come} words\n"


def word_counts(diff: Diff) -> tuple[int, int]:
    """How many words went, and how many came, in the text and in linked documents."""
    blocks = _all_blocks(diff)
    return _words("delete", blocks), _words("insert", blocks)


def _all_blocks(diff: Diff) -> list[BlockChange]:
    return [*diff.blocks, *(block for document in diff.documents for page in document.pages for block in page.blocks)]


def _words(op: SpanOp, blocks: Sequence[BlockChange]) -> int:
    spans = (span for block in blocks for span in block.words if span.op == op)
    return sum(token[0].isalnum() for span in spans for token in tokens(span.text))
