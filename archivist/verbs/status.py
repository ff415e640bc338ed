"""How the archive is doing, and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archivist.catalog.rows import Counts, SnapshotRow
from archivist.errors import ArchivistError
from archivist.model.json import JsonObject
from archivist.pipeline.renewal import listed
from archivist.pipeline.stamped import StampState, stamp_state
from archivist.store.log import Log
from archivist.workspace import Workspace

__all__ = ["Status", "status"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One look at an archive."""

    root: Path
    archive: str
    key: str
    has_key: bool
    counts: Counts
    log_size: int | None
    """None where the log cannot be read."""
    last: SnapshotRow | None
    is_interrupted: bool
    is_catalog_current: bool
    stamps: StampState

    @property
    def due(self) -> int:
        """Statements that are not under a signed checkpoint yet."""
        return max(self.counts.statements - (self.log_size or 0), 0)

    def to_json(self) -> JsonObject:
        """As printed by ``status --json``."""
        return {
            "root": str(self.root),
            "archive": self.archive,
            "key": self.key,
            "has_key": self.has_key,
            "articles": self.counts.articles,
            "snapshots": self.counts.snapshots,
            "versions": self.counts.versions,
            "captures": self.counts.captures,
            "documents": self.counts.documents,
            "stored_bytes": self.counts.stored,
            "statements": self.counts.statements,
            "log_size": self.log_size,
            "due": self.due,
            "last": self.last.started if self.last else None,
            "is_interrupted": self.is_interrupted,
            "is_catalog_current": self.is_catalog_current,
            "stamps": self.stamps.to_json(),
        }


def status(workspace: Workspace) -> Status:
    """How the archive is doing; nothing is changed, and nothing is verified."""
    identity = workspace.identity
    try:
        size: int | None = Log(workspace.layout, disk=workspace.disk).size
    except ArchivistError:
        size = None
    return Status(
        root=workspace.layout.root,
        archive=identity.id,
        key=str(workspace.log_keys.newest),
        has_key=workspace.has_key,
        counts=workspace.catalog.counts(),
        log_size=size,
        last=workspace.catalog.last(),
        is_interrupted=workspace.is_interrupted,
        is_catalog_current=workspace.layout.catalog.is_file(),
        stamps=stamp_state(workspace, renewed=listed(workspace)),
    )
