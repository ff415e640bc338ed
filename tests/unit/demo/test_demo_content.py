"""The two editions differ exactly as promised, and the page holds what a content system writes."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace

import pytest

from archivist.demo import pages, site
from archivist.demo.content import EDITIONS, LETTER_PATH, PRIVACY_PATH, REPORT_PATH, SILENT_EDITS, STORIES

FIRST, SECOND = EDITIONS[1], EDITIONS[2]
PAGE = pages.article(FIRST, visitors=1)


def test_editions_differ_in_five_fields() -> None:
    """Number, time of saving, photo credit, body and report: nothing else, above all no visible date."""
    changed = [one.name for one in fields(FIRST) if getattr(FIRST, one.name) != getattr(SECOND, one.name)]

    assert changed == ["number", "saved", "photo", "body", "report"]


def test_photo_differs_in_its_printed_credit() -> None:
    """The credit now names the artist whom the file has named all along; the bytes are the same."""
    assert FIRST.photo.credit == "Photo: Mirela Falkner/Northquay Pictures"
    assert SECOND.photo.credit == "Photo: Ravi Hollis/Northquay Pictures"
    assert SECOND.photo.photographer == FIRST.photo.embedded_artist
    assert site.picture_bytes(FIRST.photo, width=640) == site.picture_bytes(SECOND.photo, width=640)


def test_body_differs_in_one_number_and_one_quote() -> None:
    """Two blocks of the body change: the first paragraph and the first quote."""
    changed = [(old.kind, old.speaker) for old, new in zip(FIRST.body, SECOND.body, strict=True) if old != new]

    assert changed == [("paragraph", ""), ("quote", "Marguerite Oyelaran, harbour master")]


def test_each_silent_edit_applies_once() -> None:
    """Every promised edit finds its words exactly once."""
    text = "\n".join(block.text for block in FIRST.body)

    assert [1] * len(SILENT_EDITS) == [text.count(old) for old, _ in SILENT_EDITS]


def test_body_is_worth_reading() -> None:
    """It holds two quotes, two headings, one list and a dozen paragraphs, and links both documents once."""
    kinds = [block.kind for block in FIRST.body]
    links = [link.href for block in FIRST.body for link in block.links]

    assert (kinds.count("quote"), kinds.count("heading"), kinds.count("list")) == (2, 2, 1)
    assert kinds.count("paragraph") >= 11
    assert [REPORT_PATH, LETTER_PATH, STORIES[1].path] == links


def test_every_link_is_on_the_page() -> None:
    """The words of each link stand in the page as a link, with its note and type."""
    assert f'<a href="{REPORT_PATH}">annual safety report</a> (pdf)' in PAGE
    assert f'<a href="{LETTER_PATH}" type="application/pdf">a letter to the town council</a>' in PAGE


@pytest.mark.parametrize(
    "page",
    [PAGE, pages.front(FIRST, visitors=1), pages.about(visitors=1), pages.story(STORIES[0], visitors=1)],
)
def test_privacy_notice_is_in_every_footer_and_nowhere_else(page: str) -> None:
    """The privacy PDF is linked once a page, behind the main part."""
    assert page.count(PRIVACY_PATH) == 1
    assert page.index("</main>") < page.index(PRIVACY_PATH)


def test_metadata_stands_in_four_places() -> None:
    """Canonical link, OpenGraph, JSON-LD graph and visible text agree."""
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', PAGE, re.DOTALL)
    assert data is not None
    graph = json.loads(data[1])["@graph"]
    news = next(node for node in graph if node["@type"] == "NewsArticle")
    author = next(node for node in graph if node["@id"] == news["author"]["@id"])

    assert f'<link rel="canonical" href="http://courier.example{FIRST.path}">' in PAGE
    assert f'<meta property="og:title" content="{FIRST.headline}">' in PAGE
    assert f'<meta property="article:published_time" content="{FIRST.published}">' in PAGE
    assert f'<time datetime="{FIRST.published}">17 November 2026, 06:30</time>' in PAGE
    assert (FIRST.headline, FIRST.published, FIRST.updated) == (
        news["headline"],
        news["datePublished"],
        news["dateModified"],
    )
    assert FIRST.author == author["name"]
    assert f">{FIRST.author}</a></p>" in PAGE


def test_credit_stands_inside_the_caption() -> None:
    """Caption and credit share one figcaption, the credit in its own span."""
    expected = f'<figcaption>{FIRST.photo.caption} <span class="credit">{FIRST.photo.credit}</span></figcaption>'

    assert expected in PAGE


def test_markup_in_words_is_escaped() -> None:
    """Words never become markup, not in the page and not in the JSON-LD."""
    page = pages.article(replace(FIRST, headline="</script><b>", author='"<i>'), visitors=1)

    assert "<b>" not in page
    assert "<i>" not in page


def test_page_depends_on_its_arguments_alone() -> None:
    """The same edition and count give the same page."""
    assert pages.article(FIRST, visitors=1) == PAGE
    assert "http://other.example/" in pages.article(FIRST, visitors=1, origin="http://other.example")
