"""Citations in every style."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from archivist.cite.bibtex import cite_bibtex, entry_key
from archivist.cite.csl import csl_item
from archivist.cite.plain import cite_plain
from archivist.cite.styles import STYLES
from archivist.model.citation import PersonName
from tests.unit.cite.citations import BARE, WHOLE

EVIL = 'A\x1b[31m “b” "c"\r\n\x00\u202ed\ud800 {e} }f\\g %h &i $j #k _l ~m ^n ü'
PRIVATE = ("http://127.0.0.1:8000/v/3", "file:///srv/archive/v3", "http://localhost/v/3", "http://10.1.2.3/", None)


def test_plain() -> None:
    """The plain style has author, title, site, date, address, capture, version, copy and the whole hash."""
    assert (
        "Mara Quill, “Chinese Spies Highly Active”, The Courier, 9 May 2026. https://courier.example/spies. "
        "Captured 2026-11-23T18:15:12Z (version 3 of 4). "
        "Archived at Harbour Archive, https://archive.example.org/v/3. " + f"SHA-256 {'a' * 64}."
    ) == cite_plain(WHOLE)


def test_plain_bare() -> None:
    """A page that says nothing of itself is cited by its address, without a date."""
    assert (
        "n.d. https://courier.example/spies. Captured 2026-11-23T18:15:12Z (version 3). " + f"SHA-256 {'a' * 64}."
    ) == cite_plain(BARE)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("A",), "A, “"),
        (("A", "B"), "A and B, “"),
        (("A", "B", "C"), "A, B and C, “"),
    ],
)
def test_plain_authors(names: tuple[str, ...], expected: str) -> None:
    """Several authors are told in order."""
    authors = tuple(PersonName(literal=name) for name in names)
    assert cite_plain(replace(WHOLE, authors=authors)).startswith(expected)


def test_bibtex() -> None:
    """The entry cites the copy, and says where it was taken from and how to check it."""
    assert (
        "@online{quill2026,\n"
        "  author = {Quill, Mara},\n"
        "  title = {{Chinese Spies Highly Active}},\n"
        "  date = {2026-05-09},\n"
        "  organization = {The Courier},\n"
        "  url = {https://archive.example.org/v/3},\n"
        "  urldate = {2026-11-23},\n"
        "  note = {Archived from https://courier.example/spies},\n"
        "  addendum = {Captured 2026-11-23T18:15:12Z (version 3 of 4). " + f"SHA-256 {'a' * 64}}},\n"
        "}"
    ) == cite_bibtex(WHOLE)


def test_bibtex_bare() -> None:
    """Without a date the year is n.d.; without a title the address stands for it."""
    entry = cite_bibtex(BARE)
    assert entry.startswith("@online{courierexamplend,\n  title = {{https://courier.example/spies}},\n  year = {n.d.},")
    assert "  url = {https://courier.example/spies}," in entry
    assert "date = {2026-11-23}" in entry.replace("urldate", "date")
    assert "\n  date =" not in entry


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("100% & more", r"100\% \& more"),
        ("{x} and }y{", r"\textbraceleft{}x\textbraceright{} and \textbraceright{}y\textbraceleft{}"),
        ('Über “ß” and "q"', 'Über “ß” and "q"'),
        ("\\input{x}", r"\textbackslash{}input\textbraceleft{}x\textbraceright{}"),
        ("a_b#c$d~e^f", r"a\_b\#c\$d\textasciitilde{}e\textasciicircum{}f"),
        ("two\nlines\x1b[31m", "two lines[31m"),
    ],
)
def test_bibtex_escapes(title: str, expected: str) -> None:
    """Signs that mean something to TeX are escaped; letters and quotation marks stay."""
    assert f"  title = {{{{{expected}}}}},\n" in cite_bibtex(replace(WHOLE, title=title))


def test_bibtex_braces_balance() -> None:
    """Whatever the page says, the entry closes every brace that it opens, and no other."""
    entry = cite_bibtex(
        replace(WHOLE, title=EVIL, site_name=EVIL, authors=(PersonName(literal=EVIL),), url=f"https://a.example/{EVIL}")
    )
    depth = 0
    for sign in entry:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert 0 == depth
    assert 10 == len(entry.splitlines())


def test_bibtex_names() -> None:
    """A name that is not split stands in braces, so that BibTeX does not split it."""
    authors = (*WHOLE.authors, PersonName(literal="Barnes and Sons Press"))
    assert "  author = {Quill, Mara and {Barnes and Sons Press}}," in cite_bibtex(replace(WHOLE, authors=authors))


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (PersonName(literal="Jörg Grüßner", given="Jörg", family="Grüßner"), "grussner2026"),
        (PersonName(literal="Łukasz Żak", given="Łukasz", family="Żak"), "zak2026"),
        (PersonName(literal="李明"), "thecourier2026"),
        (None, "thecourier2026"),
    ],
)
def test_entry_key(author: PersonName | None, expected: str) -> None:
    """Keys are made of small ASCII letters and the year."""
    assert expected == entry_key(replace(WHOLE, authors=(author,) if author else ()))


def test_csl() -> None:
    """The item has the names that reference managers read."""
    assert {
        "id": "quill2026",
        "type": "article-newspaper",
        "title": "Chinese Spies Highly Active",
        "author": [{"family": "Quill", "given": "Mara"}],
        "container-title": "The Courier",
        "issued": {"date-parts": [[2026, 5, 9]]},
        "accessed": {"date-parts": [[2026, 11, 23]]},
        "URL": "https://archive.example.org/v/3",
        "archive": "Harbour Archive",
        "archive_location": "https://archive.example.org/v/3",
        "language": "en-GB",
        "note": "original-url: https://courier.example/spies\ncaptured: 2026-11-23T18:15:12Z (version 3 of 4)\n"
        f"sha256: {'a' * 64}\nblake3: {'b' * 64}\nsnapshot: {'c' * 64}",
    } == csl_item(WHOLE)


def test_csl_bare() -> None:
    """What the page does not say is absent, first of all the date."""
    item = csl_item(BARE)
    assert {"id", "type", "accessed", "URL", "language", "note"} == set(item)
    assert "https://courier.example/spies" == item["URL"]


@pytest.mark.parametrize("style", STYLES)
class TestEveryStyle:
    """What holds in every style of the table."""

    def test_hash(self, style: str) -> None:
        """The whole SHA-256 is printed."""
        assert "a" * 64 in STYLES[style](WHOLE)

    def test_capture_is_no_publication(self, style: str) -> None:
        """The time of capture never stands for a missing date of publication."""
        text = STYLES[style](BARE)
        assert "23 November" not in text
        assert "issued" not in text
        assert not re.search(r"^ *(date|year) = .*2026", text, re.MULTILINE)

    @pytest.mark.parametrize("address", PRIVATE)
    def test_private_copy(self, style: str, address: str | None) -> None:
        """An address that others cannot reach is not printed as the address of the copy."""
        text = STYLES[style](replace(WHOLE, archive_url=address))
        assert "https://courier.example/spies" in text
        assert "archive.example.org" not in text
        assert "Harbour Archive" not in text
        assert address is None or address not in text

    def test_hostile_text(self, style: str) -> None:
        """No control character, turned direction or unpaired surrogate of the page comes through."""
        authors = (PersonName(literal=EVIL, given=EVIL, family=EVIL), PersonName(literal=EVIL))
        evil = replace(
            WHOLE,
            title=EVIL,
            site_name=EVIL,
            authors=authors,
            published=EVIL,
            url=f"https://a.example/{EVIL}",
            archive_url=f"https://b.example/{EVIL}",
            archive_name=EVIL,
        )
        text = STYLES[style](evil)
        assert text.replace("\n", "").isprintable()
        assert text.encode()

    def test_plain_url_only(self, style: str) -> None:
        """Addresses are printed without characters that no address may hold."""
        text = STYLES[style](replace(WHOLE, archive_url=None, url="https://courier.example/a b{c}"))
        assert "https://courier.example/a%20b%7Bc%7D" in text


def test_csl_is_json() -> None:
    """The style csl prints a list of one item."""
    assert [csl_item(WHOLE)] == json.loads(STYLES["csl"](WHOLE))


def test_record() -> None:
    """The record itself is printed without what is unknown."""
    assert {"given", "family", "literal"} == set(WHOLE.to_json()["authors"][0])  # type: ignore[index, call-overload, arg-type]
    assert {"url", "archived_at", "snapshot_id", "version", "sha256", "blake3"} <= set(BARE.to_json())
    assert not {"title", "authors", "published", "archive_url"} & set(BARE.to_json())


def test_key_without_names() -> None:
    """Where no name has a letter of the alphabet, the entry still has a key."""
    assert "article2026" == entry_key(replace(WHOLE, authors=(), site_name="新聞", url="http://[bad"))
