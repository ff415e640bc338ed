"""Canonical JSON under hostile input, and what every value keeps."""

from __future__ import annotations

import math
import time
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.errors import BadManifest
from archivist.proof.canonical import MAX_DEPTH, MAX_INTEGER, canonical, parse, statement_id

texts = st.text(st.characters(exclude_categories=["Cs"]))
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5))


@given(values)
def test_round_trip(value: Any) -> None:
    """Every value that can be written is read back as itself, from one sequence of bytes."""
    data = canonical(value)

    assert value == parse(data)
    assert data == canonical(parse(data))


@given(values, st.data())
def test_one_byte_more(value: Any, data: st.DataObject) -> None:
    """A space put anywhere outside a string makes the bytes another file, which is refused or another value."""
    written = canonical(value)
    at = data.draw(st.integers(0, len(written)))
    spaced = written[:at] + b" " + written[at:]
    try:
        read = parse(spaced)
    except BadManifest:
        return

    assert value != read


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are read as the one value they spell, or refused with BadManifest and nothing else."""
    try:
        value = parse(data)
    except BadManifest:
        return

    assert data == canonical(value)


def test_tuples_are_arrays() -> None:
    """A tuple is written as an array."""
    assert canonical((1, (2,))) == b"[1,[2]]"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"a": [{"b": math.nan}]}, "$.a[0].b: number that is not finite"),
        ([MAX_INTEGER, -MAX_INTEGER, math.nan], "$[2]: number that is not finite"),
        ({"k" * 40: math.inf}, f"$.{'k' * 40}: number that is not finite"),
        ([None, True, 1, 1.5, "s", {"k": []}, -math.inf], "$[6]: number that is not finite"),
        ({1: 2}, "$: member name of type int"),
        ({b"a": 2}, "$: member name of type bytes"),
        ([{"x": {None: 2}}], "$[0].x: member name of type NoneType"),
        ({"a": {1, 2}}, "$.a: set is not a JSON value"),
        ({"a": b"bytes"}, "$.a: bytes is not a JSON value"),
        ({"a\nb": object()}, "$.'a\\nb': object is not a JSON value"),
        ({"k" * 50: math.inf}, f"$.'{'k' * 40}': number that is not finite"),
        ({"a": ["ok", "\ud83d"]}, "$.a[1]: lone surrogate"),
        ({"a": {"\ud83d": 1}}, "$.a: member name '\\ud83d': lone surrogate"),
    ],
)
def test_faults_name_the_path(value: Any, message: str) -> None:
    """What cannot be written is named with its exact path."""
    with pytest.raises(BadManifest) as caught:
        canonical(value)

    assert message == str(caught.value)


def nested(depth: int) -> bytes:
    """``depth`` arrays inside each other."""
    return b"[" * depth + b"]" * depth


def test_depth() -> None:
    """Nesting is bounded, to the level, when reading and when writing."""
    deepest = parse(nested(MAX_DEPTH))
    assert nested(MAX_DEPTH) == canonical(deepest)

    with pytest.raises(BadManifest, match="nested more than 100 deep"):
        parse(nested(MAX_DEPTH + 1))
    with pytest.raises(BadManifest, match="nested more than 100 deep"):
        canonical([deepest])
    with pytest.raises(BadManifest, match="nested more than 2 deep"):
        parse(b'{"a":[{}]}', max_depth=2)


def test_abyss() -> None:
    """A million brackets are an answer, not an overflow of the stack."""
    with pytest.raises(BadManifest, match="nested too deeply"):
        parse(b"[" * 1_000_000)
    with pytest.raises(BadManifest, match="nested too deeply"):
        parse(b'{"a":' * 1_000_000)


def test_cycle() -> None:
    """A list that holds itself twice is refused at once."""
    cycle: list[Any] = []
    cycle += [cycle, cycle]

    with pytest.raises(BadManifest, match="nested more than"):
        canonical(cycle)


def test_size() -> None:
    """The size is bounded, to the byte, before anything is decoded."""
    assert parse(b'"abc"', max_bytes=5) == "abc"
    with pytest.raises(BadManifest, match="6 bytes exceeds the limit of 5"):
        parse(b'"abcd"', max_bytes=5)


@pytest.mark.parametrize("data", [b"1" * 1_000_000, b"9" * 33, b"0." + b"1" * 1_000_000, b"1e" + b"1" * 40])
def test_endless_numbers(data: bytes) -> None:
    """A number of a million digits is refused without being computed."""
    started = time.perf_counter()
    with pytest.raises(BadManifest, match="a number of"):
        parse(data)

    assert time.perf_counter() - started < 1


def test_longest_number() -> None:
    """A number of 32 characters is still looked at."""
    with pytest.raises(BadManifest, match="not canonical"):
        parse(b"9" * 32)


@pytest.mark.parametrize(("data", "offset"), [(b"[1,2.0]", 4), (b"[1] ", 3), (b" [1]", 0)])
def test_offset(data: bytes, offset: int) -> None:
    """The first byte that is not canonical is named."""
    with pytest.raises(BadManifest, match=f"from byte {offset} on"):
        parse(data)


def test_statement_id() -> None:
    """The id of a statement is the SHA-256 of its bytes."""
    assert sha256(b'{"a":1}').hexdigest() == statement_id(b'{"a":1}')
