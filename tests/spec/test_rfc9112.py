"""RFC 9112, HTTP/1.1: the sentences of sections 2, 5, 6, 7 and 9 that bind a client reading a response."""

import pytest

from archivist.wire.http1 import ResponseReader, split_response

OK = b"HTTP/1.1 200 OK\r\n"


class TestMessageBodyLength:
    """6.3: "The length of a message body is determined by one of the following (in order of precedence)"."""

    @pytest.mark.parametrize("status", [b"100", b"103", b"204", b"304"])
    def test_rule_1(self, status: bytes) -> None:
        """1xx, 204 and 304 are "always terminated by the first empty line after the header fields"."""
        reader = ResponseReader()
        reader.feed(b"HTTP/1.1 " + status + b" x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n")

        assert (int(status) >= 200) == reader.is_done
        assert reader.payload_length == 0

    def test_rule_1_head(self) -> None:
        """Any response to a HEAD request ends with its head."""
        reader = ResponseReader("HEAD")
        reader.feed(OK + b"Transfer-Encoding: chunked\r\n\r\n")

        assert reader.is_done
        assert reader.framing == "none"

    def test_rule_3(self) -> None:
        """When both are received, "the Transfer-Encoding overrides the Content-Length"."""
        _, payload, reader = split_response(
            OK + b"Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
        )

        assert payload == b"a"
        assert reader.is_done
        assert reader.expected_length is None

    def test_rule_4_chunked(self) -> None:
        """With chunked last, the body is read "until the transfer coding indicates the data is complete"."""
        _, payload, reader = split_response(OK + b"Transfer-Encoding: x, chunked\r\n\r\n1\r\na\r\n0\r\n\r\nrest")

        assert payload == b"a"
        assert reader.surplus == 4

    def test_rule_4_not_final(self) -> None:
        """If chunked is not the final encoding, the body lasts "until it is closed by the server"."""
        reader = ResponseReader()
        reader.feed(OK + b"Transfer-Encoding: chunked, x\r\nContent-Length: 1\r\n\r\n1\r\na\r\n0\r\n\r\n")

        assert not reader.is_done
        reader.eof()
        assert reader.is_done
        assert reader.payload_length == 11

    def test_rule_5(self) -> None:
        """An invalid Content-Length: the client "MUST close the connection"; a list of equal values is valid."""
        _, _, bad = split_response(OK + b"Content-Length: 1, 2\r\n\r\na")
        _, _, good = split_response(OK + b"Content-Length: 1, 1\r\n\r\na")

        assert not bad.keep_alive
        assert (bad.framing, good.framing) == ("close", "length")

    def test_rule_6(self) -> None:
        """If the sender closes before "the indicated number of octets", the message is incomplete."""
        _, _, reader = split_response(OK + b"Content-Length: 2\r\n\r\na")

        assert reader.is_truncated
        assert not reader.is_done

    def test_rule_8(self) -> None:
        """Without a length the body is "the number of octets received prior to the server closing the connection"."""
        _, payload, reader = split_response(OK + b"\r\nabc")

        assert payload == b"abc"
        assert reader.framing == "close"
        assert reader.is_done


class TestLineEnds:
    """2.2: "a recipient MAY recognize a single LF as a line terminator and ignore any preceding CR"."""

    @pytest.mark.parametrize("end", [b"\r\n", b"\n"])
    def test_both(self, end: bytes) -> None:
        """Both line ends delimit lines and head."""
        lines = [b"HTTP/1.1 200 OK", b"Transfer-Encoding: chunked", b"", b"1", b"a", b"0", b"", b""]
        _, payload, reader = split_response(end.join(lines))

        assert payload == b"a"
        assert reader.is_done


class TestObsFold:
    """5.2: replace each obs-fold "with one or more SP octets prior to interpreting the field value"."""

    def test_fold(self) -> None:
        """A folded value is one line."""
        head, _, _ = split_response(OK + b"A: one\r\n  two\r\n\tthree\r\n\r\n")

        assert head.get("a") == "one two three"


class TestSpaceBeforeColon:
    """5.1: "A proxy MUST remove any such whitespace from a response message"."""

    def test_removed(self) -> None:
        """The name has no whitespace at its end."""
        head, _, _ = split_response(OK + b"Content-Length : 1\r\n\r\na")

        assert head.get("content-length") == "1"


class TestChunked:
    """7.1: "A recipient MUST be able to parse and decode the chunked transfer coding"."""

    def test_large_size(self) -> None:
        """The section asks that "recipients MUST anticipate potentially large hexadecimal numerals"."""
        reader = ResponseReader()
        reader.feed(OK + b"Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nabc")

        assert not reader.is_truncated
        assert reader.payload_length == 3

    def test_unknown_extension(self) -> None:
        """7.1.1: "A recipient MUST ignore unrecognized chunk extensions"."""
        _, payload, reader = split_response(OK + b'Transfer-Encoding: chunked\r\n\r\n1;x="y;z"\r\na\r\n0;q\r\n\r\n')

        assert payload == b"a"
        assert reader.is_done


class TestPersistence:
    """9.3: the connection persists unless "close" is given, the version is old, or the end was by closing."""

    @pytest.mark.parametrize(
        ("raw", "keeps"),
        [
            (OK + b"Content-Length: 0\r\n\r\n", True),
            (OK + b"Content-Length: 0\r\nConnection: close\r\n\r\n", False),
            (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", False),
            (b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", True),
            (OK + b"\r\n", False),
        ],
    )
    def test_rules(self, raw: bytes, keeps: bool) -> None:
        """Each rule decides as the section lists it."""
        _, _, reader = split_response(raw)

        assert keeps == reader.keep_alive
