"""A WACZ (1.1.1); one of evidence is also a BagIt bag (RFC 8493) as soon as it is unzipped.

archive/ indexes/ pages/                what players read: to a bag these are tag files
data/                                   what people read, and the proof: the bag's payload
manifest-sha256.txt                     digests of all in data/: sha256sum --check reads it
tagmanifest-sha256.txt                  digests of all the other files above
datapackage.json                        digests of all files above, these two lists included
datapackage-digest.json                 the digest of that: whoever knows it, knows all of it
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from archivist.bundle.zip import ZipWriter
from archivist.model.json import JsonObject
from archivist.proof.digest import sha256_hex

__all__ = [
    "BAG",
    "DIGEST",
    "INFO",
    "LISTS",
    "PACKAGE",
    "PAYLOAD",
    "PROVENANCE",
    "About",
    "File",
    "Package",
    "earlier_path",
    "json_bytes",
    "list_of",
]

PACKAGE: Final = "datapackage.json"
DIGEST: Final = "datapackage-digest.json"
INFO: Final = "bag-info.txt"
LISTS: Final = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
BAG: Final = ("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
PAYLOAD: Final = "data/"
PROVENANCE: Final = "provenance/"
_WACZ: Final = "1.1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file in the package."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the package says of itself."""

    title: str
    description: str
    software: str
    created: str
    """The moment at which the newest snapshot in it was sealed: the same snapshots give the same bytes."""
    page: str
    """The address that a player opens first."""
    page_date: str
    id: str
    """Of the snapshot, or the article."""


class Package:
    """A package that is being written.

    Args:
        file: empty, seekable; not closed here.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._zip = ZipWriter(file)
        self.files: list[File] = []
        """In order."""

    def add(self, path: str, pieces: Iterable[bytes] | bytes) -> File:
        """The file is in the package.

        Raises:
            BadBundle: it cannot be.
        """
        sha256 = self._zip.add(path, (pieces,) if isinstance(pieces, bytes) else pieces)
        file = File(path=path, size=self._zip.size(path), sha256=sha256)
        self.files.append(file)
        return file

    def close(self, about: About, *, is_bag: bool) -> None:
        """The package is complete: what lists and describes it is in it."""
        if is_bag:
            payload = [each for each in self.files if each.path.startswith(PAYLOAD)]
            self.add(*BAG)
            self.add(INFO, _info(about, payload))
            self.add(LISTS[0], list_of(payload))
            self.add(LISTS[1], list_of(each for each in self.files if not each.path.startswith(PAYLOAD)))
        described = json_bytes(_datapackage(about, self.files))
        self.add(PACKAGE, described)
        self.add(DIGEST, json_bytes({"path": PACKAGE, "hash": f"sha256:{sha256_hex(described)}"}))
        self._zip.close()


def list_of(files: Iterable[File]) -> bytes:
    """Digests and paths, as ``sha256sum`` prints them."""
    lines = (f"{file.sha256}  {file.path}\n" for file in sorted(files, key=lambda each: each.path))
    return "".join(lines).encode()


def earlier_path(folder: str, id_: str, name: str) -> str:
    """Where the word of an earlier snapshot stands, on which a later one rests."""
    return f"{folder}earlier-{id_[:12]}-{name}"


def json_bytes(value: Mapping[str, object]) -> bytes:
    """JSON that a person can read."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _info(about: About, payload: list[File]) -> bytes:
    said = {
        "Bag-Software-Agent": about.software,
        "Bagging-Date": about.created[:10],
        "External-Description": about.title,
        "External-Identifier": about.id,
        "Payload-Oxum": f"{sum(each.size for each in payload)}.{len(payload)}",
    }
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in said.items()).encode()


def _datapackage(about: About, files: Iterable[File]) -> JsonObject:
    return {
        "profile": "data-package",
        "wacz_version": _WACZ,
        "title": about.title,
        "description": about.description,
        "created": about.created,
        "software": about.software,
        "mainPageUrl": about.page,
        "mainPageDate": about.page_date,
        "resources": [
            {
                "name": each.path.lower().replace("/", "-"),
                "path": each.path,
                "hash": f"sha256:{each.sha256}",
                "bytes": each.size,
            }
            for each in files
        ],
    }
