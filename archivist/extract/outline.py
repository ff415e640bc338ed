"""All text of a page in passages, the article's own and everything around it.

Nothing is left out but what no reader sees: the comparison of two versions judges what belongs to the article, with
both in hand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from archivist.extract.article import read_article
from archivist.extract.captions import split_caption
from archivist.extract.html import Element, Html, forget, parse_html
from archivist.extract.main_text import MainText, is_aside, main_text
from archivist.extract.requisites import image_addresses
from archivist.extract.runs import KINDS
from archivist.extract.tree import SILENT, collapse, is_hidden, length_of, marks_of, words_of
from archivist.model.article import Block, BlockKind, Link
from archivist.model.outline import MAX_PASSAGES, Edition, Outline, Passage, Picture
from archivist.wire.repair import repaired

__all__ = ["outline", "read_edition"]

_UNHEARD: Final = frozenset({"links", "language", "headers"})
"""What no comparison asks for."""
MOSTLY: Final = 0.9
"""Share of a passage in links from which it leads elsewhere."""
MAX_PICTURES: Final = 2_000
MAX_MARKS: Final = 200
"""Characters of class and id that are kept."""

_BREAK: Final = "\v"
"""Stands for ``br``: white space that no parsed text has."""
_APART_TAGS: Final = frozenset({"aside", "form", "dialog"})
_APART_WORDS: Final = frozenset(
    "jobs job stellenmarkt stellenangebote emploi empleo vacancies vacatures classifieds horoscope weather wetter "
    "meteo ticker stocks boerse kurse lottery crossword games authorbox authorbio bio".split()
)
"""What a newspaper has besides news, and what it says of its people."""
_MARGINS: Final = frozenset({"nav", "footer", "menu"})
"""Of the site, and never of the article, unless they hold it."""
_SILENT: Final = SILENT | {"head"}
_BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead tr "
    "ul".split()
)
"""Elements that begin a new line; those of a site's own making, which have a hyphen, most often do too, and any other
that is not known does not."""
_INHERITED: Final = frozenset({"list-item", "quote", "table-row", "caption"})
"""Kinds that elements within take on."""
_INNER: Final = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table thead tbody tfoot tr figure figcaption center".split()
)
"""What a paragraph, a list or a table is made of."""
_LISTED: Final = frozenset({"list-item", "table-row"})
_CELLS: Final = frozenset({"td", "th"})
_TWICE: Final = re.compile(
    rb"\xc3[\x82-\x85\x8e-\x91\x97-\x99\xa0-\xaf](?:\xc2[\x80-\xbf]|\xe2[\x80\x82\x84]|\xc5|\xc6|\xcb)"
)
"""UTF-8 of a letter with which UTF-8 begins in Windows-1252, and of one with which it goes on."""
_CAPTION_WORDS: Final = frozenset({"caption", "captions", "figcaption", "legende", "bildunterschrift", "didascalia"})
_SENTENCE_END: Final = (".", "!", "?", "。", "！", "？", "”", "»", ":", "…")


def read_edition(data: bytes, *, url: str, content_type: str | None) -> Edition:
    """The page as article and as a whole."""
    data = _mended(data)
    html = parse_html(data, url=url, content_type=content_type or _content_type(data))
    main = main_text(html)
    edition = Edition(article=read_article(html, main=main, unheard=_UNHEARD), outline=outline(html, main))
    forget()
    return edition


def _mended(data: bytes) -> bytes:
    """A page that was encoded twice, before its white space is collapsed: the second byte of some letters is some."""
    if not _TWICE.search(data):
        return data
    try:
        return repaired(data.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        return data


def _content_type(data: bytes) -> str | None:
    """UTF-8, if it is that beyond doubt: pages that were saved anew still declare what they were before."""
    try:
        return None if data.isascii() or not data.decode("utf-8") else "text/html; charset=utf-8"
    except UnicodeDecodeError:
        return None


def outline(html: Html, main: MainText | None) -> Outline:
    """All that a reader may see, in document order."""
    card = html.root.find(".//meta[@property='og:image']")
    walk = _Walk(html=html, main=main if main and main.blocks else None)
    return Outline(
        passages=tuple(walk.passages(html.root)),
        pictures=tuple(walk.pictures),
        card=html.absolute(card.get("content") or "") if card is not None else None,
    )


def _core(root: Element) -> list[Element]:
    """Where no reading found a text: what holds most text in paragraphs."""
    prose: Counter[Element] = Counter()
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            prose[parent] += length_of(paragraph)
    best = max(prose, key=lambda element: prose[element], default=None)
    return [] if best is None else [best]


def _trunk(elements: Iterable[Element]) -> set[Element]:
    """The elements and all that holds them: no asides, whatever they are called."""
    trunk: set[Element] = set()
    for element in elements:
        holder: Element | None = element
        while holder is not None and holder not in trunk:
            trunk.add(holder)
            holder = holder.getparent()
    return trunk


@dataclass(slots=True, kw_only=True)
class _Run:
    """Text of one element that is being gathered."""

    owner: Element
    kind: BlockKind
    path: str
    is_apart: bool
    is_linked: bool = False
    """It stands within a link: all of it leads elsewhere."""
    pieces: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Address as written, and the linked words."""
    linked: int = 0


