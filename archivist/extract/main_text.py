"""Where the article's own text is, and its blocks in reading order.

The container is the element whose paragraphs weigh most; what is plainly something else (navigation, related stories,
newsletters, comments, advertisements) is passed over by its tag, its role or the words in its class and id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archivist.extract.html import Element, Html
from archivist.extract.tree import INLINE, SILENT, collapse, is_hidden, link_length_of, text_of, words_of
from archivist.model.article import Block, BlockKind, Link
from archivist.model.url import absolute

__all__ = ["MainText", "is_aside", "main_text"]

MAX_BLOCKS: Final = 5_000
MIN_PARAGRAPH: Final = 25
"""Characters from which a paragraph speaks for the element it stands in."""
LINK_SHARE: Final = 0.7
"""Of a short block's text: above it, the block leads elsewhere rather than saying something."""
SHORT: Final = 160

_ASIDE_TAGS: Final = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"}) | (SILENT - {"picture"})
_ASIDE_ROLES: Final = frozenset({"navigation", "complementary", "contentinfo", "search", "dialog", "banner", "menu"})
_ASIDE_WORDS: Final = frozenset(
    "related newsletter newsletters share sharing social comments comment promo promoted advert advertisement ads "
    "ad adslot adunit banner sidebar recommended recommendations recommend teaser teasers outbrain taboola "
    "subscribe subscription paywall breadcrumb breadcrumbs tags topics keywords bio footer nav navigation menu "
    "counter cookie cookies consent popular trending mostread readmore signup sponsor sponsored toolbar widget "
    "widgets rating poll quiz byline timestamp dateline".split()
)
_NEVER_ASIDE: Final = frozenset({"html", "body", "main", "article", "p", "h1", "h2", "h3", "blockquote"})
_CONTAINERS: Final = frozenset({"article", "main", "section", "div", "td", "body", "span"})
_GOOD_WORDS: Final = frozenset("article articlebody body content story entry post text main richtext copy".split())
_KINDS: Final[dict[str, BlockKind]] = {
    "p": "paragraph",
    "li": "list-item",
    "dd": "list-item",
    "dt": "list-item",
    "blockquote": "quote",
    "pre": "preformatted",
    "tr": "table-row",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
}
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
    container = _container(html.root)
    if container is None:
        return None
    found = []
    for block, element in _blocks(container, html):
        found.append((block, element))
        if len(found) >= MAX_BLOCKS:
            break
    return MainText(
        element=container, blocks=tuple(block for block, _ in found), elements=tuple(element for _, element in found)
    )


def is_aside(element: Element) -> bool:
    """The element is plainly no part of the article's text."""
    tag = str(element.tag)
    if tag in _NEVER_ASIDE:
        return False
    if tag in _ASIDE_TAGS or element.get("role") in _ASIDE_ROLES or is_hidden(element):
        return True
    return not _ASIDE_WORDS.isdisjoint(words_of(element))


def _container(root: Element) -> Element | None:
    """The element whose own paragraphs weigh most."""
    scores: dict[Element, float] = defaultdict(float)
    for paragraph in root.iter("p", "blockquote", "pre"):
        weight = len("".join(paragraph.itertext()).strip())
        if weight < MIN_PARAGRAPH:
            continue
        ancestors = []
        for ancestor in paragraph.iterancestors():
            if is_aside(ancestor):
                break
            ancestors.append(ancestor)
        else:
            share = 1.0
            for ancestor in ancestors[:4]:
                if ancestor.tag in _CONTAINERS:
                    scores[ancestor] += share * weight
                    share *= 0.7
    best = max(scores, key=lambda element: scores[element] * _bonus(element), default=None)
    return _widened(best, scores) if best is not None else _by_name(root)


def _bonus(element: Element) -> float:
    is_named = element.tag in {"article", "main"} or element.get("itemprop") == "articleBody"
    return 1.3 if is_named or not _GOOD_WORDS.isdisjoint(words_of(element)) else 1.0


def _widened(best: Element, scores: dict[Element, float]) -> Element:
    """Out to the article around it, where that article is no list of articles."""
    for ancestor in best.iterancestors("article", "main"):
        others = [
            each for each in ancestor.iter("article") if each is not ancestor and each not in best.iterancestors()
        ]
        if ancestor in scores and len(others) == 0:
            return ancestor
        break
    return best


def _by_name(root: Element) -> Element | None:
    for xpath in (".//*[@itemprop='articleBody']", ".//article", ".//main"):
        found = root.find(xpath)
        if found is not None and text_of(found):
            return found
    return None


def _blocks(container: Element, html: Html) -> Iterator[tuple[Block, Element]]:
    waiting: list[tuple[Element, str]] = [(container, "")]
    while waiting:
        element, path = waiting.pop()
        kind = _kind_of(element)
        if kind is not None and not _holds_blocks(element, kind):
            block = _block(element, kind, path=path, html=html)
            if block is not None:
                yield block, element
            continue
        inner = [child for child in element if isinstance(child.tag, str) and not _is_passed_over(child)]
        if kind is None and _has_own_text(element):
            block = _block(element, "paragraph", path=path, html=html)
            if block is not None:
                yield block, element
            continue
        waiting += [(child, f"{path}/{child.tag!s}".lstrip("/")) for child in reversed(inner)]


def _kind_of(element: Element) -> BlockKind | None:
    if element.tag == "figcaption":
        return "caption"
    return _KINDS.get(str(element.tag))


def _is_passed_over(element: Element) -> bool:
    return element.tag in {"h1", "script", "style", "img", "picture", "br", "hr"} or is_aside(element)


def _holds_blocks(element: Element, kind: BlockKind) -> bool:
    """A list item or quotation that holds paragraphs is told by them, unless it is a quotation."""
    if kind in {"quote", "caption"}:
        return False
    return any(
        child.tag in _KINDS or child.tag in {"div", "ul", "ol", "section"}
        for child in element.iter()
        if child is not element
    )


def _has_own_text(element: Element) -> bool:
    """Text stands directly in it, and only inline elements beside it."""
    own = (element.text or "") + "".join(child.tail or "" for child in element)
    return len(own.strip()) >= MIN_PARAGRAPH and all(
        child.tag in INLINE or not isinstance(child.tag, str) for child in element
    )


def _block(element: Element, kind: BlockKind, *, path: str, html: Html) -> Block | None:
    text = text_of(element)
    if not text:
        return None
    if kind not in {"heading", "caption"} and len(text) < SHORT and link_length_of(element) > LINK_SHARE * len(text):
        return None
    if kind == "paragraph" and len(text) < SHORT and element.find(".//time") is not None:
        return None  # a line of dates is a fact about the article, not its text
    if kind in {"paragraph", "list-item"} and _is_correction(element, text):
        kind = "correction"
    return Block(kind=kind, text=text, path=path or str(element.tag), links=_links(element, html))


def _is_correction(element: Element, text: str) -> bool:
    if _CORRECTION.match(text):
        return True
    parent = element.getparent()
    words = words_of(element) | (words_of(parent) if parent is not None else frozenset())
    return not _CORRECTION_WORDS.isdisjoint(words)


def _links(element: Element, html: Html) -> tuple[Link, ...]:
    links = []
    for anchor in element.iter("a"):
        url = absolute(html.base_url, anchor.get("href") or "")
        if url is not None:
            links.append(Link(url=url, text=collapse("".join(anchor.itertext()))))
    return tuple(links)
