"""Witness: pictures of the article with their captions and credits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archivist.extract.agencies import is_agency, is_body
from archivist.extract.claims import element_claim
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText, is_aside
from archivist.extract.names import is_person
from archivist.extract.requisites import image_addresses
from archivist.extract.tree import collapse, text_of, words_of
from archivist.model.article import Claim, Photo

__all__ = ["credit_parts", "photos", "split_caption"]

MAX_PHOTOS: Final = 100
MAX_CREDIT: Final = 120

_CREDIT_WORDS: Final = frozenset(
    "credit credits source copyright photographer attribution rights quelle credito crédit crédits foto fotograf "
    "copy photocredit imagecredit".split()
)
_CAPTION_WORDS: Final = frozenset(
    "caption captions legend legende bildunterschrift subline didascalia légende pie".split()
)
_LABEL: Final = re.compile(
    r"^\W{0,2}(?:photos?|photographs?|pictures?|images?|illustration|graphic|foto(?:graf(?:ie|ía|ia)?)?s?|bild(?:er|quelle|rechte)?|"
    r"quelle|crédits?(?:\s+photo)?|credits?|credito|crédito|imagen|imagem|immagine|source|fuente|fonte|bron|beeld|kuva|fot|"
    r"zdjęcie|фото|写真|撮影|사진|fotoğraf|copyright|courtesy(?:\s+of)?|via|handout|file\s+photo)"
    r"(?:\s+(?:credits?|by|courtesy(?:\s+of)?|von|par|de|di|av))?\s*[:：|/]?\s*(?=\S)",
    re.IGNORECASE,
)
_MARKED: Final = re.compile(
    r"(?P<credit>(?:\(|\[)?\s*(?:photo(?:graph)?s?|foto|bild|image|picture|crédits?(?:\s+photo)?|credits?|quelle|source|"
    r"fuente|imagen|fot|фото|写真|撮影)(?:\s+(?:credits?|by|courtesy(?:\s+of)?))?\s*[:：/]\s*[^()\[\]]{2,100}(?:\)|\])?\s*|"
    r"(?:©|\(c\)|copyright)\s*[^()\[\]]{2,100})$",
    re.IGNORECASE,
)
_BRACKETED: Final = re.compile(r"[(\[]\s*(?P<credit>[^()\[\]]{2,100})\s*[)\]]\s*\.?$")
_AFTER_SENTENCE: Final = re.compile(r"[.!?…”\"]\s+(?P<credit>[^.!?]{2,80}(?:\b[A-Z]\.[^.!?]{2,60})?)$")
_SLASH: Final = re.compile(r"\s*(?:/|\bvia\b|,|\||–|—|\bfor\b)\s*")


def photos(html: Html, main: MainText | None) -> tuple[Photo, ...]:
    """The article's pictures that carry a caption, a credit, or both; the lead picture first."""
    scope = _scope(html, main)
    found: list[Photo] = []
    for figure in scope.iter("figure", "div"):
        if len(found) >= MAX_PHOTOS:
            break
        if not _is_figure(figure) or _is_elsewhere(figure, scope):
            continue
        photo = _photo(figure, html, is_lead=not found)
        if photo is not None:
            found.append(photo)
    return tuple(found)


def _scope(html: Html, main: MainText | None) -> Element:
    if main is None:
        return html.root
    for ancestor in (main.element, *main.element.iterancestors()):
        if ancestor.tag in {"article", "main", "body"}:
            return ancestor
    return main.element


def _is_figure(element: Element) -> bool:
    if element.tag == "figure":
        return element.find(".//figure") is None
    if words_of(element).isdisjoint({"caption", "figure", "image", "photo", "picture", "media", "bild"}):
        return False
    return (
        element.find(".//img") is not None
        and element.find(".//figure") is None
        and element.find(".//p") is None
        and not any(ancestor.tag == "figure" for ancestor in element.iterancestors())
        and any(not _CAPTION_WORDS.isdisjoint(words_of(each)) for each in element.iter("div", "span"))
    )


