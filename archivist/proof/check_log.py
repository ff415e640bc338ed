"""Step 3 of ``proof.check``: the log is whole, and all that stands in ``manifests/log/`` says the same.

The order of the log's writes (``store.log``) decides what an interrupted run can leave: tiles and copies of
checkpoints beyond what is signed or published. That is unverifiable and named as such; everything else is failed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archivist.errors import ArchivistError, FormatError
from archivist.model.finding import Finding, State
from archivist.proof.check_stamps import is_stamp
from archivist.proof.checkpoint import Checkpoint
from archivist.proof.log_keys import LogKeys, open_signed
from archivist.proof.merkle import (
    EMPTY_ROOT,
    HASH_LENGTH,
    ProofFailed,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_at,
    verify_inclusion,
)
from archivist.proof.note import VerifierKey
from archivist.proof.signing import SignatureFailed
from archivist.proof.tiles import (
    TILE_HEIGHT,
    TILE_WIDTH,
    BadTile,
    TilePath,
    entries_path,
    node_reader,
    parse_tile_path,
    tile_path,
    unbundle,
)

__all__ = ["LogCheck", "Read", "check_inclusion", "check_log", "root_of"]

LOG: Final = "manifests/log"
_CURRENT: Final = "checkpoint"
_DIGITS: Final = 16
_COPY = re.compile(r"checkpoints/([0-9]{16})")
_MAX_ENTRIES: Final = 100_000_000
"""More than any archive has; a forged size must not cost memory."""

_LEVELS: Final = 8
"""Of tiles: 256 ** 8 entries."""

_NAMED: Final = 10
"""Missing files that are named one by one."""

_RESTORE: Final = "put manifests/log back from a copy, or from where it is published"

Read = Callable[[str], bytes]
"""The bytes of a file in ``manifests/log/``, by its path there; raises NotFound or DiskFailed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCheck:
    """What the log is worth."""

    findings: tuple[Finding, ...]
    leaves: bytes | None
    """The hashes of the entries under the newest checkpoint, in order; None where nothing leads to its root."""
    checkpoints: int = 0
    tiles: int = 0
    """Files that were compared."""

    @property
    def size(self) -> int:
        """Entries that are known."""
        return len(self.leaves or b"") // HASH_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signed:
    """A checkpoint whose signature and origin are right."""

    name: str
    note: bytes
    checkpoint: Checkpoint


def check_log(files: Collection[str], read: Read, *, key: LogKeys | VerifierKey | None) -> LogCheck:
    """Step 3: the log as it stands on disk.

    Args:
        files: every file in ``manifests/log/``, by its path there.
        read: the bytes of one.
        key: the archive's, whose name is the log's; None where that cannot be read.
    """
    tiles = sorted(name for name in files if _is_tile(name))
    copies = sorted(name for name in files if _COPY.fullmatch(name))
    others = sorted(set(files) - {*tiles, *copies, _CURRENT})
    strays = tuple(_stray(name) for name in others if not is_stamp(name))
    if not copies and _CURRENT not in files:
        return LogCheck(findings=(*strays, *_leftovers(tiles)), leaves=b"")
    if key is None:
        said = "the archive's key cannot be read, so no signature of the log can be checked"
        return LogCheck(findings=(*strays, _finding("unverifiable", "checkpoint-signature", "", said)), leaves=None)
    # 3a. Every checkpoint is signed by the archive's key and belongs to this log; the newest is published.
    names = [*copies, *([_CURRENT] if _CURRENT in files else [])]
    signed, unsigned = _signed(names, read, key=key)
    if not signed:
        return LogCheck(findings=(*strays, *unsigned), leaves=None, checkpoints=len(names))
    newest = max((each.checkpoint for each in signed), key=lambda checkpoint: checkpoint.size)
    findings = [*strays, *unsigned, *_published(names, signed, newest)]
    # 3b. The entries, or the tiles, have the root that was signed.
    leaves = _leaves(newest, read)
    if leaves is None:
        said = f"neither the entries nor the tiles lead to the root that was signed for {newest.size} entries"
        findings.append(_finding("failed", "log-root", "tile", said, fix=_RESTORE))
        return LogCheck(findings=tuple(findings), leaves=None, checkpoints=len(names))
    tree = _Tree(leaves)
    # 3c. Every older checkpoint has the root of its size.
    findings += _other_roots(signed, tree)
    # 3d. Every tile that a checkpoint needs is there, and every tile that is there agrees.
    needed = _needed(newest.size, sizes={each.checkpoint.size for each in signed})
    # A copy that is damaged still says by its name which tiles were signed.
    known = needed | _needed(newest.size, sizes={int(name[-_DIGITS:]) for name in copies})
    findings += [*_missing(needed - set(tiles)), *_leftovers([name for name in tiles if name not in known])]
    findings += [fault for name in tiles if name in known and (fault := _differs(name, read, tree))]
    return LogCheck(findings=tuple(findings), leaves=leaves, checkpoints=len(names), tiles=len(tiles))


