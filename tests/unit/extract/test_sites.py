"""The name of the newspaper, and titles without it."""

from __future__ import annotations

import pytest

from archivist.extract.sites import is_home, names_host, site_claims, site_name_in, title_without_site
from tests.unit.extract.pages import page, pairs, read

NAMES = {
    ("The Courier", "courier.example"): True,
    ("Saltmere Courier", "www.saltmere-courier.example"): True,
    ("Der Hafenkurier", "hafenkurier.example"): True,
    ("Südkurier", "suedkurier.example"): True,
    ("El País del Norte", "elpais.example"): True,
    ("El País", "lanacion.example"): False,
    ("Le Quotidien", "lequotidien.example"): True,
    ("Norddeutsche Allgemeine Zeitung", "naz.example"): True,
    ("The Saltmere Times", "saltimes.example"): True,
    ("ข่าวท่าเรือ Tharua.com", "tharua.example"): True,
    ("港湾日報", "kowan.example"): False,
    ("News", "courier-news.example"): False,
    ("Sport", "courier.example"): False,
    ("Time to act on the harbour", "time.example"): False,
    ("Cranes stand still", "css.example"): True,
    ("Cranes stand", "css.example"): False,
    ("", "courier.example"): False,
}


@pytest.mark.parametrize(("pair", "expected"), NAMES.items(), ids=map(str, NAMES))
def test_names_and_hosts(pair: tuple[str, str], *, expected: bool) -> None:
    """A host's label is the name, part of it, or its beginnings."""
    assert expected is names_host(*pair)


TITLES = {
    "Cranes stand still | The Courier": "Cranes stand still",
    "The Courier: Cranes stand still": "The Courier: Cranes stand still",
    "Courier – Cranes stand still": "Cranes stand still",
    "Kräne stehen still – eine Bilanz - Courier": "Kräne stehen still – eine Bilanz",
    "Grúas paradas | Economía | Courier": "Grúas paradas | Economía",
    "Las grúas del puerto siguen paradas | Economía | Courier": "Las grúas del puerto siguen paradas",
    "Guindastes parados no cais - 17/11/2026 - Porto - Courier": "Guindastes parados no cais",
    "Cranes stand still - Harbour - courier.example › Harbour": "Cranes stand still - Harbour",
    "起重机停工--港口--Courier": "起重机停工--港口",
    "クレーン停止｜Courier": "クレーン停止",
    "Courier": "Courier",
    "Cranes stand still | Nobody knows why": "Cranes stand still | Nobody knows why",
    "Cranes -- and nobody": "Cranes -- and nobody",
    "": "",
}


@pytest.mark.parametrize(("title", "expected"), TITLES.items(), ids=TITLES)
def test_titles_without_the_site(title: str, expected: str) -> None:
    """The site's name goes at either end, with the section or date before it; a headline in parts stays whole."""
    assert expected == title_without_site(title, host="www.courier.example")


def test_a_known_name_needs_no_host() -> None:
    """What the page says it is called is cut off, whatever the host."""
    assert "クレーン停止" == title_without_site("クレーン停止 - 港湾日報", host="kowan.example", name="港湾日報")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Courier", "The Courier"),
        ("Courier - Nachrichten aus dem Hafen", "Courier"),
        ("All the news | The Courier", "The Courier"),
        ("El Muelle: noticias del puerto", "El Muelle"),
        ("https://courier.example", None),
        ("www.courier.example", None),
        ("Home", None),
        ("", None),
        ("courier.example", "courier.example"),
        ("T-Courier", "T-Courier"),
    ],
)
def test_site_names(text: str, name: str | None) -> None:
    """No address, no slogan, no "Home"."""
    assert name == site_name_in(text, host="courier.example")


HOME = "https://courier.example"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("/", True), (HOME, True), ("/de/", True), ("/index.html", True), ("/news", False), ("?p=1", False), ("", False)],
)
def test_home(reference: str, *, expected: bool) -> None:
    """The front page, also of one language, and of the domain that a section's host belongs to."""
    assert expected is is_home(page("<p>Kai", url="https://news.courier.example/a"), reference)
    assert is_home(page("<p>Kai", url="https://news.courier.example/a"), HOME)
    assert not is_home(page("<p>Kai", url="https://courier.example/a"), "https://news.courier.example")


MASTHEADS = {
    "<title>Cranes stand still | The Courier</title>": [("The Courier", "title-element")],
    "<title>The Courier | Harbour | Cranes</title>": [("The Courier", "title-element")],
    '<a href="/"><img src="a.svg" alt="Logo: The Courier"></a>': [("The Courier", "masthead")],
    '<a href="/" aria-label="Zur Courier Startseite"><svg></svg></a>': [("Courier", "masthead")],
    '<a href="/"><svg><title>Courier Logo</title></svg></a>': [("Courier", "masthead")],
    '<a href="/harbour">The Courier</a>': [],
    '<link rel="alternate" type="application/rss+xml" title="The Courier » Feed" href="/feed">': [
        ("The Courier", "masthead")
    ],
    '<meta name="twitter:site" content="@TheCourier">': [],
    '<meta property="article:publisher" content="https://social.example/Courier/">': [("Courier", "handle")],
    '<meta property="article:publisher" content="https://social.example/courier">': [],
    '<meta property="og:site_name" content="El Muelle"><a href="/">Courier</a>': [],
    '<meta property="og:site_name" content="https://courier.example"><a href="/">Courier</a>': [
        ("Courier", "masthead")
    ],
    '<title>クレーン停止｜港湾日報</title><img class="logo" src="a.png" alt="港湾日報">': [("港湾日報", "masthead")],
    "<title>クレーン停止｜港湾日報</title>": [],
}


@pytest.mark.parametrize(("markup", "expected"), MASTHEADS.items(), ids=range(len(MASTHEADS)))
def test_where_a_page_shows_its_name(markup: str, expected: list[tuple[str, str]]) -> None:
    """At the end of the title, else in masthead, feed or handle; confirmed by the host or by each other."""
    found = site_claims(page(f"<html>{markup}</html>", url=f"{HOME}/cranes"))

    assert expected == [(claim.value, claim.evidence.witness) for _, claim in found]


def test_the_company_is_not_the_newspaper() -> None:
    """Without og:site_name the title's end goes before the publisher in JSON-LD."""
    data = '{"@type": "NewsArticle", "headline": "Cranes", "publisher": {"name": "Quay Media Holding AG"}}'
    markup = f'<title>Cranes - The Courier</title><script type="application/ld+json">{data}</script>'

    assert "The Courier" == read(markup).value("site_name")
    assert ("site_name", "The Courier") in pairs(site_claims(page(markup)))
