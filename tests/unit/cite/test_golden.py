"""Every style on every invented case, against texts that were reviewed line by line with the rule beside them.

``ARCHIVIST_GOLDEN=write`` writes them anew, for another review.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from archivist.cite.markup import Markup
from archivist.cite.styles import STYLES
from tests.unit.cite.cases import CASES
from tests.unit.cite.rules import rule_of

FOLDER = Path(__file__).parents[2] / "gold" / "citations"

SHORT = {"csl", "yaml", "ni", "sri", "sha256", "blake3"}
"""Formats that independent readers are tested on, case by case: here is one of each shape."""
SOME = {"one author", "Chinese", "a report", "an edit", "private, without a name", "with a document"}


def _golden(style: str) -> str:
    """All cases of a style; italics and links are shown as Markdown."""
    markup: Markup = "markdown" if STYLES[style].is_marked_up else "text"
    blocks = [f"### {STYLES[style].about}"]
    for name, citation in CASES.items():
        if style in SHORT and name not in SOME:
            continue
        head = f"## {name}: {rule_of(style, name)}".removesuffix(": ")
        blocks.append(f"{head}\n{STYLES[style].write([citation], markup).rstrip()}")
    return "\n\n".join(blocks) + "\n"


@pytest.mark.parametrize("style", STYLES)
def test_golden(style: str) -> None:
    """The text of each case is the one that was reviewed."""
    path = FOLDER / f"{style}.txt"
    if os.environ.get("ARCHIVIST_GOLDEN") == "write":
        path.write_text(_golden(style), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == _golden(style)


def test_no_golden_without_style() -> None:
    """Every golden file is of a style that exists."""
    assert {path.stem for path in FOLDER.iterdir()} == set(STYLES)


def test_guide() -> None:
    """Every example of the guide is what the style prints, and no style is without one."""
    text = (Path(__file__).parents[3] / "docs" / "guides" / "citing.md").read_text(encoding="utf-8")
    examples = re.findall(r"<!-- ([\w-]+): (.+?) -->\n```text.*?\n(.*?)\n```\n", text, re.DOTALL)
    for style, case, shown in examples:
        assert shown == STYLES[style].write([CASES[case]], "text").rstrip()
    assert {style for style, _, _ in examples} == set(STYLES)
