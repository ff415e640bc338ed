"""Captures that a snapshot does not list again: it names the earlier snapshot that does, and which of its captures."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archivist.errors import BadManifest
from archivist.model.capture import Capture
from archivist.model.json import Json, JsonObject, Reader

__all__ = ["Carried", "Placed", "carried"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A capture of a snapshot, and the manifest that lists it: the snapshot's own, or an earlier one."""

    capture: Capture
    statement: str
    """Id of that manifest."""
    ordinal: int
    """In its list of captures, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Captures of an earlier snapshot that belong to a later one as well."""

    statement: str
    """Id of the manifest that lists them; never one that carries them itself."""
    ranges: tuple[tuple[int, int], ...]
    """First and last of its captures, from 0, in order and apart."""

    @property
    def count(self) -> int:
        """How many captures."""
        return sum(last - first + 1 for first, last in self.ranges)

    def fault(self, listed: int) -> str | None:
        """What is wrong, where the earlier manifest lists only so many captures."""
        last = max((last for _, last in self.ranges), default=-1)
        said = f"the statement {self.statement[:12]} should list a capture {last}, and does not"
        return said if last >= listed else None

    def of(self, captures: Sequence[Capture]) -> Iterator[Placed]:
        """These of the earlier snapshot's captures.

        Raises:
            BadManifest: it has not so many.
        """
        if fault := self.fault(len(captures)):
            raise BadManifest(fault)
        for first, last in self.ranges:
            for ordinal in range(first, last + 1):
                capture = replace(captures[ordinal], is_carried=True)
                yield Placed(capture=capture, statement=self.statement, ordinal=ordinal)

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"from": self.statement, "captures": [[first, last] for first, last in self.ranges]}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Carried:
        """Read back.

        Raises:
            BadManifest: the ranges are none, or not in order.
        """
        reader = Reader(value, at)
        ranges = reader.many("captures", _range)
        if any(before[1] >= after[0] for before, after in itertools.pairwise(ranges)):
            raise BadManifest(f"{at}.captures should be in order, and apart")
        return cls(statement=reader.text("from"), ranges=ranges)


def carried(placed: Iterable[Placed]) -> tuple[Carried, ...]:
    """The shortest way to name these captures."""
    ordinals: dict[str, list[int]] = {}
    for each in placed:
        ordinals.setdefault(each.statement, []).append(each.ordinal)
    return tuple(
        Carried(statement=statement, ranges=tuple(_joined(sorted(set(found)))))
        for statement, found in sorted(ordinals.items())
    )


def _joined(ordinals: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = ordinals[0]
    for ordinal in ordinals[1:]:
        if ordinal > last + 1:
            yield first, last
            first = ordinal
        last = ordinal
    yield first, last


def _range(value: Json, at: str) -> tuple[int, int]:
    if isinstance(value, list) and len(value) == 2:
        first, last = value
        if type(first) is int and type(last) is int and 0 <= first <= last:
            return first, last
    raise BadManifest(f"{at} should be the first and the last of some captures")
