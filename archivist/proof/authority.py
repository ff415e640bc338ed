"""Whether a time-stamping authority's token is true: its signature, and the way from its certificate to a root.

What is proved of a token, each step over bytes that the caller has read:

 1. It stamps the digest of what was to be stamped, and repeats the nonce where one was sent.
 2. Its content has the digest that its signed attributes give (RFC 5652 5.4).
 3. The signed attributes name the certificate (RFC 5816), which signs (RFC 5652 5.4).
 4. That certificate is for time-stamping and for nothing else, marked critical (RFC 3161 2.3).
 5. A chain of certificates, each valid at the time in the token, leads to a root that is trusted (RFC 5280 6.1).

Whether a certificate of the chain was revoked is another question (``proof.revocation``).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import ExtendedKeyUsageOID

from archivist.errors import FormatError
from archivist.proof.token import Token

__all__ = [
    "UNREADABLE",
    "BadToken",
    "Chain",
    "certificates_in",
    "certificates_of",
    "chain_pem",
    "is_self_signed",
    "tolerance",
    "verify_token",
    "verify_with",
]

Chain: TypeAlias = tuple[x509.Certificate, ...]
"""Each certificate is issued by the one behind it."""
MAX_CHAIN: Final = 8
"""Certificates from the authority's to a root."""
MAX_CERTIFICATES: Final = 50
"""That are looked at; a token has four."""

