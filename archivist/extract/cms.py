"""The name of the signer in a CMS signature (RFC 5652) within a document: read, and not checked."""

from __future__ import annotations

from typing import Final

from archivist.proof.der import SEQUENCE, SET, BadDer, Der

__all__ = ["signer_in"]

_CONTEXT_0: Final = 0xA0
_COMMON_NAME: Final = "2.5.4.3"
"""id-at-commonName (RFC 5280, appendix A.1)."""
_UTF16: Final = 0x1E


def signer_in(cms: bytes) -> str | None:
    """The common name in the certificate of the first signer; None where it cannot be found.

    Args:
        cms: the signature, with or without the zeros that fill its place in a document.
    """
    try:
        _, content, *_ = Der.parse(_without_padding(cms)).fields(SEQUENCE, least=2)
        parts = content.expect(_CONTEXT_0).children()[0].fields(SEQUENCE, least=4)
        certificates = next((part.children() for part in parts if part.tag == _CONTEXT_0), ())
        # SignerInfo: version, then issuer and serial number (5.3).
        signer = parts[-1].fields(SET, least=1)[0].fields(SEQUENCE, least=2)[1]
        subjects = [_subject(certificate, signer) for certificate in certificates if certificate.tag == SEQUENCE]
        return next((_common_name(subject) for subject in subjects if subject is not None), None)
    except (BadDer, IndexError):
        return None


def _without_padding(data: bytes) -> bytes:
    """The first value, by its length (X.690, 8.1.3)."""
    count = data[1] & 0x7F if data[1] & 0x80 else 0
    length = int.from_bytes(data[2 : 2 + count], "big") if count else data[1]
    return data[: 2 + count + length]


def _subject(certificate: Der, signer: Der) -> Der | None:
    """The subject of the certificate, if it is the signer's (RFC 5280, 4.1)."""
    body = certificate.fields(SEQUENCE, least=1)[0].fields(SEQUENCE, least=6)
    serial, _, issuer, _, subject = body[1:6] if body[0].tag == _CONTEXT_0 else body[:5]
    return subject if issuer.encoded + serial.encoded == signer.content else None


def _common_name(subject: Der) -> str | None:
    for names in subject.children():
        for name in names.children():
            kind, value, *_ = name.fields(SEQUENCE, least=2)
            if kind.oid() == _COMMON_NAME:
                text = value.content.decode("utf-16-be" if value.tag == _UTF16 else "utf-8", "replace")
                return " ".join(text.split()) or None
    return None
