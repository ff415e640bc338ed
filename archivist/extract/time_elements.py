"""Witness: ``time`` elements and the visible lines that say when: datelines, "Published", "Updated".

A line that announces a date and gives none ("Updated:" above an audio player's "0:00") is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from archivist.extract.claims import Found, element_claim
from archivist.extract.date_labels import begins_with_label
from archivist.extract.date_lines import read_line
from archivist.extract.dates import has_time, machine_date
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.tree import INLINE, collapse, is_hidden, length_of, text_of, words_of
from archivist.extract.written_dates import find_date, is_nothing_but
from archivist.model.article import FieldName

__all__ = ["time_claims"]

MAX_LINE: Final = 200
MAX_RAW: Final = 10 * MAX_LINE
"""Characters, white space and scripts included, above which an element is too large to be a line."""
MAX_ANNOUNCEMENT: Final = 80
"""Characters of a line without any mark: a longer one that begins with "Published" is a sentence."""
MAX_SHORT: Final = 280
"""Characters of a line in the head, white space included."""
MAX_CHILDREN: Final = 8
MAX_HEAD: Final = 1_500
"""Characters around a headline that still are its head, with kicker, standfirst, byline and dates."""
LONG: Final = 100
"""Characters of a block of text that is no dateline: with it the article's head ends."""
MAX_TIMES: Final = 12
"""``time`` elements that are looked at: behind the first dozen stand the dates of other stories."""
MAX_LINES: Final = 200
"""Lines that are read: a head has a few, and a page of datelines is a list of stories."""

_ELSEWHERE: Final = frozenset(
    "related comment comments sidebar recommended teaser teasers popular trending latest mostread footer nav "
    "event events promo card cards list live ticker".split()
)
_ELSEWHERE_TAGS: Final = frozenset({"aside", "nav", "footer"})
_FIGURES: Final = frozenset({"figure", "figcaption"})
"""A line in these says when a picture was taken."""
_NEAR_WORDS: Final = frozenset(
    "date dates dateline published publish pubdate timestamp time updated update modified byline meta datum "
    "fecha zeit data datestamp postdate".split()
)
_MODIFIED_WORDS: Final = frozenset({"modified", "datemodified", "lastmodified", "lastupdated", "lastupdate"})
_UPDATED_WORDS: Final = frozenset({"updated", "update"})
_HATOM_WORDS: Final = frozenset({"entry", "date", "post", "published", "hentry"})
"""Beside these, class ``updated`` says nothing: hAtom asks for it everywhere, and themes set it on the only date."""
_PUBLISHED_WORDS: Final = frozenset({"published", "publish", "pubdate", "datepublished"})
_BLOCKS: Final = frozenset("p span div li small dd h4 h5 h6".split())
"""Below the head, only these are lines of their own."""
_LINE_TAGS: Final = frozenset(
    "p span div li small dd dt td strong b em i cite h4 h5 h6 abbr font address dl ul".split()
)
_TIME_NAME: Final = re.compile(r"title$|data-.{0,30}(?:date|time|stamp|epoch|publish|utc)", re.IGNORECASE)
_FIGURE: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"\d{4}")
_SEPARATOR: Final = re.compile(r"\s[|\-–—·•]\s|,\s")

_string: Final = etree.XPath("string()")

_DAY_FIRST_DOMAINS: Final = frozenset(
    "uk au nz ie in za ng ke gh pk lk sg my hk mt jm tt bb bd np zw zm ug tz bw na mw fj".split()
)
_MONTH_FIRST_DOMAINS: Final = frozenset({"us", "gov", "mil", "ph"})


@dataclass(slots=True, kw_only=True)
class _Page:
    """What the lines of a page are read by."""

    scope: Element
    headline: Element | None
    own: AbstractSet[Element]
    """Elements that hold the article's text."""
    language: str | None
    """With the region by which numeric dates are read."""
    known: Sequence[str]
    """Dates that mark-up gives."""
    shown: list[str] = field(default_factory=list)
    """Publication as read in the lines so far: these are in the page's own zone."""


