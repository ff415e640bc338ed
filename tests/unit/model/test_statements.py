"""Statements, captures and readings, to canonical JSON and back, with what later versions add kept whole."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from archivist.errors import BadManifest, NewerFormat
from archivist.model.article import Article, Block, Document, Reading
from archivist.model.capture import Capture, Revisit, Span, follow
from archivist.model.json import Json
from archivist.model.manifest import Asked, Snapshot, Statement, read_statement
from archivist.model.quality import Quality
from archivist.model.shorthand import short
from archivist.proof.canonical import canonical, parse
from tests.unit.model.samples import ARCHIVE, ARTICLE, CAPTURE, DOCUMENT, EVENT, REREAD_EVENT, SNAPSHOT, SPAN

STATEMENTS: tuple[Statement, ...] = (ARCHIVE, SNAPSHOT, EVENT, REREAD_EVENT)
_LATER: dict[str, Json] = {"zz_later": {"a": [1, None, "x"]}, "aa_later": [], "nothing": None, "no": False}


def _there_and_back(value: Any) -> Any:
    return type(value).from_json(parse(canonical(value.to_json())))


@pytest.mark.parametrize("value", [SPAN, CAPTURE, ARTICLE, DOCUMENT, *STATEMENTS, SNAPSHOT.held])
def test_every_field_comes_back(value: Any) -> None:
    """With all fields set, what is read equals what was written."""
    assert value == _there_and_back(value)


def test_defaults_come_back() -> None:
    """With as few fields as can be, too; and what says nothing is not written."""
    capture = Capture(
        uri="https://example.org/",
        role="robots",
        date="2026-11-23T18:15:12.123456Z",
        milliseconds=0,
        status=404,
        payload=CAPTURE.payload,
        record=CAPTURE.record,
    )
    snapshot = Snapshot(
        archive=ARCHIVE.id,
        article="https://example.org/",
        number=1,
        previous=None,
        asked=Asked(url="https://example.org/", verb="snap"),
        started="2026-11-23T18:15:12.123456Z",
        ended="2026-11-23T18:15:12.123456Z",
        software={},
        stored=(),
        captures=(capture,),
        fingerprint="ab",
        quality=Quality(verdict="page"),
    )

    assert snapshot == _there_and_back(snapshot)
    assert None not in snapshot.to_json().values()
    assert {"uri", "role", "date", "milliseconds", "status", "length", "sha256", "blake3", "record"} == set(
        capture.to_json()
    )


@pytest.mark.parametrize("statement", STATEMENTS)
def test_unknown_fields_of_statements_are_kept(statement: Statement) -> None:
    """What a later version adds at the top is written back, equal to the byte."""
    data = canonical({**statement.to_json(), **_LATER})

    assert data == canonical(read_statement(parse(data)).to_json())


def test_unknown_fields_of_captures_are_kept() -> None:
    """So is what it adds to a capture."""
    value = SNAPSHOT.to_json()
    value["captures"] = [{**short(CAPTURE.to_json(), stored=value["stored"]), **_LATER}]
    data = canonical(value)

    assert data == canonical(read_statement(parse(data)).to_json())


@pytest.mark.parametrize("statement", STATEMENTS)
def test_newer_formats_are_refused(statement: Statement) -> None:
    """Version 2 is for a later archivist, whatever else stands in it; version 1 is read for ever."""
    with pytest.raises(NewerFormat, match="format 2") as refused:
        read_statement({**statement.to_json(), "version": 2})

    assert refused.value.hint is not None
    assert 1 == statement.to_json()["version"]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("captures", 0, "record", "file"), "../../etc/passwd", "$.captures[0].record.file"),
        (("captures", 0, "record", "file"), "/etc/passwd", "$.captures[0].record.file"),
        (("captures", 0, "record", "file"), "a\\b", "$.captures[0].record.file"),
        (("captures", 0, "record", "file"), "a//b", "$.captures[0].record.file"),
        (("captures", 0, "record", "file"), "", "$.captures[0].record.file"),
        (("captures", 0, "record", "file"), "a\x00", "$.captures[0].record.file"),
        (("captures", 0, "record", "offset"), -1, "$.captures[0].record.offset"),
        (("captures", 0, "length"), -1, "$.captures[0].length"),
        (("captures", 0, "role"), "spy", "$.captures[0].role"),
        (("captures", 0, "truncated"), "maybe", "$.captures[0].truncated"),
        (("captures", 0, "revisit", "profile"), "other", "$.captures[0].revisit.profile"),
        (("captures", 0, "status"), "200", "$.captures[0].status"),
        (("captures",), {}, "$.captures"),
        (("stored", 0, "length"), True, "$.stored[0].length"),
        (("stored", 0, "file"), "..", "$.stored[0].file"),
        (("reading", "article", "blocks", 0, "kind"), "poem", "$.reading.article.blocks[0].kind"),
        (
            ("reading", "article", "fields", "title", "values", 0, "value"),
            7,
            "$.reading.article.fields.title.values[0].value",
        ),
        (("reading", "documents", 0, "pages", 1, "number"), None, "$.reading.documents[0].pages[1].number"),
        (("reading",), None, "$.reading"),
        (("quality", "verdict"), "fine", "$.quality.verdict"),
        (("asked", "policy", "robots"), 1, "$.asked.policy.robots"),
        (("number",), 1.5, "$.number"),
        (("type",), "poem", "$.type"),
        (("version",), "1", "$.version"),
    ],
)
def test_what_is_wrong_is_named(path: tuple[str | int, ...], value: Json, said: str) -> None:
    """A manifest is hostile: each bad value is refused under its exact path."""
    statement: Any = copy.deepcopy(SNAPSHOT.to_json())
    inner = statement
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    with pytest.raises(BadManifest) as refused:
        read_statement(statement)

    assert str(refused.value).startswith(said)


def test_page_is_the_end_of_the_redirects() -> None:
    """The page's capture is the one of that role; without one there is none."""
    redirect = Capture.from_json({**CAPTURE.to_json(), "role": "redirect", "uri": "https://example.org/start"})
    both = Snapshot.from_json({**SNAPSHOT.to_json(), "captures": [redirect.to_json(), CAPTURE.to_json()]})
    none = Snapshot.from_json({**SNAPSHOT.to_json(), "captures": [redirect.to_json()]})

    assert CAPTURE == both.page
    assert none.page is None


