"""Adding and rebuilding: one statement, the same rows, however they came to be there."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.catalog.connection import CatalogDamaged
from archivist.catalog.reader import Catalog, Counts
from archivist.catalog.schema import TABLES
from archivist.catalog.writer import CatalogWriter, in_memory
from archivist.errors import BadManifest, DiskFailed, Locked
from archivist.model.capture import Problem
from tests.unit.catalog.statements import (
    CRANE,
    FILE,
    HARBOUR,
    Numbered,
    archive,
    article,
    capture,
    document,
    event,
    numbered,
    run,
    snapshot,
)


def all_kinds() -> list[Numbered]:
    """Statements of each kind in the order of writing, with readings and documents held by earlier ones."""
    pdf = b"%PDF"
    first = numbered(
        snapshot(
            captures=(capture(), capture(f"{CRANE}/report.pdf", payload=pdf, role="document", offset=100)),
            reading=article(title="Crane falls", published="2026-11-23", site_name="The Courier"),
            documents=(document(pdf, title="Report"),),
        )
    )
    again = numbered(
        snapshot(
            number=2,
            started="2026-11-24T08:00:00.000000Z",
            captures=(
                capture(original=capture(), offset=2000),
                capture(f"{CRANE}/report.pdf", payload=pdf, role="document", offset=2100),
            ),
            same_reading_as=first[0],
            same_documents_as={document(pdf, title="").sha256: first[0]},
            previous=first[0],
            problems=(Problem(code="unreachable", about=f"{CRANE}/logo.png", said="no answer"),),
        )
    )
    return [
        numbered(archive()),
        first,
        *run("AAB", url=HARBOUR),
        again,
        numbered(event()),
        numbered(snapshot(number=3, fingerprint="B", started="2026-11-25T08:00:00.000000Z", is_adopted=True)),
    ]


def rows_after_adding(path: Path, statements: list[Numbered]) -> list[tuple[str | int | None, ...]]:
    """All rows once the statements were added one by one."""
    with CatalogWriter(path) as writer:
        for statement in statements:
            writer.add(*statement)
    with Catalog(path) as catalog:
        return catalog.dump()


def versions(path: Path, key: str = CRANE) -> list[int]:
    """The version number of each snapshot, oldest first."""
    with Catalog(path) as catalog:
        return [row.version for row in catalog.history(key)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the catalog is going to be."""
    return tmp_path / ".archivist" / "catalog.db"


def test_live_equals_rebuilt(path: Path, tmp_path: Path) -> None:
    """A catalog made anew from shuffled files put in order has the rows of the one that grew with the archive."""
    statements = all_kinds()
    live = rows_after_adding(path, statements)
    files = [(place, *statement) for place, statement in enumerate(statements)]
    random.Random(7).shuffle(files)

    CatalogWriter(tmp_path / "again.db").rebuild(statement for _, *statement in sorted(files, key=lambda item: item[0]))  # type: ignore[misc]

    with Catalog(tmp_path / "again.db") as catalog:
        assert live == catalog.dump()
    assert set(TABLES) == {row[0] for row in live}


def test_in_memory_equals_file(path: Path) -> None:
    """A catalog in memory has the rows of one on the disk."""
    statements = all_kinds()

    with in_memory(statements) as catalog:
        assert rows_after_adding(path, statements) == catalog.dump()


def test_twice_is_once(path: Path) -> None:
    """Adding a statement again changes nothing, and says so."""
    statements = all_kinds()
    once = rows_after_adding(path, statements)

    assert once == rows_after_adding(path, statements)
    with CatalogWriter(path) as writer:
        assert not writer.add(*statements[1])
        assert writer.add(*numbered(event(kind="import", offset=1)))


def test_rebuild_replaces(path: Path) -> None:
    """What is not among the statements of a rebuild is gone, and a second rebuild changes nothing."""
    rows_after_adding(path, all_kinds())
    writer = CatalogWriter(path)

    assert 2 == writer.rebuild(run("AB"))
    with Catalog(path) as catalog:
        first = catalog.dump()
    assert 2 == writer.rebuild(run("AB"))

    with Catalog(path) as catalog:
        assert first == catalog.dump()
        assert [CRANE] == [row.key for row in catalog.articles()]
    assert [path.name] == [file.name for file in path.parent.iterdir()]


def test_add_after_rebuild(path: Path) -> None:
    """One writer can rebuild and go on adding, before and after."""
    statements = run("AABBA")
    with CatalogWriter(path) as writer:
        writer.add(*statements[0])
        writer.rebuild(statements[:3])
        writer.add(*statements[3])
        writer.add(*statements[4])

    assert [1, 1, 2, 2, 3] == versions(path)


def test_versions(path: Path) -> None:
    """A A B B A is three versions: what comes back is a new one."""
    rows_after_adding(path, run("AABBA"))

    assert [1, 1, 2, 2, 3] == versions(path)
    with Catalog(path) as catalog:
        row = catalog.article(CRANE)
        assert row is not None
        assert (5, 3) == (row.snapshots, row.versions)
        assert ("2026-11-01T18:15:12.000000Z", "2026-11-05T18:15:12.000000Z") == (row.first_seen, row.last_seen)


