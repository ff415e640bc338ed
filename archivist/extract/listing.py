"""Feeds, sitemaps and section pages: which articles they list.

RSS 0.9x, 1.0 and 2.0, Atom (RFC 4287), JSON Feed 1.1, sitemaps and indexes of them (sitemaps.org 0.9) are known by
what they are, whatever the server calls them; all else is a page whose links are looked at. No entity is resolved and
nothing is fetched; what is damaged is read as far as it goes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Final, cast
from urllib.parse import urlsplit

from lxml import etree

from archivist.extract.html import Element, Html, parse_html
from archivist.model.listing import MAX_LISTED, Listed, Listing
from archivist.model.url import absolute, host_of, key_of

__all__ = ["read_listing"]

_MAX_NODES: Final = 400_000
"""Elements of a listing that are looked at: a sitemap may have 50,000 entries."""
_ADDRESSES: Final = ("origlink", "link", "loc", "guid", "id")
"""Of an entry, the best first: feeds that count their readers keep the article's own address in the first."""
_MOMENTS: Final = (
    "updated", "modified", "lastmod", "published", "pubdate", "publication_date", "date", "issued",
)  # fmt: skip
_MAX_TITLE: Final = 500
_MAX_SITEMAPS: Final = 50
_ENTRIES: Final = frozenset({"item", "entry", "url", "sitemap"})
_ROOTS: Final = frozenset({"rss", "feed", "rdf", "urlset", "sitemapindex"})
_BEGINNING: Final = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(rss|feed|rdf|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_HEAD: Final = 4096
"""Bytes in which the first element of a feed begins, after declarations, style sheets and comments."""
# Addresses of articles: a day, a number of five digits and more, or a headline of four words and more.
_DAY: Final = re.compile(r"/(?:19|20)\d{2}[/-]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/-]|\d{2})", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:^|[/._-])(?:[a-z]{0,4})?\d{5,}(?:[/._-]|$)", re.IGNORECASE)
_WORDS: Final = 4
_NO_ARTICLES: Final = frozenset(
    "about account author authors autor autoren category contact gallery help imprint impressum jobs kontakt login "
    "newsletter privacy rss search section service shop sitemap subscribe tag tags terms thema topic topics user "
    "video videos".split()
)
_FILE: Final = re.compile(r"\.(?:pdf|jpe?g|png|gif|svg|webp|mp[34]|zip|xml|rss|css|js|ico)$", re.IGNORECASE)


def read_listing(data: bytes, *, url: str, content_type: str | None = None, pattern: str | None = None) -> Listing:
    """The articles that a listing names, in its order, each once.

    Args:
        data: after content decoding.
        url: its own address.
        content_type: as declared.
        pattern: which addresses are articles': a glob over the whole address or over its path (``/news/*``); without
            one, all entries of a feed or sitemap, and of a page the links that look like those of articles.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        found, problem = _of_json(data, url), None
        return _listing(found, (), url, pattern, problem)
    if _BEGINNING.search(data[:_HEAD]):
        if b"<!ENTITY" in data:
            return Listing(problem="it declares entities of its own, which no feed needs, and was not read")
        if (root := _root(data)) is not None:
            return _of_xml(root, url, pattern)
    page = parse_html(data, url=url, content_type=content_type)
    links = (Listed(url=target, title=title) for target, title in _links(page, url))
    wanted = links if pattern else (each for each in links if _is_article(each.url))
    return _listing(wanted, (), url, pattern, None)


def _listing(
    articles: Iterable[Listed], sitemaps: Iterable[Listed], url: str, pattern: str | None, problem: str | None
) -> Listing:
    own, found = key_of(url), list[Listed]()
    seen: set[str] = set()
    for each in articles:
        key = key_of(each.url)
        if key == own or key in seen or (pattern and not _matches(each.url, pattern)):
            continue
        if len(found) == MAX_LISTED:
            problem = problem or f"more than {MAX_LISTED} entries: the rest was not read"
            break
        seen.add(key)
        found.append(each)
    named = {each.url: each for each in sitemaps}
    newest = sorted(named.values(), key=lambda each: each.changed or "", reverse=True)
    return Listing(articles=tuple(found), sitemaps=tuple(newest[:_MAX_SITEMAPS]), problem=problem)


def _matches(url: str, pattern: str) -> bool:
    path = urlsplit(url).path
    return fnmatchcase(url, pattern) or fnmatchcase(path, pattern)


# JSON Feed.


def _of_json(data: bytes, url: str) -> Iterator[Listed]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    items = value.get("items") if isinstance(value, dict) else None
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        link = next((each for name in ("url", "external_url", "id") if isinstance(each := item.get(name), str)), None)
        target = absolute(url, link) if link else None
        if target:
            moments = (item.get("date_modified"), item.get("date_published"))
            yield Listed(url=target, title=_title(item.get("title")), changed=_text_of(moments))


def _text_of(values: Iterable[object]) -> str | None:
    return next((value.strip()[:80] for value in values if isinstance(value, str) and value.strip()), None)


def _title(value: object) -> str | None:
    text = " ".join(value.split())[:_MAX_TITLE] if isinstance(value, str) else ""
    return text or None


# RSS, Atom, sitemaps.


def _root(data: bytes) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False, remove_comments=True
    )
    try:
        # Of what cannot be read at all a forgiving parser gives nothing.
        root = cast("Element | None", etree.fromstring(data.lstrip(), parser))
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None and _name(root) in _ROOTS else None


def _of_xml(root: Element, url: str, pattern: str | None) -> Listing:
    articles: list[Listed] = []
    sitemaps: list[Listed] = []
    problem = None
    for count, element in enumerate(root.iter(etree.Element)):
        if count == _MAX_NODES:
            problem = f"more than {_MAX_NODES} elements: the rest was not read"
            break
        name = _name(element)
        if name in _ENTRIES and (entry := _entry(element, url)) is not None:
            (sitemaps if name == "sitemap" else articles).append(entry)
    return _listing(articles, sitemaps, url, pattern, problem)


def _entry(element: Element, url: str) -> Listed | None:
    said: dict[str, str] = {}
    for child in element:
        # The extension of sitemaps for news has a level of its own.
        for each in (child, *child) if _name(child) == "news" else (child,):
            if (name := _meaning(each)) and (text := each.get("href") or _text(each)):
                said.setdefault(name, text)
    moments = [said.get(name) for name in _MOMENTS]
    for name in _ADDRESSES:
        link = said.get(name, "")
        # An identifier is an address only where it looks like one.
        if link and (name not in {"guid", "id"} or "://" in link) and (target := absolute(url, link)):
            return Listed(url=target, title=_title(said.get("title")), changed=_text_of(moments))
    return None


def _meaning(element: Element) -> str | None:
    """What an element of an entry is, or None where it is nothing that is looked for."""
    name = _name(element)
    # Atom: the article is the alternate, and a link without a relation is one (RFC 4287 4.2.7.2).
    is_other = name == "link" and element.get("rel", "alternate") != "alternate"
    is_other = is_other or (name == "guid" and element.get("isPermaLink", "true").lower() == "false")
    return name if not is_other and (name in _ADDRESSES or name in _MOMENTS or name == "title") else None


def _name(element: Element) -> str:
    # Of what is no element, such as a reference to an entity, lxml's tag is a function.
    return str(element.tag).rpartition("}")[2].lower()


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext(etree.Element)).split())


# Pages.


def _links(page: Html, url: str) -> Iterator[tuple[str, str | None]]:
    """The links of a page to its own site, in order, with their words."""
    home = host_of(url).removeprefix("www.")
    for element in page.root.iter("a"):
        target = page.absolute(element.get("href") or "")
        if target and (host_of(target).removeprefix("www.") == home or host_of(target).endswith(f".{home}")):
            yield target, _title("".join(element.itertext()))


def _is_article(url: str) -> bool:
    """Whether the address looks like an article's: newsrooms put a day, a number or the headline into it."""
    path = urlsplit(url).path.lower()
    parts = [part for part in path.split("/") if part]
    if not parts or _FILE.search(path) or _NO_ARTICLES & set(parts[:-1]):
        return False
    words = [word for word in re.split(r"[-_]", parts[-1]) if word.isalpha()]
    has_day = _DAY.search(path) is not None and len(parts) > 1
    return has_day or _NUMBER.search(parts[-1]) is not None or len(words) >= _WORDS
