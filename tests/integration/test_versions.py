"""Versions: what counts as an edit, what is noise, and how a person names each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archivist.demo.content import LETTER_PATH, PRIVACY_PATH, REPORT_PATH, SILENT_EDITS
from tests.integration.conftest import Archive
from tests.press import Newsroom, Press


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """The Courier under its own name."""
    with Press() as press:
        room = Newsroom(press)
        monkeypatch.setenv("ARCHIVIST_FETCH_RESOLVE", f"{room.host}={press.address}")
        yield room


def _edit(archive: Archive, newsroom: Newsroom) -> dict[str, object]:
    """What the last entry of the log says."""
    return archive("log", newsroom.url, "--json").lines[-2]


def test_noise_is_no_version(archive: Archive, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counters, advertisements and relative times move with every visit; the article stays version 1."""
    monkeypatch.setenv("ARCHIVIST_FETCH_RECHECK", "0")
    for _ in range(3):
        archive.snap(newsroom.url)

    said = archive("log", newsroom.url, "--json")

    pages = {page.payload.sha256 for row in said.lines[:-1] if (page := archive.snapshot(str(row["id"])).page)}
    assert 3 == len(pages), "the page itself was never the same"
    assert [1, 1, 1] == [row["version"] for row in said.lines[:-1]]
    assert {"article": newsroom.url, "versions": 1, "snapshots": 3} == said.lines[-1]["summary"]


def test_unchanged_snapshot_is_said(archive: Archive, newsroom: Newsroom) -> None:
    """The person is told that nothing changed, under the same headline, and the reading is not repeated."""
    archive.snap(newsroom.url)

    said = archive("snap", newsroom.url)

    assert 0 == said.code
    assert newsroom.edition.headline in said.out
    assert "snapshot 2, unchanged" in said.out
    assert archive.id(f"{newsroom.url}@1") == archive.snapshot().same_reading_as
    assert (
        archive("show", "@last", "--json").json["reading"]
        == archive("show", newsroom.url + "@1", "--json").json["reading"]
    )


def test_silent_edit_is_undeclared(archive: Archive, newsroom: Newsroom) -> None:
    """A reworded passage without note or newer date is a new version, and undeclared."""
    archive.snap(newsroom.url)
    newsroom.edit_silently(*SILENT_EDITS[0])

    (line,) = archive.snap(newsroom.url)

    assert line["is_new_version"]
    edit = _edit(archive, newsroom)
    assert 2 == edit["version"]
    assert "undeclared" == edit["verdict"]["kind"]  # type: ignore[index]
    assert "⚑ undeclared" in archive("log", newsroom.url).out
    assert 1 == archive("diff", newsroom.url, "--exit-code").code
    assert 0 == archive("diff", newsroom.url).code


def test_edit_with_a_note_is_declared(archive: Archive, newsroom: Newsroom) -> None:
    """A reworded passage with a correction note and a newer date is declared."""
    archive.snap(newsroom.url)
    newsroom.edit_and_say(*SILENT_EDITS[0])

    archive.snap(newsroom.url)

    assert "declared" == _edit(archive, newsroom)["verdict"]["kind"]  # type: ignore[index]
    assert "undeclared" not in archive("log", newsroom.url).out


def test_moved_date_is_an_empty_update(archive: Archive, newsroom: Newsroom) -> None:
    """A newer date over the same text is called what it is."""
    archive.snap(newsroom.url)
    newsroom.touch()

    archive.snap(newsroom.url)

    assert "empty-update" == _edit(archive, newsroom)["verdict"]["kind"]  # type: ignore[index]


def test_replaced_document_is_a_version(archive: Archive, newsroom: Newsroom) -> None:
    """Another PDF at the same address is an edit of the article that links it."""
    archive.snap(newsroom.url)
    newsroom.replace_pdf()

    archive.snap(newsroom.url)

    (change,) = archive("diff", newsroom.url, "--json").json["documents"]
    assert "replaced" == change["what"]
    assert change["url"].endswith(REPORT_PATH)
    assert [2, 3, None] == [page["old_number"] for page in change["pages"]]
    assert "blocks" not in archive("diff", newsroom.url, "--json").json


