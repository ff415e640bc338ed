"""Display names split into given and family name, only where that is certain.

A wrong split stands in bibliographies for ever; an unsplit name is merely plain. When in doubt: literal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archivist.cite.line import one_line
from archivist.model.citation import PersonName

__all__ = ["cited_authors", "split_name"]

_INITIAL = re.compile(r"[A-ZÀ-ÖØ-Þ]\.(?:-?[A-ZÀ-ÖØ-Þ]\.)*")

_PARTICLES = frozenset("da das de del della den der di do dos du la le ten ter van von zu zum zur".split())
"""Small words between given and family name that belong to the family name, where they are written small."""

_SUFFIXES = {"jr": "Jr.", "jr.": "Jr.", "sr": "Sr.", "sr.": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}

_FAMILY_FIRST = frozenset({"hu", "ja", "ko", "vi", "zh"})
"""Languages in which the family name may stand first: the order of a display name says nothing there."""

_BODIES = frozenset(
    """
    academy agence agencies agency archive associated association authority bank board bulletin bureau center centre
    chronicle club college commission committee company contributor contributors correspondent correspondents
    council courier court daily department desk digital editor editorial editors federation foundation gazette
    global government group guardian herald hospital institute international journal magazine media ministry museum
    network news newsroom observer office online parliament party police post press radio redaktion report reporter
    reporters reuters review school service services society staff standard star sun team telegraph television the
    times tribune trust union university weekly wire wires world writer writers
    """.split()
)
"""Words that name a body or a desk, never a person."""

_FAMILIES = frozenset(
    """
    bui chang chen cheng choi chung dang deng do feng gao guo han he ho hoang hong hu huang huynh jang jeong jiang jung
    kang kim lam le lee li liang liao lim lin liu lu luo ma moon ngo nguyen park pham phan shin song sun tang tran tsai
    vo vu wang wei wong wu xi xiao xie xu yan yang yoon yu yuan zeng zhang zhao zheng zhou zhu
    """.split()
)
"""Chinese, Korean and Vietnamese family names: where one stands first, it may be the family name or a given name."""


def split_name(display: str, *, language: str | None = None) -> PersonName:
    """The name, split where its parts are certain: one plain given name with initials, and one plain family name.

    A comma says itself where the family name ends; particles in small letters and ``Jr.`` are parts, too.

    Args:
        display: as shown: ``Mara J. Quill``, or ``Quill, Mara``.
        language: BCP 47 tag of the page.
    """
    literal = one_line(display)
    whole = PersonName(literal=literal)
    if (language or "").lower().split("-")[0] in _FAMILY_FIRST:
        return whole
    plain, suffix = _without_suffix(literal)
    given, comma, family = (part.strip() for part in _around_comma(plain))
    if any(word.casefold() in _BODIES for word in [*given.split(), *family.split()]):
        return whole
    if comma:
        first, last = given.split(), family.split()
    else:
        words = given.split()
        start = next((index for index, word in enumerate(words) if word in _PARTICLES), max(len(words) - 1, 0))
        first, last = words[:start], words[start:]
    particle, name = last[:-1], "".join(last[-1:])
    is_plain = _is_given(first) and _is_plain_word(name) and all(word in _PARTICLES for word in particle)
    if not is_plain or (not comma and first[0].casefold() in _FAMILIES | _PARTICLES):
        return whole
    return PersonName(
        literal=" ".join(filter(None, (*first, *last, suffix))),
        given=" ".join(first),
        family=name,
        particle=" ".join(particle) or None,
        suffix=suffix,
    )


def cited_authors(
    authors: Iterable[str], organisations: Iterable[str] = (), *, language: str | None = None
) -> tuple[PersonName, ...]:
    """The persons of the byline, or its bodies where it names no person."""
    persons = tuple(split_name(name, language=language) for name in authors if one_line(name))
    return persons or tuple(PersonName(literal=one_line(name)) for name in organisations if one_line(name))


def _without_suffix(literal: str) -> tuple[str, str | None]:
    """The name without ``Jr.`` at its end, and the suffix."""
    name, _, last = literal.rpartition(" ")
    suffix = _SUFFIXES.get(last.casefold()) if last[:1].isupper() else None
    return (name.rstrip(","), suffix) if suffix and name else (literal, None)


def _around_comma(literal: str) -> tuple[str, str, str]:
    """Given name, comma if there is exactly one, family name."""
    family, comma, given = literal.partition(",")
    return (given, comma, family) if comma and "," not in given else (literal, "", "")


def _is_given(words: list[str]) -> bool:
    """One given name with any initials after it; or initials alone."""
    if not words:
        return False
    first, *rest = words
    is_named = _is_plain_word(first) or _INITIAL.fullmatch(first) is not None
    return is_named and all(_INITIAL.fullmatch(word) for word in rest)


def _is_plain_word(word: str) -> bool:
    """A capitalised word of Latin letters, not all in capitals: those may stand for a body, as ``AFP``."""
    letters = [letter for letter in word if letter not in "'’-"]
    is_latin = all(letter.isalpha() and (letter < "\u0250" or "\u1e00" <= letter <= "\u1eff") for letter in letters)
    return len(letters) > 1 and is_latin and word[0].isupper() and any(letter.islower() for letter in letters)
