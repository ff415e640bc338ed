"""Runs of the whole program in processes of their own, to be interrupted, and what must be true after the next start.

A line that a run has printed is a snapshot that it has acknowledged: whatever happens afterwards, that is in the
archive, to the byte. Nothing that the next start finds is deleted or changed; the torn end of a WARC file moves.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator

from archivist.demo import pdf
from archivist.model.manifest import Snapshot
from archivist.proof.checkpoint import open_checkpoint
from archivist.proof.note import VerifierKey
from archivist.store.layout import Layout
from archivist.store.log import Log
from archivist.store.reader import ArchiveReader
from archivist.verbs.verify import verify
from archivist.workspace import Workspace, find_archive
from tests.press import Press
from tests.press import responses as r
from tests.unit.extract import pictures

__all__ = [
    "CHECKOUT",
    "Going",
    "Paper",
    "assert_kept",
    "assert_sound",
    "assert_untouched",
    "evidence",
    "going",
    "has_ended",
    "is_archive",
    "open_archive",
    "run",
    "signed_size",
]

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds after which a process that should have ended is taken for stuck."""
_REPLACED = "manifests/log/checkpoint"
"""The one file that a start may write over: a copy of the newest signed checkpoint."""
_TILE = re.compile(r"manifests/log/tile/.*")


class Paper:
    """A newspaper of small articles on a press, each with a picture and a linked PDF, and one style sheet for all."""

    def __init__(self, press: Press, *, articles: int, picture: int = 3000) -> None:
        self.press = press
        self.bodies: dict[str, bytes] = {"/style.css": b"body { margin: 0 }\n" * 40}
        press.serve("/style.css", r.plain(self.bodies["/style.css"], media_type="text/css"))
        for number in range(articles):
            self._publish(number, picture=picture)
        self.urls = [press.url(f"/news/{number}.html") for number in range(articles)]

    def _publish(self, number: int, *, picture: int) -> None:
        line = pdf.Line(text=f"Report {number}: the cranes of Saltmere harbour were last inspected in spring.")
        moment = datetime(2026, 11, 16, 14, tzinfo=UTC)
        report = pdf.document((pdf.Page(lines=(line,)),), title=f"Report {number}", author="Council", created=moment)
        credit = pictures.xmp_segment(pictures.packet(f'photoshop:Credit="Northquay Pictures {number}"'))
        photo = b"\xff\xd8" + credit + b"\xff\xda" + random.Random(number).randbytes(picture)
        text = f"<p>Crane number {number} stood still for a day, and nobody in the harbour could say why.</p>" * 4
        body = (
            f'<article><h1>Crane {number} stands still</h1>{text}<p>See <a href="/reports/{number}.pdf">the report</a>.'
            f'</p><figure><img src="/photos/{number}.jpg"><figcaption>Crane {number}</figcaption></figure></article>'
        )
        page = r.page(body, '<link rel="stylesheet" href="/style.css">', title=f"Crane {number}")
        self.bodies |= {f"/news/{number}.html": page, f"/photos/{number}.jpg": photo, f"/reports/{number}.pdf": report}
        self.press.serve_all(
            {
                f"/news/{number}.html": r.plain(page),
                f"/photos/{number}.jpg": r.plain(photo, media_type="image/jpeg"),
                f"/reports/{number}.pdf": r.pdf(report),
            }
        )

    def digest(self, url: str) -> str:
        """The SHA-256 of what stands at an address."""
        return hashlib.sha256(self.bodies[url.removeprefix(self.press.url(""))]).hexdigest()


