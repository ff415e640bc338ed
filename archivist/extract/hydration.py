"""Witness: the state that scripts of the page start from ("hydration"), where it holds the page's article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from archivist.extract.claims import Found, claim
from archivist.extract.dates import has_time, has_zone, machine_date
from archivist.extract.names import organisation_or_none, signed_by, split_names
from archivist.extract.state_article import HEADLINES, StateArticle, letters, plain_key, plain_text
from archivist.model.article import FieldName
from archivist.model.json import Json, JsonObject

__all__ = ["hydration_claims"]

MAX_AUTHORS: Final = 20
WITNESS: Final = "hydration"

_PUBLISHED: Final = (
    "firstpublisheddate firstpublishedat firstpublished firstpublishdate firstpublicationdate firstpublishedtime "
    "originalpublishdate initialpublicationdate displaydate displaydatetime datepublished publishedat publisheddate "
    "publishedtime publisheddatetime publishedon publicationdate publicationdatetime publicationtime "
    "webpublicationdate datepublication published pubdate publishtime publishdatetime publishat publishedtimestamp "
    "publishtimestamp publishdate articledate issuedate releasedate postdate posteddate postedat dategmt date datetime "
    "created createdat createddate creationdate".split()
)
"""Names of the publication, likeliest first. Arc's ``publish_date`` is that of the last version: it comes late."""
_UPDATED: Final = (
    "datemodified modifiedat modifieddate modified modifiedtime lastmodified lastmodifieddate lastmodifiedat updatedat "
    "updateddate updated updatedtime lastupdated lastupdateddate lastupdatedat lastupdate lastupdatedate "
    "lastpublisheddate dateupdated updatedate updatetime modifiedgmt webupdatedate".split()
)
_AUTHORS: Final = "authors author bylines byline creators creator writers writer by reporters".split()
_SECTIONS: Final = (
    "section sectionname primarysection maincategory primarycategory category rubric channel sections "
    "categories".split()
)
_DESCRIPTIONS: Final = (
    "standfirst subheadlines subheadline subtitle subtitles dek deck description lead lede summary excerpt abstract "
    "intro strapline".split()
)
_TITLES: Final = tuple(plain_key(name) for name in HEADLINES)
_BODY: Final = "organi"
_OTHER_ROLE: Final = re.compile(r"photo|illustrat|\beditor\b|video|translat|graphic|producer")
_ROLES: Final = ("role", "type", "@type", "__typename", "authorType", "contributorType")
_WRAPPERS: Final = ("node", "author", "person", "attributes", "profile")
_LISTS: Final = ("nodes", "edges", "items", "data", "authors")
_NAMES: Final = (*("name", "displayName", "display_name", "fullName", "full_name", "byline", "title", "label", "text"),)
_HALVES: Final = (("firstName", "lastName"), ("first_name", "last_name"))
_MOMENTS: Final = ("iso", "iso8601", "utc", "$date", "date", "timestamp", "value", "raw", "time", "datetime")
_IN_UTC: Final = ("gmt", "utc")
_NO_TEXT: Final = ("http", "$", "/")


def hydration_claims(article: StateArticle | None) -> Iterator[Found]:
    """What the article's object in the state claims."""
    if article is None:
        return
    keys = article.keys()
    yield from _text(article, keys, "title", _TITLES)
    yield from _text(article, keys, "description", _DESCRIPTIONS)
    yield from _section(article, keys)
    yield from _date(article, keys, "published", _PUBLISHED)
    yield from _date(article, keys, "updated", _UPDATED)
    yield from _authors(article, keys)


def _text(article: StateArticle, keys: Mapping[str, str], name: FieldName, wanted: Sequence[str]) -> Iterator[Found]:
    for key in (keys[each] for each in wanted if each in keys):
        value = article.value[key]
        text = plain_text(article.resolved(value[0] if isinstance(value, list) and value else value))
        if text and not text.startswith(_NO_TEXT):
            yield name, claim(text, witness=WITNESS, at=f"{article.at}/{key}")
            return


