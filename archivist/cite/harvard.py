"""Harvard, as *Cite Them Right* (12th edition) has it: an entry of the reference list."""

from __future__ import annotations

from archivist.cite.dates import date_parts, day_and_month, later_day, spelled
from archivist.cite.evidence import holder, remarks, untitled
from archivist.cite.line import one_line, sentences, single_quotes
from archivist.cite.links import plain_url, public_url
from archivist.cite.markup import italic, link
from archivist.cite.people import joined, of_body, shortened, with_initials
from archivist.model.citation import Citation

__all__ = ["cite_harvard"]


def cite_harvard(citation: Citation) -> str:
    """``Quill, M. (2026) ‘Title’, *The Courier*, 9 May. Available at: URL (Accessed: 23 November 2026). …``.

    Four authors and more are cut to the first; without an author the newspaper stands in its place, and where there is
    none either, the title.
    """
    names = [with_initials(name, space="") for name in citation.authors]
    author = shortened(names, most=3, others=italic("et al.")) or joined(names, last="and", comma=False)
    is_report = citation.kind == "report"
    site = italic(one_line(citation.site_name or ""))
    title = one_line(citation.title or "")
    title = (italic(title) if is_report else f"‘{single_quotes(title)}’" if title else "") or untitled(
        citation
    ).capitalize()
    date = f"({_year(citation)})"
    day = "" if is_report else _day(citation)
    if author:
        head = f"{author} {date} {title}"
        rest = "" if of_body(citation.authors, citation.site_name) else site
    elif site and not is_report:
        head, rest = f"{site} {date} {title}", ""
    else:
        head, rest = f"{title} {date}", site
    accessed = f"(Accessed: {spelled(citation.archived_at)})"
    archive = public_url(citation.archive_url)
    kept = f"Archived at: {link(archive)}" if archive else f"Copy on file with {holder(citation)}"
    return sentences(
        (
            head if is_report else ", ".join(filter(None, (head, rest, day))),
            one_line(citation.publisher or "") if is_report else "",
            f"Available at: {link(plain_url(citation.url))} {accessed}",
            f"{kept} ({remarks(citation)})",
        )
    )


def _year(citation: Citation) -> str:
    return "".join(map(str, date_parts(citation.published)[:1])) or "no date"


def _day(citation: Citation) -> str:
    published = day_and_month(citation.published)
    updated = spelled(later_day(citation.published, citation.updated))
    if not updated:
        return published
    return f"{published} (updated {updated})" if published else f"last updated {updated}"
