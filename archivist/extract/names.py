"""Names of persons in bylines.

A byline is cut at its conjunctions and commas; labels, roles, places, addresses and handles fall away; what remains
is a person where it looks like one. Bodies (agencies, newsrooms) are told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from archivist.extract.agencies import is_agency, is_body
from archivist.extract.byline_labels import MAX_LABEL, names_others, without_label, written
from archivist.extract.byline_words import (
    ARTICLES_OF_TITLES,
    BY,
    COLLECTIVES,
    CONJUNCTIONS,
    HONORIFICS,
    INTERFACE_WORDS,
    LABELS,
    NEWSROOM_WORDS,
    OTHER_LABELS,
    PAPERS,
    PLACE_BEGINNINGS,
    PLACES,
    ROLE_WORDS,
    SHORT_CONJUNCTIONS,
    TAILS,
)
from archivist.extract.east_asian import (
    is_east_asian,
    is_east_asian_body,
    is_east_asian_person,
    split_east_asian,
)
from archivist.extract.months import month_number
from archivist.model.article import FieldName

__all__ = ["is_person", "key_of", "organisation_or_none", "signed_by", "split_names"]

MAX_BYLINE: Final = 300
MAX_NAME: Final = 60
MAX_WORDS: Final = 6
MAX_UNCASED: Final = 4
"""Words of a name in a script without capitals: in a longer run, nothing tells a name from a sentence."""
MAX_NAMES: Final = 20
MAX_TAIL: Final = 3
"""Words after a name that need no known word to be cut off: a sentence is longer."""

_CONTACT: Final = re.compile(
    r"\S{1,64}@\S{1,255}|(?<!\w)@\w{1,40}|https?://\S{1,500}|www\.\S{1,500}|(?<!\S)[\w-]{2,40}\.(?:com|net|org)(?:/\S{0,500}|(?!\S))"
)
_BRACKETED: Final = re.compile(r"[(\[]([^()\[\]]{0,80})[)\]]")
_STRONG: Final = re.compile(r"\s*[|•·;/\n‧&+，、؛]\s*|\s+[–—-]+\s+|\s*[–—]\s*|\s*[,،]\s*")
_OTHERS_MARK: Final = "\ue000"
"""Stands for "(photos)" beside a name: a character without a meaning."""
_PARTICLES: Final = frozenset(
    "de del della dello der den des di da do dos das du la le les van von vom zu zur zum af av ter ten te el al bin "
    "ibn bint binti ben y e ap abu mac mc st st. san dela do' d' o' ul ur ould mint".split()
)
_ELIDED: Final = ("l'", "l’")
"""A newspaper's name begins so, too: L’Écho du Quai."""
_OUTLETS: Final = frozenset("news media sports".split())
"""As the last word of three they make the name that of a station: "Northquay Harbour News"."""
_SURNAMES_TOO: Final = frozenset({"senior", "guest", "fellow"})
"""Behind one word and before none they are no roles."""
_NO_NAMES: Final = INTERFACE_WORDS | ROLE_WORDS | NEWSROOM_WORDS
_AT_FIRST: Final = frozenset("la le el o a do da dos das des du dal dalla vom zum zur".split())
"""With one more word they make a newspaper's name or say where somebody is from: La Nación, Do Diário."""
_SUFFIXES: Final = frozenset("II III IV JR SR MD MP KC QC PhD".split())
_SIGNS: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
_NAME_WORD: Final = re.compile(r"[^\W\d_][^\W_]*(?:[.'’ʼ`´\-‐‑][^\W\d_]*)*\.?")
_PREFIX: Final = re.compile(r"(?:[dlnt]|al|el|ad|an|as|ash|at|ar|az)[’'ʼ`-](?=[^\W\d_])")
"""What may stand before the capital: d'Arc, al-Masri."""
_WAW: Final = re.compile(r"\s+[وו](?=[^\s]{3})(?!ليد|ائل|سيم|فاء|سام|داد|جدي|حيد|لاء|هيب)")
"""The "and" that Arabic and Hebrew write on to the next word, unless a name begins with that letter."""
_DIGIT: Final = re.compile(r"\d")
_EDGES: Final = " .,:;()[]{}\"'“”„«»*>•|–—-=_/"


def organisation_or_none(text: str) -> str | None:
    """The body that the text names, where it names one and nobody else."""
    found = [*signed_by(text)] if len(text) <= MAX_BYLINE else []
    return found[0][1] if len(found) == 1 and found[0][0] == "organisations" else None


