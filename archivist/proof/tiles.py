"""The tree as files that any static web server can publish (C2SP tlog-tiles): paths, hash tiles, entry bundles.

A hash tile holds up to 256 consecutive hashes of one tile level, that is of every eighth tree level. This module
says which bytes belong under which path; writing them is the work of the store. An entry of our log is the id of a
statement, 32 bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from archivist.errors import FormatError
from archivist.proof.merkle import HASH_LENGTH, node_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archivist.proof.merkle import NodeReader

    ReadTile: TypeAlias = Callable[[str], bytes]

__all__ = [
    "ENTRY_LENGTH",
    "TILE_HEIGHT",
    "TILE_WIDTH",
    "BadTile",
    "TilePath",
    "bundle",
    "bundles_after",
    "entries_path",
    "node_reader",
    "parse_tile_path",
    "tile_path",
    "tiles_after",
    "unbundle",
]

TILE_WIDTH: Final = 256
"""Hashes in a full tile, entries in a full bundle."""

TILE_HEIGHT: Final = 8
"""Tree levels from one tile level to the next: log2 of the width."""

ENTRY_LENGTH: Final = 32
"""Bytes of one entry: the SHA-256 of a statement."""

_PREFIX: Final = ENTRY_LENGTH.to_bytes(2, "big")
"""C2SP tlog-tiles: entry bundles are sequences of big-endian uint16 length-prefixed log entries."""

_CACHED_TILES: Final = 256
"""Tiles that a node reader remembers; an inclusion proof at 10 million entries touches three to six."""

_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


class BadTile(FormatError):
    """A tile, an entry bundle or its path is not what C2SP tlog-tiles asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TilePath:
    """What the path of a tile says."""

    level: int | None
    """0 for leaf hashes, then one more for every eight levels of the tree; None for an entry bundle."""
    index: int
    """Position within the level, from 0."""
    width: int = TILE_WIDTH
    """Hashes or entries held: 256 when full, 1 to 255 when partial."""

    def __str__(self) -> str:
        level = "entries" if self.level is None else str(self.level)
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_index_elements(self.index)}{partial}"


def tile_path(level: int, index: int, *, width: int = TILE_WIDTH) -> str:
    """The path of a hash tile, as in ``tile/0/x001/x234/067.p/5``."""
    return str(TilePath(level=level, index=index, width=width))


def entries_path(index: int, *, width: int = TILE_WIDTH) -> str:
    """The path of an entry bundle, as in ``tile/entries/x001/x234/067.p/5``."""
    return str(TilePath(level=None, index=index, width=width))


