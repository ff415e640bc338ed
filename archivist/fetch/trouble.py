"""What went wrong on the network, said for people: foreign exceptions become errors of ours here and nowhere else."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import Final

from archivist.errors import Unreachable

__all__ = ["Passing", "Stale", "of_connection", "of_name", "of_tls", "seconds"]


class Passing(Exception):
    """Carries the error of a try that failed in a way that may pass: the caller tries again or raises it."""

    def __init__(self, error: Unreachable) -> None:
        super().__init__(str(error))
        self.error = error


class Stale(Exception):
    """A kept-alive connection turned out to be closed before it gave a byte (RFC 9112 9.3.1): use another one."""


# X509_verify_cert_error_string(3)
_EXPIRED: Final = 10
_NOT_YET: Final = 9
_SELF_SIGNED: Final = frozenset({18, 19})
_UNKNOWN_AUTHORITY: Final = frozenset({20, 21})
_WRONG_NAME: Final = frozenset({62, 64})

_NAME_WORDS: Final = {
    socket.EAI_NONAME: "name not known",
    socket.EAI_NODATA: "the name has no address",
    socket.EAI_FAIL: "the name server failed",
}
_SOCKET_WORDS: Final = {
    errno.ECONNREFUSED: "refuses connections",
    errno.ECONNRESET: "broke the connection off",
    errno.EPIPE: "broke the connection off",
    errno.EHOSTUNREACH: "cannot be reached: no route to it",
    errno.ENETUNREACH: "cannot be reached: no network leads there",
    errno.ETIMEDOUT: "does not answer",
}


def of_name(host: str, error: OSError | UnicodeError) -> Unreachable | Passing:
    """The trouble with looking up ``host``."""
    code = error.errno if isinstance(error, socket.gaierror) else None
    if code == socket.EAI_AGAIN:
        return Passing(Unreachable(f"{host} has no address now (DNS: the name server does not answer)"))
    words = _NAME_WORDS.get(code or socket.EAI_NONAME, str(error.strerror if isinstance(error, OSError) else error))
    return Unreachable(f"{host} has no address (DNS: {words})", hint="is the name spelled right?")


def of_connection(where: str, error: OSError, *, waited: float) -> Passing:
    """The trouble with connecting to ``where``, or with waiting for its answer."""
    if isinstance(error, TimeoutError):
        return Passing(Unreachable(f"{where} did not answer within {seconds(waited)}"))
    words = "broke the connection off" if isinstance(error, ssl.SSLError) else _SOCKET_WORDS.get(error.errno or 0)
    return Passing(Unreachable(f"{where} {words or f'cannot be reached: {error.strerror or error}'}"))


def of_tls(host: str, error: OSError, *, waited: float) -> Unreachable | Passing:
    """The trouble with the TLS handshake."""
    if isinstance(error, TimeoutError):
        return Passing(Unreachable(f"{host} did not complete the TLS handshake within {seconds(waited)}"))
    if isinstance(error, ssl.SSLCertVerificationError):
        return Unreachable(
            f"the certificate of {host} is not accepted: {_certificate_words(host, error)}",
            hint="fetch.ca = FILE trusts another certificate authority",
        )
    if isinstance(error, ssl.SSLEOFError | ConnectionError):
        return Passing(Unreachable(f"{host} broke the TLS handshake off"))
    reason = error.reason if isinstance(error, ssl.SSLError) else error.strerror
    if reason in {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}:  # OpenSSL 3.0, and since 3.2
        return Unreachable(f"{host} speaks no TLS on this port", hint="is it http:// ?")
    return Unreachable(f"no TLS connection to {host}: {str(reason or error).lower().replace('_', ' ')}")


def _certificate_words(host: str, error: ssl.SSLCertVerificationError) -> str:
    code = error.verify_code
    if code == _EXPIRED:
        return "it has expired"
    if code == _NOT_YET:
        return "it is not valid yet"
    if code in _SELF_SIGNED:
        return "it is self-signed"
    if code in _UNKNOWN_AUTHORITY:
        return "nobody we trust has signed it"
    if code in _WRONG_NAME:
        return f"it was issued for another host than {host}"
    return error.verify_message or str(error)


def seconds(number: float) -> str:
    """``20 s``, ``0.5 s``."""
    return f"{number:g} s"