def signed_by(text: str, *, is_certain: bool = False) -> Iterator[tuple[FieldName, str]]:
    """The persons and bodies that a byline names, in order, each with the field it is a claim about.

    Args:
        text: the byline, with or without its label.
        is_certain: the place says that this is a person, so that one word is enough.
    """
    names: dict[str, FieldName] = {}
    for name, whole in _parts(text)[:MAX_NAMES]:
        last = whole.split()[-1].lower() if whole else ""
        if is_person(name) and last not in COLLECTIVES and not (last in _OUTLETS and len(whole.split()) == 3):
            names.setdefault(name, "authors")
        elif _is_signing_body(whole):
            names.setdefault(whole, "organisations")
        elif (
            is_certain and name == whole and is_person(name, is_certain=True) and not any(" " in each for each in names)
        ):
            names.setdefault(name, "authors")
    for name, field in names.items():
        if not any(_is_part_of(name, other) for other in names):
            yield field, name


def split_names(text: str, *, is_certain: bool = False) -> tuple[str, ...]:
    """The persons named in a byline, in order; arguments as for ``signed_by``."""
    return tuple(name for field, name in signed_by(text, is_certain=is_certain) if field == "authors")


@lru_cache(maxsize=1_024)
def is_person(name: str, *, is_certain: bool = False) -> bool:
    """The text looks like the name of one person."""
    if not 2 <= len(name) <= MAX_NAME or is_body(name):
        return False
    if is_east_asian(name):
        return is_east_asian_person(name)
    words = name.split()
    lowered = [word.lower() for word in words]
    if _is_no_name(words, lowered) or len(words) < (1 if is_certain else 2):
        return False
    is_made_of_names = all(low in _PARTICLES or _is_name_word(word) for low, word in zip(lowered, words, strict=True))
    return is_made_of_names and lowered[-1] not in _PARTICLES and any(len(word.strip(".")) > 1 for word in words)


def _is_no_name(words: Sequence[str], lowered: Sequence[str]) -> bool:
    """The words are those of a button, a role, a newspaper, a place or a day."""
    if not words or len(words) > MAX_WORDS or not _NO_NAMES.isdisjoint(_without_surname(lowered)):
        return True
    if len(words) > MAX_UNCASED and not any(word[:1].isupper() for word in words):
        return True
    first = lowered[0]
    if len(words) == 1:
        return len(first) < 3 or first in BY | LABELS | OTHER_LABELS or month_number(first, None) is not None
    if len(words) == 2 and (first in _AT_FIRST or (first in _PARTICLES and words[0].islower())):
        return True
    if lowered[-1] in PAPERS or " ".join(lowered) in PLACES:
        return True
    return first in ARTICLES_OF_TITLES or first.startswith(_ELIDED) or (first in PLACE_BEGINNINGS and len(words) < 4)


def _without_surname(lowered: Sequence[str]) -> Sequence[str]:
    """The words, less a surname that is a role elsewhere."""
    return lowered[:1] if len(lowered) == 2 and lowered[1] in _SURNAMES_TOO else lowered


def key_of(name: str) -> str:
    """The name as it is compared: without capitals, accents, and order of words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(sorted(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))))


@lru_cache(maxsize=256)
def _parts(text: str) -> Sequence[tuple[str, str]]:
    """The pieces of a byline, each tidied as a person's name and as it stands."""
    text = unicodedata.normalize("NFKC", text[:MAX_BYLINE])
    text = _CONTACT.sub(" ", text)
    if is_east_asian(text):
        return [] if names_others(text) else [(name, name) for name in split_east_asian(without_label(text))]
    text = without_label(written(_BRACKETED.sub(_bracket, text)))
    parts: list[tuple[str, str]] = []
    for piece in (piece for half in text.split(";") for piece in _pieces(half)):
        if _OTHERS_MARK not in piece:
            words = without_label(piece.strip(_EDGES)).split()
            parts.append((_tidied(words, is_first=not parts), " ".join(words).strip(_EDGES)))
    return parts


def _bracket(found: re.Match[str]) -> str:
    """A bracket falls away; but who stands before "(photos)" is no author."""
    is_other = not OTHER_LABELS.isdisjoint(found[1].lower().split())
    return f" {_OTHERS_MARK} " if is_other else " "


def _pieces(text: str) -> list[str]:
    turned = _last_first(text)
    if turned:
        return [turned]
    return [piece for part in _STRONG.split(text) if part for piece in _parted(part)]


def _parted(part: str) -> Iterator[str]:
    """A part cut at its conjunctions: those that stand in names too only between two full names."""
    words = part.split()
    begin = 0
    for place, word in enumerate(words):
        before, after = words[begin:place], words[place + 1 :]
        is_short = word in SHORT_CONJUNCTIONS
        is_long = (word if not word.isupper() or len(word) < 2 else word.lower()) in CONJUNCTIONS
        if is_long or (is_short and len(before) > 1 and len(after) > 1 and _is_name_word(after[0])):
            yield " ".join(before)
            begin = place + 1
    rest = " ".join(words[begin:])
    halves = _WAW.split(rest) if len(words) > 3 else [rest]
    yield from halves if all(len(half.split()) > 1 for half in halves) else [rest]


