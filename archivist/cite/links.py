"""Which address of a copy may be printed: one that the reader of the citation can reach."""

from __future__ import annotations

import ipaddress
from urllib.parse import quote, urlsplit

__all__ = ["plain_url", "public_url"]

_PRIVATE_SUFFIXES = (".localhost", ".local", ".internal", ".lan", ".intranet", ".home.arpa", ".onion", ".localdomain")
"""Names that mean something on one network only (RFC 6761, 6762, 8375)."""

_UNSAFE = frozenset(' "<>\\^`{|}')
"""Printable characters that no address may hold (RFC 3986 2, RFC 3987 2.2)."""


def public_url(url: str | None) -> str | None:
    """The address in plain form, or None where others cannot reach it: a file, this machine, a private network."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # an unclosed bracket
        return None
    if parts.scheme not in ("http", "https") or not _is_public_host(host) or parts.username is not None:
        return None
    return plain_url(url or "")


def plain_url(url: str) -> str:
    """The address with every character that no address may hold percent-encoded; letters of all scripts stay."""
    return "".join(
        letter if letter.isprintable() and letter not in _UNSAFE else quote(letter, errors="replace")
        for letter in url.strip()
    )


def _is_public_host(host: str) -> bool:
    if ":" in host or host.rpartition(".")[2][:1].isdigit():
        try:
            return ipaddress.ip_address(host).is_global
        except ValueError:  # 127.1, 0x7f.1: other spellings of IPv4 addresses, which no archive is known by
            return False
    return "." in host and not host.endswith(_PRIVATE_SUFFIXES)
