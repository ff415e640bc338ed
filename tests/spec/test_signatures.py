"""Published signatures: Ed25519 and SSHSIG of one message, and the two forms of signed WACZ files."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from archivist.proof.authority import BadToken, verify_with
from archivist.proof.signing import SignatureFailed, public_pem, verify

TRUST = Path(__file__).parents[2].parent / "shared" / "data" / "trust"
pytestmark = pytest.mark.skipif(not TRUST.is_dir(), reason=f"{TRUST} is absent")


def read(name: str) -> bytes:
    """A sample."""
    return (TRUST / name).read_bytes()


def test_ed25519() -> None:
    """RFC 8032: the signature that openssl made; any other byte of it, of the message or of the key is refused."""
    pem, message, signature = (read(f"ed25519/{name}") for name in ("ed25519.pub.pem", "msg.txt", "msg.txt.sig"))
    public = base64.b64decode("".join(pem.decode().splitlines()[1:-1]))[-32:]
    assert pem == public_pem(public)
    verify(public, message, signature=signature)
    for at in range(len(signature)):
        with pytest.raises(SignatureFailed):
            verify(public, message, signature=signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :])
    with pytest.raises(SignatureFailed):
        verify(public, message + b"\n", signature=signature)


def test_sshsig() -> None:
    """The same key as ssh-keygen has it, for whoever has nothing else."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen is not here")
    folder = TRUST / "ed25519"
    words = ["-Y", "check-novalidate", "-n", "archivist", "-s", folder / "msg.txt.sshsig"]
    done = subprocess.run(["ssh-keygen", *words], input=read("ed25519/msg.txt"), capture_output=True, check=False)
    assert 0 == done.returncode, done
    assert 0 != subprocess.run(["ssh-keygen", *words], input=b"other", capture_output=True, check=False).returncode


def test_wacz_of_a_domain() -> None:
    """An ECDSA signature under a certificate, as authsign makes it; over the text, and nothing else."""
    certificate = x509.load_pem_x509_certificates(read("wacz/domain.chain.pem"))[0]
    signature, text = read("wacz/domain.der.sig"), read("wacz/domain.signed-text")
    verify_with(certificate, signature, text, algorithm=SHA256())
    with pytest.raises(BadToken):
        verify_with(certificate, signature, text + b" ", algorithm=SHA256())


def test_wacz_of_nobody(tmp_path: Path) -> None:
    """The raw form (r, s) of the same kind, as browsers make it, is the DER form that openssl verifies."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    raw = read("wacz/anonymous.raw.sig")
    half = len(raw) // 2
    made = encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
    assert read("wacz/anonymous.der.sig") == made
    (tmp_path / "sig").write_bytes(made)
    folder = TRUST / "wacz"
    words = ["dgst", "-sha256", "-verify", folder / "anonymous.pub.pem", "-signature", tmp_path / "sig"]
    for name, code in (("anonymous.signed-text", 0), ("domain.signed-text", 1)):
        assert code == subprocess.run(["openssl", *words, folder / name], capture_output=True, check=False).returncode
