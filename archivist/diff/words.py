"""Word by word inside one pair of texts. The spans give back both texts to the letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from archivist.diff.align import Pair, matches
from archivist.model.change import Span

__all__ = ["CJK", "compare_words", "tokens"]

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
    start, end = _ends(old_tokens, new_tokens)
    rest = (old_tokens[start : len(old_tokens) - end], new_tokens[start : len(new_tokens) - end])
    pairs = [(at, at) for at in range(start)]
    pairs += [(i + start, j + start) for i, j in _with_spaces(_word_pairs(*rest), *rest)]
    pairs += [(len(old_tokens) - at, len(new_tokens) - at) for at in range(end, 0, -1)]
    return tuple(span for span in _spans(pairs, old_tokens, new_tokens) if span.text)


def _ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many tokens both have in common at the beginning and at the end, which need no aligning.

    None where one ends, or has white space where they part: then what follows decides which of two equal words is
    the same one. White space goes with the word that it follows.
    """
    room = min(len(old), len(new))
    start = next((at for at in range(room) if old[at] != new[at]), room)
    if start == room or old[start].isspace() or new[start].isspace():
        return (0, 0) if old != new else (room, 0)
    end = next((at for at in range(room - start) if old[-1 - at] != new[-1 - at]), room - start)
    while end and old[-end].isspace():
        end -= 1
    return start, end


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
    whole: list[Pair] = []
    last_i = last_j = -1
    for i, j in [*pairs, (len(old), len(new))]:
        # What follows the last pair, then what precedes this one.
        for at, to in ((last_i + 1, last_j + 1), (i - 1, j - 1)):
            if last_i < at < i and last_j < to < j and old[at].isspace() and old[at] == new[to]:
                whole.append((at, to))
                last_i, last_j = at, to
        whole.append((i, j))
        last_i, last_j = i, j
    whole.pop()
    return whole


def _spans(pairs: list[Pair], old: list[str], new: list[str]) -> Iterable[Span]:
    """The runs of equal tokens, and what is deleted and inserted between them."""
    i = j = begun = 0
    for at, (old_at, new_at) in enumerate(pairs):
        if (old_at, new_at) == (i, j) and at:
            i, j = i + 1, j + 1
            continue
        yield Span(op="equal", text="".join(old[begun:i]))
        yield Span(op="delete", text="".join(old[i:old_at]))
        yield Span(op="insert", text="".join(new[j:new_at]))
        begun, i, j = old_at, old_at + 1, new_at + 1
    yield Span(op="equal", text="".join(old[begun:i]))
    yield Span(op="delete", text="".join(old[i:]))
    yield Span(op="insert", text="".join(new[j:]))
