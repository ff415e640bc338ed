"""The newsroom publishes the Courier's article and edits it as told, openly or not."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from archivist.demo.content import EDITIONS, HOST, REPORT_PATH
from tests.press import Newsroom, Press

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCE = "The meeting is public."


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """A newsroom with the first edition."""
    with Press() as press:
        yield Newsroom(press)


def read(newsroom: Newsroom, path: str = "") -> bytes:
    """The body at a path, or of the article."""
    address = f"http://{newsroom.press.address}{path or newsroom.edition.path}"
    request = urllib.request.Request(address, headers={"Host": HOST})
    with urllib.request.urlopen(request, timeout=20) as response:
        body = response.read()
    assert isinstance(body, bytes)
    return body


def still(page: bytes) -> str:
    """The page without what moves at every request."""
    words = re.sub(r'nonce="\w+"|<aside class="ad".*?</aside>|Readers so far: [\d,]+', "", page.decode())
    assert words != page.decode()
    return words


def test_article_has_its_address_on_the_couriers_host(newsroom: Newsroom) -> None:
    """The article answers under its own host's name only, on the press's address."""
    assert f"http://courier.example{EDITIONS[1].path}" == newsroom.url
    assert EDITIONS[1].headline.encode() in read(newsroom)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(newsroom.press.url(newsroom.edition.path), timeout=20)


def test_silent_edit_changes_the_words_and_nothing_else(newsroom: Newsroom) -> None:
    """The passage is new, every other character is as before."""
    before = still(read(newsroom))

    newsroom.edit_silently(SENTENCE, "The meeting is closed.")

    assert before.replace(SENTENCE, "The meeting is closed.") == still(read(newsroom))


def test_declared_edit_says_so_twice(newsroom: Newsroom) -> None:
    """The passage is new, the visible update and its metadata have moved, and a note stands below."""
    newsroom.edit_and_say(SENTENCE, "The meeting is closed.", note="An earlier version said the meeting was public.")

    page = read(newsroom).decode()
    assert SENTENCE not in page
    assert '<p class="correction">An earlier version said the meeting was public.</p>' in page
    assert '"dateModified": "2026-11-17T10:15:00+01:00"' in page
    assert '<time datetime="2026-11-17T10:15:00+01:00">17 November 2026, 10:15</time>' in page


def test_touch_moves_the_date_alone(newsroom: Newsroom) -> None:
    """An empty update: the words are the same."""
    before = still(read(newsroom))

    newsroom.touch()

    after = still(read(newsroom))
    assert before != after
    assert before == after.replace("2026-11-17T10:15:00", "2026-11-17T09:15:00").replace("10:15<", "09:15<")


def test_passage_must_stand_once(newsroom: Newsroom) -> None:
    """An edit of words that are not there, or there twice, is refused."""
    with pytest.raises(ValueError, match="stands 0 times"):
        newsroom.edit_silently("no such words", "x")
    with pytest.raises(ValueError, match=r"stands \d+ times"):
        newsroom.edit_silently("Quay 4", "Quay 5")


def test_photo_is_swapped_at_its_address_or_at_a_new_one(newsroom: Newsroom) -> None:
    """The bytes change; the page changes only when the address does."""
    page, photo = still(read(newsroom)), newsroom.edition.photo.path(640)
    before = read(newsroom, photo)

    newsroom.swap_photo()

    assert before != read(newsroom, photo)
    assert page == still(read(newsroom))

    newsroom.swap_photo(keep_address=False)

    assert page.replace("/harbour-cranes-640", "/harbour-cranes-evening-640").replace(
        "/harbour-cranes-1200",
        "/harbour-cranes-evening-1200",
    ) == still(read(newsroom))


def test_credit_is_corrected_below_the_same_picture(newsroom: Newsroom) -> None:
    """The printed name changes, the picture's bytes do not."""
    before = read(newsroom, newsroom.edition.photo.path(640))

    newsroom.correct_credit("Ravi Hollis")

    assert b'<span class="credit">Photo: Ravi Hollis/Northquay Pictures</span>' in read(newsroom)
    assert before == read(newsroom, newsroom.edition.photo.path(640))


def test_report_is_replaced_at_its_address(newsroom: Newsroom) -> None:
    """The PDF's bytes change under the same link."""
    page, before = still(read(newsroom)), read(newsroom, REPORT_PATH)

    newsroom.replace_pdf()

    assert before != read(newsroom, REPORT_PATH)
    assert page == still(read(newsroom))


def test_paywall_leaves_the_first_paragraph(newsroom: Newsroom) -> None:
    """What follows the first paragraph is a demand for money."""
    newsroom.put_paywall()

    page = read(newsroom).decode()
    assert "kept nine of its 23 cranes" in page
    assert "Subscribe to read on." in page
    assert SENTENCE not in page


@pytest.mark.parametrize("status", [404, 410, 451])
def test_article_is_taken_down_and_comes_back(newsroom: Newsroom, status: int) -> None:
    """The article answers with the error until something is published again; the front page stays."""
    newsroom.take_down(status=status)

    with pytest.raises(urllib.error.HTTPError, match=str(status)):
        read(newsroom)
    assert read(newsroom, "/")

    url = newsroom.publish(replace(EDITIONS[2], headline="Second thoughts"))

    assert newsroom.url == url
    assert b"<h1>Second thoughts</h1>" in read(newsroom)
