"""Whether the page owns up to what changed.

The page's own words decide: a correction note that was not there before, or a date of update that moved forward. The
verdict says what the page did, and not why anyone did it.
"""

from __future__ import annotations

from archivist.diff.dates import movement, shown
from archivist.model.article import Article
from archivist.model.change import Diff, Verdict

__all__ = ["adds_note", "edits", "judge"]


def judge(diff: Diff, *, old: Article | None, new: Article | None) -> Verdict:
    """The verdict on all changes in ``diff``, with the reasons in plain words."""
    before, after = (article.value("updated") if article else None for article in (old, new))
    count = edits(diff)
    if not count:
        return _without_edits(diff, before=before, after=after)
    number = "1 change" if count == 1 else f"{count} changes"
    signals = ["a correction note was added"] if adds_note(diff) else []
    if after and _is_later(before, after):
        signals.append(_moved(before, after))
    if signals:
        return Verdict(kind="declared", reasons=(number, *signals))
    return Verdict(kind="undeclared", reasons=(number, _silence(before, after, is_article=new is not None)))


def edits(diff: Diff) -> int:
    """How many changes a reader could see, the date of update apart.

    A document with other bytes counts, unless both forms were read and read the same: then it was only saved again.
    """
    fields = sum(change.field != "updated" for change in diff.fields)
    documents = sum(not change.reads_same for change in diff.documents)
    return fields + len(diff.blocks) + len(diff.photos) + len(diff.links) + documents


def adds_note(diff: Diff) -> bool:
    """A correction or editor's note stands on the newer page and not on the older one."""
    in_text = any(change.op == "insert" and change.kind == "correction" for change in diff.blocks)
    return in_text or any(change.field == "notes" and set(change.new) - set(change.old) for change in diff.fields)


def _without_edits(diff: Diff, *, before: str | None, after: str | None) -> Verdict:
    if any(change.field == "updated" for change in diff.fields):
        date = _moved(before, after) if after else _silence(before, after, is_article=True)
        return Verdict(kind="empty-update", reasons=(date, "nothing else changed"))
    resaved = sum(change.reads_same for change in diff.documents)
    reasons = ("nothing changed",) if not resaved else ("nothing that a reader sees changed", _resaved(resaved))
    return Verdict(kind="same", reasons=reasons)


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
