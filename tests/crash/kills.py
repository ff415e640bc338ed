"""A run over a newspaper is killed at a moment, and started again: told by the tests and by the long version."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Literal

from tests.crash.runs import (
    Going,
    Paper,
    assert_kept,
    assert_sound,
    assert_untouched,
    evidence,
    going,
    has_ended,
    is_archive,
    run,
    signed_size,
)

__all__ = ["Moment", "Story", "moments", "usual_duration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a run is killed, and how."""

    after: Literal["time", "line"]
    share: float
    """Of the run's usual duration, or of its lines."""
    is_alone: bool = False
    """Only the program itself; its reader has to notice."""

    def __str__(self) -> str:
        return f"{'alone-' if self.is_alone else ''}{self.after}-{self.share:.3f}"


def moments(count: int, *, seed: int) -> list[Moment]:
    """Moments spread over a run: one in each of as many equal parts, at random inside; every fourth after a line."""
    dice = Random(seed)
    chosen = [
        Moment(
            after="line" if part % 4 == 3 else "time",
            share=(part + dice.random()) / count,
            is_alone=part % 6 == 2,
        )
        for part in range(count)
    ]
    dice.shuffle(chosen)
    return chosen


@dataclass
class Story:
    """An archive that is killed and started again, once or many times."""

    root: Path
    paper: Paper
    usual: float
    """Seconds that a run over the whole paper takes when nobody kills it."""
    acknowledged: list[dict[str, Any]] = field(default_factory=list)

    def tell(self, moment: Moment) -> Going:
        """A run is killed at this moment; the next start, which is returned, loses nothing and makes all sound."""
        listed = self.root.with_name("list")
        listed.write_text("\n".join(self.paper.urls[1:]), encoding="utf-8")
        with going(self.root, "snap", "--from", listed, "--json") as under_way:
            self._kill(under_way, moment)
        self.acknowledged += under_way.acknowledged
        return self._start()

    def _start(self) -> Going:
        before = evidence(self.root)
        signed = signed_size(self.root)
        was_there = is_archive(self.root)
        over = run(self.root, "snap", "--json", self.paper.urls[0])
        assert (0, 2) == (over.process.returncode, len(over.lines)), over.said
        assert "warning" not in over.said
        assert was_there == ("New archive" not in over.said)
        self.acknowledged += over.acknowledged
        assert_untouched(before, evidence(self.root), signed=signed)
        assert_kept(self.root, self.acknowledged, paper=self.paper)
        assert_sound(self.root)
        return over

    def _kill(self, under_way: Going, moment: Moment) -> None:
        if moment.after == "line":
            under_way.after_lines(int(moment.share * len(self.paper.urls)))
        else:
            under_way.after(moment.share * self.usual)
        readers = under_way.children()
        under_way.kill(is_alone=moment.is_alone)
        for reader in readers:
            assert has_ended(reader)


def usual_duration(root: Path, paper: Paper) -> float:
    """How long a run takes that nobody kills; that such a run is in order is checked, too."""
    listed = root.with_name("list")
    listed.write_text("\n".join(paper.urls), encoding="utf-8")
    start = time.monotonic()
    over = run(root, "snap", "--from", listed, "--json")
    took = time.monotonic() - start
    assert (0, len(paper.urls)) == (over.process.returncode, len(over.acknowledged)), over.said
    assert_kept(root, over.acknowledged, paper=paper)
    assert_sound(root)
    return took
