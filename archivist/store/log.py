"""The Merkle log over the ids of all statements, as files that any web server can publish (C2SP tlog-tiles).

    manifests/log/checkpoint                     the newest signed checkpoint
    manifests/log/checkpoints/0000000000000042   each checkpoint that was ever signed, by size; written once
    manifests/log/tile/0/…, tile/entries/…       hash tiles and entry bundles

The order of writes of one ``append``, and what a crash there leaves behind:

1. entry bundles, then tiles: files beyond the signed size, which nobody believes; the next ``append`` signs what they
   hold as it was begun, so that nothing lies about which no checkpoint explains;
2. the signed checkpoint under ``checkpoints/``: from here on the entries are in the log, and their tiles are final;
3. ``checkpoint``: made up for by the next ``append``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from archivist.errors import BadNote, FormatError, NotFound
from archivist.proof.checkpoint import Checkpoint
from archivist.proof.merkle import Frontier, consistency_proof, inclusion_proof, leaf_hash, root_at
from archivist.proof.note import parse_note
from archivist.proof.tiles import (
    TILE_HEIGHT,
    TILE_WIDTH,
    bundles_after,
    entries_path,
    node_reader,
    parse_tile_path,
    tiles_after,
    unbundle,
)
from archivist.proof.tlog_proof import TlogProof
from archivist.store.durable import Disk
from archivist.store.layout import Layout

__all__ = ["Head", "Log"]

_DIGITS: Final = 16
_SIZE = re.compile(r"[0-9]{16}")
_WIDTH = re.compile(r"[1-9][0-9]{0,2}")
_ID = re.compile(r"[0-9a-f]{64}")
_MAX_FILE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest checkpoint, as signed and as read; the signature is checked by ``archivist verify``."""

    note: bytes
    checkpoint: Checkpoint


