"""Witness: the visible byline.

It stands between the headline and the first paragraphs, or just above the headline: what calls itself a byline there,
a line that begins with "By", or a link to an author's own page. Where a page has none of these, a name below the text,
or its first or last line, is heard as a ``signature``: the weaker witness, for other stories are signed there too.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from archivist.extract.byline_labels import is_labelled, names_others
from archivist.extract.byline_places import (
    MAX_RAW,
    Places,
    is_description,
    is_named_author,
    is_short,
    leads_to_author,
    places,
)
from archivist.extract.byline_words import ROLE_WORDS
from archivist.extract.claims import Found, element_claim
from archivist.extract.east_asian import begins_east_asian_text, ends_east_asian_text, is_east_asian, is_east_asian_role
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.names import is_person, signed_by
from archivist.extract.thanks import thanked, thanks_claims, without_thanks
from archivist.extract.tree import SILENT, collapse, is_hidden, length_of, text_of
from archivist.model.article import Block, FieldName

__all__ = ["byline_claims"]

MAX_BYLINE: Final = 240
MAX_CANDIDATES: Final = 6
MAX_TRIED: Final = 200
"""Elements of one place and kind that are looked at more closely."""
MAX_BIOGRAPHY: Final = 600
MAX_PARTS: Final = 20
"""Emphasised parts of a paragraph, one of which may be the whole of it."""
MAX_LINE: Final = 120
"""Characters of a line that nothing but its first word marks as a byline."""
SHORT_LINE: Final = 24
"""Characters of a line in Chinese, Japanese or Korean that is no sentence."""
MAX_RUN: Final = 14
"""Words of a run of text in a byline; a longer one tells of the author."""
OF_A_LINE: Final = 0.4
"""Of a line's characters: what the names in it have at least, where nothing but its first word marks it."""
OF_A_NAME: Final = 0.7
"""Of a line's characters: what a name has after "By" alone."""
MAX_LEVELS: Final = 3
"""Elements around a portrait, one of which holds the author's name beside it."""
_DATED: Final = re.compile(r"\d:\d\d|(?<!\d)(?:19|20)\d\d(?!\d)")
_BAR: Final = re.compile(r"\s+[|•·–—]\s+")
_AFTER_A_NAME: Final = frozenset(",|/–—-(·•")
"""Between a name and the role, place or date beside it; a sentence goes on with a word."""
_DESCRIPTIONS: Final = ("span", "div", "p", "small", "em", "a")
_EMPHASIS: Final = frozenset({"strong", "b", "em", "i"})
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


def byline_claims(html: Html, main: MainText | None, *, headline: Element | None = None) -> Iterator[Found]:
    """Authors and bodies of the visible byline, contributors of the lines of thanks.

    Args:
        html: the page.
        main: its main text.
        headline: the displayed headline, for pages that have no ``h1``.
    """
    said: set[tuple[FieldName, str]] = set()
    for witness, lines in _ways(html, main, headline):
        for line in lines:
            thanks = thanked(line.whole)
            named = [pair for pair in _named(line.runs, is_certain=line.is_certain) if pair[1] not in thanks]
            for pair in (*named, *(("contributors", person) for person in thanks)):
                if pair not in said:
                    said.add(pair)
                    heard = "text" if pair[0] == "contributors" else witness
                    yield pair[0], element_claim(pair[1], line.element, witness=heard, text=line.whole)
        if any(name == "authors" for name, _ in said):
            break
    if main is not None:
        yield from thanks_claims(main)


