"""Text from a page made fit for one line of a citation; sentences and quotation marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from archivist.cite.markup import MARKS

__all__ = [
    "american_quotes",
    "capitalised",
    "ends_with_stop",
    "one_line",
    "quoted",
    "sentences",
    "single_quotes",
    "stopped",
    "with_stop",
]

_JOINERS = "\u200c\u200d"
"""Persian, Hindi and emoji are misspelled without them."""
_TAGS = range(0xE0020, 0xE0080)
"""Letters within emoji: the flag of Wales is a black flag and six of them."""
_DOUBLE = re.compile("“([^“”„]*)”")
_QUOTATION = re.compile("(“[^“”„]*”)")
_STRAIGHT = re.compile(r'(?<!\w)"([^"]*)"(?!\w)')
_SINGLE = re.compile("(?<!\\w)‘([^‘’]*)’(?!\\w)")
_FULL_STOP = re.compile(r"(?<!\S)(?!etc\.|vs\.)[^\sA-Z.]{2,}\.$")
"""At the end of a sentence, and of no abbreviation such as ``U.S.``, ``Inc.``, ``St.``."""
_STOPS: Final = ".?!…。？！।؟"
_CLOSING: Final = "”’\"'»" + MARKS


def one_line(text: str) -> str:
    """The text in one line, without control characters, marks that turn the direction, or unpaired surrogates."""
    kept = (" " if letter.isspace() else letter for letter in text if letter.isspace() or _is_text(letter))
    return " ".join("".join(kept).split())


def _is_text(letter: str) -> bool:
    if letter in _JOINERS or ord(letter) in _TAGS:
        return True
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def ends_with_stop(text: str) -> bool:
    """Whether a sentence ends here, whatever marks close after it."""
    return text.rstrip(_CLOSING)[-1:] in tuple(_STOPS)


def with_stop(text: str) -> str:
    """The text with a full stop, unless it ends with one of its own."""
    return text if not text or ends_with_stop(text) else f"{text}."


def sentences(parts: Iterable[str]) -> str:
    """The parts that say something, each with its full stop."""
    return " ".join(with_stop(part) for part in parts if part)


def capitalised(text: str) -> str:
    """With a capital first letter; the rest stays."""
    return text[:1].upper() + text[1:]


def quoted(title: str, stop: str = "") -> str:
    """The title in double quotation marks, with the stop before the closing one (CMOS 6.9, and so MLA).

    Quotation marks within become single ones (CMOS 13.30).
    """
    return f"“{stopped(american_quotes(title), stop)}”"


def stopped(title: str, stop: str) -> str:
    """The title with a full stop or comma, within a quotation that ends it (CMOS 6.9).

    Its own question mark is not followed by a full stop, and its own full stop gives way to a comma.
    """
    if stop == "." and ends_with_stop(title):
        return title
    if stop == "," and _FULL_STOP.search(title):
        title = title[:-1]
    closing = {"’": "‘", "”": "“"}.get(title[-1:])
    return f"{title[:-1]}{stop}{title[-1]}" if closing and closing in title else f"{title}{stop}"


def american_quotes(title: str) -> str:
    """The title for within double quotation marks: pairs of double ones are single, and single ones in them double."""
    return _DOUBLE.sub(lambda found: f"‘{_doubled(found[1])}’", _curled(title))


def single_quotes(title: str) -> str:
    """The title for within single quotation marks: pairs of single ones are double, unless they stand in double ones.

    Only pairs are changed: apostrophes, inches, „German“ and »other« marks are left as they stand.
    """
    pieces = _QUOTATION.split(_curled(title))
    return "".join(piece if index % 2 else _doubled(piece) for index, piece in enumerate(pieces))


def _doubled(text: str) -> str:
    return _SINGLE.sub("“\\1”", text)


def _curled(title: str) -> str:
    return _STRAIGHT.sub("“\\1”", title)
