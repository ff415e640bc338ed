"""The Courier's web server: HTTP/1.1 on loopback, with entity tags, gzip and an editor who can change the edition."""

from __future__ import annotations

import gzip
import socket
import threading
from contextlib import suppress
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from archivist.demo.content import ARTICLE_PATH, EDITIONS, HOST
from archivist.demo.site import Resource, missing, resource

if TYPE_CHECKING:
    from datetime import datetime

    _Request = socket.socket | tuple[bytes, socket.socket]

__all__ = ["Newspaper"]

_IDLE_SECONDS: Final = 30
_FIRST_VISITOR: Final = 4217


class Newspaper:
    """A context manager: the newspaper answers on loopback, whatever Host is asked for, until the block ends."""

    def __init__(self, *, edition: int = 1, port: int = 0) -> None:
        self._edition = EDITIONS[edition]
        self._visitors = count(_FIRST_VISITOR)
        self._wanted_port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """The server accepts connections from here on."""
        self._server = _Server(self, port=self._wanted_port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="courier", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Every connection is closed and every thread has ended."""
        if self._server is not None and self._thread is not None:
            self._server.stop()
            self._thread.join()
            self._server = self._thread = None

    @property
    def address(self) -> str:
        """Where it listens, such as ``127.0.0.1:43210``."""
        if self._server is None:
            raise RuntimeError("the newspaper is not open")
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    @property
    def article_url(self) -> str:
        """The article's address under the newspaper's own name, not that of loopback."""
        return f"http://{HOST}{ARTICLE_PATH}"

    def publish(self, edition: int) -> None:
        """Let another edition stand, without a word: from the next request on."""
        self._edition = EDITIONS[edition]

    def find(self, path: str) -> Resource:
        """Return what lies at a path in the standing edition; pages count their visitors."""
        visitors = next(self._visitors)
        return resource(path, edition=self._edition, visitors=visitors) or missing(visitors=visitors)


class _Server(ThreadingHTTPServer):
    """Knows its open connections, so that it can end them: a kept-alive one would otherwise hold its thread."""

    daemon_threads = False

    def __init__(self, newspaper: Newspaper, *, port: int) -> None:
        self.newspaper = newspaper
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Desk)

    def server_bind(self) -> None:
        """Bind without asking for the machine's name, which the standard class looks up."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, self.server_address[1]

    def process_request(self, request: _Request, client_address: object) -> None:
        """Remember the connection before its thread starts."""
        with self._lock:
            self._open |= {request} if isinstance(request, socket.socket) else set()
        super().process_request(request, client_address)

    def shutdown_request(self, request: _Request) -> None:
        """Forget the connection and close it."""
        with self._lock:
            self._open -= {request}
        super().shutdown_request(request)

    def handle_error(self, request: _Request, client_address: object) -> None:
        """Stay silent: a client that goes away is no news."""

    def stop(self) -> None:
        """End the accepting loop, then every connection, then wait for their threads."""
        self.shutdown()
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class _Desk(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    protocol_version = "HTTP/1.1"
    server_version = "Courier/1.0"
    sys_version = ""
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        """Answer with headers and body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers alone."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard class's own parameter
        """Write no log: standard error belongs to the person at the terminal."""

    def _answer(self, *, with_body: bool) -> None:
        found = self.server.newspaper.find(urlsplit(self.path).path)
        zipped = found.is_text and "gzip" in self.headers.get("Accept-Encoding", "")
        tag = f'{found.etag[:-1]}-gzip"' if zipped else found.etag
        if found.status == 200 and self._is_current(tag, modified=found.modified):
            self._head(304, tag=tag, modified=found.modified)
            self.end_headers()
            return
        body = gzip.compress(found.body, mtime=0) if zipped else found.body
        self._head(found.status, tag=tag, modified=found.modified)
        self.send_header("Content-Type", found.media_type)
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _head(self, status: int, *, tag: str, modified: datetime) -> None:
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", format_datetime(modified.astimezone(UTC), usegmt=True))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Vary", "Accept-Encoding")

    def _is_current(self, tag: str, *, modified: datetime) -> bool:
        """Whether the client holds this already: If-None-Match wins over the date (RFC 9110 13.2.2)."""
        asked = self.headers.get("If-None-Match")
        if asked is not None:
            return asked.strip() == "*" or tag.removeprefix("W/") in (
                one.strip().removeprefix("W/") for one in asked.split(",")
            )
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return modified <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False
