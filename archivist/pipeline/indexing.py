"""Bringing the index of words up to date: behind the back of a capture, so that none has to wait for it.

A search does it before it answers, and misses nothing that was captured before it was asked; ``run``, for which nobody
waits, does it at its end, so that little is left for a search.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from archivist.errors import ArchivistError, Locked
from archivist.workspace import Workspace

__all__ = ["Indexing", "bring_up_to_date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexing:
    """How far it is."""

    done: int
    """Texts that are in the index, of those that waited."""
    total: int


def bring_up_to_date(
    workspace: Workspace, *, tell: Callable[[Indexing], None] = lambda _: None, until: float = math.inf
) -> bool:
    """Whether every text of the catalog on the disk is in its index of words now.

    It is not where the disk, or the person, may only read; and what was done until then stays done.

    Args:
        workspace: the archive.
        tell: told how far it is, before each part of the work.
        until: by the monotonic clock: when no further part is begun.
    """
    waiting = workspace.catalog.waiting()
    if not waiting or workspace.catalog.is_in_memory:
        return not waiting
    # Opened again, it sees what will have been done.
    workspace.close_catalog()
    with suppress(ArchivistError):  # what is left is counted, and whoever searches is told
        _bring_up_to_date(workspace, waiting, tell=tell, until=until)
    return not workspace.catalog.waiting()


def _bring_up_to_date(workspace: Workspace, total: int, *, tell: Callable[[Indexing], None], until: float) -> None:
    from archivist.catalog.indexing import Indexer  # noqa: PLC0415  # seldom is anything waiting

    clock = workspace.clock
    with Indexer(workspace.layout.catalog) as indexer:
        while (waiting := indexer.waiting()) and clock.monotonic() < until:
            tell(Indexing(done=max(0, total - waiting), total=total))
            begun = clock.monotonic()
            try:
                indexer.index_some()
            except Locked:
                # Others that index go on where we are; a program that only sits there is not waited for again.
                if indexer.waiting() >= waiting:
                    raise
            if workspace.is_interrupted:
                # A run is under way: it has its turn before we have the next one.
                clock.sleep(2 * (clock.monotonic() - begun))
