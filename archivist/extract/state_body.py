"""Text and pictures of an article that only the state of the page's scripts holds.

Structured text of the usual kinds (Arc, Gutenberg, Portable Text, Contentful, ProseMirror, Slate, strings of HTML) is
written as HTML, and read as any page is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from archivist.extract.captions import split_caption
from archivist.extract.claims import claim
from archivist.extract.credits import credit_parts
from archivist.extract.html import Html, parse_html
from archivist.extract.main_text import MainText, main_text
from archivist.extract.state_article import StateArticle, plain_text
from archivist.model.article import Block, Photo
from archivist.model.json import Json, JsonObject

__all__ = ["MIN_PROSE", "is_shell", "state_blocks", "state_photos"]

MIN_PROSE: Final = 300
"""Characters of running text below which a page shows no article: a notice, a menu, a request for scripts."""
MIN_LINE: Final = 40
"""Characters of a line that the page and its state have in common by no chance."""
MAX_NODES: Final = 20_000
MAX_DEPTH: Final = 30
MAX_MARKUP: Final = 500_000
"""Characters of an article as HTML: a long one of a magazine has a tenth."""
MAX_PHOTOS: Final = 20
MAX_URL: Final = 2_000

_BODIES: Final = (
    "content_elements articleBody article_body bodyHtml body_html bodyText fullText full_text body content html text "
    "contentBlocks blocks elements paragraphs components story children main".split()
)
_INNER: Final = (
    *("content", "children", "text", "value", "html", "body", "rendered", "items", "paragraphs", "blocks", "elements"),
    *("content_elements", "nodes", "data", "fields", "attrs", "attributes", "props", "json", "document"),
)
"""Names under which a piece of structured text holds its own pieces."""
_KINDS: Final = ("type", "_type", "nodeType", "__typename", "blockName", "kind", "name", "style", "tag")
_NO_TEXT: Final = re.compile(
    r"image|photo|picture|gallery|video|audio|embed|(?:^|[^a-z])ad(?:s|vert|$|[^a-z])|social|interstitial|related|newsletter|"
    r"promo|reference|list_link|link_list|widget|tweet|instagram|iframe|script|poll|recirc|readmore|divider|spacer",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(r"head(?:ing|er)|subtitle|crosshead|^h[2-6]$", re.IGNORECASE)
_QUOTE: Final = re.compile(r"quot", re.IGNORECASE)
_ITEM: Final = re.compile(r"list[-_]?item|^li$", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"paragraph|^p$|^block$|^text$|normal|raw_html|core/|unstyled", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|blockquote|section|article|br)\b", re.IGNORECASE)
_PICTURES: Final = (
    "promo_items leadImage lead_image featuredImage featured_image mainImage main_image heroImage hero_image leadMedia "
    "mainMedia lead image images thumbnail media".split()
)
_CREDITS: Final = ("credit", "credits", "credit_line", "creditLine", "copyright", "photographer", "source", "byline")
_CAPTIONS: Final = ("caption", "subtitle", "description", "legend", "title")
_ADDRESSES: Final = ("url", "src", "source_url", "sourceUrl", "href", "originalUrl", "uri", "path")


def is_shell(main: MainText | None) -> bool:
    """The page shows hardly any text without its scripts."""
    prose = sum(len(block.text) for block in main.blocks if block.kind == "paragraph") if main else 0
    return prose < MIN_PROSE


def state_blocks(article: StateArticle, html: Html, shown: MainText | None = None) -> tuple[Block, ...]:
    """The article's text; none where the page shows the beginning of it, which then is what readers are shown."""
    found = _blocks(article, html)
    whole = "\n".join(block.text for block in found)
    lines = [block.text for block in shown.blocks] if shown else []
    return () if any(len(line) >= MIN_LINE and line in whole for line in lines) else found


def _blocks(article: StateArticle, html: Html) -> tuple[Block, ...]:
    best: tuple[Block, ...] = ()
    for key in _BODIES:
        if not article.value.get(key):
            continue
        markup = "".join(_Writer(article=article).written(article.value[key], 0))[:MAX_MARKUP]
        page = parse_html(
            f"<html><body><article>{markup}</article></body></html>".encode("utf-8", "replace"),
            url=html.base_url,
            content_type="text/html; charset=utf-8",
        )
        text = main_text(page)
        if text is not None and _length(text.blocks) > _length(best):
            best = text.blocks
    return best


