"""A version made ready to be compared: a snapshot of the archive, or a file of this computer.

Both sides are read anew and alike, in the confined reader: what was read out of an older snapshot by an older
archivist would differ from a reading of today, and the article would not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from archivist.catalog.rows import SnapshotRow
from archivist.errors import ArchivistError, BadDocument, NotFound
from archivist.model.article import Document, Reading
from archivist.model.json import JsonObject
from archivist.model.manifest import Snapshot
from archivist.model.outline import Edition, Outline
from archivist.pipeline.reading import joined
from archivist.pipeline.seal import versions_of
from archivist.sandbox import Sandbox
from archivist.wire.codings import decode
from archivist.workspace import Workspace

__all__ = ["NOWHERE", "Side", "document_of", "side_of_file", "side_of_snapshot"]

NOWHERE = "https://page.invalid/"
"""What relative links of a file are relative to where no address is known (RFC 2606)."""
_PDF_WITHIN = 1024
"""ISO 32000-1 Annex H, implementation note 13: the header may stand anywhere within the first 1024 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two versions."""

    reading: Reading
    page: Outline = field(default_factory=Outline)
    documents: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the linked documents, by the address in the page."""
    images: Mapping[str, str] = field(default_factory=dict)
    """The same of the photos."""
    row: SnapshotRow | None = None
    """The snapshot, where it is one."""
    file: str = ""
    """The name of the file, where it is one."""
    sha256: str = ""
    """Of the file."""

    def to_json(self) -> JsonObject:
        """Where the version is, as printed by ``diff --json``."""
        row = self.row
        if row is None:
            return {"file": self.file, "sha256": self.sha256}
        return {"id": row.id, "article": row.article, "version": row.version, "captured": row.started}


def side_of_snapshot(workspace: Workspace, row: SnapshotRow, sandbox: Sandbox | None) -> Side:
    """The snapshot, its page read anew; as it was read then where the page, or a reader, cannot be had."""
    snapshot = workspace.load_snapshot(row)
    reading = workspace.reading(snapshot)
    edition = _read_again(workspace, snapshot, sandbox) if sandbox and reading.article else None
    if reading.article and edition and edition.article:
        reading = replace(reading, article=replace(edition.article, documents=reading.article.documents))
    documents, images = versions_of(snapshot.captures, article=reading.article)
    page = edition.outline if edition else Outline()
    return Side(reading=reading, page=page, documents=documents, images=images, row=row)


def side_of_file(path: Path, sandbox: Sandbox | None, *, url: str) -> Side:
    """The file as a page or a document, by what it holds.

    Raises:
        NotFound: it cannot be read.
        BadDocument: it could not be read within bounds.
    """
    if sandbox is None:
        raise BadDocument(f"{path} cannot be read: the confined reader does not start")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}") from error
    sha256 = hashlib.sha256(data).hexdigest()
    if b"%PDF-" in data[:_PDF_WITHIN]:
        document = sandbox.document(data, url=url, sha256=sha256, media_type="application/pdf")
        if document.page_count is None:
            raise BadDocument(f"{path}: {'; '.join(document.problems)}")
        return Side(reading=Reading(article=None, documents=(document,)), file=str(path), sha256=sha256)
    edition = sandbox.edition(data, url=url, content_type=None)
    if not edition.outline.passages:
        raise BadDocument(f"{path} is no page and no PDF that can be read")
    return Side(reading=Reading(article=edition.article), page=edition.outline, file=str(path), sha256=sha256)


def _read_again(workspace: Workspace, snapshot: Snapshot, sandbox: Sandbox) -> Edition | None:
    capture = snapshot.page
    if capture is None:
        return None
    limit = workspace.settings.read.max_page
    try:
        head = workspace.reader.head(capture.record)
        payload = joined(workspace.reader.payload(capture), limit)
        coding = ", ".join(head.get_all("content-encoding")) or None
        data = decode(payload, coding, max_bytes=limit).data
        return sandbox.edition(data, url=capture.uri, content_type=head.get("content-type"))
    except ArchivistError:
        return None


def document_of(side: Side, *, name: str) -> Document | None:
    """The document that a snapshot links under a file's name, or the only one that it links."""
    documents = side.reading.documents
    named = [document for document in documents if document.url.rpartition("/")[2] == name]
    return next(iter(named or documents), None) if len(named or documents) == 1 else None
