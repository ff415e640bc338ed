"""WARC records written, and read back one by one with every kind of damage named."""

import gzip
import hashlib
import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.errors import BadWarc
from archivist.wire.record import parse_header
from archivist.wire.warc import (
    Block,
    Fault,
    Fields,
    Origin,
    Original,
    RecordHeader,
    WarcFault,
    header_bytes,
    iter_members,
    member,
    member_stream,
    metadata_fields,
    read_member,
    request_fields,
    resource_fields,
    response_fields,
    revisit_fields,
    target_uri,
    warcinfo_fields,
)

DATE = "2026-11-23T18:15:12.000123Z"
ORIGIN = Origin(
    date=DATE,
    uri="https://example.org/a",
    ip="192.0.2.7",
    protocol="http/1.1",
    cipher_suite="TLS_AES_128_GCM_SHA256",
)


def named(block: bytes, number: int = 1) -> Block:
    """The measure of a block, with a made-up id."""
    return Block(
        record_id=f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        length=len(block),
        sha256=hashlib.sha256(block).hexdigest(),
    )


def resource(block: bytes, *, packed: bool = False, number: int = 1) -> bytes:
    """A whole member around a block."""
    fields = resource_fields(ORIGIN, named(block, number), content_type="text/plain")
    return member(fields, block, packed=packed)


def plain(block: bytes) -> bytes:
    """The same record in an uncompressed file."""
    return gzip.decompress(resource(block))


def fault_of(data: bytes) -> tuple[Fault, int, int]:
    """The fault met in this file, its offset, and how many records were handed out before it showed."""
    records = iter_members(io.BytesIO(data))
    seen: list[object] = []
    with pytest.raises(WarcFault) as raised:
        seen.extend(records)
    fault = raised.value
    assert str(fault).startswith(f"{fault.code} at byte {fault.offset}: ")
    return fault.code, fault.offset, len(seen)


def repacked(data: bytes) -> bytes:
    """Any bytes as a gzip member."""
    return gzip.compress(data, mtime=0)


SHA = named(b"x").sha256
HEAD = (
    ("WARC-Record-ID", "<urn:uuid:00000000-0000-4000-8000-000000000001>"),
    ("WARC-Date", DATE),
)
FROM = (("WARC-Target-URI", "https://example.org/a"), ("WARC-IP-Address", "192.0.2.7"))
WIRE = (("WARC-Protocol", "http/1.1"), ("WARC-Cipher-Suite", "TLS_AES_128_GCM_SHA256"))
OTHER = "urn:uuid:00000000-0000-4000-8000-000000000002"
CONCURRENT = ("WARC-Concurrent-To", f"<{OTHER}>")
TAIL = (("WARC-Block-Digest", f"sha256:{SHA}"), ("Content-Length", "1"))
PAYLOAD = ("WARC-Payload-Digest", f"sha256:{SHA}")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            warcinfo_fields(named(b"x"), date=DATE, filename="a.warc.gz"),
            (
                ("WARC-Type", "warcinfo"),
                *HEAD,
                ("WARC-Filename", "a.warc.gz"),
                ("Content-Type", "application/warc-fields"),
                *TAIL,
            ),
        ),
        (
            response_fields(ORIGIN, named(b"x"), concurrent_to=(OTHER,), payload_sha256=SHA, truncated="time"),
            (
                ("WARC-Type", "response"),
                *HEAD,
                *FROM,
                *WIRE,
                CONCURRENT,
                ("WARC-Truncated", "time"),
                ("Content-Type", "application/http;msgtype=response"),
                TAIL[0],
                PAYLOAD,
                TAIL[1],
            ),
        ),
        (
            response_fields(Origin(date=DATE, uri="https://example.org/a"), named(b"x")),
            (
                ("WARC-Type", "response"),
                *HEAD,
                FROM[0],
                ("Content-Type", "application/http;msgtype=response"),
                *TAIL,
            ),
        ),
        (
            request_fields(ORIGIN, named(b"x"), concurrent_to=(OTHER,)),
            (
                ("WARC-Type", "request"),
                *HEAD,
                *FROM,
                *WIRE,
                CONCURRENT,
                ("Content-Type", "application/http;msgtype=request"),
                *TAIL,
            ),
        ),
        (
            revisit_fields(
                ORIGIN,
                named(b"x"),
                original=Original(record_id=OTHER, uri="https://example.org/b", date=DATE, payload_sha256=SHA),
                profile="identical-payload-digest",
            ),
            (
                ("WARC-Type", "revisit"),
                *HEAD,
                *FROM,
                *WIRE,
                ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
                ("WARC-Refers-To", f"<{OTHER}>"),
                ("WARC-Refers-To-Target-URI", "https://example.org/b"),
                ("WARC-Refers-To-Date", DATE),
                ("WARC-Truncated", "length"),
                ("Content-Type", "application/http;msgtype=response"),
                TAIL[0],
                PAYLOAD,
                TAIL[1],
            ),
        ),
        (
            metadata_fields(ORIGIN, named(b"x"), concurrent_to=(OTHER,)),
            (
                ("WARC-Type", "metadata"),
                *HEAD,
                *FROM,
                CONCURRENT,
                ("Content-Type", "application/warc-fields"),
                *TAIL,
            ),
        ),
        (
            resource_fields(ORIGIN, named(b"x"), content_type="application/pdf"),
            (
                ("WARC-Type", "resource"),
                *HEAD,
                *FROM,
                ("Content-Type", "application/pdf"),
                TAIL[0],
                PAYLOAD,
                TAIL[1],
            ),
        ),
    ],
)
def test_fields_of_each_type(fields: Fields, expected: Fields) -> None:
    """Each record type has its fields, all of them and no others."""
    assert expected == fields


