"""What mark-up says an element is to a picture: its caption, its credit, its box."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from archivist.extract.html import Element, remembered
from archivist.extract.index import index_of
from archivist.extract.photo_words import (
    CAPTION_WORDS,
    CREDIT_WORDS,
    DESCRIPTION_WORDS,
    ELSEWHERE_WORDS,
    IMAGE_WORDS,
    SIGNER_WORDS,
)
from archivist.extract.tree import MAX_MARKS, marks_of, words_in, words_of

__all__ = ["IMAGES", "Mark", "marks_on", "speaking"]

IMAGES: Final = ("img", "amp-img", "source")

Mark: TypeAlias = Literal["caption", "credit", "signer", "description", "image", "elsewhere"]

_SAID: Final[frozenset[Mark]] = frozenset({"caption", "credit"})
_NONE: Final[frozenset[Mark]] = frozenset()
_PREFIXES: Final = "image img photo picture pic foto bild fig media video gallery slide lead hero text article".split()
_CAPTIONS: Final = CAPTION_WORDS | {
    prefix + word for prefix in _PREFIXES for word in ("caption", "captions", "legende")
}
_CREDITS: Final = CREDIT_WORDS | {
    prefix + word for prefix in _PREFIXES for word in ("credit", "credits", "copyright", "photographer", "source")
}
_SETS: Final[tuple[tuple[Mark, frozenset[str]], ...]] = (
    ("caption", _CAPTIONS),
    ("credit", _CREDITS),
    ("signer", SIGNER_WORDS),
    ("description", DESCRIPTION_WORDS),
    ("image", IMAGE_WORDS),
    ("elsewhere", ELSEWHERE_WORDS),
)
_MARKS_OF: Final[dict[str, frozenset[Mark]]] = {
    word: frozenset(mark for mark, words in _SETS if word in words)
    for word in frozenset().union(*(words for _, words in _SETS))
}
_MEANT: Final = frozenset(_MARKS_OF)
_NAMING: Final = frozenset({"itemprop", "data-testid"})
_SPOKEN: Final = {"image credit": "credit", "photo credit": "credit", "image caption": "caption", "caption": "caption"}
"""Labels for those who hear the page, in lower case, that say what an element is."""
_SIGNED: Final = re.compile(
    r"(?:image|img|photo|picture|pic|foto|bild|media|figure|caption)s?[-_]{0,2}(?:author|autor|auteur|byline|by|agency|name)\b"
)
"""An author's picture is ``author-image``; who took one is its ``image-author``."""
_RELATED: Final = re.compile(
    r"(?:^|\s)(?:[a-z]{1,20}[-_]{1,2})?(?:related|teaser)[-_](?:image|photo|picture|foto|bild)(?![a-z])"
)
"""A picture that goes with the story; related stories have more than one word of their own."""
_PROPERTIES: Final[dict[str, Mark]] = {
    "caption": "caption",
    "copyrightholder": "credit",
    "copyrightnotice": "credit",
    "credittext": "credit",
    "creator": "signer",
    "author": "signer",
}
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def speaking(root: Element) -> AbstractSet[Element]:
    """All elements of a page that say anything: of any other nothing need be asked."""
    index = index_of(root)
    naming = (each for name in _NAMING for each in index.telling[name])
    spoken = (each for each in index.telling["aria-label"] if _spoken(each))
    return {*index.called(_MEANT), *naming, *spoken, *root.iter("figcaption")}


@remembered
def marks_on(element: Element) -> frozenset[Mark]:
    """What tag, class, id, ``itemprop`` and the names for tests say."""
    found = _NONE if _MEANT.isdisjoint(words_of(element)) else _marks(marks_of(element)[:MAX_MARKS])
    if not _NAMING.isdisjoint(element.keys()):
        found |= _named(element.get("itemprop") or element.get("data-testid") or "")
    elif spoken := _spoken(element):
        found |= _named(spoken)
    if element.tag == "figcaption" and "credit" not in found:
        return found | {"caption"}
    return found


def _spoken(element: Element) -> str:
    return _SPOKEN.get((element.get("aria-label") or "").lower(), "")


@lru_cache(maxsize=8_192)
def _marks(marks: str) -> frozenset[Mark]:
    """The marks in class and id: in ``photo__caption-credit`` the last word is what the element is."""
    found: set[Mark] = set()
    for token in marks.split():
        if not _MEANT.isdisjoint(words_in(token)):
            base, _, modifier = token.partition("--")
            of_base, of_modifier = _said(base, found), _said(modifier, found)
            found |= of_base or of_modifier
        if "signer" in found and _SIGNED.search(token.lower()):
            found.add("credit")
    if _RELATED.search(marks.lower()):
        found.discard("elsewhere")
    return frozenset(found)


def _said(name: str, found: set[Mark]) -> frozenset[Mark]:
    """What the last word says of caption and credit; what else the words say is added to ``found``."""
    said = _NONE
    for word in _WORD.findall(name):
        if known := _MARKS_OF.get(word.lower()):
            found |= known - _SAID
            said = known & _SAID or said
    return said


@lru_cache(maxsize=1_024)
def _named(names: str) -> frozenset[Mark]:
    properties = {_PROPERTIES[name] for name in names.lower().split() if name in _PROPERTIES}
    return (_marks(names[:MAX_MARKS]) & _SAID) | properties
