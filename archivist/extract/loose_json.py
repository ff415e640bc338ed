"""JSON as it stands in pages: read where it is sound, mended where that hides nothing of its sense.

Mended are comment and CDATA wrappers, raw line breaks, commas before a closing bracket, escapes that JSON does not
know, quotation marks inside strings, ``&quot;`` for quotation marks, closing brackets that are missing at the end, and
what follows the end. Where none of it helps, nothing is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Final

from archivist.model.json import Json

__all__ = ["loose_json"]

MAX_ROOTS: Final = 50
"""Values one behind the other in a script."""

_WRAPPER: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|"
    r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_OPENING: Final = ("{", "[")
_CLOSING: Final = ("}", "]")
_BETWEEN_ROOTS: Final = re.compile(r"[\s;,]*+(?=[{\[])")
_START: Final = re.compile(r"[{\[]")
_TRAILING_COMMA: Final = re.compile(r",(?=\s*+[}\]])")
_ODD_ESCAPE: Final = re.compile(r"(\\[\"\\/bfnrt]|\\u[0-9a-fA-F]{4})|\\")
_MARK: Final = re.compile(r"\\.|\"", re.DOTALL)
_BRACKET: Final = re.compile(r"\\.|[\"{}\[\]]", re.DOTALL)
_AFTER_STRING: Final = re.compile(r"\s*+(?:[:}\]]|$|,\s*+(?:[\"{\[}\]\d-]|true|false|null))")
_DECODER: Final = json.JSONDecoder(strict=False)


def loose_json(text: str) -> Json:
    """The value in a script, a list where there are several, or None where even mending does not help."""
    text = text.strip()
    if text[:1] not in _OPENING or text[-1:] not in _CLOSING:
        text = _WRAPPER.sub("", text).strip()
    start = _START.search(text)
    if start is None:
        return None
    text = text[start.start() :]
    roots = _roots(text)
    for mend in _MENDINGS:
        if roots:
            break
        text = mend(text)
        roots = _roots(text)
    return roots[0] if len(roots) == 1 else roots or None


def _roots(text: str) -> list[Json]:
    roots: list[Json] = []
    at = 0
    while len(roots) < MAX_ROOTS:
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        roots.append(value)
        gap = _BETWEEN_ROOTS.match(text, at)
        if gap is None:
            break
        at = gap.end()
    return roots


def _without_commas(text: str) -> str:
    return _TRAILING_COMMA.sub("", text)


def _with_known_escapes(text: str) -> str:
    """A backslash that escapes nothing is dropped, as before an apostrophe."""
    return _ODD_ESCAPE.sub(lambda found: found[1] or "", text)


def _with_escaped_quotes(text: str) -> str:
    """A quotation mark ends a string only before what may follow a string."""
    pieces: list[str] = []
    at = 0
    is_inside = False
    for mark in _MARK.finditer(text):
        if mark[0] != '"':
            continue
        is_inner = is_inside and not _AFTER_STRING.match(text, mark.end())
        if is_inner:
            pieces += (text[at : mark.start()], '\\"')
            at = mark.end()
        else:
            is_inside = not is_inside
    return "".join((*pieces, text[at:]))


def _closed(text: str) -> str:
    """The brackets that are still open at the end, closed."""
    is_open: list[str] = []
    is_inside = False
    for mark in _BRACKET.finditer(text):
        if mark[0] == '"':
            is_inside = not is_inside
        elif not is_inside and mark[0] in "{[":
            is_open.append("}" if mark[0] == "{" else "]")
        elif not is_inside and mark[0] in "}]" and is_open:
            is_open.pop()
    return text if is_inside else text.rstrip(", \n\r\t") + "".join(reversed(is_open))


def _unescaped(text: str) -> str:
    return unescape(text) if "&quot;" in text else text


_MENDINGS: Final[tuple[Callable[[str], str], ...]] = (
    _without_commas,
    _with_known_escapes,
    _with_escaped_quotes,
    _closed,
    _unescaped,
)
"""Each upon the one before, the harmless first."""
