"""A page read as an article: every witness is heard, every field settled.

A witness that fails on odd input leaves a problem, and the others are heard all the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Final, TypeVar, cast

from archivist.extract.byline import byline_claims
from archivist.extract.claims import Found
from archivist.extract.documents import linked_documents
from archivist.extract.figures import photos
from archivist.extract.headings import heading_claims
from archivist.extract.html import Element, Html
from archivist.extract.http_headers import header_claims
from archivist.extract.hydration import hydration_claims
from archivist.extract.jsonld import LinkedData, jsonld_claims, linked_data
from archivist.extract.languages import language_claims
from archivist.extract.link_rel import link_claims
from archivist.extract.live import live_claims
from archivist.extract.main_text import MainText, main_text
from archivist.extract.meta_tags import meta_claims
from archivist.extract.microdata import microdata_claims
from archivist.extract.newsroom import newsroom_apart
from archivist.extract.settle import TABLE, settle, settle_contributors
from archivist.extract.settle_dates import settle_dates
from archivist.extract.sites import site_claims
from archivist.extract.state_article import StateArticle, state_article
from archivist.extract.state_body import is_shell, state_blocks, state_photos
from archivist.extract.time_elements import time_claims
from archivist.model.article import Article, Block, Claim, FieldName, LinkedDocument, Photo, Settled

__all__ = ["heard", "read_article"]

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


def read_article(
    html: Html,
    *,
    main: MainText | None = None,
    headers: Sequence[tuple[str, str]] = (),
    unheard: Collection[str] = (),
) -> Article:
    """What the page says, each value with its evidence.

    Args:
        html: the page.
        main: its main text, where the caller has it already.
        headers: of the answer, the weakest of witnesses.
        unheard: witnesses whose claims nobody will ask for.
    """
    problems = list(html.problems)
    main = main or heard("main text", lambda: main_text(html), problems, None)
    data = heard("json-ld", lambda: linked_data(html), problems, LinkedData(article=None))
    problems += data.problems
    state = heard("state", lambda: state_article(html), problems, None)
    claims: dict[FieldName, list[Claim]] = defaultdict(list)
    of_server = ("headers", lambda: header_claims(headers, html))
    for name, hear in chain(_witnesses(html, main, data, state, claims), [of_server]):
        for field, claim in _claims(name, hear, problems) if name not in unheard else ():
            claims[field].append(_bounded(claim))
    apart = heard("newsroom", lambda: newsroom_apart(claims, html.url), problems, dict(claims))
    return Article(
        url=html.url,
        fields=_settled(apart),
        photos=heard("figures", lambda: tuple(map(_shown, _photos(html, main, data, state))), problems, ()),
        documents=heard("links", lambda: tuple(map(_linked, linked_documents(html, main))), problems, ()),
        blocks=heard("text", lambda: tuple(map(_told, _blocks(html, main, state, problems))), problems, ()),
        problems=tuple(problems),
    )


def _witnesses(
    html: Html,
    main: MainText | None,
    data: LinkedData,
    state: StateArticle | None,
    heard: Mapping[FieldName, Sequence[Claim]],
) -> Iterator[tuple[str, Callable[[], Iterable[Found]]]]:
    language = (html.root.get("lang") or html.root.get("xml:lang") or "").strip() or None
    yield "headings", lambda: heading_claims(html, main)
    headline = _headline(html, heard)
    yield "live marks", lambda: live_claims(html, main)
    yield "byline", lambda: byline_claims(html, main, headline=headline)
    yield "json-ld", lambda: jsonld_claims(data)
    yield "meta", lambda: meta_claims(html)
    yield "microdata", lambda: microdata_claims(html)
    yield "links", lambda: link_claims(html)
    yield "site", lambda: site_claims(html)
    yield "language", lambda: language_claims(main)
    yield "hydration", lambda: hydration_claims(state)
    # Last, for what a line leaves out (the year, the day) is taken from what the others say.
    yield (
        "time elements",
        lambda: time_claims(html, main, headline=headline, language=language, known=_dates(heard)),
    )


def _dates(heard: Mapping[FieldName, Sequence[Claim]]) -> list[str]:
    return [claim.value for name in ("published", "updated") for claim in heard.get(name, ())]


def _headline(html: Html, heard: Mapping[FieldName, Sequence[Claim]]) -> Element | None:
    """The element of the displayed headline."""
    place = next((claim.evidence.at for claim in heard.get("title_shown", ())), None)
    found = cast("list[Element]", html.root.getroottree().xpath(place)) if place is not None else []
    return found[0] if found else None


def _photos(html: Html, main: MainText | None, data: LinkedData, state: StateArticle | None) -> tuple[Photo, ...]:
    found = photos(html, main, data)
    return state_photos(state, html) if state and not found and is_shell(main) else found


def _blocks(html: Html, main: MainText | None, state: StateArticle | None, problems: list[str]) -> tuple[Block, ...]:
    """The text on the page; where it shows none without its scripts, the text that these hold."""
    if state and is_shell(main) and (found := state_blocks(state, html, main)):
        problems.append(f"no text is shown without scripts; it was read in {_writable(state.at[:MAX_PLACE])}")
        return found
    return main.blocks if main else ()


def _claims(name: str, hear: Callable[[], Iterable[Found]], problems: list[str]) -> list[Found]:
    return heard(name, lambda: list(islice(hear(), MAX_CLAIMS)), problems, [])


def _bounded(claim: Claim) -> Claim:
    """The claim, fit to be written and shown."""
    evidence = claim.evidence
    is_fit = len(claim.value) <= MAX_VALUE and len(evidence.at) <= MAX_PLACE
    if is_fit and claim.value.isprintable() and evidence.at.isprintable() and evidence.text.isprintable():
        return claim
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
    if block.text.isprintable() and all(link.text.isprintable() for link in block.links):
        return block
    links = tuple(replace(link, text=_writable(link.text)) for link in block.links)
    return replace(block, text=_writable(block.text), links=links)


def _writable(text: str) -> str:
    return text if text.isprintable() else _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def heard(name: str, hear: Callable[[], T], problems: list[str], otherwise: T) -> T:
    """What ``hear`` returns; where odd input makes it fail, a problem is noted, and ``otherwise`` stands for it."""
    try:
        return hear()
    except _ODD as error:
        problems.append(f"{name} could not be read: {type(error).__name__}")
        return otherwise


def _settled(claims: dict[FieldName, list[Claim]]) -> dict[str, Settled]:
    # The displayed headline is a witness for the title in any form.
    claims["title"] = [*claims.get("title_shown", ()), *claims.get("title", ())]
    fields = {name: settle(name, claims[name]) for name in TABLE if claims.get(name)}
    if "published" in fields and "updated" in fields:
        fields["published"], fields["updated"] = settle_dates(fields["published"], fields["updated"])
    if "contributors" in fields and "authors" in fields:
        fields["contributors"] = settle_contributors(fields["contributors"], authors=fields["authors"])
    return {name: settled for name, settled in fields.items() if settled.values or settled.others}
