"""PDF documents: what they say of themselves, and the text of their pages in paragraphs.

pdfium is a large C++ program reading hostile bytes: this module is to be run in a child process with limits of time
and memory (``archivist.sandbox``).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from archivist.extract.pdf_fields import INFO, pdf_date, settled_fields
from archivist.extract.pdf_file import Data, document_xmp, is_cut, mended, no_pdf, updates_of
from archivist.extract.pdf_parts import (
    Overlay,
    add_attachments,
    is_picture,
    read_overlay,
    signatures_of,
    wide_text,
)
from archivist.extract.pdf_text import Line, body_size, is_heading, leading_of, lines_of, paragraphs_of, vocabulary
from archivist.model.article import Document, Link, Page

__all__ = ["pdf_date", "read_pdf"]

MEDIA_TYPE: Final = "application/pdf"
MAX_LABEL: Final = 50
"""Characters of what a page is called."""
MAX_DAMAGED: Final = 20
"""Damaged pages that are named; more are counted."""


def read_pdf(
    data: Data,
    *,
    url: str,
    sha256: str,
    media_type: str = MEDIA_TYPE,
    max_pages: int = 2_000,
    max_text: int = 5_000_000,
    is_late: Callable[[], bool] = lambda: False,
) -> Document:
    """The document as far as it can be read; what cannot is a problem, never an exception.

    Args:
        data: the PDF.
        url: its address.
        sha256: of its payload as stored.
        media_type: as declared.
        max_pages: pages whose text is read.
        max_text: characters of text that are kept.
        is_late: no more pages are read once this is true.
    """
    import pypdfium2  # noqa: PLC0415  # heavy, and wanted only here

    def unreadable(problem: str, *, is_locked: bool = False) -> Document:
        return Document(
            url=url,
            sha256=sha256,
            media_type=media_type,
            problems=(problem,),
            is_encrypted=is_locked,
            is_locked=is_locked,
        )

    problem = no_pdf(data)
    if problem is not None:
        return unreadable(problem)
    try:
        pdf = _opened(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return unreadable("the PDF is encrypted and cannot be read without its password", is_locked=True)
        return unreadable("the PDF is damaged and cannot be read")
    try:
        return _read(_Open(pdf, data, url, max_pages, max_text, is_late), sha256=sha256, media_type=media_type)
    finally:
        pdf.close()


def _opened(data: Data) -> Any:  # noqa: ANN401  # pypdfium2 has no types
    """The document, with its end put back where it was cut off."""
    import pypdfium2  # noqa: PLC0415  # as above

    try:
        return pypdfium2.PdfDocument(_held(data))
    except pypdfium2.PdfiumError:
        for attempt in mended(data):
            try:
                return pypdfium2.PdfDocument(attempt)
            except pypdfium2.PdfiumError:
                continue
        raise


def _held(data: Data) -> Any:  # noqa: ANN401  # what pypdfium2 takes without copying it
    return data if isinstance(data, bytes) else (ctypes.c_char * len(data)).from_buffer(data)


@dataclass(frozen=True, slots=True)
class _Open:
    """A document that pdfium has opened, and the bounds of reading it."""

    pdf: Any
    data: Data
    url: str
    max_pages: int
    max_text: int
    is_late: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One page before its lines are joined."""

    lines: Sequence[Line] = ()
    links: tuple[Link, ...] = ()
    is_scanned: bool = False


