"""A walk through an element in reading order: its text falls to the innermost block element around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from archivist.extract.asides import is_teaser, is_undisplayed
from archivist.extract.html import Element, Html
from archivist.extract.phrases import is_marked_correction
from archivist.extract.prose import TRUNK, Prose
from archivist.extract.tree import INLINE, SILENT, collapse, is_hidden, words_of
from archivist.model.article import BlockKind, Link

__all__ = ["KINDS", "Run", "runs"]

_CAPTION_WORDS: Final = frozenset("caption captions legende bildunterschrift subline didascalia".split())
_CREDIT_WORDS: Final = frozenset("credit credits photocredit imagecredit copyright".split())
_IMAGE_WORDS: Final = frozenset("image photo picture foto bild".split())
_EMBED_WORDS: Final = frozenset({"social", "embed", "twitter", "tweet", "instagram"})
KINDS: Final[dict[str, BlockKind]] = {
    "li": "list-item",
    "dd": "list-item",
    "dt": "list-item",
    "blockquote": "quote",
    "pre": "preformatted",
    "tr": "table-row",
    "figcaption": "caption",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}
"""Kinds of block by the element that makes them; any other is a paragraph."""
_WHOLE: Final = frozenset({"quote", "table-row", "caption", "heading", "credit", "preformatted"})
"""Kinds that are one block, whatever they hold."""
MAX_CARD: Final = 1_000
"""Characters of prose in a link around blocks: one that holds more was never closed."""
_BREAK: Final = "\v"
"""Stands for ``br`` in a run: white space that no parsed text has."""


@dataclass(slots=True, kw_only=True)
class Run:
    """Text of one owner, and what is known of it."""

    owner: Element
    kind: BlockKind
    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    linked: int = 0
    """Characters in links."""
    has_time: bool = False
    is_card: bool = False
    """A link holds the owner: what leads away is the whole block, not words in it."""
    is_in_header: bool = False


def runs(container: Element, *, html: Html, prose: Prose) -> list[Run]:
    """The runs of text in the container."""
    walk = _Walk(html=html, prose=prose, trunk=TRUNK * prose.total.get(container, 1))
    walk.through(container)
    return walk.told


@dataclass(slots=True, kw_only=True)
class _Walk:
    html: Html
    prose: Prose
    trunk: float
    told: list[Run] = field(default_factory=list)
    open: list[Run] = field(default_factory=list)
    """The runs of the elements that the walk is in."""
    link: Element | None = None
    """The outermost link that the walk is in."""
    header: Element | None = None
    """The headline's ``header`` that the walk is in."""

    def through(self, container: Element) -> None:
        kind = KINDS.get(str(container.tag), "paragraph")
        self.open.append(Run(owner=container, kind=kind, pieces=[container.text or ""]))
        walk = etree.iterwalk(container, events=("start", "end"))
        next(walk)
        for event, node in walk:
            if event == "end":
                self._leave(node)
            elif self._is_passed_over(node):
                walk.skip_subtree()
                if node.tag not in INLINE and node.tag not in SILENT and self.open[-1].kind not in _WHOLE:
                    self._end()
            elif node.tag in INLINE or node.tag == "br" or self.open[-1].kind in _WHOLE:
                self._gather(node, self.open[-1])
            else:
                self._end()
                self.open.append(self._begun(node, self.open[-1]))

    def _leave(self, node: Element) -> None:
        run = self.open[-1]
        if node is run.owner:
            self._end()
            self.open.pop()
        elif node.tag not in INLINE:
            run.pieces.append(" ")
        if node is self.link:
            self.link = None
        elif node is self.header:
            self.header = None
        if self.open and (tail := node.tail):
            pieces = self.open[-1].pieces
            if pieces or not tail.isspace():  # most tails are the line breaks between two blocks
                pieces.append(tail)

    def _end(self) -> None:
        """The run so far is told, if it has text; its owner goes on with an empty one."""
        run = self.open[-1]
        if not run.pieces:
            return
        if any(map(str.strip, run.pieces)):
            self.told.append(run)
            self.open[-1] = Run(
                owner=run.owner, kind=run.kind, pieces=[], is_card=run.is_card, is_in_header=run.is_in_header
            )
        else:
            run.pieces.clear()

    def _is_passed_over(self, element: Element) -> bool:
        tag = element.tag
        if element in self.prose.bare:
            return False
        if tag in SILENT or is_hidden(element):
            return True
        if tag in INLINE:
            return is_undisplayed(element)
        if is_marked_correction(element):
            return False
        if tag == "article":
            return self.prose.total.get(element, 0) < self.trunk and is_teaser(element)
        is_aside = self.prose.is_aside(element)
        return (
            self._is_masthead(element) if tag == "header" and not is_aside else is_aside and not _is_embedded(element)
        )

    def _is_masthead(self, header: Element) -> bool:
        """It is not the one of the article, with headline and standfirst."""
        if self.prose.total.get(header, 0) >= self.trunk:
            return False
        if next(header.iter("h1", "h2"), None) is None:
            return True
        self.header = header
        return False

    def _begun(self, node: Element, outer: Run) -> Run:
        kind = KINDS.get(str(node.tag), outer.kind if outer.kind in {"list-item", "correction"} else "paragraph")
        if node in self.prose.bare:
            pass
        elif kind in {"paragraph", "list-item", "quote"} and is_marked_correction(node):
            kind = "correction"
        elif kind == "paragraph" and self.prose.total.get(node, 0) < TRUNK * self.prose.page:
            words = words_of(node)
            if not _CREDIT_WORDS.isdisjoint(words) or ("author" in words and not _IMAGE_WORDS.isdisjoint(words)):
                kind = "credit"
            elif not _CAPTION_WORDS.isdisjoint(words):
                kind = "caption"
        is_card, is_in_header = self.link is not None, self.header is not None
        pieces = [text] if (text := node.text) and not text.isspace() else []
        return Run(owner=node, kind=kind, pieces=pieces, is_card=is_card, is_in_header=is_in_header)

    def _gather(self, node: Element, run: Run) -> None:
        """What stands inline is added to the run; two line breaks end it."""
        if node.tag == "br":
            if run.kind not in _WHOLE and _is_broken(run):
                self._end()
            self.open[-1].pieces.append(_BREAK)
            return
        if node.tag not in INLINE:
            run.pieces.append(" ")
        if text := node.text:
            run.pieces.append(text)
        if node.tag == "a":
            self._link(node, run)
        elif node.tag == "time":
            run.has_time = True

    def _link(self, node: Element, run: Run) -> None:
        reference = node.get("href")
        if self.link is None and reference and self.prose.total.get(node, 0) <= MAX_CARD:
            self.link = node
        text = collapse("".join(map(str, node.itertext())))
        run.linked += len(text)
        url = self.html.absolute(reference or "")
        if url is not None:
            run.links.append(Link(url=url, text=text))


def _is_embedded(element: Element) -> bool:
    """A post of a social network that the article shows, as the quotation that its script turns into a card."""
    return not _EMBED_WORDS.isdisjoint(words_of(element)) and next(element.iter("blockquote"), None) is not None


def _is_broken(run: Run) -> bool:
    """The last thing read but blanks was a line break."""
    last = next((piece for piece in reversed(run.pieces) if piece == _BREAK or piece.strip()), None)
    return last == _BREAK
