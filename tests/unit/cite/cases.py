"""Fifty invented citations: each shape that articles come in, as records. Nothing here is of a real newspaper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from archivist.cite.names import cited_authors
from archivist.model.citation import Citation, CitedDocument, CitedEdit, LinkedFrom, PersonName

__all__ = ["CASES", "names"]


def names(*displayed: str, language: str = "en") -> tuple[PersonName, ...]:
    """Names as a byline shows them."""
    return cited_authors(displayed, language=language)


_WHOLE = Citation(
    title="Nine cranes worked on",
    authors=names("Mara Quill"),
    site_name="The Harbour Courier",
    published="2026-05-09T11:02:00+02:00",
    url="https://courier.example/2026/cranes",
    url_status="live",
    archived_at="2026-11-23T18:15:12Z",
    archive_url="https://archive.example.org/" + "c0ffee12" * 8,
    archive_name="Saltmere Archive",
    snapshot_id="c0ffee12" * 8,
    version=3,
    versions=4,
    sha256="5a1e0fd2" * 8,
    blake3="b3a7c4d1" * 8,
    language="en-GB",
)
_PRIVATE = replace(_WHOLE, archive_url=None, archive_name=None)
_REPORT = replace(
    _WHOLE,
    kind="report",
    title="Annual Safety Report 2026",
    authors=(PersonName(literal="Saltmere Harbour Authority"),),
    site_name=None,
    publisher="Saltmere Town Press",
    published="2026-04-30",
    url="https://courier.example/files/report.pdf",
    page_count=12,
    linked_from=LinkedFrom(
        title="Nine cranes worked on", site_name="The Harbour Courier", url="https://courier.example/2026/cranes"
    ),
    sha256="d0c5a1e0" * 8,
)
_EDIT = CitedEdit(
    version=2,
    archived_at="2026-11-20T09:00:00Z",
    snapshot_id="0ddba115" * 8,
    sha256="01de57a7" * 8,
    changes=("headline “Eleven cranes worked on” became “Nine cranes worked on”", "number changed"),
    verdict="undeclared",
)
_MANY = (
    "Mara Quill", "Jan Kos", "Ida Lund", "Tom Reed", "Eva Stone", "Ben Hart", "Ana Cruz", "Leo Falk", "Amy Wood",
    "Max Bell", "Zoe Page", "Ole Berg", "Ann Frost", "Jim Nash", "Pia Holm", "Rob Dale", "Kit Moss", "Una Ray",
    "Sam Cole", "Liv Dahl", "Hal York", "Meg Pope",
)  # fmt: skip


def _authors(count: int) -> Citation:
    return replace(_WHOLE, authors=names(*_MANY[:count]))


def _title(title: str) -> Citation:
    return replace(_WHOLE, title=title)


def _foreign(title: str, author: str, site: str, language: str) -> Citation:
    return replace(_WHOLE, title=title, authors=names(author, language=language), site_name=site, language=language)


CASES: Mapping[str, Citation] = {
    "one author": _WHOLE,
    "two authors": _authors(2),
    "three authors": _authors(3),
    "four authors": _authors(4),
    "eleven authors": _authors(11),
    "twenty-two authors": _authors(22),
    "an organisation": replace(_WHOLE, authors=(PersonName(literal="Northquay Press"),)),
    "the newspaper itself": replace(_WHOLE, authors=(PersonName(literal="Harbour Courier"),)),
    "no author": replace(_WHOLE, authors=()),
    "no date": replace(_WHOLE, published=None),
    "no title": replace(_WHOLE, title=None),
    "no name of the site": replace(_WHOLE, site_name=None),
    "nothing but an address": replace(
        _PRIVATE, title=None, authors=(), site_name=None, published=None, versions=None, url_status=None, language=None
    ),
    "a month": replace(_WHOLE, published="2026-11"),
    "a year": replace(_WHOLE, published="2026"),
    "updated later": replace(_WHOLE, updated="2026-05-10T08:00:00Z"),
    "updated on the day": replace(_WHOLE, updated="2026-05-09T23:00:00+02:00"),
    "an update and no date": replace(_WHOLE, published=None, updated="2026-05-10"),
    "contributors": replace(_WHOLE, contributors=names("Eva Stone", "Jan Kos")),
    "a particle": replace(_WHOLE, authors=names("Anna van der Berg")),
    "a suffix": replace(_WHOLE, authors=names("Martin Poole, Jr.")),
    "initials": replace(_WHOLE, authors=names("J.K. Marlow", "Mara J. Quill")),
    "a double given name": replace(_WHOLE, authors=names("Jean-Luc Marchand")),
    "a name that is not split": replace(_WHOLE, authors=names("Gabriel Ortiz Marín", "Mara Quill")),
    "Chinese": _foreign("港口起重机超期作业", "李明", "港口信使报", "zh-Hans"),
    "Hungarian": _foreign("Kilenc daru dolgozott tovább", "Nagy Anna", "Kikötői Futár", "hu"),
    "Russian": _foreign("Девять кранов работали", "Анна Смирнова", "Портовый вестник", "ru"),
    "Arabic": _foreign("تسع رافعات واصلت العمل", "ليلى حداد", "بريد المرفأ", "ar"),
    "Persian": _foreign("جرثقیل‌ها کار می‌کردند", "مینا رضایی", "پیک بندر", "fa"),
    "German": _foreign("Neun Kräne liefen „trotz allem“ weiter", "Jörg Weiß", "Hafenbote", "de"),
    "Turkish": _foreign("Dokuz vinç çalıştı", "Fikri Bilgin", "Liman Postası", "tr"),
    "a question": _title("Who knew of the cranes?"),
    "quotation marks": _title("“A gap,” says the authority, “in the ‘paperwork’ of nine cranes”"),
    "straight quotation marks": _title('The harbour\'s "gap" of 12" beams'),
    "a quotation at the end": _title("Authority speaks of “a gap”"),
    "signs of templates": _title("Cranes | Live [update] {{nine}} ''still'' <ref>"),
    "signs of TeX": _title(r"50% & more: $3 #cranes_1 ~ ^ {x} \end"),
    "emoji": _title("Cranes 🏗️ and a family 👩‍👧 at the quay"),
    "a full stop": _title("The cranes worked on."),
    "an ellipsis": _title("The cranes worked on…"),
    "HTML in the title": _title("Cranes &amp; <b>tides</b>"),
    "private, with a name": replace(_WHOLE, archive_url=None),
    "private, without a name": _PRIVATE,
    "gone": replace(_WHOLE, url_status="dead"),
    "changed since": replace(_WHOLE, url_status="deviated"),
    "a page that is no article": replace(_WHOLE, kind="page", title="Opening hours", authors=(), published=None),
    "a report": _REPORT,
    "a report of unknown origin": replace(
        _REPORT, title=None, authors=(), publisher=None, published=None, page_count=None
    ),
    "an edit": replace(_PRIVATE, edit=_EDIT),
    "an address with brackets": replace(_PRIVATE, url="https://courier.example/a_(b)?q=[x]&y='z'#é"),
    "with a document": replace(
        _PRIVATE, documents=(CitedDocument(url=_REPORT.url, sha256=_REPORT.sha256, blake3="b3" * 32),)
    ),
}
"""By what is particular in each."""
