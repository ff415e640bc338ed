"""A press on loopback, and fetchers that may reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from archivist.clock import Clock, SystemClock
from archivist.fetch.client import Fetcher
from archivist.model.config import FetchSettings
from archivist.wire.exchange import Exchange
from tests.press import Press

Making = Callable[..., Fetcher]


@pytest.fixture
def press() -> Iterator[Press]:
    """A press without TLS."""
    with Press() as press:
        yield press


@pytest.fixture
def fetcher(tmp_path: Path) -> Iterator[Making]:
    """Makes fetchers: loopback allowed, no robots.txt, no delay, no retry, unless a setting says otherwise."""
    with ExitStack() as stack:

        def make(*, clock: Clock | None = None, lookup: Any = None, **settings: Any) -> Fetcher:
            chosen = {"allow": ("127.0.0.1",), "robots": "ignore", "delay": 0.0, "retries": 0, **settings}
            options = {"lookup": lookup} if lookup else {}
            made = Fetcher(
                FetchSettings(**chosen), clock=clock or SystemClock(), spool_folder=tmp_path, version="1.2", **options
            )
            return stack.enter_context(made)

        yield make


def block(exchange: Exchange) -> bytes:
    """The response as it was kept."""
    return b"".join(exchange.response.pieces())
