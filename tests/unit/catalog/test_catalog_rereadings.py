"""Snapshots that were read anew: lists show the newest reading, versions are counted by it, references stay true."""

from __future__ import annotations

from pathlib import Path

from archivist.catalog.reader import Catalog
from archivist.catalog.writer import CatalogWriter, in_memory
from tests.unit.catalog.statements import CRANE, Numbered, article, document, numbered, read_anew, run, snapshot

FIRST = numbered(snapshot(reading=article(title="Crane falls", site_name="The Courier"), fingerprint="A"))
SECOND = numbered(
    snapshot(
        number=2, same_reading_as=FIRST[0], previous=FIRST[0], fingerprint="A", started="2026-11-24T08:00:00.000000Z"
    )
)


def test_newest_reading_is_listed() -> None:
    """Headline, fingerprint and reader are those of the last statement that says how the snapshot is read."""
    once = numbered(read_anew(FIRST[0], article(title="Crane collapses"), fingerprint="B", version="0.2.0"))
    twice = numbered(read_anew(FIRST[0], article(title="A crane collapses"), fingerprint="C", version="0.3.0"))

    with in_memory([FIRST, once, twice]) as catalog:
        (row,) = catalog.history(CRANE)

    assert ("A crane collapses", "C", "archivist 0.3.0") == (row.title, row.fingerprint, row.read_by)
    assert (FIRST[0], twice[0]) == (row.id, row.reading)


def test_own_reading_is_the_manifest() -> None:
    """Of a snapshot that nobody read anew, the reading is its manifest's."""
    with in_memory([FIRST]) as catalog:
        (row,) = catalog.history(CRANE)

    assert row.id == row.reading


def test_versions_are_counted_anew() -> None:
    """Two readers made two versions of one; read alike, they are one, and the article is named as it is read now."""
    first, second, third = run("ABC")
    alike = [numbered(read_anew(each[0], article(title="Crane"), fingerprint="Z")) for each in (first, second)]

    with in_memory([first, second, third, *alike]) as catalog:
        assert [1, 1, 2] == [row.version for row in catalog.history(CRANE)]
        found = catalog.article(CRANE)

    assert found is not None
    assert (2, "Crane") == (found.versions, found.title)


def test_next_snapshot_follows_the_newest_reading() -> None:
    """A snapshot that comes after a later reading is held to that reading's fingerprint."""
    later = numbered(read_anew(FIRST[0], article(title="Crane"), fingerprint="Z"))
    second = numbered(snapshot(number=2, same_reading_as=later[0], previous=FIRST[0], fingerprint="Z"))

    with in_memory([FIRST, later, second]) as catalog:
        assert [(1, "Crane"), (1, "Crane")] == [(row.version, row.title) for row in catalog.history(CRANE)]


def test_reference_means_what_it_meant() -> None:
    """A manifest that refers to another's reading means that one, though the other was read anew since."""
    later = numbered(read_anew(FIRST[0], article(title="Crane collapses")))

    with in_memory([FIRST, later, SECOND]) as catalog:
        assert ["Crane collapses", "Crane falls"] == [row.title for row in catalog.history(CRANE)]


def test_reading_of_a_reading() -> None:
    """A later reading may be held by another later reading."""
    one = numbered(read_anew(FIRST[0], article(title="Crane collapses"), fingerprint="B"))
    two = numbered(read_anew(SECOND[0], same_as=one[0], fingerprint="B"))

    with in_memory([FIRST, SECOND, one, two]) as catalog:
        assert ["Crane collapses"] * 2 == [row.title for row in catalog.history(CRANE)]


def test_documents_are_listed_as_read_now() -> None:
    """Title and pages of a document are those of the newest reading of its snapshot."""
    old, new = document(b"%PDF", title="Report"), document(b"%PDF", title="Annual report")
    first = numbered(snapshot(reading=article(title="Crane"), documents=(old,)))
    later = numbered(read_anew(first[0], None, new, same_as=first[0]))

    with in_memory([first, later]) as catalog:
        assert ["Annual report"] == [row[5] for row in catalog.dump() if row[0] == "documents"]


def test_reading_of_an_unknown_snapshot() -> None:
    """A statement about a snapshot that is not there changes no other; `verify` names it."""
    with in_memory([FIRST, numbered(read_anew("0" * 64, article(title="Other")))]) as catalog:
        assert ["Crane falls"] == [row.title for row in catalog.history(CRANE)]


def test_live_equals_rebuilt_with_readings(tmp_path: Path) -> None:
    """The rows are the same whether the readings came one by one or in a rebuild."""
    statements: list[Numbered] = [
        FIRST,
        SECOND,
        numbered(read_anew(FIRST[0], article(title="Crane collapses"), fingerprint="B")),
        numbered(read_anew(SECOND[0], article(title="Crane collapses"), fingerprint="B")),
        numbered(snapshot(number=3, fingerprint="B", started="2026-11-25T08:00:00.000000Z")),
    ]
    with CatalogWriter(tmp_path / "live.db") as writer:
        for statement in statements:
            writer.add(*statement)

    with Catalog(tmp_path / "live.db") as live, in_memory(statements) as rebuilt:
        assert live.dump() == rebuilt.dump()


def test_a_statement_is_found_by_its_id() -> None:
    """The file of any statement, and none for an id that is unknown."""
    with in_memory([FIRST]) as catalog:
        assert FIRST[1] == catalog.statement_path(FIRST[0])
        assert catalog.statement_path("0" * 64) is None
