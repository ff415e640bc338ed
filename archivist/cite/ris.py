"""A citation as RIS (Research Information Systems, tags of 2011): one tag a line, ``ER`` at the end.

RIS has no escapes: a value ends with its line, and a comma in a name separates family from given name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from archivist.cite.dates import date_parts, iso_day
from archivist.cite.evidence import captured_text, edit_text
from archivist.cite.keys import keyed
from archivist.cite.line import one_line
from archivist.cite.links import plain_url, public_url
from archivist.cite.people import inverted
from archivist.model.citation import Citation, CitationKind

__all__ = ["cite_ris"]

_TYPES: Mapping[CitationKind, str] = MappingProxyType({"article": "NEWS", "page": "ELEC", "report": "RPRT"})


def cite_ris(citations: Sequence[Citation]) -> str:
    """One reference after the other; the last line ends with a line feed, which some readers ask for."""
    lines = (f"{tag}  - {value}" for key, each in keyed(citations) for tag, value in _tags(key, each))
    return "\n".join(lines) + "\n"


def _tags(key: str, citation: Citation) -> Iterator[tuple[str, str]]:
    archive, original = public_url(citation.archive_url), plain_url(citation.url)
    contributors = ", ".join(one_line(name.literal) for name in citation.contributors)
    named = (
        ("TI", one_line(citation.title or "")),
        ("T2", one_line(citation.site_name or "")),
        ("PB", one_line(citation.publisher or "")),
        ("PY", "".join(map(str, date_parts(citation.published)[:1]))),
        ("DA", _date(citation.published)),
        ("Y2", _date(citation.archived_at)),
        ("LA", one_line(citation.language or "")),
        ("SP", str(citation.page_count or "")),
        ("DB", one_line(citation.archive_name or "") if archive else ""),
        ("UR", archive or original),
        ("N1", f"Original: {original}" if archive else ""),
        ("N1", f"Updated: {iso_day(citation.updated)}" if iso_day(citation.updated) else ""),
        ("N1", f"Contributors: {contributors}" if contributors else ""),
        ("N1", f"Linked from: {plain_url(citation.linked_from.url)}" if citation.linked_from else ""),
        ("N1", f"Captured: {captured_text(citation)}"),
        ("N1", f"Edit: {edit_text(citation.edit)}" if citation.edit else ""),
        ("N1", f"SHA-256: {citation.sha256}"),
        ("N1", f"BLAKE3: {citation.blake3}"),
        ("N1", f"Snapshot: {citation.snapshot_id}"),
    )
    yield "TY", _TYPES[citation.kind]
    yield "ID", key
    for author in citation.authors:
        yield "AU", inverted(author)
    yield from (each for each in named if each[1])
    yield "ER", ""


def _date(date: str | None) -> str:
    """``2026/05/09/``: as far as known, always with three strokes."""
    parts = [f"{part:02}" for part in date_parts(date)]
    return "/".join((*parts, "", "", "")[:3]) + "/" if parts else ""
