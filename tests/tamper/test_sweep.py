"""Whatever is flipped, cut, added, removed or exchanged in a small archive, ``verify`` says so and names the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.store.layout import Layout
from archivist.store.reader import ArchiveReader
from archivist.verbs.verify import verify
from tests.tamper.small import TRUST, Small, checked, copy_of, make, named, workspace_of

KINDS = ("archives/", "manifests/archive.json", "manifests/events/", "manifests/www", "manifests/log/")
STEP = 61
"""In the normal run every so many bytes are flipped; it has no divisor in common with the sizes of our formats."""


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """An archive that nobody touches."""
    return make(tmp_path_factory.mktemp("small") / "archive")


@pytest.fixture
def root(original: Small, tmp_path: Path) -> Path:
    """A copy to break."""
    return copy_of(original.root, tmp_path / "archive")


def files(root: Path, kind: str = "") -> list[str]:
    """All files of a kind."""
    names = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return sorted(name for name in names if name.startswith(kind))


def flipped(data: bytes, step: int) -> Iterator[tuple[int, bytes]]:
    """The bytes with one of them changed, in turn: the first and last ones always, every ``step``-th between."""
    for at, byte in enumerate(data):
        if at < 12 or at >= len(data) - 12 or at % step == 0:
            yield at, data[:at] + bytes([byte ^ (1 << at % 8)]) + data[at + 1 :]


def assert_each_flip_is_found(root: Path, kind: str, step: int) -> None:
    """Flip bytes of all files of a kind."""
    for name in files(root, kind):
        data = (root / name).read_bytes()
        for at, changed in flipped(data, step):
            (root / name).write_bytes(changed)
            result = checked(root)
            assert (name, at, "failed") == (name, at, result.state)
            assert named(result, name), f"byte {at} of {name}: {result.findings}"
            assert len(result.findings) <= 3, f"byte {at} of {name}: {result.findings}"
        (root / name).write_bytes(data)


@pytest.mark.parametrize("is_deep", [False, True])
def test_an_untouched_archive_is_ok(original: Small, is_deep: bool) -> None:
    """Nothing is found in an archive that nobody touched, and everything was checked."""
    result = checked(original.root, is_deep=is_deep)

    assert ((), "ok") == (result.findings, result.state)
    assert {"statements": 9, "checkpoints": 4, "log entries": 9, "WARC files": 3, "spans": 6}.items() <= set(
        result.checked.items()
    )
    assert (9 if is_deep else 0) == result.checked["captures"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_flipped_byte_is_found(root: Path, kind: str) -> None:
    """Bytes all over every file: one that changes makes the archive fail, and the file is named."""
    assert_each_flip_is_found(root, kind, STEP)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", KINDS)
def test_every_flipped_byte_is_found(root: Path, kind: str) -> None:
    """The complete sweep: each byte of each file."""
    assert_each_flip_is_found(root, kind, 1)


@pytest.mark.parametrize("is_deep", [False, True])
@pytest.mark.parametrize("how", ["emptied", "cut", "longer", "cut in half"])
def test_a_file_of_another_length_is_found(root: Path, how: str, is_deep: bool) -> None:
    """Every file emptied, cut or made longer by a byte fails and is named."""
    for name in files(root):
        data = (root / name).read_bytes()
        changed = {"emptied": b"", "cut": data[:-1], "longer": data + b"\n", "cut in half": data[: len(data) // 2]}
        (root / name).write_bytes(changed[how])
        result = checked(root, is_deep=is_deep)
        assert (name, "failed") == (name, result.state)
        assert named(result, name), f"{name}: {result.findings}"
        (root / name).write_bytes(data)


def test_a_removed_file_is_found(root: Path) -> None:
    """Every file that is removed is missed; an older checkpoint may be one that was never signed."""
    for name in files(root):
        data = (root / name).read_bytes()
        (root / name).unlink()
        result = checked(root)
        is_older = name.startswith("manifests/log/checkpoints/") and not name.endswith("9")
        assert (name, "unverifiable" if is_older else "failed") == (name, result.state)
        (root / name).write_bytes(data)


def test_files_of_one_kind_that_are_exchanged_are_found(root: Path) -> None:
    """Every two files of one kind: each in the place of the other fails, and one of them is named."""
    for kind in (
        "archives/2026-11/",
        "manifests/www",
        "manifests/log/checkpoints",
        "manifests/log/tile/0",
        "manifests/log/tile/e",
    ):
        names = files(root, kind)
        for one, other in ((a, b) for a in names for b in names if a < b):
            first, second = (root / one).read_bytes(), (root / other).read_bytes()
            (root / one).write_bytes(second)
            (root / other).write_bytes(first)
            result = checked(root)
            assert (one, other, "failed") == (one, other, result.state)
            assert named(result, one) or named(result, other)
            (root / one).write_bytes(first)
            (root / other).write_bytes(second)


@pytest.mark.parametrize("is_deep", [False, True])
@pytest.mark.parametrize("how", ["exchanged", "removed", "repeated"])
def test_records_in_a_warc_file_that_are_moved_are_found(root: Path, how: str, is_deep: bool) -> None:
    """Whole records exchanged, removed or repeated fail at the byte where that begins."""
    path = next(root / name for name in files(root, "archives/") if name.endswith(".gz"))
    data, file = path.read_bytes(), path.relative_to(root / "archives").as_posix()
    places = [(each.offset, each.length) for each in ArchiveReader(Layout(root)).records(file)]
    parts = [data[offset : offset + length] for offset, length in places]
    for at in range(len(parts) - 1):
        moved = {
            "exchanged": [*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]],
            "removed": [*parts[:at], *parts[at + 1 :]],
            "repeated": [*parts[: at + 1], *parts[at:]],
        }
        path.write_bytes(b"".join(moved[how]))
        result = checked(root, is_deep=is_deep)
        assert (at, "failed") == (at, result.state)
        assert named(result, f"archives/{file}")


def test_the_damaged_record_is_named(root: Path) -> None:
    """One byte of one record: the finding says which record, by offset, id and address."""
    path = next(root / name for name in files(root, "archives/") if name.endswith(".gz"))
    file = path.relative_to(root / "archives").as_posix()
    record = next(each for each in ArchiveReader(Layout(root)).records(file) if each.header.type == "response")
    data = bytearray(path.read_bytes())
    data[record.offset + record.length // 2] ^= 4
    path.write_bytes(data)

    (finding,) = checked(root).findings

    assert f"the record at byte {record.offset} ({record.header.record_id}, {record.header.target_uri})" in finding.said


def test_a_statement_with_another_number_is_found(root: Path) -> None:
    """A manifest moved to another number, with or without leaving a gap, fails."""
    folder = next(root.glob("manifests/www*/*bridge*"))
    (folder / "0003.json").rename(folder / "0004.json")
    result = checked(root)

    assert "failed" == result.state
    assert {"statement-place", "chain"} == {finding.code for finding in result.findings}


def test_a_log_rolled_back_is_not_ok(root: Path) -> None:
    """The log put back to an older state is consistent in itself: the statements beyond it are not vouched for."""
    log = root / "manifests" / "log"
    (log / "checkpoint").write_bytes((log / "checkpoints" / f"{5:016d}").read_bytes())
    (log / "checkpoints" / f"{9:016d}").unlink()
    for path in log.rglob("9"):
        path.unlink()
    result = checked(root)

    assert "unverifiable" == result.state
    assert ["log-pending"] * 4 == [finding.code for finding in result.findings]


@pytest.mark.parametrize(("size", "state"), [(5, "unverifiable"), (3, "failed")])
def test_an_older_checkpoint_in_place_of_the_newest_is_not_ok(root: Path, size: int, state: str) -> None:
    """The last write of a run may be missing, and no more than that."""
    log = root / "manifests" / "log"
    (log / "checkpoint").write_bytes((log / "checkpoints" / f"{size:016d}").read_bytes())
    result = checked(root)

    assert state == result.state
    assert ["checkpoint-copy"] == [finding.code for finding in result.findings]


def test_a_log_that_is_gone_is_not_ok(root: Path) -> None:
    """Without its log an archive vouches for nothing, and that is said once."""
    for path in sorted((root / "manifests" / "log").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    result = checked(root)

    assert (("log-pending",), "unverifiable") == (tuple(f.code for f in result.findings), result.state)


def test_things_that_belong_nowhere_are_named(root: Path) -> None:
    """Unknown files are unverifiable, each with its own finding."""
    names = [
        "archives/2026-11/20261124T000000Z-abcdef.warc.gz",
        "archives/2026-11/notes.txt",
        "archives/2026-11/x.warc.gz.torn",
        "manifests/.tmp-0123456789ab",
        "manifests/log/checkpoints/7",
        "manifests/www.example.org/readme.txt",
    ]
    for name in names:
        (root / name).write_bytes(b"x")
    result = checked(root)

    assert "unverifiable" == result.state
    assert sorted(names) == sorted(finding.where for finding in result.findings)


def test_what_is_no_file_is_a_finding(root: Path) -> None:
    """A folder, a pipe or a dead link in the place of a file is named; nothing hangs and nothing is raised."""
    for name in files(root):
        data = (root / name).read_bytes()
        for put in (os.mkfifo, os.mkdir, lambda path: path.symlink_to("nowhere")):
            (root / name).unlink()
            put(root / name)
            result = checked(root)
            assert (name, "ok") != (name, result.state)
            (root / name).rmdir() if put is os.mkdir else (root / name).unlink()
            (root / name).write_bytes(data)


def test_whole_records_that_nobody_describes_are_unverifiable(original: Small, tmp_path: Path) -> None:
    """What a run stored and could not seal, whole or torn, is no forgery."""
    root = copy_of(original.root, tmp_path / "archive")
    path = next(root / name for name in files(root, "archives/") if name.endswith(".gz"))
    data = path.read_bytes()
    file = path.relative_to(root / "archives").as_posix()
    first = next(iter(ArchiveReader(Layout(root)).records(file)))
    record = data[: first.length]

    codes = {}
    for tail in (record, record * 2, record + record[:-1], record + b"junk", b"\0"):
        path.write_bytes(data + tail)
        result = checked(root)
        (finding,) = result.findings
        codes[tail] = (result.state, finding.code)

    assert [
        ("unverifiable", "warc-undescribed"),
        ("unverifiable", "warc-undescribed"),
        ("unverifiable", "warc-torn"),
        ("failed", "warc-stray-bytes"),
        ("failed", "warc-stray-bytes"),
    ] == list(codes.values())


def test_findings_are_bounded(root: Path) -> None:
    """Beyond a thousand findings only their number is told."""
    for number in range(1005):
        (root / "archives" / f"{number}").touch()
    result = checked(root)

    assert 1001 == len(result.findings)
    assert "5 more findings are not told one by one" == result.findings[-1].said


def test_nothing_is_written(original: Small, tmp_path: Path) -> None:
    """Verifying leaves every file and folder as it was."""
    root = copy_of(original.root, tmp_path / "archive")
    before = [(path, path.stat().st_mtime_ns) for path in sorted(root.rglob("*"))]
    checked(root, is_deep=True)

    assert before == [(path, path.stat().st_mtime_ns) for path in sorted(root.rglob("*"))]


def test_progress_reaches_the_total(original: Small) -> None:
    """The bytes read are told as they are read, up to all that are described."""
    told: list[tuple[int, int]] = []
    verify(
        workspace_of(original.root), is_deep=False, trust=TRUST, progress=lambda done, total: told.append((done, total))
    )
    total = sum(path.stat().st_size for path in original.root.glob("archives/*/*.gz"))

    assert (total, total) == told[-1]
    assert sorted(told) == told
