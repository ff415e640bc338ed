"""Running a person's program: one notice on stdin, bounded in time and output, and nothing of it left behind."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

__all__ = ["run_program"]

_SHOWN: Final = 2_000
"""Bytes of the end of what a program said that are shown where it failed."""
_PIECE: Final = 1 << 16
"""Bytes: as much as a pipe holds."""
_TURN: Final = 0.05
"""Seconds between two looks whether the program has ended while something holds its output open."""


def run_program(
    command: Sequence[str], data: bytes, *, seconds: float, cwd: Path, environ: Mapping[str, str]
) -> str | None:
    """None where the program took the data and ended with 0; else what was wrong, in one line and its own words.

    Whatever it started is ended with it: all of them are one process group.

    Args:
        command: the program and its arguments; no shell.
        data: its standard input.
        seconds: how long it may take.
        cwd: where it runs.
        environ: its environment.
    """
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        try:
            child = subprocess.Popen(  # noqa: S603  # the person's own program, named in their settings
                list(command),
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env=dict(environ),
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return f"cannot be started: {getattr(error, 'strerror', None) or error}"
    assert child.stdout is not None
    with child.stdout:
        try:
            said, is_late = _heard(child, child.stdout, until=time.monotonic() + seconds)
        finally:
            with suppress(OSError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    return _outcome(child.returncode, said, is_late=is_late, seconds=seconds)


def _heard(child: subprocess.Popen[bytes], output: IO[bytes], *, until: float) -> tuple[bytes, bool]:
    """The end of what it says until it ends, and whether it did not."""
    said = b""
    os.set_blocking(output.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            # Asked first: what it said before its end is read once more, and others may go on talking behind it.
            has_ended = child.poll() is not None
            if not selector.get_map():
                with suppress(subprocess.TimeoutExpired):
                    child.wait(timeout=left)
            elif selector.select(0 if has_ended else min(_TURN, left)):
                piece = os.read(output.fileno(), _PIECE)
                said = (said + piece)[-_SHOWN:]
                if not piece:
                    selector.unregister(output)
            if has_ended:
                return said, False
    return said, True


def _outcome(code: int, said: bytes, *, is_late: bool, seconds: float) -> str | None:
    if not is_late and code == 0:
        return None
    if is_late:
        what = f"did not end within {seconds:g} seconds, and was ended"
    elif code < 0:
        what = f"was ended by signal {-code}"
    else:
        what = f"ended with {code}"
    words = " ".join(said.decode("utf-8", "replace").split())
    return f"{what}: {words}" if words else what