_SHA: Final[dict[str, hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1(),  # noqa: S303  # old tokens are signed so
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_BY_ALGORITHM: Final = {
    "1.2.840.113549.1.1.5": "sha1",
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}
"""The hash that a signature's algorithm names; others use that of the signer (RFC 3370 3.2)."""


UNREADABLE: Final = (
    ValueError,
    TypeError,
    InvalidSignature,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.ExtensionNotFound,
    x509.UnsupportedGeneralNameType,
)
"""What the library raises over a certificate that somebody else made."""


class BadToken(FormatError):
    """A time-stamp token does not prove what it claims to prove."""


def verify_token(
    token: Token,
    data: bytes,
    *,
    roots: Sequence[x509.Certificate],
    others: Sequence[x509.Certificate] = (),
    nonce: int | None = None,
) -> tuple[x509.Certificate, ...]:
    """The chain from the authority's certificate to a root; all five steps hold.

    Args:
        token: as read.
        data: what should be stamped.
        roots: certificates that are trusted.
        others: certificates that may help, such as those stored beside the token.
        nonce: as sent; None where the token is checked later.

    Raises:
        BadToken: a step does not hold; the message says which.
    """
    stamped, signer = token.stamped, token.signer
    if stamped.hash == "sha1":
        raise BadToken("it stamps a SHA-1, which can be made to stand for two things")
    if not hmac.compare_digest(stamped.imprint, hashlib.new(stamped.hash, data).digest()):
        raise BadToken("it stamps something else")
    if nonce is not None and stamped.nonce != nonce:
        raise BadToken("it answers another request: its nonce is not the one that was sent")
    if not hmac.compare_digest(hashlib.new(signer.hash, token.content).digest(), signer.content_digest):
        raise BadToken("what it says is not what was signed")
    known = [*certificates_of(token.certificates), *others[:MAX_CERTIFICATES], *roots]
    certificate = _signing(token, known)
    _verify_signature(token, certificate)
    _check_purpose(certificate)
    chain = next(_chains((certificate,), known, roots, at=stamped.time), None)
    if chain is None:
        name = certificate.subject.rfc4514_string()
        raise BadToken(
            f"no chain that was valid on {stamped.time:%Y-%m-%d} leads from {name} to a root that is trusted"
            + _validity_fault(certificate, at=stamped.time)
        )
    return chain


def _validity_fault(certificate: x509.Certificate, *, at: dt.datetime) -> str:
    if at > certificate.not_valid_after_utc:
        return f": its own certificate expired on {certificate.not_valid_after_utc:%Y-%m-%d}"
    if at < certificate.not_valid_before_utc:
        return f": its own certificate is not valid before {certificate.not_valid_before_utc:%Y-%m-%d}"
    return ""


def certificates_of(encoded: Sequence[bytes]) -> tuple[x509.Certificate, ...]:
    """Those of the certificates in DER that can be read."""
    found = []
    for data in encoded[:MAX_CERTIFICATES]:
        with suppress(*UNREADABLE), tolerance():
            found.append(_whole(x509.load_der_x509_certificate(data)))
    return tuple(found)


@lru_cache(maxsize=16)  # every stamp of an archive is held against the same roots, and most have the same chain
def certificates_in(pem: bytes) -> Chain:
    """The certificates in a PEM file.

    Raises:
        BadToken: it cannot be read.
    """
    try:
        with tolerance():
            return tuple(map(_whole, x509.load_pem_x509_certificates(pem))) if pem.strip() else ()
    except UNREADABLE as error:
        raise BadToken("the certificates cannot be read as PEM") from error


def _whole(certificate: x509.Certificate) -> x509.Certificate:
    """The certificate, whose parts can be read: the library looks at each only when it is asked for it."""
    _ = (certificate.subject, certificate.issuer, certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    return certificate


@contextmanager
def tolerance() -> Iterator[None]:
    """No warnings: that some usual roots are not quite as RFC 5280 has them is no news for whoever verifies a stamp."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        yield


def chain_pem(chain: Sequence[x509.Certificate]) -> str:
    """The chain as PEM, authority first."""
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    return "".join(each.public_bytes(Encoding.PEM).decode("ascii") for each in chain)


def _signing(token: Token, known: Sequence[x509.Certificate]) -> x509.Certificate:
    """Step 3: the certificate that the signed attributes name."""
    name, wanted = token.signer.certificate_hash
    found = next((each for each in known if each.fingerprint(_SHA[name]) == wanted), None)
    if found is None:
        raise BadToken("the certificate that signed it is neither in it nor beside it")
    signer = token.signer
    try:
        is_same = signer.serial is None or (found.serial_number, found.issuer.public_bytes()) == (
            signer.serial,
            signer.issuer,
        )
    except UNREADABLE:
        is_same = False
    if not is_same:
        raise BadToken("it names two certificates as the one that signed it")
    return found


def _verify_signature(token: Token, certificate: x509.Certificate) -> None:
    signer = token.signer
    algorithm = _SHA[_BY_ALGORITHM.get(signer.algorithm, signer.hash)]
    verify_with(certificate, signer.signature, signer.attributes, algorithm=algorithm)


def verify_with(
    certificate: x509.Certificate, signature: bytes, data: bytes, *, algorithm: hashes.HashAlgorithm | None
) -> None:
    """Return when the signature over the data was made by the holder of the certificate.

    Raises:
        BadToken: it was not, or with an algorithm that is not known here.
    """
    try:
        match key := certificate.public_key():
            case rsa.RSAPublicKey() if algorithm is not None:
                key.verify(signature, data, padding.PKCS1v15(), algorithm)
            case ec.EllipticCurvePublicKey() if algorithm is not None:
                key.verify(signature, data, ec.ECDSA(algorithm))
            case ed25519.Ed25519PublicKey():
                key.verify(signature, data)
            case _:
                raise BadToken("its authority signs with an algorithm that is not known here")
    except UNREADABLE as error:
        raise BadToken("its signature is wrong") from error


def _check_purpose(certificate: x509.Certificate) -> None:
    """Step 4."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except UNREADABLE as error:
        raise BadToken("the certificate that signed it is not one for time-stamping") from error
    if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise BadToken("the certificate that signed it is not one for time-stamping alone")


def _chains(
    begun: tuple[x509.Certificate, ...],
    known: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    *,
    at: dt.datetime,
) -> Iterator[tuple[x509.Certificate, ...]]:
    """Step 5: every way to a root."""
    last = begun[-1]
    if not last.not_valid_before_utc <= at <= last.not_valid_after_utc:
        return
    if last in roots:
        yield begun
        return
    if len(begun) == MAX_CHAIN:
        return
    for issuer in known:
        if issuer not in begun and _issued(last, issuer) and _may_issue(issuer, below=len(begun) - 1):
            yield from _chains((*begun, issuer), known, roots, at=at)


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Whether a root vouches for its own bytes."""
    return _issued(certificate, certificate)


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    if certificate.issuer != issuer.subject:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except UNREADABLE:
        return False
    return True


def _may_issue(issuer: x509.Certificate, *, below: int) -> bool:
    """RFC 5280 4.2.1.9 and 4.2.1.3; ``below``: certificates of authorities between it and the last one."""
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        usages = [each.value for each in issuer.extensions if isinstance(each.value, x509.KeyUsage)]
    except UNREADABLE:
        return False
    signs = all(usage.key_cert_sign for usage in usages)
    return constraints.ca and signs and (constraints.path_length is None or below <= constraints.path_length)
