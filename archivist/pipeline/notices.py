"""What there is to tell people: each edit that the catalog knows of, in the order of the log, as a notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from archivist.catalog.rows import LookRow, SnapshotRow
from archivist.cite.links import plain_url, public_url
from archivist.diff.render import shown_spans
from archivist.diff.told import Row, rows
from archivist.diff.words import tokens
from archivist.model.change import Diff, Span
from archivist.model.notice import Notice, NoticeKind, Passage, Seen
from archivist.model.url import host_of
from archivist.pipeline.happening import comparand, compared
from archivist.pipeline.watching import Page, health_of
from archivist.workspace import Workspace

__all__ = ["Notices"]

_PASSAGES: Final = 12
_PASSAGE: Final = 600
"""Characters of one change that are shown: a message is read on a telephone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """A snapshot that shows something that the ones before it did not."""

    kind: NoticeKind
    old: SnapshotRow | None


class Notices:
    """Makes notices of snapshots, each once.

    Args:
        workspace: the archive.
        pages: what is watched, by article.
    """

    def __init__(self, workspace: Workspace, *, pages: Mapping[str, Page]) -> None:
        self._workspace = workspace
        self._pages = pages
        place = workspace.settings.archive.public_url.rstrip("/")
        self.place = place if public_url(place) else ""
        """Where others can read the archive; nothing where they cannot."""
        self._made: dict[str, Notice | None] = {}

    def of(self, row: SnapshotRow) -> Notice | None:
        """What is to be told of this snapshot, if anything is."""
        if row.id not in self._made:
            self._made[row.id] = self._make(row)
        return self._made[row.id]

    def placed(self, notice: Notice) -> Notice:
        """The notice with the addresses of both copies, as the settings have them now."""
        return replace(notice, new=self._with_url(notice.new), old=self._with_url(notice.old) if notice.old else None)

    def _make(self, row: SnapshotRow) -> Notice | None:
        catalog = self._workspace.catalog
        history = catalog.history(row.article)
        event = _event_of(history, catalog.looks(row.article), at=[each.id for each in history].index(row.id))
        page = self._pages.get(row.article)
        if event is None or (event.kind == "changed" and page is not None and str(page.watch.kind) != "article"):
            return None  # that a feed has other entries is no edit
        is_edited = event.old is not None and event.kind != "gone" and event.old.fingerprint != row.fingerprint
        diff = compared(self._workspace, event.old, row) if event.old and is_edited else None
        if event.kind == "changed" and diff is not None and diff.is_empty:
            return None
        return self._notice(event, row, diff)

    def _notice(self, event: _Event, row: SnapshotRow, diff: Diff | None) -> Notice:
        page = self._pages.get(row.article)
        shown = row if event.kind != "gone" or event.old is None else event.old
        found = tuple(rows(diff)) if diff else ()
        notice = Notice(
            kind=event.kind,
            url=plain_url(row.page_uri or row.article) if event.kind != "gone" else plain_url(row.article),
            article=row.article,
            title=shown.title,
            site=shown.site or host_of(row.article),
            new=_seen(row),
            old=_seen(event.old) if event.old else None,
            verdict=diff.verdict.kind if diff else None,
            reasons=diff.verdict.reasons if diff else (),
            classes=diff.categories if diff else (),
            words=sum(_words_of(each.spans) for each in found),
            passages=tuple(map(_passage, islice(found, _PASSAGES))),
            left_out=max(len(found) - _PASSAGES, 0),
            tags=page.watch.tags if page else (),
        )
        return self.placed(notice)

    def _with_url(self, seen: Seen) -> Seen:
        return replace(seen, url=public_url(f"{self.place}/{seen.id}") if self.place else None)


def _event_of(history: Sequence[SnapshotRow], looks: Sequence[LookRow], *, at: int) -> _Event | None:
    """What the snapshot at this place in the history means beside those before it; errors and new walls mean nothing.

    A page that was never seen without its wall is its wall.
    """
    states: list[str] = []
    for row, look in zip(history[: at + 1], looks, strict=False):
        health = health_of(row.verdict, status=look.status, is_truncated=look.is_truncated)
        is_usual_wall = health == "walled" and "well" not in states
        states.append("usual wall" if is_usual_wall else health)
    *before, now = states
    last = next((state for state in reversed(before) if state in _SETTLED), None)
    if now not in _SETTLED or last is None:
        return None
    old = comparand(history[:at])
    if now == "gone":
        return _Event(kind="gone", old=old) if last != "gone" else None
    if last == "gone":
        return _Event(kind="back", old=old)
    is_edit = old is not None and old.fingerprint != history[at].fingerprint
    return _Event(kind="changed", old=old) if is_edit else None


_SETTLED: Final = frozenset({"well", "usual wall", "gone"})


def _seen(row: SnapshotRow) -> Seen:
    return Seen(id=row.id, captured=row.started, version=row.version)


def _words_of(spans: Iterable[Span]) -> int:
    """How many words came, went or gave way to others."""
    counts = {"insert": 0, "delete": 0, "equal": 0}
    for span in spans:
        if span.op != "equal":
            counts[span.op] += sum(token[0].isalnum() for token in tokens(span.text))
    return max(counts["insert"], counts["delete"])


def _passage(row: Row) -> Passage:
    """The beginning of a change."""
    spans, room = [], _PASSAGE
    for span in shown_spans(row):
        if room <= 0:
            break
        text = span.text if len(span.text) <= room else f"{span.text[:room]}…"
        spans.append(replace(span, text=text))
        room -= len(text)
    return Passage(label=row.label.strip(), spans=tuple(spans))
