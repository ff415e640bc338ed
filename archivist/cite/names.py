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

_FAMILY_FIRST = frozenset({"hu", "ja", "ko", "vi", "zh"})
"""Languages in which the family name may stand first: the order of a display name says nothing there."""

_BODIES = frozenset(
    """
    agence agencies agency associated association board bureau bulletin center centre chronicle commission committee
    company contributor contributors correspondent correspondents council courier daily department desk digital
    editor editorial editors foundation gazette global group guardian herald institute international journal
    magazine media ministry network news newsroom observer office online post press radio redaktion report reporter
    reporters reuters review service services society staff standard star sun team telegraph television the times
    tribune union university weekly wire wires world writer writers
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
    """The name, split where it is two plain capitalised words with nothing but initials between them.

    Args:
        display: as shown: ``Mara J. Quill``, or ``Quill, Mara``.
        language: BCP 47 tag of the page.
    """
    literal = one_line(display)
    whole = PersonName(literal=literal)
    if (language or "").lower().split("-")[0] in _FAMILY_FIRST:
        return whole
    given, comma, family = (part.strip() for part in _around_comma(literal))
    words = given.split() + family.split()
    if any(word.casefold() in _BODIES for word in words):
        return whole
    if comma:
        is_plain = _is_given(given.split()) and _is_plain_word(family)
    else:
        *first, family = words or [""]
        given = " ".join(first)
        is_plain = _is_given(first) and _is_plain_word(family) and first[0].casefold() not in _FAMILIES
    return PersonName(literal=f"{given} {family}", given=given, family=family) if is_plain else whole


def cited_authors(
    authors: Iterable[str], organisations: Iterable[str] = (), *, language: str | None = None
) -> tuple[PersonName, ...]:
    """The persons of the byline, or its bodies where it names no person."""
    persons = tuple(split_name(name, language=language) for name in authors if one_line(name))
    return persons or tuple(PersonName(literal=one_line(name)) for name in organisations if one_line(name))


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