def _read(opened: _Open, *, sha256: str, media_type: str) -> Document:
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    pdf, data = opened.pdf, opened.data
    pdf.init_forms()
    problems: list[str] = ["the file ends too early: the end of it was cut off or damaged"] if is_cut(data) else []
    overlay = Overlay()
    sheets = list(_sheets(opened, overlay, problems))
    lines = [sheet.lines for sheet in sheets]
    add_attachments(pdf, overlay, problems)
    words, body, leading = vocabulary(lines), body_size(lines), leading_of(lines)
    pages = [tuple(paragraphs_of(each, words=words, leading=leading)) for each in lines]
    if pages and not any(pages):
        problems.append(_without_text(sheets))
    is_encrypted = pdfium.FPDF_GetSecurityHandlerRevision(pdf) != -1
    version = pdf.get_version()
    return Document(
        url=opened.url,
        sha256=sha256,
        media_type=media_type,
        page_count=len(pdf),
        version=f"{version // 10}.{version % 10}" if version else None,
        is_encrypted=is_encrypted,
        updates=updates_of(data),
        annotations=overlay.annotations,
        fields=settled_fields(
            _info(pdf),
            document_xmp(data),
            declared_language=wide_text(pdfium.FPDFCatalog_GetLanguage, pdf),
            pages=pages,
            body=body,
        ),
        pages=tuple(
            Page(
                number=number,
                paragraphs=tuple(each.text for each in page),
                label=_label(pdf, number),
                headings=tuple(n for n, each in enumerate(page) if is_heading(each, body=body)),
                links=sheet.links,
                is_scanned=sheet.is_scanned,
            )
            for number, (sheet, page) in enumerate(zip(sheets, pages, strict=True), start=1)
        ),
        form_fields=tuple(overlay.form_fields.values()),
        signatures=tuple(signatures_of(pdf, data, is_encrypted=is_encrypted)),
        attachments=tuple(overlay.attachments),
        problems=tuple(problems),
    )


def _without_text(sheets: Sequence[_Sheet]) -> str:
    if any(sheet.is_scanned for sheet in sheets):
        return "no page holds text: the document is probably scanned"
    return "no page holds text"


def _info(pdf: Any) -> dict[str, str]:  # noqa: ANN401  # pypdfium2 has no types
    values: dict[str, str] = {}
    for key, _ in INFO:
        try:
            values[key] = str(pdf.get_metadata_value(key))
        except (ValueError, UnicodeError):
            continue
    return values


def _label(pdf: Any, number: int) -> str | None:  # noqa: ANN401  # pypdfium2 has no types
    """What the document calls the page (ISO 32000-1, 12.4.2), where that is not its number."""
    try:
        label = " ".join(str(pdf.get_page_label(number - 1))[:MAX_LABEL].split())
    except (ValueError, UnicodeError):
        return None
    return label if label and label != str(number) else None


def _sheets(opened: _Open, overlay: Overlay, problems: list[str]) -> Iterator[_Sheet]:
    import pypdfium2  # noqa: PLC0415  # as above

    left, count = opened.max_text, len(opened.pdf)
    damaged: list[int] = []
    for index in range(min(count, opened.max_pages)):
        if left <= 0:
            problems.append(f"only the first {opened.max_text} characters were read")
            break
        if opened.is_late():
            problems.append(f"only the first {index} of {count} pages were read: there was no more time")
            break
        try:
            sheet = _sheet(opened, index, left, overlay)
        except pypdfium2.PdfiumError:
            damaged.append(index + 1)
            sheet = _Sheet()
        left -= sum(len(line.text) for line in sheet.lines)
        yield sheet
    problems += [f"page {number} is damaged and could not be read" for number in damaged[:MAX_DAMAGED]]
    if len(damaged) > MAX_DAMAGED:
        problems.append(f"{len(damaged) - MAX_DAMAGED} more pages are damaged and could not be read")
    if count > opened.max_pages:
        problems.append(f"only the first {opened.max_pages} of {count} pages were read")


def _sheet(opened: _Open, index: int, limit: int, overlay: Overlay) -> _Sheet:
    page = opened.pdf[index]
    try:
        text_page = page.get_textpage()
        try:
            lines = lines_of(text_page, limit)
            links = read_overlay(page, text_page, overlay, base_url=opened.url)
            return _Sheet(lines=lines, links=links, is_scanned=not lines and is_picture(page))
        finally:
            text_page.close()
    finally:
        page.close()