def test_gap(path: Path) -> None:
    """A manifest that is missing leaves the numbers of the others as their fingerprints have them."""
    first, _, third, fourth = run("AABB")

    rows_after_adding(path, [first, third, fourth])

    assert [1, 2, 2] == versions(path)


@settings(deadline=None, max_examples=50)
@given(st.permutations(list(range(6))), st.text("AB", min_size=6, max_size=6))
def test_any_order_of_one_article(order: list[int], letters: str) -> None:
    """Versions and names depend on the numbers of the snapshots, not on the order in which they came."""
    statements = [
        numbered(replace(statement, article_reading=article(title=f"Headline {place}", site_name=f"Site {place}")))  # type: ignore[arg-type]
        for place, (_, _, statement) in enumerate(run(letters))
    ]
    with in_memory(statements, has_texts=False) as catalog:
        expected = [(row.id, row.version) for row in catalog.history(CRANE)], catalog.articles()

    with in_memory([statements[place] for place in order], has_texts=False) as catalog:
        assert expected == ([(row.id, row.version) for row in catalog.history(CRANE)], catalog.articles())


def test_reading_held_elsewhere(path: Path) -> None:
    """Headline, dates, site and documents are those of the manifest that holds the reading."""
    rows_after_adding(path, all_kinds())

    with Catalog(path) as catalog:
        first, again, third = catalog.history(CRANE)
        documents = [row for row in catalog.dump() if row[0] == "documents"]

    assert ("Crane falls", "2026-11-23", "The Courier") == (again.title, again.published, again.site)
    assert (first.title, None) == (again.title, third.title)
    assert [("Report", 3), ("Report", 3)] == [row[-3:-1] for row in documents]


def test_article_keeps_its_name(path: Path) -> None:
    """A newest snapshot that could not be read takes neither headline nor site away; without any, the host stands."""
    rows_after_adding(path, all_kinds())

    with Catalog(path) as catalog:
        crane, harbour = catalog.article(CRANE), catalog.article(HARBOUR)

    assert crane is not None
    assert harbour is not None
    assert ("Crane falls", "The Courier") == (crane.title, crane.site)
    assert (None, "courier.example") == (harbour.title, harbour.site)


def test_documents_that_failed(path: Path) -> None:
    """A document that answered with an error is a capture and no document."""
    pdf = f"{CRANE}/report.pdf"
    captures = (capture(), capture(pdf, role="document", status=404, offset=1), capture(pdf, role="redirect", offset=2))

    rows = rows_after_adding(path, [numbered(snapshot(captures=captures))])

    assert [] == [row for row in rows if row[0] == "documents"]


def test_moments_are_normalised(path: Path) -> None:
    """A moment that another program wrote with a zone compares with ours; one that is none is kept."""
    rows_after_adding(
        path,
        [
            numbered(snapshot(started="2026-11-23T19:15:12+01:00")),
            numbered(snapshot(HARBOUR, started="yesterday")),
        ],
    )

    with Catalog(path) as catalog:
        assert ["2026-11-23T18:15:12.000000Z", "yesterday"] == [
            row.started for key in (CRANE, HARBOUR) for row in catalog.history(key)
        ]


def test_hostile_key(path: Path) -> None:
    """An article whose key is no address at all is a row like any other."""
    rows_after_adding(
        path,
        [
            ("0" * 64, "x/0001.json", replace(snapshot(), article="http://[")),
            ("1" * 64, "y", replace(snapshot(), article="")),
        ],
    )

    with Catalog(path) as catalog:
        assert {"http://[": "http://[", "": ""} == {row.key: row.site for row in catalog.articles()}


def test_counts(path: Path) -> None:
    """Counts are those of the rows."""
    rows_after_adding(path, all_kinds())

    with Catalog(path) as catalog:
        assert (
            Counts(statements=8, articles=2, snapshots=6, versions=4, captures=8, documents=2, stored=650)
            == catalog.counts()
        )


def test_failed_rebuild_changes_nothing(path: Path) -> None:
    """A rebuild that dies on a bad statement leaves the old catalog, and no other file."""
    before = rows_after_adding(path, run("AB"))

    def statements() -> Iterator[Numbered]:
        yield from run("ABA")
        raise BadManifest("$.type is missing")

    with pytest.raises(BadManifest):
        CatalogWriter(path).rebuild(statements())

    with Catalog(path) as catalog:
        assert before == catalog.dump()
    assert [path.name] == [file.name for file in path.parent.iterdir()]


def test_log_of_a_killed_writer(path: Path) -> None:
    """A log that belongs to the old file is not replayed into the new one."""
    killed = CatalogWriter(path)
    for statement in run("AAB"):
        killed.add(*statement)
    log = path.with_name(path.name + "-wal").read_bytes()
    killed.close()
    path.with_name(path.name + "-wal").write_bytes(log)

    CatalogWriter(path).rebuild(run("AB", url=HARBOUR))

    assert [1, 2] == versions(path, HARBOUR)
    assert [] == versions(path)
    assert [path.name] == [file.name for file in path.parent.iterdir()]


