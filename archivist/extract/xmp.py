"""XMP packets (ISO 16684-1) as plain properties: name to values, in the order written.

The packet is XML from a stranger: nothing is fetched, no entity is resolved, and a packet with a document type, which
ISO 16684-1 (7.2) has no use for, is not read at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final, TypeAlias

from lxml import etree

__all__ = ["MAX_PACKET", "Properties", "merged", "read_xmp"]

Properties: TypeAlias = Mapping[str, tuple[str, ...]]
"""``dc:creator`` to its values. The prefix is the usual one of the namespace, whatever the packet calls it."""

MAX_PACKET: Final = 2 * 1024 * 1024
"""Bytes; packets without pictures in them have a hundredth of it."""
MAX_ELEMENTS: Final = 20_000
MAX_VALUES: Final = 200
"""Of one property."""
MAX_VALUE: Final = 5_000
"""Characters of one value."""

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/xmp/note/": "xmpNote",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "Iptc4xmpExt",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
}
_DOCTYPE: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CONTAINERS: Final = frozenset({f"{_RDF}Bag", f"{_RDF}Seq", f"{_RDF}Alt"})

_Element: TypeAlias = etree._Element  # noqa: SLF001  # lxml has no public name for the type of an element


def read_xmp(packet: bytes) -> dict[str, tuple[str, ...]]:
    """The properties of the packet; empty where it is none or is broken beyond reading."""
    packet = packet[:MAX_PACKET].strip(b"\x00 \t\r\n")
    if not packet or _DOCTYPE.search(packet):
        return {}
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(packet, parser)
    except (etree.LxmlError, ValueError):
        return {}
    found: dict[str, list[str]] = {}
    if root is not None:
        for name, value in islice(_properties(root), MAX_ELEMENTS):
            values = found.setdefault(name, [])
            if value and value not in values and len(values) < MAX_VALUES:
                values.append(value)
    return {name: tuple(values) for name, values in found.items() if values}


def merged(first: Properties, second: Properties) -> dict[str, tuple[str, ...]]:
    """The properties of both; the first packet's where both have one."""
    return {**second, **first}


def _properties(root: _Element) -> Iterator[tuple[str, str]]:
    for description in root.iter(f"{_RDF}Description"):
        if not _is_top(description):
            continue
        for name, value in description.attrib.items():
            known = _named(str(name))
            if known:
                yield known, _tidy(str(value))
        for element in description:
            known = _named(str(element.tag))
            if known:
                for value in _values(element):
                    yield known, value


def _is_top(description: _Element) -> bool:
    """It describes the document itself, not a part of a property."""
    parent = description.getparent()
    return parent is None or parent.tag == f"{_RDF}RDF"


def _named(name: str) -> str | None:
    """``{http://purl.org/dc/elements/1.1/}title`` as ``dc:title``; None for namespaces that nobody here reads."""
    namespace, _, local = name.removeprefix("{").partition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix and local else None


def _values(element: _Element) -> Iterator[str]:
    """The text, the items of a list with the default language first, or the address that it refers to."""
    reference = element.get(f"{_RDF}resource")
    if reference:
        yield _tidy(reference)
    container = next((child for child in element if child.tag in _CONTAINERS), None)
    if container is None:
        if len(element) == 0:
            yield _tidy(element.text or "")
        return
    items = [item for item in islice(container, MAX_VALUES) if item.tag == f"{_RDF}li"]
    for item in sorted(items, key=lambda item: item.get(_LANG) != "x-default" if item.get(_LANG) else 1):
        yield _tidy(item.get(f"{_RDF}resource") or item.text or "")


def _tidy(text: str) -> str:
    return " ".join(text[:MAX_VALUE].split())
