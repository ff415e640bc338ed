"""Which claim wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from archivist.extract.settle import MAX_OTHERS, MAX_VALUES, TABLE, settle, settle_contributors
from archivist.extract.settle_dates import settle_dates
from archivist.model.article import Claim, Evidence, FieldName

if TYPE_CHECKING:
    from archivist.model.article import Settled


def said(value: str, witness: str, *, at: str = "") -> Claim:
    """A claim of a witness."""
    return Claim(value=value, evidence=Evidence(witness=witness, at=at, text=value))


def shape(settled: Settled) -> tuple[list[str], list[str]]:
    """Winners and losers, values only."""
    return list(settled.texts), [claim.value for claim in settled.others]


def test_every_field_has_a_rule_and_a_reason() -> None:
    """The table is complete, and says why."""
    assert set(get_args(FieldName)) == set(TABLE)
    assert all(rule.reason and rule.witnesses for rule in TABLE.values())
    assert all(len(set(rule.witnesses)) == len(rule.witnesses) for rule in TABLE.values())
    assert all(rule.day_by in rule.witnesses for rule in TABLE.values() if rule.day_by)


@pytest.mark.parametrize("name", [name for name, rule in TABLE.items() if not (rule.day_by or rule.language_by)])
def test_each_witness_beats_the_next(name: FieldName) -> None:
    """In whatever order claims come, the leftmost witness of the table wins."""
    rule = TABLE[name]
    for stronger, weaker in zip(rule.witnesses, rule.witnesses[1:], strict=False):
        assert (["strong"], ["weak"]) == shape(settle(name, [said("weak", weaker), said("strong", stronger)]))


def test_equal_values_keep_the_strongest_evidence() -> None:
    """Case and spacing make no second claim, and the better place is the one that is named."""
    settled = settle("title", [said("CRANES  stand still", "meta"), said("Cranes stand still", "heading", at="h1")])

    assert (["Cranes stand still"], []) == shape(settled)
    assert settled.values[0].evidence.at == "h1"


def test_addresses_are_compared_letter_by_letter() -> None:
    """Two addresses that differ in capitals are two."""
    claims = [said("https://c.example/a", "link"), said("https://c.example/A", "open-graph")]

    assert (["https://c.example/a"], ["https://c.example/A"]) == shape(settle("canonical_url", claims))


def test_a_witness_outside_the_table_says_nothing() -> None:
    """No claim of a known witness: unknown."""
    assert ([], []) == shape(settle("title_shown", [said("Cranes", "json-ld")]))
    assert ([], []) == shape(settle("title_shown", []))


def test_all_of_a_list_win_in_order() -> None:
    """Two authors of one byline are two authors; the editor in the mark-up loses."""
    claims = [said("Mara Quill", "byline"), said("Ed Itor", "json-ld"), said("Jo Finch", "byline")]

    assert (["Mara Quill", "Jo Finch"], ["Ed Itor"]) == shape(settle("authors", claims))


def test_of_several_bylines_those_known_to_json_ld_win() -> None:
    """A name that only one of the page's bylines gives loses against one that mark-up confirms."""
    claims = [said("Mara Quill", "byline"), said("Jo Finch", "byline"), said("mara quill", "json-ld")]

    assert (["Mara Quill"], ["Jo Finch"]) == shape(settle("authors", claims))


def lines(*names: str, line: str, at: str) -> list[Claim]:
    """What a line on the page names."""
    return [Claim(value=name, evidence=Evidence(witness="byline", at=at, text=line)) for name in names]


def test_a_confirmed_line_wins_whole() -> None:
    """Where JSON-LD knows one of two who sign one line, both are authors; who stands in another line is not."""
    both = lines("Mara Quill", "Jo Finch", line="By Mara Quill and Jo Finch, 3 May", at="/p[1]")
    other = lines("Ada Brook", line="By Ada Brook", at="/p[2]")
    won = shape(settle("authors", [*both, *other, said("Mara Quill", "json-ld")]))

    assert (["Mara Quill", "Jo Finch"], ["Ada Brook"]) == won


def test_a_line_that_says_more_is_narrowed() -> None:
    """In a line that tells a story, only those whom JSON-LD knows are authors."""
    line = "Published by Mara Quill. The information about the dredging of the quay is Jo Finch's."

    assert (["Mara Quill"], ["Jo Finch"]) == shape(
        settle("authors", [*lines("Mara Quill", "Jo Finch", line=line, at="/p"), said("Mara Quill", "json-ld")])
    )


def test_names_that_both_know_are_added() -> None:
    """A name that was not told apart in the line, but stands there and in JSON-LD, is an author's."""
    claims = [*lines("Mara Quill", line="Mara Quill Jo Finch", at="/p"), said("Mara Quill", "json-ld")]

    assert ["Mara Quill", "Jo Finch"] == shape(settle("authors", [*claims, said("Jo Finch", "json-ld")]))[0]
    assert ["Mara Quill"] == shape(settle("authors", [*claims, said("Ada Brook", "json-ld")]))[0]


def test_a_line_is_read_by_what_mark_up_knows() -> None:
    """Where something else was taken for the name in a line that holds an author's, the author wins."""
    claims = [*lines("Copy That", line="Mara Quill Copy That", at="/p"), said("Mara Quill", "json-ld")]

    assert (["Mara Quill"], ["Copy That"]) == shape(settle("authors", claims))


