"""One line on a terminal that is rewritten while a person waits; under cron, and with ``-q``, there is none."""

from __future__ import annotations

import sys
import threading
import time

import click

from archivist.cli.context import Context
from archivist.cli.output import printable, width

__all__ = ["Line"]

_PAUSE = 0.1
"""Seconds between two states of the line: more are not seen, and cost time."""


class Line:
    """The last line of stderr; safe to use from many threads.

    Args:
        context: says whether it is to be quiet.
    """

    def __init__(self, context: Context) -> None:
        self._is_shown = not context.is_quiet and sys.stderr.isatty()
        self._lock = threading.Lock()
        self._next = 0.0

    def show(self, text: str) -> None:
        """The line says this, if it has stood for a moment."""
        if not self._is_shown:
            return
        with self._lock:
            if time.monotonic() < self._next:
                return
            self._next = time.monotonic() + _PAUSE
            click.echo(f"\r\x1b[K{printable(text)[: width() - 1]}", nl=False, err=True)

    def clear(self) -> None:
        """Make room for a result."""
        if self._is_shown:
            with self._lock:
                click.echo("\r\x1b[K", nl=False, err=True)
