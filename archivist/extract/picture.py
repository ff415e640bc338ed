"""What a captured picture says of itself: XMP, IPTC and EXIF weighed against each other, C2PA by its presence.

Nothing here is proof of anything: whoever can write the file can write its metadata. It is recorded as what the file
said when it was captured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from archivist.extract.claims import claim
from archivist.extract.dates import machine_date
from archivist.extract.exif import exif_date, exif_of
from archivist.extract.iptc import datasets_of
from archivist.extract.picture_file import parts_of
from archivist.extract.picture_parts import MAX_PACKETS, Parts
from archivist.extract.settle import Rule, settle_by
from archivist.extract.xmp import Properties, merged, read_xmp
from archivist.model.claim import Claim
from archivist.model.picture import PictureFacts, PictureField

__all__ = ["read_picture"]

_Found: TypeAlias = tuple[PictureField, Claim]

MAX_VALUE: Final = 5_000
"""Characters of one value."""

_XMP: Final[tuple[tuple[str, PictureField], ...]] = (
    ("photoshop:Credit", "credit"),
    ("dc:creator", "creators"),
    ("photoshop:AuthorsPosition", "creator_title"),
    ("dc:rights", "copyright"),
    ("dc:description", "caption"),
    ("photoshop:Headline", "headline"),
    ("dc:title", "title"),
    ("photoshop:Source", "source"),
    ("photoshop:DateCreated", "created"),
    ("exif:DateTimeOriginal", "created"),
    ("Iptc4xmpCore:Location", "location"),
    ("photoshop:City", "city"),
    ("photoshop:State", "region"),
    ("photoshop:Country", "country"),
    ("xmpRights:UsageTerms", "usage_terms"),
    ("xmpRights:WebStatement", "rights_url"),
    ("photoshop:Instructions", "instructions"),
    ("Iptc4xmpCore:AltTextAccessibility", "alt_text"),
    ("Iptc4xmpExt:DigitalSourceType", "digital_source"),
    ("dcterms:provenance", "provenance_url"),
    ("xmp:CreatorTool", "software"),
)
"""IPTC Photo Metadata Standard 2023.2, and C2PA 2.1, A.4 for the last but one."""
_IPTC: Final[tuple[tuple[str, PictureField], ...]] = (
    ("2:110", "credit"),
    ("2:80", "creators"),
    ("2:85", "creator_title"),
    ("2:116", "copyright"),
    ("2:120", "caption"),
    ("2:105", "headline"),
    ("2:5", "title"),
    ("2:115", "source"),
    ("2:92", "location"),
    ("2:90", "city"),
    ("2:95", "region"),
    ("2:101", "country"),
    ("2:40", "instructions"),
)
"""IIM 4.2."""
_EXIF: Final[tuple[tuple[str, PictureField], ...]] = (
    ("Artist", "creators"),
    ("XPAuthor", "creators"),
    ("Copyright", "copyright"),
    ("ImageDescription", "caption"),
    ("XPTitle", "title"),
    ("Software", "software"),
)
_PNG: Final[Mapping[str, PictureField]] = {
    "Author": "creators",
    "Copyright": "copyright",
    "Description": "caption",
    "Title": "title",
    "Source": "source",
    "Software": "software",
}
"""PNG 11.3.3.2."""
_RULE: Final = Rule(
    witnesses=("xmp", "iptc", "exif", "png"),
    reason="picture desks write XMP, and IPTC beside it for old programs; EXIF is what the camera was once set to",
)
_LISTS: Final = Rule(witnesses=_RULE.witnesses, reason=_RULE.reason, is_list=True)
_CAMERA_NAMES: Final = frozenset("olympus digital camera|sony dsc|samsung|default|untitled|screenshot".split("|"))
"""What cameras and programs put into captions and titles of their own accord."""


def read_picture(data: bytes, *, url: str, sha256: str) -> PictureFacts:
    """What the picture says of itself; what cannot be read is a problem, never an exception.

    Args:
        data: the file.
        url: its address.
        sha256: of its payload.
    """
    parts = parts_of(data)
    if parts is None:
        return PictureFacts(url=url, sha256=sha256, problems=("the picture is of no kind that is read",))
    claims: dict[PictureField, list[Claim]] = {}
    for name, said in (*_of_xmp(parts), *_of_iptc(parts), *_of_exif(parts), *_of_png(parts)):
        claims.setdefault(name, []).append(said)
    return PictureFacts(
        url=url,
        sha256=sha256,
        media_type=parts.media_type,
        width=parts.width or None,
        height=parts.height or None,
        fields={name: settle_by(_LISTS if name == "creators" else _RULE, said) for name, said in claims.items()},
        credentials=parts.credentials,
        problems=tuple(parts.problems),
    )


def _of_xmp(parts: Parts) -> Iterator[_Found]:
    properties: Properties = {}
    for packet in parts.xmp[:MAX_PACKETS]:
        properties = merged(properties, read_xmp(packet))
    for key, name in _XMP:
        for text in properties.get(key, ()):
            value = text
            if name == "created":
                value = machine_date(text) or ""
            elif name == "digital_source":
                value = text.rstrip("/").rpartition("/")[2]
            yield from _found(name, value, witness="xmp", at=key, text=text)


def _of_iptc(parts: Parts) -> Iterator[_Found]:
    datasets = datasets_of(parts.iim)
    for key, name in _IPTC:
        for text in datasets.get(key, ()):
            yield from _found(name, text, witness="iptc", at=key, text=text)
    for day in datasets.get("2:55", ())[:1]:
        time = datasets.get("2:60", ("",))[0]
        value = machine_date(f"{day}T{time}" if time else day) or machine_date(day)
        yield from _found("created", value or "", witness="iptc", at="2:55", text=f"{day} {time}".strip())


def _of_exif(parts: Parts) -> Iterator[_Found]:
    tags = exif_of(parts.exif)
    for key, name in _EXIF:
        if key in tags:
            yield from _found(name, tags[key], witness="exif", at=key, text=tags[key])
    if date := tags.get("DateTimeOriginal"):
        value = machine_date(exif_date(date, tags.get("OffsetTimeOriginal")) or "")
        yield from _found("created", value or "", witness="exif", at="DateTimeOriginal", text=date)


def _of_png(parts: Parts) -> Iterator[_Found]:
    for keyword, text in parts.texts:
        name = _PNG.get(keyword)
        if name:
            yield from _found(name, text, witness="png", at=keyword, text=text)


def _found(name: PictureField, value: str, *, witness: str, at: str, text: str) -> Iterator[_Found]:
    kept = " ".join(value[:MAX_VALUE].split())
    if kept and kept.lower() not in _CAMERA_NAMES:
        yield name, claim(kept, witness=witness, at=at, text=text)
