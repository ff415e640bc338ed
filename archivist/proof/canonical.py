"""Canonical JSON (RFC 8785): one value, one sequence of bytes, hence one id.

Rule 1: what ``canonical`` writes, ``parse`` reads, and gives the same value back.
Rule 2: ``parse`` accepts nothing but canonical bytes, so that two different files can never be the same statement.
What a statement *means* is no concern of this module.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import rfc8785

from archivist.errors import BadManifest
from archivist.proof.digest import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_INTEGER", "Json", "canonical", "parse", "statement_id"]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

MAX_BYTES = 64 * 1024 * 1024
"""A statement about a thousand captures is below 1 MB; this only stops a hostile file."""

MAX_DEPTH = 100
"""Objects and arrays inside each other; our own statements need about ten."""

MAX_INTEGER = 2**53 - 1
"""RFC 8785 3.2.2.3 by way of RFC 7493 2.2: beyond it, two integers share one IEEE 754 double."""

_PLAIN = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
"""Python's own encoder: the same escapes (RFC 8785 3.2.2.2), and the same order of names where they are ASCII."""

_MAX_NUMBER = 32
"""Characters. The longest canonical number has 25; Python needs quadratic time for a million digits."""

_LARGE = 16
"""Characters of the shortest number that may be beyond 2^53-1."""

_MAX_NAME = 40
"""Characters of a hostile member name that are repeated in a message."""


def canonical(value: Json) -> bytes:
    """The one sequence of bytes that stands for ``value`` (RFC 8785 3.2).

    Raises:
        BadManifest: a number is not finite or an integer is beyond 2^53-1, a name is no string, a string is not
            Unicode, or the nesting is too deep; the message names the path, as in ``$.captures[3].length``.
    """
    return _written(value, is_plain=_bound_depth(value, MAX_DEPTH))


