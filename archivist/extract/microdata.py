"""Witness: microdata and RDFa: ``itemprop`` and ``property`` inside the page's article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.dates import machine_date
from archivist.extract.html import Element, Html
from archivist.extract.index import index_of
from archivist.extract.link_rel import is_language
from archivist.extract.names import signed_by
from archivist.extract.tree import collapse, length_of, text_of
from archivist.model.article import FieldName

__all__ = ["microdata_claims"]

MAX_RAW: Final = 10_000
"""Characters, white space and scripts included, above which an element is too large to be a value."""
MAX_MARKED: Final = 5_000
"""Elements with an item or a property that are looked at; a page of a hundred comments has 600."""
MAX_PARTS: Final = 100
"""Elements in an author or publisher among which a name is looked for."""
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
    "publisher": "site_name",
}
_PREFIXED: Final[dict[str, FieldName]] = {
    "dc:title": "title",
    "dc:creator": "authors",
    "dc:date": "published",
    "dc:created": "published",
    "dc:issued": "published",
    "dc:modified": "updated",
    "article:published_time": "published",
    "article:modified_time": "updated",
    "article:section": "section",
}
"""RDFa 1.1 initial context: ``dc``, of which ``dcterms`` and ``dct`` are other spellings; OpenGraph's own names."""
_ELSEWHERE: Final = frozenset({"aside", "nav"})
_ARTICLE: Final = ("Article", "Posting", "Report", "sioc:Item", "BlogPost")
_OTHER_ITEMS: Final = ("Object", "Comment", "Person", "Organization", "List", "Answer", "Event", "Product", "Rating")
"""Types that have authors and dates of their own: a picture's author is not the article's."""
_MARKING: Final = ("itemprop", "property", "itemtype", "typeof")


def microdata_claims(html: Html) -> Iterator[Found]:
    """What ``itemprop`` and RDFa ``property`` claim of the article, not of a comment, a picture or another story."""
    index = index_of(html.root)
    marking = {each for name in _MARKING for each in index.telling[name]}
    marked = list(islice(filter(marking.__contains__, index.elements), MAX_MARKED)) if marking else []
    main = _main_article([element for element in marked if _is_article(element)])
    loose: list[Element] = []
    for element in marked:
        field = _field(element)
        if field and not _is_in_margin(element) and _is_of(element, main):
            if field == "authors" and not any(map(_is_article, element.iterancestors())):
                loose.append(element)
            else:
                yield from _claims(field, element)
    if len({next(islice(element.iterancestors(), NEAR, None), None) for element in loose}) <= MAX_PLACES:
        for element in loose:
            yield from _claims("authors", element)


def _main_article(articles: list[Element]) -> Element | None:
    """Of several, the one with the page's headline."""
    with_headline = (article for article in articles[:20] if article.find(".//h1") is not None)
    return next(with_headline, articles[0] if articles else None)


def _field(element: Element) -> FieldName | None:
    # A meta element with a property is OpenGraph's, and heard as such.
    said = element.get("itemprop") or (element.get("property") if element.tag != "meta" else None) or ""
    for name in said.lower().split():
        prefix, _, local = name.rpartition(":")
        field = _PREFIXED.get(f"{'dc' if prefix.startswith('dc') else prefix}:{local}")
        if field is None and prefix in {"", "schema"}:
            field = _FIELDS.get(local)
        if field is not None:
            return field
    return None


def _is_article(element: Element) -> bool:
    kind = _kind(element)
    return bool(kind) and any(word in kind for word in _ARTICLE)


def _kind(element: Element) -> str:
    return element.get("itemtype") or element.get("typeof") or ""


def _is_of(element: Element, main: Element | None) -> bool:
    """It is said of the page's article, or of none; the item nearest around it decides."""
    is_in_article = is_nearest = False
    for ancestor in element.iterancestors():
        if ancestor is main:
            return True
        kind = _kind(ancestor)
        if kind and not is_nearest and any(word in kind for word in _OTHER_ITEMS):
            return False
        is_nearest = is_nearest or bool(kind)
        is_in_article = is_in_article or _is_article(ancestor)
    return not is_in_article


def _is_in_margin(element: Element) -> bool:
    """It stands beside the article, or in the page's footer; an article may have a footer of its own."""
    is_in_footer = False
    for around in element.iterancestors():
        if around.tag in _ELSEWHERE:
            return True
        is_in_footer = (is_in_footer or around.tag == "footer") and around.tag != "article"
    return is_in_footer


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


def _claims(field: FieldName, element: Element) -> Iterator[Found]:
    if field == "authors" and _is_of_other(element):
        return
    is_certain = "Person" in _kind(element)
    for holder in _named(element) if field in {"authors", "site_name"} else (element,):
        attribute = next((name for name in ("content", "datetime") if holder.get(name)), "")
        if not attribute and length_of(holder) > MAX_RAW:
            continue
        text = collapse(holder.get(attribute) or "") if attribute else text_of(holder)
        for found, value in _values(field, text, is_exact=bool(attribute), is_certain=is_certain):
            yield found, element_claim(value, holder, witness="microdata", text=text, attribute=attribute)


def _named(element: Element) -> list[Element]:
    """The names in an author or publisher; the element itself where no part of it is marked as its name."""
    parts = islice(element.iterdescendants(), MAX_PARTS)
    return [part for part in parts if _is_name(part) and _is_own(part, element)] or [element]


def _is_name(element: Element) -> bool:
    said = element.get("itemprop") or element.get("property") or ""
    return said.removeprefix("schema:") == "name"


def _is_own(part: Element, element: Element) -> bool:
    """No other item stands between: an author's employer has a name too."""
    for ancestor in part.iterancestors():
        if ancestor is element:
            return True
        if ancestor.get("itemscope") is not None or ancestor.get("typeof"):
            return False
    return False


def _values(field: FieldName, text: str, *, is_exact: bool, is_certain: bool) -> Iterator[tuple[FieldName, str]]:
    match field:
        case "published" | "updated":
            if is_exact and (date := machine_date(text)):
                yield field, date
        case "authors":
            yield from signed_by(text, is_certain=is_certain)
        case "language":
            if is_language(text):
                yield field, text.replace("_", "-")
        case _:
            if text:
                yield field, text