def test_names_are_compared_without_accents_and_order() -> None:
    """One person is named once, as the strongest witness writes it."""
    assert (["José Ruiz"], []) == shape(settle("authors", [said("José Ruiz", "byline"), said("RUIZ Jose", "json-ld")]))


def test_signatures_come_last() -> None:
    """A name below the text is believed where nobody else names anybody."""
    below = said("Ada Brook", "signature")

    assert (["Ada Brook"], []) == shape(settle("authors", [below]))
    assert (["Mara Quill"], ["Ada Brook"]) == shape(settle("authors", [below, said("Mara Quill", "meta")]))


def test_authors_are_no_contributors() -> None:
    """Who signs the article is not thanked as well."""
    contributors = settle("contributors", [said("Mara Quill", "text"), said("Piers Quillon", "text")])
    authors = settle("authors", [said("MARA QUILL", "byline")])

    assert (["Piers Quillon"], ["Mara Quill"]) == shape(settle_contributors(contributors, authors=authors))


def test_lists_are_bounded() -> None:
    """However many claims there are, a bounded number is kept."""
    claims = [said(f"word {number}", "json-ld") for number in range(1_000)]
    settled = settle("keywords", claims)

    assert MAX_VALUES == len(settled.values)
    assert MAX_OTHERS == len(settled.others)


def test_machines_give_the_moment() -> None:
    """Mark-up that agrees with the line in the day wins, for it has minute and zone."""
    claims = [said("2026-11-17", "visible-date"), said("2026-11-17T06:30:00+01:00", "json-ld")]

    assert (["2026-11-17T06:30:00+01:00"], ["2026-11-17"]) == shape(settle("published", claims))


def test_the_more_exact_of_one_moment_wins() -> None:
    """A weaker witness with the zone beats a stronger one without."""
    claims = [said("2026-11-17T06:30", "json-ld"), said("2026-11-17T06:30+01:00", "microdata")]

    assert settle("published", claims).value == "2026-11-17T06:30+01:00"


@pytest.mark.parametrize(
    ("machine", "shown"),
    [
        ("2026-11-17T23:30:00Z", "2026-11-18"),  # shown in Tokyo
        ("2026-11-18T02:46:42Z", "2026-11-17"),  # shown in Honolulu
        ("2026-11-18T02:46:42Z", "2026-11"),
        ("2026-11", "2026-11-17"),
    ],
)
def test_another_zone_is_no_contradiction(machine: str, shown: str) -> None:
    """Where some zone brings the moment to the day that is shown, mark-up keeps its say."""
    assert settle("published", [said(shown, "visible-date"), said(machine, "json-ld")]).value == machine


@pytest.mark.parametrize("machine", ["2026-11-19T12:00:00Z", "2026-11-18T06:30:00", "2026-11-18", "2027-11"])
def test_the_day_shown_decides(machine: str) -> None:
    """Mark-up that no zone brings to the day that is shown loses; another that agrees is preferred to the line."""
    claims = [said(machine, "json-ld"), said("2026-11-17", "visible-date")]
    agreeing = said("2026-11-17T06:30:00+01:00", "open-graph")

    assert settle("published", claims).value == "2026-11-17"
    assert settle("published", [*claims, agreeing]).value == agreeing.value


@pytest.mark.parametrize(
    ("updated", "published"),
    [
        ("2026-11-17T06:30:00Z", "2026-11-17T06:30:00Z"),
        ("2026-11-17T06:30:40Z", "2026-11-17T07:30+01:00"),
        ("2026-11-17", "2026-11-17T06:30:00Z"),
        ("2026-11-17T06:00:00Z", "2026-11-17T06:30:00Z"),
        ("2026-11-17T06:30", "2026-11-17T06:30:00+01:00"),
    ],
)
def test_no_update_at_or_before_publication(updated: str, published: str) -> None:
    """A "modified" that repeats or precedes the publication is unknown, and is kept among the losers."""
    _, settled = settle_dates(
        settle("published", [said(published, "json-ld")]), settle("updated", [said(updated, "json-ld")])
    )

    assert ([], [updated]) == shape(settled)


def test_a_later_claim_takes_the_place() -> None:
    """Local time stamped as UTC precedes publication; the witness that is right is heard instead."""
    claims = [said("2026-11-17T04:21:10Z", "json-ld"), said("2026-11-17T08:21:10Z", "open-graph")]
    published = settle("published", [said("2026-11-17T08:21:02Z", "json-ld")])

    _, settled = settle_dates(published, settle("updated", claims))

    assert (["2026-11-17T08:21:10Z"], ["2026-11-17T04:21:10Z"]) == shape(settled)


def test_an_update_without_publication_stands() -> None:
    """Where publication is unknown there is nothing to compare with."""
    updated = settle("updated", [said("2026-11-17", "visible-date")])

    assert settle_dates(settle("published", []), updated)[1] == updated


def test_the_text_orders_claims_of_its_language() -> None:
    """What agrees with the text comes first, by strength; without a text, strength alone decides."""
    claims = [said("en-US", "lang"), said("pt-BR", "open-graph"), said("pt", "dublin-core")]

    assert ["en-US"] == [claim.value for claim in settle("language", claims).values]
    assert (["pt-BR"], ["pt", "en-US"]) == shape(settle("language", [*claims, said("pt", "text")]))
    assert ["zu"] == [claim.value for claim in settle("language", [*claims, said("zu", "text")]).values]
