"""PDF documents: what their Info says, and the text of their pages in paragraphs.

pdfium is a large C++ program reading hostile bytes: this module is to be run in a child process with limits of time
and memory (``archivist.sandbox``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, BinaryIO, Final

from archivist.model.article import MAX_EVIDENCE, Claim, Document, Evidence, FieldName, Page, Settled

__all__ = ["pdf_date", "read_pdf"]

MEDIA_TYPE: Final = "application/pdf"
MAX_FIELD: Final = 2_000
"""Characters of one Info value; longer ones are padding or an attack."""

_INFO: Final[tuple[tuple[str, FieldName], ...]] = (
    ("Title", "title"),
    ("Author", "authors"),
    ("Subject", "description"),
    ("Keywords", "keywords"),
    ("Producer", "producer"),
    ("CreationDate", "published"),
    ("ModDate", "updated"),
)
_DATE: Final = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?", re.ASCII
)
WIDE_STEP: Final = 1.35
"""Times the usual step from line to line: a wider one begins a paragraph."""
SIZE_CHANGE: Final = 0.08
"""Share of the type size: a larger change begins a paragraph."""
_SPLIT_WORD: Final = re.compile(r"[^\W\d_]-$")
_HEADER: Final = b"%PDF-"
_HEADER_WITHIN: Final = 1024
"""ISO 32000-1 Annex H, implementation note 13: the header may stand anywhere within the first 1024 bytes."""


def read_pdf(
    file: BinaryIO | bytes,
    *,
    url: str,
    sha256: str,
    media_type: str = MEDIA_TYPE,
    max_pages: int = 2_000,
    max_text: int = 5_000_000,
) -> Document:
    """The document as far as it can be read; what cannot is a problem, never an exception.

    Args:
        file: the PDF.
        url: its address.
        sha256: of its payload as stored.
        media_type: as declared.
        max_pages: pages whose text is read.
        max_text: characters of text that are kept.
    """
    import pypdfium2  # noqa: PLC0415  # heavy, and wanted only here

    def unreadable(problem: str) -> Document:
        return Document(url=url, sha256=sha256, media_type=media_type, problems=(problem,))

    head = file[:_HEADER_WITHIN] if isinstance(file, bytes) else file.read(_HEADER_WITHIN)
    if _HEADER not in head:
        return unreadable(_no_pdf(head))
    if not isinstance(file, bytes):
        file.seek(0)
    try:
        pdf = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        return unreadable(_why(str(error)))
    try:
        problems: list[str] = []
        pages = tuple(_pages(pdf, max_pages=max_pages, max_text=max_text, problems=problems))
        if pages and not any(page.paragraphs for page in pages):
            problems.append("no page holds text: the document is probably scanned")
        return Document(
            url=url,
            sha256=sha256,
            media_type=media_type,
            page_count=len(pdf),
            fields=_fields(pdf),
            pages=pages,
            problems=tuple(problems),
        )
    finally:
        pdf.close()


def _no_pdf(head: bytes) -> str:
    if not head:
        return "the document is empty"
    if head.lstrip()[:1] == b"<":
        return "the document is a web page, not a PDF"
    return "the document is no PDF"


def _why(error: str) -> str:
    if "password" in error.lower():
        return "the PDF is encrypted and cannot be read without its password"
    return "the PDF is damaged and cannot be read"


def _fields(pdf: Any) -> dict[str, Settled]:  # noqa: ANN401  # pypdfium2 has no types
    fields: dict[str, Settled] = {}
    for key, name in _INFO:
        try:
            raw = str(pdf.get_metadata_value(key))[:MAX_FIELD]
        except (ValueError, UnicodeError):
            continue
        value = pdf_date(raw) if name in {"published", "updated"} else " ".join(raw.split())
        if value:
            evidence = Evidence(witness="pdf-info", at=key, text=raw[:MAX_EVIDENCE])
            fields[name] = Settled(values=(Claim(value=value, evidence=evidence),))
    return fields


def pdf_date(text: str) -> str | None:
    """A PDF date (ISO 32000-1, 7.9.4) as ISO 8601 with the precision and zone it has; None where it is none."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second, zulu, sign, zone_hour, zone_minute = found.groups()
    date = "-".join(part for part in (year, month, day) if part)
    if day is None or hour is None:
        return date
    zone = "Z" if zulu else f"{sign}{zone_hour}:{zone_minute or '00'}" if sign else ""
    return f"{date}T{hour}:{minute or '00'}{':' + second if second else ''}{zone}"


def _pages(pdf: Any, *, max_pages: int, max_text: int, problems: list[str]) -> Iterator[Page]:  # noqa: ANN401
    import pypdfium2  # noqa: PLC0415  # as above

    left = max_text
    for index in range(min(len(pdf), max_pages)):
        if left <= 0:
            problems.append(f"only the first {max_text} characters were read")
            return
        try:
            lines = _lines(pdf, index, left)
        except pypdfium2.PdfiumError:
            problems.append(f"page {index + 1} is damaged and could not be read")
            lines = []
        left -= sum(len(line.text) for line in lines)
        yield Page(number=index + 1, paragraphs=tuple(_paragraphs(lines)))
    if len(pdf) > max_pages:
        problems.append(f"only the first {max_pages} of {len(pdf)} pages were read")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text as set."""

    text: str
    top: float
    """Of its first letter, in points from the bottom of the page."""
    size: float
    """Of its type, in points."""


def _lines(pdf: Any, index: int, limit: int) -> list[_Line]:  # noqa: ANN401  # pypdfium2 has no types
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    page = pdf[index]
    try:
        text_page = page.get_textpage()
        try:
            found, at = [], 0
            for text in text_page.get_text_range(0, min(text_page.count_chars(), limit)).split("\r\n"):
                visible = len(text) - len(text.lstrip())
                if text.strip():
                    place = at + visible
                    top = text_page.get_charbox(place, loose=True)[3]
                    found.append(_Line(text, top, pdfium.FPDFText_GetFontSize(text_page, place)))
                at += len(text) + 2
            return found
        finally:
            text_page.close()
    finally:
        page.close()


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    """The lines joined where they stand as close as most do and are set in one size."""
    steps = [above.top - below.top for above, below in pairwise(lines)]
    usual = median([step for step in steps if step > 0] or [0.0])
    kept: list[str] = []
    for step, above, line in zip([0.0, *steps], [None, *lines], lines, strict=False):
        if above is not None and _is_break(step, usual, above, line):
            yield _joined(kept)
            kept = []
        kept.append(line.text)
    if kept:
        yield _joined(kept)


def _is_break(step: float, usual: float, above: _Line, line: _Line) -> bool:
    is_far = step < -line.size or step > usual * WIDE_STEP
    return is_far or abs(above.size - line.size) > SIZE_CHANGE * max(above.size, line.size)


def _joined(lines: list[str]) -> str:
    """One paragraph: hyphens at line ends undone, white space folded."""
    text = ""
    for line in lines:
        stripped = " ".join(line.replace("\ufffe", "-").split())
        if _SPLIT_WORD.search(text) and stripped[:1].islower():
            text = text[:-1] + stripped
        else:
            text = f"{text} {stripped}" if text else stripped
    return text
