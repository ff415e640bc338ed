"""A page that is what it was: asked for on condition, its requisites carried over, and everything still resolves."""

from __future__ import annotations

import json

import pytest

from archivist.demo.report import safety_report
from archivist.model.capture import Capture
from archivist.wire.told import head_told
from tests.integration.conftest import Archive
from tests.press import Press, Reply, Request
from tests.press import responses as r

_CSS = "text/css"
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
PDF = "application/pdf"


def _article(text: str = "Nine cranes.") -> bytes:
    figures = "".join(
        f'<figure><img src="/{name}.jpg"><figcaption>Cranes. Photo: Mirela Falkner</figcaption></figure>'
        for name in ("lead", "second", "third")
    )
    body = f"<main><article><h1>Cranes at work</h1>{figures}<p>{text} See the <a href='/report.pdf'>report</a>.</p>"
    return r.page(f"{body}</article></main>", '<link rel="stylesheet" href="/a.css">', title="Cranes at work")


def _tagged(press: Press, path: str, body: bytes, media_type: str = r.HTML, *, has_etag: bool = True) -> None:
    tag = f'"{hash(body)}"'
    answer = r.conditional(body, etag=tag, media_type=media_type) if has_etag else r.plain(body, media_type=media_type)
    press.serve(path, answer)


def _publish(press: Press, *, has_etag: bool = True) -> None:
    _tagged(press, "/a", _article(), has_etag=has_etag)
    for number, name in enumerate(("lead", "second", "third")):
        _tagged(press, f"/{name}.jpg", JPEG + bytes([number]), "image/jpeg", has_etag=has_etag)
    _tagged(press, "/a.css", b"h1 { background: url(/third.jpg) }", _CSS, has_etag=has_etag)
    _tagged(press, "/report.pdf", safety_report(1), PDF, has_etag=has_etag)


def _asked(press: Press, since: int) -> list[tuple[str, bool]]:
    """The paths asked for since, and whether on condition; robots.txt is asked for once a run."""
    asked = [request for request in press.seen[since:] if request.target != "/robots.txt"]
    return sorted((request.target, bool(request.header("if-none-match"))) for request in asked)


@pytest.mark.parametrize("has_etag", [True, False])
def test_an_unchanged_page_costs_three_exchanges(archive: Archive, press: Press, has_etag: bool) -> None:
    """Page, first photo and document are asked for; the rest is carried over, however often, and all of it verifies."""
    _publish(press, has_etag=has_etag)
    archive.snap(press.url("/a"))
    first = archive.id()

    for number in (2, 3):
        before = len(press.seen)
        (line,) = archive.snap(press.url("/a"))

        assert [("/a", has_etag), ("/lead.jpg", has_etag), ("/report.pdf", has_etag)] == _asked(press, before)
        assert (number, False) == (line["number"], line["is_new_version"])
        snapshot = archive.snapshot()
        assert {304 if has_etag else 200} == {
            capture.status for capture in snapshot.captures if capture.role != "robots"
        }
        assert [first] == [carried.statement for carried in snapshot.carried]
        shown = archive("show", "@last", "--json").json
        assert "Cranes at work" == shown["reading"]["article"]["fields"]["title"]["values"][0]["value"]
        assert shown["reading"]["documents"]
        for name in ("second.jpg", "third.jpg", "a.css"):
            assert f"{press.url('/' + name)}  (carried)" in archive("show", "@last").out

    assert 0 == archive("verify").code
    assert 0 == archive("verify", "--deep").code
    assert "revisit" in archive("show", "@last").out
    assert 0 == archive("diff", f"{first[:12]}", archive.id()[:12], "--exit-code").code
    rows = archive.workspace.catalog.dump()
    assert 0 == archive("reindex").code
    assert rows == archive.workspace.catalog.dump()
    assert 0 == archive("reindex", "--reread").code
    assert 1 == archive("log", press.url("/a"), "--json").lines[-1]["summary"]["versions"]


def test_a_304_stands_for_the_payload(archive: Archive, press: Press) -> None:
    """The capture has the digests of what was stored once, and refers to that record, never to a revisit."""
    _publish(press)
    archive.snap(press.url("/a"))
    page = archive.snapshot().page
    assert page is not None

    for _ in range(2):
        archive.snap(press.url("/a"))
        again = archive.snapshot().page

        assert again is not None
        assert again.revisit is not None
        assert (304, "server-not-modified") == (again.status, again.revisit.profile)
        assert (page.payload.sha256, page.payload.length) == (again.payload.sha256, again.payload.length)
        assert (page.media_type, page.record) == (again.media_type, again.revisit.record)
        assert page.date == again.revisit.date == again.last_full
        assert _article() == b"".join(archive.workspace.reader.payload(again))
        assert b"" == archive.block(again), "players would show the head of the 304"
        header = archive.workspace.reader.header(again.record)
        assert press.sent("/a") == head_told(header)
        assert header.payload_digest is None


