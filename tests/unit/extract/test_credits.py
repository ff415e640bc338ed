"""Credits: who is named in them, and what is one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.agencies import is_body
from archivist.extract.credit_labels import is_label
from archivist.extract.credit_lines import is_credit, is_labelled
from archivist.extract.credits import credit_parts, name_key

PARTS = {
    "Jo Finch": (("Jo Finch",), ()),
    "Photo: Jo Finch/Reuters": (("Jo Finch",), ("Reuters",)),
    "Reuters/Jo Finch": (("Jo Finch",), ("Reuters",)),
    "Jo Finch / AFP via Getty Images": (("Jo Finch",), ("AFP", "Getty Images")),
    "AP Photo/Jo Finch": (("Jo Finch",), ("AP Photo",)),
    "Jo Finch | Moment | Getty Images": (("Jo Finch",), ("Getty Images",)),
    "finchy/Getty Images": (("finchy",), ("Getty Images",)),
    "NurPhoto via Getty Images": ((), ("NurPhoto", "Getty Images")),
    "Good morning all Pics/Shutterstock": (("Good morning all Pics",), ("Shutterstock",)),
    "Jo Finch/Harbour Press Agency/Getty Images": (("Jo Finch",), ("Harbour Press Agency", "Getty Images")),
    "Jo Finch for Rest of Harbour": (("Jo Finch",), ("Rest of Harbour",)),
    "Jo Finch (EFE)": (("Jo Finch",), ("EFE",)),
    "© Jo Finch, AFP": (("Jo Finch",), ("AFP",)),
    "© Sputnik . Jo Finch": (("Jo Finch",), ("Sputnik",)),
    "AP Photo/Jo Finch, File": (("Jo Finch",), ("AP Photo",)),
    "AFP, right; Jo Finch/AP": (("Jo Finch",), ("AFP", "AP")),
    "HANDOUT / AFP": ((), ("AFP",)),
    "courier.example/Jo Finch": (("Jo Finch",), ("courier.example",)),
    "© harbour.example I Courier/Jo Finch": (("Jo Finch",), ("harbour.example", "Courier")),
    "Staff photo by Jo Finch": (("Jo Finch",), ()),
    "Courier photo by Jo Finch": (("Jo Finch",), ("Courier",)),
    "The Courier/Jo Finch": (("Jo Finch",), ("The Courier",)),
    "NASA Harbourview": ((), ("NASA Harbourview",)),
    "© Gemeinde Saltmere": ((), ("Gemeinde Saltmere",)),
    "Источник: Фонд Гавань": ((), ("Фонд Гавань",)),
    "Фото: Иван Петров / ТАСС": (("Иван Петров",), ("ТАСС",)),
    "新华社记者 李明 摄": (("李明",), ("新华社",)),
    "写真：共同通信": ((), ("共同通信",)),
    "圖／本報資料照片": ((), ()),
    "J. Žuvėdra / Kurjerio nuotr.": (("J. Žuvėdra",), ("Kurjerio",)),
    "Foto [M]: Shutterstock": ((), ("Shutterstock",)),
    "Jo Finch - 5.mai.24/Folhapress": (("Jo Finch",), ("Folhapress",)),
    "Photograph: Jo Finch; Getty Images": (("Jo Finch",), ("Getty Images",)),
    "© Jo Finch": (("Jo Finch",), ()),
    "Crédit photo : Jo Finch": (("Jo Finch",), ()),
    "Photos by Jo Finch and Mara Quill": (("Jo Finch", "Mara Quill"), ()),
    "Jo Finch/Stuff": (("Jo Finch",), ("Stuff",)),
    "dpa": ((), ("dpa",)),
    "Foto: Privat": ((), ()),
    "Supplied": ((), ()),
    "Photo: Saltmere Harbour Authority": ((), ("Saltmere Harbour Authority",)),
    "Photo: Ministry of Harbours": ((), ("Ministry of Harbours",)),
    "": ((), ()),
}


@pytest.mark.parametrize(("credit", "parts"), PARTS.items(), ids=range(len(PARTS)))
def test_photographers_and_agencies(credit: str, parts: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    """Both are told by what they are, not by where they stand; an origin is no person."""
    assert parts == credit_parts(credit)


def test_the_newspaper_is_no_person() -> None:
    """A name that is the page's own is an outlet's, whatever its shape."""
    outlets = frozenset({name_key("Harbour Courant")})

    assert ((), ("Harbour Courant",)) == credit_parts("Photo: Harbour Courant", outlets=outlets)


@pytest.mark.parametrize(
    "text",
    [
        "Reuters",
        "Jo Finch/Reuters",
        "Jo Finch / The Courier",
        "Jo Finch for The Courier",
        "AP Photo/Jo Finch",
        "AFP - JO FINCH",
        "ABC News: Jo Finch",
        "Supplied",
        "News file photo",
        "courier.example/Jo Finch",
    ],
)
def test_credits_without_label(text: str) -> None:
    """An agency signs them, or a person and an outlet beside a slash, or an origin is all they say."""
    assert is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jo Finch",
        "The quay / Reuters",
        "Mara Quill: no comment",
        "Mara Quill | Mayor",
        "The quay. Jo Finch/Reuters",
        "The board met (Reuters)",
        "Symbolbild",
        "harbour",
        "and/or",
        "What next for Reuters?",
        "",
    ],
)
def test_other_lines_are_no_credits(text: str) -> None:
    """Names alone, sentences and explanations are none."""
    assert not is_credit(text)


@pytest.mark.parametrize("text", ["Photo: Jo Finch", "Foto Jo Finch", "© Jo Finch", "山田太郎撮影", "写真＝山田太郎"])
def test_labels_announce_names(text: str) -> None:
    """Before a name or behind it, with a sign or without."""
    assert is_labelled(text)


@pytest.mark.parametrize(
    "text", ["Image: " + "word " * 20, "Foto gallery of the quay", "船を撮影", "photo, Saltmere", "The photo"]
)
def test_labels_before_sentences_announce_none(text: str) -> None:
    """More than a name follows, or no sign stands between."""
    assert not is_labelled(text)


def test_a_label_alone() -> None:
    """It names nobody."""
    assert [True, True, False] == [is_label(text) for text in ("Credit:", "Credit...", "Credit: Jo Finch")]


@pytest.mark.parametrize(
    "name", ["Saltmere Harbour Authority", "Ministry of Harbours", "Department of Ships", "Université de Saltmere"]
)
def test_bodies(name: str) -> None:
    """Offices and schools are bodies, not persons."""
    assert is_body(name)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Nothing raises, and no name is both a person's and an agency's."""
    persons, agencies = credit_parts(text)

    assert set(persons).isdisjoint(agencies)


@pytest.mark.parametrize("text", ["/" * 100_000, "Foto: " * 50_000, "a and " * 50_000, "." * 100_000])
def test_long_texts_take_no_time(text: str) -> None:
    """Only the beginning is looked at."""
    start = time.process_time()
    credit_parts(text)
    is_credit(text)
    is_labelled(text)

    assert time.process_time() - start < 1
