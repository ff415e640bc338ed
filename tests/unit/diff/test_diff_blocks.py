"""Blocks: what stayed, moved, was edited, came and went."""

from __future__ import annotations

import sys
import time

import pytest

from archivist.diff.blocks import compare_blocks
from archivist.diff.key import key
from tests.unit.diff.editions import COUNT, END, LEDE, QUOTE, block

LINES = (LEDE, COUNT, QUOTE, END)


def told(old: tuple[str, ...], new: tuple[str, ...]) -> list[tuple[str, int | None, int | None]]:
    """The changes as operation and places."""
    changes = compare_blocks([block(text) for text in old], [block(text) for text in new]).changes
    return [(change.op, change.old_index, change.new_index) for change in changes]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (LINES, []),
        ((LEDE, COUNT, "Quite another matter.", QUOTE, END), [("insert", None, 2)]),
        ((LEDE, QUOTE, END), [("delete", 1, None)]),
        ((LEDE, COUNT.replace("100", "102"), QUOTE, END), [("replace", 1, 1)]),
        ((LEDE, COUNT, END, QUOTE), [("move", 3, 2)]),
        ((LEDE, END, COUNT.replace("100", "102"), QUOTE), [("move", 3, 1), ("replace", 1, 2)]),
        ((), [("delete", 0, None), ("delete", 1, None), ("delete", 2, None), ("delete", 3, None)]),
        ((LEDE, "Nothing alike.", QUOTE, END), [("delete", 1, None), ("insert", None, 1)]),
    ],
)
def test_changes(new: tuple[str, ...], expected: list[tuple[str, int | None, int | None]]) -> None:
    """Each edit is told once, in the order of the newer text, deletions where they stood."""
    assert expected == told(LINES, new)


def test_move_of_the_shorter() -> None:
    """When a short block and a long one change places, the short one moved."""
    assert [("move", 1, 0)] == told((COUNT, END), (END, COUNT))


def test_edited_and_moved() -> None:
    """A block that was edited and put elsewhere is an edit, and not a deletion and an insertion."""
    edited = COUNT.replace("100", "102")
    assert [("replace", 0, 2)] == told((COUNT, LEDE, QUOTE), (LEDE, QUOTE, edited))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“It’s over” – he said…", '"It\'s over" - he said...'),
        ("zero\u200bwidth soft\u00adhyphen", "zerowidth softhyphen"),
        ("no\u00a0break  space", "no break space"),
        ("café", "cafe\u0301"),
    ],
)
def test_typography(old: str, new: str) -> None:
    """Typography, white space and the composition of letters are no edit."""
    assert key(old) == key(new)
    assert [] == told((old,), (new,))


@pytest.mark.parametrize(("old", "new"), [("the president", "the President"), ("a day.", "a day.."), ("1.5", "15")])
def test_letters_count(old: str, new: str) -> None:
    """Case, punctuation and digits are edits."""
    assert key(old) != key(new)


def test_repeated_blocks() -> None:
    """Ten thousand equal blocks, and one more, are one insertion and take no time to speak of."""
    old, new = [block("* * *")] * 10_000, [block("* * *")] * 10_001
    assert 1 == len(compare_blocks(old, new).changes)


@pytest.mark.parametrize("edit", ["every third", "rewrite"])
def test_five_thousand_blocks(edit: str) -> None:
    """A text of 5,000 paragraphs is compared in less than two seconds of processor time."""
    old = [block(" ".join(f"word{((n + 1) * k * 7919) % 4001}" for k in range(1, 41))) for n in range(5_000)]
    if edit == "rewrite":
        new = [block(" ".join(f"other{((n + 1) * k * 7919) % 4001}" for k in range(1, 41))) for n in range(5_000)]
    else:
        new = [block(f"{old[n].text} and 102 more") if n % 3 == 0 else old[n] for n in range(5_000)]
    limit = 2 if sys.gettrace() is None else 20  # measuring coverage makes everything slow
    started = time.process_time()

    changes = compare_blocks(old, new).changes

    assert (1_667 if edit == "every third" else 10_000) == len(changes)
    assert time.process_time() - started < limit
