"""The recorder: connections and responses beneath urllib3 that keep every byte as it crossed the socket.

Rule 1: bytes are read here and framed by ``wire.http1``; http.client's parsers (100 fields, unfolding, e-mail rules)
never see a response, and urllib3 has no say in where a body ends.
Rule 2: one connection serves one exchange at a time, so nothing here is shared between threads but ``Line``.
"""

from __future__ import annotations

import hashlib
import math
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from urllib3.connection import HTTPConnection, HTTPSConnection

from archivist.clock import Clock
from archivist.errors import BadHttp, Forbidden, Unreachable
from archivist.fetch.gate import Gate, Resolved
from archivist.fetch.spool import SpoolWriter
from archivist.fetch.trouble import Passing, Stale, of_connection, of_tls, seconds
from archivist.model.capture import Truncation
from archivist.model.config import FetchSettings
from archivist.model.digest import Digests
from archivist.proof.digest import Hasher
from archivist.wire.exchange import Peer, Tls
from archivist.wire.http1 import ResponseReader

__all__ = ["Line", "Order", "RecordedHttp", "RecordedHttps", "RecordedResponse"]

_PIECE: Final = 64 * 1024
# RFC 9112 6.3: a Content-Length that is no number, or two that differ, is "an unrecoverable error".
_UNFRAMED: Final = {
    "bad-content-length": "its Content-Length is no number",
    "differing-content-length": "it has two Content-Length fields that differ",
}
_NO_TARGET: Final = re.compile(r"[\x00-\x20\x7f-\U0010ffff]")
# Behind a broken chunk nothing more can be told apart; who has not closed by then is not waited for.
_BROKEN_WAIT: Final = 2.0
# _ssl.ENCODING_DER, which has no public name.
_ENCODING_DER: Final = 2


@dataclass(slots=True, kw_only=True)
class Order:
    """One exchange as a thread asks for it; what urllib3 would not carry through its calls travels here."""

    target: str
    """Path and query exactly as they are to be sent."""
    max_bytes: int


class Line(threading.local):
    """What all connections of one fetcher share, and the order of the present thread."""

    order: Order

    def __init__(self, *, gate: Gate, settings: FetchSettings, clock: Clock, until: float = math.inf) -> None:
        self.gate = gate
        self.settings = settings
        self.clock = clock
        self.until = until
        """By the monotonic clock: when no more is read."""


class RecordedHttp(HTTPConnection):
    """A connection that goes through the gate and keeps the request as sent; subclassed once for each ``Line``."""

    line: ClassVar[Line]

    def __init__(self, host: str, port: int | None = None, **options: Any) -> None:  # noqa: ANN401 - urllib3's
        super().__init__(host, port, **options)
        self.sent = b""
        """The request of the present exchange."""
        self.peer: Peer | None = None
        self.is_reused = False
        """Whether this connection has carried an exchange before."""
        self.deadline = 0.0

    def _new_conn(self) -> socket.socket:
        """Connect to an address that the gate permits, and to none else."""
        # _dns_host keeps the dot of an absolute name, which spares the resolver its search list.
        resolved = self.line.gate.resolve(self._dns_host, self.port)
        timeout = self.line.settings.connect_timeout
        for address in resolved.permitted:
            try:
                connection = _connected(address, resolved.port, timeout=timeout)
                break
            except OSError as error:
                failure = of_connection(_where(self.host, self.port), error, waited=timeout)
                failure.__cause__ = error
        else:
            raise failure
        self.peer = _peer(connection, resolved, address=address)
        self.is_reused = False
        return connection

    def request(
        self,
        method: str,
        url: str,  # noqa: ARG002 - urllib3 spells it its own way; the order has it as it is to be sent
        body: object = None,  # noqa: ARG002
        headers: Mapping[str, object] | None = None,
        **_: object,
    ) -> None:
        """The request is sent: the order's target, Host, then ``headers`` in their order.

        Raises:
            Unreachable: what is to be sent would not be one request.
        """
        self.deadline = min(self.line.clock.monotonic() + self.line.settings.total_timeout, self.line.until)
        self.sent = self._head(method, headers or {})
        if self.sock is None:
            self.connect()
        else:
            self.sock.settimeout(self.timeout)
        self.sock.sendall(self.sent)

    def _head(self, method: str, fields: Mapping[str, object]) -> bytes:
        target = self.line.order.target
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self._authority()}"]
        lines += [f"{name}: {value}" for name, value in fields.items()]
        text = "\r\n".join((*lines, "", ""))
        # RFC 9112 11.1: a line end inside a value would be a field, or a request, of somebody else's making.
        ends = len(lines) + 1
        if text.count("\r") != ends or text.count("\n") != ends or _NO_TARGET.search(target):
            raise Unreachable(f"{_where(self.host, self.port)} cannot be asked: the request would not be one request")
        return text.encode("latin-1")

    def _authority(self) -> str:
        """The value of Host (RFC 9110 7.2); the zone of an IPv6 address is our own affair (RFC 6874 4)."""
        name = f"[{self.host.partition('%')[0]}]" if ":" in self.host else self.host
        return name if self.port == self.default_port else f"{name}:{self.port}"

    def getresponse(self) -> RecordedResponse:  # type: ignore[override]  # urllib3 never sees it
        """The answer, once its head is there."""
        response = RecordedResponse(self.sock, connection=self, order=self.line.order)
        self.is_reused = True
        response.begin()
        return response


