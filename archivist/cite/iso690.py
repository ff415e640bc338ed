"""ISO 690, name and date: an entry in English, and in German as DIN ISO 690 is used."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from archivist.cite.dates import date_parts, later_day, spelled
from archivist.cite.evidence import remarks
from archivist.cite.line import capitalised, one_line, sentences
from archivist.cite.links import plain_url, public_url
from archivist.cite.markup import italic, link
from archivist.cite.people import joined, of_body, shortened, with_capitals
from archivist.model.citation import Citation

__all__ = ["cite_iso690", "cite_iso690_german"]

_ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "language": "en",
        "and": "and",
        "no date": "[no date]",
        "article": "[Untitled article]",
        "page": "[Untitled page]",
        "report": "[Untitled document]",
        "updated": "updated",
        "viewed": "viewed",
        "from": "Available from:",
        "archived": "Archived at:",
        "kept": "Copy on file with",
        "author": "the author",
    }
)
_GERMAN: Mapping[str, str] = MappingProxyType(
    {
        "language": "de",
        "and": "und",
        "no date": "[ohne Datum]",
        "article": "[Artikel ohne Titel]",  # codespell:ignore
        "page": "[Seite ohne Titel]",  # codespell:ignore
        "report": "[Dokument ohne Titel]",  # codespell:ignore
        "updated": "aktualisiert am",
        "viewed": "Zugriff am:",
        "from": "Verfügbar unter:",  # codespell:ignore
        "archived": "Archiviert unter:",  # codespell:ignore
        "kept": "Kopie bei:",
        "author": "Verfasser",
    }
)


def cite_iso690(citation: Citation) -> str:
    """``QUILL, Mara, 2026. Title. *The Courier* [online]. 9 May 2026 [viewed 23 November 2026]. Available from: …``."""
    return _cite(citation, _ENGLISH)


def cite_iso690_german(citation: Citation) -> str:
    """The same with ``[Zugriff am: 23. November 2026]`` and the months in German."""
    return _cite(citation, _GERMAN)


def _cite(citation: Citation, words: Mapping[str, str]) -> str:
    names = list(map(partial(with_capitals, language=citation.language), citation.authors))
    # Of more than three, the first.
    author = shortened(names, most=3) or joined(names, last=words["and"], comma=False)
    date = partial(spelled, language=words["language"])
    year = "".join(map(str, date_parts(citation.published)[:1])) or words["no date"]
    title = one_line(citation.title or "") or words[citation.kind]
    place = one_line((citation.publisher if citation.kind == "report" else citation.site_name) or "")
    if of_body(citation.authors, place):
        place = ""
    updated = date(later_day(citation.published, citation.updated))
    days = ", ".join(filter(None, (date(citation.published), f"{words['updated']} {updated}" if updated else "")))
    when = capitalised(f"{days} [{words['viewed']} {date(citation.archived_at)}]".strip())
    titles: tuple[str, ...] = (title, f"{italic(place)} [online]") if place else (f"{title} [online]",)
    if citation.kind == "report":
        titles, when = (f"{italic(title)} [online]",), ", ".join(filter(None, (place, when)))
    head = (f"{author}, {year}", *titles) if author else (f"{titles[0]}, {year}", *titles[1:])
    archive, name = public_url(citation.archive_url), one_line(citation.archive_name or "")
    kept = f"{words['archived']} {link(archive)}" if archive else f"{words['kept']} {name or words['author']}"
    note = remarks(citation, language=words["language"])
    return sentences((*head, when, f"{words['from']} {link(plain_url(citation.url))}", f"{kept} ({note})"))
