"""The one door to the disk for everything that must still be there after a power failure.

Rule 1: when a call returns, its bytes and the names that lead to them are durable (fsync of file and folder);
``append`` alone is not: ``sync`` ends it.
Rule 2: a name that exists is never written over, but for the few files that are no evidence (``replace``).
Rule 3: after a failed fsync nobody knows what the disk holds (the kernel drops the pages and says so once), so the
only safe act is to start over: every later write of this run is refused, and the next start looks at the files.
Rule 4: a run trusts no folder that an earlier, killed run may have left unsynced: each one that is used is synced
from the root down, once.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from archivist.errors import ArchivistError, DiskFailed, NotFound
from archivist.store.layout import TEMPORARY
from archivist.store.system import System
from archivist.store.turn import Turn

__all__ = ["AlreadyThere", "Disk", "Handle", "RealDisk", "disk_failed"]

_HINT = "what was stored before is whole; run archivist again when this is mended"
_SAID = {
    errno.ENOSPC: "no space left on",
    errno.EDQUOT: "the quota is used up on",
    errno.EROFS: "the disk is read-only:",
    errno.EACCES: "no permission to write",
    errno.EPERM: "no permission to write",
    errno.EIO: "the disk failed while writing",
}


class AlreadyThere(DiskFailed):
    """A file that is written once only exists already."""


class Handle:
    """A file that is being appended to.

    Attributes:
        path: where.
        size: bytes appended.
        synced: bytes known to be durable.
    """

    __slots__ = ("fd", "lock", "path", "size", "synced")

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        self.fd = fd
        self.size = 0
        self.synced = 0
        self.lock = threading.Lock()


class Disk(Protocol):
    """What the store asks of a disk."""

    def create_once(self, path: Path, data: bytes, *, mode: int = 0o644) -> None:
        """The file exists, whole and durable; it did not exist before."""
        ...

    def replace(self, path: Path, data: bytes) -> None:
        """The file holds these bytes, whatever it held before; for nothing that is evidence."""
        ...

    def open_append(self, path: Path) -> Handle:
        """A new, empty file that can be appended to."""
        ...

    def append(self, handle: Handle, pieces: Iterable[bytes]) -> int:
        """How many bytes were appended; they are not durable yet."""
        ...

    def sync(self, handle: Handle) -> None:
        """All that was appended before this call is durable."""
        ...

    def cut(self, handle: Handle, size: int) -> None:
        """The file that is being appended to is ``size`` bytes long again."""
        ...

    def close(self, handle: Handle) -> None:
        """The handle is given back; nothing is promised about bytes that were not synced."""
        ...

    def truncate(self, path: Path, size: int) -> None:
        """The file is ``size`` bytes long, durably."""
        ...

    def settle(self, path: Path) -> None:
        """What an earlier, killed run left in this file is durable."""
        ...

    def make_folder(self, path: Path) -> None:
        """The folder exists, durably."""
        ...

    def read(self, path: Path, *, max_bytes: int = 1 << 26) -> bytes:
        """The bytes of a small file."""
        ...

    def remove_temp(self, path: Path) -> None:
        """A file that holds nothing is gone: a temporary or an empty one."""
        ...


class RealDisk:
    """The disk of this computer.

    Args:
        root: the archive's folder.
        system: the calls it makes.
    """

    def __init__(self, root: Path, *, system: System | None = None) -> None:
        self._root = root
        self._system = system or System()
        self._settled: set[Path] = set()
        self._turns: dict[Path, Turn] = {}
        self._failed: DiskFailed | None = None

    def create_once(self, path: Path, data: bytes, *, mode: int = 0o644) -> None:
        """The file exists, whole and durable; it did not exist before.

        Raises:
            AlreadyThere: it did.
            DiskFailed: the disk would not; whether the file exists is for the next start to find out.
        """
        folder = path.parent
        self.make_folder(folder)
        temporary = self._write_aside(path, data, mode=mode)
        try:
            self._system.link(temporary, path)
        except FileExistsError as error:
            self._drop(temporary)
            raise AlreadyThere(f"{path} exists already, and is never written over") from error
        except OSError as error:
            self._drop(temporary)
            raise disk_failed(path, error) from error
        try:
            self._system.unlink(temporary)
        except OSError as error:
            raise disk_failed(temporary, error) from error
        self._sync_folder(folder)

    def replace(self, path: Path, data: bytes) -> None:
        """The file holds these bytes, whatever it held before; for nothing that is evidence.

        Raises:
            DiskFailed: the disk would not; the file holds either the old bytes or the new ones.
        """
        self.make_folder(path.parent)
        temporary = self._write_aside(path, data, mode=0o644)
        try:
            self._system.rename(temporary, path)
        except OSError as error:
            self._drop(temporary)
            raise disk_failed(path, error) from error
        self._sync_folder(path.parent)

    def open_append(self, path: Path) -> Handle:
        """A new, empty file that can be appended to.

        Raises:
            AlreadyThere: there is one.
            DiskFailed: the disk would not.
        """
        self.make_folder(path.parent)
        try:
            handle = Handle(path, self._system.create(path, mode=0o644))
        except FileExistsError as error:
            raise AlreadyThere(f"{path} exists already, and is never appended to again") from error
        except OSError as error:
            raise disk_failed(path, error) from error
        self._sync_folder(path.parent)
        return handle

    def append(self, handle: Handle, pieces: Iterable[bytes]) -> int:
        """How many bytes were appended; they are not durable yet. The caller lets one thread append at a time.

        Raises:
            DiskFailed: not all of them were; ``cut`` makes good for that.
        """
        self._refuse_after_failure()
        start = handle.size
        for piece in pieces:
            self._write_all(handle.fd, piece, path=handle.path)
            handle.size += len(piece)
        return handle.size - start

    def sync(self, handle: Handle) -> None:
        """All that was appended before this call is durable; threads that wait together share one fsync.

        Raises:
            DiskFailed: nobody knows; no more is written in this run.
        """
        wanted = handle.size
        with handle.lock:
            self._refuse_after_failure()
            if handle.synced < wanted:
                reached = handle.size
                self._fsync(handle.fd, handle.path)
                handle.synced = reached

    def cut(self, handle: Handle, size: int) -> None:
        """The file that is being appended to is ``size`` bytes long again.

        Raises:
            DiskFailed: it is not.
        """
        self._refuse_after_failure()
        try:
            self._system.truncate(handle.fd, size)
        except OSError as error:
            raise disk_failed(handle.path, error) from error
        with handle.lock:
            handle.size = size
            handle.synced = min(handle.synced, size)

    def close(self, handle: Handle) -> None:
        """The handle is given back; nothing is promised about bytes that were not synced."""
        with suppress(OSError):
            os.close(handle.fd)

    def truncate(self, path: Path, size: int) -> None:
        """The file is ``size`` bytes long, durably.

        Raises:
            DiskFailed: the disk would not.
        """
        self._refuse_after_failure()
        try:
            fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
        except OSError as error:
            raise disk_failed(path, error) from error
        try:
            self._system.truncate(fd, size)
            self._fsync(fd, path)
        except OSError as error:
            raise disk_failed(path, error) from error
        finally:
            os.close(fd)

    def settle(self, path: Path) -> None:
        """What an earlier, killed run left in this file is durable: its bytes and its name.

        Raises:
            DiskFailed: the disk would not.
        """
        self.make_folder(path.parent)
        for each in (path, path.parent):
            self._sync_folder(each)

    def make_folder(self, path: Path) -> None:
        """The folder exists, durably, with all folders above it.

        Raises:
            DiskFailed: the disk would not.
        """
        self._refuse_after_failure()
        if path in self._settled:
            return
        is_new = not path.is_dir()
        if is_new or self._root in path.parents:
            above = path.parent
            if path != above:
                self.make_folder(above)
            if is_new:
                self._mkdir(path)
            self._sync_folder(above)
        self._settled.add(path)

    def read(self, path: Path, *, max_bytes: int = 1 << 26) -> bytes:
        """The bytes of a small file.

        Raises:
            NotFound: there is none.
            DiskFailed: it cannot be read, or is larger than ``max_bytes``.
        """
        try:
            with path.open("rb") as file:
                # Memory for the most that may be there costs more than the reading.
                expected = min(os.fstat(file.fileno()).st_size, max_bytes) + 1
                data = file.read(expected)
                if len(data) == expected:  # it grows
                    data += file.read(max_bytes + 1 - expected)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotFound(f"{path} does not exist") from error
        except OSError as error:
            raise DiskFailed(f"{path} cannot be read: {_reason(error)}") from error
        if len(data) > max_bytes:
            raise DiskFailed(f"{path} is larger than {max_bytes} bytes, which no such file is")
        return data

    def remove_temp(self, path: Path) -> None:
        """A file that holds nothing is gone: a temporary or an empty one.

        Raises:
            DiskFailed: the disk would not.
            ArchivistError: the file may hold something; this is a bug of the caller.
        """
        self._refuse_after_failure()
        try:
            if not path.name.startswith(TEMPORARY) and path.stat().st_size:
                raise ArchivistError(f"{path} is no temporary file, and is not removed")
            self._system.unlink(path)
        except FileNotFoundError:
            return
        except OSError as error:
            raise disk_failed(path, error) from error

    def _mkdir(self, path: Path) -> None:
        try:
            self._system.mkdir(path)
        except FileExistsError as error:
            if not path.is_dir():
                raise DiskFailed(f"{path} is not a folder") from error
        except OSError as error:
            raise disk_failed(path, error) from error

    def _write_aside(self, path: Path, data: bytes, *, mode: int) -> Path:
        """A durable temporary file beside ``path`` that holds ``data``."""
        temporary = path.with_name(f"{TEMPORARY}{os.urandom(6).hex()}")
        try:
            fd = self._system.create(temporary, mode=mode)
        except OSError as error:
            raise disk_failed(path, error) from error
        try:
            self._write_all(fd, data, path=path)
            self._fsync(fd, path)
        except DiskFailed:
            self._drop(temporary)
            raise
        finally:
            os.close(fd)
        return temporary

    def _write_all(self, fd: int, data: bytes, *, path: Path) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[self._system.write(fd, view) :]
        except OSError as error:
            raise disk_failed(path, error) from error

    def _drop(self, temporary: Path) -> None:
        # What stays is removed by the next start.
        with suppress(OSError):
            self._system.unlink(temporary)

    def _sync_folder(self, path: Path) -> None:
        """The names in the folder are durable; threads that wait together share one fsync."""
        # One for each folder, whoever comes first: setdefault is atomic.
        self._turns.setdefault(path, Turn()).take(lambda: self._sync_names(path))

    def _sync_names(self, path: Path) -> None:
        try:
            fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise disk_failed(path, error) from error
        try:
            self._fsync(fd, path)
        finally:
            os.close(fd)

    def _fsync(self, fd: int, path: Path) -> None:
        self._refuse_after_failure()
        try:
            self._system.fsync(fd)
        except OSError as error:
            self._failed = disk_failed(path, error)
            raise self._failed from error

    def _refuse_after_failure(self) -> None:
        if self._failed is not None:
            raise DiskFailed(f"nothing more is written in this run, since {self._failed}", hint=_HINT)


def disk_failed(path: Path, error: OSError) -> DiskFailed:
    """What a person is told where a file could not be written."""
    said = _SAID.get(error.errno or 0)
    return DiskFailed(f"{said} {path}" if said else f"{path} cannot be written: {_reason(error)}", hint=_HINT)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
