"""What the catalog answers, and that asking leaves no trace."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from archivist.catalog.connection import CatalogDamaged
from archivist.catalog.reader import Catalog, OriginalRow
from archivist.catalog.writer import CatalogWriter, in_memory
from archivist.errors import NotFound, UsageError
from archivist.model.capture import Capture
from tests.unit.catalog.statements import (
    CRANE,
    FILE,
    HARBOUR,
    Numbered,
    archive,
    capture,
    event,
    numbered,
    run,
    snapshot,
)

LOGO = "https://courier.example/logo.png"
PNG = b"\x89PNG"
DIGEST = hashlib.sha256(PNG).hexdigest()


def logo(uri: str = LOGO, *, day: int, offset: int, original: Capture | None = None) -> Capture:
    """A capture of the logo."""
    date = f"2026-11-{day:02}T00:00:00.000000Z"
    return capture(uri, payload=PNG, role="requisite", date=date, offset=offset, original=original)


def holding(*captures: Capture) -> list[Numbered]:
    """One snapshot with these captures."""
    return [numbered(snapshot(captures=captures))]


def original(statements: list[Numbered], *, uri: str = LOGO, length: int = len(PNG)) -> OriginalRow | None:
    """The original of the logo among these statements."""
    with in_memory(statements) as catalog:
        return catalog.original(uri, DIGEST, length)


def written(path: Path, statements: list[Numbered]) -> Path:
    """The catalog file of these statements."""
    with CatalogWriter(path) as writer:
        for statement in statements:
            writer.add(*statement)
    return path


def test_original_newest() -> None:
    """Of several stored responses, the newest is the original, with the place of its record."""
    newest = logo(day=2, offset=20)

    found = original(holding(logo(day=1, offset=10), newest, logo(day=1, offset=30)))

    assert OriginalRow(uri=LOGO, date=newest.date, record=newest.record) == found


def test_original_same_address() -> None:
    """The same address goes before a newer response of another."""
    found = original(holding(logo(day=1, offset=10), logo(HARBOUR, day=5, offset=20)))

    assert found is not None
    assert LOGO == found.uri


def test_original_elsewhere() -> None:
    """Without one of the same address, the newest of any other is the original."""
    found = original(holding(logo(CRANE, day=1, offset=10), logo(HARBOUR, day=5, offset=20)))

    assert found is not None
    assert HARBOUR == found.uri


def test_no_original() -> None:
    """Revisits, truncated and carried captures, other lengths and other payloads are never originals."""
    first = logo(day=1, offset=10)

    assert original(holding(replace(first, truncated="length"))) is None
    assert original(holding(replace(first, is_carried=True))) is None
    assert original(holding(logo(day=2, offset=20, original=first))) is None
    assert original(holding(first), length=5) is None
    assert original(holding(capture(LOGO))) is None
    assert original([]) is None


def test_original_uses_the_index() -> None:
    """The look-up that every capture makes is a search of the partial index, however many captures there are."""
    with in_memory([]) as catalog:
        plan = catalog._rows(
            "EXPLAIN QUERY PLAN SELECT uri FROM captures WHERE is_revisit = 0 AND is_truncated = 0"
            " AND is_carried = 0 AND sha256 = '' AND length = 1 AND uri = '' ORDER BY date DESC LIMIT 1"
        )

    assert ["SEARCH captures USING INDEX originals (sha256=? AND uri=?)"] == [row[3] for row in plan]


def test_articles_and_history() -> None:
    """Articles come newest first, snapshots oldest first with all that the manifest says of them."""
    with in_memory([*run("AB", day=3), *run("A", url=HARBOUR)]) as catalog:
        assert [CRANE, HARBOUR] == [row.key for row in catalog.articles()]
        first, second = catalog.history(CRANE)
        assert catalog.article("https://nowhere.example/") is None
        assert [] == catalog.history("https://nowhere.example/")

    assert (1, 1, 2, 2) == (first.number, first.version, second.number, second.version)
    assert "courier.example/crane-collapse-" in first.path
    assert first.path.endswith("/0001.json")
    assert (CRANE, hashlib.sha256(b"page").hexdigest(), 4, 1) == (
        first.page_uri,
        first.page_sha256,
        first.bytes,
        first.captures,
    )
    assert "article" == first.verdict
    assert first.is_adopted is False


def test_spans() -> None:
    """Spans of snapshots and of other statements stand in the order of the file."""
    with in_memory([numbered(event(offset=9000)), *run("AB")]) as catalog:
        assert {FILE: [(1000, 100), (2000, 100), (9000, 50)]} == catalog.spans()


def test_statement_ids() -> None:
    """All ids are there, in the order of writing."""
    statements = [numbered(archive()), *run("AB"), numbered(event())]

    with in_memory(statements) as catalog:
        assert [statement[0] for statement in statements] == catalog.statement_ids()


def test_snapshot_by_prefix() -> None:
    """A prefix finds its one snapshot, none is not found, several are listed so that they can be told apart."""
    ids = ["7f3a9c" + "0" * 57 + "1", "7f3a9c" + "0" * 57 + "2", "7f3a9d" + "0" * 58]
    statements = [numbered(statement, as_id=made) for made, (_, _, statement) in zip(ids, run("ABA"), strict=True)]

    with in_memory(statements) as catalog:
        assert ids[2] == catalog.snapshot("7f3a9d").id
        assert ids[0] == catalog.snapshot(ids[0]).id
        with pytest.raises(NotFound):
            catalog.snapshot("7f3a9e")
        with pytest.raises(UsageError) as caught:
            catalog.snapshot("7f3a9c")
    assert all(made in str(caught.value) for made in ids[:2])
    assert ids[2] not in str(caught.value)


def test_many_candidates_are_cut() -> None:
    """No more than ten candidates are listed, and the cut is shown."""
    statements = [
        numbered(statement, as_id=f"abcdef{number:058}") for number, (_, _, statement) in enumerate(run("A" * 12))
    ]

    with in_memory(statements) as catalog, pytest.raises(UsageError) as caught:
        catalog.snapshot("abcdef")

    assert 10 == str(caught.value).count("courier.example")
    assert str(caught.value).endswith("…")


def test_absent(tmp_path: Path) -> None:
    """Opening a catalog that is not there creates neither file nor folder."""
    with pytest.raises(CatalogDamaged, match="there is no catalog"):
        Catalog(tmp_path / "none" / "catalog.db")

    assert [] == list(tmp_path.iterdir())


def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    """Reading creates no file and changes no byte, at rest and after a copy that was made of a writer at work."""
    path = written(tmp_path / "catalog.db", run("AB"))
    before = path.read_bytes()
    with Catalog(path) as catalog:
        assert 2 == len(catalog.history(CRANE))
        assert [path] == list(tmp_path.iterdir())
    assert [path] == list(tmp_path.iterdir())
    assert before == path.read_bytes()

    in_wal_mode = bytearray(before)
    in_wal_mode[18:20] = b"\x02\x02"
    path.write_bytes(in_wal_mode)
    with Catalog(path) as catalog:
        assert 2 == len(catalog.history(CRANE))
    assert [path] == list(tmp_path.iterdir())


def test_reader_cannot_write(tmp_path: Path) -> None:
    """The connection of a reader refuses to write."""
    with Catalog(written(tmp_path / "catalog.db", run("A"))) as catalog:
        with pytest.raises(Exception, match="readonly"):
            catalog._rows("DELETE FROM articles")
        assert 1 == catalog.counts().articles


def test_odd_path(tmp_path: Path) -> None:
    """A folder with the characters that mean something in a URI is a folder like any other."""
    path = written(tmp_path / "50% of #1? é" / "catalog.db", run("A"))

    with Catalog(path) as catalog:
        assert 1 == catalog.counts().snapshots


def test_threads(tmp_path: Path) -> None:
    """Threads share one catalog."""
    answers: list[int] = []
    with Catalog(written(tmp_path / "catalog.db", run("AAB"))) as catalog:
        threads = [
            threading.Thread(target=lambda: answers.extend(len(catalog.history(CRANE)) for _ in range(50)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [3] * 200 == answers


ROOT = Path(__file__).parents[3]

READS = """
import sys
from pathlib import Path
from archivist.catalog.reader import Catalog
from archivist.catalog.select import find
with Catalog(Path(sys.argv[1])) as catalog:
    print(find(catalog, "@last").number)
assert "sqlite_utils" not in sys.modules
"""

WRITES = """
import sys
from pathlib import Path
from tests.unit.catalog.statements import run
from archivist.catalog.writer import CatalogWriter
with CatalogWriter(Path(sys.argv[1])) as writer:
    print(writer.add(*run("AB")[1]))
assert "sqlite_utils" not in sys.modules
"""


def test_reading_imports_no_sqlite_utils(tmp_path: Path) -> None:
    """A cold start that reads does not pay for sqlite_utils, lxml or requests."""
    path = written(tmp_path / "catalog.db", run("AB"))

    trace = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", READS, str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )

    assert "2\n" == trace.stdout
    assert "sqlite3" in trace.stderr
    assert not any(heavy in trace.stderr for heavy in ("sqlite_utils", "lxml", "requests", "warcio"))


def test_adding_imports_no_sqlite_utils(tmp_path: Path) -> None:
    """Adding to a current catalog does not pay for it either."""
    path = written(tmp_path / "catalog.db", run("AB")[:1])

    done = subprocess.run(
        [sys.executable, "-c", WRITES, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "True\n" == done.stdout
