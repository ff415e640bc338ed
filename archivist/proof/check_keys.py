"""Step 1 of ``proof.check``, the keys: each that signs the log is the first, or follows one that has said so."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.errors import BadNote, FormatError
from archivist.model.finding import Finding
from archivist.model.manifest import Event
from archivist.proof.check import Seen
from archivist.proof.log_keys import KeyChange, LogKeys, linked
from archivist.proof.note import VerifierKey

__all__ = ["change_in", "check_keys"]


def change_in(event: Event) -> KeyChange:
    """The change that an event of this kind holds.

    Raises:
        BadNote: it holds none.
        SignatureFailed: one of the keys has not signed it.
    """
    note = event.details.get("note")
    if not isinstance(note, str):
        raise BadNote("$.details.note should be a signed note")
    return KeyChange.parse(note.encode())


def check_keys(first: VerifierKey, seen: Sequence[Seen]) -> tuple[LogKeys, tuple[Finding, ...]]:
    """The keys of the log; what is no change of a key, or leads on from none, brings in no key.

    Args:
        first: of the archive's own statement.
        seen: the statements that change the key.
    """
    changes: list[KeyChange] = []
    findings: list[Finding] = []
    for each in seen:
        if isinstance(each.statement, Event):
            try:
                changes.append(change_in(each.statement))
            except FormatError as error:
                findings.append(_failed(each.file, str(error)))
    try:
        return linked(first, changes), tuple(findings)
    except BadNote as error:
        return LogKeys(first=first), (*findings, _failed("manifests/events", str(error)))


def _failed(where: str, said: str) -> Finding:
    fix = "put the file back from a copy; where none differs, somebody tried to bring in a key of their own"
    return Finding(state="failed", code="key-change", where=where, said=said, fix=fix)
