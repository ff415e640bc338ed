"""WARC files read for ``archivist verify``: steps 6 and 7 of ``proof.check``, one file at a time.

Nothing is written and nothing judged here: bytes and records go to ``proof.check_warc`` and ``proof.check_capture``.
Memory stays flat: files are read in pieces, and of the captures only those of one file are looked at together.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from archivist.errors import ArchivistError, BadManifest, BadWarc
from archivist.model.capture import Capture, RecordRef
from archivist.model.finding import Finding
from archivist.model.json import Json
from archivist.proof.canonical import parse
from archivist.proof.check_capture import Examined, Expected, check_capture, check_metadata, examine, not_met
from archivist.proof.check_warc import Described, Torn, check_cover, check_spans, check_torn, find_damage, judge_gap
from archivist.store.layout import Layout
from archivist.store.metadata import CONTENT_TYPE, recalled
from archivist.store.reader import ArchiveReader
from archivist.wire.http1 import ResponseHead

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
        found = [_digest(reader, each, job) for each in cover.whole]
        wrong = [each for each, digest in zip(cover.whole, found, strict=True) if each.span.blake3 != digest]
        damage = {each.span.offset: _damage(reader, each, job) for each in wrong[:_MAX_DRILLED]}
        findings = [*cover.findings, *check_spans(job.file, cover.whole, found=found, damage=damage)]
        if job.is_whole:
            findings += [_gap(reader, gap, job) for gap in cover.gaps]
        damaged = [_place(each) for each in (*wrong, *job.described) if each in wrong or _place(each)[1] > size]
        records = _Records(reader, job, damaged=damaged)
        findings += records.check()
    except ArchivistError as error:
        return Outcome(findings=(unreadable(f"archives/{job.file}", str(error)),))
    except OSError as error:
        return Outcome(findings=(unreadable(f"archives/{job.file}", (error.strerror or str(error)).lower()),))
    return Outcome(findings=tuple(findings), spans=len(cover.whole), records=records.count, captures=records.captures)


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


class _Records:
    """The records of one file that captures name, inflated."""

    def __init__(self, reader: ArchiveReader, job: Job, *, damaged: Sequence[tuple[int, int]]) -> None:
        self.count = 0
        self.captures = 0
        self._reader = reader
        self._job = job
        self._damaged = list(damaged)
        """From and to; what is found there follows from what was told already."""
        self._met: set[int] = set()

    def check(self) -> Iterator[Finding]:
        """Step 7: one finding for each record that is not what captures say."""
        if not self._job.expected:
            return
        for start, end in self._ranges():
            yield from self._range(start, end)
        for offset, expected in sorted(self._job.expected.items()):
            if offset not in self._met and not self._is_damaged(offset):
                yield not_met(expected[0])

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """The spans, and the places of records outside of them."""
        spans = [(each.span.offset, each.span.offset + each.span.length) for each in self._job.described]
        places = [
            (ref.offset, ref.offset + ref.length)
            for offset, expected in self._job.expected.items()
            for ref in (_ref(expected[0]),)
            if not any(start <= offset < end for start, end in spans)
        ]
        for place in sorted([*spans, *places]):
            if not self._is_damaged(place[0]):
                yield place

    def _range(self, start: int, end: int) -> Iterator[Finding]:
        waiting: dict[str, tuple[ResponseHead, Sequence[Expected]]] = {}
        at = start
        try:
            for member in self._reader.members(self._job.file, start=start, end=end):
                at = member.offset
                expected = self._job.expected.get(at, ())
                own = [each for each in expected if not each.is_original]
                record = examine(member, method=own[0].capture.method if own else "GET")
                at += record.length
                self.count += 1
                self.captures += len(own)
                self._met.add(record.offset)
                self._job.read(record.length)
                faults = [finding for each in expected if (finding := check_capture(each, record))]
                if own and record.head is not None and not faults:
                    waiting[record.header.record_id] = (record.head, own)
                # Many captures may name one record; what is wrong with it is told once.
                yield from [*faults, *_metadata_faults(record, waiting)][:1]
        except BadWarc as error:
            self._damaged.append((at, end))
            said = f"the record is damaged: {error}"
            yield Finding(state="failed", code="warc-record", where=f"archives/{self._job.file}, byte {at}", said=said)

    def _is_damaged(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._damaged)


def _metadata_faults(
    record: Examined, waiting: dict[str, tuple[ResponseHead, Sequence[Expected]]]
) -> Iterator[Finding]:
    """What the metadata of an exchange says otherwise than the manifest: a record of its own, or a revisit itself."""
    header = record.header
    if header.type == "revisit" and record.metadata:
        about: tuple[str, ...] = (header.record_id,)
    elif header.type == "metadata" and header.content_type == CONTENT_TYPE:
        about = header.concurrent_to
    else:
        return
    for id_ in about:
        head, expected = waiting.pop(id_, (None, ()))
        for each in expected:
            if head is not None and (finding := _told_otherwise(each, record, head)):
                yield finding


def _told_otherwise(expected: Expected, record: Examined, head: ResponseHead) -> Finding | None:
    capture = expected.capture
    try:
        told = recalled(
            _read(record.metadata),
            uri=capture.uri,
            date=capture.date,
            head=head,
            record=capture.record,
            revisit=capture.revisit,
        )
    except BadManifest as error:
        said = f"the metadata of {capture.uri} cannot be read: {error}"
        where = f"archives/{capture.record.file}, byte {record.offset}"
        return Finding(state="failed", code="capture", where=where, said=said)
    return check_metadata(expected, told)


def _read(metadata: bytes) -> Json:
    """What a metadata record says. That its bytes are those that were stored is shown by their digest.

    Raises:
        BadManifest: it cannot be read.
    """
    try:
        value: Json = json.loads(metadata)
    except (ValueError, RecursionError):
        return parse(metadata)
    return value


def _digest(reader: ArchiveReader, described: Described, job: Job) -> str:
    span = described.span
    return reader.blake3(span.file, offset=span.offset, length=span.length, read=job.read)


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


def _ref(expected: Expected) -> RecordRef:
    return expected.capture.original if expected.is_original else expected.capture.record
