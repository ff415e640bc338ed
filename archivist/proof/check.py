"""What ``archivist verify`` proves of an archive, step by step, and what nobody can prove from the archive alone.

Proved, each step over bytes and values that the caller has read:

 1. The archive's own statement is canonical and readable, its key is a key, and it is entry 0 of the log.
 2. Every statement is canonical JSON of a known schema and version, belongs to this archive, stands at the place that
    its content names, and names no place outside of ``archives/``. Of one whose id the signed log has, which so is to
    the byte what was signed, only what the other steps need is read, unless (deep).
 3. The log is whole: the newest checkpoint is signed by the archive's key, the entries have its root, every tile and
    every older checkpoint agrees with the same entries (``check_log``).
    Every stamp of a time-stamping authority belongs to a checkpoint and leads to a root (``check_stamps``).
 4. The log and the statements are the same: every entry has its statement, every statement its entry.
 5. Each article's snapshots are numbered from 1 without gap, and each names the one before it. What says that a
    snapshot was read anew names a snapshot, and holders of readings, that are there (``check_readings``).
 6. Every byte of the WARC files is described by a statement and has the BLAKE3 it says; nothing lies between, behind
    or beside (``check_warc``).
 7. (deep) Every record that a capture names stands at its place with the id, type, address, date, digests, status and
    media type that the manifest says (``check_capture``).

Not proved, and said with every result:

 8. ``NOT_PROVED``.

Rule 1: damage is an answer: these functions return findings and raise nothing for what they are given.
Rule 2: what could not be checked is never ok.
Here stand the steps 1, 2, 4 and 5; reading files is the work of ``verbs.verify``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archivist.errors import BadNote, FormatError, NewerFormat
from archivist.model.finding import Finding, State
from archivist.model.held import Reread
from archivist.model.manifest import ArchiveStatement, Event, Snapshot, Statement, read_statement
from archivist.proof.canonical import parse, statement_id
from archivist.proof.merkle import HASH_LENGTH, leaf_hash
from archivist.proof.note import VerifierKey
from archivist.proof.outline import outline

__all__ = [
    "NOT_PROVED",
    "NOT_PROVED_BUT_STAMPED",
    "NOT_PROVED_OF_SOME",
    "Identity",
    "Membership",
    "Place",
    "Seen",
    "check_belonging",
    "check_chains",
    "check_identity",
    "check_link",
    "check_membership",
    "check_readings",
    "check_statement",
    "entries_of",
]

NOT_PROVED: Final = (
    "that the publisher served these bytes to everyone: an archive shows what it received itself",
    "when this was: no outside witness of time has stamped the log yet, so the times are the archive's own word",
    "that nobody else holds a copy of the signing key, who could have signed another history with it",
)
"""Step 8."""

NOT_PROVED_OF_SOME: Final = (
    NOT_PROVED[0],
    "when this was: outside witnesses of time are looked at with the whole archive, and in a receipt",
    NOT_PROVED[2],
)
"""The same of snapshots that were chosen."""

NOT_PROVED_BUT_STAMPED: Final = (
    NOT_PROVED[0],
    "when exactly a snapshot was taken: a time stamp shows that it was not later, and covers what was signed before it",
    NOT_PROVED[2],
)
"""The same, where an outside witness of time has stamped the log."""

ARCHIVE_FILE: Final = "manifests/archive.json"

_RESTORE: Final = "put the file back from a copy; its bytes are in none of the other files"

_ID = re.compile(r"[0-9a-f]{64}")
_NUMBERED = re.compile(r"(?P<folder>manifests/[^/]+/[^/]+)/(?P<number>[0-9]{4,9})\.json")

Place = Callable[[Statement, str], "str | None"]
"""The file, relative to the archive, in which a statement with this id stands, or None where it can stand in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A statement file and what the later steps need of it; readings are let go."""

    file: str
    """Relative to the archive: ``manifests/www.example.org/a-slug-1a2b3c4d/0001.json``."""
    id: str
    """SHA-256 of its bytes."""
    statement: Statement | None
    """None where it cannot be read."""
    listed: int | None = 0
    """Captures that it lists; None where they were not read."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the archive is, as far as its own statement can be read."""

    seen: Seen
    key: VerifierKey | None
    """Whose signatures count; None where it cannot be read."""

    @property
    def statement(self) -> ArchiveStatement | None:
        """The archive's own statement, where it is one."""
        return self.seen.statement if isinstance(self.seen.statement, ArchiveStatement) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """How the log and the statements go together."""

    findings: tuple[Finding, ...]
    suspect: frozenset[str]
    """Files of statements that are damaged or altered, and that the log does not vouch for: they are not believed."""


