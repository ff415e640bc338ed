"""The fetcher: one address in, every exchange out, from robots.txt through the redirects to the answer.

This is the only door to the network for pages and what belongs to them: whatever leads here passes scheme, robots,
pace and gate, hop by hop.
"""

from __future__ import annotations

import math
import re
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from archivist.clock import Clock
from archivist.errors import FetchError, Forbidden, OutOfTime
from archivist.fetch.gate import Gate, Lookup
from archivist.fetch.hop import Errand, Hops, is_redirect
from archivist.fetch.outcome import Fetched
from archivist.fetch.pace import Pace
from archivist.fetch.pool import Recorder
from archivist.fetch.request import Cookies, Validators
from archivist.fetch.robots import MAX_ROBOTS, Robots
from archivist.fetch.tap import Line
from archivist.model.capture import Role
from archivist.model.config import FetchSettings
from archivist.model.url import absolute, host_of
from archivist.wire.exchange import Exchange
from archivist.wire.head import ResponseHead

__all__ = ["Fetched", "Fetcher", "Validators"]


class Fetcher:
    """Fetches over connections that it keeps until it is closed; safe to use from many threads.

    Args:
        settings: the section ``[fetch]``.
        clock: for dates, limits of time and pauses.
        spool_folder: where responses too large for memory wait until they are stored.
        version: of archivist, for the User-Agent.
        lookup: the resolver.
        until: by the monotonic clock: when nothing more is asked for, and what is under way is cut off.

    Raises:
        UsageError: ``allow`` or ``resolve`` cannot be understood.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        clock: Clock,
        spool_folder: Path,
        version: str,
        lookup: Lookup = socket.getaddrinfo,
        until: float = math.inf,
    ) -> None:
        agent = settings.agent(version)
        self._settings = settings
        self._clock = clock
        self._until = until
        self._pace = Pace(settings, clock=clock)
        self._robots = Robots(agent)
        self._recorder = Recorder(Line(gate=Gate(settings, lookup=lookup), settings=settings, clock=clock, until=until))
        self._hops = Hops(
            self._recorder,
            settings=settings,
            clock=clock,
            pace=self._pace,
            spool_folder=spool_folder,
            agent=agent,
            until=until,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Every idle connection is closed."""
        self._recorder.close()

    def fetch(
        self,
        url: str,
        *,
        role: Role,
        kind: str | None = None,
        via: str | None = None,
        wanted: Callable[[ResponseHead], bool] | None = None,
        known: Callable[[str], Validators | None] = lambda _: None,
    ) -> Fetched:
        """Return what came of asking for ``url``; the caller closes it once it is stored.

        Args:
            url: absolute, http or https.
            role: of the answer; hops before it have the role ``redirect``, robots.txt has ``robots``.
            kind: of a requisite: image, stylesheet, font, icon, script, media.
            via: the address that led here.
            wanted: judges the head of the answer; where it says no, the body is not read and nothing is kept.
            known: what makes the request for an address a conditional one; asked for each hop.

        Raises:
            DiskFailed: the spool folder is full or cannot be written to.
        """
        target = absolute(url, url)
        if target is None:
            return Fetched(error=Forbidden(f"{url[:200]!r} is no http or https address that archivist fetches"))
        errand = Errand(
            url=target,
            role=role,
            kind=kind,
            via=via,
            max_bytes=self._settings.max_bytes,
            wanted=wanted,
        )
        return self._fetch(errand, known)

    def _fetch(self, errand: Errand, known: Callable[[str], Validators | None] = lambda _: None) -> Fetched:
        exchanges: list[Exchange] = []
        if self._is_over():
            return Fetched(error=OutOfTime(f"{errand.url} was not asked for: the time of the run was up"))
        try:
            is_wanted = self._follow(errand, exchanges, known)
        except FetchError as error:
            return Fetched(exchanges=tuple(exchanges), error=error)
        except BaseException:
            Fetched(exchanges=tuple(exchanges)).close()
            raise
        if self._is_over() and errand.role == "page" and is_wanted and exchanges[-1].truncated == "time":
            # Cut by us and not by its own limit: that is no state of the page.
            return Fetched(
                exchanges=tuple(exchanges),
                error=FetchError(f"{errand.url} had not ended when the time of the run was up"),
            )
        if is_wanted:
            return Fetched(exchanges=tuple(exchanges))
        # robots.txt is asked for only once, so its exchange is given out even where the answer is not wanted.
        Fetched(exchanges=tuple(item for item in exchanges if item.role != "robots")).close()
        return Fetched(exchanges=tuple(item for item in exchanges if item.role == "robots"), declined=True)

    def _is_over(self) -> bool:
        return self._clock.monotonic() >= self._until

    def wait_of(self, host: str) -> float:
        """Seconds for which the host asked to be left alone, where that is longer than a run waits."""
        return self._pace.wait_of(host)

    def _follow(self, first: Errand, exchanges: list[Exchange], known: Callable[[str], Validators | None]) -> bool:
        """Append every exchange until one is no redirect; False: its head was not what was wanted."""
        cookies, seen, errand = Cookies(), set(), first
        for _ in range(self._settings.max_redirects + 1):
            cookie = cookies.header(errand.url)
            if cookie != errand.cookie:
                errand = replace(errand, cookie=cookie)
            # The same address again is no circle while cookies are still being handed out.
            if (errand.url, errand.cookie) in seen:
                raise FetchError(f"{first.url} redirects in a circle, back to {errand.url}")
            seen.add((errand.url, errand.cookie))
            self._permit(errand, exchanges)
            exchange = self._hops.run(replace(errand, validators=known(errand.url)))
            if exchange is None:
                return False
            if not is_redirect(exchange.head):
                exchanges.append(exchange)
                return True
            exchanges.append(exchange if first.role == "robots" else replace(exchange, role="redirect"))
            if exchange.location is None:
                raise _bad_redirect(exchange)
            cookies.take(errand.url, exchange.head)
            errand = replace(errand, url=exchange.location, via=errand.url)
        raise FetchError(f"{first.url} redirects more than {self._settings.max_redirects} times")

    def _permit(self, errand: Errand, exchanges: list[Exchange]) -> None:
        """Robots.txt allows to ask for the address, and it is our turn."""
        if errand.role not in {"page", "document"}:
            return  # what a page shows is part of it, and a browser would load it too
        if self._settings.robots == "obey":
            verdict = self._robots.judge(errand.url, self._ask_robots)
            exchanges += verdict.exchanges
            if verdict.error is not None:
                raise verdict.error
        host = host_of(errand.url)
        if errand.via is None or not exchanges or host_of(exchanges[-1].uri) != host or exchanges[-1].role == "robots":
            self._pace.wait(host)

    def _ask_robots(self, url: str) -> Fetched:
        return self._fetch(Errand(url=url, role="robots", max_bytes=MAX_ROBOTS))


def _bad_redirect(exchange: Exchange) -> Forbidden:
    target = (exchange.head.get("location") or "").strip()
    scheme = re.match(r"(?!https?:)[a-z][a-z0-9+.-]*:", target, re.IGNORECASE)
    return Forbidden(f"{exchange.uri} redirects to {scheme[0] if scheme else repr(target[:80])}, which is not fetched")
