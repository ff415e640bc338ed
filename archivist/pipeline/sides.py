"""A version made ready to be compared: a snapshot of the archive, or a file of this computer.

Both sides are read anew and alike, in the confined reader: what was read out of an older snapshot by an older
archivist would differ from a reading of today, and the article would not.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from archivist.catalog.rows import ArticleRow, SnapshotRow
from archivist.clock import read_utc
from archivist.diff.compare import Beside
from archivist.diff.site import furniture_of
from archivist.errors import ArchivistError, BadDocument, NotFound
from archivist.model.article import Document, Reading
from archivist.model.capture import Capture, follow
from archivist.model.json import JsonObject
from archivist.model.look import Look
from archivist.model.manifest import Snapshot
from archivist.model.outline import Edition, Outline
from archivist.model.quality import IN_ITS_PLACE, Quality
from archivist.model.url import host_of
from archivist.pipeline.reading import joined
from archivist.pipeline.seal import photos_of, versions_of
from archivist.sandbox import Sandbox
from archivist.wire.codings import decode
from archivist.workspace import Workspace

__all__ = [
    "NOWHERE",
    "Side",
    "absent",
    "document_of",
    "side_of_file",
    "side_of_snapshot",
    "with_looks",
    "with_sheets",
    "with_site",
]

MAX_DOCUMENT = 64 * 1024 * 1024
"""Bytes of a document that is looked at anew."""

MAX_PICTURE = 32 * 1024 * 1024
"""Bytes of a photo that is decoded."""
MAX_PICTURES = 12
"""Photos of an article that are decoded; a gallery of a day's best pictures is told by its addresses."""

NEIGHBOURS = 3
"""Other articles that are asked what is the site's."""
ABOUT = timedelta(days=30)
"""How far from each other two captures may be of one dress of the site."""

NOWHERE = "https://page.invalid/"
"""What relative links of a file are relative to where no address is known (RFC 2606)."""
_ABSENT = IN_ITS_PLACE | {"empty"}
"""Verdicts on a capture that has no article in it; a teaser before a wall is a part of one."""
_PDF_WITHIN = 1024
"""ISO 32000-1 Annex H, implementation note 13: the header may stand anywhere within the first 1024 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two versions."""

    reading: Reading
    beside: Beside = field(default_factory=Beside)
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
        return {
            "id": row.id,
            "article": row.article,
            "version": row.version,
            "captured": row.started,
            "read_by": row.read_by,
        }

    @property
    def read_by(self) -> str:
        """Which program made the reading that is compared, where it was not made just now."""
        return self.row.read_by if self.row and not self.beside.page.passages else ""


def side_of_snapshot(workspace: Workspace, row: SnapshotRow, sandbox: Sandbox | None) -> Side:
    """The snapshot, its page read anew; as it was read then where the page, or a reader, cannot be had."""
    newest = workspace.newest(row)
    snapshot, reading = newest.snapshot, newest.reading
    if sandbox and reading.article is None and not reading.documents:
        return _side_of_document(workspace, row, snapshot, sandbox)
    edition = _read_again(workspace, snapshot, sandbox) if sandbox and reading.article else None
    if reading.article and edition and edition.article:
        reading = replace(reading, article=replace(edition.article, documents=reading.article.documents))
    documents, images = versions_of(newest.captures, article=reading.article)
    page = edition.outline if edition else Outline()
    beside = Beside(page=page, documents=documents, images=images, absent=absent(snapshot.quality))
    return Side(reading=reading, beside=beside, row=row)


def absent(quality: Quality) -> str:
    """Why a snapshot shows no article that could have been edited; empty where it shows one, or a part of one."""
    if quality.verdict not in _ABSENT:
        return ""
    return ": ".join(filter(None, [quality.verdict, "; ".join(quality.reasons)]))


def _side_of_document(workspace: Workspace, row: SnapshotRow, snapshot: Snapshot, sandbox: Sandbox) -> Side:
    """A snapshot whose page is itself a document; without a reading where it is none that can be read."""
    nothing = Side(reading=Reading(article=None), row=row)
    capture = snapshot.page
    data = _payload(workspace, capture, limit=MAX_DOCUMENT) if capture else None
    if capture is None or data is None or not _is_pdf(data):
        return nothing
    try:
        return _of_document(data, sandbox, name=capture.uri, row=row)
    except BadDocument:
        return nothing


def _of_document(data: bytes, sandbox: Sandbox, *, name: str, row: SnapshotRow | None = None, file: str = "") -> Side:
    """A document alone, under a name.

    Raises:
        BadDocument: it could not be read within bounds.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    document = sandbox.document(data, url=name, sha256=sha256, media_type="application/pdf")
    if document.page_count is None:
        raise BadDocument(f"{file or name}: {'; '.join(document.problems)}", hint="compare HTML pages, or PDF files")
    return Side(
        reading=Reading(article=None, documents=(document,)),
        beside=Beside(sheets={name: sandbox.sheets(data, url=name)}),
        row=row,
        file=file,
        sha256=sha256 if file else "",
    )


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:_PDF_WITHIN]


def side_of_file(path: Path, sandbox: Sandbox | None, *, url: str, name: str) -> Side:
    """The file as a page or a document, by what it holds.

    Args:
        path: the file.
        sandbox: reads it.
        url: address of a page, for its relative links.
        name: what a document is called on both sides.

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
    if _is_pdf(data):
        return _of_document(data, sandbox, name=name, file=str(path))
    edition = sandbox.edition(data, url=url, content_type=None)
    if not edition.outline.passages:
        raise BadDocument(f"{path} is no page and no PDF that can be read", hint="compare HTML pages, or PDF files")
    reading = Reading(article=edition.article)
    sha256 = hashlib.sha256(data).hexdigest()
    return Side(reading=reading, beside=Beside(page=edition.outline), file=str(path), sha256=sha256)


