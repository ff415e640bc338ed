"""Every write of a small story fails, in every way, and the next start puts all right.

The story is that of two snapshots: stored, sealed, logged. What a call has returned is acknowledged, and must be
there whatever happens afterwards. Three things can happen after the failure: the process dies, the power goes (of
what was not synced, names are gone and bytes are gone, half gone or there), or the program goes on.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from blake3 import blake3
from warcio.archiveiterator import ArchiveIterator

from archivist.errors import ArchivistError, DiskFailed
from archivist.model.capture import Capture, Span
from archivist.model.json import Json
from archivist.model.manifest import ArchiveStatement, Event
from archivist.proof.checkpoint import open_checkpoint
from archivist.proof.merkle import leaf_hash, root
from archivist.proof.note import KeyName, VerifierKey
from archivist.store.archive import Original, Stored
from archivist.store.durable import Disk, RealDisk
from archivist.store.layout import Layout
from archivist.store.ledger import Ledger
from archivist.store.log import Log
from archivist.store.reader import ArchiveReader
from archivist.store.recover import Recovery, recover
from archivist.wire.exchange import Exchange
from tests.unit.store.exchanges import (
    ARCHIVE_ID,
    KEY,
    ORIGIN,
    STORY,
    archive_statement,
    chunked,
    exchange,
    new_archive,
    quick_disk,
    sign,
    snapshot,
)
from tests.unit.store.faults import FaultySystem, Way

VERIFIER = VerifierKey(name=KeyName(ORIGIN), public=KEY.public_bytes())
OTHER = "https://www.example.org/weather"

AFTERWARDS = {"the process dies": 1.0, "the power goes": 0.0, "half is written": 0.5}


@dataclass
class Acknowledged:
    """What the calls of the story have returned."""

    stored: list[Stored] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)


def tell(root_: Path, disk: Disk, said: Acknowledged) -> None:
    """The story: two snapshots in one WARC file, the second with a revisit; then the log."""
    layout = Layout(root_)
    archive, ledger, log = new_archive(root_, disk=disk), Ledger(layout, disk=disk), Log(layout, disk=disk)
    first: list[Capture] = []

    def find(each: Exchange) -> Original | None:
        same = (capture for capture in first if capture.payload == each.payload)
        return next((Original(record=c.record, uri=c.uri, date=c.date) for c in same), None)

    try:
        for article, exchanges in (
            (STORY, [exchange(b"bridge"), exchange(raw=chunked(b"style"), uri=f"{STORY}.css", role="requisite")]),
            (OTHER, [exchange(b"rain", uri=OTHER), exchange(b"bridge", uri=f"{OTHER}/bridge", role="requisite")]),
        ):
            stored = archive.store(exchanges, snapshot=article, page=article, find_original=find)
            said.stored.append(stored)
            first += stored.captures
            written = ledger.write(snapshot(article=article, spans=(stored.span,), captures=stored.captures))
            said.statements.append(written.id)
        log.append(said.statements, origin=ORIGIN, sign=sign)
        said.logged += said.statements
    finally:
        archive.close()


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive just made: its statement is logged."""
    here = tmp_path_factory.mktemp("archive")
    disk = quick_disk(here)
    written = Ledger(Layout(here), disk=disk).write(archive_statement())
    Log(Layout(here), disk=disk).append([written.id], origin=ORIGIN, sign=sign)
    return here


def calls_of_the_story(beginning: Path, here: Path) -> list[str]:
    """The calls that the story makes when nothing fails."""
    shutil.copytree(beginning, here)
    counted = FaultySystem()
    tell(here, RealDisk(here, system=counted), Acknowledged())
    shutil.rmtree(here)
    return counted.calls


def described(root_: Path) -> dict[str, list[Span]]:
    """By file, what the statements describe."""
    found: dict[str, list[Span]] = {}
    ledger = Ledger(Layout(root_), disk=quick_disk(root_))
    for path in ledger.paths():
        statement = ledger.read(path)[1]
        for span in () if isinstance(statement, ArchiveStatement) else statement.stored:
            found.setdefault(span.file, []).append(span)
    return found


def bytes_of(root_: Path) -> dict[Path, bytes]:
    """All files of archives/ and manifests/ that are no temporary ones."""
    files = [path for top in ("archives", "manifests") for path in (root_ / top).rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in files if not path.name.startswith(".tmp-")}


def start(root_: Path) -> Recovery:
    """What every start does."""
    return recover(Layout(root_), disk=quick_disk(root_), known=described(root_))


def adopt(root_: Path, found: Recovery, *, disk: Disk | None = None) -> list[str]:
    """What a start does with what it found: describe it, and append what is due to the log."""
    layout, disk = Layout(root_), disk or quick_disk(root_)
    ledger = Ledger(layout, disk=disk)
    new = [each.id for each in found.due]
    for leftover in found.leftovers:
        adopted = Event(
            archive=ARCHIVE_ID,
            kind="repair",
            at="2026-11-23T13:00:00.000000Z",
            software={},
            said=f"adopted {leftover.snapshot}",
            stored=(leftover.span,),
        )
        new.append(ledger.write(adopted).id)
    if found.torn:
        torn: list[Json] = [{"kept": each.kept, "length": each.length} for each in found.torn]
        at, said = "2026-11-23T13:00:01.000000Z", "torn ends were kept"
        event = Event(archive=ARCHIVE_ID, kind="repair", at=at, software={}, said=said, details={"torn": torn})
        new.append(ledger.write(event).id)
    Log(layout, disk=disk).append(new, origin=ORIGIN, sign=sign)
    return new


