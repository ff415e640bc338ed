"""Witness: ``time`` elements and the visible lines that say when: datelines, "Published", "Updated".

A line that announces a date and gives none ("Updated:" above an audio player's "0:00") is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.dates import machine_date, written_date
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.tree import length_of, text_of, words_of
from archivist.model.article import FieldName

__all__ = ["time_claims"]

MAX_LINE: Final = 200
MAX_RAW: Final = 10 * MAX_LINE
"""Characters, white space and scripts included, above which an element is too large to be a line."""
MAX_ANNOUNCEMENT: Final = 80
"""Characters of a line without any mark: a longer one that begins with "Published" is a sentence."""
MAX_TIMES: Final = 12
"""``time`` elements that are looked at: behind the first dozen stand the dates of other stories."""

_UPDATED: Final = re.compile(
    r"updated|last (?:updated?|modified|edited)|modified|aktualisiert|zuletzt geändert|geändert|stand:|mis à jour|màj|"
    r"modifié|actualizad[oa]|última actualización|aggiornat[oa]|ultimo aggiornamento|modificato|"
    r"bijgewerkt|laatste update|"
    r"gewijzigd|atualizad[oa]|oppdatert|uppdaterad|opdateret|päivitetty|zaktualizowan[oae]|aktualizacja|aktualizov[áa]n|güncelle|"
    r"обновлен|оновлен|更新|最終更新|수정|تحديث|अपडेट",
    re.IGNORECASE,
)
_PUBLISHED: Final = re.compile(
    r"published|posted|first published|veröffentlicht|erschienen|publié|publicad[oa]|pubblicat[oa]|gepubliceerd|"
    r"publisert|publicerad|udgivet|julkaistu|opublikowan[oae]|publikacja|yayın|опубликован|опубліковано|公開|掲載|입력|نشر",
    re.IGNORECASE,
)
_ELSEWHERE: Final = frozenset(
    "related comment comments sidebar recommended teaser teasers popular trending latest mostread footer nav "
    "event events promo card cards list live ticker".split()
)
_NEAR_WORDS: Final = frozenset(
    "date dates dateline published publish pubdate timestamp time updated update modified byline meta datum "
    "fecha zeit".split()
)


def time_claims(html: Html, main: MainText | None, *, language: str | None = None) -> Iterator[Found]:
    """What ``time`` elements and visible date lines around the article say."""
    scope = _scope(html, main)
    own = {main.element, *main.element.iterancestors("article")} if main is not None else {scope}
    times = [element for element in scope.iter("time") if not _is_elsewhere(element, scope, own)][:MAX_TIMES]
    for number, element in enumerate(times):
        yield from _time(element, is_first=number == 0, language=language)
    for element in _lines(scope, own):
        yield from _line(element, language=language)


def _scope(html: Html, main: MainText | None) -> Element:
    """Where the article's own dates stand: the article, or the page up to twice around its text."""
    if main is None:
        return html.root
    for ancestor in (main.element, *main.element.iterancestors()):
        if ancestor.tag in {"article", "main", "body"} or ancestor.find(".//h1") is not None:
            return ancestor
    return html.root


def _is_elsewhere(element: Element, scope: Element, own: AbstractSet[Element]) -> bool:
    """It stands in a list, a margin, or another story's article inside this one's."""
    for ancestor in element.iterancestors():
        if ancestor is scope:
            return False
        if ancestor.tag == "article" and ancestor not in own and ancestor.find(".//h1") is None:
            return True
        if ancestor.tag in {"aside", "nav", "footer", "li", "a"} or not _ELSEWHERE.isdisjoint(words_of(ancestor)):
            return True
    return True


def _time(element: Element, *, is_first: bool, language: str | None) -> Iterator[Found]:
    machine, shown = (element.get("datetime") or "").strip(), text_of(element)
    value = machine_date(machine) or written_date(shown, language=language)
    if value is None:
        return
    field = _field(element, shown) or ("published" if is_first else None)
    if field is None:
        return
    attribute = "datetime" if machine_date(machine) else ""
    yield (
        field,
        element_claim(
            value, element, witness="time-element", text=machine if attribute else shown, attribute=attribute
        ),
    )
    written = written_date(shown, language=language)
    if attribute and written:
        yield field, element_claim(written, element, witness="visible-date", text=shown)


def _field(element: Element, shown: str) -> FieldName | None:
    """Which date the words at the element and just before it announce."""
    words = words_of(element) | {*(element.get("itemprop") or "").lower().split()}
    before = _text_before(element)
    for announced in (shown, before):
        if _UPDATED.search(announced):
            return "updated"
        if _PUBLISHED.search(announced):
            return "published"
    if not words.isdisjoint({"updated", "update", "modified", "datemodified", "lastmodified"}):
        return "updated"
    if not words.isdisjoint({"published", "publish", "pubdate", "datepublished"}):
        return "published"
    return None


def _text_before(element: Element) -> str:
    previous = element.getprevious()
    text = (previous.tail if previous is not None else None) or ""
    if not text.strip() and previous is not None and previous.tag in {"span", "b", "strong", "em", "label", "div"}:
        text = text_of(previous)
    parent = element.getparent()
    if not text.strip() and previous is None and parent is not None:
        text = parent.text or ""
        before = parent.getprevious()
        if not text.strip() and before is not None and parent.tag in {"span", "a", "b"}:
            text = text_of(before)
    return text[-60:]


def _lines(scope: Element, own: AbstractSet[Element]) -> Iterator[Element]:
    """Short elements that are marked, or announce themselves, as lines of dates."""
    for element in scope.iter("p", "span", "div", "li", "small", "dd"):
        if len(element) > 6 or (words_of(element).isdisjoint(_NEAR_WORDS) and not _announces(element)):
            continue
        if length_of(element) > MAX_RAW or element.find(".//time") is not None or _is_elsewhere(element, scope, own):
            continue
        yield element


def _announces(element: Element) -> bool:
    """Its first words are those before a date, and not much follows."""
    first = (element.text or "").strip()[:40]
    if not (_UPDATED.match(first) or _PUBLISHED.match(first)) or length_of(element) > MAX_RAW:
        return False
    return len(text_of(element)) <= MAX_ANNOUNCEMENT


def _line(element: Element, *, language: str | None) -> Iterator[Found]:
    text = text_of(element)
    if not text or len(text) > MAX_LINE:
        return
    updated, published = _UPDATED.search(text), _PUBLISHED.search(text)
    parts: list[tuple[FieldName, str]] = []
    if updated:
        parts.append(("updated", text[updated.end() : _end(text, updated.end(), published)]))
    if published:
        parts.append(("published", text[published.end() : _end(text, published.end(), updated)]))
    if not parts:
        parts = [("published", text)]
    for field, part in parts:
        value = written_date(part, language=language)
        if value is not None:
            yield field, element_claim(value, element, witness="visible-date", text=text)


def _end(text: str, start: int, other: re.Match[str] | None) -> int:
    return other.start() if other is not None and other.start() > start else len(text)
