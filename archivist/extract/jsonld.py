"""Witness: JSON-LD (schema.org) in ``script type=application/ld+json``.

The node that describes the article is taken, wherever it stands: in an array, in ``@graph``, under ``mainEntity``.
References by ``@id`` are followed. Broken JSON is mended where that is safe (``loose_json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from archivist.extract.claims import Found, claim
from archivist.extract.dates import machine_date
from archivist.extract.html import Html
from archivist.extract.loose_json import loose_json
from archivist.extract.names import signed_by
from archivist.extract.tree import collapse
from archivist.model.article import FieldName
from archivist.model.json import Json, JsonObject

__all__ = ["LinkedData", "Node", "jsonld_claims", "linked_data"]

MAX_SCRIPT = 2_000_000
MAX_NODES = 20_000
MAX_DEPTH = 30
MAX_ITEMS = 200
"""Of a list in the article's node."""

_ARTICLE = re.compile(r"Article|Posting|Report(?!age Page)|Review|Recipe|ClaimReview", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,1000}+>")
_NOT_ARTICLE = frozenset({"WebPage", "ImageObject", "VideoObject", "BreadcrumbList", "ItemList", "Organization"})
_ELSEWHERE = frozenset(
    {"mainEntityOfPage", "isPartOf", "hasPart", "itemListElement", "comment", "mentions", "citation", "about"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An object of the data and where it stands."""

    value: JsonObject
    at: str
    """JSON pointer, after the number of the script: ``2#/@graph/0``."""
    is_apart: bool = False
    """It stands in a list of other things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedData:
    """The JSON-LD of a page."""

    article: Node | None
    by_id: Mapping[str, JsonObject] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    problems: tuple[str, ...] = ()

    def text(self, name: str) -> str | None:
        """A string of the article node, entities decoded."""
        return _text(self.article.value.get(name)) if self.article else None

    def objects(self, name: str) -> list[Json]:
        """What stands under a name of the article node: a list in any case, references followed."""
        return self.follow(self.article.value.get(name)) if self.article else []

    def follow(self, value: Json) -> list[Json]:
        """A value as a list, with lists in it laid open and references by ``@id`` followed."""
        items: list[Json] = [value]
        for _ in range(3):
            items = [part for item in items for part in _laid_open(item)]
        return [self._resolved(item) for item in items[:MAX_ITEMS]]

    def _resolved(self, item: Json) -> Json:
        """The node that a reference means: an object of it alone, one that lacks the name, or the bare identifier."""
        if isinstance(item, dict) and "name" not in item:
            node = self.by_id.get(str(item.get("@id")), item)
            return node if set(item) <= {"@id", "@type"} or "name" in node else item
        return self.by_id.get(item, item) if isinstance(item, str) else item


def _laid_open(item: Json) -> list[Json]:
    if isinstance(item, dict) and ("@list" in item or "@set" in item):
        item = item.get("@list") or item.get("@set")
    return [] if item is None else item if isinstance(item, list) else [item]


def linked_data(html: Html) -> LinkedData:
    """All JSON-LD of the page, the article's node found."""
    nodes: list[Node] = []
    problems: list[str] = []
    number = 0
    for script in html.root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        number += 1
        value = loose_json((script.text or "")[:MAX_SCRIPT])
        if value is None:
            problems.append(f"json-ld script {number} is not JSON")
        else:
            nodes.extend(_nodes(value, f"{number}#", limit=MAX_NODES - len(nodes)))
    by_id = {str(node.value["@id"]): node.value for node in nodes if "@id" in node.value and len(node.value) > 2}
    by_id |= {str(node.value["@id"]): node.value for node in nodes if "@id" in node.value and "name" in node.value}
    return LinkedData(article=_article(nodes, html.url), by_id=by_id, nodes=tuple(nodes), problems=tuple(problems))


def _nodes(value: Json, at: str, *, limit: int) -> Iterator[Node]:
    """Every object, outer ones first."""
    waiting: list[tuple[Json, str, int, bool]] = [(value, at, 0, False)]
    while waiting and limit > 0:
        item, place, depth, is_apart = waiting.pop()
        if depth > MAX_DEPTH:
            continue
        if isinstance(item, list):
            waiting.extend((item[n], f"{place}/{n}", depth + 1, is_apart) for n in reversed(range(len(item))))
        elif isinstance(item, dict):
            limit -= 1
            yield Node(value=item, at=place, is_apart=is_apart)
            waiting.extend(
                (item[key], f"{place}/{key}", depth + 1, is_apart or key in _ELSEWHERE) for key in reversed(list(item))
            )


def _types(node: JsonObject) -> list[str]:
    kinds = node.get("@type")
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind]


def _article(nodes: list[Node], url: str) -> Node | None:
    """The node of this page's article: the one that says most about it; the first of equals."""
    best: tuple[int, Node] | None = None
    for node in nodes:
        kinds = _types(node.value)
        if not any(_ARTICLE.search(kind) for kind in kinds) or _NOT_ARTICLE.issuperset(kinds):
            continue
        score = sum(name in node.value for name in ("headline", "datePublished", "author", "publisher"))
        score += 4 * (not node.is_apart) + 3 * (_address(node.value) in {url, url.rstrip("/")})
        if best is None or score > best[0]:
            best = (score, node)
    return best[1] if best else None


def _address(node: JsonObject) -> str | None:
    page = node.get("mainEntityOfPage")
    for value in (node.get("url"), page.get("@id") if isinstance(page, dict) else page, node.get("@id")):
        if isinstance(value, str) and value.startswith("http"):
            return value.split("#")[0]
    return None


def _text(value: Json) -> str | None:
    """A string, also where it stands in a list or under ``@value`` or ``name``."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return collapse(unescape(unescape(value))) or None


def jsonld_claims(data: LinkedData) -> Iterator[Found]:
    """What the article's node claims."""
    node = data.article
    if node is None:
        return
    for name, key in _TEXTS:
        if value := data.text(key):
            yield name, claim(value, witness="json-ld", at=f"{node.at}/{key}")
    for name, key in (("published", "datePublished"), ("updated", "dateModified")):
        if (text := data.text(key)) and (date := machine_date(text)):
            yield name, claim(date, witness="json-ld", at=f"{node.at}/{key}", text=text)
    yield from _people(data, node, "authors", "author")
    yield from _people(data, node, "authors", "creator")
    yield from _people(data, node, "contributors", "contributor")
    yield from _others(data, node)


_TEXTS: tuple[tuple[FieldName, str], ...] = (
    ("title", "headline"),
    ("description", "description"),
    ("section", "articleSection"),
    ("language", "inLanguage"),
    ("canonical_url", "url"),
)


def _people(data: LinkedData, node: Node, name: FieldName, key: str) -> Iterator[Found]:
    witness = "json-ld" if key != "creator" else "json-ld-creator"
    for number, item in enumerate(data.objects(key)):
        at = f"{node.at}/{key}/{number}"
        kinds = _types(item) if isinstance(item, dict) else []
        is_body = any("Organization" in kind for kind in kinds)
        for text in _names(item):
            if is_body:
                yield "organisations", claim(text, witness=witness, at=at)
                continue
            for found, said in signed_by(text, is_certain="Person" in kinds):
                yield name if found == "authors" else found, claim(said, witness=witness, at=at, text=text)


def _names(item: Json) -> list[str]:
    """The names in an author: a string, an object with ``name``, or one whose ``name`` is a list."""
    if isinstance(item, dict):
        parts = [text for key in ("givenName", "familyName") if (text := _text(item.get(key)))]
        item = item.get("name") or " ".join(parts)
    if isinstance(item, list):
        return [text for part in item[:MAX_ITEMS] for text in _names(part)]
    text = _text(item)
    if text and text.startswith("['") and text.endswith("']"):  # a list printed into the string
        return [part.strip(" '") for part in text[1:-1].split("',")]
    text = collapse(_TAG.sub(" ", text)) if text and "<" in text else text
    return [text] if text and not text.startswith("http") else []


def _others(data: LinkedData, node: Node) -> Iterator[Found]:
    for number, item in enumerate(data.objects("publisher")):
        if text := _text(item):
            yield "site_name", claim(text, witness="json-ld", at=f"{node.at}/publisher/{number}")
    free = node.value.get("isAccessibleForFree")
    if str(free).lower() in {"false", "true"}:
        value = "no" if str(free).lower() == "true" else "yes"
        yield "paywall", claim(value, witness="json-ld", at=f"{node.at}/isAccessibleForFree", text=str(free))
    if "LiveBlogPosting" in _types(node.value):
        yield "live", claim("yes", witness="json-ld", at=f"{node.at}/@type", text="LiveBlogPosting")
    words = node.value.get("keywords")
    texts = (
        [words]
        if isinstance(words, str)
        else [word for word in words if isinstance(word, str)]
        if isinstance(words, list)
        else []
    )
    for number, text in enumerate(texts[:50]):
        yield "keywords", claim(collapse(text), witness="json-ld", at=f"{node.at}/keywords/{number}")
    for site in data.nodes:
        if "WebSite" in _types(site.value) and (text := _text(site.value.get("name"))):
            yield "site_name", claim(text, witness="json-ld-website", at=f"{site.at}/name")
