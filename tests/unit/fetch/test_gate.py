"""The gate: which addresses a connection may go to, however they are spelled."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from archivist.errors import Forbidden, Unreachable, UsageError
from archivist.fetch.address import what_forbids
from archivist.fetch.gate import Gate, Resolved
from archivist.fetch.tap import _peer as peer_of
from archivist.fetch.trouble import Passing
from archivist.model.config import FetchSettings

REFUSED = {
    "0.0.0.0": "unspecified",
    "0.1.2.3": "unspecified",
    "10.0.0.1": "private",
    "10.255.255.255": "private",
    "100.64.0.1": "RFC 6598",
    "100.127.255.255": "RFC 6598",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "169.254.169.254": "link-local",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.0.0.1": "reserved",
    "192.0.2.1": "documentation",
    "192.88.99.1": "reserved",
    "192.168.1.1": "private",
    "198.18.0.1": "benchmarking",
    "198.19.255.255": "benchmarking",
    "198.51.100.7": "documentation",
    "203.0.113.9": "documentation",
    "224.0.0.1": "multicast",
    "239.255.255.255": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "::": "unspecified",
    "::1": "loopback",
    "::2": "IPv4-compatible form of 0.0.0.2",
    "::7f00:1": "IPv4-compatible form of 127.0.0.1",
    "::ffff:127.0.0.1": "IPv4-mapped form of 127.0.0.1, which is a loopback",
    "::ffff:a9fe:a9fe": "IPv4-mapped form of 169.254.169.254, which is a link-local",
    "::ffff:8.8.8.8": "IPv4-mapped form of 8.8.8.8",
    "::ffff:0:127.0.0.1": "IPv4-translated form of 127.0.0.1",
    "64:ff9b::127.0.0.1": "NAT64 form of 127.0.0.1, which is a loopback",
    "64:ff9b::a00:1": "NAT64 form of 10.0.0.1, which is a private",
    "64:ff9b:1::808:808": "local NAT64",
    "64:ff9b:1:ffff::": "local NAT64",
    "100::1": "discard",
    "2001::1": "Teredo",
    "2001:0:0:0:0:0:80ff:fffe": "Teredo form of 127.0.0.1, which is a loopback",
    "2001:2::1": "reserved",
    "2001:10::1": "reserved",
    "2001:db8::1": "documentation",
    "2002:7f00:1::": "6to4 form of 127.0.0.1, which is a loopback",
    "2002:808:808::1": "6to4 form of 8.8.8.8",
    "3fff::1": "documentation",
    "4000::1": "reserved",
    "5f00::1": "reserved",
    "fc00::1": "unique local",
    "fd12:3456::1": "unique local",
    "fe80::1": "link-local",
    "febf::1": "link-local",
    "fec0::1": "site-local",
    "ff02::1": "multicast",
}
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2600::1",
    "2a00:1450:4001::8a",
    "64:ff9b::808:808",
]
SPELLINGS = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0x7F.0.0.1",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0.01",
    "[::1]",
    "::1",
    "[::ffff:127.0.0.1]",
    "::ffff:7f00:1",
    "[64:ff9b::7f00:1]",
]


class Names:
    """A resolver that answers from a list, one answer a call, and counts the calls."""

    def __init__(self, *answers: list[str] | OSError) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[Any, ...]] = []

    def __call__(self, host: str, port: int, **options: Any) -> list[tuple[Any, Any, Any, Any, Any]]:
        """The next answer."""
        self.calls.append((host, port))
        answer = self.answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]


def through(host: str, port: int = 80, *, names: Names | None = None, **settings: Any) -> Resolved:
    """What the gate says."""
    return Gate(FetchSettings(**settings), lookup=names or Names()).resolve(host, port)


@pytest.mark.parametrize(("address", "reason"), REFUSED.items())
def test_special_address_is_refused(address: str, reason: str) -> None:
    """Every address that is not public is refused, and the reason names its kind."""
    said = what_forbids(ip_address(address))

    assert said is not None
    assert reason in said
    with pytest.raises(Forbidden, match="archivist does not fetch from there"):
        through(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_address_is_let_through(address: str) -> None:
    """The neighbours of the refused networks are public, and so is NAT64 of a public address."""
    assert what_forbids(ip_address(address)) is None
    assert address == through(address).address


@pytest.mark.parametrize("host", SPELLINGS)
def test_odd_spelling_of_loopback_is_refused(host: str) -> None:
    """Whatever the C library takes for an address is judged as that address; nobody is asked for it."""
    names = Names()

    with pytest.raises(Forbidden, match="loopback"):
        through(host, names=names)
    assert [] == names.calls


@pytest.mark.parametrize("address", REFUSED)
def test_name_that_leads_to_special_address_is_refused(address: str) -> None:
    """The look-up's answer decides, not the name; the error names both and how to allow it."""
    with pytest.raises(Forbidden, match=r"evil\.example leads to") as caught:
        through("evil.example", 8080, names=Names([address]))
    assert caught.value.hint is not None
    assert "--allow evil.example:8080" in caught.value.hint


