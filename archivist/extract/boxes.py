"""Text in a box beside or inside the column: what of it, if anything, is the article's.

A box is judged as a whole: by its place before, between or behind the paragraphs, by whether it says sentences, leads
elsewhere, holds a picture, a player or a form. Words in its class are weak evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final, Literal

from archivist.extract.html import Element
from archivist.extract.phrases import announces, is_machine_summary
from archivist.extract.pieces import Piece, is_called_standfirst, is_standfirst
from archivist.extract.tree import words_of

__all__ = ["LEAVES", "Box", "Place", "captions_among"]

AWAY_SHARE: Final = 0.4
"""Of what a box says: above it, the box leads elsewhere."""
MIN_STORY: Final = 400
"""Weight of text for each heading that is a link: a box with less is a list of other stories."""
MAX_CAPTION: Final = 400
MAX_CAPTIONS: Final = 3
"""Runs that caption, place and credit of one picture take."""
MAX_CLIMB: Final = 2
"""Levels above a run on which its picture is looked for."""
MAX_BOX: Final = 600
"""Weight up to which a box with a form or a player is that and nothing else."""
MAX_BIO: Final = 1_200
"""The same for a box about the author."""
MAX_SAID: Final = 10
"""Runs of a box in which it may say that a machine wrote it."""
MIN_BEHIND: Final = 700
"""Weight from which a box behind the text is still a part of it; of a short text, a fifth is enough."""
BEHIND_SHARE: Final = 0.2

LEAVES: Final = frozenset({"p", "pre", "blockquote", "li", "dd", "dt", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_FORMS: Final = ("input", "textarea", "select", "form")
_PICTURES: Final = ("img", "picture", "amp-img", "figure")
_PLAYERS: Final = ("video", "audio", "iframe", "amp-video", "amp-iframe", "object", "embed")
_MEDIA_WORDS: Final = frozenset(
    "video videos player audio podcast playlist jwplayer brightcove gallery slideshow".split()
)
_GALLERY_WORDS: Final = frozenset("gallery galleries carousel slideshow slider slides".split())
"""What holds pictures and captions, though a script may have yet to put the pictures in."""
_PERSON_WORDS: Final = frozenset(
    "author authors autor autoren auteur autore autorin profile profil bio contributor".split()
)
Place = Literal["before", "between", "behind"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Pieces in one element that is no part of the column."""

    root: Element
    pieces: tuple[Piece, ...]
    place: Place
    column_weight: int
    has_headline: bool

    @property
    def is_list_of_links(self) -> bool:
        """A list behind the text of which every item leads elsewhere."""
        return (
            self.place == "behind" and self.root.tag in {"ul", "ol"} and all(piece.run.linked for piece in self.pieces)
        )

    def told(self) -> Iterator[Piece | None]:
        """Each piece, or None where it is not the article's."""
        verdict = self._verdict()
        captions = captions_among(self.pieces, self.root)
        for number, piece in enumerate(self.pieces):
            if piece.kind in {"caption", "credit", "correction"} and not piece.is_away:
                yield piece
            elif not _is_own(piece) or (verdict == "nothing" and piece.kind != "quote"):
                yield None
            elif number in captions or (verdict == "captions" and piece.is_sentence):
                yield replace(piece, kind="caption")
            elif verdict == "captions":
                yield None  # "14 hours ago" at a player: no reader would miss it, and every visit shows another
            else:
                yield piece if self._fits(piece) else None

    def _verdict(self) -> Literal["text", "captions", "nothing"]:
        weight = sum(piece.weight for piece in self.pieces if _is_own(piece))
        if self.has_headline or any(piece.run.is_in_header for piece in self.pieces):
            return "text"
        words = self._words()
        is_person = self.place != "between" and weight <= MAX_BIO and not words.isdisjoint(_PERSON_WORDS)
        if is_person or self._leads_away(weight) or (weight <= MAX_BOX and self._asks()):
            return "nothing"
        if weight <= MAX_BOX and (not words.isdisjoint(_MEDIA_WORDS) or self._holds(_PLAYERS)):
            return "captions"
        return "nothing" if self.place == "behind" and not self._goes_on(weight) else "text"

    def _leads_away(self, weight: int) -> bool:
        """It tells of other stories."""
        away = sum(piece.weight if piece.is_away else piece.run.linked for piece in self.pieces)
        stories = sum(piece.is_away and piece.kind == "heading" for piece in self.pieces)
        is_announced = weight <= MAX_BOX and announces(self.pieces[0].text)
        is_announced |= weight <= MAX_BIO and any(is_machine_summary(piece.text) for piece in self.pieces[:MAX_SAID])
        return is_announced or away > AWAY_SHARE * (weight + away) or weight < stories * MIN_STORY

    def _asks(self) -> bool:
        """It has something to fill in, or a button that is not a picture's."""
        return self._holds(_FORMS) or (self._holds(("button",)) and not self._holds(_PICTURES))

    def _goes_on(self, weight: int) -> bool:
        """It says enough to be a part of the text above it."""
        said = sum(piece.weight for piece in self.pieces if _is_own(piece) and piece.is_sentence)
        return weight >= min(MIN_BEHIND, BEHIND_SHARE * self.column_weight) and said > weight / 2

    def _fits(self, piece: Piece) -> bool:
        """The piece is text rather than a label."""
        if self.place == "before" or piece.run.is_in_header:
            return is_standfirst(piece)
        is_single = piece.owner.tag == "p" and len(self.pieces) == 1
        return piece.is_sentence or piece.kind != "paragraph" or is_single

    def _words(self) -> AbstractSet[str]:
        """The words at the root and on the way down to its pieces."""
        words = set(words_of(self.root))
        seen = {self.root}
        for piece in self.pieces:
            node: Element | None = piece.owner
            while node is not None and node not in seen:
                seen.add(node)
                words |= words_of(node)
                node = node.getparent()
        return words

    def _holds(self, tags: Sequence[str]) -> bool:
        return next(self.root.iter(*tags), None) is not None


def _is_own(piece: Piece) -> bool:
    return piece.is_prose and piece.owner.tag != "h1"


def captions_among(pieces: Sequence[Piece], root: Element) -> AbstractSet[int]:
    """Numbers of the pieces, all below ``root``, that stand with little other text beside a picture or in a gallery."""
    weights: dict[Element, int] = defaultdict(int)
    counts: dict[Element, int] = defaultdict(int)
    climbs = [tuple(_around(piece, root)) for piece in pieces]
    for piece, climb in zip(pieces, climbs, strict=True):
        for around in climb:
            weights[around] += piece.weight
            counts[around] += 1
    found: set[int] = set()
    for number, (piece, climb) in enumerate(zip(pieces, climbs, strict=True)):
        if piece.kind not in {"paragraph", "list-item"} or is_called_standfirst(piece.owner):
            continue
        for around in climb:
            if weights[around] > MAX_CAPTION or counts[around] > MAX_CAPTIONS or is_called_standfirst(around):
                break
            if next(around.iter(*_HEADINGS), None) is not None:
                break
            if next(around.iter(*_PICTURES), None) is not None or not _GALLERY_WORDS.isdisjoint(words_of(around)):
                found.add(number)
                break
    return found


def _around(piece: Piece, root: Element) -> Iterator[Element]:
    """The elements close around a piece."""
    around: Element | None = piece.owner
    if piece.owner.tag in LEAVES:
        around = None if piece.owner is root else piece.owner.getparent()
    for _ in range(MAX_CLIMB):
        if around is None:
            return
        yield around
        around = None if around is root else around.getparent()
