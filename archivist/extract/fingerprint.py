"""What decides whether a snapshot is a new version: the content a reader would miss if it were different.

Not in it: class names, advertisements, counters, related stories, scripts, tracking parameters, the order of
mark-up. A version is a maximal run of snapshots with equal fingerprints.
"""

from __future__ import annotations

from collections.abc import Mapping

from archivist.model.article import Block, Photo, Reading
from archivist.model.change import COMPARED_FIELDS
from archivist.model.json import Json
from archivist.model.target import picture_of, same_target
from archivist.proof.canonical import canonical
from archivist.proof.digest import sha256_hex

__all__ = ["fingerprint"]


def fingerprint(reading: Reading, *, documents: Mapping[str, str], images: Mapping[str, str]) -> str:
    """64 hex digits, equal for two snapshots of one version.

    Args:
        reading: what was read.
        documents: payload SHA-256 of each linked document that was captured, by its address in the page.
        images: the same of the article's photos.
    """
    article = reading.article
    content: Json = {
        "fields": {name: list(article.settled(name).texts) for name in COMPARED_FIELDS} if article else {},
        "blocks": [_block(block) for block in article.blocks] if article else [],
        "photos": [_photo(photo, images) for photo in article.photos] if article else [],
        "documents": dict(documents),
    }
    return sha256_hex(canonical(content))


def _block(block: Block) -> Json:
    links: list[Json] = [same_target(link.url) for link in block.links]
    return [block.kind, block.text, links]


def _photo(photo: Photo, images: Mapping[str, str]) -> Json:
    said: list[Json] = [claim.value if claim else None for claim in (photo.caption, photo.credit)]
    return [*said, picture_of(photo.image), images.get(photo.image or "")]
