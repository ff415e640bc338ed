"""The text of two pages: what was edited in the article, once what belongs to it is known."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archivist.diff.blocks import BlockComparison, compare_blocks
from archivist.diff.furniture import asks
from archivist.diff.key import key
from archivist.diff.scope import Scope, scope
from archivist.diff.seams import Piece, alike
from archivist.diff.site import is_of_site
from archivist.diff.wording import hunks
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
_DIGITS: Final = re.compile(r"[\d.,]+")
_CARD: Final = "/li/article/"
"""A list whose items are articles shows others every day."""
TURNED: Final = 3
"""Passages of one place outside the text from which it is a list that shows something else every time."""
SENTENCE_END: Final = (".", "!", "?", "…", "。", "！", "？", "।", "؟")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextComparison:
    """What was edited, and what is the same block on both sides."""

    changes: tuple[BlockChange, ...]
    pairs: tuple[tuple[Block, Block], ...]
    lede: int | None
    """Place of the first paragraph of the older side."""
    left_out: int
    """Passages that differ and are no part of the article."""
    is_approximate: bool


_NONE: Final = frozenset[str]()


def compare_text(
    old: Sequence[Passage],
    new: Sequence[Passage],
    *,
    standfirsts: Collection[str] = _NONE,
    site: Collection[str] = _NONE,
) -> TextComparison:
    """The edits of the article's text.

    Args:
        old: the passages of the older page, as far as they are not told elsewhere.
        new: the same of the newer.
        standfirsts: keys of what mark-up says to be the standfirst; it is the article's wherever it stands.
        site: furniture of the site that only one of the pages has.
    """
    before, after = scope(old, new)
    count = before.left_out + after.left_out
    before, after = _cut_alike(before, after)
    comparison, left_out = _judged(before, after, standfirsts, site)
    if left_out and any(change.op == "move" for change in comparison.changes):
        # What is no part of the article stood in the way of what is, and made it look moved.
        count += len(left_out)
        before, after = (
            _without(before, {change.old_index for change in left_out}),
            _without(after, {change.new_index for change in left_out}),
        )
        comparison, left_out = _judged(before, after, standfirsts, site)
    out = set(map(id, left_out))
    old_out = sorted(change.old_index for change in left_out if change.old_index is not None)
    new_out = sorted(change.new_index for change in left_out if change.new_index is not None)
    return TextComparison(
        # Places are counted among the paragraphs of the article alone.
        changes=tuple(
            replace(change, old_index=_rank(change.old_index, old_out), new_index=_rank(change.new_index, new_out))
            for change in comparison.changes
            if id(change) not in out
        ),
        pairs=tuple((before.blocks[i], after.blocks[j]) for i, j in comparison.pairs),
        lede=_rank(_lede(before), old_out),
        left_out=count + len(left_out),
        is_approximate=comparison.is_approximate,
    )


def _judged(
    old: Scope, new: Scope, standfirsts: Collection[str], site: Collection[str]
) -> tuple[BlockComparison, list[BlockChange]]:
    """What differs, and which of it is no edit of the article."""
    comparison = compare_blocks(old.blocks, new.blocks)
    turned = _turned(comparison.changes, old, new)
    left_out = [
        change
        for change in comparison.changes
        if not (_is_standfirst(change, standfirsts) or _is_edit(change, old, new, turned)) or _is_of_site(change, site)
    ]
    return comparison, left_out


def _without(side: Scope, places: Collection[int | None]) -> Scope:
    kept = [at for at in range(len(side.blocks)) if at not in places]
    return replace(side, blocks=tuple(side.blocks[at] for at in kept), is_sure=tuple(side.is_sure[at] for at in kept))


def _cut_alike(old: Scope, new: Scope) -> tuple[Scope, Scope]:
    """Both sides with their paragraphs cut at the same places: a template that cuts others is no edit."""
    before, after = alike([block.text for block in old.blocks], [block.text for block in new.blocks])
    return _cut(old, before), _cut(new, after)


def _cut(side: Scope, pieces: Sequence[Piece]) -> Scope:
    return replace(
        side,
        blocks=tuple(_piece_of(side.blocks[piece.source], piece) for piece in pieces),
        is_sure=tuple(side.is_sure[piece.source] for piece in pieces),
    )


def _piece_of(block: Block, piece: Piece) -> Block:
    if piece.is_whole:
        return block
    return replace(block, text=piece.text, links=tuple(link for link in block.links if link.text in piece.text))


def _rank(at: int | None, left_out: Sequence[int]) -> int | None:
    return None if at is None else at - bisect_left(left_out, at)


def _lede(side: Scope) -> int | None:
    """The first paragraph of the text that says something, not a dateline or a signature above it."""
    said = [at for at, block in enumerate(side.blocks) if block.kind == "paragraph" and _is_said(block.text)]
    return next((at for at in said if side.is_sure[at]), said[0] if said else None)


def _is_said(text: str) -> bool:
    return len(text) >= LONG or text.rstrip("”»\"'’").endswith(SENTENCE_END)


def _turned(changes: Sequence[BlockChange], old: Scope, new: Scope) -> frozenset[str]:
    """Places in which so much differs that they are lists which turn: cards, and boxes outside the text."""
    still = {block.path for block in old.blocks} & {block.path for block in new.blocks}
    paths: Counter[str] = Counter()
    for change in changes:
        path = _path(change, old, new)
        if (change.op == "replace" and not any(_sure(change, old, new))) or (path in still and _CARD in path):
            paths[path] += 1
    standing = {block.path for block in _unchanged(changes, old) if _CARD in block.path}
    return frozenset(path for path, count in paths.items() if count >= TURNED and path not in standing)


def _unchanged(changes: Sequence[BlockChange], old: Scope) -> list[Block]:
    """The blocks of the older side that stand on the newer one as they are."""
    changed = {change.old_index for change in changes}
    return [block for at, block in enumerate(old.blocks) if at not in changed]


def _path(change: BlockChange, old: Scope, new: Scope) -> str:
    if change.new_index is not None:
        return new.blocks[change.new_index].path
    return old.blocks[change.old_index or 0].path


def _sure(change: BlockChange, old: Scope, new: Scope) -> list[bool]:
    """Of each side that the change has: it stands where the article's paragraphs stand."""
    return [side.is_sure[at] for side, at in ((old, change.old_index), (new, change.new_index)) if at is not None]


def _is_standfirst(change: BlockChange, standfirsts: Collection[str]) -> bool:
    return change.op != "move" and any(text and key(text) in standfirsts for text in (change.old, change.new))


def _is_of_site(change: BlockChange, site: Collection[str]) -> bool:
    """All that came or went is the site's; a paragraph of which only one form is in other articles was edited."""
    return change.kind != "correction" and all(is_of_site(text, site) for text in (change.old, change.new) if text)


def _is_edit(change: BlockChange, old: Scope, new: Scope, turned: Collection[str]) -> bool:
    """The change is one of the article's text, as far as the places tell where it happened."""
    if change.kind == "correction":
        return True
    if change.op == "move" and asks(change.new or ""):
        return False
    if _CARD in (path := _path(change, old, new)) and path in turned:
        return False
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
    # A number that goes up in a box of its own is a counter, whatever is said around it.
    is_counter = all(_DIGITS.sub("", each.deleted) == _DIGITS.sub("", each.inserted) for each in hunks(change))
    return length >= REWORDED and equal >= MOSTLY * length and not is_counter


def _is_prose(change: BlockChange) -> bool:
    """Both forms are sentences."""
    return all(len((text or "").split()) >= 6 for text in (change.old, change.new))
