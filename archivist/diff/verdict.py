"""Whether the page owns up to what changed.

The page's own words decide: a correction note that was not there before, or a date of update that moved forward. The
verdict says what the page did, and not why anyone did it.
"""

from __future__ import annotations

from archivist.diff.dates import movement, shown
from archivist.diff.fields import DATES
from archivist.model.article import Article
from archivist.model.change import Diff, FieldChange, Signal, Verdict, VerdictKind

__all__ = ["adds_note", "edits", "judge"]


def judge(diff: Diff, *, old: Article | None, new: Article | None) -> Verdict:
    """The verdict on all changes in ``diff``, with the reasons in plain words and what was looked at."""
    before, after = (article.value("updated") if article else None for article in (old, new))
    moved = next((change for change in diff.fields if change.field == "updated"), None)
    if moved is not None:
        before, after = (texts[0] if texts else None for texts in (moved.old, moved.new))
    count = edits(diff)
    signals = _signals(diff, moved, before=before, after=after) if new is not None else ()
    if not count:
        kind, reasons = _without_edits(diff, before=before, after=after)
        return Verdict(kind=kind, reasons=reasons, signals=signals)
    number = "1 change" if count == 1 else f"{count} changes"
    said = ["a correction note was added"] if adds_note(diff) else []
    if moved is not None and after and _is_later(before, after):
        said.append(_moved(before, after))
    if said:
        return Verdict(kind="declared", reasons=(number, *said), signals=signals)
    silence = _silence(before, after, is_article=new is not None)
    return Verdict(kind="undeclared", reasons=(number, silence), signals=signals)


def _signals(diff: Diff, moved: FieldChange | None, *, before: str | None, after: str | None) -> tuple[str, ...]:
    """What was looked at, and what it said."""
    note = f"correction note: {'added' if adds_note(diff) else 'none added'}"
    if moved is None:
        return (note, f"date of update: {f'still {shown(after)}' if after else 'none given'}")
    if not moved.signals:
        return (note, f"date of update: {_or_none(before)} → {_or_none(after)}")
    dates = (
        f"date of update ({signal.witness}): {_or_none(signal.old[0])}"
        + (" unchanged" if _is_still(signal) else f" → {_or_none(signal.new[0])}")
        for signal in moved.signals
    )
    return (note, *dates)


def _or_none(date: str | None) -> str:
    return shown(date) if date else "none"


def _is_still(signal: Signal) -> bool:
    return movement(signal.old[0], signal.new[0]) == "same"


def edits(diff: Diff) -> int:
    """How many changes a reader could see, the dates apart.

    A document with other bytes counts, unless both forms were read and read the same: then it was only saved again.
    """
    fields = sum(change.field not in DATES for change in diff.fields)
    documents = sum(not change.reads_same for change in diff.documents)
    return fields + len(diff.blocks) + len(diff.photos) + len(diff.links) + documents


def adds_note(diff: Diff) -> bool:
    """A correction or editor's note stands on the newer page and not on the older one."""
    in_text = any(change.op == "insert" and change.kind == "correction" for change in diff.blocks)
    return in_text or any(change.field == "notes" and set(change.new) - set(change.old) for change in diff.fields)


def _without_edits(diff: Diff, *, before: str | None, after: str | None) -> tuple[VerdictKind, tuple[str, ...]]:
    if any(change.field == "updated" for change in diff.fields):
        date = _moved(before, after) if after else _silence(before, after, is_article=True)
        return "empty-update", (date, _nothing_else(diff))
    if any(change.field == "published" for change in diff.fields):
        return "empty-update", ("the date of publication moved", _nothing_else(diff))
    resaved = sum(change.reads_same for change in diff.documents)
    if resaved:
        return "same", ("nothing that a reader sees changed", _resaved(resaved))
    return "same", (_slight(diff) or "nothing changed",)


def _nothing_else(diff: Diff) -> str:
    return _slight(diff) or "nothing else changed"


def _slight(diff: Diff) -> str:
    """What differs and is no edit, in words."""
    typography = [_typography(diff)] if diff.typography else []
    return ", and ".join([*typography, *([_saved_again(diff)] if diff.resaved else [])])


def _saved_again(diff: Diff) -> str:
    return (
        "a picture has other bytes and looks the same"
        if diff.resaved == 1
        else f"{diff.resaved} pictures have other bytes and look the same"
    )


def _typography(diff: Diff) -> str:
    places = "1 passage" if diff.typography == 1 else f"{diff.typography} passages"
    return f"only typography differs (quotation marks, dashes or the like, in {places})"


def _is_later(before: str | None, after: str) -> bool:
    return before is None or movement(before, after) in ("later", "unclear")


def _moved(before: str | None, after: str) -> str:
    if before is None:
        return f"the page now says it was updated {shown(after)}"
    return f"the page now says it was updated {shown(after)}, before it said {shown(before)}"


def _silence(before: str | None, after: str | None, *, is_article: bool) -> str:
    if not is_article:
        return "a document says nothing of its changes"
    if before and not after:
        return f"the page no longer says when it was updated, before it said {shown(before)}"
    if before and after and movement(before, after) == "earlier":
        return f"the date of update moved back from {shown(before)} to {shown(after)}"
    if after:
        return f"the page still says it was last updated {shown(after)}"
    return "the page gives no date of update"


def _resaved(count: int) -> str:
    return (
        "a linked document has other bytes and reads the same"
        if count == 1
        else (f"{count} linked documents have other bytes and read the same")
    )
