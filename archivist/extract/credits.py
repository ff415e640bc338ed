"""Reading a credit: who took the picture, and which bodies show and sell it.

Who is an agency is decided by list and by shape, not by where the name stands: "Finch/Reuters" and "Reuters/Finch"
are one credit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from archivist.extract.agencies import LIBRARIES, PLATFORMS, is_agency, is_body
from archivist.extract.credit_labels import after_label, normal, without_labels
from archivist.extract.names import is_person
from archivist.extract.photo_words import COLLECTIONS, ORIGINS, PHOTO_BODIES, POSITIONS

__all__ = ["JOINTS", "MAX_SIGN", "MAX_WORDS", "Kind", "Named", "credit_parts", "name_key", "named_in", "without_stamp"]

MAX_WORDS: Final = 9
"""Of a name: the longest bodies that sign pictures have that many."""
MAX_OUTLET: Final = 4
"""Words of a name that is neither a person's by its shape nor a body's by its words."""
MAX_SIGN: Final = 4
"""Characters of the sign of an editor behind the names."""

_CUT: Final = re.compile(
    r"\s*(?P<sign>[/|;,–—•·+()\[\]:=،、]|\s-{1,2}\s|\s\.\s|\.\s(?=courtesy)|(?<=\w)\s[Il]\s(?=\w)"
    r"|\s(?:via|for|über|pour|para|för|für|voor|courtesy\sof|/)\s|记者|記者)\s*",
    re.IGNORECASE,
)
"""A capital I between blanks is a bar that was typed."""
_AND: Final = re.compile(r"\s(?:and|und|et|y|e|en|og|och|ja|i|и|та|és|dan|ve|&)\s")
JOINTS: Final = frozenset({"/", "for", "via", "special to"})
"""Signs between a name and the body that shows or sells the picture."""
_LICENCE: Final = re.compile(r"(?<!\w)CC(?:0|(?:[\s-](?:BY|SA|ND|NC))+)(?:[\s-]\d\.\d)?(?!\w)", re.IGNORECASE)
_SPECIAL: Final = re.compile(r"^special (?:to|for) ", re.IGNORECASE)
_BY: Final = re.compile(r"^(?:(?:photos? )?by|von|par|por|di|av|af)\s", re.IGNORECASE)
_STAMP: Final = re.compile(
    r"[,.\s]{0,3}(?:all rights reserved|file photo|files? pic(?:ture)?|/?\s?file|files|archive|archivo|via)\W{0,2}$"
    r"|^\W{0,2}\d{4}\s|\s?,?\s(?:19|20)\d\d$|(?:資料照片?|资料图片?|資料写真|자료사진|提供)$",
    re.IGNORECASE,
)
_STAMP_HINTS: Final = "reserved photo pic file archiv via 資料照 资料图 資料写真 자료사진 提供".split()
"""One of them stands at the end of what ends with words of the origin."""
MAX_STAMP: Final = 12
_FIGURES: Final = re.compile(r"\d{4}")
_DATE: Final = re.compile(r"[\d\W]*|\d{1,2}[.\s/]\w{3,9}[.\s/]\d{2,4}")
_DOMAIN: Final = re.compile(r"(?:[\w-]{1,40}\.){1,3}[a-z]{2,12}")
_ACRONYM: Final = re.compile(r"[A-Z]{2,5}")
_ARTICLES: Final = frozenset("the la el le los las les il lo die das der het os as l'".split())
_NO_KEY: Final = re.compile(r"[\W_]+|^the\s")

Kind: TypeAlias = Literal["person", "agency", "outlet", "origin", "other"]
"""``outlet``: a name that is no person's, known neither by list nor by its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One piece of a credit."""

    text: str
    kind: Kind
    sign: str
    """The sign before it, in lower case."""

    @property
    def is_listed(self) -> bool:
        """It is an agency that is on the list."""
        return is_agency(self.text) or is_agency(without_stamp(self.text))

    @property
    def has_article(self) -> bool:
        """Only an article tells the body: ``The Courier``, but also ``The quay``."""
        return self.kind == "agency" and self.text.split()[0].lower() in _ARTICLES and not is_body(self.text)


