"""The gate: every connection that archivist makes to the web is decided here, by the address it really goes to.

Rule 1: a name is looked up once, and the connection goes to an address of that answer: what was checked is used.
Rule 2: only public addresses are let through, unless the settings name the host or the address.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, Final, TypeAlias

from archivist.errors import Forbidden, UsageError
from archivist.fetch.address import what_forbids
from archivist.fetch.trouble import of_name
from archivist.model.config import FetchSettings

__all__ = ["Gate", "Lookup", "Resolved"]

Lookup: TypeAlias = Callable[..., Sequence[tuple[Any, Any, Any, Any, Any]]]
"""``socket.getaddrinfo``, or what a test puts in its place."""

_Address: TypeAlias = IPv4Address | IPv6Address

# A host has rarely more; a longer list would only multiply the time until we say that it does not answer.
_MAX_TRIED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Where a connection goes."""

    address: str
    """The first permitted address."""
    port: int
    permitted: tuple[str, ...]
    """The addresses that may be connected to, in the order of the answer."""
    addresses: tuple[str, ...]
    """All that the name resolved to."""
    how: str
    """``dns``, ``settings`` (``[fetch] resolve``) or ``literal``."""


class Gate:
    """Decides where connections go.

    Args:
        settings: ``allow`` and ``resolve`` of these are read.
        lookup: the resolver; called once for each connection to a name.

    Raises:
        UsageError: ``resolve`` sends a name to what is no address, or ``allow`` has a port that is none.
    """

    def __init__(self, settings: FetchSettings, *, lookup: Lookup = socket.getaddrinfo) -> None:
        self._lookup = lookup
        self._allowed = frozenset(_host_and_port(entry, setting="fetch.allow") for entry in settings.allow)
        self._sent = _destinations(settings.resolve)

    def resolve(self, host: str, port: int) -> Resolved:
        """Return the addresses that a connection to ``host`` may use.

        Raises:
            Forbidden: none of its addresses is public or allowed.
            Unreachable: it has no address.
            Passing: the name server did not answer.
        """
        name = _plain(host)
        sent = self._sent.get((name, port)) or self._sent.get((name, None))
        if sent:
            address, other_port = sent
            # Who names an address in the settings allows it.
            return _resolved((address,), (address,), port=other_port or port, how="settings")
        literal = _literal(name)
        addresses = (literal,) if literal else self._ask(host, port)
        permitted = tuple(address for address in addresses if self._reason(name, address, port=port) is None)
        if not permitted:
            raise self._refusal(name, addresses, port=port)
        return _resolved(permitted[:_MAX_TRIED], addresses, port=port, how="literal" if literal else "dns")

    def _ask(self, host: str, port: int) -> tuple[_Address, ...]:
        try:
            answers = self._lookup(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise of_name(host, error) from error
        # A scope (fe80::1%eth0) says through which interface, not where to.
        texts = dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers)
        if not texts:
            raise of_name(host, socket.gaierror(socket.EAI_NODATA, "no address"))
        return tuple(map(ip_address, texts))

    def _reason(self, name: str, address: _Address, *, port: int) -> str | None:
        names = (name, str(address))
        if any((entry, wanted) in self._allowed for entry in names for wanted in (port, None)):
            return None
        return what_forbids(address)

    def _refusal(self, name: str, addresses: tuple[_Address, ...], *, port: int) -> Forbidden:
        address = addresses[0]
        reason = what_forbids(address)
        subject = f"{address} {reason}" if name == str(address) else f"{name} leads to {address}, which {reason}"
        shown = f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
        return Forbidden(f"{subject}: archivist does not fetch from there", hint=f"if it is yours: --allow {shown}")


def _resolved(permitted: tuple[_Address, ...], addresses: tuple[_Address, ...], *, port: int, how: str) -> Resolved:
    texts = tuple(map(str, permitted))
    return Resolved(address=texts[0], port=port, permitted=texts, addresses=tuple(map(str, addresses)), how=how)


def _destinations(resolve: Mapping[str, str]) -> dict[tuple[str, int | None], tuple[_Address, int | None]]:
    """``{"courier.example": "127.0.0.1:8080"}`` taken apart; a name may carry a port, as curl's do."""
    found = {}
    for name, target in resolve.items():
        address, port = _host_and_port(target, setting="fetch.resolve")
        try:
            found[_host_and_port(name, setting="fetch.resolve")] = (ip_address(address), port)
        except ValueError as error:
            raise UsageError(f"fetch.resolve sends {name} to {target!r}, which is no ADDRESS:PORT") from error
    return found


def _host_and_port(text: str, *, setting: str) -> tuple[str, int | None]:
    """``HOST``, ``HOST:PORT``, ``ADDRESS``, ``ADDRESS:PORT`` or ``[ADDRESS]:PORT`` taken apart."""
    host, colon, port = text.strip().rpartition(":")
    if not colon or (":" in host.strip("[]") and not host.startswith("[")):
        return _plain(text.strip()), None  # no port: a bare name, or a bare IPv6 address
    if host.startswith("[") and not host.endswith("]"):
        return _plain(text.strip()), None
    if not port.isascii() or not port.isdecimal() or not 0 < int(port) < 65536:
        raise UsageError(f"{setting} has {text!r}, whose port is no number from 1 to 65535")
    return _plain(host), int(port)


def _plain(host: str) -> str:
    """The host in lower case, without brackets and the dot of an absolute name; an IP address in its usual spelling."""
    host = host.strip("[]").rstrip(".").lower()
    literal = _literal(host)
    return str(literal) if literal else host


def _literal(host: str) -> _Address | None:
    """The address that ``host`` spells, if it spells one: ``127.0.0.1``, but also ``2130706433`` and ``0x7f.1``."""
    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        # inet_aton(3): the spellings that getaddrinfo and browsers take for IPv4. It forgives what follows a blank.
        return None if not host or " " in host else IPv4Address(socket.inet_aton(host))
    except OSError:
        return None
