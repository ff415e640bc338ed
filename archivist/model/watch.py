"""A watch: one address that is looked at again and again, as a ``[[watch]]`` table of ``archivist.toml`` has it.

A table is never changed: a later one of the same address takes its place, and one with ``ended`` ends it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal, TypeAlias, get_args

from archivist.errors import UsageError
from archivist.model.json import JsonObject, without_nothing
from archivist.model.url import key_of, parse_url

__all__ = [
    "Follow",
    "Kind",
    "Watch",
    "WrongWatch",
    "duration_text",
    "in_force",
    "parse_duration",
    "parse_every",
    "read_watch",
]

Kind: TypeAlias = Literal["article", "feed", "sitemap", "section"]
"""What stands at the address: an article, or what lists articles, which are found and watched by themselves."""
Follow: TypeAlias = Literal["pdf", "all"]
"""Which documents that an article links are watched beside it: PDF files, or all kinds."""

ADAPTIVE: Final = "adaptive"
_UNITS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400}
_NAMED: Final = {"hourly": "1h", "daily": "1d", "weekly": "1w"}
_DURATION: Final = re.compile(r"([1-9][0-9]{0,8})\s*([smhdw])")
_LONGEST: Final = dt.timedelta(days=3_660)
_SHORTEST: Final = dt.timedelta(minutes=1)
_LONGEST_PATTERN: Final = 500
_TAG: Final = re.compile(r"[^\x00-\x1f\x7f,]{1,80}")


class WrongWatch(UsageError):
    """A table is no watch; ``key`` is the entry that is wrong, or empty for the whole table."""

    def __init__(self, message: str, *, key: str = "", hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One address and how it is watched."""

    url: str
    """Normalised."""
    kind: Kind = "article"
    every: dt.timedelta | None = None
    """A fixed time between two looks; None: history decides."""
    tags: tuple[str, ...] = ()
    follow: tuple[Follow, ...] = ()
    pattern: str | None = None
    """Of a listing: a glob over the addresses or paths of the articles that are wanted of it."""
    until: dt.timedelta | None = None
    """How long it is watched, from ``since``; None: for ever. Of a listing: how long each article that it names is."""
    since: dt.datetime | None = None
    """When it was added."""
    ended: dt.datetime | None = None
    """When it was taken off the list."""

    @property
    def key(self) -> str:
        """Of the article."""
        return key_of(self.url)

    @property
    def is_listing(self) -> bool:
        """Whether articles are found in it."""
        return self.kind != "article"

    def is_over(self, now: dt.datetime) -> bool:
        """Whether it is watched no more."""
        return (
            not self.is_listing and self.until is not None and self.since is not None and now >= self.since + self.until
        )

    def is_like(self, other: Watch) -> bool:
        """Whether both ask for the same, whenever they were added."""
        return all(
            getattr(self, item.name) == getattr(other, item.name) for item in fields(self) if item.name != "since"
        )

    def to_toml(self) -> str:
        """The table, to be put behind a file."""
        entries: dict[str, object] = {
            "kind": self.kind if str(self.kind) != "article" else None,
            "every": duration_text(self.every) if self.every else None,
            "tags": list(self.tags),
            "follow": list(self.follow),
            "pattern": self.pattern,
            "until": duration_text(self.until) if self.until else None,
        }
        lines = ["[[watch]]", f"url = {json.dumps(self.url)}"]
        # What JSON writes of texts and lists of texts, TOML reads (1.0, basic strings).
        lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in entries.items() if value]
        moments = (("since", self.since), ("ended", self.ended))
        lines += [f"{name} = {moment:%Y-%m-%dT%H:%M:%SZ}" for name, moment in moments if moment]
        return "\n".join(lines) + "\n"

    def to_json(self) -> JsonObject:
        """As listed."""
        return {
            "url": self.url,
            "kind": self.kind,
            "every": duration_text(self.every) if self.every else ADAPTIVE,
            **without_nothing(
                {
                    "tags": list(self.tags),
                    "follow": list(self.follow),
                    "pattern": self.pattern,
                    "until": duration_text(self.until) if self.until else None,
                    "since": f"{self.since:%Y-%m-%dT%H:%M:%SZ}" if self.since else None,
                }
            ),
        }


def in_force(tables: Iterable[Watch]) -> dict[str, Watch]:
    """By key, the last word on each address that is watched; the order is that of the first words."""
    found: dict[str, Watch] = {}
    for watch in tables:
        if watch.ended is not None:
            found.pop(watch.key, None)
        else:
            found[watch.key] = watch
    return found


