"""Where the article's own text is, and its blocks in reading order.

The container is the element whose own prose weighs most. What is plainly something else (navigation, related stories,
newsletters, comments, advertisements) is passed over by its tag, its role or whole words in its class and id; but what
holds much of the page's prose is no aside, for on many sites the wrapper of everything is called "share".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from archivist.extract.html import Element, Html
from archivist.extract.tree import INLINE, SILENT, collapse, is_hidden, length_of, words_of
from archivist.model.article import Block, BlockKind, Link

__all__ = ["MainText", "is_apart", "is_aside", "main_text"]

MAX_BLOCKS: Final = 5_000
MIN_PARAGRAPH: Final = 25
"""Characters from which a run of text speaks for the element it stands in."""
TRUNK: Final = 0.4
"""Of the page's prose: what holds more is no aside, whatever it is called."""
COMMENTED_TRUNK: Final = 0.9
"""The same where it is called comments: readers may well write more than the newspaper."""
WIDER: Final = 1.6
"""Times the prose of the best element up to which an article around it is taken instead."""
LINK_SHARE: Final = 0.7
"""Of a short block's text: above it, the block leads elsewhere rather than saying something."""
SHORT: Final = 160
MAX_TEASER: Final = 250

_ASIDE_TAGS: Final = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"}) | (SILENT - {"picture"})
_MARGINS: Final = frozenset({"nav", "aside", "footer"})
"""These are asides however much they hold."""
_ASIDE_ROLES: Final = frozenset({"navigation", "complementary", "contentinfo", "search", "dialog", "banner", "menu"})
_COMMENTS: Final = frozenset({"comment", "comments", "disqus"})
_LINE_WORDS: Final = frozenset("byline bylines kicker dates timestamp bio tags readmore visitors".split())
"""These condemn a single paragraph too."""
_ASIDE_WORDS: Final = (
    _COMMENTS
    | _LINE_WORDS
    | frozenset(
        "related newsletter newsletters share sharing social promo promos promoted advert advertisement ads ad adslot "
        "adunit banner sidebar recommended recommendations recommend recirc recirculation teaser teasers outbrain "
        "taboola subscribe subscription paywall breadcrumb breadcrumbs topics keywords footer nav navigation menu "
        "counter cookie cookies consent popular trending mostread signup sponsor sponsored toolbar widget widgets "
        "rating poll quiz dateline masthead pagination login".split()
    )
)
_NEVER_ASIDE: Final = frozenset({"html", "body", "main", "article", "h1", "h2", "h3", "blockquote", "table"})
_TEXT_HOLDERS: Final = frozenset({"p", "blockquote", "pre", "div", "section", "article", "td", "dd"})
_GOOD_WORDS: Final = frozenset("article articlebody body content story entry post text main richtext copy".split())
_PASSED_OVER: Final = frozenset({"h1", "header"})
_CAPTION_WORDS: Final = frozenset("caption captions legende bildunterschrift subline didascalia".split())
_CREDIT_WORDS: Final = frozenset("credit credits photocredit imagecredit copyright".split())
_IMAGE_WORDS: Final = frozenset("image photo picture foto bild".split())
_KINDS: Final[dict[str, BlockKind]] = {
    "li": "list-item",
    "dd": "list-item",
    "dt": "list-item",
    "blockquote": "quote",
    "pre": "preformatted",
    "tr": "table-row",
    "figcaption": "caption",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
}
_WHOLE: Final = frozenset({"quote", "table-row", "caption", "heading", "credit", "preformatted"})
"""Kinds that are one block, whatever they hold."""
_CORRECTION: Final = re.compile(
    r"^\W{0,3}(?:corrections?|clarifications?|editor['’]?s'? notes?|korrektur|berichtigung|"
    r"anm(?:erkung)?\.? d(?:er)?\.? red"
    r"(?:aktion)?|richtigstellung|correctif|rectificatif|erratum|fe de errores|rectificación|correzione|rettifica|"
    r"correctie|rectificatie|correção|errata|this (?:article|story) (?:was|has been) (?:corrected|amended|updated))\b",
    re.IGNORECASE,
)
_CORRECTION_WORDS: Final = frozenset(
    {"correction", "corrections", "clarification", "erratum", "korrektur", "rectificatif"}
)
_TEASER: Final = re.compile(
    r"^\W*(?:read (?:more|also|next|the full)|also read|related|more (?:on|from)|see also|don['’]t miss|sign up|"
    r"subscribe|click here|follow us|lesen sie (?:auch|mehr|hier)|lies auch|mehr zum thema|sur le même sujet|"
    r"(?:à )?lire (?:aussi|également)|leer más|lee también|te puede interesar|leia (?:mais|também)|veja também|"
    r"leggi anche|lees (?:ook|meer)|les også|læs også|läs (?:också|mer|även)|lue myös|čtěte také|baca juga|xem thêm|"
    r"czytaj (?:też|także|również)|читайте (?:также|також|ще)|関連記事|あわせて読みたい|관련 ?기사|相关阅读)(?!\w)",
    re.IGNORECASE,
)
_NO_TEXT: Final = re.compile(
    r"\W*(?:(?:advertisement|advertising|sponsored(?: content)?|anzeige|werbung|publicité|publicidad|pubblicità|"
    r"advertentie|annons|reklama|реклама|(?:story|article) continues (?:below|after).{0,40}|"
    r"[\d.,]+\s?[km]?\s(?:shares?|comments?|views?|likes?|readers?|min(?:ute)?s? read)|"
    r"(?:shares?|comments?|views?|visitors?|readers?)(?: so far| today)?\s?:\s?[\d.,]+)\W*)?",
    re.IGNORECASE,
)
"""Marks of advertisements, counters, and runs without a letter or figure."""
_BREAK: Final = "\v"
"""Stands for ``br`` in a run: white space that no parsed text has."""
_NO_WORDS: Final = re.compile(r"[\W\d_]*")


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
    prose = _prose_of(html.root)
    container = _container(html.root, prose)
    if container is None:
        return None
    found = _tidied(list(_blocks(_Walk(html=html, prose=prose), container)))
    return MainText(
        element=container, blocks=tuple(block for block, _ in found), elements=tuple(element for _, element in found)
    )


