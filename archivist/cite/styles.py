"""The table of citation styles: the one place to add one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from archivist.cite import bibtex, csl, hashes, ris, web, wikipedia
from archivist.cite.apa import cite_apa
from archivist.cite.bluebook import cite_bluebook
from archivist.cite.chicago import cite_chicago, cite_chicago_author_date
from archivist.cite.harvard import cite_harvard
from archivist.cite.iso690 import cite_iso690, cite_iso690_german
from archivist.cite.markup import Markup, rendered
from archivist.cite.mla import cite_mla
from archivist.cite.plain import cite_plain
from archivist.model.citation import Citation

__all__ = ["STYLES", "Style", "Write"]

Write = Callable[[Sequence[Citation], Markup], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One way to write citations."""

    about: str
    """What it is, for ``--help`` and the guide."""
    write: Write
    """Several at once: a bibliography."""
    is_for_web: bool = False
    """Whether its readers follow links: a private copy has no place in it."""
    is_marked_up: bool = False
    """Whether it has italics and links, so that it can be Markdown or HTML, too."""


def _people(about: str, cite: Callable[[Citation], str]) -> Style:
    def write(citations: Sequence[Citation], markup: Markup) -> str:
        return "\n".join(rendered(cite(citation), markup) for citation in citations)

    return Style(about=about, write=write, is_marked_up=True)


def _lines(about: str, cite: Callable[[Citation], str], *, is_for_web: bool = False) -> Style:
    return Style(about=about, write=lambda citations, _: "\n".join(map(cite, citations)), is_for_web=is_for_web)


def _file(about: str, cite: Callable[[Sequence[Citation]], str]) -> Style:
    return Style(about=about, write=lambda citations, _: cite(citations))


STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "plain": _people("plain words", cite_plain),
        "apa": _people("APA, 7th edition", cite_apa),
        "chicago": _people("Chicago, 17th edition, a note", cite_chicago),
        "chicago-author-date": _people("Chicago, 17th edition, author and date", cite_chicago_author_date),
        "mla": _people("MLA, 9th edition", cite_mla),
        "bluebook": _people("The Bluebook, rule 18.2", cite_bluebook),
        "harvard": _people("Harvard (Cite Them Right)", cite_harvard),
        "iso690": _people("ISO 690, name and date", cite_iso690),
        "iso690-de": _people("DIN ISO 690, in German", cite_iso690_german),
        "csl": _file("CSL-JSON, for reference managers", csl.cite_csl),
        "bibtex": _file("BibTeX", bibtex.cite_bibtex),
        "biblatex": _file("BibLaTeX", bibtex.cite_biblatex),
        "ris": _file("RIS", ris.cite_ris),
        "yaml": _file("CSL as YAML, for Pandoc and Quarto", csl.cite_yaml),
        "robust": _lines("a Robust Link, in HTML", web.cite_robust, is_for_web=True),
        "markdown": _lines("a line of Markdown", web.cite_markdown),
        "wikipedia": _lines("Wikipedia, {{cite news}}", wikipedia.cite_wikipedia, is_for_web=True),
        "wikipedia-fr": _lines("Wikipédia, {{Lien web}}", wikipedia.cite_wikipedia_french, is_for_web=True),
        "wikipedia-de": _lines("Wikipedia, {{Internetquelle}}", wikipedia.cite_wikipedia_german, is_for_web=True),
        "ni": _lines("ni: names of RFC 6920, of the page and its documents", hashes.cite_ni),
        "sri": _lines("Subresource Integrity", hashes.cite_sri),
        "sha256": _lines("sha256: lines", hashes.cite_sha256),
        "blake3": _lines("blake3: lines", hashes.cite_blake3),
    }
)
"""By the name given to ``cite --style``; the first is the default."""
