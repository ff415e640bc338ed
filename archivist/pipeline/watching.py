"""The watchlist held against the archive: which pages there are to look at, and when each is looked at next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from archivist.catalog.rows import LookRow
from archivist.clock import read_utc
from archivist.model.url import host_of, key_of
from archivist.model.watch import Watch, in_force
from archivist.pipeline.discovery import Found, discover, found_watches
from archivist.pipeline.remembered import Remembered, Trouble, load_remembered
from archivist.pipeline.schedule import EARLY, Check, Habits, Health, Past, Plan, next_check, past_of
from archivist.store.watches import read_watches
from archivist.workspace import Workspace

__all__ = ["Page", "Watched", "Watching", "check_of", "health_of"]

_GONE: Final = frozenset({404, 410})
_EARLY_SHARE: Final = 5
"""A page that is looked at every few minutes is early by the fifth part of them at most."""
_WELL: Final = frozenset({"article", "page", "not-html"})
_PDF: Final = frozenset({"application/pdf", "application/x-pdf"})
_DOCUMENT_SHORTEST: Final = dt.timedelta(days=1)
_DOCUMENT_LONGEST: Final = dt.timedelta(days=7)
_LISTING_SHORTEST: Final = dt.timedelta(minutes=10)
_LISTING_LONGEST: Final = dt.timedelta(hours=3)
_LISTING_SHARE: Final = 4
"""A listing is looked at again after a quarter of the time since it changed last: what it names is edited early."""
_DOCUMENT_SHARE: Final = 10
"""A document is looked at again after a tenth of the time since it changed last: it knows no first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Something to look at."""

    url: str
    key: str
    watch: Watch
    parent: str | None = None
    """Key of the article that links it, where it is a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A page with what is known of it."""

    page: Page
    past: Past | None
    plan: Plan
    trouble: Trouble | None
    """Its own, or its host's."""
    unread: str = ""
    """Of a list of articles: why its last capture names nothing, or not all that it should."""

    def is_due(self, now: dt.datetime) -> bool:
        """Whether it is to be looked at."""
        every = self.page.watch.every
        return self.plan.at - (min(EARLY, every / _EARLY_SHARE) if every else EARLY) <= now


