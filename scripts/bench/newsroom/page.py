"""A page as an editor sees it: a tree, and which of its elements are the paragraphs of the article."""

from __future__ import annotations

import copy
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree, html
from lxml.html import HtmlElement

__all__ = ["Label", "Page", "Slot", "collapse", "pages_of"]

_BLOCKS = ("p", "div", "li", "h2", "h3", "blockquote", "section", "span")
LINKED = 0.6
"""Share of a paragraph in links from which it leads elsewhere."""
_LETTERS = re.compile(r"\w", re.UNICODE)
Label = dict[str, object]


def collapse(text: str) -> str:
    """White space as gold files have it."""
    return " ".join(re.sub("[\u00ad\u200b\u2060\ufeff]", "", text).replace("\u00a0", " ").split())


@dataclass(frozen=True, slots=True)
class Slot:
    """A run of text in the tree."""

    element: HtmlElement
    is_tail: bool
    start: int
    """Characters of the paragraph before it."""

    @property
    def text(self) -> str:
        """As it stands."""
        return (self.element.tail if self.is_tail else self.element.text) or ""

    def put(self, text: str) -> None:
        """Other text in its place."""
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text


@dataclass(slots=True)
class Page:
    """One version, while it is being made."""

    root: HtmlElement
    label: Label
    paragraphs: list[HtmlElement]
    """Of the article, in order."""
    free: set[int] = field(default_factory=set)
    """Those that nobody has edited yet."""

    @classmethod
    def of(cls, data: bytes, label: Label) -> Page:
        """The page with the paragraphs that its label names."""
        root = _parsed(data)
        paragraphs = list(_paragraphs(root, str(label.get("body") or "")))
        return cls(root=root, label=label, paragraphs=paragraphs, free=set(range(len(paragraphs))))

    def copy(self) -> Page:
        """Another version that is the same so far."""
        root = copy.deepcopy(self.root)
        places = {element: at for at, element in enumerate(self.root.iter())}
        elements = list(root.iter())
        return Page(
            root=root,
            label=self.label,
            paragraphs=[elements[places[paragraph]] for paragraph in self.paragraphs],
            free=set(self.free),
        )

    def text(self, at: int) -> str:
        """Of a paragraph."""
        return collapse(self.paragraphs[at].text_content())

    def slots(self, at: int) -> Iterator[Slot]:
        """The runs of text of a paragraph, in order."""
        start = 0
        top = self.paragraphs[at]
        for event, element in etree.iterwalk(top, events=("start", "end")):
            is_tail = event == "end"
            if not isinstance(element.tag, str) or (is_tail and element is top):
                continue
            slot = Slot(element, is_tail, start)
            if slot.text and element.tag not in ("script", "style"):
                yield slot
            start += len(slot.text)

    def taken(self, rng: random.Random, *, least: int = 60) -> list[int]:
        """Paragraphs that nobody has edited yet and that have some length, in random order."""
        found = [at for at in sorted(self.free) if len(self.text(at)) >= least]
        rng.shuffle(found)
        return found

    def vocabulary(self) -> list[str]:
        """Words of the article that name nobody, four letters or more; pairs of signs where those are words."""
        text = " ".join(self.text(at) for at in range(len(self.paragraphs)))
        signs = re.findall("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{2}", text)
        words = re.findall(r"(?<=[^\W\d] )[^\W\d_]{4,}", text)
        return sorted({word for word in words if not word[0].isupper()} | set(signs))

    def serialised(self) -> str:
        """The page as text."""
        return str(html.tostring(self.root, encoding="unicode", doctype="<!DOCTYPE html>"))


def pages_of(folder: Path) -> Iterator[Page]:
    """The labelled pages of a folder that have an article of six paragraphs or more."""
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        page = Page.of(gzip.decompress((folder / label["file"]).read_bytes()), label)
        if len(page.paragraphs) >= 6:
            yield page


def _parsed(data: bytes) -> HtmlElement:
    from archivist.extract.html import parse_html  # noqa: PLC0415  # after the environment is entered

    text = etree.tostring(
        parse_html(data, url="https://page.invalid/", content_type=None).root, encoding="unicode", method="html"
    )
    root = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    head = root.find("head")
    if head is None:
        head = html.Element("head")
        root.insert(0, head)
    for meta in head.findall("meta"):
        if meta.get("charset") or (meta.get("http-equiv") or "").lower() == "content-type":
            meta.drop_tree()
    head.insert(0, html.Element("meta", charset="utf-8"))
    return root


def _paragraphs(root: HtmlElement, body: str) -> Iterator[HtmlElement]:
    """Leaf blocks whose text the label has; without one, the paragraphs of the place that holds most of them."""
    seen: Counter[str] = Counter()
    wanted = "".join(_LETTERS.findall(body)).casefold()
    place = _fullest(root) if not wanted else None
    for element in root.iter(*_BLOCKS):
        text = collapse(element.text_content())
        mark = "".join(_LETTERS.findall(text)).casefold()
        if len(mark) < 20 or element.find(".//br") is not None or _has_blocks(element):
            continue
        if sum(len(collapse(link.text_content())) for link in element.iter("a")) > LINKED * len(text):
            continue
        if wanted and (element.tag == "span" or mark not in wanted or _is_hidden(element)):
            continue
        if not wanted and (element.tag != "p" or element.getparent() is not place):
            continue
        seen[mark] += 1
        if seen[mark] == 1:
            yield element


def _fullest(root: HtmlElement) -> HtmlElement | None:
    """What holds most prose; a second headline begins another article."""
    prose: Counter[HtmlElement] = Counter()
    headlines = 0
    for element in root.iter("h1", "p"):
        headlines += element.tag == "h1"
        if element.tag == "p" and (headlines < 2 or not prose):
            prose[element.getparent()] += len(collapse(element.text_content()))
    return max(prose, key=lambda element: prose[element], default=None)


def _has_blocks(element: HtmlElement) -> bool:
    return any(
        isinstance(child.tag, str) and child.tag in (*_BLOCKS[:-1], "ul", "ol")
        for child in element.iter()
        if child is not element
    )


def _is_hidden(element: HtmlElement) -> bool:
    return any(
        holder.tag in ("head", "script", "noscript", "template", "aside", "nav", "footer", "figcaption")
        for holder in (element, *element.iterancestors())
    )
