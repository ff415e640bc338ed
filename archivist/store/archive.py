"""WARC files: one for each run, appended to in whole snapshots, never rewritten.

The order of writes of one ``store`` call, and what a crash there leaves behind:

1. members are made in the calling thread: nothing on disk;
2. they are appended, one caller at a time: a torn or undescribed tail, which the next start cuts or adopts;
3. one fsync, after which ``store`` returns: whole records that no statement describes, which the next start adopts.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from blake3 import blake3

from archivist.clock import Clock, utc_text
from archivist.errors import DiskFailed
from archivist.model.capture import Capture, RecordRef, Span
from archivist.store.durable import Disk, Handle
from archivist.store.layout import Layout
from archivist.store.members import Part, Planned, certificates_part, plan, warcinfo_part
from archivist.store.metadata import Original, capture_of
from archivist.wire.exchange import Exchange

__all__ = ["Archive", "Original", "Stored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The exchanges of one call, durable."""

    span: Span
    captures: tuple[Capture, ...]
    """In the order of the exchanges."""


class Archive:
    """The WARC file of this run, made when the first snapshot is stored; may be used by several threads.

    Args:
        layout: where.
        disk: what it is written through.
        clock: names the file and dates its first record.
        software: who writes, for that record.
        user_agent: as sent to servers, for that record.
        robots: the policy towards robots.txt, for that record.
    """

    def __init__(
        self, layout: Layout, *, disk: Disk, clock: Clock, software: str, user_agent: str, robots: str
    ) -> None:
        self._layout = layout
        self._disk = disk
        self._clock = clock
        self._about = {"software": software, "robots": robots, "http-header-user-agent": user_agent}
        self._lock = threading.Lock()
        self._handle: Handle | None = None
        self._file = ""
        self._chains: set[tuple[bytes, ...]] = set()
        self._is_torn = False

    def store(
        self,
        exchanges: Sequence[Exchange],
        *,
        snapshot: str,
        page: str,
        find_original: Callable[[Exchange], Original | None] = lambda _: None,
    ) -> Stored:
        """All records of these exchanges are durable, in one span.

        Args:
            exchanges: one at least; their spools are read and left open.
            snapshot: what the records of one snapshot have in common, until its manifest names them.
            page: the address that the snapshot was asked for.
            find_original: the response that holds an exchange's payload already; never a revisit.

        Raises:
            DiskFailed: the disk would not; no byte of the call is left, or the next start finds it.
            BadWarc: an exchange cannot be written as WARC records; no byte of the call is left.
        """
        planned = plan(exchanges, snapshot=snapshot, page=page, find_original=find_original)
        with self._lock:
            handle = self._opened()
            parts = [*self._opening(handle), *self._new_chains(exchanges)]
            span, refs = self._append(handle, [*parts, *(part for each in planned for part in each.parts)])
            self._chains.update(part.chain for part in parts if part.chain)
        self._disk.sync(handle)
        return Stored(span=span, captures=_captures(planned, dict(zip((ref.id for ref in refs), refs, strict=True))))

    def prepare(self) -> None:
        """What records are written with is loaded, so that the first ones need not wait for it."""
        warcinfo_part(self._about, date=utc_text(self._clock.now()), filename="")

    def close(self) -> None:
        """The file is given back; a later ``store`` begins another one."""
        with self._lock:
            if self._handle is not None:
                self._disk.close(self._handle)
            self._handle = None
            self._chains.clear()

    def _opened(self) -> Handle:
        if self._is_torn:
            raise DiskFailed(
                f"archives/{self._file} ends in a torn record, so nothing more is stored in this run",
                hint="run archivist again: each start looks after torn records",
            )
        if self._handle is None:
            now = self._clock.now()
            self._file = f"{now:%Y-%m}/{now:%Y%m%dT%H%M%SZ}-{os.urandom(3).hex()}.warc.gz"
            self._handle = self._disk.open_append(self._layout.warc(self._file))
        return self._handle

    def _opening(self, handle: Handle) -> Iterator[Part]:
        if not handle.size:
            yield warcinfo_part(self._about, date=utc_text(self._clock.now()), filename=handle.path.name)

    def _new_chains(self, exchanges: Sequence[Exchange]) -> Iterator[Part]:
        seen = set(self._chains)
        for exchange in exchanges:
            tls = exchange.peer.tls
            if tls is not None and tls.chain and tls.chain not in seen:
                seen.add(tls.chain)
                yield certificates_part(exchange, tls.chain)

    def _append(self, handle: Handle, parts: Sequence[Part]) -> tuple[Span, list[RecordRef]]:
        start = handle.size
        hasher = blake3()
        refs: list[RecordRef] = []

        def members() -> Iterator[bytes]:
            at = start
            for part in parts:
                offset = at
                for piece in part.pieces():
                    hasher.update(piece)
                    at += len(piece)
                    yield piece
                refs.append(RecordRef(file=self._file, offset=offset, length=at - offset, id=part.record_id))

        try:
            self._disk.append(handle, members())
        except BaseException:
            # Whatever interrupted us, a file that goes on behind half a record would be lost to every reader.
            self._cut(handle, start)
            raise
        length = handle.size - start
        return Span(file=self._file, offset=start, length=length, blake3=hasher.hexdigest()), refs

    def _cut(self, handle: Handle, start: int) -> None:
        self._is_torn = True
        try:
            self._disk.cut(handle, start)
        except DiskFailed:
            return
        self._is_torn = False


def _captures(planned: Sequence[Planned], refs: dict[str, RecordRef]) -> tuple[Capture, ...]:
    return tuple(
        capture_of(each.exchange, record=refs[each.record_id], original=_placed(each.original, refs))
        for each in planned
    )


def _placed(original: Original | None, refs: dict[str, RecordRef]) -> Original | None:
    """The place of an original stored by the same call is known only now."""
    return original and replace(original, record=refs.get(original.record.id, original.record))
