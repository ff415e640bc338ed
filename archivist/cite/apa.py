"""Publication Manual of the American Psychological Association, 7th edition: an entry of the reference list.

Titles keep the capitals of the page: sentence case (6.17) asks who is a name, and a machine that lowers ``Turkey`` or
``May`` changes what was written. Lower them by hand.
"""

from __future__ import annotations

from archivist.cite.dates import american_date, date_parts
from archivist.cite.evidence import holder, remarks
from archivist.cite.line import one_line, sentences, stopped, with_stop
from archivist.cite.links import plain_url, public_url
from archivist.cite.markup import italic, link
from archivist.cite.people import joined, of_body, with_initials
from archivist.model.citation import Citation

__all__ = ["cite_apa"]

_MOST = 20
"""Authors who are all named (9.8); of more, the first 19 and the last."""


def cite_apa(citation: Citation) -> str:
    """``Quill, M. (2026, May 9). Title. *The Courier*. Retrieved November 23, 2026, from URL [… SHA-256 HASH]``."""
    title, site = stopped(_title(citation), "."), _site(citation)
    date = f"({_date(citation)})"
    author = _authors(citation)
    # 9.12: without an author the title stands in its place.
    head = (f"{with_stop(author)} {date}", title, site) if author else (f"{title} {date}", site)
    archive, original = public_url(citation.archive_url), plain_url(citation.url)
    # 9.16: what is made to change has the date of retrieval. 9.35: no full stop after an address.
    retrieved = f"Retrieved {american_date(citation.archived_at)}, from {link(archive or original)}"
    kept = f"archived from {link(original)}" if archive else f"copy on file with {holder(citation)}"
    return f"{sentences(head)} {retrieved} [{kept}; {remarks(citation)}]"


def _authors(citation: Citation) -> str:
    names = [with_initials(name) for name in citation.authors]
    if len(names) > _MOST:
        return f"{', '.join(names[:19])}, . . . {names[-1]}"
    return joined(names, last="&", comma=True)


def _date(citation: Citation) -> str:
    """``2026, May 9``: the date of the last update, where the page has one (9.15); ``n.d.`` for none (9.17)."""
    date = citation.updated if date_parts(citation.updated) else citation.published
    year, *rest = (*map(str, date_parts(date)[:1]), "")
    if not year:
        return "n.d."
    day = american_date(date).removesuffix(f", {year}").removesuffix(year).strip()
    return ", ".join(filter(None, (year, day, *filter(None, rest))))


def _title(citation: Citation) -> str:
    title = one_line(citation.title or "")
    match citation.kind:
        case "article":
            # 10.1, example 16: of a newspaper article not the title is in italics, but the newspaper.
            return title or "[News article]"
        case "page":
            return italic(title) or "[Web page]"
        case "report":
            return f"{italic(title)} [PDF]" if title else "[PDF]"


def _site(citation: Citation) -> str:
    site = one_line(citation.publisher or "") if citation.kind == "report" else one_line(citation.site_name or "")
    # 10.16: the site is left out where it is the author.
    if of_body(citation.authors, site):
        return ""
    return italic(site) if citation.kind == "article" else site
