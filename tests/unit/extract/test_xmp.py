"""XMP packets, well-formed and otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.xmp import MAX_VALUES, merged, read_xmp
from tests.unit.extract.pdfs import xmp

WHOLE = xmp(
    "<dc:creator><rdf:Seq><rdf:li>Mara  Quill</rdf:li><rdf:li/><rdf:li>Mara Quill</rdf:li></rdf:Seq></dc:creator>"
    "<dc:title><rdf:Alt><rdf:li xml:lang='de'>Krane</rdf:li>"
    "<rdf:li xml:lang='x-default'>Cranes</rdf:li></rdf:Alt></dc:title>"
    "<dc:relation rdf:resource='https://courier.example/a'/>"
    "<dc:source rdf:parseType='Resource'><dc:title>inner</dc:title></dc:source>"
    "<unknown xmlns='urn:x'>1</unknown>"
)


def test_lists_attributes_and_addresses() -> None:
    """The usual forms of a property are read, the default language first; parts of parts are not."""
    assert {
        "dc:format": ("application/pdf",),
        "pdf:Producer": ("Pressroom 4",),
        "dc:creator": ("Mara Quill",),
        "dc:title": ("Cranes", "Krane"),
        "dc:relation": ("https://courier.example/a",),
    } == read_xmp(WHOLE)


def test_a_packet_may_call_its_namespaces_anything() -> None:
    """The name of a property is the usual one."""
    packet = WHOLE.replace(b"dc:", b"q:").replace(b"xmlns:dc", b"xmlns:q")

    assert ("Mara Quill",) == read_xmp(packet)["dc:creator"]


HOSTILE = {
    "entity": b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" + xmp("<dc:title>&b;</dc:title>"),
    "file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + xmp("<dc:title>&a;</dc:title>"),
    "empty": b"",
    "zeros": b"\0" * 99,
    "text": b"Not found",
    "pi": b"<?xpacket begin=''?>",
}


@pytest.mark.parametrize("packet", HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_or_none_is_empty(packet: bytes) -> None:
    """No document type is read, so there is no entity to resolve."""
    assert {} == read_xmp(packet)


def test_an_undeclared_entity_is_left_out() -> None:
    """The rest of the packet is read."""
    assert ("Pressroom 4",) == read_xmp(xmp("<dc:title>&a;</dc:title>"))["pdf:Producer"]


def test_values_are_bounded() -> None:
    """A list without end is cut."""
    items = "".join(f"<rdf:li>{number}</rdf:li>" for number in range(5_000))

    assert MAX_VALUES == len(read_xmp(xmp(f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>"))["dc:subject"])


def test_two_packets_are_one() -> None:
    """The first packet's word stands where both speak."""
    assert {"dc:title": ("a",), "dc:format": ("b",)} == merged(
        {"dc:title": ("a",)}, {"dc:title": ("c",), "dc:format": ("b",)}
    )


@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_broken_packets_never_raise(length: int, at: int, byte: int) -> None:
    """Cut or with a byte changed, a packet gives what can be read of it."""
    changed = WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]

    assert isinstance(read_xmp(changed[:length]), dict)
