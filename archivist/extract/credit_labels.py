"""Finding and taking off the labels of credits: ``Photo:``, ``© ``, ``Foto von``, 写真＝ and their like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from archivist.extract.agencies import is_agency
from archivist.extract.label_words import COMMA_LABELS, ENDINGS, LABELS, LINKS, OPENINGS, SOLID_LABELS
from archivist.extract.tree import collapse, lowered

__all__ = ["after_bare_label", "after_label", "has_ending", "is_label", "label_starts", "normal", "without_labels"]

MAX_LABELS: Final = 4
"""One upon the other: ``(Foto: © Jo Finch)``."""
MAX_TEXT: Final = 500

_SIGN: Final = r"(?:©|ⓒ|℗|\([cC]\))"
_MARK: Final = r"(?:\s?[:=/|]|\s?\.{2,3}|\s?…|(?<=\bfot)\.|(?<=\bφωτ)\.|(?<=\bdok)\.|(?<=\bph)\.)"
_PATTERN: Final = (
    rf"(?:(?<!\w)(?:{LABELS})(?:\s?\[m\])?(?:\s(?:{LINKS}))*{_MARK}|(?=[^\x00-\x7f])(?:{SOLID_LABELS})\s?[:=/｜|]"
    rf"|(?<!\w)(?:{COMMA_LABELS})[,،]|(?<!\w)(?:{OPENINGS})(?=\s|(?<=[\s’'])\w|/)|{_SIGN})"
)
_BEFORE: Final = re.compile(r"[^\w©ⓒ℗(]{0,3}")
"""Signs before a label."""
_ANYWHERE: Final = re.compile(_PATTERN)
"""In small letters."""
_HINTS: Final = (
    ": = / | ｜ … .. © ⓒ ℗ (c) fot. φωτ. dok. ph. ، photo picture image illustration graphic art collage cartoon video "
    "courtesy supplied screen handout foto bild ภาพ ที่มา crédit fuente фото джерело quelle kaynak nguồn 图像 صدر इमेज "
    "ছবি source fonte sumber"
).split()
"""One of them stands in every label; asked first, for the pattern is slow."""
_BARE: Final = re.compile(
    r"[^\w©ⓒ(]{0,3}(?:fotos?|beeld|fot\.|bild|photos?|ph\.|dok\.?|kuva|снимка|фото|ảnh|copyright|credits?(?=\s\w+[\s/]))\s?(?=[A-Z\W]|[^\x00-\x7f])",
    re.IGNORECASE,
)
_ENDING: Final = re.compile(rf"[\s,(（]?(?:{'|'.join(ENDINGS)})\.?[)）]?$", re.IGNORECASE)
_ENDED: Final = ".)） "
"""Signs behind an ending."""
_VIA: Final = re.compile(r"^via\s", re.IGNORECASE)
_OUTLET: Final = re.compile(
    r"^\W{0,2}((?!file|photo|stock|cover|lead)[\w'’]{1,20}(?:\s[\w'’]{1,20}){0,3})\s(?:file\s)?"
    r"(?:photo|photograph|illustration|graphic)s?\sby\s",
    re.IGNORECASE,
)
"""``Courier photo by Jo Finch``: the newspaper stands before the label."""
_OUTLET_PHOTO: Final = re.compile(r"([A-Z]{2,5})\s(?:FILE\s)?PHOTOS?\s?:\s?")
"""``ST PHOTO: JO FINCH``: the newspaper is short for itself, all in capitals."""
_IN_PROSE: Final = re.compile(r"(?:foto|bild)\s(?:von|af|av|di|de|do|door|by|od)|photo\s(?:de|par|d[’'])")
"""Within a sentence these tell what a picture shows."""
_AGENCY_PHOTO: Final = re.compile(r"(?:ap|afp|reuters|epa|pti) photo\s?/", re.IGNORECASE)
"""No label, though it looks like one: the agency is named in it."""
_AFTER_SIGN: Final = re.compile(r"[^\w\s]\s?$")


def normal(text: str) -> str:
    """The text with the signs of East Asia in their common forms (Unicode NFKC), white space collapsed."""
    return collapse(unicodedata.normalize("NFKC", text))


def after_label(text: str) -> str | None:
    """What follows the label at the beginning of a normal text; None without one."""
    if (outlet := _OUTLET_PHOTO.match(text)) and not is_agency(outlet[1]):
        return text[outlet.end() :]
    before = _BEFORE.match(text)
    found = _ANYWHERE.match(lowered(text), before.end() if before else 0)
    return text[found.end() :].lstrip() if found else None


def after_bare_label(text: str) -> str | None:
    """What follows a label without any sign after it: ``Foto Jo Finch``."""
    found = _BARE.match(text)
    return text[found.end() :] if found else None


def has_ending(text: str) -> bool:
    """A label stands at the end of a normal text: ``J. Finch / Courier nuotr.``."""
    return text.rstrip(_ENDED).lower().endswith(ENDINGS)


def is_label(text: str) -> bool:
    """The text is a label of credits, without a name."""
    return (rest := after_label(f"{normal(text)} .")) is not None and len(rest) <= 1


def label_starts(text: str) -> Iterator[int]:
    """Where labels begin in a text: at its beginning, after a sign, or with a capital; ``AP Photo/`` has none."""
    lower = lowered(text)
    if not any(map(lower.__contains__, _HINTS)):
        return
    for found in _ANYWHERE.finditer(lower):
        before = text[: found.start()]
        is_inner = text[found.start()].islower() and " " not in found[0].strip() and not _AFTER_SIGN.search(before)
        if before[-1:] == " " and before[-2:-1].isalpha() and _IN_PROSE.match(found[0]):
            continue  # "la foto de familia"
        last = before.split()[-1] if before.strip() else ""
        is_outlet = _OUTLET_PHOTO.match(text, found.start() - len(last) - 1) is not None
        is_name = is_agency(last) or (found[0].endswith("/") and last.isupper() and len(last) > 1) or is_outlet
        if not (is_name or (is_inner and before)):
            yield found.start()


def without_labels(credit: str) -> str:
    """The names of a credit, normal, without labels before and behind them, and without the brackets around it."""
    text = normal(credit)[:MAX_TEXT]
    if " by " in text.lower():
        text = _OUTLET.sub(r"\1 / ", text, count=1)
    for _ in range(MAX_LABELS):
        if _AGENCY_PHOTO.match(text):
            break
        shorter = after_label(text) or after_bare_label(text) or text
        shorter = _VIA.sub("", _ENDING.sub("", shorter) if has_ending(shorter) else shorter).strip(" ()[]")
        if shorter in {text, ""}:
            break
        text = shorter
    return text
