"""Properties of WARC members that hold for every block and every legal header value."""

import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.errors import BadWarc
from archivist.wire.warc import Block, Fields, Member, Origin, iter_members, member, resource_fields
from tests.property.strategies_wire import BLOCK, EXTRA_FIELDS

ORIGIN = Origin(date="2026-11-23T18:15:12.000123Z", uri="https://example.org/a")


def fields_of(block: bytes, extra: Fields = ()) -> Fields:
    """The fields of a resource with more of them in front."""
    measure = Block(record_id="urn:uuid:1", length=len(block), sha256=hashlib.sha256(block).hexdigest())
    return (*extra, *resource_fields(ORIGIN, measure, content_type="text/plain"))


def made(block: bytes, *, packed: bool) -> bytes:
    """One member."""
    return member(fields_of(block), block, packed=packed)


def content(record: Member) -> tuple[Fields, bytes]:
    """All that a record says; the digest is held against the block."""
    block = b"".join(record.block())
    if record.header.block_digest != f"sha256:{hashlib.sha256(block).hexdigest()}":
        raise BadWarc("the digest is wrong")
    return record.header.fields, block


FILES = {
    packed: [made(block, packed=packed) for block in (b"first", b"second\r\n\r\n" * 20, b"")]
    for packed in (False, True)
}
CONTENT = [content(record) for record in iter_members(io.BytesIO(b"".join(FILES[False])))]


class TestRoundTrip:
    """WARC 1.1 4: the block is "Content-Length" octets, whatever they are."""

    @given(st.lists(st.tuples(EXTRA_FIELDS, BLOCK), min_size=1, max_size=3), st.booleans())
    def test_ours(self, written: list[tuple[Fields, bytes]], packed: bool) -> None:
        """Any blocks under any legal header values come back, with the places of their members."""
        wanted = [(fields_of(block, extra), block) for extra, block in written]
        members = [member(fields, block, packed=packed) for fields, block in wanted]
        read = [(content(record), record.length) for record in iter_members(io.BytesIO(b"".join(members)))]

        assert [(one, len(raw)) for one, raw in zip(wanted, members, strict=True)] == read

    @given(EXTRA_FIELDS, BLOCK, st.booleans())
    def test_warcio(self, extra: Fields, block: bytes, packed: bool) -> None:
        """The same header and the same block are read by warcio."""
        from warcio.archiveiterator import WARCIterator  # noqa: PLC0415

        fields = fields_of(block, extra)
        stream = io.BytesIO(member(fields, block, packed=packed))
        read = [
            (tuple(record.rec_headers.headers), record.raw_stream.read())
            for record in WARCIterator(stream, no_record_parse=True)
        ]

        assert [(fields, block)] == read


@pytest.mark.parametrize("packed", [False, True])
class TestDamage:
    """A file is whole or it is not: nothing in between is accepted."""

    def test_every_cut_is_torn_or_bad(self, packed: bool) -> None:
        """A cut at any byte that is not the end of a member is told; at such an end records are missing."""
        whole = b"".join(FILES[packed])
        ends = {sum(map(len, FILES[packed][:count])): count for count in range(4)}
        for cut in range(len(whole)):
            read = iter_members(io.BytesIO(whole[:cut]))
            if cut in ends:
                assert len(list(read)) == ends[cut] < len(CONTENT)
            else:
                with pytest.raises(BadWarc):
                    list(read)

    @settings(max_examples=300)
    @given(st.data(), st.integers(1, 255))
    def test_any_flipped_byte_is_caught(self, packed: bool, data: st.DataObject, mask: int) -> None:
        """A changed byte is told, or changes nothing that the record says and stands in the gzip framing alone."""
        whole = b"".join(FILES[packed])
        at = data.draw(st.integers(0, len(whole) - 1))
        damaged = whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :]
        try:
            read = [content(record) for record in iter_members(io.BytesIO(damaged))]
        except BadWarc:
            return

        assert CONTENT == read

    @given(st.data(), st.binary(min_size=1, max_size=20))
    def test_inserted_bytes_are_caught(self, packed: bool, data: st.DataObject, extra: bytes) -> None:
        """Bytes put between members are told."""
        before = data.draw(st.integers(0, 3))
        parts = [*FILES[packed][:before], extra, *FILES[packed][before:]]

        with pytest.raises(BadWarc):
            list(iter_members(io.BytesIO(b"".join(parts))))


class TestNoise:
    """Whatever a file holds, the one error is BadWarc."""

    @given(
        st.one_of(
            st.binary(max_size=200),
            st.binary(max_size=200).map(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff".__add__),
            st.binary(max_size=200).map(b"WARC/1.1\r\n".__add__),
            st.binary(max_size=50).map(lambda noise: b"WARC/1.1\r\n" + noise + b"\r\n\r\n"),
        )
    )
    def test_random_bytes(self, raw: bytes) -> None:
        """Random bytes are no record, and no accident."""
        if raw:
            with pytest.raises(BadWarc):
                list(iter_members(io.BytesIO(raw)))
