"""One writer at a time: an advisory lock that the kernel gives back when its holder dies."""

from __future__ import annotations

import fcntl
import os
import re
import socket
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from archivist.clock import Clock
from archivist.errors import DiskFailed, Locked
from archivist.store.durable import disk_failed
from archivist.store.layout import Layout

__all__ = ["Lock"]

_LONGEST = 300
_TRIES, _PAUSE = 20, 0.02
"""A holder takes the lock first and says its name then: how often it is asked, and seconds between."""


class Lock:
    """The right to write to an archive, held inside ``with``.

    Args:
        layout: which archive.
        clock: says since when, for the one who has to wait.
        path: of the lock, where it is not that of the archive as a whole.
    """

    def __init__(self, layout: Layout, *, clock: Clock, path: Path | None = None) -> None:
        self._path = path or layout.lock
        self._clock = clock
        self._fd: int | None = None

    def __enter__(self) -> Self:
        """The lock is ours.

        Raises:
            Locked: another archivist has it; the message says who.
            DiskFailed: the lock file cannot be made.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise disk_failed(self._path, error) from error
        try:
            self._take(fd)
        except BaseException:
            os.close(fd)
            raise
        self._fd = fd
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The lock is given back."""
        if self._fd is not None:
            with suppress(OSError):  # a name that is left there is that of a dead process soon
                os.ftruncate(self._fd, 0)
            os.close(self._fd)
            self._fd = None

    def _take(self, fd: int) -> None:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Locked(
                f"another archivist is writing here{self._holder(fd)}", hint="wait until it has ended, and try again"
            ) from error
        except OSError as error:
            raise DiskFailed(
                f"{self._path} cannot be locked: {(error.strerror or str(error)).lower()}",
                hint="put the archive on a disk that knows locks (flock)",
            ) from error
        note = f"pid {os.getpid()} on {socket.gethostname()} since {self._clock.now():%H:%M:%S} UTC\n"
        try:
            os.ftruncate(fd, 0)
            os.pwrite(fd, note.encode(), 0)
        except OSError as error:
            raise disk_failed(self._path, error) from error

    def _holder(self, fd: int) -> str:
        for _ in range(_TRIES):
            if name := _named(fd):
                return name
            self._clock.sleep(_PAUSE)
        return ""


def _named(fd: int) -> str:
    """What a holder says of itself; nothing while it has not said it, and nothing of one that is dead."""
    said = os.pread(fd, _LONGEST, 0).decode("utf-8", "replace").strip()
    found = re.fullmatch(r"pid (\d{1,9}) on (\S+) since (\S+ UTC)", said)
    if found is None:
        return ""
    pid, host, since = found.groups()
    if host != socket.gethostname():
        return f": pid {pid} on {host} since {since}"
    return f": pid {pid} since {since}" if _is_alive(int(pid)) else ""


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True
