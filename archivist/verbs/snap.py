"""Save articles, and the documents they link, now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.model.capture import Capture, Problem
from archivist.model.json import Json, JsonObject, without_nothing
from archivist.model.url import parse_url
from archivist.pipeline.outcome import Failed, Outcome, Taken
from archivist.sandbox import Sandbox
from archivist.workspace import Workspace

if TYPE_CHECKING:
    from archivist.pipeline.adopt import Recovered
    from archivist.pipeline.progress import Progress
    from archivist.pipeline.witness import Answer

__all__ = ["Snapped", "is_whole", "outcome_json", "snap"]

_SERIOUS = frozenset({"truncated", "unreadable", "undecodable", "forbidden", "unreachable", "limit"})
_FAULTY = frozenset({"blocked", "error", "empty", "incomplete", "consent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapped:
    """What a run came to."""

    outcomes: tuple[Outcome, ...]
    recovered: Recovered
    unsigned: int
    """Statements that are stored and wait for a signature."""
    unsigned_because: str = ""
    stamps: tuple[Answer, ...] = ()
    """What outside witnesses of time answered; what is missing of them is due, and no failure."""

    @property
    def exit_code(self) -> int:
        """0 all whole, 3 something failed or was cut short and the rest is stored, else why nothing was."""
        failed = [outcome for outcome in self.outcomes if isinstance(outcome, Failed)]
        if failed and len(failed) == len(self.outcomes):
            return failed[0].error.exit_code
        return 0 if not failed and all(is_whole(outcome) for outcome in self.outcomes) else 3

    def to_json(self) -> JsonObject:
        """The summary of ``snap --json``."""
        taken = [outcome for outcome in self.outcomes if isinstance(outcome, Taken)]
        return {
            "snapshots": len(taken),
            "new_versions": sum(outcome.is_new_version for outcome in taken),
            "failed": len(self.outcomes) - len(taken),
            "adopted": list(self.recovered.adopted),
            "unsigned": self.unsigned,
            **without_nothing(
                {"unsigned_because": self.unsigned_because, "stamps": [each.to_json() for each in self.stamps]}
            ),
        }


def snap(
    workspace: Workspace,
    urls: Sequence[str],
    *,
    keeps_errors: bool = False,
    is_offline: bool = False,
    say: Callable[[Outcome], None] = lambda _: None,
    warn: Callable[[Recovered], None] = lambda _: None,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Snapped:
    """Snapshot each page; one that fails stops none of the others.

    Args:
        workspace: the archive.
        urls: what to save; all of them are checked before anything is fetched.
        keeps_errors: store answers such as 404 of pages that are not in the archive.
        is_offline: ask no outside witness of time.
        say: told of each page when it is acknowledged, or has failed.
        warn: told what an interrupted run had left, if anything.
        tell: told how far the run is, from many threads, one at a time.

    Raises:
        UsageError: one of the addresses is none.
        Locked: another archivist is writing.
        DiskFailed: the disk would not; what was acknowledged is whole.
    """
    wanted = [parse_url(url) for url in urls]
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        sandbox: Sandbox | None = None
        # Where it cannot be started, the run tries itself, after it has looked at the disk and at who else is writing.
        with suppress(OSError):
            sandbox = stack.enter_context(Sandbox(workspace.settings.read))
        # All the rest is loaded while the reader starts, on another processor.
        from archivist.pipeline.run import Run  # noqa: PLC0415

        run = stack.enter_context(Run(workspace, keeps_errors=keeps_errors, sandbox=sandbox, tell=tell))
        warn(run.recovered)
        for outcome in run.snap(wanted):
            outcomes.append(outcome)
            say(outcome)
    return Snapped(
        outcomes=tuple(outcomes),
        recovered=run.recovered,
        unsigned=run.unsigned,
        unsigned_because=run.unsigned_because,
        # The lock is free by now: nobody waits for the witnesses but whoever waits for this.
        stamps=() if is_offline else _stamped(workspace),
    )


def _stamped(workspace: Workspace) -> tuple[Answer, ...]:
    from archivist.pipeline.stamping import stamp_after_run  # noqa: PLC0415  # loaded when the pages are stored

    return stamp_after_run(workspace)


def is_whole(outcome: Outcome) -> bool:
    """Whether the snapshot has all that a reader of the article would miss: page and documents, uncut, no wall."""
    if isinstance(outcome, Failed):
        return False
    snapshot = outcome.snapshot
    if snapshot.quality.verdict in _FAULTY:
        return False
    requisites = {capture.uri for capture in snapshot.captures if capture.role in {"requisite", "robots"}}
    return not any(_is_serious(problem, requisites, snapshot.captures) for problem in snapshot.problems)


def _is_serious(problem: Problem, requisites: set[str], captures: tuple[Capture, ...]) -> bool:
    if problem.code == "truncated":
        return True
    known = {capture.uri for capture in captures}
    if problem.about in requisites or (problem.code in {"forbidden", "unreachable"} and problem.about not in known):
        # A picture or a script that is gone is the web's daily mess: named in the manifest, no failure of ours.
        return False
    return problem.code in _SERIOUS


def outcome_json(outcome: Outcome) -> JsonObject:
    """One line of ``snap --json``."""
    if isinstance(outcome, Failed):
        error: JsonObject = {"message": str(outcome.error), "exit_code": outcome.error.exit_code}
        error |= without_nothing({"hint": outcome.error.hint})
        return {"url": outcome.url, "stored": False, "error": error}
    snapshot = outcome.snapshot
    documents: list[Json] = [
        {"url": each.uri, "sha256": each.payload.sha256, "length": each.payload.length, "status": each.status}
        for each in snapshot.captures
        if each.role == "document"
    ]
    page = snapshot.page
    return {
        "url": snapshot.asked.url,
        "stored": True,
        "id": outcome.id,
        "article": snapshot.article,
        "number": snapshot.number,
        "is_new_version": outcome.is_new_version,
        "title": outcome.title,
        "quality": snapshot.quality.verdict,
        "captures": len(snapshot.captures),
        "carried": sum(each.count for each in snapshot.carried),
        "bytes": sum(capture.payload.length for capture in snapshot.captures),
        "sha256": page.payload.sha256 if page else None,
        "documents": documents,
        "problems": [problem.to_json() for problem in snapshot.problems],
    }
