"""An operating system that fails one of its calls, and forgets what was not synced when the power goes."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from archivist.store.system import System

__all__ = ["FaultySystem", "Way"]

Way = Literal["not persisted", "persisted", "half"]
"""How a call fails: nothing was done; all was done and failure is reported; a write took half of the bytes."""


@dataclass
class _File:
    path: Path
    synced: int = 0


@dataclass
class FaultySystem(System):
    """The ``at``-th call fails (from 1; 0 for none). Nothing is really synced, so that tests are quick.

    After the failure every call fails if ``is_deadly``, as if the process had been killed; otherwise all goes on.
    """

    at: int = 0
    way: Way = "not persisted"
    is_deadly: bool = True
    error: int = errno.EIO
    calls: list[str] = field(default_factory=list)
    _files: dict[tuple[int, int], _File] = field(default_factory=dict)
    _names: list[tuple[Path, bytes | None]] = field(default_factory=list)

    def create(self, path: Path, *, mode: int) -> int:
        """May fail."""
        if self._fails_now("create"):
            if self.way == "persisted":
                os.close(super().create(path, mode=mode))
                self._names.append((path, None))
            self._fail()
        fd = super().create(path, mode=mode)
        self._files[_identity(fd)] = _File(path)
        self._names.append((path, None))
        return fd

    def write(self, fd: int, data: memoryview) -> int:
        """May fail."""
        if self._fails_now("write"):
            taken = {"persisted": len(data), "half": len(data) // 2, "not persisted": 0}[self.way]
            if taken:
                super().write(fd, data[:taken])
            self._fail()
        return super().write(fd, data)

    def fsync(self, fd: int) -> None:
        """May fail."""
        fails = self._fails_now("fsync")
        if not fails or self.way == "persisted":
            self._settle(fd)
        if fails:
            self._fail()

    def truncate(self, fd: int, size: int) -> None:
        """May fail."""
        fails = self._fails_now("truncate")
        if not fails or self.way == "persisted":
            super().truncate(fd, size)
        if fails:
            self._fail()

    def link(self, source: Path, target: Path) -> None:
        """May fail."""
        fails = self._fails_now("link")
        if not fails or self.way == "persisted":
            super().link(source, target)
            self._names.append((target, None))
        if fails:
            self._fail()

    def rename(self, source: Path, target: Path) -> None:
        """May fail."""
        fails = self._fails_now("rename")
        if not fails or self.way == "persisted":
            self._names.append((target, target.read_bytes() if target.exists() else None))
            super().rename(source, target)
        if fails:
            self._fail()

    def unlink(self, path: Path) -> None:
        """May fail."""
        fails = self._fails_now("unlink")
        if not fails or self.way == "persisted":
            super().unlink(path)
        if fails:
            self._fail()

    def mkdir(self, path: Path) -> None:
        """May fail."""
        fails = self._fails_now("mkdir")
        if not fails or self.way == "persisted":
            super().mkdir(path)
            self._names.append((path, None))
        if fails:
            self._fail()

    def revive(self) -> None:
        """The computer runs on after the death of the process: what was not synced still is not."""
        self.at = 0

    def pull_the_plug(self, *, share: float) -> None:
        """Of what was not synced, new names are gone, and this share of the bytes appended stays."""
        for file in self._files.values():
            if file.path.exists():
                size = file.path.stat().st_size
                os.truncate(file.path, min(size, file.synced) + int(max(0, size - file.synced) * share))
        for path, before in reversed(self._names):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif before is not None:
                path.write_bytes(before)
            else:
                path.unlink(missing_ok=True)

    def _fails_now(self, call: str) -> bool:
        is_dead = self.is_deadly and 0 < self.at <= len(self.calls)
        self.calls.append(call)
        if is_dead:
            raise OSError(errno.EIO, "the process is dead")
        return len(self.calls) == self.at

    def _fail(self) -> None:
        raise OSError(self.error, os.strerror(self.error))

    def _settle(self, fd: int) -> None:
        found = os.fstat(fd)
        if file := self._files.get(_identity(fd)):
            file.synced = found.st_size
        for name in list(self._names):
            folder = name[0].parent
            if folder.exists() and os.path.samestat(folder.stat(), found):
                self._names.remove(name)


def _identity(fd: int) -> tuple[int, int]:
    found = os.fstat(fd)
    return found.st_dev, found.st_ino
