"""A page read whole."""

from __future__ import annotations

import json

import pytest

from archivist.demo.content import ARTICLE_PATH, EDITIONS, HOST, NAME, STORIES
from archivist.demo.site import resource
from archivist.extract.article import MAX_PLACE, MAX_VALUE, heard, read_article
from archivist.extract.html import parse_html
from archivist.model.article import Article
from archivist.proof.canonical import canonical
from tests.unit.extract.pages import TEXT, URL, page, read, story

ORIGIN = f"http://{HOST}"


def demo(path: str, *, edition: int = 1) -> Article:
    """A page of the demo newspaper, read."""
    found = resource(path, edition=EDITIONS[edition], visitors=1)
    assert found is not None
    return read_article(parse_html(found.body, url=ORIGIN + path, content_type=found.media_type))


@pytest.mark.parametrize("number", EDITIONS)
def test_the_demo_newspaper_is_read_right(number: int) -> None:
    """Every field of both editions, and nothing of the stories around it."""
    edition = EDITIONS[number]
    article = demo(ARTICLE_PATH, edition=number)

    assert {name: settled.texts for name, settled in article.fields.items()} == {
        "title": (edition.headline,),
        "title_shown": (edition.headline,),
        "description": (edition.standfirst,),
        "authors": (edition.author,),
        "contributors": ("Piers Quillon",),
        "published": (edition.published,),
        "updated": (edition.updated,),
        "site_name": (NAME,),
        "canonical_url": (ORIGIN + ARTICLE_PATH,),
        "section": (edition.section,),
        "language": ("en-GB",),
    }
    assert article.problems == ()


def test_nothing_of_other_stories_is_claimed() -> None:
    """Their bylines, headlines and days are not even among the losers."""
    written = json.dumps({name: settled.to_json() for name, settled in demo(ARTICLE_PATH).fields.items()})

    for other in STORIES:
        assert other.author not in written
        assert other.headline not in written
        assert other.published[:10] not in written


@pytest.mark.parametrize("other", STORIES, ids=lambda story: story.author)
def test_short_stories_are_read_right(other: object) -> None:
    """A story of two paragraphs has its own author and date, and no update."""
    one = next(story for story in STORIES if story is other)
    article = demo(one.path)

    assert article.value("title_shown") == one.headline
    assert article.settled("authors").texts == (one.author,)
    assert article.value("published") == one.published
    assert article.value("updated") is None


def test_a_page_without_markup() -> None:
    """Words alone are enough for headline, author and date; what is not said is unknown."""
    article = read(
        story(above='<div class="byline">By Mara Quill</div><div class="date">Posted May 8, 2023 at 9:15 a.m.</div>')
    )

    assert article.value("title") == "Cranes stand still"
    assert article.settled("authors").texts == ("Mara Quill",)
    assert article.value("published") == "2023-05-08T09:15"
    assert article.value("updated") is None
    assert article.value("section") is None


