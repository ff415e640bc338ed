"""One HTTP/1.x response, read from bytes as they come off a socket (RFC 9112), without a socket.

Rule 1: the reader never holds a body: payload pieces go out as they come in.
Rule 2: the same bytes give the same result however they were cut into pieces.
Rule 3: odd framing is read as far as it makes sense, noted, and ends the connection; only what is no HTTP
response at all is an error.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from archivist.errors import BadHttp
from archivist.wire.head import END_OF_HEAD, Field, RequestHead, ResponseHead, parse_request, parse_response

__all__ = ["Field", "Framing", "RequestHead", "ResponseHead", "ResponseReader", "parse_request_head", "split_response"]

Framing = Literal["none", "length", "chunked", "close"]

# RFC 9110 15.2 sets no limit to interim responses; a server that sends more is stalling us.
MAX_INTERIM: Final = 20
# The longest chunk-size line, extensions included: RFC 9112 7.1.1 asks for a limit; llhttp and nginx use 16 KiB.
MAX_CHUNK_LINE: Final = 16 * 1024
MAX_TRAILER: Final = 64 * 1024
_MAX_CHUNK: Final = 2**63
_CHUNK_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]+)[ \t]*(;[^\n]*?)?\r?\n")
_LENGTH = re.compile(r"0*([0-9]{1,19})")
_PREFIX: Final = b"HTTP/"
_OLD_VERSIONS: Final = frozenset({"HTTP/0.9", "HTTP/1.0"})
_ODD_FRAMING: Final = frozenset(
    {
        "bad-content-length",
        "chunked-twice",
        "differing-content-length",
        "duplicate-content-length",
        "http-1.0-chunked",
        "identity-transfer-coding",
        "length-and-chunked",
        "transfer-coding-kept",
        "unknown-transfer-coding",
    }
)


class ResponseReader:
    """Reads one response, and the interim responses before it, from bytes fed in any pieces.

    Args:
        method: the method of the request; the response to HEAD has no body.
        max_head: the most bytes one head may have.

    Attributes:
        head: the final head, once complete.
        interim: how many 1xx responses came first.
        interim_length: how many bytes came before the final head: interim responses and blank lines.
        head_length: bytes of the final head, its blank line included.
        framing: what ends the body.
        is_done: the message ended as framed; with close framing, the peer closed.
        is_truncated: the peer closed, or the framing broke, before the framed end.
        message_length: bytes of the final message as they came over the wire, head included.
        surplus: bytes that came after the end of the message.
        payload_length: bytes of payload given out.
        expected_length: the payload length that the framing promises, if it does.
    """

    def __init__(self, method: str = "GET", *, max_head: int = 256 * 1024) -> None:
        self.head: ResponseHead | None = None
        self.interim = 0
        self.interim_length = 0
        self.head_length = 0
        self.framing: Framing = "close"
        self.is_done = False
        self.is_truncated = False
        self.message_length = 0
        self.surplus = 0
        self.payload_length = 0
        self.expected_length: int | None = None
        self._method = method.upper()
        self._max_head = max_head
        self._notes: dict[str, None] = {}
        self._buffer = bytearray()
        self._left = 0
        self._chunk_state: Literal["size", "data", "end", "trailer"] = "size"
        self._trailer_length = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What was odd, as codes, in the order met."""
        return tuple(self._notes)

    @property
    def keep_alive(self) -> bool:
        """Whether the connection may carry another exchange (RFC 9112 9.3); never after anything odd."""
        if self.head is None or not self.is_done or self.framing == "close" or self.surplus or self.head.status == 101:
            return False
        if not _ODD_FRAMING.isdisjoint(self._notes):
            return False
        options = _tokens(self.head.get_all("connection"))
        is_old = self.head.version in _OLD_VERSIONS
        return "close" not in options and (not is_old or "keep-alive" in options)

    def feed(self, data: bytes) -> list[bytes]:
        """Take the bytes that arrived and return the payload in them: transfer coding undone, content coding kept.

        Raises:
            BadHttp: this is no HTTP response, its head is too long, or too many interim responses come first.
        """
        if self.head is None:
            data = self._feed_head(data)
        if not data:
            return []
        pieces = self._feed_body(data)
        self.payload_length += sum(map(len, pieces))
        return pieces

    def eof(self) -> None:
        """Take note that the peer closed: the end of a body framed by closing, the cut of any other.

        Raises:
            BadHttp: the head is not complete.
        """
        if self.head is None:
            seen = self.interim_length + len(self._buffer)
            raise BadHttp(
                f"the response ended inside its head, after {seen} bytes" if seen else "the response is empty"
            )
        if self.framing == "close":
            self.is_done = True
        elif not self.is_done:
            self.is_truncated = True

    def _feed_head(self, data: bytes) -> bytes:
        """Read heads until the final one is complete and return the bytes after it."""
        old = len(self._buffer)
        seen: bytes | bytearray = data  # nearly all heads come in one piece, and are read where they stand
        if old:
            self._buffer += data
            seen = self._buffer
        at = 0
        while self.head is None:
            at = self._skip_blank_lines(seen, at)
            if seen[at : at + 5].upper() != _PREFIX[: len(seen) - at]:
                raise BadHttp(f"not an HTTP response: it begins with {bytes(seen[at : at + 32])!r}")
            end = END_OF_HEAD.search(seen, max(at, old - 2), at + self._max_head)
            if end is None:
                if len(seen) - at >= self._max_head:
                    raise BadHttp(f"the head of the response is longer than {self._max_head} bytes")
                if old:
                    del self._buffer[:at]
                else:
                    self._buffer += seen[at:]
                return b""
            self._take_head(bytes(seen[at : end.end()]))
            at = end.end()
        rest = bytes(seen[at:])
        self._buffer.clear()
        return rest

    def _skip_blank_lines(self, seen: bytes | bytearray, at: int) -> int:
        """Return where the status line begins: browsers pass over empty lines before it, which belong to no message."""
        if seen.startswith((b"\r", b"\n"), at):
            start = len(seen) - len(seen[at:].lstrip(b"\r\n"))
            self._notes["leading-blank"] = None
            self.interim_length += start - at
            at = start
        if self.interim_length > self._max_head * (MAX_INTERIM + 1):
            raise BadHttp(f"{self.interim_length} bytes came before the response")
        return at

    def _take_head(self, raw: bytes) -> None:
        head, notes = parse_response(raw)
        # RFC 9110 15.2: any number of 1xx may come first; 101 ends HTTP on this connection and is final.
        if 100 <= head.status < 200 and head.status != 101:
            self.interim += 1
            self.interim_length += len(raw)
            if self.interim > MAX_INTERIM:
                raise BadHttp(f"more than {MAX_INTERIM} interim responses")
            return
        self._notes.update(dict.fromkeys(notes))
        self.head = head
        self.head_length = self.message_length = len(raw)
        self._frame(head)

    def _frame(self, head: ResponseHead) -> None:
        """Decide where the body ends (RFC 9112 6.3, in its order)."""
        if self._method == "HEAD" or head.status in {101, 204, 304}:
            self.framing = "none"
            self.is_done = True
            return
        self.framing = self._transfer_framing(head) or self._length_framing(head)
        if self.framing == "length":
            self._left = self.expected_length or 0
            self.is_done = self._left == 0

    def _transfer_framing(self, head: ResponseHead) -> Framing | None:
        fields = head.get_all("transfer-encoding")
        if not fields:
            return None
        codings = [coding.partition(";")[0].rstrip() for coding in _tokens(fields)]
        if all(coding == "identity" for coding in codings):
            # RFC 2616 3.6 defined "identity" as no coding at all; RFC 7230 removed it, servers still send it.
            self._notes["identity-transfer-coding"] = None
            return None
        if head.get("content-length") is not None:
            self._notes["length-and-chunked"] = None
        if codings[-1] != "chunked":
            self._notes["unknown-transfer-coding"] = None
            return "close"
        if head.version in _OLD_VERSIONS:
            self._notes["http-1.0-chunked"] = None
        if len(codings) > 1:
            self._notes["chunked-twice" if codings[-2] == "chunked" else "transfer-coding-kept"] = None
        return "chunked"

    def _length_framing(self, head: ResponseHead) -> Framing:
        fields = head.get_all("content-length")
        if not fields:
            return "close"
        values = [value.strip(" \t") for field in fields for value in field.split(",")]
        matches = [found.group(1) for value in values if (found := _LENGTH.fullmatch(value))]
        lengths = {int(digits) for digits in matches}
        if len(matches) != len(values):
            self._notes["bad-content-length"] = None
            return "close"
        if len(lengths) > 1:
            self._notes["differing-content-length"] = None
            return "close"
        if len(values) > 1:
            self._notes["duplicate-content-length"] = None
        self.expected_length = lengths.pop()
        return "length"

    def _feed_body(self, data: bytes) -> list[bytes]:
        if self.is_done:
            return self._take_surplus(data)
        if self.framing == "close" or self.is_truncated:
            # After a bad chunk the bytes still belong to this message, but no payload can be told apart in them.
            self.message_length += len(data)
            return [] if self.is_truncated else [data]
        if self.framing == "chunked":
            return self._feed_chunked(data)
        if len(data) > self._left:
            self._take_surplus(data[self._left :])
            data = data[: self._left]
        self._left -= len(data)
        self.message_length += len(data)
        self.is_done = self._left == 0
        return [data]

    def _take_surplus(self, data: bytes) -> list[bytes]:
        self._notes["surplus-bytes"] = None
        self.surplus += len(data)
        return []

    def _feed_chunked(self, data: bytes) -> list[bytes]:
        """Undo the chunked coding (RFC 9112 7.1); a line cut by the end of the piece waits in the buffer."""
        pieces: list[bytes] = []
        at = 0
        while at < len(data) and not self.is_done and not self.is_truncated:
            if self._chunk_state == "data":
                piece = data[at : at + self._left]
                pieces.append(piece)
                at += len(piece)
                self._left -= len(piece)
                if self._left == 0:
                    self._chunk_state = "end"
            else:
                at = self._take_line(data, at)
        if self.is_truncated:
            at = len(data)
        self.message_length += at
        if at < len(data):
            self._take_surplus(data[at:])
        return pieces

    def _take_line(self, data: bytes, at: int) -> int:
        """Read the part of one framing line that stands at ``at`` and return where it ends."""
        stop = at + MAX_CHUNK_LINE - len(self._buffer)
        end = data.find(b"\n", at, stop) + 1
        if not end:
            self._buffer += data[at:stop]
            if len(self._buffer) >= MAX_CHUNK_LINE or (self._chunk_state == "end" and self._buffer != b"\r"):
                self._break("bad-chunk")
            return min(len(data), stop)
        line = bytes(self._buffer) + data[at:end]
        self._buffer.clear()
        if not line.endswith(b"\r\n"):
            self._notes["lf-only"] = None
        if self._chunk_state == "size":
            self._take_size(line)
        elif self._chunk_state == "end":
            self._chunk_state = "size"
            if line not in {b"\r\n", b"\n"}:
                self._break("bad-chunk")
        else:
            self._take_trailer(line)
        return end

    def _take_size(self, line: bytes) -> None:
        found = _CHUNK_LINE.fullmatch(line)
        size = int(found.group(1), 16) if found else _MAX_CHUNK
        if found is None or size >= _MAX_CHUNK:
            self._break("bad-chunk")
            return
        if found.group(2) is not None:
            self._notes["chunk-extension"] = None
        self._left = size
        self._chunk_state = "data" if size else "trailer"

    def _take_trailer(self, line: bytes) -> None:
        if line in {b"\r\n", b"\n"}:
            self.is_done = True
            return
        self._notes["trailer"] = None
        self._trailer_length += len(line)
        if self._trailer_length > MAX_TRAILER:
            self._break("bad-trailer")

    def _break(self, note: str) -> None:
        self._notes[note] = None
        self.is_truncated = True
        self._buffer.clear()


def split_response(block: bytes, *, method: str = "GET") -> tuple[ResponseHead, bytes, ResponseReader]:
    """Return head, payload and the finished reader of a stored response block; the block's end counts as eof.

    A block that another tool stored with its chunks removed but ``Transfer-Encoding`` kept shows the note
    ``bad-chunk`` and no payload; its body is then ``block[reader.interim_length + reader.head_length :]``.

    Raises:
        BadHttp: the block holds no complete response head.
    """
    reader = ResponseReader(method)
    payload = b"".join(reader.feed(block))
    reader.eof()
    assert reader.head is not None  # eof() raises where there is none
    return reader.head, payload, reader


def parse_request_head(block: bytes) -> RequestHead:
    """Return the head of a stored request block; a body after it is not looked at.

    Raises:
        BadHttp: the block does not begin with a complete request head.
    """
    end = END_OF_HEAD.search(block)
    if end is None:
        raise BadHttp(f"the request has no complete head in its {len(block)} bytes")
    return parse_request(block[: end.end()])


def _tokens(values: tuple[str, ...]) -> list[str]:
    """Return the comma-separated tokens of all values, lower case, empty ones left out."""
    return [token for value in values for part in value.split(",") if (token := part.strip(" \t").lower())]
