"""What the box of one picture says: its caption, its credit, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Literal

from archivist.extract.captions import split_caption, without_stamps
from archivist.extract.claims import element_claim
from archivist.extract.credit_labels import is_label, label_starts
from archivist.extract.credit_lines import MAX_CREDIT, is_credit, is_labelled, may_be_credit
from archivist.extract.credits import MAX_WORDS, credit_parts, name_key
from archivist.extract.html import Element, Html
from archivist.extract.names import is_person
from archivist.extract.picture_marks import IMAGES, marks_on
from archivist.extract.requisites import image_addresses
from archivist.extract.tree import INLINE, SILENT, collapse, is_hidden, length_of, text_of
from archivist.model.article import Claim, Photo

__all__ = ["MAX_BARE", "MAX_BOX", "Box", "photo_of"]

MAX_CAPTION: Final = 1_500
MAX_BARE: Final = 500
"""Characters of a box that names no part of it as caption."""
MAX_BOX: Final = 50_000
"""Characters of a box, scripts in it included."""
MAX_ELEMENTS: Final = 300
"""Elements of a box that are looked at."""
MAX_CREDITS: Final = 8
LINK_SHARE: Final = 0.7
"""Of a caption: where links have more of it, it leads elsewhere."""

_PLACEHOLDER: Final = re.compile(r"placeholder|blank\.|spacer|transparent|pixel\.|lazy|1x1|loading\.", re.IGNORECASE)
_ATTRIBUTE_WORDS: Final = frozenset({"credit", "credits", "copyright", "photographer", "byline", "attribution"})
_CAPTION_ATTRIBUTES: Final = ("-caption", "-caption-text", "-captiontext", "-image-caption", "-legend")
_LAZY: Final = re.compile(r"data-[a-z-]{0,20}(?:src|original|url|image)")
_ADDRESS: Final = re.compile(r"(?:https?:)?//|/[^/]")
_SENTENCE_END: Final = re.compile(r"[.!?…”\"»。]\s*$")
_HEADINGS: Final = frozenset({"h1", "h2", "h3"})
_EDGES: Final = " ()[]/|,–—-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The element that holds one picture with what is said of it."""

    element: Element
    kind: Literal["figure", "box", "line", "around"]
    """Its tag, its class, the credit that ends its line, or only what stands in it says that it is one picture's."""
    before: Element | None = None
    """The image that stands before it, where it holds none."""
    is_in_text: bool = False
    """It is a figure between the article's paragraphs, so that it needs no words to be the article's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A text of the box, and where it stands."""

    value: str
    element: Element
    text: str
    attribute: str = ""
    is_called: bool = False
    """Mark-up calls the element caption."""

    def claim(self) -> Claim:
        """As evidence."""
        return element_claim(self.value, self.element, witness="figure", text=self.text, attribute=self.attribute)


def photo_of(box: Box, html: Html, *, outlets: frozenset[str] = frozenset()) -> Photo | None:
    """The picture in a box with what is said of it; None where nothing is.

    Args:
        box: where it stands.
        html: its page.
        outlets: names of the newspaper, as ``name_key`` has them.
    """
    if length_of(box.element) > MAX_BOX:
        return None
    elements = [element for element in islice(box.element.iter("*"), MAX_ELEMENTS) if element.tag not in SILENT]
    alternatives = _alternatives(elements)
    signed = _credit_elements(elements, box, alternatives)
    credit = _best(signed)
    caption = _caption(elements, box, signed) or _attribute_caption(elements)
    if caption is not None:
        if _linked_length(caption.element, signed) > LINK_SHARE * len(caption.value):
            return None  # the headline of another story
        caption, ending = _parted(caption, alternatives)
        if ending is not None and (credit is None or not any(credit_parts(credit.value))):
            credit = ending
    if credit is not None and caption is not None and name_key(caption.value) == name_key(credit.value):
        caption = None
    credit = credit or _attribute_credit(elements)
    is_said = caption is not None and (box.kind == "figure" or caption.is_called or _repeats(caption, alternatives))
    image = _image(box, html)
    if credit is None and not is_said:
        return Photo(image=image) if box.is_in_text and image is not None else None
    persons, agencies = credit_parts(credit.value, outlets=outlets) if credit else ((), ())
    return Photo(
        image=image,
        caption=caption.claim() if caption else None,
        credit=credit.claim() if credit else None,
        photographers=persons,
        agencies=agencies,
        is_shown=credit is None or not credit.attribute,
    )


