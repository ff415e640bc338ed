"""What a citation says: the article, the copy that was kept, and how to check that copy.

Only the record lives here; how it is written is the work of ``archivist.cite``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from archivist.model.json import JsonObject, without_nothing

__all__ = ["Citation", "CitationKind", "CitedDocument", "CitedEdit", "LinkedFrom", "PersonName", "UrlStatus"]

CitationKind: TypeAlias = Literal["article", "page", "report"]
"""A piece in a newspaper; any other page; a document that was linked by one."""

UrlStatus: TypeAlias = Literal["live", "dead", "deviated"]
"""What stands at the address now, as far as the archive knows: the same, nothing, or other content. The words are
those of Wikipedia's ``url-status``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """An author: family and given name where they are certain, and always the name as shown."""

    literal: str
    """As shown: ``Hannah Ng``, ``Harbour Press``."""
    given: str | None = None
    family: str | None = None
    """None where it would be a guess; then the literal name is cited."""
    particle: str | None = None
    """What stands before the family name, in small letters: ``van der``."""
    suffix: str | None = None
    """``Jr.``, ``III``."""

    @property
    def surname(self) -> str | None:
        """The family name with its particle."""
        return f"{self.particle} {self.family}" if self.particle and self.family else self.family

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return without_nothing(
            {
                "literal": self.literal,
                "given": self.given,
                "particle": self.particle,
                "family": self.family,
                "suffix": self.suffix,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument:
    """A document that the article links and that was kept with it."""

    url: str
    sha256: str
    """Of the payload, 64 lower-case hex digits."""
    blake3: str = ""

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return {"url": self.url, "sha256": self.sha256, **without_nothing({"blake3": self.blake3})}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFrom:
    """The article whose text links the document that is cited."""

    title: str | None
    site_name: str | None
    url: str

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return without_nothing({"title": self.title, "site_name": self.site_name, "url": self.url})


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedEdit:
    """The version that the cited one was compared with, and what was changed."""

    version: int
    archived_at: str
    snapshot_id: str
    sha256: str
    changes: tuple[str, ...]
    """In plain words, one a kind of change: ``headline “A” became “B”``, ``number changed``."""
    verdict: str
    """Whether the page owns up to it: same, declared, undeclared, empty-update or no-article."""

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return {
            "version": self.version,
            "archived_at": self.archived_at,
            "snapshot_id": self.snapshot_id,
            "sha256": self.sha256,
            "changes": list(self.changes),
            "verdict": self.verdict,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One version of one article, or of a document that it links, as kept."""

    kind: CitationKind = "article"
    title: str | None
    """The headline as shown; None where the page shows none."""
    authors: tuple[PersonName, ...] = ()
    """Persons, or the bodies named in the byline where there are no persons."""
    contributors: tuple[PersonName, ...] = ()
    """Who is said to have contributed, and is no author."""
    site_name: str | None = None
    publisher: str | None = None
    """Of a document, where it names one."""
    published: str | None = None
    """ISO 8601 with the precision that the page gives; None for unknown. Never the time of capture."""
    updated: str | None = None
    url: str
    """Where the article was published."""
    url_status: UrlStatus | None = None
    """None for unknown."""
    archived_at: str
    """When it was captured, UTC: ``2026-11-23T18:15:12Z``."""
    archive_url: str | None = None
    """Where the copy can be seen; None where it stands nowhere. A style prints it only if others can reach it."""
    archive_name: str | None = None
    snapshot_id: str
    """SHA-256 of the manifest, 64 lower-case hex digits."""
    version: int
    """From 1."""
    versions: int | None = None
    """How many versions there are; None for unknown."""
    sha256: str
    """Of the payload of the page or document, 64 lower-case hex digits."""
    blake3: str
    language: str | None = None
    """BCP 47."""
    page_count: int | None = None
    """Of a document."""
    linked_from: LinkedFrom | None = None
    """Of a document."""
    documents: tuple[CitedDocument, ...] = ()
    edit: CitedEdit | None = None
    """Where not a version but a change is cited: what the version was changed from."""

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return without_nothing(
            {
                "kind": self.kind,
                "title": self.title,
                "authors": [author.to_json() for author in self.authors],
                "contributors": [name.to_json() for name in self.contributors],
                "site_name": self.site_name,
                "publisher": self.publisher,
                "published": self.published,
                "updated": self.updated,
                "url": self.url,
                "url_status": self.url_status,
                "archived_at": self.archived_at,
                "archive_url": self.archive_url,
                "archive_name": self.archive_name,
                "snapshot_id": self.snapshot_id,
                "version": self.version,
                "versions": self.versions,
                "sha256": self.sha256,
                "blake3": self.blake3,
                "language": self.language,
                "page_count": self.page_count,
                "linked_from": self.linked_from.to_json() if self.linked_from else None,
                "documents": [document.to_json() for document in self.documents],
                "edit": self.edit.to_json() if self.edit else None,
            }
        )
