"""Troubles of the network, in words for people."""

from __future__ import annotations

import errno
import ssl
from pathlib import Path

import pytest

from archivist.clock import SystemClock
from archivist.errors import DiskFailed, Unreachable
from archivist.fetch.client import Fetcher
from archivist.fetch.trouble import Passing, of_connection, of_tls
from archivist.model.config import FetchSettings
from tests.press import Close, Press, Reply
from tests.press import responses as r
from tests.unit.fetch.conftest import Making


def refused(code: int, message: str = "?") -> ssl.SSLCertVerificationError:
    """A certificate error as OpenSSL raises it."""
    error = ssl.SSLCertVerificationError(1, message)
    error.verify_code = code
    error.verify_message = message
    return error


@pytest.mark.parametrize(
    ("error", "said", "may_pass"),
    [
        (refused(9), "it is not valid yet", False),
        (refused(10), "it has expired", False),
        (refused(18), "it is self-signed", False),
        (refused(19), "it is self-signed", False),
        (refused(20), "nobody we trust has signed it", False),
        (refused(62), "it was issued for another host than a.example", False),
        (refused(23, "certificate revoked"), "certificate revoked", False),
        (TimeoutError(), "did not complete the TLS handshake within 0.5 s", True),
        (ConnectionResetError(errno.ECONNRESET, "x"), "broke the TLS handshake off", True),
        (ssl.SSLEOFError(8, "x"), "broke the TLS handshake off", True),
        (OSError(errno.EIO, "strange"), "no TLS connection to a.example: strange", False),
    ],
)
def test_tls_trouble_is_named(error: OSError, said: str, *, may_pass: bool) -> None:
    """Each failure of a handshake has its words, and only some may pass."""
    trouble = of_tls("a.example", error, waited=0.5)

    assert said in str(trouble)
    assert may_pass == isinstance(trouble, Passing)
    assert may_pass != isinstance(trouble, Unreachable)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TimeoutError(), "a.example did not answer within 20 s"),
        (OSError(errno.ECONNREFUSED, "x"), "a.example refuses connections"),
        (OSError(errno.ENETUNREACH, "x"), "a.example cannot be reached: no network leads there"),
        (OSError(errno.EIO, "strange"), "a.example cannot be reached: strange"),
        (ssl.SSLEOFError(8, "x"), "a.example broke the connection off"),
    ],
)
def test_connection_trouble_is_named(error: OSError, said: str) -> None:
    """Each failure of a connection has its words, and carries the error to raise."""
    trouble = of_connection("a.example", error, waited=20.0)

    assert said == str(trouble)
    assert isinstance(trouble.error, Unreachable)


def test_full_disk_stops_the_fetch(press: Press, tmp_path: Path) -> None:
    """A body that cannot be kept is the disk's failure, not the server's, and ends the connection."""
    (tmp_path / "file").write_bytes(b"")
    press.serve("/a", r.redirect("/x"))
    press.serve("/x", r.plain(bytes(3 << 20)))
    settings = FetchSettings(allow=(press.address,), robots="ignore")

    with (
        Fetcher(settings, clock=SystemClock(), spool_folder=tmp_path / "file", version="1") as fetcher,
        pytest.raises(DiskFailed, match="cannot be kept"),
    ):
        fetcher.fetch(press.url("/a"), role="page")


def test_connections_that_always_break_are_no_answer(press: Press, fetcher: Making) -> None:
    """Reused connections that break are replaced as often as there can be some; then it is an error like any other."""
    press.serve("/x", r.plain())
    press.serve("/y", Reply.of(Close()))
    client = fetcher(connections=2)

    client.fetch(press.url("/x"), role="page")
    error = client.fetch(press.url("/y"), role="page").error

    assert isinstance(error, Unreachable)
    assert "closed the connection without an answer" in str(error)
    assert 2 == press.count("/y")
