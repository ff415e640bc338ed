"""What makes a new version, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.extract.fingerprint import fingerprint
from archivist.model.article import Article, Block, Claim, Evidence, Link, Photo, Reading, Settled


def said(value: str, at: str = "/h1") -> Claim:
    """A claim read somewhere."""
    return Claim(value=value, evidence=Evidence(witness="heading", at=at, text=value))


def settled(*values: str) -> Settled:
    """A field with these winners."""
    return Settled(values=tuple(map(said, values)))


PICTURE = "https://courier.example/quay.jpg?width=800"
BLOCK = Block(
    kind="paragraph",
    text="The quay is closed.",
    path="article/p",
    links=(Link(url="https://courier.example/report?utm_source=x", text="quay"),),
)
PHOTO = Photo(image=PICTURE, caption=said("The quay"), credit=said("Photo: Jo Finch"), is_lead=True)
ARTICLE = Article(
    url="https://courier.example/a",
    fields={"title_shown": settled("Cranes"), "authors": settled("Mara Quill"), "keywords": settled("quay")},
    photos=(PHOTO,),
    blocks=(BLOCK,),
)


def mark(article: Article | None, documents: dict[str, str] | None = None, images: dict[str, str] | None = None) -> str:
    """The fingerprint of an article."""
    return fingerprint(Reading(article=article), documents=documents or {}, images=images or {})


BEFORE = mark(ARTICLE)


def test_it_is_a_digest() -> None:
    """64 hex digits, the same each time."""
    assert (64, True) == (len(BEFORE), set(BEFORE) <= set("0123456789abcdef"))
    assert mark(ARTICLE) == BEFORE


def with_fields(**fields: Settled) -> Article:
    """The article with other fields."""
    return replace(ARTICLE, fields={**ARTICLE.fields, **fields})


def with_block(**changes: object) -> Article:
    """The article with another block."""
    return replace(ARTICLE, blocks=(replace(BLOCK, **changes),))  # type: ignore[arg-type]


def with_photo(**changes: object) -> Article:
    """The article with another photo."""
    return replace(ARTICLE, photos=(replace(PHOTO, **changes),))  # type: ignore[arg-type]


NOTHING = {
    "losers": with_fields(title_shown=Settled(values=(said("Cranes"),), others=(said("Kräne"),))),
    "place of evidence": with_fields(title_shown=Settled(values=(said("Cranes", at="/div/h1"),))),
    "keywords": with_fields(keywords=settled("crane")),
    "section": with_fields(section=settled("News")),
    "path": with_block(path="article/div/p"),
    "tracking": with_block(links=(Link(url="https://courier.example/report?utm_source=y", text="quay"),)),
    "size of the picture": with_photo(image=PICTURE.replace("800", "1200")),
    "scheme of the picture": with_photo(image=PICTURE.replace("https", "http")),
    "address of the page": replace(ARTICLE, url="https://courier.example/a?x=1"),
    "problems": replace(ARTICLE, problems=("page cut",)),
}


@pytest.mark.parametrize("article", NOTHING.values(), ids=NOTHING)
def test_what_is_no_new_version(article: Article) -> None:
    """Mark-up, tracking and sizes of pictures are no content."""
    assert article != ARTICLE
    assert mark(article) == BEFORE


SOMETHING = {
    "headline": with_fields(title_shown=settled("Kräne")),
    "author": with_fields(authors=settled("Mara Quill", "Jo Finch")),
    "update": with_fields(updated=settled("2026-11-17")),
    "note": with_fields(notes=settled("Correction: no.")),
    "text": with_block(text="The quay is open."),
    "kind": with_block(kind="quote"),
    "link": with_block(links=(Link(url="https://courier.example/other", text="quay"),)),
    "order": replace(ARTICLE, blocks=(replace(BLOCK, text="First."), BLOCK)),
    "caption": with_photo(caption=said("The other quay")),
    "credit": with_photo(credit=None),
    "picture": with_photo(image="https://courier.example/crane.jpg"),
    "no photo": replace(ARTICLE, photos=()),
}


@pytest.mark.parametrize("article", [*SOMETHING.values(), None], ids=[*SOMETHING, "nothing read"])
def test_what_is_a_new_version(article: Article | None) -> None:
    """Whatever a reader would miss."""
    assert mark(article) != BEFORE


def test_all_new_versions_differ() -> None:
    """No two changes have one fingerprint."""
    marks = [BEFORE, *map(mark, SOMETHING.values()), mark(ARTICLE, {"u": "1"}), mark(ARTICLE, {}, {PICTURE: "1"})]

    assert len(marks) == len(set(marks))


def test_bytes_of_documents_and_pictures_count() -> None:
    """A PDF or picture replaced under its address is a new version; order and other pictures do not matter."""
    two = {"u": "1", "v": "2"}

    assert mark(ARTICLE, {"u": "1"}) != mark(ARTICLE, {"u": "2"})
    assert mark(ARTICLE, {}, {PICTURE: "1"}) != mark(ARTICLE, {}, {PICTURE: "2"})
    assert mark(ARTICLE, two) == mark(ARTICLE, dict(reversed(two.items())))
    assert mark(ARTICLE, {}, {"https://courier.example/icon.png": "1"}) == BEFORE


@pytest.mark.parametrize("url", ["http://[bad", "", "data:image/png;base64,AA"])
def test_odd_addresses_do_not_raise(url: str) -> None:
    """What cannot be taken apart counts as it stands."""
    assert mark(with_photo(image=url)) != BEFORE
    assert mark(with_block(links=(Link(url=url, text="quay"),))) != BEFORE
