"""What a page calls itself: its ``title``, and the headline that says the same, which of several is the page's own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from archivist.extract.html import Element
from archivist.extract.phrases import bare
from archivist.extract.tree import length_of, text_of

__all__ = ["Title", "title_of"]

MAX_HEADLINES: Final = 8
"""Elements ``h1`` that are looked at."""
MAX_HEADLINE: Final = 400
MIN_NAME: Final = 8
"""Characters of a headline that can be known again in the ``title``."""
MIN_WORDS: Final = 3
"""Words that headline and ``title`` share, where they are not the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What a page calls itself."""

    text: str
    """The words of the ``title`` element, bare."""
    headlines: tuple[Element, ...]
    """The first ``h1`` elements."""
    named: Element | None
    """The one of them that is most like the ``title``."""


def title_of(root: Element) -> Title:
    """What a page calls itself."""
    text = bare(root.findtext(".//title") or "")
    headlines = tuple(islice(root.iter("h1"), MAX_HEADLINES))
    likeness = {headline: _likeness(headline, text) for headline in headlines}
    named = max((headline for headline in headlines if likeness[headline]), key=likeness.__getitem__, default=None)
    return Title(text=text, headlines=headlines, named=named)


def _likeness(headline: Element, title: str) -> float:
    """How much of the headline and the ``title`` say the same; 0 where it is less than half."""
    text = bare(text_of(headline)) if length_of(headline) <= MAX_HEADLINE else ""
    if len(text) >= MIN_NAME and text in title:
        return 1 + len(text)  # the longest: the name of the site stands in the title too
    words, known = set(text.split()), set(title.split())
    both = len(words & known)
    return both / max(len(words), len(known)) if both >= MIN_WORDS and 2 * both >= min(len(words), len(known)) else 0
