"""Displayed headline, standfirst, title, corrections."""

from __future__ import annotations

import pytest

from archivist.extract.headings import heading_claims
from archivist.extract.main_text import main_text
from tests.unit.extract.pages import TEXT, page, pairs, read, story


def claims(markup: str) -> list[tuple[str, str]]:
    """The claims of a page."""
    html = page(markup)
    return pairs(heading_claims(html, main_text(html)))


def headline(markup: str) -> str | None:
    """The displayed headline of a page."""
    return next((value for name, value in claims(markup) if name == "title_shown"), None)


def with_title(title: str, body: str) -> str:
    """A page with a title and a body around the text."""
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def test_headline_and_standfirst() -> None:
    """The h1 above the text is the headline, the marked paragraph behind it the standfirst."""
    assert claims(story(above='<p class="article__standfirst">Nobody signed.</p>')) == [
        ("title_shown", "Cranes stand still"),
        ("description", "Nobody signed."),
    ]


def test_the_site_s_name_is_no_headline() -> None:
    """An h1 in the masthead that links home is passed over."""
    masthead = '<header><h1><a href="https://courier.example/">The Courier</a></h1></header>'

    body = f'<article><h2 class="headline">Cranes stand still</h2>{TEXT}</article>'

    assert [("title_shown", "Cranes stand still")] == claims(f"<html><body>{masthead}{body}</body></html>")


def test_of_several_headlines_the_title_decides() -> None:
    """Where no h1 stands in the article, the one that shares words with the title is taken."""
    markup = f"""<html><head><title>Cranes stand still | Courier</title></head><body>
    <div><h1>Weather</h1></div><div><h1>Cranes stand still</h1></div><article>{TEXT}</article></body></html>"""

    assert claims(markup)[0] == ("title_shown", "Cranes stand still")


def test_without_h1_an_element_named_headline_serves() -> None:
    """A heading of another rank that calls itself the headline is what is displayed."""
    assert claims(f'<html><body><article><h2 class="headline">Cranes</h2>{TEXT}</article></body></html>') == [
        ("title_shown", "Cranes")
    ]


def test_without_h1_the_longest_part_of_the_title_is_the_headline() -> None:
    """A kicker is a part of the title, too; it stands above the headline, and is shorter."""
    body = f"<h2>Harbour news</h2><h2>Cranes stand still on the quay</h2><article>{TEXT}</article>"
    title = "Saltmere Courier | Harbour news | Cranes stand still on the quay"

    assert headline(with_title(title, body)) == "Cranes stand still on the quay"


def test_without_h1_a_heading_above_the_text_serves_before_one_in_it() -> None:
    """Names of classes alone tell: the longest heading above the text that calls itself a title."""
    body = f"""<h2 class="page__title">Nobody looked at the cranes</h2>
    <div class="text"><h2 class="box-title">In short</h2>{TEXT}<h3 class="title">What comes next</h3>{TEXT}</div>"""

    assert headline(with_title("", body)) == "Nobody looked at the cranes"


def test_no_headline_is_no_claim() -> None:
    """A page without one leaves the displayed headline unknown."""
    assert [] == claims(f"<html><body><article>{TEXT}</article></body></html>")


def test_site_name_is_cut_from_the_title() -> None:
    """The longest part of the title element is the story's, whichever end the site's name is at."""
    for title in ("Cranes stand still | Courier", "Courier – Cranes stand still"):
        assert ("title", "Cranes stand still") in claims(f"<html><head><title>{title}</title></head></html>")


def test_corrections_are_notes() -> None:
    """A correction below the text is a note, with the place where it stands."""
    markup = story(below="<p>Correction: an earlier version gave the wrong quay.</p>")
    html = page(markup)
    [claim] = [claim for name, claim in heading_claims(html, main_text(html)) if name == "notes"]

    assert claim.value == "Correction: an earlier version gave the wrong quay."
    assert (claim.evidence.witness, claim.evidence.at) == ("text", "/html/body/main/article/p")


def test_what_the_title_repeats_beats_what_stands_nearer() -> None:
    """On a page of two stories, the headline is the one that the title tells."""
    first = "<article><h1>Grúas paradas en el muelle</h1><p>Nadie firmó.</p></article>"
    second = f"<article><h1>El tiempo de mañana</h1>{TEXT * 3}</article>"

    assert headline(with_title("Grúas paradas en el muelle | Courier", first + second)) == "Grúas paradas en el muelle"


def test_a_headline_that_differs_from_the_title_is_still_the_headline() -> None:
    """Titles are often written for search engines; a teaser that repeats a word of them is no headline."""
    body = f"<article><h1>Kräne stehen still</h1>{TEXT}</article><aside><h1>Der Hafen im Bild</h1></aside>"

    assert headline(with_title("Hafen: Warum im Winter nichts geht", body)) == "Kräne stehen still"


def test_hidden_headings_are_not_displayed() -> None:
    """By class, attribute or style, on itself or around it."""
    hidden = (
        '<h1 class="sr-only">The Courier of Saltmere</h1>',
        '<div style="display: none"><h1>Subscribe today</h1></div>',
        "<section hidden><h1>Menu</h1></section>",
    )
    for each in hidden:
        assert headline(f"<body>{each}<article><h1>Cranes stand still</h1>{TEXT}</article>") == "Cranes stand still"
        assert headline(f"<body>{each}<article>{TEXT}</article>") is None


