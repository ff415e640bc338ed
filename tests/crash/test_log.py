"""An append to the log dies at any of its calls; the next one, with more and in another order, leaves no file over."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from archivist.errors import DiskFailed
from archivist.proof.tiles import TILE_WIDTH, parse_tile_path, unbundle
from archivist.store.durable import RealDisk
from archivist.store.layout import Layout
from archivist.store.log import Log
from tests.unit.store.exchanges import ORIGIN, quick_disk, sign
from tests.unit.store.faults import FaultySystem, Way

IDS = [hashlib.sha256(b"%d" % number).hexdigest() for number in range(600)]
BEFORE, BEGUN = 250, 520
"""From inside the first bundle of 256 to inside the third: whole and partial tiles on two levels."""


def _assert_no_file_over(root: Path) -> None:
    """Every bundle holds what the log says, and a checkpoint explains each that is not full."""
    layout = Layout(root)
    log = Log(layout, disk=quick_disk(root))
    entries, sizes = list(log.entries()), set(log.sizes())
    bundles = [path for path in (layout.log / "tile" / "entries").rglob("*") if path.is_file() and path.name.isdigit()]
    for path in bundles:
        tile = parse_tile_path(path.relative_to(layout.log).as_posix())
        first = tile.index * TILE_WIDTH
        assert entries[first : first + tile.width] == [entry.hex() for entry in unbundle(path.read_bytes())]
        assert tile.width == TILE_WIDTH or first + tile.width in sizes
    assert len(bundles) >= len(sizes)


@pytest.mark.parametrize("way", ["persisted", "not persisted", "half"])
def test_an_append_dies_anywhere(tmp_path: Path, way: Way) -> None:
    """What was begun is signed as it was begun, before anything else is appended."""
    beginning = tmp_path / "beginning"
    Log(Layout(beginning), disk=quick_disk(beginning)).append(IDS[:BEFORE], origin=ORIGIN, sign=sign)
    counted = FaultySystem()
    here = Path(shutil.copytree(beginning, tmp_path / "counted"))
    Log(Layout(here), disk=RealDisk(here, system=counted)).append(IDS[BEFORE:BEGUN], origin=ORIGIN, sign=sign)
    for at in range(1, len(counted.calls) + 1):
        here = Path(shutil.copytree(beginning, tmp_path / str(at)))
        with pytest.raises(DiskFailed):
            Log(Layout(here), disk=RealDisk(here, system=FaultySystem(at=at, way=way))).append(
                IDS[BEFORE:BEGUN], origin=ORIGIN, sign=sign
            )
        log = Log(Layout(here), disk=quick_disk(here))
        log.append(IDS[: BEFORE - 1 : -1], origin=ORIGIN, sign=sign)
        assert IDS[:BEFORE] == list(log.entries())[:BEFORE]
        assert sorted(IDS) == sorted(log.entries())
        _assert_no_file_over(here)
        shutil.rmtree(here)
