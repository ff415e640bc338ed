"""The WARC records of one snapshot, so that they can be replayed and checked without the archive they come from.

Rule 1: what stands in the archive is copied byte for byte, member by member. Behind the ``warcinfo`` that opens the
file stand the snapshot's spans, so that the BLAKE3 which the signed manifest gives of each can be computed from the
copy. Then come what other snapshots of the run stored for this one, and certificates that stand elsewhere.
Rule 2: where a revisit's payload is in none of these bytes, a full ``response`` record is made of the revisit's own
head and that payload (of a 304: of the answer that it confirms), and says so in its header. The revisit itself stays
where it is.
Rule 3: the same snapshot gives the same bytes: no clock, no chance, no compression library.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from blake3 import blake3

from archivist.bundle.chosen import Chosen
from archivist.errors import BadWarc
from archivist.model.capture import Capture, RecordRef, Span
from archivist.model.manifest import Snapshot, software_name
from archivist.proof.digest import Hasher, sha256_hex
from archivist.wire import warc
from archivist.wire.http1 import ResponseHead, ResponseReader
from archivist.wire.warc import Block, Fields, Member, Origin

__all__ = [
    "CERTIFICATES",
    "PAYLOAD_FROM",
    "RESOLVES",
    "Kept",
    "Placed",
    "SelfContained",
    "Source",
    "file_of",
    "filled",
    "made_id",
    "opening",
    "spans_of",
]

RESOLVES: Final = "Archivist-Resolves"
"""Field of a record that was made for a bundle: the id of the revisit it stands for."""
PAYLOAD_FROM: Final = "Archivist-Payload-From"
"""Field of such a record: the id of the record that holds the payload in the archive."""
CERTIFICATES: Final = "urn:archivist:certificates:"
_PIECE: Final = 4 * 65535
"""Bytes of block handed on at a time: whole stored blocks of deflate, however they were read."""


class Source(Protocol):
    """The WARC files of an archive."""

    def stored(self, file: str, *, offset: int, length: int) -> Iterator[bytes]:
        """The bytes of a part of a file as they are stored."""
        ...

    def block(self, record: RecordRef) -> Iterator[bytes]:
        """The block of a record, checked when the last piece is out."""
        ...

    def payload(self, of: Capture) -> Iterator[bytes]:
        """The payload, wherever it stands."""
        ...

    def head(self, record: RecordRef) -> ResponseHead:
        """The HTTP head of a response or revisit."""
        ...

    def members(self, file: str, *, start: int = 0, end: int | None = None) -> Iterator[Member]:
        """The records of a file, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A capture and where its record stands in the copy."""

    capture: Capture
    file: str
    offset: int
    length: int
    is_revisit: bool
    """The payload stands in another record of the bundle."""


@dataclass(slots=True, kw_only=True)
class Kept:
    """What of the archive's WARC files is in a bundle that is being made, so that nothing is in it twice."""

    spans: Mapping[str, Collection[Span]]
    """Of all snapshots that the bundle will hold, by file."""
    records: set[str] = field(default_factory=set)
    """Ids of records copied beside them."""
    certificates: set[str] = field(default_factory=set)
    """SHA-256 of the certificates whose chains are there."""

    @classmethod
    def of(cls, snapshots: Iterable[Snapshot]) -> Kept:
        """Before anything is copied."""
        spans: dict[str, list[Span]] = {}
        for snapshot in snapshots:
            for span in snapshot.stored:
                spans.setdefault(span.file, []).append(span)
        return cls(spans=spans)

    def has(self, record: RecordRef) -> bool:
        """Whether the bundle holds, or will hold, this record."""
        within = any(
            span.offset <= record.offset < span.offset + span.length for span in self.spans.get(record.file, ())
        )
        return within or record.id in self.records


