"""Statements: written once, read for ever."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from archivist.errors import BadManifest, NewerFormat, NotFound
from archivist.model.article import Article, Document, Reading
from archivist.model.manifest import Event, Statement
from archivist.model.picture import PictureFacts
from archivist.proof.canonical import canonical
from archivist.store.durable import AlreadyThere
from archivist.store.layout import Layout
from archivist.store.ledger import Ledger, reading
from tests.unit.store.exchanges import ARCHIVE_ID, STORY, archive_statement, exchange, new_archive, quick_disk, snapshot


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """An empty one."""
    return Ledger(Layout(tmp_path), disk=quick_disk(tmp_path))


def event(at: str = "2026-11-23T18:15:12.000000Z") -> Event:
    """A small one."""
    return Event(archive=ARCHIVE_ID, kind="repair", at=at, software={"archivist": "0"}, said="it was torn")


@pytest.mark.parametrize("statement", [archive_statement(), snapshot(), event()], ids=["archive", "snapshot", "event"])
def test_read_what_was_written(ledger: Ledger, statement: Statement) -> None:
    """A statement comes back equal; its id is the SHA-256 of its file."""
    written = ledger.write(statement)
    assert (written.id, statement) == ledger.read(written.path)
    assert sha256(written.path.read_bytes()).hexdigest() == written.id
    assert statement == ledger.load(written.id)


def test_never_written_over(ledger: Ledger) -> None:
    """A second statement at the same place is refused, and the first one stays."""
    first = ledger.write(snapshot())
    with pytest.raises(AlreadyThere):
        ledger.write(snapshot(fingerprint="e" * 64))
    assert "f" * 64 == ledger.read(first.path)[1].fingerprint  # type: ignore[union-attr]


def test_numbers_and_history(ledger: Ledger) -> None:
    """Numbers go up from 1, and the history has them in order, also beyond four digits."""
    assert 1 == ledger.next_number(STORY)
    previous = None
    for number in (1, 2, 9999, 10000):
        previous = ledger.write(snapshot(number=number, previous=previous)).id
    assert 10001 == ledger.next_number(f"{STORY}?utm_source=mail")
    assert [1, 2, 9999, 10000] == [each.number for _, each in ledger.history(STORY)]
    assert previous == ledger.history(STORY)[-1][0]
    assert () == ledger.history("https://www.example.org/other")


def test_order_of_paths(ledger: Ledger, tmp_path: Path) -> None:
    """The archive's own statement comes first, the snapshots by folder and number, the events last."""
    ledger.write(event())
    ledger.write(snapshot(article="https://z.example/1"))
    ledger.write(snapshot(article="https://a.example/1", number=2))
    ledger.write(snapshot(article="https://a.example/1", number=1))
    ledger.write(archive_statement())
    (tmp_path / "manifests" / "log").mkdir()
    (tmp_path / "manifests" / "log" / "0001.json").write_bytes(b"not ours")
    (tmp_path / "manifests" / "a.example" / ".tmp-1").write_bytes(b"half")
    names = [path.relative_to(tmp_path / "manifests").parts for path in ledger.paths()]
    assert [("archive.json",), ("a.example", "0001.json"), ("a.example", "0002.json"), ("z.example", "0001.json")] == [
        (parts[0], parts[-1]) if len(parts) > 1 else parts for parts in names[:-1]
    ]
    assert "events" == names[-1][0]


def test_load_through_an_index(ledger: Ledger, tmp_path: Path) -> None:
    """What the index knows is taken from there; where it is wrong or silent, the files are searched."""
    one, two = ledger.write(snapshot()), ledger.write(snapshot(number=2))
    for place in (one.path, two.path, tmp_path / "gone", None):
        indexed = Ledger(Layout(tmp_path), disk=quick_disk(tmp_path), find=lambda _, place=place: place)  # type: ignore[misc]
        assert snapshot() == indexed.load(one.id)
    with pytest.raises(NotFound, match="no statement has the id"):
        ledger.load("0" * 64)


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"{", BadManifest, r"0001\.json: statement is not JSON"),
        (b'{ "type":"snapshot"}', BadManifest, r"0001\.json: statement is not canonical JSON"),
        (canonical({"type": "poem"}), BadManifest, r"0001\.json: \$\.type is 'poem'"),
        (canonical({"type": "snapshot", "version": 1}), BadManifest, r"0001\.json: \$\.\w+ is missing"),
        (canonical({"type": "snapshot", "version": 2}), NewerFormat, "format 2"),
    ],
)
def test_damaged(ledger: Ledger, tmp_path: Path, data: bytes, error: type[Exception], said: str) -> None:
    """A file that is no statement is named, with the place in it."""
    path = tmp_path / "manifests" / "h" / "a" / "0001.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    with pytest.raises(error, match=said):
        ledger.read(path)


ARTICLE = Article(url=STORY)


def document(sha: str) -> Document:
    """A document as read."""
    return Document(url=f"https://www.example.org/{sha[0]}.pdf", sha256=sha, media_type="application/pdf")


def test_reading_of_its_own(ledger: Ledger) -> None:
    """A manifest that holds its reading needs no other."""
    own = snapshot(article_reading=ARTICLE, documents=(document("a" * 64),))
    assert Reading(article=ARTICLE, documents=own.documents) == reading(own, ledger.load)


def test_reading_shared(ledger: Ledger, tmp_path: Path) -> None:
    """Parts that are equal to those of earlier manifests are taken from there, in the order of the captures."""
    first = ledger.write(snapshot(article_reading=ARTICLE, documents=(document("b" * 64), document("a" * 64))))
    captures = new_archive(tmp_path).store([exchange()], snapshot="s", page=STORY).captures
    one, two = document(captures[0].payload.sha256), document("a" * 64)
    second = snapshot(
        number=2, captures=captures, documents=(one,), same_reading_as=first.id, same_documents_as={"a" * 64: first.id}
    )
    found = reading(second, ledger.load)
    assert ARTICLE == found.article
    assert (one, two) == found.documents


def test_pictures_shared(ledger: Ledger) -> None:
    """What earlier manifests hold of the article's photos is taken from there."""
    one, two = (PictureFacts(url=f"https://www.example.org/{mark}.jpg", sha256=mark * 64) for mark in "ab")
    first = ledger.write(snapshot(pictures=(one,)))
    second = snapshot(number=2, pictures=(two,), same_pictures_as={"a" * 64: first.id})

    assert (two, one) == reading(second, ledger.load).pictures


@pytest.mark.parametrize(
    "wrong",
    [
        {"same_reading_as": "0" * 64},
        {"same_documents_as": {"a" * 64: "0" * 64}},
        {"same_pictures_as": {"a" * 64: "0" * 64}},
    ],
    ids=["article", "document", "picture"],
)
def test_reading_that_is_missing(ledger: Ledger, wrong: dict[str, object]) -> None:
    """A reference to a manifest that is gone, or holds no such reading, is an error and never an empty reading."""
    with pytest.raises(NotFound):
        reading(snapshot(**wrong), ledger.load)
    for holder in (snapshot(), archive_statement()):
        with pytest.raises(BadManifest):
            reading(snapshot(**wrong), lambda _, holder=holder: holder)  # type: ignore[misc]
