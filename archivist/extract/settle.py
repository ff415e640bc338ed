"""Which claim wins, and why: a table, read from left to right.

The strongest witness with a claim gives the field its value. Equal values are one claim, with the evidence of the
strongest witness. Losers are kept. A field without a witness of the table is unknown: no guess takes its place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Final

from archivist.extract.dates import day_of, has_time, has_zone, instant_of, same_moment
from archivist.model.article import Claim, FieldName, Settled

__all__ = ["TABLE", "Rule", "settle", "settle_update"]

MAX_VALUES: Final = 100
"""Winners kept of one field: more than any byline or list of keywords has."""
MAX_OTHERS: Final = 20
"""Losers kept of one field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one field is settled."""

    witnesses: tuple[str, ...]
    """Strongest first."""
    reason: str
    is_list: bool = False
    """All values of the strongest witness win, in the order found."""
    is_exact: bool = False
    """Values that differ in capitals differ: addresses do."""
    confirmed_by: str = ""
    """A list of this witness that shares a value with the strongest one's narrows it to what both say."""
    day_by: str = ""
    """The field is a date, and this witness decides the day where it contradicts the winner."""


_AUTHORS: Final = ("byline", "json-ld", "microdata", "meta", "open-graph", "dublin-core", "json-ld-creator")
_DATES: Final = ("json-ld", "open-graph", "microdata", "time-element", "visible-date", "dublin-core", "meta", "url")

TABLE: Final[dict[FieldName, Rule]] = {
    "title_shown": Rule(witnesses=("heading",), reason="only what is displayed is the headline as displayed"),
    "title": Rule(
        witnesses=("heading", "json-ld", "open-graph", "microdata", "twitter", "meta", "dublin-core", "title-element"),
        reason="the displayed headline is what readers saw; og:title is often written for other sites",
    ),
    "description": Rule(
        witnesses=("heading", "json-ld", "open-graph", "meta", "microdata"),
        reason="a displayed standfirst is part of the article; descriptions in mark-up may be cut",
    ),
    "authors": Rule(
        witnesses=_AUTHORS,
        reason="the byline is what the newspaper signs with; mark-up often names the editor or the publisher. Of "
        "several bylines on a page, those that JSON-LD knows are this article's",
        is_list=True,
        confirmed_by="json-ld",
    ),
    "organisations": Rule(
        witnesses=_AUTHORS,
        reason="as for authors",
        is_list=True,
    ),
    "contributors": Rule(witnesses=("text", "json-ld"), reason="the line of thanks names them", is_list=True),
    "published": Rule(
        witnesses=_DATES,
        reason="mark-up gives the minute and the zone, which the line on the page seldom does; but readers are shown "
        "one day, and mark-up that no zone on earth brings to that day was written by a move to a new system. The "
        "address last, for its day may be that of the folder",
        day_by="visible-date",
    ),
    "updated": Rule(witnesses=_DATES, reason="as for published", day_by="visible-date"),
    "site_name": Rule(
        witnesses=("open-graph", "json-ld-website", "json-ld", "meta"),
        reason="og:site_name is the name for readers; a publisher may be the company behind it",
    ),
    "canonical_url": Rule(
        witnesses=("link", "open-graph", "json-ld"),
        reason="rel=canonical is made for this (RFC 6596)",
        is_exact=True,
    ),
    "section": Rule(
        witnesses=("json-ld", "open-graph", "meta", "microdata"), reason="JSON-LD has the section's name for readers"
    ),
    "language": Rule(
        witnesses=("lang", "json-ld", "open-graph", "meta", "dublin-core"),
        reason="the lang attribute is what browsers and screen readers go by",
    ),
    "notes": Rule(witnesses=("text",), reason="corrections are displayed, or they are none", is_list=True),
    "paywall": Rule(witnesses=("json-ld", "open-graph"), reason="only the publisher knows"),
    "live": Rule(
        witnesses=("json-ld", "heading", "text"), reason="LiveBlogPosting says so; else the headline, or its container"
    ),
    "keywords": Rule(witnesses=("json-ld", "meta"), reason="as given", is_list=True),
    "producer": Rule(witnesses=("pdf-info",), reason="as given"),
}


def settle(name: FieldName, claims: Sequence[Claim]) -> Settled:
    """The winners and the losers of one field, by its rule."""
    rule = TABLE[name]
    rank = {witness: place for place, witness in enumerate(rule.witnesses)}
    known = [claim for claim in claims if claim.evidence.witness in rank]
    known.sort(key=lambda claim: rank[claim.evidence.witness])
    if not known:
        return Settled()
    merged = _merged(known, is_exact=rule.is_exact or bool(rule.day_by))
    if rule.day_by:
        winners = [_dated(merged, [claim for claim in known if claim.evidence.witness == rule.day_by])]
    elif rule.is_list:
        winners = _listed(merged, known, rule)
    else:
        winners = merged[:1]
    return Settled(values=tuple(winners), others=_without(merged, winners))


def settle_update(updated: Settled, *, published: Settled) -> Settled:
    """The update that is none before or at publication; unknown where only such are claimed.

    Systems write "modified" at publication, and stamp local time as UTC: neither says that anything changed.
    """
    if published.value is None or updated.value is None:
        return updated
    claims = (*updated.values, *updated.others)
    winner = next((claim for claim in claims if _is_later(claim.value, published.value)), None)
    values = (winner,) if winner else ()
    return Settled(values=values, others=_without(claims, values))


def _merged(claims: Sequence[Claim], *, is_exact: bool) -> list[Claim]:
    """Each value once, with the evidence of the strongest witness that gives it."""
    kept: dict[str, Claim] = {}
    for claim in claims:
        kept.setdefault(claim.value if is_exact else _key(claim.value), claim)
    return list(kept.values())


def _listed(merged: Sequence[Claim], known: Sequence[Claim], rule: Rule) -> list[Claim]:
    strongest = merged[0].evidence.witness
    winners = [claim for claim in merged if claim.evidence.witness == strongest]
    confirmed = {_key(claim.value) for claim in known if claim.evidence.witness == rule.confirmed_by}
    narrowed = [claim for claim in winners if _key(claim.value) in confirmed]
    return (narrowed or winners)[:MAX_VALUES]


def _dated(merged: Sequence[Claim], shown: Sequence[Claim]) -> Claim:
    """The strongest claim that the shown day allows, or one that says the same moment more exactly."""
    allowed = [claim for claim in merged if any(_may_be_shown_as(claim.value, each.value) for each in shown)]
    winner, *rest = allowed or merged
    for claim in rest:
        if same_moment(winner.value, claim.value) and _precision(claim.value) > _precision(winner.value):
            winner = claim
    return winner


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


def _is_later(value: str, published: str) -> bool:
    """After the publication, as far as both tell; a second is enough, where both give seconds."""
    one, two = instant_of(value), instant_of(published)
    if one is None or two is None:
        return day_of(value) > day_of(published)
    if one.tzinfo is None or two.tzinfo is None:
        one, two = one.replace(tzinfo=None), two.replace(tzinfo=None)
    if not (one.second and two.second):
        one, two = one.replace(second=0), two.replace(second=0)
    return one > two


def _precision(value: str) -> int:
    return has_time(value) + has_zone(value)


def _without(claims: Sequence[Claim], winners: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if claim not in winners)[:MAX_OTHERS]


def _key(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
