"""Marked text laid out in lines of a width, safe for a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from archivist.model.change import Span, SpanOp

__all__ = ["Marks", "columns", "visible", "wrap"]

_CHUNK = re.compile(r"\s+|\S+")
_HARMLESS_FORMATS = "\u200c\u200d\u00ad"
"""Joiners, which Persian, Hindi and emoji need, and the soft hyphen."""
_JOINER = "\u200d"
_EMOJI_FORM = "\ufe0f"
_SKINS = "🏻🏼🏽🏾🏿"
"""Colours of skin, which are shown within the emoji before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What stands around deleted and inserted words."""

    delete: tuple[str, str]
    insert: tuple[str, str]
    width: int
    """Columns that one pair of marks takes."""

    def put(self, op: SpanOp, text: str) -> str:
        """The text between its marks, the space around it outside them."""
        core = text.strip()
        if op == "equal" or not text:
            return text
        start, end = self.delete if op == "delete" else self.insert
        if not core:
            return f"{start}{text}{end}"
        at = text.index(core)
        return f"{text[:at]}{start}{core}{end}{text[at + len(core) :]}"


def visible(text: str) -> str:
    """The text with everything that would steer a terminal, or turn the reading direction, made visible."""
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def wrap(spans: Iterable[Span], *, width: int, marks: Marks) -> list[str]:
    """The spans in lines of at most ``width`` columns; each line closes the marks that it opens."""
    lines: list[list[tuple[SpanOp, str]]] = [[]]
    used = 0
    for op, chunk in _chunks(spans, width=width - marks.width):
        line = lines[-1]
        size = columns(chunk)
        cost = marks.width if op != "equal" and (not line or line[-1][0] != op) else 0
        if line and used + cost + size > width:
            line, used = [], 0
            lines.append(line)
            if chunk.isspace():
                continue
            cost = marks.width if op != "equal" else 0
        line.append((op, chunk))
        used += cost + size
    return [_line(line, marks) for line in lines]


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    total = 0
    before = ""
    for letter in text:
        if letter == _EMOJI_FORM and before and _columns(before) == 1:
            total += 1  # the letter before it is shown as an emoji, two columns wide
        elif before != _JOINER and not (letter in _SKINS and before):
            total += _columns(letter)
        before = letter
    return total


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf") or "\u1160" <= letter <= "\u11ff":
        return 0  # the latter: the rest of a Korean syllable that is written in parts
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _shown(letter: str) -> str:
    if letter.isprintable() or letter in _HARMLESS_FORMATS:
        return letter
    if letter.isspace() and letter not in "\x1c\x1d\x1e\x1f":
        return " "
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures of Unicode
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def _chunks(spans: Iterable[Span], *, width: int) -> Iterator[tuple[SpanOp, str]]:
    """Words and the space between them; what is wider than a line is cut."""
    for span in spans:
        for chunk in _CHUNK.findall(visible(span.text)):
            piece = ""
            room = width
            for letter in chunk if columns(chunk) > width else ():
                if _columns(letter) > room:
                    yield span.op, piece
                    piece, room = "", width
                piece += letter
                room -= _columns(letter)
            yield span.op, piece or chunk


def _line(pieces: Sequence[tuple[SpanOp, str]], marks: Marks) -> str:
    """Neighbours with the same mark under one pair of marks; no space at the end."""
    end = len(pieces)
    while end and pieces[end - 1][1].isspace():
        end -= 1
    return "".join(
        marks.put(op, "".join(text for _, text in run)) for op, run in groupby(pieces[:end], key=lambda piece: piece[0])
    )
