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
}


@pytest.mark.parametrize(("text", "value"), MACHINE.items(), ids=range(len(MACHINE)))
def test_machine_dates(text: str, value: str | None) -> None:
    """Precision and zone are those that stand there; midnight without a zone is a day."""
    assert value == machine_date(text)


WRITTEN = {
    ("17 November 2026, 06:30", "en-GB"): "2026-11-17T06:30",
    ("November 17, 2026 at 6:30 p.m. ET", "en-US"): "2026-11-17T18:30-05:00",
    ("July 17, 2026 at 6:30 p.m. ET", "en-US"): "2026-07-17T18:30-04:00",
    ("Monday, November 18th, 2019 at 11:04 a.m.", "en"): "2019-11-18T11:04",
    ("12:04 AM GMT, May 1, 2026", "en"): "2026-05-01T00:04Z",
    ("May 2026", "en"): "2026-05",
    ("5/8/2023", "en-US"): "2023-05-08",
    ("5/8/2023", "en-GB"): "2023-08-05",
    ("5/8/2023", "en"): None,
    ("5/8/2023", None): None,
    ("25/8/2023", None): "2023-08-25",
    ("8/8/2023", None): "2023-08-08",
    ("20.10.2025", "de"): "2025-10-20",
    ("13. Mai 2026 um 15:44 Uhr", "de"): "2026-05-13T15:44",
    ("Aktualisiert 18.11.2026, 6.30 Uhr", "de"): "2026-11-18T06:30",
    ("le 3 février 2026 à 18h15", "fr"): "2026-02-03T18:15",
    ("3 de mayo de 2026", "es"): "2026-05-03",
    ("3 maggio 2026", "it"): "2026-05-03",
    ("3 mei 2026", "nl"): "2026-05-03",
    ("3 maja 2026", "pl"): "2026-05-03",
    ("3 мая 2026", "ru"): "2026-05-03",
    ("2024年04月24日23:52", "zh"): "2024-04-24T23:52",
    ("2026. 5. 3. 오후 6:15", "ko"): "2026-05-03T18:15",
    ("5 hours ago", "en"): None,
    ("Updated 0:00", "en"): None,
    ("Updated:", "en"): None,
    ("31 February 2026", "en"): None,
    ("1.2.3.4", "de"): None,
    ("", None): None,
}


@pytest.mark.parametrize(
    ("text", "language", "value"), [(*key, value) for key, value in WRITTEN.items()], ids=range(len(WRITTEN))
)
def test_written_dates(text: str, language: str | None, value: str | None) -> None:
    """Day, time and zone as a reader understands them; what can be read in two ways is no date."""
    assert value == written_date(text, language=language)


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


def test_what_a_date_has() -> None:
    """A zone is only where one is written."""
    values = ["2026-11", "2026-11-17", "2026-11-17T06:30", "2026-11-17T06:30Z", "2026-11-17T06:30-05:00"]

    assert [False, False, True, True, True] == [has_time(value) for value in values]
    assert [False, False, False, True, True] == [has_zone(value) for value in values]
