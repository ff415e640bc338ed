"""Reading records that others wrote, or that are not as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.errors import BadWarc, NotFound
from archivist.model.capture import RecordRef
from archivist.proof.digest import blake3_hex, sha256_hex
from archivist.store.archive import Original
from archivist.store.layout import Layout
from archivist.store.reader import ArchiveReader
from archivist.wire import warc
from tests.unit.store.exchanges import STORY, exchange, new_archive, response

ID = "urn:uuid:0b7e3f0a-52b5-4c4e-9d5c-3f1f3d1f9a10"
DATE = "2026-11-23T12:00:00Z"


def written(root: Path, block: bytes, *, kind: str = "response") -> RecordRef:
    """A file with this one record."""
    measured = warc.Block(record_id=ID, length=len(block), sha256=sha256_hex(block))
    origin = warc.Origin(date=DATE, uri=STORY)
    fields = (
        warc.response_fields(origin, measured)
        if kind == "response"
        else warc.resource_fields(origin, measured, content_type="application/pdf")
    )
    data = warc.member(fields, block, packed=False)
    path = root / "archives" / "2026-11" / "theirs.warc.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return RecordRef(file="2026-11/theirs.warc.gz", offset=0, length=len(data), id=ID)


def payload(root: Path, record: RecordRef) -> bytes:
    """The whole of it."""
    return b"".join(ArchiveReader(Layout(root)).payload(record))


def test_chunks_undone_by_another_writer(tmp_path: Path) -> None:
    """A block whose chunks were removed while the field that announces them stayed gives its body."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert b"<p>plain</p>" == payload(tmp_path, written(tmp_path, head + b"<p>plain</p>"))


def test_cut_before_the_first_chunk(tmp_path: Path) -> None:
    """Of a chunked response of ours that was cut in its first size line there is no payload."""
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5"
    captures = (
        new_archive(tmp_path).store([exchange(raw=raw, truncated="disconnect")], snapshot="s", page=STORY).captures
    )
    assert b"" == b"".join(ArchiveReader(Layout(tmp_path)).payload(captures[0]))


def test_resource(tmp_path: Path) -> None:
    """The payload of a resource record is its block (WARC 1.1 6.4)."""
    assert b"%PDF" == payload(tmp_path, written(tmp_path, b"%PDF", kind="resource"))


def test_no_http_response(tmp_path: Path) -> None:
    """A response record that holds something else is damage, with its place."""
    record = written(tmp_path, b"SSH-2.0-OpenSSH")
    with pytest.raises(BadWarc, match=r"byte 0 of archives/2026-11/theirs\.warc\.gz holds no HTTP response"):
        payload(tmp_path, record)
    with pytest.raises(BadWarc, match="holds no HTTP response"):
        ArchiveReader(Layout(tmp_path)).head(record)


def test_half_a_head(tmp_path: Path) -> None:
    """A response that ends in its head has no head to give."""
    record = written(tmp_path, b"HTTP/1.1 200 OK\r\nX: ")
    with pytest.raises(BadWarc, match="no whole HTTP head"):
        ArchiveReader(Layout(tmp_path)).head(record)


def test_a_revisit_by_its_own_record(tmp_path: Path) -> None:
    """Asked for the payload of a revisit record itself, the reader says where it stands instead of giving nothing."""
    archive = new_archive(tmp_path)
    first = archive.store([exchange(b"same")], snapshot="s", page=STORY).captures[0]
    original = Original(record=first.record, uri=first.uri, date=first.date)
    again = archive.store([exchange(b"same")], snapshot="t", page=STORY, find_original=lambda _: original).captures[0]
    with pytest.raises(BadWarc, match=f"is a revisit, whose payload stands in {first.record.id}"):
        payload(tmp_path, again.record)


def test_missing_file(tmp_path: Path) -> None:
    """A file that is gone is named."""
    record = RecordRef(file="2026-11/gone.warc.gz", offset=0, length=10, id=ID)
    reader = ArchiveReader(Layout(tmp_path))
    for read in (reader.block(record), reader.records("2026-11/gone.warc.gz"), _payload(reader, record)):
        with pytest.raises(NotFound, match=r"archives/2026-11/gone\.warc\.gz does not exist"):
            next(iter(read))


def _payload(reader: ArchiveReader, record: RecordRef) -> Iterator[bytes]:
    yield from reader.payload(record)


def test_every_flipped_byte_is_refused_or_harmless(tmp_path: Path) -> None:
    """With any byte of a record flipped, reading it fails with a typed error or gives the very same payload."""
    capture = new_archive(tmp_path).store([exchange(b"said")], snapshot="s", page=STORY).captures[0]
    path = tmp_path / "archives" / capture.record.file
    data = path.read_bytes()
    reader = ArchiveReader(Layout(tmp_path))
    refused = 0
    for at in range(capture.record.offset, capture.record.offset + capture.record.length):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :])
        try:
            assert b"said" == b"".join(reader.payload(capture))
        except BadWarc:
            refused += 1
    assert refused > capture.record.length * 0.9


def test_head_of_a_large_response(tmp_path: Path) -> None:
    """The head is read without inflating the body, so damage behind it does not matter."""
    capture = new_archive(tmp_path).store(
        [exchange(raw=response(bytes(1 << 20), kind="image/png"))], snapshot="s", page=STORY
    ).captures[0]  # fmt: skip
    path = tmp_path / "archives" / capture.record.file
    data = bytearray(path.read_bytes())
    data[capture.record.offset + capture.record.length - 9] ^= 1
    path.write_bytes(data)
    assert 200 == ArchiveReader(Layout(tmp_path)).head(capture.record).status


def test_digests_of_parts(tmp_path: Path) -> None:
    """Several at a time, in any order, longer than what is read at a time or than the file, as alone; read is told."""
    data = bytes(range(256)) * 12_000
    folder = tmp_path / "archives"
    folder.mkdir()
    (folder / "f").write_bytes(data)
    places = [(0, 9), (9, 0), (5, 2_500_000), (3, 1), (3_000_000, 1 << 40), (4_000_000, 7)]
    told: list[int] = []
    reader = ArchiveReader(Layout(tmp_path))

    found = reader.blake3s("f", places, read=told.append)

    assert [blake3_hex(data[offset : offset + length]) for offset, length in places] == found
    assert found == [reader.blake3("f", offset=offset, length=length) for offset, length in places]
    assert blake3_hex(data[7:]) == reader.blake3("f", offset=7)
    assert sum(len(data[offset : offset + length]) for offset, length in places) == sum(told)
    assert [] == reader.blake3s("f", [])
    with pytest.raises(NotFound):
        reader.blake3s("g", [])