def _credit_elements(elements: Sequence[Element], box: Box, alternatives: tuple[str, ...]) -> list[Element]:
    """The outermost elements called credit that hold no caption, or else those whose text can be nothing else."""
    found: list[Element] = []
    for element in elements:
        if len(found) >= MAX_CREDITS:
            break
        if element.getparent() not in found and _is_called_credit(element, box):
            found.append(element)
    if found:
        return list(dict.fromkeys(_with_label(_named_in(each), box) for each in found))
    outer = next(
        (each for each in elements if _is_signature(each) and not text_of(each).startswith(alternatives)), None
    )
    if outer is None:
        return []
    if is_labelled(text_of(outer)):
        return [outer]  # "Photo by" and the names, each of which may be a link
    inner = next((each for each in outer.iterdescendants() if _is_signature(each)), outer)
    return [] if _ends_longer(inner) else [_with_label(inner, box)]


def _ends_longer(element: Element) -> bool:
    """An agency in an element of its own, behind the label and the name that stand bare before it."""
    around = element.getparent()
    if element.tag not in INLINE or around is None or (element.tail or "").strip() or length_of(around) > MAX_BARE:
        return False
    own, (_, ending) = text_of(element), split_caption(text_of(around))
    return ending.removesuffix(own).rstrip().endswith((",", "/", "|", ":")) and is_labelled(ending)


def _named_in(element: Element) -> Element:
    """The inner element called credit, where the outer one holds other things beside it."""
    inner = next((each for each in element.iterdescendants() if "credit" in marks_on(each)), None)
    if inner is None or not (text := text_of(inner)) or not any(credit_parts(text)):
        return element
    rest = text_of(element, without=(inner,))
    is_whole = not rest or is_labelled(text_of(element)) or is_person(rest.strip(_EDGES))
    return element if is_whole else inner


def _with_label(element: Element, box: Box) -> Element:
    """The element around, in the same box, where it adds the label and nothing else."""
    inner = element
    for around in islice(element.iterancestors(), 2):
        if inner is box.element:
            break
        if rest := text_of(around, without=(element,)):
            is_more = rest[0] in "|/," and is_credit(text_of(around))
            return around if is_more or is_label(rest) else element
        inner = around
    return element


def _is_called_credit(element: Element, box: Box) -> bool:
    marks = marks_on(element)
    is_signer = box.kind == "figure" and "signer" in marks and element.tag not in _HEADINGS
    if (
        not ("credit" in marks or is_signer or element.tag in {"cite", "footer"})
        or length_of(element) > 10 * MAX_CREDIT
    ):
        return False
    for inner in element.iter("*"):
        inner_marks = marks_on(inner)
        if inner.tag in IMAGES or (inner is not element and "caption" in inner_marks and "credit" not in inner_marks):
            return False
    text = text_of(element)
    if "caption" in marks and len(text) > 1:
        return not split_caption(text)[0]
    return 1 < len(text) <= MAX_CREDIT


def _is_signature(element: Element) -> bool:
    """A line, or the last words of a caption, that can only be a credit."""
    if any(child.tag not in INLINE for child in element) or not 1 < length_of(element) <= 2 * MAX_CREDIT:
        return False
    text = text_of(element)
    if not 1 < len(text) <= MAX_CREDIT or is_hidden(element):
        return False
    if may_be_credit(text) and (is_credit(text) or is_labelled(text)):
        return True
    bare = text.strip("()[] ")
    is_name = is_person(bare) or (text[0] in "([" and text[-1] in ")]" and any(credit_parts(bare)))
    return is_name and _ends_caption(element)


