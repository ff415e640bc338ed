"""A manifest read in passing says what it says when it is read whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.proof.canonical import canonical
from archivist.proof.outline import captures_in, outline

MARKS = ',"captures":[', '],"carried":[', '],"ended":"', ',"reading":{', '},"software":{', "é", '"', "\\", "]", "}"
texts = st.lists(st.sampled_from(MARKS) | st.text(max_size=3), max_size=4).map("".join)
strange = st.recursive(
    texts | st.integers(0, 9),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["captures", "carried", "ended", "reading", "software", "a"]), inner)
    ),
    max_leaves=12,
)


def manifest(**changes: Any) -> dict[str, Any]:
    """A snapshot's manifest, as far as it matters here."""
    return {
        "type": "snapshot",
        "archive": "a",
        "article": "https://www.example.org/",
        "asked": {"url": ""},
        "captures": [{"uri": "u"}, {"uri": "v"}],
        "ended": "2026",
        "fingerprint": "f",
        "number": 1,
        "reading": {"article": {"title": "t"}},
        "software": {"name": "n"},
        "stored": [{"file": "f"}],
        "version": 1,
        **changes,
    }


@given(st.lists(strange, max_size=3), strange, st.none() | st.lists(strange, max_size=2), texts, strange)
def test_in_parts_as_whole(captures: list[Any], reading: Any, carried: list[Any] | None, url: str, later: Any) -> None:
    """Whatever stands in the captures, in the reading, or in fields of a later version."""
    value = manifest(captures=captures, reading={"a": reading}, asked={"url": url}, observations=[later], zest=later)
    if carried is not None:
        value["carried"] = carried

    found = outline(canonical(value))

    assert found is not None
    assert {**value, "captures": [], "reading": {}} == found.value
    assert found.listed in {None, len(captures)}
    assert len(captures) == captures_in(canonical(value))


def test_captures_are_not_read() -> None:
    """Of a manifest as archivist writes them, nothing but its other fields is parsed."""
    data = canonical(manifest()).replace(b'"uri":"u"', b'"uri":?').replace(b'"title":"t"', b'"title":?')

    found = outline(data)

    assert found is not None
    assert manifest(captures=[], reading={}) == found.value
    assert None is found.listed


@pytest.mark.parametrize("within", ["captures", "reading", "observations"])
def test_a_manifest_within(within: str) -> None:
    """One that holds another one, or the end of it, is read whole."""
    inner = manifest(number=7, ended="1999")
    value = manifest(**{within: {"inner": inner} if within == "reading" else [{"inner": inner}]})

    found = outline(canonical(value))

    assert found is not None
    assert (1, "2026") == (found.value["number"], found.value["ended"])


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"type":"event"}', b"[" * 100_000, b"\xff"])
def test_no_manifest(data: bytes) -> None:
    """What is no snapshot's manifest has no outline, and lists no captures."""
    assert None is outline(data)
    assert 0 == captures_in(data)


def test_not_in_order() -> None:
    """Of a manifest whose names stand in another order nothing is taken for something else."""
    data = json.dumps(dict(reversed(manifest().items())), separators=(",", ":")).encode()

    found = outline(data)

    assert found is not None
    assert manifest(captures=[], reading={}) == found.value
