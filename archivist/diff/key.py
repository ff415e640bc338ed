"""When two texts count as the same.

Typography is no edit: white space, soft hyphens, zero-width characters, kinds of quotation marks and dashes, and the
composition of letters are levelled, and broken UTF-8 is mended. Case, punctuation and every letter and digit count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from functools import lru_cache

from archivist.wire.repair import repaired

__all__ = ["key", "passage_of"]

_LEVELLED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ´`", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        # Soft hyphen, zero-width space, word joiner, byte order mark: seen by no reader.
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
    }
)


@lru_cache(maxsize=8_192)
def key(text: str) -> str:
    """The text with its typography levelled: equal keys are no edit."""
    # NFC first: it turns the acute accent U+1FFD and its like into characters that the table knows.
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    return " ".join(unicodedata.normalize("NFC", repaired(text)).translate(_LEVELLED).split())


def passage_of(text: str, passages: Collection[str]) -> str:
    """What a page shows of a text that a reading gathered: the passage with which it begins, if it is none itself.

    Args:
        text: key of a standfirst or caption; a reading may take for a part of it what stands in a box below.
        passages: keys of all that the page shows.
    """
    if not text or text in passages:
        return text
    return max((passage for passage in passages if text.startswith(passage)), key=len, default=text) or text
