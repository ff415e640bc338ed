"""What two processes of ours say to each other through a pipe: one line of JSON, then as many bytes as it says."""

from __future__ import annotations

import json
from typing import IO

from archivist.model.json import JsonObject, Reader

__all__ = ["read_message", "write_message"]

_MAX_LINE = 64 * 1024 * 1024


def write_message(stream: IO[bytes], head: JsonObject, data: bytes) -> None:
    """Write one message and flush it."""
    # Lone surrogates, which a page can put into JSON, have no UTF-8 form and no place in a statement.
    line = json.dumps({**head, "length": len(data)}, ensure_ascii=False).encode("utf-8", "replace")
    stream.write(line + b"\n")
    stream.write(data)
    stream.flush()


def read_message(stream: IO[bytes]) -> tuple[JsonObject, bytes]:
    """Read one message.

    Raises:
        ValueError: it is cut short or too long.
    """
    line = stream.readline(_MAX_LINE)
    if not line.endswith(b"\n"):
        raise ValueError("the line is cut short or too long")
    head: JsonObject = json.loads(line)
    length = Reader(head).number("length")
    data = stream.read(length)
    if len(data) != length:
        raise ValueError("the data are cut short")
    return head, data