def test_killed_writer_loses_nothing(path: Path) -> None:
    """What was added before a kill is there for the next reader and the next writer."""
    killed = CatalogWriter(path)
    killed.add(*run("AB")[0])

    assert [1] == versions(path)
    with CatalogWriter(path) as writer:
        writer.add(*run("AB")[1])

    assert [1, 2] == versions(path)
    killed.close()


def test_readers_while_writing(path: Path) -> None:
    """A reader that is open sees each statement once it is added, and does not hold up the writer."""
    with CatalogWriter(path) as writer:
        writer.add(*run("ABA")[0])
        with Catalog(path) as catalog:
            writer.add(*run("ABA")[1])
            assert 2 == len(catalog.history(CRANE))
            writer.close()
            writer.add(*run("ABA")[2])
            assert 3 == len(catalog.history(CRANE))


def test_reader_from_before(path: Path) -> None:
    """A reader that opened the catalog at rest sees what a later writer adds: at rest means unlocked, not frozen."""
    rows_after_adding(path, run("A"))

    with Catalog(path) as catalog:
        assert 1 == len(catalog.history(CRANE))
        rows_after_adding(path, run("AB"))
        assert 2 == len(catalog.history(CRANE))


@pytest.mark.parametrize(
    "content", [b"", b"not a database, but long enough to look at" * 100, b"SQLite format 3\x00" + b"\x00" * 4080]
)
def test_not_a_database(path: Path, content: bytes) -> None:
    """A file that is no database is said to be damaged by the reader, and a rebuild puts a catalog in its place."""
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(CatalogDamaged) as caught:
        Catalog(path)
    assert "reindex" in str(caught.value.hint)
    assert content == path.read_bytes()

    CatalogWriter(path).rebuild(run("AB"))
    assert [1, 2] == versions(path)


def test_damaged_in_the_middle(path: Path) -> None:
    """A page of zeros is said to be damage when it is met, by reader and writer, and never answers wrongly."""
    rows_after_adding(
        path, [statement for day in range(1, 20) for statement in run("AB", url=f"{CRANE}/{day}", day=day)]
    )
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = bytes(len(content) - 4096 * 2)
    path.write_bytes(content)

    with Catalog(path) as catalog, pytest.raises(CatalogDamaged):
        catalog.dump()
    with CatalogWriter(path) as writer, pytest.raises(CatalogDamaged):
        writer.add(*run("AB", url=HARBOUR)[0])


def test_foreign_database(path: Path) -> None:
    """Another program's database is not touched by adding to it."""
    path.parent.mkdir()
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE songs (title TEXT)")
    foreign.close()
    before = path.read_bytes()

    with CatalogWriter(path) as writer, pytest.raises(CatalogDamaged, match="another program"):
        writer.add(*run("A")[0])
    with pytest.raises(CatalogDamaged, match="another program"):
        Catalog(path)

    assert before == path.read_bytes()


def test_later_version(path: Path) -> None:
    """A catalog of a later archivist is neither read nor written."""
    rows_after_adding(path, run("A"))
    later = sqlite3.connect(path)
    later.execute("PRAGMA user_version = 99")
    later.close()

    with pytest.raises(CatalogDamaged, match="of version 99"):
        Catalog(path)
    with CatalogWriter(path) as writer, pytest.raises(CatalogDamaged, match="of version 99"):
        writer.add(*run("A")[0])


def test_locked(path: Path) -> None:
    """Another program's open transaction is named as such."""
    writer = CatalogWriter(path)
    writer.add(*run("AB")[0])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection = writer._connection
    assert connection is not None
    connection.execute("PRAGMA busy_timeout = 0")

    with pytest.raises(Locked):
        writer.add(*run("AB")[1])

    other.execute("ROLLBACK")
    assert writer.add(*run("AB")[1])
    other.close()
    writer.close()


def test_full_disk(path: Path) -> None:
    """A disk that is full is said to be; nothing of the statement is there, and what was before still is."""
    writer = CatalogWriter(path)
    writer.add(*run("AB")[0])
    connection = writer._connection
    assert connection is not None
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    large = snapshot(number=2, captures=tuple(capture(f"{CRANE}/{n}", offset=n) for n in range(2000)))

    with pytest.raises(DiskFailed, match="full"):
        writer.add(*numbered(large))

    writer.close()
    with Catalog(path) as catalog:
        assert 1 == catalog.counts().statements
        assert {FILE: [(1000, 100)]} == catalog.spans()


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    """A place where no catalog can be is the disk's failure, for adding as for rebuilding."""
    (tmp_path / "file").write_bytes(b"")
    writer = CatalogWriter(tmp_path / "file" / "catalog.db")

    with pytest.raises(DiskFailed):
        writer.add(*run("A")[0])
    with pytest.raises(DiskFailed):
        writer.rebuild(run("A"))
