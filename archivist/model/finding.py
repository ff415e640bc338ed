"""What a check found. Three states, never a boolean: what could not be checked is not ok."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from archivist.model.json import JsonObject, without_nothing

__all__ = ["Finding", "State", "worst"]

State: TypeAlias = Literal["ok", "failed", "unverifiable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was checked, or could not be."""

    state: State
    code: str
    """Published and stable: ``warc-span``, ``chain``, ``checkpoint-signature`` (docs/reference/findings.md)."""
    where: str
    """The file, with record, offset or path inside it."""
    said: str
    """One sentence: what was expected and what was found."""
    fix: str | None = None
    """What a person can do."""

    def to_json(self) -> JsonObject:
        """As printed by ``verify --json``."""
        return without_nothing(
            {"state": self.state, "code": self.code, "where": self.where, "said": self.said, "fix": self.fix}
        )


def worst(findings: tuple[Finding, ...]) -> State:
    """The state of the whole: failed beats unverifiable beats ok, and nothing checked is unverifiable."""
    states = {finding.state for finding in findings}
    if "failed" in states:
        return "failed"
    return "unverifiable" if "unverifiable" in states or not states else "ok"
