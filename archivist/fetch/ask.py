"""Asking a server that is no publisher: a time-stamping authority, a calendar, a witness, who revokes certificates.

Rule 1: every connection goes through the gate; what the person's own settings name may be anywhere, and what an answer
or a certificate names may not.
Rule 2: one request, one answer: bounded in bytes and in time, redirects are not followed, nothing is recorded.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import SplitResult, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from archivist.clock import Clock
from archivist.errors import Forbidden, Unreachable
from archivist.fetch.gate import Gate, Resolved
from archivist.fetch.pool import trust
from archivist.fetch.trouble import Passing
from archivist.model.config import FetchSettings

__all__ = ["Asker", "Reply", "host_of"]

_PIECE: Final = 8_192
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered."""

    status: int
    media_type: str
    """In lower case, without parameters."""
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A request."""

    parts: SplitResult
    port: int
    body: bytes | None
    fields: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int

    @property
    def host(self) -> str:
        return self.parts.hostname or ""

    @property
    def target(self) -> str:
        return f"{self.parts.path or '/'}{f'?{self.parts.query}' if self.parts.query else ''}"


class Asker:
    """Asks servers; safe to use from many threads.

    Args:
        settings: of the gate and of TLS.
        named: addresses that the person's own settings name.
        clock: measures how long an answer takes.
        agent: who we say we are.
    """

    def __init__(self, settings: FetchSettings, *, named: Iterable[str], clock: Clock, agent: str) -> None:
        allowed = tuple(host_of(url) for url in named)
        self._gate = Gate(replace(settings, allow=(*settings.allow, *allowed)))
        self._ca = settings.ca
        self._clock = clock
        self._agent = agent

    def ask(
        self,
        url: str,
        *,
        until: float,
        max_bytes: int,
        body: bytes | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> Reply:
        """The server's answer, whatever its status.

        Args:
            url: http or https.
            until: when it must have ended, on the monotonic clock.
            max_bytes: of the answer's body.
            body: what is posted; None asks with GET.
            fields: of the request, besides Host and User-Agent.

        Raises:
            Forbidden: the gate or the scheme says no.
            Unreachable: there was no answer in time, or too much of one.
        """
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise Forbidden(f"{url[:200]} is no http or https address")
        wanted = _Wanted(
            parts=parts,
            port=parts.port or _PORTS[parts.scheme],
            body=body,
            fields={**(fields or {}), "Host": parts.netloc.rpartition("@")[2], "User-Agent": self._agent},
            max_bytes=max_bytes,
        )
        try:
            return self._asked(wanted, self._gate.resolve(wanted.host, wanted.port), until)
        except Passing as passing:
            raise passing.error from passing
        except (HTTPError, OSError, ValueError) as error:
            is_late = self._clock.monotonic() >= until or isinstance(error, TimeoutError)
            said = "did not finish its answer in time" if is_late else f"gave no answer: {_why(error)}"
            raise Unreachable(f"{wanted.host} {said}") from error

    def _asked(self, wanted: _Wanted, found: Resolved, until: float) -> Reply:
        # No answer may cost longer than was agreed, however slowly its bytes drip: the connection is cut.
        with self._connected(wanted, found, until) as connection, _cut_at(until - self._clock.monotonic(), connection):
            method = "GET" if wanted.body is None else "POST"
            connection.request(
                method,
                wanted.target,
                body=wanted.body,
                headers=wanted.fields,
                preload_content=False,
                decode_content=False,
                enforce_content_length=True,
            )
            response = connection.getresponse()
            data = bytearray()
            while piece := response.read1(_PIECE):
                data += piece
                if len(data) > wanted.max_bytes:
                    raise Unreachable(
                        f"{wanted.host} sends more than the {wanted.max_bytes:,} bytes that are looked at"
                    )
            media_type = (response.headers.get("content-type") or "").partition(";")[0].strip().lower()
            return Reply(status=response.status, media_type=media_type, body=bytes(data))

    @contextmanager
    def _connected(self, wanted: _Wanted, found: Resolved, until: float) -> Iterator[HTTPConnection]:
        """A connection to the first of the addresses that answers."""
        failure: Exception | None = None
        for address in found.permitted:
            left = until - self._clock.monotonic()
            if left <= 0:
                raise Unreachable(f"{wanted.host} did not finish its answer in time")
            connection = self._connection(wanted, address, found.port, seconds=left)
            try:
                connection.connect()
            except (HTTPError, OSError) as error:
                connection.close()
                failure = error
                continue
            try:
                yield connection
            finally:
                connection.close()
            return
        raise failure or OSError("no address answers")

    def _connection(self, wanted: _Wanted, address: str, port: int, *, seconds: float) -> HTTPConnection:
        if wanted.parts.scheme == "http":
            return HTTPConnection(address, port, timeout=seconds)
        return HTTPSConnection(
            address,
            port,
            timeout=seconds,
            ssl_context=trust(self._ca),
            server_hostname=wanted.host,
            assert_hostname=wanted.host,
            cert_reqs=ssl.CERT_REQUIRED,
        )


def host_of(url: str) -> str:
    """``HOST:PORT`` of an address, as the settings of the gate spell it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return f"{f'[{host}]' if ':' in host else host}:{parts.port or _PORTS.get(parts.scheme, 443)}"


@contextmanager
def _cut_at(seconds: float, connection: HTTPConnection) -> Iterator[None]:
    def cut() -> None:
        with suppress(OSError):
            if connection.sock is not None:
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(seconds, 0.0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _why(error: Exception | None) -> str:
    """The innermost reason: urllib3 wraps those of the system."""
    inner: BaseException | None = error
    while inner is not None and (inner.__cause__ or inner.__context__) is not None:
        inner = inner.__cause__ or inner.__context__
    said = (inner.strerror if isinstance(inner, OSError) else None) or str(inner or "no address answers")
    return said[:1].lower() + said[1:200]
