"""Telling whether a text is a credit, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from archivist.extract.agencies import is_agency
from archivist.extract.byline_words import PAPERS
from archivist.extract.credit_labels import (
    after_bare_label,
    after_label,
    has_ending,
    label_starts,
    normal,
    without_labels,
)
from archivist.extract.credits import JOINTS, MAX_SIGN, MAX_WORDS, Kind, Named, credit_parts, named_in, without_stamp
from archivist.extract.photo_words import SUPPLIERS

__all__ = ["MAX_CREDIT", "is_credit", "is_labelled", "may_be_credit"]

MAX_CREDIT: Final = 120
MAX_ENDED: Final = 40
"""Characters of a credit that only a label at its end, or the word "file", tells."""
MAX_NAME: Final = 6
"""Words of a name in a credit that nothing announces."""
MAX_ORIGIN: Final = 5
"""Words after a label that begin without a capital and still say where the picture is from."""
MAX_SOLID_NAME: Final = 4
"""Characters of a person's name in Chinese, Japanese or Korean."""

_PARTED: Final = frozenset("/|,;")
"""Between the names of a credit, and hardly ever in the first words of a sentence."""
_INNER: Final = re.compile(r"[^\W\d_A-Z]{2}[.!?]\s(?![Cc]ourtesy)|[。！？=]|\S\s?[(\[（]")
"""Two sentences, or a bracket: more than a credit."""
_FILE: Final = re.compile(r"\bfile (?:photo|pic|image)s?$", re.IGNORECASE)
_LICENCE: Final = re.compile(r"(?<!\w)CC(?:0|[\s-]BY)(?!\w)")
MAX_LICENSED: Final = 80
"""Characters of a name with its licence."""
_PARTICLE: Final = re.compile("[をがはにでのともへ]")
"""Japanese sentences have them, names hardly ever."""
_DATELINE: Final = re.compile(r"\d\s?[日年]?、|[市町村区區県縣都府郡州島駅港]\s?[、\s]")
"""Day and place before the photographer: ``14日、東京都港区、山田太郎撮影``."""
_DESCRIBED: Final = re.compile(
    r"[\u3400-\u9fff][^\s、/]{4,}(?<![记記]者)(?<![社报報网網员員闻聞])\s.{0,30}[摄攝影图圖]$"
)
"""What the picture shows, a blank, and the photographer, as Chinese newspapers set them."""
_SIGNS: Final = re.compile(r"[:=|©ⓒ：＝…/／]|\([cC]\)")
_JOINTS: Final = re.compile(r"[/／|—–]")
_LABEL_HINTS: Final = frozenset("by courtesy foto fotos photo photos bild beeld fot. kuva ảnh фото снимка".split())
_CREDIT_HINTS: Final = SUPPLIERS | {"for", "via", "special", "file"}
_LAST_BRACKET: Final = re.compile(r"\w\s?[(\[]([^()\[\]]{3,80})[)\]]$")
_PARTS: Final = re.compile(r"\s?[,;|:–—-]\s|[()\[\]|;=]")


@lru_cache(maxsize=512)
def may_be_credit(text: str) -> bool:
    """A quick look at a line of a page: something in it speaks for a credit."""
    is_hinted = _SIGNS.search(text) is not None or not _LABEL_HINTS.isdisjoint(text.lower().split())
    return is_hinted or has_ending(text) or _may_be_signed(text)


def _may_be_signed(text: str) -> bool:
    """An agency, a supplier, or a sign between two names stands in it."""
    if (
        _JOINTS.search(text)
        or _LICENCE.search(text)
        or not _CREDIT_HINTS.isdisjoint(text.lower().strip("()[].").split())
    ):
        return True
    return any(is_agency(part) or is_agency(without_stamp(part)) for part in _PARTS.split(text))


def is_credit(text: str) -> bool:
    """Without a label, the text is a credit: an agency signs it, or a name and an outlet do, or its origin is all."""
    text = normal(text)
    return 1 < len(text) <= MAX_CREDIT and text[-1] not in "!?" and _may_be_signed(text) and _is_credit(text)


@lru_cache(maxsize=1_024)
def _is_credit(text: str) -> bool:
    text = without_labels(text)
    if _LICENCE.search(text) and len(text) <= MAX_LICENSED:
        return True
    if _INNER.search(text) or any(label_starts(text)):
        return False
    return len(text) <= MAX_ENDED if _FILE.search(text) else _names_its_source(text)


