"""A small archive made by the store itself, in three runs: two articles, revisits, a repair, a later reading."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from blake3 import blake3

from archivist.clock import FixedClock, SystemClock
from archivist.model.article import Article
from archivist.model.capture import Capture
from archivist.model.config import Settings
from archivist.model.finding import Finding
from archivist.model.held import REREAD, Held, Reread
from archivist.model.manifest import Event, Snapshot, Statement
from archivist.model.quality import Quality
from archivist.proof.report import VerifyResult
from archivist.proof.trust import Trust
from archivist.store.archive import Archive, Original
from archivist.store.layout import Layout
from archivist.store.ledger import Ledger
from archivist.store.log import Log
from archivist.verbs.verify import verify
from archivist.wire.exchange import Exchange
from archivist.workspace import Workspace
from tests.unit.store.exchanges import (
    ARCHIVE_ID,
    NOON,
    ORIGIN,
    archive_statement,
    chunked,
    exchange,
    gzipped,
    quick_disk,
    sign,
    snapshot,
)

__all__ = ["ARTICLES", "TRUST", "Small", "checked", "copy_of", "make", "named", "read_anew", "workspace_of"]

TRUST = Trust(roots=bytes, now=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
ARTICLES = ("https://www.example.org/news/harbour-bridge", "https://www.example.org/news/ferry")


@dataclass
class Small:
    """An archive that is being written; ``bend`` lets it say what is not so."""

    root: Path
    bend: Callable[[Snapshot], Snapshot] = lambda honest: honest

    def __post_init__(self) -> None:
        self.layout = Layout(self.root)
        self.disk = quick_disk(self.root)
        self.ledger = Ledger(self.layout, disk=self.disk)
        self.originals: dict[str, Original] = {}
        self.last: dict[str, tuple[int, str]] = {}
        self.written: list[str] = []

    def start(self, hours: int) -> None:
        """A run begins."""
        clock = FixedClock(NOON)
        clock.advance(hours * 3600)
        self.warc = Archive(
            self.layout, disk=self.disk, clock=clock, software="archivist/0", user_agent="archivist/0", robots="obey"
        )

    def snap(self, article: str, *exchanges: Exchange, carried: tuple[Capture, ...] = ()) -> Snapshot:
        """Store and seal one snapshot."""
        stored = self.warc.store(exchanges, snapshot=f"s{len(self.written)}", page=article, find_original=self.original)
        for capture in stored.captures:
            if capture.revisit is None:
                found = Original(record=capture.record, uri=capture.uri, date=capture.date)
                self.originals.setdefault(capture.payload.sha256, found)
        number, previous = self.last.get(article, (0, None))
        made = snapshot(
            number=number + 1,
            previous=previous,
            article=article,
            spans=(stored.span,),
            captures=(*stored.captures, *(replace(each, is_carried=True) for each in carried)),
        )
        made = self.bend(made)
        self.last[article] = (number + 1, self.write(made))
        return made

    def original(self, exchange: Exchange) -> Original | None:
        """The stored response with this payload."""
        return self.originals.get(exchange.payload.sha256)

    def write(self, statement: Statement) -> str:
        """Write a statement."""
        written = self.ledger.write(statement)
        self.written.append(written.id)
        return written.id

    def sign(self) -> None:
        """A run ends."""
        self.warc.close()
        Log(self.layout, disk=self.disk).append(self.written, origin=ORIGIN, sign=sign)
        self.written.clear()


def make(root: Path, *, bend: Callable[[Snapshot], Snapshot] = lambda honest: honest) -> Small:
    """The archive: three WARC files, seven statements, a repair and a later reading, three checkpoints."""
    small = Small(root, bend)
    small.write(archive_statement())
    bridge, ferry = ARTICLES
    image = exchange(b"\x89PNG" + bytes(range(40)), uri="https://www.example.org/a.png", role="requisite", kind="image")
    small.start(0)
    first = small.snap(bridge, _page(bridge, 1), image)
    small.snap(ferry, _page(ferry, 1), carried=(first.captures[1],))
    small.sign()
    small.start(1)
    small.snap(bridge, _page(bridge, 2), image)
    small.snap(ferry, _page(ferry, 1))
    small.sign()
    small.start(2)
    small.snap(bridge, exchange(uri=bridge, raw=chunked(b"<h1>Bridge, third</h1>"), seconds_late=9))
    small.snap(ferry, exchange(uri=ferry, raw=gzipped(b"<h1>Ferry, second</h1>"), seconds_late=9))
    small.write(_repair(small))
    small.write(read_anew(small.last[ferry][1]))
    small.sign()
    return small


def read_anew(snapshot_id: str, *, same_as: str | None = None) -> Event:
    """A later reading of a snapshot; with ``same_as``, one that another statement holds."""
    article = None if same_as else Article(url=ARTICLES[1], problems=("read anew",))
    reread = Reread(
        snapshot=snapshot_id,
        held=Held(article=article, same_as=same_as),
        fingerprint="f" * 64,
        quality=Quality(verdict="page"),
    )
    return Event(
        archive=ARCHIVE_ID,
        kind=REREAD,
        at="2026-11-23T16:00:00.000000Z",
        software={"name": "archivist"},
        said="a snapshot was read anew",
        details=reread.to_json(),
    )


def _page(article: str, edition: int) -> Exchange:
    return exchange(f"<h1>{article[-5:]}, edition {edition}</h1>".encode(), uri=article, seconds_late=edition)


def _repair(small: Small) -> Event:
    """A torn end that was cut off, as a start after a crash does."""
    warc = min(small.layout.archives.glob("*/*.warc.gz"))
    kept = warc.with_name(f"{warc.name}.torn")
    kept.write_bytes(b"\x1f\x8b\x08 torn")
    file = f"{warc.parent.name}/{warc.name}"
    return Event(
        archive=ARCHIVE_ID,
        kind="repair",
        at="2026-11-23T15:00:00.000000Z",
        software={"name": "archivist"},
        said="a torn end was cut off and kept",
        details={
            "torn": [
                {
                    "file": file,
                    "offset": warc.stat().st_size,
                    "length": kept.stat().st_size,
                    "kept": f"{file}.torn",
                    "blake3": blake3(kept.read_bytes()).hexdigest(),
                }
            ]
        },
    )


def copy_of(root: Path, target: Path) -> Path:
    """Another archive with the same bytes."""
    return Path(shutil.copytree(root, target))


def workspace_of(root: Path) -> Workspace:
    """What ``verify`` asks of a workspace."""
    return cast("Workspace", SimpleNamespace(layout=Layout(root), disk=quick_disk(root)))


def checked(root: Path, *, snapshots: tuple[str, ...] | None = None, is_deep: bool = False) -> VerifyResult:
    """The answer."""
    return verify(workspace_of(root), snapshots=snapshots, is_deep=is_deep, trust=TRUST, progress=None)


def named(result: VerifyResult, name: str) -> list[Finding]:
    """The findings about a file."""
    return [finding for finding in result.findings if finding.where.split(",")[0] == name]