def parse(data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Json:
    """The value whose canonical bytes are exactly ``data``.

    An integer beyond 2^53-1 comes back as the double that it stands for in canonical JSON.

    Raises:
        BadManifest: the bytes are too many, no UTF-8, no JSON, nested too deeply, or not in canonical form.
    """
    if len(data) > max_bytes:
        raise BadManifest(f"statement of {len(data)} bytes exceeds the limit of {max_bytes}")
    plain = _parse_plain(data, max_depth=max_depth)
    if plain is not None:
        return plain
    value = _decode(data)
    written = _written(value, is_plain=_bound_depth(value, min(max_depth, MAX_DEPTH)))
    if written != data:
        raise BadManifest(f"statement is not canonical JSON (RFC 8785) from byte {_difference(written, data)} on")
    return value


def _written(value: Json, *, is_plain: bool) -> bytes:
    try:
        return _PLAIN.encode(value).encode() if is_plain else rfc8785.dumps(value)
    except ValueError as error:  # the library's errors and UnicodeEncodeError both derive from it
        raise BadManifest(next(_faults(value, "$"), "$: cannot be written as canonical JSON")) from error


def statement_id(data: bytes) -> str:
    """The id of a statement: the SHA-256 of its bytes as 64 lower-case hex digits."""
    return sha256_hex(data)


def _parse_plain(data: bytes, *, max_depth: int) -> Json:
    """The value, where Python's own decoder and encoder are enough to tell that the bytes are canonical; else None.

    A member that stands twice is written once again, and so does not come out as the same bytes.
    """
    try:
        text = data.decode("utf-8")
        if len(text) < len(data) and len(text.encode("utf-16-le")) > 2 * len(text):
            return None  # a character above U+FFFF, which in a name would stand elsewhere in UTF-16 (RFC 8785 3.2.3)
        value: Json = json.loads(text, parse_int=_small, parse_float=_not_plain, parse_constant=_not_plain)
        is_same = _PLAIN.encode(value) == text
    except (ValueError, RecursionError):
        return None
    return value if is_same and _is_shallow(value, min(max_depth, MAX_DEPTH)) else None


def _small(digits: str) -> int:
    if len(digits) >= _LARGE:
        raise ValueError(digits)
    return int(digits)


def _not_plain(written: str) -> Json:
    raise ValueError(written)


def _is_shallow(value: Json, limit: int) -> bool:
    """Whether no value lies inside more than ``limit`` containers."""
    level: list[Json] = [value]
    for _ in range(limit):
        inner = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        level = [child for children in inner for child in children if isinstance(child, dict | list)]
        if not level:
            return True
    return False


def _decode(data: bytes) -> Json:
    try:
        value: Json = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_double,
            parse_constant=_constant,
        )
    except UnicodeDecodeError as error:
        raise BadManifest(f"statement is not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise BadManifest(f"statement is not JSON at character {error.pos}: {error.msg.lower()}") from error
    except RecursionError as error:
        raise BadManifest("statement is nested too deeply") from error
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """RFC 8785 3.1 by way of RFC 7493 2.3: objects MUST NOT have members with duplicate names."""
    members = dict(pairs)
    if len(members) != len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise BadManifest(f"statement has two members named {_printable(twice)} in one object")
    return members


def _integer(digits: str) -> int | float:
    value = int(_bounded(digits))
    # RFC 8785 3.2.2.3: every number is a double, and doubles below 1e21 are written without an exponent.
    return value if abs(value) <= MAX_INTEGER else float(value)


def _double(digits: str) -> float:
    return float(_bounded(digits))


def _bounded(digits: str) -> str:
    if len(digits) > _MAX_NUMBER:
        raise BadManifest(f"statement has a number of {len(digits)} characters")
    return digits


def _constant(name: str) -> Json:
    raise BadManifest(f"statement has the number {name}, which JSON does not know")


def _bound_depth(value: object, limit: int) -> bool:
    """Return when no value lies inside more than ``limit`` containers; a loop, because recursion would overflow.

    True where ``_PLAIN`` writes what the library writes, ten times faster: no fractions, small integers, ASCII names.
    """
    waiting: list[tuple[object, int]] = [([value], -1)]
    is_plain = True
    while waiting:
        container, depth = waiting.pop()
        if depth >= limit:
            raise BadManifest(f"statement is nested more than {limit} deep")
        if isinstance(container, dict):
            is_plain = is_plain and _has_plain_names(container)
            children: Iterable[object] = container.values()
        else:
            assert isinstance(container, list | tuple)
            children = container
        for child in children:
            if isinstance(child, str) or child is None:
                continue
            if isinstance(child, dict | list | tuple):
                waiting.append((child, depth + 1))
            else:
                is_plain = is_plain and isinstance(child, int) and -MAX_INTEGER <= child <= MAX_INTEGER
    return is_plain


def _has_plain_names(members: dict[object, object]) -> bool:
    try:
        return "".join(members).isascii()  # type: ignore[arg-type]  # a name that is no string is what this is about
    except TypeError:
        return False


def _faults(value: object, at: str) -> Iterator[str]:
    """Every reason why ``value`` has no canonical form, with its path."""
    match value:
        case bool() | None:
            return
        case int():
            if abs(value) > MAX_INTEGER:
                yield f"{at}: integer beyond 2^53-1"
        case float():
            if not math.isfinite(value):
                yield f"{at}: number that is not finite"
        case str():
            yield from _string_faults(value, at)
        case list() | tuple():
            for index, item in enumerate(value):
                yield from _faults(item, f"{at}[{index}]")
        case dict():
            yield from _object_faults(value, at)
        case _:
            yield f"{at}: {type(value).__name__} is not a JSON value"


def _object_faults(members: dict[object, object], at: str) -> Iterator[str]:
    for name, item in members.items():
        if not isinstance(name, str):
            yield f"{at}: member name of type {type(name).__name__}"
        else:
            yield from _string_faults(name, f"{at}: member name {_printable(name)}")
            yield from _faults(item, f"{at}.{_printable(name)}")


def _string_faults(text: str, at: str) -> Iterator[str]:
    """RFC 8785 3.2.2.2: a lone surrogate MUST cause an error."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        yield f"{at}: lone surrogate"


def _printable(name: str) -> str:
    """A member name that is safe to show in one line of a terminal."""
    return name if name.isprintable() and len(name) <= _MAX_NAME else ascii(name[:_MAX_NAME])


def _difference(left: bytes, right: bytes) -> int:
    """The offset of the first byte in which the two differ."""
    pairs = zip(left, right, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
