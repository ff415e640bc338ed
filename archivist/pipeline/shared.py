"""Requisites that several pages of one run need: fetched once, stored once, carried by the others.

A page waits only for the *fetching* of what another page fetches, and for its *storing* when its own is stored, so
no two pages ever wait for each other.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future

from archivist.model.capture import Capture, Problem
from archivist.model.page import Requisite
from archivist.wire.exchange import Exchange

__all__ = ["Share", "Shared"]


class Share:
    """One requisite of a run."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.exchanges: tuple[Exchange, ...] = ()
        """Redirects and the answer, once fetched."""
        self.problems: tuple[Problem, ...] = ()
        self.fetched: Future[tuple[Requisite, ...]] = Future()
        """Resolved when the answer is there, with what a style sheet needs in its turn."""
        self.stored: Future[tuple[Capture, ...]] = Future()
        """Resolved when the answer is on disk."""


class Shared:
    """All requisites of a run, by address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shares: dict[str, Share] = {}

    def claim(self, url: str) -> tuple[Share, bool]:
        """The share of this address, and whether the caller is the one to fetch and store it."""
        with self._lock:
            share = self._shares.get(url)
            if share is not None:
                return share, False
            share = self._shares[url] = Share(url)
            return share, True
