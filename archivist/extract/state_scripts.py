"""The state that a page's scripts start from, as values: Next.js, Nuxt, Apollo, Arc, Redux and plain JSON scripts.

Nothing is run. What cannot be read is left out: scripts are full of what is no state.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final
from urllib.parse import unquote

from archivist.extract.html import Element, Html
from archivist.extract.script_literal import NotALiteral, called_literal, script_literal
from archivist.extract.tree import path_of
from archivist.model.json import Json

__all__ = ["State", "states"]

MAX_TOTAL: Final = 4_000_000
"""Characters of scripts that are read in a page."""
MIN_STATE: Final = 150
"""A script that is shorter holds no article."""
MAX_STATES: Final = 40
MAX_ASSIGNED: Final = 8
"""Variables of one script that are read."""
MAX_VALUES: Final = 60_000
"""Values of a flattened state that are put together again."""
MAX_DEPTH: Final = 40

_DECODER: Final = json.JSONDecoder(strict=False)
_MARKERS: Final = (
    "__NUXT__",
    "_STATE__",
    "_DATA__",
    "_PROPS__",
    "globalContent",
    "remixContext",
    "nitialState",
    "nitialData",
)
_MARKED: Final = ("__", "nitial", "globalContent", "remixContext")
"""One of these stands in any script that has one of the markers."""
_ASSIGNED: Final = re.compile(
    r"(?P<name>__[A-Z][A-Z0-9_]{2,40}__|Fusion\.globalContent|__remixContext|__?[iI]nitial(?:State|Data|Props)(?:__)?"
    r"|initial(?:State|Data|Props))[\"']?\]?\s{0,3}=\s{0,3}(?=[{\[\"'(JfFd])"
)
_DATES: Final = ("ublish", "Date", "date", "ublication", "odified")
"""One of these stands in any state that tells when its article was published."""
_PARSED: Final = re.compile(r"(?:JSON\.parse\s*\(\s*)?(?P<encoded>decodeURIComponent\s*\(\s*)?(?=[\"'])")
_PUSHED: Final = re.compile(r"__next_f\s*(?:\|\|\s*\[\]\s*\))?\.push\(\s*(?=\[1)")
_ROW: Final = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_WRAPPERS: Final = frozenset(
    {"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "NuxtError"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A value that a script holds."""

    name: str
    """The variable, the script's id, or where the script stands."""
    value: Json
    texts: Mapping[str, str] = field(default_factory=dict)
    """Long strings that stand apart, by what refers to them (React's ``$1a``)."""


def states(html: Html) -> Iterator[State]:
    """Every state of the page that may hold an article."""
    left = MAX_TOTAL
    count = 0
    pushed: list[str] = []
    for script in html.root.iter("script"):
        text = script.text or ""
        if len(text) < MIN_STATE or count >= MAX_STATES or len(text) > left:
            continue
        if "__next_f" in text:
            left -= len(text)
            pushed += _pushed(text)
            continue
        for state in _of_script(script, text):
            left -= len(text)
            count += 1
            yield state
    if pushed:
        yield from _flight("".join(pushed))


def _of_script(script: Element, text: str) -> Iterator[State]:
    kind = (script.get("type") or "").lower()
    if "json" in kind:
        if "ld+json" not in kind and any(map(text.__contains__, _DATES)):
            value = _whole(text)
            if value is not None:
                yield State(name=script.get("id") or path_of(script), value=value)
    elif (
        kind in {"", "text/javascript", "application/javascript", "module"}
        and any(map(text.__contains__, _MARKED))
        and any(map(text.__contains__, _MARKERS))
    ):
        for found in islice(_ASSIGNED.finditer(text), MAX_ASSIGNED):
            value = _assigned(text, found.end())
            if value is not None:
                yield State(name=found["name"], value=value)


def _whole(text: str) -> Json:
    """A script of JSON; flattened where it was written by devalue."""
    try:
        value, _ = _DECODER.raw_decode(text.lstrip().removeprefix("<!--").lstrip())
    except (ValueError, RecursionError):
        return None
    return _unflattened(value) if _is_flattened(value) else _structure(value)