def _ends_caption(element: Element) -> bool:
    """It is the last of a caption, after a full sentence."""
    parent = element.getparent()
    if (
        parent is None
        or "caption" not in marks_on(parent)
        or element.getnext() is not None
        or (element.tail or "").strip()
    ):
        return False
    before, previous = text_of(parent, without=(element,)), element.getprevious()
    is_cell = previous is not None and previous.tag == element.tag and not (previous.tail or "").strip()
    return bool(before) and (is_cell or _SENTENCE_END.search(before) is not None or element.tag not in INLINE)


def _best(signed: Sequence[Element]) -> _Said | None:
    """The first of the credits that names somebody."""
    said = [
        _Said(value=without_stamps(text).lstrip(" |–—-•·/"), element=element, text=text)
        for element in signed
        if _says_something(text := _spaced(element))
        and not (text.endswith((".", "!", "?")) and len(text.split()) > MAX_WORDS)
    ]
    best = next((number for number, each in enumerate(said) if any(credit_parts(each.value))), 0)
    return _joined(*said[best : best + 2]) if said else None


def _says_something(text: str) -> bool:
    """More than a label, or the brackets that a template sets around nothing."""
    return any(map(str.isalnum, text)) and not is_label(text)


def _spaced(element: Element) -> str:
    """The text of a credit; a name and the agency that a style sheet alone sets apart from it have a blank between."""
    text = text_of(element)
    bare, inner = (element.text or "").rstrip(), text_of(element[0]) if len(element) else ""
    is_glued = bare[-1:].islower() and inner[:1].isupper() and bare == (element.text or "")
    return text.replace(bare[-1] + inner, f"{bare[-1]} {inner}", 1) if is_glued else text


def _joined(first: _Said, second: _Said | None = None) -> _Said:
    """A name, and the agency in the element beside it, are one credit."""
    parent = first.element.getparent()
    if second is None or parent is None or second.element.getparent() is not parent:
        return first
    (persons, agencies), others = credit_parts(first.value), credit_parts(second.value)
    is_other = bool(others[1]) and not others[0] and first.value != second.value and "@" not in second.value
    is_one = bool(persons) and not agencies and is_other
    return replace(first, value=f"{first.value} / {second.value}", text=text_of(parent)) if is_one else first


def _caption(elements: Sequence[Element], box: Box, signed: Sequence[Element]) -> _Said | None:
    """The first element called caption that says more than its credit; in a figure, what it says besides."""
    described: _Said | None = None
    for element in elements:
        if element in signed or not 1 < length_of(element) <= 10 * MAX_CAPTION:
            continue
        marks = marks_on(element)
        is_description = (
            box.kind != "around" and described is None and "description" in marks and element.tag not in _HEADINGS
        )
        if not ("caption" in marks or is_description) or next(element.iter("img"), None) is not None:
            continue
        if said := _said(element, signed):
            if "caption" in marks:
                return replace(said, is_called=True)
            described = said
    if described is not None:
        return described
    bare = _said(box.element, signed) if box.kind != "around" else None
    return bare if bare is not None and len(bare.value) <= MAX_BARE else None


def _said(element: Element, signed: Sequence[Element]) -> _Said | None:
    value = without_stamps(text_of(element, without=signed))[:MAX_CAPTION].strip(" |–—-•·/")
    return _Said(value=value, element=element, text=text_of(element)) if len(value) > 1 else None


def _linked_length(element: Element, signed: Sequence[Element]) -> int:
    """How much of a caption is in links."""
    links = (link for link in element.iter("a") if link not in signed and link.getparent() not in signed)
    return sum(map(length_of, islice(links, MAX_CREDITS)))


