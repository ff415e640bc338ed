"""The watchlist: what is looked at again and again, what was found, and when each is looked at next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archivist.clock import utc_text
from archivist.errors import NotFound
from archivist.model.json import JsonObject, without_nothing
from archivist.model.url import key_of, parse_url
from archivist.model.watch import Follow, Kind, Watch, in_force
from archivist.pipeline.watching import Watched, Watching
from archivist.store.watches import append_watches, read_watches
from archivist.workspace import Workspace

__all__ = ["Line", "add", "listing", "remove"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One page of the watchlist as it stands."""

    watched: Watched
    now: dt.datetime
    title: str | None

    @property
    def state(self) -> str:
        """In one word: new, well, gone, walled, faulty or failing."""
        if self.watched.trouble is not None:
            return "failing"
        past = self.watched.past
        if past is None:
            return "new"
        if self.watched.unread:
            return "faulty"
        return "faulty" if past.faults and past.health == "well" else past.health

    @property
    def is_due(self) -> bool:
        """Whether the next run looks at it."""
        return self.watched.is_due(self.now)

    @property
    def last_check(self) -> dt.datetime | None:
        """When it was looked at last."""
        return self.watched.past.last if self.watched.past else None

    @property
    def last_change(self) -> dt.datetime | None:
        """When a change was seen last."""
        past = self.watched.past
        return past.last - past.quiet if past and past.edits else None

    def to_json(self) -> JsonObject:
        """One line of ``watch --json``."""
        page, trouble, past = self.watched.page, self.watched.trouble, self.watched.past
        moments = {"last_check": self.last_check, "last_change": self.last_change}
        return {
            **page.watch.to_json(),
            "url": page.url,
            "kind": "document" if page.parent else page.watch.kind,
            "article": page.key,
            **without_nothing({"linked_by": page.parent, "title": self.title}),
            "state": self.state,
            "next_check": utc_text(self.watched.plan.at),
            "is_due": self.is_due,
            "why": self.watched.plan.why,
            **{name: utc_text(moment) if moment else None for name, moment in moments.items()},
            "checks": past.number if past else 0,
            "changes": len(past.edits) if past else 0,
            **without_nothing({"failing_since": utc_text(trouble.since) if trouble else None}),
            **without_nothing({"said": trouble.said if trouble else self.watched.unread}),
        }


def add(
    workspace: Workspace,
    urls: Sequence[str],
    *,
    every: dt.timedelta | None = None,
    tags: Sequence[str] = (),
    follow: Sequence[Follow] = (),
    until: dt.timedelta | None = None,
    kind: Kind = "article",
    pattern: str | None = None,
) -> tuple[Watch, ...]:
    """The addresses are on the watchlist; those that were not, or otherwise, are returned.

    Raises:
        UsageError: one of the addresses is none, or the watchlist is wrong.
        DiskFailed: the disk would not; the watchlist is as it was.
    """
    now = workspace.clock.now()
    known = in_force(read_watches(workspace.layout.root))
    wanted: dict[str, Watch] = {}
    for url in urls:
        watch = Watch(
            url=parse_url(url),
            kind=kind,
            every=every,
            tags=tuple(tags),
            follow=tuple(follow),
            pattern=pattern,
            until=until,
            since=now,
        )
        before = known.get(watch.key)
        if before is None or not before.is_like(watch):
            wanted[watch.key] = watch
    if wanted:
        append_watches(workspace.layout.root, tuple(wanted.values()))
    return tuple(wanted.values())


def remove(workspace: Workspace, urls: Sequence[str]) -> tuple[Watch, ...]:
    """The addresses are on the watchlist no more; what was saved of them stays.

    Raises:
        NotFound: one of them is not watched; none is taken off.
        DiskFailed: the disk would not; the watchlist is as it was.
    """
    now = workspace.clock.now()
    known = in_force(read_watches(workspace.layout.root))
    ended: dict[str, Watch] = {}
    for url in urls:
        watch = known.get(key_of(parse_url(url)))
        if watch is None:
            raise NotFound(f"{parse_url(url)} is not watched", hint="archivist watch lists what is")
        ended[watch.key] = replace(Watch(url=watch.url), ended=now)
    append_watches(workspace.layout.root, tuple(ended.values()))
    return tuple(ended.values())


def listing(workspace: Workspace, *, tags: Sequence[str] = ()) -> tuple[Line, ...]:
    """The watchlist, the page that is looked at next first.

    Args:
        workspace: the archive.
        tags: only pages that have one of these.

    Raises:
        UsageError: the watchlist is wrong; the message names the line.
    """
    watching = Watching(workspace)
    titles = {article.key: article.title for article in workspace.catalog.articles()}
    lines = [
        Line(watched=each, now=watching.now, title=titles.get(each.page.key))
        for each in watching.watched
        if not tags or set(tags) & set(each.page.watch.tags)
    ]
    return tuple(sorted(lines, key=lambda line: line.watched.plan.at))
