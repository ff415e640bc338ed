"""Step 4 of ``bundle.check``: the WARC records in a bundle are what the manifests in it say, and there are no others.

Inside a span whose BLAKE3 is right every record is the one that was stored. Outside of the spans stand records that no
digest of the manifest covers as a whole, so each must be one that a capture accounts for.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Final

from blake3 import blake3

from archivist.bundle.chosen import Chosen
from archivist.bundle.selfcontained import CERTIFICATES, RESOLVES, Placed, file_of, filled, made_id, opening, spans_of
from archivist.bundle.zip import Entry
from archivist.errors import BadWarc
from archivist.model.capture import Capture, RecordRef
from archivist.model.finding import Finding
from archivist.proof.check_capture import Examined, Expected, check_capture, examine
from archivist.proof.digest import sha256_hex
from archivist.wire.http1 import ResponseHead
from archivist.wire.warc import Member, WarcFault, iter_members

__all__ = ["Records", "find_damaged"]

_PIECE: Final = 256 * 1024
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----")
_MAX_CHAIN: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A record that was met, and is the one that it should be."""

    file: str
    offset: int
    """In its WARC file."""
    length: int
    head: ResponseHead | None


@dataclass(slots=True, kw_only=True)
class Records:
    """All WARC files of a bundle, as they are checked one after the other.

    Args:
        chosen: the snapshots of the bundle, by id.
        where: what to call the bundle.
    """

    chosen: Mapping[str, Chosen]
    where: str
    met: dict[str, _Found] = field(default_factory=dict)
    """By record id: of captures, and of the originals of revisits."""
    made: dict[tuple[str, str], _Found] = field(default_factory=dict)
    """Full records, by WARC file and id of the revisit."""
    count: int = 0
    _expected: dict[str, list[Expected]] = field(default_factory=dict)
    """By record id, what the manifests say of it."""

    def __post_init__(self) -> None:
        for id_, chosen in self.chosen.items():
            for number, capture in enumerate(chosen.captures):
                own = Expected(capture=capture, by=f"snapshot {id_[:12]}, capture {number}")
                self._expected.setdefault(capture.record.id, []).append(own)
                if capture.revisit is not None:
                    original = replace(own, is_original=True)
                    self._expected.setdefault(capture.revisit.record.id, []).append(original)

    def head_of(self, capture: Capture) -> ResponseHead | None:
        """The HTTP head that describes a capture's payload."""
        if capture.is_confirmed:
            full = next((each for (_, revisit), each in self.made.items() if revisit == capture.record.id), None)
            found = full or self.met.get(capture.original.id)
        else:
            found = self.met.get(capture.record.id)
        return found.head if found else None

    def check(self, id_: str, file: BinaryIO, entry: Entry) -> Iterator[Finding]:
        """The WARC file of one snapshot.

        Args:
            id_: of the snapshot.
            file: the bundle.
            entry: of the WARC file in it.
        """
        snapshot, start = self.chosen[id_].snapshot, entry.start
        first = opening(id_, snapshot)
        file.seek(start)
        if file.read(len(first)) != first:
            yield self._failed(entry.name, 0, "its first record is not the one that a bundle of this snapshot has")
        end = len(first)
        for at, span in spans_of(id_, snapshot):
            end = at + span.length
            if _blake3(file, start + at, min(span.length, entry.size - at)) != span.blake3:
                yield self._failed(
                    entry.name, at, f"these {span.length} bytes are not those that the manifest describes"
                )
                return
        try:
            yield from self._members(id_, file, entry, end)
        except BadWarc as error:
            yield self._failed(entry.name, None, str(error))

    def check_complete(self) -> Iterator[Finding]:
        """After all files: every capture has its record, and every revisit its payload."""
        for id_, chosen in self.chosen.items():
            file = file_of(id_)
            for capture in chosen.captures:
                if capture.record.id not in self.met:
                    yield self._failed(f"archive/{file}", None, f"the record of {capture.uri} is missing")
                elif (
                    capture.revisit is not None
                    and capture.revisit.record.id not in self.met
                    and (file, capture.record.id) not in self.made
                ):
                    yield self._failed(f"archive/{file}", None, f"the payload of {capture.uri} is missing")

    def placed(self) -> Iterator[Placed]:
        """What the index should be made of, where all of it was in order."""
        for id_, chosen in self.chosen.items():
            file = file_of(id_)
            for capture in chosen.captures:
                full, own = self.made.get((file, capture.record.id)), self.met.get(capture.record.id)
                if full is not None:
                    yield _placed(filled(capture), full)
                elif own is not None and own.file == file and not capture.is_confirmed:
                    yield _placed(capture, own)

    def _members(self, id_: str, file: BinaryIO, entry: Entry, end_of_spans: int) -> Iterator[Finding]:
        beside: set[tuple[str, str]] = set()
        """Kind, and the record that it belongs to, of those that may come next outside of the spans."""
        for member in iter_members(file, start=entry.start, end=entry.end):
            self.count += 1
            is_inside = member.offset - entry.start < end_of_spans
            record_id = member.header.record_id
            resolves = (member.header.get(RESOLVES) or "").strip("<>")
            if found := self._expected.get(record_id):
                yield from self._capture(found, member, entry)
                beside = set() if is_inside else {("request", record_id), ("metadata", record_id)}
            elif resolves and not is_inside:
                yield from self._made(id_, resolves, member, entry)
            elif not is_inside and not _is_beside(member, beside) and not self._is_chain(member):
                said = f"no capture of the snapshot accounts for the record {record_id[:80]}"
                yield self._failed(entry.name, member.offset - entry.start, said)

    def _capture(self, found: Sequence[Expected], member: Member, entry: Entry) -> Iterator[Finding]:
        method = next((each.capture.method for each in found if not each.is_original), "GET")
        record = examine(member, method=method)
        at = member.offset - entry.start
        for expected in found:
            fault = check_capture(expected, record)
            if fault is not None:
                yield self._failed(entry.name, at, fault.said)
                return
        self._take(self.met, member.header.record_id, record, entry)

    def _made(self, id_: str, resolves: str, member: Member, entry: Entry) -> Iterator[Finding]:
        """A full record that was made for a revisit: everything in it is a capture's."""
        at, record_id = member.offset - entry.start, member.header.record_id
        captures = self.chosen[id_].captures
        capture = next((each for each in captures if each.revisit is not None and each.record.id == resolves), None)
        if capture is None or record_id != made_id(id_, capture):
            yield self._failed(entry.name, at, f"no revisit of the snapshot accounts for the record {record_id[:80]}")
            return
        record = examine(member, method=capture.method)
        ref = RecordRef(file=entry.name, offset=at, length=record.length, id=record_id)
        expected = Expected(capture=replace(filled(capture), record=ref), by=f"snapshot {id_[:12]}")
        fault = check_capture(expected, record)
        if fault is not None:
            yield self._failed(entry.name, at, fault.said)
        elif (own := self.met.get(resolves)) is None or (own.head != record.head and not capture.is_confirmed):
            yield self._failed(entry.name, at, f"{capture.uri}: the head is not that of the revisit that it stands for")
        else:
            self._take(self.made, (file_of(id_), resolves), record, entry)

    def _take(
        self, into: dict[str, _Found] | dict[tuple[str, str], _Found], key: object, record: Examined, entry: Entry
    ) -> None:
        file = entry.name.removeprefix("archive/")
        found = _Found(file=file, offset=record.offset - entry.start, length=record.length, head=record.head)
        into[key] = found  # type: ignore[index]  # each caller gives the key that its table has

    def _is_chain(self, member: Member) -> bool:
        """Whether a record holds certificates that a capture names."""
        name = (member.header.target_uri or "").removeprefix(CERTIFICATES)
        named = {each.certificate for chosen in self.chosen.values() for each in chosen.captures}
        if member.header.type != "resource" or name not in named or member.header.content_length > _MAX_CHAIN:
            return False
        first = _CERTIFICATE.match(b"".join(member.block()))
        return first is not None and sha256_hex(b64decode(first[1])) == name

    def _failed(self, name: str, at: int | None, said: str) -> Finding:
        place = "" if at is None else f", byte {at}"
        where = f"{self.where}: {name}{place}"
        return Finding(state="failed", code="bundle-records", where=where, said=said, fix="ask for the bundle again")


def find_damaged(file: BinaryIO, entry: Entry) -> str:
    """Which record of a WARC file cannot be read, as a sentence; empty where all can."""
    try:
        for member in iter_members(file, start=entry.start, end=entry.end):
            for _ in member.block():
                pass
    except WarcFault as error:
        return f"; the record at its byte {error.offset - entry.start} is damaged"
    except BadWarc:
        return "; one of its records is damaged"
    return ""


def _is_beside(member: Member, beside: set[tuple[str, str]]) -> bool:
    """Whether a record is the request or the metadata of the capture before it; there is one of each."""
    header = member.header
    mine = {(header.type, record_id) for record_id in header.concurrent_to} & beside
    beside -= mine
    return bool(mine)


def _placed(capture: Capture, found: _Found) -> Placed:
    return Placed(
        capture=capture,
        file=found.file,
        offset=found.offset,
        length=found.length,
        is_revisit=capture.revisit is not None,
    )


def _blake3(file: BinaryIO, start: int, length: int) -> str:
    hasher = blake3()
    file.seek(start)
    while length > 0 and (piece := file.read(min(length, _PIECE))):
        length -= len(piece)
        hasher.update(piece)
    return hasher.hexdigest()
