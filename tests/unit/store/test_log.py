"""The Merkle log on disk."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.errors import BadNote, DiskFailed, FormatError, NotFound
from archivist.proof.checkpoint import open_checkpoint
from archivist.proof.merkle import inclusion_proof, leaf_hash, root, verify_inclusion
from archivist.proof.note import KeyName, VerifierKey
from archivist.proof.tiles import entries_path, node_reader
from archivist.store.durable import RealDisk
from archivist.store.layout import Layout
from archivist.store.log import Log
from tests.unit.store.exchanges import KEY, ORIGIN, quick_disk, sign
from tests.unit.store.faults import FaultySystem

VERIFIER = VerifierKey(name=KeyName(ORIGIN), public=KEY.public_bytes())


def ids(start: int, end: int) -> list[str]:
    """Made-up statement ids."""
    return [sha256(b"%d" % n).hexdigest() for n in range(start, end)]


def new_log(root_: Path) -> Log:
    """The log of an archive."""
    return Log(Layout(root_), disk=quick_disk(root_))


def root_of(entries: list[str]) -> bytes:
    """The root over these entries, computed from scratch."""
    return root([leaf_hash(bytes.fromhex(each)) for each in entries])


def test_empty(tmp_path: Path) -> None:
    """A log that was never written to is empty."""
    log = new_log(tmp_path)
    assert (0, None, ()) == (log.size, log.head(), log.sizes())
    assert ("ab" * 32,) == log.due(["ab" * 32])


def test_append(tmp_path: Path) -> None:
    """The checkpoint is signed, commits to all entries in order, and every entry can be proved from the tiles."""
    log = new_log(tmp_path)
    entries = ids(0, 300)
    log.append(entries[:1], origin=ORIGIN, sign=sign)
    checkpoint = log.append(entries, origin=ORIGIN, sign=sign)
    assert (300, root_of(entries)) == (checkpoint.size, checkpoint.root)
    head = new_log(tmp_path).head()
    assert head is not None
    assert checkpoint == open_checkpoint(head.note, [VERIFIER])
    assert entries == list(new_log(tmp_path).entries())
    assert entries[257:] == list(new_log(tmp_path).entries(257))
    node = node_reader(log.read_tile, 300)
    for index in (0, 255, 256, 299):
        proof = inclusion_proof(index, 300, node=node)
        verify_inclusion(leaf_hash(bytes.fromhex(entries[index])), index, size=300, proof=proof, root=checkpoint.root)
        assert index == log.index_of(entries[index])


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.integers(min_value=1, max_value=400), min_size=1, max_size=5))
def test_any_growth(tmp_path_factory: pytest.TempPathFactory, steps: list[int]) -> None:
    """However the log grows, its root is that of the tree made from scratch, and old checkpoints stay."""
    here = tmp_path_factory.mktemp("log")
    size = 0
    for step in steps:
        checkpoint = new_log(here).append(ids(size, size + step), origin=ORIGIN, sign=sign)
        size += step
        assert (size, root_of(ids(0, size))) == (checkpoint.size, checkpoint.root)
    sizes = new_log(here).sizes()
    assert len(steps) == len(sizes)
    for each in sizes:
        assert root_of(ids(0, each)) == open_checkpoint(new_log(here).checkpoint_of(each), [VERIFIER]).root


def test_nothing_twice(tmp_path: Path) -> None:
    """What is in the log already is passed over, also when the same id is given twice."""
    log = new_log(tmp_path)
    first = log.append(ids(0, 3), origin=ORIGIN, sign=sign)
    assert first == log.append(ids(0, 3), origin=ORIGIN, sign=sign)
    assert 4 == log.append([*ids(2, 4), *ids(3, 4)], origin=ORIGIN, sign=sign).size
    assert tuple(ids(4, 6)) == log.due([*ids(4, 6), *ids(0, 5)])


def test_what_is_due_since_a_size_needs_no_look_at_what_was_before(tmp_path: Path) -> None:
    """A run that knows how large the log was reads nothing older, and a short log is as quick as a long one."""
    log = new_log(tmp_path)
    log.append(ids(0, 600), origin=ORIGIN, sign=sign)
    for old in (entries_path(0), entries_path(1)):
        (tmp_path / "manifests" / "log" / old).unlink()

    assert tuple(ids(600, 602)) == log.due([*ids(599, 602), *ids(600, 602)], since=512)
    assert 602 == log.append(ids(598, 602), origin=ORIGIN, sign=sign, since=512).size
    with pytest.raises(NotFound):
        log.due(ids(602, 603))


def test_checkpoint_copies(tmp_path: Path) -> None:
    """Every checkpoint ever signed is kept under its size."""
    log = new_log(tmp_path)
    log.append(ids(0, 2), origin=ORIGIN, sign=sign)
    log.append(ids(2, 5), origin=ORIGIN, sign=sign)
    folder = tmp_path / "manifests" / "log"
    assert ["0000000000000002", "0000000000000005"] == sorted(path.name for path in (folder / "checkpoints").iterdir())
    assert (folder / "checkpoint").read_bytes() == log.checkpoint_of(5)
    with pytest.raises(NotFound):
        log.checkpoint_of(4)


def test_crash_before_the_checkpoint_is_replaced(tmp_path: Path) -> None:
    """The signed copy counts; the next append brings the published checkpoint up to it."""
    log = new_log(tmp_path)
    log.append(ids(0, 2), origin=ORIGIN, sign=sign)
    published = tmp_path / "manifests" / "log" / "checkpoint"
    old = published.read_bytes()
    log.append(ids(2, 5), origin=ORIGIN, sign=sign)
    new = published.read_bytes()
    published.write_bytes(old)
    assert 5 == new_log(tmp_path).size
    new_log(tmp_path).append([], origin=ORIGIN, sign=sign)
    assert new == published.read_bytes()


def test_tiles_of_a_crash_are_replaced(tmp_path: Path) -> None:
    """Tiles beyond the signed size are nobody's: an append of other entries writes over them."""
    new_log(tmp_path).append(ids(0, 2), origin=ORIGIN, sign=sign)

    def die(_: str) -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        new_log(tmp_path).append(ids(100, 103), origin=ORIGIN, sign=die)
    assert 2 == new_log(tmp_path).size
    checkpoint = new_log(tmp_path).append(ids(2, 5), origin=ORIGIN, sign=sign)
    assert root_of(ids(0, 5)) == checkpoint.root
    assert ids(0, 5) == list(new_log(tmp_path).entries())