def _structure(value: Json) -> Json:
    return value if isinstance(value, dict | list) else None


def _assigned(text: str, at: int) -> Json:
    """The value that is assigned at a place of a script."""
    try:
        if found := _PARSED.match(text, at):
            inner = script_literal(text, found.end())
            written = inner if isinstance(inner, str) else ""
            return _whole(unquote(written) if found["encoded"] or written[:3] == "%7B" else written)
        if text[at] in "(f":
            return _structure(called_literal(text, at))
    except (NotALiteral, RecursionError):
        return None
    try:
        value, _ = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return _literal(text, at)
    return _structure(value)


def _literal(text: str, at: int) -> Json:
    try:
        return _structure(script_literal(text, at))
    except (NotALiteral, RecursionError):
        return None


def _pushed(text: str) -> Iterator[str]:
    """What ``self.__next_f.push([1,"..."])`` sends to the page: pieces of one text."""
    for found in _PUSHED.finditer(text):
        try:
            value, _ = _DECODER.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
            yield value[1]


def _flight(text: str) -> Iterator[State]:
    """The rows of React's "flight" format: ``id:JSON`` up to a line's end, ``id:Tlength,text`` of so many bytes."""
    data = text.encode("utf-8", "replace")
    rows: list[tuple[str, bytes]] = []
    texts: dict[str, str] = {}
    at = 0
    while found := _ROW.match(data, at):
        name = found[1].decode()
        if found[2]:
            end = found.end() + int(found[2], 16)
            texts[f"${name}"] = data[found.end() : end].decode("utf-8", "replace")
            at = end
        else:
            end = data.find(b"\n", found.end())
            end = len(data) if end < 0 else end
            rows.append((name, data[found.end() : end]))
            at = end + 1
    for name, row in rows[: 10 * MAX_STATES]:
        written = row.decode("utf-8", "replace")
        if written[:1] in "[{" and len(row) >= MIN_STATE and any(word in written for word in _DATES):
            value = _whole(written)
            if value is not None:
                yield State(name=f"__next_f:{name}", value=value, texts=texts)


def _is_flattened(value: Json) -> bool:
    """An array whose first item refers to the others by number (devalue, as Nuxt 3 and SvelteKit write it)."""
    if not isinstance(value, list) or len(value) < 3:
        return False
    first = value[0]
    if isinstance(first, dict):
        return bool(first) and all(type(place) is int for place in first.values())
    return isinstance(first, list) and len(first) == 2 and isinstance(first[0], str) and type(first[1]) is int


def _unflattened(values: Json) -> Json:
    """The first value of a flattened state, its references followed; a reference to what holds it is None."""
    return _Flattened(values=values if isinstance(values, list) else []).at(0, 0)


@dataclass(slots=True, kw_only=True)
class _Flattened:
    values: list[Json]
    known: dict[int, Json] = field(default_factory=dict)

    def at(self, place: Json, depth: int) -> Json:
        """The value of a number."""
        if type(place) is not int or not 0 <= place < len(self.values) or depth > MAX_DEPTH:
            return None
        if place not in self.known:
            if len(self.known) >= MAX_VALUES:
                return None
            self.known[place] = None
            self.known[place] = self._built(self.values[place], depth + 1)
        return self.known[place]

    def _built(self, value: Json, depth: int) -> Json:
        if isinstance(value, dict):
            return {key: self.at(place, depth) for key, place in value.items()}
        if not isinstance(value, list):
            return value
        if value and isinstance(value[0], str):
            if value[0] == "Date":
                return value[1] if len(value) > 1 else None
            if value[0] == "Set":
                return [self.at(place, depth) for place in value[1:]]
            return self.at(value[1], depth) if len(value) > 1 and value[0] in _WRAPPERS else None
        return [self.at(place, depth) for place in value]
