"""The article's own text: its container, and its blocks in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from archivist.extract.asides import is_apart, is_aside
from archivist.extract.boxes import captions_among
from archivist.extract.column import article_pieces
from archivist.extract.container import behind, container_of, lead_in
from archivist.extract.html import Element, Html
from archivist.extract.phrases import is_marked_correction
from archivist.extract.pieces import Piece, is_standfirst, pieces_of
from archivist.extract.prose import Prose, prose_of
from archivist.extract.runs import runs
from archivist.model.article import Block

__all__ = ["MainText", "is_apart", "is_aside", "main_text"]

MAX_BLOCKS: Final = 5_000
MAX_PATH: Final = 64
"""Levels of a path: where mark-up nests deeper, the outermost are left out."""
MAX_LEADS: Final = 3
"""Runs between headline and text that are taken for its standfirst."""
MAX_LEAD: Final = 700
MAX_NOTE: Final = 1_500
"""Characters of text in an element behind the container in which a correction is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """The article's own text."""

    element: Element
    """The container."""
    blocks: tuple[Block, ...]
    elements: tuple[Element, ...]
    """The element of each block."""


def main_text(html: Html) -> MainText | None:
    """The main text of a page; None where no element holds a paragraph."""
    prose = prose_of(html.root)
    container = container_of(html.root, prose)
    if container is None:
        return None
    pieces = list(islice(pieces_of(runs(container, html=html, prose=prose)), MAX_BLOCKS))
    found = [
        *islice(_leads(html, prose, container), MAX_LEADS),
        *article_pieces(pieces, container, title=prose.title.text),
        *_notes(html, prose, container),
    ][:MAX_BLOCKS]
    return MainText(
        element=container,
        blocks=tuple(_blocks(found, container)),
        elements=tuple(piece.owner for piece in found),
    )


def _leads(html: Html, prose: Prose, container: Element) -> Iterator[Piece]:
    """The standfirst, where it stands outside of the container."""
    for element in lead_in(container, prose.title.headlines):
        if element.tag == "article" or prose.total.get(element, 0) > 2 * MAX_LEAD or prose.is_aside(element):
            continue
        pieces = list(islice(pieces_of(runs(element, html=html, prose=prose)), MAX_BLOCKS))
        captions = captions_among(pieces, element)
        for number, piece in enumerate(pieces):
            is_text = piece.kind in {"paragraph", "heading"} and piece.weight <= MAX_LEAD
            is_lead = is_text and number not in captions and is_standfirst(piece)
            if is_lead or (piece.kind == "correction" and not piece.is_away):
                yield piece


def _notes(html: Html, prose: Prose, container: Element) -> Iterator[Piece]:
    """Corrections behind the container."""
    for element in behind(container):
        is_read = is_marked_correction(element) or not prose.is_aside(element)
        if is_read and 0 < prose.total.get(element, 0) <= MAX_NOTE:
            for piece in pieces_of(runs(element, html=html, prose=prose)):
                if piece.kind == "correction" and not piece.is_away:
                    yield piece


def _blocks(pieces: Iterable[Piece], container: Element) -> Iterator[Block]:
    paths: dict[tuple[str, Element | None], str] = {}
    for piece in pieces:
        # Paragraphs beside each other have the same path.
        key = str(piece.owner.tag), None if piece.owner is container else piece.owner.getparent()
        path = paths.get(key) or paths.setdefault(key, _path(piece.owner, container))
        yield Block(kind=piece.kind, text=piece.text, path=path, links=tuple(piece.run.links))


def _path(owner: Element, container: Element) -> str:
    """The tags from the container, or else from the body, down to the element."""
    tags = [str(owner.tag)]
    for ancestor in owner.iterancestors():
        if len(tags) >= MAX_PATH or tags[-1] == "body" or owner is container:
            break
        tags.append(str(ancestor.tag))
        if ancestor is container:
            break
    return "/".join(reversed(tags))
