"""What kind of network an IP address belongs to, from the IANA special-purpose registries; no name is looked up here.

IPv4: RFC 6890 and its updates. IPv6: RFC 4291, with RFC 4193 (unique local), RFC 3879 (site-local), RFC 6052 and
RFC 8215 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo). A table of our own, because ``ipaddress.is_global`` differs
between releases of Python, and knows nothing of the IPv4 addresses that are hidden inside IPv6 ones.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

__all__ = ["what_forbids"]

_V4: Final = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        ("255.255.255.255/32", "the broadcast address"),
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a carrier's shared address (RFC 6598)"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.88.99.0/24", "a reserved address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)
_V6: Final = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("64:ff9b:1::/48", "a local NAT64 form"),
        ("100::/64", "a discard-only address"),
        ("2001:db8::/32", "a documentation address"),
        ("2001::/23", "a reserved address"),
        ("3fff::/20", "a documentation address"),
        ("fc00::/7", "a unique local address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    )
)
# RFC 4291 2.4: "currently assigned" global unicast; whatever lies outside is reserved.
_GLOBAL: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
# Forms that carry an IPv4 address: the network, its name, and how many bits stand behind the IPv4 address.
_CARRIERS: Final = tuple(
    (IPv6Network(network), name, shift)
    for network, name, shift in (
        ("::ffff:0:0/96", "an IPv4-mapped form", 0),
        ("::ffff:0:0:0/96", "an IPv4-translated form", 0),
        ("::/96", "an IPv4-compatible form", 0),
        ("2002::/16", "a 6to4 form", 80),
        ("2001::/32", "a Teredo form", 0),
    )
)


def what_forbids(address: IPv4Address | IPv6Address) -> str | None:
    """Why ``address`` is no public one, in words that follow its name: ``is a loopback address``; None: it is one."""
    if isinstance(address, IPv4Address):
        return next((f"is {kind}" for network, kind in _V4 if address in network), None)
    return _of_v6(address)


def _of_v6(address: IPv6Address) -> str | None:
    if address in _NAT64:
        # RFC 6052 3.1: the well-known prefix reaches public IPv4 hosts from networks that have no IPv4 (DNS64), and
        # only those: what is no public IPv4 address is none in this form either.
        hidden = IPv4Address(int(address) & 0xFFFFFFFF)
        reason = what_forbids(hidden)
        return reason and f"is a NAT64 form of {hidden}, which {reason}"
    special = next((f"is {kind}" for network, kind in _V6 if address in network), None)
    if int(address) <= 1:
        return special  # "::" and "::1" would pass for IPv4-compatible forms
    for network, name, shift in _CARRIERS:
        if address in network:
            bits = int(address) >> shift & 0xFFFFFFFF
            # RFC 4380 4: the bits of the client's address are inverted.
            return _carried(IPv4Address(bits ^ 0xFFFFFFFF if "Teredo" in name else bits), name)
    return special or (None if address in _GLOBAL else "is a reserved address")


def _carried(hidden: IPv4Address, name: str) -> str:
    reason = what_forbids(hidden)
    return f"is {name} of {hidden}" + (f", which {reason}" if reason else "")