class SelfContained:
    """The WARC file of one snapshot.

    Args:
        chosen: which.
        source: the archive's files.
        kept: what the bundle holds besides.
    """

    def __init__(self, chosen: Chosen, *, source: Source, kept: Kept) -> None:
        self.name = file_of(chosen.id)
        self.placed: list[Placed] = []
        """Complete when all pieces are out."""
        self._snapshot = chosen.snapshot
        self._captures = chosen.captures
        self._id = chosen.id
        self._source = source
        self._kept = kept
        self._at = 0

    def pieces(self) -> Iterator[bytes]:
        """The file.

        Raises:
            BadWarc: what stands in the archive is damaged; what came out before is of no use.
            NotFound: a file of the archive is missing.
        """
        for piece in self._all():
            self._at += len(piece)
            yield piece

    def _all(self) -> Iterator[bytes]:
        yield opening(self._id, self._snapshot)
        snapshot, places = self._snapshot, dict[str, int]()
        for start, span in spans_of(self._id, snapshot):
            yield from self._span(span)
            inside = (each.record for each in self._captures if _holds(span, each.record))
            places |= {record.id: start + record.offset - span.offset for record in inside}
        for capture in self._captures:
            if not self._kept.has(capture.record):
                places[capture.record.id] = self._at
                yield from self._beside(capture.record)
        yield from self._certificates()
        for capture in self._captures:
            if capture.revisit is not None and not self._kept.has(capture.revisit.record):
                start = self._at
                yield from self._full(capture)
                self._place(filled(capture), start, self._at - start)
            elif capture.record.id in places and not capture.is_confirmed:
                self._place(capture, places[capture.record.id], capture.record.length)

    def _place(self, capture: Capture, offset: int, length: int) -> None:
        is_revisit = capture.revisit is not None
        placed = Placed(capture=capture, file=self.name, offset=offset, length=length, is_revisit=is_revisit)
        self.placed.append(placed)

    def _span(self, span: Span) -> Iterator[bytes]:
        hasher = blake3()
        for piece in self._source.stored(span.file, offset=span.offset, length=span.length):
            hasher.update(piece)
            yield piece
        if hasher.hexdigest() != span.blake3:
            raise BadWarc(
                f"archives/{span.file} is damaged from byte {span.offset} on: it is not what the manifest describes",
                hint="archivist verify says which record it is",
            )

    def _beside(self, record: RecordRef) -> Iterator[bytes]:
        """A record that stands outside of the spans, and those behind it that belong to it."""
        length = record.length
        for member in self._source.members(record.file, start=record.offset):
            if member.offset > record.offset and record.id not in member.header.concurrent_to:
                break
            for _ in member.block():
                pass
            length = member.offset + member.length - record.offset
        self._kept.records.add(record.id)
        yield from self._source.stored(record.file, offset=record.offset, length=length)

    def _certificates(self) -> Iterator[bytes]:
        """The chains that the captures name and that no copied span begins with."""
        wanted = {each.certificate: each.record for each in self._captures if each.certificate}
        for span in self._snapshot.stored:
            self._kept.certificates |= {
                name for name, _ in self._chains(span.file, span.offset, span.offset + span.length)
            }
        for name, record in sorted(wanted.items()):
            if name not in self._kept.certificates:
                found = dict(self._chains(record.file, 0, record.offset, names={name}))
                if name in found:
                    self._kept.certificates.add(name)
                    offset, length = found[name]
                    yield from self._source.stored(record.file, offset=offset, length=length)

    def _chains(
        self, file: str, start: int, end: int, *, names: Collection[str] = ()
    ) -> Iterator[tuple[str, tuple[int, int]]]:
        """The certificate records in a part of a file; only those at its beginning, where no names are given."""
        for member in self._source.members(file, start=start, end=end):
            kind, target = member.header.type, member.header.target_uri or ""
            if not names and kind not in {"warcinfo", "resource"}:
                return
            if kind == "resource" and target.startswith(CERTIFICATES):
                for _ in member.block():
                    pass
                name = target.removeprefix(CERTIFICATES)
                if not names or name in names:
                    yield name, (member.offset, member.length)
                    if names:
                        return

    def _full(self, capture: Capture) -> Iterator[bytes]:
        """A full record in place of a revisit."""
        block, payload, length = hashlib.sha256(), Hasher(), 0
        for piece in self._message(capture):
            block.update(piece)
            length += len(piece)
        for piece in self._source.payload(capture):
            payload.update(piece)
        found, said = payload.digests(), capture.payload
        if (found.length, found.sha256) != (said.length, said.sha256):
            raise BadWarc(f"the payload of {capture.uri} is not the one that the manifest describes")
        made = Block(record_id=made_id(self._id, capture), length=length, sha256=block.hexdigest())
        head = self._source.head(capture.original if capture.is_confirmed else capture.record)
        fields = _full_fields(capture, made, is_coded=head.get("transfer-encoding") is not None)
        yield from warc.member_stream(fields, _even(self._message(capture)), packed=True)

    def _message(self, capture: Capture) -> Iterator[bytes]:
        """The answer that a revisit stands for: its own head and the payload; of a 304, the answer that it confirms."""
        if capture.is_confirmed:
            yield from self._source.block(capture.original)
            return
        head = b"".join(self._source.block(capture.record))
        before, after = _framing(head, capture.payload.length)
        yield head + before
        yield from self._source.payload(capture)
        yield after


