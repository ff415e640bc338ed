"""Witness: the marks of a live blog that a page shows: in its headline, and in the class of what holds its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.tree import collapse, length_of, text_of, words_of

__all__ = ["live_claims"]

MAX_HEADLINE: Final = 400
MAX_HEADLINES: Final = 8
MAX_LEVELS: Final = 4
"""Levels around the text on which its container may be called a live blog."""

_LABEL: Final = (
    r"live|live[- ]?(?:blog|ticker|updates?|text|feed)|en direct|le direct|direct|suivez en direct|en directo|en vivo|"
    r"última hora en directo|minuto a minuto|(?:la )?diretta(?: live)?|in diretta|ao vivo|em direto|"
    r"direkt|just nu|direkte|live ?center|suora|na żywo|relacja na żywo|živě|online přenos|naživo|élőben|live text|"
    r"în direct|live update|ζωντανά|λεπτό προς λεπτό|canlı(?: anlatım| blog)?|онлайн|прямая трансляция|"
    r"онлайн-трансляция|текстовая трансляция|наживо|онлайн-трансляція|на живо|uživo|iz minute u minutu|v živo|"
    r"langsung|siaran langsung|trực tiếp|ライブ|ライブ速報|直播|实时更新|生中继|실시간|"
    r"مباشر|بث مباشر|زنده|שידור חי|लाइव|सजीव|สด"
)
_HEADLINE: Final = re.compile(
    rf"^\W{{0,3}}(?:{_LABEL})\s?(?:[:：|•+]|\s[–—-]\s)|(?:[:：|•]|\s[–—-])\s?(?:{_LABEL})\W{{0,3}}$|"
    r"(?<!\w)(?:live[- ]?(?:blog|ticker|updates)|liveticker|liveblog)(?!\w)",
    re.IGNORECASE,
)
_NAMES: Final = ({"liveblog"}, {"liveticker"}, {"live", "blog"}, {"live", "ticker"}, {"live", "updates"})


def live_claims(html: Html, main: MainText | None) -> Iterator[Found]:
    """That the page is a live blog, where its headline or the class of its text's container says so."""
    if main is None:
        return
    for headline in islice(html.root.iter("h1"), MAX_HEADLINES):
        text = text_of(headline) if length_of(headline) <= MAX_HEADLINE else ""
        if _HEADLINE.search(text):
            yield "live", element_claim("yes", headline, witness="heading", text=text)
            return
    for element in islice(_around(main.element), MAX_LEVELS):
        words = words_of(element)
        if element.tag != "body" and any(name <= words for name in _NAMES):
            marks = collapse(element.get("class") or element.get("id") or "")
            attribute = "class" if element.get("class") else "id"
            yield "live", element_claim("yes", element, witness="text", text=marks, attribute=attribute)
            return


def _around(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()
