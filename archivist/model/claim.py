"""Claims and settled fields: a value with its evidence, and the values that were weighed against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from archivist.model.json import Json, JsonObject, Reader, without_nothing

__all__ = ["MAX_EVIDENCE", "Claim", "Evidence", "FieldName", "Link", "Settled", "fields_to_json"]

FieldName: TypeAlias = Literal[
    "title",  # the headline in any of its forms
    "title_shown",  # the headline as displayed
    "description",
    "authors",  # persons
    "organisations",  # bodies named in the byline
    "contributors",
    "published",
    "updated",
    "site_name",
    "canonical_url",
    "section",
    "language",
    "notes",  # corrections and editor's notes
    "paywall",
    "live",
    "producer",  # the program that wrote the file
    "creator_tool",  # the program that the document was made with
    "keywords",
]
"""Dates are ISO 8601 with exactly the precision and zone that the page gives."""

MAX_EVIDENCE = 300
"""Characters of evidence text kept; the rest can be read in the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a value was read."""

    witness: str
    """Kind of place: json-ld, microdata, open-graph, meta, time-element, byline, heading, figure, link, text, url,
    http-header, exif, xmp, pdf-info …"""
    at: str
    """JSON pointer, XPath, header name or text span within that place."""
    text: str
    """The exact text that the value was read from, cut at ``MAX_EVIDENCE`` characters."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"witness": self.witness, "at": self.at, "text": self.text}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Evidence:
        """Read back."""
        reader = Reader(value, at)
        return cls(witness=reader.text("witness"), at=reader.text("at"), text=reader.text("text"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A value and its evidence."""

    value: str
    evidence: Evidence

    def to_json(self) -> JsonObject:
        """Canonical form: the evidence stands beside the value."""
        return {"value": self.value, **self.evidence.to_json()}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Claim:
        """Read back."""
        return cls(value=Reader(value, at).text("value"), evidence=Evidence.from_json(value, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One field after the claims about it were weighed."""

    values: tuple[Claim, ...] = ()
    """The winners, in order: one for a title, several for authors, none for unknown."""
    others: tuple[Claim, ...] = ()
    """The losers."""

    @property
    def value(self) -> str | None:
        """The first winner's value, or None for unknown."""
        return self.values[0].value if self.values else None

    @property
    def texts(self) -> tuple[str, ...]:
        """All winners' values."""
        return tuple(claim.value for claim in self.values)

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return without_nothing(
            {"values": [claim.to_json() for claim in self.values], "others": [claim.to_json() for claim in self.others]}
        )

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Settled:
        """Read back."""
        reader = Reader(value, at)
        return cls(values=reader.many("values", Claim.from_json), others=reader.many("others", Claim.from_json))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link inside a block of text."""

    url: str
    """Absolute, without fragment."""
    text: str

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"url": self.url, "text": self.text}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Link:
        """Read back."""
        reader = Reader(value, at)
        return cls(url=reader.text("url"), text=reader.text("text"))


def fields_to_json(fields: Mapping[str, Settled]) -> JsonObject:
    """The fields about which there is any claim, by name."""
    return {name: settled.to_json() for name, settled in sorted(fields.items()) if settled.values or settled.others}
