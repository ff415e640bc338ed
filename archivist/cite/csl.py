"""A citation as CSL-JSON (citationstyles.org, schema csl-data 1.0), for reference managers; and the same as YAML."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from archivist.cite.dates import date_parts, iso_day
from archivist.cite.evidence import captured_text, edit_text
from archivist.cite.keys import keyed
from archivist.cite.line import one_line
from archivist.cite.links import plain_url, public_url
from archivist.model.citation import Citation, CitationKind, PersonName
from archivist.model.json import Json, JsonObject, without_nothing

__all__ = ["cite_csl", "cite_yaml", "csl_items"]

_TYPES: Mapping[CitationKind, str] = MappingProxyType(
    {"article": "article-newspaper", "page": "webpage", "report": "report"}
)


def cite_csl(citations: Sequence[Citation]) -> str:
    """A JSON list, as reference managers import it."""
    return json.dumps(csl_items(citations), ensure_ascii=False, indent=2)


def cite_yaml(citations: Sequence[Citation]) -> str:
    """CSL data as YAML, under ``references`` as Pandoc and Quarto read them."""
    import yaml  # noqa: PLC0415  # only for this style

    return yaml.safe_dump(
        {"references": csl_items(citations)}, allow_unicode=True, sort_keys=False, width=1_000
    ).rstrip()


def csl_items(citations: Sequence[Citation]) -> list[JsonObject]:
    """One item each, with different ids."""
    return [_item(citation, key) for key, citation in keyed(citations)]


def _item(citation: Citation, key: str) -> JsonObject:
    """``issued`` is absent where the page gives no date: styles then print "n.d."."""
    archive = public_url(citation.archive_url)
    return without_nothing(
        {
            "id": key,
            "type": _TYPES[citation.kind],
            "title": one_line(citation.title or ""),
            "author": [_name(author) for author in citation.authors],
            "contributor": [_name(name) for name in citation.contributors],
            "container-title": one_line(citation.site_name or ""),
            "publisher": one_line(citation.publisher or ""),
            "number-of-pages": citation.page_count,
            "issued": _date(citation.published),
            "accessed": _date(citation.archived_at),
            # The copy is what is cited; CSL has no variable for a second address.
            "URL": archive or plain_url(citation.url),
            "archive": one_line(citation.archive_name or "") if archive else None,
            "archive_location": archive,
            "language": one_line(citation.language or ""),
            "note": _note(citation, is_public=archive is not None),
        }
    )


def _name(name: PersonName) -> Json:
    if not (name.family and name.given):
        return {"literal": one_line(name.literal)}
    return without_nothing(
        {
            "family": one_line(name.family),
            "given": one_line(name.given),
            "non-dropping-particle": one_line(name.particle or ""),
            "suffix": one_line(name.suffix or ""),
        }
    )


def _date(date: str | None) -> Json:
    parts: list[Json] = [*date_parts(date)]
    return {"date-parts": [parts]} if parts else None


def _note(citation: Citation, *, is_public: bool) -> str:
    """One ``name: value`` a line, the form that reference managers read back from a note."""
    lines = {
        "original-url": plain_url(citation.url) if is_public else "",
        "updated": iso_day(citation.updated),
        "linked-from": plain_url(citation.linked_from.url) if citation.linked_from else "",
        "captured": captured_text(citation),
        "edit": edit_text(citation.edit) if citation.edit else "",
        "sha256": citation.sha256,
        "blake3": citation.blake3,
        "snapshot": citation.snapshot_id,
    }
    return "\n".join(f"{name}: {value}" for name, value in lines.items() if value)
