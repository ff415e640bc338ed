"""JSON-LD of a page, whole or broken."""

from __future__ import annotations

import json
import time

import pytest

from archivist.extract.jsonld import LinkedData, jsonld_claims, linked_data
from tests.unit.extract.pages import URL, page, pairs


def data_of(*scripts: str) -> LinkedData:
    """The linked data of a page with these scripts."""
    markup = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return linked_data(page(f"<head>{markup}</head><p>Cranes"))


def claims(node: object) -> list[tuple[str, str]]:
    """What one value claims."""
    return pairs(jsonld_claims(data_of(json.dumps(node))))


NEWS = {"@type": "NewsArticle", "headline": "Cranes"}
TITLE = [("title", "Cranes")]


@pytest.mark.parametrize(
    "value",
    [
        NEWS,
        [NEWS],
        {"@graph": [{"@type": "WebPage", "headline": "No"}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        {**NEWS, "@type": ["NewsArticle", "Thing"]},
        {**NEWS, "@type": "BlogPosting"},
        {**NEWS, "headline": {"@value": "Cranes"}},
        {**NEWS, "headline": ["Cranes", "Other"]},
        {**NEWS, "headline": "Cranes\u00ad "},
        [{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Ferry"}]}, NEWS],
        [{"@type": "NewsArticle", "headline": "Ferry", "url": "https://courier.example/f"}, {**NEWS, "@id": URL}],
    ],
    ids=range(11),
)
def test_the_articles_node_is_found(value: object) -> None:
    """Wherever it stands, and whatever other nodes there are."""
    assert TITLE == [pair for pair in claims(value) if pair[0] == "title"]


@pytest.mark.parametrize("kind", ["WebPage", "Organization", "VideoObject", "ItemList", "Event"])
def test_other_nodes_claim_nothing(kind: str) -> None:
    """A page's or a film's node is no article."""
    assert claims({"@type": kind, "headline": "Cranes"}) == []


AUTHORS = {
    '"Mara Quill"': [("authors", "Mara Quill")],
    '["Mara Quill", {"@type": "Person", "name": "Jo Finch"}]': [("authors", "Mara Quill"), ("authors", "Jo Finch")],
    '{"@type": "Person", "name": "Mara Quill and Jo Finch"}': [("authors", "Mara Quill"), ("authors", "Jo Finch")],
    '{"@type": "Person", "name": ["Mara Quill", "Jo Finch"]}': [("authors", "Mara Quill"), ("authors", "Jo Finch")],
    "{\"name\": \"['Mara Quill', 'Jo Finch']\"}": [("authors", "Mara Quill"), ("authors", "Jo Finch")],
    '{"@type": "Person", "name": "Eddie"}': [("authors", "Eddie")],
    '"Eddie"': [],
    '{"@type": "Organization", "name": "The Courier"}': [("organisations", "The Courier")],
    '"Reuters"': [("organisations", "Reuters")],
    '{"@id": "#mq"}': [("authors", "Mara Quill")],
    '"#mq"': [("authors", "Mara Quill")],
    '{"@type": "Person", "@id": "#mq", "url": "/mq"}': [("authors", "Mara Quill")],
    '[["Mara Quill"], ["Jo Finch"]]': [("authors", "Mara Quill"), ("authors", "Jo Finch")],
    '{"@list": ["Mara Quill", "Jo Finch"]}': [("authors", "Mara Quill"), ("authors", "Jo Finch")],
    '{"@type": "Person", "givenName": "Mara", "familyName": "Quill"}': [("authors", "Mara Quill")],
    '"<a href=\\"/mq\\">Mara Quill</a>"': [("authors", "Mara Quill")],
    '{"@type": "Person", "name": "Jo O&amp;#39;Brien"}': [("authors", "Jo O'Brien")],
    '{"@type": "Person", "name": "Reuters"}': [("organisations", "Reuters")],
    '{"@type": "Person", "name": "Mara Quill, Chief Political Correspondent"}': [("authors", "Mara Quill")],
    '{"@type": "Person", "name": "Our Correspondent"}': [],
    '{"@type": "Person", "name": "www.facebook.com/maraquill"}': [],
    '{"@type": "Person", "name": ""}': [],
    '{"@type": "Person"}': [],
    '"https://courier.example/mq"': [],
    "null": [],
    "7": [],
}


@pytest.mark.parametrize(("author", "expected"), AUTHORS.items(), ids=range(len(AUTHORS)))
def test_authors(author: str, expected: list[tuple[str, str]]) -> None:
    """A string, an object, a list or a reference; persons and bodies are told apart."""
    graph = [{"@id": "#mq", "@type": "Person", "name": "Mara Quill"}, {**NEWS, "author": json.loads(author)}]

    assert expected == [pair for pair in claims({"@graph": graph}) if pair[0] != "title"]


VALUES = {
    "datePublished": ("2026-11-17T06:30:00+01:00", ("published", "2026-11-17T06:30:00+01:00")),
    "dateModified": ("1700000000", ("updated", "2023-11-14T22:13:20Z")),
    "description": ("Nobody &amp;amp; nothing", ("description", "Nobody & nothing")),
    "articleSection": (["Harbour", "News"], ("section", "Harbour")),
    "inLanguage": ("en-GB", ("language", "en-GB")),
    "publisher": ({"@type": "Organization", "name": "The Courier"}, ("site_name", "The Courier")),
    "isAccessibleForFree": ("False", ("paywall", "yes")),
    "keywords": (["cranes"], ("keywords", "cranes")),
    "contributor": ("Ada Brook", ("contributors", "Ada Brook")),
}


@pytest.mark.parametrize(("key", "value", "pair"), [(key, *pair) for key, pair in VALUES.items()], ids=VALUES)
def test_fields(key: str, value: object, pair: tuple[str, str]) -> None:
    """Each key speaks for one field."""
    assert [*TITLE, pair] == sorted(claims({**NEWS, key: value}), key=lambda found: found[0] != "title")


@pytest.mark.parametrize("date", ["", "soon", "0000-00-00", "5 hours ago"])
def test_what_is_no_date_is_no_claim(date: str) -> None:
    """Unknown beats a guess."""
    assert claims({**NEWS, "datePublished": date}) == TITLE


def test_broken_json_is_mended() -> None:
    """What loose_json can mend is read; several values in one script are told apart by number."""
    script = '<!-- {"@type": "WebSite", "name": "Courier",} {"@type": "NewsArticle", "headline": "Cranes"} -->'

    assert [*TITLE, ("site_name", "Courier")] == pairs(jsonld_claims(data_of(script)))


def test_what_cannot_be_repaired_is_a_problem() -> None:
    """It is told by number, and the other scripts are read."""
    data = data_of("{headline: Cranes}", json.dumps(NEWS), "")

    assert data.problems == ("json-ld script 1 is not JSON", "json-ld script 3 is not JSON")
    assert pairs(jsonld_claims(data)) == TITLE


def test_evidence_is_a_pointer() -> None:
    """The script's number and the JSON pointer name the place."""
    data = data_of("{}", json.dumps({"@graph": [{}, {**NEWS, "author": [{}, {"name": "Mara Quill"}]}]}))
    at = [claim.evidence.at for _, claim in jsonld_claims(data)]

    assert at == ["2#/@graph/1/headline", "2#/@graph/1/author/1"]


@pytest.mark.parametrize(
    "script", ["[" * 100_000, '{"a":' * 100_000, json.dumps([NEWS] * 20_000), '{"a":"' + "," * 1_000_000], ids=range(4)
)
def test_floods_are_bounded(script: str) -> None:
    """Depth and number neither raise nor take long."""
    start = time.process_time()
    data_of(script)

    assert time.process_time() - start < 2
