"""The Chicago Manual of Style, 17th edition: a note, and an entry of an author-date reference list."""

from __future__ import annotations

from archivist.cite.dates import NO_DATE, american_date, date_parts, later_day
from archivist.cite.evidence import holder, remarks, untitled
from archivist.cite.line import capitalised, one_line, quoted, sentences
from archivist.cite.links import plain_url, public_url
from archivist.cite.markup import italic, link
from archivist.cite.people import direct, inverted, is_turned, joined, of_body, shortened
from archivist.model.citation import Citation

__all__ = ["cite_chicago", "cite_chicago_author_date"]


def cite_chicago(citation: Citation) -> str:
    """``Mara Quill, “Title,” *The Courier*, May 9, 2026, URL, archived November 23, 2026, at Archive, URL (…).``.

    A note (14.191); more than three authors are cut to the first (14.76). How a copy is told is the manual's answer in
    its questions and answers on archived pages.
    """
    names = [direct(name) for name in citation.authors]
    author = shortened(names, most=3) or joined(names, last="and")
    title = one_line(citation.title or "")
    nothing = untitled(citation) if author else untitled(citation).capitalize()
    if citation.kind == "report":
        about = ", ".join(filter(None, (one_line(citation.publisher or ""), _date(citation) or NO_DATE)))
        parts = [author, f"{italic(title) or nothing} ({about})"]
    else:
        place = "" if of_body(citation.authors, citation.site_name) else _site(citation)
        parts = [
            author,
            "" if title else nothing,
            place,
            _date(citation) or NO_DATE,
        ]
    parts += [link(plain_url(citation.url)), _archived(citation)]
    if title and citation.kind != "report":
        # 6.9: the comma stands within the quotation marks.
        head = f"{author}, {quoted(title, ',')}" if author else quoted(title, ",")
        text = f"{head} {', '.join(part for part in parts[1:] if part)}"
    else:
        text = ", ".join(part for part in parts if part)
    return f"{text} ({remarks(citation)})."


def cite_chicago_author_date(citation: Citation) -> str:
    """``Quill, Mara. 2026. “Title.” *The Courier*, May 9, 2026. URL. Archived …, at Archive, URL (…).``.

    An entry (15.49); more than ten authors are cut to seven (15.9). Without an author the newspaper stands in its
    place (15.49); a page without either begins with its title.
    """
    site, title = _site(citation), one_line(citation.title or "")
    is_report = citation.kind == "report"
    title = (italic(title) if is_report else quoted(title, ".") if title else "") or untitled(citation).capitalize()
    names = [(inverted if index == 0 else direct)(name) for index, name in enumerate(citation.authors)]
    author = shortened(names, most=10, first=7, comma=True) or joined(names, last="and", comma=is_turned(names))
    year = "".join(map(str, date_parts(citation.published)[:1])) or NO_DATE
    place = one_line(citation.publisher or "") if is_report else site
    if not author and place:
        author, place = place, ""
    elif of_body(citation.authors, place):
        place = ""
    head = (author, year, title) if author else (title, year)
    date = _date(citation)
    where = f"{place}, {date}" if place and date else place or capitalised(date)
    told = capitalised(f"{_archived(citation)} ({remarks(citation)})")
    return sentences((*head, where, link(plain_url(citation.url)), told))


def _site(citation: Citation) -> str:
    """Newspapers are in italics, other sites are not (14.206)."""
    site = one_line(citation.site_name or "")
    return italic(site) if citation.kind == "article" else site


def _date(citation: Citation) -> str:
    published = american_date(citation.published)
    updated = american_date(later_day(citation.published, citation.updated))
    if not published:
        return f"last updated {updated}" if updated else ""
    return f"{published}, updated {updated}" if updated else published


def _archived(citation: Citation) -> str:
    archive, name = public_url(citation.archive_url), one_line(citation.archive_name or "")
    date = american_date(citation.archived_at)
    if not archive:
        return f"archived {date}, copy on file with {holder(citation)}"
    return f"archived {date}, at {', '.join(filter(None, (name, link(archive))))}"
