r"""A citation as a biblatex entry (biblatex manual 2.1.1) and as a classic BibTeX one, in UTF-8.

Everything from the page is escaped: a title can neither end its field nor run a TeX command. Braces that are not in
pairs are written as commands, because BibTeX counts them even behind a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archivist.cite.dates import NO_DATE, date_parts, iso_day
from archivist.cite.evidence import captured_text, edit_text
from archivist.cite.keys import host_of_print, keyed
from archivist.cite.line import capitalised, one_line, sentences
from archivist.cite.links import plain_url, public_url
from archivist.model.citation import Citation, PersonName

__all__ = ["cite_biblatex", "cite_bibtex"]

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "%&$#_"},
    }
)
_PAIRED = str.maketrans({"{": r"\{", "}": r"\}"})
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=[?!])(?=`)")
"""Between signs that TeX fonts make into one: two hyphens into a dash, two apostrophes into a quotation mark."""
_EMPTY = "\ue004"
"""Stands for an empty group while the rest is escaped; a page cannot write it (``line.one_line``)."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
"""Names that every BibTeX style knows."""


def cite_biblatex(citations: Sequence[Citation]) -> str:
    """``@online`` entries, or ``@report`` for a document; one field a line."""
    return "\n\n".join(
        _entry("report" if each.kind == "report" else "online", key, _biblatex(each)) for key, each in keyed(citations)
    )


def cite_bibtex(citations: Sequence[Citation]) -> str:
    r"""``@misc`` entries with ``\url`` in ``howpublished``, for styles that know no addresses."""
    return "\n\n".join(_entry("misc", key, _bibtex(each)) for key, each in keyed(citations))


def _biblatex(citation: Citation) -> Mapping[str, str]:
    archive, original = public_url(citation.archive_url), plain_url(citation.url)
    body = {"report": "institution"}.get(citation.kind, "organization")
    # @report needs a type (biblatex manual 2.1.1).
    kind = {"type": "Report"} if citation.kind == "report" else {}
    return {
        "author": _authors(citation),
        "title": _title(citation),
        **kind,
        "date": iso_day(citation.published) or "",
        "year": "" if iso_day(citation.published) else NO_DATE,
        body: _escape(citation.publisher or citation.site_name or ""),
        "pagetotal": str(citation.page_count or ""),
        # Printed verbatim by biblatex; a plain address holds no brace and no backslash.
        "url": archive or original,
        "urldate": iso_day(citation.archived_at) or "",
        "note": f"Archived from {_escape(original)}" if archive else "",
        "addendum": _escape(_remarks(citation)),
    }


def _bibtex(citation: Citation) -> Mapping[str, str]:
    archive, original = public_url(citation.archive_url), plain_url(citation.url)
    year, month, *_ = (*map(str, date_parts(citation.published)), "", "")
    place = _escape(citation.publisher or citation.site_name or "")
    address = f"\\url{{{archive or original}}}"
    from_ = f"Archived from {original}. " if archive else ""
    return {
        "author": _authors(citation),
        "title": _title(citation),
        "howpublished": f"{place}, {address}" if place else address,
        "year": year or NO_DATE,
        "month": month,
        "note": _escape(from_ + _remarks(citation)),
    }


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name} = {_value(name, value)}," for name, value in fields.items() if value]
    return "\n".join((f"@{kind}{{{key},", *lines, "}"))


def _value(name: str, value: str) -> str:
    return _MONTHS[int(value) - 1] if name == "month" else f"{{{value}}}"


def _title(citation: Citation) -> str:
    """Doubled braces keep the capitals of the headline. A page without a title is called by its host."""
    return f"{{{_escape(citation.title or '') or _escape(f'Untitled page of {host_of_print(citation.url)}')}}}"


def _authors(citation: Citation) -> str:
    return " and ".join(map(_author, citation.authors))


def _author(name: PersonName) -> str:
    """``van der Berg, Jr., Anna``; a name that is not split stands in braces: BibTeX leaves it whole, too."""
    if name.family and name.given:
        return ", ".join(filter(None, map(_escape, (name.surname or "", name.suffix or "", name.given))))
    return f"{{{_escape(name.literal)}}}"


def _remarks(citation: Citation) -> str:
    contributors = ", ".join(one_line(name.literal) for name in citation.contributors)
    source = citation.linked_from
    return (
        sentences(
            (
                f"Updated {iso_day(citation.updated)}" if iso_day(citation.updated) else "",
                f"With contributions by {contributors}" if contributors else "",
                f"Linked from {plain_url(source.url)}" if source else "",
                f"Captured {captured_text(citation)}",
                capitalised(edit_text(citation.edit)) if citation.edit else "",
            )
        )
        + f" SHA-256 {citation.sha256}"
    )


def _escape(text: str) -> str:
    line = one_line(text)
    # Most readers know the short form; it is only safe where braces come in pairs.
    escapes = _ESCAPES | _PAIRED if _is_paired(line) else _ESCAPES
    return _LIGATURES.sub(_EMPTY, line).translate(escapes).replace(_EMPTY, "{}")


def _is_paired(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0
