"""Ids and hashes are found in citations whatever mails, PDFs and word processors did to them."""

from __future__ import annotations

import hashlib
import html
import quopri
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.cite.recognise import Mark, marks_in, squeezed
from archivist.cite.styles import STYLES
from tests.unit.cite.cases import CASES

HASH = hashlib.sha256(b"page").hexdigest()


def _cut(text: str, width: int, between: str) -> str:
    return between.join(text[start : start + width] for start in range(0, len(text), width))


WAYS: Mapping[str, Callable[[str], str]] = {
    "as printed": str,
    "broken at words": lambda text: textwrap.fill(text, 60, break_on_hyphens=False),
    "broken anywhere": lambda text: _cut(text, 37, "\n"),
    "broken, then joined by blanks": lambda text: _cut(text, 41, " "),
    "indented": lambda text: _cut(text, 53, "\n        "),
    "Windows lines": lambda text: _cut(text, 48, "\r\n"),
    "quoted in a mail": lambda text: "> " + _cut(text, 60, "\n> "),
    "quoted twice": lambda text: ">> " + _cut(text, 60, "\n>> "),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "escaped": html.escape,
    "escaped twice": lambda text: html.escape(html.escape(text)),
    "soft hyphens": lambda text: _cut(text, 5, "\u00ad"),
    "zero-width spaces": lambda text: _cut(text, 7, "\u200b"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "no-break hyphens": lambda text: text.replace("-", "\u2011"),
    "dashes": lambda text: text.replace("SHA-256", "SHA–256"),
    "curly": lambda text: text.replace('"', "”").replace("'", "’"),
    "wide digits": lambda text: text.replace("SHA-256 0", "SHA-256 ０"),
    "in a table": lambda text: f"| {text} |",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("style", STYLES)
def test_every_style_every_way(style: str, way: str) -> None:
    """The hash of every style is found after every mishap, in all shapes of citations."""
    for number, citation in enumerate(CASES.values()):
        sha256, blake3 = (hashlib.sha256(f"{name} {number}".encode()).hexdigest() for name in ("page", "other"))
        text = STYLES[style].write([replace(citation, sha256=sha256, blake3=blake3)], "text")
        found = {mark.digits for mark in marks_in(WAYS[way](text))}
        assert (blake3 if style == "blake3" else sha256) in found


@pytest.mark.parametrize("style", [style for style in STYLES if style not in {"ni", "sri"}])
def test_capitals(style: str) -> None:
    """Hex in capitals is the same hash."""
    text = STYLES[style].write([replace(CASES["one author"], sha256=HASH, blake3=HASH)], "text")
    assert HASH in {mark.digits for mark in marks_in(text.upper())}


@given(st.integers(1, 63), st.sampled_from(["\n", "-\n", " ", " \n ", "\\\n", "\u00ad\n", "\n> "]))
def test_hash_broken_anywhere(place: int, between: str) -> None:
    """One break at any place of the hash is mended."""
    assert Mark(kind="sha256", digits=HASH) in marks_in(f"SHA-256 {HASH[:place]}{between}{HASH[place:]}. Added later.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mara Quill, “Nine cranes”, The Courier, 9 May 2026.",
        "a facade was added to the decade-old deadbeef cafe",
        "Captured 2026-11-23T18:15:12Z, phone 0123456789",
        f"SHA-256 {HASH[:11]}",
        "SHA-256 " + "x" + HASH[1:],
        "ni:///sha-256;tooshort",
    ],
)
def test_nothing(text: str) -> None:
    """Words, dates, short numbers and broken hashes are no marks."""
    assert not [mark for mark in marks_in(text) if mark.is_whole or mark.kind != "unknown"]


def test_kinds() -> None:
    """What a citation calls it is known, and what stands in an address is not called anything."""
    blake3 = hashlib.sha256(b"other").hexdigest()
    marks = marks_in(f"snapshot: {HASH[:12]}, blake3:{blake3}  https://archive.example.org/{HASH} ")
    assert [("snapshot", HASH[:12]), ("blake3", blake3), ("unknown", HASH)] == [
        (each.kind, each.digits) for each in marks
    ]


def test_several() -> None:
    """A bibliography has the marks of all, each once."""
    other = hashlib.sha256(b"other").hexdigest()
    text = f"SHA-256 {HASH}.\nSHA-256 {other}.\nSHA-256 {HASH}."
    assert [HASH, other] == [mark.digits for mark in marks_in(text)]


def test_lost_digit() -> None:
    """A hash that lost a digit is not put together with what stands beside it."""
    assert not any(mark.is_whole for mark in marks_in(f"SHA-256 {HASH[:30]}{HASH[31:]}. Added."))


def test_squeezed() -> None:
    """Breaks, blanks and hyphens are gone."""
    assert "httpscourier.example/ab" in squeezed("https-\n cou\u00adrier.example/a-\nb").replace(":/", "")


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """No text is too strange; what is found is hex of a length that an id or hash can have."""
    for mark in marks_in(text):
        assert 12 <= len(mark.digits) <= 64
        assert set(mark.digits) <= set("0123456789abcdef")


def test_long_text_is_quick() -> None:
    """A text made to be slow is not."""
    for piece in ("a1 ", "> ", "sha-256 ", "ni:///sha-256;" + "A" * 42, "&amp;amp;", "a" * 63 + "\n"):
        marks_in(piece * (200_000 // len(piece)))
