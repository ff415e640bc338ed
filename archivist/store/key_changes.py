"""The changes of an archive's key, as statements tell them."""

from __future__ import annotations

from collections.abc import Iterator

from archivist.errors import ArchivistError, BadNote
from archivist.model.manifest import ArchiveStatement, Event
from archivist.proof.check_keys import change_in
from archivist.proof.log_keys import KEY, KeyChange, LogKeys, linked
from archivist.proof.note import VerifierKey
from archivist.store.ledger import Ledger

__all__ = ["log_keys"]


def log_keys(identity: ArchiveStatement, ledger: Ledger) -> LogKeys:
    """The keys of the archive's log; changes that are not in order are for ``verify`` to judge, and count for nothing.

    Raises:
        BadNote: the archive's own key cannot be read.
    """
    first = VerifierKey.parse(identity.key)
    try:
        return linked(first, _changes(ledger))
    except BadNote:
        return LogKeys(first=first)


def _changes(ledger: Ledger) -> Iterator[KeyChange]:
    for path in ledger.events(KEY):
        try:
            _, statement = ledger.read(path)
            if isinstance(statement, Event):
                yield change_in(statement)
        except ArchivistError:
            continue
