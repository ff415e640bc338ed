"""Facts with their evidence, laid out for a terminal: the value, where it was read, what lost to it and why.

What is printed is made from the JSON form of a reading, so that a field that a later version adds is shown too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from archivist.cli.output import paint
from archivist.diff.wrap import Marks, columns, visible, wrap
from archivist.model.change import Span

if TYPE_CHECKING:
    from archivist.model.article import Article, Document
    from archivist.model.json import Json, JsonObject
    from archivist.model.page import PageReading
    from archivist.model.picture import PictureFacts

__all__ = [
    "LABELS",
    "UNCHECKED",
    "Row",
    "document_rows",
    "fact_rows",
    "laid_out",
    "picture_rows",
    "possible_rows",
    "text_rows",
]

LABELS: Final = {
    "title_shown": "headline",
    "title": "any headline",
    "authors": "by",
    "organisations": "by",
    "contributors": "contributors",
    "published": "published",
    "updated": "updated",
    "site_name": "site",
    "section": "section",
    "language": "language",
    "canonical_url": "canonical",
    "notes": "note",
    "description": "standfirst",
}
"""Fields in the order in which a reader asks for them; all others follow under their own names."""

UNCHECKED: Final = "nothing of it was checked"
"""What is said of signatures and credentials: that they are there is all that was read."""

_OF_DOCUMENTS: Final = {"authors": "author", "description": "subject"}
"""The same of a document, whose only headline is its title."""

_MARGIN: Final = 16
"""Columns of the labels."""
_LEAST: Final = 24
"""Columns that are left to values on the narrowest of terminals."""
_EVIDENCE: Final = frozenset({"witness", "at", "text"})
_MAIN: Final = ("name", "value", "url", "image", "uri", "signer")
"""Members of which the first that is there stands for its whole object."""
_PLAIN: Final = Marks(delete=("", ""), insert=("", ""), width=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that is said."""

    label: str
    text: str
    depth: int = 0
    """How far it belongs to the rows above it."""
    is_main: bool = False
    """It is a value that won, or a heading."""
    is_evidence: bool = False
    """It says where the row above it was read."""


def laid_out(rows: Iterable[Row], *, width: int) -> Iterator[str]:
    """The rows in lines of at most ``width`` columns; nothing in them steers the terminal."""
    for row in rows:
        margin = f"{'  ' * row.depth}{visible(row.label)}"
        indent = max(_MARGIN, columns(margin) + 1) + 2 * row.is_evidence
        room = max(width - indent, _LEAST)
        text = (Span(op="equal", text=row.text),) if row.text else ()
        first, *more = wrap(text, width=room, marks=_PLAIN)
        yield f"{margin}{' ' * (indent - columns(margin))}{paint(first, bold=True) if row.is_main else first}".rstrip()
        yield from (f"{' ' * indent}{paint(line, bold=True) if row.is_main else line}".rstrip() for line in more)


def fact_rows(article: Article, reasons: Mapping[str, Json]) -> Iterator[Row]:
    """Every field, photo, linked document and problem of a page, with its evidence."""
    said = article.to_json()
    fields = said.get("fields")
    assert fields is None or isinstance(fields, dict)
    yield from _fields(fields or {}, reasons)
    for number, photo in enumerate(article.photos, start=1):
        told = photo.to_json()
        told.pop("is_hidden", None)
        shown: JsonObject = {"image": photo.image or "no address", "is_shown": photo.is_shown, **told}
        yield from _object(f"photo {number}", shown)
    for number, link in enumerate(article.documents, start=1):
        yield from _object(f"document {number}", link.to_json())
    rest = {
        name: value for name, value in said.items() if name not in {"url", "fields", "photos", "documents", "blocks"}
    }
    yield from _members(rest, depth=0)


def document_rows(document: Document, *, is_text: bool) -> Iterator[Row]:
    """What a document says of itself, and perhaps the text of its pages."""
    said = document.to_json()
    said.pop("pages", None)
    scanned: list[Json] = [page.number for page in document.pages if page.is_scanned]
    if scanned:
        said["scanned_pages"] = scanned
    if document.signatures:
        said["signatures"] = [{**signature.to_json(), "note": UNCHECKED} for signature in document.signatures]
    yield from _file("document", said, labels=_OF_DOCUMENTS)
    for page in document.pages if is_text else ():
        yield Row(label=f"page {page.number}", text=page.label or "")
        for number, paragraph in enumerate(page.paragraphs):
            yield Row(label="", text=paragraph, is_main=number in page.headings)
        yield from (Row(label="link", text=f"{link.url}  {link.text}", depth=1) for link in page.links)


