"""Finding the element that holds one picture of the article with what is said of it.

That is a ``figure``, or the nearest element that holds an image and something called caption or credit, or one called a
picture that holds an image and a few words, or what is around a line that can only be a credit beside an image.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from archivist.extract.agencies import NETWORKS
from archivist.extract.captions import split_caption
from archivist.extract.credit_lines import MAX_CREDIT, is_credit, is_labelled, may_be_credit
from archivist.extract.credits import credit_parts
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText, is_aside
from archivist.extract.photo_reading import MAX_BARE, MAX_BOX, Box
from archivist.extract.picture_marks import IMAGES, Mark, marks_on, speaking
from archivist.extract.tree import INLINE, SILENT, inside, length_of, text_of

__all__ = ["picture_boxes"]

MAX_MARKED: Final = 500
"""Elements called caption or credit that are looked at."""
MAX_CLIMB: Final = 4
"""Levels between a caption outside any figure and the element that holds its image too."""
MAX_IMAGES: Final = 3
"""In one box: a picture in several sizes; more are a gallery, whose pictures have boxes of their own."""
MIN_PARAGRAPH: Final = 60
"""Characters of a paragraph that what holds it is no picture's box."""
MAX_ADDRESS: Final = 2_000
"""Characters of an image's address in which it is called a logo; whole pictures may stand in the rest."""
NEAR: Final = 12
"""Elements after an image in which a line that nothing marks may be its credit."""
BELOW: Final = 4
"""Elements after an image in which a line that nothing marks may be its caption and credit in one."""
MAX_CARD: Final = 6
"""Levels around a picture in which a linked heading makes it a teaser."""

_TAGS_ABOVE: Final = "img figure div section p span figcaption small font td".split()
"""Looked at above the article, where most elements are menus."""
_TAGS: Final = (*_TAGS_ABOVE, "em", "i", "cite", "li", "label")
_FRAMES: Final = (*IMAGES, "video", "amp-video")
_BOXES: Final = frozenset({"div", "section", "p", "li", "span"})
_LINES: Final = frozenset("p div span small font em i cite figcaption td label".split())
_SHOWS: Final = re.compile(r"lightb|galler|galer|zoom|fancy|enlarge|popup|modal|photo|foto|image|img", re.IGNORECASE)
"""Classes of a link that shows the picture itself, not another story."""
_FILE: Final = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)\b|^#", re.IGNORECASE)
_PAGE_COPYRIGHT: Final = re.compile(
    r"(?:©|\(c\)|copyright)\W{0,3}(?:\w{1,20}\W{1,3})?(?:19|20)\d\d|reserved|riservat|reservados|vorbehalten|réservés",
    re.IGNORECASE,
)
_SIGNS: Final = "svg icon logo badge avatar sprite profile".split()
_SIGN: Final = re.compile(r"\.svg\b|(?<![a-z])(?:icons?|logos?|badges?|avatars?|sprites?|profiles?)(?![a-z])")
"""In addresses of images, in small letters, that are no pictures of an article; one of the words above is in it."""


def picture_boxes(html: Html, main: MainText | None) -> Iterator[Box]:
    """The boxes of the article's pictures, in document order."""
    paragraphs, own = _holders(main)
    yield from _Search(scope=_scope(html, main), paragraphs=paragraphs, own=own).boxes(html.root)


def _scope(html: Html, main: MainText | None) -> Element:
    """The article, out to the element that holds its headline, or to the ``article`` around all of it."""
    if main is None:
        return html.root
    around = (main.element, *main.element.iterancestors())
    inner = next(
        (each for each in around if each.tag in {"body", "html"} or each.find(".//h1") is not None), main.element
    )
    return next(reversed(list(inner.iterancestors("article"))), inner)


def _holders(main: MainText | None) -> tuple[Collection[Element], Collection[Element]]:
    """The paragraphs of the article, and the elements that hold them."""
    paragraphs: set[Element] = set()
    holders: set[Element] = set()
    if main is not None:
        holders.add(main.element)
        holders.update(main.element.iterancestors())
        for block, element in zip(main.blocks, main.elements, strict=True):
            if block.kind not in {"paragraph", "quote"} or len(block.text) < MIN_PARAGRAPH:
                continue
            around = element.getparent()
            if not _is_below_picture(element, holders):
                paragraphs.add(element)
                while around is not None and around not in holders:
                    holders.add(around)
                    around = around.getparent()
    return paragraphs, holders