class Watching:
    """The pages of the watchlist, each with its history and its next look.

    Args:
        workspace: the archive.

    Raises:
        UsageError: the watchlist is wrong; the message names the line.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.now = workspace.clock.now()
        watches = in_force(read_watches(workspace.layout.root))
        self._watches = {key: watch for key, watch in watches.items() if not watch.is_over(self.now)}
        self.remembered: Remembered = load_remembered(workspace)
        self.remembered.set_back(self.now)
        self._habits: dict[str, Habits] = {}
        self.turned: list[tuple[Watch, str]] = []
        """Lists of articles that cannot be read any more, and why, or that can be read again (an empty text)."""

    @cached_property
    def pages(self) -> dict[str, Page]:
        """By key: those of the watchlist in its order, what its listings name, then documents that articles link."""
        watches = dict(self._watches)
        for key, watch in self._listings():
            for each in found_watches(watch, self.remembered.found.get(key) or Found()):
                if not each.is_over(self.now):
                    watches.setdefault(each.key, each)
        pages = {key: Page(url=watch.url, key=key, watch=watch) for key, watch in watches.items()}
        for key, watch in watches.items():
            for url in self._documents(key, watch):
                pages.setdefault(key_of(url), Page(url=url, key=key_of(url), watch=watch, parent=key))
        return pages

    def _listings(self) -> Iterator[tuple[str, Watch]]:
        """Feeds, sitemaps and sections: those of the watchlist, then the sitemaps that these name."""
        listings = {key: watch for key, watch in self._watches.items() if watch.is_listing}
        for key, watch in tuple(listings.items()):
            for each in found_watches(watch, self.remembered.found.get(key) or Found()):
                if each.is_listing:
                    listings.setdefault(each.key, each)
        yield from listings.items()

    def discover(self) -> bool:
        """Whether listings were captured that had not been read; now they are, and what they name is watched."""
        counts = self._workspace.catalog.looked()
        listings = dict(self._listings())
        unread = [key for key in listings if counts.get(key, 0) != self._found(key).number]
        for key in unread:
            found, before = self._found(key), self._found(key).problem
            discover(self._workspace, listings[key], found, now=self.now)
            if found.problem != before:
                self.turned.append((listings[key], found.problem))
        self.remembered.found = {key: each for key, each in self.remembered.found.items() if key in listings}
        if unread:
            self.read_again(())
        return bool(unread)

    def _found(self, key: str) -> Found:
        return self.remembered.found.setdefault(key, Found())

    def _documents(self, key: str, watch: Watch) -> Iterator[str]:
        if not watch.follow or watch.is_listing:
            return
        for url, media_type in self._workspace.catalog.linked(key):
            if "all" in watch.follow or media_type in _PDF:
                yield url

    @cached_property
    def watched(self) -> tuple[Watched, ...]:
        """Every page with its plan."""
        pasts = self._pasts()
        return tuple(self._watched(page, pasts) for page in self.pages.values())

    def due(self) -> list[Watched]:
        """The pages that are due, the longest due first."""
        return sorted((each for each in self.watched if each.is_due(self.now)), key=lambda each: each.plan.at)

    def read_again(self, keys: Sequence[str]) -> None:
        """These pages were looked at: their histories are those of the catalog."""
        self.__dict__.pop("watched", None)
        self.__dict__.pop("pages", None)
        self._habits.clear()
        for key in keys:
            self.remembered.pasts.pop(key, None)

    def _pasts(self) -> dict[str, Past]:
        """The history of every page that has one; what is remembered of it is of the catalog's number of looks."""
        catalog = self._workspace.catalog
        counts, known = catalog.looked(), self.remembered.pasts
        pasts = {}
        for key in self.pages:
            count = counts.get(key, 0)
            if not count:
                continue
            past = known.get(key)
            if past is None or past.number != count:
                past = past_of([check_of(row) for row in catalog.looks(key)])
            pasts[key] = past
        self.remembered.pasts = pasts
        kept = {host_of(page.url) for page in self.pages.values()} | set(self.pages)
        self.remembered.troubles = {key: each for key, each in self.remembered.troubles.items() if key in kept}
        return pasts

    def _watched(self, page: Page, pasts: dict[str, Past]) -> Watched:
        past = pasts.get(page.key)
        troubles = self.remembered.troubles
        trouble = troubles.get(page.key) or troubles.get(host_of(page.url))
        plan = self._document_plan(page, past, pasts) if page.parent else self._plan(page, past)
        if trouble is not None and trouble.until > plan.at:
            plan = Plan(at=trouble.until, why=trouble.said)
        found = self.remembered.found.get(page.key)
        return Watched(page=page, past=past, plan=plan, trouble=trouble, unread=found.problem if found else "")

    def _plan(self, page: Page, past: Past | None) -> Plan:
        if past is None:
            return Plan(at=min(page.watch.since or self.now, self.now), why="never looked at")
        if past.last > self.now:
            # The clock was set back, and nobody remembers by how much: once too often is better than never.
            return Plan(at=self.now, why="last looked at in the future")
        if page.watch.is_listing and page.watch.every is None:
            interval = min(max(past.quiet / _LISTING_SHARE, _LISTING_SHORTEST), _LISTING_LONGEST)
            return Plan(at=past.last + interval, why="a list of articles")
        return next_check(past, habits=self._of_host(host_of(page.url)), seed=page.key, every=page.watch.every)

    def _document_plan(self, page: Page, past: Past | None, pasts: dict[str, Past]) -> Plan:
        """A look at the article is one at its documents, too; when that is quiet or gone they go on by themselves."""
        with_article = pasts.get(page.parent or "")
        looks = [each.last for each in (past, with_article) if each is not None and each.health != "gone"]
        if not looks:
            return Plan(at=self.now, why="its article is gone")
        last = min(max(looks), self.now)
        quiet = past.quiet if past else dt.timedelta()
        interval = min(max(quiet / _DOCUMENT_SHARE, _DOCUMENT_SHORTEST), _DOCUMENT_LONGEST)
        return Plan(at=last + interval, why="a document that an article links")

    def _of_host(self, host: str) -> Habits:
        if not self._habits:
            by_host: dict[str, list[Past]] = {}
            for key, past in self.remembered.pasts.items():
                if key in self.pages and self.pages[key].watch.is_listing:
                    continue
                by_host.setdefault(host_of(key), []).append(past)
            self._habits = {name: Habits.of(pasts) for name, pasts in by_host.items()}
        return self._habits.get(host) or Habits()


def health_of(verdict: str, *, status: int | None, is_truncated: bool) -> Health:
    """What a snapshot tells about its page."""
    if verdict == "soft-404" or (verdict == "error" and status in _GONE):
        return "gone"
    if verdict == "paywall":
        return "walled"
    return "well" if verdict in _WELL and not is_truncated else "faulty"


def check_of(row: LookRow) -> Check:
    """A row of the catalog as the schedule sees it."""
    at = read_utc(row.started)
    claims = [moment for text in (row.published, row.updated) if text and (moment := _claimed(text)) is not None]
    return Check(
        at=at,
        fingerprint=row.fingerprint,
        health=health_of(row.verdict, status=row.status, is_truncated=row.is_truncated),
        claimed=max(claims, default=None),
    )


def _claimed(text: str) -> dt.datetime | None:
    """The moment that a page gives itself; a day alone is taken to its end."""
    try:
        moment = dt.datetime.fromisoformat(text)
        moment += dt.timedelta(days=len(text) <= 10)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