@lru_cache(maxsize=1_024)
def credit_parts(credit: str, *, outlets: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Photographers and agencies named in a credit.

    Args:
        credit: its text, with or without label.
        outlets: the names of the newspaper, as ``name_key`` has them: no person's.
    """
    pieces = list(named_in(without_labels(credit), outlets=outlets))
    names = {piece.text.lower() for piece in pieces}
    is_library, is_platform = not LIBRARIES.isdisjoint(names), not PLATFORMS.isdisjoint(names)
    persons: dict[str, None] = {}
    agencies: dict[str, None] = {}
    for piece in pieces:
        is_user = (is_library and not piece.is_listed) or (is_platform and _is_user(piece))
        is_sign = bool(persons or agencies) and piece.text.islower() and len(piece.text) <= MAX_SIGN
        is_shelf = is_platform and piece.text.lower() in COLLECTIONS
        if piece.kind == "origin" or is_shelf or (is_sign and piece.kind != "agency"):
            continue
        if piece.kind == "person" or is_user:
            persons[piece.text] = None
        elif piece.kind != "other":
            agencies[piece.text] = None
    return tuple(persons), tuple(agencies)


def named_in(text: str, *, outlets: Collection[str] = ()) -> Iterator[Named]:
    """The pieces of a credit without label, each with what it names."""
    for sign, piece in _pieces(text):
        yield Named(text=piece, kind=_kind(piece, sign, outlets), sign=sign)


def name_key(name: str) -> str:
    """A name without case, blanks and signs: ``The Saltmere Courier`` and ``saltmerecourier`` are one newspaper."""
    return _NO_KEY.sub("", normal(name).lower())


def without_stamp(text: str) -> str:
    """Without words of the origin at its end: ``Reuters file`` is Reuters."""
    ending = text[-MAX_STAMP:].lower()
    if not (any(map(ending.__contains__, _STAMP_HINTS)) or _FIGURES.search(text)):
        return text.strip(" .,") or text
    return _STAMP.sub("", text).strip(" .,") or text


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The names, each with the sign before it."""
    at = 0
    sign = ""
    for found in _CUT.finditer(text):
        yield from _tidy(sign, text[at : found.start()])
        sign, at = found["sign"].strip().lower(), found.end()
    yield from _tidy(sign, text[at:])


def _tidy(sign: str, text: str) -> Iterator[tuple[str, str]]:
    """The piece without label; persons joined by "and" are two."""
    text = _LICENCE.sub("", text).strip(" .()[]©:'\"“”„»«")
    text = after_label(text) or text
    if _SPECIAL.match(text):
        sign, text = "special to", _SPECIAL.sub("", text)
    text = _BY.sub("", text).strip()
    if _DATE.fullmatch(text) or text.lower() in POSITIONS:
        return
    parts = _AND.split(text)
    is_list = len(parts) > 1 and all(is_person(part) and not _is_body(part) for part in parts)
    for part in parts if is_list else (text,):
        yield sign, part


def _kind(text: str, sign: str, outlets: Collection[str]) -> Kind:
    """What one piece of a credit names."""
    bare = without_stamp(text)
    if is_agency(text) or is_agency(bare):
        return "agency"
    if ORIGINS.issuperset(word.strip(".,") for word in bare.lower().split()):
        return "origin"
    if name_key(text) in outlets or sign in JOINTS - {"/"}:
        return "outlet"
    length = len(text.split())
    if _is_body(text):
        is_name = not text[0].islower() or _DOMAIN.fullmatch(text) is not None
        return "agency" if is_name and length <= MAX_WORDS else "other"
    if is_person(text):
        return "person"
    return "outlet" if length <= MAX_OUTLET and _has_capital(text) else "other"


def _has_capital(text: str) -> bool:
    """Its first words have capitals or figures, or its script has none; one word needs none, it may be a domain."""
    words = text.split()
    return len(words) == 1 or not any(word[:1].islower() for word in words[:2])


def _is_body(text: str) -> bool:
    """Its words or its shape are those of a body."""
    words = text.split()
    lower = [word.strip(".,'’").lower() for word in words]
    if is_body(text) or not PHOTO_BODIES.isdisjoint(lower) or _DOMAIN.fullmatch(text):
        return True
    if len(words) > 1 and (lower[0] in _ARTICLES or any(word.isupper() and is_agency(word) for word in words)):
        return True
    has_small = any(word[1:].islower() for word in words)
    return has_small and len(words[0]) > 2 and _ACRONYM.fullmatch(words[0]) is not None


def _is_user(piece: Named) -> bool:
    """A name of one word beside a platform's is a user's, unless it has the shape of an agency."""
    is_word = piece.kind == "outlet" and len(piece.text.split()) == 1
    return is_word and not _DOMAIN.fullmatch(piece.text) and not _ACRONYM.fullmatch(piece.text)
