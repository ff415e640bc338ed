"""Spools: few bytes stay in memory, many go to a file without a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.errors import DiskFailed
from archivist.fetch.spool import FileSpool, MemorySpool, SpoolWriter


def filled(writer: SpoolWriter, *pieces: bytes) -> SpoolWriter:
    """The writer, after these writes."""
    for piece in pieces:
        writer.write(piece)
    return writer


@pytest.mark.parametrize(("size", "kind"), [(0, MemorySpool), (100, MemorySpool), (101, FileSpool)])
def test_memory_is_left_above_its_bound(tmp_path: Path, size: int, kind: type) -> None:
    """Up to ``memory`` bytes stay in memory; one more moves all of them to a file."""
    spool = filled(SpoolWriter(tmp_path, memory=100), bytes(size)).finish()

    assert isinstance(spool, kind)
    assert size == spool.length
    assert bytes(size) == b"".join(spool.pieces())
    spool.close()


@pytest.mark.parametrize("memory", [10, 1 << 20])
def test_pieces_may_be_read_again_from_anywhere(tmp_path: Path, memory: int) -> None:
    """Each call reads from its start to the end, in pieces of at most 64 KiB, two readers at a time."""
    data = bytes(range(256)) * 1000
    spool = filled(SpoolWriter(tmp_path, memory=memory), data[:7], data[7:100_000], data[100_000:]).finish()

    first, second = spool.pieces(), spool.pieces(99_999)
    both = [(next(first), next(second)) for _ in range(2)]

    assert data[:131_072] == b"".join(one for one, _ in both)
    assert data[99_999:] == b"".join([*(two for _, two in both), *second])
    assert max(map(len, spool.pieces())) <= 65536
    assert [] == list(spool.pieces(len(data)))
    spool.close()


def test_no_file_is_ever_to_be_seen(tmp_path: Path) -> None:
    """The temporary file has no name: a crash leaves nothing behind."""
    folder = tmp_path / "made" / "late"
    spool = filled(SpoolWriter(folder, memory=1), b"many bytes").finish()

    assert [] == list(folder.iterdir())
    spool.close()


def test_folder_is_not_made_for_few_bytes(tmp_path: Path) -> None:
    """What fits into memory touches no disk."""
    filled(SpoolWriter(tmp_path / "none"), b"few").finish().close()

    assert not (tmp_path / "none").exists()


def test_unwritable_folder_is_a_failed_disk(tmp_path: Path) -> None:
    """A folder that cannot be made is told as the disk's failure, with its name."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(DiskFailed, match=r"cannot be kept in .*file"):
        SpoolWriter(tmp_path / "file", memory=1).write(b"two")


def test_full_disk_is_a_failed_disk(tmp_path: Path) -> None:
    """A disk that takes no more is told, at the latest when the spool is finished."""
    writer = filled(SpoolWriter(tmp_path, memory=1), b"two")
    assert writer._file is not None
    with writer._file, Path("/dev/full").open("wb", buffering=0) as full:
        writer._file = full

        with pytest.raises(DiskFailed, match="no space left"):
            writer.write(b"three")


def test_shortened_file_is_a_failed_disk(tmp_path: Path) -> None:
    """A temporary file that lost bytes never passes for a whole one."""
    spool = filled(SpoolWriter(tmp_path, memory=1), bytes(1000)).finish()
    assert isinstance(spool, FileSpool)
    spool._file.truncate(10)

    with pytest.raises(DiskFailed, match="ended at byte 10 of 1000"):
        list(spool.pieces())
    spool.close()
