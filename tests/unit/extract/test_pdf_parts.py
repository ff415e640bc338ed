"""What lies over a PDF's pages or goes with them, and what only its bytes tell."""

from __future__ import annotations

import hashlib
import time

import pytest

from archivist.extract.pdf import read_pdf
from archivist.model.article import Attachment, Document, FormField, Link, Signature
from tests.unit.extract import pdfs
from tests.unit.extract.test_cms import OWN, signature

URL = "https://courier.example/files/report.pdf"
PLAIN = pdfs.text((72, 700, 11, "Neun Krane standen still."))


def read(data: bytes, **limits: int) -> Document:
    """The document, which must also survive being written and read back."""
    document = read_pdf(data, url=URL, sha256="0" * 64, **limits)  # type: ignore[arg-type]

    assert document == Document.from_json(document.to_json())
    return document


def test_a_plain_document_says_little() -> None:
    """What a document does not have takes no room in the manifest."""
    written = read(pdfs.pdf(PLAIN)).to_json()

    assert {"url", "sha256", "media_type", "page_count", "version", "pages"} == set(written)
    assert [{"number": 1, "paragraphs": ["Neun Krane standen still."]}] == written["pages"]
    assert "1.6" == written["version"]


def test_links_with_their_words() -> None:
    """Links to the web are there with the words below them; others are not, and no link is a note."""
    link = b"<< /Type /Annot /Subtype /Link /Rect [70 695 120 712] /A << /S /URI /URI (%s) >> >>"
    notes = b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (why?) >>"
    more = b"/Annots [%s %s %s %s]" % (link % b"/kran#7", link % b"mailto:a@b.example", link % b"javascript:1", notes)
    found = read(pdfs.pdf(pdfs.text((72, 700, 11, "Register"), (300, 700, 11, "Stand")), pages={1: more}))

    assert (Link(url="https://courier.example/kran", text="Register"),) == found.pages[0].links
    assert 1 == found.annotations


def test_form_fields_with_what_was_filled_in() -> None:
    """Each field once, with its kind and value."""
    widget = b"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /P 10 0 R /FT /%s /T (%s) %s >>"
    fields = {
        60: widget % (b"Tx", b"Hafen", b"/V (Saltmere)"),
        61: widget % (b"Btn", b"Kopie", b"/V /Off"),
        62: widget % (b"Ch", b"Kai", b"/Ff 131072 /Opt [(1) (4)] /V (4)"),
    }
    refs = b" ".join(b"%d 0 R" % number for number in fields)
    form = b"/AcroForm << /Fields [%s] >>" % refs
    found = read(pdfs.pdf(PLAIN, catalog=form, pages={1: b"/Annots [%s]" % refs}, objects=fields))

    assert {
        FormField(name="Hafen", kind="text", value="Saltmere"),
        FormField(name="Kopie", kind="checkbox", value="Off"),
        FormField(name="Kai", kind="choice", value="4"),
    } == set(found.form_fields)
    assert 0 == found.annotations


def test_attachments_with_their_digest() -> None:
    """Name, length and digest of an attached file, and a problem where there is none."""
    data = b"Kran;Tage\n7;77\n"
    objects = {
        50: b"<< /Type /Filespec /F (tage.csv) /UF (tage.csv) /EF << /F 51 0 R >> >>",
        51: pdfs.stream(data, b"/Type /EmbeddedFile"),
        52: b"<< /Type /Filespec /F (leer.csv) /UF (leer.csv) >>",
    }
    names = b"/Names << /EmbeddedFiles << /Names [(leer) 52 0 R (tage) 50 0 R] >> >>"
    found = read(pdfs.pdf(PLAIN, catalog=names, objects=objects))

    assert (Attachment(name="tage.csv", length=15, sha256=hashlib.sha256(data).hexdigest()),) == found.attachments
    assert ("attachment 1 is damaged and could not be read",) == found.problems


