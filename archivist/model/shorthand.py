"""Fields of a snapshot's captures that are left out because others tell them: an unchanged page must cost little."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archivist.model.json import Json, JsonObject

__all__ = ["full", "short"]


def short(capture: JsonObject, *, stored: Sequence[Json]) -> JsonObject:
    """The capture's JSON without what ``full`` puts back.

    Args:
        capture: as ``Capture.to_json`` gives it.
        stored: the snapshot's spans, as JSON.
    """
    found = dict(capture)
    for path, told in _TOLD:
        holder = _within(found, path[:-1])
        if holder is not None and holder.get(path[-1]) == told(capture, stored) is not None:
            found = _without(found, path)
    return found


def full(capture: Json, *, stored: Json) -> Json:
    """The capture's JSON as ``Capture.from_json`` reads it; whatever is no capture is given back as it is.

    Args:
        capture: as it stands in a manifest.
        stored: the manifest's spans.
    """
    if not isinstance(capture, dict):
        return capture
    spans = stored if isinstance(stored, list) else []
    found = dict(capture)
    for path, told in _TOLD:
        holder = _within(found, path[:-1])
        if holder is not None and path[-1] not in holder and (value := told(found, spans)) is not None:
            found = _with(found, path, value)
    return found


def _file(_: JsonObject, stored: Sequence[Json]) -> Json:
    """A record stands where the snapshot's bytes do."""
    first = stored[0] if stored else None
    return first.get("file") if isinstance(first, dict) else None


def _uri(capture: JsonObject, _: Sequence[Json]) -> Json:
    """A payload is mostly held for the same address."""
    return capture.get("uri")


def _profile(capture: JsonObject, _: Sequence[Json]) -> Json:
    """The status says how it is known that the payload is the same."""
    return "server-not-modified" if capture.get("status") == 304 else "identical-payload-digest"


_TOLD: Sequence[tuple[tuple[str, ...], Callable[[JsonObject, Sequence[Json]], Json]]] = (
    (("record", "file"), _file),
    (("revisit", "uri"), _uri),
    (("revisit", "profile"), _profile),
)
"""Each field that may be absent, and what tells it."""


def _within(capture: JsonObject, path: Sequence[str]) -> JsonObject | None:
    value: Json = capture
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else None


def _without(value: JsonObject, path: Sequence[str]) -> JsonObject:
    inner = value[path[0]]
    if len(path) == 1 or not isinstance(inner, dict):
        return {name: each for name, each in value.items() if name != path[0]}
    return {**value, path[0]: _without(inner, path[1:])}


def _with(value: JsonObject, path: Sequence[str], new: Json) -> JsonObject:
    inner = value.get(path[0])
    return {**value, path[0]: _with(inner, path[1:], new) if isinstance(inner, dict) else new}
