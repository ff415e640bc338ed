"""What stands in the archive for one snapshot: the bytes of its page or of a document, and what proves them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archivist.catalog.rows import SnapshotRow
from archivist.catalog.select import find
from archivist.errors import NotFound
from archivist.model.article import Document
from archivist.model.capture import Capture, RecordRef
from archivist.model.json import JsonObject
from archivist.pipeline.reading import joined
from archivist.proof.checkpoint import Checkpoint
from archivist.proof.note import parse_note
from archivist.proof.token import Token
from archivist.store.log import Log
from archivist.store.stamps import Stamps
from archivist.wire.head import ResponseHead
from archivist.workspace import Newest, Workspace

__all__ = ["Proof", "Stamped", "Stored", "proof_of", "stored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One response of a snapshot: that of its page, or of a document that the page links."""

    row: SnapshotRow
    capture: Capture
    document: Document | None
    """As it was read; None for the page."""
    workspace: Workspace

    @property
    def head(self) -> ResponseHead:
        """As the server sent it.

        Raises:
            NotFound: the WARC file is missing.
            BadWarc: the record is damaged.
        """
        return self.workspace.reader.head(self.capture.record)

    @property
    def coding(self) -> str | None:
        """The content coding that the payload is in, where it is in one."""
        return self.head.get("content-encoding")

    def payload(self) -> Iterator[bytes]:
        """The bytes whose SHA-256 stands in the manifest: transfer coding undone, content coding kept.

        Raises:
            NotFound: the WARC file is missing.
            BadWarc: the record is damaged.
        """
        return self.workspace.reader.payload(self.capture)

    def body(self) -> bytes:
        """The payload with its content coding undone: the page as a browser reads it.

        Raises:
            NotFound: the WARC file is missing.
            BadWarc: the record is damaged.
            BadCoding: the coding cannot be undone within the bounds of the settings.
        """
        from archivist.wire.codings import decode  # noqa: PLC0415  # where asked for

        read = self.workspace.settings.read
        limit = read.max_document if self.document else read.max_page
        return decode(joined(self.payload(), limit), self.coding, max_bytes=limit).data

    def head_json(self) -> JsonObject:
        """As printed by ``show --headers --json``."""
        head = self.head
        return {
            "url": self.capture.uri,
            "captured": self.capture.date,
            "version": head.version,
            "status": head.status,
            "reason": head.reason,
            "fields": [[field.name, field.value] for field in head.fields],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What an outside witness of time said."""

    authority: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What shows that a snapshot is as it was; none of it is checked here."""

    row: SnapshotRow
    page: Capture | None
    manifest: str
    """Its file, relative to the archive."""
    origin: str
    """Name of the log."""
    key: str
    """Of the log, as C2SP signed-note has it."""
    index: int | None
    """In the log, from 0; None where nothing is signed yet."""
    size: int | None
    """Of the log under the checkpoint that is shown."""
    root: str | None
    """Of that checkpoint, hexadecimal."""
    stamps: tuple[Stamped, ...]
    """On that checkpoint."""

    def to_json(self) -> JsonObject:
        """As printed by ``show --proof --json``."""
        page = self.page
        return {
            "id": self.row.id,
            "manifest": self.manifest,
            "page": {
                "url": page.uri,
                "bytes": page.payload.length,
                "sha256": page.payload.sha256,
                "blake3": page.payload.blake3,
                "record": self.original.to_json() if self.original else None,
            }
            if page
            else None,
            "log": {"origin": self.origin, "key": self.key, "index": self.index, "size": self.size, "root": self.root},
            "stamps": [{"authority": each.authority, "time": each.time} for each in self.stamps],
        }

    @property
    def original(self) -> RecordRef | None:
        """The record that holds the page's bytes in full."""
        return self.page.original if self.page else None


def stored(workspace: Workspace, words: str, *, document: int | None = None) -> Stored:
    """The response that the words name.

    Args:
        workspace: the archive.
        words: name a snapshot.
        document: which of its documents that were read, from 1; None for the page.

    Raises:
        NotFound: there is no such snapshot, or none such in it.
        UsageError: the words are wrong, or name several.
        BadManifest: its manifest is damaged.
    """
    row = find(workspace.catalog, words)
    newest = workspace.newest(row)
    if document is None:
        page = newest.snapshot.page
        if page is None:
            raise NotFound(f"snapshot {row.id[:12]} holds no page", hint=f"archivist show {row.id[:12]}")
        return Stored(row=row, capture=page, document=None, workspace=workspace)
    read = _document(newest, document)
    capture = next((each for each in newest.snapshot.captures if each.payload.sha256 == read.sha256), None)
    if capture is None:
        raise NotFound(f"the bytes of {read.url} are not among the captures of snapshot {row.id[:12]}")
    return Stored(row=row, capture=capture, document=read, workspace=workspace)


def proof_of(workspace: Workspace, words: str) -> Proof:
    """Where the snapshot stands in the log, and who has stamped it: the same proof that a receipt carries.

    Raises:
        NotFound: there is no such snapshot.
        UsageError: the words are wrong, or name several.
        BadManifest: its manifest is damaged.
    """
    row = find(workspace.catalog, words)
    snapshot = workspace.load_snapshot(row)
    log, stamps = Log(workspace.layout, disk=workspace.disk), Stamps(workspace.layout, disk=workspace.disk)
    found = log.proof(row.id, sizes=stamps.stamped(), near=workspace.catalog.position(row.id))
    checkpoint = Checkpoint.parse(parse_note(found.checkpoint).text) if found else None
    return Proof(
        row=row,
        page=snapshot.page,
        manifest=f"manifests/{row.path}",
        origin=workspace.identity.origin,
        key=str(workspace.log_keys.at(checkpoint.size) if checkpoint else workspace.log_keys.newest),
        index=found.index if found else None,
        size=checkpoint.size if checkpoint else None,
        root=checkpoint.root.hex() if checkpoint else None,
        stamps=tuple(
            Stamped(
                authority=each.authority,
                time=f"{Token.of_response(each.response).stamped.time:%Y-%m-%dT%H:%M:%SZ}",
            )
            for each in (stamps.of(checkpoint.size) if checkpoint else ())
        ),
    )


def _document(newest: Newest, number: int) -> Document:
    documents = newest.reading.documents
    if not 1 <= number <= len(documents):
        have = f"{len(documents) or 'no'} linked document{'' if len(documents) == 1 else 's'} that could be read"
        raise NotFound(f"snapshot {newest.id[:12]} has {have}, and no number {number}", hint="they are counted from 1")
    return documents[number - 1]
