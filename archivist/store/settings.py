"""The settings in force: defaults, then files, then the environment, then the command line; each later one wins.

    [tool.archivist.fetch]     in pyproject.toml
    [fetch]                    in archivist.toml
    ARCHIVIST_FETCH_DELAY=2    in the environment, and the short forms ARCHIVIST_ALLOW and ARCHIVIST_ROBOTS

What is wrong is never passed over: the message names the place, the setting and what was expected.
"""

from __future__ import annotations

import difflib
import ipaddress
import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias, get_args

from archivist.errors import UsageError
from archivist.model.config import (
    SECTIONS,
    ArchiveSettings,
    FetchSettings,
    ReadSettings,
    RobotsPolicy,
    ScheduleSettings,
    Section,
    Settings,
    StampSettings,
)
from archivist.model.url import absolute
from archivist.model.watch import duration_text, parse_duration

__all__ = ["COMMAND_LINE", "FILE", "MAX_FILE", "Value", "load", "read_toml"]

Value: TypeAlias = "bool | str | int | float | tuple[str, ...] | Mapping[str, str]"

FILE: Final = "archivist.toml"
COMMAND_LINE: Final = "the command line"

_TOML = frozenset({FILE, "pyproject.toml"})

_PREFIX = "ARCHIVIST_"
_SHORT = {"ARCHIVIST_ALLOW": "fetch.allow", "ARCHIVIST_ROBOTS": "fetch.robots"}
_OTHER_TABLES = frozenset({"notify", "watch"})
"""What else stands in ``archivist.toml``, read by others."""
_MAY_BE_ZERO = frozenset(
    {
        "delay",
        "recheck",
        "retries",
        "max_retry_after",
        "max_redirects",
        "max_requisites",
        "max_documents",
        "max_urls",
    }
)
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
MAX_FILE = 1 << 24
"""Bytes: a watchlist of a hundred thousand addresses."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_KEY = re.compile(r"[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2}")
_WITNESS = re.compile(r"(?P<url>.+)=(?P<key>[^=]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2})")
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")


@dataclass(frozen=True, slots=True)
class _Given:
    """A value and where it was given."""

    name: str
    """``fetch.delay``."""
    value: object
    place: str
    """As recorded and shown: a file, a variable, the command line."""


def load(root: Path | None, *, environ: Mapping[str, str], overrides: Mapping[str, object]) -> Settings:
    """All settings in force, and the place that each comes from if it is not the default.

    Args:
        root: the archive's folder, where there is one.
        environ: the environment.
        overrides: what the command line says, by name (``fetch.delay``); None means that it says nothing.

    Raises:
        UsageError: a file cannot be read, or a name or a value is wrong.
    """
    values: dict[str, Value] = {}
    sources: dict[str, str] = {}
    for given in _all_given(root, environ, overrides):
        value = _read(given)
        if given.place == COMMAND_LINE and given.name in values:
            # What a person allows for once comes on top of what the settings allow always.
            before, value = value, _together(values[given.name], value)
            place = given.place if value == before else f"{sources[given.name]}, {COMMAND_LINE}"
            given = replace(given, place=place)  # noqa: PLW2901  # the value is of both
        values[given.name] = value
        sources[given.name] = given.place
    sections = {section: _section(section, values) for section in SECTIONS}
    fetch, read, archive, stamp = sections["fetch"], sections["read"], sections["archive"], sections["stamp"]
    schedule = sections["schedule"]
    assert isinstance(fetch, FetchSettings)
    assert isinstance(read, ReadSettings)
    assert isinstance(archive, ArchiveSettings)
    assert isinstance(stamp, StampSettings)
    assert isinstance(schedule, ScheduleSettings)
    return Settings(fetch=fetch, read=read, archive=archive, stamp=stamp, schedule=schedule, sources=sources)


def _together(before: Value, after: Value) -> Value:
    """Lists and tables grow; anything else is replaced."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        return (*before, *(item for item in after if item not in before))
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return {**before, **after}
    return after


def _section(section: str, values: Mapping[str, Value]) -> Section:
    chosen = {
        name.removeprefix(f"{section}."): value for name, value in values.items() if name.startswith(f"{section}.")
    }
    return SECTIONS[section](**chosen)  # type: ignore[arg-type]  # _read has given each the type of its default


def _all_given(root: Path | None, environ: Mapping[str, str], overrides: Mapping[str, object]) -> Iterator[_Given]:
    """All that is said anywhere, the strongest last."""
    if root is not None:
        tool = read_toml(root / "pyproject.toml").get("tool")
        ours = tool.get("archivist") if isinstance(tool, dict) else None
        yield from _tables(ours or {}, place="pyproject.toml", prefix="tool.archivist.")
        yield from _tables(read_toml(root / FILE), place=FILE, prefix="")
    yield from _variables(environ)
    for name, value in overrides.items():
        if value is not None:
            _check_name(name, place=COMMAND_LINE, spelt=str)
            yield _Given(name, value, COMMAND_LINE)