def test_a_file_that_is_pinned_to_a_page() -> None:
    """It is an attachment like those of the document, and no note."""
    data = b"Kran;Tage\n"
    objects = {
        50: b"<< /Type /Filespec /F (alt.csv) /UF (alt.csv) /EF << /F 51 0 R >> >>",
        51: pdfs.stream(data, b"/Type /EmbeddedFile"),
    }
    names = b"/Names << /EmbeddedFiles << /Names [(alt) 50 0 R] >> >>"
    pin = b"/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 50 0 R >>]"
    pinned = read(pdfs.pdf(PLAIN, pages={1: pin}, objects=objects))
    both = read(pdfs.pdf(PLAIN, catalog=names, pages={1: pin}, objects=objects))

    assert ([("alt.csv", 10)], 0) == ([(each.name, each.length) for each in pinned.attachments], pinned.annotations)
    assert 2 == len(both.attachments)


def signed(dictionary: bytes, *, signature: bytes = b"\x30\x82\xbe\xef") -> bytes:
    """A file with a signature field whose byte range is all of the file but the signature."""
    contents = b"<%s>" % signature.hex().encode()
    frame = b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 %08d %08d %08d] /Contents %s %s >>"
    field = b"<< /FT /Sig /T (Unterschrift) /V 61 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] >>"

    def made(*numbers: int) -> bytes:
        objects = {60: field, 61: frame % (*numbers, contents, dictionary)}
        return pdfs.pdf(PLAIN, catalog=b"/AcroForm << /Fields [60 0 R] /SigFlags 3 >>", objects=objects)

    draft = made(0, 0, 0)
    start, end = draft.index(contents), draft.index(contents) + len(contents)
    return made(start, end, len(draft) - end)


def test_signatures() -> None:
    """Who, when and why, as the signature's own entry says; whether it goes to the end of the file."""
    entry = (
        b"/SubFilter /adbe.pkcs7.detached /Name (Mara \\(M.\\) Qu\\351ll) /M (D:20261116140000+01'00') /Reason (final)"
    )
    whole = Signature(
        signer="Mara (M.) Quéll",
        time="2026-11-16T14:00:00+01:00",
        reason="final",
        form="adbe.pkcs7.detached",
        is_whole=True,
    )

    assert (whole,) == read(signed(entry)).signatures
    later = pdfs.updated(signed(entry), {70: b"(more)"})
    assert [False] == [each.is_whole for each in read(later).signatures]


@pytest.mark.parametrize(
    ("entry", "signer"),
    [(b"/Name <FEFF004D00FC>", "Mü"), (b"/Name <4d6>", "M`"), (b"/Name (\xef\xbb\xbfM\xc3\xbc)", "Mü"), (b"", None)],
)
def test_names_of_signers(entry: bytes, signer: str | None) -> None:
    """In hexadecimal, in UTF-16, in UTF-8, or not at all."""
    assert [signer] == [each.signer for each in read(signed(entry)).signatures]


def test_a_signer_who_is_named_by_the_certificate_only() -> None:
    """The certificate's name is taken where the signature's entry has none."""
    certified = signature(OWN)

    assert ["Mara Quill ÄÖ"] == [each.signer for each in read(signed(b"", signature=certified)).signatures]
    assert ["Jo Finch"] == [each.signer for each in read(signed(b"/Name (Jo Finch)", signature=certified)).signatures]


def test_an_empty_field_is_no_signature() -> None:
    """A field that is still to be signed is a field of the form and nothing more."""
    field = b"<< /FT /Sig /T (Hier) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] >>"
    data = pdfs.pdf(PLAIN, catalog=b"/AcroForm << /Fields [60 0 R] >>", objects={60: field})

    assert () == read(data).signatures


def test_encrypted_without_a_password() -> None:
    """A document that only forbids printing is read, and called encrypted."""
    found = read(pdfs.encrypted("Nur lesen."))

    assert (True, False) == (found.is_encrypted, found.is_locked)
    assert [("Nur lesen.",)] == [page.paragraphs for page in found.pages]


def test_updates_are_counted() -> None:
    """Each part with objects that was put behind the file; a second trailer without objects is none."""
    once = pdfs.updated(pdfs.pdf(PLAIN), {11: pdfs.text((72, 700, 11, "Zehn Krane standen still."))})
    twice = pdfs.updated(once, {70: b"(more)"})
    empty = pdfs.updated(once, {})

    assert [0, 1, 2, 1] == [read(data).updates for data in (pdfs.pdf(PLAIN), once, twice, empty)]
    assert ("Zehn Krane standen still.",) == read(twice).pages[0].paragraphs


