"""Step 6 of ``proof.check``: every stored byte is described by a statement and is what that statement says.

Fixity is the BLAKE3 of each span as stored, without inflating anything. Only where it is wrong, or where bytes are
described by nobody, are records read, so that a person is told which of them is damaged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from archivist.errors import BadManifest, BadWarc
from archivist.model.capture import RecordRef, Span
from archivist.model.finding import Finding, State
from archivist.model.json import Json, Reader
from archivist.model.manifest import Event
from archivist.wire.warc import Fault, Member, WarcFault

__all__ = [
    "Cover",
    "Described",
    "Torn",
    "check_cover",
    "check_spans",
    "check_torn",
    "find_damage",
    "judge_gap",
    "torn_of",
]

_RESTORE: Final = "put the file back from a copy; archivist never changes one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A span and who describes it."""

    span: Span
    by: str
    """The file of the statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """How the spans of one file go together with its length."""

    findings: tuple[Finding, ...]
    whole: tuple[Described, ...]
    """In order; those whose bytes are all there."""
    gaps: tuple[tuple[int, int], ...]
    """Bytes that no span describes, from and to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Torn:
    """The torn end of a WARC file, which a repair cut off and kept, as the repair describes it."""

    kept: Span
    """The file that holds the bytes; ``blake3`` is empty where the repair gives none."""
    by: str


def check_cover(file: str, *, size: int | None, described: Sequence[Described]) -> Cover:
    """Step 6a: the spans cover the file exactly.

    Args:
        file: relative to ``archives/``.
        size: its length; None where there is no such file.
        described: at least one span of this file.
    """
    ordered = sorted(described, key=lambda each: (each.span.offset, each.span.length))
    if size is None:
        statements = len({each.by for each in ordered})
        said = f"the file is missing, and {_count(statements, 'statement')} describe what it held"
        return Cover(findings=(_failed("warc-missing", file, said),), whole=(), gaps=())
    findings: list[Finding] = []
    gaps: list[tuple[int, int]] = []
    at, last = 0, None
    for each in ordered:
        span = each.span
        if last is not None and span.offset < at:
            said = f"byte {span.offset} is described twice: by {last.by} and by {each.by}"
            findings.append(_failed("warc-overlap", file, said, at=span.offset))
        elif at < min(span.offset, size):
            gaps.append((at, min(span.offset, size)))
        at, last = max(at, span.offset + span.length), each
    if size < at:
        said = f"the file is cut short: it has {size} bytes, and statements describe {at}"
        findings.append(_failed("warc-short", file, said, at=size))
    elif size > at:
        gaps.append((at, size))
    whole = tuple(each for each in ordered if each.span.offset + each.span.length <= size)
    return Cover(findings=tuple(findings), whole=whole, gaps=tuple(gaps))


def check_spans(
    file: str, spans: Sequence[Described], *, found: Sequence[str], damage: Mapping[int, str]
) -> Iterator[Finding]:
    """Step 6b: every span has its BLAKE3; one finding for each run of spans that have not.

    Args:
        file: relative to ``archives/``.
        spans: in order.
        found: the BLAKE3 of the bytes that stand there, in the same order.
        damage: by offset of a span, which record in it is damaged, where that was looked for.
    """
    run: list[Described] = []
    for each, digest in (*zip(spans, found, strict=True), (None, "")):
        if each is not None and each.span.blake3 != digest:
            run.append(each)
        elif run:
            yield _wrong(file, run, damage)
            run = []


def find_damage(members: Iterator[Member], *, span: Span, known: Mapping[int, tuple[RecordRef, str]]) -> str:
    """Which record of a span is damaged, as a sentence.

    Args:
        members: the records from the beginning of the span to its end.
        span: whose BLAKE3 is wrong.
        known: records that the statement names, by offset, each with its address.
    """
    at = span.offset
    met: set[int] = set()
    try:
        for member in members:
            at = member.offset
            met.add(at)
            if fault := _member_fault(member, known.get(at)):
                return fault
            at = member.offset + member.length
    except WarcFault as error:
        return f"{_named(error.offset, known)} is damaged: {error}"
    except BadWarc as error:
        return f"{_named(at, known)} is damaged: {error}"
    if lost := sorted(set(known) - met):
        return f"{_named(lost[0], known)} is not at its place"
    return "each record in it reads as whole: records were exchanged, or the bytes around them were changed"


