"""Names of authors in the order and the number that a style wants.

A name whose parts are not certain is printed as it is shown, wherever a style would turn it round.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from archivist.cite.line import one_line
from archivist.model.citation import PersonName

__all__ = [
    "NameForm",
    "direct",
    "inverted",
    "is_turned",
    "joined",
    "of_body",
    "shortened",
    "with_capitals",
    "with_initials",
]

NameForm = Callable[[PersonName], str]

_CAPITALS = str.maketrans({"ß": "ẞ"})
_TURKISH = str.maketrans({"i": "İ"})


def direct(name: PersonName) -> str:
    """``Martin King Jr.``: as shown."""
    return one_line(name.literal)


def inverted(name: PersonName) -> str:
    """``van der Berg, Anna``; ``King, Martin, Jr.``."""
    return _inverted(name, one_line(name.given or ""))


def with_initials(name: PersonName, *, space: str = " ") -> str:
    """``King, M. L., Jr.``; of double names both initials: ``Picard, J.-L.``."""
    initials = space.join(_initial(word) for word in _given_words(one_line(name.given or "")))
    return _inverted(name, initials)


def with_capitals(name: PersonName, *, language: str | None = None) -> str:
    """``KING, Martin, Jr.``: the family name in capitals, as its language writes them."""
    family = (name.surname or "").translate(_CAPITALS)
    if (language or "").lower().split("-")[0] in ("tr", "az"):
        family = family.translate(_TURKISH)
    return _inverted(name, one_line(name.given or ""), family=one_line(family).upper())


def joined(names: Sequence[str], *, last: str, comma: bool | None = None) -> str:
    """``A, B, and C``.

    Args:
        names: in order.
        last: the word or sign before the last of them.
        comma: before that word: True always, False never, None only where there are three or more.
    """
    if len(names) < 2:
        return "".join(names)
    has_comma = comma if comma is not None else len(names) > 2
    return f"{', '.join(names[:-1])}{',' if has_comma else ''} {last} {names[-1]}"


def shortened(names: Sequence[str], *, most: int, first: int = 1, others: str = "et al.", comma: bool = False) -> str:
    """The first few and ``et al.`` where there are more than ``most``; empty where there are not."""
    if len(names) <= most:
        return ""
    return f"{', '.join(names[:first])}{',' if comma else ''} {others}"


def is_turned(names: Sequence[str]) -> bool:
    """Whether a comma stands before the last name: always of three, and of two where the first was turned round."""
    return len(names) > 2 or "," in "".join(names[:1])


def of_body(names: Sequence[PersonName], body: str | None) -> bool:
    """Whether the only author is the body that publishes: styles then do not say it twice."""
    return len(names) == 1 and not names[0].family and _same(names[0].literal, body or "")


def _same(one: str, other: str) -> bool:
    return one_line(one).casefold().removeprefix("the ") == one_line(other).casefold().removeprefix("the ")


def _inverted(name: PersonName, given: str, *, family: str = "") -> str:
    surname = family or one_line(name.surname or "")
    if not surname or not given:
        return direct(name)
    return ", ".join(filter(None, (surname, given, one_line(name.suffix or ""))))


def _given_words(given: str) -> list[str]:
    """``J.K.`` is two words; ``Jean-Luc`` is one."""
    return re.findall(r"[^\s.]+(?:\.(?=-)[^\s.]+)*", given)


def _initial(word: str) -> str:
    return "-".join(f"{part[0].upper()}." for part in word.replace(".", "").split("-") if part)
