"""What independent readers get out of the formats for programs: all that was written, in every script."""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import bibtexparser
import citeproc
import jsonschema
import mwparserfromhell
import pytest
import rispy
import yaml
from bibtexparser import middlewares
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from pylatexenc.latex2text import LatexNodes2Text

from archivist.cite.csl import csl_items
from archivist.cite.line import one_line
from archivist.cite.processor import cite_by_style
from archivist.cite.styles import STYLES
from archivist.errors import UsageError
from archivist.model.citation import Citation, PersonName
from tests.unit.cite.cases import CASES
from tests.unit.cite.citations import BARE, WHOLE

HARVARD = Path(citeproc.__file__).parent / "data" / "styles" / "harvard-cite-them-right.csl"

TITLES = st.text(
    st.one_of(
        st.sampled_from("{}|[]<>&%$#_~^\\\"'`“”‘’„«»-=*:;!?,. "),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Co", "Cn", "Zl", "Zp")),
    ),
    min_size=1,
    max_size=40,
).filter(lambda text: bool(one_line(text)))
LITERALS = st.sampled_from(["李明", "Анна Смирнова", "ليلى حداد", "मीना राव", "Barnes and Sons, Inc.", "O’Hara & Co."])
AUTHORS = st.lists(
    st.one_of(
        st.builds(lambda name: PersonName(literal=name), LITERALS),
        st.just(PersonName(literal="Anna van der Berg", given="Anna", particle="van der", family="Berg")),
        st.just(PersonName(literal="Łukasz Żak Jr.", given="Łukasz", family="Żak", suffix="Jr.")),
    ),
    max_size=4,
)
CITATIONS = st.builds(
    lambda title, site, authors: replace(WHOLE, title=title, site_name=site, authors=tuple(authors)),
    TITLES,
    TITLES,
    AUTHORS,
)

_NAMES = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"type": "string"} for name in ("family", "given", "literal", "non-dropping-particle", "suffix")
        },
    },
}
_DAY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array",
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
}
CSL_SCHEMA: Mapping[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {"enum": ["article-newspaper", "webpage", "report"]},
            "author": _NAMES,
            "contributor": _NAMES,
            "issued": _DAY,
            "accessed": _DAY,
            "number-of-pages": {"type": ["string", "number"]},
            **{
                name: {"type": "string"}
                for name in (
                    "id",
                    "title",
                    "container-title",
                    "publisher",
                    "URL",
                    "archive",
                    "archive_location",
                    "language",
                    "note",
                )
            },
        },
    },
}
"""Of csl-data 1.0.2 what our items use: a variable that it does not know is refused by its readers."""


def written(style: str, *citations: Citation) -> str:
    """Citations as plain text."""
    return STYLES[style].write(citations, "text")


def of_tex(value: str) -> str:
    """A BibTeX value as text."""
    value = value.replace(r"\textbraceleft{}", r"\{").replace(r"\textbraceright{}", r"\}")
    # The reader knows the sign only as an accent.
    return str(LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=True).latex_to_text(value)).replace("ˆ", "^")