def check_inclusion(
    ids: Sequence[str], files: Collection[str], read: Read, *, key: LogKeys | VerifierKey | None
) -> tuple[tuple[Finding, ...], frozenset[str]]:
    """Steps 3 and 4 for chosen statements: each is proved to be in the log by its audit path (RFC 6962 2.1.1).

    Args:
        ids: of the statements.
        files: every file in ``manifests/log/``, by its path there.
        read: the bytes of one.
        key: the archive's.

    Returns:
        The findings, and the ids that stand in the log.
    """
    names = sorted(name for name in files if name == _CURRENT or _COPY.fullmatch(name))
    if key is None:
        said = "the archive's key cannot be read, so no signature of the log can be checked"
        return (_finding("unverifiable", "checkpoint-signature", "", said),), frozenset()
    signed, faults = _signed(names, read, key=key)
    if not signed:
        said = "there is no signed log, so no signature covers the snapshot"
        return tuple(faults) or (_finding("unverifiable", "log-pending", "", said),), frozenset()
    newest = max((each.checkpoint for each in signed), key=lambda checkpoint: checkpoint.size)
    try:
        places = _places(frozenset(ids), newest, read)
        for entry, index in places.items():
            node = node_reader(read, newest.size)
            path = inclusion_proof(index, newest.size, node=node)
            leaf = leaf_hash(bytes.fromhex(entry))
            verify_inclusion(leaf, index, size=newest.size, proof=path, root=newest.root)
    except ArchivistError as error:
        said = f"the log does not prove that the snapshot is in it: {error}"
        return (*faults, _finding("failed", "log-inclusion", "", said, fix=_RESTORE)), frozenset()
    return tuple(faults), frozenset(places)


