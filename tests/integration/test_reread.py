"""Old captures read anew: new statements, nothing overwritten, and every command uses the newest reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archivist.demo.content import SILENT_EDITS
from archivist.demo.report import safety_report
from archivist.errors import BadDocument, DiskFailed
from archivist.model.article import Document
from archivist.model.page import PageReading
from archivist.model.picture import PictureFacts
from archivist.sandbox import Picture, Sandbox
from archivist.store.ledger import Ledger, Written
from tests.integration.conftest import Archive
from tests.press import Newsroom, Press
from tests.press import responses as r

_PAGE = Sandbox.page


def _older_page(self: Sandbox, data: bytes, **how: Any) -> PageReading:
    """A reader that knows no bylines, and takes the first photo for all."""
    read = _PAGE(self, data, **how)
    article = read.article
    if article is None:
        return read
    fields = {name: settled for name, settled in article.fields.items() if name != "authors"}
    return replace(read, article=replace(article, fields=fields, photos=article.photos[:1]))


def _page_without_links(self: Sandbox, data: bytes, **how: Any) -> PageReading:
    """A reader that sees no documents."""
    read = _PAGE(self, data, **how)
    assert read.article is not None
    return replace(read, article=replace(read.article, documents=()), possible=())


def _unable(self: Sandbox, *_: object, url: str, **__: object) -> PageReading:
    raise BadDocument(f"reading the page {url} took longer than 30 seconds")


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """The Courier under its own name."""
    with Press() as press:
        room = Newsroom(press)
        monkeypatch.setenv("ARCHIVIST_FETCH_RESOLVE", f"{room.host}={press.address}")
        yield room


@pytest.fixture
def old(archive: Archive, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Two snapshots, alike, as an older reader read them."""
    with monkeypatch.context() as earlier:
        earlier.setattr(Sandbox, "page", _older_page)
        earlier.setattr("archivist.__version__", "0.0.1")
        archive.snap(newsroom.url)
        archive.snap(newsroom.url)
    return archive


def _dump(archive: Archive) -> list[tuple[str | int | None, ...]]:
    workspace = archive.workspace
    rows = workspace.catalog.dump()
    workspace.close_catalog()
    return rows


def _events(archive: Archive) -> list[Path]:
    return sorted(archive.root.glob("manifests/events/*/*-reading-*.json"))


def _authors(archive: Archive, words: str = "@last") -> object:
    return archive("show", words, "--json").json["reading"]["article"]["fields"].get("authors")


def test_what_is_read_otherwise_is_said(old: Archive) -> None:
    """Each snapshot has a statement of its own; the second refers to the first, and no older file has changed."""
    assert _authors(old) is None
    before = old.files()

    said = old("reindex", "--reread", "--json")

    assert (0, "") == (said.code, said.err)
    first, second, last = said.lines
    assert {"summary": {"changed": 2, "same": 0, "failed": 0, "unsigned": 0}} == last
    assert {"authors": {"old": [], "new": ["Ottilie Brandvold"]}} == first["changes"]["fields"]
    assert {"photos", "pictures", "version"} == set(first["changes"]["parts"])
    assert ["changed", "changed"] == [first["state"], second["state"]]
    assert 2 == len(_events(old))
    after = old.files()
    kept = [name for name in before if not name.startswith(".archivist/") and name != "manifests/log/checkpoint"]
    assert {name: before[name] for name in kept} == {name: after[name] for name in kept}
    workspace = old.workspace
    statements = [workspace.ledger.read(path)[1] for path in _events(old)]
    held = [statement.reread.held for statement in statements]  # type: ignore[union-attr]
    assert [False, True] == [each.article is None for each in held]
    assert first["statement"] == held[1].same_as


def test_newest_reading_is_used(old: Archive, newsroom: Newsroom) -> None:
    """show, cite, log and diff go by the newest reading, and say what read it."""
    old("reindex", "--reread")

    shown = old("show", "@last", "--json").json

    assert "Ottilie Brandvold" == shown["reading"]["article"]["fields"]["authors"]["values"][0]["value"]
    assert shown["read"]["statement"] != shown["id"]
    assert "authors" not in shown["manifest"]["reading"].get("article", {}).get("fields", {})
    assert "anew" in old("show", "@last").out
    cited = old("cite", "@last", "--json").json
    assert "Brandvold" in cited["text"]
    assert cited["read_by"].startswith("archivist ")
    assert old("log", newsroom.url, "--json").lines[0]["read_by"].startswith("archivist ")
    newsroom.edit_silently(*SILENT_EDITS[0])
    old.snap(newsroom.url)
    edit = old("diff", newsroom.url, "--json").json
    assert "byline_changed" not in edit["categories"]
    assert "undeclared" == edit["verdict"]["kind"]


