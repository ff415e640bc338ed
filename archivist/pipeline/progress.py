"""How far a run is, for whoever waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from archivist.fetch.outcome import Fetched
from archivist.model.url import host_of

__all__ = ["Progress", "Tally"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a run has done by now."""

    done: int = 0
    """Pages that are sealed, or have failed."""
    total: int = 0
    """Pages that were asked for."""
    bytes: int = 0
    """Of all answers."""
    host: str = ""
    """Who answered last."""


class Tally:
    """Counts for all threads of a run.

    Args:
        tell: is told whenever something was done; called from many threads, one at a time.
    """

    def __init__(self, tell: Callable[[Progress], None] = lambda _: None) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._now = Progress()

    def wanted(self, pages: int) -> None:
        """So many more pages are asked for."""
        with self._lock:
            self._now = replace(self._now, total=self._now.total + pages)

    def fetched(self, fetched: Fetched) -> None:
        """These answers came."""
        with self._lock:
            for exchange in fetched.exchanges:
                length = self._now.bytes + exchange.response.length
                self._now = replace(self._now, bytes=length, host=host_of(exchange.uri))
            self._tell(self._now)

    def ended(self) -> None:
        """One page is sealed, or has failed."""
        with self._lock:
            self._now = replace(self._now, done=self._now.done + 1)
            self._tell(self._now)