def entry_of(text: str) -> dict[str, str]:
    """The one entry, as the reader has it, TeX left in."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return {field.key: str(field.value) for field in entry.fields}


def authors_of(text: str) -> list[tuple[str, ...]]:
    """Names, split by the reader: first, von, last, Jr."""
    library = bibtexparser.parse_string(
        text, append_middleware=[middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    )
    (entry,) = library.entries
    names = entry.fields_dict["author"].value if "author" in entry.fields_dict else []
    return [tuple(of_tex(" ".join(part)) for part in (each.first, each.von, each.last, each.jr)) for each in names]


def expected_names(citation: Citation) -> list[tuple[str, ...]]:
    """The same as we have them."""
    return [
        (name.given, name.particle or "", name.family, name.suffix or "")
        if name.given and name.family
        else ("", "", name.literal, "")
        for name in citation.authors
    ]


@pytest.mark.parametrize("style", ["bibtex", "biblatex"])
@settings(deadline=None, max_examples=30)
@given(citation=CITATIONS)
def test_bibtex(style: str, citation: Citation) -> None:
    """What bibtexparser reads is title, names, site and hash as they were."""
    text = written(style, citation)
    entry = entry_of(text)
    if "ˆ" not in citation.title + citation.site_name:  # type: ignore[operator]
        assert one_line(citation.title or "") == of_tex(entry["title"])
        place = entry["organization"] if style == "biblatex" else entry["howpublished"].rpartition(", \\url")[0]
        assert one_line(citation.site_name or "") == of_tex(place)
    assert expected_names(citation) == authors_of(text)
    assert f"SHA-256 {citation.sha256}" in entry["addendum" if style == "biblatex" else "note"]


@settings(deadline=None, max_examples=30)
@given(citation=CITATIONS)
def test_ris(citation: Citation) -> None:
    """Rispy reads title, names, site, dates, address and hash as they were."""
    (read,) = rispy.loads(written("ris", citation))
    assert one_line(citation.title or "") == read["title"]
    assert one_line(citation.site_name or "") == read["secondary_title"]
    people = [
        ", ".join(filter(None, (name.surname, name.given, name.suffix))) or name.literal for name in citation.authors
    ]
    assert people == read.get("authors", [])
    assert ["https://archive.example.org/v/3"] == read["urls"]
    assert ("2026", "2026/05/09/", "2026/11/23/") == (read["year"], read["date"], read["access_date"])
    assert f"SHA-256: {citation.sha256}" in read["notes"]


@settings(deadline=None, max_examples=30)
@given(citation=CITATIONS)
def test_csl(citation: Citation) -> None:
    """CSL-JSON keeps to its schema; as YAML it is the same."""
    items = json.loads(written("csl", citation))
    jsonschema.validate(items, CSL_SCHEMA)
    assert one_line(citation.title or "") == items[0]["title"]
    assert items == yaml.safe_load(written("yaml", citation))["references"]


@pytest.mark.parametrize("case", CASES)
def test_csl_of_every_case(case: str) -> None:
    """All shapes keep to the schema, and only what is known is there."""
    items = csl_items([CASES[case]])
    jsonschema.validate(items, CSL_SCHEMA)
    assert ("issued" in items[0]) == (CASES[case].published is not None)


@pytest.mark.parametrize("case", CASES)
def test_csl_processor(case: str) -> None:
    """A CSL processor makes an entry of every item, with its title and its hash."""
    citation = CASES[case]
    entry = cite_by_style([citation], HARVARD.read_bytes(), name="harvard", markup="text")
    assert f"SHA-256 {citation.sha256}." in entry
    if citation.title and not set('"“”‘’') & set(citation.title):
        assert citation.title in entry
    if citation.authors and citation.authors[0].family:
        assert citation.authors[0].family in entry


def test_csl_processor_keeps_the_order() -> None:
    """A style that sorts its list does not mix up the hashes."""
    citations = [CASES[name] for name in ("Turkish", "a report", "one author", "a suffix")]
    lines = cite_by_style(citations, HARVARD.read_bytes(), name="harvard", markup="html").splitlines()
    assert [citation.sha256 for citation in citations] == [re.search(r"SHA-256 (\w+)", line)[1] for line in lines]  # type: ignore[index]
    assert "Saltmere Harbour Authority" in lines[1]


def test_csl_processor_html() -> None:
    """As HTML a title stays text."""
    entry = cite_by_style(
        [replace(WHOLE, title="<script>a</script> & b")], HARVARD.read_bytes(), name="x", markup="html"
    )
    assert "<script" not in entry
    assert "&lt;script&gt;a&lt;/script&gt; &amp; b" in entry


@pytest.mark.parametrize(
    "data", [b"", b"<x/>", b'<style xmlns="http://purl.org/net/xbiblio/csl"/>', b"\x00\xff", b"{}"]
)
def test_csl_of_no_style(data: bytes) -> None:
    """What is no style is told by its name."""
    with pytest.raises(UsageError, match=r"broken\.csl"):
        cite_by_style([WHOLE], data, name="broken.csl", markup="text")


def test_without_citeproc(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, what to install is said."""
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(UsageError, match="citeproc-py") as raised:
        cite_by_style([WHOLE], HARVARD.read_bytes(), name="x", markup="text")
    assert raised.value.hint == "pip install 'archivist[csl]'"


