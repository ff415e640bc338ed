"""Displayed headline, standfirst, title, corrections."""

from __future__ import annotations

from archivist.extract.headings import heading_claims
from archivist.extract.main_text import main_text
from tests.unit.extract.pages import TEXT, page, pairs, story


def claims(markup: str) -> list[tuple[str, str]]:
    """The claims of a page."""
    html = page(markup)
    return pairs(heading_claims(html, main_text(html)))


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
