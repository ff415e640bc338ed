"""robots.txt (RFC 9309): asked for once an origin and run, by whoever comes first, and obeyed by all.

What is judged here is the answer; the asking is the fetcher's, so that robots.txt is recorded like everything else.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

from archivist.errors import FetchError, Forbidden, Unreachable
from archivist.fetch.outcome import Fetched
from archivist.model.url import origin_of
from archivist.wire.exchange import Exchange
from archivist.wire.http1 import ResponseReader

__all__ = ["MAX_ROBOTS", "Robots", "Verdict"]

# RFC 9309 2.5: "at least 500 kibibytes".
MAX_ROBOTS: Final = 512 * 1024
_HINT: Final = 'fetch.robots = "ignore" passes over robots.txt, and the manifest says so'
_AGENT_LINE: Final = re.compile(r"^([ \t]*user[- ]?agent[ \t]*:?)([^#\n]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What robots.txt says to one address."""

    exchanges: tuple[Exchange, ...] = ()
    """Asking for it, where this caller was the first to ask."""
    error: FetchError | None = None
    """Why the address must not be fetched."""


class _Rules(Protocol):
    def can_fetch(self, url: str, user_agent: str, /) -> bool: ...


class Robots:
    """The rules of every origin met; safe to use from many threads.

    Args:
        agent: our User-Agent; its first word is the product token that groups name (RFC 9309 2.2.1).
    """

    def __init__(self, agent: str) -> None:
        found = re.match(r"[A-Za-z_-]+", agent)
        self._token = found[0] if found else "archivist"
        self._lock = threading.Lock()
        self._origins: dict[str, Future[_Rules | FetchError | None]] = {}

    def judge(self, url: str, ask: Callable[[str], Fetched]) -> Verdict:
        """Return whether ``url`` may be fetched; ``ask`` fetches robots.txt, once for each origin."""
        origin = origin_of(url)
        with self._lock:
            is_first = origin not in self._origins
            future = self._origins.setdefault(origin, Future())
        exchanges = self._learn(origin, future, ask=ask) if is_first else ()
        rules = future.result()
        return Verdict(exchanges=exchanges, error=self._error(url, rules))

    def _learn(
        self, origin: str, future: Future[_Rules | FetchError | None], *, ask: Callable[[str], Fetched]
    ) -> tuple[Exchange, ...]:
        try:
            fetched = ask(f"{origin}/robots.txt")
            future.set_result(self._rules(origin, fetched))
        except BaseException as error:
            future.set_exception(error)  # the others must not wait for ever
            raise
        return fetched.exchanges

    def _rules(self, origin: str, fetched: Fetched) -> _Rules | FetchError | None:
        """The rules; or None: everything is allowed; or why nothing is."""
        answer = fetched.answer
        if answer is None:
            # RFC 9309 2.3.1.4: "unreachable due to server or network errors ... MUST assume complete disallow".
            # 2.3.1.2: redirects that lead nowhere make the file unavailable, which allows everything (2.3.1.3).
            return None if fetched.exchanges and not isinstance(fetched.error, Unreachable) else fetched.error
        if answer.head.status >= 500:
            return Unreachable(
                f"{origin}/robots.txt answers {answer.head.status}, which forbids everything (RFC 9309 2.3.1.4)",
                hint=_HINT,
            )
        return _parsed(_text(answer), token=self._token) if 200 <= answer.head.status < 300 else None

    def _error(self, url: str, rules: _Rules | FetchError | None) -> FetchError | None:
        if rules is None:
            return None
        if isinstance(rules, FetchError):
            # A new one for each caller: an exception carries the traceback of the thread that raised it.
            return type(rules)(str(rules), hint=rules.hint or (_HINT if isinstance(rules, Unreachable) else None))
        if rules.can_fetch(url, self._token):
            return None
        parts = urlsplit(url)
        return Forbidden(f"robots.txt of {parts.netloc} forbids {parts.path} to {self._token}", hint=_HINT)


def _parsed(text: str, *, token: str) -> _Rules:
    from protego import Protego  # noqa: PLC0415 - 20 ms that most commands do not need

    def plain(line: re.Match[str]) -> str:
        # Protego gives every rule to every agent named above it, which is quadratic: all agents that are not us are
        # one to us. A name that holds ours, or is held by it, is left for Protego to judge.
        name = line[2].strip().lower()
        return line[0] if "*" in name or (name and name in token.lower()) else f"{line[1]} -"

    return Protego.parse(_AGENT_LINE.sub(plain, text))


def _text(answer: Exchange) -> str:
    reader = ResponseReader()
    data = bytearray()
    for piece in answer.response.pieces():
        data += b"".join(reader.feed(piece))
    return _decoded(bytes(data), answer.head.get("content-encoding")).decode("utf-8-sig", "replace")


def _decoded(data: bytes, coding: str | None) -> bytes:
    """The text as far as it can be had, within the bound."""
    if (coding or "").strip().lower() not in {"gzip", "x-gzip", "deflate"}:
        return data[:MAX_ROBOTS]
    try:
        return zlib.decompressobj(wbits=47).decompress(data, MAX_ROBOTS)  # 47: gzip or zlib, as it comes
    except zlib.error:
        return data[:MAX_ROBOTS]
