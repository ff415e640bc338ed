"""What a person types to search, taken apart: words, phrases, facts and edits.

crane                  the word, and the forms that grow from it: cranes
"nine of its cranes"   exactly these words in this order
schutz* *schutz* *amt  words that begin so, hold it, or end so
-crane -"a phrase"     not where this stands
title: text: author: credit: site:      only there; the value is a word or a phrase
after:2026-11-20 before:2026-12         of what stood in the archive's captures then
published:2026-11                       of articles that say so
changed:quote                           edits of this kind
removed:allegedly added:"a phrase"      edits that took this out, or put it in
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from archivist.catalog.fold import fold, pieces
from archivist.errors import UsageError

__all__ = ["FIELDS", "KINDS", "Query", "Term", "parse_query"]

FIELDS: Final = (
    "title", "text", "author", "credit", "site", "after", "before", "published", "changed", "removed", "added"
)  # fmt: skip
"""What may stand before a colon."""
_COLUMNS: Final = frozenset({"title", "text", "author", "credit", "site"})
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "headline": ("headline_changed",),
    "lede": ("lede_changed",),
    "byline": ("byline_changed",),
    "date": ("date_updated",),
    "text": ("paragraph_inserted", "paragraph_deleted", "paragraph_edited", "paragraph_moved"),
    "quote": ("quote_changed",),
    "number": ("number_changed",),
    "name": ("name_changed",),
    "photo": ("photo_changed",),
    "caption": ("caption_changed",),
    "credit": ("credit_changed",),
    "link": ("link_changed",),
    "correction": ("correction_added",),
    "pdf": (
        "pdf_page_inserted", "pdf_page_deleted", "pdf_text_changed", "pdf_covered_text", "pdf_redacted",
        "pdf_image_changed", "pdf_metadata_changed",
    ),
    "silent": ("stealth_edit",),
}  # fmt: skip
"""Kinds of edits by the word that names them, as the categories of ``diff`` have them."""
_ITEM: Final = re.compile(r'(?P<not>-?)(?:(?P<name>[A-Za-z_]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
_SCHEMES: Final = frozenset({"http", "https", "ftp", "mailto"})
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_MAX: Final = 2_000
"""Characters of a query."""
_MAX_TERMS: Final = 32
_HELP: Final = "archivist search --help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Something that stands in a text."""

    text: str
    """As typed, without quotation marks and stars."""
    column: str | None = None
    """Where it must stand; None for anywhere but the site's name."""
    is_exact: bool = False
    """It was quoted: no other form of the word is meant."""
    is_open_before: bool = False
    """``*amt``: words that end so."""
    is_open_behind: bool = False
    """``schutz*``: words that begin so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """All that must hold of a hit."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    removed: tuple[Term, ...] = ()
    added: tuple[Term, ...] = ()
    changed: tuple[str, ...] = ()
    """Words of ``KINDS``."""
    after: str | None = None
    """The beginning of a UTC time: a year, month or day; from its first moment."""
    before: str | None = None
    """The same; up to, and without, its first moment."""
    published: str | None = None

    @property
    def is_of_edits(self) -> bool:
        """Whether edits are looked for, and not texts."""
        return bool(self.removed or self.added or self.changed)


def parse_query(text: str) -> Query:
    """The query that the words mean.

    Raises:
        UsageError: they mean none; the message names the piece that is wrong.
    """
    if len(text) > _MAX:
        raise UsageError(f"a search of {len(text):,} characters is too long", hint=f"up to {_MAX:,} are understood")
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        raise UsageError("a quotation mark is opened and not closed", hint='"two words", or none')
    items = [item for item in map(_item, _ITEM.finditer(text)) if item.is_said]
    if not items:
        raise UsageError("nothing to search for", hint=_HELP)
    if len(items) > _MAX_TERMS:
        raise UsageError(f"a search for {len(items)} things is too long", hint=f"up to {_MAX_TERMS} are understood")
    query = Query(
        terms=_terms(items, {None, *_COLUMNS}, is_not=False),
        without=_terms(items, {None, *_COLUMNS}, is_not=True),
        removed=_terms(items, {"removed"}, is_not=False),
        added=_terms(items, {"added"}, is_not=False),
        changed=tuple(_kind(item.value) for item in items if item.name == "changed"),
        after=_date(items, "after"),
        before=_date(items, "before"),
        published=_date(items, "published"),
    )
    if query == Query(without=query.without):
        raise UsageError("a search needs something that is there, besides what is not", hint="name a word without -")
    return query


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One piece of what was typed."""

    name: str | None
    value: str
    is_not: bool
    is_phrase: bool

    @property
    def is_said(self) -> bool:
        """Whether it says anything: an ampersand between two words does not."""
        return self.name is not None or self.is_phrase or bool(pieces(fold(self.value)))


def _item(match: re.Match[str]) -> _Item:
    name = match["name"].lower() if match["name"] else None
    value, is_phrase = match["phrase"], match["phrase"] is not None
    if not is_phrase:
        value = match["word"]
        if name is None and value.endswith(":") and value[:-1].lower() in FIELDS:
            raise UsageError(f"nothing stands behind {value}", hint=f"without a space: {value}word")
    if name in _SCHEMES:
        name, value = None, f"{name}:{value}"
    if name is not None and name not in FIELDS:
        raise UsageError(f"a search knows no {name}:{_meant(name, FIELDS)}", hint=f"{_names(FIELDS)}")
    if match["not"] and name not in {None, *_COLUMNS}:
        raise UsageError(f"- cannot stand before {name}:", hint=_HELP)
    return _Item(name=name, value=value, is_not=bool(match["not"]), is_phrase=is_phrase)


def _terms(items: list[_Item], names: set[str | None], *, is_not: bool) -> tuple[Term, ...]:
    return tuple(_term(item) for item in items if item.name in names and item.is_not == is_not)


def _term(item: _Item) -> Term:
    text = item.value if item.is_phrase else item.value.strip("*")
    if not pieces(fold(text)):
        raise UsageError(f"{item.value!r} holds no letter and no digit to search for", hint=_HELP)
    return Term(
        text=text,
        column=item.name if item.name in _COLUMNS else None,
        is_exact=item.is_phrase,
        is_open_before=not item.is_phrase and item.value.startswith("*"),
        is_open_behind=not item.is_phrase and item.value.endswith("*"),
    )


def _kind(value: str) -> str:
    kind = value.lower()
    if kind not in KINDS:
        raise UsageError(
            f"no edit is of the kind {value!r}{_meant(kind, tuple(KINDS))}", hint=f"one of {', '.join(KINDS)}"
        )
    return kind


def _date(items: list[_Item], name: str) -> str | None:
    values = [item.value for item in items if item.name == name]
    if not values:
        return None
    if len(values) > 1:
        raise UsageError(f"{name}: stands there twice", hint=_HELP)
    month, day = f"{values[0]}-01-01"[5:7], f"{values[0]}-01-01"[8:10]
    if not _DATE.fullmatch(values[0]) or not "01" <= month <= "12" or not "01" <= day <= "31":
        raise UsageError(f"{name}:{values[0]} is no date", hint=f"{name}:2026, {name}:2026-11 or {name}:2026-11-23")
    return values[0]


def _meant(name: str, known: tuple[str, ...]) -> str:
    import difflib  # noqa: PLC0415  # only for mistakes

    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f". Did you mean {close[0]}?" if close else ""


def _names(names: tuple[str, ...]) -> str:
    return " ".join(f"{name}:" for name in names)
