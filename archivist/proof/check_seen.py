"""Step 3 of ``proof.check``, the memory of a reader: the log still holds what a checkpoint seen before says.

An older copy of an archive is whole in itself. Only somebody who has seen a later checkpoint can tell that it was put
back, or that another history was signed with the same key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archivist.errors import FormatError
from archivist.model.finding import Finding, State
from archivist.proof.check_log import LogCheck, root_of
from archivist.proof.log_keys import LogKeys, open_signed
from archivist.proof.merkle import HASH_LENGTH
from archivist.proof.note import VerifierKey

__all__ = ["SeenBefore", "check_seen"]

_ASK = "if no backup was put back on purpose, somebody took away what was signed: compare with a copy of the archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBefore:
    """A checkpoint that a reader kept."""

    where: str
    """The file that holds it."""
    note: bytes


def check_seen(seen: Sequence[SeenBefore], log: LogCheck, *, key: LogKeys | VerifierKey | None) -> tuple[Finding, ...]:
    """The log goes on from each checkpoint: it has as many entries, and the same ones up to there (RFC 6962 2.1.2).

    Args:
        seen: kept outside the archive.
        log: as checked now.
        key: the archive's.
    """
    return tuple(finding for each in seen if (finding := _check(each, log, key)) is not None)


def _check(seen: SeenBefore, log: LogCheck, key: LogKeys | VerifierKey | None) -> Finding | None:
    if key is None or log.leaves is None:
        said = "the log cannot be held against it, for it cannot be read itself"
        return _finding("unverifiable", "log-seen", seen.where, said)
    try:
        checkpoint = open_signed(seen.note, key)
    except FormatError as error:
        said = f"this is no checkpoint of this archive: {error}"
        return _finding("unverifiable", "log-seen", seen.where, said)
    if checkpoint.size > log.size:
        said = f"the log had {checkpoint.size} entries when this was seen, and has {log.size} now: it was rolled back"
        return _finding("failed", "log-rollback", seen.where, said)
    if root_of(log.leaves[: checkpoint.size * HASH_LENGTH]) != checkpoint.root:
        said = f"the first {checkpoint.size} entries of the log are not those that were signed when this was seen"
        return _finding("failed", "log-fork", seen.where, said)
    return None


def _finding(state: State, code: str, where: str, said: str) -> Finding:
    return Finding(state=state, code=code, where=where, said=said, fix=_ASK if state == "failed" else None)
