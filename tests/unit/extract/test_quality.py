"""What kind of answer a page was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.extract.quality import judge
from archivist.model.article import Article, Block, Claim, Evidence, Settled
from archivist.model.quality import Quality

PROSE = "Nobody on the board could say who had signed the second contract. "


def article(
    prose: int = 0, *, paywall: bool | None = None, title: str | None = "Cranes", kind: str = "paragraph"
) -> Article:
    """An article with so many characters of text."""
    evidence = Evidence(witness="heading", at="/h1", text="Cranes")
    fields = {"title_shown": Settled(values=(Claim(value=title, evidence=evidence),))} if title else {}
    if paywall is not None:
        fields["paywall"] = Settled(values=(Claim(value="yes" if paywall else "no", evidence=evidence),))
    text = (PROSE * (prose // len(PROSE) + 1))[:prose]
    blocks = (Block(kind=kind, text=text, path="article/p"),) if prose else ()  # type: ignore[arg-type]
    return Article(url="https://courier.example/a", fields=fields, blocks=blocks)


def verdict(
    *,
    status: int = 200,
    media_type: str | None = "text/html",
    title: str = "",
    text: str = "x",
    of: Article | None = None,
) -> Quality:
    """The verdict on a page."""
    return judge(status=status, media_type=media_type, title=title, text=lambda: text, article=of)


LONG = "Words that say nothing of the kind. " * 60
PAGES = {
    "article": ({"of": article(2_000), "text": LONG}, "article"),
    "short article": ({"of": article(400), "text": PROSE * 6}, "article"),
    "no headline": ({"of": article(2_000, title=None), "text": LONG}, "page"),
    "list": ({"of": article(100), "text": LONG}, "page"),
    "captions only": ({"of": article(2_000, kind="caption"), "text": LONG}, "page"),
    "gone": ({"status": 404, "of": article(2_000)}, "error"),
    "broken": ({"status": 500}, "error"),
    "forbidden": ({"status": 403}, "blocked"),
    "too many": ({"status": 429}, "blocked"),
    "robot check, 503": ({"status": 503, "title": "Just a moment..."}, "blocked"),
    "robot check, 200": ({"text": "Please verify you are a human"}, "blocked"),
    "robot in a long page": ({"text": LONG + "captcha", "of": article(100)}, "page"),
    "soft 404": ({"title": "Page not found", "text": LONG}, "soft-404"),
    "soft 404, French": ({"text": "Page introuvable"}, "soft-404"),
    "consent": ({"text": "We value your privacy. Accept all cookies"}, "consent"),
    "consent above an article": ({"text": "Accept all cookies " + PROSE * 30, "of": article(1_300)}, "article"),
    "paywall": ({"text": PROSE * 6 + "Subscribe to continue reading", "of": article(400)}, "paywall"),
    "paywall, German": ({"text": PROSE * 6 + "Nur für Abonnenten", "of": article(400)}, "paywall"),
    "marked paywall": ({"text": PROSE * 6, "of": article(400, paywall=True)}, "paywall"),
    "marked as free": ({"text": PROSE * 6, "of": article(400, paywall=False)}, "article"),
    "marked, shown in full": ({"text": LONG, "of": article(2_000, paywall=True)}, "article"),
    "an article about captchas": ({"text": "captcha " + LONG, "of": article(2_000)}, "article"),
    "empty": ({"text": "  "}, "empty"),
    "pdf": ({"media_type": "application/pdf"}, "not-html"),
    "undeclared": ({"media_type": None, "of": article(2_000)}, "article"),
}


@pytest.mark.parametrize(("given", "expected"), PAGES.values(), ids=PAGES)
def test_verdicts(given: dict[str, object], expected: str) -> None:
    """The verdict follows from status, type, words and length; every bad one has a reason."""
    found = verdict(**given)  # type: ignore[arg-type]

    assert expected == found.verdict
    assert bool(found.reasons) == (expected not in {"article", "page"})


def test_an_article_that_only_scripts_show() -> None:
    """It has no headline to be seen; its state gives a title, and a date as articles have."""
    said = Evidence(witness="hydration", at="/props", text="x")
    of = {name: Settled(values=(Claim(value="2026-11-17", evidence=said),)) for name in ("title", "published")}
    long = article(2_000, title=None)
    assert "article" == verdict(of=replace(long, fields=of), text=LONG).verdict
    assert "page" == verdict(of=replace(long, fields={"title": of["title"]}), text=LONG).verdict


def test_the_text_of_a_long_article_is_not_asked_for() -> None:
    """Walls hide articles: where much was read, none is looked for."""

    def text() -> str:
        raise AssertionError("asked")

    assert "article" == judge(status=200, media_type="text/html", title="", text=text, article=article(2_000)).verdict


def test_reasons_quote_the_page() -> None:
    """What was seen is said in the page's words."""
    assert verdict(text="Please verify you are human").reasons == ("the page says 'verify you are human'",)
