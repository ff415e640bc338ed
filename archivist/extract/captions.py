"""Telling the credit at the end of a caption from the caption."""

from __future__ import annotations

import re
from typing import Final

from archivist.extract.credit_labels import label_starts
from archivist.extract.credit_lines import MAX_CREDIT, is_credit, is_labelled, may_be_credit
from archivist.extract.credits import credit_parts
from archivist.extract.label_words import CAPTION_LABELS, STAMPS
from archivist.extract.names import is_person
from archivist.extract.tree import lowered

__all__ = ["split_caption", "without_stamps"]

MAX_STAMPS: Final = 3
MAX_NAME: Final = 5
"""Words of a name in brackets that is a credit by itself."""
_TAIL: Final = MAX_CREDIT + 40
"""Characters at the end of a caption in which its credit may begin."""
_WIDE: Final = {0x3000: 0x20, **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}}
"""Full-width signs of East Asia, one for one, so that places in the text stay where they are."""
_OPENERS: Final = " ([（［【|–—-·•/=＝、,／｜"
_BORDER: Final = re.compile(
    r"""(?:(?<![A-Z])(?<!\s\w)[.]|[!?…”"»』」。])[)\]”"»]?\s?(?=\S)|\s[|–—•·/-]{1,2}\s|\s/(?=\S)|、|[)\]]\s?(?=[A-Z©])|[=|](?=\S)|[(\[【](?=\S)"""
)
_BRACKETED: Final = re.compile(r"[(\[【]\s?([^()\[\]【】]{2,100}?)\s?[)\]】]\W{0,2}")
_SIGNED: Final = re.compile(
    r"(?<=[\u3040-\u9fff])\s((?:\S{1,10}(?:[记記]者|社)\s?)?[^\s、]{2,4}\s?(?:[摄攝]影?|撮影))\s?$"
)
"""A blank and the photographer, after what the picture shows in Chinese or Japanese."""
_ADDRESS: Final = re.compile(r"\s[\w.+-]{1,64}@[\w.-]{1,100}\s?$")
"""Of the photographer, behind the name."""
_SENTENCE_END: Final = re.compile(r"[.!?…”»。]\s?$")
_STAMP: Final = re.compile(rf"[\s,.]*\b(?:{STAMPS})\s*$")
_LABEL: Final = re.compile(rf"\W{{0,2}}(?:{CAPTION_LABELS})(?:\s?[:：]|[,،，])\s?", re.IGNORECASE)
_COUNTER: Final = re.compile(r"^\s*\[?\d{1,3}\s?(?:/|of|von|de|sur|di|из|av)\s?\d{1,3}\]?\s?[|:.]?\s?")
_OPEN_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{0,40})$")


def without_stamps(text: str) -> str:
    """The text without what the page's buttons say at its end, and the number of a slide before it."""
    text = _COUNTER.sub("", text)
    for _ in range(MAX_STAMPS):
        start = max(len(text) - 2 * _TAIL, 0)
        found = _STAMP.search(lowered(text[start:]))
        if found is None:
            break
        text = text[: start + found.start()]
    return text


def split_caption(text: str, *, alt: str = "") -> tuple[str, str]:
    """Caption and credit of a text that holds both; no credit where none can be told.

    Args:
        text: what stands below the picture.
        alt: the picture's alternative text: where the caption begins with it, the rest is the credit.
    """
    if (found := _LABEL.match(text)) and not is_labelled(text):
        text = text[found.end() :]
    folded = text.translate(_WIDE)
    if (start := _after_alternative(folded, alt.translate(_WIDE).strip())) is not None:
        return text[:start].rstrip(_OPENERS), _unbracketed(text[start:])
    if is_credit(folded) or is_labelled(folded) or _is_bracketed_name(folded):
        return "", text.strip(" ()[]")
    if (start := _start_of_credit(folded)) is not None:
        return text[:start].rstrip(_OPENERS), _unbracketed(text[start:])
    return text, ""


def _after_alternative(text: str, alt: str) -> int | None:
    """Where the credit begins in a text that repeats the picture's alternative text and goes on after a sign."""
    if len(alt) < 4 or not text.startswith(alt):
        return None
    rest = text[len(alt) :].lstrip(_OPENERS)
    is_parted = len(text) - len(alt) > len(rest) + 1
    return len(text) - len(rest) if is_parted and (is_credit(rest) or is_labelled(rest)) else None


def _start_of_credit(text: str) -> int | None:
    """Where the credit begins."""
    begin = max(len(text) - _TAIL, 0)
    for start in label_starts(text[begin:]):
        if is_labelled(text[begin + start :]):
            opened = _OPEN_BRACKET.search(text[: begin + start])
            return begin + start if opened is None else opened.start(1)
    for border in _BORDER.finditer(text, begin):
        rest = text[border.end() :]
        bracket = _BRACKETED.fullmatch(text, border.start())
        if bracket and _is_credit_in_brackets(bracket[1], text[: border.start()]):
            return border.end()
        if not bracket and border[0] not in "([【" and _is_credit_after(border[0], rest):
            return border.end()
    signed = _SIGNED.search(text, begin)
    return signed.start(1) if signed and is_labelled(signed[1]) else None


def _is_credit_after(border: str, rest: str) -> bool:
    rest = _ADDRESS.sub("", rest)
    if may_be_credit(rest) and (is_credit(rest) or is_labelled(rest)):
        return True
    return border.strip() in {"/", "|"} and is_person(rest.strip(" ."))


def _is_credit_in_brackets(text: str, before: str) -> bool:
    """A bracket at the end names who made the picture; what it spells out, or explains, is none."""
    if _is_initials(text, before):
        return False
    return is_credit(text) or is_labelled(text) or bool(_SENTENCE_END.search(before) and is_person(text))


def _is_initials(text: str, before: str) -> bool:
    """The bracket is short for the words before it: ``Court of Justice (CJ)``."""
    words = re.findall(r"\b[^\W\d_]", before[-MAX_CREDIT:])
    initials = "".join(words[-2 * len(text) :]).lower()
    return text.isupper() and len(text) > 1 and text.lower() in initials


def _is_bracketed_name(text: str) -> bool:
    """Nothing but a name in brackets."""
    found = _BRACKETED.fullmatch(text)
    return found is not None and len(found[1].split()) <= MAX_NAME and any(credit_parts(found[1]))


def _unbracketed(text: str) -> str:
    """Without the bracket that closes one before the text."""
    text = text.strip().rstrip(".") if text.rstrip().endswith((").", "].")) else text.strip()
    for opening, closing in ("()", "[]", "（）", "【】"):
        if text.startswith(opening) and text.endswith(closing):
            text = text[1:-1]
        elif text.endswith(closing) and text.count(closing) > text.count(opening):
            text = text[:-1]
    return text.strip()
