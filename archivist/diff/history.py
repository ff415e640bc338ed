"""The history of an article's paragraphs over all its versions: first seen, changed, last seen, put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archivist.diff.blocks import compare_blocks
from archivist.diff.key import key
from archivist.model.article import Block
from archivist.model.json import JsonObject

__all__ = ["ParagraphHistory", "histories"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphHistory:
    """One paragraph through the versions, which are counted from 1."""

    text: str
    """As last seen."""
    kind: str
    first: int
    changed: tuple[int, ...] = ()
    """Versions in which it was edited or moved."""
    reverted: tuple[int, ...] = ()
    """Versions that put it back to what it had been before, or that brought it back."""
    last: int

    def to_json(self) -> JsonObject:
        """One line of ``log --blame --json``."""
        return {
            "text": self.text,
            "kind": self.kind,
            "first_seen": self.first,
            "changed": list(self.changed),
            "reverted": list(self.reverted),
            "last_seen": self.last,
        }


@dataclass(slots=True, kw_only=True)
class _Thread:
    """A paragraph that is being followed."""

    first: int
    block: Block
    last: int
    forms: list[str] = field(default_factory=list)
    """Keys of all that it has been."""
    changed: list[int] = field(default_factory=list)
    reverted: list[int] = field(default_factory=list)

    def goes_on(self, version: int, block: Block) -> None:
        """The paragraph stands in the next version, in this form."""
        form = key(block.text)
        if form != self.forms[-1] and form in self.forms:
            self.reverted.append(version)
        self.forms.append(form)
        self.block, self.last = block, version


def histories(versions: Sequence[Sequence[Block]]) -> list[ParagraphHistory]:
    """Every paragraph that ever stood in the article: those of the last version first, in order, then those gone."""
    standing: list[_Thread] = []
    gone: list[_Thread] = []
    for number, blocks in enumerate(versions, start=1):
        standing, lost = _followed(standing, gone, blocks, number)
        gone = [thread for thread in gone if thread not in standing] + lost
    return [_told(thread) for thread in (*standing, *gone)]


def _followed(
    standing: Sequence[_Thread], gone: Sequence[_Thread], blocks: Sequence[Block], number: int
) -> tuple[list[_Thread], list[_Thread]]:
    """The threads of this version in its order, and those that end before it."""
    comparison = compare_blocks([thread.block for thread in standing], blocks)
    before = {j: i for i, j in comparison.pairs}
    edited = {change.new_index for change in comparison.changes}
    back = {thread.forms[-1]: thread for thread in gone}
    threads: list[_Thread] = []
    for at, block in enumerate(blocks):
        form = key(block.text)
        if at in before:
            thread = standing[before[at]]
            if at in edited:
                thread.changed.append(number)
            thread.goes_on(number, block)
        elif form in back:
            thread = back.pop(form)
            thread.reverted.append(number)
            thread.goes_on(number, block)
        else:
            thread = _Thread(first=number, block=block, last=number, forms=[form])
        threads.append(thread)
    kept = set(before.values())
    return threads, [thread for at, thread in enumerate(standing) if at not in kept]


def _told(thread: _Thread) -> ParagraphHistory:
    return ParagraphHistory(
        text=thread.block.text,
        kind=thread.block.kind,
        first=thread.first,
        changed=tuple(thread.changed),
        reverted=tuple(thread.reverted),
        last=thread.last,
    )
