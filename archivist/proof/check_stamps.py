"""Step 3 of ``proof.check``, the outside witnesses: each stamp belongs to a signed checkpoint, and is true.

a. A token of an authority is true and leads to a root (``proof.authority``), and none of the answers about revoked
   certificates that are kept with it speaks against it (``proof.revocation``).
b. A proof of a calendar begins with its checkpoint, and leads where it says (``proof.check_ots``).
c. A cosignature is of a witness whose key the reader knows (``proof.cosign``).
d. What a later statement lists of these files is there and unchanged (``proof.renewal``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from archivist.errors import ArchivistError
from archivist.model.finding import Finding, State
from archivist.proof.cosign import WitnessKey, parse_lines, verify_cosignature
from archivist.proof.note import parse_note
from archivist.proof.trust import Trust

if TYPE_CHECKING:
    from archivist.proof.bitcoin import Header
    from archivist.proof.token import Token

__all__ = ["Judged", "Lasting", "StampCheck", "check_stamps", "is_stamp", "judge"]

_STAMP = re.compile(
    r"timestamps/(?P<size>[0-9]{16})/(?P<by>[a-z0-9][a-z0-9.-]{0,200}?)"
    r"\.(?P<kind>tsr|pem|pending\.ots|ots|cosig|(?P<position>[0-7])\.(?P<answer>ocsp|crl))"
)
_POSITIONS: Final = 8
"""In a chain."""
_RESTORE: Final = "put the file back from a copy, or stamp again: archivist stamp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """A stamp of an authority that holds, and how long its certificates do."""

    name: str
    """Its file, below ``manifests/log/timestamps/``."""
    size: int
    """Of the log."""
    time: dt.datetime
    """When the log had it, at the latest."""
    until: dt.datetime
    """When the first certificate of its chain expires."""


@dataclass(slots=True)
class StampCheck:
    """What the stamps are worth."""

    findings: list[Finding] = field(default_factory=list)
    stamps: list[Lasting] = field(default_factory=list)
    """Of authorities, those that hold."""
    times: list[tuple[int, dt.datetime]] = field(default_factory=list)
    """Of all witnesses that hold: the size of the log, and when it had it at the latest."""
    checked: Counter[str] = field(default_factory=Counter)
    heights: set[int] = field(default_factory=set)
    """Blocks that no header was there for."""
    without_revocation: int = 0
    """Stamps with a certificate of which nobody said whether it was revoked."""

    expired: tuple[Lasting, ...] = ()
    """Stamps that outlived their certificates and were not renewed in time."""

    @property
    def said(self) -> tuple[str, ...]:
        """What these checks could not tell, in the words of ``not proved``."""
        found = []
        if self.without_revocation:
            found.append(
                f"that no certificate was revoked under {self.without_revocation} of the stamps: "
                "no answer to that is kept with them"
            )
        if self.expired:
            names = ", ".join(each.name for each in self.expired[:3]) + (" …" if len(self.expired) > 3 else "")
            found.append(
                f"that {len(self.expired)} stamps whose certificates have expired were made before that: "
                f"no later stamp covers {names}"
            )
        if self.heights:
            shown = ", ".join(map(str, sorted(self.heights)[:5])) + (" …" if len(self.heights) > 5 else "")
            found.append(
                f"that OpenTimestamps proofs lead to Bitcoin: the headers of blocks {shown} are not here; "
                "give them with --bitcoin-headers"
            )
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A token that is true."""

    time: dt.datetime
    stranger: str = ""
    """The root that it leads to, where that is none of those that are trusted."""


def is_stamp(name: str) -> bool:
    """Whether a file of the log is a witness's, by its path there."""
    return _STAMP.fullmatch(name) is not None


def check_stamps(files: Collection[str], read: Callable[[str], bytes], *, trust: Trust) -> StampCheck:
    """Everything that witnesses said of a checkpoint is true, or is told.

    Args:
        files: every file in ``manifests/log/``, by its path there.
        read: the bytes of one.
        trust: what the reader brings along.

    Raises:
        UsageError: that cannot be read.
    """
    check = StampCheck()
    names = {name: found for name in sorted(files) if (found := _STAMP.fullmatch(name))}
    # What the reader brings along is read before anything is judged: what is wrong with it is no fault of the archive.
    reader = _Reader(
        names=names,
        read=read,
        roots=trust.roots() if any(name.endswith(".tsr") for name in names) else b"",
        headers=trust.headers() if any(name.endswith(".ots") for name in names) else {},
        witnesses={(key.name, key.key_id): key for key in map(WitnessKey.parse, trust.witnesses)},
        check=check,
    )
    for name, found in names.items():
        kind = found["answer"] or found["kind"]
        try:
            reader.judge(name, kind, found)
        except ArchivistError as error:
            code, what = _CODES[kind], f"{error}"
            check.findings.append(_finding("failed", code, name, what, _RESTORE))
    return check


