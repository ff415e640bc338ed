"""Canonical address, language, date in the address."""

from __future__ import annotations

import pytest

from archivist.extract.link_rel import is_language, link_claims
from tests.unit.extract.pages import page, pairs


def claims(markup: str, *, url: str = "https://courier.example/a") -> list[tuple[str, str]]:
    """The claims of a page at an address."""
    return pairs(link_claims(page(markup, url=url)))


def test_canonical_is_made_absolute() -> None:
    """A relative canonical address is resolved against the page; the evidence keeps what stands there."""
    [(name, claim)] = link_claims(page('<html><head><link rel="Canonical" href="/harbour#top"></head></html>'))

    assert (name, claim.value) == ("canonical_url", "https://courier.example/harbour")
    assert claim.evidence.text == "/harbour#top"


def test_other_links_claim_nothing() -> None:
    """Only rel=canonical, and only with an address that can be asked for."""
    assert [] == claims('<html><head><link rel="alternate" href="/feed"></head></html>')
    assert [] == claims('<html><head><link rel="canonical" href="javascript:void(0)"></head></html>')
    assert [] == claims('<html><head><link rel="canonical"></head></html>')


def test_language_of_the_root() -> None:
    """``lang``, or ``xml:lang`` where that is missing, with the tag's usual hyphen."""
    assert [("language", "pt-BR")] == claims('<html lang="pt_BR"></html>')
    assert [("language", "fr")] == claims('<html xml:lang="fr"></html>')
    assert [] == claims('<html lang="none of your business"></html>')


@pytest.mark.parametrize(
    ("text", "expected"), [("en", True), ("zh-Hant-TW", True), ("utf-8", False), ("utf-16", False), ("x", False)]
)
def test_is_language(text: str, *, expected: bool) -> None:
    """BCP 47: two or three letters, then subtags."""
    assert is_language(text) is expected


@pytest.mark.parametrize("path", ["2026/11/17/cranes", "news/2026-11-17/cranes", "2026/11/17"])
def test_date_in_the_address(path: str) -> None:
    """A full date in the path is a claim, the weakest."""
    assert [("published", "2026-11-17")] == claims("<html></html>", url=f"https://courier.example/{path}")


@pytest.mark.parametrize("path", ["2026/11/cranes", "2026/13/01/x", "2026/11/99", "120261117", "a2026/11/171"])
def test_other_numbers_are_no_date(path: str) -> None:
    """A month alone, an impossible day, a number: nothing."""
    assert [] == claims("<html></html>", url=f"https://courier.example/{path}")
