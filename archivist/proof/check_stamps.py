"""Step 3 of ``proof.check``, the outside witnesses: each stamp belongs to a signed checkpoint and leads to a root."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from archivist.errors import ArchivistError
from archivist.model.finding import Finding, State
from archivist.proof.note import parse_note
from archivist.proof.token import Token

__all__ = ["Judged", "StampCheck", "check_stamps", "is_stamp", "judge"]

_STAMP = re.compile(r"timestamps/(?P<size>[0-9]{16})/(?P<authority>[a-z0-9][a-z0-9.-]{0,200})\.(?P<kind>tsr|pem)")
_RESTORE: Final = "put the file back from a copy, or stamp again: archivist stamp"


@dataclass(frozen=True, slots=True, kw_only=True)
class StampCheck:
    """What the stamps are worth."""

    findings: tuple[Finding, ...]
    times: tuple[tuple[int, dt.datetime], ...]
    """Of the stamps that hold: the size of the log, and when it had it at the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A token that is true."""

    time: dt.datetime
    stranger: str = ""
    """The root that it leads to, where that is none of those that are trusted."""


def is_stamp(name: str) -> bool:
    """Whether a file of the log is a stamp's, by its path there."""
    return _STAMP.fullmatch(name) is not None


def check_stamps(files: Collection[str], read: Callable[[str], bytes], *, roots: Callable[[], bytes]) -> StampCheck:
    """Every stamp stamps the checkpoint of its size, and is true.

    Args:
        files: every file in ``manifests/log/``, by its path there.
        read: the bytes of one.
        roots: the certificates that are trusted, as PEM; asked only where there is a stamp.
    """
    names = sorted(name for name in files if is_stamp(name))
    if not names:
        return StampCheck(findings=(), times=())
    trusted = roots()
    findings: list[Finding] = []
    times: list[tuple[int, dt.datetime]] = []
    for name in (each for each in names if each.endswith(".tsr")):
        try:
            size, judged = _judged(name, read, trusted)
        except ArchivistError as error:
            findings.append(_finding("failed", "stamp", name, str(error), _RESTORE))
            continue
        if judged.stranger:
            said = f"it holds for whoever trusts {judged.stranger}, which is none of the usual roots"
            findings.append(_finding("unverifiable", "stamp-root", name, said, "name it in the settings: stamp.ca"))
        else:
            times.append((size, judged.time))
    answers = {name for name in names if name.endswith(".tsr")}
    for name in names:
        if name.endswith(".pem") and name.removesuffix("pem") + "tsr" not in answers:
            said = "these certificates belong to no stamp: a run was interrupted, or the stamp was removed"
            findings.append(_finding("unverifiable", "stamp-missing", name, said, "stamp again: archivist stamp"))
    return StampCheck(findings=tuple(findings), times=tuple(times))


def judge(token: Token, text: bytes, *, beside: bytes, trusted: bytes) -> Judged:
    """What a token over a checkpoint's text is worth.

    Args:
        token: as read.
        text: of the checkpoint.
        beside: the certificates that are kept with it, as PEM, the root last.
        trusted: those that it should lead to, as PEM.

    Raises:
        BadToken: it is false, or leads nowhere.
    """
    from archivist.proof.authority import BadToken, certificates_in, verify_token  # noqa: PLC0415  # heavy

    chain = certificates_in(beside)
    try:
        verify_token(token, text, roots=certificates_in(trusted), others=chain)
    except BadToken:
        root = verify_token(token, text, roots=chain[-1:], others=chain)[-1]
        return Judged(time=token.stamped.time, stranger=root.subject.rfc4514_string())
    return Judged(time=token.stamped.time)


def _judged(name: str, read: Callable[[str], bytes], trusted: bytes) -> tuple[int, Judged]:
    size = name.split("/")[1]
    text = parse_note(read(f"checkpoints/{size}")).text.encode()
    beside = read(name.removesuffix("tsr") + "pem")
    return int(size), judge(Token.of_response(read(name)), text, beside=beside, trusted=trusted)


def _finding(state: State, code: str, name: str, said: str, fix: str) -> Finding:
    return Finding(state=state, code=code, where=f"manifests/log/{name}", said=said, fix=fix)
