"""Seams between paragraphs, mended text, and the history of paragraphs."""

from __future__ import annotations

import pytest

from archivist.diff.history import histories
from archivist.diff.seams import alike
from archivist.wire.repair import repaired
from tests.unit.diff.editions import COUNT, END, LEDE, QUOTE, block

ONE = "The dyke at Hallig Oland broke in two places."
TWO = "Nobody was hurt, the fire brigade said."


def texts(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Both sides as they are cut."""
    before, after = alike(old, new)
    return [piece.text for piece in before], [piece.text for piece in after]


def test_split_at_a_sentence() -> None:
    """Two paragraphs here and one there: the one is cut where a sentence ends."""
    assert ([ONE, TWO], [ONE, TWO]) == texts([f"{ONE} {TWO}"], [ONE, TWO])
    assert ([ONE, TWO], [ONE, TWO]) == texts([ONE, TWO], [f"{ONE} {TWO}"])


def test_joined_within_a_sentence() -> None:
    """A paragraph that is cut within a sentence on one side is joined."""
    halves = ["The dyke at Hallig Oland", "broke in two places."]
    assert ([ONE], [ONE]) == texts(halves, [ONE])


def test_edit_keeps_its_seams() -> None:
    """An edit in one of the two leaves the other alone."""
    new = TWO.replace("Nobody was", "Two were")
    before, after = texts([f"{ONE} {TWO}"], [ONE, new])
    assert (ONE, ONE) == (before[0], after[0])
    assert new == after[1]


def test_equal_sides_are_untouched() -> None:
    """What is the same on both sides comes out as it went in."""
    before, after = alike([ONE, TWO], [ONE, TWO])
    assert all(piece.is_whole for piece in (*before, *after))
    assert [0, 1] == [piece.source for piece in before]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("caf\u00c3\u00a9", "café"),
        ("\u00e2\u20ac\u0153so\u00e2\u20ac\u009d", "“so”"),
        ("\u00d0\u00b4\u00d0\u00b0", "да"),
        ("M\u00c2 ", "M "),
        ("«CAFÉ»", "«CAFÉ»"),
        ("Ã la carte", "Ã la carte"),
        ("plain", "plain"),
    ],
)
def test_repaired(text: str, expected: str) -> None:
    """Whole sequences of broken UTF-8 are mended, and sound text is left alone."""
    assert expected == repaired(text)


def test_histories() -> None:
    """First seen, changed, put back and last seen, by paragraph."""
    changed = COUNT.replace("100", "102")
    versions = [
        list(map(block, lines))
        for lines in ((LEDE, COUNT, QUOTE), (LEDE, changed, QUOTE, END), (LEDE, COUNT, END), (LEDE, COUNT, QUOTE, END))
    ]
    told = {each.text: each for each in histories(versions)}
    assert {LEDE, COUNT, QUOTE, END} == set(told)
    assert (1, (), (), 4) == (told[LEDE].first, told[LEDE].changed, told[LEDE].reverted, told[LEDE].last)
    assert ((2, 3), (3,)) == (told[COUNT].changed, told[COUNT].reverted)
    assert (1, (4,), 4) == (told[QUOTE].first, told[QUOTE].reverted, told[QUOTE].last)
    assert 2 == told[END].first


def test_history_of_what_is_gone() -> None:
    """A paragraph that was taken out stands last, with the version that had it last."""
    (first, gone) = histories([[block(LEDE), block(END)], [block(LEDE)]])
    assert (LEDE, 2, END, 1) == (first.text, first.last, gone.text, gone.last)
    assert {"text": END, "kind": "paragraph", "first_seen": 1, "changed": [], "reverted": [], "last_seen": 1} == (
        gone.to_json()
    )