@dataclass
class Going:
    """A run under way, alone in its process group with its reader."""

    process: subprocess.Popen[bytes]

    def __post_init__(self) -> None:
        self.lines: list[str] = []
        self.said = ""
        self._news = threading.Condition()
        streams = ((self.process.stdout, self._listen), (self.process.stderr, self._hear))
        self._listeners = [threading.Thread(target=target, args=(stream,)) for stream, target in streams if stream]
        for thread in self._listeners:
            thread.start()

    @property
    def acknowledged(self) -> list[dict[str, Any]]:
        """The snapshots that it has acknowledged."""
        with self._news:
            told = [json.loads(line) for line in self.lines]
        return [line for line in told if line.get("stored")]

    def after_lines(self, count: int) -> None:
        """It has printed so many lines, or has ended."""
        with self._news:
            self._news.wait_for(lambda: len(self.lines) >= count or self.process.poll() is not None, timeout=PATIENCE)

    def after(self, seconds: float) -> None:
        """So much time has passed, or it has ended."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)

    def children(self) -> list[int]:
        """Its child processes (proc(5); a thread has its own list)."""
        found = []
        with suppress(OSError):
            for path in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
                with suppress(OSError):
                    found += [int(word) for word in path.read_text().split()]
        return found

    def after_words(self, words: str) -> None:
        """It has said these words on stderr, or has ended."""
        with self._news:
            self._news.wait_for(lambda: words in self.said or self.process.poll() is not None, timeout=PATIENCE)

    def send(self, number: signal.Signals, *, is_alone: bool = False) -> None:
        """Send a signal to it and its reader, or to it alone."""
        with suppress(ProcessLookupError):
            (os.kill if is_alone else os.killpg)(self.process.pid, number)

    def kill(self, *, is_alone: bool = False, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to it and its reader, or to it alone; it has ended."""
        self.send(number, is_alone=is_alone)
        self.wait()

    def wait(self) -> int:
        """It has ended, and all that it said is known; its exit code."""
        code = self.process.wait(PATIENCE)
        for thread in self._listeners:
            thread.join(PATIENCE)
        return code

    def _listen(self, stream: IO[bytes]) -> None:
        with stream:
            for line in stream:
                with self._news:
                    if line.endswith(b"\n"):
                        self.lines.append(line.decode())
                    self._news.notify_all()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        with self._news:
            self._news.notify_all()

    def _hear(self, stream: IO[bytes]) -> None:
        with stream:
            for line in stream:
                with self._news:
                    self.said += line.decode()
                    self._news.notify_all()


@contextmanager
def going(
    root: Path, *words: str | Path, listens: bool = True, before: tuple[str, ...] = (), **environ: str
) -> Iterator[Going]:
    """``archivist -C ROOT WORDS…`` under way; nothing of it is left behind the block.

    Args:
        root: of the archive.
        words: verb and arguments.
        listens: whether anybody reads its output.
        before: what stands before the command, such as ``nohup``.
        environ: more of its environment.
    """
    path = os.pathsep.join([str(CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])])
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARCHIVIST_")}
    ours = {
        "PYTHONPATH": path,
        "ARCHIVIST_KEYS": str(root.with_name(f"{root.name}-keys")),
        "ARCHIVIST_ALLOW": "127.0.0.1",
        "ARCHIVIST_ROBOTS": "ignore",
        "ARCHIVIST_FETCH_DELAY": "0",
        "ARCHIVIST_FETCH_RETRIES": "0",
        "ARCHIVIST_STAMP_AUTHORITIES": "",
        "ARCHIVIST_STAMP_CALENDARS": "",
    }
    deaf, writing = os.pipe()
    os.close(deaf)
    process = subprocess.Popen(
        [*before, sys.executable, "-m", "archivist", "-C", str(root), *map(str, words)],
        stdout=subprocess.PIPE if listens else writing,
        stderr=subprocess.PIPE,
        env={**kept, **ours, **environ},
        start_new_session=True,
    )
    os.close(writing)
    under_way = Going(process)
    try:
        yield under_way
    finally:
        under_way.kill()


def run(root: Path, *words: str | Path, **environ: str) -> Going:
    """``archivist -C ROOT WORDS…``, ended."""
    with going(root, *words, **environ) as over:
        over.wait()
    return over


