"""The program that holds the schedule against published counts of edits: its newsrooms, and what it counts."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[3] / "scripts" / "bench"


@pytest.fixture(scope="module")
def edits() -> ModuleType:
    """The newsrooms."""
    sys.path.insert(0, str(BENCH))
    try:
        import published_edits  # type: ignore[import-not-found]  # noqa: PLC0415  # found only now
    finally:
        sys.path.remove(str(BENCH))
    found: ModuleType = published_edits
    return found


def test_newsrooms_edit_as_counted(edits: ModuleType) -> None:
    """A third of the articles is edited, most of them once or twice, four of five edits on the first day."""
    stories = [story for seed in range(20) for story in edits.quarter(seed)]
    edited = [story for story in stories if story.edits]
    ages = [age for story in edited for age in story.edits]
    assert 0.32 < len(edited) / len(stories) < 0.38
    assert 0.79 < sum(len(story.edits) <= 2 for story in edited) / len(edited) < 0.85
    assert 0.80 < sum(age <= 86_400 for age in ages) / len(ages) < 0.84
    assert max(ages) <= 7 * 86_400


def test_the_schedule_sees_more_for_less(edits: ModuleType) -> None:
    """Beside a look every half hour: no more versions missed, sooner, with a tenth of the looks; at the pace."""
    stories = edits.quarter(3, articles=100, hosts=10)
    ours = edits.watch(stories, edits.Adaptive())
    fixed = edits.watch(stories, edits.Fixed(1_800.0), life=8 * 86_400.0)
    assert ours.versions == fixed.versions
    assert ours.missed <= fixed.missed
    assert ours.median_minutes <= 10 < fixed.median_minutes
    assert ours.per_article <= 98
    assert ours.closest >= 1.0
