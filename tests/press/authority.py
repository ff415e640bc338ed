"""The demo's time-stamping authority on loopback, which answers wrongly on demand."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import TracebackType

from archivist.demo import authority

__all__ = ["Authority", "Reply"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """How a request is answered."""

    status: int = 200
    media_type: str = "application/timestamp-reply"
    change: Callable[[bytes], bytes] = lambda data: data
    """Of the true answer."""
    ask: Callable[[bytes], bytes] = lambda query: query
    """What is stamped instead of what was asked for."""
    pause: threading.Event | None = None
    """Nothing is sent before it is set."""
    drip: threading.Event | None = None
    """A byte every tenth of a second is sent before it is set."""


@dataclass
class Authority(authority.Authority):
    """Use as a context manager; ``reply`` may be changed at any time."""

    reply: Reply = field(default_factory=Reply)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for event in (self.reply.pause, self.reply.drip):
            if event is not None:
                event.set()
        super().__exit__(kind, error, trace)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """As ``reply`` says."""
        query = handler.rfile.read(int(handler.headers["Content-Length"]))
        reply = self.reply
        data = reply.change(self.stamped(reply.ask(query)))
        if reply.pause is not None:
            reply.pause.wait(30)
        handler.send_response(reply.status)
        handler.send_header("Content-Type", reply.media_type)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        with suppress(OSError):  # whoever asked may be gone
            while reply.drip is not None and data and not reply.drip.wait(0.1):
                handler.wfile.write(data[:1])
                handler.wfile.flush()
                data = data[1:]
            handler.wfile.write(data)
