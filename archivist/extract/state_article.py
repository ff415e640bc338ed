"""The page's own article in the state of its scripts.

It is found by its structure: an object with a headline and a date, whose address, number or headline is the page's. A
related story in the same state has another address and another headline, and is never taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from archivist.extract.html import Html
from archivist.extract.state_scripts import State, states
from archivist.extract.tree import collapse
from archivist.model.json import Json, JsonObject

__all__ = ["HEADLINES", "StateArticle", "letters", "plain_key", "plain_text", "state_article"]

MAX_NODES: Final = 60_000
"""Objects and arrays of all states that are walked through."""
MAX_DEPTH: Final = 40
MAX_TEXT: Final = 4_000
MIN_HEADLINE: Final = 12
"""Letters of a headline that is not another story's by chance."""
MIN_SLUG: Final = 8
MIN_ID: Final = 5
"""Letters of an article's number: a shorter one may stand in an address by chance."""

HEADLINES: Final = (
    *("headline", "headlines", "title", "articleTitle", "webTitle", "headlineText", "mainTitle", "heading", "name"),
)
_DATE: Final = re.compile(
    r"(?:date|first|last|web|original|article|content|news|display|initial|online){0,3}_?"
    r"(?:publish|publicat|pub_?dat|issue|modif|updat|creat|display|release|post)[a-z_]{0,20}"
    r"|date(?:_gmt|time|line)?|timestamp",
    re.IGNORECASE,
)
_ADDRESSES: Final = frozenset(
    "url canonicalUrl canonical_url canonicalURL canonical link permalink href path slug uri webUrl website_url "
    "websiteUrl shareUrl share_url fullUrl pageUrl articleUrl pathname urlPath seoUrl relativeUrl absoluteUrl".split()
)
_IDS: Final = frozenset("id _id articleId article_id contentId content_id documentId nid uuid guid".split())
_HEADLINES: Final = frozenset(HEADLINES)
_STRUCTURES: Final = (dict, list)
_PARTS: Final = frozenset(
    "authors author byline bylines creators description standfirst summary excerpt section category body articlebody "
    "content contentelements text html blocks elements paragraphs components image images".split()
)
"""Names of what an article has besides: the object with more of them says more."""
_INNER: Final = (
    *("basic", "default", "rendered", "text", "value", "name", "title", "main", "plain", "html", "content", "label"),
)
"""Names under which an object holds its text."""
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_LETTERS: Final = re.compile(r"[\W_]+")
_SEPARATOR: Final = re.compile(r"\s[|\-–—·»:]\s")
_NOT_PLAIN: Final = re.compile(r"[^a-z0-9]")

_Place: TypeAlias = "tuple[_Place, str | int] | tuple[()]"
"""Where a value stands: the place of what holds it, and the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateArticle:
    """The article as an object of the state."""

    value: JsonObject
    at: str
    """Script and JSON pointer: ``__NEXT_DATA__#/props/pageProps/article``."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Long strings that stand apart, by what refers to them."""
    site: str = ""
    """Letters of the host, by which the newspaper is told from an author."""
    entities: Mapping[str, Json] = field(default_factory=dict)
    """A normalized cache, whose entries refer to each other by name (Apollo)."""

    def resolved(self, value: Json) -> Json:
        """What a reference stands for; any other value as it is."""
        if isinstance(value, str):
            return self.texts.get(value, value)
        if isinstance(value, dict):
            name = value.get("__ref") or (value.get("id") if value.get("type") == "id" else None)
            if isinstance(name, str):
                return self.entities.get(name, value)
        return value

    def keys(self) -> dict[str, str]:
        """The object's keys by their plain form: ``publishedAt`` and ``published_at`` are one."""
        keys: dict[str, str] = {}
        for key in self.value:
            keys.setdefault(plain_key(key), key)
        return keys


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """By what the page's own article is known."""

    path: str
    slug: str
    words: AbstractSet[str]
    """Parts of the address, among which the article's number may be."""
    headlines: AbstractSet[str]


def state_article(html: Html) -> StateArticle | None:
    """The page's article in the state of its scripts; None where no state holds it."""
    page: _Page | None = None
    best: tuple[int, StateArticle] | None = None
    left = MAX_NODES
    for state in states(html):
        page = page or _page(html)
        found, count = _articles(state.value, limit=left)
        left -= count
        for value, place in found:
            score = _score(value, page)
            if score and (best is None or score > best[0]):
                best = (score, _found(state, value, place, html.url))
    return best[1] if best else None