def read_watch(table: Mapping[str, object]) -> Watch:
    """The watch that a table of TOML is.

    Raises:
        WrongWatch: it is none; the error names the entry.
    """
    unknown = next((key for key in table if key not in _READERS), None)
    if unknown is not None:
        raise WrongWatch(
            f"{unknown[:40]} is no setting of a watch", key=unknown, hint=f"there are {', '.join(_READERS)}"
        )
    if "url" not in table:
        raise WrongWatch("the watch has no url")
    values = {}
    for key, value in table.items():
        try:
            values[key] = _READERS[key](value)
        except WrongWatch:
            raise
        except (UsageError, ValueError) as error:
            raise WrongWatch(f"{key}: {error}", key=key, hint=getattr(error, "hint", None)) from error
    if "pattern" in values and values.get("kind", "article") == "article":
        raise WrongWatch("pattern: only a feed, a sitemap or a section has one", key="pattern")
    return Watch(**values)  # type: ignore[arg-type]  # each reader gives the type of its field


def parse_duration(text: str) -> dt.timedelta:
    """The time that ``10m``, ``6h``, ``30d``, ``2w``, ``hourly``, ``daily`` or ``weekly`` says.

    Raises:
        ValueError: it says none, or more than ten years.
    """
    found = _DURATION.fullmatch(_NAMED.get(text.strip().lower(), text.strip().lower()))
    length = dt.timedelta(seconds=int(found[1]) * _UNITS[found[2]]) if found else None
    if length is None or length > _LONGEST:
        raise ValueError(f"{text[:40]!r} is no length of time such as 30m, 6h, 7d or 2w")
    return length


def duration_text(length: dt.timedelta) -> str:
    """The shortest text that ``parse_duration`` reads so: ``90m``, ``6h``, ``7d``."""
    seconds = round(length.total_seconds())
    unit = next(unit for unit in ("d", "h", "m", "s") if seconds % _UNITS[unit] == 0)
    return f"{seconds // _UNITS[unit]}{unit}"


def _url(value: object) -> str:
    return parse_url(_text(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{str(value)[:40]!r} should be a text")  # noqa: TRY004  # all that is wrong is told alike
    return value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise ValueError(f"{str(value)[:40]!r} should be a list of texts")  # noqa: TRY004  # as above
    return tuple(dict.fromkeys(map(_text, value)))


def _tags(value: object) -> tuple[str, ...]:
    tags = _texts(value)
    for tag in tags:
        if not _TAG.fullmatch(tag):
            raise ValueError(f"{tag[:40]!r} is no tag: up to 80 characters, without commas")
    return tags


def _kind(value: object) -> str:
    return _one_of(value, get_args(Kind))


def _follow(value: object) -> tuple[str, ...]:
    return tuple(_one_of(each, get_args(Follow)) for each in _texts(value))


def _pattern(value: object) -> str:
    text = _text(value)
    if not text or len(text) > _LONGEST_PATTERN or not text.isprintable():
        raise ValueError(f"{text[:40]!r} is no pattern of addresses, such as /news/*")
    return text


def _one_of(value: object, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise ValueError(f"{str(value)[:40]!r} should be {' or '.join(choices)}")
    return str(value)


def parse_every(text: str) -> dt.timedelta | None:
    """The time between two looks; None: history decides.

    Raises:
        ValueError: it is none, or less than a minute.
    """
    if text == ADAPTIVE:
        return None
    length = parse_duration(text)
    if length < _SHORTEST:
        raise ValueError(f"{text!r} is less than a minute")
    return length


def _every(value: object) -> dt.timedelta | None:
    return parse_every(_text(value))


def _duration(value: object) -> dt.timedelta:
    return parse_duration(_text(value))


def _moment(value: object) -> dt.datetime:
    if not isinstance(value, dt.datetime):
        raise ValueError(f"{str(value)[:40]!r} should be a moment, such as 2026-11-24T16:00:00Z")  # noqa: TRY004
    return value if value.tzinfo else value.replace(tzinfo=dt.UTC)


_READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "url": _url,
    "kind": _kind,
    "every": _every,
    "tags": _tags,
    "follow": _follow,
    "pattern": _pattern,
    "until": _duration,
    "since": _moment,
    "ended": _moment,
}
