"""Small statements for the tests of the catalog: true in form, short in content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from archivist.model.article import Article, Claim, Document, Evidence, FieldName, Settled
from archivist.model.capture import Capture, RecordRef, Revisit, Role, Span
from archivist.model.digest import Digests
from archivist.model.held import REREAD, Held, Reread
from archivist.model.manifest import ArchiveStatement, Asked, Event, Snapshot, Statement
from archivist.model.quality import Quality
from archivist.model.url import folder_of, key_of
from archivist.proof.canonical import canonical, statement_id

Numbered: TypeAlias = tuple[str, str, Statement]

CRANE = "https://courier.example/2026/crane-collapse"
HARBOUR = "https://courier.example/2026/harbour-tax"
FILE = "2026-11/20261123T181512Z-7f3a9c.warc.gz"


def numbered(statement: Statement, *, as_id: str | None = None) -> Numbered:
    """The statement with its id and the path of its file."""
    match statement:
        case ArchiveStatement():
            path = "archive.json"
        case Snapshot():
            path = f"{folder_of(statement.article)}/{statement.number:04}.json"
        case _:
            path = f"events/{statement.kind}.json"
    return as_id or statement_id(canonical(statement.to_json())), path, statement


def archive() -> ArchiveStatement:
    """Who the archive is."""
    return ArchiveStatement(
        id="6e5a4c5e-0000-4000-8000-000000000001",
        created="2026-11-01T00:00:00.000000Z",
        origin="courier.example/archive",
        key="courier.example/archive+00000000+AAAA",
        software="archivist 0.1.0",
    )


def event(*, kind: str = "repair", offset: int = 9000) -> Event:
    """A statement that describes WARC bytes of no snapshot."""
    return Event(
        archive=archive().id,
        kind=kind,
        at="2026-11-25T00:00:00.000000Z",
        software={"archivist": "0.1.0"},
        said="a torn record was cut off",
        stored=(Span(file=FILE, offset=offset, length=50, blake3="0" * 64),),
    )


def read_anew(
    snapshot_id: str,
    reading: Article | None = None,
    *documents: Document,
    same_as: str | None = None,
    fingerprint: str = "anew",
    version: str = "0.2.0",
) -> Event:
    """A snapshot as a later reader reads it."""
    reread = Reread(
        snapshot=snapshot_id,
        held=Held(article=reading, documents=documents, same_as=same_as),
        fingerprint=fingerprint,
        quality=Quality(verdict="article"),
    )
    software = {"name": "archivist", "version": version}
    made = replace(event(kind=REREAD), software=software, stored=(), said="it was read anew")
    return replace(made, details=reread.to_json())


def capture(
    uri: str = CRANE,
    *,
    payload: bytes = b"page",
    role: Role = "page",
    date: str = "2026-11-23T18:15:12.000000Z",
    offset: int = 0,
    original: Capture | None = None,
    status: int = 200,
) -> Capture:
    """One exchange; with ``original``, a revisit to it."""
    revisit = Revisit(record=original.record, uri=original.uri, date=original.date) if original else None
    return Capture(
        uri=uri,
        role=role,
        date=date,
        milliseconds=12,
        status=status,
        media_type="text/html",
        payload=Digests(length=len(payload), sha256=hashlib.sha256(payload).hexdigest(), blake3="b" * 64),
        record=RecordRef(file=FILE, offset=offset, length=100, id=f"urn:uuid:{offset:032x}"),
        revisit=revisit,
    )


def claim(value: str) -> Settled:
    """A field that one witness settles."""
    return Settled(values=(Claim(value=value, evidence=Evidence(witness="heading", at="/h1", text=value)),))


def article(**values: str) -> Article:
    """A page as read, with these fields."""
    fields: Mapping[str, Settled] = {name: claim(value) for name, value in values.items()}
    return Article(url=CRANE, fields=fields)


def document(payload: bytes, *, title: str, page_count: int = 3) -> Document:
    """A linked document as read."""
    name: FieldName = "title"
    return Document(
        url=f"{CRANE}/report.pdf",
        sha256=hashlib.sha256(payload).hexdigest(),
        media_type="application/pdf",
        page_count=page_count,
        fields={name: claim(title)},
    )


def snapshot(
    url: str = CRANE,
    number: int = 1,
    *,
    fingerprint: str = "A",
    started: str = "2026-11-23T18:15:12.000000Z",
    captures: tuple[Capture, ...] | None = None,
    reading: Article | None = None,
    **more: object,
) -> Snapshot:
    """One snapshot of one article."""
    offset = number * 1000
    made = Snapshot(
        archive=archive().id,
        article=key_of(url),
        number=number,
        previous=None,
        asked=Asked(url=url, verb="snap"),
        started=started,
        ended=started,
        software={"archivist": "0.1.0"},
        stored=(Span(file=FILE, offset=offset, length=100, blake3="0" * 64),),
        captures=(capture(url, date=started, offset=offset),) if captures is None else captures,
        article_reading=reading,
        fingerprint=fingerprint,
        quality=Quality(verdict="article"),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def run(fingerprints: str, *, url: str = CRANE, day: int = 1) -> list[Numbered]:
    """Snapshots of one article on consecutive days of November, one for each letter."""
    return [
        numbered(snapshot(url, number, fingerprint=letter, started=f"2026-11-{day + number - 1:02}T18:15:12.000000Z"))
        for number, letter in enumerate(fingerprints, start=1)
    ]
