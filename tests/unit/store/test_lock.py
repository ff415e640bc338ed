"""One writer at a time."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from archivist.clock import FixedClock
from archivist.errors import DiskFailed, Locked
from archivist.store.layout import Layout
from archivist.store.lock import Lock
from tests.unit.store.exchanges import NOON

HOLD = """
import sys
from pathlib import Path
from archivist.clock import SystemClock
from archivist.store.layout import Layout
from archivist.store.lock import Lock
with Lock(Layout(Path(sys.argv[1])), clock=SystemClock()):
    print("held", flush=True)
    sys.stdin.read()
"""


def lock(root: Path) -> Lock:
    """The lock of an archive, at noon."""
    return Lock(Layout(root), clock=FixedClock(NOON))


def test_held_by_another_process(tmp_path: Path) -> None:
    """While another process writes, the lock is refused and the process named; when it dies, the lock is free."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert b"held\n" == process.stdout.readline()
        with (
            pytest.raises(Locked, match=rf"another archivist is writing here: pid {process.pid} since .* UTC"),
            lock(tmp_path),
        ):
            pass
        process.kill()
    with lock(tmp_path):
        pass


def test_held_in_this_process(tmp_path: Path) -> None:
    """A second lock in the same process is refused as well, and is free after the first."""
    with lock(tmp_path), pytest.raises(Locked, match=rf"pid {os.getpid()} since 12:00:00 UTC"), lock(tmp_path):
        pass
    with lock(tmp_path):
        pass


def test_given_back_after_a_failure(tmp_path: Path) -> None:
    """An error inside gives the lock back."""
    with pytest.raises(ZeroDivisionError), lock(tmp_path):
        raise ZeroDivisionError
    with lock(tmp_path):
        pass


def test_holder_that_says_nothing(tmp_path: Path) -> None:
    """A lock file with anything else in it is refused without repeating it."""
    with lock(tmp_path):
        (tmp_path / ".archivist" / "lock").write_bytes(b"\x1b[31mpid nonsense")
        with pytest.raises(Locked) as caught, lock(tmp_path):
            pass
    assert "another archivist is writing here" == str(caught.value)


def test_named_after_a_dead_holder(tmp_path: Path) -> None:
    """Until the holder has said who it is, the process that held the lock before, which is dead, is not named."""
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    with lock(tmp_path):
        note = f"pid {dead.pid} on {socket.gethostname()} since 11:00:00 UTC\n"
        (tmp_path / ".archivist" / "lock").write_text(note)
        with pytest.raises(Locked) as caught, lock(tmp_path):
            pass
    assert "another archivist is writing here" == str(caught.value)
    assert b"" == (tmp_path / ".archivist" / "lock").read_bytes()


def test_no_folder_can_be_made(tmp_path: Path) -> None:
    """Where the lock file cannot be made, the disk has failed."""
    (tmp_path / ".archivist").write_bytes(b"a file")
    with pytest.raises(DiskFailed, match="cannot be written: file exists"), lock(tmp_path):
        pass
