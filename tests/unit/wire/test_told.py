"""The head of a 304, read back from the field of a revisit, whatever a file holds there."""

from __future__ import annotations

import json

import pytest

from archivist.wire.record import EXCHANGE, RecordHeader
from archivist.wire.told import head_told

HEAD = 'HTTP/1.1 304 Nicht ver\xe4ndert\r\nETag: "1"\r\n\r\n'


def _header(value: str, kind: str = "revisit") -> RecordHeader:
    return RecordHeader((("WARC-Type", kind), (EXCHANGE, value)))


def test_each_character_is_a_byte() -> None:
    """Latin-1 stays what it was on the wire."""
    assert HEAD.encode("latin-1") == head_told(_header(json.dumps({"head": HEAD})))


@pytest.mark.parametrize("value", ["", "{", "[]", "7", '{"head": 7}', '{"head": "\u20ac"}', "{}", "[" * 100_000])
def test_what_is_none_gives_none(value: str) -> None:
    """A foreign field is no reason to fail."""
    assert b"" == head_told(_header(value))


def test_only_revisits_tell() -> None:
    """A response has its head in its block."""
    assert b"" == head_told(_header(json.dumps({"head": HEAD}), kind="response"))
