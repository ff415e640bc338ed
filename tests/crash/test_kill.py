"""Runs of the whole program are killed at random moments, and the next start puts all right."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.kills import Moment, Story, moments, usual_duration
from tests.crash.runs import Paper
from tests.press import Press

ARTICLES = 50
SHORT, LONG = 12, 200
SEED = 20261123
KILLS_OF_ONE = 10
"""After so many kills an archive of the long version has lived long enough."""


@pytest.fixture(scope="module")
def paper() -> Iterator[Paper]:
    """The newspaper."""
    with Press() as press:
        yield Paper(press, articles=ARTICLES)


@pytest.fixture(scope="module")
def usual(paper: Paper, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long a run takes that nobody kills."""
    return usual_duration(tmp_path_factory.mktemp("usual") / "archive", paper)


@pytest.mark.parametrize("moment", moments(SHORT, seed=SEED)[: SHORT // 2], ids=str)
def test_a_new_archive_is_killed(moment: Moment, *, paper: Paper, usual: float, tmp_path: Path) -> None:
    """A first run is killed; what it had acknowledged is kept, and the next start leaves all in order."""
    Story(tmp_path / "archive", paper, usual).tell(moment)


def test_an_archive_is_killed_again_and_again(paper: Paper, usual: float, tmp_path: Path) -> None:
    """An archive that lives on from kill to kill keeps all that it ever acknowledged."""
    story = Story(tmp_path / "archive", paper, usual)
    for moment in moments(SHORT, seed=SEED)[SHORT // 2 :]:
        story.tell(moment)


def test_killed_before_it_had_started(paper: Paper, usual: float, tmp_path: Path) -> None:
    """Starts that die within their first moments, one after another, leave an archive as good as new."""
    story = Story(tmp_path / "archive", paper, usual)
    for part in range(5):
        story.tell(Moment(after="time", share=(0.2 + part * 0.1) / usual))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_new_archives_are_killed(paper: Paper, usual: float, tmp_path: Path) -> None:
    """A hundred first runs are killed, each of a new archive."""
    for number, moment in enumerate(moments(LONG // 2, seed=SEED + 1)):
        folder = tmp_path / str(number)
        folder.mkdir()
        Story(folder / "archive", paper, usual).tell(moment)
        shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_old_archives_are_killed(paper: Paper, usual: float, tmp_path: Path) -> None:
    """A hundred runs are killed, ten of each archive."""
    story = Story(tmp_path / "archive", paper, usual)
    for number, moment in enumerate(moments(LONG // 2, seed=SEED + 2)):
        if number % KILLS_OF_ONE == 0:
            story = Story(tmp_path / f"archive-{number}", paper, usual)
        story.tell(moment)
