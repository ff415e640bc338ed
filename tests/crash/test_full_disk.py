"""A disk that is full or may not be written to: exit 8, a message, a hint, nothing lost, and soon all is well again.

As root a small file system of its own is mounted; without that right, a limit on the size of files stands in for it.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crash.runs import (
    Going,
    Paper,
    assert_kept,
    assert_sound,
    assert_untouched,
    evidence,
    going,
    run,
    signed_size,
)
from tests.press import Press
from tests.press import responses as r

ARTICLES = 30
PICTURE = 120_000
FULL = r"no space left on|disk is full"
"""As the system says it, and as SQLite does."""


@pytest.fixture(scope="module")
def paper() -> Iterator[Paper]:
    """A newspaper with large pictures: 3.6 MB in all."""
    with Press() as press:
        yield Paper(press, articles=ARTICLES, picture=PICTURE)


@contextmanager
def small_disk(folder: Path, *options: str) -> Iterator[Path]:
    """A file system in memory, mounted inside the block.

    The test is passed over where this is not permitted.
    """
    folder.mkdir()
    mounted = _mount("-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder))
    if mounted:
        pytest.skip(f"no file system can be mounted here: {mounted}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _mount(*words: str) -> str:
    """What mount(8) complained of; nothing where it did as it was told."""
    try:
        done = subprocess.run(["mount", *words], capture_output=True, check=False, encoding="utf-8")
    except FileNotFoundError:
        return "there is no mount(8)"
    return done.stderr.strip() if done.returncode else ""


def _assert_refused(over: Going, words: str = "") -> None:
    """It failed as promised: exit 8, a message and a hint, no traceback."""
    assert 8 == over.process.returncode, over.said
    last = over.said[over.said.rindex("error: ") :]
    assert "\nhint: " in last
    assert re.search(words, last), last
    assert 1 == over.said.count("error: ")
    assert "Traceback" not in over.said
    assert "bug in archivist" not in over.said


def _snap_all(root: Path, paper: Paper, folder: Path) -> Going:
    listed = folder / "list"
    listed.write_text("\n".join(paper.urls), encoding="utf-8")
    return run(root, "snap", "--from", listed, "--json", ARCHIVIST_FETCH_WORKERS="4")


def _assert_mended(root: Path, paper: Paper, filled: Going) -> None:
    """With room again, the next run loses and changes nothing, and finishes the work."""
    before, signed = evidence(root), signed_size(root)
    assert_kept(root, filled.acknowledged, paper=paper)
    over = run(root, "snap", "--json", *paper.urls)
    assert (0, ARTICLES) == (over.process.returncode, len(over.acknowledged)), over.said
    assert_untouched(before, evidence(root), signed=signed)
    assert_kept(root, [*filled.acknowledged, *over.acknowledged], paper=paper)
    assert_sound(root)


@pytest.mark.parametrize("size", ["1200k", "2m", "2500k"])
def test_full(size: str, *, paper: Paper, tmp_path: Path) -> None:
    """A disk that fills up stops the run, and not what it had acknowledged."""
    with small_disk(tmp_path / "disk", f"size={size}") as disk:
        root = disk / "archive"
        filled = _snap_all(root, paper, tmp_path)
        _assert_refused(filled, FULL)
        assert 0 < len(filled.acknowledged) < ARTICLES
        again = run(root, "snap", "--json", paper.urls[0])
        if again.process.returncode:
            _assert_refused(again, FULL)
        else:
            filled.lines += again.lines
        assert "" == _mount("-o", "remount,size=64m", str(disk))
        _assert_mended(root, paper, filled)


def test_no_more_names(paper: Paper, tmp_path: Path) -> None:
    """A disk that can hold no more files is full, too."""
    with small_disk(tmp_path / "disk", "size=64m", "nr_inodes=60") as disk:
        filled = _snap_all(disk / "archive", paper, tmp_path)
        _assert_refused(filled, FULL)
        assert "" == _mount("-o", "remount,nr_inodes=10000", str(disk))
        _assert_mended(disk / "archive", paper, filled)


@pytest.mark.parametrize("names", range(8, 20))
def test_full_before_anything_is_stored(paper: Paper, tmp_path: Path, names: int) -> None:
    """A disk that is full from the start says so wherever it is met first."""
    with small_disk(tmp_path / "disk", "size=64m", f"nr_inodes={names}") as disk:
        over = run(disk / "archive", "snap", "--json", paper.urls[0])
        if over.process.returncode:
            _assert_refused(over)


@pytest.mark.parametrize("size", ["4m", "9m", "14m"])
def test_no_room_for_a_large_document(tmp_path: Path, size: str) -> None:
    """A document is kept aside, stored and read: on a disk that is too small for any of these the run says so."""
    with Press() as press, small_disk(tmp_path / "disk", f"size={size}") as disk:
        paper = Paper(press, articles=1)
        paper.bodies["/reports/0.pdf"] = b"%PDF-1.7\n" + random.Random(0).randbytes(6_000_000)
        press.serve("/reports/0.pdf", r.pdf(paper.bodies["/reports/0.pdf"]))
        over = run(disk / "archive", "snap", "--json", *paper.urls)
        _assert_refused(over, FULL)
        assert [] == over.acknowledged
        assert "" == _mount("-o", "remount,size=64m", str(disk))
        again = run(disk / "archive", "snap", "--json", *paper.urls)
        # Those bytes are no PDF that can be read, which is told once.
        assert ("adopted:" in again.said) == (again.process.returncode == 0)
        assert again.process.returncode in {0, 3}
        assert_kept(disk / "archive", again.acknowledged, paper=paper)
        assert_sound(disk / "archive")


def test_files_may_not_grow(paper: Paper, tmp_path: Path) -> None:
    """A limit on the size of files (EFBIG) is a disk that will not, without the rights to mount one."""
    root = tmp_path / "archive"
    listed = tmp_path / "list"
    listed.write_text("\n".join(paper.urls), encoding="utf-8")
    limited = ("prlimit", "--fsize=900000")
    try:
        with going(root, "snap", "--from", listed, "--json", before=limited) as filled:
            filled.wait()
    except FileNotFoundError:
        pytest.skip("there is no prlimit(1) here")
    _assert_refused(filled, "file too large")
    assert filled.acknowledged
    _assert_mended(root, paper, filled)


def test_read_only(paper: Paper, tmp_path: Path) -> None:
    """An archive on a read-only disk is not written to; it can be read, and be added to later."""
    with small_disk(tmp_path / "disk", "size=64m") as disk:
        root = disk / "archive"
        first = run(root, "snap", "--json", paper.urls[0])
        assert 0 == first.process.returncode
        before = evidence(root)
        assert "" == _mount("-o", "remount,ro", str(disk))
        _assert_refused(run(root, "snap", "--json", paper.urls[1]), "read-only")
        _assert_refused(run(disk / "new", "snap", "--json", paper.urls[1]), "read-only")
        for words in (("list",), ("verify",), ("log", paper.urls[0]), ("status",), ("show", "@last")):
            over = run(root, *words, "--json")
            # What little room a disk of this size leaves needs a person.
            expected = 3 if words == ("status",) else 0
            assert (expected, "") == (over.process.returncode, over.said), words
        assert before == evidence(root)
        assert "" == _mount("-o", "remount,rw", str(disk))
        _assert_mended(root, paper, first)


def test_only_the_archive_folder_is_read_only(paper: Paper, tmp_path: Path) -> None:
    """Where the cache can be written and the evidence can not, nothing is acknowledged."""
    root = tmp_path / "archive"
    first = run(root, "snap", "--json", paper.urls[0])
    for name in ("archives", "manifests"):
        folder = root / name
        refused = _mount("--bind", str(folder), str(folder)) or _mount("-o", "remount,bind,ro", str(folder))
        if refused:
            pytest.skip(f"no folder can be made read-only here: {refused}")
        try:
            over = run(root, "snap", "--json", paper.urls[1])
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        _assert_refused(over, "read-only")
        assert [] == over.acknowledged
    _assert_mended(root, paper, first)


def test_the_failure_is_told_to_programs_too(paper: Paper, tmp_path: Path) -> None:
    """What was acknowledged before stands on stdout as whole lines, and no summary claims that the run ended well."""
    with small_disk(tmp_path / "disk", "size=1500k") as disk:
        filled = _snap_all(disk / "archive", paper, tmp_path)
    assert 8 == filled.process.returncode
    assert all("summary" not in json.loads(line) for line in filled.lines)
