"""RFC 3161: tokens of real and local authorities, and what is refused; openssl and the published samples decide."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from cryptography import x509

from archivist.proof.authority import BadToken, certificates_of, verify_token
from archivist.proof.der import INTEGER, BadDer, Der
from archivist.proof.token import Token, query

SAMPLES = Path(__file__).parents[2].parent / "shared" / "data" / "trust" / "rfc3161"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"{SAMPLES} is absent")


def certificates(*names: str) -> list[x509.Certificate]:
    """Of these files."""
    found: list[x509.Certificate] = []
    for name in names:
        data = (SAMPLES / name).read_bytes()
        # One of the files is DER, whatever its name says.
        is_der = not data.startswith(b"-----")
        found += [x509.load_der_x509_certificate(data)] if is_der else x509.load_pem_x509_certificates(data)
    return found


def token(name: str) -> Token:
    """The token in a sample."""
    return Token.of_response((SAMPLES / name).read_bytes())


@needs_samples
@pytest.mark.parametrize(
    ("name", "data", "root", "beside"),
    [
        ("local", "local.data", "local.ca.pem", ()),
        # Two certificates that are not in DER's order, as openssl writes them.
        ("local-two-certs", "local-two-certs.data", "local-two-certs.ca.pem", ()),
        # A certificate that has expired since, and is not embedded.
        ("freetsa-2022", "freetsa-2022.data", "freetsa-2022.root.pem", ("freetsa-2022.tsa.pem",)),
        ("tob-sigstage-response-sha256", b"hello", "tob-sigstage-ts_chain.pem", ()),
        ("tob-sigstage-response-sha384", b"hello", "tob-sigstage-ts_chain.pem", ()),
        ("tob-sigstage-response-sha512", b"hello", "tob-sigstage-ts_chain.pem", ()),
        (
            "tob-sigstage-response-no-embedded-cert",
            b"hello",
            "tob-sigstage-ts_chain.pem",
            ("tob-sigstage-ts_chain.pem",),
        ),
        ("tob-test_tsa-response", b"hello", "tob-test_tsa-ts_chain.pem", ("tob-test_tsa-ts_chain.pem",)),
        # Its certificate has expired since; it was valid when it stamped.
        (
            "tob-sigstore.mock-response-expired",
            "tob-sigstore.mock-payload",
            "tob-sigstore.mock-ts_chain.pem",
            ("tob-sigstore.mock-ts_chain.pem",),
        ),
        # Two certificates, in DER's order.
        ("tob-identrust-issue-104", b"hello", "tob-identrust-ts_chain.pem", ()),
        # Foreign certificates in the unsigned part change nothing.
        ("tob-test_tsa-response-injected-certs", b"hello", "tob-test_tsa-ts_chain.pem", ("tob-test_tsa-ts_chain.pem",)),
    ],
)
def test_true_tokens(name: str, data: str | bytes, root: str, beside: tuple[str, ...]) -> None:
    """The chain leads from the authority to the root."""
    stamped = (SAMPLES / data).read_bytes() if isinstance(data, str) else data
    roots = [each for each in certificates(root) if each.issuer == each.subject]
    chain = verify_token(token(f"{name}.tsr"), stamped, roots=roots, others=certificates(*beside))
    assert chain[-1] in roots
    assert len(chain) >= 2


@needs_samples
@pytest.mark.parametrize(
    ("name", "data", "root", "said"),
    [
        ("local", b"other", "local.ca.pem", "stamps something else"),
        ("local", None, "local-two-certs.ca.pem", "no chain"),
        ("freetsa-2022", None, "freetsa-2022.root.pem", "neither in it nor beside it"),
        ("tob-sigstage-response-invalid-signature", b"hello", "tob-sigstage-ts_chain.pem", "signature is wrong"),
        ("tob-sigstage-response-sha256", b"hello", "tob-test_tsa-ts_chain.pem", "no chain"),
        ("tob-sigstage-response-sha256", b"hello\n", "tob-sigstage-ts_chain.pem", "stamps something else"),
        # Another authority that calls itself the same.
        ("tob-test_tsa-other_response", b"hello", "tob-test_tsa-ts_chain.pem", "no chain"),
    ],
)
def test_false_tokens(name: str, data: bytes | None, root: str, said: str) -> None:
    """Refused, and the message says why."""
    stamped = (SAMPLES / f"{name}.data").read_bytes() if data is None else data
    with pytest.raises(BadToken, match=said):
        verify_token(token(f"{name}.tsr"), stamped, roots=certificates(root))


def asked(name: str) -> tuple[bytes, int]:
    """Digest and nonce of a published request."""
    fields = Der.parse((SAMPLES / name).read_bytes()).children()
    return fields[1].children()[1].content, next(each.integer() for each in fields[2:] if each.tag == INTEGER)


@needs_samples
def test_answers_are_to_their_questions() -> None:
    """The digest and the nonce of a request stand in its response; another request's nonce is refused."""
    for request, response in (
        ("local.tsq", "local.tsr"),
        ("tob-test_tsa-request.der", "tob-test_tsa-response.tsr"),
    ):
        stamped = token(response).stamped
        assert asked(request) == (stamped.imprint, stamped.nonce)
    chain = certificates("tob-test_tsa-ts_chain.pem")
    for request in ("tob-test_tsa-other_request.der", "tob-sigstage-request.der"):
        with pytest.raises(BadToken, match="another request"):
            verify_token(
                token("tob-test_tsa-response.tsr"), b"hello", roots=chain, others=chain, nonce=asked(request)[1]
            )