_CODES: Final = {
    "tsr": "stamp",
    "pem": "stamp",
    "ocsp": "stamp-revocation",
    "crl": "stamp-revocation",
    "ots": "stamp-calendar",
    "pending.ots": "stamp-calendar",
    "cosig": "stamp-witness",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads and judges; what it finds goes into the check."""

    names: Collection[str]
    read: Callable[[str], bytes]
    roots: bytes
    headers: Mapping[int, Header]
    witnesses: Mapping[tuple[str, bytes], WitnessKey]
    check: StampCheck

    def judge(self, name: str, kind: str, found: re.Match[str]) -> None:
        """One file."""
        match kind:
            case "tsr":
                self._token(name, int(found["size"]))
            case "pem":
                self._beside(name, f"{name.removesuffix('pem')}tsr", "these certificates belong")
            case "ocsp" | "crl":
                pem = f"{name.rsplit('.', 2)[0]}.pem"
                if self._beside(name, pem, "this answer about revoked certificates belongs"):
                    self._revocation(name, pem)
            case "cosig":
                self._cosignatures(name, int(found["size"]))
            case _:
                self._calendar(name, int(found["size"]))

    def _text(self, name: str) -> bytes:
        """Of the checkpoint that the file stands beside."""
        return parse_note(self.read(f"checkpoints/{name.split('/')[1]}")).text.encode()

    def _token(self, name: str, size: int) -> None:
        from archivist.proof.token import Token  # noqa: PLC0415  # only where there is one
        from archivist.proof.validity import valid_until  # noqa: PLC0415

        token, beside = Token.of_response(self.read(name)), self.read(name.removesuffix("tsr") + "pem")
        judged = judge(token, self._text(name), beside=beside, trusted=self.roots)
        stem = name.removesuffix("tsr")
        answers = [f"{stem}{position}.{kind}" for position in range(_POSITIONS) for kind in ("ocsp", "crl")]
        answers = [each for each in answers if each in self.names]
        if not answers:
            self.check.without_revocation += 1
        for each in answers:
            self._speaks_against(each, beside, judged.time)
        self.check.checked["time stamps"] += 1
        if judged.stranger:
            said = f"it holds for whoever trusts {judged.stranger}, which is none of the usual roots"
            fix = "name it in the settings: stamp.ca"
            self.check.findings.append(_finding("unverifiable", "stamp-root", name, said, fix))
            return
        self.check.times.append((size, judged.time))
        short = name.removeprefix("timestamps/")
        self.check.stamps.append(Lasting(name=short, size=size, time=judged.time, until=valid_until(beside)))

    def _speaks_against(self, name: str, beside: bytes, time: dt.datetime) -> None:
        from archivist.proof.authority import BadToken, certificates_in  # noqa: PLC0415  # heavy
        from archivist.proof.revocation import check_revocation  # noqa: PLC0415

        position, kind = _answer(name) or (0, "crl")
        try:
            answered = check_revocation(certificates_in(beside), position, kind=kind, data=self.read(name))
        except ArchivistError:
            return  # told where that file is looked at
        if answered.harms(time):
            raise BadToken(
                f"a certificate of its chain was revoked on {answered.revoked:%Y-%m-%d}, and it stamps {time:%Y-%m-%d}"
            )

    def _revocation(self, name: str, pem: str) -> None:
        from archivist.proof.authority import certificates_in  # noqa: PLC0415  # heavy
        from archivist.proof.revocation import check_revocation  # noqa: PLC0415

        position, kind = _answer(name) or (0, "crl")
        check_revocation(certificates_in(self.read(pem)), position, kind=kind, data=self.read(name))

    def _calendar(self, name: str, size: int) -> None:
        from archivist.proof.check_ots import judge_ots  # noqa: PLC0415  # only where there is a proof

        judged = judge_ots(self.read(name), self._text(name), headers=self.headers)
        self.check.heights.update(height for height in judged.heights if height not in self.headers)
        self.check.times += ((size, time) for time in judged.times)
        if not name.endswith(".pending.ots"):
            self.check.checked["calendar proofs"] += 1

    def _cosignatures(self, name: str, size: int) -> None:
        text, lines = self._text(name), parse_lines(self.read(name))
        for line in lines:
            if key := self.witnesses.get((line.name, line.key_id)):
                self.check.times.append((size, verify_cosignature(line, key, text).time))
                self.check.checked["cosignatures"] += 1
        if not any((line.name, line.key_id) in self.witnesses for line in lines):
            said = f"nobody here knows the key of {lines[0].name}, which cosigned this"
            fix = "name it in the settings: stamp.witnesses"
            self.check.findings.append(_finding("unverifiable", "stamp-witness", name, said, fix))

    def _beside(self, name: str, other: str, what: str) -> bool:
        if other in self.names:
            return True
        said = f"{what} to no stamp: a run was interrupted, or the stamp was removed"
        fix = "stamp again: archivist stamp"
        self.check.findings.append(_finding("unverifiable", "stamp-missing", name, said, fix))
        return False


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
    from archivist.proof.authority import (  # noqa: PLC0415  # heavy
        BadToken,
        certificates_in,
        is_self_signed,
        verify_token,
    )

    chain = certificates_in(beside)
    try:
        verify_token(token, text, roots=certificates_in(trusted), others=chain)
    except BadToken:
        root = verify_token(token, text, roots=chain[-1:], others=chain)[-1]
        if not is_self_signed(root):
            raise BadToken("the last of its certificates is not what its holder signed") from None
        return Judged(time=token.stamped.time, stranger=root.subject.rfc4514_string())
    return Judged(time=token.stamped.time)


def _answer(name: str) -> tuple[int, Literal["ocsp", "crl"]] | None:
    """Which certificate of the chain an answer is about, and of which kind it is."""
    found = _STAMP.fullmatch(name)
    if found is None or found["answer"] is None:
        return None
    return int(found["position"]), "ocsp" if found["answer"] == "ocsp" else "crl"


def _finding(state: State, code: str, name: str, said: str, fix: str) -> Finding:
    return Finding(state=state, code=code, where=f"manifests/log/{name}", said=said, fix=fix)
