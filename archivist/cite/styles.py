"""The table of citation styles: the one place to add one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from archivist.cite.bibtex import cite_bibtex
from archivist.cite.csl import cite_csl
from archivist.cite.plain import cite_plain
from archivist.model.citation import Citation

__all__ = ["STYLES"]

STYLES: Mapping[str, Callable[[Citation], str]] = MappingProxyType(
    {
        "plain": cite_plain,
        "bibtex": cite_bibtex,
        "csl": cite_csl,
    }
)
"""By the name given to ``cite --style``; the first is the default."""