def test_documents_of_the_article(archive: Archive, newsroom: Newsroom) -> None:
    """A PDF by its extension and one by its type are captured; the one in the page's footer is not the article's."""
    archive.snap(newsroom.url)

    documents = [capture for capture in archive.snapshot().captures if capture.role == "document"]

    base = f"http://{newsroom.host}"
    assert {base + REPORT_PATH, base + LETTER_PATH} == {capture.uri for capture in documents}
    assert 0 == newsroom.press.count(PRIVACY_PATH)
    for capture in documents:
        assert newsroom.press.sent(capture.uri.removeprefix(base)) == archive.block(capture)


def test_unchanged_documents_are_read_once(archive: Archive, newsroom: Newsroom) -> None:
    """The second manifest refers to the first for the documents' readings."""
    archive.snap(newsroom.url)
    archive.snap(newsroom.url)

    second = archive.snapshot()

    assert () == second.documents
    assert {archive.id(newsroom.url + "@1")} == set(second.same_documents_as.values())
    assert 2 == len(archive("show", "@last", "--json").json["reading"]["documents"])


def test_photos_say_whose_they_are(archive: Archive, newsroom: Newsroom) -> None:
    """What the files of the article's photos say is in the manifest; an unchanged one is read once."""
    archive.snap(newsroom.url)
    archive.snap(newsroom.url)
    first, second = archive.snapshot(f"{newsroom.url}@1"), archive.snapshot()
    photos = [photo.image for photo in first.article_reading.photos] if first.article_reading else []

    assert set(photos) == {picture.url for picture in first.pictures}
    assert all(picture.value("credit") and picture.value("creators") for picture in first.pictures)
    assert {"xmp"} == {picture.fields["credit"].values[0].evidence.witness for picture in first.pictures}
    assert ((), {archive.id(newsroom.url + "@1")}) == (second.pictures, set(second.same_pictures_as.values()))
    assert len(photos) == len(archive("show", "@last", "--json").json["reading"]["pictures"])


def test_swapped_photo_is_a_version(archive: Archive, newsroom: Newsroom) -> None:
    """Another picture at the same address is an edit, and so is another name in its credit."""
    archive.snap(newsroom.url)
    newsroom.swap_photo()
    archive.snap(newsroom.url)
    newsroom.correct_credit("Ravi Hollis")
    archive.snap(newsroom.url)

    assert 3 == _edit(archive, newsroom)["version"]
    assert ["image"] == [each["what"] for each in _photos(archive, newsroom, "1", "2")]
    assert ["credit"] == [each["what"] for each in _photos(archive, newsroom, "2", "3")]


def _photos(archive: Archive, newsroom: Newsroom, old: str, new: str) -> list[dict[str, str]]:
    said = archive("diff", f"{newsroom.url}@{old}", f"{newsroom.url}@{new}", "--json")
    return [change for change in said.json["metadata"] if "what" in change]


def test_names_of_versions(archive: Archive, newsroom: Newsroom) -> None:
    """URL, URL@1, URL@-1, @last, ids and their beginnings, a day, and words of the headline name snapshots."""
    (first,) = archive.snap(newsroom.url)
    (again,) = archive.snap(newsroom.url)
    newsroom.edit_silently(*SILENT_EDITS[0])
    (second,) = archive.snap(newsroom.url)
    url, day = newsroom.url, archive.snapshot().started[:10]
    expected = {
        url: second,
        f"{url}@1": first,
        f"{url}@2": second,
        f"{url}@-1": first,
        f"{url}@{day}": second,
        "@last": second,
        "cranes": second,
        "cranes@1": first,
        again["id"][:12]: again,
        again["id"].upper(): again,
        f"{url}#top": second,
        f"{url}?utm_source=feed": second,
    }

    assert {words: line["id"] for words, line in expected.items()} == {words: archive.id(words) for words in expected}
    assert archive("show", f"{url}@2020-01-01").is_clean_error(1)


def test_taken_down_and_back(archive: Archive, newsroom: Newsroom) -> None:
    """An article that is gone and comes back as it was has three versions: text, gone, text."""
    archive.snap(newsroom.url)
    newsroom.take_down()
    archive.snap(newsroom.url, code=3)
    newsroom.publish(newsroom.edition)
    archive.snap(newsroom.url)

    entries = archive("log", newsroom.url, "--json").lines[:-1]

    assert [1, 2, 3] == [entry["version"] for entry in entries]
    assert ["article", "error", "article"] == [entry["quality"] for entry in entries]
    assert 0 == archive("diff", f"{newsroom.url}@1", f"{newsroom.url}@3", "--exit-code").code