def test_csl_is_not_markdown() -> None:
    """The processor writes no Markdown, and that is said."""
    with pytest.raises(UsageError, match="Markdown"):
        cite_by_style([WHOLE], HARVARD.read_bytes(), name="x", markup="markdown")


def template_of(text: str) -> dict[str, str]:
    """The one template, as MediaWiki shows its values."""
    code = mwparserfromhell.parse(text)
    template = next(each for each in code.filter_templates(recursive=False))
    assert str(code).startswith(str(template))
    assert not template.has("1")  # a pipe of the title would have made one
    values = ((str(each.name).strip(), str(each.value).strip()) for each in template.params)
    return {name: html.unescape(value.replace("{{!}}", "|")) for name, value in values}


@pytest.mark.parametrize(
    ("style", "title", "site"),
    [("wikipedia", "title", "work"), ("wikipedia-fr", "titre", "périodique"), ("wikipedia-de", "titel", "werk")],
)
@settings(deadline=None, max_examples=30)
@given(citation=CITATIONS)
def test_wikipedia(style: str, title: str, site: str, citation: Citation) -> None:
    """What mwparserfromhell reads is one template with the values of the page, and one comment with the hash."""
    text = written(style, citation)
    values = template_of(text)
    assert one_line(citation.title or "") == values[title]
    assert one_line(citation.site_name or "") == values[site]
    (comment,) = mwparserfromhell.parse(text).filter_comments()
    assert citation.sha256 in str(comment)
    assert "--" not in str(comment)[4:-3]
    for node in mwparserfromhell.parse(text).filter_templates()[1:]:
        assert "{{!}}" == str(node)


@pytest.mark.parametrize("status", ["live", "dead", "deviated"])
def test_url_status(status: Any) -> None:
    """The state of the original address is told where there is an archived one (CS1), and nowhere else."""
    values = template_of(written("wikipedia", replace(WHOLE, url_status=status)))
    assert (status, "23 November 2026") == (values["url-status"], values["archive-date"])
    private = template_of(written("wikipedia", replace(WHOLE, url_status=status, archive_url=None)))
    assert not {"url-status", "archive-url", "archive-date"} & set(private)
    german = template_of(written("wikipedia-de", replace(WHOLE, url_status=status)))
    assert ("offline" in german) == (status == "dead")


@settings(deadline=None, max_examples=30)
@given(citation=CITATIONS)
def test_robust_link(citation: Citation) -> None:
    """An HTML parser finds one link with the attributes that Robust Links require, and its text."""
    element = lxml_html.fragment_fromstring(written("robust", citation))
    assert ("a", one_line(citation.title or "")) == (element.tag, element.text_content())
    assert {
        "href": "https://courier.example/spies",
        "data-originalurl": "https://courier.example/spies",
        "data-versionurl": "https://archive.example.org/v/3",
        "data-versiondate": "2026-11-23",
        "data-sha256": citation.sha256,
    } == dict(element.attrib)


def test_private_robust_link() -> None:
    """Where the copy is private, the required attributes are there all the same."""
    element = lxml_html.fragment_fromstring(written("robust", BARE))
    assert {"href", "data-originalurl", "data-versiondate", "data-sha256"} == set(element.attrib)