def test_a_linearized_file_is_not_updated() -> None:
    """It has two ends from the beginning."""
    data = pdfs.updated(pdfs.pdf(PLAIN, objects={80: b"<< /Linearized 1 >>"}), {70: b"(more)"})

    assert 0 == read(data).updates


@pytest.mark.parametrize("cut", [5, 40, 300])
def test_a_file_that_ends_too_early_says_so(cut: int) -> None:
    """It is read as far as it goes."""
    found = read(pdfs.pdf(PLAIN, PLAIN)[:-cut])

    assert "the file ends too early: the end of it was cut off or damaged" in found.problems
    assert found.pages


def test_an_update_that_is_cut_off_says_so() -> None:
    """The end of the file before the update is not taken for its end."""
    data = pdfs.updated(pdfs.pdf(PLAIN), {70: b"(%s)" % (b"more " * 99)})

    assert read(data[:-200]).problems
    assert () == read(data).problems


def test_page_labels() -> None:
    """Pages that are numbered otherwise say so."""
    labels = b"/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 3 >>] >>"
    found = read(pdfs.pdf(PLAIN, PLAIN, PLAIN, catalog=labels))

    assert ["i", "ii", None] == [page.label for page in found.pages]


PICTURE = pdfs.stream(
    b"\xff" * 4, b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8"
)


def test_scanned_pages() -> None:
    """A page with a picture and no text, also where the picture stands in a form; a page with both is not scanned."""
    form = pdfs.stream(
        b"/Im Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Im 50 0 R >> >>"
    )
    draw = pdfs.stream(b"q 500 0 0 700 0 0 cm /Im Do Q")
    both = pdfs.stream(b"q 50 0 0 70 0 0 cm /Im Do Q BT /F1 11 Tf 1 0 0 1 72 700 Tm (Kran 7) Tj ET")
    own = b"/Resources << /Font << /F1 90 0 R >> /XObject << /Im %d 0 R >> >>"
    found = read(
        pdfs.pdf(
            draw,
            draw,
            both,
            pdfs.stream(b""),
            pages={1: own % 50, 2: own % 51, 3: own % 50},
            objects={50: PICTURE, 51: form},
        )
    )
    scan = read(pdfs.pdf(draw, pages={1: own % 50}, objects={50: PICTURE}))

    assert [True, True, False, False] == [page.is_scanned for page in found.pages]
    assert not found.is_scanned
    assert scan.is_scanned
    assert ("no page holds text: the document is probably scanned",) == scan.problems


# Hostile documents


def test_a_page_count_that_is_a_lie() -> None:
    """A million pages that are not there take no time, and the first few are named."""
    data = pdfs.pdf(PLAIN).replace(b"/Count 1 ", b"/Count 999999 ")
    start = time.process_time()
    found = read(data, max_pages=100)

    assert time.process_time() - start < 5
    assert ("Neun Krane standen still.",) == found.pages[0].paragraphs
    assert "79 more pages are damaged and could not be read" in found.problems or len(found.pages) == 1


def test_pages_within_themselves() -> None:
    """A page tree that contains itself is no endless one."""
    data = pdfs.pdf(PLAIN).replace(b"/Kids [10 0 R]", b"/Kids [2 0 R 10 0 R]")

    assert read(data).page_count


def test_a_form_within_itself() -> None:
    """A page that draws a form that draws itself ends."""
    form = pdfs.stream(
        b"/Im Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Im 51 0 R >> >>"
    )
    own = b"/Resources << /XObject << /Im 51 0 R >> >>"
    found = read(pdfs.pdf(pdfs.stream(b"/Im Do"), pages={1: own}, objects={51: form}))

    assert 1 == found.page_count


def test_arrays_within_arrays() -> None:
    """Nesting beyond what the parser allows is cut there."""
    data = pdfs.pdf(PLAIN, objects={70: b"[" * 20_000 + b"]" * 20_000}, catalog=b"/Names 70 0 R")

    assert 1 == read(data).page_count


def test_no_pages_are_begun_when_time_is_over() -> None:
    """What was read until then is kept, and the problem says how far that was."""
    answers = iter([False, True])
    found = read_pdf(pdfs.pdf(PLAIN, PLAIN, PLAIN), url=URL, sha256="0", is_late=lambda: next(answers))

    assert 1 == len(found.pages)
    assert ("only the first 1 of 3 pages were read: there was no more time",) == found.problems
