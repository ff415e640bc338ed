"""Have outside witnesses of time stamp the newest checkpoint: one stamp covers every snapshot before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from archivist.errors import NotFound
from archivist.pipeline.renewal import list_stamps
from archivist.pipeline.run import Run
from archivist.pipeline.stamping import stamp_newest
from archivist.pipeline.witness import Answer
from archivist.store.log import Log
from archivist.workspace import Workspace

__all__ = ["Renewed", "renew", "stamp"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What came of listing the stamps."""

    files: int
    """That were not listed before."""
    unsigned: int
    """Statements that wait for a signature."""
    unsigned_because: str


def renew(workspace: Workspace) -> Renewed:
    """Every stamp is listed in a statement, and that is in the log: whoever stamps the log next covers them all.

    Raises:
        Locked: another archivist is writing.
        DiskFailed: the disk would not.
        UsageError: the archive is sealed.
    """
    with Run(workspace, verb="stamp") as run:
        files = list_stamps(run)
    return Renewed(files=files, unsigned=run.unsigned, unsigned_because=run.unsigned_because)


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
