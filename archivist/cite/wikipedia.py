"""Citation templates of Wikipedia in English (CS1), French (Lien web) and German (Internetquelle).

CS1 has no place for a hash, so that it stands behind the template in a comment: editors and programs see it, readers
do not. Where the copy is private no archive is named: a reader could not follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archivist.cite.dates import iso_day, spelled
from archivist.cite.evidence import edit_text, short_id, version_text
from archivist.cite.keys import host_of_print
from archivist.cite.line import one_line
from archivist.cite.links import plain_url, public_url
from archivist.cite.people import of_body
from archivist.model.citation import Citation, PersonName

__all__ = ["cite_wikipedia", "cite_wikipedia_french", "cite_wikipedia_german"]

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;", "|": "{{!}}"}
)
_RUNS = re.compile(r"'{2,}|~{3,}|_{2,}|-{2,}")
"""Italics, signatures, switches such as ``__NOTOC__``, and what would end a comment."""


def cite_wikipedia(citation: Citation) -> str:
    """``{{cite news |last=… |url-status=deviated |archive-url=… |archive-date=…}}`` (Help:Citation Style 1)."""
    archive, url = _address(public_url(citation.archive_url)), _address(plain_url(citation.url)) or ""
    # Cite news asks for the newspaper, cite web for the name of the site.
    site = _text(citation.site_name) or (host_of_print(citation.url) if citation.kind != "report" else "")
    name = "cite report" if citation.kind == "report" else "cite web"
    if citation.kind == "article" and _text(citation.site_name):
        name = "cite news"
    fields = (
        *_english_authors(() if of_body(citation.authors, citation.site_name) else citation.authors),
        ("date", spelled(citation.published)),
        ("title", _title(citation)),
        ("work" if name == "cite news" else "website", site),
        ("publisher", _text(citation.publisher)),
        ("language", "" if _is(citation, "en") else _text(citation.language)),
        ("format", "PDF" if citation.kind == "report" else ""),
        ("url", url),
        # Without an archive the parameter means nothing.
        ("url-status", (citation.url_status or "") if archive else ""),
        ("archive-url", archive),
        ("archive-date", spelled(citation.archived_at) if archive else ""),
        ("access-date", spelled(citation.archived_at)),
    )
    return _template(name, fields) + _comment(citation)


def cite_wikipedia_french(citation: Citation) -> str:
    """``{{Lien web |langue=… |nom1=… |titre=… |archive-url=… |archive-date=…}}`` (Modèle:Lien web)."""
    archive, url = _address(public_url(citation.archive_url)), _address(plain_url(citation.url)) or ""
    site = _text(citation.site_name)
    fields = (
        ("langue", _primary(citation)),
        *_french_authors(citation.authors),
        ("titre", _title(citation)),
        ("url", url),
        ("format", "pdf" if citation.kind == "report" else ""),
        ("périodique" if citation.kind == "article" else "site", site or host_of_print(citation.url)),
        ("éditeur", _text(citation.publisher)),
        ("date", spelled(citation.published, language="fr")),
        ("consulté le", spelled(citation.archived_at, language="fr")),
        ("archive-url", archive),
        ("archive-date", spelled(citation.archived_at, language="fr") if archive else ""),
    )
    return _template("Lien web", fields) + _comment(citation)


def cite_wikipedia_german(citation: Citation) -> str:
    """``{{Internetquelle |url=… |archiv-url=… |archiv-datum=… |offline=ja}}`` (Vorlage:Internetquelle)."""
    archive, url = _address(public_url(citation.archive_url)), _address(plain_url(citation.url)) or ""
    fields = (
        ("autor", ", ".join(_text(name.literal) for name in citation.authors)),  # codespell:ignore
        ("url", url),
        ("titel", _title(citation)),  # codespell:ignore
        ("werk", _text(citation.site_name) or ("" if citation.publisher else host_of_print(citation.url))),
        ("hrsg", _text(citation.publisher)),
        ("datum", iso_day(citation.published)),
        ("sprache", "" if _is(citation, "de") else _primary(citation)),
        ("format", "PDF" if citation.kind == "report" else ""),
        ("archiv-url", archive),
        ("archiv-datum", iso_day(citation.archived_at) if archive else ""),
        ("offline", "ja" if archive and citation.url_status == "dead" else ""),
        ("abruf", iso_day(citation.archived_at)),
    )
    return _template("Internetquelle", fields) + _comment(citation)


def _template(name: str, fields: Sequence[tuple[str, str | None]]) -> str:
    return "{{" + " ".join((name, *(f"|{key}={value}" for key, value in fields if value))) + "}}"


def _comment(citation: Citation) -> str:
    told = [version_text(citation), f"snapshot {short_id(citation.snapshot_id)}"]
    if citation.edit:
        told.append(edit_text(citation.edit))
    said = "; ".join((*told, f"SHA-256 {citation.sha256}"))
    # A comment cannot hold two hyphens, nor its own end.
    return f"<!-- {_RUNS.sub('-', said.replace('<', '').replace('>', ''))} -->"


def _english_authors(authors: Sequence[PersonName]) -> Iterator[tuple[str, str]]:
    for index, name in enumerate(authors, 1):
        number = "" if len(authors) == 1 else str(index)
        if name.family and name.given:
            yield f"last{number}", _text(name.surname)
            yield f"first{number}", _text(" ".join(filter(None, (name.given, name.suffix))))
        else:
            yield f"author{number}", _text(name.literal)


def _french_authors(authors: Sequence[PersonName]) -> Iterator[tuple[str, str]]:
    for index, name in enumerate(authors, 1):
        if name.family and name.given:
            yield f"prénom{index}", _text(" ".join(filter(None, (name.given, name.suffix))))
            yield f"nom{index}", _text(name.surname)
        else:
            yield f"auteur{index}", _text(name.literal)


def _title(citation: Citation) -> str:
    """All three templates ask for a title: a page that shows none is called by where it stands."""
    return _text(citation.title) or _text(citation.url.partition("://")[2])


def _primary(citation: Citation) -> str:
    """``en`` of ``en-GB``: the templates that ask for a language know no countries."""
    return _text((citation.language or "").lower().split("-")[0])


def _is(citation: Citation, language: str) -> bool:
    return not citation.language or citation.language.lower().split("-")[0] == language


def _text(text: str | None) -> str:
    """The text without meaning to MediaWiki; a pipe is the template that Wikipedia has for it."""
    escaped = one_line(text or "").translate(_ESCAPES)
    escaped = _RUNS.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), escaped)
    # Where a value begins with one of these, it would be a list or a heading.
    return re.sub(r"^[*#:;=]", lambda found: f"&#{ord(found[0])};", escaped)


def _address(url: str | None) -> str | None:
    """The address without characters that end a link or a template."""
    return (
        re.sub(r"[\[\]{}|<>]|'{2,}", lambda found: "".join(f"%{ord(sign):02X}" for sign in found[0]), url)
        if url
        else None
    )