def assert_kept(root_: Path, said: Acknowledged) -> None:
    """All that was acknowledged is there, to the byte."""
    reader, ledger = ArchiveReader(Layout(root_)), Ledger(Layout(root_), disk=quick_disk(root_))
    for stored in said.stored:
        span = stored.span
        data = b"".join(reader.stored(span.file, offset=span.offset, length=span.length))
        assert span.blake3 == blake3(data).hexdigest()
        for capture in stored.captures:
            payload = b"".join(reader.payload(capture))
            assert capture.payload.sha256 == hashlib.sha256(payload).hexdigest()
    for each in said.statements:
        ledger.load(each)
    log = Log(Layout(root_), disk=quick_disk(root_))
    assert () == log.due(said.logged)


def assert_sound(root_: Path) -> None:
    """Every WARC file reads to its end, for us and for others, and the log commits to what it holds."""
    layout = Layout(root_)
    for path in (root_ / "archives").rglob("*.warc.gz"):
        ours = [each.header.record_id for each in ArchiveReader(layout).records(str(path.relative_to(layout.archives)))]
        with path.open("rb") as file:
            theirs = [record.rec_headers.get_header("WARC-Record-ID").strip("<>") for record in ArchiveIterator(file)]
        assert ours == theirs
        assert ours
    log = Log(layout, disk=quick_disk(root_))
    head = log.head()
    assert head is not None
    checkpoint = open_checkpoint(head.note, [VERIFIER])
    assert checkpoint.root == root([leaf_hash(bytes.fromhex(each)) for each in log.entries()])


def assert_nothing_deleted(before: dict[Path, bytes], after: dict[Path, bytes]) -> None:
    """Every byte stands where it stood, or in a torn file; only the published checkpoint may have changed."""
    for path, data in before.items():
        kept = after.get(path, b"")
        if path.name == "checkpoint":
            continue
        assert data.startswith(kept), path
        if len(kept) < len(data):
            assert data[len(kept) :] == after[path.with_name(f"{path.name}.torn")]


def check_after_failure(root_: Path, said: Acknowledged) -> None:
    """The next start loses nothing, makes all sound, and when what it found is adopted, all is well again."""
    before = bytes_of(root_)
    found = start(root_)
    assert () == found.damaged
    assert () == found.suspect
    assert_nothing_deleted(before, bytes_of(root_))
    assert_kept(root_, said)
    assert_sound(root_)
    adopt(root_, found)
    assert start(root_).is_clean
    assert_kept(root_, said)
    assert_sound(root_)


@pytest.mark.parametrize("afterwards", AFTERWARDS)
@pytest.mark.parametrize("way", ["not persisted", "persisted", "half"])
def test_the_story_dies_anywhere(beginning: Path, tmp_path: Path, way: Way, afterwards: str) -> None:
    """Whichever call is the last one, and whether or not it was carried out, no acknowledged thing is lost."""
    calls = calls_of_the_story(beginning, tmp_path / "counted")
    assert {"create", "write", "fsync", "link", "rename", "unlink", "mkdir"} == set(calls)
    for at in range(1, len(calls) + 1):
        here = tmp_path / str(at)
        shutil.copytree(beginning, here)
        system, said = FaultySystem(at=at, way=way), Acknowledged()
        with pytest.raises(DiskFailed):
            tell(here, RealDisk(here, system=system), said)
        if afterwards != "the process dies":
            system.pull_the_plug(share=AFTERWARDS[afterwards])
        check_after_failure(here, said)
        shutil.rmtree(here)


def test_killed_then_adopted_then_the_power_goes(beginning: Path, tmp_path: Path) -> None:
    """What a start adopts from a killed run is durable, although that run never came to sync it."""
    for at in range(1, len(calls_of_the_story(beginning, tmp_path / "counted")) + 1):
        here = tmp_path / str(at)
        shutil.copytree(beginning, here)
        system, said = FaultySystem(at=at, way="persisted"), Acknowledged()
        with pytest.raises(DiskFailed):
            tell(here, RealDisk(here, system=system), said)
        system.revive()
        disk = RealDisk(here, system=system)
        found = recover(Layout(here), disk=disk, known=described(here))
        said.statements += adopt(here, found, disk=disk)
        said.logged += said.statements
        spans = described(here)
        system.pull_the_plug(share=0.0)
        assert spans == described(here)
        assert_kept(here, said)
        assert_sound(here)
        assert start(here).is_clean
        shutil.rmtree(here)


@pytest.mark.parametrize("way", ["not persisted", "persisted", "half"])
def test_the_program_goes_on(beginning: Path, tmp_path: Path, way: Way) -> None:
    """One call fails and the program tries the whole story again, in the same run: still nothing is lost."""
    calls = calls_of_the_story(beginning, tmp_path / "counted")
    for at in range(1, len(calls) + 1):
        here = tmp_path / str(at)
        shutil.copytree(beginning, here)
        disk, said = RealDisk(here, system=FaultySystem(at=at, way=way, is_deadly=False)), Acknowledged()
        with pytest.raises(DiskFailed):
            tell(here, disk, said)
        again = Acknowledged()
        try:
            tell(here, disk, again)
        except ArchivistError as error:
            # Refused after a failed fsync, or because the first try had written its statement after all.
            assert isinstance(error, DiskFailed)  # noqa: PT017
        assert_kept(here, said)
        check_after_failure(here, again)
        assert_kept(here, said)
        shutil.rmtree(here)


def test_the_story_without_failures(beginning: Path, tmp_path: Path) -> None:
    """Told to its end, the story leaves nothing to recover."""
    here = tmp_path / "archive"
    shutil.copytree(beginning, here)
    said = Acknowledged()
    tell(here, RealDisk(here), said)
    assert (2, 2, 2) == (len(said.stored), len(said.statements), len(said.logged))
    assert start(here).is_clean
    assert_kept(here, said)
    assert_sound(here)
