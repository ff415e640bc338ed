"""What runs remember between them, in ``.archivist/watch.json``: a cache, which may be lost without harm.

Of each page its history in short, so that a run need not read it from the catalog again; of each page and host that
could not be reached since when, so that it is told once and left alone for a while; and the wall clock, so that a
clock that is set back is seen.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace
from typing import Any, Final, get_args

from archivist.clock import parse_utc, utc_text
from archivist.errors import ArchivistError
from archivist.pipeline.discovery import Found, FoundPage
from archivist.pipeline.schedule import BACK_OFF, Health, Past
from archivist.workspace import Workspace

__all__ = ["Remembered", "Trouble", "load_remembered", "save_remembered"]

_FORMAT: Final = 1
_FILE: Final = "watch.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A page or a host that could not be reached."""

    since: dt.datetime
    failures: int
    """Runs in a row."""
    said: str
    """Why, the last time."""
    until: dt.datetime
    """It is left alone until then."""

    @classmethod
    def after(
        cls, before: Trouble | None, *, now: dt.datetime, said: str, wait: dt.timedelta = dt.timedelta()
    ) -> Trouble:
        """The trouble after one more failure.

        Args:
            before: what it was.
            now: the moment.
            said: why.
            wait: for how long the host asked to be left alone.
        """
        failures = before.failures + 1 if before else 1
        back_off = BACK_OFF[min(failures, len(BACK_OFF)) - 1]
        return cls(since=before.since if before else now, failures=failures, said=said, until=now + max(back_off, wait))


@dataclass(slots=True, kw_only=True)
class Remembered:
    """All of it."""

    at: dt.datetime | None = None
    """The wall clock when it was written."""
    pasts: dict[str, Past] = field(default_factory=dict)
    """By article key."""
    troubles: dict[str, Trouble] = field(default_factory=dict)
    """By article key or host."""
    found: dict[str, Found] = field(default_factory=dict)
    """By the key of a listing: what it named."""

    def set_back(self, now: dt.datetime) -> bool:
        """Moments are as if the clock had always been as it is now; whether it has been set back.

        What lay ahead lies ahead as far as before: nothing is due twice, and nothing waits for the old hour to come
        again.
        """
        if self.at is None or now >= self.at:
            return False
        by = self.at - now
        self.pasts = {key: replace(past, last=past.last - by) for key, past in self.pasts.items()}
        self.troubles = {
            key: replace(trouble, since=trouble.since - by, until=trouble.until - by)
            for key, trouble in self.troubles.items()
        }
        self.at = now
        return True


def load_remembered(workspace: Workspace) -> Remembered:
    """What is remembered; nothing where there is no such file, or none that can be read."""
    try:
        return _read(json.loads(workspace.disk.read(workspace.layout.cache / _FILE)))
    except (ArchivistError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return Remembered()


def save_remembered(workspace: Workspace, remembered: Remembered, *, now: dt.datetime) -> None:
    """It is on disk. The archive's lock is held by the caller.

    Raises:
        DiskFailed: the disk would not.
    """
    remembered.at = now
    value = {
        "format": _FORMAT,
        "at": utc_text(now),
        "pasts": {key: _past_json(past) for key, past in remembered.pasts.items()},
        "troubles": {
            key: [utc_text(each.since), each.failures, each.said, utc_text(each.until)]
            for key, each in remembered.troubles.items()
        },
        "found": {
            key: [each.number, each.sha256, each.problem, _pages_json(each)] for key, each in remembered.found.items()
        },
    }
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    workspace.disk.replace(workspace.layout.cache / _FILE, data)


def _past_json(past: Past) -> list[object]:
    seconds = [each.total_seconds() for each in (past.age, past.watched, past.quiet)]
    edits = [edit.total_seconds() for edit in past.edits]
    return [past.number, utc_text(past.last), *seconds, edits, past.health, past.faults]


def _read(value: Any) -> Remembered:  # noqa: ANN401  # a cache: what is not as it should be is as good as lost
    if value["format"] != _FORMAT:
        return Remembered()
    return Remembered(
        at=parse_utc(value["at"]),
        pasts={str(key): _past(each) for key, each in value["pasts"].items()},
        troubles={
            str(key): Trouble(since=parse_utc(since), failures=int(failures), said=str(said), until=parse_utc(until))
            for key, (since, failures, said, until) in value["troubles"].items()
        },
        found={str(key): _found(each) for key, each in value.get("found", {}).items()},
    )


def _pages_json(found: Found) -> dict[str, object]:
    return {url: [utc_text(page.since), page.is_sitemap] for url, page in found.pages.items()}


def _found(value: Any) -> Found:  # noqa: ANN401  # as above
    number, sha256, problem, pages = value
    return Found(
        number=int(number),
        sha256=str(sha256),
        problem=str(problem),
        pages={
            str(url): FoundPage(since=parse_utc(since), is_sitemap=bool(is_sitemap))
            for url, (since, is_sitemap) in pages.items()
        },
    )


def _past(value: Any) -> Past:  # noqa: ANN401  # as above
    number, last, age, watched, quiet, edits, health, faults = value
    healths: dict[str, Health] = {each: each for each in get_args(Health)}
    return Past(
        number=int(number),
        last=parse_utc(last),
        age=dt.timedelta(seconds=age),
        watched=dt.timedelta(seconds=watched),
        quiet=dt.timedelta(seconds=quiet),
        edits=tuple(dt.timedelta(seconds=edit) for edit in edits),
        health=healths[health],
        faults=int(faults),
    )
