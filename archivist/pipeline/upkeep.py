"""How the watchlist is doing: what is due, what fails, how the disk fills; and whether somebody should look at it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archivist.clock import utc_text
from archivist.model.json import Json, JsonObject
from archivist.pipeline.notifying import Failing, failing_channels
from archivist.pipeline.watching import Watching
from archivist.workspace import Workspace

__all__ = ["Upkeep", "upkeep"]

_OVERDUE: Final = dt.timedelta(hours=1)
"""A page that is due for so long was passed by several runs, or there were none."""
_LONG: Final = dt.timedelta(days=1)
"""A page or a host that fails for so long does not mend itself."""
_ORPHANED: Final = dt.timedelta(days=30)
"""A page that is gone for so long does not come back."""
_GROWTH: Final = dt.timedelta(days=30)
_MIN_FREE: Final = 1 << 30
"""Bytes free, below which a run may meet a full disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """One look at the watchlist and the disk."""

    watched: int
    due: int
    overdue: int
    failing: dict[str, str]
    """Pages and hosts that could not be reached, and lists that could not be read, and why."""
    failing_long: tuple[str, ...]
    """Of those, the ones that have failed for more than a day."""
    channels: dict[str, Failing]
    """Ways of telling people that do not take what they are given."""
    orphaned: tuple[str, ...]
    """Pages that are watched and have been gone for a month."""
    next_at: dt.datetime | None
    free_bytes: int
    used_bytes: int
    """By the files of ``archives/`` and ``manifests/``."""
    grown_bytes: int
    """Of WARC in the last 30 days."""

    @property
    def needs(self) -> tuple[str, ...]:
        """What needs a person, each as a sentence."""
        return tuple(self._needs())

    def _needs(self) -> Iterator[str]:
        if self.overdue:
            pages = "1 page has" if self.overdue == 1 else f"{self.overdue} pages have"
            yield f"{pages} been due for more than an hour: does cron start archivist run?"
        for name in self.failing_long:
            yield f"{name} has failed for more than a day: {self.failing[name]}"
        for name, channel in self.channels.items():
            yield f"nobody is told through {name} since {channel.since[:16].replace('T', ' ')} UTC: {channel.said}"
        for url in self.orphaned:
            yield f"{url} has been gone for a month: archivist unwatch {url}"
        if self.free_bytes < max(_MIN_FREE, self.grown_bytes):
            yield f"{self.free_bytes / 1e9:.1f} GB are free, which is little for another month"

    def to_json(self) -> JsonObject:
        """A part of ``status --json``."""
        failing: dict[str, Json] = dict(self.failing)
        return {
            "watched": self.watched,
            "due_pages": self.due,
            "overdue_pages": self.overdue,
            "failing": failing,
            "failing_channels": {name: channel.to_json() for name, channel in self.channels.items()},
            "orphaned": list(self.orphaned),
            "next_check": utc_text(self.next_at) if self.next_at else None,
            "free_bytes": self.free_bytes,
            "used_bytes": self.used_bytes,
            "grown_bytes_30_days": self.grown_bytes,
            "needs": list(self.needs),
        }


def upkeep(workspace: Workspace) -> Upkeep:
    """How the watchlist and the disk are doing; nothing is changed.

    Raises:
        UsageError: the watchlist is wrong; the message names the line.
    """
    watching = Watching(workspace)
    now = watching.now
    troubles = {key: each for key, each in watching.remembered.troubles.items() if watching.pages}
    due = [each for each in watching.watched if each.is_due(now)]
    gone = [each for each in watching.watched if each.past and each.past.health == "gone"]
    layout = workspace.layout
    return Upkeep(
        watched=len(watching.pages),
        due=len(due),
        overdue=sum(now - each.plan.at > _OVERDUE for each in due),
        failing={each.page.url: each.unread for each in watching.watched if each.unread}
        | {key: each.said for key, each in troubles.items()},
        failing_long=tuple(key for key, each in troubles.items() if now - each.since > _LONG),
        channels=failing_channels(workspace),
        orphaned=tuple(each.page.url for each in gone if each.past and each.past.quiet > _ORPHANED),
        next_at=min((each.plan.at for each in watching.watched), default=None),
        free_bytes=shutil.disk_usage(layout.root).free,
        used_bytes=sum(_size(folder) for folder in (layout.archives, layout.manifests)),
        grown_bytes=workspace.catalog.stored_since(utc_text(now - _GROWTH)),
    )


def _size(folder: Path) -> int:
    """Bytes of the files below a folder."""
    total = 0
    for top, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # a temporary file that is gone already
                total += os.stat(os.path.join(top, name)).st_size  # noqa: PTH116, PTH118  # a million files
    return total
