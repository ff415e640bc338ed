"""Witness: pictures of the article with their captions and credits.

A picture is a ``figure``, or the nearest element that holds an image and something called caption or credit. Credits
that stand in a caption are split off it. What only mark-up says is used where no credit is shown, and told apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from archivist.extract.agencies import is_agency, is_body
from archivist.extract.claims import claim, element_claim
from archivist.extract.html import Element, Html
from archivist.extract.jsonld import linked_data
from archivist.extract.main_text import MainText, is_aside
from archivist.extract.names import is_person
from archivist.extract.requisites import image_addresses
from archivist.extract.tree import INLINE, collapse, length_of, text_of, words_of
from archivist.model.article import Claim, Photo
from archivist.model.json import Json

__all__ = ["credit_parts", "photos", "split_caption"]

MAX_PHOTOS: Final = 100
MAX_CREDIT: Final = 120
MAX_CAPTION: Final = 1_500
MAX_BARE: Final = 500
"""Characters of a figure that names no part of it as caption."""
MAX_MARKED: Final = 1_000
"""Elements called caption or credit that are looked at."""
MAX_CLIMB: Final = 4
"""Levels between a caption outside any figure and the element that holds its image too."""

_CREDIT_TAGS: Final = ("span", "small", "cite", "div", "p", "em", "figcaption", "strong", "a", "i", "li", "footer")
_IMAGES: Final = ("img", "source", "amp-img")
_CREDIT_WORDS: Final = frozenset(
    "credit credits source copyright photographer attribution rights bildquelle bildrechte bildnachweis quelle credito "
    "crédit crédits fotograf photocredit imagecredit photoby fuente".split()
)
_CREDIT_KEYS: Final = frozenset({"credit", "credits", "copyright", "photographer"})
_CAPTION_WORDS: Final = frozenset(
    "caption captions legend legende bildunterschrift subline didascalia légende pie bildtext bildetekst".split()
)
_IMAGE_WORDS: Final = frozenset("image photo picture foto bild figure".split())
_ELSEWHERE_WORDS: Final = frozenset(
    "author authors avatar portrait bio profile teaser related recommended promo card logo icon thumbnail "
    "thumb newsletter sponsor".split()
)
_PLACEHOLDER: Final = re.compile(r"placeholder|blank\.|spacer|transparent|pixel\.|lazy|1x1|loading\.", re.IGNORECASE)

_WORDS: Final = (
    r"(?:file )?photos?(?:graph(?:s|y)?)?|pictures?|images?|illustrations?|graphics?|screen ?(?:grab|shot)s?|"
    r"fot[oó](?:s|grafie|grafía|grafia|ğraf)?|bild(?:er|quelle|rechte|nachweis)?|quelle|cr[ée]dit[oi]?s?|imagen|imagem|"
    r"immagine|fuente|fonte|source|bron|beeld|kuva|fot\.?|zdjęcie|źródło|ljósmynd|ảnh|isithombe|фото|источник|джерело|"
    r"коллаж|写真|撮影|提供|사진|copyright"
)
_LINKS: Final = r"credits?|by|courtesy(?: of)?|via|von|par|por|di|av|photo|:"
_SIGN: Final = r"©|ⓒ|\(c\)"
_LABEL: Final = re.compile(
    rf"^\W{{0,2}}(?:(?:{_WORDS})(?:\s(?:\[m\]))?(?:\s(?:{_LINKS}))*\s?(?:[:：=/|]|(?<=by)|(?<=of))\s?|(?:{_SIGN})\s?|"
    r"(?:courtesy of|via|handout/)\s|ap photo/)",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    rf"(?:^|(?<=[\s.,!?”\"|–—-]))(?P<credit>[(\[]?(?:(?<!\w)(?:{_WORDS})(?:\s\[m\])?(?:\s(?:{_LINKS}))*\s?[:：]|"
    rf"(?<!\w)(?:photo(?:graph|graphy)?|picture|illustration|image) by\s|{_SIGN})\s?"
    r"(?P<name>[^()\[\]:]{2,100})[)\]]?)\W{0,2}$",
    re.IGNORECASE,
)
_BRACKETED: Final = re.compile(r"[(\[]\s?(?P<credit>[^()\[\]]{2,100}?)\s?[)\]]\W{0,2}$")
_AFTER_SENTENCE: Final = re.compile(r"[.!?…”\"»)]\s?(?P<credit>[^.!?…”\"»]{2,80}(?:\b\w\.\s?[^.!?]{2,60})?\.?)$")
_AFTER_BAR: Final = re.compile(r"\s[|–—•·-]\s(?P<credit>[^|–—•·]{2,90})$")
_AFTER_SLASH: Final = re.compile(r"(?<=\s)/\s(?P<credit>[^/]{4,60})$")
_CUT: Final = re.compile(r"\s*(?:/|／|\||;|,|–|—|\bvia\b|\bfor\b|\band\b|\bund\b|\s-\s)\s*", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[a-z]{2}[.!?]\s|\S\s?[(\[]")
_TRAILING: Final = re.compile(
    r"\s*(?:(?:hide|toggle) caption|read more|enlarge(?: this image)?|visa mer|se mer|camera icon|mandatory credit.*|"
    r"(?:this image|image) is available.*|more\.\.\.)\s*$",
    re.IGNORECASE,
)
_ORIGIN: Final = frozenset(
    "authority supplied handout courtesy files file library collection agency privat private zvg dr archiv archive "
    "screenshot skjermdump rights reserved all".split()
)
"""Words of an origin; no photographer has them in his name."""


def photos(html: Html, main: MainText | None) -> tuple[Photo, ...]:
    """The article's pictures that carry a caption, a credit, or both; the lead picture first."""
    scope = _scope(html, main)
    own = _holders(main)
    found: list[Photo] = []
    for group in _groups(scope, own):
        if len(found) >= MAX_PHOTOS:
            break
        photo = _photo(group, html)
        if photo is not None and photo not in found:
            found.append(photo)
    if not any(photo.credit for photo in found):
        found = _with_unshown(found, html)
    return tuple(replace(photo, is_lead=number == 0) for number, photo in enumerate(found))


