"""MLA Handbook, 9th edition: an entry of the list of works cited. The archive is the second container."""

from __future__ import annotations

from archivist.cite.dates import later_day, short_date
from archivist.cite.evidence import holder, remarks, untitled, version_text
from archivist.cite.line import capitalised, one_line, quoted, sentences
from archivist.cite.links import plain_url, public_url
from archivist.cite.markup import italic, link
from archivist.cite.people import direct, inverted, is_turned, joined, of_body, shortened
from archivist.model.citation import Citation

__all__ = ["cite_mla"]


def cite_mla(citation: Citation) -> str:
    """``Quill, Mara. “Title.” *The Courier*, 9 May 2026, URL. *Archive*, version 3 of 4, 23 Nov. 2026, URL. …``.

    A date that is unknown is left out.
    """
    title = one_line(citation.title or "")
    is_report = citation.kind == "report"
    place = one_line(citation.publisher or "") if is_report else italic(one_line(citation.site_name or ""))
    contributors = joined([direct(name) for name in citation.contributors], last="and")
    updated = short_date(later_day(citation.published, citation.updated))
    container = [
        # Other contributors are told with what they did.
        "" if is_report else place,
        f"contributions by {contributors}" if contributors else "",
        place if is_report else "",
        short_date(citation.published),
        f"updated {updated}" if updated else "",
        link(plain_url(citation.url)),
    ]
    listed = ", ".join(part for part in container if part)
    return sentences(
        (
            _authors(citation),
            # A work without title is described, neither in italics nor in quotation marks.
            (italic(title) if is_report else quoted(title, ".") if title else "") or untitled(citation).capitalize(),
            listed if place else capitalised(listed),
            capitalised(_copy(citation)),
            capitalised(remarks(citation, is_version_told=True)),
        )
    )


def _authors(citation: Citation) -> str:
    """One; two; of three and more the first. A body that is the site, too, is told once."""
    if of_body(citation.authors, citation.site_name or citation.publisher):
        return ""
    names = [(inverted if index == 0 else direct)(name) for index, name in enumerate(citation.authors)]
    return shortened(names, most=2, comma=True) or joined(names, last="and", comma=is_turned(names))


def _copy(citation: Citation) -> str:
    archive = public_url(citation.archive_url)
    name = italic(one_line(citation.archive_name or "")) if archive else ""
    where = link(archive) if archive else f"on file with {holder(citation)}"
    return ", ".join(filter(None, (name, version_text(citation), short_date(citation.archived_at), where)))
