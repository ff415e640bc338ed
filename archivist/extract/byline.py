"""Witness: the visible byline, and the line that thanks those who contributed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.names import signed_by, split_names
from archivist.extract.tree import INLINE, SILENT, collapse, length_of, text_of, words_of
from archivist.model.article import FieldName

__all__ = ["byline_claims"]

MAX_BYLINE: Final = 220
MAX_RAW: Final = 10 * MAX_BYLINE
"""Characters, white space and scripts included, above which an element is too large to be a byline."""
MAX_CANDIDATES: Final = 6
MAX_THANKS: Final = 400
"""Characters of a block that may thank those who contributed."""

_BYLINE_WORDS: Final = frozenset("byline author authors autor autoren auteur auteurs autore writer contributor".split())
_NOT_BYLINE: Final = frozenset(
    "related comment comments bio biography description footer nav sidebar recommended teaser avatar image photo "
    "social share follow popular trending card cards promo newsletter".split()
)
_BY: Final = re.compile(r"^(?:by|von|par|por|di|da|door|av|af|przez|od|oleh)\s+\S", re.IGNORECASE)
_SHARED: Final = frozenset({"share", "social"})
"""A byline may stand beside the buttons for sharing, and be called after them."""
_BY_WORD: Final = re.compile(r"(?:by|von|par|por|di|da|door|av|af|przez|od|oleh)\b", re.IGNORECASE)
_CONTRIBUTED: Final = re.compile(
    r"^\W{0,3}(?P<before>[^.]{3,200}?)\s+(?:also\s+)?contributed(?:\s+(?:to (?:this|the)|reporting)\b|\.?$)"
    r"|(?:additional|further)\s+reporting\s+(?:was\s+)?(?:contributed\s+)?by\s+(?P<after>[^.]{3,200})"
    r"|^(?:reporting|with reporting|additional reporting)\s+by\s+(?P<by>[^.;]{3,200})"
    r"|^(?:mitarbeit|unter mitarbeit von)\s*:?\s+(?P<de>[^.]{3,200})"
    r"|^avec\s+(?:la\s+)?(?:contribution|participation)\s+de\s+(?P<fr>[^.]{3,200})"
    r"|^con\s+(?:la\s+)?(?:colaboración|información)\s+de\s+(?P<es>[^.]{3,200})",
    re.IGNORECASE,
)


_ROLE: Final = re.compile(
    r"(?:[A-Z][\w.]*\s){0,5}(?:staff |freelance )?"
    r"(?:[Ww]riters?|[Rr]eporters?|[Jj]ournalists?|[Cc]orrespondents?|[Pp]roducers?)\s"
)
_PLACE: Final = re.compile(r"\s(?:in|from|at)\s[^\W\da-z][\w .'-]{1,30}(?:,\s[^\W\da-z][\w .]{1,20}(?=,|$))?")
_LABELLED: Final = re.compile(r"^(?:著者|執筆者?|文|取材|글)\s?[:：]\s?")


def byline_claims(html: Html, main: MainText | None) -> Iterator[Found]:
    """Authors and bodies of the visible byline, contributors of the text's last lines."""
    scope = _scope(html, main)
    for element in _candidates(scope) or (_candidates(html.root)[:1] if scope is not html.root else []):
        yield from _names(element)
    if main is not None:
        yield from _contributors(main)


def _contributors(main: MainText) -> Iterator[Found]:
    """Those whom a short block of the text thanks."""
    for block, element in zip(main.blocks, main.elements, strict=True):
        found = _CONTRIBUTED.search(block.text) if len(block.text) <= MAX_THANKS else None
        if found:
            said = next(group for group in found.groups() if group)
            for person in split_names(_PLACE.sub("", _ROLE.sub("", said))):
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
        text = text_of(element) if _begins(element) and length_of(element) <= MAX_RAW else ""
        if 4 < len(text) <= 120 and _BY.match(text) and not _is_elsewhere(element, scope):
            return [element]
    return []


def _begins(element: Element) -> bool:
    """A line whose first word, or that of its first element, is "By": asked first, for telling all text is slow."""
    if len(element) > 4 or any(child.tag not in INLINE and child.tag != "br" for child in element):
        return False
    first = (element.text or "").strip() or (len(element) and (element[0].text or "").strip()) or ""
    return bool(_BY_WORD.match(first))


def _is_marked(element: Element) -> bool:
    """Its attributes call it a byline."""
    rel = (element.get("rel") or "").lower().split()
    return "author" in rel or element.get("itemprop") == "author" or not _BYLINE_WORDS.isdisjoint(words_of(element))


def _is_elsewhere(element: Element, scope: Element) -> bool:
    for around in (element, *element.iterancestors()):
        if around is scope:
            return False
        words = words_of(around)
        forbidden = _NOT_BYLINE if _BYLINE_WORDS.isdisjoint(words) else _NOT_BYLINE - _SHARED
        if around.tag in {"aside", "nav", "footer", "figure", "figcaption"} or not forbidden.isdisjoint(words):
            return True
    return False


def _names(element: Element) -> Iterator[Found]:
    """The persons and bodies in a byline: those of its single runs of text, or else of the whole."""
    whole = text_of(element)
    if _CONTRIBUTED.search(whole):
        return
    found = [pair for run in _runs(element) for pair in _named(run)]
    if not any(name == "authors" for name, _ in found):
        found = [*found, *_named(whole)]
    for name, value in dict.fromkeys(found):
        yield name, element_claim(value, element, witness="byline", text=whole)


def _runs(element: Element) -> list[str]:
    """What stands between two tags, so that names set side by side stay apart; nothing that is hidden."""
    if len(element) == 0:
        return []
    runs = []
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in SILENT:
            runs.append(collapse(node.text or ""))
        if node is not element:
            runs.append(collapse(node.tail or ""))
    return [run for run in runs if run]


def _named(text: str) -> Iterator[tuple[FieldName, str]]:
    """The one body, or the persons, that a text names."""
    return signed_by(_LABELLED.sub("", text))
