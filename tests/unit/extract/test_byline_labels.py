"""What announces names."""

from __future__ import annotations

import pytest

from archivist.extract.byline_labels import is_labelled, names_others, without_label, written


@pytest.mark.parametrize(
    ("text", "rest"),
    [("By Mara", "Mara"), ("Byron Quill", "Byron Quill"), ("Vonnegut", "Vonnegut"), ("Text: Mara", "Mara"), ("", "")],
)
def test_labels_are_whole_words(text: str, rest: str) -> None:
    """A name that begins like a label keeps its beginning."""
    assert rest == without_label(text)


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("By Mara Quill", True),
        ("By", True),
        ("Von Mara Quill", True),
        ("Autor: Mara Quill", True),
        ("Ein Kommentar von Mara Quill", True),
        ("Propos recueillis par Mara Quill", True),
        ("記者王小明", True),
        ("Autor Mara Quill", False),
        ("Per Olsson", False),
        ("Mara Quill", False),
        ("", False),
    ],
)
def test_lines_announce_themselves(text: str, *, is_label: bool) -> None:
    """By itself "By" does, a noun with its colon; a noun alone is too little where nothing marks the line."""
    assert is_label == is_labelled(text)


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("Photos by Ada Brook", True),
        ("Foto: Ada Brook", True),
        ("| Editor", True),
        ("Edited By: Ada Brook", True),
        ("Editor Ada Brook", False),
        ("Mara Quill", False),
        ("", False),
    ],
)
def test_others_are_announced(text: str, *, is_other: bool) -> None:
    """Who took pictures or edited is announced with a colon or with "by"."""
    assert is_other == names_others(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Text: Mara Quill Fotos: Ada Brook", "Text: Mara Quill"),
        ("Edited By: Ada Brook Written By: Mara Quill", "| Written By: Mara Quill"),
        ("Photos by Ada Brook", ""),
        ("Mara Quill", "Mara Quill"),
    ],
)
def test_others_are_left_out(text: str, rest: str) -> None:
    """Up to the next label of those who wrote."""
    assert rest == written(text)
