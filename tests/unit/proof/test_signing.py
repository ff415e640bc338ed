"""Ed25519 keys and signatures."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from archivist.errors import BadNote
from archivist.proof.signing import SignatureFailed, SigningKey, new_key, public_pem, verify

# RFC 8032 7.1, tests 1 to 3: seed, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), VECTORS)
def test_rfc8032(seed: str, public: str, message: str, signature: str) -> None:
    """The vectors of RFC 8032 7.1 come out and verify."""
    key = SigningKey.from_seed(bytes.fromhex(seed))

    assert public == key.public_bytes().hex()
    assert signature == key.sign(bytes.fromhex(message)).hex()
    verify(bytes.fromhex(public), bytes.fromhex(message), signature=bytes.fromhex(signature))


def test_flipped_bits() -> None:
    """One flipped bit anywhere in the key, the message or the signature is refused."""
    key = SigningKey.from_seed(bytes(32))
    parts = [key.public_bytes(), b"message", key.sign(b"message")]
    for part in range(3):
        for bit in range(len(parts[part]) * 8):
            public, data, signature = (
                bytes(
                    byte ^ (1 << bit % 8 if here == part and place == bit // 8 else 0)
                    for place, byte in enumerate(each)
                )
                for here, each in enumerate(parts)
            )
            with pytest.raises((SignatureFailed, BadNote)):
                verify(public, data, signature=signature)


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(65), bytes(64)])
def test_no_signature(signature: bytes) -> None:
    """A signature of another length, or of zeros, is refused."""
    with pytest.raises(SignatureFailed):
        verify(SigningKey.from_seed(bytes(32)).public_bytes(), b"message", signature=signature)


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33)])
def test_no_public_key(public: bytes) -> None:
    """A public key of another length is refused."""
    with pytest.raises(BadNote, match=f"not an Ed25519 public key: {len(public)} bytes"):
        verify(public, b"message", signature=bytes(64))
    with pytest.raises(BadNote, match=f"not an Ed25519 public key: {len(public)} bytes"):
        public_pem(public)


def test_pem() -> None:
    """A key survives its PEM file, which is PKCS #8."""
    key = new_key()

    assert key.to_pem().startswith(b"-----BEGIN PRIVATE KEY-----\n")
    assert key.public_bytes() == SigningKey.from_pem(key.to_pem()).public_bytes()


def test_public_pem() -> None:
    """The public PEM file is byte for byte what cryptography writes."""
    public = SigningKey.from_seed(bytes(32)).public_bytes()
    loaded = serialization.load_pem_public_key(public_pem(public))

    expected = loaded.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert expected == public_pem(public)
    assert public == loaded.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def test_new_keys_differ() -> None:
    """No key is made twice."""
    assert new_key().public_bytes() != new_key().public_bytes()


def pem_of(key: ec.EllipticCurvePrivateKey, password: bytes | None) -> bytes:
    """The key as PKCS #8, encrypted if there is a password."""
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def test_other_files() -> None:
    """A file that is no PEM, is cut, encrypted, or holds a key of another kind is refused."""
    other = ec.generate_private_key(ec.SECP256R1())
    pem = SigningKey.from_seed(bytes(32)).to_pem()
    for data in (b"", b"\xff\x00", pem[: len(pem) // 2], pem_of(other, b"secret")):
        with pytest.raises(BadNote, match="not an unencrypted PKCS #8 PEM file"):
            SigningKey.from_pem(data)
    with pytest.raises(BadNote, match="not an Ed25519 key"):
        SigningKey.from_pem(pem_of(other, None))
    with pytest.raises(BadNote, match="31 bytes long, not 32"):
        SigningKey.from_seed(bytes(31))


def test_secret_is_not_shown() -> None:
    """Neither form of a key as text holds a byte of the secret."""
    seed = bytes(range(32))
    key = SigningKey.from_seed(seed)

    assert seed.hex() not in repr(key) + str(key)
    assert repr(seed) not in repr(key) + str(key)
