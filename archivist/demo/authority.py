"""A made-up time-stamping authority on loopback (RFC 3161): ``openssl ts`` behind a small web server."""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Final, Self

__all__ = ["Authority"]

_CONFIG: Final = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = {name}
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[tsa_cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = {usage}
{more}
[ca]
default_ca = issuer
[issuer]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
policy = any
default_md = sha256
[any]
commonName = supplied
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
crypto_device = builtin
certs = {folder}/root.pem
"""


@dataclass
class Authority:
    """Use as a context manager; its keys and certificates are made in the folder.

    Raises:
        OSError: there is no openssl.
    """

    folder: Path
    days: int = 365
    """For which its certificate is valid; negative: it has expired."""
    usage: str = "critical,timeStamping"
    name: str = "Made-up Stamps"
    more: str = ""
    """Further extensions of its certificate, as openssl spells them."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.config = self.folder / "tsa.cnf"
        self.config.write_text(_CONFIG.format(name=self.name, folder=self.folder, usage=self.usage, more=self.more))
        (self.folder / "serial").write_text("01\n")
        self._key("root")
        self._key("tsa")
        root, key = self.folder / "root.pem", self.folder / "root.key"
        new = ("req", "-new", "-config", self.config)
        self._openssl(*new, "-x509", "-extensions", "root", "-days", "3650", "-key", key, "-out", root)
        # openssl makes one name for both, so the certificate's own is told apart by another request.
        request = self.folder / "tsa.csr"
        self._openssl(*new, "-subj", f"/CN={self.name} Clock", "-key", self.folder / "tsa.key", "-out", request)
        if self.days > 0:
            ca = ("-CA", root, "-CAkey", key, "-CAcreateserial", "-days", str(self.days), "-extfile", self.config)
            self._openssl(
                "x509", "-req", "-in", request, *ca, "-extensions", "tsa_cert", "-out", self.folder / "tsa.pem"
            )
        else:
            # Older ones take dates for this command alone.
            (self.folder / "index.txt").touch()
            dates = ("-startdate", "20200101000000Z", "-enddate", "20210101000000Z")
            made = ("-extensions", "tsa_cert", "-notext", "-in", request, "-out", self.folder / "tsa.pem")
            self._openssl("ca", "-batch", "-config", self.config, "-cert", root, "-keyfile", key, *dates, *made)
        self._lock = threading.Lock()

    @property
    def root(self) -> Path:
        """Its root certificate."""
        return self.folder / "root.pem"

    @property
    def address(self) -> str:
        """Where it listens, such as ``127.0.0.1:43210``."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{self.address}/tsr"

    def __enter__(self) -> Self:
        """It answers from here on."""
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                """Answer a query."""
                authority.answer(self)

            def log_message(self, *_: object) -> None:
                """Write no log: standard error belongs to the person at the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """It is gone."""
        self._server.shutdown()
        self._server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        data = self.stamped(handler.rfile.read(int(handler.headers["Content-Length"])))
        handler.send_response(200)
        handler.send_header("Content-Type", "application/timestamp-reply")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def stamped(self, query: bytes) -> bytes:
        """The answer to a query."""
        with self._lock:
            path, answer = self.folder / "query", self.folder / "answer"
            path.write_bytes(query)
            self._openssl("ts", "-reply", "-config", self.config, "-queryfile", path, "-out", answer)
            return answer.read_bytes()

    def _key(self, name: str) -> None:
        curve = ("ecparam", "-name", "prime256v1", "-genkey", "-noout")
        self._openssl(*curve, "-out", self.folder / f"{name}.key")

    def _openssl(self, *words: str | Path) -> None:
        done = subprocess.run(["openssl", *words], capture_output=True, check=False)  # noqa: S603, S607
        if done.returncode:
            raise OSError(f"openssl {words[0]} failed: {done.stderr.decode(errors='replace')}")
