"""What lies between two readings: the changes, their categories and the verdict.

Only the values live here; finding the changes is the work of ``archivist.diff``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from archivist.model.article import BlockKind, FieldName
from archivist.model.json import Json, JsonObject

__all__ = [
    "COMPARED_FIELDS",
    "NO_LOOKS",
    "BlockChange",
    "Diff",
    "DocumentChange",
    "FieldChange",
    "LinkChange",
    "Looks",
    "PageChange",
    "PhotoChange",
    "Signal",
    "Span",
    "SpanOp",
    "Verdict",
    "VerdictKind",
]

SCHEMA = "archivist-diff-1"

COMPARED_FIELDS: tuple[FieldName, ...] = (
    "title_shown",
    "title",
    "description",
    "authors",
    "organisations",
    "contributors",
    "published",
    "updated",
    "notes",
)
"""Whose change makes a new version of an article, and is told by ``diff``."""

METADATA: Mapping[str, str] = MappingProxyType(
    {
        "title_shown": "headline",
        "title": "headline",
        "authors": "author",
        "organisations": "author",
        "contributors": "author",
        "updated": "date_modified",
        "published": "date_published",
        "description": "standfirst",
        "notes": "note",
    }
)
"""Fields by the names that people who study edits use."""

OF_DOCUMENT: Mapping[str, str] = MappingProxyType(
    {"title": "title", "authors": "author", "description": "subject", "keywords": "keywords"}
)
"""The same of a document."""

SpanOp: TypeAlias = Literal["equal", "delete", "insert"]
VerdictKind: TypeAlias = Literal["same", "declared", "undeclared", "empty-update"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text that both sides have, or only one.

    The spans of a change without its insertions are the old text, and without its deletions the new one.
    """

    op: SpanOp
    text: str

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {"op": self.op, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """A block of the main text that was inserted, deleted, edited or put elsewhere."""

    op: Literal["insert", "delete", "replace", "move"]
    kind: BlockKind
    """Of the new block, or of the old one where there is no new one."""
    old: str | None
    new: str | None
    old_index: int | None
    """Place among the blocks of the older reading (of its page, in a document), from 0."""
    new_index: int | None
    words: tuple[Span, ...]

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        told: JsonObject = {
            "op": self.op,
            "kind": self.kind,
            "old": self.old,
            "new": self.new,
            "old_index": self.old_index,
            "new_index": self.new_index,
            "spans": [span.to_json() for span in self.words],
        }
        return {**told, "role": "correction"} if self.kind == "correction" else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What one witness says of a field on either side: JSON-LD, OpenGraph, the line that a reader sees."""

    witness: str
    """Kind of place, as in ``Evidence``."""
    old: tuple[str, ...]
    new: tuple[str, ...]

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {"witness": self.witness, "old": list(self.old), "new": list(self.new)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that differs, by the strongest witness that both sides have."""

    field: str
    """A ``FieldName``."""
    old: tuple[str, ...]
    """Empty for unknown."""
    new: tuple[str, ...]
    signals: tuple[Signal, ...] = ()
    """Every witness that both sides have, those that say the same too."""

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {
            "field": METADATA.get(self.field, self.field),
            "old": ", ".join(self.old) or None,
            "new": ", ".join(self.new) or None,
            "name": self.field,
            "signals": [signal.to_json() for signal in self.signals],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoChange:
    """One thing about a picture that differs."""

    image: str | None
    """Address of the picture: the newer one where there is one."""
    what: Literal["credit", "caption", "image", "added", "removed"]
    old: str | None
    """Credit or caption as shown, or the address; the caption of a picture that was removed."""
    new: str | None
    """The same of the newer side; the caption of a picture that was added."""
    look: Literal["cropped", "swapped"] | None = None
    """Of another image: whether one is a part of the other; None where their pictures could not be compared."""

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``: a picture that came or went is told by its caption, if it has one."""
        is_other = self.what in ("added", "removed")
        field = self.what if not is_other else "caption" if self.old or self.new else "image"
        told: JsonObject = {"field": field, "old": self.old, "new": self.new, "what": self.what, "image": self.image}
        return {**told, "look": self.look} if self.what == "image" else told


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChange:
    """A link in text that otherwise stayed, which points elsewhere, was set or was taken away."""

    old: str | None
    """Address as in the older page, without tracking parameters; None where the words were not linked."""
    new: str | None
    text: str
    """The linked words."""

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {"old": self.old, "new": self.new, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """A page of a document that was inserted, deleted or edited."""

    op: Literal["insert", "delete", "edit"]
    old_number: int | None
    """From 1."""
    new_number: int | None
    blocks: tuple[BlockChange, ...]

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {"op": self.op, "old_number": self.old_number, "new_number": self.new_number}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What differs in a document besides the words that a reader sees."""

    covered: tuple[str, ...] = ()
    """Text beneath a new dark box, which can still be read out of the file."""
    removed: tuple[str, ...] = ()
    """Text that is gone where a new dark box stands."""
    hidden: tuple[str, ...] = ()
    """New text that no reader sees."""
    pictures: tuple[int, ...] = ()
    """Pages, of the newer document, that show other pictures."""
    attachments: tuple[str, ...] = ()
    """Names of files within the document that came, went or have other bytes."""
    notes: tuple[str, ...] = ()
    """Annotations that came or went."""
    has_no_text: bool = False
    """Pages of either side are pictures only: their text, if any, was not compared."""

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {
            "covered_text": list(self.covered),
            "removed_text": list(self.removed),
            "hidden_text": list(self.hidden),
            "pictures_changed": list(self.pictures),
            "attachments_changed": list(self.attachments),
            "annotations_changed": list(self.notes),
            "has_no_text": self.has_no_text,
        }


NO_LOOKS = Looks()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChange:
    """A linked document that has other bytes, is newly linked or is no longer linked."""

    url: str
    """The newer address where there is one."""
    what: Literal["replaced", "added", "removed"]
    old_sha256: str | None
    """Of the payload; None where it was not captured."""
    new_sha256: str | None
    pages: tuple[PageChange, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    is_read: bool = False
    """True where both sides were read in full: then no pages and no fields means that they read the same."""
    looks: Looks = NO_LOOKS

    @property
    def reads_same(self) -> bool:
        """Other bytes, and nothing that a reader could tell apart in text, pictures or metadata."""
        return self.is_read and not self.pages and not self.fields and self.looks == NO_LOOKS

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {
            "url": self.url,
            "what": self.what,
            "old_sha256": self.old_sha256,
            "new_sha256": self.new_sha256,
            "pages": [page.to_json() for page in self.pages],
            "is_read": self.is_read,
            **self.looks.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the page owns up to what changed."""

    kind: VerdictKind
    """same: nothing changed; declared: a note or a later date says so; undeclared: neither does; empty-update: the
    date moved and nothing else."""
    reasons: tuple[str, ...]
    """In plain words, most important first."""
    signals: tuple[str, ...] = ()
    """What was looked at for the page's own word, and what it said."""

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {"kind": self.kind, "reasons": list(self.reasons), "signals": list(self.signals)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Everything that differs between two readings of a page."""

    fields: tuple[FieldChange, ...] = ()
    blocks: tuple[BlockChange, ...] = ()
    """In the order of the newer text, deletions where they stood."""
    photos: tuple[PhotoChange, ...] = ()
    links: tuple[LinkChange, ...] = ()
    documents: tuple[DocumentChange, ...] = ()
    categories: tuple[str, ...] = ()
    """Names of kinds of edits, sorted: ``headline_changed``, ``number_changed`` …"""
    flags: tuple[str, ...] = ()
    """What a reader should look at: ``hedging_added``, ``hedging_removed``."""
    verdict: Verdict
    left_out: int = 0
    """Passages that differ and are no part of the article: advertisements, teasers, counters."""
    resaved: int = 0
    """Pictures that have other bytes and look the same, which is no edit."""
    typography: int = 0
    """Passages of the article that differ in quotation marks, dashes or the like alone, which is no edit."""
    is_approximate: bool = False
    """A bound of work was met: every change is told, but a shorter way to tell it may exist."""

    @property
    def is_empty(self) -> bool:
        """Nothing at all differs."""
        return not (self.fields or self.blocks or self.photos or self.links or self.documents)

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``; what stands in a document bears its address."""
        paragraphs = [change.to_json() for change in self.blocks]
        metadata = [*(change.to_json() for change in self.fields), *(change.to_json() for change in self.photos)]
        for document in self.documents:
            metadata += [
                {**change.to_json(), "field": OF_DOCUMENT.get(change.field, change.field), "document": document.url}
                for change in document.fields
            ]
            paragraphs += [
                {**block.to_json(), "document": document.url, "page": page.new_number or page.old_number}
                for page in document.pages
                for block in page.blocks
            ]
        return {
            "schema": SCHEMA,
            "categories": list(self.categories) or ["noise_only"],
            "noise_only": not self.categories,
            "flags": list(self.flags),
            "verdict": self.verdict.to_json(),
            "paragraphs": list[Json](paragraphs),
            "metadata": list[Json](metadata),
            "links": [change.to_json() for change in self.links if change.old and change.new],
            "linked": [change.to_json() for change in self.links if not (change.old and change.new)],
            "documents": [change.to_json() for change in self.documents],
            **self._of_documents(),
            "left_out": self.left_out,
            "typography": self.typography,
            "pictures_resaved": self.resaved,
            "is_approximate": self.is_approximate,
        }

    def _of_documents(self) -> JsonObject:
        """What stands in all documents together, by the names that people who study edits use."""
        pages = [page for document in self.documents for page in document.pages]
        looks = [document.looks for document in self.documents]
        return {
            "pages_inserted": [page.new_number for page in pages if page.op == "insert"],
            "pages_deleted": [page.old_number for page in pages if page.op == "delete"],
            "removed_text": [text for each in looks for text in each.removed],
            "covered_text": [text for each in looks for text in each.covered],
            "hidden_text": [text for each in looks for text in each.hidden],
        }
