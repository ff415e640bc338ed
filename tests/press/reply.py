"""What the press can do with a connection, as data: a reply is a list of steps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Close", "Pause", "Repeat", "Reply", "Request", "Reset", "Responder", "Send", "Stall", "Step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came off the wire."""

    raw: bytes
    """Every byte of it, head and body."""

    method: str
    target: str
    """Path and query."""

    host: str
    """The Host field without its port, in lower case."""

    headers: tuple[tuple[str, str], ...]
    """Names in lower case, in the order of the wire."""

    body: bytes
    connection: int
    """The number of the connection, counted from 1: equal numbers mean that it was kept alive."""

    at: float
    """When it had been read, on the monotonic clock."""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    def header(self, name: str) -> str:
        """The last value of a field, or an empty string."""
        return next((value for key, value in reversed(self.headers) if key == name.lower()), "")

    @property
    def wants_close(self) -> bool:
        """Whether the client means to end the connection after this request."""
        return self.header("connection").lower() == "close" or b" HTTP/1.0" in self.raw.partition(b"\n")[0]


@dataclass(frozen=True, slots=True)
class Send:
    """Send these bytes."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Repeat:
    """Send these bytes again and again, until the client goes away or the press stops."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Pause:
    """Go on when the test sets the event (or the press stops)."""

    until: threading.Event


@dataclass(frozen=True, slots=True)
class Stall:
    """Hold the connection and say nothing more, until the client goes away or the press stops."""


@dataclass(frozen=True, slots=True)
class Close:
    """End the connection in an orderly way, whatever the reply promised."""


@dataclass(frozen=True, slots=True)
class Reset:
    """End the connection with a TCP reset."""


Step: TypeAlias = Send | Repeat | Pause | Stall | Close | Reset


@dataclass(frozen=True, slots=True)
class Reply:
    """What happens after one request."""

    steps: tuple[Step, ...]
    keep: bool = False
    """Whether the connection may serve a next request after it; otherwise it is closed."""

    @classmethod
    def of(cls, *parts: bytes | Step, keep: bool = False) -> Reply:
        """A reply of bytes and steps mixed."""
        return cls(tuple(Send(part) if isinstance(part, bytes) else part for part in parts), keep)

    @property
    def data(self) -> bytes:
        """Every byte that is sent once."""
        return b"".join(step.data for step in self.steps if isinstance(step, Send))


Responder: TypeAlias = Callable[[Request], Reply]
