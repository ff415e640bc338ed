"""Lists that other programs keep become the watchlist: OPML, urlwatch, changedetection.io, and plain addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archivist.errors import BadDocument, NotFound, UsageError
from archivist.model.json import JsonObject
from archivist.model.watch import Watch, in_force, read_watch
from archivist.store.watches import append_watches, read_watches
from archivist.workspace import Workspace

if TYPE_CHECKING:
    from archivist.extract.monitors import Wish

__all__ = ["Imported", "LeftOut", "Listed", "import_watches", "read_lists"]

_PASSWORD: Final = re.compile(r"//[^/@\s]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file that was read."""

    name: str
    format: str
    wishes: Sequence[Wish]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something that is not watched."""

    url: str
    """Without a password."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the lists."""

    formats: tuple[tuple[str, str], ...]
    """Of each file."""
    added: tuple[Watch, ...]
    known: tuple[str, ...]
    """Addresses that were watched already, and stay as they were."""
    left_out: tuple[LeftOut, ...]
    ignored: tuple[tuple[str, tuple[str, ...]], ...]
    """Addresses that are watched without what else was asked for: filters, headers, intervals."""

    @property
    def exit_code(self) -> int:
        """0 all are watched, 3 some were left out."""
        return 3 if self.left_out else 0

    def to_json(self) -> JsonObject:
        """As printed by ``import --json``."""
        return {
            "files": [{"name": name, "format": kind} for name, kind in self.formats],
            "added": [watch.to_json() for watch in self.added],
            "known": list(self.known),
            "left_out": [{"url": each.url, "why": each.why} for each in self.left_out],
            "ignored": [{"url": url, "settings": list(names)} for url, names in self.ignored],
        }


def read_lists(paths: Sequence[Path]) -> tuple[Listed, ...]:
    """What the files list.

    Raises:
        NotFound: one of them cannot be read.
        BadDocument: one of them is no list that we know; the message names it.
    """
    return tuple(map(_read, paths))


def _read(path: Path) -> Listed:
    from archivist.extract.monitors import MAX_BYTES, read_list  # noqa: PLC0415  # loads lxml

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {(error.strerror or str(error)).lower()}") from error
    try:
        kind, wishes = read_list(data)
    except BadDocument as error:
        hint = (
            error.hint or "lists are OPML, urlwatch's YAML, changedetection.io's JSON or ZIP, or addresses, one a line"
        )
        raise BadDocument(f"{path}: {error}", hint=hint) from error
    return Listed(name=str(path), format=kind, wishes=wishes)


def import_watches(
    workspace: Workspace | None, lists: Sequence[Listed], *, tags: Sequence[str] = (), is_dry: bool = False
) -> Imported:
    """What the lists hold is on the watchlist, but for what was there, and what cannot be.

    Args:
        workspace: the archive; None where there is none yet, and nothing is to be added.
        lists: what was read.
        tags: given to each that is added, beside its own.
        is_dry: nothing is added; what would be is told.

    Raises:
        UsageError: the watchlist is wrong, or would be too large, or a tag is none.
        DiskFailed: the disk would not; the watchlist is as it was.
    """
    read_watch({"url": "https://courier.example/", "tags": list(tags)})
    known = in_force(read_watches(workspace.layout.root)) if workspace else {}
    since = workspace.clock.now() if workspace else None
    added: dict[str, Watch] = {}
    there: dict[str, str] = {}
    left_out: list[LeftOut] = []
    ignored: list[tuple[str, tuple[str, ...]]] = []
    for wish in (wish for each in lists for wish in each.wishes):
        watch = _watch(wish, tags=tags)
        if isinstance(watch, LeftOut):
            left_out.append(watch)
        elif watch.key in known:
            there[watch.key] = watch.url
        elif watch.key not in added:
            added[watch.key] = replace(watch, since=since)
            if wish.ignored:
                ignored.append((watch.url, wish.ignored))
    if added and workspace and not is_dry:
        append_watches(workspace.layout.root, tuple(added.values()))
    return Imported(
        formats=tuple((each.name, each.format) for each in lists),
        added=tuple(added.values()),
        known=tuple(there.values()),
        left_out=tuple(left_out),
        ignored=tuple(ignored),
    )


def _watch(wish: Wish, *, tags: Sequence[str]) -> Watch | LeftOut:
    """As the watchlist will be read."""
    shown = _PASSWORD.sub("//…@", wish.url)[:200]
    if wish.refused:
        return LeftOut(url=shown, why=wish.refused)
    kind = "feed" if wish.is_feed else "article"
    try:
        return read_watch({"url": wish.url, "kind": kind, "tags": [*tags, *wish.tags]})
    except UsageError as error:
        return LeftOut(url=shown, why=_PASSWORD.sub("//…@", str(error)).removeprefix("url: "))
