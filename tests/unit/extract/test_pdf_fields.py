"""Which of a PDF's witnesses is believed, and what they say."""

from __future__ import annotations

import zlib

import pytest

from archivist.extract.pdf import pdf_date, read_pdf
from archivist.model.article import Document
from tests.unit.extract.pdfs import pdf, stream, text, with_xmp, xmp

BOTH = xmp(
    "<dc:title><rdf:Alt><rdf:li xml:lang='de'>Krane</rdf:li>"
    "<rdf:li xml:lang='x-default'>Cranes</rdf:li></rdf:Alt></dc:title>"
    "<dc:creator><rdf:Seq><rdf:li>Mara Quill</rdf:li><rdf:li>Jo Finch</rdf:li></rdf:Seq></dc:creator>"
    "<dc:subject><rdf:Bag><rdf:li>harbour</rdf:li><rdf:li>safety</rdf:li></rdf:Bag></dc:subject>"
    "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>For the council</rdf:li></rdf:Alt></dc:description>"
    "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>"
    "<xmp:CreatorTool>Setzerei 9</xmp:CreatorTool>",
    ' xmp:CreateDate="2026-11-16T14:00:00+01:00" xmp:ModifyDate="2026-11-17"',
)


def read(data: bytes) -> Document:
    """The document."""
    return read_pdf(data, url="https://courier.example/a.pdf", sha256="0")


def witness(document: Document, name: str) -> list[tuple[str, str]]:
    """The winners of a field, each with where it was read."""
    return [(each.value, f"{each.evidence.witness} {each.evidence.at}") for each in document.fields[name].values]


@pytest.mark.parametrize("is_packed", [False, True])
def test_xmp_is_read(is_packed: bool) -> None:
    """All its fields are, whether the packet is compressed or not."""
    found = read(with_xmp(zlib.compress(BOTH), b"/Filter /FlateDecode") if is_packed else with_xmp(BOTH))

    assert {
        "title": [("Cranes", "pdf-xmp dc:title")],
        "authors": [("Mara Quill", "pdf-xmp dc:creator"), ("Jo Finch", "pdf-xmp dc:creator")],
        "keywords": [("harbour", "pdf-xmp dc:subject"), ("safety", "pdf-xmp dc:subject")],
        "description": [("For the council", "pdf-xmp dc:description")],
        "language": [("en-GB", "pdf-xmp dc:language")],
        "creator_tool": [("Setzerei 9", "pdf-xmp xmp:CreatorTool")],
        "producer": [("Pressroom 4", "pdf-xmp pdf:Producer")],
        "published": [("2026-11-16T14:00:00+01:00", "pdf-xmp xmp:CreateDate")],
        "updated": [("2026-11-17", "pdf-xmp xmp:ModifyDate")],
    } == {name: witness(found, name) for name in found.fields}


def test_info_wins_and_the_losers_are_kept() -> None:
    """Where both speak, Info is believed; XMP's names tell how Info's one string is to be read."""
    info = b"<< /Title (Cranes, revised) /Author (Mara Quill, Jo Finch) /Creator (Setzerei 10) >>"
    metadata = stream(BOTH, b"/Type /Metadata /Subtype /XML")
    found = read(
        pdf(
            text((72, 700, 11, "Kran 7.")),
            catalog=b"/Metadata 50 0 R",
            objects={50: metadata, 51: info},
            trailer=b"/Info 51 0 R",
        )
    )

    assert [("Cranes, revised", "pdf-info Title")] == witness(found, "title")
    assert ["Cranes", "Krane"] == [each.value for each in found.fields["title"].others]
    assert ["Mara Quill", "Jo Finch"] == list(found.fields["authors"].texts)
    assert ["pdf-info"] * 2 == [each.evidence.witness for each in found.fields["authors"].values]


