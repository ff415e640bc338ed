"""The state of a page's scripts: found, decoded, read."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.hydration import hydration_claims
from archivist.extract.state_article import state_article
from archivist.extract.state_scripts import states
from archivist.model.json import Json, JsonObject
from tests.unit.extract.pages import URL, page, pairs, read, story

PARAGRAPHS = [
    "The harbour board met on Tuesday to hear what the dredging of the western quay has cost so far, and heard little.",
    "Nobody on the board could say who had signed the second contract, or whether anybody had read it before signing.",
    "The cranes stand still since May, said a dockér who asked for <a href='/minutes.pdf'>the minutes</a>, &amp; left.",
]

ARTICLE: JsonObject = {
    "headline": "Cranes stand still",
    "slug": "/harbour/cranes",
    "publishedAt": "2026-11-17T06:30:00+01:00",
    "updatedAt": "2026-11-17T09:15:00+01:00",
    "authors": [{"name": "Mara Quill"}, {"name": "Jo Finch", "role": "Photographer"}],
    "section": {"name": "Harbour"},
    "standfirst": "Nobody signed",
    "body": "".join(f"<p>{text}</p>" for text in PARAGRAPHS),
    "image": {"url": "/quay.jpg", "caption": "The western quay", "credit": "Tove Lindahl/Harbour Press"},
}
RELATED: JsonObject = {
    "headline": "Mussels are late",
    "slug": "/harbour/mussels",
    "publishedAt": "2020-01-01T00:10:00Z",
    "authors": [{"name": "Piers Quillon"}],
    "body": "<p>Nothing of this belongs to the story of the cranes, however long it is, and it is rather long.</p>" * 9,
}
EXPECTED = {
    "title": "Cranes stand still",
    "description": "Nobody signed",
    "section": "Harbour",
    "published": "2026-11-17T06:30:00+01:00",
    "updated": "2026-11-17T09:15:00+01:00",
    "authors": "Mara Quill",
}


def shell(*scripts: str, title: str = "") -> str:
    """A page that shows nothing without its scripts."""
    head = f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head>'
    return f'{head}<body><div id="root"></div>{"".join(scripts)}</body></html>'


def next_js(article: Json) -> str:
    """Next.js, pages router: JSON in a script of its own."""
    data = {"props": {"pageProps": {"related": [RELATED], "article": article}}, "page": "/[slug]"}
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'


def flight(article: Json) -> str:
    """Next.js, app router: rows of React's flight format in pieces; the body stands apart as a text row."""
    body = str(article["body"]) if isinstance(article, dict) else ""
    value = {**article, "body": "$1f"} if isinstance(article, dict) else article
    rows = (
        '1:"$Sreact.fragment"\n'
        f"1f:T{len(body.encode()):x},{body}"
        f'2:["$","$L3",null,{json.dumps({"related": [RELATED], "article": value}, ensure_ascii=False)}]\n'
    )
    middle = len(rows) // 2
    pieces = (rows[:middle], rows[middle:])
    pushes = "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)
    return f"<script>(self.__next_f=self.__next_f||[]).push([0])</script>{pushes}"


def nuxt_2(article: Json) -> str:
    """Nuxt 2: a function that is called."""
    inner = json.dumps({"related": [RELATED], "article": article})
    inner = inner.replace('"headline"', "headline").replace('"Mara Quill"', "a")
    value = f'{{layout:"default",data:[{inner}],error:b}}'
    return f'<script>window.__NUXT__=(function(a,b){{return {value}}}("Mara Quill",null));</script>'


def nuxt_3(article: Json) -> str:
    """Nuxt 3: an array flattened by devalue."""
    flat: list[Json] = []

    def put(value: Json) -> int:
        place = len(flat)
        flat.append(None)
        if isinstance(value, dict):
            flat[place] = {key: put(each) for key, each in value.items()}
        elif isinstance(value, list):
            flat[place] = [put(each) for each in value]
        else:
            flat[place] = value
        return place

    flat.append(["ShallowReactive", 1])
    put({"data": {"related": [RELATED], "article": article}, "state": {}})
    return f'<script type="application/json" id="__NUXT_DATA__" data-ssr="true">{json.dumps(flat)}</script>'


def apollo(article: Json) -> str:
    """Apollo: a normalized cache whose entries refer to each other."""
    assert isinstance(article, dict)
    entities = {
        "Author:1": {"__typename": "Author", "name": "Mara Quill"},
        "Article:8": {**RELATED, "authors": [{"__ref": "Author:2"}]},
        "Article:7": {**article, "__typename": "Article", "authors": [{"__ref": "Author:1"}]},
        "Author:2": {"__typename": "Author", "name": "Piers Quillon"},
    }
    return f"<script>window.__APOLLO_STATE__ = {json.dumps(entities)};window.b = 1;</script>"


