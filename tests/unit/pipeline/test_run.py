"""A run: the lock, the catalog, the log, and pages that must not outlive it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Event, Thread

import pytest

from archivist.errors import ArchivistError, DiskFailed, FetchError, Locked, UsageError
from archivist.model.manifest import Snapshot
from archivist.pipeline.outcome import Failed, Outcome, Taken
from archivist.pipeline.run import Run
from archivist.store.ledger import Written
from archivist.store.log import Log
from archivist.workspace import Place, Workspace
from tests.press import Pause, Press, Reply
from tests.press import responses as r

PAGE = r.plain(r.page("<h1>Cranes</h1>"))


@pytest.fixture
def press() -> Iterator[Press]:
    """A press without TLS."""
    with Press() as press:
        yield press


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An archive whose settings allow loopback."""
    environ = {"ARCHIVIST_KEYS": str(tmp_path / "keys"), "ARCHIVIST_ALLOW": "127.0.0.1", "ARCHIVIST_FETCH_DELAY": "0"}
    place = Place(root=tmp_path / "archive", why="test", exists=False)
    return Workspace.create(place, environ={**environ, "ARCHIVIST_FETCH_RETRIES": "0"})


def _size(workspace: Workspace) -> int:
    return Log(workspace.layout, disk=workspace.disk).size


def test_one_run_one_checkpoint(workspace: Workspace, press: Press) -> None:
    """All statements of a run are in the log when it ends, under one checkpoint."""
    for path in ("/a", "/b"):
        press.serve(path, PAGE)

    with Run(workspace) as run:
        taken = list(run.snap([press.url("/a"), press.url("/b")]))
        assert all(isinstance(each, Taken) for each in taken)
        assert 0 == _size(workspace)

    assert 3 == _size(workspace)
    assert 1 == len(list((workspace.layout.log / "checkpoints").iterdir()))
    assert not workspace.running.exists()


def test_only_one_run(workspace: Workspace) -> None:
    """A second run in the same archive is turned away; after the first one it may begin."""
    with Run(workspace), pytest.raises(Locked), Run(workspace):
        pass
    with Run(workspace):
        pass


def test_sealed(workspace: Workspace) -> None:
    """In a sealed archive no run begins, and nothing is made for it."""
    (workspace.layout.root / "archivist.toml").write_text("[archive]\nsealed = true\n", encoding="utf-8")
    place = Place(root=workspace.layout.root, why="test", exists=True)
    sealed = Workspace.open(place, environ=workspace.environ)

    with pytest.raises(UsageError, match="is sealed"), Run(sealed):
        pass

    assert not workspace.layout.cache.exists()


def test_nothing_to_do(workspace: Workspace) -> None:
    """A run over no page leaves no file of records."""
    with Run(workspace) as run:
        assert [] == list(run.snap([]))

    assert [] == list(workspace.layout.archives.rglob("*.gz"))
    assert 1 == _size(workspace)


def test_the_catalog_is_one_file_at_rest(workspace: Workspace, press: Press) -> None:
    """After a run over several pages there is no write-ahead log, which read-only copies could not use."""
    paths = [f"/{number}" for number in range(4)]
    for path in paths:
        press.serve(path, PAGE)

    for _ in range(2):
        with Run(workspace) as run:
            for _outcome in run.snap(press.url(path) for path in paths):
                assert workspace.catalog.counts().statements > 0

    assert {"catalog.db", "lock", "tmp", "whole.json"} == {path.name for path in workspace.layout.cache.iterdir()}


def test_no_page_outlives_its_run(workspace: Workspace, press: Press) -> None:
    """Where the one who listens goes away, pages under way are ended or sealed before the lock is given back."""
    gate = Event()
    press.serve("/fast", PAGE)
    press.serve("/slow", Reply.of(Pause(gate), PAGE.data))

    class Quitting(Exception):
        """The one who listens has gone."""

    outcomes: list[Iterator[Outcome]] = []
    """Held beyond the run, so that nobody closes it by the way."""

    def listen() -> None:
        with Run(workspace) as run:
            outcomes.append(run.snap([press.url("/fast"), press.url("/slow")]))
            next(outcomes[0])
            press.wait_for("/slow")
            gate.set()
            raise Quitting

    with pytest.raises(Quitting):
        listen()

    statements = len(list(workspace.ledger.paths()))
    assert statements == _size(workspace)
    with Run(workspace) as again:
        assert ((), ()) == (again.recovered.adopted, again.recovered.orphans)
    assert statements == len(list(workspace.ledger.paths()))


def test_no_page_of_an_unknown_thread_outlives_its_run(workspace: Workspace, press: Press) -> None:
    """A page is waited for although no pool knows its thread, as after a signal in the middle of starting one."""
    gate = Event()
    press.serve("/slow", Reply.of(Pause(gate), PAGE.data))

    with Run(workspace) as run:
        stray = Thread(target=run.take, args=(press.url("/slow"),))
        stray.start()
        press.wait_for("/slow")
        gate.set()
    sealed = sum(1 for _ in workspace.ledger.paths())
    stray.join()

    assert 2 == sealed == _size(workspace)
    with pytest.raises(CancelledError):
        run.take(press.url("/slow"))


def test_failures_by_kind(workspace: Workspace, press: Press) -> None:
    """No answer fails one page; a bug that a page brings to light fails that page; a failing disk ends the run."""
    press.serve("/a", PAGE)
    press.serve("/b", PAGE)

    class Failing(Run):
        error: Exception = ZeroDivisionError("a bug")

        def seal(self, snapshot: Snapshot) -> Written:
            if snapshot.article.endswith("/a"):
                raise self.error
            return super().seal(snapshot)

    with Failing(workspace) as run:
        outcomes = {outcome.url: outcome for outcome in run.snap([press.url("/none")]) if isinstance(outcome, Failed)}
        assert isinstance(outcomes[press.url("/none")].error, FetchError)

        both = list(run.snap([press.url("/a"), press.url("/b")]))
        (failed,) = [outcome for outcome in both if isinstance(outcome, Failed)]
        assert "bug in archivist" in str(failed.error)
        assert 70 == ArchivistError.exit_code == failed.error.exit_code
        assert 2 == len(both)

    class Full(Failing):
        error = DiskFailed("the disk is full")

    with pytest.raises(DiskFailed, match="full"), Full(workspace) as full:
        list(full.snap([press.url("/a"), press.url("/b")]))
    assert workspace.is_interrupted

    with Run(workspace) as healed:
        assert press.url("/a") in healed.recovered.adopted


def test_unsigned(workspace: Workspace, tmp_path: Path) -> None:
    """Without the key the statements wait, and the reason names the place where the key should be."""
    key = workspace.key_path.rename(tmp_path / "away.pem")

    with Run(workspace) as run:
        pass
    assert 1 == run.unsigned
    assert str(workspace.key_path) in run.unsigned_because

    workspace.key_path.write_bytes(b"")
    with Run(workspace) as run:
        pass
    assert 1 == run.unsigned
    assert str(workspace.key_path) in run.unsigned_because

    workspace.key_path.unlink()
    key.rename(workspace.key_path)
    with Run(workspace) as run:
        pass
    assert (0, "") == (run.unsigned, run.unsigned_because)
    assert 1 == _size(workspace)
