"""What a start believes: that all is as the last run left it, as long as nothing says otherwise."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archivist.clock import FixedClock
from archivist.errors import ArchivistError
from archivist.pipeline.run import Run
from archivist.store.whole import Mark, forget_whole, is_whole, remember_whole
from archivist.workspace import Place, Workspace
from tests.press import Press
from tests.press import responses as r

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
PAGE = r.plain(r.page("<h1>Cranes</h1>"))


@pytest.fixture
def press() -> Iterator[Press]:
    """A press without TLS."""
    with Press() as press:
        yield press


@pytest.fixture
def ended(tmp_path: Path, press: Press) -> Workspace:
    """An archive after a run that ended as it should."""
    environ = {"ARCHIVIST_KEYS": str(tmp_path / "keys"), "ARCHIVIST_ALLOW": "127.0.0.1", "ARCHIVIST_FETCH_DELAY": "0"}
    place = Place(root=tmp_path / "archive", why="test", exists=False)
    workspace = Workspace.create(place, environ=environ, clock=FixedClock(NOW))
    press.serve("/a", PAGE)
    _run(workspace, press.url("/a"))
    return workspace


def _run(workspace: Workspace, *urls: str) -> bool:
    """Whether the run believed that all was whole when it began."""
    with Run(workspace) as run:
        assert len(urls) == len(list(run.snap(urls)))
    return run.catalog.is_whole


def _warc(workspace: Workspace) -> Path:
    return next(workspace.layout.archives.rglob("*.warc.gz"))


def _torn(workspace: Workspace) -> None:
    with _warc(workspace).open("ab") as file:
        file.write(b"\x1f\x8b")


def _one_more(workspace: Workspace) -> None:
    shutil.copy(_warc(workspace), _warc(workspace).with_name("other.warc.gz"))


def _statement_is_gone(workspace: Workspace) -> None:
    shutil.rmtree(next(workspace.layout.manifests.glob("127*/*")))


def _killed(workspace: Workspace) -> None:
    workspace.running.touch()


def _half(workspace: Workspace) -> None:
    path = workspace.layout.cache / "whole.json"
    path.write_bytes(path.read_bytes()[:-9])


def _another(workspace: Workspace) -> None:
    (workspace.layout.cache / "whole.json").write_text("[]")


def test_a_run_believes_the_last_one(ended: Workspace, press: Press) -> None:
    """A run that ended as it should is believed, also one after another, and whether it stored anything or not."""
    press.serve("/b", PAGE)

    assert _run(ended)
    assert _run(ended, press.url("/b"))
    assert _run(ended)


@pytest.mark.parametrize(
    "happened",
    [_torn, _one_more, _statement_is_gone, _killed, _half, _another],
    ids=lambda each: each.__name__,
)
def test_what_is_not_as_it_was(ended: Workspace, happened: Callable[[Workspace], None]) -> None:
    """Whatever happened to an archive meanwhile, the next start looks at everything."""
    happened(ended)

    assert not _run(ended)


@pytest.mark.parametrize(("hours", "believes"), [(24, True), (25, False), (-1, False)])
def test_once_a_day_everything_is_looked_at(ended: Workspace, hours: int, *, believes: bool) -> None:
    """What is a day old is not believed, nor what a clock that was set back calls the future."""
    ended.clock = FixedClock(NOW + dt.timedelta(hours=hours))

    assert believes is _run(ended)


def test_what_is_amiss_is_said_again(ended: Workspace) -> None:
    """A run that met damage, or could not sign, is not believed: the next one looks, and says it too."""
    warc = _warc(ended)
    warc.write_bytes(warc.read_bytes()[:-9])
    for _ in range(2):
        with Run(ended) as run:
            pass
        assert not run.catalog.is_whole
        assert ["cut short" in alarm for alarm in run.recovered.alarms] == [True]


def test_unsigned_is_not_whole(ended: Workspace, press: Press) -> None:
    """Statements that wait for a signature are found by the next start."""
    press.serve("/b", PAGE)
    ended.key_path.rename(ended.key_path.with_suffix(".away"))
    assert _run(ended, press.url("/b"))
    ended.key_path.with_suffix(".away").rename(ended.key_path)

    with Run(ended) as run:
        assert (False, 1) == (run.catalog.is_whole, len(run.recovered.due))


def test_while_a_run_is_under_way_nothing_is_believed(ended: Workspace) -> None:
    """Whoever dies in a run leaves nothing that the next start could believe."""

    def dies() -> None:
        with Run(ended):
            assert not (ended.layout.cache / "whole.json").exists()
            raise ArchivistError("dies")

    with pytest.raises(ArchivistError, match="dies"):
        dies()

    assert not (ended.layout.cache / "whole.json").exists()


def test_another_place_is_another_mark(ended: Workspace) -> None:
    """The mark says where the archive ended; nothing is remembered of what was forgotten."""
    mark = Mark(log=2, statement="a" * 64)
    remember_whole(ended.layout, mark, now=NOW)

    assert is_whole(ended.layout, mark, disk=ended.disk, now=NOW)
    assert not is_whole(ended.layout, Mark(log=3, statement="a" * 64), disk=ended.disk, now=NOW)
    assert not is_whole(ended.layout, Mark(log=2, statement="b" * 64), disk=ended.disk, now=NOW)
    forget_whole(ended.layout, disk=ended.disk)
    forget_whole(ended.layout, disk=ended.disk)
    assert not is_whole(ended.layout, mark, disk=ended.disk, now=NOW)
