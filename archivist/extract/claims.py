"""How the witnesses write down what they found."""

from __future__ import annotations

from typing import TypeAlias

from archivist.extract.html import Element
from archivist.extract.tree import collapse, path_of
from archivist.model.article import MAX_EVIDENCE, Claim, Evidence, FieldName

__all__ = ["Found", "claim", "element_claim"]

Found: TypeAlias = tuple[FieldName, Claim]
"""A field, and a claim about it."""


def claim(value: str, *, witness: str, at: str, text: str | None = None) -> Claim:
    """A claim; without ``text`` the value is itself what was read."""
    exact = value if text is None else text
    return Claim(value=value, evidence=Evidence(witness=witness, at=at, text=exact[:MAX_EVIDENCE]))


def element_claim(value: str, element: Element, *, witness: str, text: str, attribute: str = "") -> Claim:
    """A claim read in an element, or in one of its attributes."""
    at = path_of(element)
    if attribute:
        # The parser knows no namespaces: "xml:lang" is a name like any other.
        at += f"/@{attribute}" if ":" not in attribute else f"/@*[name()='{attribute}']"
    return claim(value, witness=witness, at=at, text=collapse(text))