def _parted(said: _Said, alternatives: tuple[str, ...]) -> tuple[_Said | None, _Said | None]:
    """Caption and credit of a caption."""
    alt = next((alt for alt in alternatives if said.value.startswith(alt)), "")
    line = _last_line(said)
    caption, ending = (said.value.removesuffix(line).rstrip(), line) if line else split_caption(said.value, alt=alt)
    credit = replace(said, value=ending) if ending else None
    return (replace(said, value=caption) if len(caption) > 1 else None), credit


def _repeats(said: _Said, alternatives: tuple[str, ...]) -> bool:
    """The caption says what the picture's alternative text says."""
    return len(said.value) > 3 and said.value in alternatives


def _alternatives(elements: Sequence[Element]) -> tuple[str, ...]:
    """Alternative texts of the box's pictures, the longest first."""
    images = [element for element in elements if element.tag == "img"][:MAX_CREDITS]
    texts = {collapse(image.get(name) or "") for image in images for name in ("alt", "title")}
    return tuple(sorted(texts - {""}, key=len, reverse=True))


def _last_line(said: _Said) -> str:
    """A credit on a line of its own, after a line break."""
    for br in said.element.iter("br"):
        line = collapse(br.tail or "")
        if 1 < len(line) < len(said.value) and said.value.endswith(line) and (is_credit(line) or is_person(line)):
            return line
    return ""


def _attribute_caption(elements: Sequence[Element]) -> _Said | None:
    """A caption that a style sheet or a script shows, out of an attribute called so."""
    for element in elements:
        for name, value in element.items():
            key = str(name).lower()
            if (
                key.startswith("data-")
                and key.endswith(_CAPTION_ATTRIBUTES)
                and not str(value).startswith(("{", "<", "#"))
            ):
                text = without_stamps(collapse(str(value)))[:MAX_CAPTION]
                if len(text.split()) > 1:
                    return _Said(value=text, element=element, text=text, attribute=str(name), is_called=True)
    return None


def _attribute_credit(elements: Sequence[Element]) -> _Said | None:
    """A credit that stands in an attribute: in one called so, or after a label in the image's title or alt."""
    for element in elements:
        for name, value in element.items():
            if not str(name).startswith(("data-", "title", "alt")):
                continue
            text = collapse(str(value))
            if 1 < len(text) <= 3 * MAX_CREDIT and (found := _credit_in(str(name).lower(), text)):
                return _Said(value=found, element=element, text=text, attribute=str(name))
    return None


def _credit_in(name: str, text: str) -> str:
    if name in {"title", "alt"}:
        ending = split_caption(text)[1] if next(label_starts(text), None) is not None else ""
        return ending if is_labelled(ending) else ""
    is_name = len(text) <= MAX_CREDIT and any(map(str.isalpha, text)) and not text.islower()
    is_called = not _ATTRIBUTE_WORDS.isdisjoint(re.split(r"[-_:]", name))
    return text if is_called and is_name and not text.startswith(("http", "{", "/", "[")) else ""


def _image(box: Box, html: Html) -> str | None:
    """The address of the picture: what ``img`` says, and other sizes only where it holds the place."""
    placeholder: str | None = None
    for address in _all_addresses(box):
        url = html.absolute(address)
        if url is not None and not _PLACEHOLDER.search(address):
            return url
        placeholder = placeholder or url
    return placeholder


def _all_addresses(box: Box) -> Iterator[str]:
    is_empty = True
    for element in (element for tag in IMAGES for element in box.element.iter(tag)):
        for address in _addresses(element):
            is_empty = False
            yield address
    if is_empty and box.before is not None:
        yield from _addresses(box.before)


def _addresses(element: Element) -> tuple[str, ...]:
    addresses = image_addresses(element)
    if element.tag != "img":
        return addresses[-1:]
    lazy = (str(value) for name, value in element.items() if _LAZY.fullmatch(str(name)) and _ADDRESS.match(str(value)))
    return addresses or tuple(lazy)