def has_ended(pid: int, *, seconds: float = 10) -> bool:
    """Whether a process that need not be our child is gone, after waiting for it."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


def evidence(root: Path) -> dict[str, bytes]:
    """Every file of archives/ and manifests/ that is no temporary one."""
    paths = [path for top in ("archives", "manifests") for path in (root / top).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths if not path.name.startswith(".tmp-")}


def open_archive(root: Path) -> Workspace:
    """The archive as a library user opens it."""
    return Workspace.open(find_archive(root, environ={}), environ={})


def is_archive(root: Path) -> bool:
    """Whether an archive was made before the run died."""
    return (root / "manifests" / "archive.json").is_file()


def signed_size(root: Path) -> int:
    """Entries under the newest checkpoint, as another program would look for it."""
    folder = root / "manifests" / "log" / "checkpoints"
    return max((int(path.name) for path in folder.glob("[0-9]*")), default=0)


def assert_untouched(before: Mapping[str, bytes], after: Mapping[str, bytes], *, signed: int) -> None:
    """Every byte stands where it stood, but for torn ends, which stand in files of their own.

    Args:
        before: the evidence before a start.
        after: and after it.
        signed: entries under the newest checkpoint before: tiles beyond them are no evidence yet.
    """
    for name, data in before.items():
        if name == _REPLACED or (_TILE.fullmatch(name) and after.get(name) != data and _is_beyond(name, signed)):
            continue
        if not data and name.startswith("archives/"):
            continue  # a WARC file that never held a byte
        kept = after.get(name, b"") if name.endswith(".warc.gz") else after[name]
        assert data.startswith(kept), f"{name} was changed"
        if len(kept) < len(data):
            torn = [each for path, each in after.items() if path.startswith(f"{name}.torn") and path not in before]
            assert data[len(kept) :] in torn, f"the torn end of {name} was not kept"


def _is_beyond(name: str, signed: int) -> bool:
    """Whether a hash tile or an entry bundle holds an entry that no checkpoint covers yet (C2SP tlog-tiles)."""
    from archivist.proof.tiles import TILE_HEIGHT, TILE_WIDTH, parse_tile_path  # noqa: PLC0415  # beside its only use

    tile = parse_tile_path(name.removeprefix("manifests/log/"))
    return (tile.index * TILE_WIDTH + tile.width) << TILE_HEIGHT * (tile.level or 0) > signed


def assert_kept(root: Path, acknowledged: list[dict[str, Any]], *, paper: Paper) -> None:
    """Each acknowledged snapshot is in the archive, with the very bytes that the press serves."""
    workspace = open_archive(root)
    by_id = {each: statement for each, _, statement in workspace.statements()}
    for line in acknowledged:
        snapshot = by_id[line["id"]]
        assert isinstance(snapshot, Snapshot)
        assert line["captures"] == len(snapshot.captures)
        for capture in snapshot.captures:
            assert (200, None) == (capture.status, capture.truncated)
            payload = b"".join(workspace.reader.payload(capture))
            assert capture.payload.sha256 == hashlib.sha256(payload).hexdigest()
            assert paper.digest(capture.uri) == capture.payload.sha256
        assert ["page"] == [capture.role for capture in snapshot.captures if capture.uri == line["url"]]


def assert_sound(root: Path) -> None:
    """Each WARC file reads to its end, for us and for others; each statement is in the signed log; verify says ok."""
    workspace = open_archive(root)
    layout = workspace.layout
    for path in layout.archives.rglob("*.warc.gz"):
        ours = [each.header.record_id for each in ArchiveReader(layout).records(str(path.relative_to(layout.archives)))]
        with path.open("rb") as file:
            theirs = [record.rec_headers.get_header("WARC-Record-ID").strip("<>") for record in ArchiveIterator(file)]
        assert ours == theirs
        assert ours
    log = Log(Layout(root), disk=workspace.disk)
    head = log.head()
    assert head is not None
    assert open_checkpoint(head.note, [VerifierKey.parse(workspace.identity.key)]).size == log.size
    ids = {each for each, _, _ in workspace.statements()}
    assert ids == set(log.entries())
    assert [] == [path.name for path in root.rglob(".tmp-*")]
    assert not workspace.is_interrupted
    result = verify(workspace, snapshots=None, is_deep=True, progress=None)
    assert ("ok", ()) == (result.state, result.findings), result.findings
