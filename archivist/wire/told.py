"""What a revisit says of its exchange in a field of its own, read back."""

from __future__ import annotations

import json

from archivist.wire.record import RecordHeader

__all__ = ["head_told"]


def head_told(header: RecordHeader) -> bytes:
    """The HTTP head of a 304, which stands in the field and not in the block; empty where there is none.

    A player that finds it in the block shows it, in place of the page that it is about.
    """
    if header.type != "revisit" or not header.exchange:
        return b""
    try:
        head = json.loads(header.exchange).get("head", "")
        return head.encode("latin-1") if isinstance(head, str) else b""
    except (AttributeError, ValueError, RecursionError):  # whatever a file holds is met as foreign
        return b""
