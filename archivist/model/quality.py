"""What kind of answer the page was. A block page is kept, and called what it is, never "success"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from archivist.errors import BadManifest
from archivist.model.json import Json, JsonObject, Reader, without_nothing

__all__ = ["IN_ITS_PLACE", "Quality", "Verdict"]

Verdict: TypeAlias = Literal[
    "article", "page", "blocked", "consent", "paywall", "soft-404", "empty", "error", "incomplete", "not-html"
]

IN_ITS_PLACE: Final = frozenset({"error", "soft-404", "blocked", "consent"})
"""Verdicts on what is another page than the one that was asked for, with a title of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The verdict and the signs it rests on."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return without_nothing({"verdict": self.verdict, "reasons": list(self.reasons)})

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Quality:
        """Read back.

        Raises:
            BadManifest: a verdict that no version knows.
        """
        reader = Reader(value, at)
        text = reader.text("verdict")
        for verdict in get_args(Verdict):
            if text == verdict:
                return cls(verdict=verdict, reasons=reader.texts("reasons"))
        raise BadManifest(f"{at}.verdict is {text!r}, which no known version writes")
