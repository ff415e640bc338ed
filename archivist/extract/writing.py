"""Text as written in any script, brought to the one form that dates are read in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["legible"]

_ZEROS: Final = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀០᠐"
"""The zero of every script in which newspapers write dates; its nine others follow it."""
_DIGITS: Final = {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
_UNSEEN: Final = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Soft hyphens, joiners, and marks of direction."""
_MONTHS_OF_TWO_WORDS: Final = {
    "كانون الثاني": "يناير",
    "كانون ثاني": "يناير",
    "كانون الأول": "ديسمبر",
    "كانون الاول": "ديسمبر",
    "كانون أول": "ديسمبر",
    "تشرين الأول": "أكتوبر",
    "تشرين الاول": "أكتوبر",
    "تشرين أول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "تشرين ثاني": "نوفمبر",
    "meán fómhair": "m-fómhair",
    "deireadh fómhair": "d-fómhair",
    "tháng mười một": "tháng 11",
    "tháng mười hai": "tháng 12",
    "tháng một": "tháng 1",
    "tháng giêng": "tháng 1",
    "tháng hai": "tháng 2",
    "tháng ba": "tháng 3",
    "tháng tư": "tháng 4",
    "tháng năm": "tháng 5",
    "tháng sáu": "tháng 6",
    "tháng bảy": "tháng 7",
    "tháng tám": "tháng 8",
    "tháng chín": "tháng 9",
    "tháng mười": "tháng 10",
}
_TWO_WORDS: Final = re.compile("|".join(map(re.escape, _MONTHS_OF_TWO_WORDS)), re.IGNORECASE)
_THAI_SHORT: Final = re.compile(r"(?<![ก-๛])(ม|ก|มี|เม|พ|มิ|ส|ต|ธ)\.\s?(ค|พ|ย)\.")
"""Thai abbreviates months to two letters with full stops: ม.ค. is January."""


def legible(text: str) -> str:
    """The text with plain digits and letters, white space collapsed, and months of two words made one."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii():
        text = _UNSEEN.sub("", text).translate(_DIGITS)
        text = _TWO_WORDS.sub(lambda found: _MONTHS_OF_TWO_WORDS.get(found[0].lower(), found[0]), text)
        text = _THAI_SHORT.sub(r"\1\2 ", text)
    return " ".join(text.split())
