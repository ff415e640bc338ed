"""One snapshot: what was read, captured and found."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.catalog.rows import SnapshotRow
from archivist.catalog.select import find
from archivist.model.article import Reading
from archivist.model.json import JsonObject
from archivist.model.manifest import Snapshot
from archivist.workspace import Workspace

__all__ = ["Shown", "show"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A snapshot with its reading whole."""

    row: SnapshotRow
    snapshot: Snapshot
    reading: Reading
    versions: int
    path: str
    """Of the manifest, relative to the archive."""

    def to_json(self) -> JsonObject:
        """As printed by ``show --json``: the manifest as it stands, the reading with its references followed."""
        return {
            "id": self.row.id,
            "version": self.row.version,
            "versions": self.versions,
            "path": self.path,
            "manifest": self.snapshot.to_json(),
            "reading": self.reading.to_json(),
        }


def show(workspace: Workspace, words: str) -> Shown:
    """The snapshot that the words name.

    Raises:
        NotFound: there is none.
        UsageError: the words are wrong, or name several.
        BadManifest: its manifest is damaged.
    """
    row = find(workspace.catalog, words)
    snapshot = workspace.load_snapshot(row)
    article = workspace.catalog.article(row.article)
    return Shown(
        row=row,
        snapshot=snapshot,
        reading=workspace.reading(snapshot),
        versions=article.versions if article else row.version,
        path=f"manifests/{row.path}",
    )
