"""Records that no statement describes, as an interrupted run leaves them: what they are, from themselves alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from archivist.errors import BadHttp, BadManifest, BadWarc
from archivist.model.capture import Capture, RecordRef, Revisit, Span
from archivist.model.json import Json, Reader
from archivist.proof.canonical import parse
from archivist.store.metadata import CONTENT_TYPE, recalled
from archivist.store.reader import ArchiveReader
from archivist.wire.http1 import ResponseHead, ResponseReader
from archivist.wire.told import head_told
from archivist.wire.warc import Member, RecordHeader

__all__ = ["Leftover", "Remains", "read_remains"]

_MAX_METADATA = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """Whole records in one run that belong together."""

    span: Span
    records: tuple[RecordRef, ...]
    snapshot: str | None
    """As given to ``Archive.store``; None where the records do not say."""
    page: str | None
    """The address that the snapshot was asked for."""
    captures: tuple[Capture, ...]
    """Of those exchanges whose records are all there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """What stands in a part of a file that no statement describes."""

    leftovers: tuple[Leftover, ...]
    end: int
    """Where the whole records end."""
    fault: str | None
    """What is wrong with the bytes after them, if there are any."""


@dataclass(slots=True)
class _Seen:
    ref: RecordRef
    header: RecordHeader
    head: ResponseHead | None = None
    metadata: Json = None


@dataclass(slots=True)
class _Group:
    snapshot: str | None
    page: str | None
    seen: list[_Seen] = field(default_factory=list)


def read_remains(reader: ArchiveReader, file: str, *, start: int, end: int) -> Remains:
    """What stands between two places of a file; every byte of it is read.

    Raises:
        NotFound: the file is missing.
        DiskFailed: it cannot be read.
    """
    seen: list[_Seen] = []
    fault = None
    try:
        for member in reader.members(file, start=start, end=end):
            found = _look(member, file)
            seen.append(found)
    except BadWarc as error:
        fault = str(error)
    whole = seen[-1].ref.offset + seen[-1].ref.length if seen else start
    groups = [group for group in _grouped(seen) if group.seen]
    captures = _captures(seen)
    leftovers = tuple(_leftover(reader, group, captures) for group in groups)
    return Remains(leftovers=leftovers, end=whole, fault=fault)


def _look(member: Member, file: str) -> _Seen:
    """The record, read and checked to its end."""
    header = member.header
    response = ResponseReader() if header.type in {"response", "revisit"} else None
    if response is not None and (head := head_told(header)):
        response = _fed(response, head)
    metadata = bytearray() if header.type == "metadata" and header.content_type == CONTENT_TYPE else None
    for piece in member.block():
        if response is not None and response.head is None:
            response = _fed(response, piece)
        if metadata is not None and len(metadata) <= _MAX_METADATA:
            metadata += piece
    if header.type == "revisit" and header.exchange:
        metadata = bytearray(header.exchange.encode())
    ref = RecordRef(file=file, offset=member.offset, length=member.length, id=header.record_id)
    return _Seen(
        ref=ref,
        header=header,
        head=response.head if response else None,
        metadata=_parsed(bytes(metadata)) if metadata is not None else None,
    )


def _fed(response: ResponseReader, piece: bytes) -> ResponseReader | None:
    try:
        response.feed(piece)
    except BadHttp:
        return None
    return response


def _parsed(block: bytes) -> Json:
    try:
        return parse(block, max_bytes=_MAX_METADATA)
    except BadManifest:
        return None


def _grouped(seen: list[_Seen]) -> Iterator[_Group]:
    """The records of each snapshot: those of an exchange come before the metadata that names it, but for a revisit.

    That one says itself which snapshot it belongs to, and its request follows.
    """
    group = _Group(snapshot=None, page=None)
    waiting: list[_Seen] = []
    for each in seen:
        waiting.append(each)
        snapshot, page = _named(each.metadata)
        if snapshot is None and group.seen and group.seen[-1].ref.id in each.header.concurrent_to:
            snapshot, page = group.snapshot, group.page
        if snapshot is None:
            continue
        if group.snapshot != snapshot:
            yield group
            group = _Group(snapshot=snapshot, page=page)
        group.seen += waiting
        waiting = []
    yield group
    yield _Group(snapshot=None, page=None, seen=waiting)


def _named(metadata: Json) -> tuple[str | None, str | None]:
    if not isinstance(metadata, dict):
        return None, None
    try:
        reader = Reader(metadata, "metadata")
        return reader.text_or_none("snapshot"), reader.text_or_none("page")
    except BadManifest:
        return None, None


def _captures(seen: list[_Seen]) -> dict[str, Capture]:
    """The captures by the id of the record that has their metadata."""
    by_id = {each.ref.id: each for each in seen}
    captures: dict[str, Capture] = {}
    for each in seen:
        about = (each.ref.id,) if each.header.type == "revisit" else each.header.concurrent_to
        first = next((by_id[id_] for id_ in about if id_ in by_id), None)
        if each.metadata is None or first is None or first.head is None:
            continue
        try:
            captures[each.ref.id] = recalled(
                each.metadata,
                uri=first.header.target_uri or "",
                date=first.header.date,
                head=first.head,
                record=first.ref,
                revisit=_revisit(first.header, each.metadata, by_id),
            )
        except BadManifest:
            continue
    return captures


def _revisit(header: RecordHeader, metadata: Json, by_id: dict[str, _Seen]) -> Revisit | None:
    """What a revisit refers to.

    Raises:
        BadManifest: the metadata does not say where its original stands.
    """
    if header.type != "revisit":
        return None
    original = by_id.get(header.refers_to or "")
    ref = original.ref if original else Reader(metadata, "metadata").one("original", RecordRef.from_json)
    if ref.id != header.refers_to:
        raise BadManifest(f"metadata.original is {ref.id[:80]}, the revisit refers to another record")
    return Revisit(
        record=ref,
        uri=header.get("WARC-Refers-To-Target-URI") or "",
        date=header.get("WARC-Refers-To-Date") or "",
    )


def _leftover(reader: ArchiveReader, group: _Group, captures: dict[str, Capture]) -> Leftover:
    first, last = group.seen[0].ref, group.seen[-1].ref
    length = last.offset + last.length - first.offset
    digest = reader.blake3(first.file, offset=first.offset, length=length)
    return Leftover(
        span=Span(file=first.file, offset=first.offset, length=length, blake3=digest),
        records=tuple(each.ref for each in group.seen),
        snapshot=group.snapshot,
        page=group.page,
        captures=tuple(captures[each.ref.id] for each in group.seen if each.ref.id in captures),
    )
