"""TLS: what is verified, what is recorded, and what is said when it fails."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from archivist.errors import Unreachable, UsageError
from tests.press import Press, Reply
from tests.press import responses as r
from tests.unit.fetch.conftest import Making, block


@pytest.fixture
def ca(tmp_path: Path) -> str:
    """The press's authority in a file."""
    with Press() as press:
        path = tmp_path / "ca.pem"
        path.write_bytes(press.ca_pem)
    return str(path)


def test_session_is_recorded(fetcher: Making, ca: str) -> None:
    """Version, cipher and the certificates in the order sent stand with the exchange, leaf first."""
    with Press(tls=True) as press:
        press.serve("/", r.plain())
        leaf = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate((press.host, press.port)))
        client = fetcher(ca=ca)

        answers = [client.fetch(press.url("/"), role="page").answer for _ in range(2)]

    for answer in answers:
        assert answer is not None
        tls = answer.peer.tls
        assert tls is not None
        assert "TLSv1.3" == tls.version
        assert tls.cipher.startswith("TLS_")
        assert leaf[:4] == tls.chain[0][:4]
        assert b"localhost" in tls.chain[0]
        assert r.plain().data == block(answer)


def test_whole_chain_is_recorded(tmp_path: Path, fetcher: Making) -> None:
    """An intermediate certificate that the server sends is kept behind the leaf."""
    root = trustme.CA()
    child = root.create_child_ca()
    leaf = child.issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    root.cert_pem.write_to_path(tmp_path / "root.pem")

    with _served(context, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") as port:
        answer = fetcher(ca=str(tmp_path / "root.pem")).fetch(f"https://127.0.0.1:{port}/", role="page").answer

    assert answer is not None
    assert answer.peer.tls is not None
    sent = [ssl.PEM_cert_to_DER_cert(pem.bytes().decode()) for pem in leaf.cert_chain_pems]
    assert 2 == len(sent)
    assert sent == list(answer.peer.tls.chain[:2])


@pytest.mark.parametrize(
    ("options", "host", "said"),
    [
        ({"names": ("other.example",)}, None, "it was issued for another host than 127.0.0.1"),
        ({"names": ("other.example",)}, "named.example", "it was issued for another host than named.example"),
        ({"expired": True}, None, "it has expired"),
    ],
)
def test_bad_certificate_is_said_plainly(
    fetcher: Making, ca: str, options: dict[str, object], host: str | None, said: str
) -> None:
    """A certificate for another host, or one that has expired, is no connection, and the error says which."""
    with Press(tls=True, **options) as press:  # type: ignore[arg-type] # one dict for several types
        press.serve("/", r.plain())

        client = fetcher(ca=ca, resolve={"named.example": press.address})
        fetched = client.fetch(press.url("/", host=host), role="page")

        assert isinstance(fetched.error, Unreachable)
        assert said in str(fetched.error)
        assert [] == press.requests


def test_unknown_authority_is_said_plainly(fetcher: Making) -> None:
    """Without the authority, nobody we trust has signed."""
    with Press(tls=True) as press:
        fetched = fetcher().fetch(press.url("/"), role="page")

    assert isinstance(fetched.error, Unreachable)
    assert "nobody we trust has signed it" in str(fetched.error)
    assert fetched.error.hint is not None
    assert "fetch.ca" in fetched.error.hint


def test_plain_port_is_said_plainly(fetcher: Making) -> None:
    """An https address of a port that speaks no TLS says so."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=_greet, args=(listener,))
        thread.start()

        fetched = fetcher().fetch(f"https://127.0.0.1:{port}/", role="page")
        thread.join()

    assert isinstance(fetched.error, Unreachable)
    assert "speaks no TLS on this port" in str(fetched.error)


@pytest.mark.parametrize(
    ("data", "truncated"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", None),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", None),
        (b"HTTP/1.1 200 OK\r\n\r\nok", "disconnect"),
    ],
)
def test_end_without_closing_alert(tmp_path: Path, fetcher: Making, data: bytes, truncated: str | None) -> None:
    """RFC 9112 9.8: a response framed by closing "is complete only if a valid closure alert has been received"."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "root.pem")

    with _served(context, data) as port:
        answer = fetcher(ca=str(tmp_path / "root.pem")).fetch(f"https://127.0.0.1:{port}/", role="page").answer

    assert answer is not None
    assert truncated == answer.truncated
    assert data == block(answer)


def test_closing_alert_ends_the_body(fetcher: Making, ca: str) -> None:
    """With the alert, the same response is whole."""
    with Press(tls=True) as press:
        press.serve("/", Reply.of(b"HTTP/1.1 200 OK\r\n\r\nok"))

        answer = fetcher(ca=ca).fetch(press.url("/"), role="page").answer

    assert answer is not None
    assert answer.truncated is None


def test_certificate_is_checked_against_the_name_not_the_address(fetcher: Making, ca: str) -> None:
    """A name that is sent elsewhere by the settings must still show its own certificate."""
    with Press(tls=True, names=("courier.example",)) as press:
        press.serve("/", r.plain())

        answer = fetcher(ca=ca, resolve={"courier.example": press.address}).fetch(
            "https://courier.example/", role="page"
        )

    assert answer.error is None
    assert b"\r\nHost: courier.example\r\n" in answer.exchanges[0].request


@pytest.mark.parametrize("make", [lambda path: path / "none.pem", lambda path: path])
def test_unreadable_authority_is_a_wrong_setting(tmp_path: Path, fetcher: Making, make: Callable[[Path], Path]) -> None:
    """``fetch.ca`` that cannot be read is an error of words, and names the file."""
    with pytest.raises(UsageError, match=r"fetch\.ca names"):
        fetcher(ca=str(make(tmp_path))).fetch("https://127.0.0.1:1/", role="page")


class _served:  # noqa: N801
    """Serves one connection with these bytes and breaks it off without a closing alert; yields the port."""

    def __init__(self, context: ssl.SSLContext, data: bytes) -> None:
        self._context = context
        self._data = data

    def __enter__(self) -> int:
        """The port."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return int(self._listener.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        """The thread has ended."""
        self._thread.join()
        self._listener.close()

    def _serve(self) -> None:
        plain, _ = self._listener.accept()
        with self._context.wrap_socket(plain, server_side=True) as connection:
            connection.recv(65536)
            connection.sendall(self._data)


def _greet(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(1024)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
