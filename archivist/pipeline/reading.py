"""Reading the linked documents of a snapshot, each payload once in the life of an article."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from archivist.errors import BadCoding, BadDocument
from archivist.model.article import Document
from archivist.model.capture import Problem
from archivist.model.config import Settings
from archivist.pipeline.gather import Gathered
from archivist.pipeline.seal import Previous
from archivist.sandbox import Sandbox
from archivist.wire.codings import decode_stream
from archivist.wire.exchange import Exchange, payload_of

__all__ = ["Documents", "read_documents"]

_INLINE = 4 * 1024 * 1024
"""Bytes up to which a document goes to the reader through the pipe; a larger one goes through a file."""


@dataclass(slots=True)
class Documents:
    """What was read, and what need not be read again."""

    read: tuple[Document, ...] = ()
    known: dict[str, str] = field(default_factory=dict)
    """SHA-256 of a payload to the id of the manifest that holds its reading."""
    problems: tuple[Problem, ...] = ()


def read_documents(
    gathered: Gathered, previous: Previous | None, *, sandbox: Sandbox, settings: Settings, folder: Path
) -> Documents:
    """The readings of all documents that were answered with success."""
    result = Documents()
    for exchange in gathered.exchanges:
        if exchange.role != "document" or exchange.head.status != 200 or exchange.truncated:
            continue
        sha256 = exchange.payload.sha256
        if any(document.sha256 == sha256 for document in result.read):
            continue
        holder = previous.holder_of_document(sha256) if previous else None
        if holder is not None:
            result.known[sha256] = holder
            continue
        try:
            result.read += (_read(exchange, sandbox=sandbox, settings=settings, folder=folder),)
        except (BadCoding, BadDocument) as error:
            result.problems += (Problem(code="unreadable", about=exchange.uri, said=str(error)),)
    return result


def _read(exchange: Exchange, *, sandbox: Sandbox, settings: Settings, folder: Path) -> Document:
    limit = settings.read.max_document
    media_type = exchange.media_type or "application/octet-stream"
    pieces = decode_stream(payload_of(exchange), exchange.head.get("content-encoding"), max_bytes=limit)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".tmp-document-", buffering=0) as file:
        head = _collect(pieces, file)
        source: bytes | Path = head if head is not None else Path(file.name)
        return sandbox.document(source, url=exchange.uri, sha256=exchange.payload.sha256, media_type=media_type)


def _collect(pieces: Iterable[bytes], file: tempfile._TemporaryFileWrapper[bytes]) -> bytes | None:
    """The bytes themselves where they are few; else None, and the file holds them."""
    kept: list[bytes] | None = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if kept is not None:
            kept.append(piece)
            if length <= _INLINE:
                continue
            piece, kept = b"".join(kept), None  # noqa: PLW2901  # from here on the file takes over
        file.write(piece)
    return None if kept is None else b"".join(kept)