def _ways(html: Html, main: MainText | None, headline: Element | None) -> Iterator[tuple[str, Iterable[_Line]]]:
    """The lines that may be bylines, the surest first."""
    around = places(html.root, main, headline)
    head = around.head()
    yield "byline", _marked([*around.beside(), *head.marked], around)
    yield "byline", _announced(head.lines, around)
    yield "byline", _linked(head.links, around)
    yield "byline", _portrayed(head.images, around)
    if main is not None:
        yield "byline", [line for line in _ends(main.blocks[:2], main.elements) if _is_announced(line)]
        yield "byline", _beginnings(main)
        ends = [*_ends(main.blocks[:1], main.elements), *_ends(main.blocks[-2:], main.elements[-2:])]
        yield "signature", _dated(head.others, around)
        yield "signature", _above_date(head.others, around)
        yield "signature", [line for line in ends if _is_announced(line) or _is_signature(line)]
        foot = around.foot()
        yield "signature", _marked(foot.marked, around, is_below=True)
        yield "signature", _announced(foot.lines, around, is_below=True)
    yield "signature", _marked(around.before(), around, is_below=True, is_in_margin=True)
    if main is not None:
        yield "signature", _endings(main)
        yield "signature", _biographies(main)


def _marked(
    elements: Iterable[Element], around: Places, *, is_below: bool = False, is_in_margin: bool = False
) -> Iterator[_Line]:
    """Outermost marked elements that have the length of a byline."""
    found: set[Element] = set()
    for element in islice(elements, MAX_TRIED):
        if len(found) >= MAX_CANDIDATES:
            return
        if length_of(element) > MAX_RAW or not found.isdisjoint(element.iterancestors()):
            continue
        if around.is_elsewhere(element, is_below=is_below, is_in_margin=is_in_margin):
            continue
        whole = text_of(element)
        if 0 < len(whole) <= MAX_BYLINE:
            found.add(element)
            runs = list(filter(None, map(without_thanks, _named_runs(element))))
            if is_below:
                runs = [run for run in runs if is_labelled(run) or _share([run], run) >= OF_A_LINE]
            yield _Line(element=element, runs=runs, whole=whole, is_certain=_is_certain(element, whole))


def _is_certain(element: Element, whole: str) -> bool:
    """An author is named by the mark-up, or by a link to the author's own page and nothing else."""
    if any(map(is_named_author, (element, *element.iter("a", "span")))):
        return True
    return any(leads_to_author(link) and text_of(link) == whole for link in element.iter("a"))


def _announced(elements: Iterable[Element], around: Places, *, is_below: bool = False) -> Iterator[_Line]:
    """The first line that begins with "By" and names somebody; below the text several such lines sign other stories."""
    found: list[_Line] = []
    for element in islice(elements, MAX_TRIED):
        if length_of(element) > MAX_RAW or around.is_elsewhere(element, is_below=is_below):
            continue
        line = _Line(element=element, runs=_runs(element), whole=text_of(element))
        if len(line.whole) <= MAX_LINE and _is_list(line):
            found.append(line)
            if not is_below:
                break
    others = [line for line in found[1:] if found[0].element not in line.element.iterancestors()]
    yield from () if others else found[:1]


def _linked(elements: Iterable[Element], around: Places) -> Iterator[_Line]:
    """Names that lead to the pages of authors, not from the middle of a sentence."""
    for element in islice(elements, MAX_TRIED):
        parent = element.getparent()
        whole = text_of(element)
        is_alone = parent is None or is_short(parent, MAX_LINE)
        if is_alone and len(whole) <= MAX_LINE and not around.is_elsewhere(element):
            yield _Line(element=element, runs=[whole], whole=whole)


def _portrayed(images: Iterable[Element], around: Places) -> Iterator[_Line]:
    """A name beside a portrait that has it as text, or with a date behind it: boxes whose classes are no words."""
    for image in islice(images, MAX_CANDIDATES):
        holders = islice(image.iterancestors("div", "p", "section", "header"), MAX_LEVELS)
        box = next((each for each in holders if length_of(each) > 1), None)
        if box is None or length_of(box) > MAX_BYLINE or around.is_elsewhere(box):
            continue
        runs = _runs(box)
        is_named = bool(runs) and is_person(runs[0])
        if is_named and (image.get("alt") == runs[0] or any(map(_DATED.search, runs[1:3]))):
            yield _Line(element=box, runs=runs[:1], whole=text_of(box))


