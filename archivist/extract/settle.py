"""Which claim wins, and why: a table, read from left to right.

The strongest witness with a claim gives the field its value. Equal values are one claim, with the evidence of the
strongest witness. Losers are kept. A field without a witness of the table is unknown: no guess takes its place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archivist.extract.languages import agree
from archivist.extract.names import key_of
from archivist.extract.settle_dates import SHOWN, STATE, best_date
from archivist.model.article import Claim, FieldName, Settled

__all__ = ["TABLE", "Rule", "settle", "settle_by", "settle_contributors"]

MAX_VALUES: Final = 100
"""Winners kept of one field: more than any byline or list of keywords has."""
MAX_OTHERS: Final = 20
"""Losers kept of one field."""
BESIDE_NAMES: Final = 24
"""Letters beside the names in a line that only lists them: "Written by", "and", a day."""


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
    are_names: bool = False
    """Values that differ in accents and in the order of words are the same."""
    confirmed_by: str = ""
    """Where this witness and the strongest share a value, the lines that hold it win, and what both name in them."""
    language_by: str = ""
    """The field is a language; a claim that this witness contradicts comes after all that it agrees with."""
    day_by: str = ""
    """The field is a date, and this witness decides the day where it contradicts the winner."""
    is_first: bool = False
    """It is the first date that the article had."""


_AUTHORS: Final = (
    *("byline", "json-ld", "microdata", STATE, "meta", "open-graph", "dublin-core"),
    *("json-ld-creator", "signature"),
)
_DATES: Final = (
    *("json-ld", "open-graph", "microdata", "time-element", "visible-date", STATE),
    *("dublin-core", "meta", "title-element", "url"),
)
_OF_PDF: Final = Rule(
    witnesses=("pdf-info", "pdf-xmp"),
    reason="every program writes Info; one that knows no XMP leaves the XMP of an earlier one as it was",
)

TABLE: Final[dict[FieldName, Rule]] = {
    "title_shown": Rule(witnesses=("heading",), reason="only what is displayed is the headline as displayed"),
    "title": Rule(
        witnesses=(
            *("heading", "json-ld", "open-graph", "microdata", STATE),
            *("twitter", "meta", "dublin-core", "title-element"),
        ),
        reason="the displayed headline is what readers saw; og:title is often written for other sites",
    ),
    "description": Rule(
        witnesses=("heading", "json-ld", "open-graph", "meta", "microdata", STATE),
        reason="a displayed standfirst is part of the article; descriptions in mark-up may be cut",
    ),
    "authors": Rule(
        witnesses=_AUTHORS,
        reason="the byline is what the newspaper signs with; mark-up often names the editor or the publisher. Of "
        "several bylines on a page, those that JSON-LD knows are this article's. A name below the text last, for other "
        "stories are signed there",
        is_list=True,
        are_names=True,
        confirmed_by="json-ld",
    ),
    "organisations": Rule(
        witnesses=_AUTHORS,
        reason="as for authors",
        is_list=True,
    ),
    "contributors": Rule(
        witnesses=("text", "json-ld"), reason="the line of thanks names them", is_list=True, are_names=True
    ),
    "published": Rule(
        witnesses=_DATES,
        reason="mark-up gives the minute and the zone, which the line on the page seldom does; but readers are shown "
        "one day, and mark-up of a later one, in whatever zone, was written by a move to a new system. The address "
        "last, for its day may be that of the folder",
        day_by=SHOWN,
        is_first=True,
    ),
    "updated": Rule(witnesses=_DATES, reason="as for published", day_by=SHOWN),
    "site_name": Rule(
        witnesses=(
            "open-graph",
            "json-ld-website",
            "title-element",
            "meta",
            "json-ld",
            "microdata",
            "masthead",
            "dublin-core",
            "handle",
        ),
        reason="og:site_name is the name for readers, and so is what the title ends with and the host confirms; a "
        "publisher may be the company behind it",
    ),
    "canonical_url": Rule(
        witnesses=("link", "open-graph", "json-ld", "http-header"),
        reason="rel=canonical is made for this (RFC 6596)",
        is_exact=True,
    ),
    "section": Rule(
        witnesses=("json-ld", "open-graph", "meta", "microdata", STATE),
        reason="JSON-LD has the section's name for readers",
    ),
    "language": Rule(
        witnesses=("lang", "json-ld", "open-graph", "meta", "microdata", "dublin-core", "text", "http-header"),
        reason="the lang attribute is what browsers and screen readers go by; but where the text is certainly in "
        "another language, the mark-up is that of a template",
        language_by="text",
    ),
    "notes": Rule(witnesses=("text",), reason="corrections are displayed, or they are none", is_list=True),
    "paywall": Rule(witnesses=("json-ld", "open-graph"), reason="only the publisher knows"),
    "live": Rule(
        witnesses=("json-ld", "heading", "text"), reason="LiveBlogPosting says so; else the headline, or its container"
    ),
    "keywords": Rule(witnesses=("json-ld", "meta", "open-graph", "dublin-core"), reason="as given", is_list=True),
    "producer": _OF_PDF,
    "creator_tool": _OF_PDF,
}


def settle(name: FieldName, claims: Sequence[Claim]) -> Settled:
    """The winners and the losers of one field, by its rule."""
    return settle_by(TABLE[name], claims)


def settle_by(rule: Rule, claims: Sequence[Claim]) -> Settled:
    """The winners and the losers by this rule."""
    rank = {witness: place for place, witness in enumerate(rule.witnesses)}
    known = [claim for claim in claims if claim.evidence.witness in rank]
    known.sort(key=lambda claim: rank[claim.evidence.witness])
    if judge := next((claim.value for claim in known if claim.evidence.witness == rule.language_by), None):
        known.sort(key=lambda claim: not agree(claim.value, judge))
    if not known:
        return Settled()
    merged = _merged(known, rule)
    if rule.day_by:
        shown = [claim for claim in known if claim.evidence.witness == rule.day_by]
        winners = [best_date(merged, shown, is_first=rule.is_first)]
    elif rule.is_list:
        winners = _listed(merged, known, rule)
    else:
        winners = merged[:1]
    return Settled(values=tuple(winners), others=_without(merged, winners))


def settle_contributors(contributors: Settled, *, authors: Settled) -> Settled:
    """The contributors who are not among the authors: a byline may be repeated as "Reporting by"."""
    known = {key_of(claim.value) for claim in authors.values}
    values = tuple(claim for claim in contributors.values if key_of(claim.value) not in known)
    return Settled(values=values, others=_without((*contributors.values, *contributors.others), values))


def _merged(claims: Sequence[Claim], rule: Rule) -> list[Claim]:
    """Each value once, with the evidence of the strongest witness that gives it."""
    kept: dict[str, Claim] = {}
    for claim in claims:
        kept.setdefault(claim.value if rule.is_exact or rule.day_by else _key(claim.value, rule), claim)
    return list(kept.values())


def _listed(merged: Sequence[Claim], known: Sequence[Claim], rule: Rule) -> list[Claim]:
    strongest = merged[0].evidence.witness
    winners = [claim for claim in merged if claim.evidence.witness == strongest]
    if rule.confirmed_by and strongest != rule.confirmed_by:
        winners = _confirmed(winners, [claim for claim in known if claim.evidence.witness == rule.confirmed_by], rule)
    return winners[:MAX_VALUES]


def _confirmed(shown: Sequence[Claim], marked: Sequence[Claim], rule: Rule) -> list[Claim]:
    """Of the names that lines of the page show, those that mark-up knows, whole lists where it knows one of them."""
    by_key = {_key(claim.value, rule): claim for claim in marked}
    known = [claim for claim in shown if _key(claim.value, rule) in by_key]
    names = [claim.value for claim in shown]
    lists = [line for line in {claim.evidence.text.casefold() for claim in known} if _lists_only(line, names)]
    kept = [claim for claim in shown if claim in known or any(claim.value.casefold() in line for line in lists)]
    keys = {_key(claim.value, rule) for claim in shown}
    lines = {claim.evidence.text.casefold() for claim in known or shown}
    added = [
        claim
        for key, claim in by_key.items()
        if key not in keys and any(claim.value.casefold() in line for line in lines)
    ]
    return [*kept, *added] or list(shown)


def _lists_only(line: str, names: Sequence[str]) -> bool:
    """The line holds the names and little else."""
    for name in names:
        line = line.replace(name.casefold(), "")
    return sum(map(str.isalpha, line)) <= BESIDE_NAMES


def _without(claims: Sequence[Claim], winners: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(claim for claim in claims if claim not in winners)[:MAX_OTHERS]


def _key(value: str, rule: Rule) -> str:
    return key_of(value) if rule.are_names else " ".join(unicodedata.normalize("NFKC", value).casefold().split())