def _section(article: StateArticle, keys: Mapping[str, str]) -> Iterator[Found]:
    taxonomy = article.value.get("taxonomy")
    if isinstance(taxonomy, dict) and (text := plain_text(taxonomy.get("primary_section"))):  # Arc
        yield "section", claim(text, witness=WITNESS, at=f"{article.at}/taxonomy/primary_section")
        return
    yield from _text(article, keys, "section", _SECTIONS)


def _date(article: StateArticle, keys: Mapping[str, str], name: FieldName, wanted: Sequence[str]) -> Iterator[Found]:
    for key in (keys[each] for each in wanted if each in keys):
        text = _moment(article.value[key])
        value = machine_date(text)
        if value is None:
            continue
        if plain_key(key).endswith(_IN_UTC) and has_time(value) and not has_zone(value):
            value += "Z"
        yield name, claim(value, witness=WITNESS, at=f"{article.at}/{key}", text=text)
        return


def _moment(value: Json) -> str:
    """The string or number of a date, also where an object holds it."""
    if isinstance(value, dict):
        value = next((value[name] for name in _MOMENTS if value.get(name)), None)
    if isinstance(value, float):
        value = int(value) if abs(value) < 1e15 else None
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).removeprefix("$D")  # React writes its dates so


def _authors(article: StateArticle, keys: Mapping[str, str]) -> Iterator[Found]:
    places = [(f"/{keys[each]}", article.value[keys[each]]) for each in _AUTHORS if each in keys]
    credited = article.value.get("credits")
    if isinstance(credited, dict):  # Arc
        places.append(("/credits/by", credited.get("by")))
    embedded = article.value.get("_embedded")
    if isinstance(embedded, dict):  # WordPress, whose own "author" is a number
        places.insert(0, ("/_embedded/author", embedded.get("author")))
    for place, value in places:
        if claims := list(_people(article, value, f"{article.at}{place}")):
            yield from claims
            return


def _people(article: StateArticle, value: Json, at: str) -> Iterator[Found]:
    items = _listed(article, value)
    for number, item in enumerate(items[:MAX_AUTHORS]):
        person = article.resolved(item)
        person = _unwrapped(article, person) if isinstance(person, dict) else person
        text = _name(person)
        if not text or letters(text) == article.site:
            continue
        for name, found in _named(person, text):
            place = f"{at}/{number}" if isinstance(value, list) else at
            yield name, claim(found, witness=WITNESS, at=place, text=text)


def _listed(article: StateArticle, value: Json) -> list[Json]:
    """The items of a list or of a GraphQL connection, or the value alone."""
    value = article.resolved(value)
    if isinstance(value, dict):
        for key in _LISTS:
            if isinstance(inner := value.get(key), list):
                return inner
    return value if isinstance(value, list) else [value]


def _unwrapped(article: StateArticle, person: JsonObject) -> JsonObject:
    """The person that an entry of a list wraps."""
    for key in _WRAPPERS:
        inner = article.resolved(person.get(key))
        if isinstance(inner, dict) and _name(inner):
            return inner
    return person


def _named(person: Json, text: str) -> Iterator[tuple[FieldName, str]]:
    """The body or the persons of one entry; none where the entry is of another craft."""
    if not isinstance(person, dict):
        yield from signed_by(text)
        return
    role = " ".join(str(person.get(key) or "") for key in _ROLES).lower()
    if _OTHER_ROLE.search(role):
        return
    if _BODY in role or organisation_or_none(text):
        yield "organisations", text
        return
    for name in split_names(text, is_certain=True):
        yield "authors", name


def _name(person: Json) -> str:
    if isinstance(person, str):
        return "" if person.startswith(_NO_TEXT) else plain_text(person)
    if not isinstance(person, dict):
        return ""
    for key in _NAMES:
        if isinstance(text := person.get(key), str) and text.strip():
            return plain_text(text)
    for pair in _HALVES:
        parts = [part.strip() for key in pair if isinstance(part := person.get(key), str)]
        if parts:
            return plain_text(" ".join(parts))
    return ""
