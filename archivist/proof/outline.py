"""A snapshot's manifest but for its captures and its reading, which are most of its bytes and are not looked at here.

Only for bytes that a signed log vouches for: they are the canonical JSON that was signed, whose names stand in order
(RFC 8785 3.2.3). A quotation mark within a string is always escaped, so that what is searched for below stands in no
string; and it belongs to the manifest itself, and to nothing inside of it, where what is left around it is JSON and the
one mark that could stand inside of a capture as well stands there once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from archivist.model.json import JsonObject

__all__ = ["Outline", "captures_in", "outline"]

_CAPTURES: Final = b',"captures":['
_CARRIED: Final = b'],"carried":['
_ENDED: Final = b'],"ended":"'
_READING: Final = b',"reading":{'
_SOFTWARE: Final = b'},"software":{'


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The manifest with an empty list of captures and an empty reading."""

    value: JsonObject
    listed: int | None
    """Captures that were left out; None where they were not counted."""


def outline(data: bytes) -> Outline | None:
    """What else a snapshot's manifest says; None for what is none, or can only be read whole.

    Args:
        data: the bytes of a statement.
    """
    value = _in_parts(data) or _object(data)
    if value is None or value.get("type") != "snapshot":
        return None
    return Outline(value={**value, "captures": [], "reading": {}}, listed=_length(value.get("captures")))


def captures_in(data: bytes) -> int:
    """How many captures a manifest lists."""
    return _length((_object(data) or {}).get("captures")) or 0


def _in_parts(data: bytes) -> JsonObject | None:
    """What stands before the captures, between them and the reading, and after that."""
    first, software = data.find(_CAPTURES), data.rfind(_SOFTWARE)
    ended = data.find(_ENDED, first)
    second, reading = data.rfind(_CARRIED, first, ended), data.find(_READING, ended)
    if min(first, ended, reading) < 0 or software < reading or data.find(_ENDED, reading, software) >= 0:
        return None
    second = ended if second < 0 else second
    parts = (data[:first] + b"}", b"{" + data[second + 2 : reading] + b"}", b"{" + data[software + 2 :])
    value: JsonObject = {}
    for part in parts:
        members = _object(part)
        if members is None or not value.keys().isdisjoint(members):
            return None
        value |= members
    return value


def _object(data: bytes) -> JsonObject | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _length(captures: object) -> int | None:
    return len(captures) if isinstance(captures, list) else None
