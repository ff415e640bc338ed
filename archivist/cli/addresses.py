"""Addresses that are not typed but stand in a file."""

from __future__ import annotations

import sys
from pathlib import Path

from archivist.errors import UsageError

__all__ = ["listed"]


def listed(source: str) -> list[str]:
    """The addresses in a file, one a line.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