def redux(article: Json) -> str:
    """A state that is parsed from a string."""
    text = json.dumps(json.dumps({"articles": {"current": article, "list": [RELATED]}}))
    return f"<script>window.__INITIAL_STATE__ = JSON.parse({text})</script>"


def preloaded(article: Json) -> str:
    """The same as an object literal that is no JSON."""
    text = json.dumps({"related": RELATED, "page": article}).replace('"page"', "page").replace("null", "undefined")
    return f"<script>window.__PRELOADED_STATE__={text};</script>"


def arc(article: Json) -> str:
    """Arc XP: names and structure of its own."""
    assert isinstance(article, dict)
    content = {
        "canonical_url": "/harbour/cranes/",
        "headlines": {"basic": article["headline"]},
        "description": {"basic": article["standfirst"]},
        "credits": {"by": [{"type": "author", "name": "Mara Quill"}]},
        "first_publish_date": article["publishedAt"],
        "publish_date": article["updatedAt"],
        "last_updated_date": article["updatedAt"],
        "taxonomy": {"primary_section": {"name": "Harbour"}},
        "content_elements": [{"type": "text", "content": text} for text in PARAGRAPHS]
        + [{"type": "image", "caption": "No text of the story, for it belongs to a picture in the story"}],
        "promo_items": {
            "basic": {
                "type": "image",
                "url": "/quay.jpg",
                "caption": "The western quay",
                "credits": {"by": [{"name": "Tove Lindahl/Harbour Press"}]},
            }
        },
        "related_content": {"basic": [RELATED]},
    }
    start = 'window.Fusion=window.Fusion||{};Fusion.arcSite="courier";'
    return f"<script>{start}Fusion.globalContent={json.dumps(content)};</script>"


FRAMEWORKS = [next_js, flight, nuxt_2, nuxt_3, apollo, redux, preloaded, arc]


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_page_with_nothing_but_state(framework: type) -> None:
    """Title, authors, dates, section, text and picture are read, and nothing of the related story."""
    article = read(shell(framework(ARTICLE)))
    written = json.dumps(article.to_json())

    assert {name: article.value(name) for name in EXPECTED} == EXPECTED
    assert article.settled("authors").texts == ("Mara Quill",)
    assert [block.text for block in article.blocks] == [
        *PARAGRAPHS[:2],
        "The cranes stand still since May, said a dockér who asked for the minutes, & left.",
    ]
    assert [link.url for block in article.blocks for link in block.links] == ["https://courier.example/minutes.pdf"]
    assert [(photo.image, photo.photographers, photo.is_lead) for photo in article.photos] == [
        ("https://courier.example/quay.jpg", ("Tove Lindahl",), True)
    ]
    assert [problem[:30] for problem in article.problems] == ["no text is shown without script"[:30]]
    assert "Mussels" not in written
    assert "Quillon" not in written


@pytest.mark.parametrize("framework", FRAMEWORKS[:-1])
def test_related_stories_alone_are_nothing(framework: type) -> None:
    """Where the page's own article is not in the state, the state says nothing."""
    other = {**ARTICLE, "headline": "Gulls come back", "slug": "/harbour/gulls"}
    assert state_article(page(shell(framework(other)))) is None


def test_evidence_is_a_pointer_into_the_script() -> None:
    """Name of the script, then RFC 6901."""
    found = state_article(page(shell(next_js(ARTICLE))))
    ats = {name: claim.evidence.at for name, claim in hydration_claims(found)}

    assert ats["title"] == "__NEXT_DATA__#/props/pageProps/article/headline"
    assert ats["authors"] == "__NEXT_DATA__#/props/pageProps/article/authors/0"
    odd = f'<script type="application/json">{json.dumps({"a/b~": ARTICLE})}</script>'
    _, first = next(hydration_claims(state_article(page(shell(odd)))))
    assert first.evidence.at == "/html/body/script#/a~1b~0/headline"


@pytest.mark.parametrize(
    ("own", "url"),
    [
        ({"slug": "cranes-stand-still"}, "https://courier.example/2026/11/cranes-stand-still.html"),
        ({"url": URL + "?from=front"}, URL),
        ({"id": 1234567}, "https://courier.example/news/a-1234567"),
        ({}, URL),  # by its headline, which is the title's
    ],
)
def test_how_the_article_is_known(own: JsonObject, url: str) -> None:
    """By address, slug, number or headline."""
    value: JsonObject = {key: each for key, each in ARTICLE.items() if key != "slug"}
    markup = shell(next_js({**value, **own}), title="" if own else "Cranes stand still | The Courier")

    found = state_article(page(markup, url=url))

    assert found is not None
    assert found.at == "__NEXT_DATA__#/props/pageProps/article"


