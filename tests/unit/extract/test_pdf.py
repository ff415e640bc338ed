"""PDF documents, whole and otherwise."""

from __future__ import annotations

import mmap
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.demo.pdf import Line, Page, document
from archivist.demo.report import safety_report
from archivist.extract.pdf import pdf_date, read_pdf
from archivist.model.article import Document

URL = "https://courier.example/report.pdf"
DIGEST = "0" * 64
MOMENT = datetime(2026, 11, 16, 14, tzinfo=UTC)
LINES = (
    Line(text="Report on cranes", size=18, bold=True),
    Line(),
    Line(text="Nine of 23 cranes were kept at work after their"),
    Line(text="yearly inspection had run out. Nobody on the board"),
    Line(text="could say why, or who had"),
    Line(text="signed for it."),
    Line(),
    Line(text="The register knew it."),
)

PARAGRAPH = (
    "Nine of 23 cranes were kept at work after their yearly inspection had run out. "
    "Nobody on the board could say why, or who had signed for it."
)


def made(*pages: tuple[Line, ...]) -> bytes:
    """A PDF of these pages."""
    return document(tuple(Page(lines=lines) for lines in pages), title="Cranes", author="The Board", created=MOMENT)


def read(data: bytes, **limits: int) -> Document:
    """The document read from bytes."""
    return read_pdf(data, url=URL, sha256=DIGEST, media_type="application/pdf", **limits)


WHOLE = made(LINES, (Line(text="Second page."),))


def test_a_document_is_read() -> None:
    """Its Info and its pages are there, and the lines of a paragraph are joined."""
    found = read(WHOLE)

    assert (URL, DIGEST, 2, ()) == (found.url, found.sha256, found.page_count, found.problems)
    assert ("Cranes", "The Board", "Courier Press 1.0") == tuple(
        found.value(name) for name in ("title", "authors", "producer")
    )
    assert found.value("published") == "2026-11-16T14:00:00+00:00"
    assert [page.paragraphs for page in found.pages] == [
        (
            "Report on cranes",
            PARAGRAPH,
            "The register knew it.",
        ),
        ("Second page.",),
    ]


def test_evidence_names_the_key() -> None:
    """A field of Info says which key it was read from."""
    [claim] = read(WHOLE).fields["authors"].values

    assert ("pdf-info", "Author", "The Board") == (claim.evidence.witness, claim.evidence.at, claim.evidence.text)


def test_a_file_is_read_as_its_bytes(tmp_path: Path) -> None:
    """A file that is mapped into memory gives the same reading."""
    path = tmp_path / "a.pdf"
    path.write_bytes(WHOLE)
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)

    assert read(WHOLE) == read_pdf(mapped, url=URL, sha256=DIGEST, media_type="application/pdf")


@pytest.mark.parametrize("version", [1, 2])
def test_the_demo_report(version: int) -> None:
    """Both versions are read page by page without a problem."""
    found = read(safety_report(version))

    assert found.problems == ()
    assert found.page_count == len(found.pages) > 1
    assert all(page.paragraphs for page in found.pages)


def encrypted() -> bytes:
    """The same file with an encryption dictionary that no empty password opens (ISO 32000-1 7.6.3)."""
    keys = b"/Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"00" * 32 + b"> /U <" + b"11" * 32 + b">"
    return WHOLE.replace(b"/Root 1 0 R", b"/Encrypt << " + keys + b" >> /Root 1 0 R")


BAD = {
    "empty": (b"", "the document is empty"),
    "html": (b"\n <!DOCTYPE html><title>Not found</title>", "the document is a web page, not a PDF"),
    "text": (b"Not found", "the document is no PDF"),
    "head only": (b"%PDF-1.7\n", "the PDF is damaged and cannot be read"),
    "encrypted": (encrypted(), "the PDF is encrypted and cannot be read without its password"),
    "late header": (b" " * 2_000 + WHOLE, "the document is no PDF"),
}


@pytest.mark.parametrize(("data", "problem"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_says_why(data: bytes, problem: str) -> None:
    """There is a document without pages, and one problem."""
    found = read(data)

    assert (None, (), {}, (problem,)) == (found.page_count, found.pages, dict(found.fields), found.problems)


def test_a_locked_document_says_so() -> None:
    """Whoever has the password can read it; we cannot."""
    found = read(encrypted())

    assert (True, True) == (found.is_encrypted, found.is_locked)
    assert found == Document.from_json(found.to_json())


def test_a_header_may_come_late() -> None:
    """Up to 1024 bytes may stand before it (ISO 32000-1 Annex H)."""
    assert read(b"\n" * 500 + WHOLE).problems == ()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_cut_documents_are_read_or_told(length: int) -> None:
    """A file that ends too early never raises; without pages it has a problem."""
    found = read(WHOLE[:length])

    assert found.pages or found.problems


def test_pages_without_text_are_told() -> None:
    """Pages without letters and without pictures are empty."""
    found = read(made((), ()))

    assert (2, ("no page holds text",)) == (found.page_count, found.problems)


def test_pages_and_text_are_bounded() -> None:
    """What was left unread is told."""
    pages = made(*((Line(text=f"This is page {number}."),) for number in range(5)))
    few, short = read(pages, max_pages=2), read(pages, max_text=20)

    assert (5, 2) == (few.page_count, len(few.pages))
    assert few.problems == ("only the first 2 of 5 pages were read",)
    assert short.problems == ("only the first 20 characters were read",)


DATES = {
    "D:20261116140000+01'00'": "2026-11-16T14:00:00+01:00",
    "D:20261116140000Z": "2026-11-16T14:00:00Z",
    "D:202611161400": "2026-11-16T14:00",
    "D:20261116": "2026-11-16",
    "D:202611": "2026-11",
    "D:2026": "2026",
    "20261116140000-05'30": "2026-11-16T14:00:00-05:30",
    "D:": None,
    "yesterday": None,
    "": None,
    "D:２０２６": None,
}


@pytest.mark.parametrize(("text", "value"), DATES.items(), ids=range(len(DATES)))
def test_dates(text: str, value: str | None) -> None:
    """Precision and zone are those that are written (ISO 32000-1 7.9.4)."""
    assert value == pdf_date(text)


def test_control_characters_of_info_are_folded() -> None:
    """A title over two lines is one line."""
    data = re.sub(rb"\(Cranes\)", b"(Cra\\n\\nnes)", WHOLE)

    assert read(data).value("title") == "Cra nes"
