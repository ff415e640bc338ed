"""Step 5 of ``proof.check`` for what snapshots carry over: the earlier snapshot is there and lists it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from archivist.model.carried import Carried
from archivist.model.finding import Finding
from archivist.model.manifest import Snapshot
from archivist.proof.check import Seen
from archivist.proof.merkle import HASH_LENGTH, leaf_hash

__all__ = ["check_carried"]


def check_carried(
    seen: Sequence[Seen], leaves: bytes | None, *, suspect: Collection[str], count: Callable[[str], int]
) -> tuple[Finding, ...]:
    """What a snapshot refers to is listed by an earlier snapshot of this archive.

    Args:
        seen: all statement files, or those that were chosen.
        leaves: the hashes of the log's entries: a statement that they have and no file holds is told in step 4.
        suspect: files whose content is not believed.
        count: how many captures the manifest in a file lists, where that is not known yet.
    """
    listed = cache(count)  # one snapshot is what many others refer to
    held = {each.id: each for each in seen}
    missing = frozenset((leaves or b"")[at : at + HASH_LENGTH] for at in range(0, len(leaves or b""), HASH_LENGTH))
    return tuple(
        finding
        for each in seen
        if each.file not in suspect and isinstance(each.statement, Snapshot)
        for carried in each.statement.carried
        for finding in _faults(each.file, carried, held, missing, listed)
    )


def _faults(
    file: str, carried: Carried, held: Mapping[str, Seen], logged: Collection[bytes], count: Callable[[str], int]
) -> Iterator[Finding]:
    earlier = held.get(carried.statement)
    if earlier is not None and isinstance(earlier.statement, Snapshot):
        if fault := carried.fault(count(earlier.file) if earlier.listed is None else earlier.listed):
            yield _failed(file, fault)
    elif carried.statement in held or not _is_logged(carried.statement, logged):
        yield _failed(file, f"$.carried refers to {carried.statement[:12]}, and no snapshot here has that id")


def _is_logged(id_: str, logged: Collection[bytes]) -> bool:
    try:
        return leaf_hash(bytes.fromhex(id_)) in logged
    except ValueError:
        return False


def _failed(file: str, said: str) -> Finding:
    return Finding(state="failed", code="carried", where=file, said=said, fix="put it back from a copy")
