"""Dates held against each other."""

from __future__ import annotations

import pytest

from archivist.extract.settle import settle
from archivist.extract.settle_dates import settle_dates
from archivist.model.article import Claim, Evidence, FieldName


def said(value: str, witness: str) -> Claim:
    """A claim of a witness."""
    return Claim(value=value, evidence=Evidence(witness=witness, at=f"{witness} {value}", text=value))


def both(published: list[tuple[str, str]], updated: list[tuple[str, str]]) -> tuple[str | None, str | None]:
    """Publication and update after both were settled."""
    names: tuple[tuple[FieldName, list[tuple[str, str]]], ...] = (("published", published), ("updated", updated))
    first, second = (settle(name, [said(*pair) for pair in pairs]) for name, pairs in names)
    one, two = settle_dates(first, second)
    return one.value, two.value


def test_the_update_written_as_publication_is_seen_through() -> None:
    """Mark-up has one time for both; the line still tells them apart, and lends its clock the zone of the mark-up."""
    markup, line = "2026-04-19T19:45:44+02:00", ("2026-04-19T19:05", "2026-04-19T19:45")

    assert both([(markup, "json-ld"), (line[0], "visible-date")], [(markup, "json-ld"), (line[1], "visible-date")]) == (
        "2026-04-19T19:05+02:00",
        markup,
    )


def test_the_same_in_utc_and_with_a_named_zone() -> None:
    """Whole hours lie between a clock and UTC; a zone on the line needs no guess."""
    assert both(
        [("2026-04-19T17:45:44Z", "json-ld"), ("2026-04-19T19:05", "visible-date")],
        [("2026-04-19T19:45", "visible-date")],
    ) == ("2026-04-19T19:05+02:00", "2026-04-19T19:45+02:00")
    assert both(
        [("2026-11-19T02:46:42Z", "json-ld"), ("2026-11-18T14:26-10:00", "visible-date")],
        [("2026-11-19T01:48:03Z", "json-ld"), ("2026-11-18T16:46-10:00", "visible-date")],
    ) == ("2026-11-18T14:26-10:00", "2026-11-18T16:46-10:00")


def test_a_publication_that_the_line_confirms_stands() -> None:
    """Where one of the lines shows the publication of the mark-up, nothing was overwritten."""
    published = [("2026-04-19T17:05:44Z", "json-ld"), ("2026-04-19T19:05", "visible-date")]

    assert both(published, [("2026-04-19T20:05", "visible-date")]) == (
        "2026-04-19T17:05:44Z",
        "2026-04-19T20:05+02:00",
    )


def test_a_clock_takes_the_zone_of_the_pages_other_clock() -> None:
    """The publication stands in the line and, with its zone, in mark-up; so the update's clock has that zone."""
    published = [("2026-11-18T14:26:10-05:00", "open-graph"), ("2026-11-18T14:26", "visible-date")]

    assert both(published, [("2026-11-18T16:46", "visible-date")])[1] == "2026-11-18T16:46-05:00"
    assert both(published, [("2027-02-18T16:46", "visible-date")])[1] == "2027-02-18T16:46"  # another season


def test_an_update_in_another_day_of_utc() -> None:
    """The clock of the page is earlier than the moment in UTC, and the update is an update all the same."""
    published = [("2026-11-19T00:26:10Z", "json-ld"), ("2026-11-18T14:26", "visible-date")]

    assert both(published, [("2026-11-18T16:46", "visible-date")])[1] == "2026-11-18T16:46-10:00"


def test_a_later_day_shown_is_the_updates_or_the_issues() -> None:
    """Only an earlier day contradicts the publication in mark-up; either contradicts the update."""
    machine, shown = said("2026-05-03T18:58:25Z", "json-ld"), said("2026-05-11", "visible-date")

    assert settle("published", [machine, shown]).value == machine.value
    assert settle("updated", [machine, shown]).value == shown.value


@pytest.mark.parametrize("utc", ["Z", "+00:00"])
def test_local_time_stamped_as_utc_loses(utc: str) -> None:
    """Of one clock in two zones, the one with an offset is right."""
    claims = [said(f"2026-05-24T06:00:59{utc}", "json-ld"), said("2026-05-24T06:00:59-04:00", "open-graph")]

    assert settle("published", claims).value == "2026-05-24T06:00:59-04:00"
    shown = said("2026-05-24T06:00", "visible-date")
    assert settle("published", [*claims, shown]).value == "2026-05-24T06:00:59-04:00"
    other = said("2026-05-24T02:00", "visible-date")  # New York, where UTC is right and the offset was stuck on
    assert settle("published", [*claims, other]).value == f"2026-05-24T06:00:59{utc}"


def test_a_clock_without_zone_is_known_by_its_seconds() -> None:
    """The same second in local time and in UTC is one moment; the one with zone is more exact."""
    claims = [said("2026-05-24T08:00:59", "json-ld"), said("2026-05-24T06:00:59Z", "open-graph")]

    assert settle("published", claims).value == "2026-05-24T06:00:59Z"
    assert settle("published", [claims[0], said("2026-05-24T06:00:11Z", "open-graph")]).value == "2026-05-24T08:00:59"


def test_what_the_system_keeps_is_no_update_of_the_page() -> None:
    """A record touched years later is none; where the page itself states nothing, it is all there is."""
    touched = [("2028-07-26T22:08:18Z", "hydration")]

    assert both([("2026-05-03T18:58:25Z", "json-ld")], touched)[1] is None
    assert both([("2026-05-03T18:58:25Z", "hydration")], touched)[1] == "2028-07-26T22:08:18Z"
