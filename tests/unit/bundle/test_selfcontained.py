"""Records made self-contained, where no archive of ours has such: an answer that a 304 confirms."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest
from blake3 import blake3

from archivist.bundle.check import check_bundle
from archivist.bundle.check_statements import Trust
from archivist.bundle.chosen import Chosen, ReadAs
from archivist.bundle.maker import this_program
from archivist.bundle.selfcontained import Kept, SelfContained
from archivist.bundle.write import write_bundle
from archivist.errors import BadWarc
from archivist.model.article import Reading
from archivist.model.capture import Capture, RecordRef, Revisit, Span
from archivist.model.manifest import Snapshot
from archivist.proof.canonical import canonical, statement_id
from archivist.proof.digest import digest, sha256_hex
from archivist.wire import warc
from archivist.wire.http1 import ResponseHead, split_response
from archivist.wire.warc import Block, Member, Origin
from tests.unit.store.exchanges import STORY, response, snapshot

IDENTICAL: Final = "identical-payload-digest"
THEN, NOW = "2026-11-23T12:00:00.000000Z", "2026-11-24T12:00:00.000000Z"
BODY = b"<h1>Harbour bridge opens</h1>"
OLD, NEW = "2026-11/old.warc.gz", "2026-11/new.warc.gz"


class Files:
    """WARC files in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def stored(self, file: str, *, offset: int, length: int) -> Iterator[bytes]:
        """A part of a file."""
        yield self.files[file][offset : offset + length]

    def block(self, record: RecordRef) -> Iterator[bytes]:
        """The block of a record."""
        return next(iter(self.members(record.file, start=record.offset))).block()

    def payload(self, of: Capture) -> Iterator[bytes]:
        """The body behind the original's head."""
        yield split_response(b"".join(self.block(of.original)))[1]

    def head(self, record: RecordRef) -> ResponseHead:
        """The HTTP head."""
        return split_response(b"".join(self.block(record)))[0]

    def members(self, file: str, *, start: int = 0, end: int | None = None) -> Iterator[Member]:
        """The records."""
        return warc.iter_members(io.BytesIO(self.files[file]), start=start, end=end)


def record(number: int, block: bytes) -> Block:
    """The name and measure of a record."""
    return Block(
        record_id=f"urn:uuid:00000000-0000-4000-8000-{number:012d}", length=len(block), sha256=sha256_hex(block)
    )


def confirmed() -> tuple[Files, Snapshot]:
    """A page of which the server said that it had not changed, and the files that hold it."""
    whole, short = response(BODY), b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
    old, new = record(1, whole), record(2, short)
    first = warc.member(
        warc.response_fields(Origin(date=THEN, uri=STORY), old, payload_sha256=sha256_hex(BODY)), whole, packed=True
    )
    original = warc.Original(record_id=old.record_id, uri=STORY, date=THEN, payload_sha256=sha256_hex(BODY))
    fields = warc.revisit_fields(Origin(date=NOW, uri=STORY), new, original=original, profile="server-not-modified")
    second = warc.member(fields, short, packed=True)
    held = RecordRef(file=OLD, offset=0, length=len(first), id=old.record_id)
    capture = Capture(
        uri=STORY,
        role="page",
        date=NOW,
        milliseconds=1,
        status=304,
        media_type="text/html",
        payload=digest(BODY),
        record=RecordRef(file=NEW, offset=0, length=len(second), id=new.record_id),
        revisit=Revisit(record=held, uri=STORY, date=THEN, profile="server-not-modified"),
    )
    span = Span(file=NEW, offset=0, length=len(second), blake3=blake3(second).hexdigest())
    made = snapshot(number=1, previous=None, article=STORY, spans=(span,), captures=(capture,))
    return Files({OLD: first, NEW: second}), made


def chosen_of(made: Snapshot) -> Chosen:
    """As it is handed to what writes bundles."""
    manifest = canonical(made.to_json())
    id_ = statement_id(manifest)
    read = ReadAs(snapshot=id_, statement=id_, by="x", at=NOW, reading=Reading(article=None), quality=made.quality)
    return Chosen(id=id_, manifest=manifest, snapshot=made, captures=made.captures, read=read, receipt=None)


def test_what_a_304_confirms() -> None:
    """The answer of then stands under the date of the 304, marked; players find that and no 304; the bundle holds."""
    files, made = confirmed()
    out = io.BytesIO()
    write_bundle(out, [chosen_of(made)], source=files, maker=this_program(), is_evidence=False)

    data = out.getvalue()
    assert files.files[NEW] in data
    index = next(line for line in data.splitlines() if b"org,example)" in line)
    assert b'"status": "200"' in index
    assert b" 20261124120000 " in index
    assert b'"status": "304"' not in data
    assert response(BODY) in data
    assert 1 == data.count(b"Archivist-Resolves: <")
    assert ["bundle-receipt"] == [
        each.code for each in check_bundle(out, trust=Trust(), where="b", maker=this_program()).findings
    ]


def test_what_the_archive_does_not_hold() -> None:
    """A payload that is another one than the manifest says gives no records."""
    files, made = confirmed()
    (capture,) = made.captures
    assert capture.revisit is not None
    same = replace(capture, payload=digest(b"other"), revisit=replace(capture.revisit, profile=IDENTICAL))
    with pytest.raises(BadWarc, match="is not the one"):
        b"".join(pieces(files, replace(made, captures=(same,))))
    bent = replace(made.stored[0], blake3="0" * 64)
    with pytest.raises(BadWarc, match="is damaged"):
        b"".join(pieces(files, replace(made, stored=(bent,))))


def pieces(files: Files, made: Snapshot) -> Iterator[bytes]:
    """Of the snapshot's WARC file."""
    return SelfContained(chosen_of(made), source=files, kept=Kept.of([made])).pieces()
