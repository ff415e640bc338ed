"""Names, dates and addresses in citations."""

from __future__ import annotations

import pytest

from archivist.cite.dates import iso_day, long_date
from archivist.cite.line import one_line
from archivist.cite.links import plain_url, public_url
from archivist.cite.names import cited_authors, split_name


@pytest.mark.parametrize(
    ("display", "given", "family"),
    [
        ("Hannah Ng", "Hannah", "Ng"),
        ("Mara J. Quill", "Mara J.", "Quill"),
        ("J. K. Rowling", "J. K.", "Rowling"),
        ("J.K. Rowling", "J.K.", "Rowling"),
        ("Quill, Mara", "Mara", "Quill"),
        ("Jean-Luc Picard", "Jean-Luc", "Picard"),
        ("Seán O’Brien", "Seán", "O’Brien"),
        ("Łukasz  Żak", "Łukasz", "Żak"),
    ],
)
def test_split(display: str, given: str, family: str) -> None:
    """Two plain words, with nothing but initials between, are given and family name."""
    name = split_name(display)
    assert (given, family, f"{given} {family}") == (name.given, name.family, name.literal)


@pytest.mark.parametrize(
    "display",
    [
        "AFP",
        "Harbour Press",
        "Staff Reporter",
        "The Courier",
        "Ludwig van Beethoven",
        "Gabriel García Márquez",
        "Martin King Jr.",
        "King, Martin, Jr.",
        "Xi Jinping",
        "Kim Jong-un",
        "DAVID SMITH",
        "Eva Fu and Al Gore",
        "Madonna",
        "李 明",
        "Иван Петров",
        "Anna 2",
        "hannah ng",
        "Ng,",
        ", Ng",
        "",
    ],
)
def test_literal(display: str) -> None:
    """Where a split would be a guess, the name stays as it is shown."""
    name = split_name(display)
    assert (display, None, None) == (name.literal, name.given, name.family)


@pytest.mark.parametrize("language", ["hu", "zh-Hant", "JA"])
def test_family_first(language: str) -> None:
    """On pages in languages that may put the family name first nothing is split."""
    assert split_name("Nagy Anna", language=language).family is None


def test_authors() -> None:
    """Persons are cited, and bodies only where there is no person."""
    assert ["Hannah Ng"] == [name.literal for name in cited_authors(["Hannah Ng", " "], ["Reuters"])]
    assert ["Hannah Ng"] == [name.literal for name in cited_authors(["\u202e"], ["Hannah Ng"])]
    (body,) = cited_authors([], ["Press Trust"])
    assert ("Press Trust", None) == (body.literal, body.family)


@pytest.mark.parametrize(
    ("date", "long", "day"),
    [
        ("2026-05-09", "9 May 2026", "2026-05-09"),
        ("2026-05-09T23:30:00-08:00", "9 May 2026", "2026-05-09"),
        ("2026-12", "December 2026", "2026-12"),
        ("2026", "2026", "2026"),
        ("last Tuesday", "last Tuesday", None),
        ("2026-13-01", "2026-13-01", None),
        ("", "n.d.", None),
        (None, "n.d.", None),
    ],
)
def test_dates(date: str | None, long: str, day: str | None) -> None:
    """Dates are as precise as the page gives them, in its own zone."""
    assert (long, day) == (long_date(date), iso_day(date))


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "http://127.0.0.1/x",
        "http://127.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fd00::1]/",
        "http://192.168.1.5/",
        "http://localhost:8000/",
        "http://nas/",
        "http://nas.local/",
        "http://archive.localhost./",
        "http://user:secret@archive.example.org/",
        "file:///srv/archive",
        "ftp://archive.example.org/",
        "javascript:alert(1)",
        "http://[bad",
        "//archive.example.org/",
    ],
)
def test_not_public(url: str | None) -> None:
    """Addresses of this machine, of a private network, or of no web page are not for print."""
    assert public_url(url) is None


@pytest.mark.parametrize(
    "url", ["https://archive.example.org/v/3?a=b#c", "http://8.8.8.8/x", "https://archiv.müller.example/ü"]
)
def test_public(url: str) -> None:
    """Addresses that others can reach are printed as they stand."""
    assert url == public_url(url)


def test_plain_url() -> None:
    """Spaces, brackets, control characters and unpaired surrogates are encoded, and nothing twice."""
    assert "https://a.example/a%20b%7Bc%7D%20%1B%3F" == plain_url(" https://a.example/a b{c}%20\x1b\ud800")


def test_one_line() -> None:
    """Text in one line keeps its letters, joiners and emoji, and loses what steers."""
    assert "a [1mb می\u200cخواهم 👩\u200d🚀" == one_line(
        " a\n\t\x1b[1mb\x00\u202e\ufeff می\u200cخواهم 👩\u200d🚀\u2066 "
    )
