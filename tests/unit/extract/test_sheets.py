"""What the pages of a PDF show: paragraphs across lines, columns and pages, boxes, hidden text, pictures."""

from __future__ import annotations

from archivist.diff.compare import Beside, compare
from archivist.extract.pdf import read_pdf
from archivist.extract.sheets import read_sheets
from archivist.model.article import Reading
from archivist.model.change import Diff
from archivist.model.sheets import Sheets

LINES = (
    "The ferry company of Lindholm carried 412 thousand passengers in the",
    "year under review, against 390 thousand in the year before.",
    None,
    "Two of the five boats were laid up for repairs in the spring.",
    None,
    "A former captain, Arvid Lund, was heard twice by the board of inquiry.",
)


def pdf(*pages: str) -> bytes:
    """A PDF of these content streams."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for content in pages:
        data = content.encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(data), data))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % len(objects)
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    body, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)


def lines(*texts: str | None, left: int = 72, top: int = 770, foot: str = "") -> str:
    """The lines as a content stream; None is the space between two paragraphs."""
    parts, at = [], top
    for text in texts:
        if text is None:
            at -= 9
            continue
        parts.append(f"BT /F 11 Tf {left} {at} Td ({text}) Tj ET")
        at -= 15
    if foot:
        parts.append(f"BT /F 8 Tf 288 40 Td ({foot}) Tj ET")
    return "\n".join(parts)


def shown(*pages: str) -> Sheets:
    """What the pages show."""
    return read_sheets(pdf(*pages))


def said(sheets: Sheets) -> list[str]:
    """The paragraphs."""
    return [text.text for text in sheets.flow]


def edits(old: bytes, new: bytes) -> Diff:
    """What was edited between two documents."""
    sides = [
        Reading(article=None, documents=(read_pdf(data, url="report.pdf", sha256=str(hash(data))),))
        for data in (old, new)
    ]
    beside = [Beside(sheets={"report.pdf": read_sheets(data)}) for data in (old, new)]
    return compare(sides[0], sides[1], beside_old=beside[0], beside_new=beside[1])


def test_paragraphs() -> None:
    """Lines are joined to paragraphs; page numbers are no text."""
    found = said(shown(lines(*LINES, foot="1 / 1")))
    assert 3 == len(found)
    assert found[0].endswith("in the year before.")


def test_over_the_page() -> None:
    """A paragraph that goes on over the page is one."""
    pages = (
        lines(*LINES[3:], None, "The inquiry, which the ministry of transport began in the middle of", foot="1"),
        lines("last June, is to end in autumn.", foot="2"),
    )
    assert said(shown(*pages))[-1].endswith("in the middle of last June, is to end in autumn.")


def test_set_again() -> None:
    """The same text in other lines and on other pages is no edit."""
    other = (
        "The ferry company of Lindholm carried 412 thousand",
        "passengers in the year under review, against 390",
        "thousand in the year before.",
    )
    old = pdf(lines(*LINES, foot="1"))
    new = pdf(lines(*other, foot="1"), lines(*LINES[3:], foot="2"))
    assert () == edits(old, new).categories


def test_number_changed() -> None:
    """An edited paragraph is told with its page."""
    diff = edits(pdf(lines(*LINES)), pdf(lines(LINES[0].replace("412", "421"), *LINES[1:])))
    assert ("number_changed", "pdf_text_changed") == diff.categories
    (page,) = diff.documents[0].pages
    assert (1, 1) == (page.old_number, page.new_number)


BOX = "0 0 0 rg 160 704 62 14 re f"


def test_covered() -> None:
    """A box over text that is still there is said, with the text."""
    diff = edits(pdf(lines(*LINES)), pdf(f"{lines(*LINES)}\n{BOX}"))
    assert ("pdf_covered_text",) == diff.categories
    assert "Arvid" in diff.documents[0].looks.covered[0]


def test_redacted() -> None:
    """A box, and the text beneath it gone, is a redaction."""
    gone = [
        "BT /F 11 Tf 72 707 Td (A former captain, ) Tj ET",
        "BT /F 11 Tf 224 707 Td (, was heard twice by the board of inquiry.) Tj ET",
    ]
    new = "\n".join([lines(*LINES[:5]), *gone, BOX])
    diff = edits(pdf(lines(*LINES)), pdf(new))
    assert ("pdf_redacted",) == diff.categories
    assert ("Arvid Lund",) == diff.documents[0].looks.removed


def test_header_of_a_table() -> None:
    """White words on a dark box are the head of a table, and nothing is covered."""
    head = "0 0 0 rg 70 60 200 16 re f 1 1 1 rg BT /F 11 Tf 72 64 Td (Passengers and boats) Tj ET 0 0 0 rg"
    sheets = shown(f"{lines(*LINES)}\n{head}")
    assert () == sheets.sheets[0].boxes
    assert not any(text.is_hidden for text in sheets.flow)


def test_white_on_white() -> None:
    """Text that no reader sees is an edit of the text, and said to be hidden."""
    white = "1 1 1 rg BT /F 11 Tf 72 500 Td (Nobody reads this line.) Tj ET"
    diff = edits(pdf(lines(*LINES)), pdf(f"{lines(*LINES)}\n{white}"))
    assert ("pdf_text_changed",) == diff.categories
    assert ("Nobody reads this line.",) == diff.documents[0].looks.hidden


def test_cells() -> None:
    """A wide gap parts two cells of a row."""
    row = "BT /F 11 Tf 72 700 Td (Passengers) Tj ET BT /F 11 Tf 300 700 Td (412) Tj ET"
    assert ["Passengers", "412"] == said(shown(row))


def test_inserted_page() -> None:
    """A page that came in is told as one."""
    more = lines("A chapter on the winter timetable was added.", None, "It has nothing to do with the rest.")
    diff = edits(pdf(lines(*LINES, foot="1")), pdf(lines(*LINES, foot="1"), f"{more}"))
    assert ("pdf_page_inserted",) == diff.categories


def test_no_pdf() -> None:
    """What is no PDF shows nothing."""
    assert Sheets() == read_sheets(b"%PDF-1.4 and no more")


def test_round_trip() -> None:
    """What was read comes back from the confined reader as it was."""
    sheets = shown(f"{lines(*LINES)}\n{BOX}")
    assert sheets == Sheets.from_json(sheets.to_json())
