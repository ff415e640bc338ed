"""Rebuild the catalog from archives/ and manifests/ alone."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.catalog.writer import CatalogWriter
from archivist.model.json import JsonObject
from archivist.store.lock import Lock
from archivist.workspace import Workspace

__all__ = ["Reindexed", "reindex"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reindexed:
    """What the new catalog holds."""

    statements: int
    damaged: tuple[str, ...]
    """Statements that could not be read, each with why."""

    def to_json(self) -> JsonObject:
        """As printed by ``reindex --json``."""
        return {"statements": self.statements, "damaged": list(self.damaged)}


def reindex(workspace: Workspace) -> Reindexed:
    """The catalog holds every statement that can be read; the others are named.

    Raises:
        Locked: another archivist is writing.
        DiskFailed: the catalog could not be written; the old one is as it was.
    """
    _ = workspace.identity
    damaged: list[str] = []
    with Lock(workspace.layout, clock=workspace.clock), CatalogWriter(workspace.layout.catalog) as catalog:
        count = catalog.rebuild(workspace.statements(damaged=damaged))
    return Reindexed(statements=count, damaged=tuple(damaged))