def _places(ids: frozenset[str], newest: Checkpoint, read: Read) -> dict[str, int]:
    """Where in the log the ids stand, those that do.

    Raises:
        ProofFailed: one does not, and entries of the log were altered.
    """
    size = newest.size
    places: dict[str, int] = {}
    for index in range(-(-size // TILE_WIDTH)):
        first = index * TILE_WIDTH
        entries = unbundle(read(entries_path(index, width=min(TILE_WIDTH, size - first))))
        places.update({entry.hex(): at for at, entry in enumerate(entries, first) if entry.hex() in ids})
    if len(places) < len(ids) and _leaves(newest, read, is_only_entries=True) is None:
        raise ProofFailed("its entries do not have the root that was signed")
    return places


def root_of(leaves: bytes) -> bytes:
    """The root over leaf hashes that stand behind each other (RFC 6962 2.1)."""
    return root_at(len(leaves) // HASH_LENGTH, node=_Tree(leaves).node) if leaves else EMPTY_ROOT


class _Tree:
    """All complete nodes, level by level, as joined hashes."""

    def __init__(self, leaves: bytes) -> None:
        self.size = len(leaves) // HASH_LENGTH
        self.levels = [leaves]
        while len(self.levels[-1]) >= 2 * HASH_LENGTH:
            below = self.levels[-1]
            pairs = range(0, len(below) - 2 * HASH_LENGTH + 1, 2 * HASH_LENGTH)
            self.levels.append(
                b"".join(node_hash(below[at : at + HASH_LENGTH], below[at + HASH_LENGTH : at + 64]) for at in pairs)
            )

    def node(self, level: int, index: int) -> bytes:
        """One complete node."""
        return self.levels[level][index * HASH_LENGTH : (index + 1) * HASH_LENGTH]

    def hashes(self, tile: TilePath) -> bytes:
        """The bytes that a hash tile, or the leaf hashes that an entry bundle, should have; fewer beyond the end."""
        level = TILE_HEIGHT * (tile.level or 0)
        if level >= len(self.levels):
            return b""
        start = tile.index * TILE_WIDTH * HASH_LENGTH
        return self.levels[level][start : start + tile.width * HASH_LENGTH]


def _signed(names: Sequence[str], read: Read, *, key: LogKeys | VerifierKey) -> tuple[list[_Signed], list[Finding]]:
    signed: list[_Signed] = []
    faults: list[Finding] = []
    for name in names:
        try:
            note = read(name)
            checkpoint = open_signed(note, key)
        except SignatureFailed as error:
            said = f"the checkpoint is not signed by the archive's key: {error}"
            faults.append(_finding("failed", "checkpoint-signature", name, said, fix=_RESTORE))
        except FormatError as error:
            said = f"the checkpoint cannot be read: {error}"
            faults.append(_finding("failed", "checkpoint-damaged", name, said, fix=_RESTORE))
        except ArchivistError as error:
            faults.append(_finding("failed", "unreadable", name, str(error), fix=_RESTORE))
        else:
            if fault := _another(name, checkpoint):
                faults.append(fault)
            else:
                signed.append(_Signed(name=name, note=note, checkpoint=checkpoint))
    if len(faults) > 1 and all(fault.code == "checkpoint-signature" for fault in faults) and not signed:
        said = f"none of the {len(faults)} checkpoints is signed by the key in archive.json"
        faults = [_finding("failed", "checkpoint-signature", _CURRENT, said, fix="put archive.json back from a copy")]
    return signed, faults


def _another(name: str, checkpoint: Checkpoint) -> Finding | None:
    copy = _COPY.fullmatch(name)
    if copy is not None and int(copy[1]) != checkpoint.size:
        said = f"this is the checkpoint of {checkpoint.size} entries, and its name says {int(copy[1])}"
        return _finding("failed", "checkpoint-damaged", name, said, fix=_RESTORE)
    if checkpoint.size > _MAX_ENTRIES:
        said = f"a log of {checkpoint.size} entries is more than this archivist checks"
        return _finding("unverifiable", "checkpoint-damaged", name, said)
    return None


def _published(names: Sequence[str], signed: Sequence[_Signed], newest: Checkpoint) -> Iterator[Finding]:
    """``checkpoint`` and the newest copy are the same; only the last write of a run may be missing."""
    copy = f"checkpoints/{newest.size:016d}"
    notes = {each.name: each for each in signed}
    if copy not in names:
        yield _finding("failed", "checkpoint-copy", copy, "the copy of the newest checkpoint is missing", fix=_RESTORE)
        return
    published = notes.get(_CURRENT)
    if copy not in notes or (published is None and _CURRENT in names):
        return  # damaged, and reported as that
    if published is not None and published.note == notes[copy].note:
        return
    older = max((each.checkpoint.size for each in signed if each.checkpoint.size < newest.size), default=None)
    if (published.checkpoint.size if published else None) == older:
        said = f"the newest checkpoint, of {newest.size} entries, was signed and is not published yet"
        fix = "the next run publishes it; where no run was interrupted, somebody put an older one back"
        yield _finding("unverifiable", "checkpoint-copy", _CURRENT, said, fix=fix)
        return
    said = f"this should be the checkpoint of {newest.size} entries, as {copy} is"
    yield _finding("failed", "checkpoint-copy", _CURRENT, said, fix=f"copy {copy} over it")


def _leaves(newest: Checkpoint, read: Read, *, is_only_entries: bool = False) -> bytes | None:
    """The leaf hashes that lead to the signed root: from the entries, or where those are damaged from the tiles."""
    whole, width = divmod(newest.size, TILE_WIDTH)
    widths = [TILE_WIDTH] * whole + ([width] if width else [])

    def from_entries(index: int) -> bytes:
        return b"".join(map(leaf_hash, unbundle(read(entries_path(index, width=widths[index])))))

    def from_tiles(index: int) -> bytes:
        return read(tile_path(0, index, width=widths[index]))

    for source in (from_entries,) if is_only_entries else (from_entries, from_tiles):
        try:
            leaves = b"".join(map(source, range(len(widths))))
        except ArchivistError:
            continue
        if len(leaves) == newest.size * HASH_LENGTH and root_at(newest.size, node=_Tree(leaves).node) == newest.root:
            return leaves
    return None


def _other_roots(signed: Sequence[_Signed], tree: _Tree) -> Iterator[Finding]:
    for each in signed:
        size = each.checkpoint.size
        if root_at(size, node=tree.node) != each.checkpoint.root:
            said = f"the log had another history: its first {size} entries have not the root that was signed here"
            yield _finding("failed", "checkpoint-root", each.name, said, fix=_RESTORE)


def _needed(newest: int, *, sizes: Collection[int]) -> set[str]:
    """The tiles and bundles of the log, full and partial, and the partial ones of each size that was signed."""
    needed: set[str] = set()
    for size in sizes:
        for level in range(_LEVELS):
            whole, width = divmod(size >> TILE_HEIGHT * level, TILE_WIDTH)
            if width:
                needed.update(_named(level, whole, width))
            if size == newest:
                needed.update(name for index in range(whole) for name in _named(level, index, TILE_WIDTH))
    return needed


def _named(level: int, index: int, width: int) -> Iterator[str]:
    yield tile_path(level, index, width=width)
    if level == 0:
        yield entries_path(index, width=width)


def _missing(names: Collection[str]) -> Iterator[Finding]:
    said = "this file of the log is missing"
    if len(names) > _NAMED:
        yield _finding("failed", "log-tile", min(names), f"{said}, with {len(names) - 1} others", fix=_RESTORE)
        return
    for name in sorted(names):
        yield _finding("failed", "log-tile", name, said, fix=_RESTORE)


def _leftovers(names: Sequence[str]) -> Iterator[Finding]:
    """Tiles of sizes that no checkpoint was signed for: an interrupted run's, or of a checkpoint that was removed."""
    if names:
        others = f" and {len(names) - 1} others" if len(names) > 1 else ""
        said = f"this{others} belongs to no signed checkpoint: a run was interrupted, or a checkpoint was removed"
        fix = "the next run goes on from the newest checkpoint; where it leaves the file alone, nothing needs it"
        yield _finding("unverifiable", "log-leftover", names[0], said, fix=fix)


def _differs(name: str, read: Read, tree: _Tree) -> Finding | None:
    tile = parse_tile_path(name)
    try:
        data = read(name)
        found = b"".join(map(leaf_hash, unbundle(data))) if tile.level is None else data
    except BadTile as error:
        return _finding("failed", "log-tile", name, f"the entries cannot be read: {error}", fix=_RESTORE)
    except ArchivistError as error:
        return _finding("failed", "unreadable", name, str(error), fix=_RESTORE)
    expected = tree.hashes(tile)
    if found == expected:
        return None
    what = "entry" if tile.level is None else "hash"
    pairs = zip(_hashes(found), _hashes(expected), strict=False)
    at = next((index for index, (left, right) in enumerate(pairs) if left != right), None)
    first = tile.index * TILE_WIDTH
    where = f"{what} {first + at} is not" if at is not None else f"it has {len(found) // HASH_LENGTH} of them, not"
    return _finding("failed", "log-tile", name, f"{where} what was signed", fix=_RESTORE)


def _hashes(data: bytes) -> list[bytes]:
    return [data[at : at + HASH_LENGTH] for at in range(0, len(data), HASH_LENGTH)]


def _is_tile(name: str) -> bool:
    try:
        parse_tile_path(name)
    except BadTile:
        return False
    return True


def _stray(name: str) -> Finding:
    said = "this file is none of the log's"
    return _finding("unverifiable", "stray-file", name, said, fix="look at what it is; the log does not need it")


def _finding(state: State, code: str, name: str, said: str, *, fix: str | None = None) -> Finding:
    return Finding(state=state, code=code, where=f"{LOG}/{name}" if name else LOG, said=said, fix=fix)
