"""Links in text that stayed: which point elsewhere. Tracking parameters are no part of where a link points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from archivist.diff.key import key
from archivist.model.article import Block, Link
from archivist.model.change import LinkChange
from archivist.model.target import same_target, without_tracking

__all__ = ["compare_links"]


def compare_links(pairs: Iterable[tuple[Block, Block]]) -> tuple[LinkChange, ...]:
    """The links that differ within blocks that both sides have.

    A link that came or went together with its words is told by the words.
    """
    return tuple(change for old, new in pairs if old.links or new.links for change in _compare(old, new))


def _compare(old: Block, new: Block) -> Iterable[LinkChange]:
    old_left, new_left = _left(old.links, new.links), _left(new.links, old.links)
    for link in old_left:
        other = next((candidate for candidate in new_left if key(candidate.text) == key(link.text)), None)
        if other:
            new_left.remove(other)
            if same_target(link.url) != same_target(other.url):
                yield LinkChange(old=without_tracking(link.url), new=without_tracking(other.url), text=other.text)
        elif key(link.text) in key(new.text):
            yield LinkChange(old=without_tracking(link.url), new=None, text=link.text)
    for link in new_left:
        if key(link.text) in key(old.text):
            yield LinkChange(old=None, new=without_tracking(link.url), text=link.text)


def _left(links: Sequence[Link], others: Sequence[Link]) -> list[Link]:
    """The links that have no equal on the other side."""
    known = Counter(_identity(link) for link in others)
    left: list[Link] = []
    for link in links:
        if known[_identity(link)]:
            known[_identity(link)] -= 1
        else:
            left.append(link)
    return left


def _identity(link: Link) -> tuple[str, str]:
    return same_target(link.url), key(link.text)