def is_aside(element: Element) -> bool:
    """The element is plainly no part of an article's text, as far as its tag, role, class and id tell."""
    tag = str(element.tag)
    if tag in _NEVER_ASIDE:
        return False
    if tag in _ASIDE_TAGS or element.get("role") in _ASIDE_ROLES or is_hidden(element):
        return True
    return not (_LINE_WORDS if tag == "p" else _ASIDE_WORDS).isdisjoint(words_of(element))


def is_apart(element: Element, *, scope: Element, own: Collection[Element]) -> bool:
    """Below ``scope``, an aside holds the element that is not among ``own``, which hold the article's text."""
    for ancestor in element.iterancestors():
        if ancestor is scope:
            return False
        if ancestor not in own and is_aside(ancestor):
            return True
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prose:
    """Running text of a page, by the element that holds it."""

    own: Mapping[Element, int]
    """Characters that stand in the element itself, in document order."""
    total: Mapping[Element, int]
    """Characters in the element and all below it."""
    page: int

    def is_aside(self, element: Element) -> bool:
        """The element is an aside and holds little of the page's prose."""
        if not is_aside(element):
            return False
        if element.tag in _MARGINS:
            return True
        share = TRUNK if _COMMENTS.isdisjoint(words_of(element)) else COMMENTED_TRUNK
        return self.total.get(element, 0) <= share * self.page


def _prose_of(root: Element) -> _Prose:
    """The prose of a page, counted in one pass down and one up."""
    own: dict[Element, int] = {}
    total: dict[Element, int] = {}
    elements = list(root.iter(etree.Element))
    for element in elements:
        if element.tag in _TEXT_HOLDERS and (count := _own_length(element)) >= MIN_PARAGRAPH:
            own[element] = count
    for element in reversed(elements):
        count = total.get(element, 0) + own.get(element, 0)
        parent = element.getparent()
        if count:
            total[element] = count
            if parent is not None:
                total[parent] = total.get(parent, 0) + count
    return _Prose(own=own, total=total, page=total.get(root, 0))