def test_server_not_modified_has_its_profile() -> None:
    """A 304 is a revisit under the other profile."""
    fields = revisit_fields(
        ORIGIN,
        named(b"x"),
        original=Original(record_id=OTHER, uri="https://example.org/b", date=DATE, payload_sha256=SHA),
        profile="server-not-modified",
    )

    assert RecordHeader(fields).get("warc-profile") == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@pytest.mark.parametrize(
    "origin",
    [
        Origin(date="2026-11-23 18:15:12Z", uri="https://example.org/"),
        Origin(date="2026-11-23T18:15:12+00:00", uri="https://example.org/"),
        Origin(date=DATE, uri="example.org"),
    ],
)
def test_wrong_origin_is_refused(origin: Origin) -> None:
    """A date that is not UTC in the right form, and a URL without a scheme, are not written."""
    with pytest.raises(BadWarc):
        request_fields(origin, named(b"x"))


@pytest.mark.parametrize(
    "block",
    [
        Block(record_id="<urn:uuid:1>", length=1, sha256=SHA),
        Block(record_id="urn uuid", length=1, sha256=SHA),
        Block(record_id="urn:uuid:1", length=1, sha256=SHA.upper()),
        Block(record_id="urn:uuid:1", length=1, sha256="sha256:" + SHA),
    ],
)
def test_wrong_block_is_refused(block: Block) -> None:
    """An id that is no URI and a digest that is not lower-case hex are not written."""
    with pytest.raises(BadWarc):
        request_fields(ORIGIN, block)


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org/a b<c>\"'", "https://example.org/a%20b%3Cc%3E%22'"),
        ("https://example.org/€", "https://example.org/%E2%82%AC"),
        ("https://example.org/a|b\\c^d`{e}", "https://example.org/a%7Cb%5Cc%5Ed%60%7Be%7D"),
        (" https://example.org/\r\nWARC-Type: x\x00 ", "https://example.org/WARC-Type:%20x"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://user@example.org:8443?x@y", "https://example.org:8443?x@y"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://BÜCHER.example:81/ü", "https://xn--bcher-kva.example:81/%C3%BC"),
        ("https://日本。jp/", "https://xn--wgv71a.jp/"),
        ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
        ("urn:archivist:x y", "urn:archivist:x%20y"),
        ("https://example.org/\ud800", "https://example.org/%EF%BF%BD"),
    ],
)
def test_target_uri(url: str, uri: str) -> None:
    """A URL becomes ASCII without brackets, spaces, controls and credentials."""
    assert uri == target_uri(url)


