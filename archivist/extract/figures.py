"""Witness: pictures of the article with their captions and credits.

Where none of them shows a credit, one is taken that stands apart: in a line at the end of the text, or in mark-up only,
which is then told.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from archivist.extract.credits import name_key
from archivist.extract.far_credits import linked_credit, signed_off
from archivist.extract.html import Html
from archivist.extract.jsonld import LinkedData, linked_data
from archivist.extract.main_text import MainText
from archivist.extract.photo_reading import photo_of
from archivist.extract.picture_boxes import picture_boxes
from archivist.model.article import Photo

__all__ = ["photos"]

MAX_PHOTOS: Final = 100
MAX_BOXES: Final = 500
"""Looked at, most of which are the same picture again."""
MAX_NAME: Final = 100
"""Characters of a newspaper's name."""


def photos(html: Html, main: MainText | None, data: LinkedData | None = None) -> tuple[Photo, ...]:
    """The article's pictures that carry a caption or a credit, or stand in its text; the lead picture first.

    Args:
        html: the page.
        main: its main text.
        data: its JSON-LD, where the caller has it already.
    """
    outlets = _outlets(html)
    found: dict[tuple[str | None, ...], Photo] = {}
    for box in islice(picture_boxes(html, main), MAX_BOXES):
        if len(found) >= MAX_PHOTOS:
            break
        photo = photo_of(box, html, outlets=outlets)
        if photo is not None:
            found.setdefault(_key(photo), photo)
    told = _without_repeated(list(found.values()))
    if not any(photo.credit for photo in told):
        far = signed_off(html, main) or linked_credit(html, data or linked_data(html), outlets=outlets)
        told = _with_credit(told, far)
    return tuple(replace(photo, is_lead=number == 0) for number, photo in enumerate(told))


def _without_repeated(photos: list[Photo]) -> list[Photo]:
    """Without the pictures that say nothing where another speaks of the same image."""
    told = {photo.image for photo in photos if photo.caption or photo.credit}
    return [photo for photo in photos if photo.caption or photo.credit or photo.image not in told]


def _with_credit(photos: list[Photo], far: Photo | None) -> list[Photo]:
    """The pictures, the first of them with a credit that stands apart from it."""
    if far is None:
        return photos
    first = photos[0] if photos else far
    return [replace(far, image=first.image or far.image, caption=first.caption), *photos[1:]]


def _key(photo: Photo) -> tuple[str | None, ...]:
    """The same picture with the same words, repeated for another width of screen, is one."""
    said = (photo.caption.value if photo.caption else None, photo.credit.value if photo.credit else None)
    return (photo.image, *said)


def _outlets(html: Html) -> frozenset[str]:
    """How the newspaper is called: its host, and the name that it gives itself."""
    host = (urlsplit(html.url).hostname or "").removeprefix("www.")
    names = [host, *(label for label in host.split(".")[:-1] if len(label) > 2)]
    names += [meta.get("content") or "" for meta in html.root.iterfind("head/meta[@property='og:site_name']")]
    return frozenset(key for name in names if (key := name_key(name[:MAX_NAME])))
