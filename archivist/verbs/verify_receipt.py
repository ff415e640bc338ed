"""Whether receipts and bundles hold: from their files alone, without any archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archivist.bundle.zip import is_zip
from archivist.errors import ArchivistError, BadNote, UsageError
from archivist.model.finding import Finding, worst
from archivist.proof.log_keys import LogKeys
from archivist.proof.note import VerifierKey
from archivist.proof.receipt import MAX_RECEIPT, NOT_PROVED, Receipt, check_receipt, is_receipt
from archivist.proof.report import VerifyResult

__all__ = ["is_handed_over", "verify_receipts"]


def verify_receipts(
    paths: Sequence[Path], *, keys: Sequence[str] = (), own: LogKeys | None = None, roots: Callable[[], bytes]
) -> VerifyResult:
    """Everything that is wrong with the receipts and bundles is named.

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
    checked: Counter[str] = Counter()
    said: dict[str, None] = {}
    not_proved: Sequence[str] = NOT_PROVED
    for path in paths:
        with _opened(path) as file:
            if not is_zip(file.read(4)):
                file.seek(0)
                data = file.read(MAX_RECEIPT + 1)
                findings += check_receipt(data, trusted=trusted, own=own, roots=roots, where=str(path))
                said.update(dict.fromkeys(_witnessed(data)))
                checked["receipts"] += 1
                continue
            from archivist.bundle.check import BUNDLE_NOT_PROVED, check_bundle  # noqa: PLC0415  # not for receipts
            from archivist.bundle.check_statements import Trust  # noqa: PLC0415
            from archivist.bundle.maker import this_program  # noqa: PLC0415

            trust = Trust(trusted=trusted, own=own, roots=roots)
            found = check_bundle(file, trust=trust, where=str(path), maker=this_program())
            findings += found.findings
            checked["bundles"] += 1
            checked.update(found.checked)
            not_proved = BUNDLE_NOT_PROVED
    state = worst(tuple(findings)) if findings else "ok"
    return VerifyResult(state=state, findings=tuple(findings), checked=dict(checked), not_proved=(*not_proved, *said))


def _witnessed(data: bytes) -> Iterator[str]:
    """What witnesses and calendars in a receipt say, which is worth what the reader can compare it with."""
    try:
        receipt = Receipt.parse(data)
        for key, each in zip(receipt.witnesses, receipt.cosignatures(), strict=True):
            yield (
                f"whose the key {key} is: its holder says that at {each.time:%Y-%m-%d %H:%M:%S} UTC the log was this "
                "one and had only ever grown; compare the key with the one that the witness publishes"
            )
        for block in receipt.blocks():
            yield (
                f"that Bitcoin's block {block.height} has the Merkle root {block.root[::-1].hex()}: if it has, the log "
                "was this one before that block; any copy of Bitcoin's headers tells, and so does ots verify"
            )
    except (ArchivistError, UnicodeDecodeError):
        return  # the check has told it


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
