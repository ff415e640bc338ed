"""The marks of a live blog."""

from __future__ import annotations

import pytest

from archivist.extract.live import live_claims
from archivist.extract.main_text import main_text
from tests.unit.extract.pages import TEXT, page, pairs

HEADLINES = """LIVE: Cranes stand still
Cranes stand still – live
Liveticker: Die Kräne stehen still
Der Newsblog zum Hafen | Live
EN DIRECT - Les grues à l’arrêt
En directo: las grúas paradas
Diretta: ferme le gru del porto
AO VIVO | Guindastes parados
Direkt: Kranarna står stilla
Na żywo: dźwigi stoją
Онлайн-трансляция: краны стоят
【直播】起重机停了 | 直播
مباشر: توقف الرافعات""".splitlines()
OTHERS = ("They live by the harbour", "Live music at the old customs house", "Direct flights end", "Vivo en el puerto")


def claims_of(headline: str, around: str = "") -> list[tuple[str, str]]:
    """What is claimed of a page with that headline."""
    html = page(f'<main><article class="{around}"><h1>{headline}</h1><div>{TEXT}</div></article></main>')
    return pairs(live_claims(html, main_text(html)))


@pytest.mark.parametrize("headline", HEADLINES)
def test_headlines_of_live_blogs(headline: str) -> None:
    """They carry the mark as a label."""
    assert claims_of(headline) == [("live", "yes")]


@pytest.mark.parametrize("headline", OTHERS)
def test_other_headlines(headline: str) -> None:
    """The word alone is no label."""
    assert claims_of(headline) == []


@pytest.mark.parametrize("name", ["live-blog", "article--liveticker", "LiveUpdates"])
def test_containers_of_live_blogs(name: str) -> None:
    """The class of what holds the text may say so; the evidence is that class."""
    html = page(f'<main><article class="{name}"><h1>Cranes</h1><div>{TEXT}</div></article></main>')
    [(field, claim)] = list(live_claims(html, main_text(html)))

    assert ("live", "text", name) == (field, claim.evidence.witness, claim.evidence.text)
    assert claim.evidence.at.endswith("/@class")


def test_other_containers() -> None:
    """``alive`` and ``live`` alone are no live blog; nor is a page without text."""
    assert claims_of("Cranes", "alive") == claims_of("Cranes", "live-wire") == []
    assert list(live_claims(page("<h1>LIVE: Cranes</h1>"), None)) == []