def test_the_packet_of_a_picture_is_not_the_documents() -> None:
    """A picture inside may have a packet of its own, before or behind the document's."""
    picture = (
        xmp("<dc:title>Harbour at dawn</dc:title>")
        .replace(b"application/pdf", b"image/jpeg")
        .replace(b'pdf:Producer="Pressroom 4"', b"")
    )
    objects = {60: stream(picture, b"/Type /Metadata /Subtype /XML")}
    alone = pdf(text((72, 700, 11, "Kran 7.")), objects=objects)
    metadata = stream(BOTH, b"/Type /Metadata /Subtype /XML")
    both = pdf(text((72, 700, 11, "Kran 7.")), catalog=b"/Metadata 50 0 R", objects={50: metadata, **objects})

    assert {} == dict(read(alone).fields)
    assert "Cranes" == read(both).value("title")


PLACEHOLDERS = [b"(anonymous)", b"(\\(unspecified\\))", b"(Untitled)", b"( )"]


@pytest.mark.parametrize("value", PLACEHOLDERS)
def test_placeholders_say_nothing(value: bytes) -> None:
    """What programs write where nobody said anything is unknown."""
    info = b"<< /Title %s /Author %s >>" % (value, value)

    assert {} == dict(read(pdf(text((72, 700, 11, "Kran 7.")), objects={51: info}, trailer=b"/Info 51 0 R")).fields)


def test_a_title_is_read_on_the_page_before_a_file_name() -> None:
    """The large line of the first page is the title where Info has only the name of a file, which is kept."""
    info = b"<< /Title (Microsoft Word - rapport_v7 final.docx) >>"
    lines = text((72, 780, 20, "Neuf grues en retard"), (72, 740, 11, "Le port de Saltmere compte vingt-trois grues."))
    found = read(pdf(lines, objects={51: info}, trailer=b"/Info 51 0 R"))
    without = read(pdf(text((72, 740, 11, "Le port.")), objects={51: info}, trailer=b"/Info 51 0 R"))

    assert [("Neuf grues en retard", "pdf-text page 1, paragraph 1")] == witness(found, "title")
    assert ["pdf-file-name"] == [each.evidence.witness for each in found.fields["title"].others]
    assert "Microsoft Word - rapport_v7 final.docx" == without.value("title")


def test_two_large_lines_are_no_title() -> None:
    """Where several lines are largest, no one of them is called the title."""
    lines = text(
        (72, 780, 20, "Ville de Saltmere"),
        (300, 600, 20, "Conseil du port"),
        (72, 500, 11, "Le port compte vingt-trois grues."),
    )

    assert None is read(pdf(lines)).value("title")


GERMAN = (
    "Der Bericht ist von dem Amt, das die Krane im Hafen prüft, und er ist für den Rat der Stadt.",
    "Neun von ihnen sind nicht geprüft worden, weil das Amt eine der beiden Stellen nicht besetzt hat.",
    "Die Leitung hat sich auch nach einer Frist von drei Wochen nicht dazu geäußert, wie es mit dem Kran weitergeht.",
)


@pytest.mark.parametrize(
    ("declared", "language", "by"),
    [
        (b"", "de", "pdf-text"),
        (b"/Lang (de-AT)", "de-AT", "pdf-catalog"),
        (b"/Lang (en-US)", "de", "pdf-text"),
        (b"/Lang (x)", "de", "pdf-text"),
    ],
)
def test_language(declared: bytes, language: str, by: str) -> None:
    """What is declared is believed unless the text is plainly in another language."""
    lines = text(*((20, 700 - 13 * number, 8, line) for number, line in enumerate(GERMAN)))
    found = read(pdf(lines, catalog=declared))

    assert [(language, by)] == [(each.value, each.evidence.witness) for each in found.fields["language"].values]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("D:20261399", None),
        ("D:20261116990000Z", "2026-11-16"),
        ("D:20261116140000+99'00'", "2026-11-16"),
        ("D:20261116140000Z00'00'", "2026-11-16T14:00:00Z"),
        ("D:00000000", None),
    ],
)
def test_dates_that_cannot_be(text: str, value: str | None) -> None:
    """A day or a time of day that no calendar or clock has is none."""
    assert value == pdf_date(text)