def _is_below_picture(element: Element, holders: Collection[Element]) -> bool:
    """The paragraph is what a picture's box says."""
    for around in (element, *islice(element.iterancestors(), 3)):
        if around in holders:
            return False
        marks = marks_on(around)
        if around.tag == "figure" or "caption" in marks or "credit" in marks:
            return True
        is_small = _is_box(around) and len(list(islice(around.iter("p"), MAX_IMAGES))) < MAX_IMAGES
        if is_small and ("image" in marks or any(_is_line(line) or _is_signed(line) for line in around.iter(*_LINES))):
            return True
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """Finds the elements that hold one picture with what is said of it."""

    scope: Element
    paragraphs: Collection[Element]
    own: Collection[Element]
    """Elements that hold text of the article: none of them is one picture's."""
    cards: dict[Element, bool] = field(default_factory=dict)
    """Elements looked at: whether a linked heading stands in them."""
    margins: dict[Element, bool] = field(default_factory=dict)
    """Elements looked at: whether they are for other things than the article."""

    def boxes(self, root: Element) -> Iterator[Box]:
        """Each box in document order."""
        seen: set[Element] = set()
        marked = since = 0
        before: Element | None = None
        marking = speaking(root)
        for walked in self._elements(root):
            element: Element | None = walked
            since += 1
            if walked.tag == "img":
                if _is_picture(walked):
                    since = 0
                    before = before if _is_covered(walked, seen) else walked
                element = _label_above(walked)
            elif walked in self.paragraphs and not (before is not None and since <= BELOW and _is_signed(walked)):
                before = None
            if element is None or element in self.own or marked >= MAX_MARKED:
                continue
            is_near = since < NEAR and before is not None
            if not (is_near or element in marking or element.tag == "figure"):
                continue
            marks = marks_on(element)
            box = self._box(element, marks, before, is_near=is_near)
            if box is None and is_near and since <= BELOW and _is_signed(element):
                box = self._signed(element, before)
            marked += element.tag != "figure" and not marks.isdisjoint({"caption", "credit"})
            if box is None or _is_covered(box.element, seen) or self._is_elsewhere(box.element, element):
                continue
            if text_of(box.element):
                seen.add(box.element)
                before = None
            yield box

    def _elements(self, root: Element) -> Iterable[Element]:
        """All that stands before the article, where its lead picture may be, and the article itself."""
        above = list(root.iter(str(self.scope.tag), *_TAGS_ABOVE))
        return chain(above[: above.index(self.scope)], self.scope.iter(*_TAGS))

    def _box(self, element: Element, marks: frozenset[Mark], before: Element | None, *, is_near: bool) -> Box | None:
        """The box that an element is, or belongs to."""
        if element.tag == "figure":
            return self._figure(element, marks, before)
        if "caption" in marks or "credit" in marks:
            return self._around(element, before)
        if "image" in marks and _is_box(element):
            return Box(element=element, kind="box")
        return self._beside(element, before) if is_near and _is_line(element) else None

    def _figure(self, element: Element, marks: frozenset[Mark], before: Element | None) -> Box | None:
        """The figure itself, the outer one of two; one whose image a script sets, by its caption in the article."""
        if len(list(islice(element.iter("figure"), 3))) > 2:
            return None
        if next(element.iter("img", "picture", "amp-img", "noscript"), None) is None:
            is_captioned = "caption" in marks or element.find(".//figcaption") is not None
            if not is_captioned or self.scope not in element.iterancestors():
                return None
        images = element.findall(".//img")
        is_in_text = element.getparent() in self.own and bool(images) and _is_picture(images[0])
        return Box(element=element, kind="figure", before=before, is_in_text=is_in_text)

    def _around(self, element: Element, before: Element | None) -> Box | None:
        """The nearest element that holds an image beside this one; None where a figure does."""
        around: Element | None = element
        alone: Element | None = None
        for _ in range(MAX_CLIMB + 1):
            if around is None or around in self.own or around.tag in {"body", "main"} or _is_story(around):
                break
            if around.tag == "figure":
                return None
            if _has_picture(around):
                is_box = _holds_little(around)
                return Box(element=around, kind="box" if is_box else "around") if _is_free(around) else None
            if alone is None or length_of(around) <= length_of(element) + MAX_BARE:
                alone = around
            around = around.getparent()
        if alone is None or not _is_orphan(element, before):
            return None
        return Box(element=alone, kind="around", before=before)

    def _beside(self, line: Element, before: Element | None) -> Box | None:
        """The box of a picture that a line can only be the credit of, or the line where it follows an image."""
        box = self._around(line, before)
        if box is not None and box.kind == "box":
            return box
        is_after = before is not None and is_labelled(text_of(line))
        return Box(element=line, kind="around", before=before) if is_after else None

    def _signed(self, line: Element, before: Element | None) -> Box:
        """The box of a picture whose words stand in one line that nothing marks, or that line."""
        box = self._around(line, before)
        return box if box is not None and box.kind == "box" else Box(element=line, kind="line", before=before)

    def _is_elsewhere(self, box: Element, element: Element) -> bool:
        """It belongs to another story, to an author, or leads elsewhere."""
        if inside(element, SILENT):
            return True
        is_certain = {"image", "caption"} <= marks_on(element)
        level = -1
        for around in (element, *element.iterancestors()):
            if level < 0:  # from the element out to its box
                level += around is box
                if _is_apart(around) or (around is box and around.tag == "div" and _has_linked_heading(around)):
                    return True
            elif around is self.scope or around in self.own:
                return False
            else:
                level += 1
                if self._refuses(around, is_certain=is_certain, is_close=level <= MAX_CARD):
                    return True
        return False

    def _refuses(self, around: Element, *, is_certain: bool, is_close: bool) -> bool:
        """What stands in this element is no picture of the article."""
        if _is_story(around) or _is_link(around):
            return True
        if not (is_certain and around.tag == "aside"):
            if around not in self.margins:
                self.margins[around] = _is_margin(around)
            if self.margins[around]:
                return True
        if is_certain or not is_close:
            return False
        if around not in self.cards:
            self.cards[around] = _has_linked_heading(around)
        return self.cards[around]


