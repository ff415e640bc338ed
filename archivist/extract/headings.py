"""Witness: what the page shows as headline and standfirst, its ``title``, and correction notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.sites import is_home, names_host, title_beginnings, title_parts, title_without_site
from archivist.extract.tree import INLINE, collapse, inside, is_hidden, length_of, text_of, words_of
from archivist.model.url import host_of

__all__ = ["heading_claims", "text_of_title"]

MAX_HEADLINE: Final = 400
MAX_RAW: Final = 10 * MAX_HEADLINE
"""Characters, white space and scripts included, above which an element is too large to be a headline."""
MAX_HEADINGS: Final = 200
"""Elements among which the headline is looked for; a front page has as many."""
MAX_PARTS: Final = 20
"""Children of a headline that are looked at."""
MAX_LABEL: Final = 0.4
"""Of the length of the title: what is longer is no mere label."""
MIN_SHARED: Final = 0.6
"""Of the words of a headline: so many in the title, and it is the one that the title repeats."""
MIN_WORDS: Final = 3
"""Words of a heading that is known for the headline because the title has most of them."""
MIN_BEGINNING: Final = 12
"""Characters of a headline that is no more than the beginning of the title."""
MAX_NAME: Final = 4
"""Words of a newspaper's name: a headline may have the word of which the host is made."""
_STANDFIRST: Final = frozenset(
    "standfirst subtitle subheadline subhead deck dek lede lead teaser intro summary kicker vorspann chapo "
    "chapeau sottotitolo entradilla excerpt".split()
)
_BADGES: Final = frozenset("badge premium plus paywall label flag icon abo subscriber exclusive tag".split())
"""Signs before a headline that say who may read it."""
_SITE_PARTS: Final = frozenset({"header", "nav", "footer", "aside"})
_ELSEWHERE: Final = _SITE_PARTS | {"li", "a", "figure", "form"}
"""A headline is none of another story's in a list, nor a link to one."""
_STORY: Final = frozenset("article entry news post story".split())
_INVISIBLE: Final = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")


def heading_claims(html: Html, main: MainText | None) -> Iterator[Found]:
    """The displayed headline, the standfirst, the ``title``, correction notes."""
    title = html.root.find(".//title")
    text = text_of_title(title) if title is not None else ""
    host, name = host_of(html.url), _property(html, "og:site_name")
    named = title_without_site(text, host=host, name=name)
    shared = title_without_site(collapse(_property(html, "og:title"))[:MAX_HEADLINE], host=host, name=name)
    whole = tuple(" ".join(_words(each)) for each in (named, shared) if each)
    titles = (*whole, *_long(title_beginnings(named)))
    shown = _headline(html, main, titles, parts=_long(title_parts(named)))
    if shown is not None:
        yield "title_shown", element_claim(_without_signs(shown, titles), shown, witness="heading", text=text_of(shown))
        standfirst = _standfirst(shown)
        if standfirst is not None:
            told = text_of(standfirst)
            yield "description", element_claim(told, standfirst, witness="heading", text=told)
    if title is not None and named:
        yield "title", element_claim(named, title, witness="title-element", text=text)
    if main is not None:
        for block, element in zip(main.blocks, main.elements, strict=True):
            if block.kind == "correction":
                yield "notes", element_claim(block.text, element, witness="text", text=block.text)


def text_of_title(title: Element) -> str:
    """The ``title`` element's text, folded."""
    return " ".join("".join(title.itertext()).split())[:MAX_HEADLINE]


def _property(html: Html, name: str) -> str:
    return next((each.get("content") or "" for each in html.head if each.get("property") == name), "")


def _long(parts: Iterable[str]) -> tuple[str, ...]:
    """The words of those parts of a title that may be the headline."""
    return tuple(" ".join(_words(each)) for each in parts if len(each) >= MIN_BEGINNING)


def _words(text: str) -> list[str]:
    return _WORD.findall(collapse(text).casefold())


def _headline(html: Html, main: MainText | None, titles: tuple[str, ...], *, parts: tuple[str, ...]) -> Element | None:
    """The ``h1`` that the title repeats, or the one nearest before the text; without any, what a part of it says."""
    candidates = [each for each in islice(html.root.iter("h1"), MAX_HEADINGS) if _may_be_headline(html, each)]
    if not candidates:
        found = _by_title(html, (*titles, *parts))
        found = _like_title(html, titles) if found is None else found
        return found if found is not None else _by_name(html, main)
    inner = [each for each in candidates if main is not None and main.element in each.iterancestors()]
    for each in (*inner, *candidates):
        if " ".join(_words(text_of(each))) in titles:
            return each
    if inner:
        other = _by_title(html, titles) if _is_label(inner[0], titles) else None
        return inner[0] if other is None else other
    best = max(candidates, key=lambda each: _shared(each, titles))
    if (_shared(best, titles) < MIN_SHARED or _is_label(best, titles)) and (
        other := _by_title(html, titles)
    ) is not None:
        return other
    return best


def _shared(element: Element, titles: tuple[str, ...]) -> float:
    """The share of its words that a title has too; in scripts without spaces, of its letters."""
    words = set(_words(text_of(element)))
    return max((len(words & set(title.split())) / len(words) for title in titles if words), default=0.0)


def _is_label(element: Element, titles: tuple[str, ...]) -> bool:
    """It is a word or two above a headline: the newspaper, the section."""
    text = " ".join(_words(text_of(element)))
    return len(text.split()) <= 2 and all(len(text) < MAX_LABEL * len(title) for title in titles)


