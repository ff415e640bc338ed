"""Witness: microdata and RDFa light: ``itemprop`` and ``property`` inside the page's article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from archivist.extract.claims import Found, element_claim
from archivist.extract.dates import machine_date
from archivist.extract.html import Element, Html
from archivist.extract.names import signed_by
from archivist.extract.tree import collapse, inside, length_of, text_of
from archivist.model.article import FieldName

__all__ = ["microdata_claims"]

MAX_RAW: Final = 10_000
"""Characters, white space and scripts included, above which an element is too large to be a value."""
_FIELDS: Final[dict[str, FieldName]] = {
    "headline": "title",
    "author": "authors",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "updated",
    "articlesection": "section",
    "description": "description",
    "inlanguage": "language",
}
_ELSEWHERE: Final = frozenset({"aside", "nav", "footer"})
_ARTICLE: Final = ("Article", "Posting", "Report")

_select: Final = etree.XPath("descendant-or-self::*[@itemprop or @property or @itemtype or @typeof]")


def _marked(root: Element) -> list[Element]:
    """The elements with microdata or RDFa, in document order; asked of libxml2, for most elements have none."""
    found = _select(root)
    return [element for element in found if isinstance(element, Element)] if isinstance(found, list) else []


def microdata_claims(html: Html) -> Iterator[Found]:
    """What ``itemprop`` and RDFa ``property`` claim of the article, not of a comment or a related story."""
    articles: list[Element] = []
    for element in _marked(html.root):
        if _is_article(element):
            articles.append(element)
        field = _field(element)
        if field and not inside(element, _ELSEWHERE) and _is_first(element, articles):
            yield from _claims(field, element)


def _field(element: Element) -> FieldName | None:
    # A meta element with a property is OpenGraph's, and heard as such.
    said = element.get("itemprop") or (element.get("property") if element.tag != "meta" else None) or ""
    names = (name.removeprefix("schema:") for name in said.lower().split())
    return next((_FIELDS[name] for name in names if name in _FIELDS), None)


def _is_article(element: Element) -> bool:
    kind = element.get("itemtype") or element.get("typeof") or ""
    return any(word in kind for word in _ARTICLE)


def _is_first(element: Element, articles: list[Element]) -> bool:
    """It stands in the page's first article, or in none."""
    around = [ancestor for ancestor in element.iterancestors() if _is_article(ancestor)]
    return not around or not articles or articles[0] in around


def _claims(field: FieldName, element: Element) -> Iterator[Found]:
    attribute = next((name for name in ("content", "datetime") if element.get(name)), "")
    if not attribute and length_of(element) > MAX_RAW:
        return
    text = collapse(element.get(attribute) or "") if attribute else text_of(element)
    if field in {"published", "updated"}:
        date = machine_date(text) if attribute else None
        if date:
            yield field, element_claim(date, element, witness="microdata", text=text, attribute=attribute)
    elif field == "authors":
        for found, name in signed_by(text):
            yield found, element_claim(name, element, witness="microdata", text=text, attribute=attribute)
    elif text:
        yield field, element_claim(text, element, witness="microdata", text=text, attribute=attribute)
