"""Which element holds the article's text, and what stands between the headline and it.

The container is the element whose own paragraphs weigh most. Where a text is cut into several elements, by
advertisements or into the posts of a live blog, it is the element around all that are set in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Final

from archivist.extract.asides import is_teaser
from archivist.extract.html import Element
from archivist.extract.prose import Prose
from archivist.extract.tree import length_of, words_of

__all__ = ["behind", "container_of", "lead_in", "setting_of"]

WIDER: Final = 1.6
"""Times the prose of the best element up to which an article around it is taken instead."""
MAX_HOLDERS: Final = 4
"""Levels above a paragraph that it speaks for."""
MIN_GAIN: Final = 0.12
"""Of the best element's prose: what is set in the same way elsewhere, from which it is a part of the article."""
MIN_ARTICLE: Final = 150
"""Characters of prose that make an article beside others."""
MAX_LEVELS: Final = 3
MAX_SIBLINGS: Final = 20

_LEAVES: Final = frozenset({"p", "pre", "blockquote"})
_GOOD_WORDS: Final = frozenset("article articlebody body content story entry post text main richtext copy".split())


def container_of(root: Element, prose: Prose) -> Element | None:
    """The element whose own paragraphs weigh most, with what is set like them, or the article around it."""
    apart: dict[Element, bool] = {}
    own = {element: weight for element, weight in prose.own.items() if not _handed_down(element, apart, prose.is_aside)}
    scores: dict[Element, float] = defaultdict(float)
    for element, weight in own.items():
        share = 1.0
        around = element.iterancestors()
        for holder in islice(around if element.tag in _LEAVES else chain((element,), around), MAX_HOLDERS):
            scores[holder] += share * weight
            share *= 0.7
    best = max(scores, key=lambda element: scores[element] * _bonus(element), default=None)
    if best is None:
        return _by_name(root)
    title = prose.title
    if len(title.headlines) > 1:
        best = _first(best, prose) if title.named is None else _under(title.named, best, root, scores)
    return _widened(_joined(best, own, title.headlines), prose)


def _handed_down(element: Element, known: dict[Element, bool], is_so: Callable[[Element], bool]) -> bool:
    """The element or one around it is so; each is asked once."""
    path = []
    node: Element | None = element
    while node is not None and node not in known:
        path.append(node)
        node = node.getparent()
    value = known[node] if node is not None else False
    for each in reversed(path):
        value = value or is_so(each)
        known[each] = value
    return value


def _under(headline: Element, best: Element, root: Element, scores: Mapping[Element, float]) -> Element:
    """The best element under the headline that the ``title`` names, where the best of all stands under another."""
    outer = {best, *best.iterancestors()}
    around = next((node for node in (best, *best.iterancestors()) if node.find(".//h1") is not None), root)
    if around in headline.iterancestors():
        return best
    scope = headline
    for ancestor in headline.iterancestors():
        if ancestor in outer:
            break
        scope = ancestor
    known = {scope: True}
    inside = [element for element in scores if _handed_down(element, known, lambda _: False)]
    found = max(inside, key=lambda element: scores[element] * _bonus(element), default=best)
    return found if scores[found] >= MIN_ARTICLE else best


def _first(best: Element, prose: Prose) -> Element:
    """The first of several articles with headlines of their own: a page that scrolls on shows its own before others."""
    articles = dict.fromkeys(map(_article_of, prose.title.headlines))
    whole = [
        article
        for article in articles
        if article not in {None, best} and prose.total.get(article, 0) >= MIN_ARTICLE and not prose.is_aside(article)
    ]
    outer = {best, *best.iterancestors()}
    is_among = any(article in outer for article in whole) or sum(best in each.iterancestors() for each in whole) > 1
    return whole[0] if whole and is_among and whole[0] not in outer else best


def _bonus(element: Element) -> float:
    is_named = element.tag in {"article", "main"} or element.get("itemprop") == "articleBody"
    return 1.3 if is_named or not _GOOD_WORDS.isdisjoint(words_of(element)) else 1.0


