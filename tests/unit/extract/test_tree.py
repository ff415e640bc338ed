"""Questions to elements."""

from __future__ import annotations

import pytest

from archivist.extract.claims import element_claim
from archivist.extract.tree import collapse, path_of, text_of
from tests.unit.extract.pages import page

ZWNJ, ZWJ = "\u200c", "\u200d"


@pytest.mark.parametrize(
    "text",
    [
        f"جرثقیل{ZWNJ}ها ایستاده{ZWNJ}اند",
        f"ক{ZWJ}ষ",
        f"क्{ZWNJ}ष क्{ZWJ}",
        f"අංක ශ්{ZWJ}රී",
        f"അവന്{ZWJ} പറഞ്ഞു",
        f"👩{ZWJ}🚒",
    ],
)
def test_joiners_that_mean_something_stay(text: str) -> None:
    """Between letters of scripts that join, and behind a letter of India, a joiner is part of the word."""
    assert text == collapse(text)


@pytest.mark.parametrize(
    "name",
    ["sr-only", "u-visually-hidden", "c-label__text--visually-hidden", "o-normalise-visually-hidden", "gl-A11y-hidden"],
)
def test_what_is_left_to_screen_readers_is_no_text(name: str) -> None:
    """Style sheets put prefixes of their own before the usual names."""
    [line] = page(f'<p><span class="x {name}">Image:</span> The quay</p>').root.iter("p")

    assert text_of(line) == "The quay"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Hafen{ZWNJ}kräne", "Hafenkräne"),
        (f"Hafen{ZWJ} {ZWNJ}kran", "Hafen kran"),
        (f"بندر{ZWNJ} ", "بندر"),
        ("Ha\u00adfen\u200b\u200e\u200f\u2060\ufeff", "Hafen"),
        ("  Kräne \n\t\u00a0 am\u3000Kai ", "Kräne am Kai"),
    ],
)
def test_the_invisible_is_gone(text: str, expected: str) -> None:
    """Soft hyphens, marks of direction, joiners that join nothing; white space is one blank."""
    assert expected == collapse(text)


@pytest.mark.parametrize("name", ["o:p", "o:p:q", "m\ufffdta", "a[b", 'a"b', "a.b-c", "日本"])
def test_every_path_finds_its_element(name: str) -> None:
    """The path is an XPath that leads back, whatever the elements on the way are called."""
    html = page(f"<html><body><div><i></i><{name}>a<b>b</b></{name}><{name}>c<b>d</b></{name}></div></body></html>")

    for element in html.root.iter():
        assert [element] == html.root.getroottree().xpath(path_of(element))


def test_attributes_are_found_again() -> None:
    """Also one whose name has a colon, which the parser takes for a name like any other."""
    root = page('<html xml:lang="de"><body></body></html>').root
    claim = element_claim("de", root, witness="lang", text="de", attribute="xml:lang")

    assert ["de"] == root.getroottree().xpath(claim.evidence.at)
