"""Witness: the visible byline.

It stands between the headline and the first paragraphs, or just above the headline: what calls itself a byline there,
a line that begins with "By", or a link to an author's own page. Where a page has none of these, a name below the text,
or its first or last line, is heard as a ``signature``: the weaker witness, for other stories are signed there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain, islice, takewhile
from typing import Final

from lxml import etree

from archivist.extract.claims import Found, element_claim
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.names import is_labelled, is_person, names_others, signed_by
from archivist.extract.thanks import is_thanks, thanks_claims
from archivist.extract.tree import INLINE, SILENT, collapse, is_hidden, length_of, text_of, words_of
from archivist.model.article import Block, FieldName

__all__ = ["byline_claims"]

MAX_BYLINE: Final = 240
MAX_RAW: Final = 10 * MAX_BYLINE
"""Characters, white space and scripts included, above which an element is too large to be a byline."""
MAX_CANDIDATES: Final = 6
MAX_LINE: Final = 120
"""Characters of a line that nothing but its first word marks as a byline."""
MAX_RUN: Final = 14
"""Words of a run of text in a byline; a longer one tells of the author."""
MAX_HEAD: Final = 3_000
"""Elements between headline and text that are looked at."""
MAX_BELOW: Final = 150
"""Elements below the text among which its author's name may stand."""
PARAGRAPH: Final = 80
"""Characters of a paragraph of the text."""
LONG_PARAGRAPH: Final = 160
"""Characters of a paragraph that no byline is, and few standfirsts are."""
LEADS: Final = 2
"""Paragraphs that may stand above a byline: the standfirst, a summary."""
NEAR: Final = 3
"""Ancestors of the headline, one of which holds a byline that stands above it."""
OF_A_LINE: Final = 0.4
"""Of a line's characters: what the names in it have at least, where nothing but its first word marks it."""

