"""Whether anything in the archive was changed, cut or removed: all of it, or some snapshots.

What is proved stands in ``proof.check``, numbered; here files are found and read. Nothing is written, and no lock is
taken: a run that is under way beside this shows as statements and bytes that are not signed yet.
"""

from __future__ import annotations

import os
import re
import stat
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from blake3 import blake3

from archivist.errors import ArchivistError, BadManifest, BadWarc
from archivist.model.capture import RecordRef, Span
from archivist.model.finding import Finding, State
from archivist.model.json import JsonObject
from archivist.model.manifest import ArchiveStatement, Event, Snapshot, Statement
from archivist.proof import check
from archivist.proof.canonical import parse, statement_id
from archivist.proof.check import Identity, Seen
from archivist.proof.check_capture import Examined, Expected, check_capture, check_metadata, examine, not_met
from archivist.proof.check_log import check_inclusion, check_log
from archivist.proof.check_warc import (
    Described,
    Torn,
    check_cover,
    check_spans,
    check_torn,
    find_damage,
    judge_gap,
    torn_of,
)
from archivist.store.durable import Disk
from archivist.store.layout import TEMPORARY, TORN, Layout
from archivist.store.metadata import CONTENT_TYPE, recalled
from archivist.store.reader import ArchiveReader
from archivist.workspace import Workspace

__all__ = ["MAX_FINDINGS", "VerifyResult", "verify"]

MAX_FINDINGS: Final = 1000
"""That are told one by one."""

_MAX_DEPTH: Final = 10
"""Of folders; the log's have five."""

_MAX_DRILLED: Final = 10
"""Damaged spans of one file whose records are looked at one by one."""

_STATEMENT = re.compile(r"manifests/(archive\.json|events/[^/]+/[^/]+\.json|(?!log/)[^/]+/[^/]+/[0-9]{4,9}\.json)")
_LOG: Final = "manifests/log/"

