"""What was read: claims with their evidence, settled facts with the losers kept.

A *claim* is a value and where it was read. A field is *settled* when the claims about it have been weighed: the
winners stand in ``values``, all the others in ``others``. "Unknown" is no winner at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from archivist.errors import BadManifest
from archivist.model.claim import MAX_EVIDENCE, Claim, Evidence, FieldName, Link, Settled, fields_to_json
from archivist.model.document import Attachment, Document, FormField, Page, Signature
from archivist.model.json import Json, JsonObject, Reader, without_nothing
from archivist.model.picture import PictureFacts

__all__ = [
    "MAX_EVIDENCE",
    "Article",
    "Attachment",
    "Block",
    "BlockKind",
    "Claim",
    "Document",
    "Evidence",
    "FieldName",
    "FormField",
    "Link",
    "LinkedDocument",
    "Page",
    "Photo",
    "Reading",
    "Settled",
    "Signature",
]

BlockKind: TypeAlias = Literal[
    "heading", "paragraph", "quote", "list-item", "caption", "credit", "correction", "table-row", "preformatted"
]

_BLOCK_KINDS: dict[str, BlockKind] = {kind: kind for kind in get_args(BlockKind)}


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

    @property
    def is_told(self) -> bool:
        """Words alone call it a document, such as "(PDF)"; neither its address nor its declared type does."""
        return self.evidence.at.endswith("/text()")

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"url": self.url, "anchor": self.text, **self.evidence.to_json()}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> LinkedDocument:
        """Read back."""
        reader = Reader(value, at)
        return cls(url=reader.text("url"), text=reader.text("anchor"), evidence=Evidence.from_json(value, at))


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
                    "fields": fields_to_json(self.fields),
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
class Reading:
    """All that was read out of one snapshot."""

    article: Article | None
    """None where the page is not one that we read (an image, an unreadable page)."""
    documents: tuple[Document, ...] = ()
    pictures: tuple[PictureFacts, ...] = ()
    """Of the article's photos, those whose files say something of themselves."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return without_nothing(
            {
                "article": self.article.to_json() if self.article else None,
                "documents": [document.to_json() for document in self.documents],
                "pictures": [picture.to_json() for picture in self.pictures],
            }
        )

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Reading:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            article=reader.one_or_none("article", Article.from_json),
            documents=reader.many("documents", Document.from_json),
            pictures=reader.many("pictures", PictureFacts.from_json),
        )
