"""The pages of two readings of one document.

A document is compared as one stream of paragraphs, so that text which only flows over to the next page is no edit;
then each change is told with its page. Running heads and page numbers are taken out of the stream.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from archivist.diff.blocks import compare_blocks
from archivist.diff.key import key
from archivist.diff.seams import Piece, alike
from archivist.model.article import Block, Page
from archivist.model.change import BlockChange, PageChange
from archivist.model.sheets import Sheets

__all__ = ["Flow", "compare_flows", "flow_of_pages", "flow_of_sheets"]

_NUMBER = re.compile(r"\d+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a paragraph of the stream stands."""

    page: int
    index: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The text of a document as one stream."""

    places: tuple[_Place, ...]
    page_count: int


def flow_of_sheets(sheets: Sheets) -> Flow:
    """The stream of what the pages show: paragraphs are joined already, and running heads gone."""
    seen: Counter[int] = Counter()
    places: list[_Place] = []
    for text in sheets.flow:
        places.append(_Place(page=text.page, index=seen[text.page], text=text.text))
        seen[text.page] += 1
    return Flow(places=tuple(places), page_count=len(sheets.sheets))


def flow_of_pages(pages: Sequence[Page]) -> Flow:
    """The stream of the paragraphs of pages, a running head only where it stands first."""
    running = _running_heads(pages)
    seen: set[str] = set()
    places: list[_Place] = []
    for page in pages:
        for index, text in enumerate(page.paragraphs):
            mark = _masked(text)
            is_repeated = mark in running and mark in seen
            seen.add(mark)
            if not is_repeated and not (_is_margin(page, index) and _is_page_number(text, page.number)):
                places.append(_Place(page=page.number, index=index, text=text))
    return Flow(places=tuple(places), page_count=len(pages))


def compare_flows(old: Flow, new: Flow) -> tuple[PageChange, ...]:
    """The pages that were inserted, deleted or edited, in the order of the newer document."""
    pieces = alike([place.text for place in old.places], [place.text for place in new.places])
    before, after = _cut(old.places, pieces[0]), _cut(new.places, pieces[1])
    comparison = compare_blocks([_block(place) for place in before], [_block(place) for place in after])
    shared = Counter((before[i].page, after[j].page) for i, j in comparison.pairs)
    new_of = dict(pages for pages, _ in reversed(shared.most_common()))
    old_of = {new_page: old_page for (old_page, new_page), _ in reversed(shared.most_common())}
    by_page: dict[tuple[int | None, int | None], list[BlockChange]] = {}
    for change in comparison.changes:
        source = None if change.old_index is None else before[change.old_index]
        target = None if change.new_index is None else after[change.new_index]
        old_number, new_number = (place.page if place else None for place in (source, target))
        if new_number is not None:
            old_number = old_of.get(new_number)
        elif old_number is not None:
            new_number = new_of.get(old_number)
        told = replace(change, old_index=source.index if source else None, new_index=target.index if target else None)
        by_page.setdefault((old_number, new_number), []).append(told)
    growth = new.page_count - old.page_count
    return tuple(
        PageChange(op=_op(pages, growth), old_number=pages[0], new_number=pages[1], blocks=tuple(blocks))
        for pages, blocks in by_page.items()
    )


def _cut(places: Sequence[_Place], pieces: Sequence[Piece]) -> list[_Place]:
    return [replace(places[piece.source], text=piece.text) for piece in pieces]


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """What stands first or last on more than half of the pages, numbers apart."""
    margins = Counter(
        mark for page in pages for mark in {_masked(text) for text in (*page.paragraphs[:1], *page.paragraphs[-1:])}
    )
    return frozenset(mark for mark, count in margins.items() if count > 1 and count * 2 > len(pages))


def _masked(text: str) -> str:
    return _NUMBER.sub("#", key(text))


def _is_margin(page: Page, index: int) -> bool:
    return index in (0, len(page.paragraphs) - 1)


def _is_page_number(text: str, number: int) -> bool:
    """``3``, ``- 3 -``, ``Page 3 of 12``: the number and at most three short words."""
    words = [word for word in _NUMBER.sub(" ", text).split() if any(letter.isalpha() for letter in word)]
    return str(number) in _NUMBER.findall(text) and len(words) <= 3 and len(text) <= 24


def _block(place: _Place) -> Block:
    return Block(kind="paragraph", text=place.text, path="page")


def _op(pages: tuple[int | None, int | None], growth: int) -> Literal["insert", "delete", "edit"]:
    """A page that has nothing of the other document came or went, if the number of pages says so too."""
    if pages[0] is None and growth > 0:
        return "insert"
    if pages[1] is None and growth < 0:
        return "delete"
    return "edit"
