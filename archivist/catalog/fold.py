"""Text in the form in which it is searched: what a reader takes for one word is one word, in any script.

Case, accents, widths and ligatures are levelled; so are Arabic vowel signs, the forms of alef, and tatweel, Hebrew
points, and the digits of all scripts. Scripts that put no spaces between words are cut into pairs of neighbouring
letters, so that every piece of two letters or more is found, and nothing that only has the same letters elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["fold", "folded_letters", "is_run", "parted", "pieces", "tokens", "words_of"]

_SIGNS: Final = (
    "\u0900-\u0963\u0966-\u0df3\u0e30-\u0e3a\u0e40-\u0e4e\u0eb0-\u0ecf\u0f18-\u0fbc\u102b-\u103e\u17b4-\u17d3"
)
"""Vowels and other signs of the scripts of South and South-East Asia, which belong to their words."""
_RUN: Final = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    "々〇ぁ-ゖ゛-ゟァ-ヺー-ヿㄅ-ㄯ"  # Japanese, Bopomofo
    "㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003fffd"  # Chinese
    "가-힣"  # Korean
)
"""Scripts without spaces between words, or with particles grown on to them."""
_WORD: Final = re.compile(rf"[{_RUN}]+|(?:(?![{_RUN}_])[\w{_SIGNS}])+")
_RUNS: Final = re.compile(f"[{_RUN}]+")
_OTHERS: Final = re.compile(rf"[^\w{_SIGNS}{_RUN}\x00-\x7f]+")
"""Punctuation and symbols beyond ASCII."""
_SEPARATORS: Final = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_IS_RUN: Final = re.compile(f"[{_RUN}]")
_DIGIT: Final = re.compile(r"[^\D0-9]")
_DROPPED: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+"
)
"""Accents, points, vowel signs, tatweel; soft hyphens, joiners, marks of direction."""
_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("ٱ", "ا"),
        **dict.fromkeys("ىیې", "ي"),
        "ک": "ك",
        "ة": "ه",
        "ہ": "ه",
        "ھ": "ه",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ς": "σ",
    }
)
"""Letters that Unicode does not take apart and that people type one for the other."""


def fold(text: str) -> str:
    """The text levelled; punctuation stays."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.casefold()).casefold()
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text)).translate(_ALIKE)
    return _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0], digit[0])), text)


def pieces(folded: str) -> list[str]:
    """The words and runs of a levelled text; a run is of a script without spaces."""
    return _WORD.findall(folded)


def is_run(piece: str) -> bool:
    """Whether it is written without spaces between words."""
    return _IS_RUN.match(piece) is not None


def tokens(text: str) -> list[str]:
    """What of the text goes into the index, in its order: words, and the pairs of runs, each run's last letter last."""
    return words_of(parted(fold(text)))


def words_of(parted: str) -> list[str]:
    """The tokens of a text that was parted; those of runs have two letters or one."""
    return parted.translate(_SEPARATORS).split()


def parted(folded: str) -> str:
    """A levelled text for the index, whose tokenizer parts words at all of ASCII that is no letter and no digit."""
    if folded.isascii():
        return folded
    return _RUNS.sub(_pairs, _OTHERS.sub(" ", folded))


def _pairs(run: re.Match[str]) -> str:
    piece = run[0]
    return f" {' '.join([piece[at : at + 2] for at in range(len(piece))])} "


def folded_letters(text: str) -> tuple[str, list[int]]:
    """The text levelled letter by letter, and for each letter of it the place that it has in the text."""
    parts, places = [], []
    for place, letter in enumerate(text):
        folded = _folded(letter)
        parts.append(folded)
        places += [place] * len(folded)
    return "".join(parts), places


@lru_cache(maxsize=4_096)
def _folded(letter: str) -> str:
    return fold(letter)
