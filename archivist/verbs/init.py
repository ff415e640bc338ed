"""Make an archive and its signing key."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archivist.errors import UsageError
from archivist.model.json import JsonObject
from archivist.pipeline.run import Run
from archivist.store.durable import AlreadyThere
from archivist.store.layout import is_archive
from archivist.workspace import Place, Workspace

__all__ = ["Made", "init"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A new archive."""

    root: Path
    archive: str
    key: str
    """The public key, to be handed out."""
    key_path: Path
    """Of the private key, to be kept."""

    def to_json(self) -> JsonObject:
        """As printed by ``init --json``."""
        return {"root": str(self.root), "archive": self.archive, "key": self.key, "key_path": str(self.key_path)}


def init(root: Path, *, environ: Mapping[str, str] = os.environ) -> Made:
    """The archive exists, with its key, and its log begins.

    Raises:
        UsageError: there is one already.
        DiskFailed: the folder cannot be written.
    """
    root = root.absolute()
    if is_archive(root):
        raise _is_there(root)
    try:
        workspace = Workspace.create(Place(root=root, why="init", exists=False), environ=environ)
    except AlreadyThere as error:
        raise _is_there(root) from error
    with Run(workspace, verb="init"):
        pass
    identity = workspace.identity
    return Made(root=root, archive=identity.id, key=identity.key, key_path=workspace.key_path)


def _is_there(root: Path) -> UsageError:
    return UsageError(f"{root} is an archive already", hint=f"archivist -C {root} status")
