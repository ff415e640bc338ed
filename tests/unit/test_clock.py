"""Moments as text, and what becomes of texts that are none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.clock import NEVER, parse_utc, read_utc, utc_text


@given(st.datetimes(timezones=st.just(dt.UTC)))
def test_what_is_written_is_read(moment: dt.datetime) -> None:
    """To the microsecond; and texts compare as the moments do."""
    assert moment == parse_utc(utc_text(moment)) == read_utc(utc_text(moment))


@given(st.text() | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)?", fullmatch=True))
def test_any_text_is_compared(text: str) -> None:
    """A stored text may be another's: whatever it says, it can be ordered, and parsing fails in one way."""
    assert NEVER <= read_utc(text)
    try:
        assert read_utc(text) == parse_utc(text)
    except ValueError:
        assert read_utc(text) == NEVER or ":60" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "2016-12-31T23:59:60Z": "2016-12-31T23:59:59.000000Z",
        "2016-12-31T23:59:60.250000Z": "2016-12-31T23:59:59.250000Z",
        "2017-01-01T01:59:60+02:00": "2016-12-31T23:59:59.000000Z",
        "2016-12-31T23:60:00Z": utc_text(NEVER),
        "2016-12-31": utc_text(NEVER),
        "0001-01-01T00:00:00+14:00": utc_text(NEVER),
        "": utc_text(NEVER),
    }.items(),
)
def test_leap_seconds_and_worse(text: str, expected: str) -> None:
    """RFC 3339, section 5.7."""
    assert expected == utc_text(read_utc(text))
