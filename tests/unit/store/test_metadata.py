"""What a metadata record says of a capture is compared sooner than it is read, and never otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.errors import BadManifest
from archivist.model.capture import Capture, RecordRef, Revisit
from archivist.model.digest import Digests
from archivist.store.metadata import is_told, recalled
from archivist.wire.head import Field, ResponseHead

URI, DATE = "https://www.example.org/a", "2026-11-23T12:00:00.000000Z"
RECORD = RecordRef(file="2026-11/f.warc.gz", offset=0, length=9, id="urn:uuid:1")
HEAD = ResponseHead("HTTP/1.1", 200, "OK", (Field("Content-Type", "Text/HTML; charset=utf-8"),))
CAPTURE = Capture(
    uri=URI, role="requisite", kind="image", via="https://www.example.org/", date=DATE, milliseconds=7, status=200,
    media_type="text/html", payload=Digests(length=3, sha256="a" * 64, blake3="b" * 64), record=RECORD,
    truncated="time", ip="192.0.2.1", certificate="c" * 64, location="https://www.example.org/b",
    redacted=("cookie",), notes=("lf-only",),
)  # fmt: skip
METADATA: dict[str, Any] = {
    "snapshot": "s", "page": URI, "role": "requisite", "kind": "image", "via": "https://www.example.org/",
    "milliseconds": 7, "payload": {"length": 3, "sha256": "a" * 64, "blake3": "b" * 64}, "truncated": "time",
    "notes": ["lf-only"], "redacted": ["cookie"], "location": "https://www.example.org/b",
    "peer": {"ip": "192.0.2.1", "port": 443, "resolved": [], "by": "system"},
    "tls": {"version": "TLSv1.3", "cipher": "c", "certificate": "c" * 64},
}  # fmt: skip
PATHS = [
    *((name,) for name in (*METADATA, "method", "confirmed", "original", "zest")),
    *(("payload", name) for name in ("length", "sha256", "blake3")),
    *(("peer", "ip"), ("tls", "certificate")),
]
values = st.sampled_from([None, "", "x", 0, 1, 7, 7.0, True, False, [], ["x"], {}, {"ip": "192.0.2.1"}, "GET", "POST"])


def put(value: dict[str, Any], path: tuple[str, ...], new: Any) -> dict[str, Any]:
    """The same with another value there; none where that is None."""
    name, *rest = path
    inner = put(value[name], tuple(rest), new) if rest and isinstance(value.get(name), dict) else new
    return {key: each for key, each in {**value, name: inner}.items() if each is not None}


def by_recalling(capture: Capture, metadata: Any, head: ResponseHead) -> bool:
    """Whether the capture that the metadata tells is this one."""
    try:
        told = recalled(metadata, uri=URI, date=DATE, head=head, record=capture.record, revisit=capture.revisit)
    except BadManifest:
        return False
    return told == replace(capture, is_carried=False, rest={})


@given(st.lists(st.tuples(st.sampled_from(PATHS), values), max_size=2))
def test_told_is_recalled(changes: list[tuple[tuple[str, ...], Any]]) -> None:
    """Whatever is told alike is recalled alike."""
    metadata = METADATA
    for path, new in changes:
        metadata = put(metadata, path, new)

    assert not is_told(CAPTURE, metadata, head=HEAD) or by_recalling(CAPTURE, metadata, HEAD)


@pytest.mark.parametrize("path", [path for path in PATHS if path[0] not in {"snapshot", "page", "zest"}])
def test_every_difference(path: tuple[str, ...]) -> None:
    """Each field counts, there or not."""
    assert is_told(CAPTURE, METADATA, head=HEAD)
    assert by_recalling(CAPTURE, METADATA, HEAD)
    for new in ("x", 8, None):
        changed = put(METADATA, path, new)
        assert changed == METADATA or not is_told(CAPTURE, changed, head=HEAD)


@pytest.mark.parametrize("metadata", [None, [], "x", {}, {"payload": {}, "peer": {}}])
def test_no_metadata(metadata: Any) -> None:
    """What is none tells nothing."""
    assert not is_told(CAPTURE, metadata, head=HEAD)


def test_heads_and_revisits() -> None:
    """Another head is another capture; a revisit is always read whole."""
    assert not is_told(CAPTURE, METADATA, head=replace(HEAD, status=404))
    assert not is_told(CAPTURE, METADATA, head=replace(HEAD, fields=()))
    revisit = Revisit(record=RECORD, uri=URI, date=DATE)
    assert not is_told(replace(CAPTURE, revisit=revisit), METADATA, head=HEAD)
    assert is_told(replace(CAPTURE, is_carried=True, rest={"zest": 1}), METADATA, head=HEAD)
