"""The watchlist: the ``[[watch]]`` tables of ``archivist.toml``, which is only ever appended to."""

from __future__ import annotations

import fcntl
import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from archivist.errors import UsageError
from archivist.model.watch import Watch, WrongWatch, read_watch
from archivist.store.durable import disk_failed
from archivist.store.settings import FILE, MAX_FILE, read_toml

__all__ = ["append_watches", "place_of", "read_watches"]

_HEADER: Final = r"[ \t]*\[\[[ \t]*(?:{0}|\"{0}\"|'{0}')[ \t]*\]\]"
_TABLE: Final = re.compile(r"[ \t]*\[")


def read_watches(root: Path) -> tuple[Watch, ...]:
    """Every ``[[watch]]`` of the archive in this folder, in the order of the file.

    Raises:
        UsageError: the file is no TOML, or a table is no watch; the message names the line.
    """
    path = root / FILE
    tables = read_toml(path).get("watch", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{FILE}: watch should be tables, [[watch]]", hint="other settings stand in [schedule]")
    watches = []
    for number, table in enumerate(tables):
        try:
            watches.append(read_watch(table))
        except WrongWatch as error:
            raise UsageError(f"{place_of(path, number, error.key)}: {error}", hint=error.hint) from error
    return tuple(watches)


def append_watches(root: Path, watches: Sequence[Watch]) -> None:
    """The tables stand behind whatever the file held, durably; another who adds at the same time waits.

    Raises:
        UsageError: the file is no TOML that can be added to, or a watch is none that can be read; it is as it was.
        DiskFailed: the disk would not; the file is as it was.
    """
    path = root / FILE
    try:
        is_new = not path.exists()
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise disk_failed(path, error) from error
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        before = path.read_bytes()
        added = "".join(f"\n{watch.to_toml()}" for watch in watches).encode()
        if not before:
            added = added[1:]
        elif not before.endswith(b"\n"):
            added = b"\n" + added
        _check(before + added)
        for watch in watches:
            read_watch(tomllib.loads(watch.to_toml())["watch"][0])  # what cannot be read again would stop every run
        _write(fd, added, size=len(before))
        if is_new:
            _sync(root)
    except OSError as error:
        raise disk_failed(path, error) from error
    finally:
        os.close(fd)


def _check(data: bytes) -> None:
    if len(data) > MAX_FILE:
        raise UsageError(
            f"{FILE} would be larger than {MAX_FILE} bytes, and could not be read", hint="watch fewer pages"
        )
    try:
        tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(
            f"{FILE} cannot be added to: {str(error).lower()}", hint="watches stand in it as tables, [[watch]]"
        ) from error


def _write(fd: int, data: bytes, *, size: int) -> None:
    """Behind the first ``size`` bytes, all of it or none."""
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]
        os.fsync(fd)
    except OSError:
        os.ftruncate(fd, size)
        raise


def _sync(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def place_of(path: Path, number: int, key: str, *, table: str = "watch") -> str:
    """Where a person finds an entry of a table, the tables counted from 0: ``archivist.toml, line 12``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = re.compile(_HEADER.format(table))
    headers = [at for at, line in enumerate(lines) if header.match(line)]
    if number >= len(headers):
        return f"{FILE}, {table} {number + 1}"
    at = headers[number]
    entry = re.compile(rf"[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=") if key else None
    for index in range(at + 1, len(lines)):
        if _TABLE.match(lines[index]):
            break
        if entry is not None and entry.match(lines[index]):
            at = index
            break
    return f"{FILE}, line {at + 1}"
