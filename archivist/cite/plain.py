"""A citation in plain words, with the hash that lets a reader check the copy."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.cite.dates import long_date
from archivist.cite.line import one_line
from archivist.cite.links import plain_url, public_url
from archivist.model.citation import Citation, PersonName

__all__ = ["cite_plain", "version_text"]

_INNER_QUOTES = str.maketrans("“”", "‘’")


def cite_plain(citation: Citation) -> str:
    """One line: author, title, site, date; address; capture and version; copy, if others can reach it; hash.

    ``Hannah Ng, “Title”, The Courier, 9 May 2023. URL. Captured 2026-11-23T18:15:12Z (version 3 of 4). SHA-256 HASH.``
    """
    head = [
        _people(citation.authors),
        _quoted(citation.title),
        one_line(citation.site_name or ""),
        long_date(citation.published),
    ]
    archive = public_url(citation.archive_url)
    sentences = [
        ", ".join(part for part in head if part),
        plain_url(citation.url),
        f"Captured {citation.archived_at} ({version_text(citation)})",
        _archived(archive, citation.archive_name),
        f"SHA-256 {citation.sha256}",
    ]
    return one_line(" ".join(f"{sentence.removesuffix('.')}." for sentence in sentences if sentence))


def version_text(citation: Citation) -> str:
    """``version 3 of 4``, or ``version 3`` where nobody counted."""
    return f"version {citation.version}" + (f" of {citation.versions}" if citation.versions else "")


def _people(authors: Sequence[PersonName]) -> str:
    names = [one_line(author.literal) for author in authors]
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _quoted(title: str | None) -> str:
    text = one_line(title or "")
    return f"“{text.translate(_INNER_QUOTES)}”" if text else ""


def _archived(archive: str | None, name: str | None) -> str:
    place = one_line(name or "")
    if not archive:
        return ""
    return f"Archived at {place}, {archive}" if place else f"Archived at {archive}"
