"""Witness: ``meta`` elements: OpenGraph, ``article:*``, Dublin Core, Parsely, Sailthru, Twitter, citation_*, cXense."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.dates import machine_date
from archivist.extract.html import Element, Html
from archivist.extract.link_rel import is_language
from archivist.extract.names import signed_by
from archivist.extract.sites import site_name_in, title_without_site
from archivist.extract.tree import collapse
from archivist.model.article import FieldName
from archivist.model.url import host_of

__all__ = ["meta_claims"]

MAX_VALUE: Final = 2_000

_NAMES: Final[dict[tuple[FieldName, str], str]] = {
    ("title", "open-graph"): "og:title",
    ("title", "twitter"): "twitter:title",
    ("title", "meta"): "parsely-title sailthru.title citation_title cxenseparse:title title headline",
    ("title", "dublin-core"): "dc.title",
    ("description", "open-graph"): "og:description",
    ("description", "meta"): "description",
    ("authors", "open-graph"): "article:author article:author_name og:article:author og:author",
    ("authors", "meta"): "author parsely-author sailthru.author citation_author dcsext.author cxenseparse:author "
    "mrf:authors authors author-name author_name article.author bt:author byl byline",
    ("authors", "dublin-core"): "dc.creator",
    ("published", "open-graph"): "article:published_time article:publish_date og:publish_date og:release_date "
    "og:article:published_time og:published_time article:published "
    "og:pubdate article:publication_date",
    ("published", "meta"): "parsely-pub-date sailthru.date citation_publication_date citation_online_date date pubdate "
    "pub_date publishdate publish-date publish_date publication_date publication-date publicationdate published "
    "published_at published_time published-date publisheddate datepublished datecreated originalpublicationdate "
    "article_date_original article:publicationdate prism.publicationdate cxenseparse:recs:publishtime "
    "article.published date.issued cxenseparse:recs:pdd-publishtime "
    "cxenseparse:publishtime rnews:datepublished bt:pubdate displaydate display_date publish_time first_published "
    "article-publish-date iso-8601-publish-date creation_date created_at",
    ("published", "dublin-core"): "dc.date dc.date.issued dc.date.published dc.date.created dc.created dc.issued "
    "dc.available",
    ("updated", "open-graph"): "article:modified_time og:updated_time og:article:modified_time article:modified "
    "article:updated article:updated_time og:modified_time",
    ("updated", "meta"): "last-modified lastmod lastmodified last_modified last-updated lastupdated last_updated "
    "datemodified modified modified_time updated_time updated_at revised article.updated last_updated_date bt:moddate "
    "article-modified-date iso-8601-modified-date",
    ("updated", "dublin-core"): "dc.modified dc.date.modified dc.date.updated",
    ("site_name", "open-graph"): "og:site_name",
    ("site_name", "meta"): "application-name apple-mobile-web-app-title mobile-web-app-title site_name sitename "
    "citation_journal_title prism.publicationname",
    ("site_name", "dublin-core"): "dc.publisher publisher",
    ("canonical_url", "open-graph"): "og:url",
    ("section", "open-graph"): "article:section og:section og:article:section",
    ("section", "meta"): "parsely-section section articlesection prism.section cxenseparse:section",
    ("language", "open-graph"): "og:locale",
    ("language", "meta"): "content-language language inlanguage citation_language",
    ("language", "dublin-core"): "dc.language",
    ("keywords", "meta"): "keywords news_keywords parsely-tags sailthru.tags citation_keywords",
    ("keywords", "open-graph"): "article:tag og:article:tag",
    ("keywords", "dublin-core"): "dc.subject",
    ("paywall", "open-graph"): "article:content_tier",
}
"""By field and witness, in lower case."""
_FIELDS: Final = {name: known for known, names in _NAMES.items() for name in names.split()}
_SPELLINGS: Final = re.compile(r"(?P<dc>(?:dc|dcterms|dct)[.:](?:terms\.)?)|https?://ogp\.me/ns(?:/(\w+))?#")
"""Dublin Core has several prefixes; RDFa 1.1 allows whole addresses for OpenGraph's."""
_TIMESTAMP: Final = re.compile(r"(\d{8})(\d{6})")


def meta_claims(html: Html) -> Iterator[Found]:
    """What the page's ``meta`` elements claim."""
    host = host_of(html.url)
    known = [said for element in html.head if element.tag == "meta" and (said := _said(element))]
    name = next((text for _, (field, _), text in known if field == "site_name"), "")
    for element, (field, witness), text in known:
        for found, value in _values(field, text, host=host, site=name):
            yield found, element_claim(value, element, witness=witness, text=text, attribute="content")


def _said(element: Element) -> tuple[Element, tuple[FieldName, str], str] | None:
    """The element with its field and witness, and its text."""
    key = (element.get("property") or element.get("name") or element.get("http-equiv") or "").strip().lower()
    field = _FIELDS.get(_SPELLINGS.sub(_usual, key, count=1) if key.startswith(("dc", "http")) else key)
    content = element.get("content")
    return (element, field, collapse(content[:MAX_VALUE])) if field and content else None


def _usual(prefix: re.Match[str]) -> str:
    return "dc." if prefix["dc"] else f"{prefix[2] or 'og'}:"


def _values(field: FieldName, text: str, *, host: str, site: str) -> Iterator[tuple[FieldName, str]]:
    if field == "authors":
        yield from () if text.startswith("http") else signed_by(text)
    elif value := _value(field, text, host=host, site=site):
        yield field, value


def _value(field: FieldName, text: str, *, host: str, site: str) -> str | None:
    value: str | None = text
    match field:
        case "title":
            value = title_without_site(text, host=host, name=site)
        case "site_name":
            value = site_name_in(text, host=host)
        case "published" | "updated":
            value = machine_date(_TIMESTAMP.sub(r"\1T\2", text) if _TIMESTAMP.fullmatch(text) else text)
        case "language":
            value = text.replace("_", "-") if is_language(text) else None
        case "canonical_url":
            value = text if text.startswith("http") else None
        case "paywall":
            value = "yes" if text.lower() in {"locked", "metered", "premium"} else None
    return value
