"""Where on a page a byline may stand, and what marks it there.

Nothing here reads a name: elements come in, elements go out.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from archivist.extract.byline_labels import is_labelled
from archivist.extract.html import Element
from archivist.extract.index import Index, index_of
from archivist.extract.main_text import MainText
from archivist.extract.tree import INLINE, length_of, text_of, words_of

__all__ = [
    "MAX_RAW",
    "Places",
    "Zone",
    "is_description",
    "is_named_author",
    "is_short",
    "leads_to_author",
    "places",
]

MAX_RAW: Final = 2_400
"""Characters, white space and scripts included, above which an element is too large to be a byline."""
MAX_HEAD: Final = 3_000
"""Elements between headline and text that are looked at."""
MAX_BELOW: Final = 150
"""Elements below the text among which its author's name may stand."""
PARAGRAPH: Final = 80
"""Characters of a paragraph of the text."""
LONG_PARAGRAPH: Final = 160
"""Characters of a paragraph that no byline is, and few standfirsts are."""
LEADS: Final = 2
"""Paragraphs that may stand above a byline: the standfirst, a summary."""
NEAR: Final = 3
"""Ancestors of the headline, one of which holds a byline that stands above it."""
_BYLINE_WORDS: Final = frozenset(
    "byline bylines author authors autor autora autores autoren auteur auteurs autore autori writer writers writtenby "
    "reporter reporters journalist journalists journaliste redacteur redaktor forfatter forfattare skribent skribenter "
    "toimittaja kirjoittaja penulis muhabir yazar firma firmante firmas columnist columnista colunista vcard "
    "contributor contributors creator creators szerzo signature postedby".split()
)
_DESCRIPTION_WORDS: Final = frozenset(
    "title role job jobtitle org organization organisation company employer position affiliation location place "
    "publication publisher expertise occupation funktion fonction cargo ruolo functie".split()
)
_BY: Final = frozenset({"by"})
_LINE: Final = frozenset({"line"})
_NAMING: Final = ("rel", "itemprop", "property")
_AUTHOR: Final = frozenset({"author", "schema:author"})
_MARKS: Final = "data-testid data-test-id data-test data-qa data-component data-link-name data-type".split()
"""Where systems whose classes are no words say what an element is."""
_NOT_BYLINE: Final = frozenset(
    "related comment comments bio biography description footer nav recommended teaser teasers avatar image "
    "photo photos foto picture figure credit credits caption gallery player video social share follow popular trending "
    "newsletter card cards promo quote breadcrumb breadcrumbs tags topics".split()
)
_BESIDE_BYLINE: Final = frozenset("share social follow card cards bio avatar comments comment description".split())
"""A byline may stand beside buttons and the author's picture, and be called after them."""
_BUTTONS: Final = frozenset({"share", "social", "follow"})
"""A link to an author's page, above the text, is none of the buttons in a box called so."""
_PICTURE_WORDS: Final = frozenset("caption captions carousel gallery slide slides slider slideshow figure".split())
_COMMENT_WORDS: Final = frozenset({"comment", "comments"})
_APART: Final = frozenset({"nav", "footer", "figure", "figcaption", "blockquote"})
_FIGURES: Final = frozenset({"figure", "figcaption"})
"""Some designs set the author's portrait, name and address as one of these."""
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_LINES: Final = frozenset("p span div address small li dd td em i b strong cite font h3 h4 h5 h6 section".split())
_PAGE_OF_AUTHOR: Final = re.compile(
    r"/(?:@|(?:authors?|autore?s?|autori|autorin|autoren|autorzy|auteurs?|profiles?|profil|journalists?|journalistes?|"
    r"reporters?|redaktion|redakteure?|redaktor|writers?|staff|contributors?|columnists?|columnistas?|"
    r"colunistas?|firmas?|by|meet-the-team|our-team|correspondents?|penulis|forfatter|forfattare|"
    r"skribent|kirjoittaja|toimittaja|yazarlar|yazar|muhabir|giornalist[ai]|redacao|redaccion|szerzo|avtor)/)[^/?#]{2}",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class Zone:
    """Elements that may be bylines, in one part of the page."""

    bylines: AbstractSet[Element]
    """All elements that are marked, wherever they stand."""
    marked: list[Element] = field(default_factory=list)
    lines: list[Element] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)
    images: list[Element] = field(default_factory=list)
    others: list[Element] = field(default_factory=list)
    """Lines that nothing marks."""

    def add(self, element: Element) -> None:
        """The element in the list that its mark puts it in, if any does."""
        tag = element.tag
        if element in self.bylines:
            self.marked.append(element)
        elif tag == "a":
            if leads_to_author(element):
                self.links.append(element)
        elif tag == "img":
            self.images.append(element)
        elif tag in _LINES:
            (self.lines if _begins(element) else self.others).append(element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """A page's headline and text, and the places around them."""

    root: Element
    headline: Element | None
    first: Element | None
    """Where the text is well under way."""
    last: Element | None
    """Where it ends."""
    own: AbstractSet[Element]
    """What holds headline or text: however it is called, what stands in it may be the story's."""
    index: Index
    bylines: AbstractSet[Element]
    """Elements whose attributes call them bylines."""

    def beside(self) -> list[Element]:
        """What is marked, above the headline, in an element that holds the headline and no navigation."""
        inner = self.first if self.headline is None else self.headline
        around = [] if inner is None else [*inner.iterancestors()][:NEAR]
        near = [each for each in around if each.tag not in {"body", "html"} and each.find(".//nav") is None]
        return self._marked(near[-1], inner) if near else []

    def before(self) -> list[Element]:
        """What is marked anywhere before the text."""
        return self._marked(self.root, self.first)

    def _marked(self, outer: Element, end: Element | None) -> list[Element]:
        """What is marked in an element, up to another one in it."""
        elements, begin = self.index.elements, self.index.place(outer)
        around = elements[begin : None if end is None else self.index.place(end)]
        return [each for each in around if each in self.bylines]

    def head(self) -> Zone:
        """What stands between the headline and the text."""
        zone = Zone(bylines=self.bylines)
        paragraphs = 0
        for element in self.index.after(self.headline)[:MAX_HEAD] if self.headline is not None else ():
            if element is self.first or paragraphs > LEADS:
                break
            if element.tag == "p" and _is_prose(element):
                paragraphs += 1
            else:
                zone.add(element)
        return zone

    def foot(self) -> Zone:
        """What stands below the text, up to the next heading."""
        zone = Zone(bylines=self.bylines)
        if self.last is not None:
            begin = self.index.place(self.last)
            for element in self.index.elements[begin : begin + MAX_BELOW]:
                if self._ends_foot(element, zone):
                    break
                zone.add(element)
        return zone

    def _ends_foot(self, element: Element, foot: Zone) -> bool:
        """A heading below the text begins something else, unless it stands in what tells of the author."""
        if element.tag in {"footer", "article"}:
            return not self._is_storys_footer(element)
        if element.tag not in _HEADINGS or element in self.bylines:
            return False
        return all(around not in foot.marked for around in element.iterancestors())

    def _is_storys_footer(self, element: Element) -> bool:
        return element.tag == "footer" and any(around in self.own for around in element.iterancestors("article"))

    def is_elsewhere(self, element: Element, *, is_below: bool = False, is_in_margin: bool = False) -> bool:
        """The element stands in something that is not the story's own.

        Args:
            element: what may be a byline.
            is_below: it stands below the text, where a list is one of other stories, and a footer the site's.
            is_in_margin: a margin is no hindrance.
        """
        elsewhere = _NOT_BYLINE if is_below else _NOT_BYLINE - {"footer"}
        length = length_of(element)
        is_author = leads_to_author(element)
        is_in_item = False
        for around in (element, *element.iterancestors()):
            if around in self.own:
                return False
            if self._is_storys_footer(around):
                continue
            words = words_of(around)
            forbidden = elsewhere - _BESIDE_BYLINE if _is_byline(words) else elsewhere
            if is_author and not is_below:
                forbidden -= _BUTTONS
            is_apart = around.tag in _APART and not (element.tag == "address" and around.tag in _FIGURES)
            if is_apart or not forbidden.isdisjoint(words):
                return True
            if not is_in_margin and (around.tag == "aside" or "sidebar" in words):
                return True
            if around.tag in {"article", "li"} and not is_in_item:
                is_in_item = True
                if is_below or length_of(around) > length + PARAGRAPH:
                    return True  # another story's teaser
        return False


def places(root: Element, main: MainText | None, shown: Element | None = None) -> Places:
    """The places of a page; where it has no ``h1``, what is shown as its headline counts."""
    first, last = _bounds(main)
    headline = _headline(root, first)
    headline = shown if headline is None else headline
    own = {around for inner in (first, headline) if inner is not None for around in inner.iterancestors()}
    own |= {main.element} if main is not None else set()
    index = index_of(root)
    return Places(root=root, headline=headline, first=first, last=last, own=own, index=index, bylines=_bylines(index))


def _bounds(main: MainText | None) -> tuple[Element | None, Element | None]:
    """Where the text is well under way, and where it ends."""
    if main is None or not main.blocks:
        return None, None
    both = zip(main.blocks, main.elements, strict=True)
    long = (element for block, element in both if block.kind == "paragraph" and len(block.text) >= PARAGRAPH)
    paragraphs = [element for element in long if main.element in (element, *element.iterancestors())]
    first = paragraphs[: LEADS + 1][-1] if paragraphs else main.elements[0]
    around = {*first.iterancestors()}
    last = next((element for element in reversed(main.elements) if element not in around), first)
    return first, last


def _headline(root: Element, first: Element | None) -> Element | None:
    """The last ``h1`` before the text, or before other paragraphs: on endless pages the next story follows them."""
    found = None
    paragraphs = 0
    for element in root.iter("h1", "p", *(() if first is None else (first.tag,))):
        if element is first or paragraphs > LEADS:
            break
        if element.tag == "h1":
            found = element
        elif found is not None and element.tag == "p" and _is_prose(element):
            paragraphs += 1
    return found


def _is_prose(element: Element) -> bool:
    """A paragraph as texts have, not the caption of a picture."""
    if is_short(element, LONG_PARAGRAPH):
        return False
    around = [element, *element.iterancestors()][: NEAR + 3]
    return all(each.tag != "figure" and _PICTURE_WORDS.isdisjoint(words_of(each)) for each in around)


def is_short(element: Element, limit: int) -> bool:
    """No more text than this; told from the raw text where that is enough."""
    length = length_of(element)
    return length <= limit or (length <= MAX_RAW and len(text_of(element)) <= limit)


def _bylines(index: Index) -> AbstractSet[Element]:
    """The elements whose attributes call them bylines."""
    named = index.called(_BYLINE_WORDS) | (index.called(_BY) & index.called(_LINE))
    naming = [each for name in _NAMING for each in index.telling[name] if _names_author(each.get(name))]
    marked = [each for name in _MARKS for each in index.telling[name] if _tells(each.get(name) or "")]
    return {*named, *naming, *marked, *index.elements[0].iter("address")}


def _names_author(value: str | None) -> bool:
    """The value of ``rel`` or its like says that the element is the author's name."""
    return value is not None and "author" in value and not _AUTHOR.isdisjoint(value.split())


def _tells(value: str) -> bool:
    """What systems note says that the element is a byline."""
    return "yline" in value or "uthor" in value


def _is_byline(words: AbstractSet[str]) -> bool:
    """The words name a byline; those of a comment's author name the author, too."""
    return "byline" in words or not (_BYLINE_WORDS.isdisjoint(words) or not _COMMENT_WORDS.isdisjoint(words))


def is_named_author(element: Element) -> bool:
    """By ``rel``, microdata or RDFa it is the author's name."""
    return any(_names_author(element.get(name)) for name in _NAMING)


def _begins(element: Element) -> bool:
    """A line whose first word, or that of its first element, is "By": asked first, for telling all text is slow."""
    if len(element) > 6 or any(child.tag not in INLINE and child.tag != "br" for child in element):
        return False
    first = (element.text or "").strip() or (len(element) and (element[0].text or "").strip()) or ""
    return bool(first) and (is_labelled(first) or is_labelled(f"{first} x y"))


def is_description(element: Element) -> bool:
    """It is called what stands beside an author's name: role, employer, place."""
    return not _DESCRIPTION_WORDS.isdisjoint(words_of(element))


def leads_to_author(link: Element) -> bool:
    """The address is that of an author's own page, as systems write it."""
    return bool(_PAGE_OF_AUTHOR.search(link.get("href") or ""))