def test_a_changed_page_has_all_of_it_rechecked(archive: Archive, press: Press) -> None:
    """Every requisite is asked for again, on condition; what came new is read, and a style sheet's needs are met."""
    _publish(press)
    archive.snap(press.url("/a"))
    _tagged(press, "/a", _article("Seven cranes."))
    before = len(press.seen)

    (line,) = archive.snap(press.url("/a"))

    paths = ["/a", "/a.css", "/lead.jpg", "/report.pdf", "/second.jpg", "/third.jpg"]
    assert [(path, True) for path in paths] == _asked(press, before)
    assert line["is_new_version"]
    snapshot = archive.snapshot()
    assert () == snapshot.carried
    assert {200, 304} == {capture.status for capture in snapshot.captures if capture.role != "robots"}
    assert 1 == sum(capture.status == 200 for capture in snapshot.captures)
    assert 0 == archive("verify", "--deep").code


@pytest.mark.parametrize("path", ["/lead.jpg", "/report.pdf"])
def test_what_is_replaced_under_an_unchanged_page(archive: Archive, press: Press, path: str) -> None:
    """Another first photo, or another report, at the same address is a new version though the page is the same."""
    _publish(press)
    archive.snap(press.url("/a"))
    body, media_type = (JPEG + b"new", "image/jpeg") if path == "/lead.jpg" else (safety_report(2), PDF)
    _tagged(press, path, body, media_type)

    (line,) = archive.snap(press.url("/a"))

    assert line["is_new_version"]
    assert archive("diff", press.url("/a"), "--json").json["categories"]
    assert 0 == archive("verify", "--deep").code


def test_no_server_is_believed_for_ever(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that says 304 whatever was edited is found out when the page is asked for without conditions."""
    _publish(press)
    archive.snap(press.url("/a"))

    def lie(request: Request) -> Reply:
        if request.header("if-none-match"):
            return Reply.of(r.head(304, [("ETag", '"one"')]), keep=True)
        return r.plain(_article("Seven cranes."), headers=[("ETag", '"one"')])

    press.serve("/a", lie)
    assert not archive.snap(press.url("/a"))[0]["is_new_version"]
    monkeypatch.setenv("ARCHIVIST_FETCH_RECHECK", "0")

    assert archive.snap(press.url("/a"))[0]["is_new_version"]


def test_an_unasked_304_stands_for_nothing(archive: Archive, press: Press) -> None:
    """Who says 304 to a request without conditions has sent an empty answer, and that is what is stored."""
    press.serve("/a", Reply.of(r.head(304, []), keep=True))

    archive.snap(press.url("/a"), code=-1)

    page = archive.snapshot().page
    assert page is not None
    assert (304, None, 0) == (page.status, page.revisit, page.payload.length)
    assert 0 == archive("verify", "--deep").code


def test_what_is_carried_must_be_there(archive: Archive, press: Press) -> None:
    """Without the snapshot that lists them, verify says so, and show what is missing."""
    _publish(press)
    archive.snap(press.url("/a"))
    archive.snap(press.url("/a"))
    (first,) = archive.root.glob("manifests/*/*/0001.json")
    first.unlink()

    said = archive("verify", "--json")

    assert 1 == said.code
    assert {"log-membership"} <= {str(finding["code"]) for finding in said.lines[:-1]}
    assert archive("show", "@last").is_clean_error(1)


def test_a_document_that_two_pages_link_is_fetched_once(archive: Archive, press: Press) -> None:
    """The second page of the run carries it, and both can show it."""
    _publish(press)
    _tagged(press, "/b", _article("Other cranes."))

    archive.snap(press.url("/a"), press.url("/b"))

    assert 1 == press.count("/report.pdf")
    found: list[Capture] = []
    for path in ("/a", "/b"):
        snapshot = archive.snapshot(press.url(path))
        found += [capture for capture in snapshot.captures if capture.role == "document"]
        assert json.loads(archive("show", press.url(path), "--json").out)["reading"]["documents"]
    assert [False, True] == sorted(capture.is_carried for capture in found)
    assert 1 == len({capture.record for capture in found})
    assert 0 == archive("verify", "--deep").code
