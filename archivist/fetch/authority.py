"""Asking a time-stamping authority over HTTP (RFC 3161 3.4); what it answers is for ``proof.authority`` to judge."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import urllib3
from requests.adapters import DEFAULT_CA_BUNDLE_PATH
from urllib3.exceptions import HTTPError

from archivist.clock import Clock
from archivist.errors import Unreachable
from archivist.proof.token import MAX_RESPONSE

__all__ = ["ask", "usual_roots"]

_PIECE: Final = 8_192
_TYPE: Final = "application/timestamp-reply"


def ask(url: str, query: bytes, *, seconds: float, clock: Clock, agent: str) -> bytes:
    """The answer of the server; the person's own settings name it, so it may be anywhere.

    Args:
        url: of the server.
        query: in DER.
        seconds: that the whole answer may take.
        clock: measures them.
        agent: who we say we are.

    Raises:
        Unreachable: there was no answer in time, or none of a time-stamping server.
    """
    until = clock.monotonic() + seconds
    fields = {"Content-Type": "application/timestamp-query", "Accept": _TYPE, "User-Agent": agent}
    with urllib3.PoolManager(
        retries=False, timeout=urllib3.Timeout(total=seconds), ca_certs=DEFAULT_CA_BUNDLE_PATH
    ) as pool:
        try:
            response = pool.request(
                "POST", url, body=query, headers=fields, redirect=False, preload_content=False, decode_content=False
            )
            data = bytearray()
            while len(data) <= MAX_RESPONSE and (piece := response.read1(_PIECE)):
                data += piece
                if clock.monotonic() > until:
                    raise Unreachable(f"{url} did not finish its answer in {seconds:g} seconds")
            response.close()
        except (HTTPError, OSError, ValueError) as error:
            raise Unreachable(f"{url} gave no answer: {error}") from error
    if response.status != 200:
        raise Unreachable(f"{url} answered {response.status}")
    if (response.headers.get("content-type") or "").partition(";")[0].strip().lower() != _TYPE:
        raise Unreachable(f"{url} is no time-stamping server: what it answers is not {_TYPE}")
    return bytes(data)


def usual_roots() -> bytes:
    """The roots that browsers trust, as PEM."""
    return Path(DEFAULT_CA_BUNDLE_PATH).read_bytes()
