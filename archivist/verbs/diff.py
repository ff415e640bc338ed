"""What was edited between two snapshots."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.catalog.rows import SnapshotRow
from archivist.catalog.select import find
from archivist.errors import NotFound
from archivist.model.change import Diff
from archivist.model.json import JsonObject
from archivist.pipeline.compare import compare_rows
from archivist.workspace import Workspace

__all__ = ["Compared", "diff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two snapshots and what lies between them."""

    old: SnapshotRow
    new: SnapshotRow
    diff: Diff

    @property
    def is_read_alike(self) -> bool:
        """Whether one program read both, so that no difference comes from reading."""
        return self.old.read_by == self.new.read_by

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {"old": _side(self.old), "new": _side(self.new), **self.diff.to_json()}


def diff(workspace: Workspace, words: str, other: str | None = None) -> Compared:
    """What lies between two snapshots; of one article named alone, between its last two versions.

    Raises:
        NotFound: one of them does not exist, or the article has one version only.
        UsageError: the words are wrong, or name several.
    """
    catalog = workspace.catalog
    new = find(catalog, other if other is not None else words)
    if other is not None:
        old = find(catalog, words)
    else:
        before = catalog.first_of_version(new.article, new.version - 1) if new.version > 1 else None
        if before is None:
            raise NotFound(
                f"{new.article} has one version, and nothing to compare it with",
                hint=f"archivist snap {new.article}   looks whether it has changed",
            )
        old = before
    return Compared(old=old, new=new, diff=compare_rows(workspace, old, new))


def _side(row: SnapshotRow) -> JsonObject:
    return {
        "id": row.id,
        "article": row.article,
        "version": row.version,
        "captured": row.started,
        "read_by": row.read_by,
    }
