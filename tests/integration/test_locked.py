"""One writer at a time."""

from __future__ import annotations

from archivist.clock import SystemClock
from archivist.store.layout import Layout
from archivist.store.lock import Lock
from tests.integration.conftest import Archive, spawned
from tests.press import Press
from tests.press import responses as r


def test_second_writer_is_turned_away(archive: Archive, press: Press) -> None:
    """While one writes, another process leaves with 7 and a hint, and readers read."""
    press.serve("/a", r.plain())
    archive.snap(press.url("/a"))

    with Lock(Layout(archive.root), clock=SystemClock()):
        before = archive.files()
        said = spawned("-C", archive.root, "snap", press.url("/a"))
        assert said.is_clean_error(7), said
        assert "another archivist is writing" in said.err
        assert spawned("-C", archive.root, "reindex").is_clean_error(7)
        assert 0 == spawned("-C", archive.root, "list").code
        assert before == archive.files()

    assert 0 == archive("snap", press.url("/a")).code
