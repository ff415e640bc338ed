"""What kind of answer a page was, by general signs: a wall, a stub, an error that calls itself success.

The page is kept whatever the verdict: this only says what it is, so that nobody takes a block page for the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archivist.model.article import Article
from archivist.model.quality import Quality, Verdict

__all__ = ["judge"]

HTML_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})

SHORT: Final = 1_200
"""Characters of text below which a page with a wall's words is taken for the wall itself."""
ARTICLE: Final = 350
"""Characters of paragraphs that make an article when a headline stands above them."""

_ROBOT = re.compile(
    r"captcha|are you (a )?(human|robot)|verify (that )?you are (a )?human|checking your browser|unusual traffic|"
    r"access (to this page )?(has been |is )?denied|enable javascript and cookies to continue|request blocked|"
    r"pardon our interruption|you have been blocked|bot detection|ddos protection|just a moment\.\.\.",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|we (and our partners )?(use|value) (cookies|your privacy)|cookie[- ]?(consent|einstellungen|wall)|"
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


def judge(*, status: int, media_type: str | None, title: str, text: str, article: Article | None) -> Quality:
    """The verdict on a page, with the signs it rests on.

    Args:
        status: of the answer.
        media_type: as declared, without parameters.
        title: what the page calls itself.
        text: all its visible text.
        article: what was read, if anything was.
    """
    for verdict, reason in _signs(status, media_type or "", title, text, article):
        return Quality(verdict=verdict, reasons=(reason,))
    return Quality(verdict="article" if _is_article(article) else "page")


def _signs(
    status: int, media_type: str, title: str, text: str, article: Article | None
) -> Iterator[tuple[Verdict, str]]:
    prose = _prose(article)
    is_short = prose < SHORT
    found = _ROBOT.search(f"{title}\n{text[: SHORT * 2]}") if len(text) < SHORT * 2 else _ROBOT.search(title)
    if found and (is_short or status in {401, 403, 429, 503}):
        yield "blocked", f"the answer says {found[0]!r}"
    if status in {403, 429}:
        yield "blocked", f"the server answered {status}"
    if status >= 400:
        yield "error", f"the server answered {status}"
    if media_type not in HTML_TYPES:
        yield "not-html", f"the server declared it as {media_type}"
    if not text.strip():
        yield "empty", "the page shows no text without running scripts"
    found = _MISSING.search(title) or (_MISSING.search(text[:SHORT]) if len(text) < SHORT else None)
    if found and is_short:
        yield "soft-404", f"the answer is {status}, and the page says {found[0]!r}"
    found = _CONSENT.search(f"{title}\n{text}") if len(text) < SHORT else None
    if found and prose < ARTICLE:
        yield "consent", f"the page says {found[0]!r} and hardly anything else"
    if article is not None and article.value("paywall") and is_short:
        yield "paywall", "the page marks itself as not free, and shows the beginning only"
    found = _PAYWALL.search(text)
    if found and is_short:
        yield "paywall", f"the page says {found[0]!r}"


def _is_article(article: Article | None) -> bool:
    return article is not None and bool(article.value("title_shown")) and _prose(article) >= ARTICLE


def _prose(article: Article | None) -> int:
    """Characters of running text."""
    if article is None:
        return 0
    return sum(len(block.text) for block in article.blocks if block.kind in {"paragraph", "quote", "list-item"})
