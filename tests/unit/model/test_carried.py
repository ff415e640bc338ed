"""What a snapshot refers to, and what it leaves out because other fields tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.errors import BadManifest
from archivist.model.capture import Profile
from archivist.model.carried import Carried, Placed, carried
from archivist.model.json import Json
from archivist.model.shorthand import full, short
from tests.unit.model.samples import CAPTURE, SPAN

_LISTED = tuple(replace(CAPTURE, uri=f"https://example.org/{number}") for number in range(9))


def _placed(statement: str, *ordinals: int) -> list[Placed]:
    return [Placed(capture=CAPTURE, statement=statement, ordinal=ordinal) for ordinal in ordinals]


def test_ranges_are_as_few_as_can_be() -> None:
    """Neighbours join, in whatever order they come and however often; each statement is named once."""
    found = carried([*_placed("b", 5, 1, 2), *_placed("a", 0), *_placed("b", 3, 3)])

    assert (Carried(statement="a", ranges=((0, 0),)), Carried(statement="b", ranges=((1, 3), (5, 5)))) == found
    assert () == carried([])


@given(st.sets(st.integers(0, 8), min_size=1))
def test_what_is_referred_to_is_found_again(ordinals: set[int]) -> None:
    """Read back from JSON, each range gives the captures that it was made of."""
    (one,) = carried(_placed("a", *ordinals))

    again = Carried.from_json(one.to_json())

    assert one == again
    assert sorted(ordinals) == [each.ordinal for each in again.of(_LISTED)]
    assert [_LISTED[each].uri for each in sorted(ordinals)] == [each.capture.uri for each in again.of(_LISTED)]
    assert all(each.capture.is_carried for each in again.of(_LISTED))


@pytest.mark.parametrize("ranges", [[[3, 1]], [[-1, 1]], [[1, 2], [2, 3]], [[4, 5], [1, 2]], [[1]], [1], [[True, 2]]])
def test_ranges_that_are_none(ranges: Json) -> None:
    """They are refused, with the place."""
    with pytest.raises(BadManifest, match=r"carried\[0\]"):
        Carried.from_json({"from": "a", "captures": ranges}, "$.carried[0]")


def test_more_than_there_is() -> None:
    """A reference beyond the end of the list is refused before anything is made of it."""
    with pytest.raises(BadManifest, match="should list a capture 1000000000000"):
        list(Carried(statement="a", ranges=((0, 10**12),)).of(_LISTED))


@pytest.mark.parametrize("status", [200, 304])
@pytest.mark.parametrize("profile", ["identical-payload-digest", "server-not-modified"])
@pytest.mark.parametrize("uri", [CAPTURE.uri, "https://example.org/elsewhere"])
@pytest.mark.parametrize("file", [SPAN.file, "2026-11/other.warc.gz"])
def test_what_is_left_out_is_put_back(status: int, profile: Profile, uri: str, file: str) -> None:
    """The capture is the same, and nothing that others tell stands in the short form."""
    assert CAPTURE.revisit is not None
    record, revisit = replace(CAPTURE.record, file=file), replace(CAPTURE.revisit, profile=profile, uri=uri)
    whole, stored = replace(CAPTURE, status=status, record=record, revisit=revisit).to_json(), [SPAN.to_json()]

    found = short(whole, stored=stored)

    assert whole == full(found, stored=stored)
    told = found["revisit"]
    assert isinstance(told, dict)
    assert isinstance(found["record"], dict)
    assert (file != SPAN.file) == ("file" in found["record"])
    assert (uri != CAPTURE.uri) == ("uri" in told)
    assert ((status == 304) != (profile == "server-not-modified")) == ("profile" in told)


@pytest.mark.parametrize("capture", [None, 7, [], {}, {"record": 1, "revisit": []}])
def test_what_is_no_capture_stays_what_it_is(capture: Json) -> None:
    """It is for the reader of captures to say what is wrong with it."""
    assert capture == full(capture, stored="none")