def _scope(html: Html, main: MainText | None) -> Element:
    """The article, out to the element that holds its headline."""
    if main is None:
        return html.root
    for ancestor in (main.element, *main.element.iterancestors()):
        if ancestor.tag in {"body", "html"} or ancestor.find(".//h1") is not None:
            return ancestor
    return main.element


def _holders(main: MainText | None) -> Collection[Element]:
    """The elements that hold running text of the article."""
    holders: set[Element] = set()
    if main is not None:
        holders.add(main.element)
        holders.update(main.element.iterancestors())
        for block, element in zip(main.blocks, main.elements, strict=True):
            if block.kind in {"paragraph", "quote"}:
                for ancestor in element.iterancestors():
                    if ancestor in holders:
                        break
                    holders.add(ancestor)
    return holders


def _groups(scope: Element, own: Collection[Element]) -> Iterator[Element]:
    """The elements that hold one picture with what is said of it, in document order."""
    seen: set[Element] = set()
    marked = 0
    for element in scope.iter("figure", "div", "span", "p", "small", "em", "figcaption", "cite", "li"):
        group: Element | None = None
        if element.tag == "figure":
            group = element if element.find(".//figure") is None else None
        elif marked < MAX_MARKED and _is_marked(element):
            marked += 1
            group = _around(element, own)
        elif marked < MAX_MARKED and _is_labelled(element):
            marked += 1
            around = _around(element, own)
            group = element if around is None else around
        if group is not None and group not in seen and not _is_elsewhere(group, scope, own):
            seen.add(group)
            yield group


def _is_marked(element: Element) -> bool:
    words = words_of(element)
    return not _CAPTION_WORDS.isdisjoint(words) or _says_credit(words)


def _says_credit(words: Collection[str]) -> bool:
    """The words name a credit, or the author of a picture."""
    return not _CREDIT_WORDS.isdisjoint(words) or ("author" in words and not _IMAGE_WORDS.isdisjoint(words))


def _is_labelled(element: Element) -> bool:
    """A line outside any figure that begins with "Photo:" or the like, right after an image."""
    if any(child.tag not in INLINE for child in element) or length_of(element) > 2 * MAX_CREDIT:
        return False
    text = text_of(element)
    found = _LABELLED.match(text)
    if not found or len(text) > MAX_CREDIT or not _is_short(found["name"]):
        return False
    is_in_figure = any(ancestor.tag in {"figure", "footer"} for ancestor in element.iterancestors())
    return not is_in_figure and _image_before(element) is not None


def _image_before(element: Element) -> Element | None:
    """The image in one of the two elements before this one or before what holds it."""
    around: Element | None = element
    for _ in range(3):
        if around is None:
            return None
        for sibling in islice(around.itersiblings(preceding=True), 2):
            if (image := next(sibling.iter(*_IMAGES), None)) is not None:
                return image
        around = around.getparent()
    return None


