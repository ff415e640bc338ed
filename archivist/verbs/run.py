"""Look at everything on the watchlist that is due: for cron, for years."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import archivist
from archivist.clock import utc_text
from archivist.errors import ArchivistError, OutOfTime, Unreachable, UsageError
from archivist.model.json import JsonObject, without_nothing
from archivist.model.url import host_of, key_of
from archivist.model.watch import parse_duration
from archivist.pipeline.indexing import bring_up_to_date
from archivist.pipeline.outcome import Failed, Outcome
from archivist.pipeline.remembered import save_remembered
from archivist.pipeline.watching import Watched, Watching
from archivist.sandbox import Sandbox
from archivist.store.lock import Lock
from archivist.workspace import Workspace

if TYPE_CHECKING:
    from archivist.pipeline.adopt import Recovered
    from archivist.pipeline.happening import Happening, HappeningKind
    from archivist.pipeline.notifying import Told
    from archivist.pipeline.remembered import Trouble
    from archivist.pipeline.run import Run
    from archivist.pipeline.witness import Answer

__all__ = ["Ran", "run"]

_LAST: Final = 5
"""The part of a bounded run in which no further page is begun: the fifth."""
_PING_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run came to."""

    counts: Counter[str]
    """Of looks, by what they came to."""
    failed: int = 0
    """Pages that could not be saved as they are."""
    held: int = 0
    """Pages that were left alone with their host."""
    left: int = 0
    """Pages that are due and wait for the next run: the time or the number of pages was up."""
    watched: int = 0
    next_at: dt.datetime | None = None
    """When something is due next."""
    unsigned: int = 0
    unsigned_because: str = ""
    stamps: tuple[Answer, ...] = ()
    """What outside witnesses of time answered at the end."""
    ping_failed: str = ""
    """Why the address of the settings could not be told that the work was done."""
    told: Told | None = None
    """What people were told of, and which channels failed."""

    @property
    def looked_at(self) -> int:
        """Pages."""
        return self.counts.total()

    @property
    def exit_code(self) -> int:
        """0 all well, 3 something failed and the rest is stored."""
        return 3 if self.failed or self.held or (self.told and self.told.failed) else 0

    def to_json(self) -> JsonObject:
        """The summary of ``run --json``."""
        return {
            "looked_at": self.looked_at,
            "new": self.counts["new"],
            "same": self.counts["same"],
            "changed": self.counts["changed"] + self.counts["back"] + self.counts["recovered"],
            "gone": self.counts["gone"],
            "failed": self.failed,
            "held": self.held,
            "left": self.left,
            "watched": self.watched,
            "next": utc_text(self.next_at) if self.next_at else None,
            "unsigned": self.unsigned,
            **({"notices": self.told.to_json()} if self.told else {}),
            **without_nothing({"unsigned_because": self.unsigned_because, "ping_failed": self.ping_failed}),
            **without_nothing({"stamps": [each.to_json() for each in self.stamps]}),
        }


def run(
    workspace: Workspace,
    *,
    is_offline: bool = False,
    say: Callable[[Happening], None] = lambda _: None,
    warn: Callable[[Recovered], None] = lambda _: None,
) -> Ran:
    """Every page that is due has been looked at, as far as ``[schedule]`` bounds the run; the next ones are planned.

    Args:
        workspace: the archive.
        is_offline: ask no outside witness of time, and tell nobody that the work is done.
        say: told of each look; of hosts that do not answer once, and not page by page.
        warn: told what an interrupted run had left, if anything.

    Raises:
        UsageError: the watchlist is wrong, or the archive is sealed.
        Locked: another archivist is writing.
        DiskFailed: the disk would not; what was acknowledged is whole.
    """
    schedule, clock = workspace.settings.schedule, workspace.clock
    begun = clock.monotonic()
    length = parse_duration(schedule.at_most).total_seconds() if schedule.at_most else math.inf
    if workspace.settings.archive.sealed:
        raise UsageError(f"the archive in {workspace.layout.root} is sealed: no more is added to it")
    from archivist.pipeline.notifying import Notifier  # noqa: PLC0415  # only here

    with Lock(workspace.layout, clock=clock):
        notifier = Notifier(workspace)
        if workspace.is_interrupted:
            # What an interrupted run had stored counts as looked at, once it is sealed.
            warn(_mended(workspace))
        watching = Watching(workspace)
        telling = _Telling(workspace, watching, say=say)
        looked: set[str] = set()
        run: Run | None = None
        not_begun = 0
        try:
            is_more = True
            telling.discover()
            # What the listings name is looked at in the same run: nothing is edited as early as what is new.
            while is_more and (chosen := _chosen(watching, looked, most=schedule.max_urls)):
                looked |= {each.page.key for each in chosen}
                run = None
                telling.begin(chosen)
                try:
                    run = _look(workspace, chosen, telling, until=begun + length, length=length)
                    not_begun += run.round.left if run.round is not None else 0
                finally:
                    telling.settle(run)
                    watching.read_again(telling.seen)
                is_more = telling.discover() and clock.monotonic() < begun + length
        finally:
            waiting = sum(each.page.key not in looked for each in watching.due())
            next_at = min((each.plan.at for each in watching.watched), default=None)
            save_remembered(workspace, watching.remembered, now=clock.now())
            workspace.close_catalog()
    told = notifier.tell(watching.pages, is_offline=is_offline)
    workspace.close_catalog()
    ran = Ran(
        told=told,
        counts=telling.counts,
        failed=telling.failed,
        held=telling.held,
        left=waiting + not_begun + telling.left,
        watched=len(watching.pages),
        next_at=next_at,
        unsigned=run.unsigned if run else 0,
        unsigned_because=run.unsigned_because if run else "",
    )
    # The lock is free by now: nobody waits for the rest but whoever waits for this.
    if not is_offline:
        ran = replace(
            ran, stamps=_stamped(workspace) if run else (), ping_failed=_ping(workspace) if schedule.ping else ""
        )
    if run:
        bring_up_to_date(workspace, until=begun + length)
        workspace.close_catalog()
    return ran