def _length(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.text) for block in blocks)


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes structured text as HTML."""

    article: StateArticle
    nodes: int = 0

    def written(self, value: Json, depth: int) -> Iterator[str]:
        """Blocks of text."""
        value = self.article.resolved(value)
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            return
        if isinstance(value, str):
            yield from _paragraphs(value)
        elif isinstance(value, list):
            if _is_inline(value):
                yield from ("<p>", *self.inline(value, depth + 1), "</p>")
                return
            for item in value:
                yield from self.written(item, depth + 1)
        elif isinstance(value, dict):
            yield from self._block(value, depth)

    def _block(self, value: JsonObject, depth: int) -> Iterator[str]:
        kind = _kind(value)
        if _NO_TEXT.search(kind):
            return
        tag = (
            "h2"
            if _HEADING.search(kind)
            else "blockquote"
            if _QUOTE.search(kind)
            else "li"
            if _ITEM.search(kind)
            else ""
        )
        if tag or _PARAGRAPH.search(kind):
            tag = tag or "p"
            inner = "".join(self.inline(_inner(value), depth + 1))
            yield inner if _BLOCK_TAG.match(inner.lstrip()) else f"<{tag}>{inner}</{tag}>"
            return
        for key in _INNER:
            if value.get(key):
                yield from self.written(value[key], depth + 1)
                return

    def inline(self, value: Json, depth: int) -> Iterator[str]:
        """Text within a block."""
        value = self.article.resolved(value)
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            return
        if isinstance(value, str):
            yield value if "<" in value else escape(value, quote=False).replace("&amp;", "&")
        elif isinstance(value, list):
            for item in value:
                yield from self.inline(item, depth + 1)
        elif isinstance(value, dict) and not _NO_TEXT.search(_kind(value)):
            yield from self.inline(_inner(value), depth + 1)


def _paragraphs(text: str) -> Iterator[str]:
    """A string of HTML as it is; plain text, a paragraph a line."""
    if _BLOCK_TAG.search(text):
        yield text
        return
    for line in text.splitlines():
        if line.strip():
            yield f"<p>{line}</p>"


def _is_inline(value: list[Json]) -> bool:
    """Pieces of one paragraph: all of them bare texts, or objects that hold nothing but text."""
    return (
        bool(value)
        and all(isinstance(item, dict) and _kind(item).lower() in {"", "span", "text"} for item in value)
        and any(
            isinstance(item, dict) and isinstance(item.get("text", item.get("value")), str) and "content" not in item
            for item in value
        )
    )


def _kind(value: JsonObject) -> str:
    return " ".join(text for key in _KINDS if isinstance(text := value.get(key), str) and len(text) < 40)


def _inner(value: JsonObject) -> Json:
    return next((value[key] for key in _INNER if value.get(key)), None)


def state_photos(article: StateArticle, html: Html) -> tuple[Photo, ...]:
    """The pictures that the state gives the article, with caption and credit; the first is the lead."""
    found: dict[str, Photo] = {}
    embedded = article.value.get("_embedded")  # WordPress
    featured = embedded.get("wp:featuredmedia") if isinstance(embedded, dict) else None
    places = [("_embedded/wp:featuredmedia", featured)]
    for key, value in (*places, *((key, article.resolved(article.value.get(key))) for key in _PICTURES)):
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            photo = _photo(
                article, html, item, f"{article.at}/{key}" + (f"/{number}" if isinstance(value, list) else "")
            )
            if photo is not None and len(found) < MAX_PHOTOS:
                found.setdefault(photo.image or "", photo)
    return tuple(replace(photo, is_lead=not number) for number, photo in enumerate(found.values()))


def _photo(article: StateArticle, html: Html, item: Json, at: str) -> Photo | None:
    item = article.resolved(item)
    if isinstance(item, dict) and isinstance(item.get("basic"), dict):  # Arc
        item, at = item["basic"], f"{at}/basic"
    if not isinstance(item, dict):
        return None
    address = next((text for key in _ADDRESSES if isinstance(text := item.get(key), str) and text), "")
    image = html.absolute(address[:MAX_URL]) if address else None
    caption_key, caption = _said(item, _CAPTIONS)
    credit_key, credit = _said(item, _CREDITS)
    if caption and not credit:
        credit_key, (caption, credit) = caption_key, split_caption(caption)
    if image is None or not (caption or credit):
        return None
    persons, agencies = credit_parts(credit) if credit else ((), ())
    return Photo(
        image=image,
        caption=claim(caption, witness="hydration", at=f"{at}/{caption_key}") if caption else None,
        credit=claim(credit, witness="hydration", at=f"{at}/{credit_key}") if credit else None,
        photographers=persons,
        agencies=agencies,
        is_shown=False,
    )


def _said(item: JsonObject, keys: tuple[str, ...]) -> tuple[str, str]:
    """The first of these that has a text; Arc's ``credits`` has lists of names."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, dict):
            value = value.get("by") or value.get("affiliation") or value
        if text := plain_text(value):
            return key, text
    return "", ""
