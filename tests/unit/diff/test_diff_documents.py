"""Linked documents and their pages."""

from __future__ import annotations

from archivist.diff.document import compare_documents
from archivist.diff.pages import compare_flows, flow_of_pages
from archivist.model.article import Document, Reading
from archivist.model.change import DocumentChange, LinkChange
from tests.unit.diff.editions import REPORT, article, document, reading

FIRST = ("Annual report", "There are 100 outposts in the city.")
LAST = ("The office closes in winter.", "End of the report.")


def told(old: Document, new: Document) -> list[tuple[str, int | None, int | None, list[str]]]:
    """The changed pages as operation, numbers and operations on paragraphs."""
    changes = compare_flows(flow_of_pages(old.pages), flow_of_pages(new.pages))
    return [(page.op, page.old_number, page.new_number, [block.op for block in page.blocks]) for page in changes]


def changes(
    old: Reading, new: Reading, *hashes: dict[str, str], links: tuple[LinkChange, ...] = ()
) -> tuple[DocumentChange, ...]:
    """The changed documents."""
    old_documents, new_documents = hashes or ({}, {})
    return compare_documents(old, new, old_documents=old_documents, new_documents=new_documents, links=links)


def test_edited_page() -> None:
    """An edited paragraph is told with its page."""
    new = document((FIRST[0], FIRST[1].replace("100", "102")), LAST)
    assert [("edit", 1, 1, ["replace"])] == told(document(FIRST, LAST), new)


def test_inserted_page() -> None:
    """A new page between two others is an inserted page, and the page behind it is no edit."""
    new = document(FIRST, ("Budget", "It rose."), LAST)
    assert [("insert", None, 2, ["insert", "insert"])] == told(document(FIRST, LAST), new)
    assert [("delete", 2, None, ["delete", "delete"])] == told(new, document(FIRST, LAST))


def test_flow_to_the_next_page() -> None:
    """Text that only flows over to the next page is no edit."""
    assert [] == told(document(FIRST, LAST), document(FIRST[:1], FIRST[1:] + LAST))


def test_running_heads() -> None:
    """Running heads and page numbers that come with a new page are no edit of their own; an edited head is one."""
    old = document(*((("Board", *texts, f"Page {n} of 2") for n, texts in enumerate((FIRST, LAST), start=1))))
    pages = (FIRST, ("Budget",), LAST)
    new = document(*((("Board", *texts, f"Page {n} of 3") for n, texts in enumerate(pages, start=1))))
    assert [("insert", None, 2, ["insert"])] == told(old, new)
    edited = document(*((("Council", *texts, f"Page {n} of 2") for n, texts in enumerate((FIRST, LAST), start=1))))
    assert ["delete", "insert"] == [
        change.op
        for page in compare_flows(flow_of_pages(old.pages), flow_of_pages(edited.pages))
        for change in page.blocks
    ]


def test_replaced() -> None:
    """Other bytes under the same address are a replaced document, compared page by page and field by field."""
    old = Reading(article=article(documents=[REPORT]), documents=(document(FIRST, title="A"),))
    new = Reading(article=article(documents=[REPORT]), documents=(document(FIRST, title="B", sha256="b" * 64),))
    (change,) = changes(old, new)
    assert ("replaced", "a" * 64, "b" * 64) == (change.what, change.old_sha256, change.new_sha256)
    assert (["title"], (), True) == ([field.field for field in change.fields], change.pages, change.is_read)
    assert not change.reads_same


def test_saved_again() -> None:
    """Other bytes that read the same are told as such."""
    old = Reading(article=article(documents=[REPORT]), documents=(document(FIRST),))
    new = Reading(article=article(documents=[REPORT]), documents=(document(FIRST, sha256="b" * 64),))
    assert [True] == [change.reads_same for change in changes(old, new)]


def test_replaced_but_unread() -> None:
    """Hashes alone show that a document was replaced, and nobody claims that it reads the same."""
    page = reading(documents=[REPORT])
    (change,) = changes(page, page, {REPORT: "a" * 64}, {REPORT: "b" * 64})
    assert ("replaced", False, False) == (change.what, change.is_read, change.reads_same)


def test_captured_once() -> None:
    """A document that was captured on one side only is not called changed."""
    page = reading(documents=[REPORT])
    assert () == changes(page, page, {REPORT: "a" * 64}, {})


def test_linked_and_unlinked() -> None:
    """A document that is newly linked was added, one that is no longer linked was removed."""
    with_link, without = reading(documents=[REPORT]), reading()
    assert ["added"] == [change.what for change in changes(without, with_link)]
    assert ["removed"] == [change.what for change in changes(with_link, without)]


def test_other_address() -> None:
    """A document whose link was changed is held against the one that stood there before."""
    other = "https://courier.example/report-v2.pdf"
    old, new = reading(documents=[REPORT]), reading(documents=[other])
    link = LinkChange(old=REPORT, new=other, text="report")
    assert () == changes(old, new, {REPORT: "a" * 64}, {other: "a" * 64}, links=(link,))
    (change,) = changes(old, new, {REPORT: "a" * 64}, {other: "b" * 64}, links=(link,))
    assert ("replaced", other) == (change.what, change.url)


def test_document_without_article() -> None:
    """A PDF that was archived for itself is compared with itself."""
    old, new = (Reading(article=None, documents=(document(FIRST, sha256=mark * 64),)) for mark in "ab")
    assert ["replaced"] == [change.what for change in changes(old, new)]
