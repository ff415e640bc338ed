"""Whether anything in the archive was changed, cut or removed: all of it, or some snapshots.

What is proved stands in ``proof.check``, numbered; here files are found and read. Nothing is written, and no lock is
taken: a run that is under way beside this shows as statements and bytes that are not signed yet.
"""

from __future__ import annotations

import os
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Final

from archivist.errors import ArchivistError, BadManifest, NotFound
from archivist.model.capture import Capture, Span
from archivist.model.finding import Finding
from archivist.model.manifest import ArchiveStatement, Event, Snapshot, Statement, read_statement
from archivist.pipeline.trust import trust_of
from archivist.proof import check
from archivist.proof.canonical import parse, statement_id
from archivist.proof.check import Identity, Seen
from archivist.proof.check_capture import Expected
from archivist.proof.check_carried import check_carried
from archivist.proof.check_keys import check_keys
from archivist.proof.check_log import check_inclusion, check_log
from archivist.proof.check_seen import SeenBefore, check_seen
from archivist.proof.check_stamps import check_stamps
from archivist.proof.check_warc import Described, Torn, torn_of
from archivist.proof.log_keys import LogKeys
from archivist.proof.outline import captures_in
from archivist.proof.renewal import check_listings, listings_in, not_renewed
from archivist.proof.report import Report, VerifyResult
from archivist.proof.trust import Trust
from archivist.store.durable import Disk
from archivist.store.fixity import Job, check_file, check_kept, unreadable, walk
from archivist.store.layout import TEMPORARY, TORN, Layout
from archivist.workspace import Workspace

__all__ = ["Progress", "verify"]


_MAX_THREADS: Final = 8
"""Files read at a time; more do not make a disk faster."""

_STATEMENT = re.compile(r"manifests/(archive\.json|events/[^/]+/[^/]+\.json|(?!log/)[^/]+/[^/]+/[0-9]{4,9}\.json)")
_KEY_CHANGE = re.compile(r"manifests/events/[^/]+/[^/]+-key-[^/]+\.json")
_LOG: Final = "manifests/log/"
_NAMES: Final = Layout(Path())  # relative to the archive

Progress = Callable[[int, int], None]
"""Bytes of WARC files read, and to be read."""


def verify(
    workspace: Workspace,
    *,
    snapshots: Sequence[str] | None = None,
    is_deep: bool,
    memory: Sequence[SeenBefore] = (),
    trust: Trust | None = None,
    progress: Progress | None,
) -> VerifyResult:
    """Everything that is wrong with the archive, or with some snapshots, is named.

    Args:
        workspace: which archive; it may be damaged in any way.
        snapshots: ids of snapshots; they are always verified deeply. None is the whole archive.
        is_deep: inflate every record and compute its digests again.
        memory: checkpoints that were seen before, which the log must go on from; of the whole archive.
        trust: what outside witnesses are judged by; None is what the settings say.
        progress: called as WARC bytes are read, from any thread.
    """
    report = Report()
    files = _Files(workspace.layout, disk=workspace.disk, report=report, trust=trust or trust_of(workspace))
    warcs = _Warcs(files, report=report, progress=progress)
    if snapshots is None:
        _verify_all(files, warcs, is_deep=is_deep, memory=memory)
    else:
        _verify_some(files, warcs, frozenset(snapshots))
    return report.result()


def _verify_all(files: _Files, warcs: _Warcs, *, is_deep: bool, memory: Sequence[SeenBefore]) -> None:
    report = files.report
    identity = files.identity()
    log_files = files.log_files()
    keys = files.keys(identity)
    log = check_log(log_files, files.read_log, key=keys)
    logged = frozenset(() if is_deep else check.entries_of(log.leaves or b""))
    seen = [*files.statements(identity, logged)]
    stamps = check_stamps(log_files, files.read_log, trust=files.trust)
    membership = check.check_membership(seen, log.leaves)
    belonging = check.check_belonging(seen, identity.statement)
    listings = listings_in(seen, log.leaves or b"")
    stamps.findings += check_listings(listings, files.read_log)
    stamps.expired = not_renewed(stamps.stamps, listings, now=files.trust.now)
    told = (
        *belonging,
        *log.findings,
        *check_seen(memory, log, key=keys),
        *stamps.findings,
        *membership.findings,
        *check.check_chains(seen, suspect=membership.suspect),
        *check.check_readings(seen, log.leaves, suspect=membership.suspect),
        *check_carried(seen, log.leaves, suspect=membership.suspect, count=files.count),
    )
    report.add(*told)
    report.checked.update({"statements": len(seen), "checkpoints": log.checkpoints, "log entries": log.size})
    report.checked.update(stamps.checked)
    report.is_stamped, report.untold = bool(stamps.times), stamps.said
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
    is_doubtful = is_doubtful or any(finding.state == "failed" for finding in told)
    warcs.check(is_whole=True, is_doubtful=is_doubtful)


