"""Regular expressions that are compiled when a page first asks them.

Most pages are in one script and thank nobody: to compile what finds names in all scripts takes longer than to read one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

__all__ = ["lazily"]


def lazily(expression: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[], re.Pattern[str]]:
    """A function that gives the compiled expression."""
    return cache(lambda: re.compile(expression, flags))
