"""Whether certificates were revoked, asked where the certificates themselves say; what is true is handed on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archivist.errors import ArchivistError
from archivist.fetch.ask import Asker
from archivist.proof.authority import Chain
from archivist.proof.revocation import (
    MAX_REVOCATION,
    Answered,
    Kind,
    Source,
    check_revocation,
    ocsp_request,
    sources,
)

__all__ = ["Revocation", "ask_revocation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """An answer that is true."""

    position: int
    """In the chain, of the certificate that it is about."""
    kind: Kind
    data: bytes
    answered: Answered


def ask_revocation(asker: Asker, chain: Chain, *, until: float) -> Iterator[Revocation]:
    """One answer for each certificate that names where to ask and is answered in time; the others are passed over."""
    for position in range(len(chain) - 1):
        for source in sources(chain[position]):
            try:
                yield _asked(asker, chain, position, source, until=until)
            except ArchivistError:
                continue
            break


def _asked(asker: Asker, chain: Chain, position: int, source: Source, *, until: float) -> Revocation:
    if source.kind == "ocsp":
        body, fields = ocsp_request(chain[position], chain[position + 1]), {"Content-Type": "application/ocsp-request"}
        reply = asker.ask(source.url, until=until, max_bytes=MAX_REVOCATION, body=body, fields=fields)
    else:
        reply = asker.ask(source.url, until=until, max_bytes=MAX_REVOCATION)
    # What is no answer is none for the check below, whatever its status says.
    answered = check_revocation(chain, position, kind=source.kind, data=reply.body)
    return Revocation(position=position, kind=source.kind, data=reply.body, answered=answered)
