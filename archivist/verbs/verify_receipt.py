"""Whether receipts and bundles hold: from their files alone, without any archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archivist.bundle.zip import is_zip
from archivist.errors import BadNote, UsageError
from archivist.model.finding import Finding, worst
from archivist.proof.note import VerifierKey
from archivist.proof.receipt import MAX_RECEIPT, NOT_PROVED, check_receipt, is_receipt
from archivist.proof.report import VerifyResult

__all__ = ["is_handed_over", "verify_receipts"]


def verify_receipts(
    paths: Sequence[Path], *, keys: Sequence[str] = (), own: str | None = None, roots: Callable[[], bytes]
) -> VerifyResult:
    """Everything that is wrong with the receipts and bundles is named.

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
    checked: Counter[str] = Counter()
    not_proved: Sequence[str] = NOT_PROVED
    for path in paths:
        with _opened(path) as file:
            if not is_zip(file.read(4)):
                file.seek(0)
                data = file.read(MAX_RECEIPT + 1)
                findings += check_receipt(data, trusted=trusted, own=known, roots=roots, where=str(path))
                checked["receipts"] += 1
                continue
            from archivist.bundle.check import BUNDLE_NOT_PROVED, check_bundle  # noqa: PLC0415  # not for receipts
            from archivist.bundle.maker import this_program  # noqa: PLC0415

            found = check_bundle(file, trusted=trusted, own=known, roots=roots, where=str(path), maker=this_program())
            findings += found.findings
            checked["bundles"] += 1
            checked.update(found.checked)
            not_proved = BUNDLE_NOT_PROVED
    state = worst(tuple(findings)) if findings else "ok"
    return VerifyResult(state=state, findings=tuple(findings), checked=dict(checked), not_proved=tuple(not_proved))


def is_handed_over(path: Path) -> bool:
    """Whether this is the file of a receipt or a bundle, by its first bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(80)
    except (OSError, ValueError):
        return False
    return is_receipt(head) or is_zip(head)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
