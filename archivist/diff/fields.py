"""The settled fields of two readings, held against each other.

Only what a reader would call part of the article is compared: a new section, keyword or canonical address is the
site's housekeeping and no edit.
"""

from __future__ import annotations

from collections.abc import Collection

from archivist.diff.dates import movement
from archivist.diff.key import key
from archivist.diff.lines import LineChanges
from archivist.model.article import Article, Document, FieldName, Settled
from archivist.model.change import COMPARED_FIELDS, FieldChange, Signal

__all__ = ["DATES", "compare_article_fields", "compare_document_fields"]

DOCUMENT_FIELDS: tuple[FieldName, ...] = ("title", "authors", "description", "keywords")
"""Not the producer, and not the dates: every program that saves a PDF sets them anew."""

OF_PAGE = frozenset({"description"})
"""A standfirst that readers see is part of the article; what only mark-up says is written for other sites."""
MACHINES = frozenset({"json-ld", "open-graph", "microdata", "meta", "dublin-core"})
"""Mark-up that dates the article and no other."""
DATES = frozenset({"published", "updated"})
NAMES = frozenset({"authors", "organisations", "contributors"})
"""Compared without case: ``HANNAH NG`` above one version and ``Hannah Ng`` above the other are one byline."""


_NO_LINES = LineChanges()


def compare_article_fields(
    old: Article, new: Article, *, lines: LineChanges = _NO_LINES, still: Collection[str] = ()
) -> tuple[FieldChange, ...]:
    """The fields that differ.

    A note that stands among the blocks of its reading is left to them, and a headline that changed as shown is not
    told again for its other forms.

    Args:
        old: the older reading.
        new: the newer reading.
        lines: what the visible lines of date and signature say.
        still: keys of all that stands on both pages.
    """
    changes = [change for name in COMPARED_FIELDS if (change := _compare(name, old.settled(name), new.settled(name)))]
    if shown := next(((change.old, change.new) for change in changes if change.field == "title_shown"), None):
        changes = [change for change in changes if change.field != "title" or (change.old, change.new) != shown]
    changes = [change for change in changes if not _is_elsewhere(change, lines)]
    changes = [change for change in changes if not _is_misread(change, old, new, still)]
    changes = [_without_block_notes(change, old, new) if change.field == "notes" else change for change in changes]
    known = {change.field for change in changes}
    for field, line in (("authors", lines.byline), ("updated", lines.updated)):
        if line is not None and field not in known:
            signal = Signal(witness="line", old=(line.old,), new=(line.new,))
            changes.append(FieldChange(field=field, old=signal.old, new=signal.new, signals=(signal,)))
    return tuple(change for change in changes if not _is_same(change))


def _is_elsewhere(change: FieldChange, lines: LineChanges) -> bool:
    """Names that only one reading knows for a signature, though they stand on both pages."""
    if change.field not in NAMES or not lines.names:
        return False
    if change.field == "organisations" and not (change.old and change.new):
        return True
    return all(key(name) in lines.names for name in (*change.old, *change.new))


def _is_misread(change: FieldChange, old: Article, new: Article, still: Collection[str]) -> bool:
    """A date that only one reading took for one of update, out of a line that stands on both pages."""
    if change.field not in DATES or (change.old and change.new):
        return False
    name: FieldName = "updated" if change.field == "updated" else "published"
    read = (new if change.new else old).settled(name)
    lines = [key(claim.evidence.text) for claim in read.values if claim.evidence.witness not in MACHINES]
    return len(lines) == len(read.values) and all(any(line in text for text in still) for line in lines)


def compare_document_fields(old: Document, new: Document) -> tuple[FieldChange, ...]:
    """The fields that differ, of those that say what the document is."""
    nothing = Settled()
    changes = (_compare(name, old.fields.get(name, nothing), new.fields.get(name, nothing)) for name in DOCUMENT_FIELDS)
    return tuple(change for change in changes if change)


def _compare(name: FieldName, old: Settled, new: Settled) -> FieldChange | None:
    """The change by the strongest witness of both sides; without a common one, by all that they say."""
    before, after = _by_witness(old), _by_witness(new)
    signals = tuple(
        Signal(witness=witness, old=texts, new=after[witness]) for witness, texts in before.items() if witness in after
    )
    if name == "updated" and (moved := next(filter(_is_moved, signals), None)):
        return FieldChange(field=name, old=moved.old, new=moved.new, signals=signals)
    change = FieldChange(field=name, old=old.texts, new=new.texts, signals=signals)
    if _is_same(change):
        return None
    if name in OF_PAGE and any(map(_is_hidden, (old, new))):
        return None
    winners = {claim.evidence.witness for side in (old, new) for claim in side.values}
    is_told = any(_is_same(FieldChange(field=name, old=one.old, new=one.new)) for one in signals)
    return None if len(winners) > 1 and is_told else change


def _is_moved(signal: Signal) -> bool:
    """Mark-up that gives one date on either side gives another one."""
    if signal.witness not in MACHINES or len(signal.old) != 1 or len(signal.new) != 1:
        return False
    return movement(signal.old[0], signal.new[0]) not in ("same", "unclear")


def _by_witness(settled: Settled) -> dict[str, tuple[str, ...]]:
    """What each witness says, the strongest first."""
    said: dict[str, tuple[str, ...]] = {}
    for claim in (*settled.values, *settled.others):
        witness = claim.evidence.witness
        said[witness] = (*said.get(witness, ()), claim.value)
    return said


def _is_hidden(settled: Settled) -> bool:
    return any(claim.evidence.witness != "heading" for claim in settled.values)


def _is_same(change: FieldChange) -> bool:
    if change.field in DATES and len(change.old) == len(change.new) == 1:
        return movement(change.old[0], change.new[0]) == "same"
    old, new = [key(text) for text in change.old], [key(text) for text in change.new]
    if change.field in NAMES:
        return [text.casefold() for text in old] == [text.casefold() for text in new]
    return old == new


def _without_block_notes(change: FieldChange, old: Article, new: Article) -> FieldChange:
    in_blocks = {key(block.text) for article in (old, new) for block in article.blocks}
    before, after = (tuple(note for note in notes if key(note) not in in_blocks) for notes in (change.old, change.new))
    return FieldChange(field=change.field, old=before, new=after)
