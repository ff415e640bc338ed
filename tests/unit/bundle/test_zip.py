"""The one spelling of a bundle's ZIP: every tool reads it, and no other byte passes."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.bundle.zip import Entry, ZipWriter, is_zip, read_entries, read_entry, tail_bytes
from archivist.errors import BadBundle

NAMES = st.sampled_from(["a", "b.txt", "a-b/c", "data/a_b.html.gz", "archive/x.warc.gz", "d/e/f/g"])


def made(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    file = io.BytesIO()
    writer = ZipWriter(file)
    for name, data in files.items():
        writer.add(name, [data[:3], data[3:]])
    writer.close()
    return file.getvalue()


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=5))
def test_what_is_written_is_read(files: dict[str, bytes]) -> None:
    """By us, and by Python, which finds nothing wrong; the same files give the same bytes."""
    data = made(files)
    file = io.BytesIO(data)

    assert files == {entry.name: b"".join(read_entry(file, entry)) for entry in read_entries(file)}
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        assert other.testzip() is None
        assert files == {name: other.read(name) for name in other.namelist()}
    assert data == made(files)


def test_every_byte_of_the_structure() -> None:
    """A bit that differs around the files is an error; inside of them it is their digest's to say."""
    files = {"a/one.txt": b"one", "two": b"", "b/three": b"3" * 20}
    data = made(files)
    inside = {at for entry in read_entries(io.BytesIO(data)) for at in range(entry.start, entry.end)}
    for at in set(range(len(data))) - inside:
        for bit in range(8):
            bent = bytearray(data)
            bent[at] ^= 1 << bit
            with pytest.raises(BadBundle):
                read_entries(io.BytesIO(bytes(bent)))


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_cut_and_longer(cut: int) -> None:
    """A file that ends early, or has something behind it or in front of it, is none of ours."""
    data = made({"a": b"abc", "b": b"d" * 40})
    for bent in (data[: len(data) - 1 - cut], data + bytes(cut + 1), bytes(cut + 1) + data):
        with pytest.raises(BadBundle):
            read_entries(io.BytesIO(bent))


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../a", "a/../../b", "a\\b", "a//b", "a/", ".hidden", "C:x", "a\0", "ä", "a/./b", "x" * 200],
)
def test_names_that_lead_elsewhere(name: str) -> None:
    """They are neither written nor read."""
    with pytest.raises(BadBundle):
        made({name: b""})
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as other:
        other.writestr(zipfile.ZipInfo("ok"), b"x")
        other.writestr(zipfile.ZipInfo(name or "/"), b"x")
    with pytest.raises(BadBundle):
        read_entries(file)


def test_a_name_twice() -> None:
    """Two files of one name could be read in two ways."""
    writer = ZipWriter(io.BytesIO())
    writer.add("a", [b"1"])
    with pytest.raises(BadBundle, match="holds one already"):
        writer.add("a", [b"2"])


def test_a_bomb() -> None:
    """What is compressed is refused before anything is unpacked."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as other:
        other.writestr("bomb", bytes(50_000_000))
    with pytest.raises(BadBundle):
        read_entries(file)


def test_beyond_four_gigabytes(tmp_path: Path) -> None:
    """Files that stand beyond 4 GiB have wide offsets, which other programs read."""
    path = tmp_path / "large.zip"
    with path.open("w+b") as file:
        writer = ZipWriter(file)
        sizes = [3 << 30, 2 << 30]
        for number, size in enumerate(sizes):
            writer.add(f"{number}", [])
            # A hole instead of bytes: the structure is what counts here.
            entry = writer._entries[f"{number}"]
            writer._entries[f"{number}"] = Entry(name=entry.name, offset=entry.offset, size=size, crc=0)
            writer._at = entry.start + size
            file.seek(writer._at)
        writer.add("last", [b"behind"])
        writer.close()
    with path.open("rb") as file, pytest.raises(BadBundle, match="header of 0"):
        read_entries(file)
    with zipfile.ZipFile(path) as other:
        assert b"behind" == other.read("last")
        assert [0, (3 << 30) + 31, (5 << 30) + 62] == [each.header_offset for each in other.infolist()]


@pytest.mark.slow
def test_many_files() -> None:
    """More than 65,535 files have a wide count, which other programs read."""
    files = {f"f{number}": b"" for number in range(66_000)}
    data = made(files)
    assert 66_000 == len(read_entries(io.BytesIO(data)))
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        assert 66_000 == len(other.namelist())


def test_by_unzip(tmp_path: Path) -> None:
    """Info-ZIP finds nothing wrong."""
    if shutil.which("unzip") is None:
        pytest.skip("unzip is not here")
    path = tmp_path / "a.zip"
    path.write_bytes(made({"a/b.txt": b"abc", "c": b""}))
    assert 0 == subprocess.run(["unzip", "-tq", path], check=False, capture_output=True).returncode


def test_what_is_none() -> None:
    """Text, nothing, and an empty ZIP hold no files of ours."""
    assert is_zip(made({"a": b""}))
    assert not is_zip(b"archivist receipt v1\n")
    assert () == read_entries(io.BytesIO(tail_bytes([], at=0)))
    for data in (b"", b"PK", b"PK\3\4" + bytes(100)):
        with pytest.raises(BadBundle):
            read_entries(io.BytesIO(data))
