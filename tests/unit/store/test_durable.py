"""The door to the disk: what is durable when a call returns, and what each failure says."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archivist.errors import ArchivistError, DiskFailed, NotFound
from archivist.store.durable import AlreadyThere, RealDisk
from archivist.store.system import System
from tests.unit.store.exchanges import quick_disk
from tests.unit.store.faults import FaultySystem


def disk_that(root: Path, at: int = 0, **how: object) -> tuple[RealDisk, FaultySystem]:
    """A disk whose ``at``-th call fails."""
    system = FaultySystem(at=at, **how)  # type: ignore[arg-type]
    return RealDisk(root, system=system), system


def names_in(folder: Path) -> list[str]:
    """What stands in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_create_once(tmp_path: Path) -> None:
    """The file holds its bytes, its folders exist, and nothing else is left."""
    path = tmp_path / "a" / "b" / "c.json"
    RealDisk(tmp_path).create_once(path, b"said")
    assert b"said" == path.read_bytes()
    assert ["c.json"] == names_in(path.parent)


def test_create_once_refuses_a_name_that_exists(tmp_path: Path) -> None:
    """An existing file keeps its bytes, and the refusal names it."""
    path = tmp_path / "c.json"
    disk = RealDisk(tmp_path)
    disk.create_once(path, b"first")
    with pytest.raises(AlreadyThere, match=r"c\.json exists already"):
        disk.create_once(path, b"second")
    assert b"first" == path.read_bytes()
    assert ["c.json"] == names_in(tmp_path)


def test_create_once_with_a_mode(tmp_path: Path) -> None:
    """A secret is never readable by others, not even while it is being written."""
    path = tmp_path / "key.pem"
    RealDisk(tmp_path).create_once(path, b"secret", mode=0o600)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_order_of_create_once(tmp_path: Path) -> None:
    """Bytes are synced before the name appears, and the folder after it; a run syncs each folder that it uses once."""
    disk, system = disk_that(tmp_path)
    disk.create_once(tmp_path / "new" / "c.json", b"said")
    assert ["mkdir", "fsync", "create", "write", "fsync", "link", "unlink", "fsync"] == system.calls
    system.calls.clear()
    disk.create_once(tmp_path / "new" / "d.json", b"said")
    assert ["create", "write", "fsync", "link", "unlink", "fsync"] == system.calls


