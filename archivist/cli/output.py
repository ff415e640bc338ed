"""How results look: JSON for programs, text for people, and nothing that a page could use to fool a terminal."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping

import click

__all__ = [
    "PAGED",
    "counted",
    "cut",
    "is_colourful",
    "is_terminal",
    "isolated",
    "paint",
    "printable",
    "short",
    "table",
    "when",
    "width",
    "write_json",
    "write_lines",
]

PAGED = "archivist.paged"
"""Under this name click's context knows that a pager shows the results."""

_KEPT = frozenset("\n\t")
_ISOLATE, _END = "\u2068", "\u2069"
"""First strong isolate, and its end (Unicode 15, UAX 9)."""
_TURNING = frozenset({"R", "AL", "AN"})
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def printable(text: str) -> str:
    """The text without what moves the cursor, colours the screen or turns the writing direction."""
    return "".join(
        character
        if character in _KEPT or (unicodedata.category(character) != "Cc" and character not in _BIDI)
        else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def is_terminal() -> bool:
    """Whether results go to a terminal, perhaps through a pager."""
    return sys.stdout.isatty() or _is_paged()


def _is_paged() -> bool:
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.find_root().meta.get(PAGED))


def is_colourful() -> bool:
    """Whether stdout is a terminal that wants colour (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return is_terminal() or bool(os.environ.get("FORCE_COLOR"))


def paint(text: str, **style: bool | str) -> str:
    """The text in a style, where colour is wanted."""
    return click.style(text, **style) if is_colourful() else text  # type: ignore[arg-type]  # click's own keywords


def width() -> int:
    """Columns to write in."""
    import shutil  # noqa: PLC0415  # only where a width matters

    return min(shutil.get_terminal_size((100, 24)).columns, 120)


def cut(text: str, room: int) -> str:
    """The text in at most so many columns of a terminal, with an ellipsis where it was longer."""
    from archivist.diff.wrap import columns  # noqa: PLC0415  # not for --json

    if not is_terminal() or columns(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if columns(text[:middle]) < room else (low, middle - 1)
    return text[:low].rstrip() + "…"


def isolated(text: str) -> str:
    """The text so that its direction stays its own: a headline in Arabic does not turn the line that it stands in."""
    if text.isascii() or not is_terminal() or not any(unicodedata.bidirectional(each) in _TURNING for each in text):
        return text
    return f"{_ISOLATE}{text}{_END}"


def _is_isolated(text: str) -> bool:
    """``isolated`` made it, and what is between its marks is printable."""
    return text.startswith(_ISOLATE) and text.endswith(_END) and printable(text[1:-1]) == text[1:-1]


def short(statement_id: str) -> str:
    """An id as shown: its first 12 hex digits."""
    return statement_id[:12]


def when(utc: str) -> str:
    """A moment as shown: ``2026-11-23 18:15:12 UTC``."""
    return f"{utc[:10]} {utc[11:19]} UTC"


def counted(number: int, noun: str) -> str:
    """``1 page``, ``1,200 pages``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


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

    lines = [tuple(cell if _is_isolated(cell) else printable(cell) for cell in row) for row in rows]
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