class _Walk:
    """Goes through the page once; text falls to the innermost block element around it."""

    def __init__(self, *, html: Html, main: MainText | None) -> None:
        self._html = html
        self._main: dict[Element, list[Block]] = defaultdict(list)
        for block, element in zip(main.blocks, main.elements, strict=True) if main else ():
            self._main[element].append(block)
        self.pictures: list[Picture] = []
        self._count = 0
        self._trunk = _trunk([main.element, *main.elements] if main else _core(html.root))

    def passages(self, root: Element) -> Iterator[Passage]:
        """The passages of the page."""
        for run in self._runs(root):
            for passage in self._passages(run):
                yield passage
                self._count += 1
                if self._count >= MAX_PASSAGES:
                    return

    def _runs(self, root: Element) -> Iterator[_Run]:
        stack = [_Run(owner=root, kind="paragraph", path=str(root.tag), is_apart=False, pieces=[root.text or ""])]
        walk = etree.iterwalk(root, events=("start", "end"))
        next(walk)
        for event, node in walk:
            run = stack[-1]
            tag = str(node.tag)
            if event == "end":
                if node is run.owner:
                    if run.pieces:
                        yield run
                    stack.pop()
                if stack and (tail := node.tail):
                    pieces = stack[-1].pieces
                    if pieces or not tail.isspace():  # most tails are the line breaks between two blocks
                        pieces.append(tail)
            elif tag in _SILENT or ((tag in _MARGINS or is_hidden(node)) and node not in self._trunk):
                walk.skip_subtree()
            elif tag in _BLOCKS or "-" in tag:
                if run.pieces:
                    yield _split_off(run)
                stack.append(self._begun(node, run))
            else:
                self._add_inline(node, run)

    def _begun(self, node: Element, outer: _Run) -> _Run:
        tag = str(node.tag)
        kind = KINDS.get(tag) or (outer.kind if outer.kind in _INHERITED else "paragraph")
        is_apart = outer.is_apart or tag in _APART_TAGS
        # Most elements have no attribute, and nothing more to say.
        if len(node.attrib) and not (is_apart and kind != "paragraph"):
            words = words_of(node)
            if kind == "paragraph" and not words.isdisjoint(_CAPTION_WORDS) and node not in self._trunk:
                kind = "caption"
            is_apart = is_apart or is_aside(node) or not words.isdisjoint(_APART_WORDS)
        return _Run(
            owner=node,
            kind=kind,
            path=f"{outer.path}/{tag}",
            is_apart=is_apart and node not in self._trunk,
            is_linked=outer.is_linked or _is_in_link(node, outer.owner),
            pieces=[text] if (text := node.text) and not text.isspace() else [],
        )

    def _add_inline(self, node: Element, run: _Run) -> None:
        if node.tag == "br":
            run.pieces.append(_BREAK)
            return
        if node.tag in _CELLS:
            run.pieces.append(" ")
        if node.text:
            run.pieces.append(node.text)
        if node.tag == "img" and len(self.pictures) < MAX_PICTURES:
            addresses = image_addresses(node)
            if addresses:
                at = self._count
                self.pictures.append(Picture(url=addresses[-1], at=at, path=run.path, is_apart=run.is_apart))
        elif node.tag == "a":
            text = collapse("".join(map(str, node.itertext())))
            run.linked += len(text)
            if text:
                run.links.append((node.get("href") or "", text))

    def _passages(self, run: _Run) -> Iterator[Passage]:
        text = "".join(run.pieces)
        if not text or text.isspace():
            return
        told = self._told(run.owner)
        known = {block.text: block for block in told}
        whole = collapse(text)
        if not whole:
            return
        marks = marks_of(_holder(run.owner))[:MAX_MARKS]
        own = _list_marks(run.owner)[:MAX_MARKS] if run.kind in _LISTED else ""
        texts = [whole] if whole in known or _BREAK not in run.pieces else _lines(run.pieces)
        for text in texts:
            block = known.get(text)
            linked = run.linked if len(texts) == 1 else sum(len(words) for _, words in run.links if words in text)
            linked = len(text) if run.is_linked else linked
            links = block.links if block else self._links(run, text, limit=len(text) if told else MOSTLY * len(text))
            for kind, part in _parts(block.kind if block else run.kind, text):
                yield Passage(
                    block=Block(kind=kind, text=part, path=run.path, links=links),
                    is_main=block is not None or (bool(told) and _is_told(text, known)),
                    is_apart=run.is_apart,
                    linked=linked,
                    marks=marks,
                    own=own,
                )

    def _links(self, run: _Run, text: str, *, limit: float) -> tuple[Link, ...]:
        """The links of a passage that may be of the article's text: not those of lists that lead elsewhere."""
        if run.linked > limit or (run.is_apart and limit < len(text) < 2 * run.linked):
            return ()
        found = ((self._html.absolute(address), words) for address, words in run.links if words in text)
        return tuple(Link(url=url, text=words) for url, words in found if url is not None)

    def _told(self, element: Element) -> list[Block]:
        """The blocks that the reading has of the element, or of the quotation or list that holds it."""
        holder: Element | None = element
        while holder is not None:
            if holder in self._main:
                return self._main[holder]
            holder = holder.getparent() if holder.tag in _INNER else None
        return []


