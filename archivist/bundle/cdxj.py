"""The index of a bundle's WARC files (CDXJ): by which players find what they show."""

from __future__ import annotations

import json
from collections.abc import Iterable

from archivist.bundle.selfcontained import Placed
from archivist.bundle.surt import sort_key
from archivist.errors import BadWarc
from archivist.wire.warc import target_uri

__all__ = ["index_of", "stamp_of"]


def index_of(placed: Iterable[Placed]) -> bytes:
    """The index, in the order of its bytes; a capture that was not a GET cannot be replayed, and is not in it."""
    return b"".join(sorted(_line(each) for each in placed if each.capture.method == "GET"))


def stamp_of(date: str) -> str:
    """A WARC-Date as 14 digits."""
    return "".join(sign for sign in date[:19] if sign.isdigit())


def _line(placed: Placed) -> bytes:
    capture = placed.capture
    uri = _written(capture.uri)
    said = {
        "url": uri,
        "mime": "warc/revisit" if placed.is_revisit else capture.media_type or "unk",
        "status": str(capture.status),
        "digest": f"sha256:{capture.payload.sha256}",
        "length": str(placed.length),
        "offset": str(placed.offset),
        "filename": placed.file,
    }
    return f"{sort_key(uri)} {stamp_of(capture.date)} {json.dumps(said)}\n".encode()


def _written(uri: str) -> str:
    """The address as the record has it."""
    try:
        return target_uri(uri)
    except BadWarc:
        return uri
