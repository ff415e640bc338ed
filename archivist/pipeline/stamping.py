"""Outside witnesses of time: each is asked about the newest checkpoint, all together, and what is true is kept.

One stamp covers every snapshot before it, so only the newest checkpoint needs one. Nobody waits longer than the
settings say: a witness that has not answered by then is asked again by the next run. An answer is kept only when it
is verified; a wrong one leaves nothing behind.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import archivist
from archivist.errors import ArchivistError
from archivist.model.json import JsonObject, without_nothing
from archivist.proof.note import parse_note
from archivist.store.durable import AlreadyThere
from archivist.store.log import Head, Log
from archivist.store.stamps import Stamps, file_name_of
from archivist.workspace import Workspace

if TYPE_CHECKING:
    from archivist.fetch.ask import Asker

__all__ = ["Answer", "Kind", "State", "Witness", "stamp_after_run", "stamp_newest", "witnesses_of"]

Kind: TypeAlias = Literal["authority", "calendar", "witness"]
State: TypeAlias = Literal["stamped", "pending", "known", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking one witness."""

    kind: Kind
    by: str
    """The server's name."""
    size: int
    """Of the log."""
    state: State
    time: str | None = None
    """Until when the log had this size at the latest, as the witness says; UTC."""
    said: str = ""
    """Why nothing was kept, or what is missing."""

    def to_json(self) -> JsonObject:
        """One line of ``stamp --json``."""
        return {
            "kind": self.kind,
            "by": self.by,
            "size": self.size,
            "state": self.state,
            **without_nothing({"time": self.time, "said": self.said}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A server that the settings name."""

    kind: Kind
    url: str
    key: str = ""
    """Of a witness that cosigns."""

    @property
    def name(self) -> str:
        """What its files are called."""
        return file_name_of(self.url)

    @property
    def files(self) -> tuple[str, ...]:
        """One of these stands there when it has been asked with success."""
        return tuple(f"{self.name}{suffix}" for suffix in _SUFFIXES[self.kind])


_GRACE: Final = 0.5
"""Seconds in which a witness that was cut off is told with the reason."""
_SUFFIXES: Final[Mapping[Kind, tuple[str, ...]]] = {
    "authority": (".tsr",),
    "calendar": (".pending.ots", ".ots"),
    "witness": (".cosig",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is true and to be kept."""

    size: int
    """Of the log."""
    files: tuple[tuple[str, bytes], ...]
    """Names and bytes, in the order in which they are written."""
    extras: tuple[tuple[str, bytes], ...] = ()
    """What is good to have beside them."""
    answer: Answer | None = None
    """Told when they are durable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One time of asking."""

    workspace: Workspace
    asker: Asker
    stamps: Stamps
    size: int
    """Of the log under the newest checkpoint."""
    note: bytes
    """The checkpoint with its signatures."""
    roots: bytes
    """That an authority's chain may end in, as PEM."""
    until: float
    """On the monotonic clock."""

    @property
    def text(self) -> bytes:
        """What is stamped: the checkpoint without its signatures."""
        return parse_note(self.note).text.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to ask one witness, in a thread of its own; nothing is written there."""

    witness: Witness
    size: int
    run: Callable[[], Iterator[Proof]]


def witnesses_of(workspace: Workspace) -> tuple[Witness, ...]:
    """The servers that the settings name."""
    settings = workspace.settings.stamp
    return tuple(Witness(kind="authority", url=url) for url in settings.authorities)


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
    if due:
        yield from _together(_round(workspace, stamps, head, due), due)


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
        roots=workspace.roots() if any(witness.kind == "authority" for witness in due) else b"",
        until=workspace.clock.monotonic() + workspace.settings.stamp.seconds,
    )


def _together(round_: Round, due: Sequence[Witness]) -> Iterator[Answer]:
    jobs = [_job(witness, round_) for witness in due]
    told: queue.Queue[tuple[Job, Proof | ArchivistError | None]] = queue.Queue()
    for job in jobs:
        # A thread that hangs in the system's name lookup must keep nobody: it ends with the process.
        threading.Thread(target=_work, args=(job, told), name=job.witness.name, daemon=True).start()
    left = dict.fromkeys(job.witness for job in jobs)
    while left:
        patience = round_.until - round_.workspace.clock.monotonic() + _GRACE
        try:
            job, found = told.get(timeout=max(patience, 0))
        except queue.Empty:
            break
        if isinstance(found, Proof):
            yield from _kept(found, round_.stamps, job)
        elif found is None:
            left.pop(job.witness)
        else:
            yield _failed(job.witness, job.size, str(found))
    for witness in left:
        yield _failed(witness, round_.size, f"{witness.name} did not finish its answer in time")


def _work(job: Job, told: queue.Queue[tuple[Job, Proof | ArchivistError | None]]) -> None:
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


def _job(witness: Witness, round_: Round) -> Job:
    asking = {"authority": _authority}[witness.kind]
    return Job(witness=witness, size=round_.size, run=lambda: asking(witness, round_))


def _authority(witness: Witness, round_: Round) -> Iterator[Proof]:
    from archivist.fetch.authority import ask_authority  # noqa: PLC0415  # loaded when needed
    from archivist.fetch.revocation import ask_revocation  # noqa: PLC0415
    from archivist.proof.authority import BadToken, certificates_in, chain_pem  # noqa: PLC0415

    roots = certificates_in(round_.roots)
    stamped = ask_authority(round_.asker, witness.url, round_.text, roots=roots, until=round_.until)
    time = stamped.token.stamped.time
    # Half of what is left: the stamp itself must not be late because somebody else is.
    half = (round_.workspace.clock.monotonic() + round_.until) / 2
    answers = tuple(ask_revocation(round_.asker, stamped.chain, until=half))
    for answer in answers:
        if answer.answered.harms(time):
            raise BadToken(f"a certificate of its chain was revoked on {answer.answered.revoked:%Y-%m-%d}")
    yield Proof(
        size=round_.size,
        files=(
            (f"{witness.name}.pem", chain_pem(stamped.chain).encode()),
            (f"{witness.name}.tsr", stamped.response),
        ),
        extras=tuple((f"{witness.name}.{each.position}.{each.kind}", each.data) for each in answers),
        answer=Answer(
            kind="authority",
            by=witness.name,
            size=round_.size,
            state="stamped",
            time=f"{time:%Y-%m-%dT%H:%M:%SZ}",
        ),
    )
