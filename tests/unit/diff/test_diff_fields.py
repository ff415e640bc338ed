"""Fields and dates."""

from __future__ import annotations

import pytest

from archivist.diff.dates import movement, shown
from archivist.diff.fields import compare_article_fields, compare_document_fields
from tests.unit.diff.editions import article, block, document


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2026-11-20", "2026-11-20", "same"),
        ("2026-11-20", "2026-11-21", "later"),
        ("2026-11-21", "2026-11-20", "earlier"),
        ("2026-11-20", "2026-11-20T09:15", "same"),
        ("2026-11", "2026-12-01", "later"),
        ("2026-11-20T09:15:00Z", "2026-11-20T10:15:00+01:00", "same"),
        ("2025-01-05T14:08:27+0100", "2025-01-05T13:08:27.000Z", "same"),
        ("2026-11-20T09:15:00Z", "2026-11-20T09:15:00+01:00", "earlier"),
        ("2026-11-20T09:15Z", "2026-11-20T09:15:59Z", "same"),
        ("2026-11-20T23:30-05:00", "2026-11-21T04:31Z", "later"),
        ("2026-11-20T23:30-05:00", "2026-11-21T04:29Z", "earlier"),
        ("yesterday", "2026-11-20", "unclear"),
        ("yesterday", "yesterday", "same"),
        ("0001-01-01T00:00+05:00", "0001-01-01T00:00Z", "unclear"),
        ("2026-02-31T00:00Z", "2026-11-20T00:00Z", "unclear"),
        ("2026-11-20T00:00+99:99", "2026-11-20T00:00Z", "unclear"),
    ],
)
def test_movement(old: str, new: str, expected: str) -> None:
    """Dates are compared as moments, and no finer than both are given."""
    assert expected == movement(old, new)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-11-20T09:15:30Z", "2026-11-20 09:15 UTC"),
        ("2026-11-20T09:15+01:00", "2026-11-20 09:15 +01:00"),
        ("2026-11-20T09:15", "2026-11-20 09:15"),
        ("2026-11-20", "2026-11-20"),
        ("Tuesday", "Tuesday"),
    ],
)
def test_shown(date: str, expected: str) -> None:
    """A date is shown as precise as it is given, to the minute."""
    assert expected == shown(date)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"title": "A"}, {"title": "B"}, ["title"]),
        ({"title": "A", "title_shown": "A"}, {"title": "B", "title_shown": "B"}, ["title_shown"]),
        ({"title": "A", "title_shown": "C"}, {"title": "B", "title_shown": "C"}, ["title"]),
        ({"title": "“A”"}, {"title": '"A"'}, []),
        ({"authors": "HANNAH NG"}, {"authors": "Hannah Ng"}, []),
        ({"authors": "Jürgen Weiß"}, {"authors": "Jürgen Weiss"}, ["authors"]),
        ({"authors": ("Hannah Ng",)}, {"authors": ("Hannah Ng", "Eva Fu")}, ["authors"]),
        ({}, {"updated": "2026-11-20"}, ["updated"]),
        ({"updated": "2026-11-20T09:15Z"}, {"updated": "2026-11-20T10:15+01:00"}, []),
        ({"section": "World"}, {"section": "Europe"}, []),
        ({"notes": "Corrected."}, {}, ["notes"]),
    ],
)
def test_article_fields(old: dict[str, str], new: dict[str, str], expected: list[str]) -> None:
    """Fields that a reader calls part of the article are compared, each change told once."""
    assert expected == [change.field for change in compare_article_fields(article(**old), article(**new))]


def test_notes_in_the_text() -> None:
    """A note that stands among the blocks is left to them."""
    new = article(block("Corrected: 102.", "correction"), notes=("Corrected: 102.", "Another note."))
    (change,) = compare_article_fields(article(), new)
    assert ("Another note.",) == change.new


def test_document_fields() -> None:
    """Producer and dates of a document are set by every program that saves it, and are not compared."""
    old = document(title="A", producer="x", updated="2026-01-01", authors="N")
    new = document(title="B", producer="y", updated="2026-01-02", authors="N")
    assert ["title"] == [change.field for change in compare_document_fields(old, new)]
