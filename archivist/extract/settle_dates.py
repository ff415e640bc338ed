"""Dates held against each other: mark-up against the line on the page, the update against the publication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from archivist.extract.dates import day_of, has_time, has_zone, instant_of, same_moment, zone_between, zone_of
from archivist.model.article import Claim, Settled

__all__ = ["SHOWN", "STATE", "best_date", "settle_dates"]

SHOWN: Final = "visible-date"
"""The witness that tells what readers are shown."""
STATE: Final = "hydration"
"""The witness that tells what the newspaper's system keeps for itself."""
ONE_ZONE: Final = timedelta(days=20)
"""Within which the clocks of one newspaper are taken to have been in one zone."""
NEVER: Final = datetime.max.replace(tzinfo=UTC)


def best_date(claims: Sequence[Claim], shown: Sequence[Claim], *, is_first: bool) -> Claim:
    """The strongest claim that the shown day allows, or one that says the same moment more exactly.

    Args:
        claims: strongest first.
        shown: those of them that tell what readers are shown.
        is_first: the date is that of publication, so that a later day may be shown: that of the update, or of the
            printed issue.
    """
    first = min((day_of(claim.value) for claim in shown), default="")
    allowed = [
        claim
        for claim in claims
        if (is_first and day_of(claim.value) < first)
        or any(_may_be_shown_as(claim.value, each.value) for each in shown)
    ]
    winner, *rest = allowed or claims
    for claim in rest:
        if _is_more_exact(claim.value, winner.value) or _is_unstamped(claim.value, winner.value, shown):
            winner = claim
    return winner


def _is_more_exact(value: str, other: str) -> bool:
    if _precision(value) <= _precision(other):
        return False
    if same_moment(value, other):
        return True
    # The same second, once in the newspaper's zone without saying so, and once with the zone.
    has_seconds = has_time(other) and value[17:19] == other[17:19] != "00"
    return has_seconds and zone_between(other, value) is not None


def _is_unstamped(value: str, other: str, shown: Sequence[Claim]) -> bool:
    """The other is this one's local time, stamped as UTC; the clock on the page does not say that it is right."""
    if zone_of(other) not in {"Z", "+00:00"} or zone_of(value) in {"", "Z", "+00:00"}:
        return False
    clocks = [claim.value for claim in shown if has_time(claim.value)]
    return same_moment(_wall(value), _wall(other)) and (
        not clocks or any(same_moment(_wall(clock), _wall(value)) for clock in clocks)
    )


def _wall(value: str) -> str:
    """What the clock shows."""
    return value.removesuffix(zone_of(value))


def _may_be_shown_as(value: str, shown: str) -> bool:
    """In some zone on earth, UTC-12 to UTC+14, the moment has the day that is shown."""
    day = day_of(shown)
    if day_of(value).startswith(day) or day.startswith(day_of(value)):
        return True
    moment = instant_of(value) if has_zone(value) else None
    if moment is None:
        return False
    west, east = (moment.astimezone(UTC) + timedelta(hours=hours) for hours in (-12, 14))
    return west.date().isoformat()[: len(day)] <= day <= east.date().isoformat()[: len(day)]


def settle_dates(published: Settled, updated: Settled) -> tuple[Settled, Settled]:
    """Publication and update, each held against the other.

    Some systems write the time of the update as that of publication; where the lines on the page still tell the two
    apart, they are right about the publication. Systems write "modified" at publication, and stamp local time as UTC:
    neither says that anything changed, so that an update at or before publication is unknown.
    """
    if published.value is None or updated.value is None:
        return published, updated
    updates = (*updated.values, *updated.others)
    stated = published.value
    first = _overwritten(published, updates)
    if first is not None:
        others = (*published.values, *(claim for claim in published.others if claim.evidence != first.evidence))
        published = Settled(values=(first,), others=others)
        winner = next((claim for each in updates if (claim := _as_stated(each, stated))), None)
    else:
        winner = next(_later(updates, published), None)
    others = tuple(claim for claim in updates if winner is None or claim.evidence != winner.evidence)
    return published, Settled(values=(winner,) if winner else (), others=others)


def _as_stated(claim: Claim, stated: str) -> Claim | None:
    """The claim where it names the stated moment, with the zone that its clock then shows."""
    zone = zone_between(claim.value, stated)
    if zone is None:
        return claim if same_moment(claim.value, stated) else None
    return claim if has_zone(claim.value) else replace(claim, value=claim.value + zone)


def _overwritten(published: Settled, updates: Sequence[Claim]) -> Claim | None:
    """The publication that the page shows, where mark-up states in its stead the update that the page shows."""
    stated = published.value or ""
    first = next((claim for claim in _shown(published.others) if zone_between(claim.value, stated) is None), None)
    if first is None or any(zone_between(claim.value, stated) for claim in _shown(published.others) if claim != first):
        return None
    for update in _shown(updates):
        zone = zone_between(update.value, stated)
        if zone is not None:
            value = first.value if has_zone(first.value) else first.value + zone
            return replace(first, value=value) if _moment(value) < _moment(stated) else None
    return None


def _shown(claims: Sequence[Claim]) -> Iterator[Claim]:
    return (claim for claim in claims if claim.evidence.witness == SHOWN and has_time(claim.value))


def _moment(value: str) -> datetime:
    moment = instant_of(value)
    return moment if moment is not None and moment.tzinfo is not None else NEVER


def _later(updates: Sequence[Claim], published: Settled) -> Iterator[Claim]:
    """The updates after the publication, those without zone in the zone of the page's other line."""
    zone = next((zone for claim in _shown(published.others) if (zone := _zone(claim, published))), "")
    is_state = bool(published.values) and published.values[0].evidence.witness == STATE
    for claim in updates:
        if claim.evidence.witness == STATE and not is_state:
            continue  # The page states its dates, and no update: that the system touched the record is none.
        value = claim.value
        if zone and has_time(value) and not has_zone(value) and _is_soon(value, published.value or ""):
            value += zone
        if _is_later(value, published.value or "", is_shown=claim.evidence.witness == SHOWN):
            yield replace(claim, value=value)


def _zone(claim: Claim, published: Settled) -> str | None:
    """The zone of the page's clock: the line and mark-up give the same publication, one of them with zone."""
    return None if has_zone(claim.value) else zone_between(claim.value, published.value or "")


def _is_soon(value: str, published: str) -> bool:
    one, two = instant_of(value), instant_of(published)
    return one is not None and two is not None and abs(one - two.replace(tzinfo=None)) <= ONE_ZONE


def _is_later(value: str, published: str, *, is_shown: bool) -> bool:
    """After the publication, as far as both tell; a second is enough, where both give seconds.

    Beside a day without time, a clock that the page shows for the update says that there was one.
    """
    one, two = instant_of(value), instant_of(published)
    if one is None or two is None:
        return day_of(value) > day_of(published) or (is_shown and one is not None and day_of(value) == published)
    if one.tzinfo is None or two.tzinfo is None:
        one, two = one.replace(tzinfo=None), two.replace(tzinfo=None)
    if not (one.second and two.second):
        one, two = one.replace(second=0), two.replace(second=0)
    return one > two


def _precision(value: str) -> int:
    return has_time(value) + has_zone(value)
