"""Listing the stamps of an archive in a statement, so that the next stamp covers them all (``proof.renewal``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archivist.clock import utc_text
from archivist.errors import ArchivistError
from archivist.model.manifest import Event
from archivist.proof.digest import sha256_hex
from archivist.proof.renewal import STAMPS, listing
from archivist.store.stamps import Stamps
from archivist.workspace import Workspace, software

if TYPE_CHECKING:
    from archivist.pipeline.run import Run

__all__ = ["list_stamps", "listed"]


def listed(workspace: Workspace) -> frozenset[str]:
    """The files of stamps that a statement lists, below ``manifests/log/timestamps/``."""
    return frozenset(name for event in _events(workspace) for name in listing(event))


def list_stamps(run: Run) -> int:
    """Every stamp stands in a statement; how many did not before.

    Raises:
        DiskFailed: the disk would not.
    """
    workspace = run.workspace
    stamps, known = Stamps(workspace.layout, disk=workspace.disk), listed(workspace)
    found = {
        f"{size:016d}/{name}": sha256_hex(stamps.read(size, name))
        for size in stamps.sizes()
        for name in sorted(stamps.names(size))
        if f"{size:016d}/{name}" not in known
    }
    if not found:
        return 0
    event = Event(
        archive=run.identity.id,
        kind=STAMPS,
        at=utc_text(workspace.clock.now()),
        software=software(),
        said=f"{len(found)} files of outside witnesses are listed, so that a later stamp covers them",
        details={"stamps": dict(found)},
    )
    run.record(workspace.ledger.write(event), event)
    return len(found)


def _events(workspace: Workspace) -> Iterator[Event]:
    for path in workspace.ledger.events(STAMPS):
        try:
            _, statement = workspace.ledger.read(path)
        except ArchivistError:
            continue  # for `verify` to judge
        if isinstance(statement, Event):
            yield statement
