"""The labels of real articles as citations: nothing is lost, guessed or turned round in any of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import bibtexparser
import mwparserfromhell
import pytest
import rispy

from archivist.cite.csl import csl_items
from archivist.cite.dates import date_parts
from archivist.cite.line import american_quotes, one_line, single_quotes
from archivist.cite.names import cited_authors
from archivist.cite.recognise import marks_in
from archivist.cite.styles import STYLES
from archivist.model.citation import Citation
from tests.unit.cite.citations import WHOLE

LABELS = Path(__file__).parents[3].parent / "shared" / "data" / "articles" / "labels.jsonl"
PEOPLE = [style for style in STYLES if STYLES[style].is_marked_up]


@pytest.fixture(scope="module")
def labelled() -> list[Citation]:
    """A citation of each."""
    if not LABELS.exists():
        pytest.skip(f"labelled articles are absent: {LABELS}")
    return list(_citations(LABELS.read_text(encoding="utf-8").splitlines()))


def _citations(lines: list[str]) -> Iterator[Citation]:
    for line in lines:
        label: dict[str, Any] = json.loads(line)
        names = [name[0] if isinstance(name, list) else name for name in label["authors"] or ()]
        yield replace(
            WHOLE,
            title=label["title"],
            authors=cited_authors(names, label["authors_neutral"] or (), language=label["language"]),
            contributors=cited_authors(label["contributors"] or (), language=label["language"]),
            site_name=label["site_name"],
            published=label["published"],
            updated=label["updated"],
            language=label["language"],
            url=label["canonical_url"] or label["url"],
        )


def _without(text: str, forms: set[str]) -> str:
    """The text with a letter in the place of the title, whose own oddities are not ours."""
    for form in forms:
        text = text.replace(form, "T").replace(form.rstrip("’”.?!"), "T")
    return text


def test_names_are_not_changed(labelled: list[Citation]) -> None:
    """Each name is whole: split or not, its parts in their order are what the byline shows."""
    for citation in labelled:
        for name in citation.authors:
            parts = " ".join(filter(None, (name.given, name.surname, name.suffix)))
            assert parts in {"", name.literal}
            if (citation.language or "")[:2] in {"zh", "ja", "ko", "vi", "hu"}:
                assert name.family is None


@pytest.mark.parametrize("style", PEOPLE)
def test_for_people(style: str, labelled: list[Citation]) -> None:
    """Title, site, year and hash are in each citation; a year that the page does not give is in none."""
    for citation in labelled:
        text = STYLES[style].write([citation], "text")
        title = one_line(citation.title or "")
        forms = {title, american_quotes(title), single_quotes(title)}
        assert any(form[:-1] in text for form in forms), (style, title)
        assert one_line(citation.site_name or "") in text or citation.authors[0].literal in text
        # APA cites the last update (9.15).
        date = citation.updated or citation.published if style == "apa" else citation.published
        year = "".join(map(str, date_parts(date)[:1]))
        assert year in text
        assert citation.sha256 in {mark.digits for mark in marks_in(text)}
        assert not re.search(r"\.\.(?!\.)(?<!\.\.\.)|,,|  | ,|\(\)|\[\]|“”|‘’", _without(text, forms)), text


def test_for_programs(labelled: list[Citation]) -> None:
    """Independent readers get title and number of authors of each back."""
    read = rispy.loads(STYLES["ris"].write(labelled, "text"))
    library = bibtexparser.parse_string(STYLES["biblatex"].write(labelled, "text"))
    assert not library.failed_blocks
    assert len(labelled) == len(read) == len(library.entries) == len({item["id"] for item in csl_items(labelled)})
    for citation, each in zip(labelled, read, strict=True):
        assert one_line(citation.title or "") == each["title"]
        assert len(citation.authors) == len(each.get("authors", []))


@pytest.mark.parametrize("style", ["wikipedia", "wikipedia-fr", "wikipedia-de"])
def test_for_wikipedia(style: str, labelled: list[Citation]) -> None:
    """Each is one template without unnamed parameters."""
    for citation in labelled:
        code = mwparserfromhell.parse(STYLES[style].write([citation], "text"))
        template = code.filter_templates(recursive=False)[0]
        assert not template.has("1")
        assert str(code).startswith(str(template) + "<!--")
