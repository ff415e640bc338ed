"""One round over pages of many hosts, several at a time: no host's waiting holds up another's.

Rule 1: a host that has not answered yet is asked for few pages at one time, and only for more once it has answered
soon; so a host that never answers, or never ends, occupies few threads.
Rule 2: a host that could not be reached several times in a row, or asks to be left alone, is left alone: the pages of
it that are still waiting are held, and are nobody's failures.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Final

from archivist.clock import Clock
from archivist.errors import DiskFailed, Unreachable
from archivist.model.url import host_of
from archivist.pipeline.outcome import Failed, Outcome

__all__ = ["Bounds", "Round"]

_STRANGERS: Final = 2
"""Pages at one time of a host that has not shown that it answers."""
_SOON: Final = 20.0
"""Seconds within which a page is taken from a host that answers."""
_STRIKES: Final = 3
"""Pages in a row that cannot be reached, after which the host is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far a round goes."""

    workers: int
    """Pages at one time."""
    of_host: int
    """Pages at one time of one host."""
    until: float | None = None
    """By the monotonic clock: when no further page is begun."""
    frail: frozenset[str] = frozenset()
    """Hosts that did not answer the last time: one page tells whether they do now."""


@dataclass(slots=True, kw_only=True)
class _Host:
    name: str
    is_frail: bool
    waiting: deque[str] = field(default_factory=deque)
    flying: int = 0
    strikes: int = 0
    is_proven: bool = False


class Round:
    """Takes each page once.

    Args:
        take: takes one page; called from many threads.
        bounds: how far it goes.
        clock: for its end.
        wait_of: seconds for which a host asked to be left alone.
    """

    def __init__(
        self,
        take: Callable[[str], Outcome],
        *,
        bounds: Bounds,
        clock: Clock,
        wait_of: Callable[[str], float] = lambda _: 0.0,
    ) -> None:
        self._take = take
        self._bounds = bounds
        self._clock = clock
        self._wait_of = wait_of
        self._news = threading.Condition()
        self._hosts: dict[str, _Host] = {}
        self._turn: deque[_Host] = deque()
        self._is_stopped = False
        self._done: SimpleQueue[Outcome | DiskFailed | None] = SimpleQueue()
        self._held: dict[str, list[str]] = {}

    @property
    def held(self) -> Mapping[str, list[str]]:
        """By host, the pages that were not begun because the host was left alone."""
        return self._held

    @property
    def left(self) -> int:
        """Pages that were not begun because the round was over."""
        return sum(len(host.waiting) for host in self._hosts.values())

    def stop(self) -> None:
        """No further page is begun."""
        with self._news:
            self._is_stopped = True
            self._news.notify_all()

    def outcomes(self, urls: Iterable[str]) -> Generator[Outcome]:
        """What comes of each page, as it comes.

        Raises:
            DiskFailed: the disk would not; what could be stored all the same is told first.
        """
        count = 0
        for count, url in enumerate(urls, start=1):  # noqa: B007  # their number is wanted
            self._line_up(url)
        threads = [
            threading.Thread(target=self._work, name=f"page-{number}")
            for number in range(min(count, self._bounds.workers))
        ]
        failure: DiskFailed | None = None
        try:
            for thread in threads:
                thread.start()
            ended = 0
            while ended < len(threads):
                outcome = self._done.get()
                if outcome is None:
                    ended += 1
                elif isinstance(outcome, DiskFailed):
                    failure = failure or outcome
                    self.stop()
                else:
                    yield outcome
        finally:
            self.stop()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
        if failure is not None:
            raise failure

    def rest(self) -> Iterator[Outcome]:
        """What came of the pages that were under way when ``outcomes`` was closed."""
        with suppress(Empty):
            while True:
                outcome = self._done.get_nowait()
                if outcome is not None and not isinstance(outcome, DiskFailed):
                    yield outcome

    def _line_up(self, url: str) -> None:
        name = host_of(url)
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(name=name, is_frail=name in self._bounds.frail)
            self._turn.append(host)
        host.waiting.append(url)

    def _work(self) -> None:
        try:
            while (begun := self._begin()) is not None:
                host, url = begun
                since = self._clock.monotonic()
                try:
                    outcome: Outcome | DiskFailed = self._take(url)
                except DiskFailed as error:
                    outcome = error
                except CancelledError:
                    self._end(host, None, seconds=0.0)
                    return
                self._end(host, outcome, seconds=self._clock.monotonic() - since)
                self._done.put(outcome)
        finally:
            self._done.put(None)

    def _begin(self) -> tuple[_Host, str] | None:
        """The next page, and its host; None: there is none any more."""
        with self._news:
            while True:
                if self._is_over():
                    return None
                host = self._choose()
                if host is not None:
                    host.flying += 1
                    return host, host.waiting.popleft()
                if not any(host.waiting for host in self._turn):
                    return None
                # Whoever ends a page tells; nobody else can change anything.
                self._news.wait()

    def _is_over(self) -> bool:
        until = self._bounds.until
        return self._is_stopped or (until is not None and self._clock.monotonic() >= until)

    def _choose(self) -> _Host | None:
        """The host that has the fewest pages under way, and among those the one whose turn is longest ago."""
        free = [host for host in self._turn if host.waiting and host.flying < self._limit(host)]
        if not free:
            return None
        chosen = min(free, key=lambda host: host.flying)
        self._turn.remove(chosen)
        self._turn.append(chosen)
        return chosen

    def _limit(self, host: _Host) -> int:
        if host.is_proven:
            return self._bounds.of_host
        return 1 if host.is_frail else min(_STRANGERS, self._bounds.of_host)

    def _end(self, host: _Host, outcome: Outcome | DiskFailed | None, *, seconds: float) -> None:
        """The page is done; what that says about its host is known."""
        with self._news:
            host.flying -= 1
            # After that every write of the run is refused.
            self._is_stopped = self._is_stopped or isinstance(outcome, DiskFailed)
            if isinstance(outcome, Failed) and isinstance(outcome.error, Unreachable):
                host.strikes += 1
            elif outcome is not None:
                host.strikes = 0
                host.is_proven = seconds < _SOON
            is_out = host.strikes >= (1 if host.is_frail and not host.is_proven else _STRIKES)
            if host.waiting and (is_out or self._wait_of(host.name) > 0):
                self._held.setdefault(host.name, []).extend(host.waiting)
                host.waiting.clear()
            self._news.notify_all()