class Log:
    """The log of one archive; for one thread.

    Nothing here holds the entries in memory, and nothing that a run or a receipt needs looks at all of them: a log of
    ten million statements costs what a log of ten costs.
    """

    def __init__(self, layout: Layout, *, disk: Disk) -> None:
        self._folder = layout.log
        self._disk = disk

    @property
    def size(self) -> int:
        """Entries under the newest checkpoint."""
        head = self.head()
        return head.checkpoint.size if head else 0

    def head(self) -> Head | None:
        """The newest checkpoint, or None while the log is empty.

        Raises:
            BadNote: it cannot be read.
        """
        current = self._read_head(self._folder / "checkpoint")
        if current is not None and not self._has_more_than(current.checkpoint.size):
            return current
        newest = max(self._checkpoints(), default=None)
        if newest is None or (current is not None and current.checkpoint.size >= int(newest)):
            return current
        return self._read_head(self._folder / "checkpoints" / newest)

    def checkpoint_of(self, size: int) -> bytes:
        """The signed checkpoint of the log when it had this size.

        Raises:
            NotFound: none was signed at this size.
        """
        return self._disk.read(self._copy(size), max_bytes=_MAX_FILE)

    def sizes(self) -> tuple[int, ...]:
        """The sizes at which a checkpoint was signed, smallest first."""
        return tuple(sorted(map(int, self._checkpoints())))

    def read_tile(self, path: str) -> bytes:
        """The bytes of a tile or bundle, named as C2SP tlog-tiles does.

        Raises:
            NotFound: there is no such tile.
            BadTile: the path is none of a tile.
        """
        return self._disk.read(self._folder / str(parse_tile_path(path)), max_bytes=_MAX_FILE)

    def entries(self, start: int = 0) -> Iterator[str]:
        """The ids in the log from an index on, in order.

        Raises:
            NotFound: an entry bundle is missing.
            BadTile: an entry bundle is damaged.
        """
        return (entry.hex() for entry in self._entries(start))

    def index_of(self, id: str) -> int | None:  # noqa: A002
        """Where the statement stands in the log, or None where it does not; looks at the entries one by one."""
        return next((at for at, entry in enumerate(self.entries()) if entry == id), None)

    def proof(self, id: str, *, sizes: Iterable[int] = (), near: int = 0) -> TlogProof | None:  # noqa: A002
        """What shows that the statement stands in the log, or None where it does not.

        Args:
            id: of the statement.
            sizes: of checkpoints that are worth more than the newest; the smallest that covers the statement is taken.
            near: where it probably stands; a wrong guess costs a look at all entries.

        Raises:
            NotFound: a tile is missing.
            BadTile: a tile is damaged.
        """
        head = self.head()
        if head is None:
            return None
        newest = head.checkpoint.size
        index = near if 0 <= near < newest and next(self.entries(near), None) == id else self.index_of(id)
        if index is None:
            return None
        size = min((size for size in sizes if index < size < newest), default=newest)
        note = head.note if size == newest else self.checkpoint_of(size)
        # The tiles of the newest size hold those of every smaller one.
        hashes = inclusion_proof(index, size, node=node_reader(self.read_tile, newest))
        return TlogProof(index=index, hashes=hashes, checkpoint=note)

    def goes_on_from(self, old: Checkpoint) -> bool:
        """Whether the log under the newest checkpoint begins with what this one covers (RFC 6962 2.1.2).

        Raises:
            NotFound: a tile is missing.
            BadTile: a tile is damaged.
        """
        size = self.size
        return old.size <= size and root_at(old.size, node=node_reader(self.read_tile, size)) == old.root

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """The proof that the log of the larger size goes on from the smaller one (RFC 6962 2.1.2).

        Raises:
            ProofFailed: the smaller one is empty, or the larger.
            NotFound: a tile is missing.
            BadTile: a tile is damaged.
        """
        return consistency_proof(old, new, node=node_reader(self.read_tile, self.size))

    def due(self, ids: Iterable[str], *, since: int = 0) -> tuple[str, ...]:
        """Those of the ids that are not in the log, in their order, each once.

        Args:
            ids: of statements.
            since: none of them is known to stand before this entry, so that those before need no look.
        """
        new = {id: _entry(id) for id in ids}  # noqa: A001
        wanted = frozenset(new.values())
        logged = {entry for entry in self._entries(since) if entry in wanted} if wanted else set()
        return tuple(id for id, entry in new.items() if entry not in logged)  # noqa: A001

    def append(self, ids: Sequence[str], *, origin: str, sign: Callable[[str], bytes], since: int = 0) -> Checkpoint:
        """The statements are in the log, under a signed checkpoint that is durable.

        Args:
            ids: those that are in the log already are passed over; none at all leaves the log as it is.
            origin: the name of the log, the first line of the checkpoint.
            sign: the signed note of a text.
            since: as ``due`` takes it: the size of the log when what wrote the statements began.

        Raises:
            DiskFailed: the disk would not; the entries are in the log or not, which the next start finds out.
            BadNote: the newest checkpoint cannot be read, belongs to another log, or ``sign`` gave no such note.
            FormatError: a tile that the newest checkpoint covers is missing or damaged.
        """
        head = self._finished()
        new = self.due(ids, since=since)
        if head is not None and head.checkpoint.origin != origin:
            raise BadNote(f"the log is called {head.checkpoint.origin[:80]!r}, not {origin[:80]!r}")
        if head is not None and not new:
            return head.checkpoint
        begun = self._begun()
        if begun and set(begun) < set(new):
            head = self._signed(head, begun, origin=origin, sign=sign)
            new = tuple(id for id in new if id not in set(begun))  # noqa: A001
        return self._signed(head, new, origin=origin, sign=sign).checkpoint

    def _signed(self, head: Head | None, new: Sequence[str], *, origin: str, sign: Callable[[str], bytes]) -> Head:
        """The log behind ``head`` with the new ids, under a checkpoint of its own."""
        old = head.checkpoint.size if head else 0
        entries = [_entry(id) for id in new]  # noqa: A001
        checkpoint = Checkpoint(origin=origin, size=old + len(entries), root=self._root(head, entries))
        self._write_tiles(old, entries)
        note = sign(checkpoint.to_text())
        if parse_note(note).text != checkpoint.to_text():
            raise BadNote("what was signed is not the checkpoint")
        self._disk.create_once(self._copy(checkpoint.size), note)
        self._disk.replace(self._folder / "checkpoint", note)
        return Head(note=note, checkpoint=checkpoint)

    def _begun(self) -> list[str]:
        """What an interrupted ``append`` had written into entry bundles and not signed, in its order."""
        begun: list[str] = []
        size = self.size
        for index in count(size // TILE_WIDTH):
            width = self._widest(index)
            if not width:
                break
            try:
                ids = unbundle(self.read_tile(entries_path(index, width=width)))
            except FormatError:
                break
            begun += [entry.hex() for entry in ids[max(0, size - index * TILE_WIDTH) :]]
            if width < TILE_WIDTH:
                break
        return begun

    def _has_more_than(self, size: int) -> bool:
        """Whether entries lie behind the first ``size``: they are written before the checkpoint that signs them."""
        index, width = divmod(size, TILE_WIDTH)
        return self._widest(index) > width

    def _widest(self, index: int) -> int:
        """How many entries the fullest of the bundles at this place holds."""
        if (self._folder / entries_path(index, width=TILE_WIDTH)).is_file():
            return TILE_WIDTH
        folder = (self._folder / entries_path(index, width=1)).parent
        widths = [int(path.name) for path in folder.iterdir() if _WIDTH.fullmatch(path.name)] if folder.is_dir() else []
        return max((width for width in widths if width < TILE_WIDTH), default=0)

    def _finished(self) -> Head | None:
        """The newest checkpoint, after making up for what a crash left undone."""
        head = self.head()
        if head is None:
            return None
        copy = self._copy(head.checkpoint.size)
        if copy.is_file():
            self._disk.settle(copy)
        else:
            self._disk.create_once(copy, head.note)
        current = self._folder / "checkpoint"
        if not current.is_file() or self._disk.read(current, max_bytes=_MAX_FILE) != head.note:
            self._disk.replace(current, head.note)
        return head

    def _write_tiles(self, old: int, entries: Sequence[bytes]) -> None:
        new = old + len(entries)
        for path, data in bundles_after(old, new, entry=lambda at: entries[at - old], read_tile=self.read_tile):
            self._write_tile(path, data, signed=old)
        for path, data in tiles_after(old, new, leaf=lambda at: leaf_hash(entries[at - old]), read_tile=self.read_tile):
            self._write_tile(path, data, signed=old)

    def _write_tile(self, path: str, data: bytes, *, signed: int) -> None:
        tile = parse_tile_path(path)
        covered = (tile.index * TILE_WIDTH + tile.width) << TILE_HEIGHT * (tile.level or 0)
        if covered <= signed:
            raise FormatError(f"log/{path} is under the checkpoint of {signed} entries, and is never written again")
        target = self._folder / path
        if not target.exists():
            self._disk.create_once(target, data)
        elif self._disk.read(target, max_bytes=_MAX_FILE) == data:
            self._disk.settle(target)
        else:
            self._disk.replace(target, data)

    def _root(self, head: Head | None, entries: Sequence[bytes]) -> bytes:
        if head is None:
            frontier = Frontier()
        else:
            size = head.checkpoint.size
            frontier = Frontier.at(size, node=node_reader(self.read_tile, size))
            if frontier.root() != head.checkpoint.root:
                raise FormatError(
                    f"the tiles of the log do not have the root of its checkpoint of {size} entries",
                    hint="archivist verify says which file is damaged; nothing was written",
                )
        for entry in entries:
            frontier.append(leaf_hash(entry))
        return frontier.root()

    def _entries(self, start: int) -> Iterator[bytes]:
        size = self.size
        for index in range(start // TILE_WIDTH, -(-size // TILE_WIDTH)):
            first = index * TILE_WIDTH
            width = min(TILE_WIDTH, size - first)
            entries = unbundle(self.read_tile(entries_path(index, width=width)))
            yield from entries[max(0, start - first) :]

    def _checkpoints(self) -> list[str]:
        folder = self._folder / "checkpoints"
        return [path.name for path in folder.iterdir() if _SIZE.fullmatch(path.name)] if folder.is_dir() else []

    def _copy(self, size: int) -> Path:
        return self._folder / "checkpoints" / f"{size:0{_DIGITS}d}"

    def _read_head(self, path: Path) -> Head | None:
        try:
            note = self._disk.read(path, max_bytes=_MAX_FILE)
        except NotFound:
            return None
        return Head(note=note, checkpoint=Checkpoint.parse(parse_note(note).text))


def _entry(id: str) -> bytes:  # noqa: A002
    if _ID.fullmatch(id) is None:
        raise FormatError(f"not the id of a statement: {id[:80]!r}")
    return bytes.fromhex(id)
