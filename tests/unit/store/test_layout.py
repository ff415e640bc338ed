"""Where things are."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.errors import BadManifest
from archivist.store.layout import Layout, is_archive

HERE = Layout(Path("/a"))


def test_paths() -> None:
    """The folders of an archive are those of the format."""
    shown = [HERE.archives, HERE.manifests, HERE.archive_json, HERE.events, HERE.log, HERE.catalog, HERE.lock, HERE.tmp]
    assert [
        "archives", "manifests", "manifests/archive.json", "manifests/events", "manifests/log", ".archivist/catalog.db",
        ".archivist/lock", ".archivist/tmp",
    ] == [path.relative_to("/a").as_posix() for path in shown]  # fmt: skip


def test_manifest_path() -> None:
    """A manifest is named by host, slug with digits of the key, and number."""
    path = HERE.manifest_path("https://www.example.org/news/Harbour-Bridge?utm_source=x", 7)
    host, slug, name = path.relative_to(HERE.manifests).parts
    assert ("www.example.org", "0007.json") == (host, name)
    assert slug.startswith("news-harbour-bridge-")
    assert path.parent == HERE.article_folder("https://www.example.org/news/Harbour-Bridge")


@pytest.mark.parametrize("host", ["log", "events", "archive.json"])
def test_hosts_do_not_meet_our_folders(host: str) -> None:
    """A host that is called as one of our own folders gets another one."""
    folder = HERE.article_folder(f"http://{host}/x").relative_to(HERE.manifests)
    assert f"{host}_" == folder.parts[0]


def test_event_path() -> None:
    """An event is named by month, moment, kind and id."""
    path = HERE.event_path("2026-11-23T18:15:12.000001Z", kind="repair", id="ab" * 32)
    assert "2026-11/20261123T181512.000001Z-repair-abababababab.json" == path.relative_to(HERE.events).as_posix()


@pytest.mark.parametrize(
    ("at", "kind", "id_"),
    [
        ("now", "repair", "ab" * 32),
        ("2026-11-23T18:15:12Z", "../x", "ab" * 32),
        ("2026-11-23T18:15:12Z", "repair", "x"),
    ],
)
def test_event_path_refuses(at: str, kind: str, id_: str) -> None:
    """What cannot name a file safely is refused."""
    with pytest.raises(BadManifest):
        HERE.event_path(at, kind=kind, id=id_)


def test_is_archive(tmp_path: Path) -> None:
    """The archive statement makes a folder an archive."""
    assert not is_archive(tmp_path)
    (tmp_path / "manifests").mkdir()
    (tmp_path / "manifests" / "archive.json").write_bytes(b"{}")
    assert is_archive(tmp_path)
