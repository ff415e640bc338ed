"""Where paragraphs begin and end, made alike on both sides.

The same text may be cut in paragraphs here and run on there: by another template, another line width, a page that
ends elsewhere. That is no edit. A seam that only one side has is given to the other where a sentence ends, and is
closed where none does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from archivist.diff.align import matches
from archivist.diff.key import key
from archivist.diff.similar import ENOUGH, features, likeness
from archivist.diff.words import tokens

__all__ = ["Piece", "alike"]

MAX_TOKENS = 20_000
"""Of one gap: a larger one is left as it is."""
MAX_LENGTH = 8 * MAX_TOKENS
"""Characters: a longer gap is not even taken apart."""
BETWEEN = 4
"""Paragraphs among which the text goes on."""
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", ":", "”", "»", '"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A paragraph, a part of one, or several that run on."""

    source: int
    """Place of the first paragraph of which it is."""
    text: str
    is_whole: bool
    """It is that paragraph, unchanged."""


def alike(old: Sequence[str], new: Sequence[str]) -> tuple[list[Piece], list[Piece]]:
    """Both texts, cut at the same places as far as their words tell."""
    old_keys, new_keys = [key(text) for text in old], [key(text) for text in new]
    pairs = matches(old_keys, new_keys)
    before: list[Piece] = []
    after: list[Piece] = []
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *pairs, (len(old), len(new))]):
        if i >= 0:
            before.append(Piece(source=i, text=old[i], is_whole=True))
            after.append(Piece(source=j, text=new[j], is_whole=True))
        one, other = _gap(old[i + 1 : next_i], new[j + 1 : next_j])
        before += _shifted(one, i + 1)
        after += _shifted(other, j + 1)
    return before, after


def _is_one_by_one(old: Sequence[str], new: Sequence[str]) -> bool:
    """Each paragraph was edited by itself, and the seams are where they were."""
    if len(old) != len(new):
        return False
    pairs = zip(old, new, strict=True)
    return len(old) == 1 or all(likeness(features(key(one)), features(key(other))) >= ENOUGH for one, other in pairs)


def _shifted(pieces: Sequence[Piece], by: int) -> list[Piece]:
    return [Piece(source=piece.source + by, text=piece.text, is_whole=piece.is_whole) for piece in pieces]


def _whole(texts: Sequence[str]) -> list[Piece]:
    return [Piece(source=at, text=text, is_whole=True) for at, text in enumerate(texts)]


def _gap(old: Sequence[str], new: Sequence[str]) -> tuple[list[Piece], list[Piece]]:
    """Two runs of paragraphs that are not the same."""
    if not old or not new or _is_one_by_one(old, new) or any(sum(map(len, side)) > MAX_LENGTH for side in (old, new)):
        return _whole(old), _whole(new)
    one, other = _Run.of(old), _Run.of(new)
    if max(len(one.words), len(other.words)) > MAX_TOKENS:
        return _whole(old), _whole(new)
    pairs = matches([key(word) for word in one.words], [key(word) for word in other.words])
    to_new = dict(pairs)
    to_old = {j: i for i, j in pairs}
    return one.cut(one.seams_with(other, to_new)), other.cut(other.seams_with(one, to_old))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Paragraphs as one run of words."""

    texts: Sequence[str]
    words: list[str]
    ends: list[int]
    """By paragraph: how many words there are up to its end."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Run:
        """Without white space."""
        found = [[token for token in tokens(text) if not token.isspace()] for text in texts]
        return cls(
            texts=texts, words=[word for words in found for word in words], ends=list(accumulate(map(len, found)))
        )

    def seams_with(self, other: _Run, there: dict[int, int]) -> list[int]:
        """The seams of this run, and those of the other that it should have.

        Args:
            other: the other side.
            there: words of this run to the words of the other.
        """
        seams = {end for end in self.ends[:-1] if not self._runs_on(end, other, there)}
        here = {theirs: ours for ours, theirs in there.items()}
        bounds = list(pairwise([0, *other.ends]))
        for at, (start, end) in enumerate(bounds[:-1]):
            last = self._last(other, end, here)
            if last is None or not other.words[end - 1].endswith(_SENTENCE_END):
                continue
            # A word beside the full stop is there too: it is not that of a sentence which was reworded.
            is_there = last + 1 < len(self.words) and (here.get(end) == last + 1 or here.get(end - 2) == last - 1)
            # What follows it there is here as well, if not at once: an advertisement may stand between.
            goes_on = any(_is_mostly(here, *each) for each in bounds[at + 1 : at + 1 + BETWEEN])
            if is_there and goes_on and _is_mostly(here, start, end) and self._goes_on(last + 1, there):
                seams.add(last + 1)
        return sorted(seams)

    def _last(self, other: _Run, end: int, here: dict[int, int]) -> int | None:
        """The word that ends the other side's paragraph; a full stop may be that of another sentence as well."""
        last, before = here.get(end - 1), here.get(end - 2)
        if last is None and before is not None and self.words[before + 1 : before + 2] == other.words[end - 1 : end]:
            return before + 1
        return last

    def _goes_on(self, seam: int, there: dict[int, int]) -> bool:
        """What the paragraph has behind the seam is on the other side too: it was cut off, and not taken out."""
        end = self.ends[bisect_right(self.ends, seam)] if seam < len(self.words) else seam
        return _is_mostly(there, seam, end)

    def _runs_on(self, seam: int, other: _Run, there: dict[int, int]) -> bool:
        """On the other side the words around the seam follow each other within a paragraph, and no sentence ends."""
        last, first = there.get(seam - 1), there.get(seam)
        if last is None or first != last + 1 or first in other.ends:
            return False
        return not self.words[seam - 1].endswith(_SENTENCE_END)

    def cut(self, seams: Sequence[int]) -> list[Piece]:
        """The run, cut at these words."""
        if list(seams) == self.ends[:-1]:
            return _whole(self.texts)
        pieces: list[Piece] = []
        for start, end in pairwise([0, *seams, len(self.words)]):
            source = bisect_right(self.ends, start)
            if start == end:
                continue
            is_whole = start == (self.ends[source - 1] if source else 0) and end == self.ends[source]
            text = self.texts[source] if is_whole else self._text(start, end)
            pieces.append(Piece(source=source, text=text, is_whole=is_whole))
        return pieces

    def _text(self, start: int, end: int) -> str:
        """The words from the one to before the other, as they are spaced."""
        parts: list[str] = []
        for number, text in enumerate(self.texts):
            begin = self.ends[number - 1] if number else 0
            if begin >= end or self.ends[number] <= start:
                continue
            parts.append(_part(text, max(0, start - begin), end - begin))
        return " ".join(parts)


def _is_mostly(there: dict[int, int], start: int, end: int) -> bool:
    """Half of the words or more are on the other side."""
    return 2 * sum(at in there for at in range(start, end)) >= end - start


def _part(text: str, start: int, end: int) -> str:
    """The words of a text from the one to before the other."""
    at = 0
    kept: list[str] = []
    for token in tokens(text):
        if token.isspace():
            kept.append(token) if kept and at < end else None
            continue
        if start <= at < end:
            kept.append(token)
        at += 1
    return "".join(kept).strip()
