"""What is our own in every citation: which version, where its copy is, and the hash by which anybody can check it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from archivist.cite.line import one_line, quoted
from archivist.cite.links import plain_url
from archivist.cite.markup import italic, link
from archivist.model.citation import Citation, CitedEdit, LinkedFrom

__all__ = ["captured_text", "edit_text", "holder", "remarks", "short_id", "untitled", "version_text"]

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "version": "version",
            "of": "of",
            "of it": "of the article",
            "page": "page",
            "pages": "pages",
            "linked": "linked from",
        },
        "de": {
            "version": "Version",
            "of": "von",
            "of it": "des Artikels",
            "page": "Seite",
            "pages": "Seiten",
            "linked": "verlinkt in",
        },
    }
)

SHORT = 12
"""Hex digits of an id that are printed for people; all commands take them."""


def version_text(citation: Citation, *, language: str = "en") -> str:
    """``version 3 of 4``, or ``version 3`` where nobody counted."""
    words = _WORDS[language]
    many = f" {words['of']} {citation.versions}" if citation.versions else ""
    # A document has no versions of its own: it is the one that this version of the article links.
    whose = f" {words['of it']}" if citation.linked_from else ""
    return f"{words['version']} {citation.version}{many}{whose}"


def captured_text(citation: Citation) -> str:
    """``2026-11-23T18:15:12Z (version 3 of 4)``."""
    return f"{citation.archived_at} ({version_text(citation)})"


def short_id(snapshot_id: str) -> str:
    """The id as people are shown it."""
    return snapshot_id[:SHORT]


def holder(citation: Citation) -> str:
    """Who keeps a copy that stands nowhere on the web: ``the author``, or the archive by its name."""
    return one_line(citation.archive_name or "") or "the author"


def untitled(citation: Citation) -> str:
    """What a work without a title is called, in small letters."""
    return {"article": "untitled article", "page": "untitled page", "report": "untitled document"}[citation.kind]


def remarks(citation: Citation, *, is_version_told: bool = False, language: str = "en") -> str:
    """What no style has a place for, for within brackets: ``version 3 of 4; SHA-256 9f86…``."""
    words = _WORDS[language]
    pages = words["page" if citation.page_count == 1 else "pages"]
    parts = [
        f"{citation.page_count} {pages}" if citation.page_count else "",
        f"{words['linked']} {_source(citation.linked_from)}" if citation.linked_from else "",
        "" if is_version_told else version_text(citation, language=language),
        edit_text(citation.edit) if citation.edit else "",
        f"SHA-256 {citation.sha256}",
    ]
    return "; ".join(part for part in parts if part)


def edit_text(edit: CitedEdit) -> str:
    """``changed from version 2 of 2026-11-23T18:15:12Z, snapshot …, SHA-256 …: number changed; not declared …``."""
    before = f"{edit.archived_at}, snapshot {short_id(edit.snapshot_id)}, SHA-256 {edit.sha256}"
    told = {"declared": "declared by the page", "undeclared": "not declared by the page"}.get(edit.verdict, "")
    changes = "; ".join(filter(None, (*map(one_line, edit.changes), told)))
    return f"changed from version {edit.version} of {before}: {changes or 'nothing that a reader sees'}"


def _source(source: LinkedFrom) -> str:
    """``“Headline,” The Courier, https://…``."""
    title = one_line(source.title or "")
    rest = filter(None, (italic(one_line(source.site_name or "")), link(plain_url(source.url))))
    return " ".join(filter(None, (quoted(title, ",") if title else "", ", ".join(rest))))
