"""Credits that stand apart from their picture: in JSON-LD, or in a line at the end of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archivist.extract.captions import split_caption
from archivist.extract.claims import claim, element_claim
from archivist.extract.credit_lines import MAX_CREDIT, is_labelled
from archivist.extract.credits import credit_parts, name_key
from archivist.extract.html import Html
from archivist.extract.jsonld import LinkedData
from archivist.extract.main_text import MainText
from archivist.extract.tree import collapse, inside
from archivist.model.article import Photo
from archivist.model.json import Json, JsonObject

__all__ = ["linked_credit", "signed_off"]

MAX_IMAGES: Final = 20
LAST_BLOCKS: Final = 3
"""Blocks at the end of the text among which a line may say who made the lead picture."""

_KEYS: Final = ("creditText", "creator", "author", "copyrightHolder", "copyrightNotice", "credit")
_PICTURE: Final = re.compile(
    r"\W{0,2}(?:(?:featured?|header|hero|top|lead|cover|title|main|opening)\s)?"
    r"(?:(?:titel|beitrags|artikel|teaser)?(?:image|photo|picture|bild|foto)|screen ?(?:grab|shot)|illustration|graphic"
    r"|imagen|ảnh|фото|写真|عکاس|عکس|تصوير|fotografie|kuvat?|fotó|zdjęci[ae]|fotoğraf)",
    re.IGNORECASE,
)
_OF_ARTICLE: Final = re.compile(
    r"\W{0,2}(?:(?:featured?|header|hero|top|lead|cover|title|main|opening)\s|(?:titel|beitrags|artikel|teaser)(?=bild|foto))",
    re.IGNORECASE,
)


def signed_off(html: Html, main: MainText | None) -> Photo | None:
    """The lead picture with the credit that a line at the end of the text gives: ``[Image via Northquay Pictures]``."""
    if main is None:
        return None
    for block, element in reversed(list(zip(main.blocks, main.elements, strict=True))[-LAST_BLOCKS:]):
        is_line = block.kind == "paragraph" and len(block.text) <= 2 * MAX_CREDIT and not inside(element, {"figure"})
        for part in block.text.split(";") if is_line else ():
            text = part.strip(" []()")
            if _PICTURE.match(text) and is_labelled(_OF_ARTICLE.sub("", text)):
                persons, agencies = credit_parts(_OF_ARTICLE.sub("", text))
                image = next(
                    (meta.get("content") for meta in html.root.iterfind("head/meta[@property='og:image']")), None
                )
                return Photo(
                    image=html.absolute(image or ""),
                    credit=element_claim(text, element, witness="text", text=block.text),
                    photographers=persons,
                    agencies=agencies,
                )
    return None


def linked_credit(html: Html, data: LinkedData, *, outlets: frozenset[str]) -> Photo | None:
    """The article's picture with the credit that only JSON-LD gives.

    Args:
        html: the page.
        data: its JSON-LD (schema.org/ImageObject).
        outlets: names of the newspaper: where they alone are named, the page speaks of its own rights.
    """
    if data.article is None:
        return None
    for number, item in enumerate(data.objects("image")[:MAX_IMAGES]):
        for key, text in _credits_of(item) if isinstance(item, dict) else ():
            persons, agencies = credit_parts(text, outlets=outlets)
            if persons or any(name_key(agency) not in outlets for agency in agencies):
                return Photo(
                    image=_address(item, html),
                    credit=claim(text, witness="json-ld", at=f"{data.article.at}/image/{number}/{key}"),
                    photographers=persons,
                    agencies=agencies,
                    is_shown=False,
                )
    return None


def _credits_of(item: JsonObject) -> Iterator[tuple[str, str]]:
    """What an image says of who made it."""
    for key in _KEYS:
        if (text := _name(item.get(key))) and len(text) <= MAX_CREDIT:
            yield key, text
    caption, credit = split_caption(_name(item.get("caption")))
    if caption and credit:
        yield "caption", credit


def _address(item: Json, html: Html) -> str | None:
    if not isinstance(item, dict):
        return None
    return html.absolute(str(item.get("url") or item.get("contentUrl") or ""))


def _name(value: Json) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return collapse(value) if isinstance(value, str) and not value.startswith("http") else ""
