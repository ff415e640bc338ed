"""The text of two pages: what was edited in the article, once what belongs to it is known."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archivist.diff.blocks import compare_blocks
from archivist.diff.scope import Scope, scope
from archivist.model.article import Block
from archivist.model.change import BlockChange
from archivist.model.outline import Passage

__all__ = ["TextComparison", "compare_text"]

LONG: Final = 60
"""Characters that no dateline has."""
REWORDED: Final = 100
"""Characters from which a passage outside the text is believed to be edited."""
MOSTLY: Final = 0.75
"""Share of its text that stood still from which it is one passage that was reworded."""
TURNED: Final = 3
"""Passages of one place outside the text from which it is a list that shows something else every time."""
SENTENCE_END: Final = (".", "!", "?", "…", "。", "！", "？", "।", "؟")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextComparison:
    """What was edited, and what is the same block on both sides."""

    changes: tuple[BlockChange, ...]
    pairs: tuple[tuple[Block, Block], ...]
    lede: frozenset[int]
    """Places of the standfirst and of the first paragraph of the older side."""
    left_out: int
    """Passages that differ and are no part of the article."""
    is_approximate: bool


def compare_text(old: Sequence[Passage], new: Sequence[Passage]) -> TextComparison:
    """The edits of the article's text."""
    before, after = scope(old, new)
    comparison = compare_blocks(before.blocks, after.blocks)
    turned = _turned(comparison.changes, before, after)
    verdicts = [(change, _is_edit(change, before, after, turned)) for change in comparison.changes]
    left_out = [change for change, is_edit in verdicts if not is_edit]
    old_out = sorted(change.old_index for change in left_out if change.old_index is not None)
    new_out = sorted(change.new_index for change in left_out if change.new_index is not None)
    return TextComparison(
        # Places are counted among the paragraphs of the article alone.
        changes=tuple(
            replace(change, old_index=_rank(change.old_index, old_out), new_index=_rank(change.new_index, new_out))
            for change, is_edit in verdicts
            if is_edit
        ),
        pairs=tuple((before.blocks[i], after.blocks[j]) for i, j in comparison.pairs),
        lede=frozenset(at - bisect_left(old_out, at) for at in _lede(before.blocks)),
        left_out=before.left_out + after.left_out + len(left_out),
        is_approximate=comparison.is_approximate,
    )


def _rank(at: int | None, left_out: Sequence[int]) -> int | None:
    return None if at is None else at - bisect_left(left_out, at)


def _lede(blocks: Sequence[Block]) -> Iterator[int]:
    """The first paragraph that says something; where that is a standfirst, set apart from the text, the text's as well.

    A dateline or a signature above them is neither.
    """
    said = [at for at, block in enumerate(blocks) if block.kind == "paragraph" and _is_said(block.text)]
    yield from said[:1]
    usual = Counter(blocks[at].path for at in said).most_common(1)
    yield from [at for at in said if blocks[at].path == usual[0][0]][:1]


def _is_said(text: str) -> bool:
    return len(text) >= LONG or text.rstrip("”»\"'’").endswith(SENTENCE_END)


def _turned(changes: Sequence[BlockChange], old: Scope, new: Scope) -> frozenset[str]:
    """Places outside the text in which so much differs that they are lists which turn."""
    paths = Counter(
        new.blocks[change.new_index].path
        for change in changes
        if change.op == "replace" and not any(_sure(change, old, new)) and change.new_index is not None
    )
    return frozenset(path for path, count in paths.items() if count >= TURNED)


def _sure(change: BlockChange, old: Scope, new: Scope) -> list[bool]:
    """Of each side that the change has: it stands where the article's paragraphs stand."""
    return [side.is_sure[at] for side, at in ((old, change.old_index), (new, change.new_index)) if at is not None]


def _is_edit(change: BlockChange, old: Scope, new: Scope, turned: Collection[str]) -> bool:
    """The change is one of the article's text, as far as the places tell where it happened."""
    if change.kind == "correction":
        return True
    sure = _sure(change, old, new)
    if change.op != "replace" or any(sure):
        return any(sure) if change.op == "replace" else all(sure)
    # A standfirst stands above the text in a place of its own, and is reworded.
    at = change.new_index or 0
    is_above = True not in new.is_sure[:at] and new.blocks[at].path not in turned
    return _is_prose(change) and (is_above or _is_reworded(change))


def _is_reworded(change: BlockChange) -> bool:
    """Long, and little of it is other: what stands in a box of its own is exchanged, not reworded."""
    length = min(len(change.old or ""), len(change.new or ""))
    equal = sum(len(span.text) for span in change.words if span.op == "equal")
    return length >= REWORDED and equal >= MOSTLY * length


def _is_prose(change: BlockChange) -> bool:
    """Both forms are sentences."""
    return all(len((text or "").split()) >= 6 for text in (change.old, change.new))