def parse_tile_path(path: str) -> TilePath:
    """What ``path`` says; only the one spelling that ``tile_path`` and ``entries_path`` give is read.

    Raises:
        BadTile: it is the path of no tile.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        raise BadTile(f"not the path of a tile: {path[:80]!r}")
    level, index, width = match["level"], match["index"], match["width"]
    parsed = TilePath(
        level=None if level == "entries" else int(level),
        index=int(index.replace("x", "").replace("/", "")),
        width=TILE_WIDTH if width is None else int(width),
    )
    in_range = (parsed.level or 0) < 64 and parsed.width <= TILE_WIDTH
    if not in_range or str(parsed) != path:
        raise BadTile(f"not the path of a tile: {path!r}")
    return parsed


def tiles_after(
    old_size: int, new_size: int, *, leaf: Callable[[int], bytes], read_tile: ReadTile
) -> Iterator[tuple[str, bytes]]:
    """Every hash tile, path and bytes, that the tree of ``new_size`` has and the tree of ``old_size`` has not.

    Lower levels come first, so a tile never exists before those it is made of; the checkpoint must follow them all.
    The cost is that of the new entries, plus one partial tile read per level.

    Args:
        old_size: entries under the last checkpoint, whose partial tiles ``read_tile`` can give.
        new_size: entries under the next checkpoint.
        leaf: the leaf hash of the entry with this index; asked in order, for the new entries only.
        read_tile: the bytes of the tile with this path.
    """
    _check_growth(old_size, new_size)
    level = 0
    fresh: Iterator[bytes] = (leaf(index) for index in range(old_size, new_size))
    while (have := old_size >> TILE_HEIGHT * level) != (want := new_size >> TILE_HEIGHT * level):
        above: list[bytes] = []
        for grown in _growth(have, want):
            kept = _read_hashes(read_tile, TilePath(level=level, index=grown.index, width=grown.kept))
            hashes = [*kept, *islice(fresh, grown.width - grown.kept)]
            if grown.width == TILE_WIDTH:
                above.append(_pyramid(hashes)[TILE_HEIGHT][0])
            yield tile_path(level, grown.index, width=grown.width), _join(hashes)
        fresh = iter(above)
        level += 1


def bundles_after(
    old_size: int, new_size: int, *, entry: Callable[[int], bytes], read_tile: ReadTile
) -> Iterator[tuple[str, bytes]]:
    """Every entry bundle, path and bytes, that the log of ``new_size`` has and the log of ``old_size`` has not."""
    _check_growth(old_size, new_size)
    for grown in _growth(old_size, new_size):
        kept = unbundle(read_tile(entries_path(grown.index, width=grown.kept))) if grown.kept else ()
        if len(kept) != grown.kept:
            raise BadTile(f"{entries_path(grown.index, width=grown.kept)} holds {len(kept)} entries")
        first = grown.index * TILE_WIDTH
        fresh = (entry(index) for index in range(first + grown.kept, first + grown.width))
        yield entries_path(grown.index, width=grown.width), bundle((*kept, *fresh))


def node_reader(read_tile: ReadTile, size: int) -> NodeReader:
    """The nodes of the tree of ``size`` leaves, taken from its tiles; each tile is read and hashed once.

    Raises:
        BadTile: (the reader) the node is not complete in this tree, or a tile has the wrong length.
    """

    @lru_cache(maxsize=_CACHED_TILES)
    def pyramid(level: int, index: int) -> list[list[bytes]]:
        width = min((size >> TILE_HEIGHT * level) - index * TILE_WIDTH, TILE_WIDTH)
        return _pyramid(_read_hashes(read_tile, TilePath(level=level, index=index, width=width)))

    def node(level: int, index: int) -> bytes:
        if index < 0 or level < 0 or (index + 1) << level > size:
            raise BadTile(f"node {index} of level {level} is not complete in a tree of size {size}")
        tile_level, height = divmod(level, TILE_HEIGHT)
        tile_index, within = divmod(index, TILE_WIDTH >> height)
        return pyramid(tile_level, tile_index)[height][within]

    return node


def bundle(entries: Sequence[bytes]) -> bytes:
    """The bytes of one entry bundle.

    Raises:
        BadTile: there are none or more than 256, or one is not 32 bytes long.
    """
    if not 0 < len(entries) <= TILE_WIDTH:
        raise BadTile(f"a bundle holds 1 to {TILE_WIDTH} entries, not {len(entries)}")
    if any(len(entry) != ENTRY_LENGTH for entry in entries):
        raise BadTile(f"log entry is not {ENTRY_LENGTH} bytes long")
    return b"".join(_PREFIX + entry for entry in entries)


def unbundle(data: bytes) -> tuple[bytes, ...]:
    """The entries of one bundle; ``bundle`` gives the same bytes back.

    Raises:
        BadTile: the bytes are no bundle of 1 to 256 entries of 32 bytes each.
    """
    step = len(_PREFIX) + ENTRY_LENGTH
    count, rest = divmod(len(data), step)
    if rest or not 0 < count <= TILE_WIDTH:
        raise BadTile(f"entry bundle of {len(data)} bytes is not made of 1 to {TILE_WIDTH} entries")
    starts = range(0, len(data), step)
    if any(data[start : start + len(_PREFIX)] != _PREFIX for start in starts):
        raise BadTile(f"entry bundle holds an entry that is not {ENTRY_LENGTH} bytes long")
    return tuple(data[start + len(_PREFIX) : start + step] for start in starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grown:
    """One tile that a growing level changes."""

    index: int
    kept: int
    """Hashes that its partial predecessor holds already; 0 when there is none."""
    width: int


def _growth(have: int, want: int) -> Iterator[_Grown]:
    """The tiles that change when a level grows from ``have`` to ``want`` hashes."""
    if have == want:
        return
    for index in range(have // TILE_WIDTH, (want - 1) // TILE_WIDTH + 1):
        start = index * TILE_WIDTH
        yield _Grown(index=index, kept=max(have - start, 0), width=min(want - start, TILE_WIDTH))


def _check_growth(old_size: int, new_size: int) -> None:
    if not 0 <= old_size <= new_size:
        raise BadTile(f"a log cannot grow from {old_size} to {new_size} entries")


def _read_hashes(read_tile: ReadTile, path: TilePath) -> list[bytes]:
    """The hashes of one tile; empty tiles do not exist as files."""
    if path.width == 0:
        return []
    data = read_tile(str(path))
    if len(data) != path.width * HASH_LENGTH:
        raise BadTile(f"{path} is {len(data)} bytes long, not {path.width * HASH_LENGTH}")
    return [data[start : start + HASH_LENGTH] for start in range(0, len(data), HASH_LENGTH)]


def _join(hashes: Sequence[bytes]) -> bytes:
    if any(len(each) != HASH_LENGTH for each in hashes):
        raise BadTile(f"leaf hash is not {HASH_LENGTH} bytes long")
    return b"".join(hashes)


def _pyramid(hashes: list[bytes]) -> list[list[bytes]]:
    """The hashes of a tile and, level by level above them, every complete inner node."""
    levels = [hashes]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
    return levels


def _index_elements(index: int) -> str:
    """C2SP tlog-tiles: zero-padded 3-digit path elements; all but the last MUST begin with an ``x``."""
    elements = [f"{index % 1000:03d}"]
    while index := index // 1000:
        elements.append(f"x{index % 1000:03d}")
    return "/".join(reversed(elements))