def test_follow_ends() -> None:
    """Redirects are followed to their end, to what is missing, and never in a circle for ever."""

    def hop(uri: str, location: str | None) -> Capture:
        base: dict[str, Json] = {**CAPTURE.to_json(), "uri": uri}
        return Capture.from_json({**base, "location": location})

    chain = (hop("a", "b"), hop("b", "c"), hop("c", None))
    circle = (hop("a", "b"), hop("b", "a"))

    assert chain[2] == follow(chain, "a")
    assert follow(chain, "x") is None
    assert follow((hop("a", "gone"),), "a") is None
    assert follow(circle, "a") in circle


def test_original_of_a_revisit() -> None:
    """The payload of a revisit stands in the record that it refers to."""
    assert isinstance(CAPTURE.revisit, Revisit)
    assert CAPTURE.revisit.record == CAPTURE.original
    plain = Capture.from_json({key: value for key, value in CAPTURE.to_json().items() if key != "revisit"})
    assert plain.record == plain.original


def test_unknown_fields_of_an_article_have_no_value() -> None:
    """A field without claims is unknown; one with losers only is, too."""
    assert "Cranes" == ARTICLE.value("title")
    assert ("Cranes",) == ARTICLE.settled("title").texts
    assert ARTICLE.value("authors") is None
    assert ARTICLE.value("updated") is None
    assert () == ARTICLE.settled("updated").texts
    assert DOCUMENT.value("updated") is None


def test_empty_readings() -> None:
    """Nothing read is an empty object, and comes back as nothing."""
    assert {} == Reading(article=None).to_json()
    assert Reading(article=None) == Reading.from_json({})
    assert Article(url="u") == _there_and_back(Article(url="u"))
    assert isinstance(Document.from_json(DOCUMENT.to_json()), Document)
    assert Block(kind="quote", text="", path="") == _there_and_back(Block(kind="quote", text="", path=""))
    assert Span.from_json(SPAN.to_json()) == SPAN


def test_how_a_snapshot_was_read_anew() -> None:
    """An event of kind ``reading`` says it of one snapshot; other events say nothing of the kind."""
    reread = REREAD_EVENT.reread

    assert reread is not None
    assert ("de" * 32, SNAPSHOT.held) == (reread.snapshot, reread.held)
    assert EVENT.reread is None


@pytest.mark.parametrize("missing", ["snapshot", "reading", "fingerprint", "quality"])
def test_a_later_reading_names_what_is_missing(missing: str) -> None:
    """What an event of kind ``reading`` cannot do without is missed when it is read, by its path."""
    value = REREAD_EVENT.to_json()
    details = {name: each for name, each in REREAD_EVENT.details.items() if name != missing}

    with pytest.raises(BadManifest, match=rf"\$\.details\.{missing} is missing"):
        read_statement({**value, "details": details})
