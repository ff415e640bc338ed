"""Politeness and load: how many requests run at one time, and how far apart the pages of one host are asked for.

Rule 1: a slot is held for one exchange and never while waiting for another one, so nothing can wait in a circle.
Rule 2: the slot of the host is taken before the slot of the run: a slow host occupies none but its own.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from archivist.clock import Clock
from archivist.model.config import FetchSettings

__all__ = ["Pace"]


class Pace:
    """Slots for exchanges; safe to use from many threads."""

    def __init__(self, settings: FetchSettings, *, clock: Clock) -> None:
        self._delay = settings.delay
        self._clock = clock
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._held: dict[str, float] = {}
        self._run = threading.BoundedSemaphore(max(1, settings.workers))
        self._hosts: defaultdict[str, threading.BoundedSemaphore] = defaultdict(
            lambda: threading.BoundedSemaphore(max(1, settings.connections))
        )

    def wait(self, host: str) -> None:
        """It is this caller's turn to ask ``host`` for a page: ``delay`` has passed since the turn before."""
        if self._delay <= 0:
            return
        with self._lock:
            now = self._clock.monotonic()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self._delay
        if turn > now:
            self._clock.sleep(turn - now)

    def hold(self, host: str, seconds: float) -> None:
        """The host asked to be left alone for so long (Retry-After), which is longer than anybody here waits."""
        with self._lock:
            self._held[host] = max(self._held.get(host, 0.0), self._clock.monotonic() + seconds)

    def wait_of(self, host: str) -> float:
        """Seconds for which the host still wants to be left alone."""
        with self._lock:
            return max(self._held.get(host, 0.0) - self._clock.monotonic(), 0.0)

    @contextmanager
    def slot(self, host: str) -> Iterator[None]:
        """One of the host's connections and one of the run's workers belong to the caller inside the block."""
        with self._lock:
            connections = self._hosts[host]
        with connections, self._run:
            yield
