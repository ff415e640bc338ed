"""Long results on a terminal go through a pager, as git's do: $ARCHIVIST_PAGER, else $PAGER, else less -FRX."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TextIO

import click

from archivist.cli.output import PAGED, is_colourful

__all__ = ["start_pager"]

_FOR_LESS = "FRX"
"""Leave at once what fits on one screen, show colours, and do not clear the screen."""


def start_pager() -> None:
    """What the verb prints from now on is shown by the pager, if there is one, until the verb has ended."""
    words = _pager(os.environ)
    if not words:
        return
    context = click.get_current_context()
    root = context.find_root()
    context.color = is_colourful()
    environ = {"LESS": _FOR_LESS, "LV": "-c", "LESSCHARSET": "utf-8", **os.environ}
    try:
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=environ)  # noqa: S603  # the person's own choice
    except OSError:
        return
    assert pager.stdin is not None
    root.meta[PAGED] = True
    terminal, sys.stdout = sys.stdout, io.TextIOWrapper(pager.stdin, encoding="utf-8", errors="replace")
    context.call_on_close(_ending(pager, terminal))


def _pager(environ: Mapping[str, str]) -> list[str]:
    """The words of the command; none where there is no pager, or none is wished."""
    chosen = environ.get("ARCHIVIST_PAGER", environ.get("PAGER"))
    try:
        words = ["less"] if chosen is None else shlex.split(chosen)
    except ValueError:  # a quotation mark is not closed
        return []
    return words if words and words != ["cat"] and shutil.which(words[0]) else []


def _ending(pager: subprocess.Popen[bytes], terminal: TextIO) -> Callable[[], None]:
    def end() -> None:
        with suppress(OSError):  # the person left the pager before the end
            sys.stdout.close()
        sys.stdout = terminal
        while pager.poll() is None:
            with suppress(KeyboardInterrupt):  # the pager's own business
                pager.wait()

    return end
