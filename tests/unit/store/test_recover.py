"""What a start finds after an interrupted run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from archivist.errors import DiskFailed
from archivist.model.capture import Capture, Span
from archivist.model.manifest import ArchiveStatement
from archivist.store.archive import Original, Stored
from archivist.store.durable import RealDisk
from archivist.store.layout import Layout
from archivist.store.ledger import Ledger
from archivist.store.log import Log
from archivist.store.reader import ArchiveReader
from archivist.store.recover import Recovery, recover
from archivist.wire.exchange import Exchange, Tls
from tests.unit.store.exchanges import (
    ORIGIN,
    STORY,
    archive_statement,
    chunked,
    exchange,
    new_archive,
    quick_disk,
    response,
    sign,
    snapshot,
)  # fmt: skip
from tests.unit.store.faults import FaultySystem


def described(root: Path) -> dict[str, list[Span]]:
    """By file, what the statements describe: as the catalog would say."""
    found: dict[str, list[Span]] = {}
    ledger = Ledger(Layout(root), disk=quick_disk(root))
    for path in ledger.paths():
        statement = ledger.read(path)[1]
        for span in () if isinstance(statement, ArchiveStatement) else statement.stored:
            found.setdefault(span.file, []).append(span)
    return found


def recovered(root: Path, known: Mapping[str, Sequence[Span]] | None = None) -> Recovery:
    """A start."""
    return recover(Layout(root), disk=quick_disk(root), known=described(root) if known is None else known)


def one_snapshot(root: Path) -> Stored:
    """An archive with one snapshot, sealed and logged."""
    layout, disk = Layout(root), quick_disk(root)
    ledger = Ledger(layout, disk=disk)
    who = ledger.write(archive_statement())
    stored = new_archive(root).store([exchange(b"one")], snapshot="s1", page=STORY)
    written = ledger.write(snapshot(spans=(stored.span,), captures=stored.captures))
    Log(layout, disk=disk).append([who.id, written.id], origin=ORIGIN, sign=sign)
    return stored


def test_all_is_well(tmp_path: Path) -> None:
    """After a run that ended as it should nothing is found, nothing is written, and no WARC byte is read."""
    stored = one_snapshot(tmp_path)
    path = tmp_path / "archives" / stored.span.file
    path.write_bytes(bytes(path.stat().st_size))
    system = FaultySystem()
    found = recover(Layout(tmp_path), disk=RealDisk(tmp_path, system=system), known=described(tmp_path))
    assert found.is_clean
    assert [] == system.calls


def test_not_an_archive_yet(tmp_path: Path) -> None:
    """An empty folder is clean, and stays empty."""
    assert recovered(tmp_path).is_clean
    assert [] == list(tmp_path.iterdir())


EXCHANGES = (
    exchange(b"two", uri=f"{STORY}/2", role="redirect", location=STORY),
    exchange(raw=chunked(b"three"), uri=f"{STORY}/3", role="requisite", kind="image", via=STORY, redacted=("cookie",)),
    exchange(raw=response(b"two", "X: 1", status="404 Not Found"), uri=f"{STORY}/4", seconds=0.0),
    exchange(b"cut", uri=f"{STORY}/5", truncated="time", notes=("lf-only",)),
    exchange(b"tls", uri=f"{STORY}/6", tls=Tls(version="TLSv1.3", cipher="X", chain=(b"leaf",))),
    exchange(b"one", uri=f"{STORY}/7"),
)
NOT_MODIFIED = exchange(raw=response(b"", 'ETag: "1"', status="304 Not Modified"), uri=f"{STORY}/8")


def test_captures_come_back_from_records_alone(tmp_path: Path) -> None:
    """What an interrupted run stored is read back as the very captures that it would have described."""
    first = one_snapshot(tmp_path).captures[0]
    archive = new_archive(tmp_path)

    def find(each: Exchange) -> Original | None:
        confirmed = first if each is NOT_MODIFIED else None
        if each.payload != first.payload and confirmed is None:
            return None
        return Original(record=first.record, uri=first.uri, date=first.date, confirmed=confirmed)

    stored = archive.store(
        (*EXCHANGES[:3], NOT_MODIFIED, *EXCHANGES[3:]), snapshot="s2", page=STORY, find_original=find
    )
    assert (304, "server-not-modified", first.payload.sha256) == _told(stored.captures[3])
    other = archive.store([exchange(b"x", uri="https://o.example/")], snapshot="s3", page="https://o.example/")
    found = recovered(tmp_path).leftovers
    assert [("s2", STORY, stored.captures), ("s3", "https://o.example/", other.captures)] == [
        (each.snapshot, each.page, each.captures) for each in found
    ]
    assert [stored.span, other.span] == [each.span for each in found]
    assert first.record == found[0].captures[-1].original


def _told(capture: Capture) -> tuple[int, str, str]:
    assert capture.revisit is not None
    return capture.status, capture.revisit.profile, capture.payload.sha256


def test_adopted_means_clean(tmp_path: Path) -> None:
    """When the leftovers are described and logged, the next start finds nothing."""
    one_snapshot(tmp_path)
    new_archive(tmp_path).store(EXCHANGES, snapshot="s2", page=STORY)
    adopted = snapshot(number=2, spans=tuple(each.span for each in recovered(tmp_path).leftovers), is_adopted=True)
    written = Ledger(Layout(tmp_path), disk=quick_disk(tmp_path)).write(adopted)
    found = recovered(tmp_path)
    assert Recovery(due=(written,)) == found
    Log(Layout(tmp_path), disk=quick_disk(tmp_path)).append([written.id], origin=ORIGIN, sign=sign)
    assert recovered(tmp_path).is_clean


def test_torn_at_every_byte(tmp_path: Path) -> None:
    """Wherever the last record is torn, its bytes are kept, the file is whole up to it, and nothing before is lost."""
    one_snapshot(tmp_path / "whole")
    archive = new_archive(tmp_path / "whole")
    stored = archive.store([exchange(b"two", uri=f"{STORY}/2")], snapshot="s2", page=STORY)
    path = tmp_path / "whole" / "archives" / stored.span.file
    data = path.read_bytes()
    last = list(ArchiveReader(Layout(tmp_path / "whole")).records(stored.span.file))[-1]
    assert "metadata" == last.header.type
    root = tmp_path / "torn"
    shutil.copytree(tmp_path / "whole", root)
    torn_path, kept = root / "archives" / stored.span.file, root / "archives" / f"{stored.span.file}.torn"
    known = described(root)
    for end in range(last.offset + 1, len(data)):
        torn_path.write_bytes(data[:end])
        found = recovered(root, known)
        assert [(stored.span.file, last.offset, end - last.offset)] == [
            (t.file, t.offset, t.length) for t in found.torn
        ]
        assert f"{stored.span.file}.torn" == found.torn[0].kept
        assert data[last.offset : end] == kept.read_bytes()
        assert data[: last.offset] == torn_path.read_bytes()
        assert [(None, 3)] == [(each.snapshot, len(each.records)) for each in found.leftovers]
        kept.unlink()


def test_torn_in_the_first_record(tmp_path: Path) -> None:
    """A file that holds no whole record at all goes; its bytes are kept, and told of until a statement is."""
    stored = new_archive(tmp_path).store([exchange()], snapshot="s", page=STORY)
    path = tmp_path / "archives" / stored.span.file
    os.truncate(path, 9)
    data = path.read_bytes()
    found = recovered(tmp_path)
    assert 0 == found.torn[0].offset
    assert not path.exists()
    assert data == (tmp_path / "archives" / found.torn[0].kept).read_bytes()
    again = recovered(tmp_path)
    assert [(0, 9, found.torn[0].kept)] == [(each.offset, each.length, each.kept) for each in again.torn]
    assert Recovery(torn=again.torn) == again


def test_rubbish_after_the_end(tmp_path: Path) -> None:
    """Zeros, as some file systems leave them after a power failure, are cut off and kept like a torn record."""
    stored = one_snapshot(tmp_path)
    path = tmp_path / "archives" / stored.span.file
    before = path.read_bytes()
    path.write_bytes(before + bytes(5000))
    found = recovered(tmp_path)
    assert [5000] == [each.length for each in found.torn]
    assert before == path.read_bytes()


def test_torn_names_do_not_meet(tmp_path: Path) -> None:
    """A second torn end of the same file is kept under another name."""
    stored = one_snapshot(tmp_path)
    path = tmp_path / "archives" / stored.span.file
    for rubbish in (b"one", b"two"):
        with path.open("ab") as file:
            file.write(rubbish)
        recovered(tmp_path)
    assert b"one" == path.with_name(f"{path.name}.torn").read_bytes()
    assert b"two" == path.with_name(f"{path.name}.torn-2").read_bytes()


def test_what_is_described_is_never_cut(tmp_path: Path) -> None:
    """Even when the caller forgets a span, damaged bytes that a statement describes stay where they are."""
    stored = one_snapshot(tmp_path)
    path = tmp_path / "archives" / stored.span.file
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    found = recovered(tmp_path, {})
    assert ((), 1) == (found.torn, len(found.damaged))
    assert data == path.read_bytes()


def test_a_manifest_that_cannot_be_read_forbids_cutting(tmp_path: Path) -> None:
    """While a statement is damaged nobody knows what it describes, so nothing is cut."""
    stored = one_snapshot(tmp_path)
    known = described(tmp_path)
    path = tmp_path / "archives" / stored.span.file
    path.write_bytes(path.read_bytes() + b"rubbish")
    next((tmp_path / "manifests" / "www.example.org").glob("*/0001.json")).write_bytes(b"{")
    found = recovered(tmp_path, known)
    assert ((), 1) == (found.torn, len(found.damaged))
    assert path.read_bytes().endswith(b"rubbish")


def test_hole_between_spans(tmp_path: Path) -> None:
    """Whole records between two described spans are leftovers; damaged ones are reported and left."""
    archive = new_archive(tmp_path)
    spans = [archive.store([exchange(b"%d" % n)], snapshot=f"s{n}", page=STORY).span for n in range(3)]
    known = {spans[0].file: [spans[2], spans[0]]}
    assert [spans[1]] == [each.span for each in recovered(tmp_path, known).leftovers]
    path = tmp_path / "archives" / spans[0].file
    data = bytearray(path.read_bytes())
    data[spans[1].offset] ^= 1
    path.write_bytes(data)
    found = recovered(tmp_path, known)
    assert [(spans[1].offset, spans[1].length)] == [(each.offset, each.length) for each in found.damaged]
    assert data == path.read_bytes()


def test_file_cut_short(tmp_path: Path) -> None:
    """A file that ends before what is described is damage, and is not made worse."""
    stored = one_snapshot(tmp_path)
    path = tmp_path / "archives" / stored.span.file
    os.truncate(path, 100)
    found = recovered(tmp_path)
    assert [(100, stored.span.length - 100)] == [(each.offset, each.length) for each in found.damaged]
    assert 100 == path.stat().st_size


def test_temporary_files_go(tmp_path: Path) -> None:
    """What was being written, or was on its way from the network, when the run died is removed."""
    one_snapshot(tmp_path)
    stale = [tmp_path / "manifests" / "www.example.org" / ".tmp-1", tmp_path / "manifests" / "log" / "tile" / ".tmp-2"]
    spool = tmp_path / ".archivist" / "tmp" / "spool"
    spool.parent.mkdir(parents=True)
    for path in (*stale, spool):
        path.write_bytes(b"half")
    assert {*stale, spool} == set(recovered(tmp_path).removed)
    assert recovered(tmp_path).is_clean


def test_empty_warc_goes(tmp_path: Path) -> None:
    """A file that was made and never written to is removed."""
    path = tmp_path / "archives" / "2026-11" / "20261123T120000Z-000000.warc.gz"
    path.parent.mkdir(parents=True)
    path.touch()
    assert (path,) == recovered(tmp_path).removed


def test_due_in_order(tmp_path: Path) -> None:
    """Statements that the log lacks are due, the archive's own first."""
    ledger = Ledger(Layout(tmp_path), disk=quick_disk(tmp_path))
    two = ledger.write(snapshot(number=1))
    one = ledger.write(archive_statement())
    assert (one, two) == recovered(tmp_path).due


