"""What the catalog answers with: rows as values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

from archivist.model.capture import RecordRef

__all__ = ["SNAPSHOTS", "ArticleRow", "Counts", "LookRow", "OriginalRow", "SnapshotRow", "snapshot_row"]

SNAPSHOTS: Final = """
    SELECT position, snapshots.id, path, snapshots.article, snapshots.number, version, started, ended, fingerprint,
           title, published, updated, site, verdict, page_uri, page_sha256, bytes, captures, problems, previous,
           is_adopted, reading, read_by
    FROM snapshots JOIN statements USING (position)
"""
"""Selects what ``snapshot_row`` takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One article, all its snapshots together."""

    key: str
    title: str | None
    """The newest headline that was read."""
    site: str
    """The site's name as the page gives it, else its host."""
    first_seen: str
    """When its first snapshot began, UTC."""
    last_seen: str
    snapshots: int
    versions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRow:
    """One snapshot of one article."""

    position: int
    """Among all statements, in the order of writing, from 1."""
    id: str
    """64 hex digits."""
    path: str
    """Of the manifest, relative to ``manifests/``."""
    article: str
    """The article's key."""
    number: int
    """Of the snapshot within its article, from 1."""
    version: int
    """From 1; many snapshots can be of one version."""
    started: str
    """UTC, microseconds, ``Z``: texts compare as the moments do."""
    ended: str
    fingerprint: str
    title: str | None
    published: str | None
    """As precise as the page gives it."""
    updated: str | None
    site: str | None
    verdict: str
    """What kind of answer the page was: article, page, blocked …"""
    page_uri: str | None
    """Where the redirects ended; None where no page was stored."""
    page_sha256: str | None
    bytes: int
    """Payloads of all captures, revisits included."""
    captures: int
    problems: int
    """How many things went wrong and stopped nothing."""
    previous: str | None
    """Id of the article's manifest before this one."""
    is_adopted: bool
    reading: str
    """Id of the statement with the newest reading, which fingerprint, verdict and fields are of: its own, or later."""
    read_by: str
    """What read it: ``archivist 0.1.0``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """What the schedule wants to know of one snapshot."""

    started: str
    fingerprint: str
    verdict: str
    status: int | None
    """Of the page's answer."""
    is_truncated: bool
    published: str | None
    updated: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalRow:
    """A response that holds a payload in full, for a revisit record to refer to (WARC 1.1 section 6.7.2)."""

    uri: str
    date: str
    """Its WARC-Date."""
    record: RecordRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much is in the archive."""

    statements: int
    articles: int
    snapshots: int
    versions: int
    captures: int
    documents: int
    stored: int
    """Bytes of WARC that statements describe."""


_SNAPSHOT_FIELDS: Final = tuple(field.name for field in fields(SnapshotRow))


def snapshot_row(row: tuple[Any, ...]) -> SnapshotRow:
    """A row of ``SNAPSHOTS`` as a value."""
    values = dict(zip(_SNAPSHOT_FIELDS, row, strict=True))
    # SQLite has no booleans.
    return SnapshotRow(**{**values, "is_adopted": bool(values["is_adopted"])})
