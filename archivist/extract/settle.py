"""Which claim wins, and why: a table, read from left to right.

The strongest witness with a claim gives the field its value. Equal values are one claim, with the evidence of the
strongest witness. Losers are kept. A field without a witness of the table is unknown: no guess takes its place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archivist.extract.dates import has_time, has_zone, same_moment
from archivist.model.article import Claim, FieldName, Settled

__all__ = ["TABLE", "Rule", "settle"]

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
        witnesses=("byline", "json-ld", "microdata", "meta", "open-graph", "dublin-core", "json-ld-creator"),
        reason="the byline is what the newspaper signs with; mark-up often names the editor or the publisher",
        is_list=True,
    ),
    "organisations": Rule(
        witnesses=("byline", "json-ld", "microdata", "meta", "open-graph", "dublin-core", "json-ld-creator"),
        reason="as for authors",
        is_list=True,
    ),
    "contributors": Rule(witnesses=("text", "json-ld"), reason="the line of thanks names them", is_list=True),
    "published": Rule(
        witnesses=_DATES,
        reason="mark-up gives the minute and the zone, which the line on the page seldom does; the address last, "
        "for its day may be that of the folder",
    ),
    "updated": Rule(witnesses=_DATES, reason="as for published"),
    "site_name": Rule(
        witnesses=("open-graph", "json-ld-website", "json-ld", "meta"),
        reason="og:site_name is the name for readers; a publisher may be the company behind it",
    ),
    "canonical_url": Rule(
        witnesses=("link", "open-graph", "json-ld"), reason="rel=canonical is made for this (RFC 6596)"
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
    "live": Rule(witnesses=("json-ld",), reason="LiveBlogPosting says so"),
    "keywords": Rule(witnesses=("json-ld", "meta"), reason="as given", is_list=True),
    "producer": Rule(witnesses=("pdf-info",), reason="as given"),
}


def settle(name: FieldName, claims: Sequence[Claim]) -> Settled:
    """The winners and the losers of one field, by its rule."""
    rule = TABLE[name]
    rank = {witness: place for place, witness in enumerate(rule.witnesses)}
    known = sorted(
        (claim for claim in claims if claim.evidence.witness in rank), key=lambda c: rank[c.evidence.witness]
    )
    merged = _merged(known, is_date=name in {"published", "updated"})
    if not merged:
        return Settled()
    if name in {"published", "updated"}:
        winner = _finest(merged)
        return Settled(values=(winner,), others=_without(merged, [winner]))
    strongest = merged[0].evidence.witness
    winners = [claim for claim in merged if claim.evidence.witness == strongest] if rule.is_list else merged[:1]
    return Settled(values=tuple(winners), others=_without(merged, winners))


def _merged(claims: Sequence[Claim], *, is_date: bool) -> list[Claim]:
    """Each value once, with the evidence of the strongest witness that gives it."""
    kept: list[Claim] = []
    seen: set[str] = set()
    for claim in claims:
        key = claim.value if is_date else _key(claim.value)
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept


def _finest(claims: Sequence[Claim]) -> Claim:
    """The strongest claim, or one that says the same moment more exactly."""
    winner = claims[0]
    for claim in claims[1:]:
        if same_moment(winner.value, claim.value) and _precision(claim.value) > _precision(winner.value):
            winner = claim
    return winner


def _precision(value: str) -> int:
    return has_time(value) + has_zone(value)


def _without(claims: Sequence[Claim], winners: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if claim not in winners)[:MAX_OTHERS]


def _key(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
