"""Documents that the text links: by extension, by type, by the server's answer; and what becomes of them in time."""

from __future__ import annotations

import pytest

from archivist.demo.report import letter, safety_report
from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r

TEXT = "The harbour authority kept nine of its cranes at work after their inspection had lapsed, and said so late. " * 4
LINKS = {
    "/report.pdf": "the report",
    "/documents/4711": "a letter (PDF)",
    "/download?id=4": "download the tables",
    "/documents/page": "a page called document (PDF)",
    "/2026/other-story": "another story",
}


def _article(links: dict[str, str] = LINKS) -> bytes:
    anchors = " ".join(f"<p>{TEXT}<a href='{url}'>{text}</a></p>" for url, text in links.items())
    footer = "<footer><a href='/privacy.pdf'>Privacy (PDF)</a></footer>"
    return r.page(f"<main><article><h1>Cranes at work</h1>{anchors}</article></main>{footer}", title="Cranes at work")


@pytest.fixture
def newspaper(press: Press) -> Press:
    """An article with links of all kinds."""
    press.serve("/a", r.plain(_article()))
    press.serve("/report.pdf", r.pdf(safety_report(1)))
    press.serve("/documents/4711", r.pdf(letter()))
    press.serve("/download?id=4", r.redirect("/tables.csv"))
    press.serve("/tables.csv", r.plain(b"crane,days\n7,77\n", media_type="text/csv"))
    press.serve("/documents/page", r.plain(r.page("no document")))
    return press


def _documents(archive: Archive, press: Press) -> set[str]:
    captures = archive.snapshot().captures
    return {capture.uri.removeprefix(press.url("")) for capture in captures if capture.role == "document"}


def test_the_answer_decides(archive: Archive, newspaper: Press) -> None:
    """What the server answers with a document is one; a page is declined unread, and other links are not asked for."""
    archive.snap(newspaper.url("/a"))

    assert {"/report.pdf", "/documents/4711", "/tables.csv"} == _documents(archive, newspaper)
    assert [1, 0, 0] == [newspaper.count(path) for path in ("/documents/page", "/2026/other-story", "/privacy.pdf")]
    article = archive.snapshot().article_reading
    assert article is not None
    assert [newspaper.url(path) for path in ("/report.pdf", "/documents/4711", "/download?id=4")] == [
        link.url for link in article.documents
    ]
    for path in ("/report.pdf", "/documents/4711", "/tables.csv"):
        captures = {capture.uri: capture for capture in archive.snapshot().captures}
        assert newspaper.sent(path) == archive.block(captures[newspaper.url(path)])


@pytest.mark.parametrize("path", ["/report.pdf", "/documents/4711"])
def test_a_replaced_document_is_an_edit(path: str, archive: Archive, newspaper: Press) -> None:
    """However the document was recognised, other bytes at its address are a new version of the article."""
    newspaper.serve(path, r.pdf(safety_report(1)), r.pdf(safety_report(2)))
    archive.snap(newspaper.url("/a"))

    (line,) = archive.snap(newspaper.url("/a"))

    assert line["is_new_version"]
    (change,) = archive("diff", newspaper.url("/a"), "--json").json["documents"]
    assert (newspaper.url(path), "replaced") == (change["url"], change["what"])


def test_a_document_out_of_reach_is_no_edit(archive: Archive, newspaper: Press) -> None:
    """A server that is busy for a moment has edited nothing: the same version, with a problem."""
    newspaper.serve("/report.pdf", r.pdf(safety_report(1)), *[r.unavailable(None)] * 2, r.pdf(safety_report(1)))
    archive.snap(newspaper.url("/a"))

    for _ in range(2):
        (line,) = archive.snap(newspaper.url("/a"), code=-1)
        assert not line["is_new_version"]
        assert [newspaper.url("/report.pdf")] == [problem["about"] for problem in line["problems"]]
    (line,) = archive.snap(newspaper.url("/a"))
    assert not line["is_new_version"]
    assert archive("diff", f"{newspaper.url('/a')}@1", "@last", "--exit-code").code == 0


def test_a_document_replaced_while_out_of_reach(archive: Archive, newspaper: Press) -> None:
    """What was put in its place is found as soon as it can be fetched."""
    newspaper.serve("/report.pdf", r.pdf(safety_report(1)), r.unavailable(None), r.pdf(safety_report(2)))
    seen = [archive.snap(newspaper.url("/a"), code=-1)[0]["is_new_version"] for _ in range(3)]

    assert [True, False, True] == seen
    (change,) = archive("diff", newspaper.url("/a"), "--json").json["documents"]
    assert "replaced" == change["what"]


def test_documents_of_one_run_are_bounded(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than [fetch] max_documents are fetched, the certain ones first, and the manifest says so."""
    monkeypatch.setenv("ARCHIVIST_FETCH_MAX_DOCUMENTS", "2")
    links = {f"/{number}.pdf": "report" for number in range(4)}
    press.serve("/a", r.plain(_article(links)))
    press.serve_all({path: r.pdf(letter()) for path in links})

    archive.snap(press.url("/a"), code=3)

    assert {"/0.pdf", "/1.pdf"} == _documents(archive, press)
    assert ["limit"] == [problem.code for problem in archive.snapshot().problems]
