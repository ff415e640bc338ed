"""What editors do to an article after it is out, and what it is called. Each edit says whether it could be made."""

# ruff: noqa: E501  # mark-up, sentences and expressions stand whole
from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import html

from newsroom.page import Page, Slot, collapse

__all__ = ["EDITS", "Gold"]

_QUOTED = re.compile(r"“[^“”]{25,}”|„[^“”„]{25,}[“”]|«[^«»]{25,}»|「[^「」]{12,}」|(?<!\w)‘[^‘’]{25,}’(?!\w)")
_TURNED = re.compile("»[^«»]{25,}«")
_NUMBER = re.compile(r"(?<![\w.,:/\-])\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?(?![\w:/])(?![.,\-]\d)")
_WORD = re.compile(
    r"(?<=[^\W\d] )[^\W\d_]{4,}(?= [^\W\d])|(?<=[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f])[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]{2}"
)
_SAID = (
    "said|says|told|added|argued|wrote|dijo|señaló|afirmó|explicó|explique|affirme|sagte|sagt|erklärte|betonte|meint|"
    "säger|sier|siger|zegt|disse|afirmou|powiedział|mówi|ha detto|spiega"
)
_NAMED = re.compile(
    rf"(?:\b(?:{_SAID}) )(?P<a>[A-ZÄÖÜÉ][a-zäöüéèáíóúñøåæ]+ [A-ZÄÖÜÉ][a-zäöüéèáíóúñøåæ]{{4,}})(?! [A-Z])"
    rf"|(?<![A-Z.] )(?<!\w)(?P<b>[A-ZÄÖÜÉ][a-zäöüéèáíóúñøåæ]+ [A-ZÄÖÜÉ][a-zäöüéèáíóúñøåæ]{{4,}}),? (?:{_SAID})\b"
)
_NOTES = {
    "en": "Correction: An earlier version of this article misstated a figure. It has been corrected.",
    "de": "Korrekturhinweis: In einer früheren Fassung dieses Artikels stand eine falsche Zahl. Wir haben das korrigiert.",
    "es": "Corrección: una versión anterior de este artículo contenía un dato erróneo, que ha sido corregido.",
    "fr": "Correction : une version antérieure de cet article comportait une erreur, qui a été corrigée.",
    "it": "Correzione: una versione precedente di questo articolo riportava un dato errato.",
    "sv": "Rättelse: I en tidigare version av artikeln stod en felaktig uppgift.",
    "no": "Rettelse: I en tidligere versjon av artikkelen sto det et feil tall.",
    "da": "Rettelse: I en tidligere version af artiklen stod der et forkert tal.",
    "nl": "Correctie: in een eerdere versie van dit artikel stond een onjuist getal.",
    "pt": "Correção: uma versão anterior deste artigo continha um dado errado.",
    "pl": "Sprostowanie: w poprzedniej wersji artykułu podano błędną liczbę.",
    "ja": "訂正：当初の記事で数字に誤りがありました。訂正しました。",
    "zh": "更正：本文早前版本中的数字有误，现已更正。",
}
_NOTES_TOO = {
    "en": (
        "Editor’s note: This story has been updated to correct the date of the vote.",
        "This article was amended on 3 May to correct the spelling of a name.",
        "CLARIFICATION: This story was updated to make clear who paid for the study.",
    ),
    "de": ("Anmerkung der Redaktion: In einer früheren Version hieß es, die Abstimmung sei am Montag gewesen.",),
    "es": ("Nota del editor: esta noticia fue corregida para precisar la fecha.",),
    "fr": ("Rectificatif : contrairement à ce que nous avions écrit, le vote a eu lieu mardi.",),
}
_PEOPLE = ("Tilda Marlow", "Anton Weber", "Mirela Falkner", "Ravi Hollis", "Ottilie Brandvold", "Jonas Lindqvist")


