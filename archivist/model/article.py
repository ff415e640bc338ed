"""What was read: claims with their evidence, settled facts with the losers kept.

A *claim* is a value and where it was read. A field is *settled* when the claims about it have been weighed: the
winners stand in ``values``, all the others in ``others``. "Unknown" is no winner at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from archivist.errors import BadManifest
from archivist.model.json import Json, JsonObject, Reader, without_nothing

__all__ = [
    "MAX_EVIDENCE",
    "Article",
    "Block",
    "BlockKind",
    "Claim",
    "Document",
    "Evidence",
    "FieldName",
    "Link",
    "LinkedDocument",
    "Page",
    "Photo",
    "Reading",
    "Settled",
]

FieldName: TypeAlias = Literal[
    "title",  # the headline in any of its forms
    "title_shown",  # the headline as displayed
    "description",
    "authors",  # persons
    "organisations",  # bodies named in the byline
    "contributors",
    "published",
    "updated",
    "site_name",
    "canonical_url",
    "section",
    "language",
    "notes",  # corrections and editor's notes
    "paywall",
    "live",
    "producer",
    "keywords",
]
"""Dates are ISO 8601 with exactly the precision and zone that the page gives."""

BlockKind: TypeAlias = Literal[
    "heading", "paragraph", "quote", "list-item", "caption", "credit", "correction", "table-row", "preformatted"
]

_BLOCK_KINDS: dict[str, BlockKind] = {kind: kind for kind in get_args(BlockKind)}

MAX_EVIDENCE = 300
"""Characters of evidence text kept; the rest can be read in the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a value was read."""

    witness: str
    """Kind of place: json-ld, microdata, open-graph, meta, time-element, byline, heading, figure, link, text, url,
    http-header, exif, xmp, pdf-info …"""
    at: str
    """JSON pointer, XPath, header name or text span within that place."""
    text: str
    """The exact text that the value was read from, cut at ``MAX_EVIDENCE`` characters."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"witness": self.witness, "at": self.at, "text": self.text}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Evidence:
        """Read back."""
        reader = Reader(value, at)
        return cls(witness=reader.text("witness"), at=reader.text("at"), text=reader.text("text"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A value and its evidence."""

    value: str
    evidence: Evidence

    def to_json(self) -> JsonObject:
        """Canonical form: the evidence stands beside the value."""
        return {"value": self.value, **self.evidence.to_json()}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Claim:
        """Read back."""
        return cls(value=Reader(value, at).text("value"), evidence=Evidence.from_json(value, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One field after the claims about it were weighed."""

    values: tuple[Claim, ...] = ()
    """The winners, in order: one for a title, several for authors, none for unknown."""
    others: tuple[Claim, ...] = ()
    """The losers."""

    @property
    def value(self) -> str | None:
        """The first winner's value, or None for unknown."""
        return self.values[0].value if self.values else None

    @property
    def texts(self) -> tuple[str, ...]:
        """All winners' values."""
        return tuple(claim.value for claim in self.values)

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return without_nothing(
            {"values": [claim.to_json() for claim in self.values], "others": [claim.to_json() for claim in self.others]}
        )

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Settled:
        """Read back."""
        reader = Reader(value, at)
        return cls(values=reader.many("values", Claim.from_json), others=reader.many("others", Claim.from_json))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link inside a block of text."""

    url: str
    """Absolute, without fragment."""
    text: str

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"url": self.url, "text": self.text}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Link:
        """Read back."""
        reader = Reader(value, at)
        return cls(url=reader.text("url"), text=reader.text("text"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of main text, in reading order."""

    kind: BlockKind
    text: str
    """White space collapsed; no mark-up."""
    path: str
    """Tag path from the root of the main text: ``article/div/p``."""
    links: tuple[Link, ...] = ()

    def to_json(self) -> JsonObject:
        """Canonical form."""
        links: list[Json] = [link.to_json() for link in self.links]
        return {"kind": self.kind, "text": self.text, "path": self.path, **({"links": links} if links else {})}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Block:
        """Read back.

        Raises:
            BadManifest: a kind that no version knows.
        """
        reader = Reader(value, at)
        kind = _BLOCK_KINDS.get(reader.text("kind"))
        if kind is None:
            raise BadManifest(f"{at}.kind is {reader.text('kind')!r}, which no known version writes")
        return cls(
            kind=kind, text=reader.text("text"), path=reader.text("path"), links=reader.many("links", Link.from_json)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture of the article, with what is said of it."""

    image: str | None
    """Address of the picture as shown, absolute; None where the page gives none."""
    caption: Claim | None = None
    """Without the credit."""
    credit: Claim | None = None
    """As shown, label included: ``Photo: Mara Quill/Harbour Press``."""
    photographers: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    is_lead: bool = False
    is_shown: bool = True
    """False where the credit stands only in mark-up or in the image file."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return without_nothing(
            {
                "image": self.image,
                "caption": self.caption.to_json() if self.caption else None,
                "credit": self.credit.to_json() if self.credit else None,
                "photographers": list(self.photographers),
                "agencies": list(self.agencies),
                "is_lead": self.is_lead,
                "is_hidden": not self.is_shown,
            }
        )

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Photo:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            image=reader.text_or_none("image"),
            caption=reader.one_or_none("caption", Claim.from_json),
            credit=reader.one_or_none("credit", Claim.from_json),
            photographers=reader.texts("photographers"),
            agencies=reader.texts("agencies"),
            is_lead=reader.flag("is_lead"),
            is_shown=not reader.flag("is_hidden"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedDocument:
    """A document that the body of the article links."""

    url: str
    """Absolute, without fragment."""
    text: str
    """The anchor text."""
    evidence: Evidence

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"url": self.url, "anchor": self.text, **self.evidence.to_json()}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> LinkedDocument:
        """Read back."""
        reader = Reader(value, at)
        return cls(url=reader.text("url"), text=reader.text("anchor"), evidence=Evidence.from_json(value, at))


def _fields_to_json(fields: Mapping[str, Settled]) -> JsonObject:
    return {name: settled.to_json() for name, settled in sorted(fields.items()) if settled.values or settled.others}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page as read."""

    url: str
    fields: Mapping[str, Settled] = field(default_factory=dict)
    """By ``FieldName``; a field without any claim is absent. Later versions may add names."""
    photos: tuple[Photo, ...] = ()
    documents: tuple[LinkedDocument, ...] = ()
    blocks: tuple[Block, ...] = ()
    problems: tuple[str, ...] = ()
    """What could not be read, and which bound was met."""

    def settled(self, name: FieldName) -> Settled:
        """The field, or an unknown one."""
        return self.fields.get(name) or Settled()

    def value(self, name: FieldName) -> str | None:
        """The field's winner, or None for unknown."""
        return self.settled(name).value

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {
            "url": self.url,
            **without_nothing(
                {
                    "fields": _fields_to_json(self.fields),
                    "photos": [photo.to_json() for photo in self.photos],
                    "documents": [document.to_json() for document in self.documents],
                    "blocks": [block.to_json() for block in self.blocks],
                    "problems": list(self.problems),
                }
            ),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Article:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            url=reader.text("url"),
            fields=reader.mapping("fields", Settled.from_json),
            photos=reader.many("photos", Photo.from_json),
            documents=reader.many("documents", LinkedDocument.from_json),
            blocks=reader.many("blocks", Block.from_json),
            problems=reader.texts("problems"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a document."""

    number: int
    """From 1."""
    paragraphs: tuple[str, ...]

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"number": self.number, "paragraphs": list(self.paragraphs)}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Page:
        """Read back."""
        reader = Reader(value, at)
        return cls(number=reader.number("number"), paragraphs=reader.texts("paragraphs"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A linked document (PDF) as read."""

    url: str
    sha256: str
    """Of the payload, so that a reading can be shared by all snapshots of the same bytes."""
    media_type: str
    page_count: int | None = None
    fields: Mapping[str, Settled] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    problems: tuple[str, ...] = ()

    def value(self, name: FieldName) -> str | None:
        """The field's winner, or None for unknown."""
        settled = self.fields.get(name)
        return settled.value if settled else None

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {
            "url": self.url,
            "sha256": self.sha256,
            "media_type": self.media_type,
            **without_nothing(
                {
                    "page_count": self.page_count,
                    "fields": _fields_to_json(self.fields),
                    "pages": [page.to_json() for page in self.pages],
                    "problems": list(self.problems),
                }
            ),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Document:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            url=reader.text("url"),
            sha256=reader.text("sha256"),
            media_type=reader.text("media_type"),
            page_count=reader.number_or_none("page_count"),
            fields=reader.mapping("fields", Settled.from_json),
            pages=reader.many("pages", Page.from_json),
            problems=reader.texts("problems"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read out of one snapshot."""

    article: Article | None
    """None where the page is not one that we read (an image, an unreadable page)."""
    documents: tuple[Document, ...] = ()

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return without_nothing(
            {
                "article": self.article.to_json() if self.article else None,
                "documents": [document.to_json() for document in self.documents],
            }
        )

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Reading:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            article=reader.one_or_none("article", Article.from_json),
            documents=reader.many("documents", Document.from_json),
        )
