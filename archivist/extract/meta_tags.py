"""Witness: ``meta`` elements: OpenGraph, ``article:*``, Dublin Core, Parsely, Sailthru, Twitter, citation_*."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.dates import machine_date
from archivist.extract.html import Html
from archivist.extract.link_rel import is_language
from archivist.extract.names import signed_by
from archivist.extract.tree import collapse
from archivist.model.article import FieldName

__all__ = ["meta_claims"]

MAX_VALUE: Final = 2_000

_FIELDS: Final[dict[str, tuple[FieldName, str]]] = {
    "og:title": ("title", "open-graph"),
    "twitter:title": ("title", "twitter"),
    "parsely-title": ("title", "meta"),
    "sailthru.title": ("title", "meta"),
    "citation_title": ("title", "meta"),
    "dc.title": ("title", "dublin-core"),
    "dcterms.title": ("title", "dublin-core"),
    "og:description": ("description", "open-graph"),
    "description": ("description", "meta"),
    "author": ("authors", "meta"),
    "article:author": ("authors", "open-graph"),
    "article:author_name": ("authors", "open-graph"),
    "og:article:author": ("authors", "open-graph"),
    "parsely-author": ("authors", "meta"),
    "sailthru.author": ("authors", "meta"),
    "citation_author": ("authors", "meta"),
    "byl": ("authors", "meta"),
    "dc.creator": ("authors", "dublin-core"),
    "dcterms.creator": ("authors", "dublin-core"),
    "dcsext.author": ("authors", "meta"),
    "article:published_time": ("published", "open-graph"),
    "og:article:published_time": ("published", "open-graph"),
    "og:published_time": ("published", "open-graph"),
    "parsely-pub-date": ("published", "meta"),
    "sailthru.date": ("published", "meta"),
    "citation_publication_date": ("published", "meta"),
    "dc.date.issued": ("published", "dublin-core"),
    "dcterms.created": ("published", "dublin-core"),
    "dcterms.issued": ("published", "dublin-core"),
    "dc.date": ("published", "dublin-core"),
    "date": ("published", "meta"),
    "pubdate": ("published", "meta"),
    "publishdate": ("published", "meta"),
    "publish-date": ("published", "meta"),
    "publication_date": ("published", "meta"),
    "published_date": ("published", "meta"),
    "publisheddate": ("published", "meta"),
    "publicationdate": ("published", "meta"),
    "publication-date": ("published", "meta"),
    "publish_date": ("published", "meta"),
    "pub_date": ("published", "meta"),
    "datepublished": ("published", "meta"),
    "date.issued": ("published", "meta"),
    "article.published": ("published", "meta"),
    "article:published": ("published", "open-graph"),
    "article:publish_date": ("published", "open-graph"),
    "og:publish_date": ("published", "open-graph"),
    "og:pubdate": ("published", "open-graph"),
    "og:release_date": ("published", "open-graph"),
    "dc.date.published": ("published", "dublin-core"),
    "dcterms.date": ("published", "dublin-core"),
    "dcterms.available": ("published", "dublin-core"),
    "cxenseparse:recs:publishtime": ("published", "meta"),
    "cxenseparse:publishtime": ("published", "meta"),
    "cxenseparse:recs:pdd-publishtime": ("published", "meta"),
    "article:modified_time": ("updated", "open-graph"),
    "og:updated_time": ("updated", "open-graph"),
    "og:article:modified_time": ("updated", "open-graph"),
    "dcterms.modified": ("updated", "dublin-core"),
    "dc.date.modified": ("updated", "dublin-core"),
    "article:modified": ("updated", "open-graph"),
    "article.updated": ("updated", "meta"),
    "datemodified": ("updated", "meta"),
    "last-updated": ("updated", "meta"),
    "last_updated_date": ("updated", "meta"),
    "last-modified": ("updated", "meta"),
    "lastmod": ("updated", "meta"),
    "og:site_name": ("site_name", "open-graph"),
    "application-name": ("site_name", "meta"),
    "apple-mobile-web-app-title": ("site_name", "meta"),
    "og:url": ("canonical_url", "open-graph"),
    "article:section": ("section", "open-graph"),
    "parsely-section": ("section", "meta"),
    "og:locale": ("language", "open-graph"),
    "content-language": ("language", "meta"),
    "dc.language": ("language", "dublin-core"),
    "keywords": ("keywords", "meta"),
    "news_keywords": ("keywords", "meta"),
    "article:content_tier": ("paywall", "open-graph"),
}


def meta_claims(html: Html) -> Iterator[Found]:
    """What the page's ``meta`` elements claim."""
    for element in html.root.iter("meta"):
        attribute = next((name for name in ("content", "value") if element.get(name)), None)
        key = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        known = _FIELDS.get(key.strip().lower())
        if known is None or attribute is None:
            continue
        text = collapse((element.get(attribute) or "")[:MAX_VALUE])
        for field, value in _values(known[0], text):
            yield field, element_claim(value, element, witness=known[1], text=text, attribute=attribute)


def _values(field: FieldName, text: str) -> Iterator[tuple[FieldName, str]]:
    if field == "authors":
        yield from () if text.startswith("http") else signed_by(text)
    elif value := _value(field, text):
        yield field, value


def _value(field: FieldName, text: str) -> str | None:
    match field:
        case "published" | "updated":
            return machine_date(text)
        case "language":
            return text.replace("_", "-") if is_language(text) else None
        case "canonical_url":
            return text if text.startswith("http") else None
        case "paywall":
            return "yes" if text.lower() in {"locked", "metered", "premium"} else None
        case _:
            return text
