"""Witness: ``time`` elements and the visible lines that say when: datelines, "Published", "Updated".

A line that announces a date and gives none ("Updated:" above an audio player's "0:00") is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from archivist.extract.claims import Found, element_claim
from archivist.extract.date_labels import begins_with_label, labels_in
from archivist.extract.date_lines import Said, read_line
from archivist.extract.date_places import MAX_LINE, Place, is_time, places
from archivist.extract.dates import has_time, machine_date
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.tree import INLINE, collapse, is_hidden, length_of, text_of, words_of
from archivist.extract.writing import legible
from archivist.extract.written_dates import find_date, is_nothing_but
from archivist.model.article import FieldName

__all__ = ["time_claims"]

MAX_TIMES: Final = 12
"""``time`` elements that are looked at: behind the first dozen stand the dates of other stories."""
MAX_BEFORE: Final = 60
"""Characters before a date in which the word for it is looked for."""
MAX_NESTED: Final = 4
"""Elements around a piece of a line, within the line."""
MAX_LINES: Final = 200
"""Lines that are read: a head has a few, and a page of datelines is a list of stories."""

_LABEL_TAGS: Final = INLINE | {"label", "div", "dt"}
"""Elements that may hold the word before a date."""
_PIECES: Final = frozenset({"span", "a", "b", "dd"})
"""Elements that may hold a date alone, the word for it being in the element before."""
_MODIFIED_WORDS: Final = frozenset({"modified", "datemodified", "lastmodified", "lastupdated", "lastupdate"})
_UPDATED_WORDS: Final = frozenset({"updated", "update"})
_HATOM_WORDS: Final = frozenset({"entry", "date", "post", "published", "hentry"})
"""Beside these, class ``updated`` says nothing: hAtom asks for it everywhere, and themes set it on the only date."""
_PUBLISHED_WORDS: Final = frozenset({"published", "publish", "pubdate", "datepublished"})
_TIME_NAME: Final = re.compile(r"title$|data-.{0,30}(?:date|time|stamp|epoch|publish|utc)", re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}")
_SEPARATOR: Final = re.compile(r"\s[|\-–—·•]\s|,\s")

_DAY_FIRST_DOMAINS: Final = frozenset(
    "uk au nz ie in za ng ke gh pk lk sg my hk mt jm tt bb bd np zw zm ug tz bw na mw fj".split()
)
_MONTH_FIRST_DOMAINS: Final = frozenset({"us", "gov", "mil", "ph"})


@dataclass(slots=True, kw_only=True)
class _Page:
    """What the lines of a page are read by."""

    language: str | None
    """With the region by which numeric dates are read."""
    known: Sequence[str]
    """Dates that mark-up gives."""
    told: set[Element] = field(default_factory=set)
    """Lines whose dates were announced, and need not be read again piece by piece."""
    has_time: bool = False
    """A ``time`` element was read."""
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
    page = _Page(language=_with_region(language, html.url), known=known)
    times = lines = 0
    for place in places(html, main, headline):
        if is_time(place.element):
            times += 1
            claims = _time(place.element, page) if times <= MAX_TIMES else iter(())
        else:
            lines += 1
            claims = _line(place, page) if lines <= MAX_LINES else iter(())
        for name, claim in claims:
            if name == "published" and claim.evidence.witness == "visible-date":
                page.shown.append(claim.value)
            yield name, claim


def _title(html: Html, language: str | None) -> Iterator[Found]:
    """A date set off in the ``title``: "Cranes stand still - 17/11/2026 - The Courier"."""
    title = html.root.find("head/title")
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


def _time(element: Element, page: _Page) -> Iterator[Found]:
    """What a ``time`` element says to machines and to readers; the first without a word says when it was published."""
    shown = text_of(element)
    attribute, moment = "datetime", machine_date(element.get("datetime") or "")
    if moment is None:
        attribute, moment = _attribute(element)
    read = list(read_line(_before(element), shown, language=page.language, known=_known(page, moment)))
    otherwise = _field_of(element) or _announced(element, shown, read) or (None if page.has_time else "published")
    page.has_time |= bool(moment or read)
    if moment and (name := next((each.field for each in read if each.field), None) or otherwise):
        raw = (element.get(attribute) or "").strip()
        yield name, element_claim(moment, element, witness="time-element", text=raw, attribute=attribute)
    for each in read if not is_hidden(element) else ():
        if name := each.field or otherwise:
            witness = "visible-date" if moment or each.field else "time-element"
            yield name, element_claim(each.value, element, witness=witness, text=shown)


def _announced(element: Element, shown: str, read: Sequence[Said]) -> FieldName | None:
    """What the words say of a moment that is shown as "2 hours ago"."""
    labels = [] if read else list(labels_in(legible(f"{_before(element)} {shown}")))
    return labels[-1].field if labels else None


def _known(page: _Page, *nearest: str | None) -> list[str]:
    return [*filter(None, nearest), *page.shown, *page.known]


def _before(element: Element) -> str:
    """The words just before an element, which may announce it."""
    previous, parent = element.getprevious(), element.getparent()
    text = (previous.tail if previous is not None else None) or ""
    if not text.strip() and previous is not None and previous.tag in _LABEL_TAGS:
        text = _short(previous)
    if not text.strip() and previous is None and parent is not None:
        text = parent.text or ""
        before = parent.getprevious()
        if not text.strip() and before is not None and parent.tag in _PIECES:
            text = _short(before)
    return text[-MAX_BEFORE:]


def _short(element: Element) -> str:
    return text_of(element) if length_of(element) <= MAX_LINE else ""


def _field_of(element: Element) -> FieldName | None:
    """Which date class, id or ``itemprop`` speak of."""
    words = words_of(element) | {*(element.get("itemprop") or "").lower().split()}
    if not words.isdisjoint(_MODIFIED_WORDS):
        return "updated"
    if not words.isdisjoint(_UPDATED_WORDS) and words.isdisjoint(_HATOM_WORDS):
        return "updated"
    return None if words.isdisjoint(_PUBLISHED_WORDS) else "published"


def _line(place: Place, page: _Page) -> Iterator[Found]:
    """What a line says, to readers and in its attributes."""
    element = place.element
    text = text_of(element)
    if len(text) > MAX_LINE:
        return
    attribute, moment = _attribute(element) if place.is_marked else ("", None)
    before = "" if begins_with_label(text) else _before(element)
    read: list[Said] = []
    for line in _lines(place, text):
        read += read_line(
            before,
            line,
            language=page.language,
            known=_known(page, moment),
            is_strict=not place.is_marked,
            is_head=place.is_near,
        )
        if read:
            break
    if any(each.field for each in read):
        page.told.add(element)
    otherwise = _field_of(element) or "published"
    if moment:
        name = next((each.field for each in read if each.field), None) or otherwise
        raw = element.get(attribute) or ""
        yield name, element_claim(moment, element, witness="time-element", text=raw, attribute=attribute)
    if not any(around in page.told for around in islice(element.iterancestors(), MAX_NESTED)):
        for each in read:
            yield each.field or otherwise, element_claim(each.value, element, witness="visible-date", text=text)


def _lines(place: Place, text: str) -> Iterator[str]:
    """The text as one line; where that says no date, as its lines are broken or as its elements are set apart."""
    element = place.element
    yield text
    if any(child.tag == "br" for child in element):
        pieces = [element.text or ""]
        for child in element:
            piece = ("" if child.tag == "br" else text_of(child)) + (child.tail or "")
            pieces += [piece] if child.tag == "br" else [pieces.pop() + piece]
        yield from filter(None, map(collapse, pieces))
    elif len(element) > 1 and place.is_marked:
        yield collapse(" ".join([element.text or "", *(f"{text_of(child)} {child.tail or ''}" for child in element)]))


def _attribute(element: Element) -> tuple[str, str | None]:
    """The moment in a ``title`` or ``data-`` attribute that is named after time."""
    for name, raw in element.attrib.items():
        if _TIME_NAME.match(str(name)) and (moment := machine_date(str(raw))) and has_time(moment):
            return str(name), moment
    return "", None