def test_versions_are_those_of_the_present_reader(archive: Archive, newsroom: Newsroom, old: Archive) -> None:
    """Where two readers made two versions of one article, reading both alike makes them one."""
    (third,) = archive.snap(newsroom.url)
    assert third["is_new_version"]
    assert 2 == archive("log", newsroom.url, "--json").lines[-1]["summary"]["versions"]

    old("reindex", "--reread")

    assert 1 == archive("log", newsroom.url, "--json").lines[-1]["summary"]["versions"]
    (fourth,) = archive.snap(newsroom.url)
    assert not fourth["is_new_version"]


def test_next_snapshot_refers_to_the_newest_reading(old: Archive, newsroom: Newsroom) -> None:
    """What a later reading holds is not repeated by the snapshots that follow."""
    said = old("reindex", "--reread", "--json").lines

    (line,) = old.snap(newsroom.url)

    assert not line["is_new_version"]
    assert said[0]["statement"] == old.snapshot().same_reading_as
    assert "Ottilie Brandvold" in old("show", "@last").out
    assert 0 == old("verify", "--deep").code


def test_what_is_known_is_not_said_again(old: Archive) -> None:
    """A second time nothing is written: neither a statement nor a checkpoint."""
    old("reindex", "--reread")
    before = {name: data for name, data in old.files().items() if not name.startswith(".archivist/")}

    said = old("reindex", "--reread")

    assert 0 == said.code
    assert "0 read otherwise than before, 2 as before" in said.out
    assert before == {name: data for name, data in old.files().items() if not name.startswith(".archivist/")}


def test_rows_come_back(old: Archive, newsroom: Newsroom) -> None:
    """A catalog made from archives/ and manifests/ alone has the same rows."""
    old("reindex", "--reread")
    old.snap(newsroom.url)
    grown = _dump(old)

    old("reindex")

    assert grown == _dump(old)


def test_readings_are_verified(old: Archive) -> None:
    """The archive is whole with them, a snapshot too; and a byte that changes in one is named."""
    old("reindex", "--reread")
    assert 0 == old("verify", "--deep").code
    assert 0 == old("verify", "@last").code
    path = _events(old)[0]
    data = path.read_bytes()
    at = data.index(b"Brandvold")

    path.write_bytes(data[:at] + b"b" + data[at + 1 :])

    for words in (
        ("verify",),
        ("verify", "http://courier.example/2026/11/harbour-cranes-worked-past-inspection-date@1"),
    ):
        said = old(*words)
        assert 1 == said.code
    assert path.name in old("verify").out


def test_people_are_told_by_article(old: Archive, newsroom: Newsroom) -> None:
    """Each article once, then its snapshots with what is read otherwise."""
    said = old("reindex", "--reread")

    assert 1 == said.out.count(newsroom.url)
    assert 2 == said.out.count("authors  unknown → Ottilie Brandvold")
    assert "2 read otherwise than before, 0 as before" in said.out


