"""What was fetched for one page, on its way from the network to the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from archivist.errors import Forbidden
from archivist.fetch.outcome import Fetched
from archivist.model.capture import Problem
from archivist.model.carried import Placed
from archivist.model.page import PageReading
from archivist.pipeline.known import Known
from archivist.pipeline.shared import Share
from archivist.wire.exchange import Exchange

__all__ = ["Gathered", "problem_of"]


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What was fetched for one page, or is carried for it."""

    page: Exchange
    hops: tuple[Exchange, ...]
    """robots.txt where it was asked, the redirects, the page."""
    known: Known
    """What the article's last snapshot knows."""
    requisites: list[Share] = field(default_factory=list)
    """Those that this page fetched, to be told where they were stored."""
    documents: list[Share] = field(default_factory=list)
    """The same of linked documents."""
    carried: list[Share] = field(default_factory=list)
    """What another page of the run fetched."""
    declined: set[str] = field(default_factory=set)
    """Links to possible documents, as the server answers none."""
    is_unchanged: bool = False
    """Nothing but what is due was asked for, for the page is what it was; the last snapshot's reading holds."""
    kept: tuple[Placed, ...] = ()
    """Requisites of an unchanged page, to be referred to."""
    reading: PageReading | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def shares(self) -> Iterator[Share]:
        """All that this page fetched and others may carry."""
        yield from self.requisites
        yield from self.documents

    @property
    def exchanges(self) -> list[Exchange]:
        """All of them, in the order in which they are stored: page, requisites as found, documents as linked.

        robots.txt comes behind the page, which is what a person looks for first in a WARC file.
        """
        way = sorted(self.hops, key=lambda exchange: exchange.role == "robots")
        return [*way, *(exchange for share in self.shares for exchange in share.exchanges)]

    def abandon(self, error: BaseException) -> None:
        """Nothing was stored: those who wait for what this page fetched for all are told."""
        for share in self.shares:
            if not share.stored.done():
                share.stored.set_exception(error)

    def close(self) -> None:
        """Give memory and temporary files back."""
        for exchange in self.exchanges:
            exchange.response.close()


def problem_of(fetched: Fetched, url: str) -> tuple[Problem, ...]:
    """What went wrong on the way to ``url``, for the manifest."""
    problems = []
    if isinstance(fetched.error, Forbidden):
        problems.append(Problem(code="forbidden", about=url, said=str(fetched.error)))
    elif fetched.error is not None:
        problems.append(Problem(code="unreachable", about=url, said=str(fetched.error)))
    for exchange in fetched.exchanges:
        if exchange.truncated:
            problems.append(Problem(code="truncated", about=exchange.uri, said=_cut(exchange)))
        if exchange.head.status >= 400 and exchange.role != "robots":
            problems.append(Problem(code="http-error", about=exchange.uri, said=f"answered {exchange.head.status}"))
    return tuple(problems)


def _cut(exchange: Exchange) -> str:
    expected = exchange.head.get("content-length")
    of = f" of {expected}" if expected and not exchange.is_transfer_coded else ""
    why = {"length": "our limit", "time": "out of time", "disconnect": "the server closed the connection"}
    reason = why.get(exchange.truncated or "", "for an unknown reason")
    return f"the body stopped after {exchange.payload.length}{of} bytes: {reason}"
