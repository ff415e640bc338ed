"""Telling people: every channel gets every notice that it wants, in the order of the log, at least once.

How far each channel has come stands in ``.archivist/notify.json``, by the statement up to which all was delivered: a
cache. Where it is lost, a channel begins with the run that misses it.

None of this is done while pages are saved: a program that hangs keeps no page from being saved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from archivist.clock import utc_text
from archivist.errors import ArchivistError, Locked
from archivist.model.channel import Channel
from archivist.model.json import Json, JsonObject, Reader, without_nothing
from archivist.store.channels import read_channels
from archivist.store.lock import Lock
from archivist.workspace import Workspace

if TYPE_CHECKING:
    from archivist.pipeline.notices import Notices
    from archivist.pipeline.watching import Page

__all__ = ["Failing", "Notifier", "Told", "failing_channels"]

_FILE: Final = "notify.json"
_FORMAT: Final = 1
_SECONDS: Final = 60.0
"""Of one run for one channel; what is left then waits for the next run."""
_BATCH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of telling."""

    delivered: int = 0
    failed: Mapping[str, str] = field(default_factory=dict)
    """Channels that did not take a notice, and why; the next run tries again."""
    news: frozenset[str] = frozenset()
    """Those of them that took the last one."""
    waiting: tuple[str, ...] = ()
    """Channels that get the rest in the next run, because their time was up."""

    def to_json(self) -> JsonObject:
        """In the summary of ``run --json``."""
        return {
            "delivered": self.delivered,
            **without_nothing({"failed": dict(self.failed), "waiting": list(self.waiting)}),
        }


@dataclass(slots=True, kw_only=True)
class _State:
    """Of one channel."""

    upto: str
    """Id of the statement up to which all was delivered; empty for the beginning."""
    failing_since: str | None = None
    said: str | None = None
    """Why it fails."""

    def to_json(self) -> JsonObject:
        return {"upto": self.upto, **without_nothing({"failing_since": self.failing_since, "said": self.said})}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> _State:
        reader = Reader(value, at)
        return cls(
            upto=reader.text("upto"),
            failing_since=reader.text_or_none("failing_since"),
            said=reader.text_or_none("said"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A channel that did not take the last notice."""

    since: str
    said: str

    def to_json(self) -> JsonObject:
        """In ``status --json``."""
        return {"since": self.since, "said": self.said}


def failing_channels(workspace: Workspace) -> dict[str, Failing]:
    """The channels of the settings that fail, by their labels, as the runs remember; nothing is changed.

    Raises:
        UsageError: a ``[[notify]]`` table is wrong; the message names the line.
    """
    channels = read_channels(workspace.layout.root)
    known = _load(workspace) if channels else {}
    return {
        channel.label: Failing(since=state.failing_since, said=state.said or "it did not take the last notice")
        for channel in channels
        if (state := known.get(channel.key)) is not None and state.failing_since is not None
    }


class Notifier:
    """The channels of an archive; made before a run saves anything, so that a new channel begins there.

    Args:
        workspace: the archive, whose lock is held.

    Raises:
        UsageError: a ``[[notify]]`` table is wrong; the message names the line.
        DiskFailed: the disk would not.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._channels = read_channels(workspace.layout.root)
        _, self._begin = workspace.catalog.last_statement()
        if workspace.is_interrupted:
            workspace.close_catalog()  # what is mended now is not in it
        self._told = 0
        self._failed: dict[str, str] = {}
        self._news: set[str] = set()
        self._waiting: list[str] = []
        if self._channels and _load(workspace).keys() != {each.key for each in self._channels}:
            try:
                with self._lock():
                    self._save(self._states())
            except Locked:
                return  # it is saved with the first delivery

    def tell(self, pages: Mapping[str, Page], *, is_offline: bool = False) -> Told:
        """The feed is written, and all that is due is delivered, as far as the channels take it.

        Args:
            pages: what is watched, by article.
            is_offline: the feed alone is written; the channels wait for the next run.

        Raises:
            DiskFailed: the disk would not.
        """
        from archivist.pipeline.feed import write_feed  # noqa: PLC0415  # loaded when the pages are saved
        from archivist.pipeline.notices import Notices  # noqa: PLC0415

        notices = Notices(self._workspace, pages=pages)
        try:
            with self._lock():
                write_feed(self._workspace, notices)
                if not is_offline:
                    self._tell_all(notices)
        except Locked:
            # Another run is telling: it, or the next one, tells of this one, too.
            return Told()
        return Told(
            delivered=self._told,
            failed=dict(self._failed),
            news=frozenset(self._news),
            waiting=tuple(self._waiting),
        )

    def _tell_all(self, notices: Notices) -> None:
        if not self._channels:
            return
        states = self._states()
        before = {key: state.to_json() for key, state in states.items()}
        for channel in self._channels:
            self._go_on(channel, states, notices)
        if before != {key: state.to_json() for key, state in states.items()}:
            self._save(states)

    def _go_on(self, channel: Channel, states: dict[str, _State], notices: Notices) -> None:
        """The channel gets what it has not got yet, until one is refused or its time is up."""
        clock, catalog, state = self._workspace.clock, self._workspace.catalog, states[channel.key]
        begun = clock.monotonic()
        end, last = catalog.last_statement()
        after = catalog.position(state.upto) + 1 if state.upto else 0
        while batch := [row for row in catalog.stirred(after=after, limit=_BATCH) if row.position <= end]:
            for row in batch:
                notice = notices.of(row)
                if notice is None or not channel.wants(notice):
                    continue
                if clock.monotonic() - begun > _SECONDS:
                    self._waiting.append(channel.label)
                    return
                from archivist.notify.deliver import deliver  # noqa: PLC0415  # seldom is there something to tell

                why = deliver(
                    channel, notice, root=self._workspace.layout.root.absolute(), environ=self._workspace.environ
                )
                if why is not None:
                    self._fail(channel, state, why)
                    return
                self._told += 1
                state.upto, state.failing_since, state.said = row.id, None, None
                self._save(states)
            after = batch[-1].position
        state.upto = last

    def _fail(self, channel: Channel, state: _State, why: str) -> None:
        self._failed[channel.label] = state.said = why
        if state.failing_since is None:
            self._news.add(channel.label)
            state.failing_since = utc_text(self._workspace.clock.now())

    def _states(self) -> dict[str, _State]:
        """Of the channels of today; a new one, or one of another log, begins with this run."""
        known, catalog = _load(self._workspace), self._workspace.catalog
        states = {}
        for channel in self._channels:
            state = known.get(channel.key)
            is_usable = state is not None and (not state.upto or catalog.statement_path(state.upto) is not None)
            states[channel.key] = state if state is not None and is_usable else _State(upto=self._begin)
        return states

    def _save(self, states: Mapping[str, _State]) -> None:
        value = {"format": _FORMAT, "channels": {key: state.to_json() for key, state in states.items()}}
        self._workspace.disk.replace(self._workspace.layout.cache / _FILE, json.dumps(value).encode())

    def _lock(self) -> Lock:
        layout = self._workspace.layout
        return Lock(layout, clock=self._workspace.clock, path=layout.cache / "notify.lock")


def _load(workspace: Workspace) -> dict[str, _State]:
    try:
        reader = Reader(json.loads(workspace.disk.read(workspace.layout.cache / _FILE)))
        return reader.mapping("channels", _State.from_json) if reader.number("format") == _FORMAT else {}
    except (ArchivistError, ValueError, RecursionError):
        return {}