def _around(element: Element, own: Collection[Element]) -> Element | None:
    """The nearest element that holds an image beside this one; None where a figure does."""
    around: Element | None = element
    named: Element | None = None
    for _ in range(MAX_CLIMB + 1):
        if around is None or around in own or around.tag in {"body", "article", "main", "figure"}:
            return named
        if around is not element and not _IMAGE_WORDS.isdisjoint(words_of(around)):
            named = around
        if next(around.iter(*_IMAGES), None) is not None:
            is_in_figure = any(ancestor.tag == "figure" for ancestor in around.iterancestors())
            return None if is_in_figure or around.find(".//figure") is not None else around
        around = around.getparent()
    return named


def _is_elsewhere(group: Element, scope: Element, own: Collection[Element]) -> bool:
    """It belongs to another story, to an author, or leads elsewhere."""
    if not _ELSEWHERE_WORDS.isdisjoint(words_of(group) - {"author"}):
        return True
    for ancestor in group.iterancestors():
        if ancestor is scope or ancestor in own:
            return False
        is_margin = is_aside(ancestor) and not _is_wrapper(ancestor)
        if is_margin or ancestor.tag == "article" or not _ELSEWHERE_WORDS.isdisjoint(words_of(ancestor)):
            return True
        if ancestor.tag == "a" and not re.search(r"\.(?:jpe?g|png|webp)", ancestor.get("href") or "", re.IGNORECASE):
            return True
    return False


def _is_wrapper(element: Element) -> bool:
    """An ``aside`` by its tag alone, without list or heading: the page sets a picture there."""
    is_bare = element.tag == "aside" and _ELSEWHERE_WORDS.isdisjoint(words_of(element))
    return is_bare and next(element.iter("li", "h1", "h2", "h3", "h4", "a"), None) is None


def _photo(group: Element, html: Html) -> Photo | None:
    credit_element = _credit_element(group)
    caption_element = _caption_element(group, credit_element)
    credit: Claim | None = None
    caption_text = ""
    if credit_element is not None:
        text = text_of(credit_element)
        credit = element_claim(_TRAILING.sub("", text), credit_element, witness="figure", text=text)
    if caption_element is not None:
        without = () if credit_element is None else (credit_element,)
        caption_text = _TRAILING.sub("", text_of(caption_element, without=without))[:MAX_CAPTION]
        if credit is None:
            caption_text, ending = split_caption(caption_text)
            if ending:
                credit = element_claim(ending, caption_element, witness="figure", text=text_of(caption_element))
    caption = None
    if caption_text and caption_element is not None:
        caption = element_claim(caption_text, caption_element, witness="figure", text=text_of(caption_element))
    credit = credit or _attribute_credit(group)
    if caption is None and credit is None:
        return None
    persons, agencies = credit_parts(credit.value) if credit else ((), ())
    is_shown = credit is None or "/@" not in credit.evidence.at
    image = _image(group, html)
    return Photo(
        image=image, caption=caption, credit=credit, photographers=persons, agencies=agencies, is_shown=is_shown
    )


def _caption_element(group: Element, credit_element: Element | None) -> Element | None:
    for element in group.iter("figcaption", "div", "span", "p", "small", "em", "dd", "h4"):
        is_caption = element.tag == "figcaption" or not _CAPTION_WORDS.isdisjoint(words_of(element))
        if is_caption and element is not credit_element and element is not group and length_of(element) > 1:
            without = () if credit_element is None else (credit_element,)
            if text_of(element, without=without):
                return element
    is_bare = credit_element is None and 1 < len(text_of(group)) <= MAX_BARE
    return group if is_bare else None


def _credit_element(group: Element) -> Element | None:
    """The outermost element whose class says credit, and no caption in it."""
    found: list[Element] = []
    for element in group.iter(*_CREDIT_TAGS):
        words = words_of(element)
        if element is group or (element.tag not in {"cite", "footer"} and not _says_credit(words)):
            continue
        is_caption = any(not _CAPTION_WORDS.isdisjoint(words_of(each) - words) for each in element.iter("*"))
        if not is_caption and length_of(element) <= 10 * MAX_CREDIT and 1 < len(text_of(element)) <= MAX_CREDIT:
            found.append(element)
            if len(found) >= 5:
                break
    return next((element for element in found if any(credit_parts(text_of(element)))), found[0] if found else None)


def _attribute_credit(group: Element) -> Claim | None:
    """A credit that stands in an attribute: in one called so, or after a label in the image's title or alt."""
    for element in group.iter("*"):
        for name, value in element.items():
            text = collapse(str(value))
            key = set(re.split(r"[-_:]", str(name).lower()))
            if not 1 < len(text) <= 3 * MAX_CREDIT or not str(name).startswith(("data-", "title", "alt")):
                continue
            is_credit = not key.isdisjoint(_CREDIT_KEYS) and any(character.isupper() for character in text)
            found = text if is_credit else ""
            if name in {"title", "alt"} and (labelled := _LABELLED.search(text)):
                found = labelled["credit"].strip("()[] ")
            if found and len(found) <= MAX_CREDIT and not found.startswith(("http", "{", "/")):
                return element_claim(found, element, witness="figure", text=text, attribute=str(name))
    return None


