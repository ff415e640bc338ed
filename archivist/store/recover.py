"""What every writing start does first: see what an interrupted run left, and make the archive fit to be added to.

Rule 1: nothing that was acknowledged changes. Only the torn end of a WARC file is cut, after its bytes were kept.
Rule 2: when all is well this reads no WARC bytes: it compares the sizes of files with what the statements describe.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from archivist.errors import FormatError
from archivist.model.capture import Span
from archivist.model.manifest import ArchiveStatement, Event
from archivist.proof.canonical import statement_id
from archivist.proof.check_warc import torn_of
from archivist.store.durable import Disk
from archivist.store.layout import TEMPORARY, TORN, Layout
from archivist.store.ledger import Ledger, Written
from archivist.store.leftover import Leftover, read_remains
from archivist.store.log import Log
from archivist.store.reader import ArchiveReader

__all__ = ["Damage", "Recovery", "Torn", "clear_tmp", "recover"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Torn:
    """The end of a WARC file, cut off because no reader could read it."""

    file: str
    """Relative to ``archives/``."""
    offset: int
    """Where it stood, and where the file ends now."""
    length: int
    kept: str
    """The file that holds the bytes now, relative to ``archives/``."""
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Bytes of a WARC file that are not as they should be; left as they are, for ``archivist verify`` to judge."""

    file: str
    offset: int
    length: int
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What was found and done."""

    torn: tuple[Torn, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    """Whole records that no statement describes; their bytes are durable now, and wait to be adopted."""
    damaged: tuple[Damage, ...] = ()
    due: tuple[Written, ...] = ()
    """Statements that are not in the log, in the order of ``Ledger.paths``; durable now, and wait to be appended."""
    suspect: tuple[Path, ...] = ()
    """Statements that are not in the log while the log names others that are missing: they may have been altered,
    so they must not be appended."""
    removed: tuple[Path, ...] = ()
    """Temporary files, and WARC files that never held a byte."""

    @property
    def is_clean(self) -> bool:
        """Whether the last run ended as it should."""
        return self == Recovery()


def recover(
    layout: Layout, *, disk: Disk, known: Mapping[str, Sequence[Span]], logged: Collection[Path] = frozenset()
) -> Recovery:
    """The archive can be added to; what an interrupted run left is listed. The caller holds the lock.

    Args:
        layout: which archive.
        disk: what is written through.
        known: by file, the spans that statements describe.
        logged: files of statements that are known to be in the log; all others are read and looked up.

    Raises:
        DiskFailed: the disk would not.
        FormatError: the log cannot be read.
    """
    found = _Found(removed=[*_temporaries_removed(layout, disk)])
    for path in _warc_files(layout):
        _look_at(path, found, layout=layout, disk=disk, known=known)
    found.torn += _untold(layout, disk, cut={torn.kept for torn in found.torn})
    for file in dict.fromkeys(leftover.span.file for leftover in found.leftovers):
        disk.settle(layout.warc(file))
    due, suspect = _unlogged(layout, disk, logged)
    return Recovery(
        torn=tuple(found.torn),
        leftovers=tuple(found.leftovers),
        damaged=tuple(found.damaged),
        due=due,
        suspect=suspect,
        removed=tuple(found.removed),
    )


@dataclass(slots=True, kw_only=True)
class _Found:
    removed: list[Path]
    torn: list[Torn] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    damaged: list[Damage] = field(default_factory=list)


def _look_at(path: Path, found: _Found, *, layout: Layout, disk: Disk, known: Mapping[str, Sequence[Span]]) -> None:
    file = path.relative_to(layout.archives).as_posix()
    size = path.stat().st_size
    spans = known.get(file, ())
    described = max((span.offset + span.length for span in spans), default=0)
    if not size and not spans:
        disk.remove_temp(path)
        found.removed.append(path)
    if size < described:
        found.damaged.append(Damage(file=file, offset=size, length=described - size, fault="the file is cut short"))
    for start, end in _gaps(spans, size):
        remains = read_remains(ArchiveReader(layout), file, start=start, end=end)
        found.leftovers += remains.leftovers
        if remains.end == end:
            continue
        rest = Damage(file=file, offset=remains.end, length=end - remains.end, fault=remains.fault or "unreadable")
        if end == size and _may_be_cut(layout, disk, rest):
            found.torn.append(_cut(layout, disk, rest))
        else:
            found.damaged.append(rest)


def _gaps(spans: Sequence[Span], size: int) -> Iterator[tuple[int, int]]:
    """The parts of a file that no span covers."""
    at = 0
    for span in sorted(spans, key=lambda each: each.offset):
        if at < min(span.offset, size):
            yield at, min(span.offset, size)
        at = max(at, span.offset + span.length)
    if at < size:
        yield at, size


def _may_be_cut(layout: Layout, disk: Disk, rest: Damage) -> bool:
    """Whether really no statement describes the bytes; the catalog, from which ``known`` comes, may be behind."""
    ledger = Ledger(layout, disk=disk)
    for path in ledger.paths():
        try:
            _, statement = ledger.read(path)
        except FormatError:
            return False
        spans = () if isinstance(statement, ArchiveStatement) else statement.stored
        if any(span.file == rest.file and span.offset + span.length > rest.offset for span in spans):
            return False
    return True


def _cut(layout: Layout, disk: Disk, rest: Damage) -> Torn:
    """The torn end stands in a file of its own; its bytes are durable there before the WARC file is shortened."""
    path = layout.warc(rest.file)
    copies = (path.with_name(f"{path.name}{TORN}{f'-{number}' if number > 1 else ''}") for number in count(1))
    kept = next(copy for copy in copies if not copy.exists())
    handle = disk.open_append(kept)
    try:
        disk.append(handle, ArchiveReader(layout).stored(rest.file, offset=rest.offset, length=rest.length))
        disk.sync(handle)
    finally:
        disk.close(handle)
    disk.truncate(path, rest.offset)
    if not rest.offset:
        disk.remove_temp(path)
    return Torn(
        file=rest.file,
        offset=rest.offset,
        length=rest.length,
        kept=kept.relative_to(layout.archives).as_posix(),
        fault=rest.fault,
    )


def _untold(layout: Layout, disk: Disk, *, cut: Collection[str]) -> Iterator[Torn]:
    """Torn ends that an earlier start cut off, and died before a repair statement could say so."""
    kept = sorted(path for path in layout.archives.glob(f"*/*{TORN}*") if _name(layout, path) not in cut)
    if not kept:
        return
    ledger = Ledger(layout, disk=disk)
    told: set[str] = set()
    for path in layout.events.glob("*/*-repair-*.json"):
        try:
            _, statement = ledger.read(path)
        except FormatError:
            return  # it may be the one that tells
        if isinstance(statement, Event):
            told |= {torn.kept.file for torn in torn_of(statement, path.name)[0]}
    for path in kept:
        name, size = _name(layout, path), path.stat().st_size
        if name in told:
            continue
        if not size:
            disk.remove_temp(path)
            continue
        disk.settle(path)
        warc = path.with_name(path.name.partition(TORN)[0])
        offset = warc.stat().st_size if warc.exists() else 0
        fault = "an earlier start cut it off, and could not say so any more"
        yield Torn(file=_name(layout, warc), offset=offset, length=size, kept=name, fault=fault)


def _name(layout: Layout, path: Path) -> str:
    return path.relative_to(layout.archives).as_posix()


def _unlogged(layout: Layout, disk: Disk, logged: Collection[Path]) -> tuple[tuple[Written, ...], tuple[Path, ...]]:
    """The statements that are not in the log: those that are due, and those that may have been altered."""
    paths = tuple(Ledger(layout, disk=disk).paths())
    unknown = [Written(id=statement_id(disk.read(path)), path=path) for path in paths if path not in logged]
    if not unknown:
        return (), ()
    log = Log(layout, disk=disk)
    missing = frozenset(log.due(written.id for written in unknown))
    due = [written for written in unknown if written.id in missing]
    present = len(paths) - len(due)
    if present < log.size:
        return (), tuple(written.path for written in due)
    for written in due:
        disk.settle(written.path)
    return tuple(due), ()


def _warc_files(layout: Layout) -> list[Path]:
    return sorted(layout.archives.glob("*/*.warc.gz"))


def clear_tmp(layout: Layout) -> list[Path]:
    """What was on its way from the network when a run died is gone: no evidence, since no record of it was made."""
    removed = []
    for path in sorted(layout.tmp.iterdir()) if layout.tmp.is_dir() else ():
        with suppress(OSError):
            path.unlink()
            removed.append(path)
    return removed


def _temporaries_removed(layout: Layout, disk: Disk) -> Iterator[Path]:
    for top in (layout.manifests, layout.archives):
        for folder, _, names in os.walk(top):
            for name in names:
                if name.startswith(TEMPORARY):
                    path = Path(folder, name)
                    disk.remove_temp(path)
                    yield path
    yield from clear_tmp(layout)