def _stamped(workspace: Workspace) -> tuple[Answer, ...]:
    from archivist.pipeline.stamping import stamp_after_run  # noqa: PLC0415  # most runs have nothing to stamp

    return stamp_after_run(workspace)


def _chosen(watching: Watching, looked: Collection[str], *, most: int) -> list[Watched]:
    """The pages that are due and have not been looked at in this run."""
    due = [each for each in watching.due() if each.page.key not in looked]
    return due[: max(0, most - len(looked))] if most else due


def _mended(workspace: Workspace) -> Recovered:
    """What an interrupted run had left is sealed, signed and in the catalog."""
    from archivist.pipeline.run import Run  # noqa: PLC0415  # seldom needed before the reader starts

    with Run(workspace, verb="run", is_locked=True) as run:
        return run.recovered


def _look(
    workspace: Workspace,
    due: Sequence[Watched],
    telling: _Telling,
    *,
    until: float,
    length: float,
) -> Run:
    """The pages have been looked at, and the log is signed."""
    with ExitStack() as stack:
        sandbox: Sandbox | None = None
        with suppress(OSError):
            sandbox = stack.enter_context(Sandbox(workspace.settings.read))
        # All the rest is loaded while the reader starts, on another processor.
        from archivist.pipeline.run import Run  # noqa: PLC0415

        run = stack.enter_context(Run(workspace, verb="run", sandbox=sandbox, is_locked=True, until=until))
        outcomes = run.snap(
            [each.page.url for each in due],
            until=until - length / _LAST if until < math.inf else None,
            frail=telling.frail,
        )
        try:
            for outcome in outcomes:
                telling.tell(outcome)
        except KeyboardInterrupt:
            # What is under way is finished, stored, and told.
            outcomes.close()
            for outcome in run.round.rest() if run.round else ():
                telling.tell(outcome)
            raise
    return run


@dataclass(slots=True)
class _Failures:
    """Of one host in one run."""

    pages: list[tuple[Watched, ArchivistError]] = field(default_factory=list)
    has_answered: bool = False


