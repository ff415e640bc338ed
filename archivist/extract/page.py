"""One page read in one pass: the whole work of the confined reader (``archivist.sandbox``) on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from archivist.extract.article import heard, read_article
from archivist.extract.documents import possible_documents
from archivist.extract.html import forget, parse_html
from archivist.extract.main_text import main_text
from archivist.extract.quality import HTML_TYPES, judge
from archivist.extract.requisites import requisites
from archivist.extract.tree import text_of
from archivist.model.article import LinkedDocument
from archivist.model.page import PageReading, Requisite

__all__ = ["read_page"]


def read_page(
    data: bytes,
    *,
    url: str,
    status: int,
    headers: Sequence[tuple[str, str]],
    media_type: str | None,
    with_requisites: bool = True,
    say: Callable[[tuple[Requisite, ...]], None] = lambda _: None,
) -> PageReading:
    """What the page says, what it needs to be shown, what it links, and what kind of answer it is.

    Args:
        data: the page after content decoding.
        url: its address, after redirects.
        status: of the answer.
        headers: of the answer, as received.
        media_type: as declared, without parameters; None where nothing was declared.
        with_requisites: whether what the page needs to be shown again is asked for: by whoever captures it.
        say: told what the page needs to be shown as soon as that is known, before the rest is read.
    """
    if (media_type or "") not in HTML_TYPES:
        quality = judge(status=status, media_type=media_type, title="", text=str, article=None)
        return PageReading(article=None, quality=quality)
    content_type = next((value for name, value in headers if name.lower() == "content-type"), None)
    html = parse_html(data, url=url, content_type=content_type)
    problems: list[str] = []
    needed: tuple[Requisite, ...] = ()
    if with_requisites:
        needed = heard("requisites", lambda: requisites(html), problems, ())
        say(needed)
    main = heard("main text", lambda: main_text(html), problems, None)
    article = read_article(html, main=main, headers=headers)
    quality = judge(
        status=status,
        media_type=media_type,
        title=html.root.findtext(".//title") or "",
        text=lambda: heard("text", lambda: text_of(html.root), problems, ""),
        article=article,
    )
    possible: tuple[LinkedDocument, ...] = heard("links", lambda: possible_documents(html, main), problems, ())
    forget()
    if problems:
        article = replace(article, problems=tuple(dict.fromkeys((*article.problems, *problems))))
    return PageReading(article=article, quality=quality, requisites=needed, possible=possible)
