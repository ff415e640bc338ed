"""What a feed, a sitemap or a section page lists: addresses of articles, newest first as they stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from archivist.model.json import Json, JsonObject, Reader, without_nothing

__all__ = ["MAX_LISTED", "Listed", "Listing", "ListingKind"]

ListingKind: TypeAlias = Literal["feed", "sitemap", "section"]
"""What stands at an address: RSS, Atom or JSON Feed; a sitemap or an index of sitemaps; a page that links articles."""

MAX_LISTED: Final = 2_000
"""Entries of one listing that are read. A news sitemap may have 1,000, and feeds have twenty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry."""

    url: str
    """Normalised."""
    title: str | None = None
    changed: str | None = None
    """When the listing says that it was published or changed, as written there."""

    def to_json(self) -> JsonObject:
        """As the confined reader hands it over."""
        return {"url": self.url, **without_nothing({"title": self.title, "changed": self.changed})}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Listed:
        """Read back."""
        reader = Reader(value, at)
        return cls(url=reader.text("url"), title=reader.text_or_none("title"), changed=reader.text_or_none("changed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All of them."""

    articles: tuple[Listed, ...] = ()
    sitemaps: tuple[Listed, ...] = ()
    """Of an index of sitemaps: those that it names, the newest first."""
    problem: str | None = None
    """Why the rest was not read."""

    def to_json(self) -> JsonObject:
        """As the confined reader hands it over."""
        return {
            "articles": [each.to_json() for each in self.articles],
            "sitemaps": [each.to_json() for each in self.sitemaps],
            **without_nothing({"problem": self.problem}),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Listing:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            articles=reader.many("articles", Listed.from_json),
            sitemaps=reader.many("sitemaps", Listed.from_json),
            problem=reader.text_or_none("problem"),
        )
