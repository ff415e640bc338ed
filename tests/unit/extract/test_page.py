"""A page read in one pass."""

from __future__ import annotations

import json
import time

import pytest

from archivist.demo.content import ARTICLE_PATH, EDITIONS, HOST
from archivist.demo.site import resource
from archivist.extract.page import read_page
from archivist.model.page import PageReading
from tests.unit.extract.pages import TEXT, URL, story


def read(data: bytes | str, *, status: int = 200, media_type: str | None = "text/html", **headers: str) -> PageReading:
    """The page read."""
    raw = data if isinstance(data, bytes) else data.encode()
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return read_page(raw, url=URL, status=status, headers=pairs, media_type=media_type)


def test_a_story_is_read_whole() -> None:
    """Article, requisites, possible documents and verdict come from one tree."""
    below = f'<img src="/a.jpg"><p>The <a href="/documents/7">letter</a> that nobody on the board read.</p>{TEXT * 3}'
    found = read(story(below=below))

    assert found.article is not None
    assert found.article.value("title_shown") == "Cranes stand still"
    assert [item.url for item in found.requisites] == ["https://courier.example/a.jpg"]
    assert [link.url for link in found.possible] == ["https://courier.example/documents/7"]
    assert found.quality.verdict == "article"


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "application/json"])
def test_other_types_are_not_read(media_type: str) -> None:
    """There is a verdict, and no article."""
    found = read(story(), media_type=media_type)

    assert (None, "not-html", (), ()) == (found.article, found.quality.verdict, found.requisites, found.possible)


@pytest.mark.parametrize("media_type", [None, "", "text/html", "application/xhtml+xml"])
def test_html_is_read_declared_or_not(media_type: str | None) -> None:
    """An answer without a type is looked at."""
    assert read(story(), media_type=media_type).article is not None


def test_the_header_names_the_encoding() -> None:
    """Content-Type is found whatever the case of its name."""
    data = story().replace("Cranes", "Краны").encode("windows-1251")
    found = read(data, cONTENT_tYPE="text/html; charset=windows-1251")

    assert found.article is not None
    assert found.article.value("title_shown") == "Краны stand still"


@pytest.mark.parametrize("status", [404, 500])
def test_error_pages_are_read_and_called_so(status: int) -> None:
    """What stands on them is kept."""
    found = read(story(), status=status)

    assert found.article is not None
    assert found.quality.verdict == "error"


@pytest.mark.parametrize("data", [b"", b" ", b"\x00", b"%PDF-1.7", b"<", b"\xff\xfe", b"<html><body></body></html>"])
def test_pages_of_nothing(data: bytes) -> None:
    """They are read as empty, and nothing raises."""
    found = read(data)

    assert found.article is not None
    assert (found.article.blocks, found.quality.verdict) == ((), "empty")


def test_a_reading_is_written_and_read_back() -> None:
    """Its JSON says everything."""
    resource_ = resource(ARTICLE_PATH, edition=EDITIONS[1], visitors=1)
    assert resource_ is not None
    found = read_page(
        resource_.body, url=f"http://{HOST}{ARTICLE_PATH}", status=200, headers=(), media_type="text/html"
    )

    assert PageReading.from_json(json.loads(json.dumps(found.to_json()))) == found
    assert found.quality.verdict == "article"


def test_visitors_change_nothing_that_is_read() -> None:
    """The counter, the advertisement and the nonce of the demo are noise."""
    readings = []
    for visitors in (1, 2, 98_765):
        one = resource(ARTICLE_PATH, edition=EDITIONS[1], visitors=visitors)
        assert one is not None
        readings.append(read(one.body).article)

    assert readings[0] == readings[1] == readings[2]


FLOODS = {
    "deep": "<h1>Cranes</h1>" + "<div>" * 100_000 + TEXT,
    "deep text": '<div class="byline caption">' + "<div>By Mara Quill" * 100_000,
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">" + TEXT,
    "paragraphs": TEXT * 5_000,
    "spans": "<p>" + "<span class=credit>" * 50_000 + TEXT,
    "headings": "<h1>Cranes</h1>" * 20_000,
    "times": "<time datetime=2026-11-17>today</time>" * 20_000,
}


@pytest.mark.parametrize("markup", FLOODS.values(), ids=FLOODS)
def test_floods_are_read_in_time(markup: str) -> None:
    """No page takes more than two seconds of computing."""
    start = time.process_time()
    found = read(markup)

    assert time.process_time() - start < 2
    assert found.article is not None
