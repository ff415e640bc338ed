"""What a PDF says of itself: its Info dictionary, its XMP, its language, and the title on its first page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from archivist.extract.claims import Found, claim
from archivist.extract.dates import machine_date
from archivist.extract.languages import agree, language_of
from archivist.extract.link_rel import is_language
from archivist.extract.pdf_text import Paragraph
from archivist.extract.settle import TABLE, Rule, settle_by
from archivist.extract.xmp import Properties
from archivist.model.article import Claim, FieldName, Settled

__all__ = ["INFO", "pdf_date", "settled_fields"]

MAX_FIELD: Final = 2_000
"""Characters of one value; longer ones are padding or an attack."""
MUCH_LARGER: Final = 1.4
"""Times the size of the running text: a title is set at least so large."""
MAX_TITLE_PARAGRAPHS: Final = 12
"""Paragraphs of the first page among which a title is looked for."""

INFO: Final[tuple[tuple[str, FieldName], ...]] = (
    ("Title", "title"),
    ("Author", "authors"),
    ("Subject", "description"),
    ("Keywords", "keywords"),
    ("Creator", "creator_tool"),
    ("Producer", "producer"),
    ("CreationDate", "published"),
    ("ModDate", "updated"),
)
"""ISO 32000-1, table 317."""
_XMP: Final[tuple[tuple[str, FieldName], ...]] = (
    ("dc:title", "title"),
    ("dc:creator", "authors"),
    ("dc:description", "description"),
    ("pdf:Keywords", "keywords"),
    ("dc:subject", "keywords"),
    ("xmp:CreatorTool", "creator_tool"),
    ("pdf:Producer", "producer"),
    ("xmp:CreateDate", "published"),
    ("xmp:ModifyDate", "updated"),
    ("dc:language", "language"),
)
_DATES: Final = frozenset({"published", "updated"})
_STATED: Final = TABLE["producer"]
_RULES: Final[Mapping[FieldName, Rule]] = {
    **{name: _STATED for _, name in INFO},
    "title": replace(_STATED, witnesses=("pdf-info", "pdf-xmp", "pdf-text", "pdf-file-name")),
    "authors": replace(_STATED, is_list=True),
    "keywords": replace(_STATED, is_list=True),
    "language": Rule(
        witnesses=("pdf-catalog", "pdf-xmp", "pdf-text"),
        reason="what the document declares says the country, too",
    ),
}
_CONTRADICTED: Final = Rule(
    witnesses=("pdf-text", "pdf-catalog", "pdf-xmp"),
    reason="word processors declare the language that they were installed in",
)
_DATE: Final = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)(?:00'?(?:00'?)?)?|([+-])(\d\d)'?(\d\d)?'?)?", re.ASCII
)
_PLACEHOLDER: Final = frozenset("untitled unspecified anonymous unknown none null title author".split())
"""What programs write where nobody said anything."""
_FILE_NAME: Final = re.compile(
    r"Microsoft (?:Word|PowerPoint|Excel|Publisher) - .*"
    r"|.*\.(?:do[ct][xm]?|odt|rtf|pptx?|xlsx?|indd|qx[pd]|pub|tex|dvi|pages|pdf|ps|fm)",
    re.IGNORECASE | re.DOTALL,
)
"""What programs write into the title of their own accord."""


def pdf_date(text: str) -> str | None:
    """A PDF date (ISO 32000-1, 7.9.4) as ISO 8601 with the precision and zone it has; None where it is none."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, zulu, sign, zone_hour, zone_minute = found.groups()
    date = "-".join(part for part in (year, month, day) if part)
    if day is None or hour is None:
        return date if _is_date(date) else None
    zone = "Z" if zulu else f"{sign}{zone_hour}:{zone_minute or '00'}" if sign else ""
    value = f"{date}T{hour}:{minute or '00'}{':' + second if second else ''}{zone}"
    return value if _is_date(value) else date if _is_date(date) else None


def _is_date(value: str) -> bool:
    missing = {4: "-01-01", 7: "-01"}.get(len(value), "")
    try:
        datetime.fromisoformat(value + missing)
    except ValueError:
        return False
    return True