def _verify_some(files: _Files, warcs: _Warcs, wanted: frozenset[str]) -> None:
    report = files.report
    report.is_whole = False
    identity = files.identity()
    chosen = [*files.chosen(wanted)]
    log_files = files.log_files()
    findings, logged = check_inclusion(sorted(wanted), log_files, files.read_log, key=files.keys(identity))
    report.add(*findings, *check.check_belonging(chosen, identity.statement))
    report.checked.update({"statements": len(chosen), "log entries": len(logged)})
    if not wanted:
        report.add(_nothing("no snapshot was chosen"))
    for missing in sorted(wanted - {each.id for each in chosen}):
        report.add(_no_statement(missing, is_logged=missing in logged))
    for each in chosen:
        if each.id not in logged and not findings:
            report.add(_pending(each.file))
        if isinstance(each.statement, Snapshot):
            report.add(*files.link(each, each.statement))
            warcs.describe(each.file, each.statement.stored)
            warcs.expect(each.file, each.statement)
    warcs.check(is_whole=False, is_doubtful=False)


class _Files:
    """The files below ``manifests/``."""

    def __init__(self, layout: Layout, *, disk: Disk, report: Report, trust: Trust) -> None:
        self.trust = trust
        self.layout = layout
        self.disk = disk
        self.report = report

    def identity(self) -> Identity:
        """Step 1."""
        data = self._read(check.ARCHIVE_FILE)
        if data is None:
            return Identity(seen=Seen(file=check.ARCHIVE_FILE, id="", statement=None), key=None)
        identity = check.check_identity(data)
        self.report.add(*identity.seen.findings)
        return identity

    def statements(self, identity: Identity, logged: Collection[bytes]) -> Iterator[Seen]:
        """Step 2: all statement files; what else stands among them is told."""
        if identity.seen.id:
            yield identity.seen
        for name in self.names:
            if name.startswith(_LOG) or name == check.ARCHIVE_FILE:
                continue
            if _STATEMENT.fullmatch(name) is None:
                self.report.add(_stray(name))
            elif seen := self.statement(name, logged):
                self.report.add(*seen.findings)
                yield seen

    def keys(self, identity: Identity) -> LogKeys | None:
        """Step 1: the keys that sign the log, one after the other."""
        if identity.key is None:
            return None
        seen = [self.statement(name) for name in filter(_KEY_CHANGE.fullmatch, self.names)]
        keys, findings = check_keys(identity.key, [each for each in seen if each])
        self.report.add(*findings)
        return keys

    def chosen(self, wanted: frozenset[str]) -> Iterator[Seen]:
        """Step 2 for the statements with these ids."""
        left = set(wanted)
        for name in self.names:
            if not left:
                return
            if _STATEMENT.fullmatch(name) is None or (data := self._read(name)) is None:
                continue
            if (id_ := statement_id(data)) in left:
                left.discard(id_)
                seen = self._checked(name, data)
                self.report.add(*seen.findings)
                yield seen

    def link(self, seen: Seen, snapshot: Snapshot) -> Iterator[Finding]:
        """Step 5 for one snapshot."""
        before = None
        if snapshot.number > 1:
            folder = seen.file.rpartition("/")[0]
            before = self.statement(f"{folder}/{snapshot.number - 1:04d}.json")
            if before is None:
                return
        if finding := check.check_link(seen, before):
            yield finding

    def statement(self, name: str, logged: Collection[bytes] = ()) -> Seen | None:
        """Step 2 for one file, or None where it cannot be read; that is told."""
        data = self._read(name)
        return None if data is None else self._checked(name, data, logged)

    def count(self, name: str) -> int:
        """How many captures the manifest in a file lists, that was read in passing before."""
        return captures_in(self._read(name) or b"")

    def log_files(self) -> tuple[str, ...]:
        """All files of the log, by their path there."""
        return tuple(name.removeprefix(_LOG) for name in self.names if name.startswith(_LOG))

    def read_log(self, path: str) -> bytes:
        """The bytes of a file of the log."""
        return self._bytes(f"{_LOG}{path}")

    @cached_property
    def names(self) -> dict[str, None]:
        """All files below ``manifests/``, relative to the archive, in order."""
        return dict.fromkeys(sorted(walk(self.layout.manifests, root=self.layout.root, tell=self.report.add)))

    def _checked(self, name: str, data: bytes, logged: Collection[bytes] = ()) -> Seen:
        return check.check_statement(name, data, place=self._place, logged=logged)

    @staticmethod
    def _place(statement: Statement, id_: str) -> str | None:
        try:
            match statement:
                case ArchiveStatement():
                    path = _NAMES.archive_json
                case Snapshot():
                    path = _NAMES.manifest_path(statement.article, statement.number)
                case Event():
                    path = _NAMES.event_path(statement.at, kind=statement.kind, id=id_)
        except (BadManifest, ValueError):
            return None
        return path.as_posix()

    def _bytes(self, name: str) -> bytes:
        if name not in self.names:  # only what is a file is opened: a pipe would never end
            raise NotFound(f"{name} does not exist")
        return self.disk.read(self.layout.root / name)

    def _read(self, name: str) -> bytes | None:
        try:
            return self._bytes(name)
        except ArchivistError as error:
            self.report.add(unreadable(name, str(error)))
            return None


