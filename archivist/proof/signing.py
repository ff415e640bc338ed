"""Ed25519 (RFC 8032): keys, signatures and their check; the one home of ``cryptography``, which is loaded late.

No key is stored here, and no key is shown: ``SigningKey`` has no readable form but the PEM that is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from archivist.errors import BadNote, FormatError
from archivist.proof.armour import encode_base64

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["PUBLIC_LENGTH", "SignatureFailed", "SigningKey", "new_key", "public_pem", "verify"]

PUBLIC_LENGTH: Final = 32
"""Bytes of a public key (RFC 8032 5.1.5)."""

_SPKI_PREFIX: Final = bytes.fromhex("302a300506032b6570032100")
"""The DER before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 4)."""


class SignatureFailed(FormatError):
    """A signature was not made by this key over these bytes, or no trusted key has signed at all."""


class SigningKey:
    """An Ed25519 private key."""

    __slots__ = ("_key",)

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The key that grows from these 32 secret bytes (RFC 8032 5.1.5).

        Raises:
            BadNote: they are not 32.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

        try:
            return cls(Ed25519PrivateKey.from_private_bytes(seed))
        except ValueError as error:
            raise BadNote(f"signing key seed is {len(seed)} bytes long, not 32") from error

    @classmethod
    def from_pem(cls, data: bytes) -> Self:
        """The key in an unencrypted PKCS #8 PEM file (RFC 8410 7).

        Raises:
            BadNote: the file is damaged, encrypted, or holds a key of another kind.
        """
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

        try:
            key = load_pem_private_key(data, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise BadNote("signing key is not an unencrypted PKCS #8 PEM file") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise BadNote("signing key is not an Ed25519 key")
        return cls(key)

    def to_pem(self) -> bytes:
        """The secret as an unencrypted PKCS #8 PEM file, which openssl reads."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415

        return self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def public_bytes(self) -> bytes:
        """The 32 bytes of the public key."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the signature over ``data``; the same bytes every time (RFC 8032 5.1.6)."""
        return self._key.sign(data)


def new_key() -> SigningKey:
    """A key that nobody has seen before, from the randomness of the operating system."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return SigningKey(Ed25519PrivateKey.generate())


def public_pem(public: bytes) -> bytes:
    """The public key as the PEM file that ``openssl pkeyutl -verify -pubin -rawin`` reads.

    Raises:
        BadNote: the key is not 32 bytes long.
    """
    if len(public) != PUBLIC_LENGTH:
        raise BadNote(f"not an Ed25519 public key: {len(public)} bytes")
    body = encode_base64(_SPKI_PREFIX + public)
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n".encode("ascii")


def verify(public: bytes, data: bytes, *, signature: bytes) -> None:
    """Return when ``signature`` was made over ``data`` by the holder of this key.

    Raises:
        SignatureFailed: it was not.
        BadNote: ``public`` is no public key.
    """
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except InvalidSignature as error:
        raise SignatureFailed("signature does not belong to these bytes and this key") from error
    except ValueError as error:
        raise BadNote(f"not an Ed25519 public key: {len(public)} bytes") from error