def settled_fields(
    info: Mapping[str, str],
    xmp: Properties,
    *,
    declared_language: str,
    pages: Sequence[Sequence[Paragraph]],
    body: float,
) -> dict[str, Settled]:
    """The fields, each settled between the witnesses that know it.

    Args:
        info: the Info dictionary, by key.
        xmp: the document's own packet.
        declared_language: ``/Lang`` of the catalog.
        pages: the text.
        body: the size that most of it is set in.
    """
    claims: dict[FieldName, list[Claim]] = {}
    for name, said in (
        *_info_claims(info, xmp),
        *_xmp_claims(xmp),
        *_title_on_page(pages, body),
        *_language_claims(declared_language, pages),
    ):
        claims.setdefault(name, []).append(said)
    return {name: settle_by(_rule_of(name, said), said) for name, said in claims.items()}


def _info_claims(info: Mapping[str, str], xmp: Properties) -> Iterator[Found]:
    for key, name in INFO:
        raw = info.get(key, "")[:MAX_FIELD]
        text = " ".join(raw.split())
        witness = "pdf-file-name" if name == "title" and _FILE_NAME.fullmatch(text) else "pdf-info"
        for value in _authors(text, xmp) if name == "authors" else (pdf_date(raw) if name in _DATES else text,):
            if value and not _is_placeholder(value):
                yield name, claim(value, witness=witness, at=key, text=raw)


def _authors(text: str, xmp: Properties) -> Sequence[str]:
    """The one string of Info as the names that XMP has one by one (ISO 16684-1, 8.3: XMP has them as a list)."""
    names = xmp.get("dc:creator", ())
    return names if len(names) > 1 and all(name in text for name in names) else (text,)


def _xmp_claims(xmp: Properties) -> Iterator[Found]:
    for key, name in _XMP:
        for raw in xmp.get(key, ()):
            value = machine_date(raw) if name in _DATES else _language(raw) if name == "language" else raw[:MAX_FIELD]
            if value and not _is_placeholder(value):
                is_name = name == "title" and _FILE_NAME.fullmatch(value)
                yield name, claim(value, witness="pdf-file-name" if is_name else "pdf-xmp", at=key, text=raw)


def _is_placeholder(value: str) -> bool:
    return value.strip("()[]<>- ").lower() in _PLACEHOLDER


def _title_on_page(pages: Sequence[Sequence[Paragraph]], body: float) -> Iterator[Found]:
    """The one paragraph near the top of the first page that is set much larger than the text."""
    first = [(number, each) for number, each in enumerate(pages[0][:MAX_TITLE_PARAGRAPHS])] if pages else []
    large = [(number, each) for number, each in first if each.size >= MUCH_LARGER * body > 0]
    largest = max((each.size for _, each in large), default=0.0)
    titles = [(number, each.text) for number, each in large if each.size == largest]
    if len(titles) == 1 and " " in titles[0][1] and len(titles[0][1]) <= MAX_FIELD // 10:
        number, text = titles[0]
        yield "title", claim(text, witness="pdf-text", at=f"page 1, paragraph {number + 1}")


def _language_claims(declared: str, pages: Sequence[Sequence[Paragraph]]) -> Iterator[Found]:
    if value := _language(declared):
        yield "language", claim(value, witness="pdf-catalog", at="Lang", text=declared)
    text = " ".join(each.text for page in pages[:20] for each in page)
    if code := language_of(text):
        yield "language", claim(code, witness="pdf-text", at="all pages", text=text)


def _language(text: str) -> str | None:
    value = text.strip().replace("_", "-")
    return value if is_language(value) else None


def _rule_of(name: FieldName, claims: Sequence[Claim]) -> Rule:
    if name != "language":
        return _RULES[name]
    read = [said.value for said in claims if said.evidence.witness == "pdf-text"]
    declared = [said.value for said in claims if said.evidence.witness != "pdf-text"]
    return _CONTRADICTED if read and declared and not agree(read[0], declared[0]) else _RULES[name]
