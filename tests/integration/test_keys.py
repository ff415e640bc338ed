"""Keys: outside the archive, for their owner's eyes, and never a reason not to capture."""

from __future__ import annotations

import stat
from pathlib import Path

from archivist.store.log import Log
from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r


def _key(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "keys").glob("*.pem")
    return path


def _size(archive: Archive) -> int:
    workspace = archive.workspace
    return Log(workspace.layout, disk=workspace.disk).size


def test_the_key_is_the_owners(archive: Archive, tmp_path: Path) -> None:
    """Mode 0600, in the folder of keys, and nowhere in the archive."""
    assert 0 == archive("init", archive.root).code

    path = _key(tmp_path)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert path.read_bytes() not in archive.files().values()
    assert not any(b"PRIVATE KEY" in data for data in archive.files().values())


def test_captures_go_on_without_the_key(archive: Archive, press: Press, tmp_path: Path) -> None:
    """No key: stored and sealed, 0, a warning, statements due; with the key back, the next run signs them all."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1>")))
    archive.snap(press.url("/a"))
    away = _key(tmp_path).rename(tmp_path / "away.pem")

    said = archive("snap", press.url("/a"), "--json")

    assert 0 == said.code
    assert said.err.startswith("warning: 1 statement waits for a signature: the archive's key is not on this computer")
    assert "\nhint: " in said.err
    assert 1 == said.lines[-1]["summary"]["unsigned"]
    state = archive("status", "--json").json
    assert {"due": 1, "has_key": False, "log_size": 2} == {name: state[name] for name in ("due", "has_key", "log_size")}
    assert "missing" in archive("status").out
    assert 0 != archive("verify").code

    away.rename(tmp_path / "keys" / f"{state['archive']}.pem")
    said = archive("snap", press.url("/a"))

    assert (0, "") == (said.code, said.err)
    state = archive("status", "--json").json
    assert {"due": 0, "has_key": True, "log_size": 4} == {name: state[name] for name in ("due", "has_key", "log_size")}
    assert 0 == archive("verify").code


def test_a_damaged_key_is_no_key(archive: Archive, press: Press, tmp_path: Path) -> None:
    """A key file that holds no key is said, by its name, and stops nothing."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1>")))
    archive.snap(press.url("/a"))
    path = _key(tmp_path)
    good = path.read_bytes()
    path.write_bytes(b"no key")

    said = archive("snap", press.url("/a"))

    assert 0 == said.code, said
    assert str(path) in said.err
    assert 2 == _size(archive)

    path.write_bytes(good)
    assert 0 == archive("snap", press.url("/a")).code
    assert 0 == archive("verify").code
    assert 4 == _size(archive)


def test_another_archives_key_signs_nothing(archive: Archive, press: Press, tmp_path: Path) -> None:
    """A key that is not the archive's own is treated as none: nothing is signed that verify would refuse."""
    press.serve("/a", r.plain(r.page("<h1>Cranes</h1>")))
    archive.snap(press.url("/a"))
    path = _key(tmp_path)
    good = path.read_bytes()
    other = Archive(tmp_path / "other")
    other("init", other.root)
    (strange,) = [each for each in (tmp_path / "keys").glob("*.pem") if each != path]
    path.write_bytes(strange.read_bytes())

    said = archive("snap", press.url("/a"))

    assert 0 == said.code, said
    assert "warning: " in said.err
    assert 2 == _size(archive)

    path.write_bytes(good)
    assert 0 == archive("snap", press.url("/a")).code
    assert 0 == archive("verify").code
