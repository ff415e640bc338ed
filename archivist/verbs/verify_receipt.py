"""Whether receipts hold: from their files alone, without any archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from archivist.errors import ArchivistError, BadNote, UsageError
from archivist.model.finding import Finding, worst
from archivist.proof.log_keys import LogKeys
from archivist.proof.note import VerifierKey
from archivist.proof.receipt import MAX_RECEIPT, NOT_PROVED, Receipt, check_receipt
from archivist.proof.report import VerifyResult

__all__ = ["verify_receipts"]


def verify_receipts(
    paths: Sequence[Path], *, keys: Sequence[str] = (), own: LogKeys | None = None, roots: Callable[[], bytes]
) -> VerifyResult:
    """Everything that is wrong with the receipts is named.

    Args:
        paths: their files.
        keys: log keys of which theirs must be one (as ``archivist init`` prints them).
        own: the log keys of the reader's own archive, if there is one.
        roots: the certificates that a stamp may lead to, as PEM.

    Raises:
        UsageError: a file cannot be read, or a key is none.
    """
    try:
        trusted = [VerifierKey.parse(key) for key in keys]
    except BadNote as error:
        raise UsageError(f"--key: {error}", hint="a log key looks like NAME+a1b2c3d4+BASE64") from error
    findings: list[Finding] = []
    said: dict[str, None] = {}
    for path in paths:
        data = _read(path)
        findings += check_receipt(data, trusted=trusted, own=own, roots=roots, where=str(path))
        said.update(dict.fromkeys(_cosigned(data)))
    state = worst(tuple(findings)) if findings else "ok"
    return VerifyResult(
        state=state, findings=tuple(findings), checked={"receipts": len(paths)}, not_proved=(*NOT_PROVED, *said)
    )


def _cosigned(data: bytes) -> Iterator[str]:
    """What the witnesses in a receipt say, which is worth what their keys are worth to the reader."""
    try:
        receipt = Receipt.parse(data)
        for key, each in zip(receipt.witnesses, receipt.cosignatures(), strict=True):
            yield (
                f"whose the key {key} is: its holder says that at {each.time:%Y-%m-%d %H:%M:%S} UTC the log was this "
                "one and had only ever grown; compare the key with the one that the witness publishes"
            )
    except (ArchivistError, UnicodeDecodeError):
        return  # the check has told it


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_RECEIPT + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}") from error
