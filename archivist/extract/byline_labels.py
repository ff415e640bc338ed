"""What announces the names in a byline, and what announces others than those who wrote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from archivist.extract.agencies import is_body
from archivist.extract.byline_words import BY, CERTAIN_BY, LABELS, OTHER_LABELS, WRITTEN
from archivist.extract.east_asian import is_east_asian, is_signed_east_asian

__all__ = ["MAX_LABEL", "is_labelled", "names_others", "without_label", "written"]

MAX_BYLINE: Final = 300
MAX_LABEL: Final = 4
"""Words before "by": "An exclusive interview by"."""
_COLON: Final = re.compile(r"\s*[:：｜]\s*")
_COLONS: Final = frozenset(":：｜")
_SURELY_BY: Final = frozenset("by par por oleh door przez".split())
"""No name has one of these in it: whatever stands before them announces."""
_NAMES_TOO: Final = frozenset({"Per", "Na", "Ni", "Gan"})
"""First names, when they begin with a capital."""
_ANNOUNCING: Final = BY | LABELS | WRITTEN
_ARTICLES: Final = frozenset("ein eine une una un en et een".split())
_EDGES: Final = " .,:;()[]{}\"'“”„«»*>•|–—-=_/"


def without_label(text: str) -> str:
    """The byline without "By", "Von", "Autor:" and the like."""
    words = _with_colons(text).strip(" \"'“”*>•–—-").split()
    for _ in range(3):
        count = _label_length(words)
        if not count:
            break
        words = words[count:]
    return " ".join(words)


def is_labelled(text: str) -> bool:
    """The text begins with "By", "Von", "Autor:" and the like, or is nothing else."""
    return bool(text) and _is_labelled(text[:MAX_BYLINE])


@lru_cache(maxsize=1_024)
def _is_labelled(text: str) -> bool:
    if is_east_asian(text):
        return is_signed_east_asian(unicodedata.normalize("NFKC", text))
    words = _with_colons(text).split()
    count = _label_length(words)
    if not count:
        return len(words) == 1 and (_folded(words[0]) in BY or (words[0].endswith(":") and _folded(words[0]) in LABELS))
    return _folded(words[count - 1]) in BY or words[count - 1].endswith(":")


def names_others(text: str) -> bool:
    """The text begins with the label of those who took the pictures, edited or translated."""
    words = _with_colons(text[:MAX_BYLINE]).lstrip(_EDGES).lower().split(maxsplit=2)[:2]
    if not words or words[0].rstrip(":") not in OTHER_LABELS:
        return False
    return words[0].endswith(":") or len(words) == 1 or words[1] in BY or words[1] in {":", "by:"}


def written(text: str) -> str:
    """The text without "Photos: Ada Brook" and "Edited by Jo Finch", up to the next "Text:" or "By"."""
    words = _with_colons(text).split()
    kept: list[str] = []
    others = -1
    for place, word in enumerate(words):
        if names_others(" ".join(words[place : place + 2])):
            others = place
        elif (
            0 <= others < place - 1
            and _folded(word) in _ANNOUNCING
            and is_labelled(" ".join(words[place : place + MAX_LABEL]))
        ):
            others = -1
            kept.append("|")
        if others < 0:
            kept.append(word)
    return " ".join(kept)


def _with_colons(text: str) -> str:
    """The text with every colon at the end of a word."""
    return _COLON.sub(": ", text) if not _COLONS.isdisjoint(text) else text


def _label_length(words: Sequence[str]) -> int:
    """How many words at the beginning announce the names that follow."""
    folded = [_folded(word) for word in words[: MAX_LABEL + 1]]
    if len(folded) < 2:
        return 0
    for place, word in enumerate(folded[:-1]):
        has_colon = words[place].endswith(":")
        if word in BY and (
            word in _SURELY_BY or all(before in WRITTEN or before in LABELS for before in folded[:place])
        ):
            is_name_too = words[place] in _NAMES_TOO or (len(words) < 3 and not is_body(words[1]))
            return 0 if is_name_too and not (word in CERTAIN_BY or has_colon or place) else place + 1
        if place == 0 and (word in LABELS or (has_colon and word in WRITTEN)):
            return 2 if folded[1] == "" else 1
        is_open = word not in WRITTEN and _SURELY_BY.isdisjoint(folded)
        if is_open and not (place and folded[0] in _ARTICLES):
            return 0
    return 0


def _folded(word: str) -> str:
    return word.lower().rstrip(":.").strip("\"'“”()*")