def _may_be_headline(html: Html, element: Element) -> bool:
    if not _is_headline_long(element) or _is_unseen(element):
        return False
    link = element.find(".//a")
    holder = link if link is not None else next(element.iterancestors("a"), None)
    if holder is not None and is_home(html, holder.get("href") or ""):
        return False
    text = text_of(element)
    is_brief = len(text.split()) <= MAX_NAME
    return not (is_brief and inside(element, {"header", "nav"}) and names_host(text, host_of(html.url)))


def _is_unseen(element: Element) -> bool:
    """It is hidden, or what it stands in is; a page hidden whole waits for its scripts."""
    around = (element, *(each for each in element.iterancestors() if each.tag not in {"html", "body"}))
    return any(is_hidden(each) or _INVISIBLE.search(each.get("style") or "") for each in around)


def _is_headline_long(element: Element) -> bool:
    return length_of(element) <= MAX_RAW and 0 < len(text_of(element)) <= MAX_HEADLINE


def _by_title(html: Html, titles: tuple[str, ...]) -> Element | None:
    """An element of another kind that says just what the title says; the longest of several."""
    starts = {title[:1] for title in titles}
    best: tuple[int, Element] | None = None
    for element in html.root.iter("h2", "h3", "div", "p", "span", "strong", "b", "td", "font"):
        first = _WORD.search(element.text or "", 0, MAX_RAW)
        if first is None or first[0][0].casefold() not in starts or length_of(element) > MAX_RAW:
            continue
        said = " ".join(_words(text_of(element)))
        if said in titles and (best is None or len(said) > best[0]) and not inside(element, _SITE_PARTS - {"header"}):
            best = len(said), element
    return best[1] if best else None


def _like_title(html: Html, titles: tuple[str, ...]) -> Element | None:
    """The heading that has the most words of the title."""
    headings = islice(html.root.iter("h2", "h3"), MAX_HEADINGS)
    alike = [
        (each, share)
        for each in headings
        if length_of(each) <= MAX_RAW and (share := _shared(each, titles)) >= MIN_SHARED
    ]
    long = [each for each in alike if len(_words(text_of(each[0]))) >= MIN_WORDS and not inside(each[0], _ELSEWHERE)]
    return max(long, key=lambda each: each[1])[0] if long else None


def _by_name(html: Html, main: MainText | None) -> Element | None:
    """An element that calls itself the headline, where there is no ``h1``; best a heading above the text."""
    first = main.elements[0] if main is not None and main.elements else None
    above = takewhile(
        lambda each: each is not first, html.root.iter("h2", "h3", *(() if first is None else (first.tag,)))
    )
    headings = [each for each in above if each.tag in {"h2", "h3"} and _calls_itself_headline(each)]
    named = [each for each in headings if not inside(each, _ELSEWHERE)] if first is not None else []
    if named:
        return max(named, key=length_of)
    found = (each for each in html.root.iter("h2", "h3", "div", "span", "p") if _calls_itself_headline(each))
    candidates = list(islice((each for each in found if not inside(each, _ELSEWHERE)), MAX_PARTS))
    inner = [each for each in candidates if main is not None and main.element in each.iterancestors()]
    return next(iter((*inner, *candidates)), None)


def _calls_itself_headline(element: Element) -> bool:
    words = words_of(element)
    if element.tag in {"h2", "h3"}:
        is_named = not words.isdisjoint({"headline", "title"})
    else:
        is_named = "headline" in words or ("title" in words and not _STORY.isdisjoint(words))
        is_named = is_named and all(child.tag in INLINE for child in element)
    return (element.get("itemprop") == "headline" or is_named) and _is_headline_long(element)


def _without_signs(headline: Element, titles: tuple[str, ...]) -> str:
    """The headline without the badge before it, or the subtitle or count behind it, where the title has just the rest.

    A kicker before the headline is part of it, though no title repeats it.
    """
    whole = _parted(headline)
    if not len(headline) or " ".join(_words(whole)) in titles:
        return whole
    first, last = headline[0], headline[-1]
    is_badge = not words_of(first).isdisjoint(_BADGES) and not (headline.text or "").strip()
    for part, may_fall in ((last, not (last.tail or "").strip()), (first, is_badge)):
        rest = text_of(headline, without=(part,)) if may_fall else ""
        if rest and " ".join(_words(rest)) in titles:
            return rest
    return whole


def _parted(headline: Element) -> str:
    """The text of a headline; a kicker and what follows it are told apart, though only a style sheet divides them."""
    text = text_of(headline)
    holder = headline
    while len(holder) == 1 and not (holder.text or "").strip():
        holder = holder[0]
    before = holder[0] if len(holder) else None
    for child in islice(holder, 1, MAX_PARTS):
        if before is None or (is_hidden(child) and not child.tail):
            continue  # a colon for screen readers: what comes next stands beside what came before
        first, second = text_of(before), "" if before.tail else text_of(child)
        before = child
        if first[-1:].islower() and second[:1].isupper():
            text = text.replace(first + second, f"{first} {second}", 1)
    return text


def _standfirst(headline: Element) -> Element | None:
    for element in headline.itersiblings():
        if element.tag in {"h2", "p", "div"} and not words_of(element).isdisjoint(_STANDFIRST):
            return element if text_of(element) else None
    return None
