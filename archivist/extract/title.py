"""The headline that says what the page's ``title`` says: of several, it is the page's own."""

from __future__ import annotations

from itertools import islice
from typing import Final

from archivist.extract.html import Element
from archivist.extract.phrases import bare
from archivist.extract.tree import length_of, text_of

__all__ = ["MAX_HEADLINES", "headline_of"]

MAX_HEADLINES: Final = 8
"""Elements ``h1`` that are looked at."""
MAX_HEADLINE: Final = 400
MIN_NAME: Final = 8
"""Characters of a headline that can be known again in the ``title``."""
MIN_WORDS: Final = 3
"""Words that headline and ``title`` share, where they are not the same."""


def headline_of(root: Element) -> Element | None:
    """The ``h1`` that is most like the ``title``; None where none is."""
    title = bare(root.findtext(".//title") or "")
    likeness = {headline: _likeness(headline, title) for headline in islice(root.iter("h1"), MAX_HEADLINES)}
    return max((headline for headline in likeness if likeness[headline]), key=likeness.__getitem__, default=None)


def _likeness(headline: Element, title: str) -> float:
    """How much of the headline and the ``title`` say the same; 0 where it is less than half."""
    text = bare(text_of(headline)) if length_of(headline) <= MAX_HEADLINE else ""
    if len(text) >= MIN_NAME and text in title:
        return 1 + len(text)  # the longest: the name of the site stands in the title too
    words, known = set(text.split()), set(title.split())
    both = len(words & known)
    return both / max(len(words), len(known)) if both >= MIN_WORDS and 2 * both >= min(len(words), len(known)) else 0
