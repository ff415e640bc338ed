"""What a verification came to: findings as they come in, and the answer that they make together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from archivist.model.finding import Finding, State
from archivist.model.json import JsonObject
from archivist.proof.check import NOT_PROVED, NOT_PROVED_BUT_STAMPED, NOT_PROVED_OF_SOME
from archivist.proof.check_warc import Torn

__all__ = ["MAX_FINDINGS", "Report", "VerifyResult"]

MAX_FINDINGS: Final = 1000
"""That are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyResult:
    """The answer, never a plain yes."""

    state: State
    findings: tuple[Finding, ...]
    """Everything that failed or could not be verified, up to ``MAX_FINDINGS``."""
    checked: Mapping[str, int]
    """How many of what were checked: statements, checkpoints, log entries, WARC files, spans, records, captures."""
    not_proved: tuple[str, ...] = NOT_PROVED

    def to_json(self) -> JsonObject:
        """As printed by ``verify --json``."""
        return {
            "state": self.state,
            "findings": [finding.to_json() for finding in self.findings],
            "checked": dict(self.checked),
            "not_proved": list(self.not_proved),
        }


@dataclass(slots=True)
class Report:
    """Findings and counts as they come in; for one thread."""

    findings: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    states: Counter[State] = field(default_factory=Counter)
    is_whole: bool = True
    """The whole archive was looked at."""
    is_stamped: bool = False
    """An outside witness of time vouches for some of it."""
    untold: tuple[str, ...] = ()
    """What else could not be told, in the words of ``not proved``."""

    def add(self, *findings: Finding) -> None:
        """Take them down."""
        for finding in findings:
            self.states[finding.state] += 1
            if len(self.findings) < MAX_FINDINGS:
                self.findings.append(finding)

    def of(self, both: tuple[tuple[Torn, ...], tuple[Finding, ...]]) -> tuple[Torn, ...]:
        """Take the findings down, and hand the rest on."""
        self.add(*both[1])
        return both[0]

    def result(self) -> VerifyResult:
        """The answer."""
        more = self.states.total() - len(self.findings)
        state: State = "failed" if self.states["failed"] else "unverifiable" if self.states else "ok"
        if not self.checked["statements"] and state == "ok":
            state = "unverifiable"
        told = tuple(self.findings)
        if more:
            said = f"{more:,} more findings are not told one by one"
            told = (*told, Finding(state=state, code="more", where="archive", said=said))
        proved = NOT_PROVED_BUT_STAMPED if self.is_stamped else NOT_PROVED if self.is_whole else NOT_PROVED_OF_SOME
        return VerifyResult(state=state, findings=told, checked=dict(self.checked), not_proved=(*proved, *self.untold))
