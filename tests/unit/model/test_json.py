"""Reading JSON objects: presence, type, the exact path of what is wrong, and what nobody asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from archivist.errors import BadManifest
from archivist.model.json import Json, Reader, without_nothing


@pytest.mark.parametrize("value", [None, True, 1, 1.5, "a", [], [{}]])
def test_only_objects_are_read(value: Json) -> None:
    """Anything else is refused under its path."""
    with pytest.raises(BadManifest, match=r"^\$\.a\[3\] should be an object, not "):
        Reader(value, "$.a[3]")


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (lambda reader: reader.text("x"), {}, "$.x is missing"),
        (lambda reader: reader.text("x"), {"x": None}, "$.x is missing"),
        (lambda reader: reader.text("x"), {"x": 1}, "$.x should be a string, not a number"),
        (lambda reader: reader.text_or_none("x"), {"x": []}, "$.x should be a string, not a list"),
        (lambda reader: reader.number("x"), {"x": True}, "$.x should be an integer, not a boolean"),
        (lambda reader: reader.number("x"), {"x": 1.5}, "$.x should be an integer, not a number"),
        (lambda reader: reader.number_or_none("x"), {"x": "1"}, "$.x should be an integer, not a string"),
        (lambda reader: reader.flag("x"), {"x": 0}, "$.x should be true or false, not a number"),
        (lambda reader: reader.one("x", Reader), {}, "$.x is missing"),
        (lambda reader: reader.one("x", Reader), {"x": 1}, "$.x should be an object, not a number"),
        (lambda reader: reader.one_or_none("x", Reader), {"x": "a"}, "$.x should be an object, not a string"),
        (lambda reader: reader.many("x", Reader), {"x": {}}, "$.x should be a list, not an object"),
        (lambda reader: reader.many("x", Reader), {"x": [{}, None]}, "$.x[1] should be an object, not null"),
        (lambda reader: reader.texts("x"), {"x": ["a", 1]}, "$.x[1] should be a string, not a number"),
        (lambda reader: reader.mapping("x", Reader), {"x": []}, "$.x should be an object, not a list"),
        (lambda reader: reader.mapping("x", Reader), {"x": {"k": 1}}, "$.x.k should be an object, not a number"),
    ],
)
def test_what_is_wrong_is_named(read: Callable[[Reader], Any], value: Json, said: str) -> None:
    """The message holds the path, what should stand there, and what does."""
    with pytest.raises(BadManifest) as refused:
        read(Reader(value))

    assert said == str(refused.value)


def test_absent_values() -> None:
    """What may be absent is None, false or empty; null is absent."""
    reader = Reader({"null": None})

    assert reader.text_or_none("a") is None
    assert reader.text_or_none("null") is None
    assert reader.number_or_none("a") is None
    assert reader.one_or_none("a", Reader) is None
    assert reader.flag("a") is False
    assert () == reader.many("a", Reader)
    assert () == reader.texts("null")
    assert {} == reader.mapping("a", Reader)


def test_rest_is_what_nobody_asked_for() -> None:
    """Fields that were asked for, present or not, are not in the rest; all others are, as they stand."""
    reader = Reader({"a": "x", "later": [1, {"b": None}], "null": None})
    reader.text("a")
    reader.text_or_none("b")

    assert {"later": [1, {"b": None}], "null": None} == reader.rest()


def test_without_nothing_keeps_zero() -> None:
    """None, false and what is empty say nothing; a zero says something."""
    fields: dict[str, Json] = {"a": None, "b": False, "c": "", "d": [], "e": {}, "f": 0, "g": True, "h": "x", "i": [0]}

    assert {"f": 0, "g": True, "h": "x", "i": [0]} == without_nothing(fields)
