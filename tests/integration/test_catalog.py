"""The catalog is a cache: the same rows from scratch, nothing lost without it, and nothing made by reading."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archivist.catalog.reader import Catalog
from archivist.catalog.writer import CatalogWriter
from archivist.errors import DiskFailed
from archivist.model.manifest import Snapshot
from archivist.pipeline.compare import categories_of
from archivist.pipeline.run import Run
from archivist.store.ledger import Written
from tests.integration.conftest import Archive, spawned
from tests.press import Press
from tests.press import responses as r

READING = (
    ("list",),
    ("list", "cranes"),
    ("search", "cranes"),
    ("search", "added:seven"),
    ("log", "URL"),
    ("show", "@last"),
    ("show", "URL@1", "--text"),
    ("diff", "URL"),
    ("cite", "URL"),
    ("status",),
    ("verify",),
    ("verify", "--deep"),
    ("config",),
    *((verb, "URL", "--json") for verb in ("log", "show", "diff", "cite")),
)


def _page(text: str) -> bytes:
    return r.page(f"<h1>Cranes</h1><p>{text}</p><img src='/a.png'>", title="Cranes")


@pytest.fixture
def filled(archive: Archive, press: Press) -> Archive:
    """Two articles, one of them edited, and a run of which nothing was sealed."""
    press.serve("/a.png", r.plain(b"\x89PNG" + bytes(30), media_type="image/png"))
    press.serve("/a", r.plain(_page("Nine cranes stood still.")), r.plain(_page("Seven cranes stood still, they say.")))
    press.serve("/b", r.plain(_page("The ferry is late.")))
    archive.snap(press.url("/a"), press.url("/b"))
    archive.snap(press.url("/a"))
    press.serve("/c", r.plain(_page("Nobody sealed this.")))
    _die_before_seal(archive, press.url("/c"))
    archive.snap(press.url("/b"))
    return archive


def made_anew(filled: Archive) -> list[tuple[str | int | bytes | None, ...]]:
    """The rows of a catalog that was made of the files alone."""
    with tempfile.TemporaryDirectory() as folder, CatalogWriter(Path(folder) / "catalog.db") as writer:
        workspace = filled.workspace
        writer.rebuild(workspace.statements())
        writer.tell(categories_of(workspace))
        with Catalog(Path(folder) / "catalog.db") as catalog:
            return catalog.dump()


def _die_before_seal(archive: Archive, url: str) -> None:
    """A run that stores the records of a page and ends before the manifest is written."""

    class Dying(Run):
        def seal(self, snapshot: Snapshot) -> Written:
            raise DiskFailed("the plug was pulled")

    with pytest.raises(DiskFailed), Dying(archive.workspace) as run:
        list(run.snap([url]))


def test_interrupted_run_is_adopted(filled: Archive, press: Press) -> None:
    """What was stored and not sealed is a late snapshot, which says so."""
    snapshot = filled.snapshot(press.url("/c"))

    assert snapshot.is_adopted
    assert "adopted" in [problem.code for problem in snapshot.problems]
    assert 0 == filled("verify", "--deep").code


def test_adoption_is_told(archive: Archive, press: Press) -> None:
    """The next start says on stderr and in the summary what it adopted."""
    press.serve("/a", r.plain())
    press.serve("/c", r.plain(_page("Nobody sealed this.")))
    archive.snap(press.url("/a"))
    _die_before_seal(archive, press.url("/c"))
    assert archive("status", "--json").json["is_interrupted"]

    said = archive("snap", press.url("/a"), "--json")

    assert f"adopted: an interrupted run had stored {press.url('/c')}" in said.err
    assert [press.url("/c")] == said.lines[-1]["summary"]["adopted"]
    assert not archive("status", "--json").json["is_interrupted"]


def test_reindex_gives_the_same_rows(filled: Archive) -> None:
    """After snapshots, edits and an adoption, the rows made one by one equal those made from the files."""
    with Catalog(filled.workspace.layout.catalog) as live:
        rows = live.dump()

    assert rows == made_anew(filled)
    assert 0 == filled("reindex").code
    with Catalog(filled.workspace.layout.catalog) as rebuilt:
        assert rows == rebuilt.dump()


def test_the_cache_may_be_deleted(filled: Archive, press: Press) -> None:
    """Without .archivist every reading verb says the same, and makes nothing."""
    words = [[press.url("/a") + each[3:] if each.startswith("URL") else each for each in line] for line in READING]
    before = [filled(*line) for line in words]
    shutil.rmtree(filled.root / ".archivist")
    files = filled.files()

    after = [filled(*line) for line in words]

    for line, one, other in zip(words, before, after, strict=True):
        assert one.code == other.code == 0, (line, one, other)
        if line[0] != "status":
            assert one.out == other.out, line
    assert files == filled.files()
    assert not (filled.root / ".archivist").exists()


def test_reading_changes_nothing(filled: Archive, press: Press) -> None:
    """With the cache in place and up to date, no reading verb changes, adds or removes a file, or touches one."""
    assert 0 == filled("search", "cranes").code
    before = filled.files()
    times = _times(filled.root)

    for line in READING:
        said = filled(*[press.url("/a") + each[3:] if each.startswith("URL") else each for each in line])
        assert 0 == said.code, (line, said)

    assert before == filled.files()
    assert times == _times(filled.root)


def _times(root: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(root.rglob("*"))}


@pytest.mark.parametrize("has_cache", [True, False])
def test_a_read_only_copy_can_be_read(has_cache: bool, filled: Archive, press: Press) -> None:
    """An archive that may only be read is as good as any for reading; writing says what is wrong: 8."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        copy = Path(folder) / "copy"
        shutil.copytree(filled.root, copy)
        if not has_cache:
            shutil.rmtree(copy / ".archivist")
        for path in [copy, *copy.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        words = [["list"], ["log", "URL"], ["show", "@last"], ["diff", "URL"], ["cite", "URL"], ["status"], ["verify"]]
        commands = [[press.url("/a") if word == "URL" else word for word in line] for line in words]
        expected = [filled(*line).code for line in commands]
        try:
            with _bound_by_permissions():
                said = [Archive(copy)(*line) for line in commands]
                written = Archive(copy)("snap", press.url("/a"))
        finally:
            for path in [copy, *copy.rglob("*")]:
                path.chmod(0o755)

    assert expected == [each.code for each in said], said
    assert written.is_clean_error(8), written
    assert "permission" in written.err


@contextmanager
def _bound_by_permissions() -> Iterator[None]:
    """For the superuser, whom they do not bind: everybody else's rights."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_lost_catalog_is_rebuilt_by_the_next_run(filled: Archive, press: Press) -> None:
    """A run that finds no catalog makes one of everything, and goes on numbering."""
    numbers = filled.snapshot(press.url("/a")).number
    shutil.rmtree(filled.root / ".archivist")

    (line,) = filled.snap(press.url("/a"))

    assert numbers + 1 == line["number"]
    with Catalog(filled.workspace.layout.catalog) as live:
        assert live.dump() == made_anew(filled)


@pytest.mark.parametrize("junk", [b"", b"junk" * 999, b"SQLite format 3\x00" + bytes(200)])
def test_damaged_catalog_is_no_loss(junk: bytes, filled: Archive, press: Press) -> None:
    """A catalog that is none is passed by for reading, and made anew for writing."""
    (filled.root / ".archivist" / "catalog.db").write_bytes(junk)

    assert press.url("/a") in filled("log", press.url("/a")).out
    (line,) = filled.snap(press.url("/a"))
    assert 3 == line["number"]


def test_a_process_that_reads_while_another_writes(filled: Archive) -> None:
    """A reader in another process, during a run, sees what was acknowledged."""
    with Run(filled.workspace):
        said = spawned("-C", filled.root, "list", "--json")

    assert 0 == said.code
    assert 3 == json.loads(said.out.splitlines()[-1])["summary"]["articles"]


def test_a_search_finds_what_was_captured_last(archive: Archive, press: Press) -> None:
    """A capture leaves its words to be indexed; a search does that before it answers, and the next one need not."""
    press.serve("/a", r.plain(_page("Nine cranes stood still.")))
    archive.snap(press.url("/a"))
    with Catalog(archive.root / ".archivist" / "catalog.db") as catalog:
        assert 1 == catalog.waiting()

    said = archive("search", "cranes", "--json")

    assert (0, "") == (said.code, said.err)
    assert ([press.url("/a")], 1) == ([line["article"] for line in said.lines[:-1]], said.lines[-1]["summary"]["hits"])
    with Catalog(archive.root / ".archivist" / "catalog.db") as catalog:
        assert 0 == catalog.waiting()


def test_a_search_says_what_it_could_not_see(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing may be written, and the catalog is too large to be copied, no snapshot is missed in silence."""
    press.serve("/a", r.plain(_page("Nine cranes stood still.")))
    archive.snap(press.url("/a"))
    monkeypatch.setattr("archivist.verbs.search.MAX_COPY", 0)
    monkeypatch.setattr("archivist.catalog.connection._WAIT", 0.05)
    with sqlite3.connect(archive.root / ".archivist" / "catalog.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        said = archive("search", "cranes", "--json")
        told = archive("search", "cranes")
        other.execute("ROLLBACK")
    other.close()

    assert (1, 1) == (said.code, said.lines[-1]["summary"]["unindexed_texts"])
    assert "note: 1 texts that were captured last are not indexed" in told.err
    assert 0 == archive("search", "cranes").code


def test_a_run_brings_the_index_up_to_date(archive: Archive, press: Press) -> None:
    """Under cron nobody waits: a run leaves nothing for the next search to do."""
    press.serve("/a", r.plain(_page("Nine cranes stood still.")))
    archive("watch", press.url("/a"))

    assert 0 == archive("run").code

    with Catalog(archive.root / ".archivist" / "catalog.db") as catalog:
        assert 0 == catalog.waiting()
