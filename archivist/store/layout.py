"""Where everything is: the paths of an archive, and nothing that touches them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from archivist.clock import parse_utc
from archivist.errors import BadManifest
from archivist.model.url import folder_of

__all__ = ["TEMPORARY", "TORN", "Layout", "is_archive"]

TEMPORARY = ".tmp-"
"""How the name of a file that is being written begins; what a crash leaves of them may be removed."""

TORN = ".torn"
"""What is added to the name of a WARC file for the bytes that were cut off its end."""

_RESERVED = frozenset({"archive.json", "events", "log"})
_KIND = re.compile(r"[a-z][a-z-]{0,30}")
_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths below one archive's folder."""

    root: Path

    @property
    def archives(self) -> Path:
        """WARC files by month."""
        return self.root / "archives"

    @property
    def manifests(self) -> Path:
        """Statements."""
        return self.root / "manifests"

    @property
    def archive_json(self) -> Path:
        """The archive statement, whose presence marks an archive."""
        return self.manifests / "archive.json"

    @property
    def events(self) -> Path:
        """Statements that are no snapshots."""
        return self.manifests / "events"

    @property
    def log(self) -> Path:
        """The Merkle log over all statements."""
        return self.manifests / "log"

    @property
    def cache(self) -> Path:
        """All of it may be deleted."""
        return self.root / ".archivist"

    @property
    def catalog(self) -> Path:
        """The index."""
        return self.cache / "catalog.db"

    @property
    def lock(self) -> Path:
        """Held by the one that writes."""
        return self.cache / "lock"

    @property
    def tmp(self) -> Path:
        """Bytes on their way from the network to a WARC file."""
        return self.cache / "tmp"

    def warc(self, file: str) -> Path:
        """The WARC file of that name, relative to ``archives/`` as in spans and record references."""
        return self.archives / file

    def article_folder(self, article: str) -> Path:
        """Where the manifests of an article stand, named by its address or key."""
        host, slug = folder_of(article).split("/", 1)
        # A host without a dot may be called as one of our own folders is.
        return self.manifests / (f"{host}_" if host in _RESERVED else host) / slug

    def manifest_path(self, article: str, number: int) -> Path:
        """The manifest of an article's snapshot: ``manifests/www.example.org/a-slug-1a2b3c4d/0001.json``."""
        return self.article_folder(article) / f"{number:04d}.json"

    def event_path(self, at: str, *, kind: str, id: str) -> Path:  # noqa: A002
        """The file of an event: ``manifests/events/2026-11/20261123T181512.000000Z-repair-0123456789ab.json``.

        Raises:
            BadManifest: the moment, the kind or the id is none, so that it cannot name a file.
        """
        try:
            moment = parse_utc(at)
        except ValueError as error:
            raise BadManifest(f"the event's moment {at[:40]!r} cannot be read") from error
        if not _KIND.fullmatch(kind) or not _ID.fullmatch(id):
            raise BadManifest(f"an event of kind {kind[:40]!r} with id {id[:70]!r} cannot be named")
        return self.events / f"{moment:%Y-%m}" / f"{moment:%Y%m%dT%H%M%S.%fZ}-{kind}-{id[:12]}.json"


def is_archive(path: Path) -> bool:
    """Whether an archive's root is here; in a folder that may not be looked into there is none."""
    try:
        return Layout(path).archive_json.is_file()
    except OSError:
        return False