def test_tiles_under_a_checkpoint_are_never_written(tmp_path: Path) -> None:
    """Growing a log changes no file that an earlier checkpoint covers."""
    log = new_log(tmp_path)
    folder = tmp_path / "manifests" / "log"
    seen: dict[Path, bytes] = {}
    for size in (1, 2, 255, 256, 257, 600):
        log.append(ids(0, size), origin=ORIGIN, sign=sign)
        for path, data in seen.items():
            assert data == path.read_bytes()
        seen.update(
            (path, path.read_bytes()) for path in folder.rglob("*") if path.is_file() and path.name != "checkpoint"
        )


def test_damaged_tile_stops_the_log(tmp_path: Path) -> None:
    """On tiles that do not have the signed root nothing is built."""
    log = new_log(tmp_path)
    log.append(ids(0, 3), origin=ORIGIN, sign=sign)
    tile = tmp_path / "manifests" / "log" / "tile" / "0" / "000.p" / "3"
    tile.write_bytes(bytes(96))
    before = sorted(path for path in tmp_path.rglob("*"))
    with pytest.raises(FormatError, match="do not have the root"):
        new_log(tmp_path).append(ids(3, 4), origin=ORIGIN, sign=sign)
    assert before == sorted(path for path in tmp_path.rglob("*"))


def test_missing_tile_stops_the_log(tmp_path: Path) -> None:
    """A tile that is gone is named."""
    log = new_log(tmp_path)
    log.append(ids(0, 3), origin=ORIGIN, sign=sign)
    (tmp_path / "manifests" / "log" / "tile" / "0" / "000.p" / "3").unlink()
    with pytest.raises(NotFound, match=r"000\.p/3"):
        new_log(tmp_path).append(ids(3, 4), origin=ORIGIN, sign=sign)


def test_another_logs_checkpoint(tmp_path: Path) -> None:
    """A log keeps its name, and a signer that signs something else is caught."""
    log = new_log(tmp_path)
    with pytest.raises(BadNote, match="not the checkpoint"):
        log.append(ids(0, 1), origin=ORIGIN, sign=lambda text: sign(text.replace("1", "2")))
    log.append(ids(0, 1), origin=ORIGIN, sign=sign)
    with pytest.raises(BadNote, match="is called"):
        log.append(ids(1, 2), origin="other.example/log", sign=sign)


def test_not_an_id(tmp_path: Path) -> None:
    """Only ids go into the log."""
    with pytest.raises(FormatError, match="not the id"):
        new_log(tmp_path).append(["AB" * 32], origin=ORIGIN, sign=sign)
    assert [] == list(tmp_path.iterdir())


def test_order_of_writes(tmp_path: Path) -> None:
    """Whichever write of the first append fails, the log can go on, and has the root that it should have."""
    counted = FaultySystem()
    Log(Layout(tmp_path / "c"), disk=RealDisk(tmp_path / "c", system=counted)).append(
        ids(0, 3), origin=ORIGIN, sign=sign
    )
    for at in range(1, len(counted.calls) + 1):
        here = tmp_path / str(at)
        failing = Log(Layout(here), disk=RealDisk(here, system=FaultySystem(at=at)))
        with pytest.raises(DiskFailed):
            failing.append(ids(0, 3), origin=ORIGIN, sign=sign)
        assert root_of(ids(0, 5)) == new_log(here).append(ids(0, 5), origin=ORIGIN, sign=sign).root