def _dated(elements: Iterable[Element], around: Places) -> Iterator[_Line]:
    """The first line of a head that is a name and a date: designs whose classes are no words set no "By"."""
    for element in islice(elements, MAX_TRIED):
        whole = text_of(element) if length_of(element) <= MAX_RAW else ""
        if len(whole) > MAX_LINE or not _DATED.search(whole):
            continue
        parts = [part for run in _runs(element) for part in _BAR.split(run) if part]
        name = parts[0] if parts else ""
        if name and not is_person(name):
            name = _before_role(name)
        if len(parts) > 1 and is_person(name) and _DATED.search(parts[1]) and not _is_section(element, name):
            if not around.is_elsewhere(element):
                yield _Line(element=element, runs=[name], whole=whole)
            return


def _above_date(elements: Iterable[Element], around: Places) -> Iterator[_Line]:
    """The first lines of a head that are nothing but names, where the next words of the page are a date."""
    names: list[str] = []
    for element in islice(elements, MAX_TRIED):
        name = text_of(element) if length_of(element) <= MAX_LINE else ""
        if not name or not is_person(name) or len(_runs(element)) > 1 or _is_section(element, name):
            continue
        said = (
            text
            for each in around.index.after(element)
            if (text := collapse(each.text or "")) and each.tag not in SILENT
        )
        line = next(said, "")
        names = [*dict.fromkeys([*names, name])]
        if len(line) <= MAX_LINE and _DATED.search(line) and not around.is_elsewhere(element):
            yield _Line(element=element, runs=names, whole=", ".join(names))
            return
        if not is_person(line):
            names = []


def _before_role(text: str) -> str:
    """The name before a comma and a role: "Mara Quill, Courier Staff Writer"."""
    name, _, rest = text.partition(",")
    return "" if ROLE_WORDS.isdisjoint(rest.lower().split()) else name


def _is_section(element: Element, name: str) -> bool:
    """The name is a link, and not to an author's page: two words with capitals may be a part of the newspaper."""
    return any(text_of(link) == name and not leads_to_author(link) for link in element.iter("a"))


def _ends(blocks: Sequence[Block], elements: Sequence[Element]) -> Iterator[_Line]:
    """Short blocks of the text."""
    for block, element in zip(blocks, elements, strict=False):
        if block.kind == "paragraph" and len(block.text) <= MAX_LINE and not thanked(block.text):
            yield _Line(element=element, runs=[block.text.strip("()[]（）【】—–- ")], whole=block.text)


def _is_announced(line: _Line) -> bool:
    return is_labelled(line.runs[0]) and _is_list(line)


def _is_list(line: _Line) -> bool:
    """It names somebody and says little else: a role, a day; a short Chinese line, where the reporter is."""
    first, *others = line.runs
    if others and _share([first], first) > OF_A_NAME:
        return True  # "By MARA QUILL" is a line by itself
    if others and _DATED.search(others[0]) and _share([first], first) >= OF_A_LINE:
        return True
    dated = next((number for number, run in enumerate(line.runs) if number and _DATED.search(run)), None)
    runs, whole = (line.runs, line.whole) if dated is None else (line.runs[:dated], " ".join(line.runs[:dated]))
    share = _share(runs, whole)
    if share >= OF_A_LINE or share == 0:
        return share > 0
    rest = line.whole.partition(_named(line.runs)[0][1])[2].lstrip()
    return rest[:1] in _AFTER_A_NAME or (len(line.whole) <= SHORT_LINE and is_east_asian(line.whole))


def _is_signature(line: _Line) -> bool:
    """It is a name and nothing else, and set apart: in brackets, after a dash, in bold or italics, at the right."""
    is_apart = line.whole[:1] in "([（【—–-" or _is_set_apart(line.element, line.whole)
    letters = "".join(filter(str.isalpha, line.whole))
    return is_apart and _share(line.runs, letters) > 2 * OF_A_LINE


