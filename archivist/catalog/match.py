"""A term of a query as an expression of SQLite's full-text index: every form of a word that it stands for."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archivist.catalog.fold import fold, is_run, pieces, tokens
from archivist.catalog.query import Term
from archivist.errors import UsageError

__all__ = ["Pattern", "pattern_of"]

MAX_FORMS: Final = 5_000
"""Words that one word with a star may stand for: half as many end in -schutz in a newspaper's whole archive."""
MANY: Final = 30
"""Words of which FTS5 is asked one by one: it holds all the words of an OR against each other at every step."""
_LEAST_BEHIND_STAR: Final = 3
"""Letters behind a star: the index of pieces of words is one of three letters."""
_GROWS_FROM: Final = 4
"""Letters of a word whose endings are told from other words."""
_ENDINGS: Final = {
    "LATIN": "s es e n en er ern ed d".split(),
    "CYRILLIC": "а я у ю ы и е о ом ем ов ев ей ам ям ах ях ами ями ой ою".split(),
    "GREEK": "σ ν ι υ".split(),
}
_BEGINNINGS: Final = {
    "ARABIC": "ال و ف ب ك ل وال فال بال كال لل ولل وب ول فب فل".split(),
    "HEBREW": "ה ו ב ל מ ש כ וה וב ול ומ וש של".split(),
}
"""Article and particles that are written as one with the word behind them."""
_EVERYWHERE: Final = "{title text author credit}"
"""Where words are looked for: the site's name stands in all that it publishes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What a term looks for."""

    expression: str
    """For ``MATCH``; empty where the index does not hold any of its words."""
    forms: tuple[str, ...]
    """Levelled, as a snippet marks them: words, or the whole of a phrase."""
    column: str | None
    """The one that it must stand in."""
    is_phrase: bool
    """The one form may hold several words, or a piece of a script without spaces."""
    is_open: bool = False
    """The form is the beginning of the words that are meant."""
    parts: tuple[str, ...] = ()
    """The same as one expression for each word, where they are so many that the index is quicker asked for each."""


def pattern_of(term: Term, connection: sqlite3.Connection) -> Pattern:
    """The forms of the term that the catalog knows.

    Raises:
        UsageError: the term stands for too many words to be looked for.
    """
    found = pieces(fold(term.text))
    if len(found) > 1 or is_run(found[0]) or term.is_exact or term.column == "site":
        whole = " ".join(found)
        return Pattern(expression=_in(term, _phrase(found)), forms=(whole,), column=term.column, is_phrase=True)
    word = found[0]
    if term.is_open_behind and not term.is_open_before:
        expression = _in(term, f'"{word}" *')
        return Pattern(expression=expression, forms=(word,), column=term.column, is_phrase=False, is_open=True)
    forms = _holding(term, word, connection) if term.is_open_before else _grown(word)
    quoted = [f'"{form}"' for form in forms]
    return Pattern(
        expression=_in(term, f"({' OR '.join(quoted)})") if forms else "",
        forms=tuple(forms),
        column=term.column,
        is_phrase=False,
        parts=tuple(_in(term, each) for each in quoted) if len(quoted) > MANY else (),
    )


def _in(term: Term, expression: str) -> str:
    # What is between quotation marks is a string of FTS5, and the tokens hold no quotation mark: nothing to escape.
    return f"{{{term.column}}} : {expression}" if term.column else f"{_EVERYWHERE} : {expression}"


def _phrase(found: Sequence[str]) -> str:
    """The tokens in their order; a piece of a script without spaces may go on in the text behind its last letter."""
    *before, last = found
    parts = [token for piece in before for token in tokens(piece)]
    if not is_run(last):
        return f'"{" ".join([*parts, last])}"'
    if len(last) == 1:
        return f'"{" ".join([*parts, last])}" *'
    return f'"{" ".join([*parts, *(last[at : at + 2] for at in range(len(last) - 1))])}"'


def _grown(word: str) -> list[str]:
    """The word, and what its language makes of it by adding to it."""
    script = unicodedata.name(word[0], "").partition(" ")[0]
    if len(word) < _GROWS_FROM - (script in _BEGINNINGS):
        return [word, f"{word}s"] if script == "LATIN" and len(word) > 1 else [word]
    return [
        word,
        *(word + ending for ending in _ENDINGS.get(script, ())),
        *(beginning + word for beginning in _BEGINNINGS.get(script, ())),
    ]


def _holding(term: Term, word: str, connection: sqlite3.Connection) -> list[str]:
    """The words of the catalog that hold it, or end so.

    Raises:
        UsageError: it is too short, or they are too many.
    """
    if len(word) < _LEAST_BEHIND_STAR:
        raise UsageError(
            f"*{word} is too short: a * before a word needs {_LEAST_BEHIND_STAR} letters behind it",
            hint=f"{word}* finds words that begin so",
        )
    grams = " AND ".join(f'"{word[at : at + 3]}"' for at in range(len(word) - 2))
    place = "instr(term, :word)" if term.is_open_behind else "substr(term, -length(:word)) = :word"
    sql = (
        "SELECT term FROM terms WHERE id IN (SELECT rowid FROM grams WHERE grams MATCH :grams)"  # noqa: S608  # ours
        f" AND {place} ORDER BY term LIMIT :limit"
    )
    values = {"grams": grams, "word": word, "limit": MAX_FORMS + 1}
    forms = [row[0] for row in connection.execute(sql, values)]
    if len(forms) > MAX_FORMS:
        raise UsageError(f"more than {MAX_FORMS} words are like *{word}", hint="more letters behind the *")
    return forms
