"""A citation in plain words, with the hash that lets a reader check the copy."""

from __future__ import annotations

from archivist.cite.dates import later_day, long_date, spelled
from archivist.cite.evidence import edit_text, holder, short_id, version_text
from archivist.cite.line import american_quotes, capitalised, one_line, sentences
from archivist.cite.links import plain_url, public_url
from archivist.cite.markup import link
from archivist.cite.people import direct, joined
from archivist.model.citation import Citation

__all__ = ["cite_plain"]


def cite_plain(citation: Citation) -> str:
    """Author, title, site, date; address; capture and version; where the copy is; hash.

    ``Hannah Ng, “Title”, The Courier, 9 May 2023. URL. Captured 2026-11-23T18:15:12Z (version 3 of 4, snapshot
    9f86d081884c). Copy on file with the author. SHA-256 HASH.``
    """
    title = one_line(citation.title or "")
    updated = spelled(later_day(citation.published, citation.updated))
    head = [
        joined([direct(name) for name in citation.authors], last="and", comma=False),
        f"“{american_quotes(title)}”" if title else "",
        one_line(citation.site_name or citation.publisher or ""),
        long_date(citation.published) + (f" (updated {updated})" if updated else ""),
    ]
    contributors = joined([direct(name) for name in citation.contributors], last="and", comma=False)
    source = citation.linked_from
    pages = f"{citation.page_count} pages" if citation.page_count else ""
    return sentences(
        (
            ", ".join(part for part in head if part),
            f"With contributions by {contributors}" if contributors else "",
            pages if citation.page_count != 1 else "1 page",
            link(plain_url(citation.url)),
            f"Linked from {link(plain_url(source.url))}" if source else "",
            f"Captured {citation.archived_at} ({version_text(citation)}, snapshot {short_id(citation.snapshot_id)})",
            _copy(citation),
            capitalised(edit_text(citation.edit)) if citation.edit else "",
            f"SHA-256 {citation.sha256}",
        )
    )


def _copy(citation: Citation) -> str:
    archive, place = public_url(citation.archive_url), one_line(citation.archive_name or "")
    if not archive:
        return f"Copy on file with {holder(citation)}"
    return f"Archived at {place}, {link(archive)}" if place else f"Archived at {link(archive)}"