def _own_length(element: Element) -> int:
    """Characters that stand in the element or in inline elements of it, those of links left out."""
    count = len((element.text or "").strip())
    for child in element:
        count += len((child.tail or "").strip())
        if child.tag in INLINE and child.tag != "a":
            count += length_of(child)
    return count


def _container(root: Element, prose: _Prose) -> Element | None:
    """The element whose own paragraphs weigh most, or the article around it."""
    scores: dict[Element, float] = defaultdict(float)
    apart = _apart(root, prose)
    for element, weight in prose.own.items():
        if element in apart:
            continue
        share = 1.0
        is_holder = element.tag not in {"p", "pre", "blockquote"}
        for number, holder in enumerate((element, *element.iterancestors()) if is_holder else element.iterancestors()):
            if number >= 4:
                break
            scores[holder] += share * weight
            share *= 0.7
    best = max(scores, key=lambda element: scores[element] * _bonus(element), default=None)
    return _widened(best, prose) if best is not None else _by_name(root)


def _apart(root: Element, prose: _Prose) -> set[Element]:
    """Every element that is an aside, or stands in one."""
    apart: set[Element] = set()
    for element in root.iter(etree.Element):
        if element.getparent() in apart or prose.is_aside(element):
            apart.add(element)
    return apart


def _bonus(element: Element) -> float:
    is_named = element.tag in {"article", "main"} or element.get("itemprop") == "articleBody"
    return 1.3 if is_named or not _GOOD_WORDS.isdisjoint(words_of(element)) else 1.0


def _widened(best: Element, prose: _Prose) -> Element:
    """Out to the article around it, where that holds little else, or the headline and no other article."""
    for ancestor in best.iterancestors("article", "main"):
        is_one = ancestor.find(".//h1") is not None and ancestor.find(".//article") is None
        if is_one or prose.total[ancestor] <= WIDER * prose.total[best]:
            return ancestor
        break
    return best


def _by_name(root: Element) -> Element | None:
    for xpath in (".//*[@itemprop='articleBody']", ".//article", ".//main"):
        found = root.find(xpath)
        if found is not None and length_of(found):
            return found
    return None


@dataclass(slots=True, kw_only=True)
class _Run:
    """Text of one owner that is being gathered."""

    owner: Element
    kind: BlockKind
    path: str
    pieces: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    linked: int = 0
    """Characters in links."""
    has_time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """Goes through a container once; its text falls to the innermost block element around it."""

    html: Html
    prose: _Prose

    def runs(self, container: Element) -> Iterator[_Run]:
        """Each run of text."""
        stack = [_Run(owner=container, kind="paragraph", path=str(container.tag), pieces=[container.text or ""])]
        walk = etree.iterwalk(container, events=("start", "end"))
        next(walk)
        for event, node in walk:
            run = stack[-1]
            if event == "end":
                if node is run.owner:
                    yield from _ended(run)
                    stack.pop()
                elif node.tag not in INLINE:
                    run.pieces.append(" ")
                if stack:
                    stack[-1].pieces.append(node.tail or "")
            elif self._is_passed_over(node, container):
                walk.skip_subtree()
                if node.tag not in INLINE and node.tag not in SILENT and run.kind not in _WHOLE:
                    yield from _ended(run)
            elif node.tag not in INLINE and node.tag != "br" and run.kind not in _WHOLE:
                yield from _ended(run)
                stack.append(self._begun(node, run))
            else:
                yield from self._gathered(node, run)

    def _is_passed_over(self, element: Element, container: Element) -> bool:
        if element.tag in SILENT or is_hidden(element):
            return True
        if element.tag in INLINE or _is_marked_correction(element):
            return False
        if element.tag in _PASSED_OVER or (element.tag == "article" and _is_teaser(element)):
            return self.prose.total.get(element, 0) < TRUNK * self.prose.total.get(container, 1)
        return self.prose.is_aside(element)

    def _begun(self, node: Element, outer: _Run) -> _Run:
        kind = _KINDS.get(str(node.tag), outer.kind if outer.kind in {"list-item", "correction"} else "paragraph")
        words = words_of(node)
        if kind in {"paragraph", "list-item", "quote"} and _is_marked_correction(node):
            kind = "correction"
        elif kind == "paragraph" and self.prose.total.get(node, 0) < TRUNK * self.prose.page:
            if not _CREDIT_WORDS.isdisjoint(words) or ("author" in words and not _IMAGE_WORDS.isdisjoint(words)):
                kind = "credit"
            elif not _CAPTION_WORDS.isdisjoint(words):
                kind = "caption"
        return _Run(owner=node, kind=kind, path=f"{outer.path}/{node.tag!s}", pieces=[node.text or ""])

    def _gathered(self, node: Element, run: _Run) -> Iterator[_Run]:
        """What stands inline is added to the run; two line breaks end it."""
        if node.tag == "br":
            if run.kind not in _WHOLE and _is_broken(run):
                yield from _ended(run)
            run.pieces.append(_BREAK)
            return
        run.has_time |= node.tag == "time"
        run.pieces += ("" if node.tag in INLINE else " ", node.text or "")
        if node.tag == "a":
            text = collapse("".join(map(str, node.itertext())))
            run.linked += len(text)
            url = self.html.absolute(node.get("href") or "")
            if url is not None:
                run.links.append(Link(url=url, text=text))