def check_identity(data: bytes) -> Identity:
    """Step 1, but for the place in the log: who signs here."""
    seen = check_statement(ARCHIVE_FILE, data, place=lambda *_: ARCHIVE_FILE)
    if seen.statement is None:
        return Identity(seen=seen, key=None)
    if not isinstance(seen.statement, ArchiveStatement):
        other = _failed("archive-statement", ARCHIVE_FILE, "this should be the archive's own statement, and is another")
        return Identity(seen=replace(seen, findings=(other,)), key=None)
    key, fault = None, ""
    try:
        key = VerifierKey.parse(seen.statement.key)
    except BadNote as error:
        fault = f"$.key cannot be read: {error}"
    if key is not None and key.name != seen.statement.origin:
        fault = f"$.origin is {seen.statement.origin[:60]!r}, and the key signs for {key.name[:60]!r}"
    findings = (_failed("archive-statement", ARCHIVE_FILE, fault, fix=_RESTORE),) if fault else ()
    return Identity(seen=replace(seen, findings=findings), key=key)


def check_statement(file: str, data: bytes, *, place: Place, logged: Collection[bytes] = ()) -> Seen:
    """Step 2: the statement in one file, but for the archive it belongs to.

    Args:
        file: relative to the archive.
        data: its bytes.
        place: where a statement should stand.
        logged: the hashes of the entries of a signed log, whose statements need not be read whole.
    """
    id_ = statement_id(data)
    short = outline(data) if leaf_hash(bytes.fromhex(id_)) in logged else None
    try:
        statement = read_statement(short.value if short else parse(data))
    except NewerFormat as error:
        said = f"a later archivist wrote this: {error}"
        newer = _finding("unverifiable", "statement-newer", file, said, fix=error.hint)
        return Seen(file=file, id=id_, statement=None, findings=(newer,))
    except FormatError as error:
        damaged = _failed("statement-damaged", file, f"the statement cannot be read: {error}", fix=_RESTORE)
        return Seen(file=file, id=id_, statement=None, findings=(damaged,))
    fault = _misplaced(file, expected=place(statement, id_))
    listed = short.listed if short else len(statement.captures) if isinstance(statement, Snapshot) else 0
    findings = (fault,) if fault else ()
    return Seen(file=file, id=id_, statement=_light(statement), listed=listed, findings=findings)


def check_belonging(seen: Sequence[Seen], archive: ArchiveStatement | None) -> tuple[Finding, ...]:
    """Step 2: every statement belongs to this archive; where none does, the archive's own statement is the odd one."""
    others = [each for each in seen if each.statement and not isinstance(each.statement, ArchiveStatement)]
    foreign = [each for each in others if archive and not _belongs(each.statement, archive)]
    if archive and len(foreign) > 1 and len(foreign) == len(others):
        said = f"$.id is {archive.id[:60]}, and none of the {len(others)} other statements belongs to that archive"
        return (_failed("statement-foreign", ARCHIVE_FILE, said, fix=_RESTORE),)
    said = "$.archive names another archive than archive.json"
    fix = "move it away: a statement of another archive proves nothing here"
    return tuple(_failed("statement-foreign", each.file, said, fix=fix) for each in foreign)


