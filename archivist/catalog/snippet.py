"""The place of a text where the words stand that were looked for, cut to a line or two, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archivist.catalog.fold import fold, folded_letters, is_run, pieces
from archivist.catalog.match import Pattern
from archivist.catalog.texts import Passage
from archivist.model.json import JsonObject

__all__ = ["Snippet", "snippet_of"]

LENGTH: Final = 220
"""Letters of a snippet."""
_BEFORE: Final = 70
"""Letters before the first word that was looked for."""
_MAX_HITS: Final = 100
"""Places that are looked at in one passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of a text."""

    where: str
    """What it is a piece of: ``title``, ``paragraph``, ``caption``, ``page 3`` …"""
    parts: tuple[tuple[str, bool], ...]
    """Text, and whether it was looked for."""
    is_cut_before: bool = False
    is_cut_behind: bool = False

    @property
    def text(self) -> str:
        """Without its marks."""
        return "".join(text for text, _ in self.parts)

    def to_json(self) -> JsonObject:
        """As printed by ``search --json``."""
        return {
            "where": self.where,
            "parts": [{"text": text, **({"hit": True} if is_hit else {})} for text, is_hit in self.parts],
        }


def snippet_of(passages: Sequence[Passage], patterns: Sequence[Pattern]) -> Snippet | None:
    """The passage that holds most of what was looked for, around its first place; None where none holds any."""
    wanted = [
        (pattern.column, _expression(pattern))
        for pattern in patterns
        if pattern.column != "site"  # every hit names its site
    ]
    best: Passage | None = None
    most: list[re.Pattern[str]] = []
    for passage in passages:
        if passage.column == "site":
            continue
        folded = fold(passage.text)
        held = [each for column, each in wanted if column in {None, passage.column} and each.search(folded)]
        # A headline that says it is shown already: of two that hold the same, the text tells more.
        if len(held) > len(most) or (held and len(held) == len(most) and best is not None and best.column == "title"):
            best, most = passage, held
    return _cut(best, most) if best else None


def _expression(pattern: Pattern) -> re.Pattern[str]:
    """What stands in a levelled text where the pattern does."""
    if not pattern.is_phrase:
        forms = "|".join(map(re.escape, sorted(pattern.forms, key=len, reverse=True)))
        behind = r"\w*" if pattern.is_open else r"(?!\w)"
        return re.compile(rf"(?<!\w)(?:{forms}){behind}")
    found = pieces(pattern.forms[0])
    first = "" if is_run(found[0]) else r"(?<!\w)"
    last = "" if is_run(found[-1]) else r"(?!\w)"
    return re.compile(first + r"[\W_]*".join(map(re.escape, found)) + last)


def _cut(passage: Passage, expressions: Sequence[re.Pattern[str]]) -> Snippet:
    text = passage.text
    folded, places = folded_letters(text)
    places.append(len(text))
    hits = sorted(
        (places[hit.start()], places[hit.end() - 1] + 1)
        for expression in expressions
        for hit, _ in zip(expression.finditer(folded), range(_MAX_HITS), strict=False)
    )
    start = max((hits[0][0] if hits else 0) - _BEFORE, 0)
    end = min(start + LENGTH, len(text))
    start = max(min(start, end - LENGTH), 0)
    start, end = _at_blank(text, start, hits[0][0] if hits else start), _before_blank(text, end)
    parts: list[tuple[str, bool]] = []
    at = start
    for first, last in hits:
        if first < at or last > end:
            continue
        parts += [(text[at:first], False)] if first > at else []
        parts.append((text[first:last], True))
        at = last
    parts += [(text[at:end], False)] if end > at else []
    return Snippet(where=passage.where, parts=tuple(parts), is_cut_before=start > 0, is_cut_behind=end < len(text))


def _at_blank(text: str, start: int, limit: int) -> int:
    """The beginning of a word, if one is near."""
    blank = text.find(" ", start - 1, min(start + 20, limit)) if start else -1
    return blank + 1 if blank >= 0 else start


def _before_blank(text: str, end: int) -> int:
    blank = text.rfind(" ", end - 20, end + 1) if end < len(text) else -1
    return blank if blank > 0 else end
