"""WARC files read for ``archivist verify``: steps 6 and 7 of ``proof.check``, one file at a time.

Nothing is written and nothing judged here: bytes and records go to ``proof.check_warc`` and ``proof.check_capture``.
Memory stays flat: files are read in pieces, and of the captures only those of one file are looked at together.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

from blake3 import blake3

from archivist.errors import ArchivistError, BadManifest, BadWarc
from archivist.model.capture import Capture, RecordRef
from archivist.model.finding import Finding
from archivist.proof.canonical import parse
from archivist.proof.check_capture import Examined, Expected, check_capture, check_metadata, examine, not_met
from archivist.proof.check_warc import Described, Torn, check_cover, check_spans, check_torn, find_damage, judge_gap
from archivist.store.layout import Layout
from archivist.store.metadata import CONTENT_TYPE, recalled
from archivist.store.reader import ArchiveReader

__all__ = ["Job", "Outcome", "check_file", "check_kept", "size_of"]

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
        size = size_of(layout.warc(job.file))
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
        damaged = [(each.span.offset, each.span.offset + each.span.length) for each in (*wrong, *job.described)]
        damaged = damaged[: len(wrong)] + [place for place in damaged[len(wrong) :] if place[1] > size]
        records = _Records(reader, job, damaged=damaged)
        findings += records.check()
    except ArchivistError as error:
        return Outcome(findings=(_unreadable(job.file, str(error)),))
    except OSError as error:
        return Outcome(findings=(_unreadable(job.file, (error.strerror or str(error)).lower()),))
    return Outcome(
        findings=tuple(findings), spans=len(cover.whole), records=records.count, captures=records.captures
    )


def check_kept(layout: Layout, torn: Torn) -> Finding | None:
    """Step 6d: what a repair cut off is still there."""
    try:
        size = size_of(layout.warc(torn.kept.file))
        hasher = blake3()
        if size is not None:
            for piece in ArchiveReader(layout).stored(torn.kept.file, offset=0, length=torn.kept.length):
                hasher.update(piece)
        return check_torn(torn, size=size, blake3=hasher.hexdigest())
    except ArchivistError as error:
        return _unreadable(torn.kept.file, str(error))
    except OSError as error:
        return _unreadable(torn.kept.file, (error.strerror or str(error)).lower())


def size_of(path: Path) -> int | None:
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
        waiting: dict[str, Sequence[Expected]] = {}
        at = start
        try:
            for member in self._reader.members(self._job.file, start=start, end=end):
                at = member.offset
                expected = self._job.expected.get(at, ())
                method = next((each.capture.method for each in expected if not each.is_original), "GET")
                record = examine(member, method=method)
                self.count += 1
                self._job.read(record.length)
                if expected:
                    self._met.add(at)
                    self.captures += sum(not each.is_original for each in expected)
                    waiting[record.header.record_id] = [each for each in expected if not each.is_original]
                yield from self._judge(record, expected, waiting)
        except BadWarc as error:
            self._damaged.append((at, end))
            said = f"the record is damaged: {error}"
            yield Finding(state="failed", code="warc-record", where=f"archives/{self._job.file}, byte {at}", said=said)

    def _judge(
        self, record: Examined, expected: Sequence[Expected], waiting: Mapping[str, Sequence[Expected]]
    ) -> Iterator[Finding]:
        findings = [check_capture(each, record) for each in expected]
        if record.header.type == "metadata" and record.header.content_type == CONTENT_TYPE:
            about = [each for id_ in record.header.concurrent_to for each in waiting.get(id_, ())]
            findings += [_told(each, record, waiting_head=self._heads.get(each.capture.record.id)) for each in about]
        # Many captures may name one record; what is wrong with it is told once.
        yield from [finding for finding in findings if finding is not None][:1]

    def _is_damaged(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._damaged)
