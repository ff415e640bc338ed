"""Who says whether certificates were revoked, on loopback: OCSP answers and lists, right and wrong on demand."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509 import ocsp

__all__ = ["Revoker"]


@dataclass
class Revoker:
    """Use as a context manager; ``folder`` is that of the authority whose root signs."""

    folder: Path = Path()
    revoked: dt.datetime | None = None
    reason: x509.ReasonFlags | None = x509.ReasonFlags.superseded
    change: Callable[[bytes], bytes] = lambda data: data
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        revoker = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self._answer(revoker.ocsp())

            def do_GET(self) -> None:
                self._answer(revoker.crl())

            def _answer(self, data: bytes) -> None:
                revoker.asked.append(self.path)
                data = revoker.change(data)
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

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
