"""Statements with every field set, and none of them by its default."""

from __future__ import annotations

from archivist.model.article import (
    Article,
    Block,
    Claim,
    Document,
    Evidence,
    Link,
    LinkedDocument,
    Page,
    Photo,
    Settled,
)
from archivist.model.capture import Capture, Problem, RecordRef, Revisit, Span
from archivist.model.carried import Carried
from archivist.model.digest import Digests
from archivist.model.held import REREAD, Reread
from archivist.model.manifest import ArchiveStatement, Asked, Event, Snapshot
from archivist.model.observation import Observation, ReceiptRef
from archivist.model.picture import PictureFacts
from archivist.model.quality import Quality

__all__ = ["ARCHIVE", "ARTICLE", "CAPTURE", "DOCUMENT", "EVENT", "PICTURE", "REREAD_EVENT", "SNAPSHOT", "SPAN"]

_EVIDENCE = Evidence(witness="heading", at="/html/body/h1", text="Cranes")
_CLAIM = Claim(value="Cranes", evidence=_EVIDENCE)
_SETTLED = Settled(values=(_CLAIM,), others=(Claim(value="Crane", evidence=_EVIDENCE),))
_RECORD = RecordRef(file="2026-11/a.warc.gz", offset=7, length=90, id="urn:uuid:1")

SPAN = Span(file="2026-11/a.warc.gz", offset=0, length=99, blake3="ab" * 32)
CAPTURE = Capture(
    uri="https://example.org/a",
    role="page",
    kind="image",
    via="https://example.org/",
    method="POST",
    date="2026-11-23T18:15:12.123456Z",
    milliseconds=12,
    status=200,
    media_type="text/html",
    payload=Digests(length=5, sha256="cd" * 32, blake3="ef" * 32),
    record=_RECORD,
    revisit=Revisit(
        record=_RECORD,
        uri="https://example.org/b",
        date="2026-11-22T18:15:12.123456Z",
        profile="server-not-modified",
        last_full="2026-11-22T20:15:12.123456Z",
    ),
    truncated="length",
    ip="192.0.2.7",
    certificate="12" * 32,
    location="https://example.org/c",
    redacted=("cookie",),
    is_carried=True,
    notes=("lf-only",),
)
ARTICLE = Article(
    url="https://example.org/a",
    fields={"title": _SETTLED, "authors": Settled(others=(_CLAIM,))},
    photos=(
        Photo(
            image="https://example.org/a.jpg",
            caption=_CLAIM,
            credit=_CLAIM,
            photographers=("Mara Quill",),
            agencies=("Harbour Press",),
            is_lead=True,
            is_shown=False,
        ),
        Photo(image=None),
    ),
    documents=(LinkedDocument(url="https://example.org/a.pdf", text="report", evidence=_EVIDENCE),),
    blocks=(
        Block(
            kind="paragraph", text="Nine cranes.", path="article/p", links=(Link(url="https://b.example/", text="x"),)
        ),
        Block(kind="table-row", text="1 | 2", path="article/table/tr"),
    ),
    problems=("the text was cut",),
)
DOCUMENT = Document(
    url="https://example.org/a.pdf",
    sha256="34" * 32,
    media_type="application/pdf",
    page_count=2,
    fields={"title": _SETTLED},
    pages=(Page(number=1, paragraphs=("One.", "Two.")), Page(number=2, paragraphs=())),
    problems=("page 2 holds no text",),
)
PICTURE = PictureFacts(
    url="https://example.org/a.jpg",
    sha256="45" * 32,
    media_type="image/jpeg",
    width=4,
    height=3,
    fields={"credit": _SETTLED},
    credentials=7,
    problems=("the metadata were cut",),
)
ARCHIVE = ArchiveStatement(
    id="7f3a9c2b-0000-4000-8000-000000000000",
    created="2026-11-23T18:15:12.123456Z",
    origin="archivist/7f3a9c2b",
    key="archivist/7f3a9c2b+00000000+AAAA",
    software="archivist/0.1.0",
)
SNAPSHOT = Snapshot(
    archive=ARCHIVE.id,
    article="https://example.org/a",
    number=2,
    previous="56" * 32,
    asked=Asked(url="https://example.org/a?utm_source=x", verb="run", policy={"robots": "ignore"}),
    started="2026-11-23T18:15:12.123456Z",
    ended="2026-11-23T18:15:13.123456Z",
    software={"name": "archivist", "version": "0.1.0"},
    stored=(SPAN,),
    captures=(CAPTURE,),
    carried=(Carried(statement="9a" * 32, ranges=((0, 3), (5, 5))),),
    article_reading=ARTICLE,
    documents=(DOCUMENT,),
    pictures=(PICTURE,),
    same_reading_as="78" * 32,
    same_documents_as={"34" * 32: "9a" * 32},
    same_pictures_as={"56" * 32: "9b" * 32},
    fingerprint="bc" * 32,
    quality=Quality(verdict="paywall", reasons=("says: subscribe",)),
    problems=(Problem(code="truncated", about="https://example.org/a", said="cut"),),
    is_adopted=True,
    observations=(
        Observation(
            by="archivist/0c2d",
            kind="archivist",
            uri="https://example.org/a",
            at="2026-11-23T18:20:00Z",
            copy="https://elsewhere.example/a",
            status=200,
            length=12,
            sha256="d1" * 32,
            fingerprint="bd" * 32,
            receipts=(
                ReceiptRef(
                    form="archivist-receipt-v1", sha256="e2" * 32, text="archivist receipt v1\n", rest={"later": [1]}
                ),
            ),
            rest={"region": "eu"},
        ),
    ),
)
EVENT = Event(
    archive=ARCHIVE.id,
    kind="repair",
    at="2026-11-23T18:15:12.123456Z",
    software={"name": "archivist", "version": "0.1.0"},
    said="a run was interrupted",
    stored=(SPAN,),
    details={"torn": [{"file": "a", "length": 3}]},
)
REREAD_EVENT = Event(
    archive=ARCHIVE.id,
    kind=REREAD,
    at="2027-03-02T10:00:00.000000Z",
    software={"name": "archivist", "version": "0.2.0"},
    said="a snapshot was read anew",
    details={
        **Reread(
            snapshot="de" * 32,
            held=SNAPSHOT.held,
            fingerprint="f0" * 32,
            quality=SNAPSHOT.quality,
            problems=SNAPSHOT.problems,
        ).to_json(),
        "later": [1],
    },
)
