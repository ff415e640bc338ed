"""A bundle that is being checked: its files, and what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from archivist.bundle.maker import Maker
from archivist.bundle.package import File
from archivist.bundle.zip import Entry, read_entry
from archivist.errors import BadBundle
from archivist.model.finding import Finding, State

__all__ = ["AGAIN", "Opened"]

AGAIN: Final = "ask for the bundle again"
_MAX_TOLD: Final = 64 * 1024 * 1024
"""Bytes of a file that is read as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A ZIP in the one spelling, and every file in it digested."""

    file: BinaryIO
    where: str
    """What to call it."""
    maker: Maker
    """The program that checks, as it would write bundles."""
    entries: Mapping[str, Entry]
    files: Mapping[str, File]
    """In order."""

    def read(self, name: str, *, limit: int = _MAX_TOLD) -> bytes:
        """A file, whole.

        Raises:
            BadBundle: it is missing or too large.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise BadBundle(f"{name} is missing")
        if entry.size > limit:
            raise BadBundle(f"{name} has {entry.size:,} bytes, more than the {limit:,} that such a file may have")
        return b"".join(read_entry(self.file, entry))

    def finding(self, code: str, name: str, said: str, *, state: State = "failed", fix: str = AGAIN) -> Finding:
        """Something about a file."""
        return Finding(state=state, code=code, where=f"{self.where}: {name}", said=said, fix=fix)
