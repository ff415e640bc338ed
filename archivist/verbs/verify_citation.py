"""Whether a citation holds: what it stands for, whether the archive has that unchanged, and whether a file is it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from archivist.catalog.rows import SnapshotRow
from archivist.cite.recognise import Mark, marks_in, squeezed
from archivist.errors import ArchivistError, UsageError
from archivist.model.article import Article
from archivist.model.capture import Capture
from archivist.model.finding import Finding, State, worst
from archivist.model.json import JsonObject, without_nothing
from archivist.model.url import host_of
from archivist.pipeline.handed import Handed, hold_against
from archivist.proof.report import VerifyResult
from archivist.workspace import Workspace

__all__ = ["By", "Check", "CitationCheck", "Standing", "is_citation", "verify_citation"]

Check: TypeAlias = Callable[[Sequence[str]], VerifyResult]
"""Verifies snapshots by their ids: ``verbs.verify``."""
By: TypeAlias = Literal["id", "sha256", "blake3"]

_ALONE = re.compile(r"[0-9a-f]{6,64}", re.IGNORECASE)
_CAPTURED = re.compile(r"(?:captured:?|fromversion\d+of)(\d{8}t\d\d:\d\d:\d\dz)")
"""A moment in a squeezed text, where our styles have one."""
_VERSION = re.compile(r"(?<!from)version(\d{1,9})")
_WHAT_IT_HAS = "a citation of archivist carries a SHA-256, or a snapshot's id of 12 digits or more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a citation, or a part of it, stands for."""

    row: SnapshotRow
    versions: int
    by: By
    """What it was found by."""
    capture: Capture | None
    """The page or document; None where the manifest cannot be read."""
    authors: tuple[str, ...] = ()
    """As they were read from the page."""
    times: int = 1
    """In how many snapshots these bytes were captured."""

    def to_json(self) -> JsonObject:
        """As printed by ``verify CITATION --json``."""
        capture = self.capture
        return without_nothing(
            {
                "snapshot": self.row.id,
                "article": self.row.article,
                "title": self.row.title,
                "authors": list(self.authors),
                "site": self.row.site,
                "published": self.row.published,
                "version": self.row.version,
                "versions": self.versions,
                "captured": capture.date if capture else self.row.started,
                "role": capture.role if capture else None,
                "url": capture.uri if capture else self.row.page_uri,
                "sha256": capture.payload.sha256 if capture else self.row.page_sha256,
                "length": capture.payload.length if capture else None,
                "found_by": self.by,
                "times": self.times,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationCheck:
    """The answer."""

    standings: tuple[Standing, ...]
    """In the order of the text."""
    findings: tuple[Finding, ...]
    """About the citation itself, and about the file; those that are ok, too."""
    archive: VerifyResult
    """Of the snapshots that it stands for."""

    @property
    def state(self) -> State:
        """Of all of it."""
        whole = Finding(state=self.archive.state, code="archive", where="", said="")
        return worst((whole, *self.findings))

    def to_json(self) -> JsonObject:
        """As printed by ``verify CITATION --json``."""
        return {
            "state": self.state,
            "stands_for": [standing.to_json() for standing in self.standings],
            "citation": [finding.to_json() for finding in self.findings],
            "archive": self.archive.to_json(),
        }


def is_citation(words: str) -> bool:
    """Whether the words are the text of a citation, and no name of a snapshot or file."""
    text = words.strip()
    if _ALONE.fullmatch(text) or (re.fullmatch(r"https?://\S+", text) and not text.endswith((".", ")"))):
        return False
    return any(mark.is_whole or mark.kind != "unknown" for mark in marks_in(text))


def verify_citation(workspace: Workspace, text: str, *, check: Check, against: Path | None = None) -> CitationCheck:
    """What the citation stands for, and whether that holds.

    Args:
        workspace: the archive.
        text: as pasted from anywhere.
        check: what verifies snapshots.
        against: a file that may be the cited page or document.

    Raises:
        UsageError: nothing in the text stands for anything in this archive; the message says why. Or the file cannot
            be read.
    """
    marks = marks_in(text)
    if not marks:
        raise UsageError("there is no id and no hash in this text", hint=_WHAT_IT_HAS)
    tight = squeezed(text)
    standings, unknown = _resolved(workspace, marks, tight)
    if not standings:
        if lost := _lost(marks, check):
            return lost
        raise _unresolved(workspace, marks)
    findings = [*_contradictions(workspace, standings, marks, unknown, tight)]
    if against is not None:
        findings.append(_held(workspace, standings, against))
    archive = check([id_ for each in standings for id_ in dict.fromkeys((each.row.id, each.row.reading))])
    return CitationCheck(standings=tuple(standings), findings=tuple(findings), archive=archive)


def _resolved(workspace: Workspace, marks: Sequence[Mark], tight: str) -> tuple[list[Standing], list[Mark]]:
    """What the marks stand for, one standing a snapshot and capture; and the marks that stand for nothing here."""
    standings: dict[tuple[str, str], Standing] = {}
    unknown = []
    by_id: dict[str, SnapshotRow] = {}
    for mark in marks:
        if row := _by_id(workspace, mark):
            by_id[row.id] = row
    for mark in marks:
        if _by_id(workspace, mark):
            continue
        if standing := _by_hash(workspace, mark, by_id, tight):
            standings.setdefault((standing.row.id, standing.capture.uri if standing.capture else ""), standing)
        else:
            unknown.append(mark)
    found = {id_ for id_, _ in standings}
    for row in by_id.values():
        if row.id not in found:
            page = next((each for each in _captures(workspace, row) if each.role == "page"), None)
            standings[row.id, ""] = Standing(
                row=row,
                versions=_versions(workspace, row),
                by="id",
                capture=page,
                authors=_authors(workspace, row),
            )
    return list(standings.values()), unknown


def _by_id(workspace: Workspace, mark: Mark) -> SnapshotRow | None:
    if mark.kind in ("sha256", "blake3"):
        return None
    found = workspace.catalog.beginning(mark.digits, limit=2)
    return found[0] if len(found) == 1 else None


def _by_hash(workspace: Workspace, mark: Mark, by_id: Mapping[str, SnapshotRow], tight: str) -> Standing | None:
    rows = workspace.catalog.holding(mark.digits)
    if not rows:
        return None
    row = _narrowed(workspace, rows, by_id, tight)
    captures = [each for each in _captures(workspace, row) if _begins(each, mark.digits)]
    by: By = "blake3" if captures and captures[0].payload.blake3.startswith(mark.digits) else "sha256"
    return Standing(
        row=row,
        versions=_versions(workspace, row),
        by=by,
        capture=next(iter(captures), None),
        authors=_authors(workspace, row),
        times=len(rows),
    )


def _begins(capture: Capture, digits: str) -> bool:
    return capture.payload.sha256.startswith(digits) or capture.payload.blake3.startswith(digits)


def _narrowed(
    workspace: Workspace, rows: Sequence[SnapshotRow], by_id: Mapping[str, SnapshotRow], tight: str
) -> SnapshotRow:
    """Of several snapshots with these bytes the one that the citation names; else the first."""
    named = [row for row in rows if row.id in by_id]
    moments = set(_CAPTURED.findall(tight))
    timed = (
        [row for row in rows if moments & {_tight(each.date) for each in _captures(workspace, row)}] if moments else []
    )
    versions = {int(number) for number in _VERSION.findall(tight)}
    numbered = [row for row in rows if row.version in versions]
    return next(iter((*named, *timed, *numbered, *rows)))


def _tight(moment: str) -> str:
    """``20261123t18:15:12z``: as in a squeezed text, to the second."""
    return f"{moment[:19]}Z".replace("-", "").lower()


def _captures(workspace: Workspace, row: SnapshotRow) -> tuple[Capture, ...]:
    """Pages and documents; none where the manifest is damaged, which verification tells."""
    try:
        captures = workspace.load_snapshot(row).captures
    except ArchivistError:
        return ()
    return tuple(each for each in captures if each.role in ("page", "document"))


def _versions(workspace: Workspace, row: SnapshotRow) -> int:
    article = workspace.catalog.article(row.article)
    return article.versions if article else row.version


def _article(workspace: Workspace, row: SnapshotRow) -> Article | None:
    """The page as it was read; None where that cannot be read back, which verification tells."""
    try:
        return workspace.newest(row).reading.article
    except ArchivistError:
        return None


def _authors(workspace: Workspace, row: SnapshotRow) -> tuple[str, ...]:
    article = _article(workspace, row)
    return (article.settled("authors").texts or article.settled("organisations").texts) if article else ()


def _lost(marks: Sequence[Mark], check: Check) -> CitationCheck | None:
    """A whole id that the log has, and no file: what it stood for was removed or altered."""
    for mark in marks:
        if mark.is_whole and mark.kind in ("snapshot", "unknown"):
            result = check([mark.digits])
            if result.state == "failed":
                return CitationCheck(standings=(), findings=(), archive=result)
    return None


def _unresolved(workspace: Workspace, marks: Sequence[Mark]) -> UsageError:
    count = workspace.catalog.counts().snapshots
    shown = ", ".join(f"{_NAMES[mark.kind]} {mark.digits[:16]}…" for mark in marks[:3])
    several = [mark for mark in marks if len(workspace.catalog.beginning(mark.digits, limit=2)) > 1]
    if several:
        return UsageError(f"{several[0].digits} is the beginning of several ids", hint="give more digits")
    whole = any(mark.is_whole for mark in marks)
    why = "" if whole else "; a hash in it may have lost digits"
    return UsageError(
        f"nothing in this archive ({count} snapshot{'' if count == 1 else 's'}) has {shown}{why}",
        hint="name the archive that was cited with -C DIR; `archivist verify` says whether anything is missing here",
    )


_NAMES = {"sha256": "the SHA-256", "blake3": "the BLAKE3", "snapshot": "the id", "unknown": "the id or hash"}


def _contradictions(
    workspace: Workspace, standings: Sequence[Standing], marks: Sequence[Mark], unknown: Sequence[Mark], tight: str
) -> Iterator[Finding]:
    """Where the citation says what the archive does not."""
    hashes = [mark for mark in marks if mark.kind == "sha256"]
    is_told = False
    for each in standings:
        if each.by == "id" and hashes and each.capture is not None:
            is_told = True
            said = (
                f"the snapshot {each.row.id[:12]} is there, and its page has the SHA-256 "
                f"{each.capture.payload.sha256}, while the citation says {hashes[0].digits}"
            )
            yield Finding(state="failed", code="citation-hash", where="citation", said=said)
    if not is_told and any(mark.is_certain and mark.is_whole and mark.kind != "unknown" for mark in unknown):
        lost = next(mark for mark in unknown if mark.is_certain and mark.is_whole and mark.kind != "unknown")
        said = f"nothing in this archive has {_NAMES[lost.kind]} {lost.digits}"
        yield Finding(state="unverifiable", code="citation-unknown", where="citation", said=said)
    captures = [capture for each in standings for capture in _captures(workspace, each.row)]
    moments = set(_CAPTURED.findall(tight))
    if captures and moments and not moments & {_tight(capture.date) for capture in captures}:
        said = f"the citation names another moment of capture than the archive, {captures[0].date[:19]}Z"
        yield Finding(state="failed", code="citation-time", where="citation", said=said)
    hosts = {host for each in standings for host in _hosts(workspace, each)}
    if "http" in tight and hosts and not any(host.replace("-", "") in tight for host in hosts):
        said = f"the citation names no address of what was captured, which is {standings[0].row.article}"
        yield Finding(state="failed", code="citation-address", where="citation", said=said)


def _hosts(workspace: Workspace, standing: Standing) -> Iterator[str]:
    """Every host that a citation of it can name, as it is written in ASCII and in its own letters."""
    yield from map(_host, (standing.row.article, standing.row.page_uri or ""))
    for capture in _captures(workspace, standing.row):
        yield _host(capture.uri)
    article = _article(workspace, standing.row)
    if article is not None and (address := article.value("canonical_url")):
        yield _host(address)


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return ""


def _held(workspace: Workspace, standings: Sequence[Standing], path: Path) -> Finding:
    cited = [each.capture for each in standings if each.capture]
    others = [capture for each in standings for capture in _captures(workspace, each.row) if capture.is_whole]
    if all(each.by == "id" for each in standings):
        cited = others  # the snapshot as a whole is cited
    captures = list({capture.record.id: capture for capture in (*cited, *others)}.values())
    if not captures:
        said = "the manifest of what is cited cannot be read, so that the file cannot be held against it"
        return Finding(state="unverifiable", code="citation-file", where=str(path), said=said)
    handed = hold_against(path, captures, reader=workspace.reader, max_bytes=workspace.settings.read.max_document)
    return _told(workspace, handed, is_cited=handed.capture in cited)


def _told(workspace: Workspace, handed: Handed, *, is_cited: bool) -> Finding:
    role, expected = handed.capture.role, handed.capture.payload.sha256
    which = f"this is the cited {role}"
    if not is_cited:
        which = f"this is not what is cited, but the {role} {handed.capture.uri} of the same snapshot"
    state: State = "ok" if is_cited else "failed"
    match handed.form:
        case "payload":
            said = f"{which}, byte for byte as the server sent it (SHA-256 {handed.sha256})"
        case "decoded":
            said = (
                f"{which}: what the server sent, byte for byte, with its content coding {handed.coding} undone "
                f"(SHA-256 {handed.sha256}; as sent, {expected})"
            )
        case "unreadable":
            state = "failed"
            said = (
                f"the file has the SHA-256 {handed.sha256}, and the cited {role} {expected}; where they differ cannot "
                f"be told, because the archive's copy cannot be read: {handed.problem}"
            )
        case "other":
            state, said = "failed", _differing(workspace, handed)
    return Finding(state=state, code="citation-file", where=str(handed.path), said=said)


def _differing(workspace: Workspace, handed: Handed) -> str:
    form = f" with its content coding {handed.coding} undone" if handed.coding else ""
    at = handed.differs_at or 0
    end = ", where the file ends" if at == handed.size else ""
    end = ", where the cited one ends" if at == handed.expected_size else end
    other = next(iter(workspace.catalog.holding(handed.sha256)), None)
    known = f"; the archive has it as version {other.version} of {other.article}" if other else ""
    return (
        f"this is not the cited {handed.capture.role}{form}: SHA-256 expected {handed.expected}, "
        f"found {handed.sha256}; {handed.expected_size:,} bytes expected, {handed.size:,} found; "
        f"the first difference is at byte {at:,}{end}{known}"
    )