def _is_picture(image: Element) -> bool:
    """It is no sign of the page's own."""
    address = (image.get("src") or "")[:MAX_ADDRESS].lower()
    return not any(map(address.__contains__, _SIGNS)) or _SIGN.search(address) is None


def _has_picture(element: Element) -> bool:
    """An image stands in it, or a video, whose frame is one."""
    return any(image.tag != "img" or _is_picture(image) for image in islice(element.iter(*_FRAMES), MAX_IMAGES))


def _is_box(element: Element) -> bool:
    """It holds one image, and a few words."""
    if element.tag not in _BOXES or not len(element):
        return False
    images = list(islice(element.iter("img", "amp-img"), MAX_IMAGES + 1))
    return (
        any(map(_is_picture, images))
        and len(images) <= MAX_IMAGES
        and 1 < _length_of(element) <= 2 * MAX_BARE
        and _is_free(element)
        and not (len(images) > 1 and _is_gallery(element))
    )


def _is_gallery(element: Element) -> bool:
    """Each of its pictures stands in an element of its own, with words of its own."""
    while len(element) == 1:
        element = element[0]
    told = [each for each in element if next(each.iter("img", "amp-img"), None) is not None and length_of(each) > 1]
    return len(told) > 1 and all(len(text_of(each)) > 1 for each in told)


def _length_of(element: Element) -> int:
    """How much text is in the element, scripts left out where they would count for much."""
    length = length_of(element)
    is_script = length > 2 * MAX_BARE and next(element.iter("script"), None) is not None
    return len(text_of(element)) if is_script and length <= MAX_BOX else length


def _is_free(element: Element) -> bool:
    """It holds no figure that has words of its own."""
    return all(len(text_of(figure)) <= 1 for figure in islice(element.iter("figure"), MAX_IMAGES))


