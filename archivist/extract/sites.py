"""Witness: the name of the newspaper, where the page shows it: at the end of its ``title``, in its masthead, its feeds.

A name that readers see is told from a section or a slogan by the host: ``The New York Times`` is on ``nytimes.com``.
Titles are freed of it by the same sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from archivist.extract.claims import Found, element_claim
from archivist.extract.html import Element, Html
from archivist.extract.tree import collapse, marks_of, text_of
from archivist.model.url import host_of

__all__ = [
    "is_home",
    "names_host",
    "site_claims",
    "site_name_in",
    "title_beginnings",
    "title_parts",
    "title_without_site",
]

MAX_TITLE: Final = 400
MAX_NAME: Final = 60
MAX_LINKS: Final = 60
"""Links and pictures at the top of a page among which the masthead is looked for."""
_CJK: Final = "\u3040-\ud7af"
"""One range, rare scripts between the others included: it compiles at once."""
_SEPARATOR: Final = re.compile(
    rf"\s*[|｜]\s*|\s+[\-–—»·:•›~/]+\s+|\s*--\s*|\s*[—–]{{2}}\s*|(?<=[{_CJK}])\s?[\-_–—]\s?(?=[{_CJK}A-Z])"
)
"""Between a headline and the site's name."""
_SLOGAN: Final = re.compile(r"\s+[|\-–—•·:]+\s+|:\s+|\s*\|\s*")
_ADDRESS: Final = re.compile(r"(?:https?:)?//\S*|www\.\S+", re.IGNORECASE)
_GENERIC: Final = frozenset(
    "home homepage index news blog website site default untitled startseite accueil inicio".split()
)
_NO_LABEL: Final = frozenset(
    "www www1 www2 m mobile amp en com co org net gov ac edu or ne go news online media web blog epaper".split()
)
_LOGO: Final = re.compile(
    r"^zu[rm]\b|\b(?:(?:go|back|return|link|welcome) to|visit|logo(?:type| of| von| de| du)?|icon|home ?page|"
    r"front ?page|home|startseite|accueil|inicio|rss(?: feed)?|feeds?|atom|website)\b",
    re.IGNORECASE,
)
"""What a masthead's or feed's label says beside the name."""
_DATE: Final = re.compile(r"[\d./\-: ]+")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss"})
_GAPS: Final = re.compile(r"[\s.\-_&/+,()]+")
_HOME_PATH: Final = re.compile(r"/(?:$|[?#.%\s]|[a-z]{2}(?![a-z])|index\.)")
"""How paths begin that may be one of a front page; no other needs to be taken apart."""
_LANGUAGE_HOME: Final = re.compile(r"/(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?/?)?(?:index\.\w{2,5})?")


def site_claims(html: Html) -> Iterator[Found]:
    """The site's name at the end of ``title``, or else in its masthead or feeds.

    The host confirms it; or, where the script is another, masthead and title confirm each other.
    """
    host = host_of(html.url)
    title = html.root.find(".//title")
    text = collapse("".join(map(str, title.itertext())))[:MAX_TITLE] if title is not None else ""
    parts = [text[slice(*part)] for part in _parts(text)]
    name = next((part for part in reversed(parts) if _is_name(part, host)), None) if len(parts) > 1 else None
    if title is not None and name:
        yield "site_name", element_claim(name, title, witness="title-element", text=text)
        return
    if any(site_name_in(said, host=host) for said in _said(html)):
        return  # what the page says it is called; to look at all links for the same again costs more than it tells
    ends = {_compact(part) for part in parts[1:]} - {""}
    for element, label, attribute in (*_masthead(html), *_feeds(html)):
        name = site_name_in(_LOGO.sub("", label).strip(" .,:-|»›"), host=host) or ""
        if _is_name(name, host) or _compact(name) in ends:
            yield "site_name", element_claim(name, element, witness="masthead", text=label, attribute=attribute)
            return
    yield from _handle(html, host)


def _said(html: Html) -> Iterator[str]:
    return (each.get("content") or "" for each in html.head if each.get("property") == "og:site_name")


def _masthead(html: Html) -> Iterator[tuple[Element, str, str]]:
    """What the first links home say, in words or in place of a picture, and what stands in place of a logo."""
    for image in islice(html.root.iter("img"), MAX_LINKS):
        marks = f"{image.get('src')} {marks_of(image)}".lower()
        if "logo" in marks and (text := collapse(image.get("alt") or "")):
            yield image, text, "alt"
    for link in islice(html.root.iter("a"), MAX_LINKS):
        if not is_home(html, link.get("href") or ""):
            continue
        for element in (link, *link.iterdescendants("img", "svg")):
            for attribute in ("alt", "aria-label", "title"):
                if text := collapse(element.get(attribute) or ""):
                    yield element, text, attribute
            if element is link and (text := text_of(link)):
                yield link, text, ""
        if (title := link.find(".//svg//title")) is not None and (text := collapse(title.text or "")):
            yield title, text, ""


def _feeds(html: Html) -> Iterator[tuple[Element, str, str]]:
    for link in html.head:
        if (link.get("type") or "").endswith(("rss+xml", "atom+xml")) and (text := collapse(link.get("title") or "")):
            yield link, text, "title"


def _handle(html: Html, host: str) -> Iterator[Found]:
    """The site's name on a social network, where that is the host's with capitals: ``@SaltmereCourier``."""
    for meta in html.head:
        key = (meta.get("property") or meta.get("name") or "").lower()
        if key in {"article:publisher", "twitter:site"}:
            text = collapse(meta.get("content") or "")
            name = text.rstrip("/").rpartition("/")[2].removeprefix("@")
            if _compact(name) in _labels(host) and not name.islower():
                yield "site_name", element_claim(name, meta, witness="handle", text=text, attribute="content")
                return