def test_a_masthead_or_a_section_is_no_headline() -> None:
    """A link home in any place, the newspaper's name in a header, a word above the headline that the title tells."""
    title = "Kraner står stille ved vestkaia i Saltmere - Courier"
    real = "<h2><span>Kraner står stille ved vestkaia i Saltmere</span></h2>"
    for each in (
        '<div><h1><a href="https://courier.example/">Dagens avis</a></h1></div>',
        '<div><a href="/"><h1>Dagens avis</h1></a></div>',
        "<header><h1>The Courier</h1></header>",
        "<main><h1>Havn</h1></main>",
    ):
        assert (
            headline(with_title(title, f"{each}<div>{real}{TEXT}</div>"))
            == "Kraner står stille ved vestkaia i Saltmere"
        )


def test_without_any_heading_the_title_s_words_are_found() -> None:
    """Old pages set their headline in a table cell; its own words are the sign."""
    body = f'<table><tr><td><font size="5"><b>Les grues ne bougent plus</b></font></td></tr></table><div>{TEXT}</div>'

    assert headline(with_title("Les grues ne bougent plus - Courier", body)) == "Les grues ne bougent plus"


def test_a_kicker_in_the_headline_is_set_apart() -> None:
    """A style sheet sets them in two lines; a screen reader hears a hidden colon; a word in italics stays whole."""
    for between in ("", '<span class="visually-hidden">: </span>'):
        kicker = f"<h1><span>Hafenrat</span>{between}<span>Kräne stehen still</span></h1>"
        assert headline(f"<article>{kicker}{TEXT}</article>") == "Hafenrat Kräne stehen still"
        linked = kicker.replace("<h1>", '<h1><a href="/a">').replace("</h1>", "</a></h1>")
        assert headline(f"<article>{linked}{TEXT}</article>") == "Hafenrat Kräne stehen still"
    assert headline(f"<article><h1>Die <i>Saltmere</i>linie</h1>{TEXT}</article>") == "Die Saltmerelinie"
    assert headline(f"<article><h1><b>K</b>räne</h1>{TEXT}</article>") == "Kräne"


def test_soft_hyphens_and_entities_are_read_as_seen() -> None:
    """What no reader sees is not in the headline."""
    assert headline(f"<article><h1>Hafen&shy;kräne &amp; Kai&#8203;</h1>{TEXT}</article>") == "Hafenkräne & Kai"


def test_an_element_that_calls_itself_the_headline() -> None:
    """By a class of the usual systems; not the wrapper of more, nor another story's in a list or behind a link."""
    for named in (
        '<div class="article-title">Nosturit seisovat</div>',
        '<h3 class="entry-title"><a href="/a">Nosturit seisovat</a></h3>',
        '<p class="c-headline">Nosturit seisovat</p>',
    ):
        others = '<ul><li><h2 class="title">Sää</h2></li></ul><a href="/b"><span class="headline">Urheilu</span></a>'
        assert headline(f"<body>{others}<article>{named}{TEXT}</article></body>") == "Nosturit seisovat"
    wrapper = '<div class="headline"><p>Satama</p><p>Mara Quill</p></div>'
    assert headline(f"<body><article>{wrapper}{TEXT}</article></body>") is None


def test_a_page_that_waits_for_its_scripts_is_read_all_the_same() -> None:
    """A body hidden until a script shows it hides no headline."""
    assert headline(f'<body style="display:none"><h1>Cranes stand still</h1>{TEXT}</body>') == "Cranes stand still"


@pytest.mark.parametrize(
    "headline",
    ["<font size=5><b>Cranes stand still in the rain</b></font>", '<h3 class="t1">Cranes stand still in rain</h3>'],
)
def test_a_page_without_h1_is_read_below_what_its_title_repeats(headline: str) -> None:
    """Neither host nor masthead tells the name of the site at the title's end."""
    head = "<title>Cranes stand still in the rain - Night Owl</title>"
    markup = story(head=head, around="<h3>Other news of May</h3>")
    byline = f'{headline}<p class="byline">By Mara Quill</p><p>Published 3 May 2021, 09:35</p>'
    article = read(markup.replace("<h1>Cranes stand still</h1>", byline))

    assert (article.value("title_shown") or "").startswith("Cranes stand still in")
    assert article.settled("authors").texts == ("Mara Quill",)
    assert article.value("published") == "2021-05-03T09:35"


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ('<span class="badge">Premium</span> Cranes stand still', "Cranes stand still"),
        ("Cranes stand still <small>Nobody knows who signed</small>", "Cranes stand still"),
        ('Cranes stand still<span class="count">12</span>', "Cranes stand still"),
        ('<span class="kicker">Harbour:</span> Cranes stand still', "Harbour: Cranes stand still"),
        ("<em>Cranes</em> stand still", "Cranes stand still"),
    ],
)
def test_signs_around_a_headline(inner: str, shown: str) -> None:
    """A badge, a subtitle and a count that the title leaves out are none of it; a kicker is."""
    head = "<title>Cranes stand still | The Courier</title>"
    assert headline(story(head=head).replace("<h1>Cranes stand still</h1>", f"<h1>{inner}</h1>")) == shown
