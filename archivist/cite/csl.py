"""A citation as CSL-JSON (citationstyles.org, schema csl-data 1.0), for reference managers."""

from __future__ import annotations

import json
from collections.abc import Mapping

from archivist.cite.bibtex import entry_key
from archivist.cite.dates import date_parts
from archivist.cite.line import one_line
from archivist.cite.links import plain_url, public_url
from archivist.cite.plain import version_text
from archivist.model.citation import Citation, PersonName
from archivist.model.json import Json, JsonObject, without_nothing

__all__ = ["cite_csl", "csl_item"]


def cite_csl(citation: Citation) -> str:
    """A JSON list with one item, as reference managers import it."""
    return json.dumps([csl_item(citation)], ensure_ascii=False, indent=2)


def csl_item(citation: Citation) -> JsonObject:
    """One item. ``issued`` is absent where the page gives no date: styles then print "n.d."."""
    archive = public_url(citation.archive_url)
    original = plain_url(citation.url)
    return without_nothing(
        {
            "id": entry_key(citation),
            "type": "article-newspaper",
            "title": one_line(citation.title or ""),
            "author": [_name(author) for author in citation.authors],
            "container-title": one_line(citation.site_name or ""),
            "issued": _date(citation.published),
            "accessed": _date(citation.archived_at),
            # The copy is what is cited; CSL has no variable for a second address.
            "URL": archive or original,
            "archive": one_line(citation.archive_name or "") if archive else None,
            "archive_location": archive,
            "language": citation.language,
            "note": _note(citation, {"original-url": original if archive else ""}),
        }
    )


def _name(name: PersonName) -> Json:
    if name.family and name.given:
        return {"family": one_line(name.family), "given": one_line(name.given)}
    return {"literal": one_line(name.literal)}


def _date(date: str | None) -> Json:
    parts: list[Json] = [*date_parts(date)]
    return {"date-parts": [parts]} if parts else None


def _note(citation: Citation, first: Mapping[str, str]) -> str:
    """One ``name: value`` a line, the form that reference managers read back from a note."""
    lines = {
        **first,
        "captured": f"{citation.archived_at} ({version_text(citation)})",
        "sha256": citation.sha256,
        "blake3": citation.blake3,
        "snapshot": citation.snapshot_id,
    }
    return "\n".join(f"{name}: {value}" for name, value in lines.items() if value)
