"""The press: a loopback server on raw sockets that can send any bytes, and remembers every byte it was sent and sent.

Rule 1: no HTTP library here: nothing may mend what a test means to break.
Rule 2: when the ``with`` block ends, every socket is closed and every thread has ended.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from tests.press.incoming import Incoming
from tests.press.reply import Close, Pause, Repeat, Reply, Request, Reset, Responder, Send, Stall, Step
from tests.press.tls import authority_pem, server_context

__all__ = ["Press"]

_PATIENCE = 10.0
"""Seconds that ``sent`` and the end of the block wait before they give up."""

_EVERYTHING = "*"
_NOTHING_HERE = Reply.of(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found", keep=True)


@dataclass(slots=True)
class _Exchange:
    """One request with what was sent for it so far."""

    request: Request
    sent: bytearray = field(default_factory=bytearray)
    over: threading.Event = field(default_factory=threading.Event)
    """Set when no further byte will be sent."""


class _Ended(Exception):
    """The connection has been ended by a step."""


class Press:
    """A context manager; replies are set with ``serve`` at any time, also while clients are connected."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: bool = False,
        names: tuple[str, ...] = ("localhost", "127.0.0.1"),
        expired: bool = False,
        latency: float = 0.0,
    ) -> None:
        self.host = host
        self.latency = latency
        """Seconds of one round trip, spent at each connection and each request: distance, for benchmarks."""

        self._context = server_context(names, expired=expired) if tls else None
        self._listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._listener.bind((host, port))
        except OSError:
            self._listener.close()
            raise
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._arrival = threading.Condition(self._lock)
        self._routes: dict[tuple[str | None, str], list[Reply | Responder]] = {}
        self._exchanges: list[_Exchange] = []
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._paused: set[threading.Event] = set()
        self._stopping = threading.Event()
        self.connections = 0
        """How many connections were accepted."""

    def __enter__(self) -> Self:
        """The press accepts connections from here on."""
        self._listener.listen(128)
        self._wake_read, self._wake_write = os.pipe()
        self._acceptor = threading.Thread(target=self._accept, name="press", daemon=True)
        self._acceptor.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Every pause is over, every socket closed, every thread has ended."""
        self._stopping.set()
        os.write(self._wake_write, b"x")
        self._acceptor.join(_PATIENCE)
        self._listener.close()
        os.close(self._wake_read)
        os.close(self._wake_write)
        with self._lock:
            for event in self._paused:
                event.set()
            for connection in self._open:
                with suppress(OSError):
                    # Below TLS, so that it does not wait for the thread that reads or writes.
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_PATIENCE)
            if thread.is_alive():
                raise RuntimeError(f"thread {thread.name} of the press did not end")

    @property
    def address(self) -> str:
        """Where it listens, such as ``127.0.0.1:43210``."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def url(self, path: str, *, host: str | None = None) -> str:
        """The URL of a path, under the address or under another name with the press's port."""
        scheme = "https" if self._context else "http"
        return f"{scheme}://{f'{host}:{self.port}' if host else self.address}{path}"

    @property
    def ca_pem(self) -> bytes:
        """The certificate that a client must trust for ``tls=True``."""
        return authority_pem()

    def serve(self, path: str, *replies: Reply | Responder | bytes, host: str | None = None) -> None:
        """Answer a path (with or without query; ``*``: every other) with these in turn, the last one for ever.

        Bare bytes are sent as they are, and the connection is closed behind them.
        """
        if not replies:
            raise ValueError(f"no reply for {path}")
        steps = [Reply.of(reply) if isinstance(reply, bytes) else reply for reply in replies]
        with self._lock:
            self._routes[host, path] = steps

    def serve_all(self, replies: dict[str, Reply], *, host: str | None = None) -> None:
        """Answer each path with its reply."""
        for path, reply in replies.items():
            self.serve(path, reply, host=host)

    @property
    def requests(self) -> list[bytes]:
        """The exact bytes of every request, in the order of arrival."""
        return [request.raw for request in self.seen]

    @property
    def seen(self) -> list[Request]:
        """Every request, parsed, in the order of arrival."""
        with self._lock:
            return [exchange.request for exchange in self._exchanges]

    def count(self, path: str, *, host: str | None = None) -> int:
        """How often a path (with query, if it has one) was asked for."""
        return len(self._of(path, host=host))

    def wait_for(self, path: str, *, times: int = 1, host: str | None = None, seconds: float = _PATIENCE) -> None:
        """The path has been asked for at least so often."""
        with self._arrival:
            if not self._arrival.wait_for(lambda: len(self._matching(path, host=host)) >= times, timeout=seconds):
                count = len(self._matching(path, host=host))
                raise TimeoutError(f"{path} was asked for {count} times, not {times}")

    def sent(self, path: str, *, host: str | None = None) -> bytes:
        """The exact bytes sent for the last request of a path, once no more will come (or after ten seconds)."""
        exchanges = self._of(path, host=host)
        if not exchanges:
            raise KeyError(f"{path} was not asked for")
        exchanges[-1].over.wait(_PATIENCE)
        return bytes(exchanges[-1].sent)

    def _of(self, path: str, *, host: str | None) -> list[_Exchange]:
        with self._lock:
            return self._matching(path, host=host)

    def _matching(self, path: str, *, host: str | None) -> list[_Exchange]:
        """The same for one who holds the lock."""
        return [
            exchange
            for exchange in self._exchanges
            if path in (exchange.request.target, exchange.request.path) and host in (None, exchange.request.host)
        ]

    def _accept(self) -> None:
        while not self._stopping.is_set():
            ready, _, _ = select.select([self._listener.fileno(), self._wake_read], [], [])
            if self._listener.fileno() not in ready or self._stopping.is_set():
                continue
            with suppress(OSError):
                connection, _ = self._listener.accept()
                self.connections += 1
                with self._lock:
                    self._open.add(connection)
                name = f"press-{self.connections}"
                thread = threading.Thread(
                    target=self._talk,
                    args=(connection, self.connections),
                    name=name,
                    daemon=True,
                )
                self._threads.append(thread)
                thread.start()

    def _talk(self, plain: socket.socket, number: int) -> None:
        """Serve one connection to its end."""
        connection = plain
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = self._secured(plain)
            self._stopping.wait(self.latency)
            incoming = Incoming(connection, number=number)
            while (request := incoming.next()) and self._answer(request, connection=connection):
                pass
            self._close(connection)
        except (OSError, _Ended):
            pass  # the client went away, or a step ended the connection
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _secured(self, plain: socket.socket) -> socket.socket:
        """The connection after the TLS handshake, which ends with the press at the latest."""
        if self._context is None:
            return plain
        with self._lock:
            self._open.discard(plain)
            secured = self._context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
            self._open.add(secured)
        try:
            secured.do_handshake()
        except OSError:
            with self._lock:
                self._open.discard(secured)
            secured.close()
            raise
        return secured

    def _answer(self, request: Request, *, connection: socket.socket) -> bool:
        """Take the steps of one reply; true when a next request may follow."""
        exchange = _Exchange(request)
        with self._lock:
            self._exchanges.append(exchange)
            self._arrival.notify_all()
        try:
            self._stopping.wait(self.latency)
            reply = self._reply(request)
            for step in reply.steps:
                self._take(step, exchange=exchange, connection=connection)
            return reply.keep and not request.wants_close and not self._stopping.is_set()
        finally:
            exchange.over.set()

    def _reply(self, request: Request) -> Reply:
        keys = [(host, path) for path in (request.target, request.path, _EVERYTHING) for host in (request.host, None)]
        with self._lock:
            found = next((self._routes[key] for key in keys if key in self._routes), None)
            reply = _NOTHING_HERE if found is None else found[0] if len(found) == 1 else found.pop(0)
        return reply if isinstance(reply, Reply) else reply(request)

    def _take(self, step: Step, *, exchange: _Exchange, connection: socket.socket) -> None:
        match step:
            case Send(data):
                self._send(data, exchange=exchange, connection=connection)
            case Repeat(data):
                while not self._stopping.is_set():
                    self._send(data, exchange=exchange, connection=connection)
            case Pause(until):
                self._pause(until)
            case Stall():
                exchange.over.set()
                while connection.recv(65536):
                    pass
                raise _Ended
            case Close():
                self._close(connection)
                raise _Ended
            case Reset():
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                connection.close()
                raise _Ended

    def _send(self, data: bytes, *, exchange: _Exchange, connection: socket.socket) -> None:
        rest = memoryview(data)
        while rest:
            count = connection.send(rest)
            exchange.sent += rest[:count]
            rest = rest[count:]

    def _pause(self, until: threading.Event) -> None:
        with self._lock:
            if self._stopping.is_set():
                return
            self._paused.add(until)
        until.wait()

    def _close(self, connection: socket.socket) -> None:
        """Say farewell, in TLS too, without waiting for the other side's."""
        with suppress(OSError, ValueError):
            if isinstance(connection, ssl.SSLSocket):
                connection.settimeout(0)
                connection.unwrap()
        with suppress(OSError):
            socket.socket.shutdown(connection, socket.SHUT_WR)
