"""Finding, making and opening an archive."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from archivist.clock import FixedClock
from archivist.errors import BadManifest, NewerFormat, NotAnArchive, UsageError
from archivist.model.manifest import ArchiveStatement
from archivist.proof.canonical import canonical
from archivist.proof.note import VerifierKey
from archivist.workspace import Place, Workspace, find_archive

NOW = dt.datetime(2026, 11, 23, 18, 15, 12, tzinfo=dt.UTC)


def _make(root: Path, *, keys: Path) -> Workspace:
    place = Place(root=root, why="test", exists=False)
    return Workspace.create(place, environ={"ARCHIVIST_KEYS": str(keys)}, clock=FixedClock(NOW))


@pytest.fixture
def archive(tmp_path: Path) -> Workspace:
    """An archive without a snapshot."""
    return _make(tmp_path / "archive", keys=tmp_path / "keys")


def test_find_by_name(archive: Workspace, tmp_path: Path) -> None:
    """-C goes before everything, and says whether there is an archive."""
    root = archive.layout.root

    assert Place(root=root, why="-C", exists=True) == find_archive(root, environ={})
    assert not find_archive(tmp_path, environ={"ARCHIVIST_HOME": str(root)}, here=root).exists


def test_find_above(archive: Workspace) -> None:
    """From a folder below, as git does."""
    deep = archive.layout.archives / "2026-11" / "x"

    assert Place(root=archive.layout.root, why="here", exists=True) == find_archive(None, environ={}, here=deep)


def test_find_at_home(archive: Workspace, tmp_path: Path) -> None:
    """Else $ARCHIVIST_HOME, whether it exists or not, else the person's data folder."""
    root = archive.layout.root

    home = find_archive(None, environ={"ARCHIVIST_HOME": str(root)}, here=tmp_path)
    assert Place(root=root, why="ARCHIVIST_HOME", exists=True) == home
    assert not find_archive(None, environ={"ARCHIVIST_HOME": str(tmp_path / "new")}, here=tmp_path).exists
    assert "default" == find_archive(None, environ={}, here=tmp_path).why


def test_sealed_archives_are_for_reading(archive: Workspace, tmp_path: Path) -> None:
    """A sealed archive is found by readers, and passed by for writing, up to one above it."""
    outer, inner = archive.layout.root, archive.layout.root / "deep" / "inner"
    _make(inner, keys=tmp_path / "keys")
    (inner / "archivist.toml").write_text("[archive]\nsealed = true\n", encoding="utf-8")

    assert inner == find_archive(None, environ={}, here=inner).root
    assert outer == find_archive(None, environ={}, here=inner, is_writing=True).root


def test_create(archive: Workspace, tmp_path: Path) -> None:
    """A new archive has its statement with the public half of its key, and the private half elsewhere."""
    identity = archive.identity

    assert "2026-11-23T18:15:12.000000Z" == identity.created
    assert f"archivist/{identity.id}" == identity.origin == VerifierKey.parse(identity.key).name
    assert archive.has_key
    assert archive.key_path.is_relative_to(tmp_path / "keys")
    assert archive.layout.archives.is_dir()
    assert not archive.layout.cache.exists()


def test_open_nothing(tmp_path: Path) -> None:
    """Where there is no archive there is nothing to open; the hint says how to start one."""
    with pytest.raises(NotAnArchive, match="there is no archive here or above") as refused:
        Workspace.open(find_archive(None, environ={"ARCHIVIST_HOME": str(tmp_path)}, here=tmp_path), environ={})

    assert "archivist snap URL" in str(refused.value.hint)
    with pytest.raises(NotAnArchive, match=f"there is no archive in {tmp_path}"):
        Workspace.open(find_archive(tmp_path, environ={}), environ={})


def test_open_with_wrong_settings(archive: Workspace) -> None:
    """Wrong settings are found when the archive is opened."""
    (archive.layout.root / "archivist.toml").write_text("[fetch]\nnope = 1\n", encoding="utf-8")

    with pytest.raises(UsageError, match="nope"):
        Workspace.open(find_archive(archive.layout.root, environ={}), environ={})


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", BadManifest, "manifests/archive.json"),
        (b"{}", BadManifest, "manifests/archive.json"),
        (b'{"type":"event"}', BadManifest, "manifests/archive.json"),
    ],
)
def test_damaged_identity(data: bytes, error: type[Exception], said: str, archive: Workspace) -> None:
    """A damaged archive.json is named, with a hint."""
    archive.layout.archive_json.write_bytes(data)
    again = Workspace.open(find_archive(archive.layout.root, environ={}), environ={})

    with pytest.raises(error, match=said) as refused:
        _ = again.identity

    assert refused.value.hint  # type: ignore[attr-defined]


def test_newer_identity(archive: Workspace) -> None:
    """One of a later version is refused before the catalog is looked at."""
    later = {**archive.identity.to_json(), "version": 2}
    archive.layout.archive_json.write_bytes(canonical(later))
    again = Workspace.open(find_archive(archive.layout.root, environ={}), environ={})

    with pytest.raises(NewerFormat, match=r"manifests/archive.json: .*format 2"):
        _ = again.catalog


def test_statements_in_the_order_of_the_log(archive: Workspace) -> None:
    """What is damaged is named and passed over, or raised where nobody asks for names."""
    (statement_id, path, statement) = next(archive.statements())
    assert "archive.json" == path
    assert isinstance(statement, ArchiveStatement)
    assert 64 == len(statement_id)

    archive.layout.archive_json.write_bytes(b"{}")
    damaged: list[str] = []
    assert [] == list(archive.statements(damaged=damaged))
    assert ["manifests/archive.json: $.type is missing"] == damaged
    with pytest.raises(BadManifest):
        list(archive.statements())


def test_catalog_in_memory_makes_nothing(archive: Workspace) -> None:
    """Without a catalog on disk one is made in memory; it can be closed, and asked again."""
    assert 1 == archive.catalog.counts().statements
    archive.close_catalog()
    archive.close_catalog()
    assert 0 == archive.catalog.counts().snapshots
    assert not archive.layout.cache.exists()


def test_no_key_on_this_computer(archive: Workspace, tmp_path: Path) -> None:
    """Elsewhere there is no key, and a folder that is none is no error."""
    for keys in (tmp_path / "other", archive.key_path):
        elsewhere = Workspace.open(find_archive(archive.layout.root, environ={}), environ={"ARCHIVIST_KEYS": str(keys)})
        assert not elsewhere.has_key
