"""Links in text that stayed."""

from __future__ import annotations

import pytest

from archivist.diff.links import compare_links
from archivist.model.article import Block, Link
from archivist.model.target import same_target, without_tracking
from tests.unit.diff.editions import block

A, B = "https://a.example/x", "https://a.example/y"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?utm_source=feed&id=7#top", "https://a.example/x?id=7#top"),
        ("https://a.example/x?fbclid=1", "https://a.example/x"),
        ("https://a.example/x?q=a%20b&c", "https://a.example/x?q=a%20b&c"),
        ("http://[bad", "http://[bad"),
    ],
)
def test_without_tracking(url: str, expected: str) -> None:
    """Only parameters that say where a reader came from are taken off."""
    assert expected == without_tracking(url)


@pytest.mark.parametrize("other", ["http://A.example/x/", "https://a.example:443/x", "https://a.example/x?gclid=9#n"])
def test_same_target(other: str) -> None:
    """Scheme, default port, case of the host, closing slash and tracking do not change where a link points."""
    assert same_target(A) == same_target(other)


def test_broken_address() -> None:
    """A broken address points to itself."""
    assert "http://[bad" == same_target("http://[bad")


def test_repeated_words() -> None:
    """Of two links with the same words the one that changed is told."""
    old, new = Link(url=A, text="here"), Link(url=B, text="here")
    pair = [
        Block(kind="paragraph", text="Look here or here.", path="p", links=links) for links in ((old, old), (old, new))
    ]
    assert [(A, B)] == [(change.old, change.new) for change in compare_links([(pair[0], pair[1])])]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"the report": A}, {"the report": A}, []),
        ({"the report": A}, {"the report": f"{A}?utm_medium=x"}, []),
        ({"the report": A}, {"the report": B}, [(A, B)]),
        ({}, {"the report": B}, [(None, B)]),
        ({"the report": A}, {}, [(A, None)]),
        ({"the report": A}, {"report": A}, [(A, None), (None, A)]),
    ],
)
def test_links(old: dict[str, str], new: dict[str, str], expected: list[tuple[str | None, str | None]]) -> None:
    """Links are held against each other by their words."""
    pair = (block("See the report.", links=old), block("See the report.", links=new))
    assert expected == [(change.old, change.new) for change in compare_links([pair])]


def test_link_in_new_words() -> None:
    """A link that came with its words is told by the words alone."""
    pair = (block("See below."), block("See the report below.", links={"the report": A}))
    assert () == compare_links([pair])
