"""How much running text a page has, and where it stands.

What is called an aside but holds much of the page's prose is none, for on many sites the wrapper of everything is
called "share".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from archivist.extract.asides import bare, is_aside, is_margin, is_of_others, is_undisplayed
from archivist.extract.html import Element
from archivist.extract.title import Title, title_of
from archivist.extract.tree import INLINE

__all__ = ["TRUNK", "Prose", "prose_of"]

MIN_PARAGRAPH: Final = 25
"""Characters from which a run of text speaks for the element it stands in."""
TRUNK: Final = 0.4
"""Of the page's prose: what holds more is no aside, whatever it is called."""
OTHERS_TRUNK: Final = 0.9
"""The same where it is called comments or consent, for these may well be longer than the article."""
MAX_UNDISPLAYED: Final = 300
"""Characters in what is not displayed, for another click may show the rest of a long text."""
MAX_INLINE: Final = 8
"""Levels of inline elements whose text counts as the block's."""

_TEXT_HOLDERS: Final = ("p", "div", "section", "article", "td", "blockquote", "pre", "dd", "main", "body", "center")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Running text of a page, by the element that holds it."""

    own: Mapping[Element, int]
    """Characters that stand in the element itself, in document order."""
    total: Mapping[Element, int]
    """Characters in the element and all below it."""
    alike: Mapping[str, int]
    """Characters in all elements of the same class that hold text themselves."""
    page: int
    title: Title
    bare: AbstractSet[Element]
    """What nothing sets apart."""
    around: AbstractSet[Element]
    """What holds the headline that says what the title says."""

    def is_aside(self, element: Element) -> bool:
        """The element is an aside and holds little of the page's prose."""
        if element in self.bare:
            return False
        if not is_aside(element):
            return self.total.get(element, 0) <= MAX_UNDISPLAYED and is_undisplayed(element)
        if is_margin(element):
            return True
        if element in self.around and element.tag != "header":
            return False
        share = OTHERS_TRUNK if is_of_others(element) else TRUNK
        held = max(self.total.get(element, 0), self.alike.get(element.get("class") or "", 0))
        return held <= share * self.page


def prose_of(root: Element) -> Prose:
    """The prose of a page."""
    own = {element: count for element in root.iter(*_TEXT_HOLDERS) if (count := _own_length(element)) >= MIN_PARAGRAPH}
    total = dict(own)
    for element in reversed(_with_ancestors(own, root)):
        parent = element.getparent()
        if parent is not None:
            total[parent] = total.get(parent, 0) + total[element]
    alike: dict[str, int] = defaultdict(int)
    for element, count in own.items():
        if marks := element.get("class"):
            alike[marks] += count
    title = title_of(root)
    around = frozenset(() if title.named is None else title.named.iterancestors())
    page = total.get(root, 0)
    return Prose(own=own, total=total, alike=alike, page=page, title=title, bare=bare(root), around=around)


def _with_ancestors(elements: Iterable[Element], root: Element) -> list[Element]:
    """The elements and all that hold them, every one after its parent."""
    depths = {root: 0}
    for element in elements:
        path = []
        node: Element | None = element
        while node is not None and node not in depths:
            path.append(node)
            node = node.getparent()
        depth = depths[node] if node is not None else 0
        for number, each in enumerate(reversed(path), start=1):
            depths[each] = depth + number
    return sorted(depths, key=depths.__getitem__)


def _own_length(element: Element, depth: int = 0) -> int:
    """Characters that stand in the element or in inline elements of it, those of links left out."""
    text = element.text
    count = len(text.strip()) if text else 0
    if not len(element):
        return count
    for child in element:
        if tail := child.tail:
            count += len(tail.strip())
        tag = child.tag
        if tag in INLINE and tag != "a" and depth < MAX_INLINE:
            count += _own_length(child, depth + 1)
    return count