class RecordedHttps(RecordedHttp, HTTPSConnection):
    """The same over TLS, with the session's facts kept once."""

    def connect(self) -> None:
        """Connect, and verify the certificate.

        Raises:
            Unreachable: the certificate is not accepted, or this is no TLS.
            Passing: the handshake broke off or took too long.
        """
        try:
            super().connect()
        except OSError as error:  # ssl.SSLError is one, and so is a timeout
            raise of_tls(self.host, error, waited=self.line.settings.connect_timeout) from error
        assert self.peer is not None
        assert isinstance(self.sock, ssl.SSLSocket)
        self.peer = replace(self.peer, tls=_tls(self.sock))


class RecordedResponse:
    """One response, read by ourselves."""

    def __init__(self, sock: socket.socket, *, connection: RecordedHttp, order: Order) -> None:
        settings = connection.line.settings
        self._sock = sock
        self._clock = connection.line.clock
        self._deadline = connection.deadline
        self._wait = settings.read_timeout
        self._total = settings.total_timeout
        self._where = _where(connection.host, connection.port)
        self._was_reused = connection.is_reused
        self._order = order
        self._early: bytes | bytearray = b""
        self._payload = Hasher()
        self._block = hashlib.sha256()
        self.reader = ResponseReader(max_head=settings.max_head)
        self.connection = connection
        self.request = connection.sent
        """As sent."""

    def begin(self) -> None:
        """The head is complete, and acceptable.

        Raises:
            Stale: a kept-alive connection was closed by the other side.
            Passing: no answer, or not all of its head, came in time.
            Unreachable: what came is no HTTP response.
        """
        reader = self.reader
        try:
            while reader.head is None:
                room = self._order.max_bytes - len(self._early)
                data = self._first_bytes(room if room > 0 else _PIECE)
                self._add_early(data)
                self._take(reader.feed(data))
        except BadHttp as error:
            raise Unreachable(f"{self._where} gave no answer that can be read: {error}") from error
        for note, words in _UNFRAMED.items():
            if note in reader.notes:
                raise Unreachable(f"{self._where} sent a response whose end cannot be known: {words}")

    def _add_early(self, data: bytes) -> None:
        if not self._early:
            self._early = data  # mostly all there is, and then never copied
            return
        if isinstance(self._early, bytes):
            self._early = bytearray(self._early)
        self._early += data

    def _first_bytes(self, room: int) -> bytes:
        try:
            data = self._receive(room)
        except TimeoutError as error:
            if self._early:
                raise Passing(Unreachable(f"{self._where} did not complete the head of its answer in time")) from error
            raise of_connection(self._where, error, waited=min(self._wait, self._total)) from error
        except OSError as error:
            if self._was_reused and not self._early:
                raise Stale from error
            raise of_connection(self._where, error, waited=self._wait) from error
        if data:
            return data
        if self._was_reused and not self._early:
            raise Stale
        words = "in the middle of its head" if self._early else "without an answer"
        raise Passing(Unreachable(f"{self._where} closed the connection {words}"))

    def drain(self, writer: SpoolWriter) -> Truncation | None:
        """All of the message is in ``writer`` and in ``payload``; returns why it is short, if it is."""
        reader = self.reader
        start = reader.interim_length
        self._keep(writer, bytes(self._early[start : start + reader.message_length]))
        self._early = b""
        while not reader.is_done:
            room = self._order.max_bytes - reader.message_length
            try:
                data = self._receive(max(1, room))
            except TimeoutError:
                return "unspecified" if reader.is_truncated else "time"
            except OSError:
                # A reset. Or TLS that ended without its closing alert: RFC 9112 9.8 has a response framed by closing
                # "complete only if a valid closure alert has been received".
                return "unspecified" if reader.is_truncated else "disconnect"
            if not data:
                return self._ended()
            if room <= 0:
                return "length"
            before = reader.message_length
            self._take(reader.feed(data))
            self._keep(writer, data[: reader.message_length - before])
        return None

    def _ended(self) -> Truncation | None:
        was_broken = self.reader.is_truncated
        self.reader.eof()
        if was_broken or "unknown-transfer-coding" in self.reader.notes:
            # RFC 9112 6.3: a coding that is not chunked is ended by closing; one that nobody knows may be cut anywhere.
            return "unspecified"
        return "disconnect" if self.reader.is_truncated else None

    @property
    def payload(self) -> Digests:
        """Of what has come of the payload."""
        return self._payload.digests()

    @property
    def block_sha256(self) -> str:
        """Of what ``drain`` wrote."""
        return self._block.hexdigest()

    def _keep(self, writer: SpoolWriter, data: bytes) -> None:
        writer.write(data)
        self._block.update(data)

    def _take(self, pieces: list[bytes]) -> None:
        for piece in pieces:
            self._payload.update(piece)

    def _receive(self, room: int) -> bytes:
        left = self._deadline - self._clock.monotonic()
        if left <= 0:
            raise TimeoutError(f"more than {seconds(self._total)}")
        wait = _BROKEN_WAIT if self.reader.is_truncated else self._wait
        wait = min(wait, left)
        if wait != self._sock.gettimeout():  # setting it is a call to the system, and it is nearly always the same
            self._sock.settimeout(wait)
        return self._sock.recv(min(_PIECE, room))


