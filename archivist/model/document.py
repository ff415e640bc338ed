"""A linked document as read: what it says of itself, its pages, and what is attached to it or laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archivist.model.claim import FieldName, Link, Settled, fields_to_json
from archivist.model.json import Json, JsonObject, Reader, without_nothing

__all__ = ["Attachment", "Document", "FormField", "Page", "Signature"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a document."""

    number: int
    """From 1."""
    paragraphs: tuple[str, ...]
    label: str | None = None
    """What the document calls the page, where that is not its number: ``iv``, ``A-3``."""
    headings: tuple[int, ...] = ()
    """Which of the paragraphs, from 0, are set larger than the running text."""
    links: tuple[Link, ...] = ()
    """Links to the web, with the words that they lie over."""
    is_scanned: bool = False
    """It holds a picture and no text."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {
            "number": self.number,
            "paragraphs": list(self.paragraphs),
            **without_nothing(
                {
                    "label": self.label,
                    "headings": list(self.headings),
                    "links": [link.to_json() for link in self.links],
                    "is_scanned": self.is_scanned,
                }
            ),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Page:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            number=reader.number("number"),
            paragraphs=reader.texts("paragraphs"),
            label=reader.text_or_none("label"),
            headings=reader.numbers("headings"),
            links=reader.many("links", Link.from_json),
            is_scanned=reader.flag("is_scanned"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside a document."""

    name: str
    length: int
    """In bytes, unpacked."""
    sha256: str | None
    """Of the bytes, unpacked; None where they were too many to be read."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"name": self.name, "length": self.length, **without_nothing({"sha256": self.sha256})}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Attachment:
        """Read back."""
        reader = Reader(value, at)
        return cls(name=reader.text("name"), length=reader.number("length"), sha256=reader.text_or_none("sha256"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of a form, with what was filled in."""

    name: str
    kind: str
    """text, checkbox, radio, choice, button, signature; other where the kind is not known."""
    value: str

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"name": self.name, "kind": self.kind, **without_nothing({"value": self.value})}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> FormField:
        """Read back."""
        reader = Reader(value, at)
        return cls(name=reader.text("name"), kind=reader.text("kind"), value=reader.text_or_none("value") or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A digital signature as it stands in the document. Nothing of it was checked."""

    signer: str | None = None
    """As the signature's entry or its certificate has it; a name that anybody can write."""
    time: str | None = None
    """ISO 8601, with the precision and zone given; by the signer's clock."""
    reason: str | None = None
    form: str | None = None
    """How it is encoded: ``adbe.pkcs7.detached``, ``ETSI.CAdES.detached`` …"""
    is_whole: bool = False
    """The bytes that it names go to the end of the file: nothing was added after it."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return without_nothing(
            {
                "signer": self.signer,
                "time": self.time,
                "reason": self.reason,
                "form": self.form,
                "is_whole": self.is_whole,
            }
        )

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Signature:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            signer=reader.text_or_none("signer"),
            time=reader.text_or_none("time"),
            reason=reader.text_or_none("reason"),
            form=reader.text_or_none("form"),
            is_whole=reader.flag("is_whole"),
        )


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
    version: str | None = None
    """Of the format, as the header has it: ``1.7``."""
    is_encrypted: bool = False
    is_locked: bool = False
    """Encrypted, and unreadable without a password."""
    updates: int = 0
    """How often something was added to the file after it was first written (ISO 32000-1, 7.5.6)."""
    annotations: int = 0
    """Notes and marks laid over the pages; links and fields of forms are not among them."""
    form_fields: tuple[FormField, ...] = ()
    signatures: tuple[Signature, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def is_scanned(self) -> bool:
        """No page holds text, and some hold pictures."""
        return any(page.is_scanned for page in self.pages) and not any(page.paragraphs for page in self.pages)

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
                    "version": self.version,
                    "is_encrypted": self.is_encrypted,
                    "is_locked": self.is_locked,
                    "updates": self.updates or None,
                    "annotations": self.annotations or None,
                    "fields": fields_to_json(self.fields),
                    "pages": [page.to_json() for page in self.pages],
                    "form_fields": [item.to_json() for item in self.form_fields],
                    "signatures": [signature.to_json() for signature in self.signatures],
                    "attachments": [attachment.to_json() for attachment in self.attachments],
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
            version=reader.text_or_none("version"),
            is_encrypted=reader.flag("is_encrypted"),
            is_locked=reader.flag("is_locked"),
            updates=reader.number_or_none("updates") or 0,
            annotations=reader.number_or_none("annotations") or 0,
            form_fields=reader.many("form_fields", FormField.from_json),
            signatures=reader.many("signatures", Signature.from_json),
            attachments=reader.many("attachments", Attachment.from_json),
        )
