"""Values in scripts: object literals of JavaScript that are no JSON, read without running anything.

What is read is what ``JSON.parse`` and serializers such as Nuxt's make: literals, names that the arguments of the
wrapping function give a value, ``new Date(...)``. Anything else ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from archivist.model.json import Json

__all__ = ["NotALiteral", "called_literal", "script_literal"]

MAX_DEPTH: Final = 60
MAX_TOKENS: Final = 200_000

_TOKEN: Final = re.compile(
    r"\s*+(?:(?P<text>\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+')|(?P<number>-?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?)"
    r"|(?P<name>[A-Za-z_$][\w$.]*+)|(?P<mark>[{}\[\]:,()]|![01]))",
    re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "0": "\0", "v": "\v", "\n": ""}
_CONSTANTS: Final[dict[str, Json]] = {
    "true": True,
    "false": False,
    "null": None,
    "undefined": None,
    "NaN": None,
    "Infinity": None,
    "!0": True,
    "!1": False,
}
_CALLED: Final = re.compile(r"\(?function\s*\(([\w$,\s]*+)\)\s*\{\s*return\s*(?=[{\[])")


class NotALiteral(ValueError):
    """The script computes something here."""


@dataclass(slots=True, kw_only=True)
class _Reader:
    text: str
    at: int
    names: Mapping[str, Json] = field(default_factory=dict)
    tokens: int = 0

    def next(self) -> tuple[str, str]:
        """The next word's kind and text."""
        found = _TOKEN.match(self.text, self.at)
        self.tokens += 1
        if found is None or self.tokens > MAX_TOKENS:
            raise NotALiteral("no literal goes on here")
        self.at = found.end()
        kind = found.lastgroup or ""
        return kind, found[kind]

    def peek(self) -> str:
        """The next word's text."""
        at, tokens = self.at, self.tokens
        _, word = self.next()
        self.at, self.tokens = at, tokens
        return word

    def value(self, depth: int = 0) -> Json:
        """The literal that stands next."""
        if depth > MAX_DEPTH:
            raise NotALiteral("nested too deeply")
        kind, word = self.next()
        if kind == "text":
            return _unquoted(word)
        if kind == "number":
            return float(word) if set(word) & set(".eE") else int(word)
        if word == "{":
            return self._object(depth)
        if word == "[":
            return self._items("]", depth)
        return self._named(word, depth)

    def items(self, end: str) -> list[Json]:
        """Values up to a closing mark."""
        return self._items(end, 0)

    def _named(self, word: str, depth: int) -> Json:
        if word in self.names:
            return self.names[word]
        if word in _CONSTANTS:
            return _CONSTANTS[word]
        if word == "void":
            self.value(depth + 1)
            return None
        if word == "new" and self.next()[1] in {"Date", "Map", "Set"} and self.next()[1] == "(":
            values = self._items(")", depth)
            return values[0] if values else None
        raise NotALiteral(f"{word[:20]} is no literal")

    def _object(self, depth: int) -> Json:
        found: dict[str, Json] = {}
        while True:
            kind, word = self.next()
            if word == "}":
                return found
            if word == "," and found:
                continue
            key = _unquoted(word) if kind == "text" else word
            if kind == "mark" or self.next()[1] != ":":
                raise NotALiteral("an object without keys")
            found[key] = self.value(depth + 1)

    def _items(self, end: str, depth: int) -> list[Json]:
        found: list[Json] = []
        while True:
            word = self.peek()
            if word in {end, ","}:
                self.next()
                if word == end:
                    return found
                continue
            found.append(self.value(depth + 1))


def script_literal(text: str, at: int = 0) -> Json:
    """The literal that begins at a place of a script.

    Raises:
        NotALiteral: what stands there has to be computed.
    """
    return _Reader(text=text, at=at).value()


def called_literal(text: str, at: int = 0) -> Json:
    """What ``(function(a,b){return {...}}(1,"x"))`` returns: the form in which Nuxt 2 writes its state.

    Raises:
        NotALiteral: what stands there has to be computed, or is no such call.
    """
    called = _CALLED.match(text, at)
    if called is None:
        raise NotALiteral("no function is called here")
    reader = _Reader(text=text, at=_end_of_value(text, called.end()))
    for mark in "}(":
        if reader.next()[1] != mark:
            raise NotALiteral("the function does more than return a value")
    given = reader.items(")")
    names = [name.strip() for name in called[1].split(",")]
    return _Reader(text=text, at=called.end(), names=dict(zip(names, given, strict=False))).value()


def _end_of_value(text: str, at: int) -> int:
    depth = 0
    reader = _Reader(text=text, at=at)
    while True:
        kind, word = reader.next()
        if kind == "mark":
            depth += (word in "{[(") - (word in "}])")
            if depth == 0:
                return reader.at


def _unquoted(word: str) -> str:
    body = word[1:-1]
    return _ESCAPE.sub(_unescaped, body) if "\\" in body else body


def _unescaped(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        return chr(int(code, 16))
    return _ESCAPED.get(escape[3], escape[3])
