"""An archive that is open: found on disk, its settings in force, its parts at hand.

Reading verbs create nothing: where the catalog is missing or behind, they use one made in memory.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import archivist
from archivist.clock import Clock, SystemClock, utc_text
from archivist.errors import BadManifest, NotAnArchive
from archivist.model.article import Reading
from archivist.model.config import Settings
from archivist.model.manifest import ArchiveStatement, Snapshot
from archivist.store import keys, settings
from archivist.store.durable import Disk, RealDisk
from archivist.store.layout import Layout, is_archive
from archivist.store.ledger import Ledger, reading

__all__ = ["Place", "Workspace", "find_archive", "software"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an archive is, or would be made."""

    root: Path
    why: str
    """``-C``, ``here``, ``ARCHIVIST_HOME`` or ``default``."""
    exists: bool


def find_archive(
    folder: Path | None, *, environ: Mapping[str, str], is_writing: bool = False, here: Path | None = None
) -> Place:
    """Where the archive is: ``-C``, this folder or a parent, ``$ARCHIVIST_HOME``, the user's data folder.

    Args:
        folder: what ``-C`` named.
        environ: the environment.
        is_writing: pass by archives whose settings say that they are sealed.
        here: where to begin; the current folder.
    """
    if folder is not None:
        return Place(root=folder.absolute(), why="-C", exists=is_archive(folder))
    here = here or Path.cwd()
    for candidate in (here, *here.parents):
        if is_archive(candidate) and not (is_writing and _is_sealed(candidate, environ)):
            return Place(root=candidate, why="here", exists=True)
    if home := environ.get("ARCHIVIST_HOME"):
        return Place(root=Path(home).absolute(), why="ARCHIVIST_HOME", exists=is_archive(Path(home)))
    from platformdirs import user_data_path  # noqa: PLC0415  # only where nothing else says where

    default = user_data_path("archivist")
    return Place(root=default, why="default", exists=is_archive(default))


def _is_sealed(root: Path, environ: Mapping[str, str]) -> bool:
    return settings.load(root, environ=environ).archive.sealed


def software() -> dict[str, str]:
    """What made a statement."""
    return {"name": "archivist", "version": archivist.__version__}


class Workspace:
    """One archive and its parts. Nothing is opened before it is asked for."""

    def __init__(self, root: Path, *, settings: Settings, clock: Clock | None = None, disk: Disk | None = None) -> None:
        self.layout = Layout(root)
        self.settings = settings
        self.clock = clock or SystemClock()
        self.disk = disk or RealDisk(root)

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        environ: Mapping[str, str] = os.environ,
        overrides: Mapping[str, object] | None = None,
        clock: Clock | None = None,
    ) -> Workspace:
        """The archive that is there.

        Raises:
            NotAnArchive: there is none.
            UsageError: its settings are wrong.
        """
        if not place.exists:
            raise NotAnArchive(
                f"there is no archive {_where(place)}",
                hint="give -C DIR, or start one: archivist snap URL",
            )
        loaded = settings.load(place.root, environ=environ, overrides=overrides or {})
        return cls(place.root, settings=loaded, clock=clock)

    @classmethod
    def create(
        cls,
        place: Place,
        *,
        environ: Mapping[str, str] = os.environ,
        overrides: Mapping[str, object] | None = None,
        clock: Clock | None = None,
    ) -> Workspace:
        """A new archive with its key.

        Raises:
            DiskFailed: the folder cannot be written.
            UsageError: the settings are wrong.
        """
        loaded = settings.load(place.root if place.root.is_dir() else None, environ=environ, overrides=overrides or {})
        workspace = cls(place.root, settings=loaded, clock=clock)
        archive_id = str(uuid.uuid4())
        origin = f"archivist/{archive_id}"
        key = keys.make(archive_id, environ=environ)
        statement = ArchiveStatement(
            id=archive_id,
            created=utc_text(workspace.clock.now()),
            origin=origin,
            key=keys.verifier_key(key, name=origin),
            software=f"archivist/{archivist.__version__}",
        )
        workspace.disk.make_folder(workspace.layout.archives)
        workspace.ledger.write(statement)
        return workspace