def _is_broken(run: _Run) -> bool:
    """The last thing read but blanks was a line break."""
    last = next((piece for piece in reversed(run.pieces) if piece == _BREAK or piece.strip()), None)
    return last == _BREAK


def _ended(run: _Run) -> Iterator[_Run]:
    """The run so far, if it has text; its owner goes on with an empty one."""
    if any(piece.strip() for piece in run.pieces):
        yield replace(run)
    run.pieces, run.links, run.linked, run.has_time = [], [], 0, False


def _is_teaser(element: Element) -> bool:
    """Its heading is a link: it tells of another story."""
    heading = next(element.iter("h1", "h2", "h3", "h4"), None)
    return heading is not None and any(True for way in (heading.iter, heading.iterancestors) for _ in way("a"))


def _is_marked_correction(element: Element) -> bool:
    return element.tag not in {"article", "main", "body"} and not _CORRECTION_WORDS.isdisjoint(words_of(element))


def _blocks(walk: _Walk, container: Element) -> Iterator[tuple[Block, Element]]:
    count = 0
    for run in walk.runs(container):
        block = _block(run)
        if block is not None:
            yield block, run.owner
            count += 1
            if count >= MAX_BLOCKS:
                return


def _block(run: _Run) -> Block | None:
    """The run as a block; None where it says nothing of the article's own."""
    text = collapse("".join(run.pieces))
    if _NO_TEXT.fullmatch(text):
        return None
    kind = run.kind
    if kind == "paragraph" and _NO_WORDS.fullmatch(text):
        return None
    if kind in {"paragraph", "list-item"} and _CORRECTION.match(text):
        kind = "correction"
    if kind not in {"caption", "credit", "correction"} and _leads_elsewhere(text, run):
        return None
    if kind == "paragraph" and len(text) < SHORT and run.has_time:
        return None  # a line of dates is a fact about the article, not its text
    return Block(kind=kind, text=text, path=run.path, links=tuple(run.links))


def _leads_elsewhere(text: str, run: _Run) -> bool:
    """It is a link and little else, or it announces one."""
    if len(text) < SHORT and run.linked > LINK_SHARE * len(text):
        return True
    return len(text) <= MAX_TEASER and bool(_TEASER.match(text)) and (run.kind == "heading" or run.linked > 0)


def _tidied(found: list[tuple[Block, Element]]) -> list[tuple[Block, Element]]:
    """Without headings at the end: what they stood above was no part of the article."""
    while found and found[-1][0].kind == "heading":
        found.pop()
    return found
