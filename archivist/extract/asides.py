"""What on a page is plainly something else: navigation, related stories, newsletters, comments, advertisements.

It is told by its tag, its role, its style or whole words in its class and id.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from archivist.extract.html import Element, remembered
from archivist.extract.index import index_of
from archivist.extract.tree import INLINE, SILENT, is_hidden, words_of

__all__ = ["bare", "is_apart", "is_aside", "is_margin", "is_of_others", "is_teaser", "is_undisplayed"]

_ASIDE_TAGS: Final = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"}) | (SILENT - {"picture"})
_MARGINS: Final = frozenset({"nav", "aside", "footer"})
_ASIDE_ROLES: Final = frozenset({"navigation", "complementary", "contentinfo", "search", "dialog", "banner", "menu"})
_COMMENTS: Final = frozenset({"comment", "comments", "disqus"})
_CONSENT: Final = frozenset("cookie cookies consent onetrust gdpr didomi cookiebot usercentrics".split())
_OTHERS: Final = _COMMENTS | _CONSENT
_LINE_WORDS: Final = frozenset("byline bylines kicker dates timestamp bio tags readmore visitors".split())
"""These condemn a single paragraph too."""
_ASIDE_WORDS: Final = (
    _OTHERS
    | _LINE_WORDS
    | frozenset(
        "related newsletter newsletters share sharing social promo promos promoted advert advertisement ads ad adslot "
        "adunit banner sidebar recommended recommendations recommend recirc recirculation teaser teasers outbrain "
        "taboola subscribe subscription paywall breadcrumb breadcrumbs topics keywords footer nav navigation menu "
        "counter popular trending mostread signup sponsor sponsored toolbar widget widgets "
        "rating poll quiz dateline masthead pagination login "
        "relatedposts relatedarticles sharedaddy addtoany addthis sharethis shareaholic sharebar socialshare yarpp "
        "adsbygoogle adbox advertising commentlist commentform respond authorbox authorbio tagcloud postmeta prevnext "
        "werbung anzeige kommentare teilen verwandte empfehlungen mehrzumthema partage partager commentaires "
        "publicite relacionadas relacionados relacionada compartir comentarios publicidad etiquetas compartilhar "
        "publicidade correlati condividi commenti pubblicita gerelateerd reacties advertentie relaterat relaterte "
        "annons annonse komentarze reklama polecane powiazane souvisejici diskuse komentare terkait bacajuga "
        "komentar iklan yorumlar ilgili".split()
    )
)
_NEVER_ASIDE: Final = frozenset({"html", "body", "main", "article", "h1", "h2", "h3", "blockquote", "table"})
_COMMON_TAGS: Final = INLINE | frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote table tbody tr td".split())
_UTILITIES: Final = frozenset({"hidden", "d-none", "is-hidden", "u-hidden", "displaynone", "display-none"})
"""Classes of the common style sheets; on some screens another class beside them takes them back."""
_SHOWN_SOMEWHERE: Final = ("block", "flex", "grid", "inline", "contents", "table")


@remembered
def is_aside(element: Element) -> bool:
    """The element is plainly no part of an article's text, as far as its tag, role, class and id tell."""
    tag = str(element.tag)
    if tag in _NEVER_ASIDE:
        return False
    if tag in _ASIDE_TAGS or element.get("role") in _ASIDE_ROLES or is_hidden(element):
        return True
    return not (_LINE_WORDS if tag == "p" else _ASIDE_WORDS).isdisjoint(words_of(element))


def bare(root: Element) -> AbstractSet[Element]:
    """Elements of a common kind without attributes, which nothing sets apart: most paragraphs of most pages."""
    return {element for element in index_of(root).plain if element.tag in _COMMON_TAGS}


def is_undisplayed(element: Element) -> bool:
    """Its style or a utility class takes it off the page, on every screen."""
    style = element.get("style")
    if style is not None and "none" in style and "display:none" in style.replace(" ", "").lower():
        return True
    marks = element.get("class")
    return marks is not None and ("hidden" in marks or "none" in marks.lower()) and _is_hidden_class(marks)


@lru_cache(maxsize=2_048)
def _is_hidden_class(marks: str) -> bool:
    names = marks.lower().split()
    if _UTILITIES.isdisjoint(names) and not any(name.endswith("--hidden") for name in names):
        return False
    return not any((":" in name or name.startswith("d-")) and name.endswith(_SHOWN_SOMEWHERE) for name in names)


def is_apart(element: Element, *, scope: Element, own: Collection[Element]) -> bool:
    """Below ``scope``, an aside holds the element that is not among ``own``, which hold the article's text."""
    for ancestor in element.iterancestors():
        if ancestor is scope:
            return False
        if ancestor not in own and is_aside(ancestor):
            return True
    return False


def is_teaser(element: Element) -> bool:
    """Its heading is a link: it tells of another story."""
    heading = next(element.iter("h1", "h2", "h3", "h4"), None)
    return heading is not None and any(True for way in (heading.iter, heading.iterancestors) for _ in way("a"))


def is_margin(element: Element) -> bool:
    """It is no part of the text, however much it holds."""
    return element.tag in _MARGINS


def is_of_others(element: Element) -> bool:
    """It calls itself comments or consent: readers and lawyers may well write more than the newspaper."""
    return not _OTHERS.isdisjoint(words_of(element))
