"""What a reader brings along to judge what outside witnesses say: roots, keys, headers, and the present moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from archivist.proof.bitcoin import Header

__all__ = ["Trust"]


def _no_headers() -> Mapping[int, Header]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Nothing of it comes from what is judged."""

    roots: Callable[[], bytes]
    """The certificates that an authority's chain may end in, as PEM; asked only where there is a stamp."""
    now: dt.datetime
    """What has expired by then is said."""
    witnesses: Sequence[str] = ()
    """Verifier keys of those who cosign."""
    headers: Callable[[], Mapping[int, Header]] = field(default=_no_headers)
    """Block headers by height; asked only where a proof leads to one."""
