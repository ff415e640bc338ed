"""A run dies between any two calls to the disk, and so does the start after it; the start after that mends all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from archivist.errors import ArchivistError, DiskFailed
from archivist.model.manifest import Event, Snapshot
from archivist.store.durable import RealDisk
from archivist.store.ledger import reading
from archivist.store.settings import load
from archivist.store.system import System
from archivist.verbs.snap import Snapped, snap
from archivist.workspace import Workspace, find_archive
from tests.crash.runs import Paper, assert_sound, assert_untouched, evidence, open_archive, run, signed_size
from tests.press import Press
from tests.unit.store.exchanges import QuickSystem
from tests.unit.store.faults import FaultySystem, Way


@pytest.fixture(scope="module")
def paper() -> Iterator[Paper]:
    """A newspaper of three articles."""
    with Press() as press:
        yield Paper(press, articles=3)


@pytest.fixture(scope="module")
def beginning(paper: Paper, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that holds the first article."""
    root = tmp_path_factory.mktemp("beginning") / "archive"
    over = run(root, "snap", "--json", paper.urls[0])
    assert 0 == over.process.returncode
    return root


def _copy(beginning: Path, folder: Path) -> Path:
    """The archive again, with its key."""
    shutil.copytree(beginning.with_name("archive-keys"), folder / "archive-keys")
    return Path(shutil.copytree(beginning, folder / "archive"))


def _workspace(root: Path, system: System) -> Workspace:
    environ = {
        "ARCHIVIST_KEYS": str(root.with_name("archive-keys")),
        "ARCHIVIST_ALLOW": "127.0.0.1",
        "ARCHIVIST_ROBOTS": "ignore",
        "ARCHIVIST_FETCH_DELAY": "0",
    }
    settings = load(root, environ=environ, overrides={})
    assert find_archive(root, environ=environ).exists
    return Workspace(root, settings=settings, environ=environ, disk=RealDisk(root, system=system))


def _snap(root: Path, url: str, *, system: System | None = None) -> Snapped:
    """A run in this process."""
    workspace = _workspace(root, system or QuickSystem())
    try:
        return snap(workspace, [url])
    finally:
        workspace.close_catalog()


@dataclass
class Dying(FaultySystem):
    """A system that dies when a file is made whose path is of the wanted kind."""

    wanted: Callable[[Path], bool] = lambda _: False

    def create(self, path: Path, *, mode: int) -> int:
        """May be the last call."""
        if not self.at and self.wanted(path):
            self.at = len(self.calls) + 1
        return super().create(path, mode=mode)


def _is_manifest(path: Path) -> bool:
    return "manifests" in path.parts and not {"log", "events"} & set(path.parts)


def _mended(root: Path, url: str) -> Snapped:
    """The start after an interrupted run changes nothing that was there, and leaves all in order."""
    before, signed = evidence(root), signed_size(root)
    snapped = _snap(root, url)
    assert 0 == snapped.exit_code
    assert () == snapped.recovered.alarms
    assert_untouched(before, evidence(root), signed=signed)
    assert_sound(root)
    return snapped


def test_stored_and_not_sealed(beginning: Path, paper: Paper, tmp_path: Path) -> None:
    """Records without a manifest become a late snapshot, which says what a snapshot in time would have said."""
    root = _copy(beginning, tmp_path)
    with pytest.raises(DiskFailed):
        _snap(root, paper.urls[1], system=Dying(wanted=_is_manifest))
    over = run(root, "snap", "--json", paper.urls[2])
    assert 0 == over.process.returncode
    assert over.said == (
        f"adopted: an interrupted run had stored {paper.urls[1]} and not sealed it; it is a late snapshot now\n"
    )
    assert f'"adopted": ["{paper.urls[1]}"]' in over.lines[-1]
    assert_sound(root)
    late = _snapshot(root, paper.urls[1])

    other = _copy(beginning, tmp_path / "other")
    _snap(other, paper.urls[1])
    in_time = _snapshot(other, paper.urls[1])
    assert (True, False) == (late.is_adopted, in_time.is_adopted)
    assert reading(in_time, open_archive(other).ledger.load) == reading(late, open_archive(root).ledger.load)
    assert (in_time.quality, in_time.fingerprint, in_time.number) == (late.quality, late.fingerprint, late.number)
    assert _essence(in_time) == _essence(late)
    assert ["adopted"] == [problem.code for problem in late.problems]
    assert ["Northquay Pictures 1"] == [picture.value("credit") for picture in late.pictures]


def _snapshot(root: Path, article: str) -> Snapshot:
    workspace = open_archive(root)
    row = workspace.catalog.newest(article)
    assert row is not None
    found = workspace.load_snapshot(row)
    workspace.close_catalog()
    return found