def _joined(best: Element, own: Mapping[Element, int], headlines: Collection[Element]) -> Element:
    """Out to what holds the rest of a text that is cut into several elements, by advertisements or into posts."""
    known = {best: True}
    inside = {element: _handed_down(element, known, lambda _: False) for element in own}
    weights: dict[tuple[object, ...], int] = defaultdict(int)
    for element, weight in own.items():
        if inside[element]:
            weights[setting_of(element)] += weight
    article = _article_of(best)
    may_leave = article is not None and _is_post(article) and bool(headlines)
    posts: dict[Element | None, bool] = {article: True}
    rest = []
    for element in own:
        if not inside[element] and setting_of(element) in weights:
            other = _article_of(element)
            if other not in posts:
                posts[other] = may_leave and other is not None and _is_like(other, article)
            if posts[other]:
                rest.append(element)
    if sum(own[element] for element in rest) < MIN_GAIN * sum(weights.values()):
        return best
    around = _around(best, rest)
    return best if around.tag in {"html", "body"} or len(around.findall(".//h1")) > 1 else around


def setting_of(element: Element) -> tuple[object, ...]:
    """How a run of text is set: the tags and first class names of the element and of what holds it."""
    parent = element.getparent()
    around = () if parent is None else (parent.tag, (parent.get("class") or "").partition(" ")[0])
    return element.tag, (element.get("class") or "").partition(" ")[0], *around


def _article_of(element: Element) -> Element | None:
    return element if element.tag == "article" else next(element.iterancestors("article"), None)


def _is_post(article: Element) -> bool:
    """It has no headline, and leads to none: one of several under a common headline, as in a live blog."""
    return article.find(".//h1") is None and not is_teaser(article)


def _is_like(other: Element, article: Element | None) -> bool:
    return article is not None and other.get("class") == article.get("class") and _is_post(other)


def _around(best: Element, rest: Iterable[Element]) -> Element:
    """The innermost element that holds all of them."""
    ranks = {ancestor: rank for rank, ancestor in enumerate((best, *best.iterancestors()))}
    around = best
    seen: set[Element] = set()
    for element in rest:
        node: Element | None = element
        while node is not None and node not in ranks and node not in seen:
            seen.add(node)
            node = node.getparent()
        if node is not None and node in ranks and ranks[node] > ranks[around]:
            around = node
    return around


def _widened(best: Element, prose: Prose) -> Element:
    """Out to the article around it, where that holds little else, or the headline and no other article."""
    headlines = len(best.findall(".//h1"))
    for ancestor in best.iterancestors("article", "main"):
        if headlines and len(ancestor.findall(".//h1")) > headlines:
            break
        is_one = ancestor.find(".//h1") is not None and ancestor.find(".//article") is None
        if is_one or prose.total[ancestor] <= WIDER * prose.total[best]:
            return ancestor
        break
    return best


def _by_name(root: Element) -> Element | None:
    for xpath in (".//*[@itemprop='articleBody']", ".//article", ".//main"):
        found = root.find(xpath)
        if found is not None and length_of(found):
            return found
    return None


def lead_in(container: Element, headlines: Iterable[Element]) -> Iterator[Element]:
    """What stands between the headline and a container that does not hold it, outermost elements first."""
    around = {container, *container.iterancestors()}
    best: tuple[int, Element] | None = None
    for headline in headlines:
        depth = sum(1 for node in headline.iterancestors() if node in around)
        if headline not in around and (best is None or depth >= best[0]):
            best = (depth, headline)
    if best is None or container in best[1].iterancestors():
        return
    yield from _between(best[1], container, around)


def behind(container: Element) -> Iterator[Element]:
    """What follows the container close to it, where notes of the editors stand."""
    node: Element | None = container
    for _ in range(MAX_LEVELS):
        if node is None or node.tag in {"article", "main", "body"}:
            return
        yield from islice(node.itersiblings(), MAX_SIBLINGS)
        node = node.getparent()


def _between(headline: Element, container: Element, around: Collection[Element]) -> Iterator[Element]:
    """From the headline out to the element that holds both, then in to the container."""
    before: list[Element] = []
    node: Element | None = headline
    while node is not None and node not in around:
        for sibling in node.itersiblings():
            if sibling in around:
                yield from before
                yield from _above(container, sibling, around)
                return
            before.append(sibling)
        node = node.getparent()


def _above(container: Element, outer: Element | None, around: Collection[Element]) -> Iterator[Element]:
    """What stands before the container in an element that holds it."""
    while outer is not None and outer is not container:
        inner = None
        for child in outer:
            if child in around:
                inner = child
                break
            yield child
        outer = inner
