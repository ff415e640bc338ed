"""The visible byline, and those who are thanked."""

from __future__ import annotations

import time

import pytest

from archivist.extract.byline import byline_claims
from archivist.extract.main_text import main_text
from tests.unit.extract.pages import page, pairs, story


def found(markup: str) -> list[tuple[str, str]]:
    """What the witness says of a page."""
    html = page(markup)
    return pairs(byline_claims(html, main_text(html)))


MARA = [("authors", "Mara Quill")]
BOTH = [("authors", "Mara Quill"), ("authors", "Jo Finch")]
BYLINES = {
    '<p class="byline">By Mara Quill</p>': MARA,
    '<p class="byline">Mara Quill</p>': MARA,
    '<div class="article-author">Von Mara Quill</div>': MARA,
    '<span itemprop="author">Mara Quill</span>': MARA,
    '<a rel="author" href="/mq">Mara Quill</a>': MARA,
    "<p>By Mara Quill</p>": MARA,
    '<div class="share-byline"><div>By Mara Quill</div></div>': MARA,
    '<p class="byline">By Mara Quill and Jo Finch</p>': BOTH,
    '<p class="byline">By <a>Mara Quill</a> and <a>Jo Finch</a></p>': BOTH,
    '<div class="byline"><span>Mara Quill</span><span>Jo Finch</span></div>': BOTH,
    '<div class="byline">By <b>Mara Quill</b> <i>Posted May 24, 2026 10:05 am</i> <i>4 min read</i></div>': MARA,
    '<div class="byline">By Mara Quill<br>The Associated Press</div>': [
        *MARA,
        ("organisations", "The Associated Press"),
    ],
    '<div class="byline">Reuters</div>': [("organisations", "Reuters")],
    '<div class="byline"><script>var a = "Jo Finch"</script>By Mara Quill</div>': MARA,
    '<div class="byline">Mara Quill <span>Mara Quill</span></div>': MARA,
    "<p>By the end of the day nobody knew.</p>": [],
    '<p class="byline"></p>': [],
    '<p class="byline">Published on 17 November 2026</p>': [],
    "": [],
}


@pytest.mark.parametrize(("markup", "claims"), BYLINES.items(), ids=range(len(BYLINES)))
def test_bylines(markup: str, claims: list[tuple[str, str]]) -> None:
    """Persons and bodies are told apart; roles, dates and labels fall away."""
    assert claims == found(story(above=markup))


ELSEWHERE = (
    '<aside><p class="byline">By Ada Brook</p></aside>',
    '<div class="related"><p class="byline">By Ada Brook</p></div>',
    '<div class="comments"><span class="author">Ada Brook</span></div>',
    '<figure><figcaption><span itemprop="author">Ada Brook</span></figcaption></figure>',
    '<div class="author-bio">Ada Brook reports on the port.</div>',
    "<section><h2>More</h2><ul><li><h3>Ferries</h3><p>By Ada Brook</p></li></ul></section>",
    "<article><h2><a href='/f'>Ferries</a></h2><p class='byline'>By Ada Brook</p></article>",
    "</article><footer><p class='byline'>By Ada Brook</p></footer>",
)


@pytest.mark.parametrize("markup", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_bylines_of_others_are_not_heard(markup: str) -> None:
    """Those of related stories, comments, pictures and portraits are not the article's."""
    assert found(story(below=markup)) == []
    assert found(story(below=markup, above='<p class="byline">By Mara Quill</p>')) == MARA


def test_a_byline_outside_the_article_is_found() -> None:
    """Where the article itself has none, one elsewhere on the page is heard."""
    markup = story().replace("<main>", '<div id="heading"><a rel="author" href="/mq">Mara Quill</a></div><main>')

    assert found(markup) == MARA


THANKS = {
    "Piers Quillon contributed to this report.": ["Piers Quillon"],
    "Piers Quillon and Ada Brook contributed to this report.": ["Piers Quillon", "Ada Brook"],
    "—Associated Press writer Piers Quillon in Paris contributed to this report.": ["Piers Quillon"],
    "National Security Writer Piers Quillon and Associated Press writer Ada Brook contributed to this report.": [
        "Piers Quillon",
        "Ada Brook",
    ],
    "Associated Press writers Piers Quillon in Johnstown, Pennsylvania, and Ada Brook in Atlanta contributed "
    "to this report.": ["Piers Quillon", "Ada Brook"],
    "Additional reporting by Piers Quillon.": ["Piers Quillon"],
    "Reporting by Piers Quillon; editing by Ada Brook": ["Piers Quillon"],
    "Mitarbeit: Piers Quillon": ["Piers Quillon"],
    "The ferry company contributed to the delay, the mayor said.": [],
    "Rising Rents contributed a lot.": [],
}


@pytest.mark.parametrize(("text", "persons"), THANKS.items(), ids=range(len(THANKS)))
def test_contributors(text: str, persons: list[str]) -> None:
    """Those who are thanked are contributors and no authors; roles and places fall away."""
    assert [("contributors", person) for person in persons] == found(story(below=f"<p>{text}</p>"))


def test_evidence_is_the_whole_byline() -> None:
    """The text is what stands at the place that the claim names."""
    html = page(story(above='<p class="byline">By <a>Mara Quill</a></p>'))
    [(_, claim)] = byline_claims(html, main_text(html))

    assert ("byline", "By Mara Quill") == (claim.evidence.witness, claim.evidence.text)
    [element] = html.root.getroottree().xpath(claim.evidence.at)
    assert element.get("class") == "byline"


def test_without_main_text_the_page_is_searched() -> None:
    """A page of a byline only is still heard."""
    html = page('<h1>Cranes</h1><p class="byline">By Mara Quill</p>')

    assert pairs(byline_claims(html, None)) == MARA


@pytest.mark.parametrize("markup", ["<div>" * 100_000 + "By Mara Quill", '<i class="author">Mara Quill</i>' * 20_000])
def test_floods_are_bounded(markup: str) -> None:
    """Neither depth nor number makes the search long."""
    html = page(story(above=markup))
    main = main_text(html)
    start = time.process_time()
    list(byline_claims(html, main))

    assert time.process_time() - start < 2