def _is_orphan(element: Element, before: Element | None) -> bool:
    """Without an image in the same box, a caption or a plain credit may still belong to the image before it."""
    marks = marks_on(element)
    if (before is None and "image" not in marks) or length_of(element) > 4 * MAX_BARE:
        return False
    text = text_of(element)
    if len(text) < 2 or _PAGE_COPYRIGHT.search(text):
        return False
    if before is None:
        return "caption" in marks or "credit" in marks
    return "caption" in marks or (len(text) <= MAX_CREDIT and (is_labelled(text) or is_credit(text)))


def _label_above(image: Element) -> Element | None:
    """The line right before an image, where it is a credit."""
    parent = image.getparent()
    above = parent.getprevious() if parent is not None and parent.tag == "picture" else image.getprevious()
    return above if above is not None and _is_line(above) else None


def _is_line(element: Element) -> bool:
    """A line that can only be a credit, as far as its text tells."""
    if element.tag not in _LINES or any(child.tag not in INLINE for child in element):
        return False
    if not 1 < length_of(element) <= 2 * MAX_CREDIT:
        return False
    text = text_of(element)
    if not (1 < len(text) <= MAX_CREDIT and may_be_credit(text)) or _PAGE_COPYRIGHT.search(text):
        return False
    is_byline = "," in text or text.lower() in NETWORKS
    is_one = is_labelled(text) or (is_credit(text) and not is_byline)
    return is_one and not inside(element, {"a"})


def _is_signed(element: Element) -> bool:
    """A line that says what a picture shows and ends in a credit: no marks are needed to know it for a caption."""
    if element.tag not in _LINES or not 1 < length_of(element) <= MAX_BARE:
        return False
    if any(child.tag not in INLINE for child in element) or inside(element, {"a"}):
        return False
    caption, credit = split_caption(text_of(element))
    persons, agencies = credit_parts(credit)
    is_certain = is_labelled(credit) or (bool(persons) and (bool(agencies) or "/" in credit))
    return len(caption) > 1 and bool(credit) and is_certain


def _holds_little(box: Element) -> bool:
    """A picture and its words: no date, no heading, no form."""
    is_small = length_of(box) <= 2 * MAX_BARE
    return is_small and next(box.iter("time", "h1", "h2", "h3", "form", "ul"), None) is None


def _is_covered(box: Element, seen: Collection[Element]) -> bool:
    """A box around it was taken already."""
    return box in seen or any(ancestor in seen for ancestor in islice(box.iterancestors(), 2 * MAX_CLIMB))


def _is_apart(box: Element) -> bool:
    """Its own class says that it is a teaser's or an author's."""
    marks = marks_on(box)
    if "credit" in marks and "image" in marks:
        return False
    return "elsewhere" in marks or _is_margin(box) or _is_link(box)


def _is_margin(ancestor: Element) -> bool:
    """A part of the page for other things than the article, or its byline."""
    marks = marks_on(ancestor)
    if "elsewhere" in marks or ("signer" in marks and marks.isdisjoint({"image", "credit"})):
        return True
    if not is_aside(ancestor):
        return False
    if ancestor.tag == "aside":
        return not _is_wrapper(ancestor)
    return ancestor.tag in {"nav", "footer"} or "image" not in marks


def _is_wrapper(aside: Element) -> bool:
    """An ``aside`` by its tag alone, without list or heading: the page sets a picture there."""
    return next(aside.iter("li", "h1", "h2", "h3", "h4"), None) is None


def _is_link(ancestor: Element) -> bool:
    """It leads to another page, and not to the picture itself."""
    if ancestor.tag != "a" or not ancestor.get("href"):
        return False
    return not (_SHOWS.search(ancestor.get("class") or "") or _FILE.search(ancestor.get("href") or ""))


def _is_story(element: Element) -> bool:
    """An ``article``, unless it is the entity of one picture, as media libraries set it: no heading stands in it."""
    if element.tag != "article":
        return False
    return "image" not in marks_on(element) or next(element.iter("h1", "h2", "h3", "h4", "p"), None) is not None


def _has_linked_heading(ancestor: Element) -> bool:
    """A heading that is a link; beside the headline of the article it is its author's name."""
    if ancestor.find(".//h1") is not None:
        return False
    heading = next(ancestor.iter("h2", "h3", "h4"), None)
    return heading is not None and (inside(heading, {"a"}) or next(heading.iter("a"), None) is not None)
