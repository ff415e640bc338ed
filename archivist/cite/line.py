"""Text from a page made fit for one line of a citation."""

from __future__ import annotations

import unicodedata

__all__ = ["one_line"]

_JOINERS = "\u200c\u200d"
"""Persian, Hindi and emoji are misspelled without them."""


def one_line(text: str) -> str:
    """The text in one line, without control characters, marks that turn the direction, or unpaired surrogates."""
    kept = (" " if letter.isspace() else letter for letter in text if letter.isspace() or _is_text(letter))
    return " ".join("".join(kept).split())


def _is_text(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
