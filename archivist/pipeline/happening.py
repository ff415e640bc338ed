"""What a look at a watched page came to, held against what was known before. Who tells people reads these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from archivist.catalog.rows import SnapshotRow
from archivist.errors import ArchivistError
from archivist.model.change import Diff
from archivist.model.json import JsonObject, without_nothing
from archivist.model.manifest import Snapshot
from archivist.pipeline.compare import compare_rows
from archivist.pipeline.outcome import Taken
from archivist.pipeline.schedule import Past
from archivist.pipeline.watching import Page, health_of
from archivist.workspace import Workspace

__all__ = ["Happening", "HappeningKind", "comparand", "compared", "of_taken"]

HappeningKind: TypeAlias = Literal[
    "new", "same", "changed", "gone", "back", "faulty", "recovered", "unreachable", "reachable", "unread"
]
"""``new``: looked at for the first time. ``gone``: 404, 410 or a page that says so; ``back``: no longer. ``faulty``: a
wall or a server in trouble in the page's place; ``recovered``: no longer. ``unreachable``: nothing could be stored;
``reachable``: no longer. ``unread``: a list of articles that names none, or that was read in part."""

_SHOWN = ("article", "page", "not-html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One look, or what happened to a host."""

    kind: HappeningKind
    is_news: bool
    """Whether it is to be told: a state that goes on is told when it begins and when it ends."""
    url: str
    """Of the page; of a host, its name."""
    article: str | None = None
    """Key."""
    tags: tuple[str, ...] = ()
    title: str | None = None
    new: SnapshotRow | None = None
    """The snapshot that was taken."""
    old: SnapshotRow | None = None
    """The snapshot that it differs from."""
    diff: Diff | None = None
    """What lies between them."""
    said: str = ""
    """Why, where something is wrong."""
    since: str | None = None
    """When a state began that goes on or has ended, UTC."""
    pages: int = 1
    """Of a host: how many were not taken."""
    error: ArchivistError | None = None

    @property
    def is_failure(self) -> bool:
        """Whether the page could not be saved as it is."""
        return self.kind in {"unreachable", "faulty", "unread"}

    def to_json(self) -> JsonObject:
        """One line of ``run --json``."""
        diff = self.diff
        return {
            "url": self.url,
            "kind": self.kind,
            "is_news": self.is_news,
            **without_nothing(
                {
                    "article": self.article,
                    "tags": list(self.tags),
                    "title": self.title,
                    "id": self.new.id if self.new else None,
                    "old_id": self.old.id if self.old else None,
                    "captured": self.new.started if self.new else None,
                    "verdict": diff.verdict.kind if diff else None,
                    "categories": list(diff.categories) if diff else [],
                    "said": self.said,
                    "since": self.since,
                }
            ),
            **({"pages": self.pages} if self.pages != 1 else {}),
        }


def of_taken(workspace: Workspace, page: Page, taken: Taken, *, past: Past | None) -> Happening:
    """What a snapshot means beside the page's history before it."""
    snapshot = taken.snapshot
    kind = _kind(snapshot, past, is_new_version=taken.is_new_version)
    if page.watch.is_listing and kind == "changed":
        kind = "same"  # that a feed has other entries is no edit
    is_known = past is not None and (kind == past.health or (kind == "faulty" and past.faults > 0))
    new = old = diff = None
    if kind not in {"same", "gone", "faulty"}:
        rows = workspace.catalog.history(page.key)
        new = next((row for row in rows if row.id == taken.id), None)
        if kind != "new" and new is not None:
            old = comparand(rows[: rows.index(new)])
            if old is not None and old.fingerprint != new.fingerprint:
                diff = compared(workspace, old, new)
                kind = "changed" if kind == "recovered" else kind
            elif kind == "changed":
                kind = "same"
    reasons = "; ".join(snapshot.quality.reasons)
    return Happening(
        kind=kind,
        is_news=not is_known and kind not in {"new", "same"},
        url=page.url,
        article=page.key,
        tags=page.watch.tags,
        title=(None if kind in {"gone", "faulty"} else taken.title) or _title(workspace, page),
        new=new,
        old=old,
        diff=diff,
        said=f"{snapshot.quality.verdict}: {reasons}" if kind in {"gone", "faulty"} else "",
    )


def _kind(snapshot: Snapshot, past: Past | None, *, is_new_version: bool) -> HappeningKind:
    page = snapshot.page
    health = health_of(
        snapshot.quality.verdict,
        status=page.status if page else None,
        is_truncated=bool(page and page.truncated),
    )
    if health == "gone":
        return "gone"
    # A wall tells something only of a page that was never seen without it.
    is_usual_wall = health == "walled" and (past is None or (past.health == "walled" and not past.faults))
    if health != "well" and not is_usual_wall:
        return "faulty"
    if past is None:
        return "new"
    if past.health == "gone":
        return "back"
    if past.faults:
        return "recovered"
    return "changed" if is_new_version else "same"


def _title(workspace: Workspace, page: Page) -> str | None:
    """The last headline that was seen, for a page that shows none any more."""
    article = workspace.catalog.article(page.key)
    return article.title if article else None


def comparand(rows: Sequence[SnapshotRow]) -> SnapshotRow | None:
    """The last snapshot that shows the page and no wall or error; of a page that was always behind a wall, the last."""
    shown = [row for row in rows if row.verdict in _SHOWN] or [row for row in rows if row.verdict == "paywall"]
    return shown[-1] if shown else None


def compared(workspace: Workspace, old: SnapshotRow, new: SnapshotRow) -> Diff | None:
    """What lies between two snapshots; None where one of them is damaged."""
    try:
        return compare_rows(workspace, old, new)
    except ArchivistError:
        # Damage is for `verify` to judge; that the page changed is to be told all the same.
        return None