def _read_again(workspace: Workspace, snapshot: Snapshot, sandbox: Sandbox) -> Edition | None:
    capture = snapshot.page
    if capture is None:
        return None
    data = _payload(workspace, capture, limit=workspace.settings.read.max_page)
    try:
        declared = workspace.reader.head(capture.described).get("content-type")
        return sandbox.edition(data, url=capture.uri, content_type=declared) if data else None
    except ArchivistError:
        return None


def with_sheets(workspace: Workspace, side: Side, other: Side, sandbox: Sandbox | None) -> Side:
    """The side with what the pages of those documents show that have other bytes on the other side."""
    if side.row is None or sandbox is None:
        return side
    captures = workspace.load_snapshot(side.row).captures
    sheets = dict(side.beside.sheets)
    for url, sha256 in side.beside.documents.items():
        capture = follow(captures, url)
        if capture is None or _other_sha256(side, other, url) in (sha256, None):
            continue
        data = _payload(workspace, capture, limit=MAX_DOCUMENT)
        try:
            found = sandbox.sheets(data, url=url) if data else None
        except BadDocument:
            continue
        if found is not None and found.sheets:
            sheets[url] = found
    return replace(side, beside=replace(side.beside, sheets=sheets))


def with_looks(workspace: Workspace, side: Side, other: Side, sandbox: Sandbox | None) -> Side:
    """The side with what those photos look like that the other side does not have byte for byte."""
    article, images = side.reading.article, side.beside.images
    theirs = set(other.beside.images.values())
    wanted = [url for url, sha256 in images.items() if sha256 not in theirs] if theirs else []
    if side.row is None or sandbox is None or not wanted:
        return side
    photos = photos_of(workspace.load_snapshot(side.row).captures, article=article)
    looks: dict[str, Look] = {}
    for url in wanted[:MAX_PICTURES]:
        data = _payload(workspace, photos[url], limit=MAX_PICTURE) if url in photos else None
        try:
            look = sandbox.look(data, url=url) if data else None
        except BadDocument:
            continue
        if look is not None:
            looks[url] = look
    return replace(side, beside=replace(side.beside, looks=looks))


def _other_sha256(side: Side, other: Side, url: str) -> str | None:
    """Of what stands on the other side for the document; None where nothing does."""
    if side.reading.article is None and [document.url for document in side.reading.documents] == [url]:
        return next((document.sha256 for document in other.reading.documents), None)
    return other.beside.documents.get(url)


def with_site(workspace: Workspace, side: Side, sandbox: Sandbox | None) -> Side:
    """The side with the furniture of its site, as other articles show it that were captured at about the same time."""
    if side.row is None or sandbox is None:
        return side
    pages = [
        edition.outline
        for row in _neighbours(workspace, side.row)
        if (edition := _read_again(workspace, workspace.load_snapshot(row), sandbox))
    ]
    return replace(side, beside=replace(side.beside, site=furniture_of(pages)))


def _neighbours(workspace: Workspace, row: SnapshotRow) -> list[SnapshotRow]:
    """Snapshots of other articles of the site, of those that were captured next before or after."""
    host, moment = host_of(row.article), read_utc(row.started)

    def distance(other: ArticleRow) -> timedelta:
        first, last = map(read_utc, (other.first_seen, other.last_seen))
        return max(first - moment, moment - last, timedelta())

    others = [each for each in workspace.catalog.articles() if each.key != row.article and host_of(each.key) == host]
    near = sorted((distance(each), each.key) for each in others)[:NEIGHBOURS]
    found = (
        workspace.catalog.in_force(name, row.started) or workspace.catalog.newest(name)
        for apart, name in near
        if apart <= ABOUT
    )
    return [each for each in found if each is not None]


def _payload(workspace: Workspace, capture: Capture, *, limit: int) -> bytes | None:
    """The payload after content decoding; None where it cannot be had whole."""
    if capture.payload.length > limit:
        return None
    try:
        coding = ", ".join(workspace.reader.head(capture.described).get_all("content-encoding")) or None
        return decode(joined(workspace.reader.payload(capture), limit), coding, max_bytes=limit).data
    except ArchivistError:
        return None


def document_of(side: Side, *, name: str) -> Document | None:
    """The document that a snapshot links under a file's name, or the only one that it links."""
    documents = side.reading.documents
    named = [document for document in documents if document.url.rpartition("/")[2] == name]
    return next(iter(named or documents), None) if len(named or documents) == 1 else None
