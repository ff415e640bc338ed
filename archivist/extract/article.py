"""A page read as an article: every witness is heard, every field settled.

A witness that fails on odd input leaves a problem, and the others are heard all the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, TypeVar

from archivist.extract.byline import byline_claims
from archivist.extract.claims import Found
from archivist.extract.documents import linked_documents
from archivist.extract.figures import photos
from archivist.extract.headings import heading_claims
from archivist.extract.html import Html
from archivist.extract.jsonld import LinkedData, jsonld_claims, linked_data
from archivist.extract.link_rel import link_claims
from archivist.extract.main_text import MainText, main_text
from archivist.extract.meta_tags import meta_claims
from archivist.extract.microdata import microdata_claims
from archivist.extract.settle import TABLE, settle, settle_update
from archivist.extract.time_elements import time_claims
from archivist.model.article import Article, Block, Claim, FieldName, LinkedDocument, Photo, Settled

__all__ = ["read_article"]

MAX_CLAIMS: Final = 2_000
"""Of one witness; a page that claims more is playing with us."""
MAX_VALUE: Final = 2_000
"""Characters of a value: a long correction note has half as many."""
MAX_PLACE: Final = 500
"""Characters of a place: a JSON pointer is made of keys that the page chooses."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, which a terminal obeys, and lone surrogates, which no UTF-8 can hold; JSON can name both."""
_ODD: Final = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError)
T = TypeVar("T")


def read_article(html: Html, *, main: MainText | None = None, headers: Sequence[tuple[str, str]] = ()) -> Article:
    """What the page says, each value with its evidence.

    Args:
        html: the page.
        main: its main text, where the caller has it already.
        headers: of the answer, the weakest of witnesses.
    """
    del headers  # no field is settled by them yet: Last-Modified is the server's business, not the newspaper's
    problems = list(html.problems)
    main = main or _heard("main text", lambda: main_text(html), problems, None)
    data = _heard("json-ld", lambda: linked_data(html), problems, LinkedData(article=None))
    problems += data.problems
    claims: dict[FieldName, list[Claim]] = defaultdict(list)
    for name, hear in _witnesses(html, main, data):
        for field, claim in _claims(name, hear, problems):
            claims[field].append(_bounded(claim))
    return Article(
        url=html.url,
        fields=_settled(claims),
        photos=_heard("figures", lambda: tuple(map(_shown, photos(html, main, data))), problems, ()),
        documents=_heard("links", lambda: tuple(map(_linked, linked_documents(html, main))), problems, ()),
        blocks=tuple(map(_told, main.blocks)) if main else (),
        problems=tuple(problems),
    )


def _witnesses(
    html: Html, main: MainText | None, data: LinkedData
) -> Iterator[tuple[str, Callable[[], Iterable[Found]]]]:
    language = (html.root.get("lang") or html.root.get("xml:lang") or "").strip() or None
    yield "headings", lambda: heading_claims(html, main)
    yield "byline", lambda: byline_claims(html, main)
    yield "time elements", lambda: time_claims(html, main, language=language)
    yield "json-ld", lambda: jsonld_claims(data)
    yield "meta", lambda: meta_claims(html)
    yield "microdata", lambda: microdata_claims(html)
    yield "links", lambda: link_claims(html)


def _claims(name: str, hear: Callable[[], Iterable[Found]], problems: list[str]) -> list[Found]:
    return _heard(name, lambda: list(islice(hear(), MAX_CLAIMS)), problems, [])


def _bounded(claim: Claim) -> Claim:
    """The claim, fit to be written and shown."""
    evidence = claim.evidence
    at = _writable(evidence.at[:MAX_PLACE])
    return Claim(
        value=_writable(claim.value[:MAX_VALUE]), evidence=replace(evidence, at=at, text=_writable(evidence.text))
    )


def _shown(photo: Photo) -> Photo:
    return replace(
        photo,
        caption=_bounded(photo.caption) if photo.caption else None,
        credit=_bounded(photo.credit) if photo.credit else None,
        photographers=tuple(map(_writable, photo.photographers)),
        agencies=tuple(map(_writable, photo.agencies)),
    )


def _linked(document: LinkedDocument) -> LinkedDocument:
    return replace(document, text=_writable(document.text[:MAX_VALUE]))


def _told(block: Block) -> Block:
    links = tuple(replace(link, text=_writable(link.text)) for link in block.links)
    return replace(block, text=_writable(block.text), links=links)


def _writable(text: str) -> str:
    return text if text.isprintable() else _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _heard(name: str, hear: Callable[[], T], problems: list[str], otherwise: T) -> T:
    try:
        return hear()
    except _ODD as error:
        problems.append(f"{name} could not be read: {type(error).__name__}")
        return otherwise


def _settled(claims: dict[FieldName, list[Claim]]) -> dict[str, Settled]:
    # The displayed headline is a witness for the title in any form.
    claims["title"] = [*claims["title_shown"], *claims["title"]]
    fields = {name: settle(name, claims[name]) for name in TABLE if claims.get(name)}
    if "published" in fields and "updated" in fields:
        fields["updated"] = settle_update(fields["updated"], published=fields["published"])
    return {name: settled for name, settled in fields.items() if settled.values or settled.others}
