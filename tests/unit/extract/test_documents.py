"""Documents that the text links."""

from __future__ import annotations

import pytest

from archivist.demo.content import ARTICLE_PATH, EDITIONS, HOST, LETTER_PATH, PRIVACY_PATH, REPORT_PATH
from archivist.demo.site import resource
from archivist.extract.documents import linked_documents, possible_documents
from archivist.extract.html import parse_html
from archivist.extract.main_text import main_text
from tests.unit.extract.pages import page, story

WORDS = "which the board has had since May and has not read"
KINDS = {
    '<a href="/report.pdf">report</a>': "linked",
    '<a href="/REPORT.PDF?v=2#page=3">report</a>': "linked",
    '<a href="/report.docx">report</a>': "linked",
    '<a href="/figures.xlsx">report</a>': "linked",
    '<a href="/figures.csv">report</a>': "linked",
    '<a href="/get?file=report.pdf">report</a>': "linked",
    '<a href="/documents/4711" type="application/pdf">report</a>': "linked",
    '<a href="/documents/4711" type="Application/PDF; charset=x">report</a>': "linked",
    '<a href="/documents/4711">report</a>': "possible",
    '<a href="/4711">report (pdf)</a>': "linked",
    '<a href="/4711">report</a> (PDF, 2 MB)': "linked",
    '<a href="/4711">der Bericht [PDF-Datei, 200 KB]</a>': "linked",
    '<a href="/4711">報告書（PDFファイル）</a>': "linked",
    '<a href="/4711">отчёт (формат PDF)</a>': "linked",
    '<a href="/4711">el informe en pdf</a>': "possible",
    '<a href="/download/4711">raporten</a>': "possible",
    '<a href="/fileadmin/4711">Bericht</a>': "possible",
    '<a href="/getfile.php?id=4711">report</a>': "possible",
    '<a href="/4711">ladda ner</a>': "possible",
    '<a href="/4711">отчёт, скачать</a>': "possible",
    '<a href="/downloadable-fonts">fonts</a>': "",
    '<a href="/get?download=4711">report</a>': "possible",
    '<a href="/4711">Bericht herunterladen</a>': "possible",
    '<a href="/documents/quay.jpg">picture</a>': "",
    '<a href="/documents/quay.html">page</a>': "",
    '<a href="/ferry">ferry</a>': "",
    '<a href="/pdfs-are-everywhere.html">ferry</a>': "",
    '<a href="mailto:report.pdf@courier.example">us</a>': "",
    "<a href=\"javascript:open('report.pdf')\">report</a>": "",
    "<a>report.pdf</a>": "",
}


@pytest.mark.parametrize(("anchor", "kind"), KINDS.items(), ids=range(len(KINDS)))
def test_kinds_of_links(anchor: str, kind: str) -> None:
    """A document is told by its ending or type; what only hints at one is possible."""
    html = page(story(below=f"<p>There is a {anchor}, {WORDS}.</p>"))
    main = main_text(html)

    assert (kind == "linked", kind == "possible") == (
        bool(linked_documents(html, main)),
        bool(possible_documents(html, main)),
    )


OWN_PRINTS = (
    '<a href="/cranes.pdf">report</a>',
    '<a href="/print/4711.pdf">Download als PDF</a>',
    '<a href="/print/4711.pdf">Save this article as PDF</a>',
    '<a href="/print/4711.pdf">Télécharger l’article en PDF</a>',
    '<a href="/print/4711.pdf">Guardar en PDF</a>',
    '<a href="/print?id=4711">als PDF</a>',
)


@pytest.mark.parametrize("anchor", OWN_PRINTS)
def test_the_article_set_for_printing_is_no_document(anchor: str) -> None:
    """It is told by the page's own name in the address, or by what its button says."""
    html = page(story(below=f"<p>There is a {anchor}, {WORDS}.</p>"))
    main = main_text(html)

    assert linked_documents(html, main) == ()
    assert possible_documents(html, main) == ()


def test_a_report_as_pdf_is_a_document() -> None:
    """A button that names what it gives is not the article's."""
    html = page(story(below=f'<p>There is <a href="/4711.pdf">the safety report as PDF</a>, {WORDS}.</p>'))

    assert [link.text for link in linked_documents(html, main_text(html))] == ["the safety report as PDF"]


ELSEWHERE = ("<footer>{}</footer>", "<nav>{}</nav>", "<aside>{}</aside>", '<div class="related">{}</div>')


@pytest.mark.parametrize("around", ELSEWHERE)
@pytest.mark.parametrize("place", ["above", "below", "around"])
def test_documents_of_others_are_left_out(around: str, place: str) -> None:
    """Those of the footer, the navigation and related stories are not the article's."""
    markup = around.format('<p>See our <a href="/privacy.pdf">privacy notice (pdf)</a>, ' + WORDS + ".</p>")
    html = page(story(**{place: markup}))
    main = main_text(html)

    assert linked_documents(html, main) == ()
    assert possible_documents(html, main) == ()


def test_a_document_is_told_once_with_its_evidence() -> None:
    """The first link to it counts; address absolute and without fragment."""
    below = (
        f'<p>The <a href="../r.pdf#page=2">safety  <b>report</b></a> and the <a href="/r.pdf">same</a>, {WORDS}.</p>'
    )
    html = page(story(below=below))
    [document] = linked_documents(html, main_text(html))

    assert ("https://courier.example/r.pdf", "safety report", "link", "../r.pdf#page=2") == (
        document.url,
        document.text,
        document.evidence.witness,
        document.evidence.text,
    )
    path, _, attribute = document.evidence.at.partition("/@")
    [anchor] = html.root.getroottree().xpath(path)
    assert anchor.get(attribute) == "../r.pdf#page=2"


def test_without_main_text_there_are_none() -> None:
    """A page without an article links no documents of it."""
    html = page('<a href="/report.pdf">report</a>')

    assert linked_documents(html, None) == ()
    assert possible_documents(html, None) == ()


@pytest.mark.parametrize("number", EDITIONS)
def test_the_demo_newspaper(number: int) -> None:
    """Report and letter are linked, the letter by its type alone; the footer's privacy notice is not."""
    found = resource(ARTICLE_PATH, edition=EDITIONS[number], visitors=1)
    assert found is not None
    html = parse_html(found.body, url=f"http://{HOST}{ARTICLE_PATH}", content_type=found.media_type)
    urls = [document.url for document in linked_documents(html, main_text(html))]

    assert [f"http://{HOST}{path}" for path in (REPORT_PATH, LETTER_PATH)] == urls
    assert PRIVACY_PATH.encode() in found.body