def _names_its_source(text: str) -> bool:
    pieces = list(named_in(text))
    if len(pieces) == 2 and _is_account(*pieces):
        return True
    kinds = [_strict(piece, number) for number, piece in enumerate(pieces)]
    if (
        not kinds
        or "other" in kinds
        or _explains(pieces)
        or any(len(piece.text.split()) > MAX_NAME for piece in pieces)
    ):
        return False
    if all(kind == "origin" for kind in kinds):
        return not SUPPLIERS.isdisjoint(text.lower().strip("().[]").split())
    return any(piece.is_listed for piece in pieces) or _is_signed(pieces, kinds)


def _is_account(first: Named, second: Named) -> bool:
    """A word in small letters before an agency: the name of an account there, ``quayphoto/Getty Images``."""
    return first.text.isalpha() and second.sign in {"/", "via"} and second.is_listed


def _strict(piece: Named, number: int) -> Kind:
    """Where no label announces it, a name has capitals; in scripts without them, it is as short as a person's."""
    if piece.has_article and not number:
        return "other"
    if piece.kind not in {"person", "outlet"}:
        return piece.kind
    if piece.text.islower():
        if number and piece.sign == "/" and piece.text.isalpha() and len(piece.text) > MAX_SIGN:
            return "outlet"  # "Jo Finch/couriercom"
        return "origin" if number and len(piece.text) <= MAX_SIGN else "other"
    is_solid = piece.text.lower() == piece.text.upper()
    return "other" if is_solid and len(piece.text) > MAX_SOLID_NAME else piece.kind


def _explains(pieces: Sequence[Named]) -> bool:
    """A colon follows something that is no agency: ``ABC News: Finch`` is a credit, ``Finch: no comment`` is none."""
    return any(piece.sign == ":" for piece in pieces) and not pieces[0].is_listed


def _is_signed(pieces: Sequence[Named], kinds: Sequence[Kind]) -> bool:
    """A person and a body beside a slash or its like."""
    is_joined = any(piece.sign in JOINTS for piece in pieces[1:]) or _is_barred(pieces, kinds)
    has_body = kinds[-1] in {"agency", "outlet", "origin"} or kinds[0] == "agency"
    return is_joined and has_body and "person" in {kinds[0], kinds[-1]}


def _is_barred(pieces: Sequence[Named], kinds: Sequence[Kind]) -> bool:
    """A person and a newspaper on both sides of a bar or a dash; its words tell that it is one."""
    if len(pieces) != 2 or kinds[0] != "person" or pieces[1].sign not in {"|", "—", "–"}:
        return False
    return kinds[1] == "agency" or pieces[1].text.split()[-1].lower() in PAPERS


def is_labelled(text: str) -> bool:
    """The text begins with a label of credits, and only a name or two follow; or a label ends it."""
    text = normal(text)
    if (rest := after_label(text)) is not None:
        return _is_short(rest)
    if len(text) > MAX_CREDIT:
        return False
    if (rest := after_bare_label(text)) is not None:
        kinds = {piece.kind for piece in named_in(rest)}
        return bool(kinds) and kinds <= {"person", "agency"}
    is_ended = len(text) <= MAX_ENDED and has_ending(text)
    is_name = text.count("/") <= 1 and "=" not in text and not (_DATELINE.search(text) or _DESCRIBED.match(text))
    return is_ended and is_name and not _PARTICLE.search(text) and not _INNER.search(text)


def _is_short(text: str) -> bool:
    """No more than a name or two: a label before more than that announces a caption."""
    whole = text
    text = text.strip(" ()[]（）")
    words = text.split()
    is_prose = len(words) > MAX_ORIGIN and _PARTED.isdisjoint(" ".join(words[: MAX_ORIGIN + 1]))
    if is_prose and text[0].islower() and after_label(text) is None:
        return False  # "Foto de familia de ...": the caption tells what the picture is
    inner = _LAST_BRACKET.search(whole)
    if inner is not None and "/" in inner[1] and all(credit_parts(inner[1])):
        return False  # "Foto: the western quay (Jo Finch/AP)": the bracket is all of the credit
    is_few = len(words) <= MAX_WORDS + 3 * text.count("/")
    return is_few and 1 < len(text) <= MAX_CREDIT and text[-1] not in "!?"
