"""What was read, captured and found: of one snapshot, or of a file that is in no archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from archivist.catalog.rows import SnapshotRow
from archivist.catalog.select import find
from archivist.errors import BadDocument, DiskFailed, UsageError
from archivist.extract.settle import TABLE
from archivist.model.article import Document, Reading, Settled
from archivist.model.config import ReadSettings
from archivist.model.json import JsonObject, without_nothing
from archivist.model.manifest import Snapshot, software_name
from archivist.model.page import PageReading
from archivist.model.url import parse_url
from archivist.proof.digest import sha256_hex
from archivist.sandbox import Sandbox
from archivist.workspace import Newest, Workspace, software

__all__ = ["FileRead", "Shown", "reason_of", "show", "show_file"]

_PDF: Final = b"%PDF-"
_HEAD: Final = 4096
"""Bytes that tell what a file is."""
_PDF_WITHIN: Final = 1024
"""A PDF's header may stand anywhere within its first 1024 bytes (ISO 32000-1 Annex H, note 13)."""
_BEGINNINGS: Final = tuple(f"<{name}".encode() for name in "!doctype html head body meta title article main h1".split())
"""Elements with which pages begin, also those that were saved in part."""
_REFERS: Final = "as for "
_NO_LATER: Final = "nothing that is claimed is later than the publication, so nothing says that anything was changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A snapshot with its newest reading whole."""

    row: SnapshotRow
    newest: Newest
    versions: int
    path: str
    """Of the manifest, relative to the archive."""

    @property
    def snapshot(self) -> Snapshot:
        """The manifest."""
        return self.newest.snapshot

    @property
    def reading(self) -> Reading:
        """What was read, with its references followed."""
        return self.newest.reading

    def to_json(self) -> JsonObject:
        """As printed by ``show --json``: the manifest as it stands, the newest reading, and why its values won."""
        newest = self.newest
        return {
            "id": self.row.id,
            "version": self.row.version,
            "versions": self.versions,
            "path": self.path,
            "manifest": self.snapshot.to_json(),
            "reading": self.reading.to_json(),
            "read": {"by": newest.read_by, "at": newest.at, "statement": newest.statement},
            "quality": newest.quality.to_json(),
            "reasons": _reasons(self.reading),
            "problems": [problem.to_json() for problem in newest.problems],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """A web page or a PDF that lies on the disk, as read."""

    path: Path
    url: str
    """The address it is said to come from; that of the file where nothing was said."""
    sha256: str
    size: int
    page: PageReading | None = None
    document: Document | None = None

    @property
    def reading(self) -> Reading:
        """In the form of a snapshot's."""
        documents = (self.document,) if self.document else ()
        return Reading(article=self.page.article if self.page else None, documents=documents)

    @property
    def title(self) -> str | None:
        """The headline of the page, or the title of the document."""
        article = self.reading.article
        if article is not None:
            return article.value("title_shown") or article.value("title")
        return self.document.value("title") if self.document else None

    @property
    def read_by(self) -> str:
        """The program that runs."""
        return software_name(software())

    def to_json(self) -> JsonObject:
        """As printed by ``show FILE --json``."""
        page = self.page
        return {
            "file": str(self.path),
            "url": self.url,
            "bytes": self.size,
            "sha256": self.sha256,
            "reading": self.reading.to_json(),
            "read": {"by": self.read_by},
            "reasons": _reasons(self.reading),
            **without_nothing(
                {
                    "quality": page.quality.to_json() if page else None,
                    "possible_documents": [link.to_json() for link in page.possible] if page else [],
                }
            ),
        }


def show(workspace: Workspace, words: str) -> Shown:
    """The snapshot that the words name.

    Raises:
        NotFound: there is none.
        UsageError: the words are wrong, or name several.
        BadManifest: its manifest is damaged.
    """
    row = find(workspace.catalog, words)
    article = workspace.catalog.article(row.article)
    return Shown(
        row=row,
        newest=workspace.newest(row),
        versions=article.versions if article else row.version,
        path=f"manifests/{row.path}",
    )


def show_file(path: Path, *, url: str | None, settings: ReadSettings) -> FileRead:
    """A file as the confined reader reads it; nothing is created, and no archive is looked for.

    Args:
        path: a web page or a PDF.
        url: the address it comes from, which relative links are relative to.
        settings: the bounds of reading.

    Raises:
        UsageError: there is no such file, it is of another kind, or the address is none.
        BadDocument: it cannot be read within its bounds.
        DiskFailed: the disk would not.
    """
    address = parse_url(url) if url is not None else path.absolute().as_uri()
    try:
        with path.open("rb") as file:
            return _read(file, path, address, settings)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise UsageError(f"{path} is no file that could be read", hint="archivist show FILE --url URL") from error
    except OSError as error:
        raise DiskFailed(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from error


def reason_of(name: str, settled: Settled) -> str | None:
    """Why the value of a field won over the others, or why none did."""
    rule = next((rule for known, rule in TABLE.items() if known == name), None)
    if rule is None:
        return None
    if not settled.values:
        return _NO_LATER if name == "updated" else None
    other = next((known for known in TABLE if rule.reason == f"{_REFERS}{known}"), None)
    return TABLE[other].reason if other else rule.reason


def _reasons(reading: Reading) -> JsonObject:
    """By field; those of documents are their own metadata, which nothing contends with."""
    fields: Mapping[str, Settled] = reading.article.fields if reading.article else {}
    return {name: reason for name, settled in sorted(fields.items()) if (reason := reason_of(name, settled))}


def _read(file: BinaryIO, path: Path, url: str, settings: ReadSettings) -> FileRead:
    head = file.read(_HEAD)
    file.seek(0)
    is_pdf = _PDF in head[:_PDF_WITHIN]
    if not is_pdf and not _is_markup(head):
        raise UsageError(f"{path} is neither a web page nor a PDF", hint="archivist show FILE.html --url URL")
    limit = settings.max_document if is_pdf else settings.max_page
    data = file.read(limit + 1)
    if len(data) > limit:
        raise BadDocument(f"{path} is larger than the {limit:,} bytes that are read", hint="archivist config")
    sha256 = sha256_hex(data)
    with Sandbox(settings) as sandbox:
        if is_pdf:
            document = sandbox.document(data, url=url, sha256=sha256, media_type="application/pdf")
            if document.page_count is None:
                raise BadDocument(f"{path}: {'; '.join(document.problems) or 'it cannot be read'}")
            return FileRead(path=path, url=url, sha256=sha256, size=len(data), document=document)
        page = sandbox.page(data, url=url, status=200, headers=(), media_type="text/html", with_requisites=False)
    return FileRead(path=path, url=url, sha256=sha256, size=len(data), page=page)


def _is_markup(head: bytes) -> bool:
    """Whether a file begins as HTML does; two bytes a character are told by their mark."""
    start = head.replace(b"\0", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
    return b"\0" not in start and any(beginning in start.lower() for beginning in _BEGINNINGS)
