"""The confined reader: whatever becomes of it, the bytes are stored, the run goes on, and the manifest says so."""

from __future__ import annotations

import pytest

from archivist.pipeline.run import Run
from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r

ARTICLE = r.plain(r.page("<h1>Cranes</h1><p>The cranes stood still.</p>", title="Cranes"))


def test_reading_that_takes_too_long(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of time, a page is stored unread: 3, and the manifest names the limit."""
    monkeypatch.setenv("ARCHIVIST_READ_SECONDS", "0.001")
    press.serve("/a", ARTICLE)

    said = archive("snap", press.url("/a"))

    assert 3 == said.code, said
    snapshot = archive.snapshot()
    (problem,) = [each for each in snapshot.problems if each.code == "unreadable"]
    assert f"reading the page {press.url('/a')} took longer than 0.001 seconds" == problem.said
    assert problem.said in said.out
    assert snapshot.article_reading is None
    page = snapshot.page
    assert page is not None
    assert press.sent("/a") == archive.block(page)
    assert 0 == archive("verify", "--deep").code


def test_reader_that_is_killed_between_two_pages(archive: Archive, press: Press) -> None:
    """A reader that died is started again, and the next page is read."""
    press.serve("/a", ARTICLE)
    press.serve("/b", ARTICLE)
    archive.snap(press.url("/a"))

    with Run(archive.workspace) as run:
        (first,) = run.snap([press.url("/a")])
        run.sandbox._child.kill()
        run.sandbox._child.wait()
        (second,) = run.snap([press.url("/b")])

    for outcome in (first, second):
        assert "Cranes" == outcome.title  # type: ignore[union-attr]
        assert () == outcome.snapshot.problems  # type: ignore[union-attr]


def test_page_larger_than_is_read(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a page beyond the limit the beginning is read, and all is stored."""
    monkeypatch.setenv("ARCHIVIST_READ_MAX_PAGE", "2000")
    body = r.page("<h1>Cranes</h1>" + "<p>The cranes stood still.</p>" * 1000)
    press.serve("/a", r.plain(body))

    archive.snap(press.url("/a"), code=-1)

    page = archive.snapshot().page
    assert page is not None
    assert body == b"".join(archive.workspace.reader.payload(page))
    assert "Cranes" in archive("list").out


def test_answer_larger_than_is_kept(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body beyond [fetch] max_bytes is cut, marked and told; the run goes on."""
    monkeypatch.setenv("ARCHIVIST_FETCH_MAX_BYTES", "50000")
    press.serve("/huge", r.plain(r.page("<p>x</p>" * 50_000)))
    press.serve("/a", ARTICLE)

    archive.snap(press.url("/huge"), press.url("/a"), code=3)

    page = archive.snapshot(press.url("/huge")).page
    assert page is not None
    assert "length" == page.truncated
    assert 50_000 == len(archive.block(page))
    assert "truncated" in [problem.code for problem in archive.snapshot(press.url("/huge")).problems]
    assert () == archive.snapshot(press.url("/a")).problems


def test_bomb_is_bounded(archive: Archive, press: Press) -> None:
    """A small body that unpacks to gigabytes is stored as sent, and called undecodable."""
    press.serve("/bomb", r.bomb(256 << 20))

    archive.snap(press.url("/bomb"), code=3)

    snapshot = archive.snapshot()
    assert {"undecodable"} <= {problem.code for problem in snapshot.problems}
    page = snapshot.page
    assert page is not None
    assert press.sent("/bomb") == archive.block(page)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 4096,
        b"<" * 200_000,
        b"<div>" * 60_000,
        b"<!DOCTYPE html><html><p>\xff\xfe\xd8\x00 \xed\xa0\x80",
        b"{}",
    ],
    ids=["empty", "zeros", "open", "deep", "no text", "json"],
)
def test_odd_pages_are_read_or_said(body: bytes, archive: Archive, press: Press) -> None:
    """Whatever is sent as HTML: it is stored, and what was read of it can be shown."""
    press.serve("/a", r.plain(body))

    archive.snap(press.url("/a"), code=-1)

    page = archive.snapshot().page
    assert page is not None
    assert body == b"".join(archive.workspace.reader.payload(page))
    assert 0 == archive("show", "@last", "--text").code


def test_damaged_document_is_stored_unread(archive: Archive, press: Press) -> None:
    """A PDF that is none is evidence all the same: stored, with a problem, 3."""
    press.serve("/a", r.plain(r.page("<article><h1>Cranes</h1><p>Read <a href='/x.pdf'>the report</a>.</p></article>")))
    press.serve("/x.pdf", r.pdf(b"%PDF-1.7 and then nothing"))

    archive.snap(press.url("/a"), code=3)

    snapshot = archive.snapshot()
    assert [(press.url("/x.pdf"), "unreadable")] == [(each.about, each.code) for each in snapshot.problems]
    assert press.url("/x.pdf") in [capture.uri for capture in snapshot.captures if capture.role == "document"]


def test_documents_of_kinds_that_are_not_read(archive: Archive, press: Press) -> None:
    """A word processor's file is stored, and that it is not read is no failure; a login page in a PDF's place is."""
    links = "<a href='/x.docx'>the tables</a> and <a href='/y.pdf'>the report</a>"
    press.serve("/a", r.plain(r.page(f"<article><h1>Cranes</h1><p>Read {links}.</p></article>")))
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    press.serve("/x.docx", r.plain(b"PK\x03\x04 and so on", media_type=office))
    press.serve("/y.pdf", r.plain(r.page("Please sign in")))

    archive.snap(press.url("/a"), code=3)

    snapshot = archive.snapshot()
    assert {press.url("/x.docx"), press.url("/y.pdf")} == {
        capture.uri for capture in snapshot.captures if capture.role == "document"
    }
    assert [(press.url("/y.pdf"), "unreadable")] == [(each.about, each.code) for each in snapshot.problems]
