"""Exchanges made of bytes, a quick disk, and an archive to put them in: what the tests of the store are built from."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from archivist.clock import FixedClock
from archivist.model.capture import Capture, Span
from archivist.model.manifest import ArchiveStatement, Asked, Snapshot
from archivist.model.quality import Quality
from archivist.proof.digest import digest
from archivist.proof.note import KeyName, VerifierKey, sign_note
from archivist.proof.signing import SigningKey
from archivist.store.archive import Archive
from archivist.store.durable import Disk, RealDisk
from archivist.store.layout import Layout
from archivist.store.system import System
from archivist.wire.exchange import Exchange, Peer, Tls
from archivist.wire.http1 import ResponseReader

__all__ = [
    "ARCHIVE_ID",
    "KEY",
    "NOON",
    "ORIGIN",
    "STORY",
    "MemorySpool",
    "QuickSystem",
    "archive_statement",
    "chunked",
    "exchange",
    "new_archive",
    "quick_disk",
    "response",
    "sign",
    "snapshot",
]

NOON = dt.datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=dt.UTC)
STORY = "https://www.example.org/news/harbour-bridge"
ARCHIVE_ID = "0b7e3f0a-52b5-4c4e-9d5c-3f1f3d1f9a10"
ORIGIN = "archive.example/log"
KEY = SigningKey.from_seed(b"\x07" * 32)


@dataclass(frozen=True)
class MemorySpool:
    """A spool that is a bytes object; ``step`` is the size of its pieces."""

    data: bytes
    step: int = 64 * 1024

    @property
    def length(self) -> int:
        """Bytes."""
        return len(self.data)

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """All bytes from ``start`` on."""
        for at in range(start, len(self.data), self.step):
            yield self.data[at : at + self.step]

    def close(self) -> None:
        """Nothing to give back."""


class QuickSystem(System):
    """A system that never waits for the medium: for tests that do not pull the plug."""

    def fsync(self, fd: int) -> None:
        """Nothing."""


def quick_disk(root: Path) -> RealDisk:
    """A disk that does not wait."""
    return RealDisk(root, system=QuickSystem())


def response(body: bytes, *fields: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A response with a Content-Length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *fields, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def chunked(body: bytes, *, size: int = 7) -> bytes:
    """A response in chunks."""
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(body[at : at + size]), body[at : at + size]) for at in range(0, len(body), size)
    )
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"


def exchange(
    body: bytes = b"<h1>Harbour bridge opens</h1>",
    *,
    uri: str = STORY,
    raw: bytes | None = None,
    seconds_late: float = 0,
    tls: Tls | None = None,
    step: int = 64 * 1024,
    **changes: Any,
) -> Exchange:
    """An exchange as the recorder makes it: ``raw`` or a plain response with this body."""
    raw = response(body) if raw is None else raw
    reader = ResponseReader(changes.get("method", "GET"))
    payload = b"".join(reader.feed(raw))
    reader.eof()
    assert reader.head is not None
    request = f"GET {uri} HTTP/1.1\r\nHost: www.example.org\r\n\r\n".encode()
    values: dict[str, Any] = {
        "uri": uri,
        "method": "GET",
        "role": "page",
        "kind": None,
        "via": None,
        "started": NOON + dt.timedelta(seconds=seconds_late),
        "seconds": 0.25,
        "request": request,
        "redacted": (),
        "head": reader.head,
        "response": MemorySpool(raw, step),
        "head_length": reader.head_length,
        "block_sha256": sha256(raw).hexdigest(),
        "request_sha256": sha256(request).hexdigest(),
        "payload": digest(payload),
        "is_transfer_coded": reader.framing == "chunked",
        "truncated": None,
        "notes": reader.notes,
        "peer": Peer(ip="192.0.2.10", port=443, resolved=("192.0.2.10",), resolved_by="dns", tls=tls),
    }
    return Exchange(**{**values, **changes})


def gzipped(body: bytes) -> bytes:
    """A response with a gzip content coding."""
    return response(gzip.compress(body, mtime=0), "Content-Encoding: gzip")


def new_archive(root: Path, *, disk: Disk | None = None) -> Archive:
    """An archive's WARC writer at noon."""
    return Archive(
        Layout(root),
        disk=disk or quick_disk(root),
        clock=FixedClock(NOON),
        software="archivist/0 test",
        user_agent="archivist/0 (+https://archive.example)",
        robots="obey",
    )


def archive_statement() -> ArchiveStatement:
    """Who the test archive is."""
    return ArchiveStatement(
        id=ARCHIVE_ID,
        created="2026-11-23T12:00:00.000000Z",
        origin=ORIGIN,
        key=str(VerifierKey(name=KeyName(ORIGIN), public=KEY.public_bytes())),
        software="archivist/0 test",
    )


def snapshot(
    *, number: int = 1, previous: str | None = None, article: str = STORY, spans: tuple[Span, ...] = (),
    captures: tuple[Capture, ...] = (), **changes: Any,
) -> Snapshot:  # fmt: skip
    """A small manifest."""
    values: dict[str, Any] = {
        "archive": ARCHIVE_ID,
        "article": article,
        "number": number,
        "previous": previous,
        "asked": Asked(url=article, verb="snap"),
        "started": "2026-11-23T12:00:00.000000Z",
        "ended": "2026-11-23T12:00:01.000000Z",
        "software": {"archivist": "0"},
        "stored": spans,
        "captures": captures,
        "fingerprint": "f" * 64,
        "quality": Quality(verdict="article"),
    }
    return Snapshot(**{**values, **changes})


def sign(text: str) -> bytes:
    """The signed note of a checkpoint of the test archive."""
    return sign_note(text, name=ORIGIN, key=KEY)
