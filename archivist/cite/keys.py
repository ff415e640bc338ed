"""The keys by which reference managers call their entries."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from archivist.cite.dates import date_parts
from archivist.model.citation import Citation

__all__ = ["entry_key", "host_of_print", "keyed"]

_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})


def entry_key(citation: Citation) -> str:
    """``quill2023``: family name, or the name of the site or host, and the year."""
    author = citation.authors[0] if citation.authors else None
    names = (
        (author.family or author.literal) if author else "",
        citation.site_name or "",
        host_of_print(citation.url),
    )
    name = next((ascii_name for ascii_name in map(_ascii, names) if ascii_name), "article")
    year = date_parts(citation.published)[:1]
    return f"{name[:40]}{year[0] if year else 'nd'}"


def keyed(citations: Sequence[Citation]) -> Iterator[tuple[str, Citation]]:
    """Each with its key; where several have the same, ``quill2023a``, ``quill2023b``, and so on."""
    keys = [entry_key(citation) for citation in citations]
    counts, used = Counter(keys), Counter[str]()
    for key, citation in zip(keys, citations, strict=True):
        yield (key if counts[key] == 1 else f"{key}{_letters(used[key])}"), citation
        used[key] += 1


def host_of_print(url: str) -> str:
    """The host as people write it, without ``www.``; empty where the address names none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an unclosed bracket
        return ""


def _letters(number: int) -> str:
    """``a`` … ``z``, ``aa``, and so on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _ascii(text: str) -> str:
    spelled = unicodedata.normalize("NFKD", text.lower().translate(_SPELLED))
    return re.sub(r"[^a-z0-9]", "", spelled)