@pytest.mark.parametrize(
    "url", ["", "no scheme", "//example.org/", "1http://x/", "https://a℀.example/", "https://a\uff1a81/"]
)
def test_no_absolute_url_is_refused(url: str) -> None:
    """What is no absolute URL, or would name another host once mapped, is refused."""
    with pytest.raises(BadWarc, match="not an absolute URL"):
        target_uri(url)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X", "a\r\nWARC-Type: response"),
        ("X", "a\x00"),
        ("X", "a\tb"),
        ("X", "a\x7f"),
        ("X", "a\x85"),
        ("X", "\ud800"),
        ("X", " a"),
        ("X", "a\u2028"),
        ("X:", "a"),
        ("", "a"),
        ("X Y", "a"),
        ("Ü", "a"),
    ],
)
def test_unwritable_header_is_refused(name: str, value: str) -> None:
    """What could smuggle a line, or would not be read back, is not written."""
    with pytest.raises(BadWarc):
        header_bytes(((name, value),))


def test_header_is_utf_8_with_crlf() -> None:
    """A header is the version line, the fields in order and a blank line."""
    assert header_bytes((("A", "é€"), ("B", ""))) == "WARC/1.1\r\nA: é€\r\nB: \r\n\r\n".encode()


@pytest.mark.parametrize("packed", [False, True])
def test_member_is_gzip_without_time_or_name(packed: bool) -> None:
    """A member begins with the same ten bytes whenever it is made."""
    made = resource(b"hello", packed=packed)

    assert made[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    assert made == resource(b"hello", packed=packed)
    assert gzip.decompress(made).endswith(b"\r\n\r\nhello\r\n\r\n")


def test_packed_member_holds_the_block_as_it_is() -> None:
    """What is compressed already stands in the file in the clear."""
    block = bytes(range(256)) * 10

    assert block in resource(block, packed=True)
    assert len(resource(block * 100, packed=True)) < len(block * 100) + 800


def test_member_streams_in_flat_memory() -> None:
    """A body of 64 MiB goes through both writers and the reader without being held."""
    piece = bytes(1 << 16)
    count = 1 << 10

    def written(*, packed: bool) -> Iterator[bytes]:
        block = Block(record_id="urn:uuid:1", length=len(piece) * count, sha256=SHA)
        fields = resource_fields(ORIGIN, block, content_type="text/plain")
        return member_stream(fields, (piece for _ in range(count)), packed=packed)

    for packed in (False, True):
        pieces = written(packed=packed)
        tracemalloc.start()
        read = read_member(lambda _size, pieces=pieces: next(filter(None, pieces), b""))
        size = sum(map(len, read.block()))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

        assert size == len(piece) * count
        assert peak < 8 << 20


@pytest.mark.parametrize("packed", [False, True])
def test_wrong_content_length_is_not_written(packed: bool) -> None:
    """A record whose header lies about its block is refused."""
    fields = resource_fields(ORIGIN, named(b"hello"), content_type="text/plain")

    with pytest.raises(BadWarc, match="Content-Length is 5, the block has 4 bytes"):
        member(fields, b"hell", packed=packed)


def test_members_are_read_with_offset_and_length() -> None:
    """Every record comes with the place of its member, and the places tile the file."""
    blocks = [b"one", b"", b"three" * 50_000, b"four"]
    made = [resource(block, packed=len(block) == 4, number=at) for at, block in enumerate(blocks)]
    places = []
    for read in iter_members(io.BytesIO(b"".join(made))):
        assert read.length == 0
        assert b"".join(read.block()) == blocks[len(places)]
        places.append((read.offset, read.length))

    assert [length for _, length in places] == [len(one) for one in made]
    assert [offset for offset, _ in places] == [sum(map(len, made[:at])) for at in range(4)]


@pytest.mark.parametrize("make", [resource, plain])
def test_unread_blocks_are_passed_over(make: object) -> None:
    """A block that nobody reads, or reads in part, does not lose the next record."""
    assert callable(make)
    data = make(b"one" * 100_000) + make(b"two") + make(b"three")
    seen = []
    for at, read in enumerate(iter_members(io.BytesIO(data))):
        if at == 0:
            next(read.block())
        seen.append(read.header.content_length)

    assert seen == [300_000, 3, 5]


def test_range_is_read() -> None:
    """Only the members between start and end are read, and read alone."""
    one, two, three = (resource(block) for block in (b"1", b"22", b"333"))
    file = io.BytesIO(one + two + three)
    lengths = [
        [read.header.content_length for read in iter_members(file, start=start, end=end)]
        for start, end in [
            (0, None),
            (len(one), None),
            (len(one), len(one + two)),
            (len(one + two + three), None),
            (5, 5),
        ]
    ]

    assert lengths == [[1, 2, 3], [2, 3], [2], [], []]


def test_one_member_is_read_at_its_place() -> None:
    """One record is read from any source of bytes, and knows its offset and length."""
    made = resource(b"hello")
    read = read_member(io.BytesIO(made + b"rest").read, offset=77)

    assert b"".join(read.block()) == b"hello"
    assert (read.offset, read.length) == (77, len(made))
    assert list(read.block()) == []


def test_header_properties() -> None:
    """The header gives its fields by name, ids without brackets."""
    fields = revisit_fields(
        ORIGIN,
        named(b"x"),
        original=Original(record_id=OTHER, uri="https://example.org/b", date=DATE, payload_sha256=SHA),
        profile="server-not-modified",
        concurrent_to=(OTHER, "urn:uuid:3"),
    )
    header = read_member(io.BytesIO(member(fields, b"x", packed=False)).read).header

    assert header == RecordHeader(fields)
    assert (header.version, header.type, header.date) == ("WARC/1.1", "revisit", DATE)
    assert header.record_id == "urn:uuid:00000000-0000-4000-8000-000000000001"
    assert header.concurrent_to == (OTHER, "urn:uuid:3")
    assert (header.refers_to, header.target_uri) == (OTHER, "https://example.org/a")
    assert header.block_digest == header.payload_digest == f"sha256:{SHA}"
    assert (header.content_length, header.truncated) == (1, "length")
    assert header.content_type == "application/http;msgtype=response"
    assert RecordHeader(()).target_uri is None
    assert RecordHeader(()).refers_to is None
    assert (RecordHeader(()).record_id, RecordHeader(()).type, RecordHeader(()).date) == ("", "", "")


WHOLE = resource(b"hello")
RECORD = plain(b"hello")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (WHOLE + WHOLE[:1], (Fault.TORN, len(WHOLE), 1)),
        (WHOLE + WHOLE[:30], (Fault.TORN, len(WHOLE), 1)),
        (WHOLE + WHOLE[:-1], (Fault.TORN, len(WHOLE), 2)),
        (RECORD + RECORD[:-1], (Fault.TORN, len(RECORD), 2)),
        (RECORD + RECORD[:-6], (Fault.TORN, len(RECORD), 2)),
        (RECORD + RECORD[:30], (Fault.TORN, len(RECORD), 1)),
        (RECORD + b"W", (Fault.TORN, len(RECORD), 1)),
        (WHOLE + b"junk" + WHOLE, (Fault.JUNK, len(WHOLE), 1)),
        (WHOLE + bytes(100), (Fault.JUNK, len(WHOLE), 1)),
        (WHOLE + RECORD, (Fault.JUNK, len(WHOLE), 1)),
        (RECORD + WHOLE, (Fault.JUNK, len(RECORD), 1)),
        (RECORD + b"\r\n" + RECORD, (Fault.JUNK, len(RECORD), 1)),
        (b"<html>", (Fault.JUNK, 0, 0)),
        (WHOLE[:-8] + b"\0\0\0\0" + WHOLE[-4:], (Fault.GZIP, 0, 0)),
        (WHOLE[:-4] + b"\0\0\0\0", (Fault.GZIP, 0, 0)),
        (WHOLE[:3] + b"\x80" + WHOLE[4:], (Fault.GZIP, 0, 0)),
        (WHOLE[:10] + b"\xff" + WHOLE[11:], (Fault.GZIP, 0, 0)),
        (repacked(b""), (Fault.HEADER, 0, 0)),
        (repacked(b"<html>"), (Fault.HEADER, 0, 0)),
        (repacked(RECORD[:40]), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"WARC/1.1", b"WARC/2.0")), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"WARC-Date", b"X-Date")), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"WARC-Date: ", b"WARC-Date ")), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"\r\nWARC-Date", b"\nWARC-Date")), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"text/plain", b"text/\x00plain")), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"text/plain", b"text/\xffplain")), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"Content-Type", b"WARC-Type")), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"Length: 5", b"Length: -5")), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"Length: 5", b"Length: 5x")), (Fault.HEADER, 0, 0)),
        (repacked(RECORD.replace(b"Length: 5", b"Length: " + b"9" * 40)), (Fault.HEADER, 0, 0)),
        (repacked(b"WARC/1.1\r\nX: " + b"x" * (2 << 20)), (Fault.LARGE, 0, 0)),
        (repacked(RECORD.replace(b"Length: 5", b"Length: 1000000000000000")), (Fault.LENGTH, 0, 1)),
        (repacked(RECORD.replace(b"Length: 5", b"Length: 4")), (Fault.TRAILER, 0, 1)),
        (repacked(RECORD.replace(b"Length: 5", b"Length: 6")), (Fault.TRAILER, 0, 1)),
        (repacked(RECORD[:-4]), (Fault.TRAILER, 0, 1)),
        (repacked(RECORD[:-2]), (Fault.TRAILER, 0, 1)),
        (repacked(RECORD[:-4] + b"\n\n\n\n"), (Fault.TRAILER, 0, 1)),
        (repacked(RECORD + RECORD), (Fault.EXTRA, 0, 1)),
        (repacked(RECORD + b"\r\n"), (Fault.EXTRA, 0, 1)),
        (WHOLE + repacked(RECORD + b"x"), (Fault.EXTRA, len(WHOLE), 2)),
    ],
)
def test_damage_is_named(data: bytes, expected: tuple[Fault, int, int]) -> None:
    """Each kind of damage is told apart, with the offset of the member it is in."""
    assert expected == fault_of(data)


