"""A small article in two editions, and short ways to write others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.model.article import (
    Article,
    Block,
    Claim,
    Document,
    Evidence,
    Link,
    LinkedDocument,
    Page,
    Photo,
    Reading,
    Settled,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archivist.model.article import BlockKind

ARTICLE = "https://courier.example/harbour"
REPORT = "https://courier.example/report.pdf"
PHOTO = "https://courier.example/quay.jpg"
EVIDENCE = Evidence(witness="text", at="", text="")

LEDE = "The harbour board met on Tuesday to hear what the dredging has cost so far."
COUNT = "Officials say that there are some 100 overseas outposts in the city, and that the board knew of them."
QUOTE = "“This is a scandal and a disgrace,” said Yves Herman, who chairs the board."
END = "The board meets again in June."


def claim(value: str) -> Claim:
    """A claim whose evidence does not matter."""
    return Claim(value=value, evidence=EVIDENCE)


def block(text: str, kind: BlockKind = "paragraph", *, links: Mapping[str, str] | None = None) -> Block:
    """A block of main text; ``links`` are addresses by linked words."""
    found = tuple(Link(url=url, text=words) for words, url in (links or {}).items())
    return Block(kind=kind, text=text, path="article/p", links=found)


def photo(*, image: str | None = PHOTO, caption: str | None = None, shot_by: str | None = None) -> Photo:
    """A photo; ``shot_by`` is the credit as shown."""
    return Photo(image=image, caption=claim(caption) if caption else None, credit=claim(shot_by) if shot_by else None)


def article(
    *blocks: Block, photos: Sequence[Photo] = (), documents: Sequence[str] = (), **fields: str | tuple[str, ...]
) -> Article:
    """An article with these blocks and fields."""
    texts = {name: (value,) if isinstance(value, str) else value for name, value in fields.items()}
    return Article(
        url=ARTICLE,
        fields={name: Settled(values=tuple(map(claim, values))) for name, values in texts.items()},
        photos=tuple(photos),
        documents=tuple(LinkedDocument(url=url, text="report", evidence=EVIDENCE) for url in documents),
        blocks=blocks,
    )


def reading(
    *blocks: Block, photos: Sequence[Photo] = (), documents: Sequence[str] = (), **fields: str | tuple[str, ...]
) -> Reading:
    """A reading of an article without documents of its own."""
    return Reading(article=article(*blocks, photos=photos, documents=documents, **fields))


def document(*pages: Sequence[str], sha256: str = "a" * 64, url: str = REPORT, **fields: str) -> Document:
    """A PDF with these paragraphs on its pages."""
    return Document(
        url=url,
        sha256=sha256,
        media_type="application/pdf",
        page_count=len(pages),
        fields={name: Settled(values=(claim(value),)) for name, value in fields.items()},
        pages=tuple(Page(number=number, paragraphs=tuple(texts)) for number, texts in enumerate(pages, start=1)),
    )


def first_edition() -> Reading:
    """The article as first published."""
    return Reading(
        article=article(
            *map(block, (LEDE, COUNT, QUOTE, END)),
            photos=[photo(caption="The quay at dawn", shot_by="Photo: Mara Quill/Harbour Press")],
            documents=[REPORT],
            title_shown="Harbour Board Slow to Act",
            title="Harbour Board Slow to Act",
            authors="Hannah Ng",
            updated="2026-11-20T09:15",
        ),
        documents=(document(["Annual report", "There are 100 outposts."]),),
    )


def second_edition() -> Reading:
    """The same: quote softened, number changed, credit corrected, PDF replaced; the date stands still."""
    return Reading(
        article=article(
            *map(block, (LEDE, COUNT.replace("100", "102"), QUOTE.replace("scandal and a disgrace", "pity"), END)),
            photos=[photo(caption="The quay at dawn", shot_by="Photo: Jon Ash/Harbour Press")],
            documents=[REPORT],
            title_shown="Harbour Board Slow to Act",
            title="Harbour Board Slow to Act",
            authors="Hannah Ng",
            updated="2026-11-20T09:15",
        ),
        documents=(document(["Annual report", "There are 102 outposts."], sha256="b" * 64),),
    )