def _tables(tables: object, *, place: str, prefix: str) -> Iterator[_Given]:
    if not isinstance(tables, dict):
        raise UsageError(f"{place}: {prefix.rstrip('.')} should be a table")
    for section, table in tables.items():
        if section in _OTHER_TABLES:
            continue
        if section not in SECTIONS:
            raise _unknown(f"{prefix}{section}", [f"{prefix}{known}" for known in SECTIONS], place=place)
        if not isinstance(table, dict):
            raise UsageError(f"{place}: {prefix}{section} should be a table, [{prefix}{section}]")
        for key, value in table.items():
            name = f"{section}.{key}"
            _check_name(name, place=place, spelt=lambda known: f"{prefix}{known}")
            yield _Given(name, value, place)


def _variables(environ: Mapping[str, str]) -> Iterator[_Given]:
    # The short forms come first: they lose against the name in full.
    for variable, name in _SHORT.items():
        if variable in environ:
            yield _Given(name, environ[variable], variable)
    for variable in sorted(environ):
        section = variable.removeprefix(_PREFIX).partition("_")[0].lower()
        if variable.startswith(_PREFIX) and section in SECTIONS:
            name = f"{section}.{variable.removeprefix(f'{_PREFIX}{section.upper()}_').lower()}"
            _check_name(name, place="the environment", spelt=_variable, said=variable)
            yield _Given(name, environ[variable], variable)


def _variable(name: str) -> str:
    return f"{_PREFIX}{name.replace('.', '_').upper()}"


def _names() -> list[str]:
    return [f"{section}.{item.name}" for section, kind in SECTIONS.items() for item in fields(kind)]


def _check_name(name: str, *, place: str, spelt: Callable[[str], str], said: str | None = None) -> None:
    known = _names()
    if name not in known:
        raise _unknown(said or spelt(name), [spelt(each) for each in known], place=place)


def _unknown(said: str, known: list[str], *, place: str) -> UsageError:
    near = difflib.get_close_matches(said, known, n=1)
    return UsageError(
        f"{place}: {said[:80]} is no setting",
        hint=f"did you mean {near[0]}?" if near else "archivist config lists them all",
    )


