"""SNAP looked up: each form of the grammar finds what it says, or says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archivist.catalog.reader import Catalog
from archivist.catalog.select import find, find_article
from archivist.catalog.writer import in_memory
from archivist.errors import NotFound, UsageError
from tests.unit.catalog.statements import CRANE, HARBOUR, Numbered, article, numbered, snapshot

MOMENTS = [
    ("A", "2026-11-22T23:59:59.999999Z"),
    ("A", "2026-11-23T00:00:00.000000Z"),
    ("B", "2026-11-23T10:00:59.000000Z"),
    ("C", "2026-11-23T10:01:00.000000Z"),
    ("A", "2026-11-25T08:00:00.000000Z"),
]

HANDLE = "https://courier.example:8080/@desk/note"
ODD = "https://courier.example:8080/@2"
ROOT = "https://courier.example:8080/"
SHARED = "abcdef01"


def newsroom() -> list[Numbered]:
    """An archive with an article of five snapshots, and others with odd addresses."""
    crane = [
        numbered(
            snapshot(
                number=number, fingerprint=letter, started=started, reading=article(title="A Çrane falls, façade")
            ),
            as_id=f"{number}c{number:062}",
        )
        for number, (letter, started) in enumerate(MOMENTS, start=1)
    ]
    others = [(HARBOUR, "Harbour tax"), (HANDLE, "A note"), (ODD, "Odd"), (ROOT, "Front")]
    return crane + [
        numbered(
            snapshot(url, started=f"2026-11-01T00:00:0{n}.000000Z", reading=article(title=title)),
            as_id=f"{SHARED}{n:056}",
        )
        for n, (url, title) in enumerate(others)
    ]


@pytest.fixture(scope="module")
def catalog() -> Iterator[Catalog]:
    """The newsroom's catalog."""
    with in_memory(newsroom()) as made:
        yield made


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("@last", 5),
        (CRANE, 5),
        ("HTTPS://Courier.example:443/2026/crane-collapse#top", 5),
        (f"{CRANE}?utm_source=feed", 5),
        (f"{CRANE}@1", 1),
        (f"{CRANE}@2", 3),
        (f"{CRANE}@3", 4),
        (f"{CRANE}@4", 5),
        (f"{CRANE}@-1", 4),
        (f"{CRANE}@-3", 1),
        (f"{CRANE}@2026-11-22", 1),
        (f"{CRANE}@2026-11-23", 4),
        (f"{CRANE}@2026-11-24", 4),
        (f"{CRANE}@2026-11-25", 5),
        (f"{CRANE}@2030-01-01", 5),
        (f"{CRANE}@2026-11-23T00:00", 2),
        (f"{CRANE}@2026-11-22T23:59", 1),
        (f"{CRANE}@2026-11-23T10:00", 3),
        (f"{CRANE}@2026-11-23T10:00:58", 2),
        (f"{CRANE}@2026-11-23T10:01", 4),
        (f"{CRANE}@2026-11-23T01:00:00+01:00", 2),
        (f"{CRANE}@2026-11-23T00:59+01:00", 1),
        (f"{CRANE}@2026-11-23T10:00:59.000000Z", 3),
        ("3c0000", 3),
        ("3C000000", 3),
        ("crane-collapse", 5),
        ("çRANE", 5),
        ("falls collapse", 5),
        ("crane@2", 3),
        ("crane@2026-11-23", 4),
    ],
)
def test_finds(catalog: Catalog, words: str, number: int) -> None:
    """The words name this snapshot of the crane."""
    found = find(catalog, words)

    assert (CRANE, number) == (found.article, found.number)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (HANDLE, HANDLE),
        (f"{HANDLE}@1", HANDLE),
        (ODD, ODD),
        (f"{ODD}@1", ODD),
        (ROOT, ROOT),
        (f"{ROOT}@1", ROOT),
        ("@desk", HANDLE),
        ("tax", HARBOUR),
    ],
)
def test_at_in_addresses(catalog: Catalog, words: str, key: str) -> None:
    """An @ that belongs to the address is not taken for ours; an address that is in the archive goes first."""
    assert key == find(catalog, words).article


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("https://courier.example/other", "nothing of https://courier.example/other is in this archive"),
        ("https://courier.example/other@2", "nothing of https://courier.example/other is in this archive"),
        (f"{CRANE}@5", "has 4 versions, and no version 5"),
        (f"{CRANE}@-4", "has 4 versions, and no version 4 before the newest"),
        (f"{HARBOUR}@-1", "has 1 version, and no version 1 before the newest"),
        (f"{CRANE}@2026-11-21", "was first seen 2026-11-22T23:59Z, after 2026-11-21T23:59Z"),
        ("ffffff", "no snapshot's id begins with ffffff"),
        ("zebra", "mentions 'zebra'"),
        ("3c000", "mentions '3c000'"),
    ],
)
def test_not_found(catalog: Catalog, words: str, message: str) -> None:
    """What is not there is said to be not there, and a hint says where to look."""
    with pytest.raises(NotFound) as caught:
        find(catalog, words)

    assert message in str(caught.value)
    assert str(caught.value.hint).startswith("archivist l")


def test_ambiguous_id(catalog: Catalog) -> None:
    """An ambiguous prefix lists its candidates with their articles."""
    with pytest.raises(UsageError) as caught:
        find(catalog, SHARED)

    assert all(key in str(caught.value) for key in (HARBOUR, HANDLE, ODD, ROOT))


def test_ambiguous_words(catalog: Catalog) -> None:
    """Words that several articles hold list these and no others."""
    with pytest.raises(UsageError) as caught:
        find(catalog, "8080")

    assert all(key in str(caught.value) for key in (HANDLE, ODD, ROOT))
    assert HARBOUR not in str(caught.value)


@pytest.mark.parametrize("words", ["", "@2", f"{CRANE}@0", f"{CRANE}@2026-02-30", "https://user:word@courier.example/"])
def test_wrong_words(catalog: Catalog, words: str) -> None:
    """Wrong words are wrong words, whatever is in the archive."""
    with pytest.raises(UsageError):
        find(catalog, words)


def test_word_that_is_hex() -> None:
    """A word of a headline that could be an id is looked for as a word when no id begins so."""
    with in_memory([numbered(snapshot(reading=article(title="Facade of the town hall")), as_id="0" * 64)]) as catalog:
        assert CRANE == find(catalog, "facade").article


def test_escaped_address() -> None:
    """A piece of an address is found in the letters that people read."""
    url = "https://courier.example/%E6%B8%AF-crane"
    with in_memory([numbered(snapshot(url), as_id="0" * 64)]) as catalog:
        assert url == find(catalog, "港").article


def test_empty_archive() -> None:
    """In an archive without snapshots, @last is not found and the hint says how to begin."""
    with in_memory([]) as catalog, pytest.raises(NotFound) as caught:
        find(catalog, "@last")

    assert "archivist snap URL" == caught.value.hint


@pytest.mark.parametrize("words", [CRANE, f"{CRANE}@2", "3c0000", "@last", "collapse"])
def test_article(catalog: Catalog, words: str) -> None:
    """Each form names an article as well as a snapshot."""
    assert CRANE == find_article(catalog, words).key


def test_no_article(catalog: Catalog) -> None:
    """An article that is not there is not found."""
    with pytest.raises(NotFound):
        find_article(catalog, "https://courier.example/other")