def test_record_header_may_have_exactly_the_limit() -> None:
    """The header limit is exact."""
    length = RECORD.index(b"\r\n\r\n") + 4

    assert len(list(iter_members(io.BytesIO(WHOLE), max_header=length))) == 1
    with pytest.raises(WarcFault, match="header-too-large"):
        list(iter_members(io.BytesIO(WHOLE), max_header=length - 1))


def test_nothing_is_no_record() -> None:
    """An empty file has no records; asked for one, it is torn."""
    assert list(iter_members(io.BytesIO(b""))) == []
    with pytest.raises(WarcFault, match="torn at byte 9"):
        read_member(io.BytesIO(b"").read, offset=9)


@pytest.mark.parametrize("data", [RECORD, repacked(RECORD)])
def test_foreign_records_are_read(data: bytes) -> None:
    """Uncompressed files, other gzip headers and the forms of WARC/1.0 writers are read."""
    old = RECORD.replace(b"WARC/1.1", b"warc/1.0").replace(b"https://example.org/a", b"<https://example.org/a>")
    folded = old.replace(b"text/plain", b"text/plain;\r\n\tcharset=utf-8").replace(b"WARC-Date", b"warc-date")
    records = list(iter_members(io.BytesIO(data))) + list(iter_members(io.BytesIO(folded)))

    assert [record.header.target_uri for record in records] == ["https://example.org/a"] * 2
    assert records[1].header.version == "WARC/1.0"
    assert records[1].header.content_type == "text/plain; charset=utf-8"
    assert records[1].header.date == DATE