class _Telling:
    """Tells what happens, each thing once, and remembers what is not well."""

    def __init__(self, workspace: Workspace, watching: Watching, *, say: Callable[[Happening], None]) -> None:
        self._workspace = workspace
        self._watching = watching
        self._say = say
        self._known: dict[str, Watched] = {}
        self._hosts: dict[str, _Failures] = {}
        self.frail = frozenset[str]()
        self.counts: Counter[str] = Counter()
        self.failed = 0
        self.held = 0
        self.left = 0
        """Pages that the end of the run left as they are."""
        self.seen: list[str] = []
        """Keys of the pages that were looked at and stored."""

    @property
    def _troubles(self) -> dict[str, Trouble]:
        return self._watching.remembered.troubles

    def begin(self, due: Sequence[Watched]) -> None:
        """These are looked at now."""
        self._known = {each.page.key: each for each in due}
        self._hosts.clear()
        self.frail = frozenset(name for name in self._troubles if "://" not in name)

    def tell(self, outcome: Outcome) -> None:
        """What came of one page."""
        from archivist.pipeline.happening import of_taken  # noqa: PLC0415  # loaded while the first pages are fetched

        url = outcome.url if isinstance(outcome, Failed) else outcome.snapshot.asked.url
        each = self._known[key_of(url)]
        host = self._hosts.setdefault(host_of(url), _Failures())
        if isinstance(outcome, Failed) and isinstance(outcome.error, OutOfTime):
            self.left += 1
            return
        if isinstance(outcome, Failed):
            host.pages.append((each, outcome.error))
            host.has_answered = host.has_answered or not isinstance(outcome.error, Unreachable)
            return
        host.has_answered = True
        self.seen.append(each.page.key)
        self._end(each.page.key, each.page.url)
        self._end(host_of(url), host_of(url))
        happening = of_taken(self._workspace, each.page, outcome, past=each.past)
        self.failed += happening.is_failure
        self._tell(happening)

    def discover(self) -> bool:
        """Whether unread lists of articles were captured; which of them can be read no more, or again, is told."""
        from archivist.pipeline.happening import Happening  # noqa: PLC0415  # as above

        is_more = self._watching.discover()
        for watch, problem in self._watching.turned:
            kind: HappeningKind = "unread" if problem else "recovered"
            said = Happening(kind=kind, is_news=True, url=watch.url, article=watch.key, tags=watch.tags, said=problem)
            self.failed += said.is_failure
            self._say(said)
        self._watching.turned.clear()
        return is_more

    def settle(self, run: Run | None) -> None:
        """What failed is told, by page where the host answered others, else by host; all of it is remembered."""
        held = run.round.held if run is not None and run.round is not None else {}
        for name, host in self._hosts.items():
            waiting = len(held.get(name, ()))
            wait = dt.timedelta(seconds=min(run.gatherer.wait_of(name), 7 * 86_400.0)) if run is not None else None
            if host.pages and not host.has_answered:
                self._fail(name, name, host.pages[0][1], pages=len(host.pages) + waiting, wait=wait)
                self.failed += len(host.pages)
                self.counts["unreachable"] += len(host.pages) - 1
            else:
                for each, error in host.pages:
                    self._fail(each.page.key, each.page.url, error, wait=wait)
                    self.failed += 1
                if waiting:
                    error = ArchivistError(f"{name} asked to be left alone")
                    self._fail(name, name, error, pages=waiting, wait=wait)
                    self.counts["unreachable"] -= 1
            self.held += waiting

    def _fail(
        self, key: str, url: str, error: ArchivistError, *, pages: int = 1, wait: dt.timedelta | None = None
    ) -> None:
        from archivist.pipeline.happening import Happening  # noqa: PLC0415  # as above
        from archivist.pipeline.remembered import Trouble  # noqa: PLC0415

        before = self._troubles.get(key)
        trouble = Trouble.after(before, now=self._workspace.clock.now(), said=str(error), wait=wait or dt.timedelta())
        self._troubles[key] = trouble
        self._tell(
            Happening(
                kind="unreachable",
                is_news=before is None,
                url=url,
                said=str(error),
                since=utc_text(trouble.since),
                pages=pages,
                error=error,
            )
        )

    def _end(self, key: str, url: str) -> None:
        """Whatever trouble there was has ended."""
        from archivist.pipeline.happening import Happening  # noqa: PLC0415  # as above

        before = self._troubles.pop(key, None)
        if before is not None:
            said = Happening(kind="reachable", is_news=True, url=url, since=utc_text(before.since), said=before.said)
            self._say(said)

    def _tell(self, happening: Happening) -> None:
        self.counts[happening.kind] += 1
        self._say(happening)


def _ping(workspace: Workspace) -> str:
    """The address of the settings knows that the work is done; else why it does not."""
    from archivist.fetch.client import Fetcher  # noqa: PLC0415  # loaded when needed

    fetch = replace(
        workspace.settings.fetch, total_timeout=_PING_SECONDS, read_timeout=_PING_SECONDS, max_bytes=1 << 16
    )
    url = workspace.settings.schedule.ping
    tmp = workspace.layout.tmp
    tmp.mkdir(parents=True, exist_ok=True)
    with Fetcher(fetch, clock=workspace.clock, spool_folder=tmp, version=archivist.__version__) as fetcher:
        fetched = fetcher.fetch(url, role="requisite", kind="ping")
        try:
            if fetched.error is not None:
                return str(fetched.error)
            status = fetched.exchanges[-1].head.status
            return "" if status < 400 else f"{url} answered {status}"
        finally:
            fetched.close()
