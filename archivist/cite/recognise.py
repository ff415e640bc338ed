"""Ids and hashes found in the text of a citation, whatever it went through on its way.

People paste citations out of mails, PDFs, word processors and web pages: lines are broken anew, hashes are broken over
lines, hyphens are inserted, signs are replaced by their HTML names. What cannot be recognised for certain is not
guessed: a hash that lost a digit is no hash.
"""

from __future__ import annotations

import html
import re
import unicodedata
from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

__all__ = ["MAX_CITATION", "MIN_DIGITS", "Kind", "Mark", "marks_in", "squeezed"]

MAX_CITATION: Final = 1024 * 1024
"""Characters; a bibliography of a thousand entries is shorter."""
MIN_DIGITS: Final = 12
"""Hex digits of an id that citations print; shorter runs could be anything."""
WHOLE: Final = 64
"""Hex digits of a SHA-256 or BLAKE3."""

Kind: TypeAlias = Literal["sha256", "blake3", "snapshot", "unknown"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_DASHES = re.compile("[‐‑‒–—−]")
_QUOTED_PRINTABLE = re.compile(r"(?<=[^\n]{60})=\r?\n")
"""The soft line break of RFC 2045 6.7, at the end of a long line; at that of a short one ``=`` ends a base64 text."""
_MAIL_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_BREAK = r"[ \t]*(?:-?\r?\n|\\\r?\n|[ \t])\s*"
"""What may stand in the middle of a hash that was broken: a line feed, a hyphen before it, or a mere blank."""
_HEX = re.compile(rf"(?<![0-9a-z])[0-9a-f]+(?:{_BREAK}[0-9a-f]+(?![0-9a-z]))*(?![0-9a-z])", re.IGNORECASE)
_NAMES = (
    (re.compile(r"sha\s?-?\s?256", re.IGNORECASE), "«sha»"),
    (re.compile(r"blake\s?-?\s?3", re.IGNORECASE), "«blake»"),
)
"""The names of hashes hold digits that are none of the hash."""
_LABEL = re.compile(
    r"(?:(?P<sha256>«sha»)|(?P<blake3>«blake»)|(?P<snapshot>snapshot))[\s\"'`*:={}\\a-z]{0,12}$", re.IGNORECASE
)
_LETTERS: Final = 43
"""Of base64 that a SHA-256 has, without padding."""
_BASE64 = rf"[0-9a-z+/_-](?:(?:{_BREAK})?[0-9a-z+/_-]){{42}}"
_NI = re.compile(rf"ni://[^/;\s]*/\s*sha-?256;\s*({_BASE64})", re.IGNORECASE)
_SRI = re.compile(rf"(?<![a-z])sha-?256-\s*({_BASE64})(?![0-9a-z+/_-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A run of hex digits that stands in a citation."""

    kind: Kind
    """What the citation calls it; unknown where it has no name, as in an address."""
    digits: str
    """12 to 64, lower case."""
    is_certain: bool = True
    """False where a sign may be of the hash or of the line break, so that the text has it in two readings."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return len(self.digits) == WHOLE


def marks_in(text: str) -> tuple[Mark, ...]:
    """All ids and hashes, in the order of the text, each once."""
    plain = _unwrapped(text)
    marks = list(_encoded(plain))
    # What stands in base64 could hold runs of hex.
    marks += _written(_SRI.sub(" ", _NI.sub(" ", plain)))
    known: dict[str, Mark] = {}
    for mark in marks:
        if mark.digits not in known or known[mark.digits].kind == "unknown":
            known[mark.digits] = mark
    return tuple(known.values())


def squeezed(text: str) -> str:
    """The text without blanks and hyphens, in small letters: to look for something that may be broken over lines."""
    return re.sub(r"[\s-]+", "", _unwrapped(text)).lower()


def _unwrapped(text: str) -> str:
    """Without the traces of mail programs, word processors and HTML."""
    plain = _MAIL_QUOTE.sub("", _QUOTED_PRINTABLE.sub("", text[:MAX_CITATION].replace("\x00", "")))
    for _ in range(2):  # escaped twice: HTML within a feed
        plain = html.unescape(plain)
    plain = _DASHES.sub("-", _INVISIBLE.sub("", plain))
    return "".join(unicodedata.normalize("NFKC", sign) if not sign.isascii() else sign for sign in plain)


def _encoded(text: str) -> Iterator[Mark]:
    for form in (_NI, _SRI):
        for found in form.finditer(text):
            # A hyphen at the end of a line may be one of its letters, or one that a program put in.
            run = text[found.start(1) : found.end(1) + 3]
            readings = (re.sub(r"\s+", "", run)[:_LETTERS], re.sub(r"-\s+|\s+", "", run)[:_LETTERS])
            hashes = dict.fromkeys(filter(None, map(_from_base64, readings)))
            for digits in hashes:
                yield Mark(kind="sha256", digits=digits, is_certain=len(hashes) == 1)


def _from_base64(text: str) -> str | None:
    try:
        data = b64decode(text.replace("-", "+").replace("_", "/") + "=", validate=True)
    except BadBase64:
        return None
    return data.hex() if len(data) == WHOLE // 2 else None


def _written(text: str) -> Iterator[Mark]:
    for name, instead in _NAMES:
        text = name.sub(instead, text)
    for found in _HEX.finditer(text):
        label = _LABEL.search(text, max(0, found.start() - 24), found.start())
        kind: Kind = "unknown"
        if label:
            kind = "sha256" if label["sha256"] else "blake3" if label["blake3"] else "snapshot"
        for digits in _runs(found[0]):
            yield Mark(kind=kind, digits=digits)
            kind = "unknown"


def _runs(text: str) -> Iterator[str]:
    """The hashes in pieces of hex that stand side by side: those that make 64 digits together, and long ones alone.

    Hex digits spell words, too (``added``, ``facade``), so that pieces are only put together where they come to a
    whole hash.
    """
    pieces = re.findall(r"[0-9a-f]+", text.lower())
    index = 0
    while index < len(pieces):
        whole, end = "", index
        while end < len(pieces) and len(whole) < WHOLE:
            whole += pieces[end]
            end += 1
        if len(whole) == WHOLE:
            yield whole
            index = end
            continue
        if MIN_DIGITS <= len(pieces[index]) <= WHOLE and not pieces[index].isalpha():
            yield pieces[index]
        index += 1