def test_gzip_bomb_costs_a_piece() -> None:
    """A member that inflates to 64 MiB is read in bounded memory."""
    block = bytes(64 << 20)
    made = resource(block)
    del block
    tracemalloc.start()
    for _ in iter_members(io.BytesIO(made)):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(made) < 1 << 20
    assert peak < 4 << 20


def test_unseekable_files_are_read() -> None:
    """A pipe is read from where it stands."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    assert len(list(iter_members(Pipe(WHOLE + WHOLE)))) == 2


@given(
    st.binary(max_size=60), st.sampled_from([b"", b"\r\n", b" folded\r\n", b"x: y\r\n", b"X:\r\n", b"WARC-Type: a\r\n"])
)
def test_plain_headers(value: bytes, line: bytes) -> None:
    """A header in which nothing is odd is read as any other one, only sooner."""
    raw = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: 2026\r\nX-Y: " + value + b"\r\n"
    raw += line + b"Content-Length:  3 \r\n\r\n"
    told = []
    for padding in (b"", b"Z: " + b"z" * 9000 + b"\r\n"):  # the longer one is read line by line
        try:
            header = parse_header(raw[:10] + padding + raw[10:], offset=0)
            told.append([field for field in header.fields if field[0] != "Z"])
        except WarcFault as error:
            told.append([("", str(error))])

    assert told[0] == told[1]