def test_folder_of_an_earlier_run_is_synced(tmp_path: Path) -> None:
    """A folder that exists may never have been synced by the run that made it, so its parents are, from the root."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    disk, system = disk_that(tmp_path)
    disk.make_folder(tmp_path / "a" / "b")
    assert ["fsync", "fsync"] == system.calls


def test_replace(tmp_path: Path) -> None:
    """The file holds the new bytes, or, if that fails, the old ones."""
    path = tmp_path / "checkpoint"
    quick_disk(tmp_path).replace(path, b"one")
    quick_disk(tmp_path).replace(path, b"two")
    assert b"two" == path.read_bytes()
    for at in (1, 2, 3, 4):
        disk, _ = disk_that(tmp_path, at, is_deadly=False)
        with pytest.raises(DiskFailed):
            disk.replace(path, b"three")
        assert b"two" == path.read_bytes()
        assert ["checkpoint"] == names_in(tmp_path)


def test_append(tmp_path: Path) -> None:
    """Pieces stand one after the other; a file that exists is not opened for appending."""
    disk = RealDisk(tmp_path)
    handle = disk.open_append(tmp_path / "x.warc.gz")
    assert 5 == disk.append(handle, [b"ab", b"cde"])
    disk.sync(handle)
    disk.cut(handle, 2)
    disk.append(handle, [b"!"])
    disk.close(handle)
    assert b"ab!" == (tmp_path / "x.warc.gz").read_bytes()
    with pytest.raises(AlreadyThere):
        disk.open_append(tmp_path / "x.warc.gz")


def test_threads_that_wait_share_a_sync(tmp_path: Path) -> None:
    """A sync whose bytes another one has made durable costs nothing."""
    disk, system = disk_that(tmp_path)
    handle = disk.open_append(tmp_path / "x")
    disk.append(handle, [b"ab"])
    disk.sync(handle)
    before = len(system.calls)
    disk.sync(handle)
    assert before == len(system.calls)


class SlowFolder(System):
    """The first sync of the folder takes until all others have asked for one."""

    def __init__(self, asked: Callable[[], bool]) -> None:
        self.asked = asked
        self.syncs = 0

    def fsync(self, fd: int) -> None:
        """Count the folders."""
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            self.syncs += 1
            while self.syncs == 1 and not self.asked():
                os.sched_yield()


def test_threads_that_wait_share_the_sync_of_a_folder(tmp_path: Path) -> None:
    """A name that was there before a sync began needs none of its own; one that came later does."""
    system = SlowFolder(lambda: True)
    disk = RealDisk(tmp_path, system=system)
    disk.make_folder(tmp_path)
    system.syncs, system.asked = 0, lambda: disk._turns[tmp_path].asked == 8
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: disk.create_once(tmp_path / f"{number}.json", b"said"), range(8)))
    assert 2 == system.syncs
    disk.create_once(tmp_path / "later.json", b"said")
    assert 3 == system.syncs


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "no space left on"),
        (errno.EDQUOT, "the quota is used up on"),
        (errno.EROFS, "the disk is read-only:"),
        (errno.EACCES, "no permission to write"),
        (errno.EIO, "the disk failed while writing"),
        (errno.ENAMETOOLONG, "cannot be written: file name too long"),
    ],
)
def test_failures_say_what_and_where(tmp_path: Path, number: int, said: str) -> None:
    """Each error of the system is a DiskFailed that names the file, with a hint; the temporary file is gone."""
    disk, _ = disk_that(tmp_path, 2, error=number, is_deadly=False)
    with pytest.raises(DiskFailed) as caught:
        disk.create_once(tmp_path / "c.json", b"said")
    assert said in str(caught.value)
    assert "c.json" in str(caught.value)
    assert caught.value.hint
    assert [] == names_in(tmp_path)


def test_after_a_failed_fsync(tmp_path: Path) -> None:
    """Every later write of the run is refused, with the first reason; reading goes on."""
    disk, system = disk_that(tmp_path, 3, is_deadly=False)
    (tmp_path / "old").write_bytes(b"old")
    with pytest.raises(DiskFailed):
        disk.create_once(tmp_path / "c.json", b"said")
    assert "fsync" == system.calls[2]
    for write in (
        lambda: disk.create_once(tmp_path / "d.json", b"said"),
        lambda: disk.replace(tmp_path / "d.json", b"said"),
        lambda: disk.open_append(tmp_path / "d"),
        lambda: disk.make_folder(tmp_path / "d"),
        lambda: disk.truncate(tmp_path / "old", 0),
        lambda: disk.settle(tmp_path / "old"),
        lambda: disk.remove_temp(tmp_path / ".tmp-1"),
    ):
        with pytest.raises(DiskFailed, match="nothing more is written in this run, since the disk failed"):
            write()
    assert b"old" == disk.read(tmp_path / "old")


def test_truncate(tmp_path: Path) -> None:
    """The file is shorter, durably."""
    (tmp_path / "x").write_bytes(b"abcdef")
    disk, system = disk_that(tmp_path)
    disk.truncate(tmp_path / "x", 2)
    assert b"ab" == (tmp_path / "x").read_bytes()
    assert ["truncate", "fsync"] == system.calls


def test_read(tmp_path: Path) -> None:
    """A missing file is not found; one larger than the limit is refused unread."""
    (tmp_path / "x").write_bytes(b"abcdef")
    disk = RealDisk(tmp_path)
    assert b"abcdef" == disk.read(tmp_path / "x", max_bytes=6)
    with pytest.raises(DiskFailed, match="larger than 5 bytes"):
        disk.read(tmp_path / "x", max_bytes=5)
    with pytest.raises(NotFound):
        disk.read(tmp_path / "y")
    with pytest.raises(DiskFailed, match="cannot be read"):
        disk.read(tmp_path)


def test_remove_temp_removes_nothing_else(tmp_path: Path) -> None:
    """Temporary and empty files go; a file that holds something stays, whoever asks."""
    for name, data in ((".tmp-1", b"half"), ("empty", b""), ("full", b"x")):
        (tmp_path / name).write_bytes(data)
    disk = quick_disk(tmp_path)
    disk.remove_temp(tmp_path / ".tmp-1")
    disk.remove_temp(tmp_path / "empty")
    disk.remove_temp(tmp_path / "gone")
    with pytest.raises(ArchivistError, match="not removed"):
        disk.remove_temp(tmp_path / "full")
    assert ["full"] == names_in(tmp_path)


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    """It is named, and not touched."""
    (tmp_path / "archives").write_bytes(b"x")
    with pytest.raises(DiskFailed, match="archives"):
        RealDisk(tmp_path).create_once(tmp_path / "archives" / "2026" / "x", b"")
