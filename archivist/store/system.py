"""The calls to the operating system that change a disk, one method each: the place where tests let disks fail."""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path

__all__ = ["System"]


class System:
    """The operating system of this computer; every method raises OSError."""

    def create(self, path: Path, *, mode: int) -> int:
        """A descriptor of a new, empty file."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, mode)

    def write(self, fd: int, data: memoryview) -> int:
        """How many of the bytes were taken."""
        return os.write(fd, data)

    def fsync(self, fd: int) -> None:
        """What was written to this file or folder is on the medium."""
        if sys.platform == "darwin":
            # fsync(2) of macOS: data may stay in the drive's cache; F_FULLFSYNC asks for more.
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        else:
            os.fsync(fd)

    def truncate(self, fd: int, size: int) -> None:
        """The file is ``size`` bytes long."""
        os.ftruncate(fd, size)

    def link(self, source: Path, target: Path) -> None:
        """The file has a second name, which it did not have before."""
        os.link(source, target)

    def rename(self, source: Path, target: Path) -> None:
        """The file has another name, whatever had it before."""
        source.replace(target)

    def unlink(self, path: Path) -> None:
        """The name is gone."""
        path.unlink()

    def mkdir(self, path: Path) -> None:
        """The folder exists; it did not before."""
        path.mkdir()
