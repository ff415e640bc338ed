"""The records of one WARC file, inflated for ``archivist verify --deep``: step 7 of ``proof.check``.

Nothing is judged here: records go to ``proof.check_capture``.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate

from archivist.errors import BadManifest, BadWarc
from archivist.model.capture import RecordRef, Span
from archivist.model.finding import Finding
from archivist.model.json import Json
from archivist.proof.canonical import parse
from archivist.proof.check_capture import Examined, Expected, check_capture, check_metadata, examine, not_met
from archivist.store.metadata import CONTENT_TYPE, is_told, recalled
from archivist.store.reader import ArchiveReader
from archivist.wire.http1 import ResponseHead

__all__ = ["Records"]


class Records:
    """The records of one file that captures name.

    Args:
        reader: of the archive.
        file: relative to ``archives/``.
        spans: of the file, that statements describe.
        expected: by offset, the captures that the records are held to.
        damaged: from and to; what is found there follows from what was told already.
        read: told how many bytes were read.
    """

    def __init__(
        self,
        reader: ArchiveReader,
        file: str,
        *,
        spans: Sequence[Span],
        expected: Mapping[int, Sequence[Expected]],
        damaged: Sequence[tuple[int, int]],
        read: Callable[[int], None],
    ) -> None:
        self.count = 0
        self.captures = 0
        self._reader = reader
        self._file = file
        self._spans = spans
        self._expected = expected
        self._damaged = list(damaged)
        self._read = read
        self._met: set[int] = set()

    def check(self) -> Iterator[Finding]:
        """Step 7: one finding for each record that is not what captures say."""
        for start, end in self._ranges():
            yield from self._range(start, end)
        for offset, expected in sorted(self._expected.items()):
            if offset not in self._met and not self._is_damaged(offset):
                yield not_met(expected[0])

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """The spans, and the places of records outside of them."""
        spans = sorted((each.offset, each.offset + each.length) for each in self._spans)
        starts = [start for start, _ in spans]
        reach = [0, *accumulate((end for _, end in spans), max)]
        places = [
            (ref.offset, ref.offset + ref.length)
            for offset, expected in self._expected.items()
            for ref in (_ref(expected[0]),)
            if offset >= reach[bisect_right(starts, offset)]
        ]
        for place in sorted([*spans, *places]):
            if not self._is_damaged(place[0]):
                yield place

    def _range(self, start: int, end: int) -> Iterator[Finding]:
        waiting: dict[str, tuple[ResponseHead, Sequence[Expected]]] = {}
        at = start
        try:
            for member in self._reader.members(self._file, start=start, end=end):
                at = member.offset
                expected = self._expected.get(at, ())
                own = [each for each in expected if not each.is_original]
                record = examine(member, method=own[0].capture.method if own else "GET", is_named=bool(expected))
                at += record.length
                self.count += 1
                self.captures += len(own)
                self._met.add(record.offset)
                self._read(record.length)
                faults = [finding for each in expected if (finding := check_capture(each, record))]
                if own and record.head is not None and not faults:
                    waiting[record.header.record_id] = (record.head, own)
                # Many captures may name one record; what is wrong with it is told once.
                faults += _metadata_faults(record, waiting)
                yield from faults[:1]
        except BadWarc as error:
            self._damaged.append((at, end))
            said = f"the record is damaged: {error}"
            yield Finding(state="failed", code="warc-record", where=f"archives/{self._file}, byte {at}", said=said)

    def _is_damaged(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._damaged)


def _metadata_faults(
    record: Examined, waiting: dict[str, tuple[ResponseHead, Sequence[Expected]]]
) -> Iterator[Finding]:
    """What the metadata of an exchange says otherwise than the manifest: a record of its own, or a revisit itself."""
    header = record.header
    if header.type == "revisit" and record.metadata:
        about: tuple[str, ...] = (header.record_id,)
    elif header.type == "metadata" and header.content_type == CONTENT_TYPE:
        about = header.concurrent_to
    else:
        return
    for id_ in about:
        head, expected = waiting.pop(id_, (None, ()))
        for each in expected:
            if head is not None and (finding := _told_otherwise(each, record, head)):
                yield finding


def _told_otherwise(expected: Expected, record: Examined, head: ResponseHead) -> Finding | None:
    capture = expected.capture
    try:
        metadata = _read(record.metadata)
        if is_told(capture, metadata, head=head):
            return None
        told = recalled(
            metadata,
            uri=capture.uri,
            date=capture.date,
            head=head,
            record=capture.record,
            revisit=capture.revisit,
        )
    except BadManifest as error:
        said = f"the metadata of {capture.uri} cannot be read: {error}"
        where = f"archives/{capture.record.file}, byte {record.offset}"
        return Finding(state="failed", code="capture", where=where, said=said)
    return check_metadata(expected, told)


def _read(metadata: bytes) -> Json:
    """What a metadata record says. That its bytes are those that were stored is shown by their digest.

    Raises:
        BadManifest: it cannot be read.
    """
    try:
        value: Json = json.loads(metadata)
    except (ValueError, RecursionError):
        return parse(metadata)
    return value


def _ref(expected: Expected) -> RecordRef:
    return expected.capture.original if expected.is_original else expected.capture.record