def test_broken_json_ld_is_a_problem_and_no_end() -> None:
    """What cannot be parsed is told; the other witnesses are heard."""
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": Cranes}</script>
    <meta property="article:published_time" content="2026-11-17T06:30:00+01:00">"""
    article = read(story(head=head))

    assert article.problems == ("json-ld script 1 is not JSON",)
    assert article.value("published") == "2026-11-17T06:30:00+01:00"


def test_a_blank_update_above_a_player_is_unknown() -> None:
    """An announcement with nothing behind it, then 0:00, is no update."""
    above = '<p class="dates">Published: 17 November 2026</p><p class="dates">Updated:</p><span>0:00</span>'
    article = read(story(above=above))

    assert article.value("published") == "2026-11-17"
    assert "updated" not in article.fields


ISSUE = """<!DOCTYPE html><html lang="en-US"><head><title>Cranes stand still | The Courier</title>{head}</head><body>
<header><a href="/">The Courier</a> <span class="date">Wednesday, January 1, 2031</span></header>
<main><article><h1>Cranes stand still</h1>
<div class="byline">By Mara Quill</div><p class="dates">{published}</p><p class="dates">Updated:</p>
<div class="player"><button>Listen</button> <span class="time">0:00</span> / <span class="time">12:17</span></div>
<div>{text}</div>
<section class="related"><h2>Related</h2><article><h3>Mussels are late</h3><p class="byline">By Piers Quillon</p>
<time datetime="2030-02-03T04:05:06Z">2/3/2030</time></article></section></article>
<aside><div class="card"><h3>Gulls come back</h3><span class="author">Henrike Tangeren</span>
<p class="dates">Updated: 3/4/2030, 5:06 a.m.</p></div></aside></main></body></html>"""


@pytest.mark.parametrize(
    ("head", "published", "value"),
    [
        ("", "Published: 5/8/2023", "2023-05-08"),
        ("", "5/8/2023 9:15 p.m. ET", "2023-05-08T21:15-04:00"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "author": </script>', "5/8/2023", "2023-05-08"),
        (
            '<meta property="article:published_time" content="2023-08-05T06:30:00Z">',
            "Published: 5/8/2023",
            "2023-08-05T06:30:00Z",
        ),
    ],
)
def test_an_article_among_others(head: str, published: str, value: str) -> None:
    """A blank update above a player, related stories, numbers in the American order, no or broken mark-up."""
    article = read(ISSUE.format(head=head, published=published, text=TEXT))
    written = json.dumps({name: settled.to_json() for name, settled in article.fields.items()})

    assert article.value("title_shown") == "Cranes stand still"
    assert article.settled("authors").texts == ("Mara Quill",)
    assert article.value("published") == value
    assert "updated" not in article.fields
    assert "Quillon" not in written
    assert "Tangeren" not in written
    assert "2030" not in written
    assert "2031" not in written


def test_the_displayed_headline_wins_for_both_titles() -> None:
    """What other sites are told is kept among the losers of the title."""
    article = read(story(head='<meta property="og:title" content="You will not believe these cranes">'))

    assert article.value("title_shown") == "Cranes stand still"
    assert article.value("title") == "Cranes stand still"
    assert [claim.value for claim in article.settled("title").others] == ["You will not believe these cranes"]


@pytest.mark.parametrize("odd", ["<x:y>", "<h2,>", "<a'b>", "<svg:g>"])
def test_elements_with_odd_names(odd: str) -> None:
    """Damage makes names that no path expression can spell; every witness is heard all the same."""
    article = read(story(above=f"{odd}<p>Published 17 November 2026</p>").replace("<main>", f"<main>{odd}<div>"))

    assert article.value("published") == "2026-11-17"
    assert article.problems == ()


def test_a_failing_witness_leaves_a_problem() -> None:
    """The failure is told by name, and what stands in for the witness is returned."""
    problems: list[str] = []

    assert heard("microdata", lambda: int("x"), problems, 0) == 0
    assert problems == ["microdata could not be read: ValueError"]


def test_values_can_be_written_and_shown() -> None:
    """Control characters and lone surrogates are replaced wherever text is kept."""
    data = {"@type": "NewsArticle", "headline": "A\ud800 \x00 b", "author": {"@type": "Person", "name": "M\x1b Quill"}}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    below = "<p>It said &#27;[31m red in a paragraph of its own, and then a bell rang&#7;.</p>"
    figure = '<figure><img src="/a.jpg"><figcaption>A quay &#27;[2J</figcaption></figure>'
    written = canonical(read(story(head=head, below=below + figure)).to_json()).decode()

    assert "A\N{REPLACEMENT CHARACTER}" in written
    assert "[31m" in written
    assert "[2J" in written
    assert "\\u00" not in written


def test_values_and_places_are_bounded() -> None:
    """A headline without end and a pointer of endless keys are cut."""
    node = {"@type": "NewsArticle", "headline": "Cranes " * 10_000}
    head = f'<script type="application/ld+json">{json.dumps({"k" * 5_000: node})}</script>'
    others = read(story(head=head)).settled("title").others

    assert [MAX_VALUE] == [len(claim.value) for claim in others]
    assert [MAX_PLACE] == [len(claim.evidence.at) for claim in others]


def test_a_flood_of_claims_is_bounded() -> None:
    """A hundred thousand authors are not kept."""
    head = "".join(
        f'<meta name="author" content="Mara Q{chr(97 + n % 26)}{n % 7}x Quill{chr(65 + n % 20)}">'
        for n in range(20_000)
    )
    settled = read(story(head=head)).settled("authors")

    assert len(settled.values) <= 100
    assert len(settled.others) <= 20


def test_empty_pages_have_no_fields() -> None:
    """No bytes, no claims, but a problem."""
    article = read_article(page(""))

    assert article == Article(url=URL, problems=("page is empty",))


def test_headers_are_no_witness_of_dates() -> None:
    """Last-Modified tells when the server last wrote the page, not what the newspaper says."""
    article = read_article(page(story()), headers=(("Last-Modified", "Tue, 17 Nov 2026 05:30:00 GMT"),))

    assert "updated" not in article.fields