@needs_samples
def test_bare() -> None:
    """Without its certificates a token is still what it was, to us and to openssl, which finds them beside it."""
    whole = token("local-two-certs.tsr")
    assert 2 == len(whole.certificates)
    bare = Token.parse(whole.bare)
    assert () == bare.certificates
    assert bare.bare == bare.encoded
    stamped = (SAMPLES / "local-two-certs.data").read_bytes()
    others = certificates_of(whole.certificates)
    assert verify_token(bare, stamped, roots=certificates("local-two-certs.ca.pem"), others=others)


@needs_samples
def test_nonce() -> None:
    """A token for another request is no answer to this one."""
    stamped, roots = (SAMPLES / "local.data").read_bytes(), certificates("local.ca.pem")
    found = token("local.tsr")
    assert found.stamped.nonce is not None
    verify_token(found, stamped, roots=roots, nonce=found.stamped.nonce)
    with pytest.raises(BadToken, match="another request"):
        verify_token(found, stamped, roots=roots, nonce=found.stamped.nonce + 1)


@needs_samples
def test_mutants() -> None:
    """Any byte changed: refused; or signed all the same, and nothing that counts has changed."""
    data, stamped, roots = (
        (SAMPLES / "local.tsr").read_bytes(),
        (SAMPLES / "local.data").read_bytes(),
        certificates("local.ca.pem"),
    )
    true, random = Token.of_response(data), Random(1)
    for at in range(len(data)):
        bent = bytearray(data)
        bent[at] ^= 1 << random.randrange(8)
        try:
            found = Token.of_response(bytes(bent))
            verify_token(found, stamped, roots=roots)
        except (BadDer, BadToken):
            continue
        assert found.stamped == true.stamped
        assert found.signer.attributes == true.signer.attributes
    for length in range(len(data)):
        with pytest.raises(BadDer):
            Token.of_response(data[:length])


def test_query_is_what_openssl_reads(tmp_path: Path) -> None:
    """What we ask reads as it should to openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    digest = hashlib.sha256(b"checkpoint").digest()
    for nonce in (0, 1, 127, 128, 2**63, 2**64 - 1):
        (tmp_path / "q").write_bytes(query(digest, nonce=nonce))
        done = subprocess.run(
            ["openssl", "ts", "-query", "-in", tmp_path / "q", "-text"], capture_output=True, check=True, text=True
        )
        assert "Hash Algorithm: sha256" in done.stdout
        assert "Certificate required: yes" in done.stdout
        assert f"Nonce: 0x{nonce:02X}" in done.stdout or nonce == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x80\x00\x00",
        b"\x30\x81\x01\x00",
        b"\x30\x05\x02\x01",
        b"\x1f\x81\x01\x00",
        b"\x02\x01\x01x",
    ],
)
def test_no_der(data: bytes) -> None:
    """Cut, indefinite, longer than need be, long tags, something behind."""
    with pytest.raises(BadDer):
        Der.parse(data)
