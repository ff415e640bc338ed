"""Time-stamp tokens (RFC 3161 over CMS, RFC 5652): what is asked for, and what an answer says before it is believed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final, Self

from archivist.proof.der import GENERALIZED_TIME, INTEGER, OCTET_STRING, OID, SEQUENCE, SET, BadDer, Der, encode

__all__ = ["HASHES", "MAX_RESPONSE", "Signer", "Stamped", "Token", "query"]

MAX_RESPONSE: Final = 64 * 1024
"""Bytes of an answer; one with a chain of four certificates has six thousand."""
HASHES: Final = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""By object identifier."""

_SHA256: Final = bytes.fromhex("300d06096086480165030402010500")
_SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
_TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
_SIGNING_CERTIFICATE: Final = "1.2.840.113549.1.9.16.2.12"
_SIGNING_CERTIFICATE_V2: Final = "1.2.840.113549.1.9.16.2.47"
_STATUS: Final = (
    "granted",
    "granted with modifications",
    "rejected",
    "waiting",
    "revocation warning",
    "revocation notification",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed, and what exactly; nothing is checked yet."""

    issuer: bytes | None
    """The issuer's name in DER; None where the certificate is named by its key."""
    serial: int | None
    key_id: bytes | None
    """Subject key identifier."""
    hash: str
    """Of the content and of the signed attributes: sha256 …"""
    algorithm: str
    """Object identifier of the signature's algorithm."""
    attributes: bytes
    """The signed attributes as they are signed: a SET."""
    content_digest: bytes
    """Of the content, says the signer."""
    signature: bytes
    certificate_hash: tuple[str, bytes]
    """By which the signed attributes name the certificate (RFC 5816)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What the authority says (RFC 3161 2.4.2, TSTInfo)."""

    hash: str
    """Of what was stamped: sha256 …"""
    imprint: bytes
    time: dt.datetime
    """UTC, as exact as the authority writes it."""
    serial: int
    policy: str
    nonce: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A time-stamp token as read; nothing is proved yet."""

    encoded: bytes
    """The ContentInfo in DER: what ``openssl ts -verify -token_in`` reads."""
    content: bytes
    """What is signed: TSTInfo in DER."""
    stamped: Stamped
    certificates: tuple[bytes, ...]
    """DER, as embedded, in no particular order."""
    signer: Signer

    @property
    def bare(self) -> bytes:
        """The same token without the certificates and lists in it, which no signature covers (RFC 5652 5.1)."""
        kind, wrapped = Der.parse(self.encoded).fields(SEQUENCE, least=2)[:2]
        signed = wrapped.fields(0xA0, least=1)[0].fields(SEQUENCE, least=4)
        kept = (*signed[:3], signed[-1])
        inner = encode(SEQUENCE, b"".join(each.encoded for each in kept))
        return encode(SEQUENCE, kind.encoded + encode(0xA0, inner))

    @classmethod
    def of_response(cls, data: bytes) -> Self:
        """The token in an authority's answer (RFC 3161 2.4.2).

        Raises:
            BadDer: there is none; the message has the status that the authority gives.
        """
        if len(data) > MAX_RESPONSE:
            raise BadDer(f"an answer of {len(data)} bytes is none of a time-stamping authority")
        parts = Der.parse(data).fields(SEQUENCE, least=1)
        number = parts[0].fields(SEQUENCE, least=1)[0].integer()
        if number not in {0, 1}:
            said = _STATUS[number] if 0 <= number < len(_STATUS) else str(number)
            raise BadDer(f"the authority answers: {said}")
        if len(parts) != 2:
            raise BadDer("the answer says granted and has no token")
        return cls.parse(parts[1].encoded)

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """The token in its own encoding.

        Raises:
            BadDer: the bytes are no token with one signer.
        """
        kind, wrapped = Der.parse(data).fields(SEQUENCE, least=2)[:2]
        if kind.oid() != _SIGNED_DATA:
            raise BadDer("the token is not signed data (RFC 5652 5.1)")
        signed = wrapped.fields(0xA0, least=1)[0].fields(SEQUENCE, least=4)
        content, infos = _content(signed[2]), signed[-1].expect(SET).children()
        if len(infos) != 1:
            raise BadDer(f"the token has {len(infos)} signers, and should have one (RFC 3161 2.4.2)")
        # RFC 5652 5.1, RFC 3161 2.4.2: what is hashed with is named before, and again by the signer.
        if signed[0].integer() != 3 or len(signed[1].expect(SET).children()) != 1:
            raise BadDer("the token is of another version, or names not one hash function (RFC 5652 5.1)")
        if _hash(signed[1].children()[0]) != _hash(infos[0].fields(SEQUENCE, least=6)[2]):
            raise BadDer("the token names two hash functions")
        certificates = next((each.children() for each in signed[3:-1] if each.tag == 0xA0), ())
        return cls(
            encoded=data,
            content=content,
            stamped=_stamped(content),
            certificates=tuple(each.encoded for each in certificates),
            signer=_signer(infos[0]),
        )


def query(digest: bytes, *, nonce: int) -> bytes:
    """A request for a token over a SHA-256, with the certificates (RFC 3161 2.4.1).

    Args:
        digest: 32 bytes.
        nonce: not negative; the answer must repeat it.
    """
    imprint = encode(SEQUENCE, _SHA256 + encode(OCTET_STRING, digest))
    number = encode(INTEGER, nonce.to_bytes(nonce.bit_length() // 8 + 1, "big"))
    return encode(SEQUENCE, encode(INTEGER, b"\x01") + imprint + number + b"\x01\x01\xff")


def _content(encapsulated: Der) -> bytes:
    kind, wrapped = encapsulated.fields(SEQUENCE, least=2)[:2]
    if kind.oid() != _TST_INFO:
        raise BadDer("what is signed is not time-stamp information (RFC 3161 2.4.2)")
    return wrapped.fields(0xA0, least=1)[0].expect(OCTET_STRING).content


def _stamped(content: bytes) -> Stamped:
    version, policy, imprint, serial, time, *rest = Der.parse(content).fields(SEQUENCE, least=5)
    if version.integer() != 1:
        raise BadDer("time-stamp information of another version")
    algorithm, hashed = imprint.fields(SEQUENCE, least=2)[:2]
    return Stamped(
        hash=_hash(algorithm),
        imprint=hashed.expect(OCTET_STRING).content,
        time=_time(time),
        serial=serial.integer(),
        policy=policy.oid(),
        # Accuracy is a SEQUENCE, ordering a BOOLEAN, the rest is tagged: the nonce is the only INTEGER that may follow.
        nonce=next((each.integer() for each in rest if each.tag == INTEGER), None),
    )


def _time(value: Der) -> dt.datetime:
    """RFC 3161 2.4.2: UTC, with Z, without trailing zeros in the fraction."""
    text = value.expect(GENERALIZED_TIME).content.decode("latin-1")
    found = re.fullmatch(r"([0-9]{14})(?:\.([0-9]{0,5}[1-9]))?Z", text, re.ASCII)
    try:
        second = dt.datetime.strptime(found[1] if found else "", "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError as error:
        raise BadDer(f"not a time in UTC: {text[:30]!r}") from error
    fraction = (found[2] if found else None) or "0"
    return second.replace(microsecond=int(fraction.ljust(6, "0")))


def _signer(info: Der) -> Signer:
    """RFC 5652 5.3."""
    version, name, digest, *rest = info.fields(SEQUENCE, least=6)
    if version.integer() not in {1, 3} or rest[0].tag != 0xA0:
        raise BadDer("the token has no signed attributes")
    signed, algorithm, signature = rest[:3]
    attributes = _attributes(signed)
    if attributes.get(_CONTENT_TYPE, Der(0, b"", b"")).encoded != encode(OID, bytes.fromhex("2a864886f70d0109100104")):
        raise BadDer("the signed attributes are those of another kind of content")
    issuer, serial = name.fields(SEQUENCE, least=2)[:2] if name.tag == SEQUENCE else (None, None)
    hashed = attributes.get(_MESSAGE_DIGEST)
    if hashed is None:
        raise BadDer("the signed attributes do not name the digest of the content")
    return Signer(
        issuer=issuer.encoded if issuer else None,
        serial=serial.integer() if serial else None,
        key_id=None if issuer else name.expect(0x80).content,
        hash=_hash(digest),
        algorithm=algorithm.fields(SEQUENCE, least=1)[0].oid(),
        # RFC 5652 5.4: for the signature the implicit tag is replaced by that of a SET.
        attributes=bytes([SET]) + signed.encoded[1:],
        content_digest=hashed.expect(OCTET_STRING).content,
        signature=signature.expect(OCTET_STRING).content,
        certificate_hash=_certificate_hash(attributes),
    )


def _attributes(signed: Der) -> dict[str, Der]:
    """The one value of each signed attribute (RFC 5652 5.3)."""
    found: dict[str, Der] = {}
    for attribute in signed.children():
        kind, values = attribute.fields(SEQUENCE, least=2)[:2]
        if kind.oid() in found or len(values.expect(SET).children()) != 1:
            raise BadDer("a signed attribute stands there twice")
        found[kind.oid()] = values.children()[0]
    return found


def _certificate_hash(attributes: dict[str, Der]) -> tuple[str, bytes]:
    """RFC 5816 2.2.1: the signed attributes MUST name the certificate that the signature is to be checked with."""
    value = attributes.get(_SIGNING_CERTIFICATE_V2)
    is_second = value is not None
    value = value or attributes.get(_SIGNING_CERTIFICATE)
    if value is None:
        raise BadDer("the signed attributes do not name the authority's certificate")
    first, *rest = value.fields(SEQUENCE, least=1)[0].fields(SEQUENCE, least=1)[0].fields(SEQUENCE, least=1)
    if not is_second:
        return "sha1", first.expect(OCTET_STRING).content
    if first.tag == OCTET_STRING:
        return "sha256", first.content
    if not rest:
        raise BadDer("the signed attributes name a certificate without its digest")
    return _hash(first), rest[0].expect(OCTET_STRING).content


def _hash(algorithm: Der) -> str:
    name = algorithm.fields(SEQUENCE, least=1)[0].oid()
    if name not in HASHES:
        raise BadDer(f"the hash function {name} is not known here")
    return HASHES[name]
