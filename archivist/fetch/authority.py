"""A time-stamping authority over HTTP (RFC 3161 3.4): asked, and believed only where its token is true."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from archivist.errors import Unreachable
from archivist.fetch.ask import Asker
from archivist.proof.authority import Chain, verify_token
from archivist.proof.digest import sha256_hex
from archivist.proof.token import MAX_RESPONSE, Token, query

__all__ = ["Stamped", "ask_authority", "usual_roots"]

_TYPE: Final = "application/timestamp-reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """An answer that is true."""

    response: bytes
    """As it came, DER."""
    token: Token
    chain: Chain
    """The authority's certificate first, the root last."""


def ask_authority(asker: Asker, url: str, text: bytes, *, roots: Chain, until: float) -> Stamped:
    """The authority's stamp on the text, verified.

    Args:
        asker: asks.
        url: of the server.
        text: what is stamped.
        roots: that the chain may end in.
        until: when the answer must be there, on the monotonic clock.

    Raises:
        Unreachable: there was no answer in time, or none of a time-stamping server.
        BadDer: the answer holds no token; the message has the status that the authority gives.
        BadToken: the token is not true.
    """
    nonce = secrets.randbits(64)
    asked = query(bytes.fromhex(sha256_hex(text)), nonce=nonce)
    fields = {"Content-Type": "application/timestamp-query", "Accept": _TYPE}
    reply = asker.ask(url, until=until, max_bytes=MAX_RESPONSE, body=asked, fields=fields)
    if reply.status != 200:
        raise Unreachable(f"{url} answered {reply.status}")
    if reply.media_type != _TYPE:
        raise Unreachable(f"{url} is no time-stamping server: what it answers is not {_TYPE}")
    token = Token.of_response(reply.body)
    chain = verify_token(token, text, roots=roots, nonce=nonce)
    return Stamped(response=reply.body, token=token, chain=chain)


def usual_roots() -> bytes:
    """The roots that browsers trust, as PEM."""
    return Path(DEFAULT_CA_BUNDLE_PATH).read_bytes()
