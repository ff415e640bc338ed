"""How results look: JSON for programs, text for people, and nothing that a page could use to fool a terminal."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping

import click

__all__ = ["is_colourful", "paint", "printable", "short", "table", "when", "width", "write_json", "write_lines"]

_KEPT = frozenset("\n\t")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def printable(text: str) -> str:
    """The text without what moves the cursor, colours the screen or turns the writing direction."""
    return "".join(
        character
        if character in _KEPT or (unicodedata.category(character) != "Cc" and character not in _BIDI)
        else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def is_colourful() -> bool:
    """Whether stdout is a terminal that wants colour (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def paint(text: str, **style: bool | str) -> str:
    """The text in a style, where colour is wanted."""
    return click.style(text, **style) if is_colourful() else text  # type: ignore[arg-type]  # click's own keywords


def width() -> int:
    """Columns to write in."""
    import shutil  # noqa: PLC0415  # only where a width matters

    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def short(statement_id: str) -> str:
    """An id as shown: its first 12 hex digits."""
    return statement_id[:12]


def when(utc: str) -> str:
    """A moment as shown: ``2026-11-23 18:15:12 UTC``."""
    return f"{utc[:10]} {utc[11:19]} UTC"


def write_json(value: object) -> None:
    """One JSON object on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))


def write_lines(items: Iterable[Mapping[str, object]], *, summary: Mapping[str, object]) -> None:
    """JSON Lines on stdout, the last of them the summary."""
    for item in items:
        click.echo(json.dumps(item, ensure_ascii=False))
    click.echo(json.dumps({"summary": summary}, ensure_ascii=False))


def table(rows: Iterable[tuple[str, ...]], *, indent: str = "") -> str:
    """Rows in columns as wide as they need to be; the last column is free."""
    from archivist.diff.wrap import columns  # noqa: PLC0415  # not for --json

    lines = [tuple(printable(cell) for cell in row) for row in rows]
    if not lines:
        return ""
    widths = [max(columns(row[column]) for row in lines) for column in range(len(lines[0]) - 1)]
    return "\n".join(
        indent
        + "  ".join(
            [*(cell + " " * (size - columns(cell)) for cell, size in zip(row, widths, strict=False)), row[-1]]
        ).rstrip()
        for row in lines
    )