def _holder(element: Element) -> Element:
    """The element in which the paragraph, list or table stands."""
    for holder in element.iterancestors():
        if holder.tag not in _INNER:
            return holder
    return element


def _is_in_link(element: Element, outer: Element) -> bool:
    """A link begins between the two."""
    holder = element.getparent()
    while holder is not None and holder is not outer:
        if holder.tag == "a":
            return True
        holder = holder.getparent()
    return False


def _list_marks(element: Element) -> str:
    """Class and id of the list or table, and of its item."""
    marks = [marks_of(element)]
    for holder in element.iterancestors():
        if holder.tag not in _INNER:
            break
        marks.append(marks_of(holder))
    return " ".join(marks)


def _is_told(text: str, known: Iterable[str]) -> bool:
    """The text is most of what the reading has of the element, or a part of it."""
    return any(text in other or (len(other) * 2 > len(text) and other in text) for other in known)


def _parts(kind: BlockKind, text: str) -> Iterator[tuple[BlockKind, str]]:
    """Caption and credit apart, where one text holds both."""
    caption, credit = split_caption(text) if kind == "caption" else (text, "")
    if caption:
        yield kind, caption
    if credit:
        yield "credit", credit


def _split_off(run: _Run) -> _Run:
    """The run so far; its owner goes on with an empty one."""
    ended = _Run(
        owner=run.owner,
        kind=run.kind,
        path=run.path,
        is_apart=run.is_apart,
        is_linked=run.is_linked,
        pieces=run.pieces,
        links=run.links,
        linked=run.linked,
    )
    run.pieces, run.links, run.linked = [], [], 0
    return ended


def _lines(pieces: list[str]) -> list[str]:
    """Paragraphs within one element: a doubled line break ends one, and a single one after the end of a sentence."""
    lines = [collapse(line) for line in "".join(pieces).split(_BREAK)]
    texts: list[str] = []
    is_open = False
    for line in lines:
        if not line:
            is_open = False
        elif is_open:
            texts[-1] = f"{texts[-1]} {line}"
        else:
            texts.append(line)
        if line:
            is_open = not line.endswith(_SENTENCE_END)
    return texts
