"""What kind of answer a page was, by general signs: a wall, a stub, an error that calls itself success.

The page is kept whatever the verdict: this only says what it is, so that nobody takes a block page for the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from archivist.model.article import Article
from archivist.model.quality import Quality, Verdict

__all__ = ["HTML_TYPES", "judge"]

HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})

SHORT: Final = 1_200
"""Characters of text below which a page with a wall's words is taken for the wall itself."""
WALL: Final = 20_000
"""Characters of text in which a paywall's words are looked for; they stand where the article stops."""
ARTICLE: Final = 350
"""Characters of paragraphs that make an article when a headline stands above them."""

_ROBOT = re.compile(
    r"captcha|are you (a )?(human|robot)|verify (that )?you are (a )?human|checking your browser|unusual traffic|"
    r"access (to this page )?(has been |is )?denied|enable javascript and cookies to continue|request blocked|"
    r"pardon our interruption|you have been blocked|bot detection|ddos protection|just a moment\.\.\.",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (and our partners )?(use|value) (cookies|your privacy)|"
    r"cookie[- ]?(consent|einstellungen|wall)|"
    r"your privacy choices|accept (all )?cookies|manage (cookie )?preferences|zustimm(en|ung)|privatsphäre|"
    r"tout accepter|accepter (et|&) continuer|aceptar (las )?cookies|accetta (tutti )?i cookie|akkoord",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"subscribe (now )?to (continue|read)|(this|the) (article|content|story) is (for|available to) subscribers|"
    r"already a subscriber|to continue reading|subscribers[- ]only|create a free account to|"
    r"jetzt (weiterlesen|abonnieren)|nur für abonnenten|exklusiv für abonnenten|"
    r"réservé (aux|à nos) abonnés|article réservé|pour lire la suite|solo para suscriptores|contenido exclusivo para|"
    r"riservato agli abbonati|alleen voor abonnees",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b404\b|(page|article|story|content) (was |could )?(not|no longer) (be )?(found|exist|available)|"
    r"(can.t|cannot|couldn.t) find (the|that|this) page|page (introuvable|non trouvée)|seite (wurde )?nicht gefunden|"
    r"página no encontrada|pagina non trovata|pagina niet gevonden|doesn.t exist|does not exist",
    re.IGNORECASE,
)


def judge(
    *, status: int, media_type: str | None, title: str, text: Callable[[], str], article: Article | None
) -> Quality:
    """The verdict on a page, with the signs it rests on.

    Args:
        status: of the answer.
        media_type: as declared, without parameters.
        title: what the page calls itself.
        text: gives all its visible text; asked only where the article is short, for walls hide articles.
        article: what was read, if anything was.
    """
    prose = _prose(article)
    shown = text() if status < 400 and prose < SHORT and (media_type or "") in HTML_TYPES else ""
    page = _Page(status=status, media_type=media_type or "", title=title, text=shown, prose=prose)
    for verdict, reason in (*_told_by_server(page), *_told_by_words(page, article)):
        return Quality(verdict=verdict, reasons=(reason,))
    return Quality(verdict="article" if _is_article(article, prose) else "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    status: int
    media_type: str
    title: str
    text: str
    prose: int
    """Characters of running text that were read."""


def _told_by_server(page: _Page) -> Iterator[tuple[Verdict, str]]:
    found = _ROBOT.search(page.title)
    if page.status in {403, 429} or (page.status >= 400 and found):
        said = f" and calls the page {page.title[:80]!r}" if found else ""
        yield "blocked", f"the server answered {page.status}{said}"
    if page.status >= 400:
        yield "error", f"the server answered {page.status}"
    if page.media_type not in HTML_TYPES:
        yield "not-html", f"the server declared it as {page.media_type}"


def _told_by_words(page: _Page, article: Article | None) -> Iterator[tuple[Verdict, str]]:
    if page.prose >= SHORT:
        return
    words = f"{page.title}\n{page.text[:WALL]}"
    if not page.text.strip():
        yield "empty", "the page shows no text without running scripts"
    is_bare = len(page.text) < SHORT
    if found := _ROBOT.search(words if is_bare else page.title):
        yield "blocked", f"the page says {found[0]!r}"
    if found := _MISSING.search(words if is_bare else page.title):
        yield "soft-404", f"the answer is {page.status}, and the page says {found[0]!r}"
    if is_bare and page.prose < ARTICLE and (found := _CONSENT.search(words)):
        yield "consent", f"the page says {found[0]!r} and hardly anything else"
    if article is not None and article.value("paywall") == "yes":
        yield "paywall", "the page marks itself as not free, and shows the beginning only"
    if found := _PAYWALL.search(words):
        yield "paywall", f"the page says {found[0]!r}"


def _is_article(article: Article | None, prose: int) -> bool:
    if article is None or prose < ARTICLE:
        return False
    # A page that shows its headline by scripts alone names it in its state, beside a date.
    return bool(article.value("title_shown") or (article.value("title") and article.value("published")))


def _prose(article: Article | None) -> int:
    """Characters of running text."""
    if article is None:
        return 0
    return sum(len(block.text) for block in article.blocks if block.kind in {"paragraph", "quote", "list-item"})
