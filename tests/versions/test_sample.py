"""The sample in the checkout, made by an early version: later ones must still read, verify, compare and cite it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archivist.verbs.cite import cite
from archivist.verbs.diff import diff
from archivist.verbs.list import list_articles
from archivist.verbs.log import log
from archivist.verbs.reindex import reindex
from archivist.verbs.show import show
from archivist.verbs.verify import verify
from archivist.workspace import Workspace, find_archive

TOP = Path(__file__).resolve().parents[2]
URL = "http://courier.example/2026/11/harbour-cranes-worked-past-inspection-date"


@pytest.fixture
def sample(tmp_path: Path) -> Workspace:
    """A copy of the sample, without a catalog."""
    for name in ("archives", "manifests"):
        shutil.copytree(TOP / name, tmp_path / name)
    return Workspace.open(find_archive(tmp_path, environ={}), environ={})


def test_sample_is_whole(sample: Workspace) -> None:
    """Every byte, digest, statement and signature of the sample is as it was."""
    result = verify(sample, is_deep=True, progress=None)

    assert ("ok", ()) == (result.state, result.findings)


def test_sample_tells_its_story(sample: Workspace) -> None:
    """The sample holds one article in two versions, the second of which was edited in silence."""
    (article,) = list_articles(sample)
    history = log(sample, URL)

    assert (URL, 2, 2) == (article.key, article.versions, article.snapshots)
    assert [None, "undeclared"] == [entry.diff and entry.diff.verdict.kind for entry in history.entries]


def test_sample_shows_what_was_edited(sample: Workspace) -> None:
    """The quote, the number, the credit and the PDF are told, and nothing else."""
    found = diff(sample, URL).diff

    assert {
        "credit_changed",
        "lede_changed",
        "number_changed",
        "paragraph_edited",
        "pdf_page_inserted",
        "pdf_text_changed",
        "quote_changed",
        "stealth_edit",
    } == set(found.categories)
    assert ["Photo: Mirela Falkner/Northquay Pictures"] == [change.old for change in found.photos]


def test_sample_is_read_as_it_was(sample: Workspace) -> None:
    """Author, contributor, dates and linked documents stand in the manifest."""
    article = show(sample, f"{URL}@1").reading.article

    assert article is not None
    assert "Ottilie Brandvold" == article.value("authors")
    assert ("Piers Quillon",) == article.settled("contributors").texts
    assert "2026-11-17T06:30:00+01:00" == article.value("published")
    assert ["annual safety report", "a letter to the town council"] == [link.text for link in article.documents]


def test_sample_is_cited_with_its_hash(sample: Workspace) -> None:
    """The citation of the first version ends in the digest of its page."""
    cited = cite(sample, f"{URL}@1")
    page = show(sample, f"{URL}@1").snapshot.page

    assert page is not None
    assert page.payload.sha256 in cited.text


def test_sample_can_be_indexed(sample: Workspace) -> None:
    """The catalog made anew holds the three statements."""
    done = reindex(sample)

    assert (3, ()) == (done.statements, done.damaged)
