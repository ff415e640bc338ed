"""Where the article's text is, and what its blocks are."""

from __future__ import annotations

import time

import pytest

from archivist.extract.main_text import MainText, is_apart, is_aside, main_text
from archivist.model.article import Block, Link
from tests.unit.extract.pages import TEXT, page, story

FIRST = "The harbour board met on Tuesday to hear what the dredging of the western quay has cost so far."
SECOND = "Nobody on the board could say who had signed the second contract, or whether anybody had read it."


def main_of(markup: str) -> MainText:
    """The main text of a page that has one."""
    found = main_text(page(markup))
    assert found is not None
    return found


def blocks_of(markup: str) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind, block.text) for block in main_of(markup).blocks]


BOTH = [("paragraph", FIRST), ("paragraph", SECOND)]


def test_a_plain_story_is_its_paragraphs() -> None:
    """Headline and mark-up around the text are no blocks; each block has its element."""
    main = main_of(story())

    assert [Block(kind="paragraph", text=text, path="article/div/p") for text in (FIRST, SECOND)] == list(main.blocks)
    assert ["p", "p"] == [element.tag for element in main.elements]
    assert main.element.tag == "article"


KINDS = {
    "<h2>The second contract</h2><p>It was found in a drawer.</p>": "heading",
    "<blockquote><p>We signed it.</p><p>All of us.</p></blockquote>": "quote",
    "<ul><li>a crane that stands still</li></ul>": "list-item",
    "<table><tr><td>Crane 4</td><td>17</td></tr></table>": "table-row",
    "<pre>no crane  no cargo</pre>": "preformatted",
    "<p>Correction: it was the western quay.</p>": "correction",
    "<p>Korrektur: Es war der Westkai.</p>": "correction",
    "<p>Editor’s note: this story has a new headline.</p>": "correction",
    '<div class="correction-box"><p>It was the western quay.</p></div>': "correction",
    "<figure><img src=a.jpg><figcaption>The quay at noon</figcaption></figure>": "caption",
    '<div class="photo-caption">The quay at noon</div>': "caption",
    '<div class="credit">Jo Finch</div>': "credit",
    "<div>Text that stands in no paragraph of its own.</div>": "paragraph",
}


@pytest.mark.parametrize(("markup", "kind"), KINDS.items(), ids=range(len(KINDS)))
def test_kinds_are_told(markup: str, kind: str) -> None:
    """Each kind of block is called what it is."""
    added = main_of(story(below=markup)).blocks[2:]

    assert kind == added[0].kind


def test_a_quotation_and_a_row_are_one_block() -> None:
    """What they hold is joined."""
    below = (
        "<blockquote><p>We signed it.</p><p>All of us.</p></blockquote><table><tr><td>Crane 4</td><td>17</td></table>"
    )

    assert [("quote", "We signed it. All of us."), ("table-row", "Crane 4 17")] == blocks_of(story(below=below))[2:]


def test_two_line_breaks_part_paragraphs() -> None:
    """Text set with br is read as a reader sees it; one break is no new paragraph."""
    markup = f"<h1>Cranes</h1><div>{FIRST}<br> <br>{SECOND}<br>It rained.</div>"

    assert [("paragraph", FIRST), ("paragraph", f"{SECOND} It rained.")] == blocks_of(markup)


def test_blanks_between_breaks_and_words() -> None:
    """Empty elements make no break of one, nor one of two."""
    markup = f"<h1>Cranes</h1><div>{FIRST}<br>It rained <b></b> <br>all day.<br><b> </b> <br>{SECOND}</div>"

    assert [("paragraph", f"{FIRST} It rained all day."), ("paragraph", SECOND)] == blocks_of(markup)


def test_text_around_an_advertisement_goes_on_behind_it() -> None:
    """What stands before and after an element inside a text is two blocks, and neither is lost."""
    markup = f'<h1>Cranes</h1><div>{FIRST}<div class="ad">Ropes and chains since 1921.</div>{SECOND}</div>'

    assert blocks_of(markup) == BOTH


NOISE = (
    "<nav><p>Home, news, weather and all the other pages</p></nav>",
    "<aside><p>More from the port of Saltmere today</p></aside>",
    "<footer><p>All rights reserved by the Courier</p></footer>",
    '<header class="masthead"><p>The Courier, since 1871</p></header>',
    '<div role="complementary"><p>More from the port of Saltmere</p></div>',
    '<div class="related-stories"><p>A ferry that nobody wants, and more</p></div>',
    '<section id="newsletterBox"><p>Get the harbour in your mailbox each day</p></section>',
    '<div class="comments"><p>I have always said so about these cranes.</p></div>',
    '<ul class="share"><li>Send this to a friend of yours</li></ul>',
    '<div class="ad-slot"><p>Ropes, chains and shackles since 1921.</p></div>',
    '<p class="byline">By Mara Quill</p>',
    '<p class="dates">Published: <time>17 November 2026</time></p>',
    "<p>Published: <time>17 November 2026</time></p>",
    "<p>Advertisement</p>",
    "<p>Readers so far: 14,203</p>",
    "<p>23 comments</p>",
    "<div>0:00</div>",
    '<p><a href="/ferry">Read more: the ferry that nobody wants</a></p>',
    '<p>Lesen Sie auch: <a href="/ferry">Die Fähre</a>, die keiner will, und was sie bisher gekostet hat</p>',
    '<p><a href="/ferry">The ferry that nobody wants</a></p>',
    "<div hidden><p>For machines only, and not for readers</p></div>",
    "<script>var cranes = 4;</script><style>p { color: red }</style>",
    '<article><h3><a href="/ferry">Ferry</a></h3><p>A ferry that nobody in the port wants.</p></article>',
    '<h2>More on this</h2><div class="related"><p>Ferry</p></div>',
)


