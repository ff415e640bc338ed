"""Properties of the response reader that hold for every response and every way it is cut into pieces."""

from hypothesis import example, given
from hypothesis import strategies as st

from archivist.errors import BadHttp
from archivist.wire.http1 import ResponseReader, parse_request_head, split_response
from tests.property.strategies_wire import chunked, cuts, responses

Outcome = tuple[object, ...]


def outcome(pieces: list[bytes], method: str = "GET") -> Outcome:
    """Everything the reader tells about these pieces."""
    reader = ResponseReader(method, max_head=4096)
    try:
        payload = b"".join(part for piece in pieces for part in reader.feed(piece))
        reader.eof()
    except BadHttp:
        return ("bad",)
    return (
        payload,
        reader.head,
        reader.interim,
        reader.interim_length,
        reader.head_length,
        reader.framing,
        reader.is_done,
        reader.is_truncated,
        reader.message_length,
        reader.surplus,
        reader.payload_length,
        reader.expected_length,
        reader.keep_alive,
        reader.notes,
    )


class TestPieces:
    """RFC 9112 2.2: a message is parsed "as a sequence of octets"; how TCP cut them has no meaning."""

    @given(st.data(), responses())
    def test_any_cut_gives_the_same(self, data: st.DataObject, raw: bytes) -> None:
        """The same bytes cut anywhere give the same head, payload, measures and notes."""
        assert outcome([raw]) == outcome(data.draw(cuts(raw)))

    @given(responses())
    @example(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\n\r\n0\n\n")
    def test_byte_by_byte_gives_the_same(self, raw: bytes) -> None:
        """The same bytes one at a time give the same."""
        assert outcome([raw]) == outcome([raw[at : at + 1] for at in range(len(raw))])

    @given(responses())
    def test_every_byte_is_accounted_for(self, raw: bytes) -> None:
        """What came before, the message and the surplus together are all that arrived."""
        reader = ResponseReader()
        try:
            reader.feed(raw)
            reader.eof()
        except BadHttp:
            return

        assert len(raw) == reader.interim_length + reader.message_length + reader.surplus
        assert reader.is_done != reader.is_truncated


class TestChunked:
    """RFC 9112 7.1: "The chunked transfer coding wraps content in order to transfer it as a series of chunks"."""

    @given(st.data(), st.binary(max_size=500))
    def test_chunking_does_not_change_the_payload(self, data: st.DataObject, payload: bytes) -> None:
        """The same payload in any chunks is the same payload."""
        body = data.draw(chunked(payload))
        raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body
        _, got, reader = split_response(raw)

        assert payload == got
        assert reader.is_done
        assert len(raw) == reader.message_length

    @given(st.data(), st.binary(min_size=1, max_size=100))
    def test_a_cut_is_truncated(self, data: st.DataObject, payload: bytes) -> None:
        """A chunked body cut anywhere is truncated, and its payload a beginning of the whole."""
        body = data.draw(chunked(payload))
        cut = data.draw(st.integers(0, len(body) - 1))
        _, got, reader = split_response(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body[:cut])

        assert reader.is_truncated
        assert payload.startswith(got)


class TestNoise:
    """Whatever comes over the wire, the one error is BadHttp."""

    @given(st.data(), st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(b"HTTP/1.1 200 ".__add__)))
    def test_random_bytes(self, data: st.DataObject, raw: bytes) -> None:
        """Random bytes are refused or read, in any pieces the same."""
        assert outcome([raw]) == outcome(data.draw(cuts(raw)))

    @given(st.binary(max_size=300))
    def test_random_bytes_behind_a_chunked_head(self, raw: bytes) -> None:
        """Random bytes as a chunked body never raise."""
        reader = ResponseReader()
        reader.feed(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        reader.feed(raw)
        reader.eof()

        assert reader.is_done != reader.is_truncated

    @given(st.binary(max_size=300))
    def test_random_requests(self, raw: bytes) -> None:
        """Random bytes as a request are read or refused."""
        try:
            head = parse_request_head(raw + b"\r\n\r\n")
        except BadHttp:
            return

        assert head.method