def _where(host: str, port: int) -> str:
    return host if port in {80, 443} else f"{host}:{port}"


def _connected(address: str, port: int, *, timeout: float) -> socket.socket:
    connection = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(timeout)
        connection.connect((address, port))
    except OSError:
        connection.close()
        raise
    return connection


def _peer(connection: socket.socket, resolved: Resolved, *, address: str) -> Peer:
    """Who is really there: the address checked must be the address reached."""
    try:
        reached = str(connection.getpeername()[0]).partition("%")[0]
    except OSError as error:
        connection.close()
        raise of_connection(address, error, waited=0) from error
    if reached != address:
        connection.close()
        raise Forbidden(f"the connection to {address} ended at {reached}")
    return Peer(ip=address, port=resolved.port, resolved=resolved.addresses, resolved_by=resolved.how)


def _tls(connection: ssl.SSLSocket) -> Tls:
    # A truncated body must not pass for a whole one: the end of the stream without a closing alert is to be seen.
    vars(connection)["suppress_ragged_eofs"] = False
    cipher = connection.cipher()
    return Tls(version=connection.version() or "", cipher=cipher[0] if cipher else "", chain=_chain(connection))


def _chain(connection: ssl.SSLSocket) -> tuple[bytes, ...]:
    """The certificates as the peer sent them; where Python cannot tell, the leaf alone."""
    if hasattr(connection, "get_unverified_chain"):  # public since Python 3.13
        return tuple(connection.get_unverified_chain())
    inner: Any = getattr(connection, "_sslobj", None)
    if hasattr(inner, "get_unverified_chain"):  # the same since 3.10, under a private name
        return tuple(bytes(item.public_bytes(_ENCODING_DER)) for item in inner.get_unverified_chain() or ())
    leaf = connection.getpeercert(binary_form=True)
    return (leaf,) if leaf else ()