@pytest.mark.parametrize("markup", NOISE, ids=range(len(NOISE)))
def test_noise_is_no_text(markup: str) -> None:
    """It is left out before, within and after the text."""
    assert blocks_of(story(below=markup)) == BOTH
    assert blocks_of(story(above=markup)) == BOTH
    assert blocks_of(story(around=markup)) == BOTH


OWN = (
    "<p>Read more than one contract before you sign it, the mayor said.</p>",
    '<p>The shares of the port fell. <a href="/a">A report</a> says why.</p>',
    '<p class="reader">Readers wrote to us about the cranes.</p>',
    '<div class="shareholders"><p>The shareholders met in the old customs house.</p></div>',
    '<div class="download"><p>Loads of 40 tonnes were lifted every day.</p></div>',
)


@pytest.mark.parametrize("markup", OWN, ids=range(len(OWN)))
def test_text_that_sounds_like_noise_is_kept(markup: str) -> None:
    """Only whole words condemn, and only where they stand for the whole block."""
    assert len(blocks_of(story(below=markup))) == 3


@pytest.mark.parametrize("words", ["share-wrapper", "has-comments", "ad-free", "widget", "paywall"])
def test_a_wrapper_of_everything_is_no_aside(words: str) -> None:
    """What holds most of the page's prose is read, whatever it is called."""
    markup = f'<h1>Cranes</h1><div class="{words}"><div>{TEXT}</div></div><div class="related"><p>The ferry.</p></div>'

    assert blocks_of(markup) == BOTH


def test_comments_longer_than_the_article_are_not_it() -> None:
    """Readers may write more than the newspaper."""
    comments = "<p>I have always said that those cranes are dangerous, and nobody listened to me.</p>" * 8
    markup = f'<h1>Cranes</h1><div class="body">{TEXT}</div><div id="comments">{comments}</div>'

    assert blocks_of(markup) == BOTH


def test_sections_of_one_article_belong_together() -> None:
    """Text in several sections is read whole where the article holds the headline."""
    section = f"<section><div><div><div><div><div>{TEXT}</div></div></div></div></div></section>"

    assert blocks_of(f"<article><h1>Cranes</h1>{section * 3}</article>") == BOTH * 3


def test_links_are_absolute_and_without_fragment() -> None:
    """A link is known by its address and its words; mail addresses are none."""
    below = (
        '<p>The board read <a href="../report#page-2">the <b>report</b></a>, wrote to '
        '<a href="mailto:a@courier.example">us</a>, and then went home for the day.</p>'
    )

    assert main_of(story(below=below)).blocks[2].links == (
        Link(url="https://courier.example/report", text="the report"),
    )


@pytest.mark.parametrize(
    "markup", ["", "<p>Too short", "<nav><p>Home, news, weather and all the other pages</p></nav>"]
)
def test_a_page_without_prose_has_no_main_text(markup: str) -> None:
    """None is returned, not an empty article."""
    assert main_text(page(f"<html><body>{markup}</body></html>")) is None


def test_is_aside_looks_at_tag_role_and_words() -> None:
    """The four ways to be an aside, and the elements that never are."""
    root = page('<nav></nav><div role="search"></div><div class="promo"></div><div hidden></div><main class="ad">').root
    told = {element.tag: is_aside(element) for element in root.iter("nav", "main")}

    assert {"nav": True, "main": False} == told
    assert [True, True, True] == [is_aside(element) for element in root.iter("div")]


def test_is_apart_spares_what_holds_the_text() -> None:
    """An aside counts unless it is among the elements that hold the article's text."""
    root = page('<main><div class="promo"><p>A</p></div></main>').root
    scope, promo, inner = (next(root.iter(tag)) for tag in ("main", "div", "p"))

    assert is_apart(inner, scope=scope, own=())
    assert not is_apart(inner, scope=scope, own={promo})


FLOODS = {
    "deep": "<div>" * 100_000 + TEXT,
    "many": f"<article>{TEXT * 10_000}</article>",
    "breaks": "<div>" + "some words<br><br>" * 20_000 + "</div>",
    "links": "<p>" + "<a href=/x>a</a> " * 20_000 + "</p>",
    "nested": ("<div>some words in this div, and more of them" * 240 + "</div>" * 240) * 30,
    "one box": f"<article><h1>A</h1><div>{TEXT}</div><section>{'<div>In a box.</div>' * 8_000}</section></article>",
    "articles": f"<h1>A</h1><article>{TEXT}</article><article>{TEXT * 4_000}</article>",
    "quotes": f"<article>{TEXT}{'<blockquote>We signed it, all of us.</blockquote>' * 5_000}</article>",
}


@pytest.mark.parametrize("markup", FLOODS.values(), ids=FLOODS)
def test_floods_are_bounded(markup: str) -> None:
    """Neither depth nor number makes the reading long."""
    html = page(markup)
    start = time.process_time()
    main = main_text(html)

    assert time.process_time() - start < 2
    assert main is None or len(main.blocks) <= 5_000


@pytest.mark.parametrize("words", ["carousel", "photo-gallery"])
def test_captions_of_a_gallery_that_a_script_fills_are_no_paragraphs(words: str) -> None:
    """Between headline and text, as long as paragraphs, and without a picture in the mark-up yet."""
    caption = f'<div class="{words}"><p>El muelle del oeste visto desde la torre, bajo la lluvia de mayo.</p></div>'
    text = f"<p>{FIRST}</p><p>{SECOND}</p>"

    told = blocks_of(f"<h1>Las grúas</h1>{caption * 3}<article><div>{text}</div></article>")

    assert BOTH == [(kind, text) for kind, text in told if kind != "caption"]
