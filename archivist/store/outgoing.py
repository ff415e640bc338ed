"""A file that leaves the archive: it has its name when it is whole and durable, and never before."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from archivist.errors import UsageError
from archivist.store.durable import disk_failed
from archivist.store.layout import TEMPORARY

__all__ = ["outgoing"]

_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""What file systems answer that have no second names, as those of most memory sticks."""


@contextmanager
def outgoing(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A new file beside ``path``, which takes its place when the block ends well, and is gone when it does not.

    Args:
        path: where it should stand.
        force: it may take the place of a file.

    Raises:
        UsageError: something is there.
        DiskFailed: the disk would not.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise UsageError(f"{path} is there, and is no file", hint="name another one, or - for standard output")
    if target.exists() and not force:
        raise UsageError(f"{path} exists", hint="--force writes over it")
    temporary = target.with_name(f"{TEMPORARY}{os.urandom(6).hex()}")
    try:
        with temporary.open("x+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _named(temporary, target, path, force=force)
        _sync(target.parent)
    except OSError as error:
        raise disk_failed(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _named(temporary: Path, target: Path, path: Path, *, force: bool) -> None:
    if force:
        temporary.replace(target)
        return
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise UsageError(f"{path} exists", hint="--force writes over it") from error
    except OSError as error:
        if error.errno not in _NO_LINKS or target.exists():
            raise
        temporary.rename(target)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