def _essence(snapshot: Snapshot) -> list[tuple[object, ...]]:
    return [(each.uri, each.role, each.kind, each.status, each.payload) for each in snapshot.captures]


def _calls(beginning: Path, folder: Path, url: str) -> list[str]:
    """The calls of a run that nothing interrupts."""
    root = _copy(beginning, folder)
    system = FaultySystem()
    _snap(root, url, system=system)
    return system.calls


@pytest.mark.parametrize(
    ("way", "step"),
    [
        ("half", 3),
        pytest.param("half", 1, marks=pytest.mark.slow),
        pytest.param("persisted", 1, marks=pytest.mark.slow),
        pytest.param("not persisted", 1, marks=pytest.mark.slow),
    ],
)
def test_a_run_dies_anywhere(beginning: Path, paper: Paper, tmp_path: Path, *, way: Way, step: int) -> None:
    """Whichever call of a run is its last, the next start leaves every statement signed and every byte described."""
    count = len(_calls(beginning, tmp_path / "counted", paper.urls[1]))
    met: set[str] = set()
    for at in range(1, count + 1, step):
        folder = tmp_path / str(at)
        root = _copy(beginning, folder)
        with pytest.raises(DiskFailed):
            _snap(root, paper.urls[1], system=FaultySystem(at=at, way=way))
        snapped = _mended(root, paper.urls[2])
        met |= {name for name in ("torn", "adopted", "orphans", "due") if getattr(snapped.recovered, name)}
        if snapped.recovered.orphans:
            _assert_described(root, snapped)
        shutil.rmtree(folder)
    assert met >= {"adopted", "due"} | ({"torn"} if way == "half" else set())


def _assert_described(root: Path, snapped: Snapped) -> None:
    """A repair statement describes the records that belong to no page."""
    events = [each for _, _, each in open_archive(root).statements() if isinstance(each, Event)]
    assert [("repair", snapped.recovered.orphans)] == [(each.kind, each.stored) for each in events]


def test_a_file_with_nothing_but_its_own_description(beginning: Path, paper: Paper, tmp_path: Path) -> None:
    """Records that belong to no page are described by a repair statement, which says where they stand."""
    root = _copy(beginning, tmp_path)
    first_record = _calls(beginning, tmp_path / "counted", paper.urls[1]).index("write") + 1
    with pytest.raises(DiskFailed):
        _snap(root, paper.urls[1], system=FaultySystem(at=first_record, way="persisted"))
    snapped = _mended(root, paper.urls[2])
    assert ((), 1) == (snapped.recovered.adopted, len(snapped.recovered.orphans))
    _assert_described(root, snapped)


def _interrupted(beginning: Path, paper: Paper, folder: Path) -> Path:
    """An archive after a run that left something of every kind: a torn record, records, an unsigned statement."""
    root = _copy(beginning, folder)
    seen: list[Path] = []

    def is_second(path: Path) -> bool:
        seen.extend([path] if _is_manifest(path) else [])
        return len(seen) == 2

    workspace = _workspace(root, Dying(wanted=is_second))
    with pytest.raises(DiskFailed):
        snap(workspace, paper.urls[1:])
    workspace.close_catalog()
    warc = max(root.glob("archives/*/*.warc.gz"), key=lambda path: path.stat().st_mtime_ns)
    with warc.open("ab") as file:
        file.write(warc.read_bytes()[:100])
    return root


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_the_next_start_dies_anywhere(beginning: Path, paper: Paper, tmp_path: Path, step: int) -> None:
    """A start that dies while it mends is made up for by the one after it."""
    root = _interrupted(beginning, paper, tmp_path / "first")
    counted = FaultySystem()
    shutil.copytree(root.parent, tmp_path / "counted")
    snapped = _snap(tmp_path / "counted" / "archive", paper.urls[0], system=counted)
    assert (1, 1, 1) == tuple(len(getattr(snapped.recovered, name)) for name in ("torn", "adopted", "due"))
    for at in range(1, len(counted.calls) + 1, step):
        here = Path(shutil.copytree(root.parent, tmp_path / str(at))) / "archive"
        before, signed = evidence(here), signed_size(here)
        with suppress(ArchivistError):
            _snap(here, paper.urls[0], system=FaultySystem(at=at, way="persisted"))
        if at % 8 == 1:
            # And a start that is killed at once, before it can mend anything.
            with suppress(ArchivistError):
                _snap(here, paper.urls[0], system=FaultySystem(at=1))
        _mended(here, paper.urls[0])
        assert_untouched(before, evidence(here), signed=signed)
        shutil.rmtree(here.parent)
