"""The confined reader: answers, limits, and a new child for every one that dies."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.demo.report import letter
from archivist.errors import BadDocument
from archivist.model.article import Document
from archivist.model.config import ReadSettings
from archivist.model.json import JsonObject
from archivist.model.page import Requisite
from archivist.model.picture import PictureFacts
from archivist.sandbox import Picture, Sandbox
from tests.unit.extract import pictures

PAGE = b"<!DOCTYPE html><html><head><title>Cranes</title></head><body><h1>Cranes</h1><img src='/a.png'></body></html>"
URL = "https://example.org/a"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A reader with its usual limits."""
    with Sandbox(ReadSettings()) as sandbox:
        yield sandbox


def _read(sandbox: Sandbox, data: bytes = PAGE, *, media_type: str | None = "text/html") -> object:
    return sandbox.page(data, url=URL, status=200, headers=[("Content-Type", "text/html")], media_type=media_type)


def test_pages_are_read_in_another_process(sandbox: Sandbox) -> None:
    """The child's answer comes back as values; the same child reads the next page."""
    first, child = _read(sandbox), sandbox._child.pid

    assert ["https://example.org/a.png"] == [each.url for each in first.requisites]  # type: ignore[attr-defined]
    assert first == _read(sandbox)
    assert child == sandbox._child.pid


def test_requisites_come_before_the_rest(sandbox: Sandbox) -> None:
    """Whoever fetches them need not wait for the reading, and the child goes on with the next order."""
    told: list[tuple[Requisite, ...]] = []

    reading = sandbox.page(PAGE, url=URL, status=200, headers=[], media_type="text/html", needs=told.append)

    assert [reading.requisites] == told
    assert _read(sandbox) is not None


def test_other_types_are_not_parsed(sandbox: Sandbox) -> None:
    """A picture asked for as a page is no article, and says so."""
    reading = _read(sandbox, b"\x89PNG", media_type="image/png")

    assert "not-html" == reading.quality.verdict  # type: ignore[attr-defined]
    assert reading.article is None  # type: ignore[attr-defined]


def test_style_sheets(sandbox: Sandbox) -> None:
    """What a sheet needs, lone surrogates and all."""
    found = sandbox.stylesheet("@import 'b.css'; /* \ud800 */ a { background: url(c.png) }", url=URL + ".css")

    assert ["https://example.org/b.css", "https://example.org/c.png"] == [each.url for each in found]


