"""Witness: fields of the HTTP answer."""

from __future__ import annotations

import time

import pytest

from archivist.extract.article import read_article
from archivist.extract.html import parse_html
from archivist.extract.http_headers import header_claims

URL = "https://courier.example/news/cranes"


def found(*headers: tuple[str, str], page: bytes = b"<html><p>x</p></html>") -> list[tuple[str, str, str]]:
    """Field, value and place of each claim."""
    html = parse_html(page, url=URL, content_type="text/html")
    return [(field, claim.value, claim.evidence.at) for field, claim in header_claims(headers, html)]


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ('<https://courier.example/a>; rel="canonical"', "https://courier.example/a"),
        ("</a>; rel=canonical", "https://courier.example/a"),
        (
            '<b.css>; rel="preload"; as="style", <a>; title="A, B"; rel="shortlink canonical"',
            "https://courier.example/news/a",
        ),
        ('<a>; rel="alternate"', None),
        ('<javascript:alert(1)>; rel="canonical"', None),
        ("<a>; rel=canonicalish", None),
        ("", None),
    ],
)
def test_canonical(value: str, url: str | None) -> None:
    """Only what has the relation, and is an address."""
    assert ([("canonical_url", url, "Link")] if url else []) == found(("Link", value))


def test_language() -> None:
    """One tag; a list names the languages of readers, not of the text."""
    assert [("language", "de-AT", "Content-Language")] == found(("Content-Language", "de-AT"))
    assert [] == found(("Content-Language", "de, en"), ("Content-Language", "utf-8"))


def test_last_and_least() -> None:
    """The page itself is believed before its server; Last-Modified is no claim at all."""
    page = b"<html lang='cy'><link rel='canonical' href='/own'><h1>Craeniau</h1><p>x</p></html>"
    headers = [("Content-Language", "en"), ("Link", "</other>; rel=canonical"), ("Last-Modified", "Tue, 24 Nov 2026")]
    article = read_article(parse_html(page, url=URL, content_type="text/html"), headers=headers)
    assert "cy" == article.value("language")
    assert "https://courier.example/own" == article.value("canonical_url")
    assert ["en"] == [claim.value for claim in article.settled("language").others]
    assert None is article.value("updated")


def test_flood() -> None:
    """A field of a megabyte is looked at in its beginning only."""
    begun = time.process_time()
    assert [] == found(
        ("Link", "<a>; x=1" * 100_000), ("Link", "<a" * 100_000), ("Link", '<a>; rel="' + "b " * 100_000)
    )
    assert time.process_time() - begun < 2