def _last_first(text: str) -> str | None:
    """``Quill, Mara`` turned round; a list of two full names is left alone."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2:
        return None
    last, first = (part.split() for part in parts)
    is_turned = len([word for word in last if word.lower() not in _PARTICLES]) == 1 and (
        len(first) == 1 or (len(first) == 2 and len(first[1].strip(".")) == 1)
    )
    words = [*first, *last]
    if not is_turned or not ROLE_WORDS.isdisjoint(word.lower() for word in words) or is_body(parts[0]):
        return None
    name = " ".join(words)
    return name if is_person(name) and not is_body(parts[1]) else None


def _tidied(words: Sequence[str], *, is_first: bool) -> str:
    """The words of a piece without honorific, role, place, time and employer."""
    begin = _begin_of_name(words)
    end = begin + _end_of_name(words[begin:], is_first=is_first)
    is_described = end < len(words)
    words = words[begin:end]
    half = len(words) // 2
    if half and words[:half] == words[half:]:
        words = words[:half]  # shown once for each size of screen
    for count in (1, 2, 3):
        if len(words) >= count + 2 and is_agency(" ".join(words[-count:])):
            words = words[:-count]
    while words and (words[-1].lower() in _PARTICLES or _is_employer(words, is_described=is_described)):
        words = words[:-1]
    return " ".join(words).strip(_EDGES)


def _is_employer(words: Sequence[str], *, is_described: bool) -> bool:
    """The last word is no more of the name: "Mara Quill BBC", "Mara Quill Courier" before "Staff Writer"."""
    last = words[-1]
    is_short = last.isupper() and last.isalpha() and 1 < len(last) < 4 and last not in _SUFFIXES
    return len(words) > 2 and ((is_short and not words[-2].isupper()) or (is_described and last.lower() in PAPERS))


def _begin_of_name(words: Sequence[str]) -> int:
    """The place behind a date with its "by", honorifics and roles."""
    begin = 0
    if words and any(map(_DIGIT.search, words[:MAX_LABEL])):
        by = [place for place, word in enumerate(words) if word.lower() in BY and place < len(words) - 2]
        last = max(place for place, word in enumerate(words) if _DIGIT.search(word))
        is_dated = by and last < by[-1]
        begin = by[-1] + 1 if is_dated else last + 1 if _DIGIT.search(words[0]) else 0
        begin += begin < len(words) and words[begin].lower().strip(".") in {"uhr", "am", "pm", "h"}
    while begin < len(words) and (
        words[begin].lower() in HONORIFICS or (len(words) - begin > 2 and words[begin].lower() in ROLE_WORDS)
    ):
        begin += 1
    return begin


def _end_of_name(words: Sequence[str], *, is_first: bool) -> int:
    """The place of the first word that belongs to a description, a place, a date, or to no name at all."""
    for place, word in enumerate(words):
        low = word.lower().strip(".,")
        if _DIGIT.search(word):
            while place > 1 and month_number(words[place - 1], None):
                place -= 1  # noqa: PLW2901  # "May 3": the month goes with its day
            return place
        if place and ((low in ROLE_WORDS and not (len(words) == 2 and low in _SURNAMES_TOO)) or word in TAILS):
            return place
        if place > 1 and (low in INTERFACE_WORDS or low == "the"):
            return place
        is_odd = place > 1 and word[:1].islower() and low not in _PARTICLES and not _is_name_word(word)
        if is_odd and is_first and len(words) - place <= MAX_TAIL:
            return place
    return len(words)


def _is_signing_body(name: str) -> bool:
    """The text names a body, as a signature does: briefly."""
    if not name or len(name) > MAX_NAME or ":" in name or _DIGIT.search(name):
        return False
    if is_east_asian(name):
        return is_east_asian_body(name)
    lowered = name.lower().split()
    return is_agency(name) or (
        len(lowered) <= 6
        and (is_body(name) or lowered[-1] in PAPERS or not NEWSROOM_WORDS.isdisjoint(lowered))
        and INTERFACE_WORDS.isdisjoint(lowered)
        and not ROLE_WORDS.issuperset(lowered)
    )


def _is_part_of(name: str, other: str) -> bool:
    """The name is the beginning or the end of a longer one: the parts of it are shown apart."""
    return len(name) < len(other) and (other.startswith(f"{name} ") or other.endswith(f" {name}"))


def _is_name_word(word: str) -> bool:
    """A word that can be part of a name: it has a capital (where its script has capitals) and no figures."""
    word = _PREFIX.sub("", word.strip("'’()\"“”,"))
    if not word.isascii():
        # Vowel signs, and the joiners of Persian and Indian scripts (Cf), are parts of a letter.
        word = "".join(character for character in word if unicodedata.category(character) not in _SIGNS)
    if not _NAME_WORD.fullmatch(word) or word.endswith(("'s", "’s")):
        return False
    return all(part[:1] == part[:1].title() for part in word.split("."))
