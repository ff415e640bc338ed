"""``archivist import``: from other programs' lists to the watchlist."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from archivist.model.watch import Kind
from archivist.store.settings import MAX_FILE
from tests.integration.conftest import Archive
from tests.unit.extract.test_monitors import BILLION, OPML, URLWATCH


def test_lists_become_watches(archive: Archive, tmp_path: Path) -> None:
    """Once; what is known stays as it was, what cannot be watched is named, with 3."""
    urls, jobs = tmp_path / "urls.txt", tmp_path / "urls.yaml"
    urls.write_text("https://courier.example/crane?utm_source=x harbour\nhttps://a:b@courier.example/\n", "utf-8")
    jobs.write_bytes(URLWATCH)
    archive("watch", "https://courier.example/b", "--every", "6h")

    dry = archive("import", "--dry-run", urls, jobs)
    assert 3 == dry.code
    assert dry.out.splitlines() == [
        "would watch https://courier.example/crane?utm_source=x  [harbour]",
        "would watch https://courier.example/c  [a, b]",
    ]
    assert 1 == len(archive("watch", "--json").lines[:-1])

    said = archive("import", "--json", "--tag", "new", urls, jobs)
    assert (3, "") == (said.code, said.err)
    assert [["new", "harbour"], ["new", "a", "b"]] == [each["tags"] for each in said.json["added"]]
    assert ["https://courier.example/b"] == said.json["known"]
    assert [{"name": str(urls), "format": "addresses"}, {"name": str(jobs), "format": "urlwatch"}] == said.json["files"]
    why = {each["url"]: each["why"] for each in said.json["left_out"]}
    assert {"https://…@courier.example/", "uptime", "https://courier.example/form"} == set(why)
    watched = {line["url"]: line["every"] for line in archive("watch", "--json").lines[:-1]}
    assert 3 == len(watched)
    assert "6h" == watched["https://courier.example/b"]

    again = archive("import", jobs)
    assert (3, "") == (again.code, again.out)
    assert "0 added, 3 known already, 2 left out" in again.err


def test_feeds(archive: Archive, tmp_path: Path) -> None:
    """They are watched as what they are, where feeds are watched."""
    (tmp_path / "feeds.opml").write_bytes(OPML)
    said = archive("import", "--json", tmp_path / "feeds.opml").json
    if "feed" in get_args(Kind):
        assert ["feed", "article"] == [each["kind"] for each in said["added"]]
    else:
        assert ["is a feed, and only articles are watched"] == [each["why"] for each in said["left_out"]]


@pytest.mark.parametrize(
    ("data", "code"), [(None, 1), (BILLION, 1), (b"\x1b[31m\xff", 1), (b"<rss><channel/></rss>", 1)]
)
def test_no_list(data: bytes | None, code: int, archive: Archive, tmp_path: Path) -> None:
    """An error that names the file; no archive is made for nothing."""
    path = tmp_path / "list"
    if data is not None:
        path.write_bytes(data)
    said = archive("import", path)
    assert (code, "") == (said.code, said.out)
    assert said.err.startswith(f"error: {path}")
    assert not archive.root.exists()


def test_a_list_that_is_too_long(archive: Archive, tmp_path: Path) -> None:
    """The watchlist stays one that can be read."""
    archive("init")
    (archive.root / "archivist.toml").write_text("#" * (MAX_FILE - 40), "utf-8")
    (tmp_path / "urls.txt").write_text("https://courier.example/a\n", "utf-8")
    said = archive("import", tmp_path / "urls.txt")
    assert (2, "") == (said.code, said.out)
    assert "larger than" in said.err
    assert 0 == archive("watch").code


def test_a_wrong_tag(archive: Archive, tmp_path: Path) -> None:
    """What the watchlist could not be read with is not written."""
    (tmp_path / "urls.txt").write_text("https://courier.example/a\n", "utf-8")
    assert 2 == archive("import", "--tag", "a,b", tmp_path / "urls.txt").code
    assert 0 == archive("watch").code