def judge_gap(file: str, gap: tuple[int, int], *, members: Iterator[Member], is_doubtful: bool) -> Finding:
    """Step 6c: bytes that no statement describes.

    Args:
        file: relative to ``archives/``.
        gap: from and to.
        members: the records that begin there; read to the end of the gap.
        is_doubtful: a statement is damaged or missing, so that the bytes may well be its.
    """
    start, end = gap
    what = f"{_count(end - start, 'byte')} from byte {start} on are described by no statement"
    if is_doubtful:
        said = f"{what} that can be believed: a damaged or missing one may be theirs"
        return _finding("unverifiable", "warc-undescribed", file, said, at=start, fix="mend the statements first")
    try:
        for member in members:
            for _ in member.block():
                pass
    except WarcFault as error:
        if error.code is Fault.TORN:
            said = f"{what}, and end inside a record, as an interrupted run leaves them"
            fix = "the next `archivist snap` cuts the torn end off and keeps it"
            return _finding("unverifiable", "warc-torn", file, said, at=start, fix=fix)
        return _failed("warc-stray-bytes", file, f"{what}, and are no records: {error}", at=start)
    except BadWarc as error:
        return _failed("warc-stray-bytes", file, f"{what}, and are no records: {error}", at=start)
    said = f"{what}: whole records, as an interrupted run leaves them"
    return _finding(
        "unverifiable", "warc-undescribed", file, said, at=start, fix="the next `archivist snap` adopts them"
    )


def torn_of(event: Event, by: str) -> tuple[tuple[Torn, ...], tuple[Finding, ...]]:
    """What a repair says it cut off and kept."""
    try:
        kept = Reader(event.details, "$.details").many("torn", _kept)
    except BadManifest as error:
        return (), (Finding(state="failed", code="statement-damaged", where=by, said=str(error)),)
    return tuple(Torn(kept=span, by=by) for span in kept), ()


def check_torn(torn: Torn, *, size: int | None, blake3: str) -> Finding | None:
    """Step 6d: what a repair cut off is still kept, unchanged."""
    if size is None:
        return _failed(
            "torn-missing", torn.kept.file, f"{torn.by} says that a torn end is kept here, and it is missing"
        )
    if size != torn.kept.length:
        said = f"the torn end that is kept here has {size} bytes, and {torn.by} says {torn.kept.length}"
        return _failed("torn-changed", torn.kept.file, said)
    if torn.kept.blake3 and torn.kept.blake3 != blake3:
        said = f"the torn end that is kept here is not the one that {torn.by} describes"
        return _failed("torn-changed", torn.kept.file, said)
    return None


def _kept(value: Json, at: str) -> Span:
    reader = Reader(value, at)
    place: Json = {
        "file": reader.text("kept"),
        "offset": 0,
        "length": reader.number("length"),
        "blake3": reader.text_or_none("blake3") or "",
    }
    return Span.from_json(place, at)


def _wrong(file: str, run: Sequence[Described], damage: Mapping[int, str]) -> Finding:
    first, last = run[0].span, run[-1].span
    told = next((each.span.offset for each in run if each.span.offset in damage), None)
    what = f"bytes {first.offset} to {last.offset + last.length} are not those that {run[0].by} describes"
    if len(run) > 1:
        what = f"{what} (nor those that the {_count(len(run) - 1, 'statement')} after it describe)"
    return _failed("warc-bytes", file, f"{what}; {damage[told]}" if told is not None else what, at=first.offset)


def _member_fault(member: Member, expected: tuple[RecordRef, str] | None) -> str | None:
    """What is wrong with one record, read to its end."""
    hasher = hashlib.sha256()
    for piece in member.block():
        hasher.update(piece)
    header = member.header
    name = f"the {header.type or 'nameless'} record at byte {member.offset} ({header.record_id}"
    name = f"{name}, {header.target_uri})" if header.target_uri else f"{name})"
    if expected is not None and header.record_id != expected[0].id:
        return f"{name} stands where the record of {expected[1]} ({expected[0].id}) should"
    if header.block_digest not in {None, f"sha256:{hasher.hexdigest()}"}:
        return f"{name} is not what its own WARC-Block-Digest says"
    if expected is not None and member.length != expected[0].length:
        return f"{name} is {member.length} bytes long, not {expected[0].length}"
    return None


def _named(offset: int, known: Mapping[int, tuple[RecordRef, str]]) -> str:
    if offset in known:
        return f"the record at byte {offset} ({known[offset][0].id}, {known[offset][1]})"
    before = max((at for at in known if at < offset), default=None)
    near = f", behind that of {known[before][1]}" if before is not None else ""
    return f"the record at byte {offset}{near}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _failed(code: str, file: str, said: str, *, at: int | None = None) -> Finding:
    return _finding("failed", code, file, said, at=at, fix=_RESTORE)


def _finding(
    state: State, code: str, file: str, said: str, *, at: int | None = None, fix: str | None = None
) -> Finding:
    where = f"archives/{file}" if at is None else f"archives/{file}, byte {at}"
    return Finding(state=state, code=code, where=where, said=said, fix=fix)
