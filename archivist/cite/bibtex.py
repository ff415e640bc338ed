r"""A citation as a biblatex ``@online`` entry (biblatex manual 2.1.1), in UTF-8.

Everything from the page is escaped: a title can neither end its field nor run a TeX command. Braces are written as
commands, because BibTeX counts them even behind a backslash.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from archivist.cite.dates import NO_DATE, date_parts, iso_day
from archivist.cite.line import one_line
from archivist.cite.links import plain_url, public_url
from archivist.cite.plain import version_text
from archivist.model.citation import Citation, PersonName

__all__ = ["cite_bibtex", "entry_key"]

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
_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})


def cite_bibtex(citation: Citation) -> str:
    """One entry, one field a line."""
    archive = public_url(citation.archive_url)
    original = plain_url(citation.url)
    fields = {
        "author": " and ".join(map(_author, citation.authors)),
        # Doubled braces keep the capitals of the headline.
        "title": f"{{{_escape(citation.title or citation.url)}}}",
        "date": iso_day(citation.published) or "",
        "year": "" if iso_day(citation.published) else NO_DATE,
        "organization": _escape(citation.site_name or ""),
        # Printed verbatim by biblatex; a plain address holds no brace and no backslash.
        "url": archive or original,
        "urldate": iso_day(citation.archived_at) or "",
        "note": f"Archived from {_escape(original)}" if archive else "",
        "addendum": _escape(f"Captured {citation.archived_at} ({version_text(citation)}). SHA-256 {citation.sha256}"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@online{{{entry_key(citation)},", *lines, "}"))


def entry_key(citation: Citation) -> str:
    """``quill2023``: family name, or the name of the site or host, and the year."""
    author = citation.authors[0] if citation.authors else None
    names = (
        (author.family or author.literal) if author else "",
        citation.site_name or "",
        _host(citation.url),
    )
    name = next((ascii_name for ascii_name in map(_ascii, names) if ascii_name), "article")
    year = date_parts(citation.published)[:1]
    return f"{name[:40]}{year[0] if year else 'nd'}"


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an unclosed bracket
        return ""


def _author(name: PersonName) -> str:
    """``Quill, Mara``; a name that is not split stands in braces, so that BibTeX does not split it either."""
    if name.family and name.given:
        return f"{_escape(name.family)}, {_escape(name.given)}"
    return f"{{{_escape(name.literal)}}}"


def _escape(text: str) -> str:
    return one_line(text).translate(_ESCAPES)


def _ascii(text: str) -> str:
    spelled = unicodedata.normalize("NFKD", text.lower().translate(_SPELLED))
    return re.sub(r"[^a-z0-9]", "", spelled)
