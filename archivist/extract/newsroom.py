"""Who signs as the newspaper: a site that names itself as author names a body, whatever its mark-up says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from archivist.extract.names import key_of
from archivist.model.article import Claim, FieldName

__all__ = ["newsroom_apart"]

FULL: Final = 2
"""Words of a full name."""
MIN_LABEL: Final = 4
"""Characters of a part of a host's name that is compared with a name: "www" and "com" are no names."""


def newsroom_apart(claims: Mapping[FieldName, Sequence[Claim]], url: str) -> dict[FieldName, list[Claim]]:
    """The claims, those about authors that name the site itself moved to the organisations, its name cut off others."""
    sites = {key_of(claim.value) for claim in claims.get("site_name", ())}
    labels = {label for label in (urlsplit(url).hostname or "").split(".") if len(label) >= MIN_LABEL}
    words = labels.union(*(site.split() for site in sites))
    sorted_out: dict[FieldName, list[Claim]] = {name: list(each) for name, each in claims.items()}
    authors = sorted_out.get("authors", [])
    bodies = [claim for claim in authors if key_of(claim.value) in sites or _joined(claim.value) & labels]
    if authors:
        sorted_out["authors"] = [_without_site(claim, words) for claim in authors if claim not in bodies]
    if bodies:
        sorted_out["organisations"] = [*sorted_out.get("organisations", []), *bodies]
    return sorted_out


def _without_site(claim: Claim, words: AbstractSet[str]) -> Claim:
    """The claim, where the name is full without words of the site's behind it: "Mara Quill Courier (staff writer)"."""
    name = claim.value.split()
    while len(name) > FULL and name[-1].casefold() in words:
        name.pop()
    return replace(claim, value=" ".join(name)) if len(name) < len(claim.value.split()) else claim


def _joined(name: str) -> set[str]:
    """The name as a host spells it: "The Courier" is thecourier, the-courier too."""
    words = [word for word in name.casefold().replace("’", "").replace("'", "").split() if word.isalnum()]
    return {"".join(words), "-".join(words)}
