"""Witness: microdata and RDFa light: ``itemprop`` and ``property`` inside the page's article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.dates import machine_date
from archivist.extract.html import Element, Html
from archivist.extract.names import signed_by
from archivist.extract.tree import collapse, length_of, text_of
from archivist.model.article import FieldName

__all__ = ["microdata_claims"]

MAX_RAW: Final = 10_000
"""Characters, white space and scripts included, above which an element is too large to be a value."""
NEAR: Final = 6
"""Ancestors of an author's name that may hold a picture, or another story's headline."""
MAX_PLACES: Final = 2
"""Places of authors that no article's item holds: a page that names them in more of them lists stories."""
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
_ELSEWHERE: Final = frozenset({"aside", "nav"})
_ARTICLE: Final = ("Article", "Posting", "Report")


def microdata_claims(html: Html) -> Iterator[Found]:
    """What ``itemprop`` and RDFa ``property`` claim of the article, not of a comment or a related story."""
    articles: list[Element] = []
    authors: list[Element] = []
    for element in html.root.iter("*"):
        if _is_article(element):
            articles.append(element)
        field = _field(element)
        if field and not _is_in_margin(element) and _is_first(element, articles):
            if field == "authors" and not any(map(_is_article, element.iterancestors())):
                authors.append(element)
            else:
                yield from _claims(field, element)
    if len({next(islice(element.iterancestors(), NEAR, None), None) for element in authors}) <= MAX_PLACES:
        for element in authors:
            yield from _claims("authors", element)


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


def _is_in_margin(element: Element) -> bool:
    """It stands beside the article, or in the page's footer; an article may have a footer of its own."""
    is_in_footer = False
    for around in element.iterancestors():
        if around.tag in _ELSEWHERE:
            return True
        is_in_footer = (is_in_footer or around.tag == "footer") and around.tag != "article"
    return is_in_footer


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
        yield from () if _is_of_other(element) else _authors(element, text, attribute)
    elif text:
        yield field, element_claim(text, element, witness="microdata", text=text, attribute=attribute)


def _is_of_other(element: Element) -> bool:
    """Who is named in a picture, or beside the linked headline of another story, did not write this one."""
    for around in islice(element.iterancestors(), NEAR):
        if around.tag in {"figure", "figcaption"}:
            return True
        if around.tag in {"article", "main", "body"} or around.find(".//h1") is not None:
            return False
        if any(map(_is_linked, around.iter("h2", "h3", "h4"))):
            return True
    return False


def _is_linked(heading: Element) -> bool:
    return any(next(way("a"), None) is not None for way in (heading.iter, heading.iterancestors))


def _authors(element: Element, text: str, attribute: str) -> Iterator[Found]:
    """The names in the element, or, where an item describes the author, the item's own names (microdata, 5.2.2)."""
    named = [] if attribute else [part for part in element.iter("*") if part.get("itemprop") == "name"]
    is_certain = "Person" in (element.get("itemtype") or "")
    for part in named or [element]:
        own = attribute if part is element else "content" if part.get("content") else ""
        said = text if part is element else collapse(part.get("content") or "") or text_of(part)
        for found, name in signed_by(said, is_certain=is_certain):
            yield found, element_claim(name, part, witness="microdata", text=said, attribute=own)