def picture_rows(picture: PictureFacts) -> Iterator[Row]:
    """What a photo's file says of itself."""
    said = picture.to_json()
    if said.pop("credentials", None):
        said["content_credentials"] = f"{picture.credentials:,} bytes; {UNCHECKED}"
    yield from _file("picture", said)


def possible_rows(page: PageReading) -> Iterator[Row]:
    """Links that may lead to documents: only the server's answer tells."""
    for link in page.possible:
        yield from _object("perhaps document", link.to_json())


def text_rows(article: Article) -> Iterator[Row]:
    """The article's text."""
    for block in article.blocks:
        yield Row(label=block.kind, text=block.text)


def _file(label: str, said: JsonObject, *, labels: Mapping[str, str] = MappingProxyType({})) -> Iterator[Row]:
    fields = said.pop("fields", {})
    assert isinstance(fields, dict)
    yield from _object(label, said)
    yield from _fields(fields, {}, labels=labels, depth=1)


def _fields(
    fields: JsonObject, reasons: Mapping[str, Json], *, labels: Mapping[str, str] = LABELS, depth: int = 0
) -> Iterator[Row]:
    for name in sorted(fields, key=_order):
        settled = fields[name]
        assert isinstance(settled, dict)
        values, others = _list(settled, "values"), _list(settled, "others")
        label = labels.get(name, _spoken(name))
        if not values:
            yield Row(label=label, text="unknown", depth=depth)
        for value in values:
            yield from _value(label, value, depth=depth, is_main=True)
        won = {str(value.get("value")) for value in values if isinstance(value, dict)}
        for other in others:
            is_same = isinstance(other, dict) and other.get("value") in won
            yield from _value("also" if is_same else "not", other, depth=depth + 1)
        reason = reasons.get(name)
        if others and isinstance(reason, str):
            yield Row(label="because", text=reason, depth=depth + 1)


def _order(name: str) -> tuple[int, str]:
    known = [*LABELS]
    return (known.index(name) if name in known else len(known), name)


def _object(label: str, value: JsonObject, *, depth: int = 0, is_main: bool = True) -> Iterator[Row]:
    """An object under what stands for it, then its other members, then its evidence."""
    main = next((name for name in _MAIN if isinstance(value.get(name), str)), None)
    text = str(value[main]) if main else ""
    yield Row(label=label, text=text, depth=depth, is_main=is_main and main is not None)
    has_evidence = "witness" in value
    hidden = {main, *(_EVIDENCE if has_evidence else ())}
    yield from _members({name: each for name, each in value.items() if name not in hidden}, depth=depth + 1)
    if has_evidence:
        yield Row(label="", text=f"{value['witness']}  {value.get('at', '')}", is_evidence=True)
        exact = str(value.get("text", ""))
        if exact and exact != text:
            yield Row(label="", text=f"“{exact}”", is_evidence=True)


def _members(value: JsonObject, *, depth: int) -> Iterator[Row]:
    return chain.from_iterable(_value(_spoken(name), each, depth=depth) for name, each in value.items())


def _value(label: str, value: Json, *, depth: int, is_main: bool = False) -> Iterator[Row]:
    match value:
        case {"values": list()} | {"others": list()}:
            yield from _fields({label: value}, {}, depth=depth)
        case dict():
            yield from _object(label, value, depth=depth, is_main=is_main)
        case list() if any(isinstance(each, dict | list) for each in value):
            for number, each in enumerate(value, start=1):
                yield from _value(f"{label} {number}", each, depth=depth)
        case list():
            yield Row(label=label, text=", ".join(map(str, value)), depth=depth)
        case bool():
            yield Row(label=label, text="yes" if value else "no", depth=depth)
        case None:
            return
        case _:
            yield Row(label=label, text=str(value), depth=depth, is_main=is_main)


def _list(value: JsonObject, name: str) -> list[Json]:
    found = value.get(name, [])
    return found if isinstance(found, list) else []


def _spoken(name: str) -> str:
    return name.removeprefix("is_").replace("_", " ")
