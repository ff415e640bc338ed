"""Old captures read anew: what the present reader makes of the stored bytes, said in a new statement.

Nothing stored is touched. A reading that is equal to the one in force is not said again, so that whoever is
interrupted runs it once more and goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from archivist.catalog.rows import SnapshotRow
from archivist.clock import utc_text
from archivist.errors import ArchivistError, BadDocument
from archivist.model.article import Document, Reading
from archivist.model.held import REREAD, Held, Reread
from archivist.model.manifest import Event
from archivist.model.picture import PictureFacts
from archivist.pipeline.seal import Previous, mark_of
from archivist.pipeline.stored import Stored, read_stored
from archivist.workspace import Newest, software

if TYPE_CHECKING:
    from archivist.pipeline.run import Run

__all__ = ["Again", "Unread", "reread_article"]

_Read = TypeVar("_Read", Document, PictureFacts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A snapshot that was read anew."""

    row: SnapshotRow
    """As it was listed before."""
    old: Newest
    reading: Reading
    """As it is read now."""
    said: Reread
    statement: str | None
    """Id of the new statement; None where the reading is what it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A snapshot that could not be read anew; the reading that it has stays in force."""

    row: SnapshotRow
    error: ArchivistError


def reread_article(article: str, *, run: Run) -> Iterator[Again | Unread]:
    """Read the snapshots of an article anew, oldest first; each new statement is durable when it is told.

    Raises:
        DiskFailed: the disk would not take a statement.
    """
    previous: Previous | None = None
    for row in run.workspace.catalog.history(article):
        try:
            again = _read(row, previous, run=run)
        except ArchivistError as error:
            previous = Previous(id=row.id, number=row.number, fingerprint=row.fingerprint)
            yield Unread(row=row, error=error)
            continue
        if not _is_known(again):
            again = replace(again, statement=_say(again, run=run))
        previous = Previous.of(_now(again))
        yield again


def _read(row: SnapshotRow, previous: Previous | None, *, run: Run) -> Again:
    old = run.workspace.newest(row)
    captures = old.captures
    linked = old.reading.article.documents if old.reading.article else ()
    stored = read_stored(captures, run=run, previous=previous, believed={link.url for link in linked})
    reading = stored.reading
    _refuse_loss(old, stored)
    said = Reread(
        snapshot=row.id,
        held=_held(reading, sources=[each for each in (Previous.of(old), previous) if each]),
        fingerprint=mark_of(reading.article, captures, previous=previous),
        quality=stored.quality,
        problems=tuple(problem for problem in stored.problems if problem not in old.problems),
    )
    return Again(row=row, old=old, reading=reading, said=said, statement=None)


def _refuse_loss(old: Newest, stored: Stored) -> None:
    """What was read once is not given up because it could not be read this time."""
    before, now = old.reading, stored.reading
    gone = {each.sha256 for each in before.documents} - {each.sha256 for each in now.documents}
    # A photo that the article does not show, or whose file says nothing to this reader, is no loss.
    failed = {problem.about for problem in stored.problems}
    unread = {capture.payload.sha256 for capture in old.captures if capture.uri in failed}
    gone |= unread & ({each.sha256 for each in before.pictures} - {each.sha256 for each in now.pictures})
    if gone or (before.article is not None and not stored.is_read):
        reasons = "; ".join(problem.said for problem in stored.problems)
        raise BadDocument(reasons or "a document that was read before is not among the captures any more")


def _held(reading: Reading, *, sources: Sequence[Previous]) -> Held:
    """The reading, with what earlier statements hold referred to and not repeated."""
    article = reading.article
    documents = _holders(reading.documents, [(each.reading.documents, each.document_holders) for each in sources])
    pictures = _holders(reading.pictures, [(each.reading.pictures, each.picture_holders) for each in sources])
    same_as = next((each.article_holder for each in sources if article and each.reading.article == article), None)
    return Held(
        article=None if same_as else article,
        documents=tuple(each for each in reading.documents if each.sha256 not in documents),
        pictures=tuple(each for each in reading.pictures if each.sha256 not in pictures),
        same_as=same_as,
        same_documents_as=documents,
        same_pictures_as=pictures,
    )


def _holders(read: Sequence[_Read], sources: Sequence[tuple[Sequence[_Read], Mapping[str, str]]]) -> dict[str, str]:
    """The statements that hold the very same, by the SHA-256 of what was read; the first source that has it counts."""
    return {
        each.sha256: holders[each.sha256]
        for known, holders in reversed(sources)
        for each in read
        if each in known and each.sha256 in holders
    }


def _is_known(again: Again) -> bool:
    old, said = again.old, again.said
    return (again.reading, said.fingerprint, said.quality) == (old.reading, old.fingerprint, old.quality)


def _say(again: Again, *, run: Run) -> str:
    event = Event(
        archive=run.identity.id,
        kind=REREAD,
        at=utc_text(run.clock.now()),
        software=software(),
        said=f"snapshot {again.row.number} of {again.row.article} was read anew",
        details=again.said.to_json(),
    )
    written = run.ledger.write(event)
    run.record(written, event)
    return written.id


def _now(again: Again) -> Newest:
    """The snapshot as it is read from now on."""
    if again.statement is None:
        return again.old
    said = again.said
    return replace(
        again.old,
        statement=again.statement,
        held=said.held,
        reading=again.reading,
        fingerprint=said.fingerprint,
        quality=said.quality,
    )
