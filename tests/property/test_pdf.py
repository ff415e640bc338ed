"""What must hold when any PDF is read: there is a reading or a reason, and the reader lives on."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist.demo.report import safety_report
from archivist.errors import BadDocument
from archivist.model.config import ReadSettings
from archivist.sandbox import Sandbox
from tests.unit.extract import pdfs

WORDS = pdfs.text((72, 700, 11, "Neun Krane standen still."), (72, 680, 18, "Krane"))
FORM = pdfs.pdf(
    WORDS,
    WORDS,
    catalog=b"/AcroForm << /Fields [60 0 R 62 0 R] /SigFlags 3 >> /Lang (de-DE) /PageLabels << /Nums [0 << /S /r >>] >>"
    b" /Names << /EmbeddedFiles << /Names [(a) 50 0 R] >> >>",
    pages={
        1: b"/Annots [60 0 R << /Type /Annot /Subtype /Link /Rect [70 695 120 712] /A << /S /URI /URI (/a) >> >>]",
    },
    objects={
        50: b"<< /Type /Filespec /F (a.csv) /EF << /F 51 0 R >> >>",
        51: pdfs.stream(zlib.compress(b"7;77\n" * 99), b"/Type /EmbeddedFile /Filter /FlateDecode"),
        60: b"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /FT /Tx /T (Hafen) /V (Saltmere) >>",
        61: b"<< /Type /Sig /ByteRange [0 100 200 300] /Contents <3082> /Name (Mara) /M (D:20261116) >>",
        62: b"<< /FT /Sig /T (Sig) /V 61 0 R >>",
    },
)
SOURCES = (
    safety_report(2),
    FORM,
    pdfs.updated(FORM, {11: WORDS}),
    pdfs.with_xmp(zlib.compress(pdfs.xmp("<dc:title>Krane</dc:title>")), b"/Filter /FlateDecode"),
    pdfs.encrypted("Nur lesen."),
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One reader for all."""
    with Sandbox(ReadSettings(seconds=10)) as sandbox:
        yield sandbox


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """A document that is cut, has other bytes, or parts of itself in another order."""
    data = bytearray(draw(st.sampled_from(SOURCES)))
    for at, byte in draw(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=20)):
        data[at] = byte
    start, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
    match draw(st.sampled_from(("whole", "cut", "without", "twice"))):
        case "cut":
            del data[end:]
        case "without":
            del data[start:end]
        case "twice":
            data[start:start] = data[start:end]
    return bytes(data)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=mutants())
def test_any_document_is_read_or_refused(sandbox: Sandbox, data: bytes) -> None:
    """There are pages, or there is a problem; nothing but BadDocument is raised."""
    try:
        document = sandbox.document(data, url="https://courier.example/a.pdf", sha256="0" * 64, media_type="")
    except BadDocument:
        return

    assert document.pages or document.problems
