"""Have outside witnesses of time stamp the newest checkpoint: one stamp covers every snapshot before it."""

from __future__ import annotations

from collections.abc import Callable

from archivist.errors import NotFound
from archivist.pipeline.stamping import Answer, stamp_newest
from archivist.store.log import Log
from archivist.workspace import Workspace

__all__ = ["stamp"]


def stamp(workspace: Workspace, *, say: Callable[[Answer], None] = lambda _: None) -> tuple[Answer, ...]:
    """Each witness of the settings has stamped the newest checkpoint, or it is said why not; they are asked together.

    An answer is kept only when it is verified (``proof.authority``): a wrong one leaves nothing behind.

    Args:
        workspace: the archive.
        say: told of each answer when it is durable.

    Raises:
        NotFound: nothing is signed yet.
        UsageError: the settings name certificates that cannot be read.
        DiskFailed: the disk would not.
    """
    if Log(workspace.layout, disk=workspace.disk).head() is None:
        raise NotFound("nothing is signed yet, so there is nothing to stamp", hint="archivist snap URL")
    answers = []
    for answer in stamp_newest(workspace):
        answers.append(answer)
        say(answer)
    return tuple(answers)