def time_claims(
    html: Html,
    main: MainText | None,
    *,
    headline: Element | None = None,
    language: str | None = None,
    known: Sequence[str] = (),
) -> Iterator[Found]:
    """What ``time`` elements and visible date lines around the article say.

    Args:
        html: the page.
        main: its main text.
        headline: the displayed headline; the first ``h1`` where none is given.
        language: of the page.
        known: dates of the page that other witnesses give, in ISO 8601, its publication first: they decide which
            number of 5/8/2023 is the month, and give the day to a line that leaves it out.
    """
    if headline is None:
        headline = html.root.find(".//h1")
    yield from _title(html, language)
    scope = _scope(html, main, headline)
    own = {main.element, *main.element.iterancestors("article")} if main is not None else {scope}
    page = _Page(scope=scope, headline=headline, own=own, language=_with_region(language, html.url), known=known)
    times = lines = 0
    for element, is_near in _candidates(page, main):
        if _is_elsewhere(element, page, is_near=is_near):
            continue
        if _is_time(element):
            times += 1
            claims = _time(element, page, is_first=times == 1) if times <= MAX_TIMES else iter(())
        else:
            lines += 1
            claims = _line(element, page, is_near=is_near) if lines <= MAX_LINES else iter(())
        for name, claim in claims:
            if name == "published" and claim.evidence.witness == "visible-date":
                page.shown.append(claim.value)
            yield name, claim


def _title(html: Html, language: str | None) -> Iterator[Found]:
    """A date set off in the ``title``: "Cranes stand still - 17/11/2026 - The Courier"."""
    title = next(html.root.iter("title"), None)
    text = "" if title is None else collapse(title.text or "")[:MAX_LINE]
    if title is not None and _YEAR.search(text):
        for part in _SEPARATOR.split(text)[1:]:
            found = find_date(part, language=language)
            if found and len(found.value) >= len("2026-11-23") and is_nothing_but(found.before, found.after, letters=0):
                yield "published", element_claim(found.value, title, witness="title-element", text=text)


def _with_region(language: str | None, url: str) -> str | None:
    """The page's language with a region; plain English where the address says another than the page.

    Systems made in America declare en-US on pages of all countries.
    """
    code = (language or "").lower().replace("_", "-")
    if code not in {"en", "en-us"}:
        return language
    country = (urlsplit(url).hostname or "").rpartition(".")[2]
    if country in _MONTH_FIRST_DOMAINS:
        return "en-us"
    if country in _DAY_FIRST_DOMAINS:
        return "en-gb" if code == "en" else "en"
    return language


def _scope(html: Html, main: MainText | None, headline: Element | None) -> Element:
    """Where the article's own dates stand: what holds its text and its headline, and the article around both."""
    if main is None:
        return html.root
    around = set() if headline is None else {headline, *headline.iterancestors()}
    inner = (main.element, *main.element.iterancestors())
    for ancestor in inner:
        if ancestor in around or (not around and ancestor.tag in {"article", "main", "body"}):
            return next(ancestor.iterancestors("article"), ancestor)
    return html.root


def _candidates(page: _Page, main: MainText | None) -> Iterator[tuple[Element, bool]]:
    """Elements that may say when, and whether they stand in the article's head."""
    head = _head(page.scope, page.headline)
    text = (zip(main.blocks, main.elements, strict=True)) if main is not None else ()
    body = next((element for block, element in text if len(block.text) >= LONG), None)
    is_near = False
    for element in page.scope.iter(etree.Element):
        if element is head:
            is_near = True
        elif element is body:
            is_near = False
        if element.tag in _LINE_TAGS:
            if len(element) <= MAX_CHILDREN and _is_line(element, is_near=is_near):
                yield element, is_near
        elif _is_time(element):
            yield element, is_near


def _head(scope: Element, headline: Element | None) -> Element:
    """The headline, or what stands around it and is not much longer."""
    if headline is None or headline is scope:
        return scope
    head = headline
    for ancestor in headline.iterancestors():
        if ancestor is scope or length_of(ancestor) > MAX_HEAD:
            break
        head = ancestor
    return head


def _is_time(element: Element) -> bool:
    return element.tag == "time" or (element.get("datetime") is not None and element.tag not in {"ins", "del"})


def _is_line(element: Element, *, is_near: bool) -> bool:
    """It is marked, announces itself, or is short and stands in the head."""
    if not words_of(element).isdisjoint(_NEAR_WORDS):
        return length_of(element) <= MAX_RAW and element.find(".//time") is None
    if is_near:
        text = str(_string(element))
        return len(text) <= MAX_SHORT and _FIGURE.search(text) is not None and element.find(".//time") is None
    return element.tag in _BLOCKS and _announces(element) and element.find(".//time") is None


