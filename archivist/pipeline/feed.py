"""``edits.atom``: the newest edits, in the archive's folder, for readers of feeds.

What it is written from stands in ``.archivist/edits.json``: a cache, made anew from the catalog where it is lost. A
crash between the two writes leaves a feed that is behind, and the next run writes what should be there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from archivist.errors import ArchivistError
from archivist.model.json import Reader
from archivist.model.notice import Notice
from archivist.notify.atom import atom_feed
from archivist.pipeline.notices import Notices
from archivist.store.layout import TEMPORARY
from archivist.workspace import Workspace

__all__ = ["FEED", "write_feed"]

FEED: Final = "edits.atom"
_FILE: Final = "edits.json"
_FORMAT: Final = 1
_ENTRIES: Final = 100
_LOOKED_THROUGH: Final = 1_000
"""Snapshots that are looked through for as many edits, where all is made anew."""


def write_feed(workspace: Workspace, notices: Notices) -> None:
    """The feed has every edit that the catalog knows of, or the newest hundred.

    Raises:
        DiskFailed: the disk would not; the feed is as it was.
    """
    _, end = workspace.catalog.last_statement()
    kept = _kept(workspace)
    told = _gone_on(workspace, notices, *kept) if kept else None
    if told is None:
        told = _anew(workspace, notices)
    if kept is None or kept[0] != end:
        value = {"format": _FORMAT, "upto": end, "notices": [each.to_json() for each in told]}
        workspace.disk.replace(workspace.layout.cache / _FILE, json.dumps(value).encode())
    feed = atom_feed(
        [notices.placed(each) for each in told],
        origin=workspace.identity.origin,
        name=workspace.settings.archive.name,
        created=workspace.identity.created,
        public_url=notices.place,
    )
    path = workspace.layout.root / FEED
    if _read(workspace, path) != feed:
        for left in workspace.layout.root.glob(f"{TEMPORARY}{'[0-9a-f]' * 12}"):
            workspace.disk.remove_temp(left)  # by a run that died while it wrote the feed
        workspace.disk.replace(path, feed)


def _kept(workspace: Workspace) -> tuple[str, list[Notice]] | None:
    """Up to which statement all is known, and the notices, the newest first; None where that is lost."""
    data = _read(workspace, workspace.layout.cache / _FILE)
    try:
        reader = Reader(json.loads(data or b"null"))
        if reader.number("format") != _FORMAT:
            return None
        return reader.text("upto"), list(reader.many("notices", Notice.from_json))
    except (ArchivistError, ValueError, RecursionError):
        return None


def _gone_on(workspace: Workspace, notices: Notices, upto: str, known: list[Notice]) -> list[Notice] | None:
    """The notices with those since; None where they are too many, or what was known is of another log."""
    catalog = workspace.catalog
    if upto and catalog.statement_path(upto) is None:
        return None
    after = catalog.position(upto) + 1 if upto else 0
    found = catalog.stirred(after=after, limit=_LOOKED_THROUGH)
    if len(found) == _LOOKED_THROUGH:
        return None
    new = [notice for row in reversed(found) if (notice := notices.of(row)) is not None]
    return [*new, *known][:_ENTRIES]


def _anew(workspace: Workspace, notices: Notices) -> list[Notice]:
    told: list[Notice] = []
    for row in workspace.catalog.newest_stirred(limit=_LOOKED_THROUGH):
        notice = notices.of(row)
        if notice is not None:
            told.append(notice)
        if len(told) == _ENTRIES:
            break
    return told


def _read(workspace: Workspace, path: Path) -> bytes | None:
    try:
        return workspace.disk.read(path)
    except ArchivistError:
        return None
