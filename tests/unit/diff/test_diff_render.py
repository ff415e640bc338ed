"""A diff as text for a terminal."""

from __future__ import annotations

import re

import pytest

from archivist.diff.compare import Beside, compare
from archivist.diff.render import render_text
from archivist.diff.wrap import Marks, columns, visible, wrap
from archivist.model.article import Reading
from archivist.model.change import Span
from tests.unit.diff.editions import END, LEDE, block, document, first_edition, photo, reading, second_edition

GOLDEN = """\
v2 2026-11-20 09:20 UTC → v3 2026-11-20 11:02 UTC
photo      credit: Photo: [-Mara Quill-]{+Jon Ash+}/Harbour Press
¶2         Officials say that there are some [-100-]{+102+} overseas outposts in the city, and that
           the board knew of…
¶3         “This is a [-scandal and a disgrace-]{+pity+},” said Yves Herman, who chairs the board.
document   https://courier.example/report.pdf replaced: sha256 aaaaaaaaaaaa… → bbbbbbbbbbbb…
  page 1   There are [-100-]{+102+} outposts.
undeclared: 4 changes; the page still says it was last updated 2026-11-20 09:15
"""

MARKS = Marks(delete=("[-", "-]"), insert=("{+", "+}"), width=4)


def rendered(old: Reading, new: Reading, *, colour: bool = False, width: int = 100) -> str:
    """The diff of two readings as text."""
    return render_text(compare(old, new), old_label="v1", new_label="v2", colour=colour, width=width)


def test_golden() -> None:
    """A quiet edit of quote, number, credit and PDF reads like this."""
    text = render_text(
        compare(first_edition(), second_edition()),
        old_label="v2 2026-11-20 09:20 UTC",
        new_label="v3 2026-11-20 11:02 UTC",
        colour=False,
    )
    assert GOLDEN == text


def test_all_kinds() -> None:
    """Every kind of change has its line."""
    old = Reading(
        article=reading(
            block(LEDE, links={"board": "https://a.example/x"}),
            block("Gone."),
            block(END),
            block("A block that stays where it stands."),
            photos=[photo(caption="The quay")],
            documents=["https://a.example/1.pdf", "https://a.example/2.pdf"],
            title="Slow board",
            published="2026-11-20",
        ).article,
        documents=(document(["One."], ["Two."], url="https://a.example/1.pdf", title="A"),),
    )
    new = Reading(
        article=reading(
            block(END),
            block(LEDE, links={"board": "https://a.example/y"}),
            block("A block that stays where it stands."),
            block("Correction: it was Monday.", "correction"),
            photos=[photo(image="https://courier.example/other.jpg", caption="The mole")],
            documents=["https://a.example/1.pdf", "https://a.example/3.pdf"],
            title="Board",
            published="2026-11-21",
        ).article,
        documents=(document(["One."], ["New."], ["Two."], url="https://a.example/1.pdf", title="B", sha256="b" * 64),),
    )
    assert """\
v1 → v2
headline   [-Slow board-]{+Board+}
published  [-2026-11-20-]{+2026-11-21+}
photo      removed: [-The quay-]
photo      added: {+The mole+}
¶1         ~ moved from ¶3: The board meets again in June.
¶2         - [-Gone.-]
¶4         + correction: {+Correction: it was Monday.+}
link       “board”: [-https://a.example/x-]{+https://a.example/y+}
document   https://a.example/1.pdf replaced: sha256 aaaaaaaaaaaa… → bbbbbbbbbbbb…
           title: [-A-]{+B+}
           page 2 inserted
  page 2   + {+New.+}
document   https://a.example/2.pdf removed
document   https://a.example/3.pdf added
declared: 10 changes; a correction note was added
""" == rendered(old, new)


