"""A citation to vary."""

from __future__ import annotations

from dataclasses import replace

from archivist.model.citation import Citation, CitedDocument, PersonName

WHOLE = Citation(
    title="Chinese Spies Highly Active",
    authors=(PersonName(literal="Mara Quill", given="Mara", family="Quill"),),
    site_name="The Courier",
    published="2026-05-09T11:02:00+02:00",
    updated="2026-05-10",
    url="https://courier.example/spies",
    archived_at="2026-11-23T18:15:12Z",
    archive_url="https://archive.example.org/v/3",
    archive_name="Harbour Archive",
    snapshot_id="c" * 64,
    version=3,
    versions=4,
    sha256="a" * 64,
    blake3="b" * 64,
    language="en-GB",
    documents=(CitedDocument(url="https://courier.example/report.pdf", sha256="d" * 64),),
)

BARE = replace(
    WHOLE, title=None, authors=(), site_name=None, published=None, archive_url=None, archive_name=None, versions=None
)
"""What is left where the page says nothing of itself."""
