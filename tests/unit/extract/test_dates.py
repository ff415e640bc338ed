"""Dates as written and as marked up."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.dates import (
    day_of,
    has_time,
    has_zone,
    instant_of,
    machine_date,
    same_moment,
    zone_between,
    zone_of,
)
from archivist.extract.written_dates import written_date

MACHINE = {
    "2026-11-17": "2026-11-17",
    "2026-11": "2026-11",
    "20261117": "2026-11-17",
    "2026-11-17T06:30:00+01:00": "2026-11-17T06:30:00+01:00",
    "2026-11-17T06:30+0100": "2026-11-17T06:30+01:00",
    "2026-11-17T06:30:00.123Z": "2026-11-17T06:30:00Z",
    "2026-11-17 06:30": "2026-11-17T06:30",
    "2026-11-17T00:00:00": "2026-11-17",
    "2026-11-17T00:00:00Z": "2026-11-17",
    "2026-11-17T00:00:00+01:00": "2026-11-17T00:00:00+01:00",
    "1700000000": "2023-11-14T22:13:20Z",
    "1700000000000": "2023-11-14T22:13:20Z",
    "2026-13-17": None,
    "2026-02-30": None,
    "0000-00-00": None,
    "": None,
    "soon": None,
    "2021-01-03T17:40:00EET": "2021-01-03T17:40:00+02:00",
    "2019-05-14 19:55:55 EST": "2019-05-14T19:55:55-05:00",
    "Thu Apr 25 10:15:30 CEST 2024": "2024-04-25T10:15:30+02:00",
    "Tue Nov 19 2019 02:46:42 GMT+0000 (Coordinated Universal Time)": "2019-11-19T02:46:42+00:00",
    "Fri, 15 Mar 2019 00:01:00 -0500": "2019-03-15T00:01:00-05:00",
    "Fri, 15 Mar 2019 00:01:00 GMT": "2019-03-15T00:01:00Z",
    "20240424101530": "2024-04-24T10:15:30",
    "2016-12-13 03:45 PM": "2016-12-13T15:45",
    "2016-12-13 12:45 AM": "2016-12-13T00:45",
    "2024-04-24T10:15:00 +0530": "2024-04-24T10:15:00+05:30",
    "2024-04-24T10:15:00+5:30": "2024-04-24T10:15:00+05:30",
    "2024/04/24 10:15:00": "2024-04-24T10:15:00",
    "2024-4-4 1:05": "2024-04-04T01:05",
    "2024-04-24T10:15:60Z": "2024-04-24",
    "1970-01-01T00:00:00Z": None,
    "0": None,
    "0001-01-01T00:00:00": None,
    "9999-12-31": None,
    "2026-11-17T00:00:00+00:00": "2026-11-17",
}


@pytest.mark.parametrize(("text", "value"), MACHINE.items(), ids=range(len(MACHINE)))
def test_machine_dates(text: str, value: str | None) -> None:
    """Precision and zone are those that stand there; midnight without a zone is a day."""
    assert value == machine_date(text)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_days_are_read_back(day: date) -> None:
    """Any day, written in English or as ISO 8601, is that day."""
    assert day.isoformat() == machine_date(day.isoformat())
    assert day.isoformat() == written_date(f"{day.day} {day:%B} {day.year}", language="en")


@given(st.text(max_size=400))
def test_any_text_is_a_date_or_none(text: str) -> None:
    """Nothing raises, and what is read can be taken apart."""
    for value in (machine_date(text), written_date(text, language="en"), written_date(text, language=None)):
        if value is not None:
            assert has_time(value) == (instant_of(value) is not None)
            assert day_of(value) == value[:10]


@pytest.mark.parametrize("text", ["1" * 100_000, "1.1." * 50_000, "May " * 50_000, "1:1 " * 50_000])
def test_long_texts_take_no_time(text: str) -> None:
    """Only the beginning is looked at."""
    start = time.process_time()
    machine_date(text)
    written_date(text, language="en")

    assert time.process_time() - start < 1


SAME = {
    ("2026-11-17", "2026-11-17T06:30"): True,
    ("2026-11-17", "2026-11-18"): False,
    ("2026-11-17T06:30", "2026-11-17T06:30:45"): True,
    ("2026-11-17T06:30", "2026-11-17T06:33"): False,
    ("2026-11-17T06:30+01:00", "2026-11-17T05:30Z"): True,
    ("2026-11-17T06:30+01:00", "2026-11-17T06:30Z"): False,
    ("2026-11-17T06:30+01:00", "2026-11-17T06:30"): True,
}


@pytest.mark.parametrize(("pair", "is_same"), SAME.items(), ids=range(len(SAME)))
def test_same_moment(pair: tuple[str, str], is_same: bool) -> None:
    """Two dates are compared by what both have, in either order."""
    assert is_same == same_moment(*pair)
    assert is_same == same_moment(*reversed(pair))


BETWEEN = {
    ("2026-11-17T19:05", "2026-11-17T19:05:44+02:00"): "+02:00",
    ("2026-11-17T19:05", "2026-11-17T17:05:44Z"): "+02:00",
    ("2026-11-17T14:05", "2026-11-18T00:05:10Z"): "-10:00",
    ("2026-11-17T22:35", "2026-11-17T17:05:10Z"): "+05:30",
    ("2026-11-17T14:05-10:00", "2026-11-18T00:05:10Z"): "-10:00",
    ("2026-11-17T14:05-09:00", "2026-11-18T00:05:10Z"): None,
    ("2026-11-17T19:05", "2026-11-17T17:45:44Z"): None,
    ("2026-11-17T19:05", "2026-11-16T17:05:44Z"): None,
    ("2026-11-17", "2026-11-17T17:05:44Z"): None,
    ("2026-11-17T19:05", "2026-11-17T17:05"): None,
}


@pytest.mark.parametrize(("pair", "zone"), BETWEEN.items(), ids=range(len(BETWEEN)))
def test_the_zone_between_a_clock_and_a_moment(pair: tuple[str, str], zone: str | None) -> None:
    """The zone in which the clock shows the moment, where there is one on earth."""
    assert zone == zone_between(*pair)


def test_what_a_date_has() -> None:
    """A zone is only where one is written."""
    values = ["2026-11", "2026-11-17", "2026-11-17T06:30", "2026-11-17T06:30Z", "2026-11-17T06:30-05:00"]

    assert [False, False, True, True, True] == [has_time(value) for value in values]
    assert [False, False, False, True, True] == [has_zone(value) for value in values]
    assert ["", "", "", "Z", "-05:00"] == [zone_of(value) for value in values]
