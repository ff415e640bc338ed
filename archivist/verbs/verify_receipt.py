"""Whether receipts hold: from their files alone, without any archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from archivist.errors import BadNote, UsageError
from archivist.model.finding import Finding, worst
from archivist.proof.note import VerifierKey
from archivist.proof.receipt import MAX_RECEIPT, NOT_PROVED, check_receipt
from archivist.proof.report import VerifyResult

__all__ = ["verify_receipts"]


def verify_receipts(
    paths: Sequence[Path], *, keys: Sequence[str] = (), own: str | None = None, roots: Callable[[], bytes]
) -> VerifyResult:
    """Everything that is wrong with the receipts is named.

    Args:
        paths: their files.
        keys: log keys of which theirs must be one (as ``archivist init`` prints them).
        own: the log key of the reader's own archive, if there is one.
        roots: the certificates that a stamp may lead to, as PEM.

    Raises:
        UsageError: a file cannot be read, or a key is none.
    """
    try:
        trusted = [VerifierKey.parse(key) for key in keys]
        known = VerifierKey.parse(own) if own else None
    except BadNote as error:
        raise UsageError(f"--key: {error}", hint="a log key looks like NAME+a1b2c3d4+BASE64") from error
    findings: list[Finding] = []
    for path in paths:
        findings += check_receipt(_read(path), trusted=trusted, own=known, roots=roots, where=str(path))
    state = worst(tuple(findings)) if findings else "ok"
    return VerifyResult(state=state, findings=tuple(findings), checked={"receipts": len(paths)}, not_proved=NOT_PROVED)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_RECEIPT + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