@dataclass(slots=True)
class Gold:
    """What was done."""

    categories: set[str] = field(default_factory=set)
    optional: set[str] = field(default_factory=set)
    paragraphs: list[dict[str, str]] = field(default_factory=list)
    metadata: list[dict[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    ignore: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def replace(self, page: Page, at: int, old: str, *also: str) -> None:
        """A paragraph was edited."""
        self.categories |= {"paragraph_edited", *also}
        self.paragraphs.append({"op": "replace", "old": old, "new": page.text(at)})
        self.lede(at, old)
        page.free.discard(at)

    def lede(self, at: int, old: str) -> None:
        """The edited paragraph is the first one; where the first one is short, it may be one of the next."""
        if at == 0:
            (self.categories if len(old) >= 80 else self.optional).add("lede_changed")
        elif at <= 4:
            self.optional.add("lede_changed")

    def to_json(self, name: str, page: Page, noise: list[str], *, is_opaque: bool) -> dict[str, object]:
        """The form of gold.json."""
        found = set(self.categories)
        if found - {"date_updated"} and not found & {"date_updated", "correction_added"}:
            found.add("stealth_edit")
        return {
            "id": name, "kind": "html", "language": page.label["language"], "origin": "injected", "split": "dev",
            "source": page.label["id"], "noise": noise, "opaque_class_names": is_opaque, "edits": self.done,
            "categories": sorted(found) or ["noise_only"], "noise_only": not found,
            "optional_categories": sorted(self.optional), "paragraphs": self.paragraphs, "metadata": self.metadata,
            "links": self.links, "ignore_text": self.ignore,
        }  # fmt: skip


Edit = Callable[[Page, Gold, random.Random, list[str]], bool]


def _spans(page: Page, at: int) -> list[tuple[int, int]]:
    """Quotations of a paragraph."""
    text = page.paragraphs[at].text_content()
    straight = [found.start() for found in re.finditer('"', text)]
    pairs = [] if len(straight) % 2 else zip(straight[::2], straight[1::2], strict=True)
    found = [(start, end + 1) for start, end in pairs if end - start > 25]
    marks = [_TURNED] if 0 <= text.find("»") < text.find("«") else [_QUOTED]
    return found + [each.span() for pattern in marks for each in pattern.finditer(text)]


def _places(page: Page, at: int, pattern: re.Pattern[str], *, is_quoted: bool) -> Iterator[tuple[Slot, re.Match[str]]]:
    text = page.paragraphs[at].text_content()
    if text.count('"') % 2 or (text.count("“") != text.count("”") and "„" not in text):
        return  # a quotation that runs on
    quotations = _spans(page, at)
    for slot in page.slots(at):
        for found in pattern.finditer(slot.text):
            start, end = slot.start + found.start(), slot.start + found.end()
            # The ends of a quotation belong to it; an edit there would be an edit of both.
            inside = any(a < start and end < b for a, b in quotations)
            touching = any(a - 1 <= end and start <= b + 1 for a, b in quotations)
            if inside if is_quoted else not touching:
                yield slot, found


def _put(slot: Slot, found: re.Match[str], text: str) -> None:
    slot.put(slot.text[: found.start()] + text + slot.text[found.end() :])


def _other_number(number: str, rng: random.Random) -> str:
    while True:
        other = re.sub(r"\d", lambda _: str(rng.randint(1, 9)), number)
        if other != number:
            return other


def _in_text(
    pattern: re.Pattern[str],
    change: Callable[[str, Page, random.Random], str],
    *also: str,
    is_quoted: bool = False,
) -> Edit:
    def edit(page: Page, gold: Gold, rng: random.Random, _: list[str]) -> bool:
        for at in page.taken(rng):
            places = list(_places(page, at, pattern, is_quoted=is_quoted))
            if not places:
                continue
            old = page.text(at)
            slot, found = rng.choice(places)
            _put(slot, found, change(found[0], page, rng))
            if page.text(at) == old:
                continue
            gold.replace(page, at, old, *also, *(["quote_changed"] if is_quoted else []))
            return True
        return False

    return edit


def _reword(word: str, page: Page, rng: random.Random) -> str:
    words = [other for other in page.vocabulary() if other[0] != word[0]]
    return " ".join(rng.sample(words, min(len(words), rng.randint(1, 3)))) if words else word


def _drop(_: str, __: Page, ___: random.Random) -> str:
    return ""


def rename(page: Page, gold: Gold, rng: random.Random, _: list[str]) -> bool:
    """A name is spelled otherwise, wherever the article has it."""
    for at in page.taken(rng):
        for slot in page.slots(at):
            found = _NAMED.search(slot.text)
            if not found:
                continue
            name = found["a"] or found["b"]
            other = _other_name(*name.split(), rng)
            if other == name:
                continue
            for each in sorted(page.free):
                _rename_in(page, gold, each, name, other)
            gold.ignore += [name, other]
            return True
    return False


def _other_name(first: str, last: str, rng: random.Random) -> str:
    """One letter otherwise, another first name, or another last one."""
    way, at = rng.random(), rng.randint(2, len(last) - 2)
    if way < 0.5:
        return f"{first} {last[:at]}{'aeio'[('aeiou'.find(last[at]) + 1) % 4]}{last[at + 1 :]}"
    person = rng.choice(_PEOPLE).split()
    return f"{person[0]} {last}" if way < 0.8 else f"{first} {person[1]}"


def _rename_in(page: Page, gold: Gold, at: int, name: str, other: str) -> None:
    old, whole = page.text(at), page.paragraphs[at].text_content()
    quoted = ["quote_changed"] if any(name in whole[a:b] for a, b in _spans(page, at)) else []
    if name not in old:
        return
    for slot in list(page.slots(at)):
        slot.put(slot.text.replace(name, other))
    if page.text(at) != old:
        gold.replace(page, at, old, "name_changed", *quoted)


def move(page: Page, gold: Gold, rng: random.Random, _: list[str]) -> bool:
    """A paragraph is put elsewhere among those beside it."""
    for at in page.taken(rng, least=80):
        element = page.paragraphs[at]
        if at == 0 or element.tag == "h2":
            continue
        beside = [
            to
            for to, other in enumerate(page.paragraphs)
            if other.getparent() is element.getparent() and abs(to - at) >= 3 and to > 1
        ]
        if not beside:
            continue
        to = rng.choice(beside)
        if (element.tail or "").strip():
            return False
        element.getparent().remove(element)
        page.paragraphs[to].addnext(element)
        gold.categories.add("paragraph_moved")
        gold.paragraphs.append({"op": "move", "old": page.text(at), "new": page.text(at)})
        page.free.discard(at)
        return True
    return False


def delete(page: Page, gold: Gold, rng: random.Random, _: list[str]) -> bool:
    """A paragraph is taken out."""
    for at in page.taken(rng, least=80):
        element = page.paragraphs[at]
        if (element.tail or "").strip() or element.tag not in ("p", "li", "blockquote"):
            continue
        old = page.text(at)
        gold.categories.add("paragraph_deleted")
        gold.paragraphs.append({"op": "delete", "old": old, "new": ""})
        gold.lede(at, old)
        element.getparent().remove(element)
        page.free.discard(at)
        return True
    return False


def insert(page: Page, gold: Gold, rng: random.Random, foreign: list[str]) -> bool:
    """A paragraph is put in."""
    return _insert(page, gold, rng, rng.choice(foreign), role="") if foreign else False


def correct(page: Page, gold: Gold, rng: random.Random, _: list[str]) -> bool:
    """A correction note is put at the end or at the head."""
    language = str(page.label["language"])
    if language not in _NOTES:
        return False
    return _insert(page, gold, rng, rng.choice([_NOTES[language], *_NOTES_TOO.get(language, ())]), role="correction")


def _insert(page: Page, gold: Gold, rng: random.Random, text: str, *, role: str) -> bool:
    free = [at for at in page.taken(rng) if page.paragraphs[at].tag == "p"]
    if not free:
        return False
    at = (max(free) if rng.random() < 0.7 else min(free)) if role else free[0]
    beside = page.paragraphs[at]
    new = html.Element("p")
    if beside.get("class") and rng.random() < 0.8:
        new.set("class", beside.get("class"))
    if role and rng.random() < 0.5:
        em = html.Element("em")
        em.text = text
        new.append(em)
    else:
        new.text = text
    new.tail, beside.tail = beside.tail, None
    beside.addnext(new)
    if role:
        gold.categories.add("correction_added")
        gold.paragraphs.append({"op": "insert", "old": "", "new": text, "role": "correction"})
    else:
        gold.categories.add("paragraph_inserted")
        gold.paragraphs.append({"op": "insert", "old": "", "new": text})
    return True


def retarget(page: Page, gold: Gold, rng: random.Random, _: list[str]) -> bool:
    """A link in the text leads elsewhere."""
    for at in page.taken(rng):
        for link in page.paragraphs[at].iter("a"):
            old = link.get("href") or ""
            if not old.startswith("http") or len(collapse(link.text_content())) < 3 or "?" in old or "#" in old:
                continue
            if len(link.text_content()) > 0.5 * len(page.text(at)):
                continue
            new = (
                old.rstrip("/") + f"-{rng.randint(100, 999)}"
                if rng.random() < 0.6
                else f"https://courier.example/2026/{rng.randint(1, 12)}/report"
            )
            link.set("href", new)
            gold.categories.add("link_changed")
            gold.links.append({"old": old, "new": new})
            page.free.discard(at)
            return True
    return False


def _sentences(page: Page, at: int) -> tuple[Slot, list[str]] | None:
    """The sentences of a paragraph of nothing but text."""
    element = page.paragraphs[at]
    if len(element) or not element.text or any(mark in element.text for mark in '“”„«»"'):
        return None
    sentences = re.findall(r"\S.*?[.!?。！？](?=\s|$)|\S[^.!?。！？]*$", element.text)
    return (
        (Slot(element, False, 0), sentences)
        if len(sentences) >= 2 and all(len(one) > 40 for one in sentences)
        else None
    )


def _of_sentences(change: Callable[[list[str], random.Random, list[str]], list[str]]) -> Edit:
    def edit(page: Page, gold: Gold, rng: random.Random, foreign: list[str]) -> bool:
        for at in page.taken(rng):
            found = _sentences(page, at)
            if found is None:
                continue
            slot, sentences = found
            old = page.text(at)
            slot.put(" ".join(change(sentences, rng, foreign)))
            if page.text(at) != old:
                gold.replace(page, at, old)
                gold.optional |= {"number_changed", "name_changed", "quote_changed"}
                return True
        return False

    return edit


def _add_sentence(sentences: list[str], rng: random.Random, foreign: list[str]) -> list[str]:
    extra = re.split(r"(?<=[.!?]) ", rng.choice(foreign))[0] if foreign else ""
    at = rng.randint(1, len(sentences))
    return (
        [*sentences[:at], extra, *sentences[at:]]
        if 40 < len(extra) < len(" ".join(sentences)) and "“" not in extra and '"' not in extra
        else sentences
    )


def _cut_sentence(sentences: list[str], rng: random.Random, _: list[str]) -> list[str]:
    at = rng.randrange(len(sentences))
    rest = [*sentences[:at], *sentences[at + 1 :]]
    return rest if len(" ".join(rest)) > 0.4 * len(" ".join(sentences)) else sentences


def figure(page: Page, gold: Gold, rng: random.Random, _: list[str]) -> bool:
    """A picture with a caption is put in."""
    words = page.vocabulary()
    free = [at for at in page.taken(rng) if page.paragraphs[at].tag == "p" and at]
    if not free or len(words) < 20 or len(words[0]) < 3:
        return False
    text = " ".join(rng.sample(words, 12)).capitalize() + "."
    new = html.fragment_fromstring(
        f'<figure><img src="https://pictures.example/2026/harbour-{rng.randint(10**6, 10**7)}.jpg"/><figcaption>{text}</figcaption></figure>'
    )
    beside = page.paragraphs[free[0]]
    new.tail, beside.tail = beside.tail, None
    beside.addnext(new)
    gold.categories |= {"photo_changed", "caption_changed"}
    gold.metadata.append({"field": "caption", "old": "", "new": text})
    gold.optional |= {"paragraph_inserted"}
    gold.ignore.append(text)
    return True


EDITS: dict[str, Edit] = {
    "number": _in_text(_NUMBER, lambda number, _, rng: _other_number(number, rng), "number_changed"),
    "number in quote": _in_text(_NUMBER, lambda number, _, rng: _other_number(number, rng), "number_changed", is_quoted=True),
    "quote": _in_text(_WORD, _reword, is_quoted=True),
    "quote cut": _in_text(_WORD, _drop, is_quoted=True),
    "reword": _in_text(_WORD, _reword),
    "cut words": _in_text(_WORD, _drop),
    "add sentence": _of_sentences(_add_sentence), "cut sentence": _of_sentences(_cut_sentence), "figure": figure,
    "rename": rename, "move": move, "delete": delete, "insert": insert, "correct": correct, "retarget": retarget,
}  # fmt: skip
