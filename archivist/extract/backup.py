"""The list in a backup of changedetection.io, a ZIP file. Nothing is unpacked; no name in it is a path of ours."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from typing import Final

from archivist.errors import BadDocument

__all__ = ["listed_in"]

_WHOLE: Final = ("url-watches.json", "url-list-with-tags.txt", "url-list.txt")
"""What it holds of the list, the best first."""
_SINGLE: Final = re.compile(r"(?:.*/)?([0-9a-f-]{36})/watch\.json")
_MAX_FILES: Final = 20_000
_MAX_BYTES: Final = 16 * 1024 * 1024
"""Of all that is taken out of it: ZIP packs a thousand to one."""


def listed_in(data: bytes) -> bytes:
    """The list as it would stand in a file of its own.

    Raises:
        BadDocument: it is no such backup, damaged, or goes beyond what one has.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as backup:
            members = backup.infolist()
            if len(members) > _MAX_FILES:
                raise BadDocument(f"a backup of more than {_MAX_FILES} files is not read")
            for name in _WHOLE:
                for member in members:
                    if member.filename.rpartition("/")[2] == name:
                        return _read(backup, member, _MAX_BYTES)
            return _together(backup, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        raise BadDocument(f"it is no ZIP file that can be read: {str(error)[:200]}") from error


def _together(backup: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bytes:
    """Of the later form, which has a file for each watch, and names their tags in ``changedetection.json``."""
    room = _MAX_BYTES
    watches, settings = {}, None
    for member in members:
        found = _SINGLE.fullmatch(member.filename)
        is_settings = member.filename.rpartition("/")[2] == "changedetection.json"
        if found or is_settings:
            piece = _read(backup, member, room)
            room -= len(piece)
            value = json.loads(piece)
            if found:
                watches[found[1]] = value
            elif isinstance(value, dict):
                settings = value.get("settings")
    if not watches:
        raise BadDocument("it is a ZIP file and no backup of changedetection.io")
    return json.dumps({"watching": watches, "settings": settings}).encode()


def _read(backup: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    with backup.open(member) as file:
        data = file.read(room + 1)
    if len(data) > room:
        raise BadDocument(f"a list of more than {_MAX_BYTES} bytes is not read")
    return data