def test_interrupted_and_run_again(old: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the disk failed in the middle, the same command goes on, and the rows are those of one go."""
    write = Ledger.write

    def failing(self: Ledger, statement: Any) -> Written:
        if _events(old):
            raise DiskFailed("no space left on device", hint="make room")
        return write(self, statement)

    with monkeypatch.context() as full:
        full.setattr(Ledger, "write", failing)
        assert 8 == old("reindex", "--reread").code
    assert 1 == len(_events(old))

    said = old("reindex", "--reread", "--json")

    assert {"changed": 1, "same": 1, "failed": 0, "unsigned": 0} == said.lines[-1]["summary"]
    assert 2 == len(_events(old))
    grown = _dump(old)
    old("reindex")
    assert grown == _dump(old)
    assert 0 == old("verify", "--deep").code


def test_a_reading_that_fails_takes_nothing_away(
    archive: Archive, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could be read once stays read; the person is told, and the exit code says that something failed."""
    archive.snap(newsroom.url)
    monkeypatch.setattr(Sandbox, "page", _unable)

    said = archive("reindex", "--reread")

    assert 3 == said.code
    assert "could not be read anew" in said.out
    assert [] == _events(archive)
    assert "Ottilie Brandvold" in archive("show", "@last").out


def test_a_damaged_record_stops_no_other(old: Archive, newsroom: Newsroom) -> None:
    """A snapshot whose records are damaged is told; the others are read."""
    page = old.snapshot(f"{newsroom.url}@1").page
    assert page is not None
    warc = old.root / "archives" / page.record.file
    data = bytearray(warc.read_bytes())
    data[page.record.offset + page.record.length // 2] ^= 0xFF
    warc.write_bytes(bytes(data))

    said = old("reindex", "--reread", "--json")

    assert 3 == said.code
    assert "failed" in [line.get("state") for line in said.lines]


def test_documents_are_read_anew(archive: Archive, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that is read otherwise is said with the snapshot, and shared with those that have the same bytes."""
    whole = Sandbox.document

    def older(self: Sandbox, source: Any, **how: Any) -> Document:
        return replace(whole(self, source, **how), fields={})

    with monkeypatch.context() as earlier:
        earlier.setattr(Sandbox, "document", older)
        archive.snap(newsroom.url)
    archive.snap(newsroom.url)
    assert all("fields" not in each for each in archive("show", "@last", "--json").json["reading"]["documents"])

    first, second, _ = archive("reindex", "--reread", "--json").lines

    assert ["documents"] == first["changes"]["parts"] == second["changes"]["parts"]
    assert all(each["fields"]["title"] for each in archive("show", "@last", "--json").json["reading"]["documents"])
    holder = archive.workspace.ledger.load(second["statement"]).reread.held  # type: ignore[union-attr]
    assert ((), {first["statement"]}) == (holder.documents, set(holder.same_documents_as.values()))


def test_pictures_are_read_anew(archive: Archive, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older reader did not look for in the files of photos is said, once for all snapshots that show them."""
    with monkeypatch.context() as earlier:
        earlier.setattr(Sandbox, "pictures", lambda _, all_: [PictureFacts(url=p.url, sha256=p.sha256) for p in all_])
        archive.snap(newsroom.url)
        archive.snap(newsroom.url)
    assert "pictures" not in archive("show", "@last", "--json").json["reading"]

    first, second, last = archive("reindex", "--reread", "--json").lines

    assert ["pictures"] == first["changes"]["parts"] == second["changes"]["parts"]
    assert (2, 0) == (last["summary"]["changed"], last["summary"]["failed"])
    assert all(each["fields"]["credit"] for each in archive("show", "@last", "--json").json["reading"]["pictures"])
    held = archive.workspace.ledger.load(second["statement"]).reread.held  # type: ignore[union-attr]
    assert ((), {first["statement"]}) == (held.pictures, set(held.same_pictures_as.values()))
    archive.snap(newsroom.url)
    assert {first["statement"]} == set(archive.snapshot().same_pictures_as.values())
    assert "picture http" in archive("show", "@last").out
    assert 3 == archive("reindex", "--reread", "--json").lines[-1]["summary"]["same"]
    assert 0 == archive("verify", "--deep").code


def test_pictures_that_cannot_be_read_stay_read(
    archive: Archive, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the file of a photo once said is not given up because it could not be read this time."""

    def unable(_: Sandbox, pictures: Sequence[Picture]) -> list[BadDocument]:
        return [BadDocument(f"reading the picture {each.url} took longer than 30 seconds") for each in pictures]

    archive.snap(newsroom.url)
    monkeypatch.setattr(Sandbox, "pictures", unable)

    said = archive("reindex", "--reread")

    assert 3 == said.code
    assert "could not be read anew" in said.out
    assert [] == _events(archive)


def test_links_that_words_call_documents(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server answered with a page is no document when it is read anew, nor is what it was never asked for."""
    text = "The harbour authority kept nine of its cranes at work after their inspection had lapsed, and said so late. "
    links = "".join(f"<p>{text * 3}<a href='/{name}'>The {name}</a> (PDF)</p>" for name in ("report", "page"))
    press.serve("/a", r.plain(r.page(f"<main><article><h1>Cranes at work</h1>{links}</article></main>")))
    press.serve("/report", r.pdf(safety_report(1)))
    press.serve("/page", r.plain(r.page("<h1>About the report</h1>")))
    archive.snap(press.url("/a"))
    with monkeypatch.context() as earlier:
        earlier.setattr(Sandbox, "page", _page_without_links)
        archive.snap(press.url("/a"))
    article = archive.snapshot(f"{press.url('/a')}@1").article_reading
    assert article is not None
    assert [press.url("/report")] == [link.url for link in article.documents]

    said = archive("reindex", "--reread", "--json").lines

    assert ["same", "same"] == [line["state"] for line in said[:-1]]


def test_a_sealed_archive_is_not_read_anew(old: Archive) -> None:
    """Where nothing may be added, nothing is."""
    old.setting("[archive]\nsealed = true\n")

    said = old("reindex", "--reread")

    assert 2 == said.code
    assert "sealed" in said.err
    assert [] == _events(old)
