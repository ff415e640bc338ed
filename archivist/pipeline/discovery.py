"""Articles that watched feeds, sitemaps and section pages list.

They are read out of what was captured of these, and remembered in the cache alone: where that is lost, the captures of
the last month are read again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from archivist.catalog.rows import SnapshotRow
from archivist.clock import read_utc
from archivist.errors import ArchivistError
from archivist.model.listing import Listed, Listing
from archivist.model.url import key_of
from archivist.model.watch import Kind, Watch

if TYPE_CHECKING:
    from archivist.sandbox import Sandbox
    from archivist.workspace import Workspace

__all__ = ["Found", "FoundPage", "discover", "found_watches"]

QUIET: Final = dt.timedelta(days=30)
"""How long an article that was found is watched, unless the watch of its feed says otherwise: of the edits that anybody
counted nearly none come later, and ``watch`` keeps the one that matters for longer."""
_MOST: Final = 500
"""Articles that one look at a listing adds: a news sitemap at its first look, and hardly an honest feed."""
_SITEMAPS: Final = 3
"""Of an index of sitemaps, the newest that are looked at; the others list what is old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """An address that a listing named."""

    since: dt.datetime
    """When it was captured with the address in it first."""
    is_sitemap: bool = False


@dataclass(slots=True, kw_only=True)
class Found:
    """What came of one listing."""

    number: int = 0
    """Of its snapshots that were read."""
    sha256: str = ""
    """Of the payload that was read last."""
    pages: dict[str, FoundPage] = field(default_factory=dict)
    """By address; those that have fallen quiet are dropped."""
    problem: str = ""
    """Why the last capture lists nothing, or not all."""


def found_watches(watch: Watch, found: Found) -> Iterator[Watch]:
    """The watches that a listing's own brings about."""
    for url, page in found.pages.items():
        kind: Kind = "sitemap" if page.is_sitemap else "article"
        until = watch.until if page.is_sitemap else watch.until or QUIET
        pattern = watch.pattern if page.is_sitemap else None
        yield replace(watch, url=url, kind=kind, pattern=pattern, since=page.since, until=until)


def discover(workspace: Workspace, watch: Watch, found: Found, *, now: dt.datetime) -> None:
    """What the listing named since it was read last is found, too; damage is said in ``found.problem``.

    Args:
        workspace: the archive.
        watch: of the listing.
        found: what is known; changed in place.
        now: the moment.
    """
    length = watch.until or QUIET
    rows = workspace.catalog.history(watch.key)
    unread = [row for row in rows[found.number :] if read_utc(row.started) >= now - length]
    found.number = len(rows)
    with ExitStack() as stack:
        sandbox: Sandbox | None = None
        for row in unread:
            if row.page_sha256 in {None, found.sha256} or row.verdict == "error":
                continue
            if sandbox is None:
                from archivist.sandbox import Sandbox  # noqa: PLC0415  # only where there is something to read

                sandbox = stack.enter_context(Sandbox(workspace.settings.read))
            found.problem = ""
            try:
                listing = _listing(workspace, row, watch, sandbox)
            except ArchivistError as error:
                found.problem = str(error)
                continue
            found.sha256 = row.page_sha256 or ""
            found.problem = listing.problem or ""
            _take(listing, found, watch, at=min(read_utc(row.started), now), quiet_before=now - length)
    found.pages = {url: page for url, page in found.pages.items() if page.is_sitemap or page.since >= now - length}


def _listing(workspace: Workspace, row: SnapshotRow, watch: Watch, sandbox: Sandbox) -> Listing:
    from archivist.pipeline.reading import joined, recorded  # noqa: PLC0415  # as above
    from archivist.wire.codings import decode  # noqa: PLC0415

    page = workspace.load_snapshot(row).page
    if page is None:
        return Listing(problem="nothing was captured at the address")
    answer, limit = recorded(page, workspace.reader), workspace.settings.read.max_page
    decoded = decode(joined(answer.payload, limit), answer.coding, max_bytes=limit)
    content_type = answer.head.get("content-type")
    listing = sandbox.listing(decoded.data, url=page.uri, content_type=content_type, pattern=watch.pattern)
    nothing = None if listing.articles or listing.sitemaps else "it names no article"
    return replace(listing, problem=listing.problem or decoded.problem or nothing)


def _take(listing: Listing, found: Found, watch: Watch, *, at: dt.datetime, quiet_before: dt.datetime) -> None:
    named = {key_of(each) for each in found.pages} | {watch.key}
    added = 0
    for each in listing.articles:
        if key_of(each.url) in named or _is_older(each, quiet_before):
            continue
        if added == _MOST:
            found.sha256 = ""  # the others are taken by the next look, whether it has changed or not
            break
        found.pages[each.url] = FoundPage(since=at)
        named.add(key_of(each.url))
        added += 1
    if watch.kind == "sitemap":
        current = {each.url for each in listing.sitemaps[:_SITEMAPS] if key_of(each.url) != watch.key}
        kept = {url: page for url, page in found.pages.items() if not page.is_sitemap or url in current}
        found.pages = kept | {url: FoundPage(since=at, is_sitemap=True) for url in sorted(current - set(kept))}


def _is_older(listed: Listed, moment: dt.datetime) -> bool:
    """Whether the listing itself says that the article has been quiet for that long."""
    text = listed.changed or ""
    said: dt.datetime | None = None
    try:
        said = dt.datetime.fromisoformat(text)
    except ValueError:
        try:
            said = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError):
            return False
    said = said if said.tzinfo else said.replace(tzinfo=dt.UTC)
    return said < moment
