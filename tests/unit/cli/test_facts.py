"""How facts look: aligned, within the width of the terminal, in any script, and whole."""

from __future__ import annotations

import pytest

from archivist.cli.facts import Row, document_rows, fact_rows, laid_out, picture_rows
from archivist.cli.output import table
from archivist.diff.wrap import columns
from archivist.model.article import (
    Article,
    Attachment,
    Claim,
    Document,
    Evidence,
    FormField,
    Link,
    Page,
    Photo,
    Settled,
    Signature,
)
from archivist.model.picture import PictureFacts


def _claim(value: str, *, witness: str = "heading", text: str | None = None) -> Claim:
    return Claim(value=value, evidence=Evidence(witness=witness, at="/html/body/h1", text=text or value))


def _lines(*rows: Row, width: int = 60) -> list[str]:
    return [*laid_out(rows, width=width)]


LINK = Link(url="https://h.example/x", text="mere")
LONG = "港の大型クレーンは点検期限を過ぎても稼働を続けていたことが年次報告書で明らかになった。" * 3


@pytest.mark.parametrize("width", [40, 60, 100])
def test_lines_fit(width: int) -> None:
    """No line is wider than the terminal, also in a script whose letters take two columns."""
    article = Article(
        url="https://minato.example/a",
        fields={"title_shown": Settled(values=(_claim(LONG),), others=(_claim("word " * 40, witness="open-graph"),))},
        photos=(Photo(image=f"https://minato.example/{'a' * 150}.jpg", caption=_claim(LONG)),),
    )

    lines = [*laid_out(fact_rows(article, {"title_shown": "only what is displayed"}), width=width)]

    assert width >= max(map(columns, lines))


def test_labels_are_aligned() -> None:
    """Values begin in one column, whatever their labels are."""
    first, second = _lines(Row(label="by", text="Ida"), Row(label="見出し", text="港"))

    assert columns(first.partition("Ida")[0]) == columns(second.partition("港")[0])


def test_tables_are_aligned_in_columns() -> None:
    """Cells are padded by the columns that they take, not by their letters."""
    lines = table([("港新聞", "a"), ("Courier", "b")]).splitlines()

    assert columns(lines[0].partition("a")[0]) == columns(lines[1].partition("b")[0])


def test_exact_text_where_it_differs() -> None:
    """The text a value was read from stands below it, unless it is the value."""
    fields = {"authors": Settled(values=(_claim("Ida Vestergren", text="Af Ida Vestergren"), _claim("Bo Ek")))}

    out = "\n".join(laid_out(fact_rows(Article(url="", fields=fields), {}), width=80))

    assert "“Af Ida Vestergren”" in out
    assert "“Bo Ek”" not in out


def test_losers_and_the_reason() -> None:
    """A field without a winner is unknown; its losers are told, and why they lost."""
    fields = {"updated": Settled(others=(_claim("2027-02-03"),))}

    lines = [*laid_out(fact_rows(Article(url="", fields=fields), {"updated": "nothing is later"}), width=80)]

    assert ["updated", "unknown"] == lines[0].split()
    assert ["not", "2027-02-03"] == lines[1].split()
    assert "because       nothing is later" in lines[-1]


def test_whatever_a_photo_has_is_told() -> None:
    """Address, whether it is shown, caption, credit, photographers, agencies: all of it, and none that is not there."""
    photo = Photo(
        image=None, caption=_claim("Kranen"), credit=_claim("Foto: Bo Ek/Havnefoto"), photographers=("Bo Ek",),
        agencies=("Havnefoto",), is_lead=True, is_shown=False,
    )  # fmt: skip

    out = "\n".join(
        laid_out(fact_rows(Article(url="", photos=(photo, Photo(image="https://h.example/b.jpg"))), {}), width=80)
    )

    for told in (
        "photo 1         no address",
        "shown         no",
        "caption       Kranen",
        "photographers Bo Ek",
        "lead          yes",
    ):
        assert told in out
    assert "photo 2         https://h.example/b.jpg\n  shown         yes" in out


def test_documents_show_their_own_metadata() -> None:
    """A document's fields stand below it, under the names that documents have for them."""
    fields = {"authors": Settled(values=(_claim("Havnevesenet", witness="pdf-info"),))}
    document = Document(
        url="https://h.example/r.pdf", sha256="ab", media_type="application/pdf", page_count=2, fields=fields
    )

    out = "\n".join(laid_out(document_rows(document, is_text=False), width=80))

    for told in ("https://h.example/r.pdf", "page count    2", "author        Havnevesenet", "pdf-info"):
        assert told in out


def test_whatever_a_document_holds_is_told() -> None:
    """Signatures, attachments, forms, scanned pages; headings and labels with its text."""
    document = Document(
        url="https://h.example/r.pdf",
        sha256="ab",
        media_type="application/pdf",
        pages=(
            Page(number=1, paragraphs=("Kraner", "Syv."), label="iv", headings=(0,), links=(LINK,)),
            Page(number=2, paragraphs=(), is_scanned=True),
        ),
        is_encrypted=True,
        updates=2,
        form_fields=(FormField(name="kaj", kind="text", value="4"),),
        signatures=(Signature(signer="Ida Vestergren", time="2027-02-03", is_whole=True),),
        attachments=(Attachment(name="bilag.xml", length=7, sha256=None),),
    )

    out = "\n".join(laid_out(document_rows(document, is_text=True), width=80))

    for told in (
        "encrypted     yes",
        "updates       2",
        "scanned pages 2",
        "form fields 1 kaj\n    kind        text\n    value       4",
        "signatures 1  Ida Vestergren\n    time        2027-02-03\n    whole       yes\n    note        nothing of",
        "attachments 1 bilag.xml\n    length      7",
        "page 1          iv",
        "link          https://h.example/x  mere",
    ):
        assert told in out


def test_whatever_a_picture_says_is_told() -> None:
    """Its fields under their own names with their evidence, and that it has credentials which nobody checked."""
    picture = PictureFacts(
        url="https://h.example/kran.jpg",
        sha256="cd",
        media_type="image/jpeg",
        width=4,
        height=3,
        fields={"title": Settled(values=(_claim("Kran 7", witness="xmp"),))},
        credentials=1234,
    )

    out = "\n".join(laid_out(picture_rows(picture), width=80))

    for told in ("picture         https://h.example/kran.jpg", "width         4", "title         Kran 7", "xmp  /html"):
        assert told in out
    assert "content credentials 1,234 bytes; nothing of it was checked" in out
