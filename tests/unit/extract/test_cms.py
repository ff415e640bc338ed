"""The signer's name in a signature, as a signing program writes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.cms import signer_in

MOMENT = datetime(2026, 11, 16, tzinfo=UTC)


def named(*names: str) -> x509.Name:
    """A distinguished name."""
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Saltmere Harbour Authority")
    return x509.Name([organisation, *(x509.NameAttribute(NameOID.COMMON_NAME, name) for name in names)])


def certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, serial: int
) -> x509.Certificate:
    """A certificate for the key, signed with it, whoever is said to be the issuer."""
    made = x509.CertificateBuilder(
        issuer_name=issuer,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=serial,
        not_valid_before=MOMENT,
        not_valid_after=MOMENT + timedelta(days=1),
    )
    return made.sign(key, hashes.SHA256())


KEY = ec.derive_private_key(7, ec.SECP256R1())
AUTHORITY = certificate(named("Root of Saltmere"), named("Root of Saltmere"), KEY, 1)
NAMELESS = certificate(named(), named("Root of Saltmere"), KEY, 2)
OWN = certificate(named("Mara Quill ÄÖ"), named("Root of Saltmere"), KEY, 3)


def signature(own: x509.Certificate) -> bytes:
    """A detached signature by this certificate, with the authority's beside it."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"report").add_certificate(AUTHORITY)
    builder = builder.add_signer(own, KEY, hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature])


SIGNATURE = signature(OWN)


def test_the_signers_certificate_is_found_among_others() -> None:
    """By issuer and serial number; padding behind the signature, which PDF has, changes nothing."""
    assert "Mara Quill ÄÖ" == signer_in(SIGNATURE)
    assert "Mara Quill ÄÖ" == signer_in(SIGNATURE + bytes(4_000))
    assert "Root of Saltmere" == signer_in(signature(AUTHORITY))


def test_a_certificate_without_a_common_name() -> None:
    """No other part of the name is taken for one."""
    assert None is signer_in(signature(NAMELESS))


@pytest.mark.parametrize("data", [b"", b"\x30", b"\x30\x80", b"\x30\x85\0\0\0\0\0", b"\x30\x02\x02\x00", b"0" * 99])
def test_what_is_no_signature_has_no_signer(data: bytes) -> None:
    """Nothing raises."""
    assert None is signer_in(data)


@given(st.integers(0, len(SIGNATURE) - 1), st.integers(0, 255), st.integers(0, len(SIGNATURE)))
def test_damaged_signatures_never_raise(at: int, byte: int, length: int) -> None:
    """Cut or changed, there is a name or there is none."""
    damaged = (SIGNATURE[:at] + bytes([byte]) + SIGNATURE[at + 1 :])[:length]

    assert isinstance(signer_in(damaged), str | None)
