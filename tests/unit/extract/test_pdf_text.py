"""Paragraphs, headings, split words and columns of a PDF's pages."""

from __future__ import annotations

import pytest

from archivist.extract.pdf import read_pdf
from archivist.model.article import Page
from tests.unit.extract.pdfs import pdf, stream, text

LEFT, RIGHT = 60, 320
COLUMNS = (
    (
        "Der Hafen hat dreiundzwanzig",
        "Krane. Neun von ihnen liefen",
        "weiter, als ihre Frist vorbei",
        "war, wie der Bericht sagt,",
    ),
    ("und niemand im Vorstand", "konnte sagen, wer das so", "unterschrieben hat. Der Rat", "fragt jetzt danach."),
)


def pages(*contents: bytes) -> tuple[Page, ...]:
    """The pages of a document."""
    return read_pdf(pdf(*contents), url="https://courier.example/a.pdf", sha256="0").pages


def paragraphs(*lines: tuple[float, float, float, str]) -> tuple[str, ...]:
    """The paragraphs of a page with these lines."""
    return pages(text(*lines))[0].paragraphs


def block(*words: str, x: float = 72, y: float = 700, size: float = 11) -> tuple[tuple[float, float, float, str], ...]:
    """Lines as close as usual."""
    return tuple((x, y - 13 * number, size, line) for number, line in enumerate(words))


SPLIT = {
    "a word": (("after their year-", "ly inspection"), "after their yearly inspection"),
    "a number": (("in the years 2019-", "2021 it was"), "in the years 2019-2021 it was"),
    "a name": (("the ship Saltmere-", "Ost was late"), "the ship Saltmere-Ost was late"),
    "an abbreviation": (("all UN-", "led missions"), "all UN-led missions"),
    "three lines": (("Nobody under-", "stood the in-", "spection"), "Nobody understood the inspection"),
    "a dash": (("It was late -", "too late"), "It was late - too late"),
}


@pytest.mark.parametrize(("lines", "whole"), SPLIT.values(), ids=SPLIT)
def test_words_split_at_line_ends(lines: tuple[str, ...], whole: str) -> None:
    """A hyphen at a line end goes where it only splits a word, and stays where it belongs to it."""
    assert (whole,) == paragraphs(*block(*lines))


def test_a_word_that_has_a_hyphen_elsewhere_keeps_it() -> None:
    """The document itself tells how it writes the word."""
    known = block("A well-known crane stood still.", y=760)

    assert "so well-known that" in " ".join(paragraphs(*known, *block("so well-", "known that")))
    assert "so wellknown that" in " ".join(paragraphs(*block("so well-", "known that")))


def test_a_paragraph_ends_where_a_wider_step_begins() -> None:
    """Also on a page of short paragraphs, where wide steps are as many as narrow ones."""
    shorts = [line for number in range(4) for line in block("One line of it,", "and one more.", y=700 - 50 * number)]

    assert ("One line of it, and one more.",) * 4 == paragraphs(*shorts)


def test_pages_of_few_lines_are_read_as_the_others() -> None:
    """What is usual elsewhere tells paragraphs apart on a page that hardly has one of two lines."""
    full = text(*block(*["The harbour has twenty-three cranes, and each of them"] * 10))
    shorts = [block(f"Crane {number} was late.", y=700 - 30 * number)[0] for number in range(9)]
    few = pages(full, text(*block("Crane 7", y=700), *block("Crane 9", y=670)))
    many = pages(full, text(*shorts, *block("It was taken out", "of service.", y=300)))

    assert ("Crane 7", "Crane 9") == few[1].paragraphs
    assert 10 == len(many[1].paragraphs)


def test_a_page_that_is_set_double_is_read_by_its_own_measure() -> None:
    """A letter behind a report may be typed with an empty line between two lines."""
    full = text(*block(*["The harbour has twenty-three cranes, and each of them"] * 10))
    double = text(*((72, 700 - 25 * number, 11, "Nobody on the board could say who") for number in range(9)))

    assert 1 == len(pages(full, double)[1].paragraphs)


def test_items_of_a_list_stand_alone() -> None:
    """Each bullet begins a paragraph, however close it stands."""
    assert ("• Crane 7 at Quay 4", "• Crane 9") == paragraphs(*block("• Crane 7 at", "Quay 4", "• Crane 9"))


def test_headings_are_set_larger() -> None:
    """The type size tells; text as large as most of it, and large numbers alone, are none."""
    lines = (
        (72, 780, 18, "Annual Safety Report"),
        *block("The harbour has cranes.", "They are inspected once a year.", y=740),
        (72, 690, 14, "Cranes"),
        *block("Nine were late.", y=670),
        (72, 600, 40, "9"),
    )
    (page,) = pages(text(*lines))

    assert (0, 2) == page.headings
    assert ("Annual Safety Report", "Cranes") == tuple(page.paragraphs[number] for number in page.headings)


def test_size_is_what_is_seen() -> None:
    """Type of size 1 that is drawn eleven times as large is of size 11."""
    small = [
        b"/F1 1 Tf %d 0 0 %d 72 %d Tm (%s) Tj" % row
        for row in ((18, 18, 780, b"A Title"), (11, 11, 740, b"Its long text."))
    ]
    (page,) = pages(stream(b"BT\n" + b"\n".join(small) + b"\nET"))

    assert (0,) == page.headings


def rows() -> list[tuple[float, float, float, str]]:
    """Two columns, drawn row by row."""
    left, right = (block(*lines, x=x) for lines, x in zip(COLUMNS, (LEFT, RIGHT), strict=True))
    return [line for row in zip(left, right, strict=True) for line in row]


WHOLE = " ".join(" ".join(lines) for lines in COLUMNS)


def test_columns_drawn_one_after_the_other() -> None:
    """The sentence goes on at the top of the next column."""
    assert (WHOLE,) == paragraphs(*block(*COLUMNS[0], x=LEFT), *block(*COLUMNS[1], x=RIGHT))


def test_columns_drawn_row_by_row() -> None:
    """They are taken apart; what goes across both stands before and behind them."""
    title = (LEFT, 760, 16, "Krane im Hafen nach Ablauf ihrer Frist in Betrieb gelassen")
    foot = (LEFT, 600, 11, "Quelle: Bericht des Amtes an den Rat der Stadt, November")

    assert (title[3], WHOLE, foot[3]) == paragraphs(title, *rows(), foot)


def test_tables_are_read_across() -> None:
    """Short cells are no columns of prose."""
    cells = [
        (x, 700 - 13 * number, 11, word)
        for number in range(6)
        for x, word in ((60, f"Crane {number} (Quay)"), (320, f"{number} days late"))
    ]
    (table,) = paragraphs(*cells)

    assert table.startswith("Crane 0 (Quay) 0 days late Crane 1")


def test_raised_figures_do_not_split_a_paragraph() -> None:
    """A footnote's mark is a paragraph of its own size, and the step to it is not taken for the usual one."""
    found = paragraphs(*block("The limit is 350", "a year, and it", "was kept by all", "for three years."))

    assert ("The limit is 350 a year, and it was kept by all for three years.",) == found