def _image(group: Element, html: Html) -> str | None:
    addresses = [address for element in group.iter(*_IMAGES) for address in _addresses(element)]
    real = [address for address in addresses if not _PLACEHOLDER.search(address)] or addresses
    if not real and (before := _image_before(group)) is not None:
        real = list(_addresses(before))
    return next((url for address in real if (url := html.absolute(address)) is not None), None)


def _addresses(element: Element) -> tuple[str, ...]:
    addresses = image_addresses(element)
    return addresses if element.tag == "img" else addresses[-1:]


def _with_unshown(found: list[Photo], html: Html) -> list[Photo]:
    """The pictures with the credits that only JSON-LD gives."""
    data = linked_data(html)
    for number, item in enumerate(data.objects("image")):
        if not isinstance(item, dict) or data.article is None:
            continue
        for key in ("creditText", "creator", "author", "copyrightHolder"):
            text = _name(item.get(key))
            if not text or len(text) > MAX_CREDIT:
                continue
            credit = claim(text, witness="json-ld", at=f"{data.article.at}/image/{number}/{key}")
            persons, agencies = credit_parts(text)
            image = html.absolute(str(item.get("url") or item.get("contentUrl") or ""))
            unshown = Photo(image=image, credit=credit, photographers=persons, agencies=agencies, is_shown=False)
            if found:
                first = replace(unshown, image=found[0].image, caption=found[0].caption)
                return [first, *found[1:]]
            return [unshown]
    return found


def _name(value: Json) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return collapse(value) if isinstance(value, str) and not value.startswith("http") else ""


def split_caption(text: str) -> tuple[str, str]:
    """Caption and credit of a text that holds both; no credit where none can be told."""
    if _looks_like_credit(text):
        return "", text
    found = _LABELLED.search(text)
    if found and (found.start() or _is_short(found["name"])):
        return text[: found.start()].rstrip(" ([|–—-·/"), found["credit"].strip("()[] ")
    for pattern in (_BRACKETED, _AFTER_BAR, _AFTER_SENTENCE):
        found = pattern.search(text)
        if found and _looks_like_credit(found["credit"]):
            return text[: found.start("credit")].rstrip(" ([|–—-·/"), found["credit"].strip()
    found = _AFTER_SLASH.search(text)
    if found and is_person(found["credit"]):
        return text[: found.start()].rstrip(), found["credit"]
    return text, ""


def _is_short(text: str) -> bool:
    """No more than a name or two: a label before more than that announces a caption."""
    return len(text.split()) <= 8 and not text.rstrip().endswith((".", "!", "?"))


def _looks_like_credit(text: str) -> bool:
    parts = list(_pieces(text))
    if not parts or len(text) > MAX_CREDIT or _SENTENCE.search(text) or any(len(part.split()) > 6 for part in parts):
        return False
    if any(is_agency(part) or (is_body(part) and "/" in text) for part in parts):
        return all(is_agency(part) or is_body(part) or is_person(part) or _is_outlet(part) for part in parts)
    return "/" in text and len(parts) > 1 and is_person(parts[0]) and all(map(_is_outlet, parts[1:]))


def credit_parts(credit: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Photographers and agencies named in a credit."""
    persons: list[str] = []
    agencies: list[str] = []
    for part in _pieces(credit):
        is_origin = not _ORIGIN.isdisjoint(part.lower().split())
        if is_agency(part) or (is_body(part) and not is_person(part)):
            agencies.append(part)
        elif is_person(part) and not is_origin:
            persons.append(part)
        elif (part.isupper() and 2 <= len(part) <= 12) or (_is_outlet(part) and "/" in credit):
            agencies.append(part)
    return tuple(dict.fromkeys(persons)), tuple(dict.fromkeys(agencies))


def _is_outlet(part: str) -> bool:
    """Beside a slash: a name that is no person's; its first words have capitals."""
    words = part.split()
    return len(words) <= 4 and all(word[:1].isupper() or not word[:1].isalpha() for word in words[:2])


def _pieces(credit: str) -> Iterator[str]:
    text = credit.strip(" ()[]")
    for _ in range(2):
        is_agency_photo = text[:9].lower() == "ap photo/"
        text = text if is_agency_photo else _LABEL.sub("", text).strip(" ()[]")
    for part in _CUT.split(text):
        part = re.sub(r"^(?:by|photo by|photos by)\s", "", part.strip(" .()[]©:"), flags=re.IGNORECASE)  # noqa: PLW2901
        if part:
            yield part
