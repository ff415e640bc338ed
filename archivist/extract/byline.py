"""Witness: the visible byline, and the line that thanks those who contributed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.names import is_person, organisation_or_none, split_names
from archivist.extract.tree import length_of, text_of, words_of

__all__ = ["byline_claims"]

MAX_BYLINE: Final = 220
MAX_RAW: Final = 10 * MAX_BYLINE
"""Characters, white space and scripts included, above which an element is too large to be a byline."""
MAX_CANDIDATES: Final = 6

_BYLINE_WORDS: Final = frozenset("byline author authors autor autoren auteur auteurs autore writer contributor".split())
_NOT_BYLINE: Final = frozenset(
    "related comment comments bio biography description footer nav sidebar recommended teaser avatar image photo "
    "social share follow popular trending card cards promo newsletter".split()
)
_BY: Final = re.compile(r"^(?:by|von|par|por|di|da|door|av|af|przez|od|oleh)\s+\S", re.IGNORECASE)
_CONTRIBUTED: Final = re.compile(
    r"^(?P<before>[^.]{3,200}?)\s+(?:also\s+)?contributed(?:\s+(?:to|reporting)\b|\.|$)"
    r"|(?:additional|further)\s+reporting\s+(?:was\s+)?(?:contributed\s+)?by\s+(?P<after>[^.]{3,200})"
    r"|^(?:reporting|with reporting|additional reporting)\s+by\s+(?P<by>[^.;]{3,200})"
    r"|^(?:mitarbeit|unter mitarbeit von)\s*:?\s+(?P<de>[^.]{3,200})"
    r"|^avec\s+(?:la\s+)?(?:contribution|participation)\s+de\s+(?P<fr>[^.]{3,200})"
    r"|^con\s+(?:la\s+)?(?:colaboración|información)\s+de\s+(?P<es>[^.]{3,200})",
    re.IGNORECASE,
)


def byline_claims(html: Html, main: MainText | None) -> Iterator[Found]:
    """Authors and bodies of the visible byline, contributors of the text's last lines."""
    scope = _scope(html, main)
    for element in _candidates(scope):
        yield from _names(element)
    if main is not None:
        for block, element in list(zip(main.blocks, main.elements, strict=True))[-12:]:
            found = _CONTRIBUTED.search(block.text) if len(block.text) <= 400 else None
            if found:
                said = next(group for group in found.groups() if group)
                for person in split_names(said):
                    yield "contributors", element_claim(person, element, witness="text", text=block.text)


def _scope(html: Html, main: MainText | None) -> Element:
    if main is None:
        return html.root
    for ancestor in (main.element, *main.element.iterancestors()):
        if ancestor.find(".//h1") is not None:
            return ancestor
    return main.element


def _candidates(scope: Element) -> list[Element]:
    """Elements that call themselves bylines, innermost first seen; else a paragraph that begins with "By"."""
    found: list[Element] = []
    for element in scope.iter("*"):
        if len(found) >= MAX_CANDIDATES:
            break
        if not _is_marked(element) or length_of(element) > MAX_RAW or _is_elsewhere(element, scope):
            continue
        is_inside = any(outer in found for outer in element.iterancestors())
        if not is_inside and 0 < len(text_of(element)) <= MAX_BYLINE:
            found.append(element)
    if found:
        return found
    for element in scope.iter("p", "span", "div"):
        text = text_of(element) if len(element) <= 4 and length_of(element) <= MAX_RAW else ""
        if 4 < len(text) <= 120 and _BY.match(text) and not _is_elsewhere(element, scope):
            return [element]
    return []


def _is_marked(element: Element) -> bool:
    """Its attributes call it a byline."""
    rel = (element.get("rel") or "").lower().split()
    return "author" in rel or element.get("itemprop") == "author" or not _BYLINE_WORDS.isdisjoint(words_of(element))


def _is_elsewhere(element: Element, scope: Element) -> bool:
    for around in (element, *element.iterancestors()):
        if around is scope:
            return False
        if around.tag in {"aside", "nav", "footer", "figure", "figcaption"} or not _NOT_BYLINE.isdisjoint(
            words_of(around)
        ):
            return True
    return False


def _names(element: Element) -> Iterator[Found]:
    marked = [each for each in element.iter("a", "span") if each is not element and _is_name(each)]
    inner = [each for each in marked if not any(other in each.iterancestors() for other in marked)]
    for source in inner or [element]:
        text = text_of(source)
        if _CONTRIBUTED.search(text):
            continue
        body = organisation_or_none(text)
        if body:
            yield "organisations", element_claim(body, source, witness="byline", text=text)
            continue
        for person in split_names(text):
            yield "authors", element_claim(person, source, witness="byline", text=text)


def _is_name(element: Element) -> bool:
    is_marked = (
        "author" in (element.get("rel") or "").lower()
        or element.get("itemprop") in {"name", "author"}
        or not words_of(element).isdisjoint({"name", "author", "byline"})
    )
    return is_marked and is_person(text_of(element), is_certain=True)
