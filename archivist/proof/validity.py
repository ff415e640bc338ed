"""Until when a chain of certificates is valid (RFC 5280 4.1.2.5), read without judging anything else in it."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from typing import Final

from archivist.proof.der import GENERALIZED_TIME, SEQUENCE, BadDer, Der

__all__ = ["valid_until"]

_UTC_TIME: Final = 0x17
_VERSION: Final = 0xA0
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----\s(.*?)-----END CERTIFICATE-----", re.DOTALL)


def valid_until(chain: bytes) -> dt.datetime:
    """When the first certificate of a chain in PEM expires, and with it the chain.

    Raises:
        BadDer: there is no certificate in it, or one that cannot be read.
    """
    try:
        found = [_not_after(base64.b64decode(body)) for body in _PEM.findall(chain)]
    except (binascii.Error, ValueError) as error:
        raise BadDer("the certificates cannot be read as PEM") from error
    if not found:
        raise BadDer("there is no certificate")
    return min(found)


def _not_after(certificate: bytes) -> dt.datetime:
    fields = Der.parse(certificate).fields(SEQUENCE, least=3)[0].fields(SEQUENCE, least=5)
    # Version is there or not; then serial, algorithm, issuer, validity.
    validity = fields[4 if fields[0].tag == _VERSION else 3]
    value = validity.fields(SEQUENCE, least=2)[1]
    text = value.content.decode("latin-1")
    if value.tag == _UTC_TIME:
        # RFC 5280 4.1.2.5.1: from 50 on it is the last century.
        text = f"{'19' if text[:2] >= '50' else '20'}{text}"
    elif value.tag != GENERALIZED_TIME:
        raise BadDer("a certificate does not say until when it is valid")
    return dt.datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=dt.UTC)
