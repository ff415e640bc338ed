"""A page read as an article: every witness is heard, every field settled.

A witness that fails on odd input leaves a problem, and the others are heard all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

from archivist.extract.byline import byline_claims
from archivist.extract.claims import Found
from archivist.extract.dates import same_moment
from archivist.extract.documents import linked_documents
from archivist.extract.figures import photos
from archivist.extract.headings import heading_claims
from archivist.extract.html import Html
from archivist.extract.jsonld import LinkedData, jsonld_claims, linked_data
from archivist.extract.link_rel import link_claims
from archivist.extract.main_text import MainText, main_text
from archivist.extract.meta_tags import meta_claims
from archivist.extract.microdata import microdata_claims
from archivist.extract.settle import TABLE, settle
from archivist.extract.time_elements import time_claims
from archivist.model.article import Article, Claim, FieldName, Settled

__all__ = ["read_article"]

MAX_CLAIMS: Final = 2_000
"""Of one witness; a page that claims more is playing with us."""
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
            claims[field].append(claim)
    return Article(
        url=html.url,
        fields=_settled(claims),
        photos=_heard("figures", lambda: photos(html, main), problems, ()),
        documents=_heard("links", lambda: linked_documents(html, main), problems, ()),
        blocks=main.blocks if main else (),
        problems=tuple(problems),
    )


def _witnesses(
    html: Html, main: MainText | None, data: LinkedData
) -> Iterator[tuple[str, Callable[[], Iterable[Found]]]]:
    language = (html.root.get("lang") or "").strip() or None
    yield "headings", lambda: heading_claims(html, main)
    yield "byline", lambda: byline_claims(html, main)
    yield "time elements", lambda: time_claims(html, main, language=language)
    yield "json-ld", lambda: jsonld_claims(data)
    yield "meta", lambda: meta_claims(html)
    yield "microdata", lambda: microdata_claims(html)
    yield "links", lambda: link_claims(html)


def _claims(name: str, hear: Callable[[], Iterable[Found]], problems: list[str]) -> list[Found]:
    return _heard(name, lambda: list(islice(hear(), MAX_CLAIMS)), problems, [])


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
    published, updated = fields.get("published"), fields.get("updated")
    if published and updated and published.value and updated.value and same_moment(published.value, updated.value):
        # Systems that write "modified" at publication say nothing about an update.
        others = (*updated.values, *updated.others)
        later = next((claim for claim in updated.others if not same_moment(published.value, claim.value)), None)
        values = (later,) if later else ()
        fields["updated"] = Settled(values=values, others=tuple(claim for claim in others if claim not in values))
    return {name: settled for name, settled in fields.items() if settled.values or settled.others}