def test_scope_of_link_local_address_is_no_way_around() -> None:
    """``fe80::1%eth0`` is judged as ``fe80::1``."""
    with pytest.raises(Forbidden, match="link-local"):
        through("router.example", names=Names(["fe80::1%eth0"]))


def test_first_public_address_is_taken() -> None:
    """Of several addresses, those that are not public are passed over, and all are recorded."""
    found = through("mixed.example", 443, names=Names(["10.0.0.1", "1.1.1.1", "1.1.1.1", "2600::1"]))

    assert found == Resolved(
        address="1.1.1.1",
        port=443,
        permitted=("1.1.1.1", "2600::1"),
        addresses=("10.0.0.1", "1.1.1.1", "2600::1"),
        how="dns",
    )


@pytest.mark.parametrize(
    ("entry", "host", "port", "is_allowed"),
    [
        ("desk.example", "desk.example", 80, True),
        ("DESK.example.", "desk.example", 8080, True),
        ("desk.example:8080", "desk.example", 8080, True),
        ("desk.example:8080", "desk.example", 80, False),
        ("desk.example", "other.example", 80, False),
        ("10.0.0.1", "desk.example", 80, True),
        ("10.0.0.1:80", "desk.example", 80, True),
        ("10.0.0.1:81", "desk.example", 80, False),
        ("10.0.0.2", "desk.example", 80, False),
        ("10.0.0.1", "167772161", 80, True),
        ("167772161", "10.0.0.1", 80, True),
        ("::1", "[::1]", 80, True),
        ("[::1]", "::1", 80, True),
        ("[::1]:80", "::1", 80, True),
        ("[::1]:80", "::1", 81, False),
        ("127.0.0.1", "::ffff:127.0.0.1", 80, False),
    ],
)
def test_allow_names_host_or_address(entry: str, host: str, port: int, *, is_allowed: bool) -> None:
    """``allow`` opens exactly what it names: a host or an address, with or without a port."""
    names = Names(["10.0.0.1"])
    if is_allowed:
        assert through(host, port, names=names, allow=(entry,)).permitted
    else:
        with pytest.raises(Forbidden):
            through(host, port, names=names, allow=(entry,))


def test_resolve_sends_name_elsewhere() -> None:
    """A name in ``resolve`` is never looked up, and its address needs no other permission."""
    names = Names()

    found = through("Courier.example", 80, names=names, resolve={"courier.example": "127.0.0.1:8080"})

    assert ("127.0.0.1", 8080, "settings") == (found.address, found.port, found.how)
    assert [] == names.calls


def test_resolve_may_name_port() -> None:
    """``name:443`` concerns that port only; without a port in the target the asked one stays."""
    resolve = {"courier.example:443": "[::1]:8443", "courier.example": "127.0.0.1"}

    assert ("::1", 8443) == (through("courier.example", 443, resolve=resolve).address, 8443)
    assert 80 == through("courier.example", 80, resolve=resolve).port


@pytest.mark.parametrize(
    "settings",
    [
        {"resolve": {"a.example": "b.example:80"}},
        {"resolve": {"a.example": "127.0.0.1:0"}},
        {"allow": ("a.example:x",)},
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: dict[str, Any]) -> None:
    """A destination that is no address, and a port that is none, are wrong words."""
    with pytest.raises(UsageError):
        Gate(FetchSettings(**settings))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(socket.EAI_NONAME, "?"), r"no-such-host.example has no address \(DNS: name not known\)"),
        (socket.gaierror(socket.EAI_NODATA, "?"), "the name has no address"),
        (socket.gaierror(socket.EAI_FAIL, "?"), "the name server failed"),
    ],
)
def test_unknown_name_is_said_plainly(error: OSError, said: str) -> None:
    """A name without an address is unreachable, in words."""
    with pytest.raises(Unreachable, match=said):
        through("no-such-host.example", names=Names(error))


def test_silent_name_server_may_pass() -> None:
    """A name server that does not answer is worth another try."""
    with pytest.raises(Passing, match="the name server does not answer"):
        through("slow.example", names=Names(socket.gaierror(socket.EAI_AGAIN, "?")))


def test_label_too_long_for_dns_is_unreachable() -> None:
    """A name that cannot be looked up at all is an answer, not an accident."""
    with pytest.raises(Unreachable, match="has no address"):
        Gate(FetchSettings()).resolve(f"{'a' * 64}.example", 80)


def test_empty_answer_is_unreachable() -> None:
    """A resolver that answers with nothing is told as a name without address."""
    with pytest.raises(Unreachable, match="the name has no address"):
        through("empty.example", names=Names([]))


def test_connection_that_ends_elsewhere_is_closed() -> None:
    """The address reached is compared with the address checked; a difference ends the connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connection = socket.create_connection(listener.getsockname())
        resolved = through("127.0.0.9", allow=("127.0.0.9",))

        with pytest.raises(Forbidden, match=r"the connection to 127\.0\.0\.9 ended at 127\.0\.0\.1"):
            peer_of(connection, resolved, address="127.0.0.9")

    assert -1 == connection.fileno()
