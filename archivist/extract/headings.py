"""Witness: what the page shows as headline and standfirst, its ``title``, and marks of walls and live blogs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.tree import inside, length_of, text_of, words_of

__all__ = ["heading_claims", "text_of_title"]

MAX_HEADLINE: Final = 400
MAX_RAW: Final = 10 * MAX_HEADLINE
"""Characters, white space and scripts included, above which an element is too large to be a headline."""
_STANDFIRST: Final = frozenset(
    "standfirst subtitle subheadline subhead deck dek lede lead teaser intro summary kicker vorspann chapo "
    "chapeau sottotitolo entradilla excerpt".split()
)
_SEPARATOR: Final = re.compile(r"\s+[|\-–—»·:•]\s+")
_SITE_PARTS: Final = frozenset({"header", "nav", "footer", "aside"})


def heading_claims(html: Html, main: MainText | None) -> Iterator[Found]:
    """The displayed headline, the standfirst, the ``title``, correction notes."""
    shown = _headline(html, main)
    if shown is not None:
        text = text_of(shown)
        yield "title_shown", element_claim(text, shown, witness="heading", text=text)
        standfirst = _standfirst(shown)
        if standfirst is not None:
            text = text_of(standfirst)
            yield "description", element_claim(text, standfirst, witness="heading", text=text)
    title = html.root.find(".//title")
    if title is not None and (text := text_of_title(title)):
        yield "title", element_claim(max(_SEPARATOR.split(text), key=len), title, witness="title-element", text=text)
    if main is not None:
        for block, element in zip(main.blocks, main.elements, strict=True):
            if block.kind == "correction":
                yield "notes", element_claim(block.text, element, witness="text", text=block.text)


def text_of_title(title: Element) -> str:
    """The ``title`` element's text, folded."""
    return " ".join("".join(title.itertext()).split())[:MAX_HEADLINE]


def _headline(html: Html, main: MainText | None) -> Element | None:
    """The ``h1`` nearest before the text; else one that says what the ``title`` says."""
    candidates = [element for element in html.root.iter("h1") if _is_headline_long(element) and not _is_site(element)]
    if not candidates:
        return _by_name(html)
    if main is not None:
        inner = [element for element in candidates if main.element in element.iterancestors()]
        if inner:
            return inner[0]
    title = html.root.find(".//title")
    words = set(text_of_title(title).lower().split()) if title is not None else set()
    return max(candidates, key=lambda element: len(words & set(text_of(element).lower().split())))


def _is_headline_long(element: Element) -> bool:
    return length_of(element) <= MAX_RAW and 0 < len(text_of(element)) <= MAX_HEADLINE


def _by_name(html: Html) -> Element | None:
    """An element that calls itself the headline, where there is no ``h1``."""
    for element in html.root.iter("h2", "div", "span", "p"):
        is_named = element.tag == "h2" and not words_of(element).isdisjoint({"headline", "title"})
        if not is_named and element.get("itemprop") != "headline":
            continue
        if _is_headline_long(element) and not inside(element, _SITE_PARTS):
            return element
    return None


def _is_site(element: Element) -> bool:
    """It is the site's name in the site's own header, which links home."""
    link = element.find(".//a")
    return (
        link is not None and (link.get("href") or "").rstrip("/").count("/") <= 2 and inside(element, {"header", "nav"})
    )


def _standfirst(headline: Element) -> Element | None:
    for element in headline.itersiblings():
        if element.tag in {"h2", "p", "div"} and not words_of(element).isdisjoint(_STANDFIRST):
            return element if text_of(element) else None
    return None
