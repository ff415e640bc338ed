"""Whether a certificate of an authority was revoked: OCSP (RFC 6960) and lists of revoked certificates (RFC 5280 5).

What is proved of one such answer: its issuer, or somebody whom the issuer entitles to, signed it; it speaks of this
certificate; and it does not say that the certificate was revoked in a way that makes the stamp worthless.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import types
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from archivist.proof.authority import UNREADABLE, BadToken, Chain, tolerance, verify_with
from archivist.proof.der import Der

__all__ = ["MAX_REVOCATION", "Answered", "Kind", "Source", "check_revocation", "ocsp_request", "sources"]

Kind: TypeAlias = Literal["ocsp", "crl"]
MAX_REVOCATION: Final = 1 << 20
"""Bytes of one answer; an OCSP answer has two thousand, a list of a large authority some hundred thousand."""
_MAX_SOURCES: Final = 4
"""Addresses of one certificate that are looked at."""

_HARMLESS: Final = frozenset(
    {
        x509.ReasonFlags.unspecified,
        x509.ReasonFlags.affiliation_changed,
        x509.ReasonFlags.superseded,
        x509.ReasonFlags.cessation_of_operation,
    }
)
"""RFC 3161 4: revoked for one of these reasons, and it is said, what was stamped before stays stamped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an answer can be had."""

    kind: Kind
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What an answer says of a certificate."""

    as_of: dt.datetime
    revoked: dt.datetime | None = None
    reason: x509.ReasonFlags | None = None

    def harms(self, at: dt.datetime) -> bool:
        """Whether what was stamped then is worth nothing (RFC 3161 4)."""
        return self.revoked is not None and (self.revoked <= at or self.reason not in _HARMLESS)


def sources(certificate: x509.Certificate) -> tuple[Source, ...]:
    """The addresses that a certificate names, OCSP first, whose answers are small."""
    found: list[Source] = []
    with suppress(*UNREADABLE):
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
        found += (
            Source(kind="ocsp", url=each.access_location.value)
            for each in access
            if each.access_method == AuthorityInformationAccessOID.OCSP
            and isinstance(each.access_location, x509.UniformResourceIdentifier)
        )
    with suppress(*UNREADABLE):
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        found += (
            Source(kind="crl", url=name.value)
            for point in points
            for name in point.full_name or ()
            if isinstance(name, x509.UniformResourceIdentifier)
        )
    return tuple(each for each in found if each.url.startswith(("http://", "https://")))[:_MAX_SOURCES]


def ocsp_request(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """A question about one certificate (RFC 6960 4.1), in the form that every responder understands."""
    built = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, SHA1()).build()  # noqa: S303
    return built.public_bytes(Encoding.DER)


def check_revocation(chain: Chain, position: int, *, kind: Kind, data: bytes) -> Answered:
    """What the answer says of the certificate at that place of the chain.

    Args:
        chain: the authority's certificate first, the root last.
        position: of the certificate that is asked about; the one behind it has issued it.
        kind: of the answer.
        data: the answer, DER.

    Raises:
        BadToken: it cannot be read, says nothing of this certificate, or is not signed by who may.
    """
    if not 0 <= position < len(chain) - 1:
        raise BadToken("it is about a certificate that is not in the chain")
    certificate, issuer = chain[position], chain[position + 1]
    read = _ocsp if kind == "ocsp" else _crl
    try:
        with tolerance():
            return read(certificate, issuer, data)
    except UNREADABLE as error:
        raise BadToken("what it says about revoked certificates cannot be read") from error


def _ocsp(certificate: x509.Certificate, issuer: x509.Certificate, data: bytes) -> Answered:
    response = ocsp.load_der_ocsp_response(data)
    if response.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise BadToken(f"the responder answers: {response.response_status.name.lower().replace('_', ' ')}")
    if not any(_is_signed(response, signer) for signer in _responders(response, issuer)):
        raise BadToken("what it says about revoked certificates is not signed by who may say so")
    single = next((each for each in response.responses if _is_about(each, certificate, issuer)), None)
    if single is None or single.certificate_status == ocsp.OCSPCertStatus.UNKNOWN:
        raise BadToken("the responder says nothing of this certificate")
    return Answered(as_of=single.this_update_utc, revoked=single.revocation_time_utc, reason=single.revocation_reason)


def _responders(response: ocsp.OCSPResponse, issuer: x509.Certificate) -> Iterator[x509.Certificate]:
    """RFC 6960 4.2.2.2: the issuer itself, or who has its certificate for this purpose."""
    yield issuer
    for each in response.certificates:
        with suppress(*UNREADABLE):
            each.verify_directly_issued_by(issuer)
            usage = each.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
            is_valid = each.not_valid_before_utc <= response.produced_at_utc <= each.not_valid_after_utc
            if ExtendedKeyUsageOID.OCSP_SIGNING in usage and is_valid:
                yield each


def _is_signed(response: ocsp.OCSPResponse, signer: x509.Certificate) -> bool:
    algorithm = response.signature_hash_algorithm
    try:
        verify_with(signer, response.signature, response.tbs_response_bytes, algorithm=algorithm)
    except BadToken:
        return False
    return True


def _is_about(single: ocsp.OCSPSingleResponse, certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    def hashed(data: bytes) -> bytes:
        return hashlib.new(single.hash_algorithm.name, data).digest()

    named = (single.serial_number, single.issuer_name_hash, single.issuer_key_hash)
    return named == (certificate.serial_number, hashed(issuer.subject.public_bytes()), hashed(_key_bits(issuer)))


def _key_bits(certificate: x509.Certificate) -> bytes:
    """The value of the BIT STRING subjectPublicKey, without the octet of unused bits."""
    key: types.CertificatePublicKeyTypes = certificate.public_key()
    return Der.parse(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).children()[1].content[1:]


def _crl(certificate: x509.Certificate, issuer: x509.Certificate, data: bytes) -> Answered:
    found = x509.load_der_x509_crl(data)
    key = issuer.public_key()
    usages = [each.value for each in issuer.extensions if isinstance(each.value, x509.KeyUsage)]
    may = all(usage.crl_sign for usage in usages)
    if found.issuer != issuer.subject or not may or not found.is_signature_valid(key):  # type: ignore[arg-type]  # a key that cannot sign a list is refused below
        raise BadToken("the list of revoked certificates is not signed by who may say so")
    for extension in found.extensions:
        if isinstance(extension.value, x509.IssuingDistributionPoint) and (
            extension.value.indirect_crl or extension.value.only_some_reasons
        ):
            raise BadToken("the list of revoked certificates is only a part of one")
    entry = found.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None:
        return Answered(as_of=found.last_update_utc)
    reasons = [each.value.reason for each in entry.extensions if isinstance(each.value, x509.CRLReason)]
    return Answered(
        as_of=found.last_update_utc, revoked=entry.revocation_date_utc, reason=reasons[0] if reasons else None
    )