DATES = [
    ({"published": 1_794_898_200}, "2026-11-17T06:50:00Z"),
    ({"published": 1_794_898_200_000}, "2026-11-17T06:50:00Z"),
    ({"publishedAt": "$D2026-11-17T06:50:00.000Z"}, "2026-11-17T06:50:00Z"),
    ({"published": {"iso": "2026-11-17T06:50:00Z"}}, "2026-11-17T06:50:00Z"),
    ({"date_gmt": "2026-11-17T06:50:00", "date": "2026-11-17T07:50:00"}, "2026-11-17T06:50:00Z"),
    ({"display_date": "2026-11-17T06:50:00Z", "publish_date": "2027-01-01T00:10:00Z"}, "2026-11-17T06:50:00Z"),
    ({"created": "soon", "published": True}, None),
]


@pytest.mark.parametrize(("own", "value"), DATES, ids=range(len(DATES)))
def test_dates(own: JsonObject, value: str | None) -> None:
    """Strings, numbers and objects; the first publication before that of the last version."""
    data = {"title": "Cranes stand still", "slug": "/harbour/cranes", **own}
    found = state_article(page(shell(next_js(data))))

    assert value == dict(pairs(hydration_claims(found))).get("published")


PEOPLE: list[tuple[JsonObject, list[tuple[str, str]]]] = [
    ({"author": "Mara Quill and Jo Finch"}, [("authors", "Mara Quill"), ("authors", "Jo Finch")]),
    ({"author": {"firstName": "Mara", "lastName": "Quill"}}, [("authors", "Mara Quill")]),
    ({"authors": {"nodes": [{"displayName": "Mara Quill"}]}}, [("authors", "Mara Quill")]),
    ({"authors": {"edges": [{"node": {"name": "Mara Quill"}}]}}, [("authors", "Mara Quill")]),
    ({"bylines": [{"person": {"name": "Mara Quill"}}]}, [("authors", "Mara Quill")]),
    ({"author": "https://courier.example/quill"}, []),
    ({"author": {"id": 7}}, []),
    ({"author": None}, []),
    ({"authors": [{"name": "Reuters"}]}, [("organisations", "Reuters")]),
    ({"authors": [{"name": "Quay Letters", "@type": "Organization"}]}, [("organisations", "Quay Letters")]),
    ({"authors": [{"name": "Courier"}, {"name": "Mara Quill"}]}, [("authors", "Mara Quill")]),
]


@pytest.mark.parametrize(("own", "expected"), PEOPLE, ids=range(len(PEOPLE)))
def test_people(own: JsonObject, expected: list[tuple[str, str]]) -> None:
    """Names in strings, objects, lists and GraphQL connections."""
    data = {"title": "Cranes stand still", "slug": "/harbour/cranes", "date": "2026-11-17", **own}
    found = pairs(hydration_claims(state_article(page(shell(next_js(data))))))

    assert expected == [pair for pair in found if pair[0] in {"authors", "organisations"}]