class _Warcs:
    """The files below ``archives/``."""

    def __init__(self, files: _Files, *, report: Report, progress: Progress | None) -> None:
        self.torn: list[Torn] = []
        self._files = files
        self._layout = files.layout
        self._report = report
        self._progress = progress
        self._described: dict[str, list[Described]] = defaultdict(list)
        self._expected: dict[str, dict[int, list[Expected]]] = defaultdict(lambda: defaultdict(list))

    def describe(self, by: str, spans: Iterable[Span]) -> None:
        """These bytes are to be looked at."""
        for span in spans:
            self._described[span.file].append(Described(span=span, by=by))

    def expect(self, by: str, snapshot: Snapshot) -> None:
        """The records of these captures are to be looked at."""
        for index, capture in enumerate(snapshot.captures):
            for is_original in (False, True) if capture.revisit else (False,):
                each = Expected(capture=capture, by=f"{by} $.captures[{index}]", is_original=is_original)
                file, offset = each.place
                self._expected[file][offset].append(each)

    def check(self, *, is_whole: bool, is_doubtful: bool) -> None:
        """Steps 6 and 7: all files that statements name, several at a time; and of a whole archive all others."""
        names = sorted({*self._described, *self._expected})
        read = _counted(self._progress, self._total(names))
        jobs = [
            Job(
                file=name,
                described=self._described.get(name, ()),
                expected=self._expected.get(name, {}),
                is_whole=is_whole,
                is_doubtful=is_doubtful,
                captures=self._captures,
                read=read,
            )
            for name in names
        ]
        # Digests of large pieces run beside each other; records taken apart by Python only wait for each other.
        threads = 1 if self._expected else min(os.cpu_count() or 1, _MAX_THREADS)
        with ThreadPoolExecutor(threads, thread_name_prefix="verify") as pool:
            try:
                for outcome in pool.map(lambda job: check_file(self._layout, job), jobs):
                    self._report.add(*outcome.findings)
                    self._report.checked.update(
                        {"spans": outcome.spans, "records": outcome.records, "captures": outcome.captures}
                    )
            finally:
                pool.shutdown(cancel_futures=True)
        self._report.checked["WARC files"] += len(names)
        if is_whole:
            self._check_others(frozenset(names))

    def _check_others(self, named: frozenset[str]) -> None:
        """Step 6d, and files that no statement names."""
        for torn in self.torn:
            if finding := check_kept(self._layout, torn):
                self._report.add(finding)
        known = named | {torn.kept.file for torn in self.torn}
        for name in sorted(walk(self._layout.archives, root=self._layout.root, tell=self._report.add)):
            if name.removeprefix("archives/") not in known:
                self._report.add(_undescribed(name))

    def _captures(self, by: str) -> tuple[Capture, ...]:
        try:
            statement = read_statement(parse(self._files.disk.read(self._layout.root / by)))
        except ArchivistError:
            return ()
        return statement.captures if isinstance(statement, Snapshot) else ()

    def _total(self, names: Sequence[str]) -> int:
        spans = sum(each.span.length for name in names for each in self._described.get(name, ()))
        return spans * 2 if self._expected else spans


def _counted(progress: Progress | None, total: int) -> Callable[[int], None]:
    """Adds up what the threads have read."""
    lock, done = threading.Lock(), 0

    def read(count: int) -> None:
        nonlocal done
        if progress is None:
            return
        with lock:
            done = min(done + count, total)
            progress(done, total)

    return read


def _stray(name: str) -> Finding:
    if name.rpartition("/")[2].startswith(TEMPORARY):
        said = "a run was interrupted while it wrote this file, and nothing refers to it"
        fix = "the next `archivist snap` removes it"
    else:
        said = "this file is none of the archive's, and no statement describes it"
        fix = "look at what it is; move it away"
    return Finding(state="unverifiable", code="stray-file", where=name, said=said, fix=fix)


def _undescribed(name: str) -> Finding:
    if TORN in name:
        said = "this is called as torn ends are that a repair has kept, and no repair describes it"
    elif name.endswith((".warc.gz", ".warc")) and not name.rpartition("/")[2].startswith(TEMPORARY):
        said = "no statement describes this WARC file"
    else:
        return _stray(name)
    fix = "the next `archivist snap` adopts what an interrupted run left; otherwise find out where it comes from"
    return Finding(state="unverifiable", code="warc-unknown", where=name, said=said, fix=fix)


def _nothing(said: str) -> Finding:
    return Finding(state="unverifiable", code="nothing", where="manifests", said=said)


def _pending(file: str) -> Finding:
    said = "the snapshot is not in the log yet, so no signature covers it"
    fix = "the next `archivist snap` adds it; otherwise `archivist verify` without a name tells more"
    return Finding(state="unverifiable", code="log-pending", where=file, said=said, fix=fix)


def _no_statement(id_: str, *, is_logged: bool) -> Finding:
    if is_logged:
        said = f"the log has the statement {id_[:12]}, and no file holds it: it is missing or was altered"
        return Finding(state="failed", code="log-membership", where="manifests", said=said)
    return Finding(state="unverifiable", code="nothing", where="manifests", said=f"no statement has the id {id_[:12]}")
