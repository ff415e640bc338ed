"""What a page needs to be shown: fetched once, stored once, and never a reason to lose the page."""

from __future__ import annotations

import gzip

import pytest

from archivist.model.capture import Capture
from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r
from tests.press.odd import raw
from tests.unit.extract import pictures

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
_CSS = "text/css; charset=utf-8"


def _shop_window(press: Press) -> None:
    """A page with a picture in sizes, a style sheet that imports two more, one of which needs a font and a picture."""
    head = '<link rel="stylesheet" href="/one.css"><link rel="icon" href="/icon.png"><script src="/a.js"></script>'
    body = '<h1>Cranes</h1><p>Text.</p><img src="/small.png" srcset="/small.png 300w, /large.png 900w">'
    for path in ("/a", "/b"):
        press.serve(path, r.plain(r.page(body, head, title=path)))
    press.serve("/one.css", r.plain(b'@import "deep/two.css";\nbody { margin: 0 }', media_type=_CSS))
    press.serve("/deep/two.css", r.plain(b"@import url(three.css);", media_type=_CSS))
    sheet = b"@font-face { src: url(/font.woff2) } h1 { background: url('wave.png') }"
    press.serve("/deep/three.css", r.plain(sheet, media_type=_CSS))
    press.serve("/font.woff2", r.plain(b"wOF2" + bytes(9), media_type="font/woff2"))
    for number, path in enumerate(("/small.png", "/large.png", "/icon.png", "/deep/wave.png")):
        press.serve(path, r.plain(PNG + bytes([number]), media_type="image/png"))
    press.serve("/a.js", r.plain(b"1", media_type="text/javascript"))


NEEDED = {
    "/one.css": "stylesheet",
    "/deep/two.css": "stylesheet",
    "/deep/three.css": "stylesheet",
    "/font.woff2": "font",
    "/deep/wave.png": "image",
    "/small.png": "image",
    "/large.png": "image",
    "/icon.png": "icon",
    "/a.js": "script",
}


def _requisites(archive: Archive, press: Press, words: str) -> dict[str, Capture]:
    base = press.url("")
    return {
        capture.uri.removeprefix(base): capture
        for capture in archive.snapshot(words).captures
        if capture.role == "requisite"
    }


def test_everything_a_page_needs(archive: Archive, press: Press) -> None:
    """Pictures of both sizes, icon, script, and a chain of imports with what its last sheet needs."""
    _shop_window(press)

    archive.snap(press.url("/a"))

    found = _requisites(archive, press, "@last")
    assert NEEDED == {path: capture.kind for path, capture in found.items()}
    assert press.url("/one.css") == found["/deep/two.css"].via
    assert press.url("/deep/three.css") == found["/font.woff2"].via
    for path, capture in found.items():
        assert press.sent(path) == archive.block(capture), path


def test_shared_requisites_are_fetched_once(archive: Archive, press: Press) -> None:
    """Two pages of one run fetch what they share once; one manifest carries the other's records."""
    _shop_window(press)

    archive.snap(press.url("/a"), press.url("/b"))

    assert dict.fromkeys(NEEDED, 1) == {path: press.count(path) for path in NEEDED}
    mine, others = _requisites(archive, press, press.url("/a")), _requisites(archive, press, press.url("/b"))
    assert set(NEEDED) == set(mine) == set(others)
    for path in NEEDED:
        assert mine[path].record == others[path].record
        assert {True, False} == {mine[path].is_carried, others[path].is_carried}
    assert 0 == archive("verify").code
    assert 0 == archive("verify", "--deep").code