_BYLINE_WORDS: Final = frozenset(
    "byline bylines author authors autor autora autores autoren auteur auteurs autore autori writer writers writtenby "
    "reporter reporters journalist journalists journaliste redacteur redaktor forfatter forfattare skribent skribenter "
    "toimittaja kirjoittaja penulis muhabir yazar firma firmante firmas columnist columnista colunista vcard "
    "contributor contributors signature postedby".split()
)
_MARKS: Final = ("data-testid", "data-test-id", "data-test", "data-qa", "data-component", "data-link-name", "data-type")
"""Where systems whose classes are no words say what an element is."""
_NOT_BYLINE: Final = frozenset(
    "related comment comments bio biography description footer nav sidebar recommended teaser teasers avatar image "
    "photo photos foto picture figure credit credits caption gallery player video social share follow popular trending "
    "newsletter card cards promo quote breadcrumb breadcrumbs tags topics".split()
)
_BESIDE_BYLINE: Final = frozenset("share social follow card cards bio avatar comments comment description".split())
"""A byline may stand beside buttons and the author's picture, and be called after them."""
_PICTURE_WORDS: Final = frozenset("caption captions carousel gallery slide slides slider slideshow figure".split())
_COMMENT_WORDS: Final = frozenset({"comment", "comments"})
_MARGINS: Final = frozenset({"aside", "sidebar"})
_APART: Final = frozenset({"aside", "nav", "footer", "figure", "figcaption", "blockquote"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_LINES: Final = frozenset("p span div address small li dd td em i b strong cite h3 h4 h5 h6 section".split())
_EMPHASIS: Final = frozenset({"strong", "b", "em", "i"})
_PAGE_OF_AUTHOR: Final = re.compile(
    r"/(?:@|(?:authors?|autore?s?|autori|autorin|autoren|autorzy|auteurs?|profiles?|profil|journalists?|journalistes?|"
    r"reporters?|redaktion|redakteure?|redaktor|writers?|staff|people|person|contributors?|columnists?|columnistas?|"
    r"colunistas?|firmas?|biography|bio|by|team|meet-the-team|our-team|correspondents?|penulis|forfatter|forfattare|"
    r"skribent|kirjoittaja|toimittaja|yazarlar|yazar|muhabir|giornalist[ai]|redacao|redaccion|szerzo|avtor)/)[^/?#]{2}",
    re.IGNORECASE,
)
_BIOGRAPHY: Final = re.compile(
    r"(?:^|(?<=[.!?]\s))([^\W\d_][^.,;:!?()]{3,50}?),?\s(?:is|was|es|ist|est|è|é|är|er|on|jest|je|este)\s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """What may be a byline."""

    element: Element
    runs: Sequence[str]
    """Its text from tag to tag, so that names set side by side stay apart."""
    whole: str
    is_certain: bool = False
    """The mark-up says that an author is named, so that one word is enough."""


@dataclass(slots=True, kw_only=True)
class _Zone:
    """Elements that may be bylines, in one part of the page."""

    marked: list[Element] = field(default_factory=list)
    lines: list[Element] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)

    def add(self, element: Element) -> None:
        if _is_marked(element):
            self.marked.append(element)
        elif element.tag == "a":
            if _PAGE_OF_AUTHOR.search(element.get("href") or ""):
                self.links.append(element)
        elif element.tag in _LINES and _begins(element):
            self.lines.append(element)


def byline_claims(html: Html, main: MainText | None) -> Iterator[Found]:
    """Authors and bodies of the visible byline, contributors of the lines of thanks."""
    said: set[tuple[FieldName, str]] = set()
    for witness, lines in _ways(html, main):
        for line in lines:
            for pair in _named(line.runs, is_certain=line.is_certain):
                if pair not in said:
                    said.add(pair)
                    yield pair[0], element_claim(pair[1], line.element, witness=witness, text=line.whole)
        if any(name == "authors" for name, _ in said):
            break
    if main is not None:
        yield from thanks_claims(main)


def _ways(html: Html, main: MainText | None) -> Iterator[tuple[str, Iterable[_Line]]]:
    """The places where a byline may stand, the surest first."""
    first, last = _bounds(main)
    headline = _headline(html.root, first)
    own = {around for inner in (first, headline) if inner is not None for around in inner.iterancestors()}
    own |= {main.element} if main is not None else set()
    head = _head(headline, first)
    yield "byline", _marked([*_beside(headline if headline is not None else first), *head.marked], own)
    yield "byline", _announced(head.lines, own)
    yield "byline", _linked(head.links, own)
    if main is not None:
        yield "byline", [line for line in _ends(main.blocks[:2], main.elements) if _is_announced(line)]
        ends = [*_ends(main.blocks[:1], main.elements), *_ends(main.blocks[-2:], main.elements[-2:])]
        yield "signature", [line for line in ends if _is_announced(line) or _is_signature(line)]
        foot = _foot(last, own)
        yield "signature", _marked(foot.marked, own, is_below=True)
        yield "signature", _announced(foot.lines, own, is_below=True)
    before = takewhile(lambda element: element is not first, html.root.iter(etree.Element))
    yield "signature", _marked(filter(_is_marked, before), own, is_below=True, is_in_margin=True)
    if main is not None:
        yield "signature", _biographies(main)


def _headline(root: Element, first: Element | None) -> Element | None:
    """The last ``h1`` before the text, or before other paragraphs: on endless pages the next story follows them."""
    found = None
    paragraphs = 0
    for element in root.iter("h1", "p", *(() if first is None else (first.tag,))):
        if element is first or paragraphs > LEADS:
            break
        if element.tag == "h1":
            found = element
        elif found is not None and element.tag == "p" and _is_prose(element):
            paragraphs += 1
    return found


def _beside(inner: Element | None) -> Iterator[Element]:
    """What is marked, above the headline, in an element that holds the headline and no navigation."""
    around = [] if inner is None else [*inner.iterancestors()][:NEAR]
    near = [each for each in around if each.tag not in {"body", "html"} and each.find(".//nav") is None]
    for element in near[-1].iter(etree.Element) if near else ():
        if element is inner:
            return
        if _is_marked(element):
            yield element


def _following(element: Element) -> Iterator[Element]:
    """All elements that begin after this one's end, in document order."""
    for around in (element, *element.iterancestors()):
        for sibling in around.itersiblings(etree.Element):
            yield from sibling.iter(etree.Element)


def _head(headline: Element | None, first: Element | None) -> _Zone:
    """What stands between the headline and the text."""
    zone = _Zone()
    paragraphs = 0
    for element in islice(_following(headline), MAX_HEAD) if headline is not None else ():
        if element is first or paragraphs > LEADS:
            break
        if element.tag == "p" and _is_prose(element):
            paragraphs += 1
        else:
            zone.add(element)
    return zone


def _foot(last: Element | None, own: AbstractSet[Element]) -> _Zone:
    """What stands below the text, up to the next heading."""
    zone = _Zone()
    if last is not None:
        for element in islice(chain(last.iter(etree.Element), _following(last)), MAX_BELOW):
            if _ends_foot(element, zone, own):
                break
            zone.add(element)
    return zone


def _bounds(main: MainText | None) -> tuple[Element | None, Element | None]:
    """Where the text is well under way, and where it ends."""
    if main is None or not main.blocks:
        return None, None
    both = zip(main.blocks, main.elements, strict=True)
    paragraphs = [element for block, element in both if block.kind == "paragraph" and len(block.text) >= PARAGRAPH]
    first = paragraphs[: LEADS + 1][-1] if paragraphs else main.elements[0]
    around = {*first.iterancestors()}
    last = next((element for element in reversed(main.elements) if element not in around), first)
    return first, last


def _ends_foot(element: Element, foot: _Zone, own: AbstractSet[Element]) -> bool:
    """A heading below the text begins something else, unless it stands in what tells of the author."""
    if element.tag in {"footer", "article"}:
        return not _is_footer_of_story(element, own)
    if element.tag not in _HEADINGS or _is_marked(element):
        return False
    return all(around not in foot.marked for around in element.iterancestors())


def _is_footer_of_story(element: Element, own: AbstractSet[Element]) -> bool:
    return element.tag == "footer" and any(around in own for around in element.iterancestors("article"))


def _is_prose(element: Element) -> bool:
    """A paragraph as texts have, not the caption of a picture."""
    if _is_short(element, LONG_PARAGRAPH):
        return False
    around = [element, *element.iterancestors()][: NEAR + 3]
    return all(each.tag != "figure" and _PICTURE_WORDS.isdisjoint(words_of(each)) for each in around)


def _is_short(element: Element, limit: int) -> bool:
    """No more text than this; told from the raw text where that is enough."""
    length = length_of(element)
    return length <= limit or (length <= MAX_RAW and len(text_of(element)) <= limit)


def _is_marked(element: Element) -> bool:
    """Its attributes call it a byline."""
    if not _BYLINE_WORDS.isdisjoint(words_of(element)) or _is_named_author(element):
        return True
    return element.tag == "address" or any(
        "yline" in mark or "uthor" in mark for mark in map(element.get, _MARKS) if mark
    )


def _is_byline(words: AbstractSet[str]) -> bool:
    """The words name a byline; those of a comment's author name the author, too."""
    return "byline" in words or not (_BYLINE_WORDS.isdisjoint(words) or not _COMMENT_WORDS.isdisjoint(words))


def _is_named_author(element: Element) -> bool:
    """By ``rel``, microdata or RDFa it is the author's name."""
    said = f"{element.get('rel') or ''} {element.get('itemprop') or ''} {element.get('property') or ''}"
    return "uthor" in said and not {"author", "schema:author"}.isdisjoint(said.split())


def _begins(element: Element) -> bool:
    """A line whose first word, or that of its first element, is "By": asked first, for telling all text is slow."""
    if len(element) > 6 or any(child.tag not in INLINE and child.tag != "br" for child in element):
        return False
    first = (element.text or "").strip() or (len(element) and (element[0].text or "").strip()) or ""
    return bool(first) and is_labelled(f"{first} x y")


def _is_elsewhere(
    element: Element, own: AbstractSet[Element], *, is_below: bool = False, is_in_margin: bool = False
) -> bool:
    """It stands in something that is not the story's own; above the text, "footer" is that of the headline."""
    elsewhere = _NOT_BYLINE if is_below else _NOT_BYLINE - {"footer"}
    length = length_of(element)
    for around in (element, *element.iterancestors()):
        if around in own:
            return False
        words = words_of(around)
        forbidden = elsewhere - _BESIDE_BYLINE if _is_byline(words) else elsewhere
        if _is_footer_of_story(around, own):
            continue
        if around.tag in _APART - _MARGINS or not (forbidden - _MARGINS).isdisjoint(words):
            return True
        if not is_in_margin and (around.tag in _MARGINS or not _MARGINS.isdisjoint(words)):
            return True
        if around.tag in {"article", "li"} and (is_below or length_of(around) > length + PARAGRAPH):
            return True  # another story's teaser
    return False


def _marked(
    elements: Iterable[Element], own: AbstractSet[Element], *, is_below: bool = False, is_in_margin: bool = False
) -> Iterator[_Line]:
    """Outermost marked elements that have the length of a byline."""
    found: set[Element] = set()
    for element in elements:
        if len(found) >= MAX_CANDIDATES:
            return
        if length_of(element) > MAX_RAW or not found.isdisjoint(element.iterancestors()):
            continue
        if _is_elsewhere(element, own, is_below=is_below, is_in_margin=is_in_margin):
            continue
        whole = text_of(element)
        if 0 < len(whole) <= MAX_BYLINE and not is_thanks(whole):
            found.add(element)
            runs = [
                run for run in _runs(element) if not is_below or is_labelled(run) or _share([run], run) >= OF_A_LINE
            ]
            yield _Line(element=element, runs=runs, whole=whole, is_certain=_is_certain(element, whole))


def _is_certain(element: Element, whole: str) -> bool:
    """An author is named by the mark-up, or by a link to the author's own page and nothing else."""
    if any(map(_is_named_author, (element, *element.iter("a", "span")))):
        return True
    return any(_PAGE_OF_AUTHOR.search(link.get("href") or "") and text_of(link) == whole for link in element.iter("a"))


def _announced(elements: Iterable[Element], own: AbstractSet[Element], *, is_below: bool = False) -> Iterator[_Line]:
    """The first line that begins with "By" and names somebody."""
    for element in elements:
        if length_of(element) > MAX_RAW or _is_elsewhere(element, own, is_below=is_below):
            continue
        line = _Line(element=element, runs=_runs(element), whole=text_of(element))
        if len(line.whole) <= MAX_LINE and _share(line.runs, line.whole) >= OF_A_LINE:
            yield line
            return


def _linked(elements: Iterable[Element], own: AbstractSet[Element]) -> Iterator[_Line]:
    """Names that lead to the pages of authors, not from the middle of a sentence."""
    for element in elements:
        around = element.getparent()
        whole = text_of(element)
        is_alone = around is None or _is_short(around, MAX_LINE)
        if is_alone and len(whole) <= MAX_LINE and not _is_elsewhere(element, own):
            yield _Line(element=element, runs=[whole], whole=whole)


def _ends(blocks: Sequence[Block], elements: Sequence[Element]) -> Iterator[_Line]:
    """Short blocks of the text."""
    for block, element in zip(blocks, elements, strict=False):
        if block.kind == "paragraph" and len(block.text) <= MAX_LINE and not is_thanks(block.text):
            yield _Line(element=element, runs=[block.text.strip("()[]（）—–- ")], whole=block.text)


def _is_announced(line: _Line) -> bool:
    return is_labelled(line.runs[0]) and _share(line.runs, line.whole) >= OF_A_LINE


def _is_signature(line: _Line) -> bool:
    """It is a name and nothing else, and set apart: in brackets, after a dash, in bold or italics, at the right."""
    is_apart = line.whole[:1] in "([（—–-" or _is_set_apart(line.element, line.whole)
    return is_apart and _share(line.runs, line.whole) > 2 * OF_A_LINE


def _is_set_apart(element: Element, whole: str) -> bool:
    style = f"{element.get('style') or ''} {element.get('align') or ''}"
    return "right" in style or any(text_of(part) == whole for part in element.iter(*_EMPHASIS))


def _share(runs: Sequence[str], whole: str) -> float:
    """How much of a line the names in it are."""
    return sum(len(name) for _, name in _named(runs)) / max(1, len(whole))


def _biographies(main: MainText) -> Iterator[_Line]:
    """Last paragraphs, in italics, that tell who the author is: the signature of many columns."""
    for block, element in zip(main.blocks[-2:], main.elements[-2:], strict=True):
        if block.kind == "paragraph" and _is_set_apart(element, block.text):
            names = [found[1] for found in _BIOGRAPHY.finditer(block.text) if is_person(found[1])]
            if names:
                yield _Line(element=element, runs=names, whole=block.text)


def _runs(element: Element) -> list[str]:
    """What stands between two tags; nothing that is hidden."""
    runs: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag in SILENT or is_hidden(node):
                walk.skip_subtree()
            else:
                runs.append(collapse(node.text or ""))
        elif node is not element:
            runs.append(collapse(node.tail or ""))
    return [run for run in runs if run]


def _named(runs: Sequence[str], *, is_certain: bool = False) -> list[tuple[FieldName, str]]:
    """The persons and bodies in a line: those of its single runs, from the first "By" on, or else of the whole."""
    begin = next((number for number, run in enumerate(runs) if is_labelled(run)), 0)
    runs = runs[begin:]
    found: list[tuple[FieldName, str]] = []
    is_other = False
    for run in runs:
        is_other = names_others(run) or (is_other and not is_labelled(run))
        if not is_other and len(run.split()) <= MAX_RUN:
            found += signed_by(run)
    if not any(name == "authors" for name, _ in found):
        found += signed_by(" ".join(runs), is_certain=is_certain and len(runs) < 3)
    return [pair for pair in dict.fromkeys(found) if not any(pair[1] != name and pair[1] in name for _, name in found)]
