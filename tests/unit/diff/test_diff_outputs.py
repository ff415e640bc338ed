"""Other forms of a diff: columns, one line, a page, annotations."""

from __future__ import annotations

import re

from archivist.diff.annotate import annotate
from archivist.diff.columns import render_columns, render_stat
from archivist.diff.compare import compare
from archivist.diff.page import render_page
from tests.unit.diff.editions import COUNT, LEDE, block, first_edition, reading, second_edition

DIFF = compare(first_edition(), second_edition())


def test_columns() -> None:
    """The older version stands to the left, and each side shows its own words only."""
    text = render_columns(DIFF, old_label="v1", new_label="v2", colour=False, width=100)
    line = next(line for line in text.splitlines() if "[-100-]" in line)
    left, _, right = line.partition(" │ ")
    assert "{+" not in left
    assert "[-" not in right
    assert text.endswith("undeclared: 4 changes; the page still says it was last updated 2026-11-20 09:15\n")


def test_columns_are_even() -> None:
    """The bar between the columns stands in one place, in colour too."""
    for colour in (False, True):
        lines = render_columns(DIFF, old_label="v1", new_label="v2", colour=colour, width=90).splitlines()
        bare = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines]
        assert 1 == len({line.index("│") for line in bare if "│" in line})


def test_stat() -> None:
    """One line says how much of what."""
    assert "undeclared: 3 paragraphs edited, 1 photo change, 1 document; −6 +3 words\n" == render_stat(DIFF)
    assert "same: nothing; −0 +0 words\n" == render_stat(compare(first_edition(), first_edition()))


def test_page_is_self_contained() -> None:
    """The page has no script and fetches nothing; its policy forbids both."""
    page = render_page(DIFF, title="Edits", provenance=[("older version", {"sha256": "a" * 64})])
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<img|<link|src=|url\(|@import", page)
    assert '<del><span class="says">[deleted: </span>100<span class="says">]</span></del>' in page
    assert "a" * 64 in page


def test_page_shows_mark_up_as_text() -> None:
    """What the article says is never mark-up of the page."""
    hostile = '<script>alert("x")</script><img src=x onerror=y>'
    diff = compare(reading(block(LEDE), block(COUNT)), reading(block(LEDE), block(f"{COUNT} {hostile}")))
    page = render_page(diff, title=hostile, provenance=[(hostile, {hostile: hostile})])
    assert "<script" not in page
    assert "<img" not in page


def test_page_of_nothing() -> None:
    """Where nothing changed, the page says so."""
    page = render_page(compare(first_edition(), first_edition()), title="Edits", provenance=[])
    assert "<p>None.</p>" in page


def test_annotations() -> None:
    """Each edited place is quoted from both versions, with what stands around it."""
    told = annotate(DIFF, old="https://courier.example/a@1", new="https://courier.example/a@2")
    assert "AnnotationCollection" == told["type"]
    first = told["first"]["items"][0]  # type: ignore[index, call-overload]
    old, new = first["target"]  # type: ignore[index, call-overload]
    assert ("100", "102") == (old["selector"]["exact"], new["selector"]["exact"])  # type: ignore[index, call-overload]
    assert "“100” was replaced by “102”" == first["body"]["value"]  # type: ignore[index, call-overload]


def test_annotations_of_whole_paragraphs() -> None:
    """A paragraph that came is quoted from the newer version alone, one that went from the older."""
    one, both = reading(block(LEDE)), reading(block(LEDE), block(COUNT))
    for diff, said in ((compare(one, both), "inserted"), (compare(both, one), "deleted")):
        (item,) = annotate(diff, old="a", new="b")["first"]["items"]  # type: ignore[index, call-overload]
        assert 1 == len(item["target"])  # type: ignore[index, call-overload]
        assert item["body"]["value"].startswith(f"paragraph {said}: ")  # type: ignore[index, call-overload]
