"""Signing keys as files outside the archive, for their owner's eyes only.

Rule 1: no key is ever written into an archive, and none over another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from archivist.errors import BadManifest, BadNote, NotFound
from archivist.proof.note import MAX_NOTE, VerifierKey
from archivist.proof.signing import SigningKey, new_key
from archivist.store.durable import RealDisk, disk_failed

__all__ = ["FOLDER_VARIABLE", "key_path", "load_key", "load_seen", "make_key", "remember", "seen_path"]

FOLDER_VARIABLE = "ARCHIVIST_KEYS"
"""The environment variable that names another folder for the keys."""

_ARCHIVE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MAX_KEY = 16 * 1024


def key_path(archive_id: str, *, environ: Mapping[str, str], later: str = "") -> Path:
    """Where a key of an archive stands: its first, or one that followed, by its key id in hex.

    Raises:
        BadManifest: the id is none of an archive, and must not name a file.
    """
    if _ARCHIVE_ID.fullmatch(archive_id) is None:
        raise BadManifest(f"the archive's id should be a UUID, not {archive_id[:60]!r}")
    return _folder(environ) / f"{archive_id}{'-' if later else ''}{later}.pem"


def make_key(archive_id: str, *, environ: Mapping[str, str], log: str = "") -> SigningKey:
    """A new key for the archive, whose file only its owner can read.

    Args:
        archive_id: of the archive.
        environ: the environment.
        log: the name of the log whose key it follows; an archive's first key follows none.

    Raises:
        AlreadyThere: the archive has one.
        DiskFailed: the disk would not.
    """
    key = new_key()
    path = key_path(archive_id, environ=environ, later=VerifierKey.of(log, key).key_id.hex() if log else "")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise disk_failed(path.parent, error) from error
    RealDisk(path.parent).create_once(path, key.to_pem(), mode=0o600)
    return key


def load_key(archive_id: str, *, environ: Mapping[str, str], later: str = "") -> SigningKey | None:
    """A key of the archive, named as by ``key_path``, or None where this computer has it not.

    Raises:
        BadNote: the file holds no key.
        DiskFailed: it cannot be read.
    """
    path = key_path(archive_id, environ=environ, later=later)
    try:
        data = RealDisk(path.parent).read(path, max_bytes=_MAX_KEY)
    except NotFound:
        return None
    try:
        return SigningKey.from_pem(data)
    except BadNote as error:
        raise BadNote(f"{path}: {error}", hint="put the key back from a copy; captures go on without it") from error


def seen_path(archive_id: str, *, environ: Mapping[str, str]) -> Path:
    """Where this computer remembers the last checkpoint of an archive, away from the archive itself.

    Raises:
        BadManifest: the id is none of an archive, and must not name a file.
    """
    return key_path(archive_id, environ=environ).with_suffix(".checkpoint")


def load_seen(archive_id: str, *, environ: Mapping[str, str]) -> bytes | None:
    """The last checkpoint that this computer saw, or None where it has seen none.

    Raises:
        DiskFailed: it cannot be read.
    """
    path = seen_path(archive_id, environ=environ)
    try:
        return RealDisk(path.parent).read(path, max_bytes=MAX_NOTE)
    except NotFound:
        return None


def remember(archive_id: str, note: bytes, *, environ: Mapping[str, str]) -> None:
    """This computer has seen the checkpoint.

    Raises:
        DiskFailed: the disk would not.
    """
    path = seen_path(archive_id, environ=environ)
    RealDisk(path.parent).replace(path, note)


def _folder(environ: Mapping[str, str]) -> Path:
    named = environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_config_path  # noqa: PLC0415

    return user_config_path("archivist", appauthor=False) / "keys"
