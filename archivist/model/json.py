"""Reading JSON objects into values, naming the exact path of whatever is wrong.

Every ``from_json`` of the model is written with ``Reader``: it checks presence and type, and hands back the fields
that it was not asked for, so that a statement written by a later version is kept whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from archivist.errors import BadManifest

__all__ = ["Json", "JsonObject", "Reader", "without_nothing"]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"
T = TypeVar("T")


class Reader:
    """One JSON object, read field by field.

    Args:
        value: what should be an object.
        at: its path in the document, as ``$.captures[3]``.
    """

    __slots__ = ("_asked", "_at", "_object")

    def __init__(self, value: Json, at: str = "$") -> None:
        if not isinstance(value, dict):
            raise BadManifest(f"{at} should be an object, not {_kind(value)}")
        self._object = value
        self._at = at
        self._asked: set[str] = set()

    def text(self, key: str) -> str:
        """The string under ``key``."""
        self._asked.add(key)
        value = self._object.get(key)
        # A page has thousands of these; whatever is wrong is put into words below.
        return value if type(value) is str else self._require(key, str)

    def text_or_none(self, key: str) -> str | None:
        """The string under ``key``, or None where there is none."""
        self._asked.add(key)
        value = self._object.get(key)
        return value if value is None or type(value) is str else self._optional(key, str)

    def number(self, key: str) -> int:
        """The integer under ``key``."""
        return self._require(key, int)

    def number_or_none(self, key: str) -> int | None:
        """The integer under ``key``, or None where there is none."""
        return self._optional(key, int)

    def flag(self, key: str) -> bool:
        """The boolean under ``key``; an absent one is false."""
        return self._optional(key, bool) or False

    def one(self, key: str, read: Callable[[Json, str], T]) -> T:
        """The object under ``key``, read by ``read(value, path)``."""
        return read(self._require_any(key), self._path(key))

    def one_or_none(self, key: str, read: Callable[[Json, str], T]) -> T | None:
        """The object under ``key``, or None where there is none."""
        value = self._get(key)
        return None if value is None else read(value, self._path(key))

    def many(self, key: str, read: Callable[[Json, str], T]) -> tuple[T, ...]:
        """The objects in the list under ``key``; an absent list is empty."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise BadManifest(f"{self._path(key)} should be a list, not {_kind(value)}")
        path = self._path(key)
        return tuple([read(item, f"{path}[{n}]") for n, item in enumerate(value)])

    def texts(self, key: str) -> tuple[str, ...]:
        """The strings in the list under ``key``; an absent list is empty."""
        return self.many(key, _text)

    def numbers(self, key: str) -> tuple[int, ...]:
        """The integers in the list under ``key``; an absent list is empty."""
        return self.many(key, _number)

    def mapping(self, key: str, read: Callable[[Json, str], T]) -> dict[str, T]:
        """The objects in the object under ``key``; an absent one is empty."""
        value = self._get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise BadManifest(f"{self._path(key)} should be an object, not {_kind(value)}")
        return {name: read(item, f"{self._path(key)}.{name}") for name, item in value.items()}

    def rest(self) -> JsonObject:
        """The fields that nobody asked for, to be kept and written back."""
        return {key: value for key, value in self._object.items() if key not in self._asked}

    def _path(self, key: str) -> str:
        return f"{self._at}.{key}"

    def _get(self, key: str) -> Json:
        self._asked.add(key)
        return self._object.get(key)

    def _require_any(self, key: str) -> Json:
        value = self._get(key)
        if value is None:
            raise BadManifest(f"{self._path(key)} is missing")
        return value

    def _optional(self, key: str, kind: type[T]) -> T | None:
        value = self._get(key)
        if value is None:
            return None
        # bool is an int to Python, and never to us.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise BadManifest(f"{self._path(key)} should be {_NAMES[kind]}, not {_kind(value)}")
        return value

    def _require(self, key: str, kind: type[T]) -> T:
        value = self._optional(key, kind)
        if value is None:
            raise BadManifest(f"{self._path(key)} is missing")
        return value


_NAMES: dict[type, str] = {str: "a string", int: "an integer", bool: "true or false"}


def _kind(value: Json) -> str:
    if value is None:
        return "null"
    return {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list"}.get(
        type(value), "an object"
    )


def _text(value: Json, at: str) -> str:
    if not isinstance(value, str):
        raise BadManifest(f"{at} should be a string, not {_kind(value)}")
    return value


def _number(value: Json, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadManifest(f"{at} should be an integer, not {_kind(value)}")
    return value


def without_nothing(fields: Mapping[str, Json]) -> JsonObject:
    """The fields without those that say nothing: None, false, and empty strings, lists and objects."""
    return {key: value for key, value in fields.items() if value or (value == 0 and value is not False)}