def _is_set_apart(element: Element, whole: str) -> bool:
    style = f"{element.get('style') or ''} {element.get('align') or ''}"
    return "right" in style or any(text_of(part) == whole for part in islice(element.iter(*_EMPHASIS), MAX_PARTS))


def _share(runs: Sequence[str], whole: str) -> float:
    """How much of a line the names in it are."""
    return sum(len(name) for _, name in _named(runs)) / max(1, len(whole))


def _beginnings(main: MainText) -> Iterator[_Line]:
    """Before the first sentence of a Chinese or Korean text stand its reporter and the place."""
    for block, element in zip(main.blocks[:2], main.elements, strict=False):
        text = unicodedata.normalize("NFKC", block.text[:MAX_LINE])
        if is_east_asian(text[:MAX_LINE]) and (said := begins_east_asian_text(text)):
            yield _Line(element=element, runs=[said], whole=block.text)


def _endings(main: MainText) -> Iterator[_Line]:
    """After the last sentence of a Japanese text stands its reporter, in brackets."""
    for block, element in zip(main.blocks[-1:], main.elements[-1:], strict=True):
        text = unicodedata.normalize("NFKC", block.text[-MAX_LINE:])
        if is_east_asian(text) and (said := ends_east_asian_text(text)):
            yield _Line(element=element, runs=[said], whole=block.text)


def _biographies(main: MainText) -> Iterator[_Line]:
    """Last paragraphs, in italics, that tell who the author is: the signature of many columns."""
    for block, element in zip(main.blocks[-2:], main.elements[-2:], strict=True):
        is_brief = block.kind == "paragraph" and len(block.text) <= MAX_BIOGRAPHY
        if is_brief and _is_set_apart(element, block.text):
            names = [found[1] for found in _BIOGRAPHY.finditer(block.text) if is_person(found[1])]
            if names:
                yield _Line(element=element, runs=names, whole=block.text)


def _named_runs(element: Element) -> list[str]:
    """The runs of a byline, less those that are called role or employer, where the others name somebody."""
    if any(is_description(each) for each in element.iterdescendants(*_DESCRIPTIONS)):
        runs = _runs(element, is_bare=True)
        if any(name == "authors" for name, _ in _named(runs)):
            return runs
    runs = _runs(element)
    is_small = len(runs) < 3 and all(run.islower() for run in runs)
    return [string.capwords(run) for run in runs] if is_small else runs  # "luca neri, anna rosi", as designs write it


def _runs(element: Element, *, is_bare: bool = False) -> list[str]:
    """What stands between two tags; nothing that is hidden, and if asked so nothing that is called role or employer."""
    runs: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag in SILENT or is_hidden(node) or (is_bare and is_description(node)):
                walk.skip_subtree()
            else:
                runs.append(collapse(node.text or ""))
        elif node is not element:
            runs.append(collapse(node.tail or ""))
    return [run for run in runs if run]


def _named(runs: Sequence[str], *, is_certain: bool = False) -> list[tuple[FieldName, str]]:
    """The persons and bodies in a line: those of its single runs, from the first "By" on, or else of the whole."""
    begin = next((number for number, run in enumerate(runs) if is_labelled(run) and not is_east_asian_role(run)), 0)
    runs = runs[begin:]
    found: list[tuple[FieldName, str]] = []
    is_other = False
    for run, behind in zip(runs, [*runs[1:], ""], strict=False):
        if behind[:1] == "(" and names_others(behind.strip("()") + ":"):
            continue  # "Anna Holm (photos)"
        is_other = names_others(run) or (is_other and not is_labelled(run))
        if not is_other and len(run.split()) <= MAX_RUN:
            found += signed_by(run)
    if not any(name == "authors" for name, _ in found):
        found += signed_by(" ".join(runs), is_certain=is_certain and len(runs) < 3)
    return [pair for pair in dict.fromkeys(found) if not any(pair[1] != name and pair[1] in name for _, name in found)]
