"""Witness: the text itself, of a page or a document, whose language is told by its script and its commonest words.

Sure or silent: a text that is too short, or mixed, or of a language that is not listed, has no answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.common_words import COMMON_WORDS
from archivist.extract.main_text import MainText

__all__ = ["agree", "language_claims", "language_of"]

MAX_TEXT: Final = 2_500
"""Characters that are looked at: four hundred words tell a language as well as four thousand."""
MIN_LETTERS: Final = 40
"""Of a script that only one language is written in."""
MIN_WORDS: Final = 30
MIN_KINDS: Final = 5
"""Different ones of them: a list that repeats a name repeats what is a word elsewhere."""
MIN_SHARE: Final = 0.07
"""Of the words that must be among the commonest of the language; every third is in French, every tenth in Zulu."""
MARGIN: Final = 2
"""Times as many words that only it has, of it and the next language, as words that only the other has."""
HAN_WEIGHT: Final = 3
"""Letters of an alphabet that say as much as one of China or Japan."""

_BY_SCRIPT: Final[dict[str, str]] = {
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "ETHIOPIC": "am",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HANGUL": "ko",
    "HEBREW": "he",
    "KANNADA": "kn",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "ORIYA": "or",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
    "TIBETAN": "bo",
}
"""Scripts in which one language's newspapers are written far more often than any other's."""
_KANA: Final = ("HIRAGANA", "KATAKANA")
_SHARED: Final = frozenset({"LATIN", "CYRILLIC", "ARABIC", "DEVANAGARI"})

_ALIKE: Final = (
    frozenset({"no", "nb", "nn"}),
    frozenset({"bs", "cnr", "hr", "sh", "sr"}),
    frozenset({"id", "in", "ms"}),
    frozenset({"cmn", "yue", "zh"}),
    frozenset({"fa", "prs"}),
    frozenset({"he", "iw"}),
    frozenset({"fil", "tl"}),
    frozenset({"rn", "rw"}),
    frozenset({"st", "tn"}),
    frozenset({"am", "ti"}),
    frozenset({"as", "bn"}),
    frozenset({"mo", "ro"}),
)
"""Codes of one language, and languages whose commonest words are the same."""
_ASCII: Final = re.compile(r"[\x00-\x7f]+")
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalpha())
_WORD: Final = re.compile(r"[^\s\d.,;:!?\"()«»„“”‘…\[\]/|–—]+")


_WORDS: Final = {
    "": frozenset[str](),
    **{language: frozenset(words.split()) for language, words in COMMON_WORDS.items()},
}


def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for language, words in _WORDS.items():
        for word in words:
            found[word].append(language)
    return {word: tuple(languages) for word, languages in found.items()}


_BY_WORD: Final = _by_word()


def language_claims(main: MainText | None) -> Iterator[Found]:
    """The language of the main text, where it is certain; its longest paragraph is the evidence."""
    if main is None:
        return
    told = [(block.text, element) for block, element in zip(main.blocks, main.elements, strict=True)][:50]
    language = language_of("\n".join(text for text, _ in told))
    if language is not None:
        text, element = max(told, key=lambda each: len(each[0]))
        yield "language", element_claim(language, element, witness="text", text=text)


def language_of(text: str) -> str | None:
    """The code of the text's language (ISO 639), or None where that is not certain."""
    text = text[:MAX_TEXT]
    scripts = _scripts(text)
    if not scripts:
        return None
    script, count = scripts.most_common(1)[0]
    if count < MIN_LETTERS or count < 0.5 * scripts.total():
        return None
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    if script == "CJK":
        return "ja" if any(scripts[kana] for kana in _KANA) else "zh"
    return _by_words(text) if script in _SHARED else None


def _scripts(text: str) -> Counter[str]:
    """How many letters are of which script; kana counts for the Han letters it stands among."""
    plain = text.encode("ascii", "ignore").translate(None, _NO_LETTERS)
    found = Counter({"LATIN": len(plain)})
    for letter, count in Counter(_ASCII.sub("", text)).items():
        if letter.isalpha():
            script = _script_of(letter)
            found[script] += count * (HAN_WEIGHT if script in _KANA or script == "CJK" else 1)
    kana = sum(found[each] for each in _KANA)
    if kana > 0.1 * found["CJK"]:
        found["CJK"] += kana
    else:
        for each in _KANA:
            found.pop(each, None)
    return +found


@lru_cache(maxsize=4_096)
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _by_words(text: str) -> str | None:
    words = Counter(_WORD.findall(text.lower()))
    count = words.total()
    weights: dict[str, float] = defaultdict(float)
    for word in filter(_BY_WORD.__contains__, words):
        languages = _BY_WORD[word]
        weight = words[word] / len(languages)
        for language in languages:
            weights[language] += weight
    best, *rest = sorted(weights, key=weights.__getitem__, reverse=True) or [""]
    other = next((language for language in rest if not agree(language, best)), "")
    said = words.keys()
    pairs = ((best, other), (other, best))
    only = {one: sum(words[word] for word in (said & _WORDS[one]) - _WORDS[two]) for one, two in pairs}
    common = [words[word] for word in said & _WORDS[best]]
    is_common = len(common) >= MIN_KINDS and sum(common) >= MIN_SHARE * count
    return best if count >= MIN_WORDS and is_common and only[best] > MARGIN * only[other] else None


def agree(one: str, other: str) -> bool:
    """Both tags name one language, as far as its commonest words can tell."""
    first, second = (tag.lower().replace("_", "-").partition("-")[0] for tag in (one, other))
    return first == second or any(first in alike and second in alike for alike in _ALIKE)
