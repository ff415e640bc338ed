"""Edits of what stands around the text: headline, byline, date, picture, caption, credit; made in the page's source."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from lxml.html import document_fromstring

from newsroom.edits import Gold
from newsroom.page import Page, collapse

__all__ = ["FIELDS"]

_PEOPLE = ("Tilda Marlow", "Anton Weber", "Mirela Falkner", "Ravi Hollis", "Ottilie Brandvold", "Jonas Lindqvist")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_MODIFIED = re.compile(r"modif|updat", re.IGNORECASE)
FieldEdit = Callable[[str, Page, Gold, random.Random], str]


def _forms(text: str) -> list[str]:
    """How a text may be written in a page: as it is, escaped for mark-up, escaped for scripts."""
    ascii_only = json.dumps(text)[1:-1]
    plain = json.dumps(text, ensure_ascii=False)[1:-1]
    return list(
        dict.fromkeys(
            [text, html.escape(text, quote=False), html.escape(text), plain, ascii_only, ascii_only.replace("/", "\\/")]
        )
    )


def _put(source: str, old: str, new: str) -> str:
    for before, after in zip(_forms(old), _forms(new), strict=False):
        source = source.replace(before, after)
    return source


def _body(page: Page) -> str:
    return " ".join(page.text(at) for at in range(len(page.paragraphs)))


def headline(source: str, page: Page, gold: Gold, rng: random.Random) -> str:
    """Another word in the headline, or a few more."""
    title = str(page.label["title"])
    words = title.split()
    small = [at for at, word in enumerate(words) if word.isalpha() and word.islower() and len(word) >= 4 and at]
    vocabulary = [word for word in page.vocabulary() if len(word) >= 4]
    shown = {collapse(element.text_content()) for element in page.root.iter("h1")}
    if title not in shown or not small or not vocabulary or title in _body(page):
        return source
    words[rng.choice(small)] = " ".join(rng.sample(vocabulary, min(len(vocabulary), rng.randint(1, 2))))
    new = " ".join(words)
    edited = _put(source, title, new)
    if new not in {collapse(each.text_content()) for each in document_fromstring(edited).iter("h1")}:
        return source  # it is written otherwise in the page
    gold.optional |= {"quote_changed", "name_changed"}
    gold.categories.add("headline_changed")
    gold.metadata.append({"field": "headline", "old": title, "new": new})
    gold.ignore += [title, new]
    return edited


def byline(source: str, page: Page, gold: Gold, rng: random.Random) -> str:
    """Another author."""
    authors = page.label["authors"] or []
    assert isinstance(authors, list)
    if not authors:
        return source
    old = str(authors[0] if isinstance(authors[0], str) else authors[0][0])
    new = rng.choice([name for name in _PEOPLE if name != old])
    labels = json.dumps(page.label["photo_credits"], ensure_ascii=False)
    if len(old.split()) < 2 or old not in page.root.find("body").text_content() or old in _body(page) or old in labels:
        return source
    pattern = re.compile("|".join(map(re.escape, _forms(old))), re.IGNORECASE)
    gold.categories.add("byline_changed")
    gold.optional |= {"name_changed", "lede_changed"}
    gold.metadata.append({"field": "author", "old": old, "new": new})
    gold.ignore += [old, new, *_around(page, old, new)]
    return pattern.sub(lambda found: new.upper() if found[0].isupper() else new, source)


def _around(page: Page, old: str, new: str) -> list[str]:
    """The lines of the page that hold the words, as they were and as they are."""
    lines = []
    for element in page.root.iter(
        "p",
        "div",
        "span",
        "a",
        "li",
        "figcaption",
        "h2",
        "h3",
        "h4",
        "small",
        "td",
        "time",
        "address",
        "section",
        "cite",
        "em",
    ):
        text = collapse(element.text_content())
        if old.casefold() in text.casefold() and len(text) < 400:
            lines += [text, re.sub(re.escape(old), new, text, flags=re.IGNORECASE)]
    return sorted(set(lines))


def date(source: str, page: Page, gold: Gold, rng: random.Random) -> str:
    """The date of update moves, wherever mark-up gives it."""
    updated = str(page.label["updated"] or "")
    try:
        moment = datetime.fromisoformat(updated)
    except ValueError:
        return source
    if moment.tzinfo is None:
        return source
    later = timedelta(minutes=rng.randint(20, 4000))
    count = 0

    def moved(found: re.Match[str]) -> str:
        nonlocal count
        before = source[max(0, found.start() - 60) : found.start()]
        try:
            said = datetime.fromisoformat(found[0])
        except ValueError:
            return found[0]
        name = re.split(r"[,{<;]", before)[-1]
        if said.tzinfo is None or abs(said - moment) > timedelta(minutes=1) or not _MODIFIED.search(name):
            return found[0]
        count += 1
        return (said + later).isoformat(timespec="seconds").replace("+00:00", "Z")

    edited = _ISO.sub(moved, source)
    if not count:
        return source
    gold.categories.add("date_updated")
    gold.metadata.append(
        {"field": "date_modified", "old": updated, "new": (moment + later).astimezone(UTC).isoformat()}
    )
    return edited


def credit(source: str, page: Page, gold: Gold, rng: random.Random) -> str:
    """Another photographer."""
    entries = page.label["photo_credits"] or []
    assert isinstance(entries, list)
    for entry in entries:
        names = entry["photographer"]
        if not entry["shown"] or not isinstance(names, list) or len(names) != 1 or entry.get("optional"):
            continue
        old = names[0]
        if (
            old not in entry["credit"]
            or len(old.split()) < 2
            or old in _body(page)
            or old in str(page.label["authors"])
        ):
            continue
        if old not in page.root.find("body").text_content() or sum(old in other["credit"] for other in entries) != 1:
            continue
        new = rng.choice([name for name in _PEOPLE if name != old])
        gold.categories.add("credit_changed")
        gold.optional |= {"caption_changed", "name_changed"}
        gold.metadata.append({"field": "credit", "old": entry["credit"], "new": entry["credit"].replace(old, new)})
        gold.ignore += [old, new, *_around(page, old, new)]
        return _put(source, old, new)
    return source


def caption(source: str, page: Page, gold: Gold, rng: random.Random) -> str:
    """Another word in the caption of the lead picture."""
    old = str(page.label["lead_caption"] or "")
    small = re.findall(r"(?<= )[^\W\d_]{4,}(?= )", old)
    small = [word for word in small if word.islower()]
    vocabulary = page.vocabulary()
    text = collapse(page.root.find("body").text_content())
    if (
        len(old) < 30
        or not small
        or not vocabulary
        or text.count(old) != 1
        or old in _body(page)
        or old in str(page.label["title"])
    ):
        return source
    if not any(form in source for form in _forms(old)):
        return source
    word = rng.choice(small)
    new = old.replace(f" {word} ", f" {rng.choice(vocabulary)} ", 1)
    if new == old:
        return source
    edited = _put(source, old, new)
    if edited == source:
        return source
    gold.categories.add("caption_changed")
    gold.metadata.append({"field": "caption", "old": old, "new": new})
    gold.ignore += [old, new, *_around(page, old, new)]
    return edited


def image(source: str, page: Page, gold: Gold, rng: random.Random) -> str:
    """Another lead picture, wherever it is shown."""
    card = page.root.find(".//meta[@property='og:image']")
    if card is None:
        return source
    name = urlsplit(card.get("content") or "").path.rpartition("/")[2]
    stem = name.partition(".")[0]
    shown = [
        img
        for img in page.root.iter("img")
        if stem in (img.get("src") or "") + (img.get("srcset") or "") + (img.get("data-src") or "")
    ]
    if (
        len(stem) < 10
        or not re.search(r"\d{4}|[a-z]{4}", stem)
        or not shown
        or re.search(r"logo|default|share|icon", stem, re.IGNORECASE)
    ):
        return source
    new = f"{rng.choice(['harbour-crane', 'council-vote', 'flood-street', 'press-room'])}-{rng.randint(100000, 999999)}"
    gold.categories.add("photo_changed")
    gold.metadata.append({"field": "image", "old": card.get("content") or "", "new": new})
    return source.replace(stem, new)


FIELDS: dict[str, FieldEdit] = {
    "headline": headline,
    "byline": byline,
    "date": date,
    "credit": credit,
    "caption": caption,
    "image": image,
}