def test_documents_from_bytes_and_files(sandbox: Sandbox, tmp_path: Path) -> None:
    """A document is read alike through the pipe and from a file."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(letter())

    piped = sandbox.document(letter(), url=URL, sha256="ab", media_type="application/pdf")
    filed = sandbox.document(path, url=URL, sha256="ab", media_type="application/pdf")

    assert piped == filed
    assert 1 == piped.page_count


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n" + b"\xff" * 999, letter()[:700], b"<html>"])
def test_damaged_documents_are_read_as_far_as_they_go(data: bytes, sandbox: Sandbox) -> None:
    """A document that cannot be read says why; it does not end the reader."""
    child = sandbox._child.pid
    document = sandbox.document(data, url=URL, sha256="ab", media_type="application/pdf")

    assert document.problems or document.page_count is not None
    assert child == sandbox._child.pid


def test_pictures(sandbox: Sandbox) -> None:
    """What a picture says of itself comes back as values; what is none says so."""
    data = pictures.jpeg(pictures.xmp_segment(pictures.packet('photoshop:Credit="Northquay Pictures"')))
    facts = sandbox.picture(data, url=URL, sha256="ab")

    assert ("Northquay Pictures", 40, 30) == (facts.value("credit"), facts.width, facts.height)
    assert ("the picture is of no kind that is read",) == sandbox.picture(b"GIF89a", url=URL, sha256="ab").problems


def test_pictures_in_one_turn(sandbox: Sandbox) -> None:
    """Each of several comes back in its place, and none is taken for another."""
    named = [pictures.jpeg(pictures.xmp_segment(pictures.packet(f'photoshop:Credit="{name}"'))) for name in "ab"]
    three = [named[0], b"GIF89a", named[1]]

    found = sandbox.pictures([Picture(data=each, url=URL, sha256=f"{at}") for at, each in enumerate(three)])

    facts = [each for each in found if isinstance(each, PictureFacts)]
    assert [("0", "a"), ("1", None), ("2", "b")] == [(each.sha256, each.value("credit")) for each in facts]
    assert [] == sandbox.pictures([])


def test_a_picture_that_breaks_the_reader_takes_no_other_with_it() -> None:
    """Where reading several fails as a whole, each is read alone, and what cannot be read says why."""
    with Sandbox(ReadSettings(seconds=0.0001)) as sandbox:
        found = sandbox.pictures([Picture(data=b"GIF89a", url=f"{URL}/{number}", sha256="ab") for number in range(2)])

    assert [f"reading the picture {URL}/{number} took longer than 0.0001 seconds" for number in range(2)] == [
        str(each) for each in found
    ]


def test_documents_are_handed_over_when_time_is_nearly_over(sandbox: Sandbox) -> None:
    """A document that takes longer than its share of the time is read as far as that goes."""
    order: JsonObject = {"do": "document", "url": URL, "sha256": "ab", "milliseconds": 0}
    found = Document.from_json(sandbox._ask(order, letter()))

    assert (1, 0) == (found.page_count, len(found.pages))
    assert ("only the first 0 of 1 pages were read: there was no more time",) == found.problems


def test_missing_file_is_no_crash_of_the_parent(sandbox: Sandbox, tmp_path: Path) -> None:
    """A file that has gone costs this reading, and the next one is read."""
    with pytest.raises(BadDocument):
        sandbox.document(tmp_path / "gone", url=URL, sha256="ab", media_type="application/pdf")

    assert _read(sandbox) is not None


def test_time_is_limited() -> None:
    """A reading that takes too long is ended, with the limit in the message; the reader starts again."""
    with Sandbox(ReadSettings(seconds=0.0001)) as sandbox:
        for _ in range(2):
            with pytest.raises(
                BadDocument, match=r"reading the page https://example.org/a took longer than 0.0001 seconds"
            ):
                _read(sandbox)


def test_memory_is_limited() -> None:
    """A page that needs more memory than allowed costs this reading only."""
    # Less than nothing, on top of what the interpreter gets, so that a page of this size is already too much.
    with Sandbox(ReadSettings(memory=-600 * 1024 * 1024)) as sandbox:
        with pytest.raises(BadDocument, match=r"too large or too deep|the reader died"):
            _read(sandbox, b"<p>" + b"x" * (160 * 1024 * 1024))
        assert _read(sandbox) is not None


def test_a_dead_reader_is_replaced(sandbox: Sandbox) -> None:
    """A child that died between two pages is not missed; one that dies while reading is named."""
    sandbox._child.kill()
    sandbox._child.wait()
    assert _read(sandbox) is not None

    sandbox._child.stdin.close()  # type: ignore[union-attr]
    with pytest.raises(BadDocument, match=r"the reader died while reading the page https://example.org/a"):
        _read(sandbox)
    assert _read(sandbox) is not None


def test_many_threads_share_one_reader(sandbox: Sandbox) -> None:
    """Answers go to the one who asked."""
    found: dict[int, str] = {}

    def ask(number: int) -> None:
        page = PAGE.replace(b"/a.png", b"/%d.png" % number)
        found[number] = _read(sandbox, page).requisites[0].url  # type: ignore[attr-defined]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {number: f"https://example.org/{number}.png" for number in range(8)} == found


def test_the_child_ends_with_the_sandbox() -> None:
    """Closed twice or not: no process is left."""
    with Sandbox(ReadSettings()) as sandbox:
        child = sandbox._child
    sandbox.close()

    assert child.returncode is not None
