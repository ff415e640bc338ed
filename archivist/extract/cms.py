"""The name of the signer in a CMS signature (RFC 5652), read and not checked: DER walked by hand, within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

__all__ = ["signer_in"]

MAX_PARTS: Final = 1_000
"""Of one structure that are looked at."""

_SEQUENCE: Final = 0x30
_SET: Final = 0x31
_INTEGER: Final = 0x02
_CONTEXT_0: Final = 0xA0
_COMMON_NAME: Final = b"\x06\x03\x55\x04\x03"
"""id-at-commonName, 2.5.4.3 (RFC 5280, appendix A.1)."""
_UTF16: Final = 0x1E

_Part: TypeAlias = tuple[int, bytes, bytes]
"""Tag, content, and the whole as encoded."""


def signer_in(cms: bytes) -> str | None:
    """The common name in the certificate of the first signer; None where it cannot be found."""
    content = _inside(cms, _SEQUENCE, _CONTEXT_0, _SEQUENCE)
    if content is None:
        return None
    parts = list(_parts(content))
    certificates = next((inner for tag, inner, _ in parts if tag == _CONTEXT_0), b"")
    signers = [inner for tag, inner, _ in parts if tag == _SET]
    # SignerInfo: version, then issuer and serial number (5.3).
    signer = _inside(signers[-1], _SEQUENCE, _SEQUENCE) if signers else None
    if signer is None:
        return None
    for tag, certificate, _ in _parts(certificates):
        if tag == _SEQUENCE and (subject := _subject(certificate, signer)) is not None:
            return _common_name(subject)
    return None


def _subject(certificate: bytes, signer: bytes) -> bytes | None:
    """The subject of the certificate, if it is the signer's (RFC 5280, 4.1)."""
    fields = [part for part in _parts(_inside(certificate, _SEQUENCE) or b"") if part[0] != _CONTEXT_0]
    if len(fields) < 5:
        return None
    serial, _, issuer, _, subject = fields[:5]
    return subject[1] if issuer[2] + serial[2] == signer else None


def _common_name(subject: bytes) -> str | None:
    for _, attributes, _ in _parts(subject):
        for _, attribute, _ in _parts(attributes):
            if attribute.startswith(_COMMON_NAME):
                for tag, value, _ in _parts(attribute[len(_COMMON_NAME) :]):
                    text = value.decode("utf-16-be" if tag == _UTF16 else "utf-8", "replace")
                    return " ".join(text.split()) or None
    return None


def _inside(data: bytes, *tags: int) -> bytes | None:
    """The content of the first part with the first of these tags, of the first in it with the second, and so on."""
    for wanted in tags:
        found = next((content for tag, content, _ in _parts(data) if tag == wanted), None)
        if found is None:
            return None
        data = found
    return data


def _parts(data: bytes) -> Iterator[_Part]:
    """The parts that stand one behind the other (X.690, 8.1); of none of them is the length unknown in DER."""
    at = 0
    for _ in range(MAX_PARTS):
        if at + 2 > len(data):
            return
        length, start = data[at + 1], at + 2
        if length & 0x80:
            digits = length & 0x7F
            if not 1 <= digits <= 4:
                return
            length, start = int.from_bytes(data[start : start + digits], "big"), start + digits
        if start + length > len(data):
            return
        yield data[at], data[start : start + length], data[at : start + length]
        at = start + length