Progress = Callable[[int, int], None]
"""Bytes of WARC files read, and to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyResult:
    """The answer, never a plain yes."""

    state: State
    findings: tuple[Finding, ...]
    """Everything that failed or could not be verified, up to ``MAX_FINDINGS``."""
    checked: Mapping[str, int]
    """How many of what were checked: statements, checkpoints, log entries, WARC files, spans, records, captures."""
    not_proved: tuple[str, ...] = check.NOT_PROVED

    def to_json(self) -> JsonObject:
        """As printed by ``verify --json``."""
        return {
            "state": self.state,
            "findings": [finding.to_json() for finding in self.findings],
            "checked": dict(self.checked),
            "not_proved": list(self.not_proved),
        }


def verify(
    workspace: Workspace, *, snapshots: Sequence[str] | None = None, is_deep: bool, progress: Progress | None
) -> VerifyResult:
    """Everything that is wrong with the archive, or with some snapshots, is named.

    Args:
        workspace: which archive; it may be damaged in any way.
        snapshots: ids of snapshots; they are always verified deeply. None is the whole archive.
        is_deep: inflate every record and compute its digests again.
        progress: called as WARC bytes are read, from any thread.
    """
    report = _Report()
    files = _Files(workspace.layout, disk=workspace.disk, report=report)
    warcs = _Warcs(files, report=report, progress=progress)
    if snapshots is None:
        _verify_all(files, warcs, is_deep=is_deep)
    else:
        _verify_some(files, warcs, frozenset(snapshots))
    return report.result()


def _verify_all(files: _Files, warcs: _Warcs, *, is_deep: bool) -> None:
    report = files.report
    identity = files.identity()
    seen = [*files.statements(identity)]
    log_files = files.log_files()
    key, known = identity.key, identity.statement
    log = check_log(log_files, files.read_log, key=key, origin=known.origin if known else None)
    membership = check.check_membership(seen, log.leaves)
    report.add(*log.findings, *membership.findings, *check.check_chains(seen, suspect=membership.suspect))
    report.checked.update({"statements": len(seen), "checkpoints": log.checkpoints, "log entries": log.size})
    believed = [each for each in seen if each.file not in membership.suspect]
    snapshots = [each for each in believed if isinstance(each.statement, Snapshot)]
    if not snapshots:
        report.add(_nothing("there is no snapshot in this archive that could be verified"))
    for each in believed:
        if isinstance(each.statement, Snapshot | Event):
            warcs.describe(each.file, each.statement.stored)
        if isinstance(each.statement, Event):
            warcs.torn += report.of(torn_of(each.statement, each.file))
        if isinstance(each.statement, Snapshot) and is_deep:
            warcs.expect(each.file, each.statement)
    is_doubtful = len(believed) < len(seen) or any(each.statement is None for each in seen)
    is_doubtful = is_doubtful or any(finding.code in {"log-membership", "chain"} for finding in membership.findings)
    warcs.check(is_whole=True, is_doubtful=is_doubtful)


def _verify_some(files: _Files, warcs: _Warcs, wanted: frozenset[str]) -> None:
    report = files.report
    identity = files.identity()
    chosen = [*files.chosen(identity, wanted)]
    log_files = files.log_files()
    key, known = identity.key, identity.statement
    findings, logged = check_inclusion(
        sorted(wanted), log_files, files.read_log, key=key, origin=known.origin if known else None
    )
    report.add(*findings)
    report.checked.update({"statements": len(chosen), "log entries": len(logged)})
    if not wanted:
        report.add(_nothing("no snapshot was chosen"))
    for missing in sorted(wanted - {each.id for each in chosen}):
        report.add(_no_statement(missing, is_logged=missing in logged))
    for each in chosen:
        if each.id not in logged and not findings:
            report.add(_pending(each.file))
        if isinstance(each.statement, Snapshot):
            report.add(*files.link(each, each.statement, identity))
            warcs.describe(each.file, each.statement.stored)
            warcs.expect(each.file, each.statement)
    warcs.check(is_whole=False, is_doubtful=False)


@dataclass(slots=True)
class _Report:
    """Findings and counts as they come in; for one thread."""

    findings: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    states: Counter[State] = field(default_factory=Counter)

    def add(self, *findings: Finding) -> None:
        for finding in findings:
            self.states[finding.state] += 1
            if len(self.findings) < MAX_FINDINGS:
                self.findings.append(finding)

    def of(self, both: tuple[tuple[Torn, ...], tuple[Finding, ...]]) -> tuple[Torn, ...]:
        self.add(*both[1])
        return both[0]

    def result(self) -> VerifyResult:
        more = self.states.total() - len(self.findings)
        state: State = "failed" if self.states["failed"] else "unverifiable" if self.states else "ok"
        if not self.checked["statements"] and state == "ok":
            state = "unverifiable"
        told = tuple(self.findings)
        if more:
            said = f"{more:,} more findings are not told one by one"
            told = (*told, Finding(state=state, code="more", where="archive", said=said))
        return VerifyResult(state=state, findings=told, checked=dict(self.checked))


class _Files:
    """The files below ``manifests/``."""

    def __init__(self, layout: Layout, *, disk: Disk, report: _Report) -> None:
        self.layout = layout
        self.disk = disk
        self.report = report
        self._names: list[str] | None = None

    def identity(self) -> Identity:
        """Step 1."""
        data = self._read(check.ARCHIVE_FILE)
        if data is None:
            return Identity(seen=Seen(file=check.ARCHIVE_FILE, id="", statement=None), key=None)
        identity = check.check_identity(data)
        self.report.add(*identity.seen.findings)
        return identity

    def statements(self, identity: Identity) -> Iterator[Seen]:
        """Step 2: all statement files; what else stands among them is told."""
        if identity.seen.id:
            yield identity.seen
        for name in self.names():
            if name.startswith(_LOG) or name == check.ARCHIVE_FILE:
                continue
            if _STATEMENT.fullmatch(name) is None:
                self.report.add(_stray(name))
            elif seen := self.statement(name, identity):
                self.report.add(*seen.findings)
                yield seen

    def chosen(self, identity: Identity, wanted: frozenset[str]) -> Iterator[Seen]:
        """Step 2 for the statements with these ids."""
        left = set(wanted)
        for name in self.names():
            if not left:
                return
            if _STATEMENT.fullmatch(name) is None or (data := self._read(name)) is None:
                continue
            if (id_ := statement_id(data)) in left:
                left.discard(id_)
                seen = self._checked(name, data, identity)
                self.report.add(*seen.findings)
                yield seen

    def link(self, seen: Seen, snapshot: Snapshot, identity: Identity) -> Iterator[Finding]:
        """Step 5 for one snapshot."""
        before = None
        if snapshot.number > 1:
            folder = seen.file.rpartition("/")[0]
            before = self.statement(f"{folder}/{snapshot.number - 1:04d}.json", identity)
            if before is None:
                return
        if finding := check.check_link(seen, before):
            yield finding

    def statement(self, name: str, identity: Identity) -> Seen | None:
        """Step 2 for one file, or None where it cannot be read; that is told."""
        data = self._read(name)
        return None if data is None else self._checked(name, data, identity)

    def log_files(self) -> tuple[str, ...]:
        """All files of the log, by their path there."""
        return tuple(name.removeprefix(_LOG) for name in self.names() if name.startswith(_LOG))

    def read_log(self, path: str) -> bytes:
        """The bytes of a file of the log."""
        return self.disk.read(self.layout.log / path)

    def names(self) -> list[str]:
        """All files below ``manifests/``, relative to the archive, in order."""
        if self._names is None:
            self._names = sorted(walk(self.layout.root, self.layout.manifests, self.report))
        return self._names

    def _checked(self, name: str, data: bytes, identity: Identity) -> Seen:
        archive = identity.statement.id if identity.statement else None
        return check.check_statement(name, data, archive=archive, place=self._place)

    def _place(self, statement: Statement, id_: str) -> str | None:
        try:
            match statement:
                case ArchiveStatement():
                    path = self.layout.archive_json
                case Snapshot():
                    path = self.layout.manifest_path(statement.article, statement.number)
                case Event():
                    path = self.layout.event_path(statement.at, kind=statement.kind, id=id_)
        except (BadManifest, ValueError):
            return None
        return path.relative_to(self.layout.root).as_posix()

    def _read(self, name: str) -> bytes | None:
        try:
            return self.disk.read(self.layout.root / name)
        except ArchivistError as error:
            self.report.add(_unreadable(name, error))
            return None