def check_membership(seen: Sequence[Seen], leaves: bytes | None) -> Membership:
    """Step 4: every entry of the log has its statement, every statement its entry; and step 1, its place at entry 0.

    Args:
        seen: all statement files.
        leaves: the hashes of the log's entries, one after the other; None where the log cannot be trusted.
    """
    damaged = frozenset(each.file for each in seen if _is_damaged(each))
    if not leaves:
        return Membership(findings=(_without_log(len(seen), is_empty=leaves is not None),), suspect=damaged)
    entries = entries_of(leaves)
    held = {leaf_hash(bytes.fromhex(each.id)): each for each in seen}
    missing = [index for index, leaf in enumerate(entries) if leaf not in held]
    logged = set(entries)
    extra = [each for leaf, each in held.items() if leaf not in logged]
    if not missing:
        suspect = frozenset(each.file for each in extra if each.file in damaged)
        pending = (_not_yet(each) for each in extra if each.file not in damaged)
        return Membership(findings=(*_first(held, entries), *pending), suspect=suspect)
    # A statement that is in no entry while entries miss theirs has been altered, or takes the place of another.
    altered = tuple(_altered(each) for each in extra if each.file not in damaged)
    removed = (_removed(missing, explained=len(extra)),) if len(missing) > len(extra) else ()
    return Membership(findings=(*altered, *removed), suspect=frozenset(each.file for each in extra))


def check_chains(seen: Sequence[Seen], *, suspect: Collection[str]) -> tuple[Finding, ...]:
    """Step 5: the snapshots of each article follow each other, from the first to the last.

    Args:
        seen: all statement files.
        suspect: files whose content is not believed; their place in the chain is.
    """
    doubtful = {each.file for each in seen if _is_damaged(each)} | set(suspect)
    folders: dict[str, dict[int, Seen]] = defaultdict(dict)
    for each in seen:
        if found := _NUMBERED.fullmatch(each.file):
            folders[found["folder"]][int(found["number"])] = each
    return tuple(
        finding
        for folder, chain in sorted(folders.items())
        for finding in (*_missing_numbers(folder, chain), *_broken_links(chain, doubtful))
    )


def check_readings(seen: Sequence[Seen], leaves: bytes | None, *, suspect: Collection[str]) -> tuple[Finding, ...]:
    """Step 5: what was read anew is a snapshot of this archive, and what is referred to is there.

    Args:
        seen: all statement files, or those that were chosen.
        leaves: the hashes of the log's entries: a statement that they have and no file holds is told in step 4.
        suspect: files whose content is not believed.
    """
    kinds = {each.id: isinstance(each.statement, Snapshot) for each in seen}
    logged = frozenset(entries_of(leaves or b""))
    return tuple(
        finding
        for each in seen
        if each.file not in suspect and isinstance(each.statement, Event) and (reread := each.statement.reread)
        for finding in _dangling(each.file, reread, kinds, logged)
    )


def check_link(seen: Seen, before: Seen | None) -> Finding | None:
    """Step 5 for one snapshot: it names the one before it; None stands for the first."""
    if not isinstance(seen.statement, Snapshot) or seen.statement.previous == (before.id if before else None):
        return None
    named = (seen.statement.previous or "absent")[:12]
    expected = f"{before.file} has the id {before.id[:12]}" if before else "there is no snapshot before the first"
    return _failed("chain", seen.file, f"$.previous is {named}, and {expected}", fix=_RESTORE)


def _dangling(file: str, reread: Reread, kinds: Mapping[str, bool], logged: Collection[bytes]) -> Iterator[Finding]:
    def is_there(id_: str) -> bool:
        return id_ in kinds or (_ID.fullmatch(id_) is not None and leaf_hash(bytes.fromhex(id_)) in logged)

    named = reread.snapshot
    if not is_there(named) or not kinds.get(named, True):
        said = f"$.details.snapshot is {named[:12]}, and no snapshot of this archive has that id"
        yield _failed("reading", file, said, fix=_RESTORE)
    for holder in sorted(reread.held.holders - {named}):
        if not is_there(holder):
            said = f"the reading refers to {holder[:12]}, and no statement of this archive has that id"
            yield _failed("reading", file, said, fix=_RESTORE)


def _is_damaged(seen: Seen) -> bool:
    return any(found.state == "failed" for found in seen.findings)


