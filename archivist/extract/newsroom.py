"""Who signs as the newspaper: a site that names itself as author names a body, whatever its mark-up says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from archivist.extract.names import key_of
from archivist.model.article import Claim, FieldName

__all__ = ["newsroom_apart"]

MIN_LABEL = 4
"""Characters of a part of a host's name that is compared with a name: "www" and "com" are no names."""


def newsroom_apart(claims: Mapping[FieldName, Sequence[Claim]], url: str) -> dict[FieldName, list[Claim]]:
    """The claims, those about authors that name the site itself moved to the organisations."""
    sites = {key_of(claim.value) for claim in claims.get("site_name", ())}
    labels = {label for label in (urlsplit(url).hostname or "").split(".") if len(label) >= MIN_LABEL}
    sorted_out: dict[FieldName, list[Claim]] = {name: list(each) for name, each in claims.items()}
    authors = sorted_out.get("authors", [])
    bodies = [claim for claim in authors if key_of(claim.value) in sites or _joined(claim.value) & labels]
    if bodies:
        sorted_out["authors"] = [claim for claim in authors if claim not in bodies]
        sorted_out["organisations"] = [*sorted_out.get("organisations", []), *bodies]
    return sorted_out


def _joined(name: str) -> set[str]:
    """The name as a host spells it: "Les Echos" is lesechos, der-postillon is "Der Postillon"."""
    words = [word for word in name.casefold().replace("’", "").replace("'", "").split() if word.isalnum()]
    return {"".join(words), "-".join(words)}
