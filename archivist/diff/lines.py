"""The lines around an article that say who wrote it and when it was updated.

They are read as they stand on both pages: a reader sees "Last updated: 9 August" where mark-up may say nothing, and a
line that differs in its date alone is no paragraph that was edited.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from archivist.diff.furniture import VOLATILE
from archivist.diff.key import key
from archivist.model.outline import Passage

__all__ = ["LineChange", "LineChanges", "compare_lines"]

LINE: Final = 200
"""Characters of a line."""
BEFORE: Final = 20
"""Passages above the text among which its lines stand."""
AFTER: Final = 8
"""Passages below it."""
MAX_LINES: Final = 200

_UPDATED: Final = re.compile(
    r"(?:last )?updated|last (?:modified|edited|reviewed)|modified|amended|as of|aktualisiert|geändert|"
    r"stand\b|mis à jour|màj|modifié|"
    r"actualizad[oa]|actualización|aggiornat[oa]|aggiornamento|modificat?o?|bijgewerkt|laatste update|gewijzigd|"
    r"atualizad[oa]|oppdatert|uppdaterad|uppfært|opdateret|päivitetty|zaktualizowan[oae]|aktualizacja|"
    r"aktualizov[áa]no|güncelle(?:me|ndi)|frissítve|actualizat|обновлен[оа]?|оновлен[оа]?|изменен[оа]?|更新|수정|"
    r"تحديث|अपडेट|imesasishwa",
    re.IGNORECASE,
)
_PUBLISHED: Final = re.compile(
    r"published|posted|created|veröffentlicht|erschienen|publié|publicad[oa]|pubblicat[oa]|gepubliceerd|publisert|"
    r"publicerad|udgivet|julkaistu|opublikowan[oae]|yayın|опубликован|опубліковано|公開|掲載|입력|نشر",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\D{1,8}[^\W\d_]{3}|[^\W\d_]{3,}\D{1,3}\d{1,2}|[年月日년월일]"
)
_RELATIVE: Final = re.compile(
    r"(?<![^\W\d_])(?:ago|just now|vor|il y a|hace|fa|há|geleden|önce|назад)(?![^\W\d_])|منذ", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"\d+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_BY: Final = re.compile(
    r"(?:written |reported )?(?:by|von|par|por|di|da|door|av|af|przez|autor(?:en)?|auteur)\b\W*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange:
    """One line as it stands on both pages."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChanges:
    """What the lines say differently."""

    updated: LineChange | None = None
    byline: LineChange | None = None
    texts: frozenset[str] = frozenset()
    """Keys of all lines that differ in dates or signatures only: no paragraphs."""
    names: frozenset[str] = frozenset()
    """Keys of those names that stand in lines of both pages."""


def compare_lines(old: Sequence[Passage], new: Sequence[Passage], *, names: Collection[str]) -> LineChanges:
    """The lines of date and signature that differ.

    Args:
        old: all passages of the older page.
        new: all passages of the newer page.
        names: keys of the names that signed either version.
    """
    before, after = _lines(old, new), _lines(new, old)
    updated: LineChange | None = None
    byline: LineChange | None = None
    texts: set[str] = set()
    frames = {_frame(line): line for line in reversed(after)}
    for line in before:
        other = frames.get(_frame(line))
        if other is None or not all(map(_has_date, (line, other))):
            continue
        is_update = all(_ends_in_date(one, _UPDATED) for one in (line, other))
        if is_update or all(_ends_in_date(one, _PUBLISHED) for one in (line, other)):
            texts |= {key(line), key(other)}
        if is_update and updated is None:
            updated = LineChange(old=line, new=other)
    for line, other in zip(_signed(before, names), _signed(after, names), strict=False):
        if key(line) not in texts:
            texts |= {key(line), key(other)}
            byline = byline or LineChange(old=line, new=other)
    both = _standing(old, names) & _standing(new, names)
    return LineChanges(updated=updated, byline=byline, texts=frozenset(texts), names=both)


def _standing(passages: Sequence[Passage], names: Collection[str]) -> frozenset[str]:
    """The names that stand in a short passage of the page."""
    short = [key(passage.block.text) for passage in passages if len(passage.block.text) <= LINE]
    return frozenset(name for name in islice(sorted(names), MAX_LINES) if any(name in line for line in short))


def _lines(passages: Sequence[Passage], others: Sequence[Passage]) -> list[str]:
    """Short lines around the text that the other page does not have."""
    main = [at for at, passage in enumerate(passages) if passage.is_main]
    first, last = (main[0], main[-1]) if main else (0, len(passages))
    known = {key(passage.block.text) for passage in others}
    near = (
        passage.block.text
        for passage in passages[max(0, first - BEFORE) : last + AFTER]
        if len(passage.block.text) <= LINE and key(passage.block.text) not in known
    )
    return list(islice(near, MAX_LINES))


def _frame(line: str) -> str:
    """The line without figures, names of months and the like."""
    words = (word for word in _LETTERS.findall(key(line)) if word.lower() not in VOLATILE)
    mark = _UPDATED.search(line)
    return " ".join((*words, "|", mark[0].lower() if mark else ""))


def _has_date(line: str) -> bool:
    return bool(_DIGITS.search(line)) and bool(_DATE.search(line)) and not _RELATIVE.search(line)


def _ends_in_date(line: str, mark: re.Pattern[str]) -> bool:
    """The line says what was done, and behind that word nothing but when."""
    found = mark.search(line)
    return found is not None and all(word.lower() in VOLATILE for word in _LETTERS.findall(line[found.end() :]))


def _signed(lines: Sequence[str], names: Collection[str]) -> list[str]:
    """The lines that begin as a byline does and name one who signed."""
    return [line for line in lines if _BY.match(line) and any(name in key(line) for name in names)]
