"""WARC files read for ``archivist verify``: step 6 of ``proof.check``, one file at a time; step 7 by ``store.records``.

Nothing is written and nothing judged here: bytes go to ``proof.check_warc``.
Memory stays flat: files are read in pieces, and of the captures only those of one file are looked at together.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archivist.errors import ArchivistError
from archivist.model.capture import Capture
from archivist.model.finding import Finding
from archivist.proof.check_warc import Described, Torn, check_cover, check_spans, check_torn, find_damage, judge_gap
from archivist.store.layout import Layout
from archivist.store.reader import ArchiveReader

if TYPE_CHECKING:
    from archivist.proof.check_capture import Expected

__all__ = ["Job", "Outcome", "check_file", "check_kept", "unreadable", "walk"]

_MAX_DEPTH: Final = 10
"""Of folders; the log's have five."""

_MAX_DRILLED: Final = 10
"""Damaged spans of one file whose records are looked at one by one; more are damaged by the same thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One WARC file and what statements say of it."""

    file: str
    """Relative to ``archives/``."""
    described: Sequence[Described]
    expected: Mapping[int, Sequence[Expected]] = field(default_factory=dict)
    """By offset, the captures whose records are to be inflated and held to the manifest."""
    is_whole: bool = True
    """All statements are known, so that each byte of the file should be described."""
    is_doubtful: bool = False
    """A statement is damaged or missing."""
    captures: Callable[[str], Sequence[Capture]] = lambda _: ()
    """The captures that the statement in a file tells of; asked for where something is damaged."""
    read: Callable[[int], None] = lambda _: None
    """Told how many bytes were read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was found in one file."""

    findings: tuple[Finding, ...]
    spans: int = 0
    records: int = 0
    captures: int = 0


def check_file(layout: Layout, job: Job) -> Outcome:
    """Steps 6 and 7 for one WARC file; whatever is wrong with it is a finding."""
    try:
        size = _size_of(layout.warc(job.file))
        cover = check_cover(job.file, size=size, described=job.described)
        if size is None:
            return Outcome(findings=cover.findings)
        reader = ArchiveReader(layout)
        places = [(each.span.offset, each.span.length) for each in cover.whole]
        found = reader.blake3s(job.file, places, read=job.read)
        wrong = [each for each, digest in zip(cover.whole, found, strict=True) if each.span.blake3 != digest]
        damage = {each.span.offset: _damage(reader, each, job) for each in wrong[:_MAX_DRILLED]}
        findings = [*cover.findings, *check_spans(job.file, cover.whole, found=found, damage=damage)]
        if job.is_whole:
            findings += [_gap(reader, gap, job) for gap in cover.gaps]
        damaged = [_place(each) for each in (*wrong, *job.described) if each in wrong or _place(each)[1] > size]
        count, captures = 0, 0
        if job.expected:
            from archivist.store.records import Records  # noqa: PLC0415  # only where records are looked at

            spans = [each.span for each in job.described]
            records = Records(reader, job.file, spans=spans, expected=job.expected, damaged=damaged, read=job.read)
            findings += records.check()
            count, captures = records.count, records.captures
    except ArchivistError as error:
        return Outcome(findings=(unreadable(f"archives/{job.file}", str(error)),))
    except OSError as error:
        return Outcome(findings=(unreadable(f"archives/{job.file}", (error.strerror or str(error)).lower()),))
    return Outcome(findings=tuple(findings), spans=len(cover.whole), records=count, captures=captures)


def check_kept(layout: Layout, torn: Torn) -> Finding | None:
    """Step 6d: what a repair cut off is still there."""
    try:
        size = _size_of(layout.warc(torn.kept.file))
        digest = "" if size is None else ArchiveReader(layout).blake3(torn.kept.file, length=torn.kept.length)
        return check_torn(torn, size=size, blake3=digest)
    except ArchivistError as error:
        return unreadable(f"archives/{torn.kept.file}", str(error))
    except OSError as error:
        return unreadable(f"archives/{torn.kept.file}", (error.strerror or str(error)).lower())


def _size_of(path: Path) -> int | None:
    """The length of a file, or None where there is none.

    Raises:
        OSError: nobody can tell, or it is no file.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(status.st_mode):
        raise OSError("this should be a file, and is something else")
    return status.st_size


def unreadable(name: str, said: str) -> Finding:
    """A file, relative to the archive, that is there and gives no bytes."""
    fix = "look at the disk and at who may read the file, or put it back from a copy"
    return Finding(state="failed", code="unreadable", where=name, said=said, fix=fix)


def walk(top: Path, *, root: Path, tell: Callable[[Finding], None]) -> Iterator[str]:
    """All files below a folder, relative to ``root``; told is a folder that cannot be listed, or what is no file."""

    def refuse(error: OSError) -> None:
        name = Path(str(error.filename)).relative_to(root).as_posix()
        if not isinstance(error, FileNotFoundError):  # what is missing is told by those who miss it
            tell(unreadable(name, (error.strerror or str(error)).lower()))

    # Links are followed, as all other readers of an archive do; the depth stops those that lead in a circle.
    for folder, folders, names in os.walk(top, onerror=refuse, followlinks=True):
        path = Path(folder).relative_to(root)
        if len(path.parts) >= _MAX_DEPTH:
            folders.clear()
        for name in names:
            if os.path.isfile(os.path.join(folder, name)):  # noqa: PTH113, PTH118  # where nobody can tell, it is none
                yield (path / name).as_posix()
            else:
                tell(unreadable((path / name).as_posix(), "this should be a file, and is something else"))


def _damage(reader: ArchiveReader, described: Described, job: Job) -> str:
    span = described.span
    start, end = _place(described)
    known = {
        capture.record.offset: (capture.record, capture.uri)
        for capture in job.captures(described.by)
        if capture.record.file == span.file and start <= capture.record.offset < end
    }
    return find_damage(reader.members(span.file, start=start, end=end), span=span, known=known)


def _gap(reader: ArchiveReader, gap: tuple[int, int], job: Job) -> Finding:
    members = reader.members(job.file, start=gap[0], end=gap[1])
    return judge_gap(job.file, gap, members=members, is_doubtful=job.is_doubtful)


def _place(described: Described) -> tuple[int, int]:
    return described.span.offset, described.span.offset + described.span.length
