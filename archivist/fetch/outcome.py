"""What a fetch came to."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.errors import FetchError
from archivist.wire.exchange import Exchange

__all__ = ["Fetched"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """Every exchange that one fetch made, in order, and why it did not reach its end, if it did not."""

    exchanges: tuple[Exchange, ...] = ()
    """robots.txt where it was asked for, then the hops of role ``redirect``, then the answer in the role asked for."""
    error: FetchError | None = None
    declined: bool = False
    """The head was not what was wanted: the body was not read, and nothing but robots.txt is here."""

    @property
    def answer(self) -> Exchange | None:
        """The exchange at the end of the chain, if that was reached."""
        return None if self.error or self.declined else self.exchanges[-1]

    def close(self) -> None:
        """The memory and temporary files of all exchanges are given back."""
        for exchange in self.exchanges:
            exchange.response.close()
