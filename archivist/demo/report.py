"""The documents that the Courier's article links: the safety report in two versions, a letter, and the privacy notice.

Version 2 of the report differs from version 1 by two numbers on page 2, a sentence gone from page 3, and a page added.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Final

from archivist.demo.pdf import Line, Page, document

__all__ = ["REMOVED_SENTENCE", "letter", "privacy_notice", "safety_report"]

_AUTHORITY: Final = "Saltmere Harbour Authority"
_TITLE: Final = "Annual Safety Report 2026"

REMOVED_SENTENCE: Final = "In the year before, Quay 4 had 14 days above the limit."
"""It stands on page 3 of version 1 only."""

_FRONT: Final = (
    "This report covers the twelve months to 30 September 2026.",
    "It is made under section 12 of the Harbour Order and is laid before",
    "the town council of Saltmere. It has two parts: cranes and air.",
    "",
    "Questions: Office of the Harbour Master, Quay 1, Saltmere.",
)
_CRANES: Final = (
    "The harbour has 23 cranes. Each is inspected once in twelve months.",
    "In the period of this report nine cranes worked after the date of",
    "their inspection had passed. Crane 7 (Quay 4) worked for 77 days.",
    "The cause is a lack of inspectors: two of three posts were empty.",
    "Crane 7 was taken out of service on 2 September 2026.",
)
_AIR: Final = (
    "Sulphur dioxide, permit limit 350 µg/m³ as an hourly mean.",
    "Quay 1: 3 days above the limit, highest reading 361 µg/m³.",
    "Quay 2: 6 days above the limit, highest reading 377 µg/m³.",
    "Quay 4: 31 days above the limit, highest reading 412 µg/m³.",
    REMOVED_SENTENCE,
)
_OUTLOOK: Final = (
    "Shore power on Quay 4 is expected in the autumn of 2027.",
    "Certificates are posted at the gate every Friday.",
    "The next report is due in November 2027.",
)
_METHOD: Final = (
    "A crane is counted from the day on which its work was reviewed.",
    "Days on which it lifted nothing are left out.",
    "The count was reviewed in November 2026.",
)


def _page(title: str, lines: tuple[str, ...]) -> Page:
    return Page(lines=(Line(text=title, size=18, bold=True), Line(), *(Line(text=line) for line in lines)))


@cache
def safety_report(version: int) -> bytes:
    """The report as a PDF: version 1 has four pages, version 2 has five."""
    cranes: tuple[str, ...] = _CRANES
    air: tuple[str, ...] = _AIR
    if version > 1:
        cranes = tuple(line.replace("nine cranes", "seven cranes").replace("77 days", "54 days") for line in _CRANES)
        air = tuple(line for line in _AIR if line != REMOVED_SENTENCE)
    pages = [
        _page(_TITLE, _FRONT),
        _page("1 Cranes", cranes),
        _page("2 Air", air),
        _page("3 Outlook", _OUTLOOK),
    ]
    if version > 1:
        pages.append(_page("4 How days are counted", _METHOD))
    return document(
        tuple(pages),
        title=_TITLE,
        author=_AUTHORITY,
        created=datetime.fromisoformat("2026-11-16T14:00:00+01:00"),
        modified=datetime.fromisoformat(
            "2026-11-16T14:00:00+01:00" if version == 1 else "2026-11-19T17:58:12+01:00",
        ),
    )


@cache
def letter() -> bytes:
    """A letter of one page, served at an address that does not end in ``.pdf``."""
    lines = (
        "To the town council of Saltmere",
        "",
        "A crane without a certificate is locked at its switchboard.",
        "The inspection office reports to the harbour master.",
        "The dates are posted at the gate every Friday.",
        "",
        "Marguerite Oyelaran, harbour master",
    )
    written = datetime.fromisoformat("2026-11-13T10:30:00+01:00")
    return document((_page("Letter 4711", lines),), title="Letter 4711", author=_AUTHORITY, created=written)


@cache
def privacy_notice() -> bytes:
    """The notice that every page links in its footer: not a document of any article."""
    lines = ("The Courier counts its readers and remembers none of them.",)
    written = datetime.fromisoformat("2025-01-02T09:00:00+01:00")
    return document((_page("Privacy", lines),), title="Privacy notice", author="The Harbour Courier", created=written)
