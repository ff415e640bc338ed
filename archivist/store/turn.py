"""Threads that wait for the same act share it: one act serves all who asked before it began."""

from __future__ import annotations

import threading
from collections.abc import Callable

__all__ = ["Turn"]


class Turn:
    """Who waits for one act, such as the syncing of one folder."""

    __slots__ = ("_acting", "_asking", "_done", "asked")

    def __init__(self) -> None:
        self.asked = 0
        """How often it was asked for."""
        self._done = 0
        self._asking = threading.Lock()
        self._acting = threading.Lock()

    def take(self, act: Callable[[], None]) -> None:
        """``act`` has begun and ended after this call began; it is done here, or was done by another thread.

        What it raises is raised here, and the next in line acts again.
        """
        with self._asking:
            self.asked += 1
            wanted = self.asked
        with self._acting:
            if self._done >= wanted:
                return
            reached = self.asked
            act()
            self._done = reached