def test_colour() -> None:
    """In colour, deletions are struck out and insertions underlined, and every mark is closed on its line."""
    text = rendered(first_edition(), second_edition(), colour=True, width=50)
    assert "\x1b[9;31m100\x1b[29;39m\x1b[4;32m102\x1b[24;39m" in text
    for line in text.splitlines():
        assert line.count("\x1b[9;31m") == line.count("\x1b[29;39m")
        assert line.count("\x1b[4;32m") == line.count("\x1b[24;39m")


@pytest.mark.parametrize("colour", [True, False])
def test_hostile_text(colour: bool) -> None:
    """Nothing that a page says can steer the terminal or turn the reading direction."""
    evil = "\x1b]0;title\x07 \x9b31m \u202eabc \ud800 \r\n"
    old = reading(block(LEDE), title=f"A {evil}", photos=[photo(caption=evil)])
    new = reading(block(LEDE), block(evil), title=f"B {evil}", notes=evil, documents=[f"https://a.example/{evil}"])
    text = render_text(compare(old, new), old_label=evil, new_label=evil, colour=colour)
    bare = re.sub(r"\x1b\[(?:9;31|29;39|4;32|24;39)m", "", text) if colour else text
    assert bare.replace("\n", "").isprintable()
    assert text.encode()


@pytest.mark.parametrize("width", [1, 30, 60, 100])
def test_width(width: int) -> None:
    """No line is wider than the terminal, if that is wide enough for margin and text at all."""
    old, new = first_edition(), second_edition()
    assert max(map(columns, rendered(old, new, width=width).splitlines())) <= max(width, 35)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[1mb", "a␛[1mb"),
        ("a\tb\nc", "a b c"),
        ("\x7f", "␡"),
        ("\u202e", "<U+202E>"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    """Control characters are shown as signs; joiners that a script needs stay."""
    assert expected == visible(text)


def test_wrap_cuts_long_words() -> None:
    """What has no spaces is cut by columns, two for a wide sign."""
    assert ["東京東", "京東京"] == wrap([Span(op="equal", text="東京" * 3)], width=10, marks=MARKS)
    assert ["{+abc+}", "{+def+}"] == wrap([Span(op="insert", text="abcdef")], width=7, marks=MARKS)


def test_same() -> None:
    """Two equal editions are one sentence."""
    assert "v1 → v2\nsame: nothing changed\n" == rendered(first_edition(), first_edition())


def test_unread_document() -> None:
    """A document that was replaced and not read is told as such, and so is a photo without words."""
    old = reading(documents=["https://a.example/1.pdf"])
    new = reading(documents=["https://a.example/1.pdf"], photos=[photo(image=None)])
    diff = compare(
        old,
        new,
        beside_old=Beside(documents={"https://a.example/1.pdf": "a" * 64}),
        beside_new=Beside(documents={"https://a.example/1.pdf": "b" * 64}),
    )
    text = render_text(diff, old_label="v1", new_label="v2", colour=False)
    assert "photo      added: {+without caption+}\n" in text
    assert f"{' ' * 11}what differs could not be read in full\n" in text


def test_deleted_page_and_saved_again() -> None:
    """A deleted page has its line, and a document that was only saved again says so."""
    long, short = document(["One."], ["Two."]), document(["One."], sha256="b" * 64)
    text = rendered(Reading(article=None, documents=(long,)), Reading(article=None, documents=(short,)))
    assert f"{' ' * 11}page 2 deleted\n  page 2   - [-Two.-]\n" in text
    again = document(["One."], ["Two."], sha256="b" * 64)
    text = rendered(Reading(article=None, documents=(long,)), Reading(article=None, documents=(again,)))
    assert f"{' ' * 11}saved again: text and metadata are the same\n" in text


def test_inserted_space() -> None:
    """A space that was inserted between words is marked too."""
    assert ["a{+ +}b"] == wrap(
        [Span(op="equal", text="a"), Span(op="insert", text=" "), Span(op="equal", text="b")], width=20, marks=MARKS
    )