def test_rechecked_requisites_are_revisits(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """When they are due they are fetched again, and stored as revisits of the first run's records."""
    monkeypatch.setenv("ARCHIVIST_FETCH_RECHECK", "0")
    _shop_window(press)
    archive.snap(press.url("/a"))
    first = _requisites(archive, press, "@last")

    archive.snap(press.url("/a"))

    second = _requisites(archive, press, "@last")
    assert dict.fromkeys(NEEDED, 2) == {path: press.count(path) for path in NEEDED}
    assert {path: first[path].record for path in NEEDED} == {
        path: capture.revisit.record for path, capture in second.items() if capture.revisit
    }


def test_missing_requisites_are_daily_mess(archive: Archive, press: Press) -> None:
    """Pictures that answer 404, or not at all, are named in the manifest, and the page is whole: 0."""
    body = '<h1>Cranes</h1><img src="/gone.png"><img src="http://nowhere.invalid/a.png"><img src="http://10.0.0.1/b">'
    press.serve("/a", r.plain(r.page(body)))

    said = archive("snap", press.url("/a"))

    assert 0 == said.code
    problems = {problem.about: problem.code for problem in archive.snapshot().problems}
    assert {
        press.url("/gone.png"): "http-error",
        "http://nowhere.invalid/a.png": "unreachable",
        "http://10.0.0.1/b": "forbidden",
    } == problems
    for address, code in problems.items():
        assert f"{code}: {address}" in said.out
    assert 404 == _requisites(archive, press, "@last")["/gone.png"].status


def test_missing_requisites_are_told_to_every_page(archive: Archive, press: Press) -> None:
    """What is missing is missing for the page that carries it, too."""
    for path in ("/a", "/b"):
        press.serve(path, r.plain(r.page('<h1>Cranes</h1><img src="/gone.png">', title=path)))

    archive.snap(press.url("/a"), press.url("/b"))

    for path in ("/a", "/b"):
        problems = archive.snapshot(press.url(path)).problems
        assert [press.url("/gone.png")] == [problem.about for problem in problems], path


def test_circles_end(archive: Archive, press: Press) -> None:
    """Style sheets that import each other, and a page that needs itself, are fetched once."""
    head = '<link rel="stylesheet" href="/one.css">'
    press.serve("/a", r.plain(r.page('<h1>Cranes</h1><img src="/a">', head)))
    press.serve("/one.css", r.plain(b"@import '/two.css';", media_type=_CSS))
    press.serve("/two.css", r.plain(b"@import '/one.css'; @import '/two.css';", media_type=_CSS))

    archive.snap(press.url("/a"))

    assert [1, 1, 1] == [press.count(path) for path in ("/a", "/one.css", "/two.css")]


def test_requisites_are_bounded(archive: Archive, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than [fetch] max_requisites are fetched, and the manifest says so once."""
    monkeypatch.setenv("ARCHIVIST_FETCH_MAX_REQUISITES", "5")
    pictures = "".join(f'<img src="/{number}.png">' for number in range(20))
    press.serve("/a", r.plain(r.page(f"<h1>Cranes</h1>{pictures}", '<link rel="stylesheet" href="/one.css">')))
    press.serve("/one.css", r.plain(b"@import '/two.css'; h1 { background: url(/x.png) }", media_type=_CSS))

    archive.snap(press.url("/a"), code=3)

    assert 5 == len(_requisites(archive, press, "@last"))
    assert 1 == [problem.code for problem in archive.snapshot().problems].count("limit")


def test_redirected_requisite(archive: Archive, press: Press) -> None:
    """A picture behind a redirect: both answers are stored."""
    press.serve("/a", r.plain(r.page('<h1>Cranes</h1><img src="/here.png">')))
    press.serve("/here.png", r.redirect("/there.png"))
    press.serve("/there.png", r.plain(PNG, media_type="image/png"))

    archive.snap(press.url("/a"))

    captures = {capture.uri: capture for capture in archive.snapshot().captures}
    assert press.url("/there.png") == captures[press.url("/here.png")].location
    assert press.sent("/there.png") == archive.block(captures[press.url("/there.png")])


def test_failed_page_takes_no_other_with_it(archive: Archive, press: Press) -> None:
    """A page that shares requisites with one that is not stored has them all the same."""
    _shop_window(press)
    body = '<h1>Gone</h1><link rel="stylesheet" href="/one.css">'
    press.serve("/c", r.plain(r.page(body), status=404))

    archive.snap(press.url("/c"), press.url("/a"), code=3)

    assert set(NEEDED) == set(_requisites(archive, press, "@last"))


def test_cut_requisite_is_told(archive: Archive, press: Press) -> None:
    """A picture of which half came is no daily mess: 3, with how much of it is there."""
    press.serve("/a", r.plain(r.page('<h1>Cranes</h1><img src="/half.png">')))
    press.serve("/half.png", raw(b"Content-Type: image/png", b"Content-Length: 5000", body=PNG))

    archive.snap(press.url("/a"), code=3)

    assert "disconnect" == _requisites(archive, press, "@last")["/half.png"].truncated
    (problem,) = archive.snapshot().problems
    assert ("truncated", press.url("/half.png")) == (problem.code, problem.about)


PHOTO = pictures.jpeg(pictures.xmp_segment(pictures.packet('photoshop:Credit="Northquay Pictures"')))
STORY = "The harbour authority kept nine of its cranes at work after their inspection had lapsed, and said so late. "


def _story(press: Press, path: str, *photos: str) -> str:
    """An article with photos."""
    figures = "".join(f"<figure><img src='{photo}'><figcaption>Crane 7.</figcaption></figure>" for photo in photos)
    body = f"<article><h1>Cranes at work {path[1:]}</h1>{figures}<p>{STORY * 4}</p><p>{STORY * 3}</p></article>"
    press.serve(path, r.plain(r.page(f"<main>{body}</main>")))
    return press.url(path)


def test_photos_are_read_by_whoever_shows_them(archive: Archive, press: Press) -> None:
    """Of two pages of one run that show one photo, each says whose it is, though only one has fetched it."""
    press.serve("/photo.jpg", r.plain(PHOTO, media_type="image/jpeg"))
    press.serve("/bare.jpg", r.plain(pictures.jpeg(), media_type="image/jpeg"))
    stories = [_story(press, path, "/photo.jpg", "/bare.jpg", "/gone.jpg") for path in ("/a", "/b")]

    archive.snap(*stories, code=-1)

    for story in stories:
        snapshot = archive.snapshot(story)
        assert [press.url("/photo.jpg")] == [picture.url for picture in snapshot.pictures]
        assert "Northquay Pictures" == snapshot.pictures[0].value("credit")
        assert "unreadable" not in {problem.code for problem in snapshot.problems}


def test_a_photo_is_read_through_its_redirect_and_coding(archive: Archive, press: Press) -> None:
    """What is read is the file as a browser has it, at the address where it was found."""
    packed = r.plain(gzip.compress(PHOTO), media_type="image/jpeg", headers=[("Content-Encoding", "gzip")])
    press.serve("/photo.jpg", r.redirect("/real.jpg"))
    press.serve("/real.jpg", packed)

    archive.snap(_story(press, "/a", "/photo.jpg"))

    assert [press.url("/real.jpg")] == [picture.url for picture in archive.snapshot().pictures]
