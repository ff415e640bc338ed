"""Outside witnesses of time: each is asked about the newest checkpoint, all together, and what is true is kept.

One stamp covers every snapshot before it, so only the newest checkpoint needs one. Nobody waits longer than the
settings say: a witness that has not answered by then is asked again by the next run. An answer is kept only when it
is verified; a wrong one leaves nothing behind.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import archivist
from archivist.errors import ArchivistError
from archivist.pipeline.asking import Job, completing, job_of
from archivist.pipeline.trust import roots_of
from archivist.pipeline.witness import Answer, Proof, Round, Witness, witnesses_of
from archivist.store.durable import AlreadyThere
from archivist.store.log import Head, Log
from archivist.store.stamps import Stamps
from archivist.workspace import Workspace

__all__ = ["stamp_after_run", "stamp_newest"]

_GRACE: Final = 0.5
"""Seconds in which a witness that was cut off is told with the reason."""

_Told: TypeAlias = "queue.Queue[tuple[Job, Proof | ArchivistError | None]]"


def stamp_newest(workspace: Workspace) -> Iterator[Answer]:
    """Ask every witness of the settings about the newest checkpoint, and tell of each answer when it is durable.

    Nothing is asked where nothing is signed yet, or all is known. No lock is needed: files have names of their own
    and are written once.

    Raises:
        UsageError: the settings name certificates or keys that cannot be read.
        DiskFailed: the disk would not.
        FormatError: the newest checkpoint cannot be read.
    """
    head = Log(workspace.layout, disk=workspace.disk).head()
    if head is None:
        return
    stamps, size = Stamps(workspace.layout, disk=workspace.disk), head.checkpoint.size
    there, due = stamps.names(size), []
    for witness in witnesses_of(workspace):
        if there.isdisjoint(witness.files):
            due.append(witness)
        else:
            yield Answer(kind=witness.kind, by=witness.name, size=size, state="known")
    round_ = _round(workspace, stamps, head, due)
    yield from _together(round_, [*(job_of(witness, round_) for witness in due), *completing(round_)])


def stamp_after_run(workspace: Workspace) -> tuple[Answer, ...]:
    """What came of asking at the end of a run, which nothing here can make fail: what is stored is stored."""
    answers: list[Answer] = []
    try:
        answers += (answer for answer in stamp_newest(workspace) if answer.state != "known")
    except ArchivistError as error:
        answers.append(Answer(kind="authority", by="stamping", size=0, state="failed", said=str(error)))
    return tuple(answers)


def _round(workspace: Workspace, stamps: Stamps, head: Head, due: Sequence[Witness]) -> Round:
    from archivist.fetch.ask import Asker  # noqa: PLC0415  # loaded when needed

    fetch = workspace.settings.fetch
    return Round(
        workspace=workspace,
        asker=Asker(
            fetch,
            named=[witness.url for witness in witnesses_of(workspace)],
            clock=workspace.clock,
            agent=fetch.agent(archivist.__version__),
        ),
        stamps=stamps,
        size=head.checkpoint.size,
        note=head.note,
        roots=roots_of(workspace) if any(witness.kind == "authority" for witness in due) else b"",
        until=workspace.clock.monotonic() + workspace.settings.stamp.seconds,
    )


def _together(round_: Round, jobs: Sequence[Job]) -> Iterator[Answer]:
    told: _Told = queue.Queue()
    for job in jobs:
        # A thread that hangs in the system's name lookup must keep nobody: it ends with the process.
        threading.Thread(target=_work, args=(job, told), name=job.witness.name, daemon=True).start()
    left = list(jobs)
    while left:
        patience = round_.until - round_.workspace.clock.monotonic() + _GRACE
        try:
            job, found = told.get(timeout=max(patience, 0))
        except queue.Empty:
            break
        if isinstance(found, Proof):
            yield from _kept(found, round_.stamps, job)
        elif found is None:
            left.remove(job)
        else:
            yield _failed(job.witness, job.size, str(found))
    for job in left:
        yield _failed(job.witness, job.size, f"{job.witness.name} did not finish its answer in time")


def _work(job: Job, told: _Told) -> None:
    try:
        for proof in job.run():
            told.put((job, proof))
    except ArchivistError as error:
        told.put((job, error))
    except Exception as error:  # noqa: BLE001  # a bug that one answer brings to light must not cost the others
        said = f"this is a bug in archivist: {type(error).__name__}: {error}"
        told.put((job, ArchivistError(said)))
    finally:
        told.put((job, None))


def _kept(proof: Proof, stamps: Stamps, job: Job) -> Iterator[Answer]:
    try:
        stamps.keep(proof.size, proof.files, extras=proof.extras)
    except AlreadyThere as error:
        if proof.answer is None:
            return
        if stamps.names(proof.size).isdisjoint(job.witness.files):
            yield _failed(job.witness, proof.size, f"an interrupted run left something else: {error}")
            return
        # Another process was quicker.
        yield Answer(kind=job.witness.kind, by=job.witness.name, size=proof.size, state="known")
        return
    if proof.answer is not None:
        yield proof.answer


def _failed(witness: Witness, size: int, said: str) -> Answer:
    return Answer(kind=witness.kind, by=witness.name, size=size, state="failed", said=said)
