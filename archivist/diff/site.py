"""A site's furniture, learned from its other articles: what stands in several of them is of none.

No look at one page, nor at two versions of it, tells a standing request for support from a paragraph; the archive's
other snapshots of the same site at about the same time do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from archivist.diff.key import key
from archivist.model.outline import Outline

__all__ = ["SEVERAL", "furniture_of", "is_of_site", "standing"]

SEVERAL: Final = 2
"""Other articles in which a text stands that is the site's: one may be an earlier report that was copied from."""
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")


def furniture_of(pages: Sequence[Outline]) -> frozenset[str]:
    """Marks of the texts that stand on several of the pages, which are of as many articles; figures do not count."""
    counts = Counter(mark for page in pages for mark in {_mark(one.block.text) for one in page.passages})
    return frozenset(mark for mark, count in counts.items() if count >= SEVERAL)


def is_of_site(text: str, furniture: Collection[str]) -> bool:
    """The text is one of the site's."""
    return bool(furniture) and _mark(text) in furniture


def standing(old: Iterable[str], new: Iterable[str], furniture: Collection[str]) -> frozenset[str]:
    """The furniture that both pages have: what only one has may be a paragraph that is in other articles as well."""
    if not furniture:
        return frozenset()
    before, after = (frozenset(map(_mark, texts)) for texts in (old, new))
    return before & after & frozenset(furniture)


def _mark(text: str) -> str:
    return _DIGITS.sub("#", key(text))
