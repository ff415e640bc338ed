"""What outside witnesses have said of the log so far, what is due, and what will not hold much longer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from archivist.errors import ArchivistError
from archivist.model.json import JsonObject, without_nothing
from archivist.pipeline.witness import witnesses_of
from archivist.proof.token import Token
from archivist.proof.validity import valid_until
from archivist.store.log import Log
from archivist.store.stamps import Stamps
from archivist.workspace import Workspace

__all__ = ["WARNED_BEFORE", "StampState", "stamp_state"]

WARNED_BEFORE: Final = dt.timedelta(days=365)
"""How long before a chain of certificates expires a person is told: time enough for a yearly look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StampState:
    """One look at the stamps of an archive; nothing is verified."""

    is_asked: bool
    """The settings name a witness."""
    due: tuple[str, ...]
    """Witnesses that have not said anything about the newest checkpoint."""
    size: int | None
    """Entries of the log that the newest stamp covers; None where there is none."""
    time: str | None
    """When it had them at the latest."""
    pending: int
    """Proofs of calendars that do not lead to a Bitcoin block yet."""
    expiring: int
    """Stamps whose certificates expire within a year, or have, and that no later stamp covers."""
    expires: str | None
    """When the first of them does."""

    def to_json(self) -> JsonObject:
        """As it stands in ``status --json``."""
        return {
            "is_asked": self.is_asked,
            "due": list(self.due),
            "pending": self.pending,
            "expiring": self.expiring,
            **without_nothing({"size": self.size, "time": self.time, "expires": self.expires}),
        }


def stamp_state(workspace: Workspace, *, renewed: Collection[str] = ()) -> StampState:
    """How the stamps are doing.

    Args:
        workspace: the archive.
        renewed: files of stamps (``SIZE/NAME``) that a statement lists, so that a later stamp covers them.
    """
    stamps = Stamps(workspace.layout, disk=workspace.disk)
    sizes = stamps.sizes()
    head = _newest(workspace)
    there = stamps.names(head) if head else frozenset()
    stamped = [size for size in sizes if stamps.witnesses(size, ".tsr")]
    newest = stamped[-1] if stamped else None
    ends = sorted(_ends(stamps, stamped, covered=renewed, before=workspace.clock.now() + WARNED_BEFORE))
    witnesses = witnesses_of(workspace)
    return StampState(
        is_asked=bool(witnesses),
        due=tuple(each.name for each in witnesses if head and there.isdisjoint(each.files)),
        size=newest,
        time=_time(stamps, newest) if newest else None,
        pending=sum(len(stamps.witnesses(size, ".pending.ots") - stamps.completed(size)) for size in sizes),
        expiring=len(ends),
        expires=f"{ends[0]:%Y-%m-%d}" if ends else None,
    )


def _newest(workspace: Workspace) -> int | None:
    try:
        head = Log(workspace.layout, disk=workspace.disk).head()
    except ArchivistError:
        return None
    return head.checkpoint.size if head else None


def _time(stamps: Stamps, size: int) -> str | None:
    for stamp in stamps.of(size):
        try:
            return f"{Token.of_response(stamp.response).stamped.time:%Y-%m-%dT%H:%M:%SZ}"
        except ArchivistError:
            continue
    return None


def _ends(
    stamps: Stamps, sizes: Iterable[int], *, covered: Collection[str], before: dt.datetime
) -> Iterable[dt.datetime]:
    """When the stamps end that end before then. Most of an archive's stamps have the same certificates."""
    known: dict[bytes, dt.datetime] = {}
    for size in sizes:
        for name in stamps.witnesses(size, ".tsr"):
            if f"{size:016d}/{name}.tsr" in covered:
                continue
            try:
                chain = stamps.read(size, f"{name}.pem")
                end = known[chain] if chain in known else known.setdefault(chain, valid_until(chain))
            except ArchivistError:
                continue  # what is damaged is for `verify` to judge
            if end < before:
                yield end
