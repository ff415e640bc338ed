"""A file that leaves the archive is whole under its name, or is not there."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archivist.errors import DiskFailed, UsageError
from archivist.store.outgoing import outgoing


def left(folder: Path) -> list[str]:
    """All names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_it_has_its_name_at_the_end(tmp_path: Path) -> None:
    """Not before, and nothing is left beside it."""
    path = tmp_path / "out"
    with outgoing(path, force=False) as file:
        file.write(b"whole")
        assert not path.exists()
    assert b"whole" == path.read_bytes()
    assert ["out"] == left(tmp_path)


def test_what_is_there_stays(tmp_path: Path) -> None:
    """Unless it is said otherwise; also where it comes while we write."""
    path = tmp_path / "out"
    path.write_bytes(b"old")
    with pytest.raises(UsageError, match="exists"), outgoing(path, force=False):
        pass
    with outgoing(path, force=True) as file:
        file.write(b"new")
        assert b"old" == path.read_bytes()
    assert b"new" == path.read_bytes()
    other = tmp_path / "other"
    with pytest.raises(UsageError, match="exists"), outgoing(other, force=False) as file:
        other.write_bytes(b"somebody else's")
    assert b"somebody else's" == other.read_bytes()
    assert ["other", "out"] == left(tmp_path)


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    """What went wrong inside goes on; the file that was there is as it was."""
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def interrupted() -> None:
        with outgoing(path, force=True) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with pytest.raises(DiskFailed, match="no space left"), outgoing(path, force=True):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert b"old" == path.read_bytes()
    assert ["out"] == left(tmp_path)


def test_no_file_is_replaced_by_force_that_is_none(tmp_path: Path) -> None:
    """A folder or a device stays; a link is followed."""
    with pytest.raises(UsageError), outgoing(tmp_path, force=True):
        pass
    with pytest.raises(UsageError), outgoing(Path(os.devnull), force=True):
        pass
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with outgoing(tmp_path / "link", force=False) as file:
        file.write(b"x")
    assert (tmp_path / "link").is_symlink()
    assert b"x" == (tmp_path / "target").read_bytes()
    with pytest.raises(DiskFailed), outgoing(tmp_path / "no" / "such" / "folder", force=False):
        pass


def test_without_second_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File systems of memory sticks have no links: then the file is renamed."""

    def link(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    with outgoing(tmp_path / "out", force=False) as file:
        file.write(b"x")
    assert ["out"] == left(tmp_path)


def test_killed_in_between(tmp_path: Path) -> None:
    """A program that is killed while it writes leaves nothing under the name."""
    words = """
import os, pathlib, signal, sys
from archivist.store.outgoing import outgoing
with outgoing(pathlib.Path(sys.argv[1]), force=False) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", words, tmp_path / "out"], check=False, cwd=Path(__file__).parents[3])
    assert -signal.SIGKILL == done.returncode
    assert not (tmp_path / "out").exists()
