"""What kind of words changed inside an edited block: numbers, words within quotation marks, names.

A *hunk* is what stands between two equal runs: what was deleted there, and what was inserted in its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archivist.diff.key import key
from archivist.diff.words import CJK, tokens
from archivist.model.change import BlockChange

__all__ = ["Hunk", "changes_number", "changes_quote", "hedges", "hunks", "renames"]

_QUOTED = re.compile(
    r'“[^“”]+[”“]?|„[^“”„"]+[“”"]?|"[^"]+"?|「[^「」]+」?|『[^『』]+』?|(?<!\w)‘(?:[^‘’]|’(?=\w))+’(?!\w)|'
    r"(?<!\w)'(?=[^\W_][^']{20})(?:[^']|'(?=\w))+'(?!\w)"
)
"""A quotation; one that runs on into the next paragraph has no closing mark. Single marks are apostrophes, too."""
_MARK = re.compile("[“„\"「『‘'«»\\-–—―]")
"""One of them stands in all that has a quotation."""
_GUILLEMETS = re.compile("«[^«»]+»?")
_TURNED = re.compile("»[^«»]+«?")
"""As in German and Danish."""
_SPOKEN = re.compile(
    r"[-–—―] ?(?=[^\W\d_])(?:(?!,? (?:sier|sa|siger|sagde|säger|sade|sanoo|sanoi|dit|affirme|explique|dijo|dice|disse|"
    r"said|says|fortæller|forteller|berättar|mener|menar|сказал|заявил|говорит)\b).)+"
)
"""Speech behind a dash at the head of a paragraph, up to who said it."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TITLE = re.compile(r"(?:^|[\s(,“„\"])[^\W\d_]{1,4}\.$")
"""``Rep.``, ``Dr.``, ``Sen.``, an initial: no end of a sentence."""
_CJK_WORD = re.compile(f"[{CJK}]")
_UNCASED = re.compile(r"[^\W\d_]{4,}")
_CJK_NUMBER = re.compile("[〇零一二三四五六七八九十百千万萬億亿兆两兩]+")
_GROUPS = re.compile(r"(?<=\d)[.,](?=\d{3}(?:\D|$))")
"""Thousands: ``1,200`` is ``1200``."""


_SAID_NUMBERS = {
    word: str(value)
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici",
        "um dois três quatro cinco seis sete oito nove dez onze doze",
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
        "en två tre fyra fem sex sju åtta nio tio elva tolv",
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    )
    for value, word in enumerate(words.split(), start=1)
}
"""Newspapers write out numbers up to twelve."""

_DOUBTS = frozenset(
    "may might could perhaps possibly probably apparently allegedly alleged reportedly reported suspected claimed "
    "claims purportedly seemingly likely unlikely some roughly about around nearly almost "
    "vielleicht möglicherweise wohl angeblich mutmaßlich offenbar anscheinend etwa rund könnte dürfte soll "
    "peut-être probablement environ aurait serait présumé prétendument "
    "quizá quizás probablemente presunto presuntamente supuestamente podría habría unos "
    "forse probabilmente presunto presumibilmente potrebbe avrebbe circa "
    "talvez provavelmente alegadamente suposto poderia teria cerca".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk:
    """One edited place."""

    deleted: str
    inserted: str
    old_at: int
    """Offset in the old text, characters."""
    new_at: int
    before: str
    """The equal text in front."""
    after: str


def hunks(change: BlockChange) -> Iterator[Hunk]:
    """The edited places of a change, in order; other typography is no edit."""
    old_at = new_at = 0
    before = deleted = inserted = ""
    for span in [*change.words, None]:
        if span is not None and span.op == "delete":
            deleted += span.text
            continue
        if span is not None and span.op == "insert":
            inserted += span.text
            continue
        after = span.text if span else ""
        if key(deleted) != key(inserted):
            yield Hunk(deleted=deleted, inserted=inserted, old_at=old_at, new_at=new_at, before=before, after=after)
        old_at, new_at = old_at + len(deleted) + len(after), new_at + len(inserted) + len(after)
        before, deleted, inserted = after, "", ""


def changes_number(change: BlockChange) -> bool:
    """In one place a number gave way to another."""
    return any(
        set(_numbers(hunk.deleted)) - set(_numbers(hunk.inserted))
        and set(_numbers(hunk.inserted)) - set(_numbers(hunk.deleted))
        for hunk in hunks(change)
    )


def changes_quote(change: BlockChange) -> bool:
    """Words within a quotation differ, and some of the quotation is still there."""
    if change.kind == "quote":
        # Behind a dash stands who said it.
        return not (change.new or "").lstrip().startswith(("—", "–", "―", "- "))
    old, new = _quotations(change.old or ""), _quotations(change.new or "")
    if not old or not new:
        return False
    return any(
        _touches(old, at=hunk.old_at, text=hunk.deleted) or _touches(new, at=hunk.new_at, text=hunk.inserted)
        for hunk in hunks(change)
    )


def renames(changes: Iterable[BlockChange]) -> bool:
    """A person's name was corrected or replaced, where that is plain.

    Plain is: nothing but capitalised words gave way to nothing but capitalised words, and a part of the name stayed
    beside them, or they are spelled nearly alike, or the same was done more than once.
    """
    swaps: Counter[tuple[str, str]] = Counter()
    for change in changes:
        for hunk in hunks(change):
            if _is_uncased_respelling(hunk):
                return True
            old, new = _name(hunk.deleted), _name(hunk.inserted)
            if not old or not new or _starts_sentence(hunk.before):
                continue
            if _is_beside_name(hunk) or _is_respelling(old, new):
                return True
            swaps[old, new] += 1
    return any(count > 1 for count in swaps.values())


def hedges(changes: Iterable[BlockChange]) -> tuple[str, ...]:
    """Words of doubt and of softening that came in or went out, as flags: they change what is claimed."""
    found: Counter[str] = Counter()
    for change in changes:
        for hunk in hunks(change) if change.op == "replace" else ():
            came, went = (_doubts(text) for text in (hunk.inserted, hunk.deleted))
            found["hedging_added"] += len(came - went)
            found["hedging_removed"] += len(went - came)
    return tuple(sorted(flag for flag, count in found.items() if count))


def _doubts(text: str) -> frozenset[str]:
    return _DOUBTS & {token.casefold() for token in tokens(text)}


def _numbers(text: str) -> list[str]:
    """Numbers by value: ``1,200`` is ``1200``, and ``nine`` is ``9``."""
    if _CJK_NUMBER.fullmatch(text.strip()):
        return [text.strip()]
    said = [_SAID_NUMBERS[token] for token in map(str.casefold, tokens(text)) if token in _SAID_NUMBERS]
    return [*(_GROUPS.sub("", number) for number in _NUMBER.findall(text)), *said]


def _quotations(text: str) -> list[tuple[int, int]]:
    if not _MARK.search(text):
        return []
    marks = _TURNED if 0 <= text.find("»") < text.find("«") else _GUILLEMETS
    found = [each.span() for pattern in (_QUOTED, marks) for each in pattern.finditer(text)]
    spoken = _SPOKEN.match(text)
    return [*found, spoken.span()] if spoken else found


def _touches(quotations: Sequence[tuple[int, int]], *, at: int, text: str) -> bool:
    """Words of ``text`` lie within a quotation of which something is left outside them."""
    if not any(letter.isalnum() for letter in text):
        return False
    end = at + len(text)
    return any(start < end and at < stop and not (at <= start + 1 and stop - 1 <= end) for start, stop in quotations)


def _name(text: str) -> str:
    """One to three capitalised words, or nothing."""
    words = text.split()
    is_name = 0 < len(words) <= 3 and all(word[0].isupper() and word.replace("-", "").isalpha() for word in words)
    return key(" ".join(words)) if is_name else ""


def _starts_sentence(before: str) -> bool:
    """Where every word is capitalised, a capital letter says nothing."""
    text = before.rstrip()
    if not text:
        return True
    return text[-1] in '.!?:"“„»”’' and not _TITLE.search(text)


def _is_beside_name(hunk: Hunk) -> bool:
    before = hunk.before.split()[-1:] if hunk.before[-1:].isspace() else []
    after = hunk.after.split()[:1] if hunk.after[:1].isspace() else []
    return any(_name(word.rstrip(".,;:’'s")) and len(tokens(word)[0]) > 1 for word in before + after)


def _is_respelling(old: str, new: str) -> bool:
    """At most two letters differ, in names of four letters or more."""
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = (old[start:], new[start:])
    while rest[0] and rest[1] and rest[0][-1] == rest[1][-1]:
        rest = (rest[0][:-1], rest[1][:-1])
    return min(len(old), len(new)) >= 4 and max(len(rest[0]), len(rest[1])) <= 2


def _is_uncased_respelling(hunk: Hunk) -> bool:
    """In a script without capitals: one word of at least four letters gave way to one that is written nearly alike.

    Beginnings are the same, for there Arabic and Hebrew put articles and prepositions.
    """
    old, new = hunk.deleted.strip(), hunk.inserted.strip()
    is_word = all(_UNCASED.fullmatch(word) and word.lower() == word.upper() for word in (old, new))
    return is_word and not _CJK_WORD.search(old) and old[:2] == new[:2] and _is_respelling(key(old), key(new))
