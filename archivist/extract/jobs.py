"""The orders that the confined reader takes, and what it answers: JSON both ways, and bytes that are to be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from archivist.errors import ArchivistError, BadDocument
from archivist.extract.page import read_page
from archivist.model.json import Json, JsonObject, Reader

__all__ = ["JOBS", "Job", "Say"]

Say: TypeAlias = Callable[[JsonObject], None]
"""How a job hands over a part of its answer before the rest."""
Job: TypeAlias = Callable[[Reader, bytes, Say], JsonObject]
"""Takes an order and the bytes that came with it."""


def _page(order: Reader, data: bytes, say: Say) -> JsonObject:
    reading = read_page(
        data,
        url=order.text("url"),
        status=order.number("status"),
        headers=order.many("headers", _pair),
        media_type=order.text_or_none("media_type"),
        with_requisites=order.flag("with_requisites"),
        say=lambda needed: say({"requisites": [item.to_json() for item in needed]}),
    )
    return replace(reading, requisites=()).to_json()


def _edition(order: Reader, data: bytes, _say: Say) -> JsonObject:
    from archivist.extract.outline import read_edition  # noqa: PLC0415  # few runs do

    return read_edition(data, url=order.text("url"), content_type=order.text_or_none("content_type")).to_json()


def _listing(order: Reader, data: bytes, _say: Say) -> JsonObject:
    from archivist.extract.listing import read_listing  # noqa: PLC0415  # few runs do

    content_type, pattern = order.text_or_none("content_type"), order.text_or_none("pattern")
    return read_listing(data, url=order.text("url"), content_type=content_type, pattern=pattern).to_json()


def _stylesheet(order: Reader, data: bytes, _say: Say) -> JsonObject:
    from archivist.extract.requisites import css_references  # noqa: PLC0415  # few runs do

    found = css_references(data.decode("utf-8", "replace"), base_url=order.text("url"))
    return {"requisites": [item.to_json() for item in found]}


def _picture(order: Reader, data: bytes, _say: Say) -> JsonObject:
    from archivist.extract.picture import read_picture  # noqa: PLC0415  # few runs do

    at, found = 0, list[Json]()
    for each in order.many("pictures", Reader):
        at, start = at + each.number("length"), at
        try:
            facts = read_picture(data[start:at], url=each.text("url"), sha256=each.text("sha256"))
        except ArchivistError as error:
            found.append({"problem": str(error)})
        else:
            found.append(facts.to_json())
    return {"pictures": found}


def _look(_order: Reader, data: bytes, _say: Say) -> JsonObject:
    from archivist.extract.look import read_look  # noqa: PLC0415  # few runs do

    look = read_look(data)
    return {"look": look.to_json() if look else None}


def _sheets(_order: Reader, data: bytes, _say: Say) -> JsonObject:
    from archivist.extract.sheets import read_sheets  # noqa: PLC0415  # few runs do

    return read_sheets(data).to_json()


def _pair(value: Json, at: str) -> tuple[str, str]:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], str):
        return value[0], value[1]
    raise BadDocument(f"{at} should be a name and a value")


JOBS: Final[Mapping[str, Job]] = {
    "page": _page,
    "edition": _edition,
    "listing": _listing,
    "stylesheet": _stylesheet,
    "picture": _picture,
    "look": _look,
    "sheets": _sheets,
}
"""By the word ``do`` of the order; those that need a clock or a file are with the process that has one."""
