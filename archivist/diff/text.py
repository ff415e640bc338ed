"""The text of two pages: what was edited in the article, once what belongs to it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archivist.diff.blocks import compare_blocks
from archivist.diff.scope import Scope, scope
from archivist.model.article import Block
from archivist.model.change import BlockChange
from archivist.model.outline import Passage

__all__ = ["TextComparison", "compare_text"]

LONG: Final = 60
"""Characters that no dateline has."""
SENTENCE_END: Final = (".", "!", "?", "…", "。", "！", "？", "।", "؟")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextComparison:
    """What was edited, and what is the same block on both sides."""

    changes: tuple[BlockChange, ...]
    pairs: tuple[tuple[Block, Block], ...]
    ledes: tuple[int | None, int | None]
    """Place of the first paragraph of either side."""
    left_out: int
    """Passages that differ and are no part of the article."""


def compare_text(old: Sequence[Passage], new: Sequence[Passage]) -> TextComparison:
    """The edits of the article's text."""
    before, after = scope(old, new)
    comparison = compare_blocks(before.blocks, after.blocks)
    changes = tuple(change for change in comparison.changes if _is_edit(change, before, after))
    return TextComparison(
        changes=changes,
        pairs=tuple((before.blocks[i], after.blocks[j]) for i, j in comparison.pairs),
        ledes=(_lede(before.blocks), _lede(after.blocks)),
        left_out=before.left_out + after.left_out + len(comparison.changes) - len(changes),
    )


def _lede(blocks: Sequence[Block]) -> int | None:
    """The first paragraph that says something, not a dateline or a signature above it."""
    return next((at for at, block in enumerate(blocks) if block.kind == "paragraph" and _is_said(block.text)), None)


def _is_said(text: str) -> bool:
    return len(text) >= LONG or text.rstrip("”»\"'’").endswith(SENTENCE_END)


def _is_edit(change: BlockChange, old: Scope, new: Scope) -> bool:
    """The change is one of the article's text, as far as the places tell where it happened."""
    if change.kind == "correction":
        return True
    sure = [side.is_sure[at] for side, at in ((old, change.old_index), (new, change.new_index)) if at is not None]
    if change.op == "replace":
        return any(sure) or _is_prose(change)
    return all(sure)


def _is_prose(change: BlockChange) -> bool:
    """Both forms are sentences, as a standfirst is that stands above the text in a place of its own."""
    return all(len((text or "").split()) >= 6 for text in (change.old, change.new))
