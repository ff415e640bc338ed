"""Certificates of the press: one authority a process, one server context a list of names."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from functools import cache

import trustme

__all__ = ["authority_pem", "server_context"]


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


def authority_pem() -> bytes:
    """Return the certificate that a client must trust."""
    return _authority().cert_pem.bytes()


@cache
def server_context(names: tuple[str, ...], *, expired: bool = False) -> ssl.SSLContext:
    """Return a server's TLS context with a certificate for these names and addresses."""
    end = datetime(2020, 1, 1, tzinfo=UTC) if expired else None
    certificate = _authority().issue_cert(*names, not_after=end)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
