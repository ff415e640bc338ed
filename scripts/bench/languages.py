"""Made-up texts in the shapes of six languages: how words are built, how often each is used, and no sense at all.

The commonest word of a language stands in nearly every text, the rarest in one of many thousands (Zipf's law), and new
words never end: names, and in German compounds.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["LANGUAGES", "Language", "languages"]

LANGUAGES = ("en", "de", "fr", "ar", "zh", "th")
_COMMON = {"en": 30_000, "de": 40_000, "fr": 30_000, "ar": 40_000, "zh": 20_000, "th": 15_000}
_SOUNDS = {
    "en": (
        "b bl br c ch d f fl g gr h j k l m n p pr qu r s sh st t th tr v w".split(),
        "a e i o u ea ou".split(),
        "n r l s t nt ng ck st".split(),
    ),
    "de": (
        "b br d f fr g h k kl kr l m n p r s sch st t tr v w z".split(),
        "a e i o u ei au ö ü ä".split(),
        "n r l s t nt ng cht ß ft".split(),
    ),
    "fr": (
        "b bl c ch d f g gr j l m n p pr qu r s t tr v".split(),
        "a e i o u é è ou eau ai".split(),
        "n r l s t x lle que".split(),
    ),
    "ar": ([*"بتثجحخدذرزسشصضطظعغفقكلمنهوي"], [*"بتجحدرسشطعفقكلمن"], [*"بتجدرسعفقلمنهي"]),
    "th": ([*"กขคงจชดตถทนบปผพภมยรลวสหอ"], "า ิ ี ุ ู ั่ ้า ื่".split(), "ก ง น บ ม ย ว ด".split()),
}
_SYLLABLES = {code: ["".join(each) for each in itertools.product(*sounds)] for code, sounds in _SOUNDS.items()}
_SYLLABLES["zh"] = [chr(code) for code in range(0x4E00, 0x4E00 + 2_400)]
_BLANK = {"zh": "", "th": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A vocabulary, from the commonest word to the rarest."""

    code: str
    words: Sequence[str]
    weights: Sequence[float]
    """Summed up."""

    def prose(self, count: int, rng: random.Random) -> list[str]:
        """So many words; of a German text every twentieth is a compound, of any other a name that is seldom used."""
        words = rng.choices(self.words, cum_weights=self.weights, k=count)
        for at in range(0, count, 20):
            words[at] = words[at] + rng.choice(self.words[:3_000]) if self.code == "de" else self._rare(rng)
        return words

    def _rare(self, rng: random.Random) -> str:
        return "".join(rng.choices(_SYLLABLES[self.code], k=3))

    def written(self, words: Sequence[str]) -> str:
        """The words as a sentence."""
        return _BLANK.get(self.code, " ").join(words)


def languages(rng: random.Random) -> list[Language]:
    """One of each."""
    return [_language(code, rng) for code in LANGUAGES]


def _language(code: str, rng: random.Random) -> Language:
    words = [*itertools.islice(_words(code, rng), _COMMON[code])]
    weights = [*itertools.accumulate(1 / (rank + 3) for rank in range(len(words)))]
    return Language(code=code, words=words, weights=weights)


def _words(code: str, rng: random.Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        length = rng.choice((1, 1, 2, 2, 3) if code in {"en", "de", "fr"} else (1, 2))
        word = "".join(rng.choices(_SYLLABLES[code], k=length))
        if word not in seen:
            seen.add(word)
            yield word