LONG = [text.split("<")[0] for text in PARAGRAPHS]
BODIES: dict[str, Json] = {
    "plain text": "\n\n".join(LONG),
    "WordPress": {"rendered": "".join(f"<p>{text}</p>" for text in LONG)},
    "Portable Text": [
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": text}]} for text in LONG
    ],
    "ProseMirror": {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in LONG],
    },
    "Contentful": {
        "nodeType": "document",
        "content": [{"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]} for text in LONG],
    },
    "Slate": [{"type": "p", "children": [{"text": text[:40]}, {"text": text[40:], "bold": True}]} for text in LONG],
    "components": [{"kind": "paragraph", "text": text} for text in LONG]
    + [{"kind": "newsletter", "text": "Sign up " * 20}],
    "strings": list(LONG),
}


@pytest.mark.parametrize("kind", BODIES)
def test_bodies(kind: str) -> None:
    """The usual kinds of structured text give their paragraphs in order, and no boxes."""
    data = {**ARTICLE, "body": BODIES[kind]}
    article = read(shell(next_js(data)))

    assert [block.text for block in article.blocks] == [text.strip() for text in LONG]
    assert {block.kind for block in article.blocks} == {"paragraph"}


def test_headings_and_quotes_of_a_body() -> None:
    """Headings, quotes and lists keep their kind."""
    kinds = [("paragraph", LONG[0]), ("heading", "What it cost"), ("quote", LONG[1]), ("paragraph", LONG[2])]
    data = {**ARTICLE, "body": [{"type": kind, "text": text} for kind, text in kinds]}

    assert [(block.kind, block.text) for block in read(shell(next_js(data))).blocks] == [
        (kind, text.strip()) for kind, text in kinds
    ]


def test_a_page_with_text_keeps_its_own() -> None:
    """What is displayed is what readers saw; the state's text is not added."""
    article = read(
        story(below=next_js({**ARTICLE, "headline": "Cranes stand still!"}) + "<p>" + "More of it. " * 30 + "</p>")
    )

    assert article.value("title") == "Cranes stand still"
    assert len(article.blocks) == 3
    assert article.value("published") == "2026-11-17T06:30:00+01:00"


def test_the_beginning_that_a_page_shows_is_its_text() -> None:
    """Behind a wall the state holds the rest, which readers were not shown."""
    shown = f"<article><h1>Cranes stand still</h1><p>{PARAGRAPHS[0]}</p></article>"
    article = read(f"<html><body>{shown}{next_js(ARTICLE)}</body></html>")

    assert [block.text for block in article.blocks] == [PARAGRAPHS[0]]
    assert article.problems == ()


BROKEN = [
    "{",
    '{"headline": "Cranes',
    "[]",
    "null",
    "12",
    '"text"',
    '[{"a":1},2,3,4]',
    '[["Reactive",1],[0,0,0],{"a":1}]',
    '{"headline": {"basic": {"basic": {"basic": {"basic": {"basic": 1}}}}}, "date": [], "slug": 3}',
    '{"title": "Cranes stand still", "slug": "/harbour/cranes", "date": {"a": [1]}, "authors": [[[]], {}, 3, null]}',
    "[" * 3_000,
]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_broken_state_is_nothing(text: str) -> None:
    """No exception, no claim of a related story."""
    padded = text + " " * 200 + "publishDate"
    scripts = (
        f'<script type="application/json">{padded}</script>',
        f"<script>window.__INITIAL_STATE__={padded}</script>",
        f"<script>window.__INITIAL_STATE__=JSON.parse({json.dumps(padded)})</script>",
        f"<script>window.__NUXT__=(function(a){{return {padded}}}(1))</script>",
        f"<script>self.__next_f.push([1,{json.dumps(padded)}])</script>",
        f"<script>self.__next_f.push([1,{padded}</script>",
    )
    article = read(shell(*scripts))

    assert article.problems == ()
    assert article.value("published") is None


def test_hostile_states_are_bounded() -> None:
    """Wide, deep and repeated states end soon."""
    wide = json.dumps([{"headline": "x", "date": "2026"}] * 30_000)
    deep = '{"a":' * 900 + "1" + "}" * 900
    flat = json.dumps([{"a": 1}] + [[1] * 50] * 5_000)
    markup = shell(
        *(f'<script type="application/json">{text} {"date"}</script>' for text in (wide, deep, flat)),
        "<script>" + "window.__INITIAL_STATE__={a:" * 20_000 + "</script>",
        "<script>" + "self.__next_f.push([1,'" * 20_000 + "</script>",
    )
    start = time.process_time()

    assert state_article(page(markup)) is None
    assert time.process_time() - start < 3


def _json() -> st.SearchStrategy[Json]:
    keys = st.sampled_from(
        "headline title slug date publishedAt updatedAt authors body section image credits url id".split()
    )
    leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
    return st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6))


@given(_json())
def test_any_state_is_read_or_left(value: Json) -> None:
    """Whatever the state holds, nothing is raised."""
    data = {
        "title": "Cranes stand still",
        "slug": "/harbour/cranes",
        "date": "2026-11-17",
        "body": value,
        "authors": value,
    }
    article = read(shell(next_js([value, data])))

    assert not any("could not be read" in problem for problem in article.problems)


def test_pages_without_state_have_none() -> None:
    """Scripts of other kinds are passed over."""
    scripts: Iterator[str] = iter(
        (
            '<script type="application/ld+json">{"headline": "Cranes", "datePublished": "2026-11-17"}</script>',
            "<script>window.dataLayer=[{'title':'Cranes','publishDate':'2026'}]</script>",
            '<script src="/app.js"></script>',
        )
    )

    assert [] == list(states(page(shell(*scripts))))


def test_what_wordpress_embeds() -> None:
    """Its REST answers number the author, and embed name and lead picture beside."""
    media = {"source_url": "/quay.jpg", "caption": {"rendered": "<p>The quay. Photo: Jo Finch/Reuters</p>"}}
    article: JsonObject = {
        "title": {"rendered": "Cranes stand still"},
        "link": URL,
        "date_gmt": "2026-11-17T05:30:00",
        "author": 7,
        "content": {"rendered": "".join(f"<p>{text}</p>" for text in PARAGRAPHS)},
        "_embedded": {"author": [{"name": "Mara Quill"}], "wp:featuredmedia": [media]},
    }
    found = read(shell(next_js({"post": article})))

    assert [claim.value for claim in found.fields["authors"].values] == ["Mara Quill"]
    (photo,) = found.photos
    assert photo.caption is not None
    assert photo.credit is not None
    assert (photo.caption.value, photo.credit.value) == ("The quay.", "Photo: Jo Finch/Reuters")
