"""Which runs of text in a container are the article's.

Paragraphs that are set alike make the column. What stands in the column is the article's own; whatever stands in a box
beside or inside it is judged as one (``boxes``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from archivist.extract.boxes import LEAVES, Box, Place
from archivist.extract.container import setting_of
from archivist.extract.html import Element
from archivist.extract.phrases import bare, is_correction_label
from archivist.extract.pieces import SENTENCE, Piece

__all__ = ["article_pieces"]

SOLID: Final = 80
"""Weight of a paragraph that makes the column, or helps to."""
UNPOINTED: Final = 140
"""The same without a full stop."""
MAX_ABOVE: Final = 30
"""Runs among which the headline is."""
MAX_QUOTES: Final = 50
MIN_REPEATED: Final = 12
"""Characters of a sentence that is no coincidence."""
ALIKE: Final = 0.25
"""Of the heaviest way of setting paragraphs: what weighs less is no column of its own."""

MAX_REPEATED: Final = 600
"""Weight of a quotation that may be set a second time in larger letters."""

_STOP: Final = re.compile("[.!?。！？]")
_LISTS: Final = frozenset({"ul", "ol", "dl", "table"})
"""What, as paragraphs, needs no judging where it stands directly among these."""


def article_pieces(pieces: Sequence[Piece], container: Element, *, title: str) -> list[Piece]:
    """Those of the pieces that are the article's, each with the kind it turned out to have.

    Args:
        pieces: all that the container says.
        container: the article's element.
        title: what the page calls itself, bare; a heading that says the same is the headline.
    """
    headline = _headline(pieces, title)
    column = _column(pieces, container, headline)
    if column is None:
        kept = [piece if _is_own(piece) and number != headline else None for number, piece in enumerate(pieces)]
    else:
        kept = list(_judged(pieces, column, headline))
    return _tidied(kept)


def _headline(pieces: Sequence[Piece], title: str) -> int:
    """Number of the headline among the pieces, -1 where it is not one of them."""
    begin = next((number for number, piece in enumerate(pieces) if _solid_weight(piece)), len(pieces))
    for number, piece in enumerate(pieces[:MAX_ABOVE]):
        if piece.owner.tag == "h1":
            above = sum(map(_solid_weight, pieces[:number]))
            return number if 2 * above <= sum(map(_solid_weight, pieces)) else -1
    said = (number for number, piece in enumerate(pieces[: min(begin, MAX_ABOVE)]) if _is_named(piece, title))
    return next(said, -1)


def _is_named(piece: Piece, name: str) -> bool:
    """The name of the page says the same."""
    text = bare(piece.text) if piece.kind in {"heading", "paragraph"} else ""
    return len(text) >= SENTENCE and text in name


def _solid_weight(piece: Piece) -> int:
    return piece.weight if piece.kind == "paragraph" and _is_solid(piece) else 0


def _is_own(piece: Piece) -> bool:
    return not piece.is_away and piece.owner.tag != "h1"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """The elements that hold paragraphs which are set alike."""

    holders: AbstractSet[Element]
    around: AbstractSet[Element]
    """The holders and all that holds them, up to the container."""
    first: int
    """Number of the first piece in it, and of the last."""
    last: int
    weight: int

    def root(self, element: Element) -> Element | None:
        """The outermost element around this one that holds nothing of the column; None inside the column itself."""
        if element in self.around:
            return None
        for ancestor in element.iterancestors():
            if ancestor in self.around:
                return element
            element = ancestor
        return element

    def place(self, number: int) -> Place:
        """Where a piece stands."""
        if number < self.first:
            return "before"
        return "behind" if number > self.last else "between"


def _column(pieces: Sequence[Piece], container: Element, headline: int) -> _Column | None:
    weights: dict[Element, int] = defaultdict(int)
    alike: dict[tuple[object, ...], int] = defaultdict(int)
    for piece in pieces:
        if piece.kind == "paragraph" and _is_solid(piece):
            weights[_holder(piece.owner)] += piece.weight
    settings = {holder: setting_of(holder) for holder in weights}
    for holder, weight in weights.items():
        alike[settings[holder]] += weight
    most = max(alike.values(), default=0)
    if not most:
        return None
    holders = {holder for holder in weights if alike[settings[holder]] >= ALIKE * most}
    around = set(holders) | {container}
    for holder in holders:
        for ancestor in holder.iterancestors():
            if ancestor in around or holder is container:
                break
            around.add(ancestor)
    inside = [number for number, piece in enumerate(pieces) if piece.is_prose and _holder(piece.owner) in holders]
    inside = [number for number in inside if number > headline and pieces[number].kind == "paragraph"] or inside
    return _Column(
        holders=holders,
        around=around,
        first=inside[0],
        last=inside[-1],
        weight=sum(pieces[number].weight for number in inside),
    )


def _is_solid(piece: Piece) -> bool:
    return piece.is_prose and piece.weight >= (SOLID if piece.is_sentence else UNPOINTED)


def _holder(owner: Element) -> Element:
    parent = owner.getparent()
    return parent if owner.tag in LEAVES and parent is not None else owner


def _judged(pieces: Sequence[Piece], column: _Column, headline: int) -> Iterator[Piece | None]:
    """The pieces in order, None for each that is not the article's."""
    numbered = [(number, piece, column.root(piece.owner)) for number, piece in enumerate(pieces)]
    for root, members in groupby(numbered, key=lambda each: each[2]):
        group = list(members)
        if root is None:
            for _, piece, _ in group:
                is_text = piece.is_sentence or piece.owner in column.holders or piece.kind != "paragraph"
                yield piece if is_text and _is_own(piece) else None
            continue
        place = column.place(group[0][0])
        is_beside = root.getparent() in column.around and place != "before"
        if is_beside and root.tag in LEAVES:
            yield from (piece if _is_own(piece) else None for _, piece, _ in group)
            continue
        box = Box(
            root=root,
            pieces=tuple(piece for _, piece, _ in group),
            place=place,
            column_weight=column.weight,
            has_headline=group[0][0] <= headline <= group[-1][0],
        )
        if is_beside and root.tag in _LISTS and not box.is_list_of_links:
            yield from (piece if _is_own(piece) else None for piece in box.pieces)
        elif group[-1][0] < headline:
            yield from (piece if piece.kind in {"caption", "credit"} else None for piece in box.pieces)
        else:
            told = zip(group, box.told(), strict=True)
            yield from (piece if number != headline else None for (number, _, _), piece in told)


