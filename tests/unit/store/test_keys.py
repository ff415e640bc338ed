"""Key files outside the archive."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from archivist.errors import BadManifest, BadNote
from archivist.store.durable import AlreadyThere
from archivist.store.keys import key_path, load_key, make_key
from tests.unit.store.exchanges import ARCHIVE_ID


def test_make_and_load(tmp_path: Path) -> None:
    """The key made is the key loaded; only its owner can read file and folder."""
    environ = {"ARCHIVIST_KEYS": str(tmp_path / "deep" / "keys")}
    assert load_key(ARCHIVE_ID, environ=environ) is None
    made = make_key(ARCHIVE_ID, environ=environ)
    loaded = load_key(ARCHIVE_ID, environ=environ)
    assert loaded is not None
    assert made.public_bytes() == loaded.public_bytes()
    path = key_path(ARCHIVE_ID, environ=environ)
    assert (0o600, 0o700) == (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode))


def test_never_over_another(tmp_path: Path) -> None:
    """A second key for one archive is refused, and the first stays."""
    environ = {"ARCHIVIST_KEYS": str(tmp_path)}
    first = make_key(ARCHIVE_ID, environ=environ)
    with pytest.raises(AlreadyThere):
        make_key(ARCHIVE_ID, environ=environ)
    loaded = load_key(ARCHIVE_ID, environ=environ)
    assert loaded is not None
    assert first.public_bytes() == loaded.public_bytes()


def test_damaged(tmp_path: Path) -> None:
    """A file that holds no key is named, and its content is not shown."""
    environ = {"ARCHIVIST_KEYS": str(tmp_path)}
    (tmp_path / f"{ARCHIVE_ID}.pem").write_bytes(b"secret rubbish")
    with pytest.raises(BadNote, match=ARCHIVE_ID) as caught:
        load_key(ARCHIVE_ID, environ=environ)
    assert "rubbish" not in str(caught.value)


@pytest.mark.parametrize("wrong", ["../../etc/passwd", "", "0B7E3F0A-52B5-4C4E-9D5C-3F1F3D1F9A10"])
def test_ids_name_no_other_file(tmp_path: Path, wrong: str) -> None:
    """An archive statement may be an attacker's: its id leads to no file outside the folder of keys."""
    with pytest.raises(BadManifest, match="should be a UUID"):
        key_path(wrong, environ={"ARCHIVIST_KEYS": str(tmp_path)})


def test_usual_folder() -> None:
    """Without the variable the key stands in the user's configuration."""
    assert ("archivist", "keys") == key_path(ARCHIVE_ID, environ={}).parts[-3:-1]
