"""Names of persons and bodies."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.agencies import is_agency, is_body
from archivist.extract.names import MAX_NAME, MAX_NAMES, is_person, organisation_or_none, split_names, without_label

BYLINES = {
    "By Mara Quill": ("Mara Quill",),
    "Von Mara Quill": ("Mara Quill",),
    "Par Mara Quill": ("Mara Quill",),
    "Autor: Mara Quill": ("Mara Quill",),
    "Written by Mara Quill": ("Mara Quill",),
    "Mara Quill and Jo Finch": ("Mara Quill", "Jo Finch"),
    "Mara Quill, Jo Finch and Ada Brook": ("Mara Quill", "Jo Finch", "Ada Brook"),
    "Mara Quill und Jo Finch, Nairobi": ("Mara Quill", "Jo Finch"),
    "Mara Quill og Jo Finch": ("Mara Quill", "Jo Finch"),
    "Mara Quill | Jo Finch": ("Mara Quill", "Jo Finch"),
    "Mara Quill, Associated Press": ("Mara Quill",),
    "Mara Quill in Saltmere": ("Mara Quill",),
    "Dr. Mara Quill": ("Mara Quill",),
    "Mara Quill Staff Writer": ("Mara Quill",),
    "Quill, Mara": ("Mara Quill",),
    "MARA QUILL": ("MARA QUILL",),
    "Jean-Luc O’Brien": ("Jean-Luc O’Brien",),
    "Ursula von der Leyen": ("Ursula von der Leyen",),
    "J.R. Quill": ("J.R. Quill",),
    "Mara Quill mara@courier.example": ("Mara Quill",),
    "Mara Quill @maraquill": ("Mara Quill",),
    "Mara Quill and Mara Quill": ("Mara Quill",),
    "後藤大地": ("後藤大地",),
    "홍길동 기자": ("홍길동",),
    "Reuters": (),
    "Staff": (),
    "The Courier News": (),
    "Read more": (),
    "5 min read": (),
    "November 17, 2026": (),
    "mara quill": (),
    "Eddie": (),
    "": (),
}


@pytest.mark.parametrize(("text", "names"), BYLINES.items(), ids=range(len(BYLINES)))
def test_bylines_are_split(text: str, names: tuple[str, ...]) -> None:
    """Labels, roles, places and addresses fall away; bodies are no persons."""
    assert names == split_names(text)


def test_one_word_is_enough_where_the_place_is_certain() -> None:
    """A node typed Person may have one name."""
    assert ("Eddie",) == split_names("Eddie", is_certain=True)


@pytest.mark.parametrize(
    ("text", "rest"),
    [("By Mara", "Mara"), ("Byron Quill", "Byron Quill"), ("Vonnegut", "Vonnegut"), ("Text: Mara", "Mara"), ("", "")],
)
def test_labels_are_whole_words(text: str, rest: str) -> None:
    """A name that begins like a label keeps its beginning."""
    assert rest == without_label(text)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Reuters", "Reuters"),
        ("By Associated Press", "Associated Press"),
        ("Courier Staff", "Courier Staff"),
        ("Mara Quill", None),
        ("Reuters and Mara Quill", None),
        ("", None),
    ],
)
def test_bodies(text: str, body: str | None) -> None:
    """Agencies and newsrooms are bodies, lists of names are none."""
    assert body == organisation_or_none(text)


def test_agencies_are_whole_names() -> None:
    """Case and punctuation do not matter, other words do."""
    assert [True, True, True, False] == [is_agency(text) for text in ("AP", "(reuters)", "AP Photo", "AP Quill")]
    assert [True, False] == [is_body(text) for text in ("Saltmere Daily", "Mara Quill")]


def test_bounds() -> None:
    """Long names and lists are cut."""
    many = " and ".join(f"Mara Q{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")

    assert len(split_names(many)) <= MAX_NAMES
    assert not is_person("Mara " + "Q" * MAX_NAME)


@given(st.text(max_size=500))
def test_any_text_gives_persons_or_none(text: str) -> None:
    """Nothing raises; names are short, tidy, and each there once."""
    names = split_names(text)

    assert len(names) == len(set(names)) <= MAX_NAMES
    assert all(name == name.strip() and 0 < len(name) <= MAX_NAME for name in names)


@pytest.mark.parametrize("text", ["By " * 50_000, "a@" * 50_000, "(" * 100_000, " and" * 50_000])
def test_long_texts_take_no_time(text: str) -> None:
    """Only the beginning is looked at."""
    start = time.process_time()
    split_names(text)

    assert time.process_time() - start < 1