def test_logged_statements_are_not_read(tmp_path: Path) -> None:
    """A file that the caller knows to be in the log is not looked at."""
    one_snapshot(tmp_path)
    known = described(tmp_path)
    paths = list(Ledger(Layout(tmp_path), disk=quick_disk(tmp_path)).paths())
    for path in paths:
        path.write_bytes(b"changed")
    found = recover(Layout(tmp_path), disk=quick_disk(tmp_path), known=known, logged=set(paths))
    assert found.is_clean


def test_altered_statement_is_not_due(tmp_path: Path) -> None:
    """A statement whose bytes were changed after logging is suspect: it must not be signed into the log as if new."""
    one_snapshot(tmp_path)
    path = next((tmp_path / "manifests" / "www.example.org").glob("*/0001.json"))
    path.write_bytes(path.read_bytes().replace(b"f" * 64, b"e" * 64))
    found = recovered(tmp_path)
    assert ((), (path,)) == (found.due, found.suspect)


def test_every_failure_of_recovery(tmp_path: Path) -> None:
    """Recovery that is itself interrupted, at any call and in either way, loses nothing: the next one completes it."""
    whole = tmp_path / "whole"
    one_snapshot(whole)
    stored = new_archive(whole).store(EXCHANGES, snapshot="s2", page=STORY)
    path = whole / "archives" / stored.span.file
    os.truncate(path, path.stat().st_size - 7)
    data = path.read_bytes()
    (whole / "manifests" / ".tmp-1").write_bytes(b"half")
    Ledger(Layout(whole), disk=quick_disk(whole)).write(snapshot(number=2))
    counted = FaultySystem()
    copy = tmp_path / "counted"
    shutil.copytree(whole, copy)
    expected = recover(Layout(copy), disk=RealDisk(copy, system=counted), known=described(copy))
    assert len(counted.calls) > 5
    for at in range(1, len(counted.calls) + 1):
        for way in ("not persisted", "persisted", "half"):
            root = tmp_path / f"{at} {way}"
            shutil.copytree(whole, root)
            system = FaultySystem(at=at, way=way)  # type: ignore[arg-type]
            with pytest.raises(DiskFailed):
                recover(Layout(root), disk=RealDisk(root, system=system), known=described(root))
            system.pull_the_plug(share=0.5)
            found = recovered(root)
            assert expected.leftovers == found.leftovers
            assert [each.id for each in expected.due] == [each.id for each in found.due]
            end = expected.torn[0].offset
            kept = [each.read_bytes() for each in (root / "archives").rglob("*.torn*")]
            assert data[end:] in kept
            assert data[:end] == (root / "archives" / stored.span.file).read_bytes()
            shutil.rmtree(root)
