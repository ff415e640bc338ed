"""What a citation says: the article, the copy that was kept, and how to check that copy.

Only the record lives here; how it is written is the work of ``archivist.cite``.
"""

from __future__ import annotations

from dataclasses import dataclass

from archivist.model.json import JsonObject, without_nothing

__all__ = ["Citation", "CitedDocument", "PersonName"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """An author: family and given name where they are certain, and always the name as shown."""

    literal: str
    """As shown: ``Hannah Ng``, ``Harbour Press``."""
    given: str | None = None
    family: str | None = None
    """None where it would be a guess; then the literal name is cited."""

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return without_nothing({"literal": self.literal, "given": self.given, "family": self.family})


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedDocument:
    """A document that the article links and that was kept with it."""

    url: str
    sha256: str
    """Of the payload, 64 lower-case hex digits."""

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return {"url": self.url, "sha256": self.sha256}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One version of one article, as kept."""

    title: str | None
    """The headline; None where the page shows none."""
    authors: tuple[PersonName, ...] = ()
    """Persons, or the bodies named in the byline where there are no persons."""
    site_name: str | None = None
    published: str | None = None
    """ISO 8601 with the precision that the page gives; None for unknown. Never the time of capture."""
    updated: str | None = None
    url: str
    """Where the article was published."""
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
    """Of the payload of the page, 64 lower-case hex digits."""
    blake3: str
    language: str | None = None
    """BCP 47."""
    documents: tuple[CitedDocument, ...] = ()

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return without_nothing(
            {
                "title": self.title,
                "authors": [author.to_json() for author in self.authors],
                "site_name": self.site_name,
                "published": self.published,
                "updated": self.updated,
                "url": self.url,
                "archived_at": self.archived_at,
                "archive_url": self.archive_url,
                "archive_name": self.archive_name,
                "snapshot_id": self.snapshot_id,
                "version": self.version,
                "versions": self.versions,
                "sha256": self.sha256,
                "blake3": self.blake3,
                "language": self.language,
                "documents": [document.to_json() for document in self.documents],
            }
        )
