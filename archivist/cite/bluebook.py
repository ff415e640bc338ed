"""The Bluebook, 22nd edition, rule 18.2: an internet source as court documents cite it, with its archived copy.

Names of newspapers are not shortened (table T13), because a machine does not know which of them are words of a name.
"""

from __future__ import annotations

from archivist.cite.dates import american_date, later_day
from archivist.cite.evidence import holder, remarks, untitled
from archivist.cite.line import one_line, stopped
from archivist.cite.links import plain_url, public_url
from archivist.cite.markup import italic, link
from archivist.cite.people import direct, joined, of_body, shortened
from archivist.model.citation import Citation

__all__ = ["cite_bluebook"]


def cite_bluebook(citation: Citation) -> str:
    """``Mara Quill, *Title*, The Courier (May 9, 2026), URL [ARCHIVE] (version 3 of 4; SHA-256 …).``.

    Rule 18.2.1(d): the archived copy in brackets after the address, or where the copy is on file.
    """
    names = [direct(name) for name in citation.authors]
    author = shortened(names, most=2) or joined(names, last="&", comma=False)
    place = one_line((citation.publisher if citation.kind == "report" else citation.site_name) or "")
    # 18.2.2(b)(ii): what has no title is described, in roman.
    title = italic(one_line(citation.title or "")) or untitled(citation).title()
    place = "" if of_body(citation.authors, place) else place
    head = ", ".join(filter(None, (author, f"{stopped(title, ',')} {place}" if place else title)))
    date, address = _date(citation), link(plain_url(citation.url))
    text = f"{head} ({date}), {address}" if date else f"{head}, {address}{_visited(citation)}"
    if archive := public_url(citation.archive_url):
        return f"{text} [{link(archive)}] ({remarks(citation)})."
    return f"{text} (on file with {holder(citation)}) ({remarks(citation)})."


def _date(citation: Citation) -> str:
    """Rule 18.2.2(c): as the page gives it; the last update stands in only where nothing else is dated."""
    published = american_date(citation.published, is_short=True)
    updated = american_date(later_day(citation.published, citation.updated), is_short=True)
    if not published:
        return f"last updated {updated}" if updated else ""
    return f"{published}, updated {updated}" if updated else published


def _visited(citation: Citation) -> str:
    """Rule 18.2.2(c): an undated page has the date of the visit, after the address."""
    return f" (last visited {american_date(citation.archived_at, is_short=True)})"
