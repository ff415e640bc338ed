"""The lists of other monitors of pages: urlwatch's YAML, changedetection.io's JSON, and plain lists of addresses.

What such a file holds is taken as a wish, and never more: no object of Python is made of YAML, no alias followed, no
filter or command of theirs is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from archivist.errors import BadDocument
from archivist.extract.backup import listed_in
from archivist.extract.opml import read_opml
from archivist.model.json import Json

__all__ = ["MAX_BYTES", "Wish", "read_list"]

MAX_BYTES: Final = 16 * 1024 * 1024
MAX_WISHES: Final = 20_000
MAX_DEPTH: Final = 32
"""Of YAML; the parser in C knows no bound of its own."""
_NOT_A_TAG: Final = re.compile(r"[\x00-\x1f\x7f,]+")
_LONGEST_TAG: Final = 80
_TAKEN: Final = frozenset({"url", "navigate", "name", "tags", "kind", "note"})
"""Of a job of urlwatch."""
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_JOB: Final = re.compile(r"^(?:- +)?[a-z_]+:(?: |$)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One address that somebody watched."""

    url: str
    """As it stood there."""
    is_feed: bool = False
    tags: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    """What else was asked for, and is not done."""
    refused: str = ""
    """Why it cannot be watched at all."""


def read_list(data: bytes) -> tuple[str, list[Wish]]:
    """What kind of list it is, and what it holds.

    Raises:
        BadDocument: it is none that we know, or damaged, or goes beyond what such lists have.
    """
    if len(data) > MAX_BYTES:
        raise BadDocument(f"a list of more than {MAX_BYTES} bytes is not read")
    if data[:4] == b"PK\x03\x04":
        return read_list(listed_in(data))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found = [Wish(url=each.url, is_feed=each.is_feed, tags=each.tags) for each in read_opml(data)]
        return "OPML", _bounded(found)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDocument(f"it is not UTF-8 at byte {error.start}") from error
    if text.lstrip()[:1] in {"{", "["}:
        return "changedetection.io", _bounded(_watching(_json(text)))
    plain = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
    if plain and not any(_ADDRESS.match(line) for line in plain) and _JOB.search(text):
        return "urlwatch", _bounded(_jobs(text))
    return "addresses", _bounded(map(_line, plain))


def _bounded(wishes: Iterable[Wish]) -> list[Wish]:
    found: list[Wish] = []
    for wish in wishes:
        if len(found) == MAX_WISHES:
            raise BadDocument(f"a list of more than {MAX_WISHES} addresses is not read")
        found.append(replace(wish, tags=_tags(wish.tags)))
    return found


def _tags(names: tuple[str, ...]) -> tuple[str, ...]:
    """As ours are: one line, without commas."""
    cleaned = (" ".join(_NOT_A_TAG.sub(" ", name).split())[:_LONGEST_TAG].strip() for name in names)
    return tuple(dict.fromkeys(filter(None, cleaned)))


def _line(line: str) -> Wish:
    """An address, and perhaps tags behind it, as changedetection.io lists them."""
    url, *rest = line.split(maxsplit=1)
    return Wish(url=url, tags=tuple(rest[0].split(",")) if rest else ())


# urlwatch


def _jobs(text: str) -> Iterator[Wish]:
    """Each document is one job: https://urlwatch.readthedocs.io/en/latest/jobs.html."""
    import yaml  # noqa: PLC0415  # only for these lists

    loader = yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader
    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise BadDocument(f"what lies deeper than {MAX_DEPTH} is not read")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                # A few lines of them stand for billions of words.
                raise BadDocument("an anchor or an alias stands in it, which is not followed", hint="write it out")
        for document in yaml.load_all(text, Loader=loader):
            for job in document if isinstance(document, list) else [document]:
                if job is not None:
                    yield _job(job)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadDocument(f"it is no YAML: {' '.join(str(error).split())[:200]}") from error


def _job(job: object) -> Wish:
    if not isinstance(job, Mapping):
        return Wish(url=str(job)[:200], refused="is no job of urlwatch")
    url = job.get("url") or job.get("navigate")
    if not isinstance(url, str):
        name = str(job.get("command") or job.get("name") or "a job")[:200]
        return Wish(url=name, refused="runs a command" if "command" in job else "has no address")
    tags = job.get("tags") or ()
    names = tags.split(",") if isinstance(tags, str) else tags if isinstance(tags, list) else ()
    refused = "is asked with data or another method" if job.get("data") or job.get("method") else ""
    ignored = sorted(str(key)[:40] for key in job if key not in _TAKEN)
    return Wish(url=url, tags=tuple(map(str, names)), ignored=tuple(ignored), refused=refused)


# changedetection.io

_CONCERNS: Final = ("include_filters", "subtractive_selectors", "ignore_text", "trigger_text", "browser_steps", "body")


def _json(text: str) -> Json:
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadDocument(f"it is no JSON: {str(error)[:200]}") from error
    return value


def _watching(value: Json) -> Iterator[Wish]:
    """``url-watches.json`` of the folder or of a backup: watches by UUID, which name their tags by UUID."""
    if isinstance(value, list):
        yield from (Wish(url=each) if isinstance(each, str) else _watch(each, {}) for each in value)
        return
    watches = _object(value).get("watching")
    if not isinstance(watches, dict):
        raise BadDocument("it is JSON and no export of changedetection.io", hint="its backup holds url-watches.json")
    application = _object(_object(_object(value).get("settings")).get("application"))
    titles = {uuid: str(_object(tag).get("title") or "") for uuid, tag in _object(application.get("tags")).items()}
    yield from (_watch(each, titles) for each in watches.values())


def _watch(value: Json, titles: Mapping[str, str]) -> Wish:
    watch = _object(value)
    url = watch.get("url")
    if not isinstance(url, str):
        return Wish(url="a watch", refused="has no address")
    tags, old = watch.get("tags"), watch.get("tag")
    names = [titles.get(str(each), "") for each in tags] if isinstance(tags, list) else []
    names += old.split(",") if isinstance(old, str) else []
    ignored = tuple(name for name in _CONCERNS if watch.get(name))
    return Wish(url=url, tags=tuple(names), ignored=ignored, refused="is paused" if watch.get("paused") is True else "")


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
