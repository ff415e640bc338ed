"""Names of persons in bylines.

A byline is cut at its conjunctions and commas; labels, roles, places, addresses and handles fall away; what remains
is a person where it looks like one. Bodies (agencies, newsrooms) are told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from archivist.extract.agencies import ROLE_WORDS, is_agency, is_body
from archivist.model.article import FieldName

__all__ = ["is_person", "organisation_or_none", "signed_by", "split_names", "without_label"]

MAX_BYLINE = 300
MAX_NAME = 60
MAX_NAMES = 20

_LABEL = re.compile(
    r"^\W{0,3}(?:(?:written|words|text|story|report|reported|posted|published|edited|analysis|opinion|"
    r"article|review)\s+by|by|"
    r"an?\s+(?:article|essay|analysis)\s+(?:by|von|de)|(?:von|ein\s+\w{3,20}\s+von|text|autor(?:in|en)?|"
    r"autore|autores|autora|auteurs?|author|authors|"
    r"writer|reporter|journalist|penulis|reportero|redaktion|yazar|автор|автори|автор\(ы\)|tekst|texto|"
    r"texte|testo|szerző|"
    r"skrevet\s+av|av|af|par|por|di|door|od|przez|de|per|texto\s+de|oleh|tác\s+giả|yazan|haber|opracowanie|opr|autorka)"
    r"(?=\s|:|：))(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\S{1,64}@\S{1,255}|(?<!\w)@\w{1,40}|https?://\S{1,500}|\(@?\w{1,40}@?[^()]{0,60}\)")
_CUT = re.compile(
    r"\s*[|•·;/–—\n‧]\s*|\s+-\s+|\s*&\s*|,?\s+(?:and|und|et|y|e|en|og|och|ja|i|and\s+in|és|ve|dan|și|и|та|"
    r"with|mit|avec|con)\s+"
    r"|\s*[,，、]\s*"
)
_TAIL = re.compile(
    r"\s+(?:in|at|for|from|aus|of|à|from|au|w|à|dans|pour|para|für|from|via|is\s+an?|is\s+the|ist|est|es|"
    r"updated|published|posted|on)\s+.*$"
)
_PARTICLES = frozenset(
    "de del della dello der den des di da do dos das du la le les van von vom zu zur zum af av ter ten "
    "te el al bin ibn "
    "bint ben y e i ap abu mac mc st st. san dela do' d' o' zum ul".split()
)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAME_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[.'’\-‐‑`][^\W\d_]*)*\.?")
_TITLES = frozenset(
    {"dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dr.", "prof.", "mr.", "mrs.", "ms.", "dipl.-ing."}
)
_HONORIFIC = re.compile(r"\s*(?:기자|記者|记者)$")
_NO_NAME = frozenset(
    "the this that more read share follow updated published posted today yesterday photo video comments advertisement "
    "subscribe sign menu home news all our by view january february march april may june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday min minutes ago about email".split()
)


def without_label(text: str) -> str:
    """The byline without "By", "Von", "Autor:" and the like."""
    return _LABEL.sub("", text, count=1).strip()


def organisation_or_none(text: str) -> str | None:
    """The text itself where it names a body."""
    name = without_label(text)
    return name if name and is_body(name) and not re.search(r"\b(?:and|und|et|y)\b|,", name) else None


def signed_by(text: str) -> Iterator[tuple[FieldName, str]]:
    """The one body, or the persons, that a text names, each with the field it is a claim about."""
    body = organisation_or_none(text)
    if body:
        yield "organisations", body
        return
    for person in split_names(text):
        yield "authors", person


def split_names(text: str, *, is_certain: bool = False) -> tuple[str, ...]:
    """The persons named in a byline, in order.

    Args:
        text: the byline, with or without its label.
        is_certain: the place says that this is a person, so that one word is enough.
    """
    text = unicodedata.normalize("NFKC", text[:MAX_BYLINE])
    text = without_label(_CONTACT.sub(" ", text))
    if turned := _last_first(text):
        return (turned,)
    names: list[str] = []
    for part in _CUT.split(text)[:MAX_NAMES]:
        name = _tidy(part or "")
        if name and name not in names and is_person(name, is_certain=is_certain):
            names.append(name)
        elif names and not name:
            continue
    return tuple(names)


def _last_first(text: str) -> str | None:
    """``Quill, Mara`` turned round; a list of two full names is left alone."""
    parts = [part.strip() for part in text.split(",")]
    is_turned = len(parts) == 2 and all(len(part.split()) == 1 for part in parts) and all(map(_is_name_word, parts))
    return (
        f"{parts[1]} {parts[0]}"
        if is_turned and not ROLE_WORDS.intersection(text.lower().replace(",", "").split())
        else None
    )


def _tidy(part: str) -> str:
    part = _HONORIFIC.sub("", without_label(_TAIL.sub("", part.strip(" .,:;()[]\"'“”*>-"))))
    words = part.split()
    while words and words[0].lower() in _TITLES:
        words.pop(0)
    cut = next((n for n, word in enumerate(words) if n and word.lower().strip(".,") in ROLE_WORDS), len(words))
    return " ".join(words[:cut]).strip(" .,:;()[]-")


def is_person(name: str, *, is_certain: bool = False) -> bool:
    """The text looks like the name of one person."""
    if not name or len(name) > MAX_NAME or is_body(name) or is_agency(name):
        return False
    if _CJK.search(name):
        return len(name.replace(" ", "")) <= 12 and not any(character.isdigit() for character in name)
    words = name.split()
    if not (1 if is_certain else 2) <= len(words) <= 6:
        return False
    if any(word.lower() in _NO_NAME or word.lower() in ROLE_WORDS for word in words):
        return False
    return (
        all(word.lower() in _PARTICLES or _is_name_word(word) for word in words) and words[-1].lower() not in _PARTICLES
    )


def _is_name_word(word: str) -> bool:
    """A word that can be part of a name: it has a capital (where its script has capitals) and no figures."""
    first = word.lstrip("'’(\"“")[:1]
    return bool(_NAME_WORD.fullmatch(word.strip("'’()\"“”,"))) and (first.isupper() or not first.islower())