def read_toml(path: Path) -> dict[str, object]:
    """What the file says; nothing where there is none.

    Raises:
        UsageError: it cannot be read, or is no TOML; the message names the line.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise UsageError(f"{path.name} is larger than {MAX_FILE} bytes, which no settings are")
        return _parsed_toml(data.decode("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is not UTF-8 at byte {error.start}") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path.name} is not TOML: {str(error).lower()}") from error


@lru_cache(maxsize=2)
def _parsed_toml(text: str) -> dict[str, object]:
    # A long watchlist takes a second, and is read beside the settings.
    return tomllib.loads(text)


def _read(given: _Given) -> Value:
    """The value in the type of its default."""
    section, _, key = given.name.partition(".")
    default = getattr(SECTIONS[section](), key)
    if given.name in _READERS:
        return _READERS[given.name](given)
    if isinstance(default, bool):
        return _flag(given)
    if isinstance(default, str):
        return _text(given)
    if isinstance(default, tuple):
        return tuple(_host(given, each) for each in _list(given))
    if isinstance(default, Mapping):
        return dict(_pair(given, name, value) for name, value in _mapping(given))
    return _number(given, is_whole=isinstance(default, int), may_be_zero=key in _MAY_BE_ZERO)


def _wrong(given: _Given, expected: str) -> UsageError:
    shown = f"{given.value!r}"
    where = given.name if given.place != _variable(given.name) and given.place not in _SHORT else "the value"
    return UsageError(f"{given.place}: {where} should be {expected}, not {shown[:80]}")


def _choice(given: _Given) -> str:
    choices = get_args(RobotsPolicy)
    if given.value not in choices:
        near = difflib.get_close_matches(str(given.value), choices, n=1)
        error = _wrong(given, " or ".join(choices))
        raise UsageError(str(error), hint=f"did you mean {near[0]}?" if near else None)
    return str(given.value)


def _flag(given: _Given) -> bool:
    if isinstance(given.value, bool):
        return given.value
    if given.place in _TOML or str(given.value).lower() not in _FLAGS:
        raise _wrong(given, "true or false")
    return _FLAGS[str(given.value).lower()]


def _text(given: _Given) -> str:
    if not isinstance(given.value, str):
        raise _wrong(given, "a text")
    # It may go into a header of a request or a record.
    if _CONTROL.search(given.value):
        raise _wrong(given, "a text of one line")
    return given.value


def _number(given: _Given, *, is_whole: bool, may_be_zero: bool) -> int | float:
    expected = f"a {'whole ' if is_whole else ''}number, {'0 or more' if may_be_zero else 'more than 0'}"
    value = given.value
    if isinstance(value, str) and given.place not in _TOML:
        value = _parsed(value.strip(), is_whole=is_whole)
    if isinstance(value, bool) or not isinstance(value, int if is_whole else int | float):
        raise _wrong(given, expected)
    if not math.isfinite(value) or value < 0 or (value == 0 and not may_be_zero):
        raise _wrong(given, expected)
    return value if is_whole else float(value)


def _parsed(text: str, *, is_whole: bool) -> int | float | None:
    if not re.fullmatch(r"[0-9]{1,18}" if is_whole else r"[0-9]{1,18}(\.[0-9]{1,9})?", text):
        return None
    return int(text) if is_whole else float(text)


def _list(given: _Given) -> list[str]:
    value = given.value
    if isinstance(value, str) and given.place not in _TOML:
        return [each for each in re.split(r"[,\s]+", value) if each]
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise _wrong(given, 'a list of texts, such as ["127.0.0.1:8080"]')
    return [str(each) for each in value]


def _host(given: _Given, text: str) -> str:
    if not _HOST.fullmatch(text):
        raise _wrong(given, "HOST or HOST:PORT, each without https:// and path")
    return text.lower()


def _addresses(given: _Given) -> tuple[str, ...]:
    found = _list(given)
    if any(absolute(each, each) is None for each in found):
        raise _wrong(given, "addresses of servers, with http:// or https://")
    return tuple(found)


def _length(given: _Given) -> str:
    text = _text(given)
    try:
        return duration_text(parse_duration(text)) if text else ""
    except ValueError as error:
        raise _wrong(given, "a length of time, such as 30m or 6h") from error


def _address(given: _Given) -> str:
    text = _text(given)
    if text and absolute(text, text) is None:
        raise _wrong(given, "an address, with http:// or https://")
    return text


def _mapping(given: _Given) -> list[tuple[str, str]]:
    value = given.value
    if isinstance(value, Mapping):
        return [(str(name), str(address)) for name, address in value.items()]
    if given.place in _TOML or not isinstance(value, str | list | tuple):
        raise _wrong(given, 'a table, such as {"www.example.org" = "127.0.0.1:8080"}')
    pairs = _list(given)
    if not all("=" in pair for pair in pairs):
        raise _wrong(given, "NAME=ADDRESS:PORT")
    return [(pair.partition("=")[0], pair.partition("=")[2]) for pair in pairs]


def _pair(given: _Given, name: str, address: str) -> tuple[str, str]:
    host, colon, port = address.rpartition(":")
    try:
        ipaddress.ip_address(host.strip("[]"))
        is_right = bool(colon) and 0 < int(port) < 65536
    except ValueError:
        is_right = False
    if not is_right or not re.fullmatch(r"[A-Za-z0-9._-]+", name):
        raise _wrong(given, "NAME = ADDRESS:PORT, the address in digits")
    return name.lower(), address


def _witnesses(given: _Given) -> Mapping[str, str]:
    """Each server with the key that its cosignatures are checked with."""
    value = given.value
    if isinstance(value, str) and given.place not in _TOML:
        value = [each for each in value.split() if each]
    if isinstance(value, list | tuple):
        # An address may hold an equals sign, and so does base64: the form of the key tells where it begins.
        pairs = [_WITNESS.fullmatch(str(each)) for each in value]
        value = {found["url"]: found["key"] for found in pairs if found} if all(pairs) else None
    if not isinstance(value, Mapping):
        raise _wrong(given, "ADDRESS = KEY, the key as its owner publishes it: NAME+ID+BASE64")
    for url, key in value.items():
        if absolute(str(url), str(url)) is None or not isinstance(key, str) or not _KEY.fullmatch(key):
            raise _wrong(given, "ADDRESS = KEY, the key as its owner publishes it: NAME+ID+BASE64")
    return {str(url): str(key) for url, key in value.items()}


_READERS: Final[Mapping[str, Callable[[_Given], Value]]] = {
    "fetch.robots": _choice,
    "stamp.authorities": _addresses,
    "stamp.calendars": _addresses,
    "stamp.witnesses": _witnesses,
    "schedule.at_most": _length,
    "schedule.ping": _address,
}
"""Of the settings that their type does not describe."""