def _announces(element: Element) -> bool:
    """Its first words are those before a date, and not much follows."""
    first = element.text or ""
    if len(element) and (not first or first.isspace()):
        first = element[0].text or ""
    return begins_with_label(first) and length_of(element) <= MAX_RAW and len(text_of(element)) <= MAX_ANNOUNCEMENT


def _is_elsewhere(element: Element, page: _Page, *, is_near: bool) -> bool:
    """It stands in a list, a margin, or another story's article inside this one's."""
    for around in (element, *element.iterancestors()):
        if around is page.scope:
            return False
        if around.tag == "article" and around not in page.own and around.find(".//h1") is None:
            return True
        words = words_of(around)
        # In the head, what is named after a date too ("byline-and-comments") holds the date all the same.
        if not _ELSEWHERE.isdisjoint(words) and not (is_near and not words.isdisjoint(_NEAR_WORDS)):
            return True
        if around.tag in _ELSEWHERE_TAGS or (around.tag in _FIGURES and not _is_time(element)):
            return True
        if around.tag == "a" or (around.tag == "li" and not (is_near and around.find(".//a") is None)):
            return True
    return True


def _time(element: Element, page: _Page, *, is_first: bool) -> Iterator[Found]:
    machine, shown = (element.get("datetime") or "").strip(), text_of(element)
    moment = machine_date(machine)
    read = list(read_line(_before(element), shown, language=page.language, known=_known(page, moment)))
    by_words = _field_of(words_of(element) | {*(element.get("itemprop") or "").lower().split()})
    otherwise = by_words or ("published" if is_first else None)
    if moment:
        name = next((each.field for each in read if each.field), None) or otherwise
        if name:
            yield name, element_claim(moment, element, witness="time-element", text=machine, attribute="datetime")
    if is_hidden(element):
        return
    for each in read:
        if name := each.field or otherwise:
            yield (
                name,
                element_claim(
                    each.value, element, witness="visible-date" if moment or each.field else "time-element", text=shown
                ),
            )


def _known(page: _Page, *nearest: str | None) -> list[str]:
    return [*filter(None, nearest), *page.shown, *page.known]


def _before(element: Element) -> str:
    """The words just before an element, which may announce it."""
    previous = element.getprevious()
    text = (previous.tail if previous is not None else None) or ""
    if not text.strip() and previous is not None and previous.tag in INLINE | {"label", "div", "dt"}:
        text = text_of(previous)
    parent = element.getparent()
    if not text.strip() and previous is None and parent is not None:
        text = parent.text or ""
        before = parent.getprevious()
        if not text.strip() and before is not None and parent.tag in {"span", "a", "b", "dd"}:
            text = text_of(before)
    return text[-60:]


def _field_of(words: AbstractSet[str]) -> FieldName | None:
    """Which date class, id or ``itemprop`` speak of."""
    if not words.isdisjoint(_MODIFIED_WORDS):
        return "updated"
    if not words.isdisjoint(_UPDATED_WORDS) and words.isdisjoint(_HATOM_WORDS):
        return "updated"
    return None if words.isdisjoint(_PUBLISHED_WORDS) else "published"


def _line(element: Element, page: _Page, *, is_near: bool) -> Iterator[Found]:
    """What a line says, to readers and in its attributes."""
    words = words_of(element)
    is_marked = not words.isdisjoint(_NEAR_WORDS)
    text = text_of(element)
    if len(text) > MAX_LINE:
        return
    attribute, moment = _attribute(element) if is_marked else ("", None)
    read = list(
        read_line(
            "", text, language=page.language, known=_known(page, moment), is_strict=not is_marked, is_head=is_near
        )
    )
    otherwise = _field_of(words) or "published"
    if moment:
        name = next((each.field for each in read if each.field), None) or otherwise
        raw = element.get(attribute) or ""
        yield name, element_claim(moment, element, witness="time-element", text=raw, attribute=attribute)
    for each in read:
        yield each.field or otherwise, element_claim(each.value, element, witness="visible-date", text=text)


def _attribute(element: Element) -> tuple[str, str | None]:
    """The moment in a ``title`` or ``data-`` attribute that is named after time."""
    for name, raw in element.attrib.items():
        if _TIME_NAME.match(str(name)) and (moment := machine_date(str(raw))) and has_time(moment):
            return str(name), moment
    return "", None
