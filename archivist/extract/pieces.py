"""Runs of text that say something, and what they look like: sentences, labels, links to other stories, standfirsts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from archivist.extract.expressions import lazily
from archivist.extract.html import Element
from archivist.extract.phrases import announces, asks_consent, is_correction, says_nothing
from archivist.extract.runs import Run
from archivist.extract.tree import collapse, words_of
from archivist.model.article import BlockKind

__all__ = ["SENTENCE", "Piece", "is_called_standfirst", "is_standfirst", "pieces_of"]

SENTENCE: Final = 30
"""Weight from which words that end as a sentence are one: "Min." and "u. a." are none."""
LONG: Final = 240
"""Weight from which words are sentences, full stop or not."""
LINK_SHARE: Final = 0.7
"""Of a short run's text: above it, the run leads elsewhere rather than saying something."""
QUOTE_LINK_SHARE: Final = 0.95
"""The same for a quotation: posts in social media are often half links."""
HEADING_LINK_SHARE: Final = 0.4
"""The same for a heading, some of which repeat their link for screen readers."""
MIXED_LINK_SHARE: Final = 0.55
"""The same for a run that is no sentence."""
SHORT: Final = 160
MAX_TEASER: Final = 250
MIN_STANDFIRST: Final = 45
"""Weight of a standfirst without a full stop; it has so many words, and most of them in small letters."""
MIN_WORDS: Final = 6

_WIDE: Final = lazily("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
"""Signs of which one says as much as three letters."""
_UNPOINTED: Final = re.compile("[\u0e00-\u0eff]")
"""Thai and Lao end no sentence with a point."""
_END: Final = re.compile(r"[.!?…。！？｡؟۔।॥၊။។៕։።]['\"”“’‘»«›‹)\]）」』】〕*\s]{0,4}$")
MAX_END: Final = 6
"""Characters at the end of a text among which the full stop stands."""
_NO_WORDS: Final = re.compile(r"[\W\d_]*")
_LEAD_WORDS: Final = frozenset(
    "standfirst subtitle subheadline subhead deck dek lede intro vorspann chapo chapeau sottotitolo occhiello "
    "entradilla bajada ingress sapo subheading preamble manchet perex".split()
)
_STANDFIRST: Final = _LEAD_WORDS | frozenset("lead summary excerpt abstract description".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run that says something."""

    run: Run
    owner: Element
    """The element that the text stands in."""
    kind: BlockKind
    text: str
    weight: int
    """Characters, as many as a text in letters would have."""
    is_sentence: bool
    is_away: bool
    """It leads to something else."""

    @property
    def is_prose(self) -> bool:
        """It is neither a picture's words nor a link."""
        return not self.is_away and self.kind not in {"caption", "credit"}


def pieces_of(runs: Iterable[Run]) -> Iterator[Piece]:
    """The runs that say something."""
    for run in runs:
        text = collapse("".join(run.pieces))
        if says_nothing(text) or (run.kind == "paragraph" and _NO_WORDS.fullmatch(text)):
            continue
        weight = len(text) if text.isascii() else len(text) + 2 * len(_WIDE().findall(text))
        is_sentence = weight >= SENTENCE and (
            weight >= LONG or bool(_END.search(text, max(0, len(text) - MAX_END)) or _UNPOINTED.search(text))
        )
        kind = run.kind
        if kind in {"paragraph", "list-item", "quote"} and is_correction(text):
            kind = "correction"
        elif kind == "paragraph" and text.startswith("©") and weight <= SHORT:
            kind = "credit"
        yield Piece(
            run=run,
            owner=run.owner,
            kind=kind,
            text=text,
            weight=weight,
            is_sentence=is_sentence,
            is_away=_is_away(run, kind, text, is_sentence=is_sentence),
        )


def _is_away(run: Run, kind: BlockKind, text: str, *, is_sentence: bool) -> bool:
    """It is a link and little else, or it announces one, or it is a line of dates."""
    size = len(text)
    if kind in {"caption", "credit"}:
        return False
    if run.linked > _link_share(kind, size, is_sentence=is_sentence) * size:
        return True
    if kind == "correction":
        return False
    if run.is_card or asks_consent(text) or (kind == "paragraph" and size < SHORT and run.has_time):
        return True
    return size <= MAX_TEASER and (kind == "heading" or run.linked > 0) and announces(text)


def _link_share(kind: BlockKind, size: int, *, is_sentence: bool) -> float:
    """Above which share of links a run leads elsewhere."""
    if kind == "heading":
        return HEADING_LINK_SHARE
    if size >= SHORT:
        return math.inf
    if kind == "quote":
        return QUOTE_LINK_SHARE
    return LINK_SHARE if is_sentence or kind != "paragraph" else MIXED_LINK_SHARE


def is_standfirst(piece: Piece) -> bool:
    """It says something, as the lines below a headline do, full stop or not."""
    if not piece.is_prose or piece.weight < SENTENCE or piece.kind == "table-row":
        return False
    if piece.is_sentence or not _STANDFIRST.isdisjoint(words_of(piece.owner)):
        return True
    words = piece.text.split()
    small = sum(word[0].islower() for word in words)
    return piece.weight >= MIN_STANDFIRST and small >= len(words) / 2 and len(words) >= MIN_WORDS


def is_called_standfirst(element: Element) -> bool:
    """Its class has a word that newsrooms use for nothing else."""
    return not _LEAD_WORDS.isdisjoint(words_of(element))