def _is_elsewhere(element: Element, scope: Element) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is scope:
            return False
        if ancestor.tag not in {"header", "p"} and is_aside(ancestor):
            return True
        parent = ancestor.getparent()
        if ancestor.tag == "a" and parent is not None and parent.tag == "li":
            return True
    return False


def _photo(figure: Element, html: Html, *, is_lead: bool) -> Photo | None:
    image = _image(figure, html)
    caption_element = figure.find(".//figcaption")
    if caption_element is None:
        caption_element = next(
            (each for each in figure.iter("div", "span", "p") if not _CAPTION_WORDS.isdisjoint(words_of(each))), None
        )
    credit_element = _credit_element(figure)
    credit_text = text_of(credit_element) if credit_element is not None else ""
    caption_text = ""
    if caption_element is not None:
        caption_text = text_of(caption_element, without=() if credit_element is None else (credit_element,))
    credit: Claim | None = None
    if credit_text and credit_element is not None:
        credit = element_claim(credit_text, credit_element, witness="figure", text=credit_text)
    elif caption_text and caption_element is not None:
        caption_text, ending = split_caption(caption_text)
        if ending:
            credit = element_claim(ending, caption_element, witness="figure", text=text_of(caption_element))
    caption = None
    if caption_text and caption_element is not None:
        caption = element_claim(caption_text, caption_element, witness="figure", text=text_of(caption_element))
    if caption is None and credit is None:
        return None
    persons, agencies = credit_parts(credit.value) if credit else ((), ())
    return Photo(image=image, caption=caption, credit=credit, photographers=persons, agencies=agencies, is_lead=is_lead)


def _image(figure: Element, html: Html) -> str | None:
    for element in figure.iter("img", "source", "amp-img"):
        addresses = image_addresses(element)
        for address in addresses[:1] if element.tag == "img" else addresses[-1:]:
            url = html.absolute(address)
            if url is not None:
                return url
    return None


def _credit_element(figure: Element) -> Element | None:
    """The innermost element whose class says credit."""
    best = None
    for element in figure.iter("span", "small", "cite", "div", "p", "em", "figcaption", "strong", "a"):
        if element.tag == "cite" or not _CREDIT_WORDS.isdisjoint(words_of(element)):
            text = text_of(element)
            if 1 < len(text) <= MAX_CREDIT and _CAPTION_WORDS.isdisjoint(words_of(element)):
                best = element
                break
    return best


def split_caption(text: str) -> tuple[str, str]:
    """Caption and credit of a text that holds both; no credit where none can be told."""
    found = _MARKED.search(text)
    if found and found.start() >= 0:
        return text[: found.start()].rstrip(" |–—-·"), collapse(found["credit"]).strip("()[] ")
    for pattern in (_BRACKETED, _AFTER_SENTENCE):
        found = pattern.search(text)
        if found and _looks_like_credit(found["credit"]):
            caption = text[: found.start("credit")].rstrip(" ([|–—-·")
            return caption, found["credit"].strip()
    return text, ""


def _looks_like_credit(text: str) -> bool:
    parts = [part for part in _SLASH.split(_LABEL.sub("", text)) if part]
    if not parts or len(text) > MAX_CREDIT:
        return False
    if any(is_agency(part) or is_body(part) for part in parts):
        return all(is_agency(part) or is_body(part) or is_person(part) for part in parts)
    return "/" in text and all(is_person(part) for part in parts)


def credit_parts(credit: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Photographers and agencies named in a credit."""
    persons: list[str] = []
    agencies: list[str] = []
    for part in _pieces(credit):
        if is_agency(part) or is_body(part):
            agencies.append(part)
        elif is_person(part):
            persons.append(part)
        elif part.isupper() and 2 <= len(part) <= 12:
            agencies.append(part)
    return tuple(dict.fromkeys(persons)), tuple(dict.fromkeys(agencies))


def _pieces(credit: str) -> Iterator[str]:
    text = _LABEL.sub("", credit.strip(" ()[]©"))
    text = re.sub(r"^\s*(?:©|\(c\)|by)\s*", "", text, flags=re.IGNORECASE)
    for part in _SLASH.split(text):
        part = part.strip(" .()[]©:")  # noqa: PLW2901  # cleaned in place
        if part:
            yield part
