"""Stamps that outlast their certificates (the idea of RFC 4998 5.2): older stamps under the cover of a newer one.

A certificate expires, and later its key may be broken; then nobody can tell an old token from one that is forged. So
before that, a statement lists the digests of all stamps; it stands in the log, and the log is stamped again. Who
believes the new stamp knows that the old ones were there at its time, when nobody could forge them yet. One new stamp
renews all old ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archivist.errors import ArchivistError
from archivist.model.finding import Finding
from archivist.model.manifest import Event
from archivist.proof.check import Seen
from archivist.proof.check_stamps import Lasting
from archivist.proof.digest import sha256_hex
from archivist.proof.merkle import HASH_LENGTH, leaf_hash

__all__ = ["STAMPS", "Listing", "check_listings", "listing", "listings_in", "not_renewed"]

STAMPS: Final = "stamps"
"""Kind of the events that list stamps."""

_RESTORE: Final = "put the file back from a copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A statement that lists stamps."""

    file: str
    """Where it stands."""
    index: int
    """In the log."""
    digests: Mapping[str, str]
    """SHA-256 in hex, by the file below ``manifests/log/timestamps/``."""


def listing(event: Event) -> Mapping[str, str]:
    """The digests that an event of this kind lists."""
    found = event.details.get("stamps")
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def listings_in(seen: Sequence[Seen], leaves: bytes) -> tuple[Listing, ...]:
    """The statements that list stamps and stand in the log.

    Args:
        seen: all statements.
        leaves: the hashes of the log's entries, one after the other.
    """
    found = []
    for each in seen:
        if isinstance(each.statement, Event) and each.statement.kind == STAMPS:
            at = leaves.find(leaf_hash(bytes.fromhex(each.id)))
            # A hit that is not at the beginning of a hash is none.
            if at >= 0 and at % HASH_LENGTH == 0:
                found.append(Listing(file=each.file, index=at // HASH_LENGTH, digests=listing(each.statement)))
    return tuple(found)


def check_listings(listings: Sequence[Listing], read: Callable[[str], bytes]) -> tuple[Finding, ...]:
    """What was listed is there, and unchanged.

    Args:
        listings: of the archive.
        read: the bytes of a file in ``manifests/log/``, by its path there.
    """
    findings: dict[str, Finding] = {}
    for each in listings:
        for name, digest in sorted(each.digests.items()):
            path = f"timestamps/{name}"
            try:
                said = "" if sha256_hex(read(path)) == digest else f"this is not the stamp that {each.file} lists"
            except ArchivistError:
                said = f"{each.file} lists this stamp, and it is missing"
            if said:
                where = f"manifests/log/{path}"
                findings[name] = Finding(state="failed", code="stamp-listed", where=where, said=said, fix=_RESTORE)
    return tuple(findings.values())


def not_renewed(stamps: Sequence[Lasting], listings: Sequence[Listing], *, now: dt.datetime) -> tuple[Lasting, ...]:
    """The stamps whose certificates have expired, and that no later stamp covers that was made before.

    A stamp is good while its certificates are valid, or where a good one stamps a log that lists it, in time.
    """
    good = {each.name for each in stamps if each.until >= now}
    rest = [each for each in stamps if each.name not in good]
    while rest:
        covered = {
            old.name
            for old in rest
            for each in listings
            if old.name in each.digests
            and any(new.name in good and new.size > each.index and new.time <= old.until for new in stamps)
        }
        if not covered:
            break
        good |= covered
        rest = [each for each in rest if each.name not in covered]
    return tuple(rest)
