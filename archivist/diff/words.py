"""Word by word inside one pair of texts. The spans give back both texts to the letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from archivist.diff.align import Pair, matches
from archivist.model.change import Span, SpanOp

__all__ = ["CJK", "Hunk", "compare_words", "tokens"]

CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Kana, Han and Hangul: written without spaces, or with spaces that say little."""

_TOKEN = re.compile(
    rf"""
      \s+
    | \d+(?:[.,]\d+)*                                # a number with its decimals and groups
    | [{CJK}]
    | [^\W\d_{CJK}]+(?:['’-][^\W\d_{CJK}]+)*\d*      # a word with its apostrophes and hyphens
    | .
    """,
    re.VERBOSE | re.DOTALL,
)

_JOINER = "\u200d"


def tokens(text: str) -> list[str]:
    """Words, numbers, signs, runs of white space; together they are the text."""
    found = _TOKEN.findall(text)
    return found if text.isascii() else _with_marks(found)


def compare_words(old: str, new: str) -> tuple[Span, ...]:
    """The spans that lead from ``old`` to ``new``: within a change, what is deleted stands before what is inserted."""
    old_tokens, new_tokens = tokens(old), tokens(new)
    hunks = _hunks(_with_spaces(_word_pairs(old_tokens, new_tokens), old_tokens, new_tokens), old_tokens, new_tokens)
    return tuple(_spans(hunks))


def _with_marks(found: list[str]) -> list[str]:
    """The tokens with combining marks and joined signs beside what they belong to, so that no letter is cut."""
    whole: list[str] = []
    for token in found:
        is_mark = unicodedata.category(token[0])[0] == "M" or token == _JOINER
        if whole and (is_mark or whole[-1].endswith(_JOINER)):
            whole[-1] += token
        else:
            whole.append(token)
    return whole


def _word_pairs(old: list[str], new: list[str]) -> list[Pair]:
    """Equal tokens aligned, white space apart: it is so common that it would draw the words out of place."""
    old_places = [at for at, token in enumerate(old) if not token.isspace()]
    new_places = [at for at, token in enumerate(new) if not token.isspace()]
    found = matches([old[at] for at in old_places], [new[at] for at in new_places])
    return [(old_places[i], new_places[j]) for i, j in found]


def _with_spaces(pairs: list[Pair], old: list[str], new: list[str]) -> list[Pair]:
    """The pairs, with the equal white space that follows or precedes each.

    White space between two changed words is no match, so that they are one change.
    """
    fence = (len(old), len(new))
    whole: list[Pair] = []
    last = (-1, -1)
    for pair in [*pairs, fence]:
        after, before = (last[0] + 1, last[1] + 1), (pair[0] - 1, pair[1] - 1)
        for i, j in dict.fromkeys((after, before)):
            is_free = last[0] < i < pair[0] and last[1] < j < pair[1]
            if is_free and old[i].isspace() and old[i] == new[j]:
                whole.append((i, j))
                last = (i, j)
        if pair != fence:
            whole.append(pair)
            last = pair
    return whole


Hunk = tuple[str, str, str]
"""Deleted, inserted, and the equal text that follows."""


def _hunks(pairs: list[Pair], old: list[str], new: list[str]) -> list[Hunk]:
    hunks: list[Hunk] = []
    i = j = 0
    for old_at, new_at in [*pairs, (len(old), len(new))]:
        equal = old[old_at] if old_at < len(old) else ""
        if hunks and (i, j) == (old_at, new_at):
            deleted, inserted, follows = hunks[-1]
            hunks[-1] = (deleted, inserted, follows + equal)
        else:
            hunks.append(("".join(old[i:old_at]), "".join(new[j:new_at]), equal))
        i, j = old_at + 1, new_at + 1
    return hunks


def _spans(hunks: Iterable[Hunk]) -> Iterable[Span]:
    ops: tuple[SpanOp, ...] = ("delete", "insert", "equal")
    for hunk in hunks:
        for op, text in zip(ops, hunk, strict=True):
            if text:
                yield Span(op=op, text=text)
