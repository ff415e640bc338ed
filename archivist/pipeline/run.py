"""A run: one lock, recovery, many pages at a time, one checkpoint at the end.

The normal start runs the recovery code: what an interrupted run left behind is adopted before anything new is fetched.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self

import archivist
from archivist.errors import ArchivistError, BadManifest, BadNote, DiskFailed, NotFound, RolledBack, UsageError
from archivist.model.manifest import Snapshot, Statement
from archivist.model.url import key_of
from archivist.pipeline.adopt import Recovered, recover_archive
from archivist.pipeline.line import take
from archivist.pipeline.outcome import Failed, Outcome, Taken
from archivist.pipeline.reading import Reading
from archivist.pipeline.round import Bounds, Round
from archivist.pipeline.run_catalog import RunCatalog
from archivist.pipeline.seal import Previous
from archivist.pipeline.shared import Shared
from archivist.proof.checkpoint import Checkpoint
from archivist.proof.note import VerifierKey, parse_note, sign_note
from archivist.proof.signing import SigningKey
from archivist.sandbox import Sandbox
from archivist.store.archive import Archive, Original
from archivist.store.keys import load_key, load_seen, remember, seen_path
from archivist.store.ledger import Written
from archivist.store.lock import Lock
from archivist.store.log import Log
from archivist.wire.exchange import Exchange
from archivist.wire.http1 import ResponseHead
from archivist.workspace import Workspace

if TYPE_CHECKING:
    from archivist.pipeline.known import Known
    from archivist.pipeline.progress import Progress

__all__ = ["Run"]

_LOG = logging.getLogger(__name__)


class Run:
    """A run over pages. Use as a context manager: entering takes the lock and recovers, leaving signs the log.

    Args:
        workspace: the archive.
        verb: what the manifests say was asked for.
        keeps_errors: store answers such as 404 of pages that are not in the archive.
        sandbox: a reader that is starting already; its owner ends it.
        is_locked: the caller holds the archive's lock.
        until: by the monotonic clock: when the network is left, whatever is under way.
        tell: told how far it is, from many threads, one at a time.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        verb: str = "snap",
        keeps_errors: bool = False,
        sandbox: Sandbox | None = None,
        is_locked: bool = False,
        until: float = math.inf,
        tell: Callable[[Progress], None] = lambda _: None,
    ) -> None:
        self.workspace = workspace
        self.verb = verb
        self.clock = workspace.clock
        self.settings = workspace.settings
        self.ledger = workspace.ledger
        self.tmp = workspace.layout.tmp
        self.recovered = Recovered()
        """What an interrupted run had left, and what was done about it."""
        self.unsigned = 0
        """Statements that wait for a signature."""
        self.unsigned_because = ""
        """Why they do."""
        self._keeps_errors = keeps_errors
        self._reader = sandbox
        self._is_locked = is_locked
        self._until = until
        self._tell = tell
        self._written: list[str] = []
        self._logged = 0
        """Entries of the log when the run began; no statement of the run stands before."""
        self._lock = threading.Lock()
        self.round: Round | None = None
        """Of the pages that are being taken, or were last."""
        self._idle = threading.Condition()
        self._under_way = 0
        self._is_over = False
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """The archive is ours to write.

        Raises:
            Locked: another archivist is writing.
            DiskFailed: the disk would not.
            UsageError: the archive is sealed.
        """
        workspace = self.workspace
        self.identity = workspace.identity
        if self.settings.archive.sealed:
            raise UsageError(
                f"the archive in {workspace.layout.root} is sealed: no more is added to it",
                hint="name another archive with -C DIR",
            )
        with self._stack:
            if not self._is_locked:
                self._stack.enter_context(Lock(workspace.layout, clock=self.clock))
            self._compare_with_memory()
            self._logged = Log(workspace.layout, disk=workspace.disk).size
            self.catalog = self._stack.enter_context(RunCatalog(workspace, logged=self._logged))
            self.sandbox = self._reader or self._stack.enter_context(Sandbox(self.settings.read))
            self.reading = Reading(self.settings, sandbox=self.sandbox, folder=self.tmp)
            self.recovered = recover_archive(self)
            self._open_capture()
            self.catalog.make()
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """The log holds every statement of the run, under one signed checkpoint.

        Raises:
            DiskFailed: the disk would not; the next start makes up for it.
        """
        with self._stack:
            self._await_pages()
            self.archive.close()
            self._sign()
            if kind is None:
                is_whole = not self.unsigned and not self.recovered.alarms
                log = Log(self.workspace.layout, disk=self.workspace.disk).size if is_whole else None
                self.catalog.end(told=len(self._written), log=log)
            # The catalog is one file again when nobody reads it.
            self.workspace.close_catalog()

    @property
    def policy(self) -> Mapping[str, str]:
        """The settings that shape a capture, as the manifest records them."""
        fetch = self.settings.fetch
        policy = {"user_agent": self._user_agent, "robots": fetch.robots, "max_bytes": str(fetch.max_bytes)}
        if fetch.allow:
            policy["allow"] = " ".join(fetch.allow)
        policy |= {f"resolve {name}": address for name, address in sorted(fetch.resolve.items())}
        return policy

    def snap(self, urls: Iterable[str], *, until: float | None = None, frail: Iterable[str] = ()) -> Generator[Outcome]:
        """Snapshot pages, several at a time; each is acknowledged when it is sealed.

        Args:
            urls: of the pages.
            until: by the monotonic clock: when no further page is begun.
            frail: hosts that did not answer the last time.

        Raises:
            DiskFailed: the disk would not; what could be stored all the same is acknowledged first.
        """
        wanted = {key_of(url): url for url in urls}
        fetch = self.settings.fetch
        bounds = Bounds(
            workers=fetch.workers,
            # Where its pages are asked for one after another, more would only wait for their turn.
            of_host=min(fetch.workers, fetch.connections) if fetch.delay > 0 else fetch.workers,
            until=until,
            frail=frozenset(frail),
        )
        self.round = Round(self._outcome, bounds=bounds, clock=self.clock, wait_of=self.gatherer.wait_of)
        self._tally.wanted(len(wanted))
        ahead = threading.Thread(target=self.archive.prepare, name="ahead")
        ahead.start()
        self._stack.callback(ahead.join)
        with closing(self.round.outcomes(wanted.values())) as outcomes:
            for outcome in outcomes:
                self._tally.ended()
                yield outcome

    def _outcome(self, url: str) -> Outcome:
        try:
            return self.take(url)
        except (DiskFailed, CancelledError):
            raise
        except ArchivistError as error:
            return Failed(url=url, error=error)
        except Exception as error:  # noqa: BLE001  # see the next line
            # A bug that one page brings to light must not keep the others of a nightly run from being saved.
            _LOG.debug("while saving %s", url, exc_info=True)
            said = f"{url}: this is a bug in archivist: {type(error).__name__}: {error}"
            return Failed(url=url, error=ArchivistError(said, hint="run it alone with -v, and report what it prints"))

    def take(self, url: str) -> Taken:
        """Snapshot one page; the run does not end before it is sealed or has failed.

        Raises:
            CancelledError: the run is over.
            FetchError: there was nothing to store.
            DiskFailed: the disk would not take it.
        """
        with self._idle:
            if self._is_over:
                raise CancelledError
            self._under_way += 1
        try:
            return take(url, run=self)
        finally:
            with self._idle:
                self._under_way -= 1
                self._idle.notify_all()

    # What the line asks of its run.

    def previous(self, article: str) -> Previous | None:
        """The article's last snapshot."""
        row = self.catalog.newest(article)
        if row is None:
            return None
        try:
            return Previous.of(self.workspace.newest(row))
        except (BadManifest, NotFound):
            # Damage is for `verify` to judge; it must not keep anybody from capturing what is online now.
            return Previous(id=row.id, number=row.number, fingerprint=row.fingerprint)

    def known(self, previous: Previous | None) -> Known:
        """What the last snapshot knows, while the next one is taken."""
        from archivist.pipeline.known import Known  # noqa: PLC0415  # it speaks HTTP, see `_open_capture`

        recheck = self.settings.fetch.recheck
        return Known(previous, reader=self.workspace.reader, now=self.clock.now(), recheck=recheck)

    def is_kept(self, head: ResponseHead, *, is_known: bool) -> bool:
        """Whether an answer becomes a snapshot: errors do for known articles ("gone"), or where they are asked for."""
        return head.status < 400 or is_known or self._keeps_errors

    def find_original(self, exchange: Exchange) -> Original | None:
        """The stored response that holds this payload already."""
        row = self.catalog.original(exchange.uri, exchange.payload.sha256, exchange.payload.length)
        return Original(record=row.record, uri=row.uri, date=row.date) if row else None

    def record(self, written: Written, statement: Statement) -> None:
        """The statement is in the catalog, and will be in the log when the run ends."""
        with self._lock:
            # In one order: a catalog made anew has the statements as they stand in the log.
            self._written.append(written.id)
            self.catalog.add(written, statement)

    def seal(self, snapshot: Snapshot) -> Written:
        """The manifest is durable and in the catalog."""
        written = self.ledger.write(snapshot)
        self.record(written, snapshot)
        return written

    # The parts of a run.

    def _await_pages(self) -> None:
        """No page is under way any more, and none will begin: none may outlive the lock.

        The round cannot tell: a signal that arrives while it starts a thread leaves it a thread that it does not know.
        """
        if self.round is not None:
            self.round.stop()
        with self._idle:
            self._is_over = True
            self._idle.wait_for(lambda: not self._under_way)

    @property
    def _user_agent(self) -> str:
        return self.settings.fetch.agent(archivist.__version__)

    def _open_capture(self) -> None:
        # All that speaks HTTP is loaded while the reader starts, on another processor.
        from archivist.fetch.client import Fetcher  # noqa: PLC0415
        from archivist.pipeline.gather import Gatherer  # noqa: PLC0415
        from archivist.pipeline.progress import Tally  # noqa: PLC0415

        fetch = self.settings.fetch
        self.archive = Archive(
            self.workspace.layout,
            disk=self.workspace.disk,
            clock=self.clock,
            software=f"archivist/{archivist.__version__}",
            user_agent=self._user_agent,
            robots=fetch.robots,
        )
        fetcher = self._stack.enter_context(
            Fetcher(fetch, clock=self.clock, spool_folder=self.tmp, version=archivist.__version__, until=self._until)
        )
        pool = self._stack.enter_context(ThreadPoolExecutor(fetch.workers, thread_name_prefix="requisite"))
        self._tally = Tally(self._tell)
        self.gatherer = Gatherer(
            fetch, fetcher=fetcher, reading=self.reading, shared=Shared(), pool=pool, tally=self._tally
        )

    def _sign(self) -> None:
        due = [*self.recovered.due, *self._written]
        if not due:
            return
        key = self._signing_key()
        if key is None:
            self.unsigned = len(due)
            return
        log = Log(self.workspace.layout, disk=self.workspace.disk)
        origin = self.identity.origin
        sign = partial(sign_note, name=origin, key=key)
        log.append(due, origin=origin, sign=sign, since=self._logged)
        if (head := log.head()) is not None:
            remember(self.identity.id, head.note, environ=self.workspace.environ)

    def _compare_with_memory(self) -> None:
        """The log goes on from the last checkpoint that this computer saw.

        Raises:
            RolledBack: it does not: an older copy was put back, or another history was signed.
        """
        note = load_seen(self.identity.id, environ=self.workspace.environ)
        if note is None:
            return
        path = seen_path(self.identity.id, environ=self.workspace.environ)
        try:
            seen = Checkpoint.parse(parse_note(note).text)
            goes_on = Log(self.workspace.layout, disk=self.workspace.disk).goes_on_from(seen)
        except ArchivistError:
            # What is damaged is for `verify` to judge; it must not keep anybody from capturing what is online now.
            return
        if not goes_on:
            raise RolledBack(
                f"the log of this archive does not go on from the {seen.size} entries that it had when this computer "
                "last saw it: an older copy was put back, or its history was changed",
                hint=f"archivist verify tells more; where a backup was put back on purpose, remove {path}",
            )

    def _signing_key(self) -> SigningKey | None:
        """The archive's own key; where there is none that could sign, why."""
        path = self.workspace.key_path
        try:
            key = load_key(self.identity.id, environ=self.workspace.environ, later=self.workspace.later_key)
        except (BadNote, DiskFailed) as error:
            self.unsigned_because = str(error)
            return None
        if key is None:
            self.unsigned_because = f"the archive's key is not on this computer, in {path}"
            return None
        if VerifierKey.of(self.identity.origin, key) != self.workspace.log_keys.newest:
            self.unsigned_because = f"the key in {path} is another archive's"
            return None
        return key
