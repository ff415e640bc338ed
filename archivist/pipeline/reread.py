"""Old captures read anew: what the present reader makes of the stored bytes, said in a new statement.

Nothing stored is touched. A reading that is equal to the one in force is not said again, so that whoever is
interrupted runs it once more and goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archivist.catalog.rows import SnapshotRow
from archivist.clock import utc_text
from archivist.errors import ArchivistError, BadDocument
from archivist.model.article import Document, Reading
from archivist.model.held import REREAD, Held, Reread
from archivist.model.manifest import Event
from archivist.pipeline.reading import Stored, read_stored
from archivist.pipeline.seal import Previous, article_of, mark_of, quality_of
from archivist.workspace import Newest, software

if TYPE_CHECKING:
    from archivist.pipeline.run import Run

__all__ = ["Again", "Unread", "reread_article"]


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
    captures = old.snapshot.captures
    stored = read_stored(captures, reading=run.reading, reader=run.workspace.reader)
    reading = Reading(article=article_of(stored.page, captures), documents=stored.documents)
    _refuse_loss(old.reading, reading, stored)
    said = Reread(
        snapshot=row.id,
        held=_held(reading, sources=[each for each in (Previous.of(old), previous) if each]),
        fingerprint=mark_of(reading.article, captures, previous=previous),
        quality=quality_of(stored.page),
        problems=tuple(problem for problem in stored.problems if problem not in old.problems),
    )
    return Again(row=row, old=old, reading=reading, said=said, statement=None)


def _refuse_loss(old: Reading, new: Reading, stored: Stored) -> None:
    """What was read once is not given up because it could not be read this time."""
    gone = {document.sha256 for document in old.documents} - {document.sha256 for document in new.documents}
    if gone or (old.article is not None and stored.page is None):
        reasons = "; ".join(problem.said for problem in stored.problems)
        raise BadDocument(reasons or "a document that was read before is not among the captures any more")


def _held(reading: Reading, *, sources: Sequence[Previous]) -> Held:
    """The reading, with what earlier statements hold referred to and not repeated."""
    article = reading.article
    holders = {each.sha256: holder for each in reading.documents if (holder := _document_holder(each, sources))}
    same_as = next((each.article_holder for each in sources if article and each.reading.article == article), None)
    return Held(
        article=None if same_as else article,
        documents=tuple(each for each in reading.documents if each.sha256 not in holders),
        same_as=same_as,
        same_documents_as=holders,
    )


def _document_holder(document: Document, sources: Sequence[Previous]) -> str | None:
    found = (each.document_holders.get(document.sha256) for each in sources if document in each.reading.documents)
    return next(found, None)


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
