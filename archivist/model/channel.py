"""A channel: somebody or something that is told of edits, as a ``[[notify]]`` table of ``archivist.toml`` has it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from archivist.errors import UsageError
from archivist.model.change import VerdictKind
from archivist.model.notice import CLASSES, Notice, NoticeKind
from archivist.model.watch import parse_duration

__all__ = ["Channel", "WrongChannel", "read_channel"]

_LONGEST: Final = dt.timedelta(minutes=10)
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f]{1,80}")
_VARIABLE: Final = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+")
_CLASSES: Final = {each.removesuffix("_changed"): each for each in CLASSES} | {each: each for each in CLASSES}
"""Both ``headline`` and ``headline_changed``."""


class WrongChannel(UsageError):
    """A table is no channel; ``key`` is the entry that is wrong, or empty for the whole table."""

    def __init__(self, message: str, *, key: str = "", hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.key = key


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where notices go, and which."""

    command: tuple[str, ...] = ()
    """A program and its arguments."""
    apprise: str = ""
    """An address of Apprise, or ``env:NAME`` of the variable that holds it: addresses hold passwords."""
    name: str = ""
    timeout: dt.timedelta = dt.timedelta(seconds=30)
    """For one notice."""
    kinds: frozenset[NoticeKind] = frozenset(get_args(NoticeKind))
    classes: frozenset[str] = frozenset()
    """One of them at least; empty for any."""
    verdicts: frozenset[VerdictKind] = frozenset()
    tags: frozenset[str] = frozenset()
    min_words: int = 0

    @property
    def key(self) -> str:
        """What its position is remembered by: its name, else where it leads, without telling a password."""
        if self.name:
            return self.name
        target = json.dumps([*self.command, self.apprise]).encode("utf-8", "surrogatepass")
        return f"sha256:{hashlib.sha256(target).hexdigest()[:32]}"

    @property
    def label(self) -> str:
        """What people are told that it is."""
        if self.name:
            return self.name
        if self.command:
            return self.command[0]
        return self.apprise if self.apprise.startswith("env:") else f"{self.apprise.partition(':')[0]}://…"

    def wants(self, notice: Notice) -> bool:
        """Whether the notice goes there. What is said of edits holds of edits: a page that is gone has no words."""
        if notice.kind not in self.kinds or (self.tags and not self.tags.intersection(notice.tags)):
            return False
        if notice.kind == "gone":
            return True
        return (
            (not self.classes or bool(self.classes.intersection(notice.classes)))
            and (not self.verdicts or notice.verdict in self.verdicts)
            and notice.words >= self.min_words
        )


def read_channel(table: Mapping[str, object]) -> Channel:
    """The channel that a table of TOML is.

    Raises:
        WrongChannel: it is none; the error names the entry.
    """
    unknown = next((key for key in table if key not in _READERS), None)
    if unknown is not None:
        raise WrongChannel(
            f"{unknown[:40]} is no setting of a channel", key=unknown, hint=f"there are {', '.join(_READERS)}"
        )
    if ("command" in table) == ("apprise" in table):
        raise WrongChannel(
            "a channel has either a command or an apprise address", hint='command = ["/path/to/program"]'
        )
    values = {}
    for key, value in table.items():
        try:
            values[key] = _READERS[key](value)
        except ValueError as error:
            raise WrongChannel(f"{key}: {error}", key=key) from error
    return Channel(**values)  # type: ignore[arg-type]  # each reader gives the type of its field


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{str(value)[:40]!r} should be a text")  # noqa: TRY004  # all that is wrong is told alike
    return value


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"{str(value)[:40]!r} should be a list of texts")
    return list(map(_text, value))


def _command(value: object) -> tuple[str, ...]:
    words = _texts(value)
    if not words[0] or any("\0" in word for word in words):
        raise ValueError("should be a program and its arguments")
    return tuple(words)


def _apprise(value: object) -> str:
    text = _text(value)
    if not _VARIABLE.fullmatch(text) and not _ADDRESS.fullmatch(text):
        # It may hold a password: it is not repeated.
        raise ValueError("should be an address, such as mailto://…, or env:NAME of the variable that holds it")
    return text


def _name(value: object) -> str:
    text = _text(value)
    if not _NAME.fullmatch(text) or text.startswith("sha256:"):
        raise ValueError(f"{text[:40]!r} is no name: one line of up to 80 characters")
    return text


def _timeout(value: object) -> dt.timedelta:
    length = parse_duration(_text(value))
    if length > _LONGEST:
        raise ValueError("should be 10m at most")
    return length


def _classes(value: object) -> frozenset[str]:
    return frozenset(_CLASSES[_one_of(each, tuple(_CLASSES))] for each in _texts(value))


def _kinds(value: object) -> frozenset[str]:
    return frozenset(_one_of(each, get_args(NoticeKind)) for each in _texts(value))


def _verdicts(value: object) -> frozenset[str]:
    return frozenset(_one_of(each, get_args(VerdictKind)) for each in _texts(value))


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        shown = [each for each in choices if not each.endswith("_changed")]
        raise ValueError(f"{value[:40]!r} should be one of {', '.join(shown)}")
    return value


def _tags(value: object) -> frozenset[str]:
    return frozenset(_texts(value))


def _words(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{str(value)[:40]!r} should be a whole number")
    return value


_READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "command": _command,
    "apprise": _apprise,
    "name": _name,
    "timeout": _timeout,
    "kinds": _kinds,
    "classes": _classes,
    "verdicts": _verdicts,
    "tags": _tags,
    "min_words": _words,
}
