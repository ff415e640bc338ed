"""The index of words follows behind: all of it, in one order, however many bring it up to date, and whatever dies."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from archivist.catalog.connection import CatalogDamaged
from archivist.catalog.indexing import Indexer
from archivist.catalog.query import parse_query
from archivist.catalog.reader import Catalog
from archivist.catalog.writer import CatalogWriter, indexed_copy
from archivist.errors import Locked
from archivist.model.article import Block
from tests.unit.catalog.statements import Numbered, article, numbered, snapshot

TABLES = ("words_data", "words_docsize", "terms", "grams_data")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A catalog whose texts wait."""
    path = tmp_path / ".archivist" / "catalog.db"
    _add(path, _statements(range(40)))
    return path


def _statements(numbers: range) -> list[Numbered]:
    return [
        numbered(snapshot(f"https://courier.example/{number}", reading=article(title=f"Crane number{number} falls")))
        for number in numbers
    ]


def _add(path: Path, statements: list[Numbered]) -> None:
    with CatalogWriter(path) as writer:
        for each in statements:
            writer.add(*each)


def _hits(path: Path, words: str = "crane") -> tuple[int, int]:
    """How many articles a search finds, and how many texts it did not look at."""
    with Catalog(path) as catalog:
        found = catalog.search(parse_query(words), limit=1_000)
    return len(found.hits), found.unindexed


def _finish(path: Path) -> None:
    """Text by text, each in its transaction."""
    with Indexer(path, at_once=1) as indexer:
        while indexer.waiting():
            indexer.index_some()


def _terms(path: Path) -> list[tuple[int, str]]:
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT id, term FROM terms ORDER BY id").fetchall()


def test_what_waits_is_said(path: Path) -> None:
    """A search of a catalog that is behind says how much it did not see, and finds it all afterwards."""
    assert (0, 40) == _hits(path)
    _finish(path)
    assert (40, 0) == _hits(path)

    _add(path, _statements(range(40, 42)))

    assert (40, 2) == _hits(path)
    _finish(path)
    assert (42, 0) == _hits(path)
    assert (1, 0) == _hits(path, "*umber41")


def test_at_rest_it_is_one_file(path: Path) -> None:
    """Nothing stays beside the catalog."""
    _finish(path)

    assert ["catalog.db"] == sorted(each.name for each in path.parent.iterdir())


def test_words_are_listed_as_in_a_rebuild(path: Path, tmp_path: Path) -> None:
    """The same words in the same order, in one piece or in many."""
    _finish(path)
    CatalogWriter(tmp_path / "again.db").rebuild(_statements(range(40)))

    assert _terms(path) == _terms(tmp_path / "again.db")


def test_several_at_once(path: Path) -> None:
    """Each text is taken by one of those that index, while a capture goes on adding."""
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(_finish, path) for _ in range(3)]
        pool.submit(_add, path, _statements(range(40, 60))).result()
        for each in done:
            each.result()
    _finish(path)

    assert (60, 0) == _hits(path)
    with sqlite3.connect(path) as connection:
        for table in ("words", "grams"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()


def test_a_catalog_made_anew_meanwhile(path: Path) -> None:
    """Whoever indexes the file that was replaced goes on with the one that took its place, and harms none."""
    with Indexer(path, at_once=1) as indexer:
        assert 1 == indexer.index_some()
        CatalogWriter(path).rebuild(_statements(range(50)), is_indexed=False)
        with CatalogWriter(path) as writer:
            writer.add(*_statements(range(50, 51))[0])
            indexer.index_some()
        while indexer.waiting():
            indexer.index_some()

    assert (51, 0) == _hits(path)
    assert ["catalog.db"] == sorted(each.name for each in path.parent.iterdir())


def test_a_catalog_that_is_gone(path: Path) -> None:
    """It may be deleted at any time, and none is made by indexing."""
    with Indexer(path) as indexer:
        for each in path.parent.iterdir():
            each.unlink()
        with pytest.raises(CatalogDamaged):
            indexer.index_some()

    with pytest.raises(CatalogDamaged):
        Indexer(path)
    assert not path.exists()


def test_killed_in_the_middle(path: Path) -> None:
    """What a killed indexer had not committed waits again; readers are not disturbed."""
    program = (
        "import os, signal, sys; from pathlib import Path; from archivist.catalog import indexing\n"
        "known = set(); indexer = indexing.Indexer(Path(sys.argv[1]), at_once=1); indexer.index_some()\n"
        "indexer._connection.execute('BEGIN IMMEDIATE')\n"
        "indexing.index_texts(indexer._connection, known=known)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    died = subprocess.run([sys.executable, "-c", program, path], check=False, env=environment)

    assert -signal.SIGKILL == died.returncode
    assert (1, 39) == _hits(path)
    _finish(path)
    assert (40, 0) == _hits(path)


def test_a_writer_that_does_not_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program's endless transaction is said, not waited for."""
    monkeypatch.setattr("archivist.catalog.connection._WAIT", 0.05)
    with sqlite3.connect(path, isolation_level=None) as other, Indexer(path) as indexer:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            indexer.index_some()
        other.execute("ROLLBACK")
        assert 40 == indexer.index_some()
    other.close()


def test_a_copy_is_indexed(path: Path) -> None:
    """Where the catalog may not be written, a copy in memory serves; the file stays as it is."""
    before = path.read_bytes()

    with Catalog(path) as catalog, indexed_copy(catalog) as copy:
        assert 40 == len(copy.search(parse_query("crane"), limit=100).hits)

    assert before == path.read_bytes()


def test_separators_in_a_text_are_blanks(path: Path) -> None:
    """A text may hold what stands between texts: it is found, and parts nothing."""
    odd = replace(article(title="Odd"), blocks=(Block(kind="paragraph", text="nine\x1fcranes\x1estood", path="p"),))
    _add(path, [numbered(snapshot("https://courier.example/odd", reading=odd))])
    _finish(path)

    assert (1, 0) == _hits(path, '"nine cranes stood"')
