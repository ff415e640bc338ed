"""A citation for the web: a Robust Link (robustlinks.mementoweb.org/spec), and a line of Markdown."""

from __future__ import annotations

from html import escape

from archivist.cite.dates import iso_day, later_day, long_date, spelled
from archivist.cite.evidence import holder, remarks
from archivist.cite.keys import host_of_print
from archivist.cite.line import american_quotes, one_line
from archivist.cite.links import plain_url, public_url
from archivist.cite.markup import escape_markdown, italic, markdown_link, rendered
from archivist.cite.people import direct, joined
from archivist.model.citation import Citation

__all__ = ["cite_markdown", "cite_robust"]


def cite_robust(citation: Citation) -> str:
    """``<a href="…" data-originalurl="…" data-versionurl="…" data-versiondate="2026-11-23" data-sha256="…">…</a>``.

    The address and the date are required, and the copy's address is recommended: it is left out where it is private.
    """
    original = plain_url(citation.url)
    attributes = {
        "href": original,
        "data-originalurl": original,
        "data-versionurl": public_url(citation.archive_url),
        "data-versiondate": iso_day(citation.archived_at),
        "data-sha256": citation.sha256,
    }
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f"<a {written}>{escape(one_line(citation.title or '') or host_of_print(citation.url) or original)}</a>"


def cite_markdown(citation: Citation) -> str:
    """``Mara Quill, [“Title”](URL), *The Courier*, 9 May 2026 ([archived 23 November 2026](COPY), …, SHA-256 `…`)``."""
    title = one_line(citation.title or "")
    words = f"“{american_quotes(title)}”" if title else host_of_print(citation.url) or "untitled page"
    updated = spelled(later_day(citation.published, citation.updated))
    site = italic(one_line(citation.site_name or citation.publisher or ""))
    head = (
        escape_markdown(joined([direct(name) for name in citation.authors], last="and", comma=False)),
        markdown_link(escape_markdown(words), plain_url(citation.url)),
        rendered(site, "markdown"),
        escape_markdown(long_date(citation.published) + (f" (updated {updated})" if updated else "")),
    )
    archive, date = public_url(citation.archive_url), spelled(citation.archived_at)
    archived = markdown_link(f"archived {date}", archive) if archive else f"archived {date}"
    kept = "" if archive else escape_markdown(f", copy on file with {holder(citation)}")
    note = rendered(remarks(citation), "markdown").replace(citation.sha256, f"`{citation.sha256}`")
    return f"{', '.join(part for part in head if part)} ({archived}{kept}; {note})"
