"""The confined reader: parsers of hostile bytes run in a child process with limits of time and memory.

A page that makes libxml2 hang, or a PDF that makes a renderer crash, costs one reading and no capture. The child
starts while the network is still busy, reads one thing after another, and is started again when it dies.

Protocol, both ways: one line of JSON, then as many bytes as its ``length`` says. An answer with ``more`` is a part, and
the rest follows, without what was said already.
"""

from __future__ import annotations

import math
import mmap
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeAlias

from archivist.errors import ArchivistError, BadDocument
from archivist.model.article import Document
from archivist.model.config import ReadSettings
from archivist.model.json import Json, JsonObject, Reader
from archivist.model.listing import Listing
from archivist.model.look import Look
from archivist.model.outline import Edition
from archivist.model.page import PageReading, Requisite
from archivist.model.picture import PictureFacts
from archivist.model.sheets import Sheets
from archivist.wire.pipe import read_message, write_message

__all__ = ["Picture", "Sandbox"]

_HEADROOM = 768 * 1024 * 1024
"""Address space of the interpreter and its libraries before they read anything."""
_BUFFER = 256 * 1024
"""Bytes of each pipe, and of the buffer before it."""
_GRACE = 1.0
"""Seconds that a child has for ending itself when it is late, before its parent does it."""
_FOR_PAGES = 0.7
"""Share of its time after which a document's reader begins no more pages and hands over what it has."""
_Say: TypeAlias = Callable[[JsonObject], None]
"""How a job hands over a part of its answer before the rest."""
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that is to be read."""

    data: bytes
    """After content decoding."""
    url: str
    sha256: str
    """Of the payload as stored."""


class Sandbox:
    """A reader in a child process. Use as a context manager; methods may be called from any thread."""

    def __init__(self, settings: ReadSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._child = self._start()
        self._due = math.inf
        self._is_closed = threading.Event()
        threading.Thread(target=self._watch, name="sandbox watch", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        self._is_closed.set()
        with self._lock:
            self._end()

    def page(
        self,
        data: bytes,
        *,
        url: str,
        status: int,
        headers: Sequence[tuple[str, str]],
        media_type: str | None,
        with_requisites: bool = True,
        needs: Callable[[tuple[Requisite, ...]], None] = lambda _: None,
    ) -> PageReading:
        """What the page says, needs and links.

        Args:
            data: the page after content decoding.
            url: its address.
            status: of the answer.
            headers: of the answer.
            media_type: as declared.
            with_requisites: whether what the page needs to be shown is asked for: by whoever captures it.
            needs: told what that is while the rest is still being read; must not wait for us.

        Raises:
            BadDocument: it could not be read within its bounds; the message says which.
        """
        order: JsonObject = {"do": "page", "url": url, "status": status, "media_type": media_type}
        order |= {"headers": [[name, value] for name, value in headers], "with_requisites": with_requisites}
        return PageReading.from_json(self._ask(order, data, hear=lambda part: needs(_requisites(part))))

    def edition(self, data: bytes, *, url: str, content_type: str | None) -> Edition:
        """The page as one side of a comparison.

        Args:
            data: the page after content decoding.
            url: its address.
            content_type: as declared, if it was.

        Raises:
            BadDocument: it could not be read within its bounds; the message says which.
        """
        return Edition.from_json(self._ask({"do": "edition", "url": url, "content_type": content_type}, data))

    def listing(self, data: bytes, *, url: str, content_type: str | None, pattern: str | None) -> Listing:
        """What a feed, a sitemap or a section page lists.

        Args:
            data: after content decoding.
            url: its address.
            content_type: as declared, if it was.
            pattern: which addresses are articles', as a glob.

        Raises:
            BadDocument: it could not be read within its bounds; the message says which.
        """
        order: JsonObject = {"do": "listing", "url": url, "content_type": content_type, "pattern": pattern}
        return Listing.from_json(self._ask(order, data))

    def stylesheet(self, text: str, *, url: str) -> tuple[Requisite, ...]:
        """What the style sheet needs.

        Raises:
            BadDocument: it could not be read within its bounds; the message says which.
        """
        return _requisites(self._ask({"do": "stylesheet", "url": url}, text.encode("utf-8", "replace")))

    def document(self, source: bytes | Path, *, url: str, sha256: str, media_type: str) -> Document:
        """What the document says.

        Args:
            source: its bytes after content decoding, or a file that holds them.
            url: its address.
            sha256: of the payload as stored.
            media_type: as declared or recognised.

        Raises:
            BadDocument: it could not be read within its bounds; the message says which.
        """
        order: JsonObject = {"do": "document", "url": url, "sha256": sha256, "media_type": media_type}
        order["milliseconds"] = int(self._settings.seconds * _FOR_PAGES * 1000)
        if isinstance(source, Path):
            order["path"] = str(source)
            return Document.from_json(self._ask(order, b""))
        return Document.from_json(self._ask(order, source))

    def sheets(self, source: bytes, *, url: str) -> Sheets:
        """What the pages of a document show, for a comparison.

        Args:
            source: its bytes after content decoding.
            url: its address.

        Raises:
            BadDocument: it could not be read within its bounds; the message says which.
        """
        return Sheets.from_json(self._ask({"do": "sheets", "url": url}, source))

    def picture(self, data: bytes, *, url: str, sha256: str) -> PictureFacts:
        """What the picture says of itself.

        Args:
            data: its bytes after content decoding.
            url: its address.
            sha256: of the payload as stored.

        Raises:
            BadDocument: it could not be read within its bounds; the message says which.
        """
        (found,) = self._pictures([Picture(data=data, url=url, sha256=sha256)])
        if isinstance(found, BadDocument):
            raise found
        return found

    def pictures(self, pictures: Sequence[Picture]) -> list[PictureFacts | BadDocument]:
        """What each of the pictures says of itself, or why it could not be read; all of them are read in one turn."""
        if len(pictures) > 1:
            # One that breaks the reader must not take the others with it: each alone tells which it was.
            with suppress(BadDocument):
                return self._pictures(pictures)
        found: list[PictureFacts | BadDocument] = []
        for each in pictures:
            try:
                found += self._pictures([each])
            except BadDocument as error:
                found.append(error)
        return found

    def _pictures(self, pictures: Sequence[Picture]) -> list[PictureFacts | BadDocument]:
        items: list[Json] = [{"url": each.url, "sha256": each.sha256, "length": len(each.data)} for each in pictures]
        order: JsonObject = {"do": "picture", "url": pictures[0].url, "pictures": items}
        answer = Reader(self._ask(order, b"".join([each.data for each in pictures])))
        found = answer.many("pictures", _facts)
        if len(found) != len(pictures):
            raise BadDocument(f"the reader told of {len(found)} pictures and not of {len(pictures)}")
        return [*found]

    def look(self, data: bytes, *, url: str) -> Look | None:
        """What the picture looks like, for a comparison; None where it cannot be decoded.

        Args:
            data: its bytes after content decoding.
            url: its address.

        Raises:
            BadDocument: it could not be read within its bounds; the message says which.
        """
        return Reader(self._ask({"do": "look", "url": url}, data)).one_or_none("look", Look.from_json)

    def _ask(self, order: JsonObject, data: bytes, *, hear: Callable[[Json], None] = lambda _: None) -> Json:
        with self._lock:
            if self._child.poll() is not None:
                self._end()
                self._child = self._start()
            child = self._child
            self._due = time.monotonic() + self._settings.seconds + _GRACE
            try:
                return self._exchange(child, order, data, hear)
            except (OSError, ValueError) as error:
                is_late = time.monotonic() >= self._due
                child.kill()
                # It may have ended itself before.
                is_late = child.wait() == -signal.SIGALRM or is_late
                raise BadDocument(self._reason(order, child, is_late=is_late)) from error
            finally:
                self._due = math.inf

    def _watch(self) -> None:
        """A child that is late and does not end itself is killed: its own clock may be what is broken in it."""
        while not self._is_closed.wait(_GRACE / 2):
            if time.monotonic() >= self._due:
                self._child.kill()

    @staticmethod
    def _exchange(child: subprocess.Popen[bytes], order: JsonObject, data: bytes, hear: Callable[[Json], None]) -> Json:
        if child.stdin is None or child.stdout is None:
            raise ValueError("the reader has no pipes")
        write_message(child.stdin, order, data)
        told: JsonObject = {}
        while (reader := Reader(read_message(child.stdout)[0])).flag("more"):
            told |= reader.rest()
            hear(told)
        problem = reader.text_or_none("problem")
        if problem is not None:
            raise BadDocument(problem)
        return {**reader.rest(), **told}

    def _reason(self, order: JsonObject, child: subprocess.Popen[bytes], *, is_late: bool) -> str:
        what = f"the {order['do']} {order['url']}"
        if is_late:
            return f"reading {what} took longer than {self._settings.seconds:g} seconds"
        return f"the reader died while reading {what} (exit {child.returncode})"

    def _start(self) -> subprocess.Popen[bytes]:
        package = str(Path(__file__).resolve().parent.parent)
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([package, *filter(None, sys.path)])}
        limits = [str(self._settings.memory + _HEADROOM), str(self._settings.seconds)]
        # -P keeps the current folder, which may be anybody's, off the child's path.
        command = [sys.executable, "-P", "-m", "archivist.sandbox", *limits]
        # Ctrl-C and a service manager's stop go to all processes of a group. The child inherits that they are
        # blocked: it ends when its pipe does, not in the middle of a page that is still to be sealed.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        try:
            child = subprocess.Popen(  # noqa: S603  # our own interpreter and module
                command,
                bufsize=_BUFFER,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        for pipe in (child.stdin, child.stdout):
            _widen(pipe)
        return child

    def _end(self) -> None:
        child = self._child
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        # It holds nothing that is not here already; its own way out would take longer than all of its reading.
        child.kill()
        child.wait()


def _widen(pipe: IO[bytes] | None) -> None:
    """A page and its reading go through in one piece each, where the system allows it: fewer turns for both sides."""
    if pipe is not None and sys.platform == "linux":
        import fcntl  # noqa: PLC0415  # not on every platform

        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _BUFFER)


def _limit(memory: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on every platform

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve(requests: IO[bytes], answers: IO[bytes], *, seconds: float) -> None:
    """Read one order after another until the parent closes the pipe."""

    def say(part: JsonObject) -> None:
        write_message(answers, {**part, "more": True}, b"")

    while True:
        try:
            order, data = read_message(requests)
        except ValueError:
            return
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            answer = _JOBS[Reader(order).text("do")](Reader(order), data, say)
        except ArchivistError as error:
            answer = {"problem": str(error)}
        except (MemoryError, RecursionError) as error:
            answer = {"problem": f"{order['url']} is too large or too deep to be read ({type(error).__name__})"}
        signal.setitimer(signal.ITIMER_REAL, 0)
        write_message(answers, answer, b"")


def _requisites(answer: Json) -> tuple[Requisite, ...]:
    return Reader(answer).many("requisites", Requisite.from_json)


def _page(order: Reader, data: bytes, say: _Say) -> JsonObject:
    from archivist.extract.page import read_page  # noqa: PLC0415  # the parent never needs lxml

    reading = read_page(
        data,
        url=order.text("url"),
        status=order.number("status"),
        headers=order.many("headers", _pair),
        media_type=order.text_or_none("media_type"),
        with_requisites=order.flag("with_requisites"),
        say=lambda needed: say({"requisites": [item.to_json() for item in needed]}),
    )
    return replace(reading, requisites=()).to_json()


def _edition(order: Reader, data: bytes, _say: _Say) -> JsonObject:
    from archivist.extract.outline import read_edition  # noqa: PLC0415  # the parent never needs lxml

    return read_edition(data, url=order.text("url"), content_type=order.text_or_none("content_type")).to_json()


def _listing(order: Reader, data: bytes, _say: _Say) -> JsonObject:
    from archivist.extract.listing import read_listing  # noqa: PLC0415  # the parent never needs lxml

    content_type, pattern = order.text_or_none("content_type"), order.text_or_none("pattern")
    return read_listing(data, url=order.text("url"), content_type=content_type, pattern=pattern).to_json()


def _stylesheet(order: Reader, data: bytes, _say: _Say) -> JsonObject:
    from archivist.extract.requisites import css_references  # noqa: PLC0415  # the parent never needs lxml

    found = css_references(data.decode("utf-8", "replace"), base_url=order.text("url"))
    return {"requisites": [item.to_json() for item in found]}


def _document(order: Reader, data: bytes, _say: _Say) -> JsonObject:
    from archivist.extract.pdf import read_pdf  # noqa: PLC0415  # the parent never needs a renderer

    path, end = order.text_or_none("path"), time.monotonic() + order.number("milliseconds") / 1000
    read = partial(read_pdf, url=order.text("url"), sha256=order.text("sha256"), is_late=lambda: time.monotonic() > end)
    if path is None:
        return read(data).to_json()
    with Path(path).open("rb") as file:
        # Mapped, so that a document of half a gigabyte takes no memory of the reader's allowance twice.
        return read(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)).to_json()


def _picture(order: Reader, data: bytes, _say: _Say) -> JsonObject:
    from archivist.extract.picture import read_picture  # noqa: PLC0415  # the parent never needs lxml

    at, found = 0, list[Json]()
    for each in order.many("pictures", Reader):
        at, start = at + each.number("length"), at
        try:
            facts = read_picture(data[start:at], url=each.text("url"), sha256=each.text("sha256"))
        except ArchivistError as error:
            found.append({"problem": str(error)})
        else:
            found.append(facts.to_json())
    return {"pictures": found}


def _look(_order: Reader, data: bytes, _say: _Say) -> JsonObject:
    from archivist.extract.look import read_look  # noqa: PLC0415  # the parent never needs a decoder

    look = read_look(data)
    return {"look": look.to_json() if look else None}


def _sheets(_order: Reader, data: bytes, _say: _Say) -> JsonObject:
    from archivist.extract.sheets import read_sheets  # noqa: PLC0415  # the parent never needs a renderer

    return read_sheets(data).to_json()


_JOBS: Mapping[str, Callable[[Reader, bytes, _Say], JsonObject]] = {
    "page": _page,
    "edition": _edition,
    "listing": _listing,
    "stylesheet": _stylesheet,
    "document": _document,
    "sheets": _sheets,
    "picture": _picture,
    "look": _look,
}


def _facts(value: Json, at: str) -> PictureFacts | BadDocument:
    problem = Reader(value, at).text_or_none("problem")
    return BadDocument(problem) if problem is not None else PictureFacts.from_json(value)


def _pair(value: Json, at: str) -> tuple[str, str]:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], str):
        return value[0], value[1]
    raise BadDocument(f"{at} should be a name and a value")


if __name__ == "__main__":
    _limit(int(sys.argv[1]))
    # Before the first order comes: the parent is loading as well, or asks the network.
    import archivist.extract.page  # noqa: F401

    _serve(sys.stdin.buffer, sys.stdout.buffer, seconds=float(sys.argv[2]))
