"""Reads requests off a socket, byte for byte."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from tests.press.reply import Request

if TYPE_CHECKING:
    import socket

__all__ = ["Incoming"]

_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_PIECE = 65536


class Incoming:
    """The bytes that a client sends on one connection, cut into requests."""

    def __init__(self, connection: socket.socket, *, number: int) -> None:
        self._connection = connection
        self._number = number
        self._buffer = b""

    def next(self) -> Request | None:
        """Return the next whole request, or None when the client has gone."""
        while not (found := _END_OF_HEAD.search(self._buffer)):
            if not self._more():
                return None
        head = self._take(found.end())
        first, *lines = head.decode("latin-1").strip("\r\n").splitlines()
        method, target, *_ = [*first.split(" "), "", ""]
        fields = tuple(
            (name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)
        )
        headers = dict(fields)
        body = self._body(headers)
        if body is None:
            return None
        return Request(
            raw=head + body,
            method=method,
            target=target,
            host=headers.get("host", "").rpartition(":")[0].lower() or headers.get("host", "").lower(),
            headers=fields,
            body=body,
            connection=self._number,
            at=time.monotonic(),
        )

    def _body(self, headers: dict[str, str]) -> bytes | None:
        """The body as sent: a chunked one keeps its framing."""
        if headers.get("transfer-encoding", "").lower() == "chunked":
            while b"0\r\n\r\n" not in self._buffer:
                if not self._more():
                    return None
            return self._take(self._buffer.index(b"0\r\n\r\n") + 5)
        length = int(headers.get("content-length", "0"))
        while len(self._buffer) < length:
            if not self._more():
                return None
        return self._take(length)

    def _more(self) -> bool:
        try:
            piece = self._connection.recv(_PIECE)
        except OSError:
            return False
        self._buffer += piece
        return piece != b""

    def _take(self, count: int) -> bytes:
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken
