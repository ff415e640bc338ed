"""Two runs on one archive at the same time: one works, the other leaves and says who is there."""

from __future__ import annotations

import os
import select
import threading
from pathlib import Path

import pytest

from tests.crash.runs import PATIENCE, Going, Paper, assert_kept, assert_sound, going, run
from tests.press import Pause, Press, Reply
from tests.press import responses as r


def _gate(paper: Paper, path: str) -> threading.Event:
    """A page that is not answered before the event."""
    event, answer = threading.Event(), r.plain(paper.bodies[path])
    paper.press.serve(path, Reply((Pause(event), *answer.steps), keep=answer.keep))
    return event


def _in_order_of_ending(one: Going, two: Going) -> tuple[Going, Going]:
    """The run that has ended, and the other one."""
    descriptors = [os.pidfd_open(each.process.pid) for each in (one, two)]
    try:
        ended, _, _ = select.select(descriptors, [], [], PATIENCE)
    finally:
        for descriptor in descriptors:
            os.close(descriptor)
    return (one, two) if descriptors[0] in ended else (two, one)


@pytest.mark.parametrize("is_new", [False, True])
@pytest.mark.parametrize("turn", range(3))
def test_two_at_once(*, turn: int, is_new: bool, tmp_path: Path) -> None:
    """Of two runs that start together exactly one works; the other leaves with 7 and names it; all is consistent."""
    with Press() as press:
        paper = Paper(press, articles=3)
        root = tmp_path / "archive"
        first = [] if is_new else run(root, "snap", "--json", paper.urls[0]).acknowledged
        gate = _gate(paper, "/news/1.html")
        words = ("snap", "--json", *paper.urls[1:])
        with going(root, *words) as one, going(root, *words) as two:
            loser, winner = _in_order_of_ending(one, two)
            gate.set()
            assert (7, 0) == (loser.wait(), winner.wait()), (loser.said, winner.said)
        _assert_locked_out(loser, winner)
        assert 2 == len(winner.acknowledged)
        assert_kept(root, [*first, *winner.acknowledged], paper=paper)
        assert_sound(root)
        again = run(root, *words)
        assert (0, "2 stored, 0 failed\n") == (again.process.returncode, again.said)
        assert ["2", "2"] == [str(line["number"]) for line in again.acknowledged]
        assert 1 == len(list(tmp_path.glob("archive-keys/*.pem")))


def _assert_locked_out(loser: Going, winner: Going) -> None:
    """It stored nothing, and named the other one."""
    assert [] == loser.lines
    assert f"error: another archivist is writing here: pid {winner.process.pid} since " in loser.said
    assert loser.said.endswith("\nhint: wait until it has ended, and try again\n")
