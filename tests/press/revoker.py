"""Who says whether certificates were revoked, on loopback: OCSP answers and lists, right and wrong on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509 import ocsp

from tests.press.service import Service

__all__ = ["Revoker"]


class Revoker(Service):
    """Use as a context manager; ``folder`` is that of the authority whose root signs."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path()
        self.revoked: dt.datetime | None = None
        self.reason: x509.ReasonFlags | None = x509.ReasonFlags.superseded
        self.change: Callable[[bytes], bytes] = lambda data: data

    def answer(self, path: str, body: bytes | None) -> tuple[int, str, bytes]:
        """A posted question is answered by OCSP, all else by the list."""
        del path
        data = self.crl() if body is None else self.ocsp()
        return 200, "application/pkix-crl" if body is None else "application/ocsp-response", self.change(data)

    def ocsp(self) -> bytes:
        """About the authority's certificate, signed by its root."""
        now = dt.datetime.now(dt.UTC)
        built = ocsp.OCSPResponseBuilder().add_response(
            cert=self._read("tsa.pem"),
            issuer=self._read("root.pem"),
            algorithm=SHA1(),
            cert_status=ocsp.OCSPCertStatus.REVOKED if self.revoked else ocsp.OCSPCertStatus.GOOD,
            this_update=now,
            next_update=now + dt.timedelta(days=7),
            revocation_time=self.revoked,
            revocation_reason=self.reason if self.revoked else None,
        )
        signer = built.responder_id(ocsp.OCSPResponderEncoding.HASH, self._read("root.pem"))
        return signer.sign(self._key(), SHA256()).public_bytes(Encoding.DER)

    def crl(self) -> bytes:
        """The list of the root."""
        now = dt.datetime.now(dt.UTC)
        built = x509.CertificateRevocationListBuilder().issuer_name(self._read("root.pem").subject)
        built = built.last_update(now).next_update(now + dt.timedelta(days=7))
        if self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(self._read("tsa.pem").serial_number)
            entry = entry.revocation_date(self.revoked)
            if self.reason:
                entry = entry.add_extension(x509.CRLReason(self.reason), critical=False)
            built = built.add_revoked_certificate(entry.build())
        return built.sign(self._key(), SHA256()).public_bytes(Encoding.DER)

    def _read(self, name: str) -> x509.Certificate:
        return x509.load_pem_x509_certificate((self.folder / name).read_bytes())

    def _key(self) -> ec.EllipticCurvePrivateKey:
        key = load_pem_private_key((self.folder / "root.key").read_bytes(), password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key
