"""Sites that sign as authors."""

from __future__ import annotations

import pytest

from archivist.extract.claims import claim
from archivist.extract.newsroom import newsroom_apart
from tests.unit.extract.pages import read, story

URL = "https://www.le-quai.example/port/grues"


@pytest.mark.parametrize(
    ("name", "is_site"),
    [
        ("Le Quai", True),
        ("LE QUAI", True),
        ("Harbour Courier", True),
        ("harbour  courier", True),
        ("Mara Quill", False),
        ("Www", False),
    ],
)
def test_the_sites_name_is_no_person(name: str, *, is_site: bool) -> None:
    """A name that the site or its host has is a body's, whatever its mark-up says."""
    said = claim(name, witness="json-ld", at="1#/author/0")
    site = claim("Harbour Courier", witness="open-graph", at="/html/head/meta")
    sorted_out = newsroom_apart({"authors": [said], "site_name": [site]}, URL)

    assert ([] if is_site else [said], [said] if is_site else []) == (
        sorted_out["authors"],
        sorted_out.get("organisations", []),
    )


def test_the_sites_name_behind_a_persons_falls_away() -> None:
    """A full name is left; one that only looks like the site's keeps its words."""
    said = [claim(name, witness="byline", at="/p") for name in ("Mara Quill Quai", "Mara Quai", "Jo Quai Finch")]
    site = claim("Le Quai", witness="open-graph", at="/meta")
    sorted_out = newsroom_apart({"authors": said, "site_name": [site]}, URL)

    assert ["Mara Quill", "Mara Quai", "Jo Quai Finch"] == [each.value for each in sorted_out["authors"]]


def test_pages() -> None:
    """The publisher in the mark-up gives way to the person in the byline, and stays a body."""
    data = """<meta property="og:site_name" content="Saltmere Kurier"><script type="application/ld+json">
    {"@type": "NewsArticle", "author": {"@type": "Person", "name": "Saltmere Kurier"}}</script>"""
    article = read(story(head=data, above='<p class="byline">Von Mara Quill</p>', language="de"))
    alone = read(story(head=data, language="de"))

    assert (("Mara Quill",), ("Saltmere Kurier",)) == (
        article.settled("authors").texts,
        article.settled("organisations").texts,
    )
    assert ((), ("Saltmere Kurier",)) == (alone.settled("authors").texts, alone.settled("organisations").texts)


def test_odd_addresses() -> None:
    """An address that cannot be read leaves a problem, and the claims as they are."""
    article = read(story(above='<p class="byline">By Mara Quill</p>'), url="http://[courier")

    assert ("Mara Quill",) == article.settled("authors").texts
    assert "newsroom could not be read: ValueError" in article.problems