def _misplaced(file: str, *, expected: str | None) -> Finding | None:
    if expected == file:
        return None
    said = f"the statement's own content says that it stands in {expected or 'a place that cannot be'}"
    return _failed("statement-place", file, said, fix=f"move it to {expected}" if expected else None)


def _belongs(statement: Statement | None, archive: ArchiveStatement) -> bool:
    return isinstance(statement, Snapshot | Event) and statement.archive == archive.id


def _light(statement: Statement) -> Statement:
    """The statement without what was read out of the captures: a large archive has many of them in memory at a time."""
    if isinstance(statement, Event) and (reread := statement.reread):
        light = replace(reread, held=replace(reread.held, article=None, documents=(), pictures=()))
        return replace(statement, details=light.to_json())
    if not isinstance(statement, Snapshot):
        return statement
    return replace(
        statement,
        article_reading=None,
        documents=(),
        pictures=(),
        same_documents_as={},
        same_pictures_as={},
        rest={},
    )


def entries_of(leaves: bytes) -> list[bytes]:
    """The hashes of the log's entries, that stand one after the other."""
    return [leaves[at : at + HASH_LENGTH] for at in range(0, len(leaves), HASH_LENGTH)]


def _first(held: dict[bytes, Seen], entries: list[bytes]) -> Iterator[Finding]:
    """Step 1: the log begins with the archive's own statement."""
    if entries and held[entries[0]].file != ARCHIVE_FILE:
        said = f"entry 0 of the log should be the archive's own statement, and is {held[entries[0]].file}"
        yield _failed("archive-statement", ARCHIVE_FILE, said, fix=_RESTORE)


def _without_log(count: int, *, is_empty: bool) -> Finding:
    said = f"there is no signed log, so no signature covers the {count} statements"
    fix = "the next `archivist snap` makes it; where it was there before, put manifests/log back from a copy"
    if is_empty:
        return _finding("unverifiable", "log-pending", "manifests/log", said, fix=fix)
    said = "the log cannot be read, so nobody can tell whether a statement was altered or removed"
    return _finding("unverifiable", "log-membership", "manifests/log", said)


def _not_yet(seen: Seen) -> Finding:
    said = "the statement is not in the log yet, so no signature covers it"
    fix = "the next `archivist snap` adds it to the log; where nothing was interrupted, look at who wrote this file"
    return _finding("unverifiable", "log-pending", seen.file, said, fix=fix)


def _altered(seen: Seen) -> Finding:
    said = f"the statement was altered: the log has no entry {seen.id[:12]}, and entries of it have no statement"
    return _failed("statement-altered", seen.file, said, fix=_RESTORE)


def _removed(missing: list[int], *, explained: int) -> Finding:
    names = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
    what = f"statement {names} of the log is missing or was altered"
    if len(missing) > 1:
        what = f"statements {names} of the log are missing or were altered"
    more = f"; {explained} of them stand in files that are damaged" if explained else ""
    return _failed("log-membership", "manifests/log", what + more, fix="put the missing statements back from a copy")


def _missing_numbers(folder: str, chain: dict[int, Seen]) -> Iterator[Finding]:
    expected = 1
    for number in sorted(chain):
        if number > expected:
            gap = f"{folder}/{expected:04d}.json"
            last = f" to {number - 1}" if number - 1 > expected else ""
            said = f"snapshot {expected}{last} of the article is missing: the numbers go on with {number}"
            yield _failed("chain", gap, said, fix="put it back from a copy")
        expected = max(expected, number + 1)


def _broken_links(chain: dict[int, Seen], doubtful: Collection[str]) -> Iterator[Finding]:
    for number, each in sorted(chain.items()):
        before = chain.get(number - 1)
        is_told = before is not None and before.file not in doubtful
        if each.file not in doubtful and (number == 1 or is_told) and (finding := check_link(each, before)):
            yield finding


def _failed(code: str, where: str, said: str, *, fix: str | None = None) -> Finding:
    return _finding("failed", code, where, said, fix=fix)


def _finding(state: State, code: str, where: str, said: str, *, fix: str | None = None) -> Finding:
    return Finding(state=state, code=code, where=where, said=said, fix=fix)