def filled(capture: Capture) -> Capture:
    """What a full record says that was made for a revisit."""
    return replace(capture, revisit=None, status=200 if capture.is_confirmed else capture.status)


def _holds(span: Span, record: RecordRef) -> bool:
    return record.file == span.file and span.offset <= record.offset < span.offset + span.length


def _full_fields(capture: Capture, block: Block, *, is_coded: bool) -> Fields:
    origin = Origin(date=capture.date, uri=capture.uri, ip=capture.ip)
    # As in the archive's own records: validators disagree on what to digest under a transfer coding.
    payload = None if is_coded else capture.payload.sha256
    fields = warc.response_fields(origin, block, concurrent_to=(capture.record.id,), payload_sha256=payload)
    marks = ((RESOLVES, f"<{capture.record.id}>"), (PAYLOAD_FROM, f"<{capture.original.id}>"))
    return (*fields[:-1], *marks, fields[-1])


def _framing(head: bytes, length: int) -> tuple[bytes, bytes]:
    """What stands before and behind a body under this head: where that says chunked, all of it is one chunk."""
    reader = ResponseReader()
    for _ in reader.feed(head):
        pass
    return (f"{length:x}\r\n".encode(), b"\r\n0\r\n\r\n") if reader.framing == "chunked" else (b"", b"")


def opening(id_: str, snapshot: Snapshot) -> bytes:
    """The first record of a snapshot's WARC file, as a gzip member."""
    said = {
        "software": software_name(snapshot.software),
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": f"snapshot {id_} of {snapshot.article}",
        "description": f"as stored, byte for byte, but for records with the field {RESOLVES}",
    }
    block = "".join(f"{field}: {' '.join(value.split())}\r\n" for field, value in said.items()).encode()
    made = Block(record_id=_id(id_, "warcinfo"), length=len(block), sha256=sha256_hex(block))
    fields = warc.warcinfo_fields(made, date=snapshot.ended, filename=file_of(id_))
    return warc.member(fields, block, packed=True)


def made_id(id_: str, revisit: Capture) -> str:
    """The id of the full record that is made for a revisit: always the same one."""
    return _id(id_, f"response {revisit.record.id}")


def spans_of(id_: str, snapshot: Snapshot) -> Iterator[tuple[int, Span]]:
    """What of the archive's files stands behind the first record, and where."""
    at = len(opening(id_, snapshot))
    for span in snapshot.stored:
        yield at, span
        at += span.length


def file_of(id_: str) -> str:
    """The name of a snapshot's WARC file in a bundle."""
    return f"{id_[:12]}.warc.gz"


def _id(id_: str, what: str) -> str:
    # RFC 9562 5.5: from a name, so that it is the same whenever it is made.
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:archivist:bundle:{id_}:{what}')}"


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, however they were read."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= _PIECE:
            yield bytes(waiting[:_PIECE])
            del waiting[:_PIECE]
    if waiting:
        yield bytes(waiting)
