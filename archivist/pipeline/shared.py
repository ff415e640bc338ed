"""What several pages of one run need or link: fetched once, stored once, carried by the others.

A page waits only for the *fetching* of what another page fetches, and for its *storing* when its own is stored, so
no two pages ever wait for each other.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import Literal, TypeAlias

from archivist.model.capture import Capture, Problem
from archivist.model.page import Requisite
from archivist.wire.exchange import Exchange

__all__ = ["Share", "Shared", "Use"]

Use: TypeAlias = Literal["requisite", "document", "perhaps a document"]
"""What the answer is wanted for; of what is only perhaps a document the body is not read where it is none."""


class Share:
    """One requisite or document of a run."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.exchanges: tuple[Exchange, ...] = ()
        """Redirects and the answer, once fetched."""
        self.problems: tuple[Problem, ...] = ()
        self.is_declined = False
        """It was no document: the body was not read."""
        self.fetched: Future[tuple[Requisite, ...]] = Future()
        """Resolved when the answer is there, with what a style sheet needs in its turn."""
        self.stored: Future[tuple[Capture, ...]] = Future()
        """Resolved when the answer is on disk."""


class Shared:
    """All that the pages of a run share, by address and use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shares: dict[tuple[str, Use], Share] = {}

    def claim(self, url: str, use: Use) -> tuple[Share, bool]:
        """The share of this address, and whether the caller is the one to fetch and store it."""
        with self._lock:
            share = self._shares.get((url, use))
            if share is not None:
                return share, False
            share = self._shares[url, use] = Share(url)
            return share, True
