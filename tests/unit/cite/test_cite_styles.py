"""What holds in every style, and the parts of those that programs read."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from archivist.cite.bibtex import cite_biblatex, cite_bibtex
from archivist.cite.csl import csl_items
from archivist.cite.keys import entry_key, keyed
from archivist.cite.recognise import marks_in
from archivist.cite.styles import STYLES
from archivist.model.citation import Citation, PersonName
from tests.unit.cite.citations import BARE, WHOLE

EVIL = 'A\x1b[31m “b” "c"\r\n\x00\u202ed\ud800 \ue000{e} }f\\g %h &i $j #k _l ~m ^n ü <!-- --> |]'
PRIVATE = ("http://127.0.0.1:8000/v/3", "file:///srv/archive/v3", "http://localhost/v/3", "http://10.1.2.3/", None)
MARKED_UP = [style for style in STYLES if STYLES[style].is_marked_up]


def written(style: str, *citations: Citation) -> str:
    """Citations as plain text."""
    return STYLES[style].write(citations, "text")


def test_biblatex() -> None:
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
        "  addendum = {Updated 2026-05-10. Captured 2026-11-23T18:15:12Z (version 3 of 4). "
        f"SHA-256 {'a' * 64}}},\n"
        "}"
    ) == cite_biblatex([WHOLE])


def test_bibtex_bare() -> None:
    """Without a date the year is n.d.; without a title the page is called by its host."""
    entry = cite_bibtex([BARE])
    assert entry.startswith("@misc{courierexamplend,\n  title = {{Untitled page of courier.example}},\n")
    assert "  year = {n.d.}," in entry
    assert r"  howpublished = {\url{https://courier.example/spies}}," in entry
    assert "\n  date =" not in entry


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("100% & more", r"100\% \& more"),
        ("{x} and {y{z}}", r"\{x\} and \{y\{z\}\}"),
        ("{x} and }y{", r"\textbraceleft{}x\textbraceright{} and \textbraceright{}y\textbraceleft{}"),
        ('Über “ß” and "q"', 'Über “ß” and "q"'),
        ("\\input{x}", r"\textbackslash{}input\{x\}"),
        ("a_b#c$d~e^f", r"a\_b\#c\$d\textasciitilde{}e\textasciicircum{}f"),
        ("two\nlines\x1b[31m", "two lines[31m"),
        ("''a'' --- ``b`` <<c>> ?`", "'{}'a'{}' -{}-{}- `{}`b`{}` <{}<c>{}> ?{}`"),
    ],
)
def test_bibtex_escapes(title: str, expected: str) -> None:
    """Signs that mean something to TeX are escaped; letters and quotation marks stay."""
    assert f"  title = {{{{{expected}}}}},\n" in cite_bibtex([replace(WHOLE, title=title)])


@pytest.mark.parametrize("cite", [cite_bibtex, cite_biblatex])
def test_bibtex_braces_balance(cite: type[cite_bibtex]) -> None:  # type: ignore[valid-type]
    """Whatever the page says, the entry closes every brace that it opens, and no other."""
    authors = (PersonName(literal=EVIL),)
    entry = cite([replace(WHOLE, title=EVIL, site_name=EVIL, authors=authors, url=f"https://a.example/{EVIL}")])
    depth = 0
    for sign in entry:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert 0 == depth
    assert entry.count("@") == 1


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


def test_key_without_names() -> None:
    """Where no name has a letter of the alphabet, the entry still has a key."""
    assert "article2026" == entry_key(replace(WHOLE, authors=(), site_name="新聞", url="http://[bad"))


def test_keys_of_a_bibliography() -> None:
    """Entries with one key are told apart by a letter, and beyond z by two."""
    assert ["quill2026"] == [key for key, _ in keyed([WHOLE])]
    keys = [key for key, _ in keyed([WHOLE] * 28)]
    assert ["quill2026a", "quill2026b"] == keys[:2]
    assert ["quill2026z", "quill2026aa", "quill2026ab"] == keys[-3:]


def test_csl() -> None:
    """The item has the names that reference managers read."""
    assert [
        {
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
            "note": "original-url: https://courier.example/spies\nupdated: 2026-05-10\n"
            "captured: 2026-11-23T18:15:12Z (version 3 of 4)\n"
            f"sha256: {'a' * 64}\nblake3: {'b' * 64}\nsnapshot: {'c' * 64}",
        }
    ] == csl_items([WHOLE])


def test_csl_bare() -> None:
    """What the page does not say is absent, first of all the date."""
    (item,) = csl_items([BARE])
    assert {"id", "type", "accessed", "URL", "language", "note"} == set(item)
    assert "https://courier.example/spies" == item["URL"]


def test_csl_is_json() -> None:
    """The style csl prints a list of all items."""
    assert csl_items([WHOLE, BARE]) == json.loads(written("csl", WHOLE, BARE))


@pytest.mark.parametrize("style", STYLES)
class TestEveryStyle:
    """What holds in every style of the table."""

    def test_hash(self, style: str) -> None:
        """The whole hash is in it, and found again."""
        wanted = "b" * 64 if style == "blake3" else "a" * 64
        mixed = replace(WHOLE, sha256="0a" * 32, blake3="0b" * 32)
        assert wanted in {mark.digits for mark in marks_in(written(style, WHOLE))} or style in {"ni", "sri"}
        assert {"0a" * 32, "0b" * 32} & {mark.digits for mark in marks_in(written(style, mixed))}

    def test_capture_is_no_publication(self, style: str) -> None:
        """The time of capture never stands for a missing date of publication."""
        text = written(style, BARE)
        assert "issued" not in text
        assert "DA  -" not in text
        assert not re.search(r"^ *(date|year) = .*2026", text, re.MULTILINE)
        assert not re.search(r"\|(date|datum)=", text)

    @pytest.mark.parametrize("address", PRIVATE)
    def test_private_copy(self, style: str, address: str | None) -> None:
        """An address that others cannot reach is not printed as the address of the copy."""
        text = written(style, replace(WHOLE, archive_url=address))
        assert "https://courier.example/spies" in text
        assert "archive.example.org" not in text
        assert address is None or address not in text

    def test_hostile_text(self, style: str) -> None:
        """No control character, turned direction or unpaired surrogate of the page comes through."""
        authors = (PersonName(literal=EVIL, given=EVIL, family=EVIL, suffix=EVIL), PersonName(literal=EVIL))
        evil = replace(
            WHOLE,
            title=EVIL,
            site_name=EVIL,
            authors=authors,
            contributors=authors,
            published=EVIL,
            updated=EVIL,
            language=EVIL,
            url=f"https://a.example/{EVIL}",
            archive_url=f"https://b.example/{EVIL}",
            archive_name=EVIL,
        )
        for markup in ("text", "markdown", "html") if style in MARKED_UP else ("text",):
            text = STYLES[style].write([evil], markup)  # type: ignore[arg-type]
            assert text.replace("\n", "").isprintable()
            assert text.encode()

    def test_plain_url_only(self, style: str) -> None:
        """Addresses are printed without characters that no address may hold."""
        text = written(style, replace(WHOLE, archive_url=None, url="https://courier.example/a b{c}"))
        assert "https://courier.example/a%20b%7Bc%7D" in text

    def test_bibliography(self, style: str) -> None:
        """Several citations stand one after the other, each with its own hash."""
        other = replace(WHOLE, sha256="0a" * 32, blake3="0b" * 32)
        found = [
            mark.digits for mark in marks_in(written(style, other, replace(other, sha256="0c" * 32, blake3="0d" * 32)))
        ]
        wanted = ("0b" * 32, "0d" * 32) if style == "blake3" else ("0a" * 32, "0c" * 32)
        assert [digits for digits in found if digits in wanted] == list(wanted)


@pytest.mark.parametrize("style", MARKED_UP)
def test_html_is_escaped(style: str) -> None:
    """As HTML, a title of a page is text; italics and links are elements."""
    text = STYLES[style].write([replace(WHOLE, title='<img src=x onerror="a()"> & <i>b</i>')], "html")
    assert "<img" not in text
    assert "&lt;img" in text
    assert '<a href="https://courier.example/spies">' in text
    assert set(re.findall(r"</?(\w+)", text)) <= {"i", "a"}


def test_record() -> None:
    """The record itself is printed without what is unknown."""
    assert {"given", "family", "literal"} == set(WHOLE.to_json()["authors"][0])  # type: ignore[index, call-overload, arg-type]
    assert {"url", "archived_at", "snapshot_id", "version", "sha256", "blake3"} <= set(BARE.to_json())
    assert not {"title", "authors", "published", "archive_url"} & set(BARE.to_json())
