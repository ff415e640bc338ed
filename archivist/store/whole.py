"""The end of a run at which all was found whole, so that the next start need not look at every file again.

A cache in ``.archivist/whole.json``: written when a run has ended as it should, gone before the next one writes. Where
it is missing, a day old, or anything differs that it remembers, a start looks at everything, as it does after a crash.
What somebody else does to an old file meanwhile is for ``verify`` to find, and for the first start of each day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archivist.clock import parse_utc, utc_text
from archivist.errors import ArchivistError
from archivist.store.durable import Disk
from archivist.store.layout import Layout

__all__ = ["Mark", "forget_whole", "is_whole", "remember_whole"]

_FORMAT: Final = 1
_LONGEST: Final = dt.timedelta(days=1)
"""After which everything is looked at again."""
_NOT_LISTED: Final = "log"
"""What is added to the log's folder is not statements, and its size is compared instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where the archive ends."""

    log: int
    """Entries."""
    statement: str
    """Id of the last statement of the catalog."""


def is_whole(layout: Layout, mark: Mark, *, disk: Disk, now: dt.datetime) -> bool:
    """Whether the archive is as the last run left it, and that run ended as it should.

    Args:
        layout: which archive.
        mark: where it ends now.
        disk: what is read through.
        now: the moment.
    """
    try:
        said = json.loads(disk.read(_path(layout)))
        age = now - parse_utc(said.pop("at"))
        return dt.timedelta() <= age <= _LONGEST and bool(said == _told(layout, mark))
    except (ArchivistError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def remember_whole(layout: Layout, mark: Mark, *, now: dt.datetime) -> None:
    """The archive is whole, and the next start may believe it. The lock is held by the caller."""
    # Nothing is lost with it, and half of it is as good as none: so it need be neither whole nor durable.
    with suppress(OSError):
        _path(layout).write_text(json.dumps({"at": utc_text(now), **_told(layout, mark)}))


def forget_whole(layout: Layout, *, disk: Disk) -> None:
    """Nothing is remembered any more, durably: from here on a crash may leave anything.

    Raises:
        DiskFailed: the disk would not.
    """
    path = _path(layout)
    with suppress(FileNotFoundError):
        path.unlink()
        disk.settle(layout.cache)


def _path(layout: Layout) -> Path:
    return layout.cache / "whole.json"


def _told(layout: Layout, mark: Mark) -> dict[str, object]:
    hasher = hashlib.sha256()
    for line in _folders(layout):
        hasher.update(f"{line}\n".encode(errors="surrogateescape"))
    return {"format": _FORMAT, "log": mark.log, "statement": mark.statement, "folders": hasher.hexdigest()}


def _folders(layout: Layout) -> Iterator[str]:
    """The folders in which files are made, each with its last change; of the last month also the WARC files."""
    for top in (layout.archives, layout.manifests, layout.events):
        if not top.is_dir():
            continue
        yield f"{top.name} {top.stat().st_mtime_ns}"
        below = [entry for entry in os.scandir(top) if entry.is_dir() and entry.name != _NOT_LISTED]
        below.sort(key=lambda entry: entry.name)
        for entry in below:
            yield f"{top.name}/{entry.name} {entry.stat().st_mtime_ns}"
        if top == layout.archives and below:
            yield from sorted(f"{entry.name} {entry.stat().st_size}" for entry in os.scandir(below[-1].path))