def _found(state: State, value: JsonObject, place: _Place, url: str) -> StateArticle:
    entities = state.value if isinstance(state.value, dict) else {}
    at = f"{state.name}#{_pointer(place)}"
    site = letters(url.partition("//")[2].partition("/")[0].removeprefix("www.").rpartition(".")[0])
    return StateArticle(value=value, at=at, texts=state.texts, site=site, entities=entities)


def _articles(value: Json, *, limit: int) -> tuple[list[tuple[JsonObject, _Place]], int]:
    """Every object that has a headline and a date, outer ones first, each with its place; how many were looked at."""
    waiting: list[tuple[Json, _Place, int]] = [(value, (), 0)]
    found: list[tuple[JsonObject, _Place]] = []
    count = 0
    while waiting and limit > 0:
        item, place, depth = waiting.pop()
        limit -= 1
        inner: Iterable[tuple[str | int, Json]] = ()
        if isinstance(item, dict):
            count += 1
            inner = item.items()
            if not _HEADLINES.isdisjoint(item) and any(map(_names_date, item)):
                found.append((item, place))
        elif isinstance(item, list):
            inner = enumerate(item)
        if depth < MAX_DEPTH:
            below = [(each, (place, key), depth + 1) for key, each in inner if isinstance(each, _STRUCTURES)]
            waiting += reversed(below)
    return found, count


def _pointer(place: _Place) -> str:
    """RFC 6901."""
    keys: list[str] = []
    while place:
        place, key = place
        keys.append(str(key).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{key}" for key in reversed(keys))


@lru_cache(maxsize=4_096)
def _names_date(key: str) -> bool:
    return _DATE.fullmatch(key) is not None


def _page(html: Html) -> _Page:
    path = _path(html.url)
    texts = ["".join(map(str, element.itertext())) for element in html.root.iter("title", "h1")][:8]
    for element in html.root.iter("meta"):
        if (element.get("property") or element.get("name")) in {"og:title", "twitter:title"}:
            texts.append(element.get("content") or "")
    parts = [part for text in texts for part in (text, *_SEPARATOR.split(text[:MAX_TEXT]))]
    return _Page(
        path=path,
        slug=re.sub(r"\.[a-z]{2,5}$", "", path.rpartition("/")[2]),
        words=frozenset(re.split(r"[/\-_.,;!~]+", path)),
        headlines=frozenset(plain for part in parts if len(plain := letters(part)) >= MIN_HEADLINE),
    )


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address.strip()[:MAX_TEXT]).path).strip("/").lower()
    except ValueError:
        return ""


def letters(text: str) -> str:
    """The letters and figures alone, by which headlines are compared."""
    return _LETTERS.sub("", unicodedata.normalize("NFKC", unescape(_TAG.sub("", text[:MAX_TEXT]))).casefold())


def _score(value: JsonObject, page: _Page) -> int:
    """How surely, and how fully, the object is this page's article; 0 where it is another one or none."""
    title = next((text for key in HEADLINES if (text := plain_text(value.get(key)))), "")
    addresses = [value[key] for key in _ADDRESSES & value.keys()]
    is_here = any(_is_address(_path(address), page) for address in addresses if isinstance(address, str))
    is_named = letters(title) in page.headlines
    is_numbered = any(_is_number(value[key], page) for key in _IDS & value.keys())
    if not title or not (is_here or is_named or is_numbered):
        return 0
    return 8 * is_here + 8 * is_named + 4 * is_numbered + len(_PARTS & {plain_key(key) for key in value})


def _is_number(value: Json, page: _Page) -> bool:
    text = str(value).lower() if isinstance(value, str | int) else ""
    return len(text) >= MIN_ID and text in page.words


def _is_address(path: str, page: _Page) -> bool:
    if not page.path or ("/" not in path and len(path) < MIN_SLUG):
        return False
    return path in {page.path, page.slug} or page.path.endswith(f"/{path}") or path.endswith(f"/{page.path}")


def plain_key(key: str) -> str:
    """The key in small letters, without what joins its words."""
    return _NOT_PLAIN.sub("", key.lower())


def plain_text(value: Json) -> str:
    """The text of a string, or of an object that holds it under the usual names; mark-up and entities gone."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = _inner(value)
    if not isinstance(value, str):
        return ""
    text = value[:MAX_TEXT]
    return collapse(unescape(_TAG.sub(" ", text)) if "<" in text or "&" in text else text)


def _inner(value: JsonObject) -> Json:
    return next((value[name] for name in _INNER if value.get(name)), None)
