"""What meta elements claim."""

from __future__ import annotations

import pytest

from archivist.extract.meta_tags import meta_claims
from tests.unit.extract.pages import page, pairs


def claims(meta: str) -> list[tuple[str, str]]:
    """The claims of one meta element."""
    return pairs(meta_claims(page(f"<html><head>{meta}</head><body></body></html>")))


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("og:title", "title"),
        ("og:description", "description"),
        ("og:site_name", "site_name"),
        ("article:section", "section"),
        ("news_keywords", "keywords"),
        ("DC.Title", "title"),
        ("citation_title", "title"),
        ("dcterms.title", "title"),
        ("DC:title", "title"),
        ("http://ogp.me/ns#title", "title"),
        ("https://ogp.me/ns/article#section", "section"),
        ("prism.publicationName", "site_name"),
        ("article:tag", "keywords"),
    ],
)
def test_names_are_known_whatever_their_case(key: str, field: str) -> None:
    """Each vocabulary's name for a field leads to that field, as a property and as a name."""
    assert [(field, "Harbour words")] == claims(f'<meta property="{key}" content="Harbour words">')
    assert [(field, "Harbour words")] == claims(f'<meta name="{key.upper()}" content=" Harbour\n words ">')


def test_evidence_says_where() -> None:
    """The claim names its vocabulary, the attribute it stands in and the exact text."""
    [(_, claim)] = meta_claims(page('<html><head><meta property="article:modified_time" content="1700000000">'))

    assert claim.value == "2023-11-14T22:13:20Z"
    assert claim.evidence.witness == "open-graph"
    assert claim.evidence.at == "/html/head/meta/@content"
    assert claim.evidence.text == "1700000000"


def test_dates_keep_zone_and_precision() -> None:
    """A date is taken as it stands; what is no date is no claim."""
    assert [("published", "2026-11-17T06:30:00+01:00")] == claims(
        '<meta property="article:published_time" content="2026-11-17T06:30:00+01:00">'
    )
    assert [("published", "2026-11-17")] == claims('<meta name="date" content="2026-11-17">')
    assert [] == claims('<meta property="article:published_time" content="soon">')


def test_authors_are_persons() -> None:
    """Names are separated, bodies told apart; the address of a profile is no author."""
    assert [("authors", "Mara Quill"), ("authors", "Jo Finch")] == claims(
        '<meta name="author" content="Mara Quill and Jo Finch">'
    )
    assert [("organisations", "Courier staff")] == claims('<meta name="author" content="Courier staff">')
    assert [] == claims('<meta property="article:author" content="https://social.example/courier.news">')


def test_language_is_a_language() -> None:
    """A locale becomes a language tag; a charset written there is none."""
    assert [("language", "pt-BR")] == claims('<meta property="og:locale" content="pt_BR">')
    assert [] == claims('<meta http-equiv="content-language" content="utf-8">')


def test_paywall_needs_a_locked_tier() -> None:
    """Only a tier that is not free says that there is a wall."""
    assert [("paywall", "yes")] == claims('<meta property="article:content_tier" content="metered">')
    assert [] == claims('<meta property="article:content_tier" content="free">')


def test_empty_and_unknown_elements_claim_nothing() -> None:
    """No content, a relative address, an unknown name: no claim."""
    assert [] == claims('<meta property="og:title" content="  ">')
    assert [] == claims('<meta property="og:title">')
    assert [] == claims('<meta property="og:url" content="/harbour">')
    assert [] == claims('<meta name="viewport" content="width=device-width">')


@pytest.mark.parametrize(
    ("key", "content", "expected"),
    [
        ("pubdate", "20261117063000", ("published", "2026-11-17T06:30:00")),
        ("lastmod", "20261118091500", ("updated", "2026-11-18T09:15:00")),
        ("publishdate", "20261117", ("published", "2026-11-17")),
        ("DCTERMS.date", "2026-11-17", ("published", "2026-11-17")),
        ("dc.date.issued", "2026-11", ("published", "2026-11")),
        ("cXenseParse:recs:publishtime", "2026-11-17T05:30:00Z", ("published", "2026-11-17T05:30:00Z")),
        ("datePublished", "2026-11-17", ("published", "2026-11-17")),
        ("http://ogp.me/ns/article#modified_time", "2026-11-18T09:15Z", ("updated", "2026-11-18T09:15Z")),
        ("mrf:authors", "Mara Quill", ("authors", "Mara Quill")),
        ("DC.Creator", "Quill, Mara", ("authors", "Mara Quill")),
        ("dc.language", "pt_BR", ("language", "pt-BR")),
    ],
)
def test_vocabularies(key: str, content: str, expected: tuple[str, str]) -> None:
    """Each system's own names, in its own notation."""
    assert [expected] == claims(f'<meta name="{key}" content="{content}">')


@pytest.mark.parametrize("key", ["DCSext.section", "dc.rights", "xdc.title", "http://ogp.me/ns/video#title", "dc."])
def test_other_vocabularies_are_not_heard(key: str) -> None:
    """A prefix alone is no sign."""
    assert [] == claims(f'<meta name="{key}" content="Harbour words">')


def test_titles_lose_the_site_and_keep_their_evidence() -> None:
    """The name of the site is known from og:site_name, wherever that stands."""
    [(_, title), _] = meta_claims(
        page(
            '<meta property="og:title" content="Guindastes parados – Diário do Cais">'
            '<meta property="og:site_name" content="Diário do Cais">'
        )
    )

    assert (title.value, title.evidence.text) == ("Guindastes parados", "Guindastes parados – Diário do Cais")


def test_an_address_is_no_site_s_name() -> None:
    """A slogan is cut off, an address is no name at all."""
    assert [] == claims('<meta property="og:site_name" content="https://courier.example">')
    assert [("site_name", "Muelle")] == claims('<meta property="og:site_name" content="Muelle | Noticias">')
    assert [] == claims('<meta http-equiv="content-language" content="und">')