def _is_name(text: str, host: str) -> bool:
    return 1 < len(text) <= MAX_NAME and text.lower() not in _GENERIC and names_host(text, host)


def is_home(html: Html, reference: str) -> bool:
    """The reference leads to the front page of the same site."""
    if reference[:1] == "/" != reference[1:2] and not _HOME_PATH.match(reference):
        return False
    url = html.absolute(reference) if reference else None
    if url is None:
        return False
    parts = urlsplit(url)
    host, own = (parts.hostname or "").removeprefix("www."), host_of(html.url).removeprefix("www.")
    is_same = own == host or own.endswith(f".{host}")
    return is_same and not parts.query and _LANGUAGE_HOME.fullmatch(parts.path) is not None


def site_name_in(text: str, *, host: str) -> str | None:
    """The name in what a page calls its site's name: no address, no slogan; None where nothing is left."""
    text = text.strip()
    if not text or _ADDRESS.fullmatch(text) or text.lower() in _GENERIC:
        return None
    parts = [part for part in _SLOGAN.split(text) if part]
    if len(parts) < 2:
        return text
    return next((part for part in parts if names_host(part, host)), parts[0])


@lru_cache(maxsize=256)
def title_without_site(text: str, *, host: str, name: str = "") -> str:
    """The headline in a title: without the site's name at either end, and the section before it.

    Args:
        text: the title.
        host: of the page.
        name: of the site, where that is known.
    """
    parts = _parts(text)
    known = _compact(name)
    is_site = [_is_site(text[slice(*part)], host, known) for part in parts]
    if True in is_site[1:]:
        parts = parts[: is_site.index(True, 1)]
        while len(parts) > 1 and _is_section(text, parts):
            parts.pop()
    if len(parts) > 1 and is_site[0]:
        parts.pop(0)
    return text[parts[0][0] : parts[-1][1]]


def title_beginnings(text: str) -> tuple[str, ...]:
    """What stands before each separator of a title: one is the headline, where nothing tells the site's name."""
    return tuple(text[:end] for _, end in _parts(text)[:-1])


def title_parts(text: str) -> tuple[str, ...]:
    """What stands between the separators of a title."""
    return tuple(text[start:end] for start, end in _parts(text))


def _parts(text: str) -> list[tuple[int, int]]:
    """Where each part of a title stands."""
    starts, ends = [0], []
    for found in _SEPARATOR.finditer(text):
        ends.append(found.start())
        starts.append(found.end())
    places = zip(starts, (*ends, len(text)), strict=True)
    return [(start, end) for start, end in places if end > start] or [(0, len(text))]


def _is_section(text: str, parts: list[tuple[int, int]]) -> bool:
    """The last part is a date, or a word or two behind a long one."""
    if _DATE.fullmatch(text, *parts[-1]):
        return True
    first, last = text[: parts[-2][1]].split(), text[slice(*parts[-1])].split()
    return len(last) <= 2 and len(first) >= 4 and last[0][:1].isupper()


def _is_site(part: str, host: str, known: str) -> bool:
    return (bool(known) and _compact(part) == known) or (len(part) <= MAX_NAME and names_host(part, host))


@lru_cache(maxsize=256)
def names_host(text: str, host: str) -> bool:
    """The text is a name of the site: a label of the host is made of it, or it is made of the label."""
    text = text[:MAX_NAME].casefold()
    spellings = {text, text.translate(_UMLAUTS)}
    return any(_names(_words(spelling), label) for spelling in spellings for label in _labels(host))


def _words(text: str) -> list[str]:
    return [word for part in _GAPS.split(text) if (word := _compact(part))]


def _names(words: list[str], label: str) -> bool:
    whole = "".join(words)
    if not whole or len(words) > 8 or whole in _NO_LABEL:
        return False
    if whole == label or (len(whole) >= 4 and whole in label and len(whole) >= 0.4 * len(label)):
        return True
    return _has_label(words, label) or (len(words) > 1 and len(label) > 1 and _is_made_of(label, words))


def _has_label(words: list[str], label: str) -> bool:
    """Some of the words, put together, are the label; where it is short, the others are small."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if "".join(words[start:end]) == label:
                others = (*words[:start], *words[end:])
                return len(label) >= 6 or all(len(word) <= 3 or word in _NO_LABEL for word in others)
    return False


def _is_made_of(label: str, words: list[str]) -> bool:
    """The label is the beginnings of the words in their order, small words left out: ``nytimes``, ``faz``."""
    reached = {0}
    for word in words:
        step = set(reached) if len(word) <= 3 else set()
        for at in reached:
            for size in range(1, len(word) + 1):
                if not label.startswith(word[:size], at):
                    break
                step.add(at + size)
        reached = step
    return len(label) in reached


@lru_cache(maxsize=64)
def _labels(host: str) -> tuple[str, ...]:
    """What of a host may be a name: ``www.saltmere-courier.example`` has ``saltmerecourier``."""
    labels = [_compact(label) for label in host.split(".")[:-1] if label not in _NO_LABEL]
    return (*labels, _compact(host.removeprefix("www.")))


def _compact(text: str) -> str:
    """Letters and figures only, without accents and case."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return text if text.isalnum() else "".join(filter(str.isalnum, text))