def _tidied(pieces: Sequence[Piece | None]) -> list[Piece]:
    """Without headings that nothing follows, and with the note under a correction's heading told as one."""
    kept: list[Piece] = []
    is_cut = False
    for piece in pieces:
        if piece is None:
            is_cut = True
            continue
        above = kept[-1] if kept else None
        if piece.kind == "heading" and above is not None and above.kind == "heading" and is_cut:
            kept.pop()
        if above is not None and above.kind == "heading" and not is_cut and is_correction_label(above.text):
            kept.append(replace(piece, kind="correction"))
        else:
            kept.append(piece)
        is_cut = False
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return _once(kept)


def _once(pieces: list[Piece]) -> list[Piece]:
    """Without quotations that only repeat what a paragraph says, in larger letters."""
    quotes = [piece for piece in pieces if piece.kind == "quote" and piece.weight <= MAX_REPEATED][:MAX_QUOTES]
    if not quotes:
        return pieces
    said = " ".join(bare(piece.text) for piece in pieces if piece.kind == "paragraph")
    repeated = {id(piece) for piece in quotes if _is_said(piece.text, said)}
    return [piece for piece in pieces if id(piece) not in repeated]


def _is_said(quote: str, said: str) -> bool:
    """Half of its sentences stand in what is said."""
    sentences = [bare(sentence) for sentence in _STOP.split(quote)]
    again = sum(len(sentence) for sentence in sentences if len(sentence) >= MIN_REPEATED and sentence in said)
    return 2 * again > sum(map(len, sentences))
